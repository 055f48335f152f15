"""What a comparison of tables found, as what a run of an audit found: the bills that differ with their causes."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from billcalc.audit.checks.check import Level
from billcalc.audit.diagnose.cells import fen_of
from billcalc.audit.findings.records import Examined, Seen
from billcalc.audit.findings.seeing import DIFFERS, NOT_ISSUED, bill_seen, causes_of
from billcalc.runs.batches import Billed
from billcalc.runs.diagnosing import Found
from billcalc.runs.diagnosing_workers import Job, diagnosed_bills
from billcalc.runs.issued_rejects import KEY_MARK, KEY_SEPARATOR
from billcalc.runs.issued_tables import IssuedTable

__all__ = ["examined_bills"]

_NAME = f"split_part(account, {KEY_SEPARATOR}, 1)"
_LINES = "SELECT account, code, kind, issued, recomputed FROM findings"
_BILLS = f"""
SELECT account, min(month), max(month), any_value(state), any_value(b.issued), any_value(b.recomputed)
FROM bills b JOIN (SELECT account, month FROM recomputed) USING (account)
WHERE state = 'only_recomputed'
   OR (state = 'matched' AND (account IN (SELECT account FROM findings) OR {_NAME} IN (SELECT unnest(?))))
GROUP BY account ORDER BY account
"""


def examined_bills(connection: Any, layout: IssuedTable, made: Billed, known: Collection[str]) -> Iterator[Examined]:
    """The bills that differ, those that were not issued, and those of accounts that are known to have findings.

    Args:
        connection: a database with the tables of a comparison.
        layout: of the issued table.
        made: the recomputed bills.
        known: the accounts.
    """
    told_of = diagnosed_bills(connection, Job(layout, made.work, _causes), made.tables, workers=made.workers)
    causes: Mapping[str, dict[str, Any]] = {key: each for some in told_of for key, each in some.items()}
    lines: dict[str, list[tuple[str, str, int | None, int | None]]] = {}
    for key, code, kind, issued, recomputed in connection.execute(_LINES).fetchall():
        lines.setdefault(key, []).append((code, kind, _fen(issued), _fen(recomputed)))
    for key, first, last, state, issued, recomputed in connection.execute(_BILLS, [sorted(known)]).fetchall():
        account, period = key.split(KEY_MARK)[0], last if first == last else f"{first}/{last}"
        ours = fen_of(recomputed)
        if state == "only_recomputed":
            seen = Seen(NOT_ISSUED, Level.IMPLAUSIBLE, account, period, (), {"recomputed_fen": ours}, -ours)
            yield Examined(account, period, (seen,), frozenset((DIFFERS,)), issued_fen=0, recomputed_fen=ours)
            continue
        theirs = fen_of(issued)
        told = lines.get(key, [])
        differs = bill_seen(account, period, issued_fen=theirs, recomputed_fen=ours, lines=told, causes=causes.get(key))
        yield Examined(account, period, (differs,) if told else (), issued_fen=theirs, recomputed_fen=ours)


def _causes(bills: Iterator[Found]) -> dict[str, dict[str, Any]]:
    return {found.key: causes_of(found.told) for found in bills}


def _fen(amount: Decimal | None) -> int | None:
    return None if amount is None else fen_of(amount)
