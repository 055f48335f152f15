"""A law over the whole request: each key decides something, or is told to decide nothing.

For each key of each record that a request can have, a pair of requests that differ in this key alone and whose answers
differ: in the bill, its problems, the refusal or the faults. A new key without a pair fails here.
"""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.fields.values import key_of
from billcalc.kernel.troubles import InvalidInput
from tests.billing import (
    pairs,
    pairs_of_demands,
    pairs_of_hours,
    pairs_of_lines,
    pairs_of_losses,
    pairs_of_prices,
    pairs_of_tiers,
)
from tests.billing.cases import AREA, Data, changed, parsed
from tests.billing.pairs import ABSENT

PAIRS = {
    **pairs.PAIRS,
    **pairs_of_demands.PAIRS,
    **pairs_of_hours.PAIRS,
    **pairs_of_prices.PAIRS,
    **pairs_of_lines.PAIRS,
    **pairs_of_losses.PAIRS,
    **pairs_of_tiers.PAIRS,
}


def with_change(data: Data, place: str, value: object) -> Data:
    """The data with one value changed, or without it."""
    if value is not ABSENT:
        return changed(data, {place: value})
    *way, last = place.split(".")
    copy = changed(data, {})
    node: Any = copy
    for part in way:
        node = node[int(part)] if isinstance(node, list) else node.get(part, {})
    node.pop(last, None)
    return copy


def answer(data: Data, tariffs: Any) -> object:
    """What the request is answered with, but for the hash of the request itself."""
    try:
        found = calculate(parsed(data), tariffs)
    except InvalidInput as invalid:
        return str(invalid)
    if not isinstance(found, Bill):
        return str(found)
    problems = [(str(each), each.severity, each.alternatives) for each in found.problems]
    steps = [line.steps for line in found.lines]
    return (
        found.lines,
        steps,
        found.total,
        found.power_factors,
        found.kwh,
        problems,
        found.sources,
        found.cycle,
        found.period,
    )


def keys_of(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[str]:
    """Every key of a record and of the records in it."""
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        yield f"{model.__name__}.{key_of(name, field)}"
        for inner in models_of(field.annotation):
            yield from keys_of(inner, seen)


def models_of(annotation: Any) -> Iterator[type[BaseModel]]:
    """The records in the type of a field."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models_of(inner)


def test_every_key_of_a_request_has_its_pair() -> None:
    assert sorted(keys_of(Request, set())) == sorted(PAIRS)


@pytest.mark.parametrize("key", PAIRS)
def test_the_answers_of_a_pair_differ(key: str) -> None:
    data, place, one, other, *tariffs = PAIRS[key]
    [found] = tariffs or [AREA]

    first, second = (answer(with_change(data, place, value), found) for value in (one, other))

    assert first != second, f"{key}: {first}"
