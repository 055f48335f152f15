"""How the tiers of a group are planned: which table, which months, what was used before."""

from collections.abc import Iterator
from dataclasses import dataclass

from billcalc.agreement.households import Household, LargerHousehold
from billcalc.agreement.models import BasicMode
from billcalc.billing.plan_demand import MaximumDemand
from billcalc.billing.planning.case import Case, refuse
from billcalc.billing.planning.demand import plan_demand
from billcalc.billing.planning.prices import OWN_PRICES, Paid, paid_in
from billcalc.billing.planning.scopes import supply_points_of
from billcalc.billing.tiers.period import TierPeriod, counts_by_year, cycle_months, period_of
from billcalc.billing.tiers.records import FreePlan, LimitPlan, PerDemand, RaisePlan, TierCounter, TierPlan
from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.kernel.decimals import ONE
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.units import KWH
from billcalc.kernel.values import Rounding
from billcalc.tariff.components import FREE_KWH, BandPrices
from billcalc.tariff.conventions import TierBands, TiersBefore, TiersOfPartYear
from billcalc.tariff.tiers import MONTHS_OF_YEAR, TierTable, is_base
from billcalc.vocabulary import Band, Kind

__all__ = ["plan_counted"]

_NO_HOUSEHOLD = Household()
_WHOLE = Rounding(ONE)
"""Of a limit that is not cut."""


@dataclass(frozen=True, slots=True)
class _Account:
    """A group in a period of tiers.

    Attributes:
        where: its household in the request.
        table: of its tiers.
        first: the first piece that is billed by tiers.
        months: of the period, those for which the account was there.
        before: whether some days of the period are before the bill.
        ended: whether the account ends within the period.
    """

    group: str
    where: str
    household: Household
    table: TierTable
    period: TierPeriod
    first: int
    months: range
    before: bool
    ended: bool


def plan_counted(case: Case, group: str, paid: Paid, bands: tuple[Band, ...], piece: int) -> TierPlan | FreePlan | None:
    """What of a group's energy a component is priced by; None where the group has none of it.

    Raises:
        InvalidInput: where what is told of the household contradicts itself.
        Refused: where the tiers, a price of one, or what was used before is not known.
    """
    component = paid.component
    if component.quantity == FREE_KWH:
        return _free(case, group)
    assert component.tier is not None, "only a tier or an allowance is a part of the billed energy"
    table, source = _table(case, group, paid)
    _check_priced(case, group, piece, table)
    if component.tier > table.last:
        return None  # above a limit that nobody read: who uses that much is refused
    by_band = isinstance(component.price, BandPrices) and Band.TOTAL not in bands
    split = case.notes.decided_by(case.conventions.tiers.bands) if by_band else TierBands.SHARES
    return TierPlan(_counter(case, group, table, source, split), component.tier, by_band)


def _free(case: Case, group: str) -> FreePlan | None:
    household = case.request.households.get(group, _NO_HOUSEHOLD)
    if household.free_kwh is None:
        return None
    months = cycle_months(case)
    for key in ("opened", "closed"):
        case.notes.ask(f"/households/{group}/{key}")
    there = months.of_months(opened=household.opened, closed=household.closed)
    slot = case.notes.slot(f"/households/{group}/free_kwh", household.free_kwh, KWH, Term.FREE_ENERGY, group)
    return FreePlan(group, slot, len(there))


def _table(case: Case, group: str, paid: Paid) -> tuple[TierTable, Source]:
    """The tiers that a component's price goes by: those beside it, in the request or in its document.

    Raises:
        InvalidInput: where two tables are for the customer.
        Refused: where none is, or another one from some day of the period on.
    """
    sheet, source, where = case.request.price_sheet, paid.source, "/price_sheet/tiers"
    if source.id == OWN_PRICES:
        tables = () if sheet is None else sheet.tiers
    else:
        document, source = case.rules(Kind.RESIDENTIAL_PRICE, case.request.period.span, lambda each: each.tiers)
        tables, where = document.tiers, "/area"
    found = [table for table in tables if table.selector.matches(paid.key)]
    if not found or (not found[0].above_unknown and paid.component.tier not in range(found[0].last + 1)):
        raise refuse(RefusalCode.TIERS_MISSING, where, group=group, number=str(paid.component.tier), document=source.id)
    if len(found) > 1:
        facts = {"reason": Reason.TIERS_TWICE, "group": group}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, facts)])
    if source.id == OWN_PRICES:
        case.notes.ask(f"{where}/{tables.index(found[0])}")
    return found[0], source


def _check_priced(case: Case, group: str, piece: int, table: TierTable) -> None:
    """Refuse tiers of which one has no price: its energy would be billed at nothing.

    Where all energy has a price besides, that is the price of the first tier, and those of the others are what they
    add to it.

    Raises:
        Refused: where one has none.
    """
    paid = [each.component for each in paid_in(case, group, piece)]
    priced = {each.tier for each in paid}
    has_base = any(is_base(each) for each in paid)
    for tier in range(2 if has_base else 1, table.last + (0 if table.above_unknown else 1)):
        if tier not in priced:
            raise refuse(RefusalCode.TIER_NOT_PRICED, "/price_sheet", group=group, number=str(tier))


def _counter(case: Case, group: str, table: TierTable, source: Source, bands: TierBands) -> TierCounter:
    account, conventions = _account(case, group, table), case.conventions.tiers
    household, period = account.household, account.period
    by_year = counts_by_year(case, table)
    of_months = MONTHS_OF_YEAR if table.months == MONTHS_OF_YEAR else period.months
    is_part = len(account.months) < of_months
    if is_part and table.months > 1 and (by_year or table.months != MONTHS_OF_YEAR):
        is_part = case.notes.decided_by(conventions.part_year) is TiersOfPartYear.WHOLE_MONTHS
    there = None
    if table.months == 1:
        by_month = table.limits_of(period.calendar_months(account.months))
        stated = tuple(zip(*by_month, strict=True))
    else:
        there = len(account.months) if is_part else None
        stated = tuple((each,) * (of_months // table.months) for each in table.limits_of((1,))[0])
    before = enumerate(household.before if account.before else ())
    return TierCounter(
        group=group,
        first=account.first,
        limits=tuple(LimitPlan(each, there, of_months) for each in stated),
        raises=tuple(_raises(case, account)),
        before=tuple(
            case.notes.slot(f"{account.where}/before/{number}/kwh", row.kwh, KWH, Term.USED_BEFORE, group)
            for number, row in before
        ),
        billed=_billed(case, account),
        rounding=_WHOLE if there is None else case.notes.rounding(conventions.limit_round),
        step=case.conventions.kwh.round_reading.value,
        source=source,
        where=account.where,
        bands=bands,
        per=None if table.per is None else _per_demand(case, account),
        above_unknown=table.above_unknown,
    )


def _per_demand(case: Case, account: _Account) -> PerDemand:
    """The maximum demand of the month, for each kilowatt of which the limits are.

    Raises:
        Refused: where nothing tells it, it is of others too, or the cycle has several months.
    """
    supply_points, span = supply_points_of(case, account.group), case.request.period.span
    others = [each for each in case.groups if each != account.group]
    is_shared = any(name in supply_points_of(case, other) for other in others for name in supply_points)
    if len(supply_points) != 1 or is_shared or account.period.months > 1:
        facts = {"what": Reason.TIERS_OF_ONE_DEMAND, "group": account.group}
        raise refuse(RefusalCode.NOT_SUPPORTED, "/metering_points", **facts)
    known = plan_demand(case, supply_points[0], (account.group,), BasicMode.ACTUAL, span, span, is_only=True)
    assert isinstance(known, MaximumDemand), "an actual demand that is not known is refused"
    convention = case.conventions.basic.demand_round
    step = case.notes.decided_by(convention)
    return PerDemand(supply_points[0], known, None if step is None else Rounding(step, convention.source))


def _account(case: Case, group: str, table: TierTable) -> _Account:
    """The household of a group in the period of its tiers.

    Who pays by tiers from some day of the bill on, or until one, is opened or closed on that day.

    Raises:
        InvalidInput: where it is told to be opened or closed on another day.
        Refused: where nothing tells what was used in the period before the bill.
    """
    household, period = case.request.households.get(group, _NO_HOUSEHOLD), period_of(case, table)
    pieces = [piece for piece in range(len(case.pieces)) if _is_tiered(case, group, piece)]
    billed = case.span_of((pieces[0], pieces[-1]))
    where = f"/households/{group}"
    starts, ends = billed.start > case.request.period.start, billed.end != case.request.period.end
    opened, closed = household.opened, household.closed
    if opened is not None and (opened > billed.start or (starts and opened != billed.start)):
        facts = {"reason": Reason.OPENED_NOT_AT_START, "day": str(opened), "start": str(billed.start)}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, f"{where}/opened", facts)])
    if closed is not None and closed != billed.end:
        facts = {"reason": Reason.CLOSED_NOT_AT_END, "day": str(closed), "end": str(billed.end)}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, f"{where}/closed", facts)])
    opened = billed.start if starts else opened
    closed = billed.end if ends else closed
    for key, day in (("opened", opened), ("closed", closed)):
        if day is not None and period.span.start < day:
            case.notes.ask(f"{where}/{key}")
    months = period.of_months(opened=opened, closed=closed)
    counted = max(period.span.start, opened or period.span.start)
    if counted < billed.start and household.told_before != (counted, billed.start):
        span = str(Span(counted, billed.start))
        raise refuse(RefusalCode.TIER_USE_MISSING, f"{where}/before", group=group, span=span)
    is_before, is_ended = counted < billed.start, closed is not None and months.stop < period.months
    return _Account(group, where, household, table, period, pieces[0], months, is_before, is_ended)


def _is_tiered(case: Case, group: str, piece: int) -> bool:
    return any(each.component.tier is not None for each in paid_in(case, group, piece))


def _raises(case: Case, account: _Account) -> Iterator[RaisePlan]:
    """By how much many persons raise the limits of the period.

    Raises:
        Refused: where neither the request nor the document of the tiers tells by how much.
    """
    stated = account.table.larger_household
    for number, each in enumerate(account.household.larger):
        months, here = len(_months_of(account, each)), f"{account.where}/larger/{number}"
        if not months:
            continue
        case.notes.ask(here)
        if each.kwh_per_month is not None:
            slot = case.notes.slot(f"{here}/kwh_per_month", each.kwh_per_month, KWH, Term.TIER_RAISE, account.group)
            yield RaisePlan(slot, months)
        elif stated is None:
            raise refuse(RefusalCode.LARGER_HOUSEHOLD_UNKNOWN, here, group=account.group)
        else:
            yield RaisePlan(stated, months)


def _months_of(account: _Account, larger: LargerHousehold) -> range:
    """The months of the period in which a household counts as one of many persons."""
    span = Span(larger.start, larger.end).intersect(account.period.span)
    if span is None:
        return range(0)
    told = account.period.of_months(opened=span.start, closed=span.end)
    return range(max(told.start, account.months.start), min(told.stop, account.months.stop))


def _billed(case: Case, account: _Account) -> tuple[tuple[Slot, ...], ...]:
    """What earlier bills of the period had in each tier, where the limits have changed since and that decides.

    Raises:
        InvalidInput: where an earlier bill is told by another number of tiers.
        Refused: where it is not told.
    """
    rows = account.household.before
    changes = [_months_of(account, each) for each in account.household.larger]
    changed = account.ended or any(each and each != account.months for each in changes)
    if not account.before or not changed:
        return ()
    if case.notes.decided_by(case.conventions.tiers.before) is TiersBefore.ONWARDS:
        return ()
    found: list[tuple[Slot, ...]] = []
    for number, row in enumerate(rows):
        here = f"{account.where}/before/{number}/by_tier"
        if not row.by_tier:
            raise refuse(RefusalCode.TIERS_BILLED_UNKNOWN, here, group=account.group)
        if len(row.by_tier) != account.table.last:
            facts = {"reason": Reason.TIERS_OF_ROW, "count": str(len(row.by_tier)), "number": str(account.table.last)}
            raise InvalidInput([Fault(FaultCode.INCONSISTENT, here, facts)])
        found.append(
            tuple(
                case.notes.slot(f"{here}/{tier}", kwh, KWH, Term.BILLED_BY_TIER, account.group, str(tier + 1))
                for tier, kwh in enumerate(row.by_tier)
            )
        )
    return tuple(zip(*found, strict=True))
