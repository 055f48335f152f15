"""Requests whose numbers refuse to be looked at: signalling NaN, which no arithmetic and no comparison takes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import partial
from typing import Any, NoReturn

from billcalc.billing.places import Holds, pattern_of
from billcalc.billing.request import Request
from billcalc.billing.structure import term_of
from billcalc.fields import Model
from billcalc.fields.values import key_of

__all__ = ["Leaf", "leaves_in", "with_leaves"]

_NUMBERS = pattern_of(Holds.NUMBER)


class Leaf(Decimal):
    """A number of the customer's that refuses; ``where`` is its place."""

    where: str

    def __bool__(self) -> NoReturn:
        raise TypeError(f"the number at {self.where} was asked whether it is zero")

    def __format__(self, specifier: str, context: Any = None) -> NoReturn:
        raise TypeError(f"the number at {self.where} was written")


class _Term(Leaf):
    """A term of the basic charge: it tells whether another is the same, and nothing else."""

    label: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Term) and self.label == other.label

    def __hash__(self) -> int:
        return hash(self.label)


def with_leaves(request: Request) -> Request:
    """A request with a leaf for each number of the customer's.

    Terms of several entries of the agreement are the same where their numbers are; those of one entry never.
    """
    several = len(request.agreement) > 1
    return _instead(request, "", lambda where, number: _leaf(where, number if several else where))  # type: ignore[no-any-return]


def _leaf(where: str, label: object) -> Leaf:
    if term_of(where) is None:
        leaf = Leaf("sNaN")
    else:
        leaf = _Term("sNaN")
        leaf.label = label
    leaf.where = where
    return leaf


def _instead(value: Any, at: str, leaf: Callable[[str, Decimal], Leaf]) -> Any:
    if isinstance(value, Model) and value.plain_number is not None and _NUMBERS.fullmatch(at):
        changed = {name: leaf(at, each) for name in type(value).model_fields
                   if isinstance(each := getattr(value, name), Decimal)}  # fmt: skip
        return value.model_copy(update=changed)
    if isinstance(value, Model):
        kinds = type(value).model_fields.items()
        places = {name: at if name == value.spread else f"{at}/{key_of(name, field)}" for name, field in kinds}
        told = {name: _instead(getattr(value, name), place, leaf) for name, place in places.items()}
        return value.model_copy(update={name: each for name, each in told.items() if each is not getattr(value, name)})
    if isinstance(value, tuple):
        return tuple(_instead(each, f"{at}/{place}", leaf) for place, each in enumerate(value))
    if isinstance(value, dict):
        return {key: _instead(each, f"{at}/{key}", leaf) for key, each in value.items()}
    return leaf(at, value) if isinstance(value, Decimal) and _NUMBERS.fullmatch(at) else value


def leaves_in(value: Any) -> Iterator[Leaf]:
    """The leaves anywhere in records, tuples, mappings and what functions were given."""
    if isinstance(value, Leaf):
        yield value
    elif isinstance(value, partial):
        yield from leaves_in((value.args, value.keywords))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from leaves_in(key)
            yield from leaves_in(each)
    elif isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from leaves_in(each)
    elif isinstance(value, Model):
        yield from leaves_in(dict(value))
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from leaves_in(getattr(value, field.name))
