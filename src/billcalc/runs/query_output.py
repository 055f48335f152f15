"""The rows of a query of DuckDB as a table of any format."""

from typing import Any, BinaryIO

from billcalc.tables.writers import FORMATS, Tabular

__all__ = ["write_query"]

_ROWS = 1 << 16


def write_query(connection: Any, query: str, out: BinaryIO, written_in: Tabular) -> None:
    """Write a query's rows.

    Raises:
        InvalidInput: for more rows than a workbook should have.
    """
    with connection.sql(query).to_arrow_reader(_ROWS) as batches:
        FORMATS[written_in].write(batches, out, batches.schema)
