"""Mappings of inputs do not change: what is computed of a record is kept with it, and a plan with its structure."""

from typing import NoReturn, Self, TypeVar

__all__ = ["Unchanging", "unchanging"]

_K = TypeVar("_K")
_V = TypeVar("_V")


class Unchanging(dict[_K, _V]):
    """What a mapping of an input told when it was read, for good.

    >>> told = Unchanging({"S1": 1})
    >>> told["S1"] = 2
    Traceback (most recent call last):
    ...
    TypeError: what was read of an input does not change: copy the record with model_copy(update=...)
    """

    __slots__ = ()

    def _refused(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("what was read of an input does not change: copy the record with model_copy(update=...)")

    __setitem__ = __delitem__ = __ior__ = _refused
    clear = pop = popitem = setdefault = update = _refused

    def __reduce__(self) -> tuple[type[Self], tuple[dict[_K, _V]]]:
        return type(self), (dict(self),)

    def __deepcopy__(self, memo: object = None) -> Self:
        """Itself, as a record is."""
        return self


def unchanging(value: object) -> object:
    """A mapping or list that a program gives a record, as the record keeps it; anything else as it is."""
    if isinstance(value, list):
        return tuple(value)
    return Unchanging({key: unchanging(each) for key, each in value.items()}) if type(value) is dict else value
