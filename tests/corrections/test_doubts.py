"""The ground of a case is that of what it changes, and its numbers are those of meters."""

from typing import Any

import pytest

from billcalc.corrections.case import Case, Cause
from billcalc.corrections.causes import causes_of, is_of
from billcalc.corrections.letter import letter
from billcalc.corrections.rebill import Correction
from billcalc.corrections.rebill import rebill as rebill_case
from billcalc.corrections.report import correction_text
from billcalc.explain.problems import doubts_block
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.corrections import correction_rules
from billcalc.tariff.catalog import Catalog
from billcalc.wire.corrections import correction_data
from billcalc.words.lexicon import CHINESE, ENGLISH
from billcalc.words.saying import sentence
from billcalc.words.things import CAUSES_OF_CORRECTIONS
from tests.corrections.cases import case_of, month, rebilled

JANUARY = {"from": "2023-01-01", "to": "2023-02-01"}
MULTIPLIER = {"metering_points.0.config.0.multiplier": "12"}
PRICE = {"price_sheet.components.0.price.bands.peak": "1.3"}
CLASS = {"agreement.0.groups.main.class": "large_industrial"}
READING = {"metering_points.0.readings.1.peak": "110"}
STATE = {"agreement.0.supply_points.S1.transformers.0.state": "suspended"}
CASES: dict[str, tuple[str, dict[str, str]]] = {
    "multiplier": ("multiplier", MULTIPLIER),
    "price": ("price", PRICE),
    "class": ("class", CLASS),
    "register": ("register", READING),
    "suspension": ("suspension", STATE),
}


def doubts(case: Case) -> list[tuple[str, str]]:
    found = [(each.code.value, each.where or "") for each in rebilled(case).doubts]
    return [each for each in found if not each[0].startswith("right_")]


def idle(case: Case) -> list[tuple[str, str]]:
    found = [(each.code.value, each.where or "") for each in rebilled(case).doubts]
    return [each for each in found if each[0].startswith("right_")]


TITLE = {"price_sheet.title": "contract of 2022"}


def test_what_corrects_nothing_is_a_doubt_by_its_path() -> None:
    as_billed = {"agreement.0.groups.main.voltage": "10kV"}
    case = case_of(cause="multiplier", right={**MULTIPLIER, **TITLE, **as_billed})
    assert idle(case) == [
        ("right_without_effect", "/right/price_sheet.title"),
        ("right_as_billed", "/right/agreement.0.groups.main.voltage"),
    ]
    assert idle(case_of(cause="multiplier", right=MULTIPLIER)) == []
    again = {"metering_points.0.config.0.multiplier": "10"}
    assert idle(case_of(cause="multiplier", right=again)) == [
        ("right_as_billed", "/right/metering_points.0.config.0.multiplier")
    ]


def test_what_sets_one_of_several_months_right_is_no_doubt() -> None:
    first = {"billed": month(), "right": TITLE}
    assert idle(case_of(first, {"billed": month(2)}, cause="multiplier", right=MULTIPLIER)) == [
        ("right_without_effect", "/months/0/right/price_sheet.title")
    ]
    second = month(2)
    second["metering_points"][0]["config"][0]["multiplier"] = "12"
    assert idle(case_of({"billed": month()}, {"billed": second}, cause="multiplier", right=MULTIPLIER)) == []


def test_what_the_others_are_wrong_without_has_an_effect() -> None:
    closing = {"metering_points.0.readings.0.peak": "105", **READING}  # 105 to 100 would run backwards
    assert idle(case_of(cause="register", right=closing)) == []


def test_a_path_beside_a_slow_meter_is_held_to_the_same() -> None:
    case = case_of(cause="meter_error", error="-0.1", right={**READING, **TITLE}, **JANUARY)
    assert idle(case) == [("right_without_effect", "/right/price_sheet.title")]


@pytest.mark.parametrize("cause", CASES)
def test_a_case_that_changes_what_its_cause_is_of_is_not_doubted(cause: str) -> None:
    assert doubts(case_of(cause=cause, right=CASES[cause][1])) == []


@pytest.mark.parametrize(
    ("cause", "right", "of"),
    [
        ("class", MULTIPLIER, "倍率错误"),
        ("multiplier", PRICE, "电价错误"),
        ("register", CLASS, "用电类别错误"),
        ("price", READING, "漏抄"),
        ("multiplier", STATE, "暂停处理错误"),
        ("price", CLASS, "用电类别错误"),
    ],
)
def test_a_cause_that_is_of_nothing_that_is_changed_is_refused_by_both_names(
    cause: str, right: dict[str, str], of: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        rebilled(case_of(cause=cause, right=right))
    [fault] = refused.value.faults
    assert (fault.code.value, fault.where) == ("inconsistent", "/cause")
    said = sentence(CHINESE, fault.code, fault.facts)
    assert f"原因写的是{CHINESE.causes[cause]}，而更正的内容（/right/{next(iter(right))}）属于其他原因：{of}" in said


def test_what_a_case_changes_beside_is_a_doubt_by_its_place() -> None:
    case = case_of({"billed": month(), "right": PRICE}, {"billed": month(2)}, cause="multiplier", right=MULTIPLIER)
    place = "/months/0/right/price_sheet.components.0.price.bands.peak"
    assert doubts(case) == [("change_of_another_cause", place)]


def test_a_price_set_right_beside_a_slow_meter_is_a_doubt() -> None:
    case = case_of(cause="meter_error", error="-0.1", right={**PRICE, **READING}, **JANUARY)
    assert doubts(case) == [("change_of_another_cause", "/right/price_sheet.components.0.price.bands.peak")]


def test_what_is_said_again_as_it_was_is_no_change() -> None:
    said = {"agreement.0.groups.main.class": "一般工商业", "agreement.0.groups.main.voltage": "10kV"}
    assert doubts(case_of(cause="multiplier", right={**MULTIPLIER, **said})) == []


def test_an_entry_that_is_added_changes_what_is_other_than_before() -> None:
    entry = {**month()["agreement"][0], "from": "2023-01-16"}
    entry["supply_points"] = {
        "S1": {"power_factor_standard": "none", "transformers": [{"id": "T1", "kva": "80", "state": "suspended"}]}
    }
    case = case_of(cause="suspension", right={"agreement.1": entry})
    assert doubts(case) == []


@pytest.mark.parametrize("told", ["-0.99", "0.31", "0.99", "-0.31"])
def test_an_error_that_hardly_any_meter_has_is_a_doubt(told: str) -> None:
    case = case_of(cause="meter_error", error=told, **JANUARY)
    assert doubts(case) == [("correction_implausible", "/error")]


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"cause": "wiring", "factor": "100"}, "/factor"),
        ({"cause": "wiring", "factor": "0.05"}, "/factor"),
        ({"cause": "mixed_ratios", "ratios": {"settled": "150/5", "phases": ["3000/5"] * 3}}, "/ratios"),
        (
            {"cause": "wiring", "wiring": {"system": "三相三线", "elements": ["reversed", "normal"], "cosphi": "0.99"}},
            "/wiring",
        ),
    ],
)
def test_a_factor_that_hardly_any_meter_has_is_a_doubt(told: dict[str, Any], where: str) -> None:
    assert doubts(case_of(**told, **JANUARY)) == [("correction_implausible", where)]


@pytest.mark.parametrize(
    "told",
    [
        {"cause": "meter_error", "error": "-0.3"},
        {"cause": "wiring", "factor": "10"},
        {"cause": "not_measured", "normal_kwh": {"peak": "1", "flat": "0", "valley": "0"}},
    ],
)
def test_numbers_of_meters_are_no_doubt(told: dict[str, Any]) -> None:
    assert doubts(case_of(**told, **JANUARY)) == []


def test_without_limits_no_number_is_doubted() -> None:
    case = case_of(cause="meter_error", error="-0.99", **JANUARY)
    found = rebill_case(case, Catalog([]), correction_rules())
    assert isinstance(found, Correction)
    assert found.doubts == ()


def test_a_doubt_is_told_below_the_letter_in_the_data_and_in_the_files() -> None:
    correction = rebilled(case_of(cause="meter_error", error="-0.99", **JANUARY))
    text = "\n".join(line.text for line in correction_text(correction, lexicon=CHINESE))
    assert "/error 为 -0.99" in text
    [told] = correction_data(correction, lexicon=ENGLISH)["doubts"]
    assert told["code"] == "correction_implausible"
    [block] = doubts_block(correction.doubts, CHINESE)
    assert "-0.99" in str(block.rows)
    assert "-0.99" not in str(doubts_block((), CHINESE))
    assert letter(correction, lexicon=CHINESE)


def test_each_cause_has_a_word_and_a_place() -> None:
    assert {each.value for each in Cause} == set(CAUSES_OF_CORRECTIONS)
    assert all(Cause.named(pair.chinese) is Cause(name) for name, pair in CAUSES_OF_CORRECTIONS.items())
    assert causes_of("/agreement/0/groups/main/class") == (Cause.CLASS,)
    assert is_of("/metering_points/0/losses", Cause.PRICE)
    assert not is_of("/metering_points/0/losses", Cause.CLASS)
