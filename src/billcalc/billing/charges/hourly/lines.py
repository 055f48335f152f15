"""The lines of prices by interval."""

from billcalc.billing.charges.charge import Known
from billcalc.billing.charges.hourly.records import HourlyPlan
from billcalc.billing.charges.hourly.rule import average_price, cost
from billcalc.billing.evaluated import SIX_PLACES, EvaluatedLine
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.hour_reasons import HourReason
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Refusal
from billcalc.kernel.units import KWH, MONEY
from billcalc.kernel.values import Arithmetic, Value, total
from billcalc.vocabulary import BANDS, Band

__all__ = ["hourly_line"]


def hourly_line(plan: HourlyPlan, known: Known, arithmetic: Arithmetic) -> EvaluatedLine:
    """The line of a component that is priced by interval."""
    code, group = plan.name.code, plan.name.group
    at_prices: list[tuple[Value, Value]] = []
    for number, slots in plan.energies:
        energy = total([arithmetic.input(slot) for slot in slots])
        price = arithmetic.constant(
            number, term=Term.INTERVAL_PRICE, of=(code,), unit=f"{MONEY}/{KWH}", source=plan.source
        )
        at_prices.append((energy, price))
    billed = known.quantities.billed(group=group, pieces=plan.pieces, bands=(*BANDS, Band.TOTAL))
    assert billed is not None, "who has intervals has energy"
    _require_all(plan, billed.whole, total([energy for energy, _ in at_prices]), arithmetic)
    amount = cost(at_prices=at_prices, rounding=plan.rounding, of=(code,))
    return EvaluatedLine(
        name=plan.name,
        band=None,
        quantity=billed.whole,
        unit=KWH,
        price=average_price(amount=amount, energy=billed.whole, rounding=SIX_PLACES),
        amount=amount,
        scope=plan.scope,
        base=amount if plan.in_base else None,
    )


def _require_all(plan: HourlyPlan, billed: Value, in_intervals: Value, arithmetic: Arithmetic) -> None:
    """Refuse energy that is billed and in no interval, or in one and not billed: losses, and what sub-meters take."""
    facts = {"what": HourReason.SERIES_OF_PARTS, "component": plan.name.code, "group": plan.name.group}
    refusal = Refusal(RefusalCode.NOT_SUPPORTED, plan.where, facts)
    arithmetic.require(billed <= in_intervals, refusal)
    arithmetic.require(billed >= in_intervals, refusal)
