"""What the columns of a file of intervals are, by the heads that exports give them, English and Chinese."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from billcalc.kernel.closed_lists import normal, words_by_name
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.hour_reasons import HourReason
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.interval_statements import Stated, Times, Values

__all__ = ["Columns", "columns_of", "is_of_time", "not_stated"]


class _Head(StrEnum):
    """What a column is."""

    TIME = "timestamp"
    START = "start"
    END = "end"
    DATE = "date"
    CLOCK = "clock"
    KWH = "kwh"
    KW = "kw"
    REGISTER = "register"
    VALUE = "value"
    QUALITY = "quality"


_HEADS: Mapping[str, _Head] = words_by_name(
    {
        _Head.TIME: (
            *("timestamp", "datetime", "date_time", "date/time", "reading_time"),
            *("数据时间", "采集时间", "采样时间", "日期时间", "时标", "数据时标", "时间点"),
        ),
        _Head.START: ("start", "start_time", "interval_start", "from", "开始时间", "起始时间", "开始", "起点"),
        _Head.END: ("end", "end_time", "interval_end", "to", "结束时间", "截止时间", "终止时间", "结束", "终点"),
        _Head.DATE: ("date", "day", "日期", "数据日期", "用电日期"),
        _Head.CLOCK: ("time", "clock", "时间", "时刻"),
        _Head.KWH: (
            *("kwh", "energy", "consumption", "usage", "energy_kwh", "usage_kwh"),
            *("电量", "用电量", "有功电量", "正向有功电量", "千瓦时"),
        ),
        _Head.KW: ("kw", "power", "power_kw", "功率", "有功功率", "平均功率", "总有功功率", "负荷", "千瓦"),
        _Head.REGISTER: (
            *("register_reading", "reading", "cumulative", "示数", "示值", "表码", "表底", "正向有功总"),
            *("正向有功总示数", "正向有功示数", "正向有功总示值", "累计电量"),
        ),
        _Head.VALUE: ("value", "值", "数值", "数据"),
        _Head.QUALITY: (
            *("quality", "quality_flag", "flag", "status", "state", "质量", "数据质量", "质量标志", "质量标识"),
            *("质量码", "状态", "数据状态", "数据标识"),
        ),
    }
)
_UNITS: Mapping[str, tuple[_Head, int]] = {
    **dict.fromkeys(("kwh", "kw·h", "kw.h", "千瓦时", "度"), (_Head.KWH, 0)),
    "wh": (_Head.KWH, -3),
    "mwh": (_Head.KWH, 3),
    "万千瓦时": (_Head.KWH, 4),
    **dict.fromkeys(("kw", "千瓦"), (_Head.KW, 0)),
    "w": (_Head.KW, -3),
    "mw": (_Head.KW, 3),
}
"""Units that stand with a head, and the power of ten that makes kWh or kW of them."""

_WITH_UNIT = re.compile(r"(.*?)[(\[/](.*?)[)\]]?")
_VALUES = {_Head.KWH: Values.KWH, _Head.KW: Values.KW, _Head.REGISTER: Values.REGISTER}
_OF_VALUES = {
    Values.KWH: (_Head.KWH, _Head.VALUE),
    Values.KW: (_Head.KW, _Head.VALUE),
    Values.KW_INSTANT: (_Head.KW, _Head.VALUE),
    Values.REGISTER: (_Head.REGISTER, _Head.VALUE, _Head.KWH),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of the columns of a file.

    Attributes:
        time: of the time; for a table of days of the date.
        clock: of the time of day, where it stands beside the date.
        end: of the end of the interval, where it stands beside its start.
        value: of the values; None where each row is a day.
        quality: of the marks.
        values: what the values are; None where nothing tells it.
        scale: the power of ten that makes kWh or kW of them.
        times: what the times are; None where nothing tells it.
    """

    time: int
    clock: int | None
    end: int | None
    value: int | None
    quality: int | None
    values: Values | None
    scale: Decimal
    times: Times | None

    @property
    def places(self) -> set[int]:
        """Those that are read."""
        told = (self.time, self.clock, self.end, self.value, self.quality)
        return {place for place in told if place is not None}


def columns_of(header: Sequence[str], where: str, stated: Stated) -> Columns:
    """Find the columns.

    Args:
        header: the heads.
        where: the place of the header.
        stated: what is stated of the file.

    Raises:
        InvalidInput: where one is missing or stands twice, or contradicts what is stated.
    """
    found: dict[_Head, list[tuple[int, _Head | None, int]]] = {}
    for place, head in enumerate(header):
        role, unit, scale = _head_of(head)
        if role is not None:
            found.setdefault(role, []).append((place, unit, scale))
    twice = [header[told[1][0]] for told in found.values() if len(told) > 1]
    if twice:
        raise InvalidInput([Fault(FaultCode.DUPLICATE_KEY, where, {"key": twice[0]})])
    places = {role: told[0][0] for role, told in found.items()}
    is_split = _Head.DATE in places and _Head.CLOCK in places
    time = _first(places, _Head.TIME, _Head.START, _Head.END, *(() if is_split else (_Head.CLOCK,)), _Head.DATE)
    if time is None:
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, where, {"key": "timestamp or date"})])
    is_day = time is _Head.DATE and not is_split
    value = None if is_day else _value_head(places, stated, where)
    times, end = _times(places, time, stated, where)
    unit, scale = (None, 0) if value is None else found[value][0][1:]
    values = stated.values or (None if value is None else _VALUES.get(value) or _VALUES.get(unit or value))
    if unit is not None and values is not None and unit is not (_Head.KW if values in _POWERS else _Head.KWH):
        facts = {"reason": Reason.UNIT_CONTRADICTED, "value": values.value, "column": header[places[value or unit]]}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, facts)])
    return Columns(
        time=places[time],
        clock=places[_Head.CLOCK] if is_split and time is _Head.DATE else None,
        end=end,
        value=None if value is None else places[value],
        quality=places.get(_Head.QUALITY),
        values=values,
        scale=Decimal(1).scaleb(scale),
        times=times,
    )


_POWERS = (Values.KW, Values.KW_INSTANT)


def is_of_time(head: str) -> bool:
    """Whether a column tells the time of its row, or a part of it.

    >>> is_of_time("数据时间"), is_of_time("kwh")
    (True, False)
    """
    return _HEADS.get(normal(head)) in (_Head.TIME, _Head.START, _Head.END, _Head.DATE, _Head.CLOCK)


def not_stated(reason: Reason | HourReason, where: str, statement: str, **facts: str) -> Fault:
    """What nothing tells, and how it is stated."""
    return Fault(FaultCode.NOT_STATED, where, {"reason": reason, "statement": statement, **facts})


def _head_of(head: str) -> tuple[_Head | None, _Head | None, int]:
    """What a head says the column is, the kind of its unit, and the power of ten of that."""
    text = normal(head)
    role = _HEADS.get(text)
    if role is not None:
        return role, None, 0
    apart = _WITH_UNIT.fullmatch(text)
    unit = _UNITS.get(apart[2]) if apart is not None else None
    if apart is not None and unit is not None:
        role = _HEADS.get(apart[1], unit[0] if not apart[1] else None)
        return (None, None, 0) if role is None else (role, *unit)
    unit = _UNITS.get(text)
    return (None, None, 0) if unit is None else (unit[0], *unit)


def _first(places: Mapping[_Head, int], *heads: _Head) -> _Head | None:
    return next((head for head in heads if head in places), None)


def _value_head(places: Mapping[_Head, int], stated: Stated, where: str) -> _Head:
    """The head of the values: of energy where there are several, since power tells it less exactly."""
    known = (_Head.KWH, _Head.KW, _Head.VALUE, _Head.REGISTER) if stated.values is None else _OF_VALUES[stated.values]
    found = _first(places, *known)
    if found is None:
        key = "kwh or kw" if stated.values is None else stated.values.value
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, where, {"key": key})])
    return found


def _times(places: Mapping[_Head, int], time: _Head, stated: Stated, where: str) -> tuple[Times | None, int | None]:
    """What the times are, by their heads or as stated, and the column of the ends beside the starts."""
    told = {_Head.START: Times.STARTS, _Head.END: Times.ENDS}.get(time)
    if told is not None and stated.times not in (None, told):
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, {"reason": Reason.TIMES_CONTRADICTED})])
    return told or stated.times, places.get(_Head.END) if time is _Head.START else None
