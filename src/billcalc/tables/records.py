"""The records of a file of any length, as columns, in pieces that workers share: what every format gives."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from billcalc.fields.cells import Cell, Row
from billcalc.fields.shown import quoted
from billcalc.files.system_errors import reading_fault
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["Found", "Place", "Records", "column_rows", "numbered", "reading"]

Place = tuple[int, ...]
"""Where a piece stands in its file; the format's own affair."""


@dataclass(frozen=True, slots=True)
class Found:
    """Records that were read.

    Attributes:
        batch: their cells.
        numbers: of each record in its file, from 1 below the header.
        malformed: those that are none, with what is wrong.
    """

    batch: pa.RecordBatch
    numbers: NDArray[np.int64]
    malformed: tuple[tuple[int, Mapping[str, str]], ...] = ()


class Records(Protocol):
    """The records of a file, whose header is known; it is sent to the workers."""

    @property
    def name(self) -> str:
        """Its path."""
        ...

    @property
    def schema(self) -> pa.Schema:
        """The columns in their order; a name may stand twice."""
        ...

    @property
    def encoding(self) -> str:
        """Of a text; whoever reads another than ``utf-8`` says so."""
        ...

    @property
    def rows(self) -> int:
        """How many records it has, empty lines among them."""
        ...

    @property
    def hidden(self) -> int:
        """How many of them a spreadsheet does not show; they are read, and whoever reads them says so."""
        ...

    @property
    def hidden_columns(self) -> tuple[str, ...]:
        """The names of the columns that a spreadsheet does not show; likewise."""
        ...

    def places(self) -> Iterator[tuple[int, Place]]:
        """The pieces in their order: how many records each has, and its place."""
        ...

    def read(self, place: Place, columns: Sequence[str]) -> Iterator[Found]:
        """The records of a piece, a bounded number at a time, with some of their columns, each of which stands once."""
        ...


@contextmanager
def reading(name: str) -> Iterator[None]:
    """What the readers of a file fall over is an input that is wrong: damaged, or not what its name tells.

    Raises:
        InvalidInput: instead of whatever they raise.
    """
    try:
        yield
    except InvalidInput:
        raise
    except (OSError, ValueError, LookupError, TypeError, OverflowError, pa.ArrowException) as error:
        raise InvalidInput([reading_fault(error, name)]) from None


def numbered(batch: pa.RecordBatch, columns: Sequence[str], before: int) -> Found:
    """Some columns of records, which are numbered on from those before them.

    Raises:
        pa.ArrowInvalid: where a batch of a damaged file is none.
    """
    batch.validate(full=True)
    chosen = pa.RecordBatch.from_arrays([batch.column(name) for name in columns], names=list(columns))
    return Found(chosen, np.arange(before + 1, before + 1 + batch.num_rows))


def column_rows(table: pa.Table, name: str) -> tuple[Row, ...]:
    """The cells of a table of columns, header first.

    Raises:
        InvalidInput: where a column is of floats.
        pa.ArrowInvalid: where a table of a damaged file is none.
    """
    table.validate(full=True)
    faults = []
    for field in table.schema:
        if pa.types.is_floating(field.type):
            facts = {"reason": Reason.COLUMN_OF_FLOATS, "value": quoted(field.name)}
            faults.append(Fault(FaultCode.WRONG_TYPE, name, facts))
    if faults:
        raise InvalidInput(faults)
    rows: list[Row] = [tuple(Cell(column, name) for column in table.column_names)]
    columns = [column.to_pylist() for column in table.columns]
    for number, cells in enumerate(zip(*columns, strict=True), start=1):
        rows.append(tuple(Cell(_text(cell), f"{name}: row {number}") for cell in cells))
    return tuple(rows)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
