"""What is sent is closed, what is answered may get members; words on the wire are ASCII, and generators get good names."""

import re
from collections.abc import Iterator
from typing import Any

from billcalc_api.opening import opened
from tests.api.calling import contract

CLOSED = {"type": "object", "additionalProperties": False}


def operation(**parts: Any) -> dict[str, Any]:
    return {"/x": {"post": parts}}


def test_what_no_body_is_sent_in_is_open() -> None:
    sent = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Body"}}}}
    schemas = {
        "Body": {
            **CLOSED,
            "properties": {"inside": {"anyOf": [{"$ref": "#/components/schemas/Inside"}, {"type": "null"}]}},
        },
        "Inside": {**CLOSED, "properties": {"again": {"$ref": "#/components/schemas/Body"}}},
        "Answer": {**CLOSED, "properties": {"rows": {"items": CLOSED, "examples": [[1]]}}},
    }
    found = opened(schemas, operation(requestBody=sent))
    assert (found["Body"], found["Inside"]) == (schemas["Body"], schemas["Inside"])
    inside = {"items": {"type": "object"}, "examples": [[1]]}
    assert found["Answer"] == {"type": "object", "properties": {"rows": inside}}


def words(node: Any) -> Iterator[str]:
    """The words of closed lists."""
    if isinstance(node, dict):
        told = [*node.get("enum", ()), node.get("const")] if isinstance(node.get("enum", []), list) else []
        yield from (word for word in told if isinstance(word, str))
        for key, value in node.items():
            if key not in ("example", "examples"):
                yield from words(value)
    elif isinstance(node, list):
        for value in node:
            yield from words(value)


def test_words_on_the_wire_are_ascii() -> None:
    found = set(words(contract()))
    assert "peak" in found
    assert [word for word in sorted(found) if not word.isascii()] == []


def test_a_new_code_of_a_problem_breaks_no_client() -> None:
    schemas = contract()["components"]["schemas"]
    assert "enum" not in schemas["Problem"]["properties"]["code"]
    for name in ("Bill", "BatchBill"):
        problem = schemas[name]["properties"]["problems"]["items"]
        assert ("enum" in problem["properties"]["code"], "additionalProperties" in problem) == (False, False)


def test_an_operation_has_a_short_name_of_its_own() -> None:
    names = [each["operationId"] for path in contract()["paths"].values() for each in path.values()]
    assert len(names) == len(set(names))
    assert all(re.fullmatch("[a-z]+(_[a-z]+)*", name) for name in names)
