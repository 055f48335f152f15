"""All checks of one account: its request is billed, and looked at beside its earlier months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from billcalc.audit.checks.elimination import Change, eliminate, month_of
from billcalc.audit.checks.facts import class_of, facts_of, facts_of_request, with_history
from billcalc.audit.checks.judging import Finding, judge
from billcalc.audit.checks.limits import Limits, LimitsDocument, Of
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.one_customer import months_apart
from billcalc.billing.request import Request
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.tariff.catalog import Catalog

__all__ = [
    "Checked",
    "Month",
    "check_account",
    "check_history",
    "check_unbilled",
    "month_billed",
    "month_unbilled",
]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the account: its facts and its bill; None where it cannot be billed.

    Attributes:
        request: that it was billed from.
        where: what messages call it.
    """

    facts: Mapping[str, Decimal]
    bill: Bill | None
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


def month_unbilled(request: Request, *, where: str = "") -> Month:
    """What a month tells that cannot be billed; ``where`` is what messages call it."""
    return Month(facts_of_request(request), None, request, where)


def check_unbilled(
    request: Request, documents: Sequence[LimitsDocument], *, earlier: Sequence[Month] = ()
) -> tuple[Finding, ...]:
    """Make the checks that need no bill of the month, of a request that cannot be billed; the others lack it.

    Args:
        request: of the month.
        documents: the limits, in the order in which they were made.
        earlier: other months, in any order.
    """
    limits = Limits.of(documents, request.period.start, _whom(request, None, None))
    return judge(with_history(facts_of_request(request), [each.facts for each in earlier]), limits)


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
    bill = calculate(request, catalog, derivation=False)
    if isinstance(bill, Refusal):
        return bill
    facts = facts_of(request, bill)
    limits = Limits.of(documents, request.period.start, _whom(request, company, account))
    findings = judge(with_history(facts, [each.facts for each in earlier]), limits)
    billed = [each.bill for each in earlier if each.bill is not None]
    before = [each for each in billed if each.period.start < bill.period.start]
    change = None
    if before:
        last = max(before, key=lambda each: each.period.start)
        change = eliminate(month_of(last), month_of(bill), limits.of_elimination())
    return Checked(bill, findings, change, int(facts["changes"]))


def _whom(request: Request, company: str | None, account: str | None) -> Of:
    """Whose limits hold; the class is that of the request, where all its groups have one."""
    return Of.model_construct(company=company, account=account, customer_class=class_of(request))
