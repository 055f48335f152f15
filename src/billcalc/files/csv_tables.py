"""CSV tables of requests: the records of a file under the paths of its columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from billcalc.bulk.run import Rows
from billcalc.files.columns import Columns, choose_columns, numbered_rows, reading, unread
from billcalc.files.csv_records import CsvRecords, open_records

__all__ = ["CsvTable", "open_csv"]


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A CSV file; a place is one of its records'.

    Attributes:
        records: of the file.
        columns: what is read.
        unread: the columns that a mapping leaves out.
    """

    records: CsvRecords
    columns: Columns
    unread: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its path."""
        return self.records.name

    @property
    def encoding(self) -> str:
        """Of the text."""
        return self.records.encoding

    @property
    def rows(self) -> int:
        """How many records it has, empty lines among them."""
        return self.records.rows

    def places(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """As many records each as are read at one time."""
        return self.records.places()

    def read(self, place: tuple[int, ...]) -> Iterator[Rows]:
        """The rows of a place."""
        with reading(self.name):
            found = self.records.read(place)
        yield Rows(numbered_rows(found.batch, self.columns, 0).batch, found.numbers, found.malformed)


def open_csv(name: str, mapping: Mapping[str, str] | None, chunk: int) -> CsvTable:
    """See what a CSV file of requests holds.

    Raises:
        InvalidInput: where it is no CSV, or cannot be billed by its columns.
    """
    records = open_records(name, chunk)
    columns = choose_columns(name, pa.schema([(column, pa.string()) for column in records.header]), mapping)
    return CsvTable(records, columns, unread(records.header, columns))
