"""Tables of issued bills, and what their columns and printed names mean."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pydantic import AfterValidator, Field, model_validator

from billcalc.audit.heads_told import Measure, measure_otherwise
from billcalc.audit.issued import TaxRate
from billcalc.fields import Model, fault_error
from billcalc.fields.cells import BLANKS
from billcalc.fields.units_told import Told, told_otherwise
from billcalc.files import disk
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.units import CNY
from billcalc.runs.exported_cells import MONTH_IN_DOUBT, MONTH_TEXT
from billcalc.tables.arrow_records import ArrowRecords
from billcalc.tables.parquet_records import ParquetRecords
from billcalc.tables.readers import open_records
from billcalc.tables.records import Records, reading
from billcalc.vocabulary import Section, component_named, component_names

__all__ = [
    "MONTH",
    "REST",
    "ROW",
    "TAX",
    "TOTAL",
    "IssuedTable",
    "columns_of",
    "month_of",
    "quoted",
    "scan",
    "text",
    "text_of_cells",
    "trimmed",
]

TOTAL = "total"
"""The code of a bill's total among the codes of its lines."""

TAX = "tax"
"""The code of a tax that the lines are without."""

_TOTAL_NAME = "合计"
REST = "rest"
"""The code of what the total has beside the lines that are told."""

MONTH = "month"
"""The column of the month, unless told otherwise."""

ROW = " row"
"""The column of the numbers of rows; no name of a column begins with a blank."""

_ROWS = 1 << 16
_TIMES_REPEATED = 16
"""How often a word comes back at least, where a column of words is written as a dictionary."""
_FAULTS_MAX = 100


def code_named(name: str) -> str:
    """The code that a name of a line means (docs/codes.md); another name stays as it is."""
    return TOTAL if name == _TOTAL_NAME else component_named(name)


Code = Annotated[str, AfterValidator(code_named)]
"""The code of a line, by any of its names."""


class IssuedTable(Model):
    """How a table of issued bills is laid out.

    A *long* table has a row for each line: an account, a code (or printed name) and an amount. A *wide* table has a row
    for each bill and a column for each code.

    Attributes:
        account: the column that names the account.
        month: the column of the month that the bill is of; by default ``month`` where there is one. Without it every
            account has one bill.
        code, amount: the columns of a long table.
        columns: of a wide table, column → code; ``total`` is the bill's total. Other columns are not read.
        codes: of a long table, printed name → code; a name that is not told is a code by any of its names, or its own.
        ignore: printed names, or columns, that are no lines of a bill, such as subtotals.
        sections: column, or printed name of a long table → the section that it has, as a whole or with others.
        rest: whether the total has lines that no column tells; they are compared as one, the rest.
        separators: whether amounts have separators of thousands: ``1,234.56``.
        tax: a tax that the lines are without and the total has in it; its amount has the code ``tax``.
    """

    account: str = "account"
    month: str | None = None
    code: str | None = None
    amount: str | None = None
    columns: dict[str, Code] = Field(default_factory=dict)
    codes: dict[str, Code] = Field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    sections: dict[str, Section] = Field(default_factory=dict)
    rest: bool = False
    separators: bool = False
    tax: TaxRate | None = None

    @model_validator(mode="after")
    def _is_long_or_wide(self) -> "IssuedTable":
        half = (self.code is None) != (self.amount is None)
        if half or (self.columns and (self.code is not None or self.codes)):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TABLE_FORM)
        if (self.rest and (self.is_long or self.codes)) or (self.sections and self.codes and not self.is_long):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.SECTIONS_OF_WIDE)
        twice = set(self.columns) & set(self.sections) or set(self.columns.values()) & set(self.sections.values())
        if twice:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.LINE_AND_SECTION, known=", ".join(sorted(twice)))
        if self.rest and TOTAL not in self.columns.values():
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.REST_WITHOUT_TOTAL)
        if self.rest and self.tax is not None and TAX not in self.columns.values():
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.REST_WITHOUT_TAX)
        return self

    @property
    def coded(self) -> Mapping[str, str]:
        """Of a wide table, column → the code or section that its amounts are of."""
        return {**self.columns, **self.sections}

    @property
    def names(self) -> Mapping[str, str]:
        """Of a long table, printed name → code: what is told, then the names of codes."""
        return {_TOTAL_NAME: TOTAL, **component_names(), **self.codes, **self.sections}

    @property
    def tells_tax(self) -> bool:
        """Whether the amount of the tax is told."""
        return TAX in (self.codes if self.is_long else self.columns).values()

    @property
    def is_long(self) -> bool:
        """Whether each line is a row."""
        return self.code is not None

    def completed(self, columns: Sequence[str]) -> "IssuedTable":
        """The layout as it fits a table's columns; where it tells neither shape, the columns' own names decide.

        Raises:
            InvalidInput: where a column is missing.
        """
        table = self if self.month is not None or MONTH not in columns else self.model_copy(update={"month": MONTH})
        if not table.is_long and not table.coded:
            if {"code", "amount"} <= set(columns) or table.codes:
                table = table.model_copy(update={"code": "code", "amount": "amount"})
            else:
                rest = [name for name in columns if name not in (table.account, table.month, *table.ignore)]
                table = table.model_copy(update={"columns": {name: code_named(name) for name in rest}})
        if not table.is_long and not table.coded:
            raise InvalidInput([Fault(FaultCode.INCONSISTENT, "/", {"reason": Reason.TABLE_FORM})])
        missing = [name for name in table.read if name not in columns]
        if missing:
            known = ", ".join(columns)
            faults = (
                Fault(FaultCode.UNKNOWN_REFERENCE, "/", {"kind": "column", "id": name, "known": known})
                for name in missing
            )
            raise InvalidInput(faults)
        table._check_units()
        return table

    def _check_units(self) -> None:
        """See that no column of amounts says that it is of something else, nor a printed name another unit of money.

        Raises:
            InvalidInput: with every one that does.
        """
        named = [*self.amounts, *self.codes, *(self.sections if self.is_long else ())]
        told = [(name, told_otherwise(name, (Told.MONEY,))) for name in dict.fromkeys(named)]
        same = {"reason": Reason.UNIT_OF_COLUMN, "key": "amount", "unit": CNY}
        facts = [{**same, "column": name, "value": unit} for name, unit in told if unit]
        said = [
            (name, measure_otherwise(name, Measure.MONEY)) for name in self.amounts if name not in component_names()
        ]
        same = {"reason": Reason.SAYS_OTHERWISE, "key": "amount"}
        facts += [{**same, "column": name, "value": word} for name, word in said if word]
        if facts:
            raise InvalidInput(Fault(FaultCode.INCONSISTENT, "/", each) for each in facts)

    @property
    def read(self) -> tuple[str, ...]:
        """The columns that are read."""
        months = () if self.month is None else (self.month,)
        return (self.account, *months, *((self.code or "", self.amount or "") if self.is_long else self.coded))

    @property
    def amounts(self) -> tuple[str, ...]:
        """The columns of amounts."""
        return (self.amount or "",) if self.is_long else tuple(self.coded)


def scan(connection: Any, path: Path, name: str, *, spill: Path) -> Records:
    """Make a table of a file as a view, with the number of each row as the column ``ROW``.

    Args:
        connection: of DuckDB, which reads Parquet by itself.
        path: of a table of any format.
        name: of the view.
        spill: a directory for what DuckDB reads instead of another format.

    Returns:
        What was opened, which tells the encoding of a text and what a workbook hides.

    Raises:
        InvalidInput: where the file cannot be read.
    """
    records = open_records(str(path), _ROWS)
    if isinstance(records, ParquetRecords):
        numbered = f"read_parquet({text(str(path))}, file_row_number=true)"
        source = f"SELECT * EXCLUDE (file_row_number), file_row_number + 1 AS {quoted(ROW)} FROM {numbered}"
    else:
        copied = spill / f"{name}.parquet"
        _copy(records, copied)
        source = f"SELECT * FROM read_parquet({text(str(copied))})"
    connection.execute(f"CREATE VIEW {name} AS {source}")
    return records


def _copy(records: Records, to: Path) -> None:
    """Write records with their numbers as Parquet.

    Raises:
        InvalidInput: where two columns have one name, or a record has too many or too few cells: whose they are is then
            not known, so nothing is compared.
    """
    names = records.schema.names
    known = Counter(name.casefold() for name in names)
    twice = dict.fromkeys(name for name in names if known[name.casefold()] > 1)
    if twice:
        raise InvalidInput([Fault(FaultCode.DUPLICATE_KEY, f"{records.name}:1", {"key": name}) for name in twice])
    with disk.create(to) as file, reading(records.name):
        batches = _numbered(records)
        first = next(batches, None)
        schema = records.schema.append(pa.field(ROW, pa.int64()))
        options = {"compression": "snappy", "use_dictionary": _repeated(first), "write_statistics": False}
        with pq.ParquetWriter(file, schema, **options) as writer:
            for batch in () if first is None else chain([first], batches):
                writer.write_batch(batch.cast(schema))


def _numbered(records: Records) -> Iterator[pa.RecordBatch]:
    """All records with their numbers.

    Raises:
        InvalidInput: where one has too many or too few cells.
    """
    for _, place in records.places():
        for found in records.read(place, records.schema.names):
            if found.malformed:
                faults = (
                    Fault(FaultCode.SYNTAX, f"{records.name}: row {row}", facts)
                    for row, facts in found.malformed[:_FAULTS_MAX]
                )
                raise InvalidInput(faults)
            yield found.batch.append_column(ROW, pa.array(found.numbers, pa.int64()))


def _repeated(batch: pa.RecordBatch | None) -> list[str]:
    """The columns of few words, such as codes, which the database looks at once for each of them."""
    if batch is None:
        return []
    few = batch.num_rows // _TIMES_REPEATED
    return [name for name in batch.schema.names if pc.count_distinct(batch.column(name)).as_py() < few]


def columns_of(connection: Any, name: str) -> dict[str, str]:
    """The columns of a view with their types."""
    return {row[0]: row[1] for row in connection.execute(f"DESCRIBE {name}").fetchall() if row[0] != ROW}


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def as_text(expression: str) -> str:
    """A cell as a text."""
    return f"{expression}::VARCHAR"


def text_of_cells(records: Records) -> Callable[[str], str]:
    """How the cells of a table become texts without blanks around them: as they are, where their reader left none."""
    return trimmed if isinstance(records, ParquetRecords | ArrowRecords) else as_text


def trimmed(expression: str) -> str:
    """A cell as a text without the blanks around it, which spreadsheets leave; null where nothing else is there.

    Few cells have any, and looking for them is much faster than trimming all.
    """
    cell = as_text(expression)
    ends = (cell, f"array_extract({cell}, -1)")
    may_be_blank = " OR ".join(f"{end} < '!' OR {end} > '~'" for end in ends)
    return f"CASE WHEN {may_be_blank} THEN nullif(trim({cell}, {text(BLANKS)}), '') ELSE {cell} END"


def month_of(cell: str) -> str:
    """A month or a day of it, as people write them (202406, 2024年6月), as ``2024-06``; null where it is none."""
    parts = f"regexp_extract({cell}, '{MONTH_TEXT}', ['year', 'two', 'one'])"
    month = f"{parts}.year || '-' || lpad({parts}.two || {parts}.one, 2, '0')"
    is_month = f"regexp_matches({cell}, '{MONTH_TEXT}') AND NOT regexp_matches({cell}, '{MONTH_IN_DOUBT}')"
    return f"CASE WHEN {is_month} THEN {month} END"
