"""Times as exports write them: the year first, in whatever marks, or a spreadsheet's serial number.

24:00 is 00:00 of the next day. Where the year does not come first nothing tells the day from the month, so such a time
is not read. A time without an offset is of the wall clock of a named zone.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from billcalc.fields.shown import quoted
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import EXACT
from billcalc.kernel.numbers import rounded_number
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["FileClock", "Unreadable", "zone_of"]

_DATE = r"(?P<year>\d{4})(?:(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
_CHINESE_DATE = r"|年(?P<month_2>\d{1,2})月(?P<day_2>\d{1,2})日|(?P<month_3>\d\d)(?P<day_3>\d\d))"
_CLOCK = r"(?:(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.0+)?)?"
_CHINESE_CLOCK = r"|(?P<hour_2>\d{1,2})时(?P<minute_2>\d\d)分|(?P<hour_3>\d\d)(?P<minute_3>\d\d)(?P<second_3>\d\d)?)"
_OFFSET = r"\s*(?P<offset>Z|[+-]\d\d:?\d\d)?"
_DAY = re.compile(_DATE + _CHINESE_DATE, re.ASCII)
_TIME = re.compile(rf"{_DATE}{_CHINESE_DATE}(?P<between>T|\s*){_CLOCK}{_CHINESE_CLOCK}{_OFFSET}", re.ASCII)
_SERIAL = re.compile(r"[2-7]\d{4}(\.\d{1,20})?", re.ASCII)
"""Days since the end of 1899 as spreadsheets count them: those of 1954 to 2119."""
_SERIAL_START = datetime(1899, 12, 30)  # noqa: DTZ001 a wall clock
_SECONDS_OF_DAY = Decimal(86400)


class Unreadable(Exception):
    """A row that is left out."""

    def __init__(self, code: FaultCode, **facts: str) -> None:
        self.code, self.facts = code, facts

    def fault(self, where: str) -> Fault:
        """The same with its place."""
        return Fault(self.code, where, self.facts)


def zone_of(name: str) -> ZoneInfo:
    """The zone of a name.

    Raises:
        InvalidInput: where there is none.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, or a name that no file can have
        facts = {"kind": "zone", "id": name, "known": "Asia/Shanghai …"}
        raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, "zone", facts)]) from None


class FileClock:
    """Turns the times of a file into instants, each by itself: the order of the rows decides nothing.

    Args:
        zone: whose wall clock the times without an offset are of.
    """

    def __init__(self, zone: tzinfo | None) -> None:
        self._zone = zone

    def instant(self, text: str) -> datetime:
        """The instant of a time.

        Raises:
            Unreadable: where it is none, or is not one instant by the clock of the zone.
        """
        try:
            local, offset = _local(text)
            if offset is not None:
                return local.replace(tzinfo=offset).astimezone(UTC)
            return self._instant(local, text)
        except (ValueError, OverflowError):  # no such day or hour, or one at the end of the calendar
            raise Unreadable(FaultCode.TIME_NOT_READ, value=quoted(text), expected="2024-06-01 00:15") from None

    def day(self, text: str) -> tuple[datetime, timedelta]:
        """The first instant of a day, and how long the day is: 24 hours, or 23 or 25 where the clock changes.

        Raises:
            Unreadable: where it is no day.
        """
        try:
            day = _day(unicodedata.normalize("NFKC", text))
            if self._zone is None:
                raise Unreadable(FaultCode.TIME_WITHOUT_ZONE, value=quoted(text))
            first, last = (
                datetime.combine(each, time(), tzinfo=self._zone).astimezone(UTC)
                for each in (day, day + timedelta(days=1))
            )
        except (ValueError, OverflowError):
            raise Unreadable(FaultCode.TIME_NOT_READ, value=quoted(text), expected="2024-06-01") from None
        return first, last - first

    def minute(self, text: str, minute: int) -> datetime:
        """The instant of a minute of a day, by the wall clock.

        Raises:
            Unreadable: where it is not one instant.
        """
        day = _day(unicodedata.normalize("NFKC", text))
        return self._instant(datetime.combine(day, time()) + timedelta(minutes=minute), text)

    def changes(self, text: str) -> Unreadable:
        """What is said of a day of which the clock makes more or fewer intervals than it has values."""
        return Unreadable(FaultCode.CLOCK_CHANGES, value=quoted(text), zone=str(self._zone))

    def _instant(self, local: datetime, text: str) -> datetime:
        """The instant of a time of the zone's wall clock."""
        if self._zone is None:
            raise Unreadable(FaultCode.TIME_WITHOUT_ZONE, value=quoted(text))
        earlier, later = (local.replace(tzinfo=self._zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if earlier != later:  # it comes twice, or the clock passes over it
            raise self.changes(text)
        return earlier


def _local(text: str) -> tuple[datetime, timezone | None]:
    """A time by the wall clock, and the offset that stands with it.

    Raises:
        ValueError: where it is none.
    """
    text = unicodedata.normalize("NFKC", text)
    if _SERIAL.fullmatch(text):
        seconds = rounded_number(EXACT.multiply(Decimal(text), _SECONDS_OF_DAY), Decimal(1))
        return _SERIAL_START + timedelta(seconds=int(seconds)), None
    found = _TIME.fullmatch(text)
    if found is None or (found["mark"] and not found["between"]):
        raise ValueError(text)
    hour, minute, second = (int(_of(found, part) or 0) for part in ("hour", "minute", "second"))
    at = timedelta(hours=hour, minutes=minute, seconds=second)
    if minute > 59 or second > 59 or at > timedelta(days=1):
        raise ValueError(text)
    offset = found["offset"]
    told = None if offset is None else datetime.fromisoformat(f"2000-01-01T00:00{offset}").tzinfo
    assert told is None or isinstance(told, timezone)
    return datetime.combine(_date(found), time()) + at, told


def _day(text: str) -> date:
    if _SERIAL.fullmatch(text):
        days = Decimal(text)
        if days != int(days):
            raise ValueError(text)
        return (_SERIAL_START + timedelta(days=int(days))).date()
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return _date(found)


def _date(found: re.Match[str]) -> date:
    return date(int(found["year"]), int(_of(found, "month") or 0), int(_of(found, "day") or 0))


def _of(found: re.Match[str], part: str) -> str | None:
    """A part of a time, in whichever way it is written."""
    names = [name for name in found.re.groupindex if name in (part, f"{part}_2", f"{part}_3")]
    return next((found[name] for name in names if found[name] is not None), None)
