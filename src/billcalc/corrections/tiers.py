"""Tiers over corrected months: what a month was billed wrongly, the count of later months of its year has wrong too."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from billcalc.billing.bill import Bill
from billcalc.billing.request import Request
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import EXACT, ZERO, decimal_text, exact_sum
from billcalc.kernel.reasons import Reason
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["Changes", "carried", "changes_of"]

Changes = Sequence[tuple[Span, Mapping[str, Decimal]]]
"""For the days of each corrected month by how much the energy of each group changed [kWh]."""


def changes_of(original: Bill, right: Bill) -> tuple[Span, Mapping[str, Decimal]]:
    """By how much the energy of each group of a month changed [kWh]."""
    groups = dict.fromkeys((*original.kwh, *right.kwh))
    kwh = {group: [exact_sum(bill.kwh.get(group, {}).values()) for bill in (right, original)] for group in groups}
    return right.period, {group: EXACT.subtract(*both) for group, both in kwh.items()}


def carried(request: Request, changes: Changes) -> Mapping[str, str]:
    """What of a later month's request is right after the months before it were corrected, by its place.

    Raises:
        InvalidInput: where the earlier bills are told by tier, and how they are right by tier nobody tells.
    """
    return dict(_carried(request, changes))


def _carried(request: Request, changes: Changes) -> Iterator[tuple[str, str]]:
    for group, household in request.households.items():
        for number, row in enumerate(household.before):
            days = Span(row.start, row.end)
            change = exact_sum(kwh.get(group, ZERO) for span, kwh in changes if span.start in days)
            where = f"/households/{group}/before/{number}"
            if change and row.by_tier:
                facts = {"reason": Reason.TIERS_CORRECTED, "group": group, "kwh": decimal_text(change)}
                raise InvalidInput([Fault(FaultCode.INCONSISTENT, f"{where}/by_tier", facts)])
            if change:
                yield f"{where}/kwh", decimal_text(EXACT.add(row.kwh, change))
