"""Tables of issued bills, and what their columns and printed names mean."""

import codecs
import csv
from collections import Counter
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from billcalc.fields import Model, fault_error
from billcalc.files import disk
from billcalc.files.system_errors import reading_fault
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode

__all__ = ["TOTAL", "IssuedTable", "check_table", "columns_of", "quoted", "scan", "text", "trimmed"]

TOTAL = "total"
"""The code of a bill's total among the codes of its lines."""

_BLOCK_CHARACTERS = 1 << 22
_BLANKS = " \t\r\n\u00a0\u3000"


class IssuedTable(Model):
    """How a table of issued bills is laid out.

    A *long* table has a row for each line: an account, a code (or printed name) and an amount. A *wide* table has a row
    for each bill and a column for each code.

    Attributes:
        account: the column that names the account.
        code, amount: the columns of a long table.
        columns: of a wide table, column → code; ``total`` is the bill's total. Other columns are not read.
        codes: of a long table, printed name → code; a name that is not told is its own code.
        ignore: printed names, or columns, that are no lines of a bill, such as subtotals.
    """

    account: str = "account"
    code: str | None = None
    amount: str | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    codes: dict[str, str] = Field(default_factory=dict)
    ignore: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_long_or_wide(self) -> "IssuedTable":
        half = (self.code is None) != (self.amount is None)
        if half or (self.columns and (self.code is not None or self.codes)):
            reason = "a table of issued bills is long (code, amount and codes) or wide (columns)"
            raise fault_error(FaultCode.INCONSISTENT, reason=reason)
        return self

    @property
    def is_long(self) -> bool:
        """Whether each line is a row."""
        return self.code is not None

    def completed(self, columns: Sequence[str]) -> "IssuedTable":
        """The layout as it fits a table's columns; where it tells neither shape, the columns' own names decide.

        Raises:
            InvalidInput: where a column is missing.
        """
        table = self
        if not table.is_long and not table.columns:
            if {"code", "amount"} <= set(columns) or table.codes:
                table = self.model_copy(update={"code": "code", "amount": "amount"})
            else:
                rest = [name for name in columns if name != self.account and name not in self.ignore]
                table = self.model_copy(update={"columns": {name: name for name in rest}})
        missing = [name for name in table.read if name not in columns]
        if missing:
            known = ", ".join(columns)
            faults = (
                Fault(FaultCode.UNKNOWN_REFERENCE, "/", {"kind": "column", "id": name, "known": known})
                for name in missing
            )
            raise InvalidInput(faults)
        return table

    @property
    def read(self) -> tuple[str, ...]:
        """The columns that are read."""
        return (self.account, *((self.code or "", self.amount or "") if self.is_long else self.columns))

    @property
    def amounts(self) -> tuple[str, ...]:
        """The columns of amounts."""
        return (self.amount or "",) if self.is_long else tuple(self.columns)


def scan(connection: Any, path: Path, name: str, *, spill: Path) -> None:
    """Make a table of a file as a view; CSV is read as text, so digits survive.

    Args:
        connection: of DuckDB.
        path: .parquet, or .csv in UTF-8 or GB18030.
        name: of the view.
        spill: a directory for the text in UTF-8, where it is not.

    Raises:
        InvalidInput: where the file is of no kind that is read.
    """
    suffix = check_table(path)
    try:
        source = _as_utf8(path, spill) if suffix == ".csv" else path
        options = _csv_options(source, path) if suffix == ".csv" else ""
    except OSError as error:
        raise InvalidInput([reading_fault(error, str(path))]) from None
    connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_{suffix[1:]}({text(str(source))}{options})")


def check_table(path: Path) -> str:
    """The suffix of a table, which is there and may be read.

    Raises:
        InvalidInput: where it is not, or is of no kind that is read.
    """
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".parquet"):
        raise InvalidInput([Fault(FaultCode.CANNOT_READ, str(path), {"reason": Reason.NAME_OF_ISSUED})])
    try:
        path.open("rb").close()
    except OSError as error:
        raise InvalidInput([reading_fault(error, str(path))]) from None
    return suffix


def _csv_options(source: Path, path: Path) -> str:
    """How DuckDB reads a CSV: nothing is guessed, since a guess skips rows that fit badly."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        header = [name.strip() for name in next(csv.reader(file), [])]
    if not header:
        raise InvalidInput([Fault(FaultCode.EMPTY, str(path))])
    known = Counter(name.casefold() for name in header)
    twice = dict.fromkeys(name for name in header if known[name.casefold()] > 1)
    if twice:
        raise InvalidInput([Fault(FaultCode.DUPLICATE_KEY, f"{path}:1", {"key": name}) for name in twice])
    columns = ", ".join(f"{text(name)}: 'VARCHAR'" for name in header)
    dialect = "delim=',', quote='\"', escape='\"', skip=0, null_padding=false, max_line_size=1048576"
    return f", auto_detect=false, header=true, columns={{{columns}}}, {dialect}"


def columns_of(connection: Any, name: str) -> dict[str, str]:
    """The columns of a view with their types."""
    return {row[0]: row[1] for row in connection.execute(f"DESCRIBE {name}").fetchall()}


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def trimmed(expression: str) -> str:
    """A cell as a text without the blanks around it, which spreadsheets leave; null where nothing else is there.

    Few cells have any, and looking for them is much faster than trimming all.
    """
    cell = f"{expression}::VARCHAR"
    ends = (cell, f"array_extract({cell}, -1)")
    may_be_blank = " OR ".join(f"{end} < '!' OR {end} > '~'" for end in ends)
    return f"CASE WHEN {may_be_blank} THEN nullif(trim({cell}, '{_BLANKS}'), '') ELSE {cell} END"


def _as_utf8(path: Path, spill: Path) -> Path:
    """A text in UTF-8: the file itself, or what it says."""
    faulty = _first_faulty_byte(path)
    if faulty is None:
        return path
    draft = spill / f"{path.stem}.utf-8.csv"
    try:
        with path.open(encoding="gb18030", newline="") as file, _text_file(draft) as out:
            while block := file.read(_BLOCK_CHARACTERS):
                out.write(block)
    except UnicodeDecodeError:
        raise InvalidInput([Fault(FaultCode.NOT_TEXT, str(path), {"byte": str(faulty)})]) from None
    return draft


def _text_file(path: Path) -> TextIOWrapper:
    """A new file in UTF-8, whose line ends are as they are."""
    return TextIOWrapper(disk.create(path), encoding="utf-8", newline="")


def _first_faulty_byte(path: Path) -> int | None:
    """Where a file stops being UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    at = 0
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK_CHARACTERS):
                decoder.decode(block)
                at += len(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            return at + error.start
    return None
