"""JSON Schema (2020-12) of a shape, from its declaration."""

from collections.abc import Mapping
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, get_args, get_origin, get_type_hints, is_typeddict

__all__ = ["Day", "Form", "Number", "OneOf", "Schema", "schema_of"]

Schema = dict[str, Any]


class Form:
    """Beside a type: what more its schema says."""

    def __init__(self, **says: object) -> None:
        self.says = says


class OneOf:
    """Beside a text: the closed list it is of."""

    def __init__(self, words: type[StrEnum]) -> None:
        self.words = words


Number = Annotated[str, Form(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
"""An exact decimal: a JSON number is read as binary floating point by too many programs."""
Day = Annotated[str, Form(format="date")]
"""A day, written ``YYYY-MM-DD``."""


def schema_of(shape: Any, *, instead: Mapping[Any, Schema] | None = None) -> Schema:
    """The schema of a shape.

    Args:
        shape: a record (a ``TypedDict``), a text, number, truth, list, mapping or union of these.
        instead: for some records the schema to write in their place, such as a reference.

    >>> schema_of(list[Day | None])
    {'type': 'array', 'items': {'type': ['string', 'null'], 'format': 'date'}}
    """
    return _Schemas(instead or {}).of(shape)


_NAMES = {str: "string", int: "integer", bool: "boolean"}


class _Schemas:
    def __init__(self, instead: Mapping[Any, Schema]) -> None:
        self._instead = instead

    def of(self, shape: Any) -> Schema:
        if shape in self._instead:
            return self._instead[shape]
        if shape is Any:
            return {}
        if is_typeddict(shape):
            return self._record(shape)
        if shape in _NAMES:
            return {"type": _NAMES[shape]}
        origin, arguments = get_origin(shape), get_args(shape)
        if origin is Annotated:
            return self._annotated(*arguments)
        if origin is Literal:
            return {"const": arguments[0]}
        if origin is list:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(arguments[1])}
        assert isinstance(shape, UnionType) or str(origin) == "typing.Union", f"{shape} is no shape"
        return self._union(arguments)

    def _record(self, shape: Any) -> Schema:
        hints = get_type_hints(shape, include_extras=True)
        return {
            "type": "object",
            "required": [name for name in hints if name in shape.__required_keys__],
            "additionalProperties": False,
            "properties": {name: self.of(_member(hint)) for name, hint in hints.items()},
        }

    def _annotated(self, shape: Any, *beside: object) -> Schema:
        schema = self.of(shape)
        for each in beside:
            if isinstance(each, OneOf):
                schema = {**schema, "enum": [word.value for word in each.words]}
            else:
                assert isinstance(each, Form), f"{each} is no part of a schema"
                schema = {**schema, **each.says}
        return schema

    def _union(self, shapes: tuple[Any, ...]) -> Schema:
        schemas = [{"type": "null"} if shape is NoneType else self.of(shape) for shape in shapes]
        if shapes[1:] != (NoneType,) or "type" not in schemas[0]:
            return {"anyOf": schemas}
        schema = {**schemas[0], "type": [schemas[0]["type"], "null"]}
        return {**schema, "enum": [*schema["enum"], None]} if "enum" in schema else schema


def _member(hint: Any) -> Any:
    """The type of a member that may be left out."""
    return get_args(hint)[0] if get_origin(hint) is NotRequired else hint
