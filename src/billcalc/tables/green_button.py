"""Green Button (ESPI), the interval files of North American utilities, as a table like any other.

An Atom feed has entries that are tied by their links: blocks of intervals, the series of a meter (``MeterReading``)
that they are of, and what such a series is (``ReadingType``). What is written is a row for each interval of active
energy, or of active power where there is none, so that all that is known of tables holds of them too. Times are seconds
since 1970 in UTC. Series of other quantities, of other commodities and of registers are left out.

A text that declares a document type is refused: entities of entities would unpack without an end.

Source: NAESB REQ.21 (Energy Services Provider Interface): IntervalBlock, ReadingType, and its lists of codes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from xml.parsers import expat

from billcalc.fields.cells import Cell, Row
from billcalc.fields.shown import quoted
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import EXACT, NumberError, decimal_text, parse_decimal
from billcalc.kernel.numbers import quotient_number
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.grid import Grid

__all__ = ["grid_of", "is_xml"]

_BEFORE_TEXT = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
"""Byte order marks and blanks, one of which may stand before the first mark of an XML text."""
_DEPTH_MAX = 64
"""What is nested deeper is no feed, which has seven levels."""
_SECONDS = re.compile(r"[0-9]{1,11}")
_POWER = re.compile(r"[+-]?[0-9]{1,2}")
_INTERVAL = "IntervalReading"
_TYPE = "ReadingType"
_BLOCK = "IntervalBlock"
_SERIES = "MeterReading"
_KINDS = (_BLOCK, _SERIES, _TYPE)
_KEPT = (
    *("start", "duration", "value", "quality", "uom", "powerOfTenMultiplier", "flowDirection", "intervalLength"),
    *("accumulationBehaviour", "commodity", "defaultQuality"),
)
"""The elements whose texts are kept."""
_INTERVALS_MAX = 1 << 20
"""What a feed may have [interval]; ten years of five minutes."""
_USAGE_POINT = "/UsagePoint/"

_ENERGY, _POWER_UNIT = "72", "38"
"""Watt hours, and watts."""
_DELTAS = ("", "0", "4")
"""How a series accumulates whose values are of their intervals: untold, not at all, or as a difference."""
_ELECTRICITY = ("", "0", "1", "2")
_CHANNELS = {"": "forward", "0": "forward", "1": "forward", "4": "net", "19": "reverse", "20": "total"}
_QUALITIES: Mapping[str, str] = {
    "0": "valid", "7": "manually edited", "8": "estimated", "9": "estimated", "10": "questionable", "11": "derived",
    "12": "projected", "13": "mixed", "14": "raw", "15": "normalized for weather", "16": "other", "17": "validated",
    "18": "verified", "19": "revenue quality",
}  # fmt: skip
_GOOD = ("", "valid", "validated", "verified", "revenue quality")


@dataclass(slots=True)
class _Element:
    """What is kept of an element: the texts of its own elements, by their names.

    Attributes:
        where: its place.
        texts: by name; of those that stand several times all.
    """

    where: str
    texts: dict[str, list[str]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The text of one of its elements; empty where it has none."""
        return self.texts.get(name, [""])[0]


@dataclass(slots=True)
class _Entry:
    """An entry of the feed.

    Attributes:
        where: its place.
        kind: of what it holds, where that is asked for.
        links: their addresses, by what they are to the entry.
        element: what a ``ReadingType`` tells.
        intervals: of a block.
    """

    where: str
    kind: str = ""
    links: dict[str, list[str]] = field(default_factory=dict)
    element: _Element | None = None
    intervals: list[_Element] = field(default_factory=list)


def is_xml(content: bytes) -> bool:
    r"""Whether a file is XML, whatever its name.

    >>> is_xml(b"\xef\xbb\xbf<feed/>"), is_xml(b"timestamp,kwh")
    (True, False)
    """
    return content.lstrip(_BEFORE_TEXT)[:1] == b"<"


def grid_of(content: bytes, name: str) -> Grid:
    """The intervals of a feed, a row for each.

    Args:
        content: of the file.
        name: what messages call it.

    Raises:
        InvalidInput: where it is no XML, declares a document type, has no intervals of active energy or power, or has
            one that cannot be read.
    """
    entries = _Feed(name).read(content)
    types = {_address(entry): entry for entry in entries if entry.kind == _TYPE}
    series = {_address(entry): entry for entry in entries if entry.kind == _SERIES}
    told: list[tuple[_Element, str, _Entry]] = []
    for entry in (each for each in entries if each.kind == _BLOCK):
        up = _parent(entry)
        told.append((_type_of(entry, series.get(up), types), up, entry))
    kept = [each for each in told if _unit(each[0]) == _ENERGY] or [each for each in told if _unit(each[0])]
    if not kept:
        seen = ", ".join(sorted({_described(element) for element, _, _ in told})) or "–"
        facts = {"reason": Reason.NO_INTERVALS_IN_FEED, "value": seen}
        raise InvalidInput([Fault(FaultCode.SYNTAX, name, facts)])
    return _rows(kept, name)


def _rows(kept: Sequence[tuple[_Element, str, _Entry]], name: str) -> Grid:
    """A header and a row for each interval.

    Powers stand under a head that does not tell what they are: whether a power is of its interval or of an instant has
    to be stated.
    """
    is_energy = _unit(kept[0][0]) == _ENERGY
    heads = ("meter", "channel", *(("start", "end", "kwh") if is_energy else ("timestamp", "value")), "quality")
    rows: list[Row] = []
    faults: list[Fault] = []
    for element, up, entry in kept:
        meter = up.partition(_USAGE_POINT)[2] or up
        channel = _CHANNELS.get(element.text("flowDirection"), element.text("flowDirection"))
        for interval in entry.intervals:
            try:
                start, end = _times(interval, element)
                times = (start, end) if is_energy else (start,)
                texts = (meter, channel, *times, _value(interval, element), _quality(interval, element))
                rows.append(tuple(Cell(text, interval.where) for text in texts))
            except InvalidInput as invalid:
                faults.extend(invalid.faults)
    if faults:
        raise InvalidInput(faults)
    return Grid(name, (tuple(Cell(head, name) for head in heads), *rows))


def _address(entry: _Entry) -> str:
    """What links call an entry; its place where nothing does."""
    return entry.links.get("self", [entry.where])[0]


def _unit(element: _Element) -> str:
    """The unit of a series whose values are intervals of active energy or power of electricity; else nothing."""
    is_interval = element.text("accumulationBehaviour") in _DELTAS and element.text("commodity") in _ELECTRICITY
    if element.text("uom") == _ENERGY and is_interval:
        return _ENERGY
    is_power = element.text("uom") == _POWER_UNIT and element.text("commodity") in _ELECTRICITY
    return _POWER_UNIT if is_power else ""


def _described(element: _Element) -> str:
    names = ("commodity", "uom", "accumulationBehaviour")
    return " ".join(f"{name} {element.text(name) or '–'}" for name in names)


def _parent(block: _Entry) -> str:
    """The address of the series that a block is of; nothing where none is told."""
    for up in block.links.get("up", []):
        return up.removesuffix("/").removesuffix(f"/{_BLOCK}")
    return ""


def _type_of(block: _Entry, series: _Entry | None, types: Mapping[str, _Entry]) -> _Element:
    """What the series of a block is: by its links, else the only type that the feed has.

    Raises:
        InvalidInput: where nothing tells it.
    """
    related = [] if series is None else series.links.get("related", [])
    found = [types[address] for address in related if address in types] or [*types.values()]
    if len(found) != 1 or found[0].element is None:
        facts = {"reason": Reason.READING_TYPE_UNKNOWN, "count": str(len(found))}
        raise InvalidInput([Fault(FaultCode.SYNTAX, block.where, facts)])
    return found[0].element


def _times(interval: _Element, element: _Element) -> tuple[str, str]:
    """The start and the end of an interval.

    Raises:
        InvalidInput: where they are none, or another length than that of its type is told.
    """
    start, length = interval.text("start"), interval.text("duration")
    usual = element.text("intervalLength")
    if _is_length(usual) and _is_length(length) and int(usual) != int(length):
        facts = {"seen": _minutes(length), "step": _minutes(usual)}
        raise InvalidInput([Fault(FaultCode.STEP_DIFFERS, interval.where, facts)])
    length = length if _is_length(length) else usual
    if not _SECONDS.fullmatch(start) or not _is_length(length):
        name, value = ("duration", length) if _SECONDS.fullmatch(start) else ("start", start)
        facts = {"reason": Reason.SECONDS_EXPECTED, "key": name, "value": quoted(value)}
        raise InvalidInput([Fault(FaultCode.SYNTAX, interval.where, facts)])
    first = datetime.fromtimestamp(int(start), UTC)
    return first.isoformat(), (first + timedelta(seconds=int(length))).isoformat()


def _is_length(text: str) -> bool:
    return _SECONDS.fullmatch(text) is not None and 0 < int(text) < 1 << 32


def _minutes(seconds: str) -> str:
    return decimal_text(quotient_number(Decimal(seconds), Decimal(60), Decimal("0.01")))


def _value(interval: _Element, element: _Element) -> str:
    """The value in kWh or kW; a text that is no number stays, for whoever reads rows to tell of it."""
    text, power = interval.text("value"), element.text("powerOfTenMultiplier") or "0"
    if not _POWER.fullmatch(power):
        facts = {"reason": Reason.POWER_OF_TEN_EXPECTED, "value": quoted(power)}
        raise InvalidInput([Fault(FaultCode.SYNTAX, element.where, facts)])
    try:
        return decimal_text(EXACT.multiply(parse_decimal(text), Decimal(1).scaleb(int(power) - 3)))
    except NumberError:
        return text


def _quality(interval: _Element, element: _Element) -> str:
    """The mark of an interval: of several the first that is not good."""
    marks = interval.texts.get("quality") or element.texts.get("defaultQuality") or [""]
    words = [_QUALITIES.get(mark, mark) for mark in marks]
    return next((word for word in words if word not in _GOOD), words[0])


class _Feed:
    """Reads the entries of a feed as its text goes by; what nobody asks for is not kept."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._path: list[str] = []
        self._text: list[str] = []
        self._entries: list[_Entry] = []
        self._inner: _Element | None = None
        self._count = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append

    def read(self, content: bytes) -> Sequence[_Entry]:
        """The entries.

        Raises:
            InvalidInput: where the text cannot be read.
        """
        try:
            self._parser.Parse(content, True)  # noqa: FBT003 - expat takes it by its place
        except expat.ExpatError as error:
            where = f"{self._name}:{error.lineno}:{error.offset + 1}"
            raise InvalidInput([Fault(FaultCode.SYNTAX, where, {"reason": Reason.XML_MALFORMED})]) from None
        except InvalidInput:
            raise
        except (LookupError, ValueError):  # an encoding that there is not, or of several bytes
            raise InvalidInput([Fault(FaultCode.SYNTAX, self._here(), {"reason": Reason.XML_ENCODING})]) from None
        return self._entries

    def _here(self) -> str:
        return f"{self._name}:{self._parser.CurrentLineNumber}:{self._parser.CurrentColumnNumber + 1}"

    def _doctype(self, *_declared: object) -> None:
        raise InvalidInput([Fault(FaultCode.SYNTAX, self._here(), {"reason": Reason.XML_DOCTYPE})])

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if (not self._path and name not in ("feed", "entry")) or len(self._path) > _DEPTH_MAX:
            facts = {"reason": Reason.FEED_EXPECTED, "value": quoted(name)}
            raise InvalidInput([Fault(FaultCode.SYNTAX, self._here(), facts)])
        self._path.append(name)
        self._text.clear()
        if name in ("entry", _INTERVAL):
            self._count += 1
            if self._count > _INTERVALS_MAX:
                facts = {"limit": str(_INTERVALS_MAX), "count": str(self._count)}
                raise InvalidInput([Fault(FaultCode.TOO_MANY, self._here(), facts)])
        if name == "entry":
            self._entries.append(_Entry(self._here()))
            return
        entry = self._entries[-1] if "entry" in self._path else None
        if entry is None:
            return
        if name == "link":
            entry.links.setdefault(attributes.get("rel", ""), []).append(attributes.get("href", "").removesuffix("/"))
        elif name in _KINDS and not entry.kind:
            entry.kind = name
        if name in (_TYPE, _INTERVAL):
            self._inner = _Element(self._here())
            if name == _TYPE:
                entry.element = self._inner
            else:
                entry.intervals.append(self._inner)

    def _end(self, tag: str) -> None:
        name = self._path.pop()
        if name in (_TYPE, _INTERVAL):
            self._inner = None
        elif self._inner is not None and name in _KEPT:
            self._inner.texts.setdefault(name, []).append("".join(self._text).strip())
        self._text.clear()
