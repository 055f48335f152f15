"""All checks of one account: its request is billed, and looked at beside its earlier months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from billcalc.audit.checks.elimination import Change, eliminate, month_of
from billcalc.audit.checks.facts import class_of, facts_of, with_history
from billcalc.audit.checks.judging import Finding, judge
from billcalc.audit.checks.limits import Limits, LimitsDocument, Of
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.kernel.troubles import Refusal
from billcalc.tariff.catalog import Catalog

__all__ = ["Checked", "Month", "check_account", "month_billed"]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the account: its facts and its bill."""

    facts: Mapping[str, Decimal]
    bill: Bill


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


def month_billed(request: Request, catalog: Catalog) -> Month | Refusal:
    """A month as it is billed."""
    bill = calculate(request, catalog, derivation=False)
    return bill if isinstance(bill, Refusal) else Month(facts_of(request, bill), bill)


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
