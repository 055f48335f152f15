"""The lines of a basic charge by demand as it was measured."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from billcalc.billing.charges.basic import rule as basic
from billcalc.billing.charges.basic.amounts import lines_of, price_of, proration_of
from billcalc.billing.charges.basic.records import MeasuredPlan
from billcalc.billing.charges.charge import Known
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.quantities import maximum_demand
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Arithmetic, maximum

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
        least=arithmetic.constant(plan.least, term=Term.LEAST_DEMAND, unit=plan.unit, source=terms.price_source),
        source=terms.price_source,
        of=name,
    )
    price = price_of(terms, plan.unit, arithmetic)
    quantity = (billed, plan.unit, Term.BILLED_DEMAND)
    lines = lines_of(terms, quantity, price, proration_of(terms, arithmetic), of, arithmetic)
    return [replace(line, demand=metered) for line in lines]
