"""The heads of a table, by their names: which column tells what, and in which unit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from billcalc.notices.findings import NoticeCode
from billcalc.notices.grid import Cell, Grid
from billcalc.notices.words import IGNORED, Column, Unit, column_of, unit_of, voltage_of, word

if TYPE_CHECKING:
    from billcalc.notices.reading import Reading

__all__ = ["Heads", "read_heads", "voltage_column"]

_NEEDED = (Column.TOTAL, Column.PURCHASE)
_OTHER_UNITS = (Column.DEMAND, Column.CAPACITY)
"""Prices per kW and kVA, which no notice prints in fen."""


@dataclass(frozen=True, slots=True)
class Heads:
    """What the columns of a table tell.

    Attributes:
        width: how many columns the table has.
        voltage: the place of the voltage.
        customers: the places of the words beside it.
        columns: the place of each column.
        units: of each column of prices.
        words: the cells of the heads.
        remarks: the places of numbers of rows and remarks.
    """

    width: int
    voltage: int
    customers: tuple[int, ...]
    columns: Mapping[Column, int]
    units: Mapping[Column, Unit]
    words: tuple[Cell, ...]
    remarks: tuple[int, ...]


def voltage_column(row: Sequence[Cell | None]) -> int | None:
    """The place of the head of the voltages in a row; None where it has none."""
    places = (place for place, cell in enumerate(row) if cell is not None and column_of(cell.text) is Column.VOLTAGE)
    return next(places, None)


def read_heads(grid: Grid, number: int, titles: Sequence[Cell], reading: "Reading") -> tuple[Heads, int]:
    """Read the heads that begin in a row of a table.

    Args:
        grid: the table.
        number: the row that names the voltage; heads go on below it up to the first voltage.
        titles: the lines over the table, which may tell the unit.
        reading: takes what is found.

    Returns:
        The heads, and the number of the first row below them.
    """
    voltage = voltage_column(grid.rows[number])
    assert voltage is not None, "a table begins with the head of its voltages"
    below = number + 1
    while below < len(grid.rows) and _is_head(grid.rows[below], voltage):
        below += 1
    stacks = [_stack(grid, number, below, place) for place in range(len(grid.rows[number]))]
    columns: dict[Column, int] = {}
    customers: list[int] = []
    remarks: list[int] = []
    for place, stack in enumerate(stacks):
        told = [cell for cell in stack if column_of(cell.text) is not IGNORED]
        found = column_of(told[-1].text) if told else None
        if found is Column.CUSTOMERS:
            customers.append(place)
        elif found is Column.REMARK:
            remarks.append(place)
        elif isinstance(found, Column) and found not in columns:
            columns[found] = place
        elif found is Column.VOLTAGE:
            continue
        elif isinstance(found, Column):
            reading.find(NoticeCode.HEAD_TWICE, told[-1].address, head=word(told[-1].text))
        elif not stack and not grid.knows_merged and place - 1 in customers:
            customers.append(place)  # merged with the head to its left, as a CSV cannot say
        elif (below_it := _text_below(grid, below, voltage, place)) is not None:
            named = told[-1] if told else below_it
            reading.find(NoticeCode.HEAD_UNKNOWN, named.address, head=word(_last(told)), remark="备注")
    for needed in _NEEDED:
        if needed not in columns:
            reading.find(NoticeCode.HEAD_MISSING, _address(stacks[voltage]), column=needed.value)
    everything = tuple(dict.fromkeys(cell for stack in stacks for cell in stack))
    units = dict(_units(columns, stacks, [*titles, *everything], reading))
    return Heads(len(stacks), voltage, tuple(customers), columns, units, everything, tuple(remarks)), below


def _is_head(row: Sequence[Cell | None], voltage: int) -> bool:
    """Whether a row below the first line of heads is one, too: it names no voltage, and no numbers with a point."""
    cell = row[voltage]
    if cell is not None and voltage_of(cell.text) is not None:
        return False
    return cell is None or not cell.text.strip() or column_of(cell.text) in (Column.VOLTAGE, IGNORED)


def _stack(grid: Grid, number: int, below: int, place: int) -> list[Cell]:
    """The heads over a column from the top down, without empty ones."""
    cells = (row[place] for row in grid.rows[number:below])
    return list(dict.fromkeys(cell for cell in cells if cell is not None and cell.text.strip()))


def _last(cells: Sequence[Cell]) -> str:
    return cells[-1].text if cells else ""


def _address(stack: Sequence[Cell]) -> str:
    return stack[0].address


def _text_below(grid: Grid, below: int, voltage: int, place: int) -> Cell | None:
    """The first cell that says something in a column of the rows of a table."""
    for row in grid.rows[below:]:
        if voltage_column(row) is not None:
            break
        named, cell = row[voltage], row[place]
        if named is not None and voltage_of(named.text) is not None and cell is not None and cell.text.strip():
            return cell
    return None


def _units(
    columns: Mapping[Column, int], stacks: Sequence[Sequence[Cell]], all_cells: Sequence[Cell], reading: "Reading"
) -> Iterator[tuple[Column, Unit]]:
    """The unit of each column: of its own heads, else the one unit that the table names."""
    named = frozenset(unit for cell in all_cells for unit in unit_of(cell.text))
    for column, place in columns.items():
        if column is Column.VOLTAGE:
            continue
        own = frozenset(unit for cell in stacks[place] for unit in unit_of(cell.text)) or named
        if column in _OTHER_UNITS:
            yield column, Unit.YUAN
        elif len(own) == 1:
            yield column, next(iter(own))
        else:
            reading.find(NoticeCode.UNIT_UNKNOWN, _address(stacks[place]))
            yield column, Unit.YUAN
