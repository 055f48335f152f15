"""All checks of one account: its request is billed, and looked at beside its earlier months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from billcalc.audit.checks.elimination import Change, eliminate, month_of
from billcalc.audit.checks.facts import class_of, facts_of, with_history
from billcalc.audit.checks.judging import Finding, judge
from billcalc.audit.checks.limits import Limits, LimitsDocument, Of
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.one_customer import months_apart
from billcalc.billing.request import Request
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.tariff.catalog import Catalog

__all__ = ["Checked", "Month", "check_account", "check_history", "month_billed"]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the account: its facts and its bill.

    Attributes:
        request: that it was billed from.
        where: what messages call it.
    """

    facts: Mapping[str, Decimal]
    bill: Bill
    request: Request
    where: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is told of an account.

    Attributes:
        change: from the month before; None where no earlier month is told.
        orders: how many orders of change the cycle has.
    """

    bill: Bill
    findings: tuple[Finding, ...]
    change: Change | None
    orders: int


def month_billed(request: Request, catalog: Catalog, *, where: str = "") -> Month | Refusal:
    """A month as it is billed; ``where`` is what messages call it."""
    bill = calculate(request, catalog, derivation=False)
    return bill if isinstance(bill, Refusal) else Month(facts_of(request, bill), bill, request, where)


def check_history(request: Request, earlier: Sequence[Month]) -> None:
    """See that months which nothing but their files tells apart are of the customer of a request, and each once.

    A month of the days of the request itself may be among them: it is the duplicate that a check names.

    Raises:
        InvalidInput: where they are not.
    """
    months = sorted(earlier, key=lambda month: month.request.period.start)
    faults = [
        fault
        for before, month in pairwise(months)
        for fault in months_apart(before.request, month.request, where=month.where, other=before.where)
    ]
    faults += [
        fault
        for month in months
        for fault in months_apart(request, month.request, where=month.where)
        if fault.facts["reason"] is Reason.OTHER_CUSTOMER
    ]
    if faults:
        raise InvalidInput({fault.where: fault for fault in faults}.values())


def check_account(
    request: Request,
    catalog: Catalog,
    documents: Sequence[LimitsDocument],
    *,
    earlier: Sequence[Month] = (),
    company: str | None = None,
    account: str | None = None,
) -> Checked | Refusal:
    """Make all checks.

    Args:
        request: of the month.
        catalog: the tariffs.
        documents: the limits, in the order in which they were made.
        earlier: other months, in any order.
        company: whose limits hold.
        account: whose limits hold.
    """
    month = month_billed(request, catalog)
    if isinstance(month, Refusal):
        return month
    limits = Limits.of(documents, request.period.start, _whom(request, company, account))
    findings = judge(with_history(month.facts, [each.facts for each in earlier]), limits)
    before = [each for each in earlier if each.bill.period.start < month.bill.period.start]
    change = None
    if before:
        last = max(before, key=lambda each: each.bill.period.start)
        change = eliminate(month_of(last.bill), month_of(month.bill), limits.of_elimination())
    return Checked(month.bill, findings, change, int(month.facts["changes"]))


def _whom(request: Request, company: str | None, account: str | None) -> Of:
    """Whose limits hold; the class is that of the request, where all its groups have one."""
    return Of.model_construct(company=company, account=account, customer_class=class_of(request))
