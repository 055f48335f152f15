"""Workbooks of any length: the records of a sheet, as texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa

from billcalc.kernel.reasons import Reason
from billcalc.tables.grid import sheet_of
from billcalc.tables.records import Found, Place
from billcalc.tables.workbook_grid import sheet_in
from billcalc.tables.workbook_sheet import Sheet

__all__ = ["WorkbookRecords", "open_records"]


@dataclass(frozen=True, slots=True)
class WorkbookRecords:
    """A sheet of a workbook; a place is its first row and the row behind it.

    Attributes:
        name: its path, with that of the sheet where it was told.
        schema: all columns are texts.
        rows: how many it has.
        hidden: how many of them a spreadsheet does not show.
        hidden_columns: the names of the columns that it does not show.
        chunk: records that are read at one time.
        encoding: that of all its texts.
    """

    name: str
    schema: pa.Schema
    rows: int
    hidden: int
    hidden_columns: tuple[str, ...]
    chunk: int
    encoding: str = "utf-8"

    def places(self) -> Iterator[tuple[int, Place]]:
        """As many rows each as are read at one time."""
        for start in range(0, self.rows, self.chunk):
            end = min(start + self.chunk, self.rows)
            yield end - start, (start, end)

    def read(self, place: Place, columns: Sequence[str]) -> Iterator[Found]:
        """The rows of a place; one without any text is none."""
        start, end = place
        sheet = _sheet_of_file(self.name)
        chosen = [sheet.head.index(name) for name in columns]
        told: list[int] = []
        malformed: list[tuple[int, Mapping[str, str]]] = []
        for row in range(start, end):
            spoilt = sheet.spoilt(row, chosen)
            if spoilt is not None:
                cell, why = spoilt
                malformed.append((row + 1, {"reason": Reason.IN_A_CELL, "cell": cell, "why": why}))
            elif any(sheet.rows[row]):
                told.append(row)
        arrays = [pa.array([sheet.rows[row][column] or None for row in told], pa.string()) for column in chosen]
        batch = pa.RecordBatch.from_arrays(arrays, names=list(columns))
        yield Found(batch, np.array(told, np.int64) + 1, tuple(malformed))


def open_records(name: str, chunk: int) -> WorkbookRecords:
    """See what a workbook holds.

    Raises:
        InvalidInput: see ``tables.workbook_grid.sheet_in``.
    """
    _sheet_of_file.cache_clear()  # the file may be another one by now
    sheet = _sheet_of_file(name)
    schema = pa.schema([(column, pa.string()) for column in sheet.head])
    return WorkbookRecords(name, schema, len(sheet.rows), sheet.hidden, sheet.hidden_columns, chunk)


@lru_cache(maxsize=1)
def _sheet_of_file(name: str) -> Sheet:
    path, title = sheet_of(name)
    return sheet_in(Path(path).read_bytes(), path, title)
