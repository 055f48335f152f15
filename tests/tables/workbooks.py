"""Make workbooks as spreadsheets and other programs leave them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter


def workbook(
    *sheets: tuple[str, Sequence[Any]],
    merged: Sequence[tuple[int, int, int, int]] = (),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[tuple[int, int]] = (),
    hidden_sheets: Sequence[str] = (),
    formats: Mapping[tuple[int, int], str] | None = None,
) -> bytes:
    """A workbook; what is merged, the hidden rows and columns and the formats of cells are those of its first sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for title, rows in sheets:
            page = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    told = (formats or {}).get((number, column))
                    if value is not None:
                        page.write(
                            number, column, value, None if told is None else book.add_format({"num_format": told})
                        )
            if title in hidden_sheets:
                page.hide()
        first = book.worksheets()[0]
        for top, left, bottom, right in merged:
            first.merge_range(top, left, bottom, right, sheets[0][1][top][left])
        for number in hidden_rows:
            first.set_row(number, None, None, {"hidden": True})
        for left, right in hidden_columns:
            first.set_column(left, right, None, None, {"hidden": True})
    return out.getvalue()


def rewritten(content: bytes, change: Callable[[bytes], bytes], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The same workbook with another text in one of its parts, as another program writes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, change(text) if name == part else text)
    return out.getvalue()


def saved(path: Path, content: bytes) -> str:
    """The path of a file of these bytes."""
    path.write_bytes(content)
    return str(path)
