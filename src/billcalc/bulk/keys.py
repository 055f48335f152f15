"""What there may be one bill of: the days of an account. A row that comes back is billed twice, sums are to nobody."""

import re
from bisect import bisect_right, insort
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from billcalc.bulk.cells import spoilt, sums
from billcalc.bulk.paths import ACCOUNT, pointer_of
from billcalc.bulk.screening import is_among, numbers_of
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault

__all__ = ["DAYS", "KEY", "Told", "called_alike", "is_of_key", "keys_of", "no_requests", "told_twice"]

KEY = ("account", "start", "end")
"""The columns of keys, the days as dictionaries.

One account has one key whatever is left of its zeros, its blanks, its case and its width.
"""

DAYS = pa.dictionary(pa.int32(), pa.string())
_PERIOD = ("from", "to")
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_PLAIN = "^[!-~]+$"
"""Of printable ASCII, as accounts are."""
_TRUE, _FALSE = (pa.scalar(each, pa.bool_()) for each in (True, False))
_NONE = pa.scalar(None, pa.string())


def is_of_key(column: str) -> bool:
    """Whether a column tells the key of its row."""
    return column == ACCOUNT or pointer_of(column) in [f"/period/{key}" for key in _PERIOD]


def keys_of(batch: pa.RecordBatch, template: Mapping[str, Any]) -> pa.RecordBatch:
    """The key of each row; nulls where the row has no account or no days, and is not billed.

    Args:
        batch: of plain cells.
        template: what all rows have in common.
    """
    told = {pointer_of(name): name for name in batch.schema.names}
    accounts = _accounts(batch.column(ACCOUNT).cast(pa.string()))
    days = []
    period = template.get("period")
    for key in _PERIOD:
        name = told.get(f"/period/{key}")
        if name is not None:
            days.append(_days(batch.column(name)).dictionary_encode())
        else:
            common = str(period.get(key)) if isinstance(period, Mapping) else ""
            day = common if re.fullmatch(_DAY, common) else None
            codes = pa.array(np.zeros(len(accounts), dtype=np.int32))
            days.append(pa.DictionaryArray.from_arrays(codes, pa.array([day], pa.string())))
    return pa.RecordBatch.from_arrays([accounts, *days], names=list(KEY))


def _accounts(told: pa.Array) -> pa.Array:
    """The accounts that rows tell, each as it is called whatever way it is written; nulls for what is none."""
    if _is_plain(told):
        digits = pc.utf8_ltrim(told, "0")
        return pc.if_else(pc.equal(digits, ""), told, digits)
    accounts = told if pc.all(pc.string_is_ascii(told)).as_py() else pc.utf8_normalize(told, form="NFKC")
    accounts = pc.utf8_lower(pc.utf8_trim_whitespace(accounts))
    if pc.any(pc.match_substring(accounts, " ")).as_py():
        accounts = pc.replace_substring(accounts, " ", "")
    digits = pc.utf8_ltrim(accounts, "0")
    accounts = pc.if_else(pc.and_(pc.ascii_is_decimal(accounts), pc.not_equal(digits, "")), digits, accounts)
    return pc.if_else(pc.or_(pa.array(spoilt(accounts)), pc.equal(accounts, "")), _NONE, accounts)


def called_alike(accounts: pa.Array) -> pa.Array:
    """Accounts as each is called whatever way it is written, for rows of one account to find each other.

    >>> called_alike(pa.array(["0301", "301", "a 1"])).to_pylist()
    ['301', '301', 'a1']
    """
    texts = accounts.cast(pa.string())
    return pc.coalesce(_accounts(texts), texts)


def _is_plain(accounts: pa.Array) -> bool:
    """Whether all rows tell an account, and all of these are of digits, as nearly everywhere: nothing can be wrong."""
    return not accounts.null_count and bool(pc.all(pc.ascii_is_decimal(accounts)).as_py())


def _days(column: pa.Array) -> pa.Array:
    """A column of days, as texts; nulls for what is none."""
    if pa.types.is_dictionary(column.type):  # a table has few days, and each of them is looked at once
        return pa.DictionaryArray.from_arrays(column.indices, _days(column.dictionary)).cast(DAYS)
    texts = column.cast(pa.string())
    return pc.if_else(pc.match_substring_regex(texts, _DAY), texts, _NONE)


def no_requests(batch: pa.RecordBatch) -> Iterator[tuple[int, Fault]]:
    """The rows that are billed to nobody, and why: without an account, with what a spreadsheet has left of one, sums.

    Words in the place of an account with nothing beside them, in a table of more columns, are a remark: what is written
    in digits and letters may be an account of which the template tells all.
    """
    where, accounts = pointer_of(ACCOUNT), batch.column(ACCOUNT).cast(pa.string())
    if _is_plain(accounts):
        return
    nameless = pc.fill_null(pc.equal(accounts, ""), _TRUE).to_numpy(zero_copy_only=False)
    for row in np.flatnonzero(nameless):
        yield int(row), Fault(FaultCode.MISSING_KEY, where, {"key": ACCOUNT})
    others = [column for name, column in zip(batch.schema.names, batch.columns, strict=True) if name != ACCOUNT]
    alone = pc.fill_null(pc.invert(pc.match_substring_regex(accounts, _PLAIN)), _FALSE).to_numpy(zero_copy_only=False)
    alone = alone & bool(others) & ~nameless
    for column in others:
        alone &= column.is_null().to_numpy(zero_copy_only=False)
    kinds = ((FaultCode.SPOILT_NAME, spoilt(accounts)), (FaultCode.ROW_OF_SUMS, sums(accounts)))
    for code, wrong in (*kinds, (FaultCode.ROW_OF_NOTHING, alone)):
        for row in np.flatnonzero(wrong):
            yield int(row), Fault(code, where, {"value": accounts[int(row)].as_py()})


class Told:
    """The days of accounts that were told, and by which row.

    As long as no account comes back it only remembers which there were, each by a number.
    """

    def __init__(self) -> None:
        self._spans: dict[str, list[tuple[str, str, int]]] = {}
        self._accounts = np.zeros(0, dtype=np.uint64)
        self._put_off: list[tuple[pa.RecordBatch, int]] = []

    def earlier(self, account: str, start: str, end: str, row: int) -> int | None:
        """The earlier row that told some of these days of the account; where there is none, this row is one now."""
        spans = self._spans.setdefault(account, [])
        at = bisect_right(spans, (start, end, row))
        for before in spans[max(at - 1, 0) : at + 1]:
            if before[0] < end and start < before[1]:
                return before[2]
        insort(spans, (start, end, row))
        return None

    def repeats(self, keys: pa.RecordBatch, first_row: int) -> Iterator[tuple[int, int]]:
        """The places of the rows that come back, and the rows that told their days before."""
        accounts = np.sort(numbers_of(keys.column(0).drop_null()))
        come_back = bool((accounts[1:] == accounts[:-1]).any() or is_among(accounts, self._accounts).any())
        if len(self._accounts):
            accounts = np.sort(np.concatenate([self._accounts, accounts]), kind="stable")
        self._accounts = accounts
        self._put_off.append((keys, first_row))
        if come_back:
            for batch, first in self._put_off:
                yield from self._repeats(batch, first)  # of all but the last there are none
            self._put_off.clear()

    def _repeats(self, keys: pa.RecordBatch, first_row: int) -> Iterator[tuple[int, int]]:
        columns = (column.to_pylist() for column in keys.columns)
        for place, (account, start, end) in enumerate(zip(*columns, strict=True)):
            if account is not None and start is not None and end is not None and start < end:
                earlier = self.earlier(account, start, end, first_row + place)
                if earlier is not None:
                    yield place, earlier


def told_twice(account: str, row: int, file: str) -> Fault:
    """The fault of a row whose days of the account an earlier row has told."""
    return Fault(FaultCode.TWICE, pointer_of(ACCOUNT), {"account": account, "row": str(row), "file": file})
