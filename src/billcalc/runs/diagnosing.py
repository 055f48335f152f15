"""Differing bills of a table diagnosed: their requests read again, gathered, each with its issued lines.

Every bill gets the answer that it would get alone; those of one structure are computed together, in columns. So many
rows are gathered before they are looked at that most structures come once.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from billcalc.audit.diagnose.cells import money_of
from billcalc.audit.diagnose.diagnosis import SETS_MAX, Recomputed, recomputed
from billcalc.audit.diagnose.documents import narrowed
from billcalc.audit.diagnose.stacked import Fen, Mask
from billcalc.audit.diagnose.told import Told, told_of
from billcalc.audit.issued import IssuedBill
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import wanted_tariffs
from billcalc.bulk.arrow import as_column
from billcalc.bulk.cells import plain_cells
from billcalc.bulk.equalities import find_equalities
from billcalc.bulk.groups import Group, Key, group_rows
from billcalc.bulk.paths import ACCOUNT, is_number
from billcalc.bulk.plans import Plans
from billcalc.fields import validated
from billcalc.kernel.troubles import Refusal
from billcalc.runs.diagnosing_together import SIZES_MAX, Issued, one_by_one, told_together
from billcalc.runs.issued_rejects import KEY_MARK, KEY_SEPARATOR
from billcalc.runs.issued_tables import REST, TOTAL, IssuedTable
from billcalc.runs.request_tables import RequestTable
from billcalc.runs.structures import Standing, standing_of, structure_of
from billcalc.tariff.catalog import Catalog

__all__ = ["Diagnosing", "Differing", "Found", "bill_keys", "billed_rows", "differing_bills", "issued_data"]

ROWS_MIN = 4
"""Fewer rows of a structure are sooner diagnosed one by one."""
CHUNK_ROWS = 16384
"""How many rows are searched at a time: what causes make of all of them is kept meanwhile."""
STANDING_MAX = 8
"""Of how many structures the plans under all causes are kept."""
GATHERED_ROWS = 1 << 17
"""How many differing rows are in memory at one time."""

_MATCHED = "SELECT account FROM findings WHERE account IN (SELECT account FROM bills WHERE state = 'matched')"
_DIFFERING = f"""
SELECT DISTINCT name FROM (SELECT split_part(account, {KEY_SEPARATOR}, 1) AS name FROM ({_MATCHED}))
WHERE name IN (SELECT unnest(?))
"""
_REJECTED = """SELECT "row" FROM rejected WHERE file = ? AND "row" <> ''"""
_ISSUED = f"""
SELECT account, code, issued FROM lines
WHERE issued IS NOT NULL AND account IN ({_MATCHED}) AND account IN (SELECT unnest(?)) ORDER BY account, code
"""


@dataclass(frozen=True, slots=True)
class Found:
    """The diagnosis of one bill.

    Attributes:
        key: of the bill, as the comparison knows it.
    """

    key: str
    area: str
    told: Told


@dataclass(frozen=True, slots=True)
class Differing:
    """Some differing bills of one structure.

    Attributes:
        batch: their rows alone.
        group: all of them.
        issued: what each was issued.
        keys: of each, as the comparison knows it.
    """

    batch: pa.RecordBatch
    group: Group
    issued: Issued
    keys: Sequence[str]


def differing_bills(
    connection: Any, layout: IssuedTable, plans: Plans, tables: Sequence[RequestTable]
) -> Iterator[Differing]:
    """Every bill that differs, with others of its structure.

    Args:
        connection: a database with the ``lines`` and ``findings`` of a comparison.
        layout: of the issued table.
        plans: of what was billed.
        tables: the requests.
    """
    sections = frozenset(section.value for section in layout.sections.values())
    for batch in _gathered(_differing_rows(connection, tables)):
        keys = bill_keys(batch, plans, batch.column(ACCOUNT).to_pylist(), by_month=layout.month is not None)
        found = connection.sql(_ISSUED, params=[sorted(keys)]).to_arrow_table()
        issued = _issued(found, keys, sections)
        there = np.flatnonzero(np.any([np.zeros(len(keys), dtype=np.bool_), *issued.has.values()], axis=0))
        for group in _groups(batch.take(pa.array(there)), plans) if len(there) else ():
            for start in range(0, len(group.rows), CHUNK_ROWS):
                rows = there[group.rows[start : start + CHUNK_ROWS]]
                some = Group(group.key, np.arange(len(rows)))
                yield Differing(batch.take(pa.array(rows)), some, issued.of(rows), [keys[row] for row in rows])


def _differing_rows(connection: Any, tables: Sequence[RequestTable]) -> Iterator[pa.RecordBatch]:
    """The rows of accounts that have a bill which differs; accounts are plain names."""
    for batch in billed_rows(connection, tables):
        accounts = [(account or "").strip() for account in batch.column(ACCOUNT).cast(pa.string()).to_pylist()]
        differing = {name for (name,) in connection.execute(_DIFFERING, [sorted(set(accounts))]).fetchall()}
        place = batch.schema.get_field_index(ACCOUNT)
        named = batch.set_column(place, ACCOUNT, pa.array(accounts, pa.string()))
        yield named.filter(pa.array([account in differing for account in accounts], pa.bool_()))


def _gathered(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Batches as fewer and larger ones, so that the rows of a structure are together."""
    kept: list[pa.RecordBatch] = []
    for batch in batches:
        rows = sum(each.num_rows for each in kept)
        if kept and (rows + batch.num_rows > GATHERED_ROWS or kept[0].schema != batch.schema):
            yield _together(kept)
            kept = []
        kept.append(batch)
    if kept:
        yield _together(kept)


def _together(batches: Sequence[pa.RecordBatch]) -> pa.RecordBatch:
    [batch] = pa.Table.from_batches(batches).combine_chunks().to_batches() or batches[:1]
    return batch


def billed_rows(connection: Any, tables: Sequence[RequestTable]) -> Iterator[pa.RecordBatch]:
    """The rows of tables of requests that were billed, a chunk at a time; one that was rejected may be no request.

    Args:
        connection: a database with the rows that were ``rejected``.
        tables: the requests.
    """
    for table in tables:
        rejected = [int(row) for (row,) in connection.execute(_REJECTED, [table.name]).fetchall()]
        for _, place in table.places():
            for rows in table.read(place):
                yield plain_cells(rows.batch).filter(pa.array(~np.isin(rows.numbers, rejected)))


class Diagnosing:
    """Diagnoses bills of one structure after another.

    Args:
        layout: of the issued table.
        plans: of what was billed.
        sets_max: how many sets of causes are computed for a bill at most.
    """

    def __init__(self, layout: IssuedTable, plans: Plans, sets_max: int = SETS_MAX) -> None:
        self._layout = layout
        self._plans = plans
        self._sets_max = sets_max
        self._narrow: dict[tuple[str, str], Catalog] = {}
        self._standing: dict[Key, Standing | None] = {}

    def of(self, bills: Differing) -> Iterator[Found]:
        """What is found of some bills."""
        ours = self._ours(bills.batch, 0)
        told = self._of_group(bills.batch, bills.group, bills.issued, ours)
        yield from (Found(bills.keys[at], ours.request.area, each) for at, each in told)

    def _ours(self, batch: pa.RecordBatch, row: int) -> Recomputed:
        request, plans = self._plans.request(batch, row), self._plans
        known = (request.area, str(request.tariff_set))
        if known not in self._narrow:
            self._narrow[known] = narrowed(wanted_tariffs(request, plans.catalog), request.area)
        ours = recomputed(request, plans.catalog, tariffs=self._narrow[known], derivation=False)
        assert not isinstance(ours, Refusal), "it was billed, for it was compared"
        return ours

    def _stands(self, key: Key, tariffs: Catalog) -> Standing | None:
        """What is planned of a structure, which is kept: its next rows come soon."""
        if key not in self._standing:
            if len(self._standing) >= STANDING_MAX:
                del self._standing[next(iter(self._standing))]
            self._standing[key] = standing_of(key, self._plans, tariffs)
        return self._standing[key]

    def _of_group(
        self, batch: pa.RecordBatch, group: Group, issued: Issued, ours: Recomputed
    ) -> Iterator[tuple[int, Told]]:
        """What is told of each row of a group, by its place in it."""
        standing = self._stands(group.key, ours.tariffs) if len(group.rows) >= ROWS_MIN else None
        alone = np.arange(len(group.rows))
        if standing is not None:
            structure = structure_of(batch, group, standing, ours)
            is_alone, is_partial = one_by_one(structure.of_rows(alone), issued)
            rows, alone = alone[~is_alone], alone[is_alone]
            for alike in _alike(issued, rows, is_partial[rows]):
                first = self._ours(batch, int(group.rows[alike[0]]))
                bill = _bill(_told(issued, int(alike[0])), first, self._layout)
                told = told_together(structure, alike, issued.of(alike), first, bill, self._sets_max)
                if told is None:
                    alone = np.concatenate([alone, alike])
                else:
                    yield from zip(alike.tolist(), told, strict=True)
        for row in alone.tolist():
            mine = self._ours(batch, int(group.rows[row]))
            bill = _bill(_told(issued, row), mine, self._layout)
            yield row, told_of(mine.diagnosed(bill, sets_max=self._sets_max, sizes_max=SIZES_MAX))


def _issued(found: pa.Table, keys: Sequence[str], sections: frozenset[str]) -> Issued:
    """The issued amounts of bills by their keys."""
    codes = found.column("code").combine_chunks().dictionary_encode()
    rows = pc.index_in(found.column("account").combine_chunks(), pa.array(keys, pa.string())).to_numpy()
    read = as_column(found.column("issued").combine_chunks()).column
    fen = np.broadcast_to(read.numbers * 10 ** (2 - read.scale), (len(rows),))
    amounts, has = dict[str, Fen](), dict[str, Mask]()
    for place, code in enumerate(codes.dictionary.to_pylist()):
        here = codes.indices.to_numpy() == place
        amounts[code], has[code] = np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.bool_)
        amounts[code][rows[here]], has[code][rows[here]] = fen[here], True
    return Issued(dict(sorted(amounts.items())), has, sections)


def _told(issued: Issued, row: int) -> dict[str, Decimal]:
    """The issued amounts of one row, by code."""
    return {code: money_of(int(fen[row])) for code, fen in issued.amounts.items() if issued.has[code][row]}


def _alike(issued: Issued, rows: Fen, is_partial: Mask) -> Iterator[Fen]:
    """Rows that print the same codes."""
    if len(rows):
        told = np.array([is_partial, *(mask[rows] for mask in issued.has.values())])
        _, kinds = np.unique(told, axis=1, return_inverse=True)
        yield from (rows[kinds.reshape(-1) == kind] for kind in range(int(kinds.max()) + 1))


def _groups(batch: pa.RecordBatch, plans: Plans) -> Iterator[Group]:
    names = [name for name in batch.schema.names if name != ACCOUNT]
    numbers = [name for name in names if is_number(name)]
    columns = {name: as_column(batch.column(name)).column for name in numbers}
    equal = find_equalities(columns, plans.template, batch.num_rows)
    structure = [name for name in names if name not in columns]
    return group_rows(batch, structure, numbers, equal, plans.held(names))


def bill_keys(batch: pa.RecordBatch, plans: Plans, accounts: Sequence[str], *, by_month: bool) -> list[str]:
    """The key of each row, as the comparison makes it: its account, and where months are told that of its last day."""
    if not by_month or not batch.num_rows:
        return list(accounts)
    keys = list(accounts)
    for group in _groups(batch, plans):  # days are no numbers: all rows of a group have the same
        end = plans.request(batch, int(group.rows[0])).period.end
        for row in group.rows.tolist():
            keys[row] = f"{accounts[row]}{KEY_MARK}{end - _DAY:%Y-%m}"
    return keys


_DAY = timedelta(1)


_CODE = re.compile("[a-z][a-z0-9_]{0,39}")
"""A name that may be a code; any other is one that nobody has told the meaning of."""
_NAMELESS = "-"


def issued_data(told: Mapping[str, Decimal], bill: Bill, sections: Collection[str]) -> dict[str, Any]:
    """The data of an issued bill of some amounts by code.

    Args:
        told: the amounts.
        bill: as it should be: an amount of a section is of all that it has in it.
        sections: the codes that are sections.
    """
    lines = []
    for code, amount in told.items():
        if code in sections:
            codes = list(dict.fromkeys(line.code for line in bill.lines if line.section.value == code)) or [code]
            lines.append({"name": code, "code": codes, "section": code, "amount": f"{amount:f}"})
        elif code not in (TOTAL, REST):  # what no column tells is in the total
            known = {"code": code} if _CODE.fullmatch(code) else {}
            lines.append({"name": code or _NAMELESS, **known, "amount": f"{amount:f}"})
    total = {"total": f"{told[TOTAL]:f}"} if TOTAL in told else {}
    return {"lines": lines, **total}


def _bill(told: Mapping[str, Decimal], ours: Recomputed, layout: IssuedTable) -> IssuedBill:
    """The issued bill of some amounts by code."""
    sections = {section.value for section in layout.sections.values()}
    return validated(IssuedBill, issued_data(told, ours.bill, sections))
