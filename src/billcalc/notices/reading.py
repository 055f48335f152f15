"""Read the tables of a notice: heads by their names, rows by their words, every number with its cell and unit."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from billcalc.kernel.decimals import NumberError, parse_decimal
from billcalc.kernel.troubles import Fault
from billcalc.notices.findings import NoticeCode, NoticeFinding
from billcalc.notices.grid import Cell, Grid
from billcalc.notices.heads import Heads, read_heads, voltage_column
from billcalc.notices.words import (
    BAND_COLUMNS,
    Column,
    Unit,
    billing_of,
    class_of,
    is_multiple,
    unmarked,
    voltage_of,
    word,
)
from billcalc.tariff.findings import Finding
from billcalc.vocabulary import Billing, CustomerClass, Purchase

__all__ = ["Correction", "Figure", "NoticeRow", "Reading", "read_tables"]

_NONE = ("/", "\\", "—", "–", "-", "－", "−", "——", "--", "无")
_BLANKS = "\t\n\r \u00a0\u3000\u200b\ufeff"
_NOTE_LINE = re.compile(r"(注|备注|说明|附注)|[(（]?\d{1,2}([、)）]|[.．](?!\d))")
_MAY_BE_EMPTY = (*BAND_COLUMNS, Column.DEMAND, Column.CAPACITY)
"""Columns that some rows have nothing in, printed as a dash or not at all."""
_ORDINAL = re.compile(r"\d{1,3}[.、]?|[①-⑳]|[一二三四五六七八九十]{1,3}[、.]?")
"""The number of a row."""
_NOT_NUMBERS = (Column.CUSTOMERS, Column.VOLTAGE)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says a misprinted cell should say.

    Attributes:
        address: of the cell.
        number: in the unit of the cell.
        reason: how that is known.
    """

    address: str
    number: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a notice.

    Attributes:
        printed: its digits.
        unit: of the money in it.
        price: what it says [CNY/kWh, CNY/kW or CNY/kVA].
        address: of its cell.
        misprint: the price as printed and the reason of the correction; None where nothing was corrected.
    """

    printed: str
    unit: Unit
    price: Decimal
    address: str
    misprint: tuple[Decimal, str] | None = None


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """The prices of some customers.

    Attributes:
        customer_class: None for all of industry and commerce.
        voltage: as tariff documents write it.
        address: of the cell that names the voltage.
        figures: by column; a dash and an empty cell are absent.
    """

    purchase: Purchase
    customer_class: CustomerClass | None
    billing: Billing
    voltage: str
    address: str
    figures: Mapping[Column, Figure]

    @property
    def customers(self) -> tuple[Purchase, CustomerClass | None, Billing, str]:
        """Whom it is for."""
        return self.purchase, self.customer_class, self.billing, self.voltage


@dataclass(slots=True)
class Reading:
    """What the tables of a notice say.

    Attributes:
        source: the name of the file.
        titles: the lines over the first table of prices.
        headings: for each table of prices the lines over it and its heads.
        notes: lines of words that stand over no table, such as footnotes.
        findings: what is wrong with them.
    """

    source: str
    rows: list[NoticeRow] = field(default_factory=list)
    titles: list[Cell] = field(default_factory=list)
    headings: list[Sequence[Cell]] = field(default_factory=list)
    notes: list[Cell] = field(default_factory=list)
    findings: list[NoticeFinding] = field(default_factory=list)

    @property
    def lacks_a_part(self) -> bool:
        """Whether a head is not known, so that a part of the price may be missing from every row: told once, there."""
        return any(each.code is NoticeCode.HEAD_UNKNOWN for each in self.findings)

    def find(self, code: NoticeCode, address: str = "", **facts: str) -> None:
        """Add a finding at a cell, or of the whole file."""
        where = f"{self.source}:{address}" if address else self.source
        self.findings.append(NoticeFinding(code, where, facts))

    def find_checked(self, code: NoticeCode, checked: Sequence[Finding | Fault]) -> None:
        """Add what the check of the library says of the document that comes of the notice."""
        self.findings.append(NoticeFinding(code, self.source, checked=tuple(checked)))


def read_tables(grids: Sequence[Grid], *, source: str, corrections: Sequence[Correction] = ()) -> Reading:
    """Read the tables of a notice.

    Args:
        grids: in the order of the notice; those without prices are left out.
        source: the name of the file.
        corrections: of misprints.

    Returns:
        What they say, with a finding for everything that is not understood.
    """
    reading = Reading(source)
    reader = _Reader(reading, {each.address: each for each in corrections})
    for grid in grids:
        reader.read(grid)
    over_tables = {line for heading in reading.headings for line in heading}
    reading.notes = [line for line in reader.lines if line not in over_tables]
    if not reading.rows and not reading.findings:
        reading.find(NoticeCode.NO_TABLE)
    for address in (each.address for each in corrections if each.address not in reader.corrected):
        reading.find(NoticeCode.CORRECTION_UNKNOWN, address)
    return reading


class _Reader:
    """Goes through the rows; a line of heads begins a table, another line over it is its title."""

    def __init__(self, reading: Reading, corrections: Mapping[str, Correction]) -> None:
        self.reading = reading
        self.corrections = corrections
        self.corrected: set[str] = set()
        self.lines: list[Cell] = []
        self._heads: Heads | None = None
        self._titles: list[Cell] = []
        self._purchase = Purchase.AGENT
        self._seen: dict[object, str] = {}

    def read(self, grid: Grid) -> None:
        """Read one table, or several that one sheet has below each other."""
        goes_on = self._heads is not None and self._goes_on(grid, self._heads)
        if not goes_on:
            self._heads = None
        elif not any(voltage_column(row) is not None for row in grid.rows):
            first = next(cell for row in grid.rows for cell in row if cell is not None)
            self.reading.find(NoticeCode.TABLE_CONTINUED, first.address)
        above: dict[int, str] = {}
        number = 0
        while number < len(grid.rows):
            row = grid.rows[number]
            if voltage_column(row) is not None:
                number = self._begin(grid, number)
                above = {}
                continue
            cells = list(_lines(row))
            if not cells:
                self._heads = None  # an empty row ends a table
            elif (heads := self._heads_of(row)) is not None:
                self._row(row, heads, None if grid.knows_merged else above)
            else:
                self._unread(cells)
                self._titles.extend(cells)
                self.lines.extend(cells if len(cells) == 1 else ())
            number += 1

    def _goes_on(self, grid: Grid, heads: Heads) -> bool:
        """Whether a table without heads has the columns of the one before, and a voltage where that has it."""
        rows = [row for row in grid.rows if len(row) == heads.width]
        return any((cell := row[heads.voltage]) is not None and voltage_of(cell.text) is not None for row in rows)

    def _unread(self, cells: Sequence[Cell]) -> None:
        """Tell a row of prices that belongs to no table."""
        named = next((cell for cell in cells if voltage_of(cell.text) is not None), None)
        if named is not None and any("." in cell.text and _number(cell.text) is not None for cell in cells):
            self.reading.find(NoticeCode.ROW_NOT_READ, named.address)

    def _begin(self, grid: Grid, number: int) -> int:
        """Read the heads that begin in a row.

        Returns:
            The number of the first row below them.
        """
        titles = [line for line in self._titles if not _NOTE_LINE.match(word(line.text))]
        heads, below = read_heads(grid, number, titles, self.reading)
        self._heads = heads
        multiple = any(is_multiple(line.text) for line in (*titles, *heads.words))
        self._purchase = Purchase.AGENT_1_5 if multiple else Purchase.AGENT
        if not self.reading.titles:
            self.reading.titles = titles
        self.reading.headings.append((*titles, *heads.words))
        self._titles = []
        return below

    def _heads_of(self, row: Sequence[Cell | None]) -> Heads | None:
        """The heads over a row of prices; None where it is none, without numbers and without a voltage that has any."""
        heads = self._heads
        if heads is None or len(row) != heads.width:
            return None
        cells = [row[place] for column, place in heads.columns.items() if column not in _NOT_NUMBERS]
        texts = [cell.text.strip(_BLANKS) for cell in cells if cell is not None]
        voltage = row[heads.voltage]
        is_named = voltage is not None and voltage_of(voltage.text) is not None
        is_told = any(text and text not in _NONE for text in texts)
        return heads if is_told and (is_named or any(_number(text) is not None for text in texts)) else None

    def _row(self, row: Sequence[Cell | None], heads: Heads, above: dict[int, str] | None) -> None:
        named = row[heads.voltage]
        voltage = None if named is None else voltage_of(named.text)
        if named is None or voltage is None:
            first = next(cell for cell in row if cell is not None)
            text = "" if named is None else named.text
            self.reading.find(NoticeCode.VOLTAGE_UNKNOWN, (named or first).address, text=text)
            return
        words = _customers(row, heads, above)
        billing = billing_of(words)
        if len(billing) != 1:
            self.reading.find(NoticeCode.BILLING_UNKNOWN, named.address, text=words)
            return
        purchase = Purchase.AGENT_1_5 if is_multiple(words) else self._purchase
        self._remarks(row, heads)
        figures = dict(self._figures(row, heads, named.address))
        found = NoticeRow(purchase, class_of(words), next(iter(billing)), voltage, named.address, figures)
        if (other := self._seen.setdefault(found.customers, named.address)) != named.address:
            self.reading.find(NoticeCode.ROW_TWICE, named.address, other=other)
            return
        self.reading.rows.append(found)

    def _remarks(self, row: Sequence[Cell | None], heads: Heads) -> None:
        """Keep the words of a row that nothing is read of, each cell once."""
        for cell in (row[place] for place in heads.remarks):
            text = "" if cell is None else cell.text.strip(_BLANKS)
            if cell is not None and text and text not in _NONE and not _ORDINAL.fullmatch(text):
                self.lines += [cell] if cell not in self.lines else []

    def _figures(self, row: Sequence[Cell | None], heads: Heads, of: str) -> Iterator[tuple[Column, Figure]]:
        for column, place in heads.columns.items():
            if column in _NOT_NUMBERS:
                continue
            cell = row[place]
            text = "" if cell is None else cell.text.strip(_BLANKS)
            if cell is None or not text:
                if column not in _MAY_BE_EMPTY:
                    self.reading.find(NoticeCode.CELL_EMPTY, of if cell is None else cell.address)
                continue
            if text in _NONE:
                continue
            number = _number(text)
            if number is None:
                self.reading.find(NoticeCode.NOT_A_NUMBER, cell.address, text=text)
                continue
            unit = heads.units[column]
            yield column, self._correct(Figure(text, unit, unit.in_yuan(number), cell.address))

    def _correct(self, figure: Figure) -> Figure:
        correction = self.corrections.get(figure.address)
        if correction is None:
            return figure
        price = figure.unit.in_yuan(correction.number)
        if figure.address not in self.corrected:  # a merged cell is the number of several rows
            facts = {"corrected": str(correction.number), "reason": correction.reason}
            self.reading.find(NoticeCode.CORRECTED, figure.address, printed=figure.printed, **facts)
        self.corrected.add(figure.address)
        return replace(figure, price=price, misprint=(figure.price, correction.reason))


def _customers(row: Sequence[Cell | None], heads: Heads, above: dict[int, str] | None) -> str:
    """What the cells beside the voltage say of the customers.

    Args:
        row: a row of prices.
        heads: of its table.
        above: the last words of each column where a CSV cannot tell a merged cell from an empty one; else None.
    """
    texts: dict[str, None] = {}
    for place in heads.customers:
        cell = row[place]
        text = "" if cell is None else word(cell.text)
        if above is not None:
            text = above[place] = text or above.get(place, "")
        texts[text] = None
    return " ".join(filter(None, texts))


def _number(text: str) -> Decimal | None:
    try:
        return parse_decimal(unmarked(text.strip(_BLANKS)).rstrip(_BLANKS))
    except NumberError:
        return None


def _lines(row: Sequence[Cell | None]) -> Iterator[Cell]:
    """The cells of a row that is no row of prices, each once."""
    yield from dict.fromkeys(cell for cell in row if cell is not None and cell.text.strip(_BLANKS))
