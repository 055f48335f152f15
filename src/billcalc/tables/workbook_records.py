"""Workbooks, XLSX and XLS: the records and cells of the one sheet that is filled and shown, or that is named."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from billcalc.fields.cells import Cell, Row
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.records import SHEET_MARK, Found, Grid, Place, Reader, sheet_of
from billcalc.tables.workbook_cells import sheet_notes
from billcalc.tables.workbook_sheet import Sheet, laid_out

__all__ = ["READER", "WorkbookRecords"]


@dataclass(frozen=True, slots=True)
class WorkbookRecords:
    """A sheet of a workbook; a place is its first row and the row behind it.

    Attributes:
        name: its path, with that of the sheet where it was told.
        schema: all columns are texts.
        rows: how many it has.
        hidden: how many of them a spreadsheet does not show.
        chunk: records that are read at one time.
        encoding: that of all its texts.
    """

    name: str
    schema: pa.Schema
    rows: int
    hidden: int
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


def _records(name: str, chunk: int) -> WorkbookRecords:
    _sheet_of_file.cache_clear()  # the file may be another one by now
    sheet = _sheet_of_file(name)
    schema = pa.schema([(column, pa.string()) for column in sheet.head])
    return WorkbookRecords(name, schema, len(sheet.rows), sheet.hidden, chunk)


@lru_cache(maxsize=1)
def _sheet_of_file(name: str) -> Sheet:
    path, title = sheet_of(name)
    return _sheet(Path(path).read_bytes(), path, title)


def _grid(content: bytes, name: str) -> Grid:
    sheet = _sheet(content, name, sheet_of(name)[1])
    spoilt = [sheet.spoilt(row, range(len(sheet.head))) for row in sheet.bad]
    if spoilt:
        faults = (Fault(FaultCode.CANNOT_READ, f"{name}: {each[0]}", {"reason": each[1]}) for each in spoilt if each)
        raise InvalidInput(faults)

    def cells(texts: Sequence[str], row: int) -> Row:
        return tuple(Cell(each, f"{name}: {sheet.address(row, c)}") for c, each in enumerate(texts))

    rows = [cells(sheet.head, -1)]
    rows += [cells(texts, number) for number, texts in enumerate(sheet.rows) if any(texts)]
    return Grid(name, tuple(rows), hidden=sheet.hidden)


def _sheet(content: bytes, name: str, title: str) -> Sheet:
    """The sheet of a workbook that is read.

    Raises:
        InvalidInput: where it cannot be opened, or several sheets are filled and none is named, or the head has holes.
    """
    if find_spec("python_calamine") is None:
        raise InvalidInput([Fault(FaultCode.CANNOT_READ, name, {"reason": Reason.NO_PACKAGE_FOR_WORKBOOKS})])
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        found = _filled(book, name, title)
        values, merged = found.to_python(skip_empty_area=False), found.merged_cell_ranges or ()
    except CalamineError:
        raise InvalidInput([Fault(FaultCode.CANNOT_READ, name, {"reason": Reason.NO_WORKBOOK})]) from None
    return laid_out(values, merged, sheet_notes(content, found.name, name=name), title=found.name, name=name)


def _filled(book: Any, name: str, title: str) -> Any:
    """The sheet that is named, or the only one that is filled and shown.

    Raises:
        InvalidInput: where it is not there, or there are several.
    """
    from python_calamine import SheetVisibleEnum

    known = [each.name for each in book.sheets_metadata]
    shown = [each.name for each in book.sheets_metadata if each.visible is SheetVisibleEnum.Visible]
    if title and title not in known:
        facts = {"kind": "sheet", "id": title, "known": ", ".join(known)}
        raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, name, facts)])
    filled = [sheet for each in ([title] if title else shown) if (sheet := book.get_sheet_by_name(each)).height]
    if len(filled) > 1:
        facts = {"known": ", ".join(sheet.name for sheet in filled), "one": f"{name}{SHEET_MARK}{filled[0].name}"}
        raise InvalidInput([Fault(FaultCode.SEVERAL_SHEETS, name, facts)])
    if not filled:
        raise InvalidInput([Fault(FaultCode.EMPTY, name)])
    return filled[0]


READER = Reader((".xlsx", ".xls", ".xlsm"), (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"), _records, _grid)
