"""What a quantity of the basic charge costs: its price, its amount, and the lines of those who pay it."""

from collections.abc import Sequence
from dataclasses import replace

from billcalc.billing.charges.basic import rule as basic
from billcalc.billing.charges.basic.records import BasicTerms, PayingGroup
from billcalc.billing.evaluated import SIX_PLACES, EvaluatedLine
from billcalc.billing.line_name import LineName
from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, Problem, Severity
from billcalc.kernel.units import KW, MONEY
from billcalc.kernel.values import Arithmetic, Value, allocate, named, rounded, total

__all__ = ["demand_lines", "lines_of", "price_of", "proration_of"]


def price_of(terms: BasicTerms, unit: str, arithmetic: Arithmetic) -> Value:
    """The price of a unit [money per unit]."""
    price = arithmetic.constant(
        terms.price, term=Term.UNIT_PRICE, of=(terms.code,), unit=f"{MONEY}/{unit}", source=terms.price_source
    )
    if terms.price_rounding is None:
        return price
    return named(Term.UNIT_PRICE, rounded(price, terms.price_rounding), terms.code)


def proration_of(terms: BasicTerms, arithmetic: Arithmetic) -> basic.Proration | None:
    """The share of the month that is billed; None of all of it."""
    share = terms.share
    if share.whole:
        return None
    return basic.Proration(arithmetic.input(share.days), arithmetic.input(share.cycle), share.source)


def lines_of(
    terms: BasicTerms,
    billed: tuple[Value, str, Term],
    price: Value,
    proration: basic.Proration | None,
    of: Sequence[str],
    arithmetic: Arithmetic,
) -> list[EvaluatedLine]:
    """The lines of a quantity, one for each group that pays it.

    Args:
        terms: of the charge.
        billed: the quantity of a full month, its unit, and what it is.
        price: see ``price_of``.
        proration: the share of the month that is billed, or None.
        of: the supply point, where the bill has basic charges of several.
        arithmetic: makes the values.
    """
    quantity, unit, term = billed
    made = []
    for payer, part in _shared_out(terms, quantity, arithmetic):
        amount = basic.charge(
            quantity=part, price=price, proration=proration, rounding=terms.rounding, of=(terms.code, *of)
        )
        shown = part
        if proration is not None:
            shown = basic.prorated(
                quantity=part * proration.days,
                cycle=proration.cycle,
                rounding=SIX_PLACES,
                term=term,
                of=(terms.supply_point,),
                source=proration.source,
            )
        made.append(
            EvaluatedLine(
                name=LineName(terms.code, terms.label, terms.section, payer.group, terms.span),
                band=None,
                quantity=shown,
                unit=unit,
                price=price,
                amount=amount,
                scope=payer.scope,
                base=amount if payer.in_base else None,
            )
        )
    return made


def demand_lines(
    terms: BasicTerms,
    quantity: Value,
    excess: Value | None,
    price: Value,
    proration: basic.Proration | None,
    of: Sequence[str],
    arithmetic: Arithmetic,
) -> list[EvaluatedLine]:
    """The lines of a demand; what the power factor does not adjust of it is not in their base."""
    lines = lines_of(terms, (quantity, KW, Term.BILLED_DEMAND), price, proration, of, arithmetic)
    if excess is None:
        return lines
    apart = lines_of(terms, (excess, KW, Term.BILLED_DEMAND), price, proration, of, arithmetic)
    return [
        line
        if line.base is None
        else replace(line, base=line.base - named(Term.EXCLUDED_PART, out.amount, terms.code, line.name.group))
        for line, out in zip(lines, apart, strict=True)
    ]


def _shared_out(terms: BasicTerms, quantity: Value, arithmetic: Arithmetic) -> list[tuple[PayingGroup, Value]]:
    """The quantity, split over the groups that share the supply point, to six decimals."""
    slots = [payer.weight for payer in terms.groups if payer.weight is not None]
    if not slots:
        return [(terms.groups[0], quantity)]
    weights = [arithmetic.input(slot) for slot in slots]
    facts = {"value": "0", "range": "some_share"}
    arithmetic.require(total(weights) > 0, Fault(FaultCode.OUT_OF_RANGE, slots[0].where, facts))
    arithmetic.settle()
    for payer, weight, slot in zip(terms.groups, weights, slots, strict=True):
        of = {"group": payer.group, "supply_point": terms.supply_point}
        arithmetic.report(weight <= 0, Problem(ProblemCode.DEMAND_SHARE_OF_NOTHING, Severity.DOUBT, slot.where, of))
    parts = allocate(quantity, weights, SIX_PLACES.step)
    return [
        (payer, named(Term.DEMAND_PART, part, payer.group)) for payer, part in zip(terms.groups, parts, strict=True)
    ]
