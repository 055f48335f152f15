"""Tables of issued bills, and what their columns and printed names mean."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from billcalc.fields import Model, fault_error
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode

__all__ = ["IssuedTable", "columns_of", "scan"]

TOTAL = "total"
"""The code of a bill's total among the codes of its lines."""


class IssuedTable(Model):
    """How a table of issued bills is laid out.

    A *long* table has a row for each line: an account, a code (or printed name) and an amount. A *wide* table has a row
    for each bill and a column for each code.

    Attributes:
        account: the column that names the account.
        code, amount: the columns of a long table.
        columns: of a wide table, column → code; ``total`` is the bill's total.
        codes: of a long table, printed name → code.
        ignore: columns of a wide table that are no amounts.
    """

    account: str = "account"
    code: str | None = None
    amount: str | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    codes: dict[str, str] = Field(default_factory=dict)
    ignore: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_long_or_wide(self) -> "IssuedTable":
        if (self.code is None) != (self.amount is None) or (self.code is not None and self.columns):
            reason = "a table of issued bills is long (code and amount) or wide (columns)"
            raise fault_error(FaultCode.INCONSISTENT, reason=reason)
        return self

    @property
    def is_long(self) -> bool:
        """Whether each line is a row."""
        return self.code is not None

    def completed(self, columns: Sequence[str]) -> "IssuedTable":
        """The layout as it fits a table's columns; where it tells neither shape, the columns' own names decide.

        Raises:
            InvalidInput: where a column is missing, or one of a wide table is neither told nor ignored.
        """
        table = self
        if not table.is_long and not table.columns:
            if {"code", "amount"} <= set(columns):
                table = self.model_copy(update={"code": "code", "amount": "amount"})
            else:
                rest = [name for name in columns if name != self.account and name not in self.ignore]
                table = self.model_copy(update={"columns": {name: name for name in rest}})
        wanted = [table.account, *([table.code, table.amount] if table.is_long else table.columns)]
        missing = [str(name) for name in wanted if name not in columns]
        if missing:
            known = ", ".join(columns)
            faults = (
                Fault(FaultCode.UNKNOWN_REFERENCE, "/", {"kind": "column", "id": name, "known": known})
                for name in missing
            )
            raise InvalidInput(faults)
        return table


def scan(connection: Any, path: Path, name: str) -> None:
    """Make a table of a file as a view; CSV is read as text, so digits survive.

    Raises:
        InvalidInput: where the file is of no kind that is read, or has a column of floats.
    """
    text = str(path).replace("'", "''")
    suffix = path.suffix.lower()
    if suffix == ".csv":
        source = f"read_csv('{text}', header=true, all_varchar=true, strict_mode=true)"
    elif suffix == ".parquet":
        source = f"read_parquet('{text}')"
    else:
        reason = "tables of issued bills are .parquet or .csv"
        raise InvalidInput([Fault(FaultCode.CANNOT_READ, str(path), {"reason": reason})])
    if not path.is_file():
        raise InvalidInput([Fault(FaultCode.CANNOT_READ, str(path), {"reason": "there is no such file"})])
    connection.execute(f"CREATE VIEW {name} AS SELECT * FROM {source}")
    for column, kind in columns_of(connection, name):
        if kind in ("FLOAT", "DOUBLE"):
            reason = "the column is of binary floating-point numbers, which have lost their digits"
            raise InvalidInput([Fault(FaultCode.NOT_A_NUMBER, f"{path}:{column}", {"reason": reason})])


def columns_of(connection: Any, name: str) -> list[tuple[str, str]]:
    """The columns of a view with their types."""
    rows = connection.execute(f"DESCRIBE {name}").fetchall()
    return [(row[0], row[1]) for row in rows]
