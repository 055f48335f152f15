"""A law over the closed lists of a request: each of their words is answered otherwise than the others of its list.

For each key that has one word of a closed list, the requests that its pair starts from (or one of ``FURTHER``), with
each word in turn: no two words have the same answer, unless they are ``ALIKE`` by a rule that is named there.
"""

from collections.abc import Iterator
from enum import StrEnum
from itertools import combinations
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from billcalc.billing.request import Request
from billcalc.fields.values import key_of
from tests.billing.cases import AREA, INDUSTRY, SHOP, Data, changed, entry, request
from tests.billing.losses.lost import FORMULA, low
from tests.billing.pairs import POINT, SHARED
from tests.billing.test_band_prices import GUANGDONG, given_prices
from tests.billing.test_band_prices import tariffs as floating_tariffs
from tests.billing.test_every_key_decides import PAIRS, answer, models_of, with_change
from tests.billing.test_sharp import TWO, lit, month
from tests.billing.test_sharp import tariffs as sharp_tariffs

LATE = changed(request(), {"period.from": "2024-07-12", f"{POINT}.readings.0.at": "2024-07-12"})
EARLY = changed(request(), {"period.to": "2024-07-20", f"{POINT}.readings.1.at": "2024-07-20"})
PARTS = changed(
    SHARED,
    {
        f"{POINT}.children": [
            {"id": "L", "kind": "fixed", "group": "home", "value": "310"},
            {"id": "R", "kind": "ratio", "group": "home", "value": "0.1"},
        ]
    },
)
TENTH = changed(
    request(agreement=[entry("2020-01-01", groups={"main": INDUSTRY, "shop": SHOP})]),
    {
        f"{POINT}.children": [{"id": "R", "kind": "ratio", "group": "shop", "value": "0.1"}],
        f"{POINT}.readings.1.peak": "10.04",
        f"{POINT}.readings.1.valley": "30.04",
    },
)
"""1,004, 2,000 and 3,004 kWh, of which a tenth is 100.4, 200 and 300.4."""
BOTH_MODES = changed(request(), {"agreement.0.basic.contracts": {"regular": "600"}})
BEHIND = low({"transformer": FORMULA}, {"agreement.0.groups": SHARED["agreement"][0]["groups"]})
BEHIND = changed(BEHIND, {f"{POINT}.children": [{"id": "R", "kind": "ratio", "group": "home", "value": "0.5"}]})
LINE: Data = {"method": "share", "share": "0.01", "reactive_share": "0.1"}

FURTHER: dict[str, tuple[Any, ...]] = {
    "Basic.mode": (BOTH_MODES, "agreement.0.basic.mode"),
    "BasicConventions.days": (LATE, "conventions.basic.days"),
    "BasicConventions.first_day": (LATE, "conventions.basic.first_day"),
    "BasicConventions.last_day": (EARLY, "conventions.basic.last_day"),
    "EnergyConventions.sharp_elsewhere": (month(), "conventions.kwh.sharp_elsewhere", sharp_tariffs()),
    "LossConventions.groups": (BEHIND, "conventions.losses.groups"),
    "LossConventions.line_of": (low({"transformer": FORMULA, "line": LINE}), "conventions.losses.line_of"),
    "SubMeterConventions.ratio_bands": (TENTH, "conventions.sub_meters.ratio_bands"),
    "SubMeterConventions.ratio_of": (PARTS, "conventions.sub_meters.ratio_of"),
    "SubMeterConventions.without_sharp": (
        lit(), "conventions.sub_meters.without_sharp", sharp_tariffs(components=TWO),
    ),
    "TimeOfUseConventions.own_prices": (
        given_prices(total="0.4", sharp="0.85"), "conventions.time_of_use.own_prices", floating_tariffs(GUANGDONG),
    ),
}  # fmt: skip
"""Requests in which the words of a key matter, where the key's pair holds it against its absence alone."""

ALIKE: dict[str, list[set[str]]] = {
    "Change.kind": [{"connection", "increase", "mode"}, {"suspension", "reduction"}],
    "Group.class": [{"industrial_commercial", "general_commercial"}, {"large_industrial", "agricultural"}],
    "Reading.kind": [{"opening", "installation"}, {"closing", "cut", "removal"}],
    "Transformer.state": [{"hot_standby", "cold_standby"}, {"sealed_standby", "suspended"}],
}
"""Words that one rule answers alike: orders that only date a change; classes of one price; what opens, what closes a
period; what stands by and is billed, and what is sealed."""


OF_OTHERS = {
    "Selector.class", "Selector.billing", "Selector.voltage", "Selector.purchase",
    "BandPrices.unpriced", "Component.minimum_of", "LineSelector.sections",
}  # fmt: skip
"""Lists that may name what this bill has not: customers, bands and sections of others; their pairs show that they decide."""


def records(model: type[BaseModel], seen: dict[str, type[BaseModel]]) -> dict[str, type[BaseModel]]:
    """A record and the records in it, by their names."""
    if model.__name__ not in seen:
        seen[model.__name__] = model
        for field in model.model_fields.values():
            for inner in models_of(field.annotation):
                records(inner, seen)
    return seen


def words_of(annotation: Any) -> list[Any]:
    """The words of a closed list, each alone in a list where several may stand; empty where there is none."""
    if annotation is bool:
        return [True, False]
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return [word.value for word in annotation]
    origin = get_origin(annotation)
    if origin is Literal:
        return list(get_args(annotation))
    if origin is dict:
        return []
    if origin is tuple:
        return [[word] for word in words_of(get_args(annotation)[0]) if not isinstance(word, list)]
    return [word for inner in get_args(annotation) for word in words_of(inner)]


def closed() -> Iterator[tuple[str, list[Any]]]:
    """The keys with words of a closed list, with the words."""
    for name, model in records(Request, {}).items():
        for key, field in model.model_fields.items():
            words = words_of(field.annotation)
            if len(words) > 1 and (told := f"{name}.{key_of(key, field)}") not in OF_OTHERS:
                yield told, words


CLOSED = dict(closed())


def test_what_is_alike_is_named_for_keys_that_there_are() -> None:
    assert ALIKE.keys() <= CLOSED.keys()
    assert FURTHER.keys() <= CLOSED.keys()


@pytest.mark.parametrize("key", CLOSED)
def test_no_two_words_of_a_key_are_answered_alike(key: str) -> None:
    data, place, _, _, *tariffs = PAIRS[key]
    if key in FURTHER:
        data, place, *tariffs = FURTHER[key]
    [found] = tariffs or [AREA]
    answers = {str(word): answer(with_change(data, place, word), found) for word in CLOSED[key]}

    same = [{one, other} for one, other in combinations(answers, 2) if answers[one] == answers[other]]

    assert all(any(each <= alike for alike in ALIKE.get(key, ())) for each in same), same
