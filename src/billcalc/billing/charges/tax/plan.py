"""How the tax that is added to a bill is planned: whether there is one, and at which rate."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from billcalc.billing.line_name import LineName
from billcalc.billing.planning.case import Case, refuse
from billcalc.billing.planning.scopes import ACCOUNT
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.units import PURE
from billcalc.vocabulary import Kind, Section

__all__ = ["TAX_ADDED", "TaxPlan", "plan_tax"]

TAX_ADDED = "tax_added"
"""The code of the line of a tax that is added."""


@dataclass(frozen=True, slots=True)
class TaxPlan:
    """The tax on all other lines of a bill.

    Attributes:
        rate: as the document of the price structure states it, or in the slot of the request's own area [1].
        source: that document; None where the request tells the rate.
    """

    name: LineName
    rate: Decimal | Slot
    source: Source | None


def plan_tax(case: Case) -> TaxPlan | None:
    """The tax that is added; None where prices contain theirs, or none is told.

    Raises:
        Refused: where another rate holds at the end of the period: nobody tells which lines are of which days.
    """
    request, payer = case.request, case.groups[0] if len(case.groups) == 1 else ACCOUNT
    name = LineName(TAX_ADDED, None, Section.LEVIES, payer, request.period.span)
    if request.own_area is not None:
        told = request.own_area.tax_added
        slot = None if told is None else case.notes.slot("/own_area/tax_added", told, PURE, Term.TAX_RATE)
        return None if slot is None else TaxPlan(name, slot, None)
    last = request.period.end - timedelta(days=1)
    found, at_end = (
        case.catalog.find(Kind.PRICE_STRUCTURE, request.area, day) for day in (request.period.span.start, last)
    )
    rates = [None if each is None else each.document.tax_added for each in (found, at_end)]
    if rates[0] != rates[1]:
        facts = {"what": Reason.TAX_CHANGES, "day": str(last)}
        raise refuse(RefusalCode.NOT_SUPPORTED, "/period", **facts)
    return None if found is None or rates[0] is None else TaxPlan(name, rates[0], found.source)
