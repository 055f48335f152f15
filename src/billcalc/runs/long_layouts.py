"""The layout of a long table of issued bills, a row for each printed item, by the names of a utility's bills."""

from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from billcalc.audit.layout import Column
from billcalc.fields.printed_names import listed_name, printed_forms
from billcalc.runs.exported_cells import ungrouped_text
from billcalc.runs.issued_tables import IssuedTable
from billcalc.runs.layout_names import Known, known_names, read_once
from billcalc.runs.ready_layouts import ready_layouts
from billcalc.tables.readers import open_records
from billcalc.tables.records import reading

__all__ = ["long_layout"]

_ROWS = 1 << 16


def long_layout(name: str, ready: str) -> IssuedTable | None:
    """What the columns and printed names of a table mean; None where it has no column of accounts, names and amounts.

    Of a section that has lines anywhere in the table the lines are read, else its sum. Names that the utility's bills
    do not have stay as they are, and are told as unmapped.

    Args:
        name: of the file.
        ready: the code of the layout that comes with the program.

    Raises:
        InvalidInput: where the file cannot be read.
    """
    layout, known = ready_layouts()[ready], known_names(ready)
    records = open_records(name, _ROWS)
    heads = records.schema.names
    account, month = (_first(heads, known, path) for path in ("account", "month"))
    columns = {layout.heads[each]: head for head in reversed(heads) if (each := listed_name(head, layout.heads))}
    if account is None or not {Column.NAME, Column.AMOUNT} <= set(columns):
        return None
    printed, amounts = set[str](), set[str]()
    with reading(name):
        for _, place in records.places():
            for found in records.read(place, [columns[Column.NAME], columns[Column.AMOUNT]]):
                names, cells = found.batch.columns
                printed |= set(_texts(names))
                amounts |= {cell for cell in _texts(cells) if "," in cell}
    named = {each: of for each in sorted(printed) if (of := _known(each, known)) is not None and of.code is not None}
    with_parts = {of.section for of in named.values() if of.is_part}
    read = read_once({each: of for each, of in named.items() if of.is_part or of.section not in with_parts})
    others = {each for each in printed - set(read) if each in named or layout.listed(each) is not None}
    return IssuedTable(
        account=account,
        month=month,
        code=columns[Column.NAME],
        amount=columns[Column.AMOUNT],
        codes={each: of.code or "" for each, of in read.items() if not of.is_section},
        sections={each: of.section for each, of in read.items() if of.is_section and of.section is not None},
        ignore=tuple(sorted(others)),
        separators=any(ungrouped_text(cell) != cell for cell in amounts),
    )


def _texts(column: pa.Array) -> Iterable[str]:
    """The texts of a column, each once."""
    return (str(each).strip() for each in pc.unique(column).to_pylist() if each is not None)


def _first(heads: Iterable[str], known: Mapping[str, Known], path: str) -> str | None:
    """The first column that is a place of the request."""
    return next((head for head in heads if (of := _known(head, known)) is not None and of.path == path), None)


def _known(name: str, known: Mapping[str, Known]) -> Known | None:
    return next((known[form] for form in printed_forms(name) if form in known), None)
