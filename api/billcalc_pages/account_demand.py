"""The demand of each month of an account beside its contract, the limits above it and the floor below."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from billcalc.audit.checks.facts import facts_of
from billcalc.billing.bill import Bill
from billcalc.billing.request import Request
from billcalc.explain.library import days_text
from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.numbers import quotient_number
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.documents import BasicChargeRules
from billcalc.vocabulary import Kind
from billcalc.words.lexicon import Lexicon
from billcalc.words.pages import PAGES
from billcalc_pages.drawings import ROW, Demand, DemandBar, demand_bars

__all__ = ["demand_values"]

_STEP = Decimal("0.01")
_SHARE_STEP = Decimal("0.001")


class _Row(NamedTuple):
    """A month; what is not told is a dash."""

    month: str
    demand: str
    contract: str
    share: str
    limits: Sequence[str]
    floor: str
    says: str


def demand_values(months: Sequence[tuple[Request, Bill]], catalog: Catalog, lexicon: Lexicon) -> Mapping[str, object]:
    """What the page shows of demands; nothing where no month has one."""
    told = [(bill, _told(request, bill, catalog)) for request, bill in months]
    steps = list(dict.fromkeys(step for _, each in told if each is not None for step in each[1]))
    found = [(days_text(lexicon, bill.period), each) for bill, each in told if each is not None]
    drawn: Sequence[DemandBar] = demand_bars([(label, demand) for label, (demand, _) in found])
    return {
        "demands": [_row(label, demand, limits, steps, lexicon) for label, (demand, limits) in found],
        "demand_limits": [PAGES["demand_limit"].of(lexicon.language).format(percent=_percent(step)) for step in steps],
        "demand_bars": drawn,
        "demand_height": len(drawn) * ROW,
    }


def _told(request: Request, bill: Bill, catalog: Catalog) -> tuple[Demand, Sequence[Decimal]] | None:
    """A month's demand beside what holds for it, and the shares of the contract above which more is paid."""
    facts = facts_of(request, bill)
    if "demand_kw" not in facts:
        return None
    found = catalog.find(Kind.BASIC_CHARGE_RULES, bill.area, bill.period.start)
    rules = None if found is None else found.document
    contract, running = facts.get("contract_kw"), facts.get("running_kva")
    shares: list[Decimal] = []
    floor = None
    if isinstance(rules, BasicChargeRules):
        shares = [EXACT.add(1, each.above) for each in rules.over_steps]
        has_floor = running is not None and rules.floor_share and not facts["by_capacity"]
        floor = EXACT.multiply(running, rules.floor_share) if running is not None and has_floor else None
    limits = [] if contract is None else [EXACT.multiply(contract, share) for share in shares]
    return Demand(facts["demand_kw"], contract, limits, floor), shares


def _row(month: str, demand: Demand, shares: Sequence[Decimal], steps: Sequence[Decimal], lexicon: Lexicon) -> _Row:
    limits = dict(zip(shares, demand.limits, strict=False))
    return _Row(
        month,
        _shown(demand.kw),
        _shown(demand.contract),
        "—" if not demand.contract else f"{_percent(quotient_number(demand.kw, demand.contract, _SHARE_STEP))} %",
        [_shown(limits.get(step)) for step in steps],
        _shown(demand.floor),
        PAGES[_says(demand)].of(lexicon.language),
    )


def _says(demand: Demand) -> str:
    """Where the demand lies."""
    if demand.limits and demand.kw > min(demand.limits):
        return "demand_above"
    if demand.contract is not None and demand.kw > demand.contract:
        return "demand_over"
    if demand.floor is not None and demand.kw < demand.floor:
        return "demand_below"
    return "demand_within"


def _shown(kw: Decimal | None) -> str:
    return "—" if kw is None else decimal_text(quotient_number(kw, Decimal(1), _STEP))


def _percent(share: Decimal) -> str:
    return decimal_text(EXACT.multiply(share, Decimal(100)))
