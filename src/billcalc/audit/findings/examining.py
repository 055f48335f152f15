"""One account examined: its request checked, and its issued bill compared, where there is one."""

from collections.abc import Sequence

from billcalc.audit.checks.account import Month, check_account
from billcalc.audit.checks.limits import LimitsDocument
from billcalc.audit.comparison import Entry, Outcome
from billcalc.audit.diagnose.cells import NotFen, fen_of
from billcalc.audit.diagnose.diagnosis import diagnose
from billcalc.audit.diagnose.told import told_of
from billcalc.audit.findings.records import Examined, Seen
from billcalc.audit.findings.seeing import BILL_CODES, bill_seen, causes_of, checks_seen, month_of_bill, unchecked
from billcalc.audit.issued import IssuedBill
from billcalc.billing.request import Request
from billcalc.explain.problems import doubts_of
from billcalc.kernel.troubles import Refusal
from billcalc.tariff.catalog import Catalog

__all__ = ["examine"]


def examine(
    account: str,
    request: Request,
    catalog: Catalog,
    limits: Sequence[LimitsDocument],
    *,
    earlier: Sequence[Month] = (),
    issued: IssuedBill | None = None,
) -> Examined | Refusal:
    """Check an account, and compare its bill.

    Args:
        account: what it is called.
        request: of the month.
        catalog: the tariffs.
        limits: of the checks, in the order in which they were made.
        earlier: other months, in any order.
        issued: the bill that was issued; without one nothing is compared.

    Raises:
        InvalidInput: where the request contradicts itself.
    """
    checked = check_account(request, catalog, limits, earlier=earlier, account=account)
    if isinstance(checked, Refusal):
        return checked
    period = month_of_bill(checked.bill.period)
    seen = checks_seen(checked.findings, checked.bill.problems, account, period)
    without, doubts = unchecked(checked.findings), doubts_of(checked.bill)
    told = None if issued is None else _compared(account, period, request, issued, catalog)
    if told is None:
        return Examined(account, period, seen, without | BILL_CODES, doubts=doubts)
    differs, issued_fen, recomputed_fen = told
    return Examined(account, period, (*seen, *differs), without, issued_fen, recomputed_fen, doubts)


def _compared(
    account: str, period: str, request: Request, issued: IssuedBill, catalog: Catalog
) -> tuple[tuple[Seen, ...], int, int] | None:
    """What an issued bill differs by, and both totals [fen]; None where an amount is finer than the fen."""
    diagnosis = diagnose(request, issued, catalog)
    assert not isinstance(diagnosis, Refusal), "it was billed, for it was checked"
    comparison = diagnosis.comparison
    try:
        theirs, ours = fen_of(comparison.total_issued), fen_of(comparison.bill.total)
        lines = [_line(entry) for entry in comparison.findings]
    except NotFen:
        return None
    if not lines and theirs == ours and not comparison.own_errors:
        return (), theirs, ours
    causes = causes_of(told_of(diagnosis))
    seen = bill_seen(account, period, issued_fen=theirs, recomputed_fen=ours, lines=lines, causes=causes)
    return (seen,), theirs, ours


def _line(entry: Entry) -> tuple[str, str, int | None, int | None]:
    """The code of a line, the kind of difference as tables of them tell it, and both amounts [fen]."""
    code = entry.recomputed[0].code if entry.recomputed else _printed(entry)
    kind = entry.outcome.value
    if entry.outcome is Outcome.MISSING:
        kind = f"missing_in_{'issued' if entry.recomputed else 'recomputed'}"
    theirs = fen_of(entry.amount_issued) if entry.issued else None
    return code, kind, theirs, fen_of(entry.amount_recomputed) if entry.recomputed else None


def _printed(entry: Entry) -> str:
    """What an issued line is of: its code, else its printed name."""
    [line, *_] = entry.issued
    return line.codes[0] if line.codes else line.name or ""
