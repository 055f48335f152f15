"""Several meters or channels in one file of intervals: they are told apart by a column, and read one at a time."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import NumberError, parse_decimal
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.grid import Grid
from billcalc.tables.interval_columns import not_stated

__all__ = ["check_meters", "check_multipliers", "not_read", "of_meters", "rows_of"]

_ENGLISH = (
    "account,asset,channel,device,direction,flow,flow_direction,meter,meter_id,meter_no,metering_point,nmi,point,quantity,"
    "register"
)
_CHINESE = (
    "户号,用户编号,用户号,电表,电表号,电能表,表号,表计,资产编号,资产号,计量点,计量点编号,通道,数据类型,方向,电能方向,功率方向,潮流方向,"
    "数据项,数据项名称,测量项,电量类型,曲线类型"
)
_HEADS = frozenset([*_ENGLISH.split(","), *_CHINESE.split(",")])
"""Columns that name a meter or a channel."""

_SHOWN = 5
_NOT_TAKEN = (
    (r".*(无功|reactive|kvar).*", Reason.ONLY_REACTIVE),
    (r"reverse.*|export(ed)?|feed.?in|B[0-9]|反向?.*|上网.*|馈.*", Reason.ONLY_FED_BACK),
)
"""What channels are called that do not show active energy that was taken."""
_MULTIPLIERS = ("multiplier", "ct_ratio", "ratio", "倍率", "综合倍率", "计量倍率", "乘率", "变比", "自身倍率")
"""Columns that tell what readings are multiplied by."""

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
        if _is_named(head) and len(only) == 1:
            why = next((reason for name, reason in _NOT_TAKEN if re.fullmatch(name, only[0], re.IGNORECASE)), None)
            if why is not None:
                raise InvalidInput([not_stated(why, where, f"meter={only[0]}", value=only[0])])
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


def check_multipliers(rows: Rows, columns: Columns, where: str, known: Decimal | None) -> None:
    """Find a column of multipliers of which it is not told whether the values have them already.

    Args:
        rows: the rows that are read.
        columns: the columns beside times and values.
        where: the place of the header.
        known: what the values are multiplied by, as it is stated or the meter has it; 1 where they have it already.

    Raises:
        InvalidInput: where nothing is stated, or something else.
    """
    for column, head in columns.items():
        told = _cells(rows, [column]) if _is_multiplier(head) else []
        others = [each for each in told if _number(each) != 1 and (known is None or _number(each) != known)]
        if others and known is None:
            statement = f"multiplier=1 / multiplier={others[0]}"
            raise InvalidInput([not_stated(Reason.MULTIPLIER_BESIDE, where, statement, column=head, value=others[0])])
        if others and known != 1:
            facts = {"reason": Reason.MULTIPLIER_CONTRADICTED, "value": str(known), "known": others[0]}
            raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, facts)])


def not_read(columns: Columns) -> tuple[str, ...]:
    """The heads of columns that nothing was read of: those that tell no meter and no multiplier."""
    return tuple(head for head in columns.values() if head and not _is_named(head) and not _is_multiplier(head))


def _is_multiplier(head: str) -> bool:
    return head.casefold().replace(" ", "_") in _MULTIPLIERS


def _number(cell: str) -> Decimal | None:
    try:
        return parse_decimal(cell)
    except NumberError:
        return None


def _is_named(head: str) -> bool:
    return head.casefold().replace(" ", "_") in _HEADS


def _cells(rows: Rows, columns: Iterable[int]) -> list[str]:
    """What stands in some columns, each once."""
    return list(dict.fromkeys(row[column] for column in columns for row in rows.values() if row[column]))
