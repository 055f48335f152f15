"""Which places of a request hold what: read off the request's models, so that no list beside them can go stale."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum, StrEnum
from functools import partial
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from billcalc.billing.request import Request
from billcalc.fields import PLANNED, Model
from billcalc.fields.values import NOT_BELOW_ZERO, key_of

__all__ = ["Holds", "keys_to", "numbers_as_written", "pattern_of"]

_ANY_KEY, _PLACE = "[^/]+", "[0-9]+"


class Holds(Enum):
    """What stands at a place."""

    NUMBER = "a number of the customer, which the plan does not depend on"
    NOT_NEGATIVE = "such a number that may not be below zero"
    TRUTH = "true or false"
    BY_ID = "a mapping whose keys are ids or days, which may look like places in a list"


def pattern_of(holds: Holds) -> re.Pattern[str]:
    """The JSON pointers of all places that hold something.

    >>> [bool(pattern_of(holds).fullmatch("/facts/S1/cosphi")) for holds in (Holds.NUMBER, Holds.NOT_NEGATIVE)]
    [True, True]
    """
    return _joined(_places(Request, ""), holds)


def numbers_as_written() -> re.Pattern[str]:
    """The places of the customer's numbers in the JSON of a request, which has levels that pointers leave out.

    >>> bool(numbers_as_written().fullmatch("/metering_points/0/readings/1/registers/peak"))
    True
    """
    return _joined(_places(Request, "", written=True), Holds.NUMBER)


def keys_to(pointer: str, request: Request) -> Iterator[tuple[Any, Any]]:
    """What a pointer leads through: each record, list or mapping, and the name, place or key that is asked of it.

    >>> from billcalc.billing.request import Period
    >>> [key for _, key in keys_to("/period/to", Request.model_construct(period=Period.model_construct(end="")))]
    ['period', 'end']
    """
    found: Any = request
    for part in pointer.split("/")[1:]:
        for key in _keys(found, part):
            yield found, key
            found = getattr(found, key) if isinstance(found, Model) else found[key]


def _keys(found: Any, part: str) -> tuple[Any, ...]:
    if isinstance(found, tuple):
        return (int(part),)
    if isinstance(found, Mapping):
        return (next(key for key in found if str(key) == part),)
    assert isinstance(found, Model), "a pointer leads through records, lists and mappings"
    fields = type(found).model_fields
    name = next((name for name, field in fields.items() if key_of(name, field) == part and name != found.spread), None)
    if name is not None:
        return (name,)
    assert found.spread is not None, f"{part} is no key"
    return (found.spread, *_keys(getattr(found, found.spread), part))


def _joined(places: Iterable[tuple[str, Holds]], holds: Holds) -> re.Pattern[str]:
    return re.compile("|".join(dict.fromkeys(pattern for pattern, held in places if held is holds)))


def _places(
    shape: Any, at: str, *, planned: bool = False, written: bool = False, positive: bool = False
) -> Iterator[tuple[str, Holds]]:
    """The places of a type, as patterns of pointers; a number in what shapes the plan is none of the customer's."""
    within = partial(_places, planned=planned, written=written)
    origin, arguments = get_origin(shape), get_args(shape)
    if shape is Decimal:
        if not planned:
            yield at, Holds.NUMBER
        if not planned and positive:
            yield at, Holds.NOT_NEGATIVE
    elif shape is bool:
        yield at, Holds.TRUTH
    elif isinstance(shape, type) and issubclass(shape, Model):
        yield from _of_record(shape, at, planned=planned, written=written)
    elif origin is Annotated:
        yield from within(arguments[0], at, positive=positive or NOT_BELOW_ZERO in arguments)
    elif origin in (Union, UnionType):
        for each in arguments:
            yield from within(each, at, positive=positive)
    elif origin is tuple:
        yield from within(arguments[0], f"{at}/{_PLACE}")
    elif origin is dict:
        words = _words(arguments[0])
        if words is None:
            yield at, Holds.BY_ID
        yield from within(arguments[1], f"{at}/{words or _ANY_KEY}")


def _of_record(record: type[Model], at: str, *, planned: bool, written: bool) -> Iterator[tuple[str, Holds]]:
    if record.plain_number is not None and not written:
        positive = NOT_BELOW_ZERO in record.model_fields[record.plain_number].metadata
        yield from _places(Decimal, at, planned=planned, positive=positive)
        return
    for name, field in record.model_fields.items():
        is_spread = name == record.spread and not written
        below = at if is_spread else f"{at}/{re.escape(key_of(name, field))}"
        told = {"planned": planned or PLANNED in field.metadata, "positive": NOT_BELOW_ZERO in field.metadata}
        yield from _places(field.annotation, below, written=written, **told)


def _words(key: Any) -> str | None:
    """The keys of a mapping, where they are of a closed list."""
    word = get_args(key)[0] if get_origin(key) is Annotated else key
    return f"({'|'.join(word)})" if issubclass(word, StrEnum) else None
