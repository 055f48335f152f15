"""Old workbooks (XLS), read in a process of their own whose memory is bounded.

What a damaged one says of its own size is believed by who reads it, and may be more than there is: then that process
ends, and not the one that bills.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec
from io import BytesIO
from typing import Any

__all__ = ["OldBook", "OldSheet", "SheetName", "main", "old_book", "told"]

_MEMORY = 1 << 31
"""What the other process may hold [byte]; the largest sheet of an old workbook takes a half of it."""
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class SheetName:
    """The name of a sheet, and whether it is shown."""

    name: str
    visible: Any


@dataclass(frozen=True, slots=True)
class OldSheet:
    """A sheet that was read, as python-calamine has it."""

    name: str
    values: Sequence[Sequence[Any]]
    merged_cell_ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.values)

    def to_python(self, *, skip_empty_area: bool) -> Sequence[Sequence[Any]]:
        """The cells, from the first row and column on."""
        assert not skip_empty_area, "places are those of the sheet"
        return self.values


@dataclass(frozen=True, slots=True)
class OldBook:
    """A workbook that was read, as python-calamine has it."""

    sheets_metadata: Sequence[SheetName]
    sheets: Mapping[str, OldSheet]

    def get_sheet_by_name(self, title: str) -> OldSheet:
        """A sheet."""
        return self.sheets[title]


def old_book(content: bytes) -> OldBook | None:
    """Read an old workbook; None where it cannot be read."""
    command = [sys.executable, "-c", "from billcalc.tables.old_workbook import main; main()"]
    try:
        run = subprocess.run(command, input=content, capture_output=True, check=False, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    return _heard(run.stdout) if run.returncode == 0 else None


def _heard(answer: bytes) -> OldBook:
    from python_calamine import SheetVisibleEnum

    names, sheets = [], {}
    for title, visible, rows, merged in json.loads(answer):
        names.append(SheetName(title, getattr(SheetVisibleEnum, visible)))
        values = [[_KINDS[kind](text) for kind, text in row] for row in rows]
        ranges = [((top, left), (bottom, right)) for (top, left), (bottom, right) in merged]
        sheets[title] = OldSheet(title, values, ranges)
    return OldBook(names, sheets)


_KINDS: Mapping[str, Any] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": lambda text: text == "True",
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda text: timedelta(seconds=float(text)),
}


def told(content: bytes) -> str:
    """What the other process says of a workbook: its sheets, each with its cells by kind.

    Raises:
        CalamineError: where it cannot be read.
    """
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    found = []
    for each in book.sheets_metadata:
        sheet = book.get_sheet_by_name(each.name)
        rows = [[_said(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        found.append([each.name, str(each.visible).rpartition(".")[2], rows, sheet.merged_cell_ranges or []])
    return json.dumps(found)


def _said(value: Any) -> tuple[str, str]:
    text = repr(value.total_seconds()) if isinstance(value, timedelta) else str(value)
    return type(value).__name__, text


def main() -> None:
    """Read a workbook from standard input, in bounded memory."""
    if find_spec("resource") is not None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    sys.stdout.write(told(sys.stdin.buffer.read()))
