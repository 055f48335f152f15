"""The lines of a basic charge by demand as it was measured."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce

from billcalc.billing.charges.basic import rule as basic
from billcalc.billing.charges.basic.amounts import lines_of, price_of, proration_of
from billcalc.billing.charges.basic.records import MeasuredPlan
from billcalc.billing.charges.charge import Known
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.quantities import maximum_demand
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Arithmetic, Value, maximum

__all__ = ["measured_lines"]


def measured_lines(plan: MeasuredPlan, known: Known, arithmetic: Arithmetic, of: Sequence[str]) -> list[EvaluatedLine]:
    """What one price is paid for: the greatest demand of its bands, and no less than what earlier months leave."""
    terms, name = plan.terms, (plan.terms.supply_point, plan.terms.code)
    demands = [
        maximum_demand(
            demand, arithmetic, of=terms.supply_point, band=band, rounding=plan.rounding, losses=known.facts.losses
        )
        for band, demand in plan.bands
    ]
    metered = reduce(maximum, demands)
    billed = basic.measured_demand(
        metered=metered,
        earlier=[arithmetic.input(slot) for slot in plan.earlier],
        share=arithmetic.constant(plan.earlier_share, term=Term.RATCHET_SHARE, source=terms.price_source),
        least=_stated(plan.least, Term.LEAST_DEMAND, plan, arithmetic),
        source=terms.price_source,
        of=name,
    )
    if plan.above is not None or plan.up_to is not None:
        above, up_to = (_stated(each, Term.DEMAND_TIER_END, plan, arithmetic) for each in (plan.above, plan.up_to))
        billed = basic.demand_in_tier(demand=billed, above=above, up_to=up_to, source=terms.price_source, of=name)
    price = price_of(terms, plan.unit, arithmetic)
    quantity = (billed, plan.unit, Term.BILLED_DEMAND)
    lines = lines_of(terms, quantity, price, proration_of(terms, arithmetic), of, arithmetic)
    return [replace(line, demand=metered) for line in lines]


def _stated(demand: Decimal | None, term: Term, plan: MeasuredPlan, arithmetic: Arithmetic) -> Value | None:
    """A demand that the document of the price states, where it does."""
    source = plan.terms.price_source
    return None if demand is None else arithmetic.constant(demand, term=term, unit=plan.unit, source=source)
