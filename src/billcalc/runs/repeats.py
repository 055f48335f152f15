"""Rows that tell days of an account that an earlier row has told, in whatever file, found before anything is billed.

The keys of all rows are screened (see ``screening``): most tables have no row that could come back. The keys of those
that could go through DuckDB within a stated memory; the rows of the few accounts whose days overlap are then looked at
in their order, the first of them is billed, and the others are told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from billcalc.bulk.cells import plain_cells
from billcalc.bulk.keys import DAYS, KEY, Told, is_of_key, keys_of
from billcalc.bulk.run import Repeats
from billcalc.bulk.screening import Screen
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.runs.database import connected
from billcalc.runs.request_tables import MONTH, RequestTable

__all__ = ["find_repeats"]

MEMORY = "512MB"
"""What DuckDB may hold of the keys before it spills to disk."""

SCREENED_MAX = 1 << 24
"""Rows whose keys are screened, which takes 20 bytes of memory for each; of more all go through DuckDB."""

REPEATS_MAX = 100_000
"""So many rows that come back are no slip: a table was given twice."""

_TABLE = 'CREATE TEMP TABLE keys (account VARCHAR, start VARCHAR, "end" VARCHAR, source INTEGER, "row" BIGINT)'
_OVERLAPPING = """
CREATE TEMP TABLE suspects AS
SELECT DISTINCT account FROM (
  SELECT account, start, max("end") OVER (
    PARTITION BY account ORDER BY start, source, "row" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
  FROM keys WHERE account IN (SELECT account FROM keys GROUP BY account HAVING count(*) > 1)
) WHERE start < before
"""
_IN_ORDER = 'SELECT account, start, "end", source, "row" FROM keys SEMI JOIN suspects USING (account) ORDER BY 1, 4, 5'


def find_repeats(tables: Sequence[RequestTable], template: Mapping[str, Any], directory: Path) -> Repeats:
    """The rows that come back, by input and row, each with the input and row that came before.

    Args:
        tables: the inputs, in their order.
        template: what all rows have in common.
        directory: for what does not fit into memory.

    Raises:
        InvalidInput: where an input cannot be read, or so many rows come back that a table was given twice.
    """
    screen = Screen()
    for batch in _keys(tables, template):
        screen.add(batch)
        if screen.rows > SCREENED_MAX:
            return _found(tables, _keys(tables, template), directory)
    suspects = screen.suspects()
    if not len(suspects):
        return {}
    marked = ((batch, screen.marks(batch)) for batch in _keys(tables, template))
    return _found(tables, (batch.filter(pa.array(np.isin(marks, suspects))) for batch, marks in marked), directory)


def _found(tables: Sequence[RequestTable], keys: Iterable[pa.RecordBatch], directory: Path) -> Repeats:
    """The rows of some keys that come back."""
    found: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    count = 0
    with connected(directory, memory=MEMORY) as (connection, _):
        connection.execute(_TABLE)
        for batch in keys:
            connection.register("told", pa.Table.from_batches([batch]))
            connection.execute("INSERT INTO keys SELECT * FROM told")
        connection.execute(_OVERLAPPING)
        rows = connection.execute(_IN_ORDER)
        for _, of_account in groupby(_fetched(rows), key=lambda row: row[0]):
            told = Told()
            places: list[tuple[int, int]] = []
            for account, start, end, source, row in of_account:
                earlier = told.earlier(account, start, end, len(places))
                places.append((source, row))
                if earlier is not None:
                    found[source][row] = places[earlier]
                    count += 1
                    if count > REPEATS_MAX:
                        raise _given_twice(tables[source].name)
    return found


_TYPES = (pa.string(), DAYS, DAYS, pa.int32(), pa.int64())
_SCHEMA = pa.schema(list(zip((*KEY, "source", "row"), _TYPES, strict=True)))


def _keys(tables: Sequence[RequestTable], template: Mapping[str, Any]) -> Iterator[pa.RecordBatch]:
    """The keys of all rows that can be billed."""
    for source, table in enumerate(tables):
        columns = tuple((name, path) for name, path in table.columns if is_of_key(path) or path == MONTH)
        narrow = replace(table, columns=columns)
        for _, place in narrow.places():
            for rows in narrow.read(place):
                keys = keys_of(plain_cells(rows.batch), template)
                arrays = [*keys.columns, pa.repeat(pa.scalar(source, pa.int32()), len(rows.numbers))]
                batch = pa.RecordBatch.from_arrays([*arrays, pa.array(rows.numbers, pa.int64())], schema=_SCHEMA)
                yield batch.filter(pc.and_(pc.is_valid(keys.column(0)), pc.less(keys.column(1), keys.column(2))))


def _fetched(rows: Any) -> Iterator[tuple[str, str, str, int, int]]:
    while some := rows.fetchmany(1 << 14):
        yield from some


def _given_twice(name: str) -> InvalidInput:
    facts = {"reason": Reason.REPEATS, "limit": str(REPEATS_MAX)}
    return InvalidInput([Fault(FaultCode.INCONSISTENT, name, facts)])
