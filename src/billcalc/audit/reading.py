"""From read data or a table to an issued bill: each row for itself, so that one bad row does not hide the others."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from billcalc.audit.issued import IssuedBill, IssuedLine
from billcalc.audit.layout import Column, FactName, Layout
from billcalc.fields import validated
from billcalc.fields.cells import Cell, Row
from billcalc.fields.shown import shown
from billcalc.fields.trails import Path
from billcalc.fields.units_told import Told, told_otherwise
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import ZERO
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["Reading", "read_data", "read_rows"]


@dataclass(frozen=True, slots=True)
class Reading:
    """An issued bill as far as it could be read.

    Attributes:
        bill: of the rows whose amounts are sound.
        places: where each of its lines stood.
        faults: of the rows of which something could not be read.
        ignored: the names of the rows that the layout says to ignore.
        unread: what could be read of the rows whose amount, or what it is for, could not; their amounts are no amounts.
        partly: how many of its lines are compared by their amounts, for their quantity or price could not be read.
        unread_columns: of a table, the heads of the columns that nothing was read of.
    """

    bill: IssuedBill
    places: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    ignored: tuple[str, ...] = ()
    unread: tuple[IssuedLine, ...] = ()
    partly: int = 0
    unread_columns: tuple[str, ...] = ()

    def place(self, row: int) -> str | None:
        """Where a line of the bill stood; None where that is not known."""
        return self.places[row] if row < len(self.places) else None


def read_data(
    data: object,
    *,
    layout: Layout | None = None,
    where: Callable[[Path], str],
    where_key: Callable[[Path], str] | None = None,
) -> Reading:
    """Read an issued bill from the data of a YAML or JSON document.

    Args:
        data: as ``billcalc.files`` reads it.
        layout: the words of the bill, where they are not ours.
        where: turns the path of a value in the data into the place to report.
        where_key: the same for the key of the value; by default as ``where``.

    Raises:
        InvalidInput: where the bill as a whole cannot be read, with every fault of its lines too.
    """
    layout = Layout() if layout is None else layout
    lines = data.get("lines") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(lines, list | tuple):
        return Reading(validated(IssuedBill, data, where=where, where_key=where_key))
    rows = _Rows(layout)
    for index, line in enumerate(lines):
        rows.add(line, _below(where, "lines", index), _below(where_key or where, "lines", index))
    subtotals = data.get("subtotals")
    if isinstance(subtotals, list | tuple):
        data = {**data, "subtotals": [layout.subtotal(each) for each in subtotals]}
    return rows.reading({**data, "lines": []}, where, where_key or where)


_FIGURES = (("quantity",), ("price",), ("quantity", "price"))
"""What a line may lose and still be compared by its amount: first one of the two, then both."""
_WHERE = ("section", "group", "band", "from", "to")
_PLACES = tuple(("quantity", "price", *parts) for parts in ((), *((part,) for part in _WHERE), ("from", "to"), _WHERE))
"""The same of a row that is not compared: one of what tells where it is, then all of it."""


def _part_of(told: object, parts: Iterable[Sequence[str]]) -> IssuedLine | None:
    """A line without the first of some parts that leaves a sound one; None where none does."""
    if not isinstance(told, Mapping):
        return None
    for left_out in parts:
        kept = {key: value for key, value in told.items() if key not in left_out}
        try:
            return validated(IssuedLine, kept)
        except InvalidInput:
            continue
    return None


def _below(where: Callable[[Path], str], *path: int | str) -> Callable[[Path], str]:
    return lambda rest: where((*path, *rest))


class _Rows:
    """Reads lines one by one."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.lines: list[IssuedLine] = []
        self.places: list[str] = []
        self.faults: list[Fault] = []
        self.ignored: list[str] = []
        self.unread: list[IssuedLine] = []
        self.taxes: list[tuple[object, str]] = []
        self.partly = 0

    def add(self, raw: object, where: Callable[[Path], str], where_key: Callable[[Path], str]) -> None:
        name = raw.get("name") if isinstance(raw, Mapping) else None
        if self.layout.is_ignored(name):
            self.ignored.append(str(name))
            return
        if isinstance(raw, Mapping) and self.layout.is_tax(name):
            if self.taxes:
                self.faults.append(Fault(FaultCode.DUPLICATE_KEY, where(()), {"key": shown(name)}))
            self.taxes.append((raw.get("amount"), where(("amount",))))
            return
        told = self.layout.line(raw)
        if strange := [] if name is None else list(_other_unit(str(name), where(("name",)))):
            self.faults.extend(strange)
            self.lost(told)
            return
        try:
            self._keep(validated(IssuedLine, told, where=where, where_key=where_key), where(()))
        except InvalidInput as error:
            self.faults.extend(error.faults)
            line = _part_of(told, _FIGURES)
            if line is not None:
                self._keep(line, where(()))
                self.partly += 1
            else:
                self.lost(told)

    def _keep(self, line: IssuedLine, place: str) -> None:
        self.lines.append(line)
        self.places.append(place)

    def lost(self, told: object = None) -> None:
        """Keep of a row whose amount cannot be compared what it tells of the line that it is."""
        known = {column.value for column in Column}
        named = {**told, "amount": "0"} if isinstance(told, Mapping) else {}
        named = {key: value for key, value in named.items() if key in known}
        self.unread.append(_part_of(named, _PLACES) or IssuedLine.model_construct(amount=ZERO))

    def _taxed(self, head: Mapping[str, Any]) -> Mapping[str, Any]:
        """The head with the tax that the layout tells, where it tells none itself."""
        if self.layout.tax is None or head.get("tax") is not None:
            return head
        told = self.layout.tax
        amount = self.taxes[0][0] if self.taxes else None if told.amount is None else str(told.amount)
        return {**head, "tax": {"rate": str(told.rate), **({} if amount is None else {"amount": amount})}}

    def _of_tax(self, where: Callable[[Path], str]) -> Callable[[Path], str]:
        """The same places, with that of the row that has the tax."""
        return lambda path: self.taxes[0][1] if path == ("tax", "amount") and self.taxes else where(path)

    def reading(
        self, head: Mapping[str, Any], where: Callable[[Path], str], where_key: Callable[[Path], str]
    ) -> Reading:
        """The bill of a head without lines, and the lines.

        Raises:
            InvalidInput: where the head is not sound.
        """
        try:
            bill = validated(IssuedBill, self._taxed(head), where=self._of_tax(where), where_key=where_key)
        except InvalidInput as error:
            raise InvalidInput([*error.faults, *self.faults]) from None
        bill = bill.model_copy(update={"lines": tuple(self.lines)})
        return Reading(
            bill, tuple(self.places), tuple(self.faults), tuple(self.ignored), tuple(self.unread), self.partly
        )


def read_rows(rows: Sequence[Row], *, layout: Layout | None = None, where: str) -> Reading:
    """Read an issued bill from a table: a head, then a row for each line, subtotal, fact and the total.

    Args:
        rows: those that have any text.
        layout: the columns and words of the bill; by default the columns are headed with our own keys.
        where: the place of the table.

    Raises:
        InvalidInput: where it has no head that tells the amounts, or a row besides the lines is not sound.
    """
    layout = Layout() if layout is None else layout
    if not rows:
        raise InvalidInput([Fault(FaultCode.EMPTY, where)])
    head, *rest = rows
    columns = _columns(head, layout)
    return _Table(layout, columns, head).read(rest)


def _columns(head: Row, layout: Layout) -> dict[Column, int]:
    """Where each column is.

    Raises:
        InvalidInput: where the head is not that of the layout.
    """
    named = layout.columns or {column.value: column for column in Column}
    heads = [cell.text for cell in head]
    faults = [
        Fault(FaultCode.DUPLICATE_KEY, cell.where, {"key": shown(cell.text)})
        for index, cell in enumerate(head)
        if cell.text in heads[:index] and cell.text in named
    ]
    if layout.columns:
        known = ", ".join(heads)
        missing = [name for name in layout.columns if name not in heads]
        faults += [_unknown_column(head[0].where, name, known) for name in missing]
    else:
        known = ", ".join(named)
        facts = [(cell.where, {"key": shown(cell.text), "known": known}) for cell in head if cell.text not in named]
        faults += [Fault(FaultCode.UNKNOWN_KEY, where, fact) for where, fact in facts]
        if Column.AMOUNT.value not in heads:
            faults.append(Fault(FaultCode.MISSING_KEY, head[0].where, {"key": Column.AMOUNT.value}))
    faults += [
        fault
        for cell in head
        if (column := named.get(cell.text)) in _NUMBERS
        for fault in _other_unit(cell.text, cell.where, column)
    ]
    if faults:
        raise InvalidInput(faults)
    return {column: heads.index(name) for name, column in named.items() if name in heads}


_NUMBERS = {
    Column.AMOUNT: (Told.MONEY,),
    Column.PRICE: (Told.MONEY, Told.PERCENT),
    Column.QUANTITY: (Told.KWH, Told.KVARH, Told.KW, Told.KVA, Told.MONEY),
}
"""What the numbers of a column may be; a price of the power factor is a ratio, and its quantity its base."""


def _other_unit(name: str, where: str, column: Column = Column.AMOUNT) -> Iterator[Fault]:
    """The fault of a head, or of a printed name, that tells numbers in a unit that bills are not in."""
    told = told_otherwise(name, _NUMBERS[column])
    if told is not None:
        facts = {"column": shown(name), "value": told, "key": column.value, "unit": _NUMBERS[column][0].value}
        yield Fault(FaultCode.INCONSISTENT, where, {"reason": Reason.UNIT_OF_COLUMN, **facts})


def _unknown_column(where: str, name: str, known: str) -> Fault:
    return Fault(FaultCode.UNKNOWN_REFERENCE, where, {"kind": "column", "id": shown(name), "known": known})


class _Table:
    """Reads the rows of a table."""

    def __init__(self, layout: Layout, columns: Mapping[Column, int], head: Row) -> None:
        self.layout = layout
        self.columns = columns
        self.width = len(head)
        self.unread = tuple(cell.text for place, cell in enumerate(head) if place not in columns.values())
        self.place = head[0].where
        self.rows = _Rows(layout)
        self.head: dict[str, Any] = {"lines": [], "subtotals": [], "facts": {}}
        self.cells: dict[Path, str] = {}
        self.faults: list[Fault] = []

    def read(self, rows: Iterable[Row]) -> Reading:
        for row in rows:
            if len(row) == self.width:
                self._row(row)
            else:
                facts = {"reason": Reason.CELLS_OF_ROW, "count": str(len(row)), "expected": str(self.width)}
                self.rows.faults.append(Fault(FaultCode.SYNTAX, row[0].where, facts))
                self.rows.lost()
        if self.faults:
            raise InvalidInput([*self.faults, *self.rows.faults])
        where = _place_of(self.cells, self.place)
        return replace(self.rows.reading(self.head, where, where), unread_columns=self.unread)

    def _row(self, row: Row) -> None:
        told = {column: row[index] for column, index in self.columns.items() if row[index].text}
        data = {column.value: cell.text for column, cell in told.items()}
        name = data.get(Column.NAME, "")
        amount = row[self.columns[Column.AMOUNT]]
        fact = self.layout.fact(name)
        if fact is not None or self.layout.is_subtotal(name) or self.layout.is_total(name):
            self.faults.extend(_other_unit(name, amount.where, Column.AMOUNT if fact is None else Column.QUANTITY))
        if self.layout.is_subtotal(name):
            index = len(self.head["subtotals"])
            self.head["subtotals"].append(self.layout.subtotal({"name": name, "amount": amount.text}))
            self.cells["subtotals", index, "amount"] = amount.where
        elif fact is not None:
            self._fact(fact, name, amount)
        elif self.layout.is_total(name):
            self._once(self.head, "total", name, amount)
            self.cells["total",] = amount.where
        else:
            places: dict[Path, str] = {(column.value,): cell.where for column, cell in told.items()}
            where = _place_of(places, row[0].where)
            self.rows.add(data, where, where)

    def _fact(self, fact: FactName, name: str, cell: Cell) -> None:
        key, _, band = fact.value.partition(".")
        facts = self.head["facts"]
        self.cells[("facts", key, band) if band else ("facts", key)] = cell.where
        if band:
            self._once(facts.setdefault(key, {}), band, name, cell)
        else:
            self._once(facts, key, name, cell)

    def _once(self, told: dict[str, Any], key: str, name: str, cell: Cell) -> None:
        if key in told:
            self.faults.append(Fault(FaultCode.DUPLICATE_KEY, cell.where, {"key": shown(name)}))
        told[key] = cell.text


def _place_of(cells: Mapping[Path, str], otherwise: str) -> Callable[[Path], str]:
    """The place of the cell at a path; of what is no cell, that of the row."""
    return lambda path: cells.get(path, otherwise)
