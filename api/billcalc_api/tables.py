"""A table as the body of a batch: its columns are places of a request, as ``billcalc batch`` has them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pyarrow as pa

from billcalc.bulk.keys import Told, keys_of, no_requests, told_twice
from billcalc.bulk.paths import ACCOUNT, is_truth, request_data
from billcalc.fields.cells import Row
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.grid import Grid
from billcalc.tables.readers import read_grid
from billcalc.wire.batch import BatchTableData
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.saying import read_though_hidden
from billcalc_api.bodies import JSON_LINES
from billcalc_api.calculating import Answer, Tools, counted
from billcalc_api.problems import invalid
from billcalc_api.texts import compact

__all__ = ["ANSWERS", "TABLES", "answer"]

TABLES: Mapping[str, str] = {
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.apache.parquet": ".parquet",
    "application/vnd.apache.arrow.file": ".arrow",
    "application/vnd.apache.arrow.stream": ".arrow",
}
"""The types of tables, and how the names of their files end."""
ANSWERS: Mapping[str, str] = {media_type: ending for media_type, ending in TABLES.items() if ending != ".xls"}
"""The types of tables that are written."""
_TRUTHS = {"true": True, "false": False}


def answer(tools: Tools, body: bytes, media_type: str, lang: Language) -> Answer:
    """The requests of a table as JSON Lines, or what is wrong with it.

    Above them stands the last line of the answer, empty where there is nothing to tell of how the table was read.
    """
    with tools.limited():
        try:
            grid = read_grid(body, name=f"body{TABLES[media_type]}", max_bytes=len(body))
            head, *rows = grid.rows or ((),)
            lines = _lines(head, rows)
        except InvalidInput as error:
            return counted(invalid(error.faults, language=lang), "refusals", error.faults[0].code.value)
    return Answer(200, b"\n".join([_told(grid, lang), *lines]), JSON_LINES)


def _told(grid: Grid, lang: Language) -> bytes:
    """What of a table is read that a spreadsheet does not show, as the last line of the answer; or nothing."""
    said = [*read_though_hidden(grid.name, grid.hidden, grid.hidden_columns, LEXICONS[lang])]
    told: BatchTableData = {"kind": "table", "messages": said}
    return compact(told) if said else b""


def _lines(head: Row, rows: Sequence[Row]) -> list[bytes]:
    """A line for each row.

    Raises:
        InvalidInput: where a column stands twice, a row has too many or too few cells, a name is no place, or a row is
            billed to nobody or billed already.
    """
    paths = [cell.text for cell in head]
    times = Counter(paths)
    faults = [Fault(FaultCode.DUPLICATE_KEY, cell.where, {"key": cell.text}) for cell in head if times[cell.text] > 1]
    for row in rows:
        if len(row) != len(head):
            facts = {"reason": Reason.CELLS_OF_ROW, "count": str(len(row)), "expected": str(len(head))}
            faults.append(Fault(FaultCode.SYNTAX, row[0].where, facts))
    if not faults and ACCOUNT in paths:
        faults += _accounts(paths, rows)
    if faults:
        raise InvalidInput(faults)
    found = []
    for row in rows:
        told = {path: _value(path, cell.text) for path, cell in zip(paths, row, strict=True) if path != ACCOUNT}
        found.append(compact(request_data({}, told)))
    return found


def _accounts(paths: Sequence[str], rows: Sequence[Row]) -> Iterator[Fault]:
    """What is wrong with the accounts of rows; they are no part of requests, and tell what is billed once."""
    columns = [pa.array([row[place].text or None for row in rows], pa.string()) for place in range(len(paths))]
    batch, column = pa.RecordBatch.from_arrays(columns, names=list(paths)), paths.index(ACCOUNT)
    for row, fault in no_requests(batch):
        yield replace(fault, where=rows[row][column].where)
    for row, earlier in Told().repeats(keys_of(batch, {}), 1):
        cell = rows[row][column]
        yield replace(told_twice(cell.text, earlier, "body"), where=cell.where)


def _value(path: str, text: str) -> str | bool | None:
    """What a cell says: nothing where it is empty, and a truth where its column holds such."""
    if not text:
        return None
    return _TRUTHS.get(text.lower(), text) if is_truth(path) else text
