"""Requests of JSON texts: one that is written like another is read by its numbers alone.

What a program sends month by month is one text but for its numbers and the ids of its meters. The first text is read
and checked as any input. From the second on the way of writing is known: where in the record each number goes, and of
which type it is. A further text of this way has its numbers checked by their types, and is the record of the second
with them in their places. What a record judges beside its other fields must be alike, and what is not as its type says
is read as any input, which tells all that is wrong.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import count, islice
from operator import itemgetter
from typing import Any, get_args, get_type_hints

from pydantic import AfterValidator, TypeAdapter, ValidationError, WrapValidator

from billcalc.billing.places import Holds, keys_to, pattern_of
from billcalc.billing.request import Request
from billcalc.billing.structure import is_meter, pointers_of
from billcalc.fields import Model, Unchanging, validated
from billcalc.files.documents import Format, parse_document
from billcalc.kernel.decimals import decimal_text

__all__ = ["KNOWN_LENGTH_MAX", "KNOWN_MAX", "request_of"]

KNOWN_MAX = 512
"""How many ways of writing are known; those that came the longest time ago are forgotten."""

KNOWN_LENGTH_MAX = 1 << 14
"""The longest text whose way of writing is kept [character]: one with intervals is longer."""

_NUMBER_OR_METER = re.compile(
    r'"(?<!\\")((?:(?:(?<="meter":")|(?<="meter": "))[^"\\]*)|-?[0-9]+(?:\.[0-9]+)?)"(?!\s*:)'
)
"""A text of JSON that looks like a number, or the id of a meter, and is no key; see ``billing.request``."""

_NUMBERS = pattern_of(Holds.NUMBER)


def request_of(text: str, *, name: str = "body") -> Request:
    """The request that a JSON text is.

    Args:
        text: without a byte order mark.
        name: what messages call it.

    Raises:
        InvalidInput: as ``parse_document`` and ``validated`` do.
    """
    if len(text) > KNOWN_LENGTH_MAX:
        return _read(text, name)
    parts = _NUMBER_OR_METER.split(text)
    way, told = _way_of(tuple(parts[::2])), parts[1::2]
    request = way.request(told)
    if request is None:
        request = _read(text, name)
        way.learn(request, told)
    return request


def _read(text: str, name: str) -> Request:
    return validated(Request, parse_document(text, name=name, written_in=Format.JSON).data)


class _Way:
    """A way of writing: a text without what may differ, and once it came twice, what requests so written are."""

    def __init__(self, between: tuple[str, ...]) -> None:
        """Take what stands between the texts that may differ."""
        self._between = between
        self._came = False
        self._known: _Known | None = None

    def request(self, told: Sequence[str]) -> Request | None:
        """The request with some texts; None where it is to be read as any input."""
        return None if self._known is None else self._known.request(told)

    def learn(self, request: Request, told: Sequence[str]) -> None:
        """Learn from the second request that is written so: the first may be the last."""
        if self._came and self._known is None:
            self._known = _Known(request, pointers_of(self._between), told)
        self._came = True


_way_of = lru_cache(maxsize=KNOWN_MAX)(_Way)


class _Known:
    """What requests of one way of writing are: where each text goes in the record, and where in the record's JSON."""

    def __init__(self, request: Request, pointers: Sequence[str], told: Sequence[str]) -> None:
        """Learn from a request, the pointers to its texts that may differ, and these texts."""
        paths = {hole: list(keys_to(pointer, request)) for hole, pointer in enumerate(pointers) if _may_differ(pointer)}
        types = {hole: kind for hole, path in paths.items() if (kind := _type_at(path)) is not None}
        self._own = tuple(types)
        self._fixed = [(hole, text) for hole, text in enumerate(told) if hole not in types]
        self._read = [_reader(kind) for kind in types.values()]
        leaves = [([key for _, key in paths[hole]], place) for place, hole in enumerate(types)]
        self._made = _maker(request, leaves)
        assert self._made(self._values(told)) == request, "each text goes where it came from"
        probes = list(islice(_texts_not_in(request.written), len(types)))
        written = self._made([read(probe) for read, probe in zip(self._read, probes, strict=True)]).written_parts
        self._written = written
        self._order = [(at, probes.index(text)) for at, text in enumerate(written) if text in probes]
        assert len(self._order) == len(probes), "each text is written once"

    def request(self, told: Sequence[str]) -> Request | None:
        """The request with some texts; None where one is another that should be alike, or is not as its type says."""
        if any(told[hole] != text for hole, text in self._fixed):
            return None
        try:
            values = self._values(told)
        except ValidationError:
            return None
        request: Request = self._made(values)
        written = self._written.copy()
        for at, place in self._order:
            value = values[place]
            written[at] = decimal_text(value) if isinstance(value, Decimal) else value
        request.is_written(written)
        return request

    def _values(self, told: Sequence[str]) -> list[Any]:
        return [read(told[hole]) for hole, read in zip(self._own, self._read, strict=True)]


def _may_differ(pointer: str) -> bool:
    return is_meter(pointer) or _NUMBERS.fullmatch(pointer) is not None


def _type_at(path: Sequence[tuple[Any, Any]]) -> Any:
    """The type of the number or text that a path leads to; None where it is judged together with others."""
    kind: Any = None
    for within, key in path:
        if isinstance(within, Model):
            kind = None if _judges(type(within)) else get_type_hints(type(within), include_extras=True)[key]
        else:
            kind = _of_entries(kind, within)
        if kind is None:
            return None
    within, key = path[-1]
    found = getattr(within, key) if isinstance(within, Model) else within[key]
    return kind if isinstance(found, Decimal | str) else None


@lru_cache(maxsize=KNOWN_MAX)
def _judges(record: type[Model]) -> bool:
    """Whether a record judges its fields when it has them."""
    told = record.__pydantic_decorators__
    return bool(told.field_validators) or any(each.info.mode != "before" for each in told.model_validators.values())


def _of_entries(kind: Any, within: object) -> Any:
    """The type of the entries of a list or mapping; None where they are judged together."""
    inner, *beside = get_args(kind)  # each has its limit beside it
    judged = any(isinstance(each, AfterValidator | WrapValidator) for each in beside)
    return None if judged else get_args(inner)[1 if isinstance(within, Mapping) else 0]


@lru_cache(maxsize=KNOWN_MAX)
def _reader(kind: Any) -> Callable[[object], Any]:
    """What reads a text as its field does."""
    return TypeAdapter(kind).validate_python


def _maker(found: Any, leaves: Sequence[tuple[Sequence[Any], int]]) -> Callable[[Sequence[Any]], Any]:
    """What makes a record, list or mapping with other values in it.

    Args:
        found: the one that it is like.
        leaves: for each value the keys that lead to it, and its place among the values.
    """
    below: dict[Any, list[tuple[Sequence[Any], int]]] = {}
    for (key, *keys), place in leaves:
        below.setdefault(key, []).append((keys, place))
    entries = found.__dict__ if isinstance(found, Model) else found
    parts = [
        (key, _maker(entries[key], inner) if inner[0][0] else itemgetter(inner[0][1])) for key, inner in below.items()
    ]
    if isinstance(found, tuple):
        places = dict(parts)
        return lambda values: tuple(
            [places[place](values) if place in places else entry for place, entry in enumerate(found)]
        )
    if isinstance(found, Mapping):
        return lambda values: Unchanging({**found, **{key: part(values) for key, part in parts}})
    fields = {name: found.__dict__[name] for name in type(found).model_fields}
    make, told = type(found).made, found.model_fields_set
    return lambda values: make({**fields, **{key: part(values) for key, part in parts}}, told)


def _texts_not_in(text: str) -> Iterator[str]:
    """Texts that are a number and an id and stand nowhere in a text."""
    return (probe for number in count(1) if (probe := f"0.{number:06}7") not in text)
