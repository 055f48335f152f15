"""The form: no question is unknown, faults stand beside their fields, and what is filled in becomes a bill and a file."""

import re

import pytest

from billcalc.words.language import Language
from billcalc_pages.asking import asked_fields, draft_of
from billcalc_pages.form_answers import field_of
from tests.pages.filled import FILLED
from tests.pages.visiting import Browser, browser

SIDES = ("opening", "closing")
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture(scope="module")
def visitor() -> Browser:
    return browser()


@LANGUAGES
def test_the_form_asks_in_the_language_of_the_page(visitor: Browser, lang: str) -> None:
    text = visitor.get(f"/{lang}/form").text

    for field in asked_fields(Language(lang)).values():
        assert field.label in text
        assert f'id="{field.name}"' in text
    assert ("两部制" if lang == "zh" else "two-part") in text


@LANGUAGES
def test_what_is_filled_in_becomes_a_bill_that_can_be_kept_as_a_request(visitor: Browser, lang: str) -> None:
    """(0.2 − 0) × 660000 = 132000 kWh at 0.691794 are 91316.81, as in the notice of that month."""
    answer = visitor.post(f"/{lang}/form", FILLED)
    found = re.search(r'name="request_text" value="([^"]+)"', answer.text)

    assert answer.status_code == 200
    assert "91316.81" in answer.text
    assert found is not None
    draft, wrong = draft_of(FILLED, Language(lang))
    kept = visitor.post(f"/{lang}/bill", {"request_name": "request.yaml", "request_text": draft, "as": "yaml"})
    assert (kept.text, wrong) == (draft, {})
    assert kept.headers["content-disposition"] == 'attachment; filename="request.yaml"'
    assert "91316.81" in visitor.post(f"/{lang}/bill", request=("request.yaml", kept.content)).text


def test_the_example_is_kept_as_what_it_is(visitor: Browser) -> None:
    carried = {"request_name": "example.json", "request_text": "{}", "as": "yaml"}

    assert visitor.post("/zh/bill", carried).status_code == 422
    kept = visitor.post("/zh/bill", {"example": "1", "as": "yaml"})
    assert kept.headers["content-disposition"] == 'attachment; filename="request.json"'


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"area": ""}, "area"),
        ({"area": "cn-atlantis"}, "area"),
        ({"month": "June"}, "month"),
        ({"month": "2024-13"}, "month"),
        ({"month": "0000-01"}, "month"),
        ({"class": "royal"}, "class"),
        ({"voltage": ""}, "voltage"),
        ({"mode": ""}, "mode"),
        ({"billing": ""}, "billing"),
        ({"time_of_use": ""}, "time_of_use"),
        ({"standard": "0.95"}, "standard"),
        ({"read": ""}, "read"),
        ({"transformers": ""}, "transformers"),
        ({"transformers": "many"}, "transformers"),
        ({"transformers": "1,250"}, "transformers"),
        ({"closing_flat": ""}, "closing_flat"),
        ({"opening_reactive_reverse": "5"}, "closing_reactive_reverse"),
        ({"mode": "contracted"}, "contract"),
        ({"mode": "contracted", "contract": "-5"}, "contract"),
        ({"digits": "0"}, "digits"),
        ({"digits": "²"}, "digits"),
        ({"multiplier": "1e5"}, "multiplier"),
        ({"opening_peak": ""}, "opening_peak"),
        ({"opening_peak": "0.3"}, "closing_peak"),
        ({f"{side}_{band}": "" for side in SIDES for band in ("peak", "flat", "valley")}, "closing_total"),
    ],
)
def test_a_fault_stands_beside_its_field_and_the_rest_stays_filled_in(
    visitor: Browser, changed: dict[str, str], field: str
) -> None:
    answer = visitor.post("/zh/form", {**FILLED, **changed})

    assert answer.status_code == 422
    assert re.findall(r'id="([a-z_]+)-fault"', answer.text) == [field]
    assert f'aria-describedby="{field}-fault"' in answer.text
    assert 'value="0.3"' in answer.text


def test_what_another_answer_makes_needless_is_not_read() -> None:
    needless = {"billing": "one_part", "mode": "contracted", "transformers": "x", "contract": "y", "standard": "none"}
    draft, wrong = draft_of({**FILLED, **needless, "closing_maximum_demand": "z"}, Language.ENGLISH)

    assert wrong == {}
    assert "reactive_forward" not in draft
    assert "transformers" not in draft
    assert "mode: exempt" in draft


def test_a_household_has_one_part_and_the_catalogue() -> None:
    draft, wrong = draft_of({**FILLED, "class": "residential"}, Language.ENGLISH)

    assert wrong == {}
    assert 'billing: "one_part"' in draft
    assert 'purchase: "catalogue"' in draft


def test_where_only_the_energy_is_known_there_is_no_meter() -> None:
    told = {**FILLED, "read": "no", "opening_peak": "", "closing_peak": "132000", "digits": "", "multiplier": ""}
    draft, wrong = draft_of(told, Language.CHINESE)

    assert wrong == {}
    assert 'peak: "132000"' in draft
    assert "multiplier" not in draft


def test_a_maximum_demand_has_no_opening_reading() -> None:
    told = {**FILLED, "mode": "actual", "closing_maximum_demand": "0.1"}
    draft, wrong = draft_of(told, Language.CHINESE)

    assert wrong == {}
    assert draft.count("maximum_demand") == 1


def test_the_form_is_for_those_who_signed_in(visitor: Browser) -> None:
    answer = visitor.post("/zh/form", FILLED, token="0" * 64)

    assert answer.status_code == 403


@LANGUAGES
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"month": "1999-06"}, "area"),
        ({"closing_peak": "9999999"}, "closing_peak"),
        ({"multiplier": "0"}, "multiplier"),
        ({"transformers": "0"}, "transformers"),
        ({"mode": "actual"}, "closing_maximum_demand"),
    ],
)
def test_what_the_calculation_finds_wrong_stands_beside_the_field_that_caused_it(
    visitor: Browser, lang: str, changed: dict[str, str], field: str
) -> None:
    answer = visitor.post(f"/{lang}/form", {**FILLED, **changed})

    assert answer.status_code == 422
    assert re.findall(r'id="([a-z_]+)-fault"', answer.text) == [field]
    assert 'value="660000"' in answer.text or field == "multiplier"


def test_what_no_field_caused_stands_above_the_form(visitor: Browser) -> None:
    """Without a reactive reading there is no power factor, and no field is wrong."""
    answer = visitor.post("/en/form", {**FILLED, "opening_reactive_forward": "", "closing_reactive_forward": ""})

    assert answer.status_code == 422
    assert re.findall(r'id="([a-z_]+)-fault"', answer.text) == []
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(
    ("where", "field"),
    [
        ("/metering_points/0/readings/0/peak", "opening_peak"),
        ("/metering_points/0/readings/0/maximum_demand", "closing_maximum_demand"),
        ("/metering_points/0/readings/1/at", None),
        ("/metering_points/0/quantities/0/valley", "closing_valley"),
        ("/agreement/0/basic/contracts/regular", "contract"),
        ("/agreement/0/basic/mode", "mode"),
        ("/metering_points/0", None),
        ("/areas", None),
    ],
)
def test_a_place_of_the_request_is_led_back_to_its_field(where: str, field: str | None) -> None:
    assert field_of(where) == field
