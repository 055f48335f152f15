"""What a comparison of tables came to, for whoever writes something of it, and how its rows are written."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import pyarrow as pa

from billcalc.files import disk
from billcalc.runs.comparison_outcome import BulkComparison
from billcalc.runs.issued_tables import IssuedTable
from billcalc.runs.query_output import write_query
from billcalc.tables.workbook_writing import Page, write_pages
from billcalc.tables.writers import Tabular
from billcalc.words.language import Language

__all__ = ["Compared", "Pages", "Writer"]

_ROWS = 1 << 14

Pages = Callable[[Sequence[str], Iterable[pa.RecordBatch]], Sequence[Page]]
"""The pages of a workbook, of the names of columns and of their rows."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison of tables.

    Attributes:
        connection: a database with its ``lines``, ``bills`` and ``findings``.
        layout: of the issued table.
        out: takes the results.
        written_in: their format.
        language: of a workbook's words.
    """

    connection: Any
    layout: IssuedTable
    outcome: BulkComparison
    out: BinaryIO
    written_in: Tabular
    language: Language

    def write(self, query: str, pages: Pages) -> None:
        """Write the rows of a query; of a workbook they are in one of some pages.

        Raises:
            InvalidInput: for more rows than a workbook should have.
        """
        if self.written_in is not Tabular.EXCEL:
            write_query(self.connection, query, self.out, self.written_in)
            return
        with self.connection.sql(query).to_arrow_reader(_ROWS) as batches, disk.spool() as draft:
            write_pages(draft, pages(batches.schema.names, batches))
            draft.seek(0)
            shutil.copyfileobj(draft, self.out)


Writer = Callable[[Compared], None]
"""Writes the results of a comparison."""
