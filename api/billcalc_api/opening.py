"""Which shapes of the contract are closed: those that are sent; what is answered may get members that are new."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from billcalc.wire.schema import Schema

__all__ = ["opened"]

_REFERENCE = re.compile(r"#/components/schemas/(.+)")


def opened(schemas: Mapping[str, Schema], paths: Mapping[str, Any]) -> dict[str, Schema]:
    """The schemas: closed where they are sent alone; those that are answered, also if they are sent back, are open.

    Args:
        schemas: by name.
        paths: the operations of the contract, as OpenAPI has them.
    """
    operations = [operation for path in paths.values() for operation in path.values()]
    sent, answered = (
        _reached(schemas, [operation.get(part, {}) for operation in operations])
        for part in ("requestBody", "responses")
    )
    return {name: schema if name in sent - answered else _open(schema) for name, schema in schemas.items()}


def _reached(schemas: Mapping[str, Schema], parts: list[Any]) -> set[str]:
    """The schemas that parts of the contract lead to."""
    found: set[str] = set()
    waiting = list(_names_in(parts))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_names_in(schemas[name]))
    return found


def _names_in(node: Any) -> Iterator[str]:
    """The schemas that a part of the contract refers to."""
    if isinstance(node, dict):
        found = _REFERENCE.fullmatch(str(node.get("$ref", "")))
        if found is not None:
            yield found[1]
        for value in node.values():
            yield from _names_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from _names_in(value)


def _open(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _open(value) for key, value in node.items() if (key, value) != ("additionalProperties", False)}
    return [_open(each) for each in node] if isinstance(node, list) else node
