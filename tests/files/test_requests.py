"""A text that is written like another is the request that reading and checking it as any input gives."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from billcalc.billing.request import Request
from billcalc.billing.structure import canonical_text, structure_of
from billcalc.fields import Unchanging, validated
from billcalc.files import requests
from billcalc.files.documents import Document, parse_document
from billcalc.files.requests import KNOWN_LENGTH_MAX, request_of
from billcalc.kernel.troubles import InvalidInput
from tests.billing.cases import Data, changed, entry, point, request
from tests.proofs import REQUESTS


@pytest.fixture(autouse=True)
def nothing_is_known() -> None:
    """No test knows the ways of writing of another."""
    requests._way_of.cache_clear()


def answer(read: Callable[[str], Request], text: str) -> object:
    """A request and all that is made of it, or what is wrong with it."""
    try:
        asked = read(text)
    except InvalidInput as invalid:
        return [str(fault) for fault in invalid.faults]
    written = asked.model_dump_json(by_alias=True)
    return asked, asked.written, written, canonical_text(asked), structure_of(asked), asked.as_data()


def read_as_any(text: str) -> Request:
    return validated(Request, parse_document(text, name="body").data)


def written(data: Data) -> str:
    return json.dumps(data, ensure_ascii=False)


def is_alike(first: str, *others: str) -> None:
    """Read two texts of a way of writing, and then others, each as any input is read."""
    for text in (first, first, first, *others):
        assert answer(request_of, text) == answer(read_as_any, text)


def is_read(monkeypatch: pytest.MonkeyPatch, text: str) -> bool:
    """Whether a text is read as any input is."""
    read: list[str] = []

    def parsing(text: str, **told: Any) -> Document:
        read.append(text)
        return parse_document(text, **told)

    with monkeypatch.context() as patch:
        patch.setattr(requests, "parse_document", parsing)
        request_of(text)
    return bool(read)


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.parent.name)
def test_the_request_of_a_fixture_with_other_numbers_is_read_as_any_input(path: Path) -> None:
    text = written(parse_document(path.read_text(encoding="utf-8"), name=path.name).data)  # type: ignore[arg-type]
    numbers = re.compile(r'"(-?[0-9]+(?:\.[0-9]+)?)"(?! *:)')
    places = [found.span(1) for found in numbers.finditer(text)]
    each = [text[:start] + other + text[end:] for start, end in places[:40] for other in ("07.50", "-1", "0")]
    is_alike(text, numbers.sub(r'"\g<1>1"', text), numbers.sub('"0"', text), numbers.sub('"-0.0"', text), *each)


def month(kwh: str, meter: str = "A") -> Data:
    given = point(id="M2", given={"kwh": {"peak": kwh}})
    return changed(request(metering_points=[point(), given]), {"metering_points.0.config.0.meter": meter})


def test_a_third_text_of_a_way_of_writing_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = map(written, (month("1"), month("2"), month("3.10"), month("4", "B-1"), month("5")))
    assert [is_read(monkeypatch, text) for text in texts] == [True, True, False, False, False]


def test_a_request_that_is_not_parsed_does_not_change_either() -> None:
    known = [request_of(written(month("6", "C"))) for _ in range(3)][-1]
    assert type(known.metering_points[1].given.kwh) is Unchanging


def test_a_text_that_came_once_teaches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "pointers_of", lambda _: pytest.fail("looked for the places of the numbers"))
    request_of(written(request(given=[], area="cn-once")))


def test_ids_of_meters_may_differ_in_either_writing_and_must_be_ids() -> None:
    for apart in ((", ", ": "), (",", ":")):
        is_alike(*(json.dumps(month("6", name), separators=apart) for name in ("A", "7", "a b", "")))


def test_what_looks_like_a_number_and_is_none_must_be_alike() -> None:
    given = {"code": "fee", "section": "surcharge", "group": "main", "amount": "1.00", "label": "7"}
    is_alike(*(written(request(given=[{**given, "label": label, "amount": "2"}])) for label in ("7", "8", "9")))


@pytest.mark.parametrize(
    "changes",
    [
        {"metering_points.0.children": [{"id": "C", "kind": "ratio", "group": "main", "value": "0.5"}]},
        {"quantities": [{"name": "net", "group": "main", "kwh": {"peak": "0.5"}}]},
        {"price_sheet": {"title": "contract", "prices": {"purchase": {"peak": "0.5"}}}},
        {"price_sheet": {"title": "contract", "prices": {"purchase": {"peak": {"official": "0.5", "billed": "0.5"}}}}},
        {"metering_points.0.readings.1.峰": "0.5"},
        {"given": [{"code": "fee", "section": "surcharge", "group": "main", "amount": "1", "power_factor": {"ratio": "0.5"}}]},
    ],
)  # fmt: skip
def test_numbers_that_are_judged_together_are_judged(changes: Data) -> None:
    text = written(changed(request(), changes))
    is_alike(text, text.replace('"0.5"', '"1.5"'), text.replace('"0.5"', '"-1.5"'), text.replace('"0.5"', '"x"'))


def test_a_request_without_numbers_of_its_own_is_known() -> None:
    agreed = entry("2020-01-01", supply_points={"S1": {"power_factor_standard": "none"}}, basic={"mode": "exempt"})
    is_alike(written(request(agreement=[agreed], metering_points=[])))


def test_a_long_text_is_read_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    text = written(request()) + " " * KNOWN_LENGTH_MAX
    assert [is_read(monkeypatch, text) for _ in range(3)] == [True, True, True]


@pytest.mark.parametrize("text", ["", "{", '{"area": "1"', '{"a": "1", "a": "2"}', '{"a": NaN, "b": "1"}', '["1"]'])
def test_what_is_no_request_is_told_each_time(text: str) -> None:
    is_alike(text)


def test_a_number_with_too_many_digits_is_refused_as_ever() -> None:
    text = written(request(metering_points=[point(given={"kwh": {"peak": "5"}})]))
    is_alike(text, text.replace('"5"', f'"{"9" * 60}"'), text.replace('"5"', "5"), text.replace('"5"', '"5e3"'))
