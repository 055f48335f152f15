"""A request that was read is what it was read as: nothing of it changes under what was computed of it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from billcalc import Request
from billcalc.fields import Model, Unchanging
from billcalc.files.loading import load

FIXTURES = Path(__file__).parents[2] / "fixtures"
REQUESTS = sorted([*FIXTURES.glob("official/*/request.yaml"), *FIXTURES.glob("by_hand/*/request.yaml")])


def mappings(value: object, where: str = "") -> Iterator[tuple[str, object]]:
    """All mappings and lists in a record, with their places."""
    if isinstance(value, Model):
        for name in type(value).model_fields:
            yield from mappings(getattr(value, name), f"{where}/{name}")
    elif isinstance(value, Mapping | list | set):
        yield where, value
        for key, inner in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from mappings(inner, f"{where}/{key}")
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from mappings(inner, f"{where}/{number}")


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.parent.name)
def test_no_mapping_of_a_request_can_be_changed(path: Path) -> None:
    found = list(mappings(load(Request, path)))
    assert found, "facts and events are mappings, told or not"
    assert [where for where, each in found if not isinstance(each, Unchanging)] == []
