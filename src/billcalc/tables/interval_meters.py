"""Several meters or channels in one file of intervals: they are told apart by a column, and read one at a time."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.grid import Grid
from billcalc.tables.interval_columns import not_stated

__all__ = ["check_meters", "of_meters", "rows_of"]

_ENGLISH = "account,asset,channel,device,meter,meter_id,meter_no,metering_point,nmi,point,register"
_CHINESE = "户号,用户编号,用户号,电表,电表号,电能表,表号,表计,资产编号,资产号,计量点,计量点编号,通道,数据类型"
_HEADS = frozenset([*_ENGLISH.split(","), *_CHINESE.split(",")])
"""Columns that name a meter or a channel."""

_SHOWN = 5
_FED_BACK = re.compile(r"reverse|B[0-9]|反向.*", re.IGNORECASE)
"""What channels are called that show what was fed back."""

Columns = Mapping[int, str]
"""The place and the head of each column."""
Rows = Mapping[int, Sequence[str]]
"""By its number the cells of each row."""


def rows_of(rows: Rows, columns: Columns, where: str, meter: Sequence[str]) -> tuple[Rows, Columns]:
    """The rows of one meter, and the columns by which it was not chosen.

    Args:
        rows: all rows.
        columns: the columns beside times and values.
        where: the place of the header.
        meter: what its rows have in a column, or in several; nothing where nothing is to be chosen.

    Raises:
        InvalidInput: where no column has it, or several columns that do not name meters.
    """
    for word in meter:
        having = {column: head for column, head in columns.items() if any(row[column] == word for row in rows.values())}
        named = {column: head for column, head in having.items() if _is_named(head)}
        found = list(named or having)
        if not found:
            known = ", ".join(_cells(rows, (column for column, head in columns.items() if _is_named(head)))) or "–"
            facts = {"kind": "meter", "id": word, "known": known}
            raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, where, facts)])
        if len(found) > 1:
            heads = ", ".join(having[column] for column in found)
            facts = {"reason": Reason.METER_IN_COLUMNS, "value": word, "known": heads}
            raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, facts)])
        rows = {number: row for number, row in rows.items() if row[found[0]] == word}
        columns = {column: head for column, head in columns.items() if column != found[0]}
    return rows, columns


def of_meters(grid: Grid, names: Collection[str]) -> Grid | None:
    """The rows of some meters, without the column that names them; None where no column names one of them.

    Args:
        grid: of several meters.
        names: of those that are wanted.
    """
    header, *rows = grid.rows or ((),)
    for column, head in enumerate(header):
        wanted = [row for row in rows if len(row) > column and row[column].text in names]
        if wanted and _is_named(head.text):
            kept = tuple((*row[:column], *row[column + 1 :]) for row in (header, *wanted))
            return replace(grid, rows=kept)
    return None


def check_meters(rows: Rows, times: Mapping[int, Iterable[datetime]], columns: Columns, where: str) -> None:
    """Find several meters: a column that names them, or one by which rows of one time differ; or what was fed back.

    Args:
        rows: the rows that are read.
        times: of each row.
        columns: the columns beside times and values.
        where: the place of the header.

    Raises:
        InvalidInput: with the column and what stands in it.
    """
    for column, head in columns.items():
        only = _cells(rows, [column])
        if _is_named(head) and len(only) == 1 and _FED_BACK.fullmatch(only[0]):
            raise InvalidInput([not_stated(Reason.ONLY_FED_BACK, where, f"meter={only[0]}", value=only[0])])
    at: dict[datetime, list[int]] = {}
    for number, instants in times.items():
        for instant in instants:
            at.setdefault(instant, []).append(number)
    several = [numbers for numbers in at.values() if len(numbers) > 1]
    for column, head in columns.items():
        known = _cells(rows, [column])
        # A column with a value for nearly each row, such as a running number, tells no meters apart.
        parts = 0 < len(known) - 1 <= len(several) and all(
            len({rows[number][column] for number in numbers}) > 1 for numbers in several
        )
        if parts or (_is_named(head) and len(known) > 1):
            shown = ", ".join(known[:_SHOWN]) + (" …" if len(known) > _SHOWN else "")
            facts = {"column": head, "known": shown, "first": known[0]}
            raise InvalidInput([Fault(FaultCode.SEVERAL_METERS, where, facts)])


def _is_named(head: str) -> bool:
    return head.casefold().replace(" ", "_") in _HEADS


def _cells(rows: Rows, columns: Iterable[int]) -> list[str]:
    """What stands in some columns, each once."""
    return list(dict.fromkeys(row[column] for column in columns for row in rows.values() if row[column]))
