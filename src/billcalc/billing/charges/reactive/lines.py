"""The lines of reactive energy."""

from billcalc.billing.charges import components
from billcalc.billing.charges.charge import Known
from billcalc.billing.charges.reactive.records import ReactivePlan
from billcalc.billing.charges.reactive.rule import billed_reactive
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.pricing import part_prices
from billcalc.kernel.terms import Term
from billcalc.kernel.units import KVARH, KWH, MONEY
from billcalc.kernel.values import Arithmetic, named, rounded
from billcalc.vocabulary import Band

__all__ = ["reactive_line"]


def reactive_line(plan: ReactivePlan, known: Known, arithmetic: Arithmetic) -> EvaluatedLine:
    """The line of a group's reactive energy."""
    quantities, source, of = known.quantities, plan.part.source, (plan.name.group, plan.name.code)
    counted = [
        quantities.registers[point, register, piece]
        for point, registers in plan.points
        for register in registers
        for piece in plan.pieces
        if (point, register, piece) in quantities.registers
    ]
    active = [
        kwh
        for part in quantities.parts
        if plan.free_share and part.group == plan.name.group and part.piece in plan.pieces
        for kwh in part.kwh.values()
    ]
    free_share = arithmetic.constant(plan.free_share, term=Term.FREE_SHARE, unit=f"{KVARH}/{KWH}", source=source)
    billed = billed_reactive(reactive=counted, active=active, free_share=free_share, source=source, of=of)
    prices = [part_prices(plan.part, f"{MONEY}/{KVARH}", arithmetic)]
    price = components.line_price(parts=prices, band=Band.TOTAL, component=plan.name.code)
    amount = named(Term.AMOUNT, rounded(billed * price, plan.rounding), *of)
    return EvaluatedLine(
        name=plan.name,
        band=None,
        quantity=billed,
        unit=KVARH,
        price=price,
        amount=amount,
        scope=plan.scope,
        base=amount if plan.part.in_base else None,
    )
