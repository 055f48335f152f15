"""The lines of fees by the month."""

from collections.abc import Sequence

from billcalc.billing.charges import components, monthly
from billcalc.billing.charges.charge import Known
from billcalc.billing.charges.fees.records import FeePlan
from billcalc.billing.evaluated import SIX_PLACES, EvaluatedLine
from billcalc.billing.plan_prices import PricePart
from billcalc.billing.pricing import part_prices
from billcalc.kernel.slots import Slot
from billcalc.kernel.terms import Term
from billcalc.kernel.units import DAY, MONEY, PURE
from billcalc.kernel.values import Arithmetic, Value, named, quotient, total
from billcalc.vocabulary import Band

__all__ = ["fee_line"]


def fee_line(plan: FeePlan, known: Known, arithmetic: Arithmetic) -> EvaluatedLine:
    """The line of a monthly fee."""
    if plan.days is not None:
        return _by_day(plan, plan.days, known, arithmetic)
    share = plan.share
    months = _months(plan, arithmetic)
    if not share.whole:
        days, cycle = arithmetic.input(share.days), arithmetic.input(share.cycle)
        months = named(Term.MONTHS, quotient(days, cycle, SIX_PLACES), source=share.source)
    price, amount = _fee(plan, plan.parts, known, arithmetic)
    excluded = [part for part in plan.parts if not part.in_base]
    base: Value | None = amount
    if len(excluded) == len(plan.parts):
        base = None
    elif excluded:
        _, left_out = _fee(plan, excluded, known, arithmetic)
        base = amount - named(Term.EXCLUDED_PART, left_out, plan.name.code, plan.name.group)
    return EvaluatedLine(
        name=plan.name,
        band=None,
        quantity=months,
        unit="month",
        price=price,
        amount=amount,
        scope=plan.scope,
        base=base,
    )


def _months(plan: FeePlan, arithmetic: Arithmetic) -> Value:
    """The months of a cycle that is billed whole."""
    return arithmetic.constant(1, term=Term.MONTHS, unit=PURE) if plan.months is None else arithmetic.input(plan.months)


def _by_day(plan: FeePlan, days: Slot, known: Known, arithmetic: Arithmetic) -> EvaluatedLine:
    """The line of a fee by the day: days × price; of components that the power factor does not adjust nothing is."""
    prices = [part_prices(part, f"{MONEY}/{DAY}", arithmetic) for part in plan.parts]
    price = components.line_price(parts=prices, band=Band.TOTAL, component=plan.name.code)
    served = arithmetic.input(days)
    amount = monthly.daily_fee(price=price, days=served, rounding=plan.rounding)
    base = amount if all(part.in_base for part in plan.parts) else None
    return EvaluatedLine(
        name=plan.name,
        band=None,
        quantity=served,
        unit=DAY,
        price=price,
        amount=amount,
        scope=plan.scope,
        base=base,
    )


def _fee(plan: FeePlan, parts: Sequence[PricePart], known: Known, arithmetic: Arithmetic) -> tuple[Value, Value]:
    """The price by the month of some components of a fee, and what is due of it."""
    prices = [part_prices(part, MONEY, arithmetic) for part in parts]
    price = components.line_price(parts=prices, band=Band.TOTAL, component=plan.name.code)
    if plan.idle_share is not None:
        due = arithmetic.constant(plan.idle_share, term=Term.DUE_SHARE, source=plan.parts[0].source)
        price = monthly.idle_price(price=price, uses=_uses(plan.name.group, known), share=due)
    share = plan.share
    if plan.months is not None:
        months = arithmetic.input(plan.months)
        return price, monthly.fee_of_months(price=price, months=months, rounding=plan.rounding)
    if share.whole:
        return price, monthly.fee(price=price, rounding=plan.rounding)
    before = arithmetic.input(share.before) if share.before is not None else None
    days, cycle = arithmetic.input(share.days), arithmetic.input(share.cycle)
    amount = monthly.part_of_fee(price=price, before=before, days=days, cycle=cycle, rounding=plan.rounding)
    return price, amount


def _uses(group: str, known: Known) -> list[Value]:
    """What tells that a group used something: its energy [kWh], and the demands that it is billed by [kW, kVA]."""
    parts = [part.kwh.values() for part in known.quantities.parts if part.group == group]
    energies = [kwh for by_band in parts for kwh in by_band]
    demands: dict[str, list[Value]] = {}
    for line in known.lines:
        if line.name.group == group and line.demand is not None:
            demands.setdefault(line.unit, []).append(line.demand)
    return [total(each) for each in (energies, *demands.values()) if each]
