"""Workbooks, XLSX and XLS: the cells of the one sheet that is filled and shown, or that is named."""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from billcalc.fields.cells import Cell, Row
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.grid import SHEET_MARK, Grid, sheet_of
from billcalc.tables.workbook_cells import address, first_in_formats, sheet_notes
from billcalc.tables.workbook_package import Package, open_package
from billcalc.tables.workbook_sheet import Sheet, check_heads, laid_out

__all__ = ["grid_of", "sheet_in"]


def grid_of(content: bytes, name: str) -> Grid:
    """All cells of a sheet.

    Raises:
        InvalidInput: where it cannot be read, with the address of the first cell of each row that cannot be trusted.
    """
    sheet = sheet_in(content, name, sheet_of(name)[1])
    spoilt = [sheet.spoilt(row, range(len(sheet.head))) for row in sheet.bad]
    if spoilt:
        faults = (Fault(FaultCode.CANNOT_READ, f"{name}: {each[0]}", {"reason": each[1]}) for each in spoilt if each)
        raise InvalidInput(faults)

    def cells(texts: Sequence[str], row: int) -> Row:
        return tuple(Cell(each, f"{name}: {sheet.address(row, c)}") for c, each in enumerate(texts))

    rows = [cells(sheet.head, -1)]
    rows += [cells(texts, number) for number, texts in enumerate(sheet.rows) if any(texts)]
    return Grid(name, tuple(rows), hidden=sheet.hidden, hidden_columns=sheet.hidden_columns)


def sheet_in(content: bytes, name: str, title: str) -> Sheet:
    """The sheet of a workbook that is read.

    Raises:
        InvalidInput: where it cannot be opened, or several sheets are filled and none is named, the head has holes, a
            number is in another unit, or a second table stands below the first.
    """
    if find_spec("python_calamine") is None:
        raise InvalidInput([Fault(FaultCode.CANNOT_READ, name, {"reason": Reason.NO_PACKAGE_FOR_WORKBOOKS})])
    package = open_package(content, name)
    found = _filled(package, name, title)
    values, merged = package.cells(found)
    text = package.text(found.name)
    _check_formats(name, found.name, dict(first_in_formats(text, package.other_units)))
    notes = sheet_notes(text, is_calculated=package.is_calculated)
    sheet = laid_out(values, merged, notes, title=found.name, name=name)
    check_heads(sheet, name)
    return sheet


def _check_formats(name: str, title: str, told: Mapping[tuple[int, int], str]) -> None:
    """See that no format of a number says another unit than those of requests and bills.

    Raises:
        InvalidInput: with the first cell of each column where one does.
    """
    if told:
        facts = {"reason": Reason.UNIT_OF_FORMAT}
        raise InvalidInput(
            Fault(FaultCode.INCONSISTENT, f"{name}: {address(title, *place)}", {**facts, "value": unit})
            for place, unit in told.items()
        )


def _filled(package: Package, name: str, title: str) -> Any:
    """The sheet that is named, or the only one that is filled and shown.

    Raises:
        InvalidInput: where it is not there, or there are several.
    """
    from python_calamine import SheetVisibleEnum

    book = package.book
    known = [each.name for each in book.sheets_metadata]
    shown = [each.name for each in book.sheets_metadata if each.visible is SheetVisibleEnum.Visible]
    if title and title not in known:
        facts = {"kind": "sheet", "id": title, "known": ", ".join(known)}
        raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, name, facts)])
    filled = [sheet for each in ([title] if title else shown) if (sheet := package.sheet(each)).height]
    if len(filled) > 1:
        facts = {"known": ", ".join(sheet.name for sheet in filled), "one": f"{name}{SHEET_MARK}{filled[0].name}"}
        raise InvalidInput([Fault(FaultCode.SEVERAL_SHEETS, name, facts)])
    if not filled:
        raise InvalidInput([Fault(FaultCode.EMPTY, name)])
    return filled[0]
