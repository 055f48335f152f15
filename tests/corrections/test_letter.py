"""The letter of a correction and its text, in Chinese and English."""

import json
from typing import Any

import pytest

from billcalc.corrections.case import Cause, Half
from billcalc.corrections.letter import bills_of, conclusion, letter
from billcalc.corrections.rebill import undone
from billcalc.corrections.report import correction_text
from billcalc.corrections.words import CAUSES, HALVES, LETTER, TITLES
from billcalc.explain.printing import plain_text
from billcalc.explain.statement_page import statement_page
from billcalc.words.lexicon import CHINESE, ENGLISH, Lexicon
from tests.corrections.cases import case_of, month, rebilled

JANUARY = {"from": "2023-01-01", "to": "2023-02-01"}
SLOW: dict[str, Any] = {"cause": "计量误差", "error": "-0.2", **JANUARY}


def text(case: Any, lexicon: Lexicon) -> str:
    return plain_text(correction_text(rebilled(case), lexicon=lexicon))


def test_the_letter_has_reason_clause_and_figures() -> None:
    """250 kWh: 125 at 1.2, 75 at 0.8 and 50 at 0.4 are 230 yuan."""
    told = text(case_of(**SLOW, account="A-1"), CHINESE)

    assert "户号: A-1" in told
    assert "退补原因: 电能表误差超出允许范围" in told
    assert "依据: 供电营业规则 电力工业部令第8号 第八十条第一项" in told
    assert "折半方式: 每日电量的一半" in told
    assert "应补缴电费 230.00 元。" in told
    assert "峰" in told
    assert "1.25" in told
    assert "-1840.00" in told


def test_a_case_over_the_first_of_june_of_2024_cites_the_rules_of_both_sides_with_their_months() -> None:
    requests = [dated(month(number), "2023", "2024") for number in (5, 6)]
    case = case_of(*requests, **{**SLOW, "from": "2024-05-01", "to": "2024-07-01"})
    chinese, english = text(case, CHINESE), text(case, ENGLISH)

    assert "依据: 供电营业规则 电力工业部令第8号 第八十条第一项（适用账期：2024-05-01 至 2024-05-31）" in chinese
    assert "依据: 供电营业规则 国家发展改革委令第14号（适用账期：2024-06-01 至 2024-06-30）" in chinese
    assert "(of 2024-06-01 to 2024-06-30)" in english
    assert "发出前请对照文件核实" in chinese  # the articles of 2024 were not seen


def test_a_month_is_decided_by_the_rule_of_its_first_wrong_day() -> None:
    across = dated(dated(month(5), "2023-05-01", "2024-05-15"), "2023-06-01", "2024-06-15")
    [found] = rebilled(case_of(across, **SLOW | {"from": "2024-06-01", "to": "2024-06-15"})).months
    assert found.rules.id == "corrections-2024"


def test_what_the_letter_has_told_of_the_energy_is_no_doubt_of_its_bills() -> None:
    """The bill doubts as much as before: the metering point tells its energy because the letter says so."""
    told = text(case_of(**SLOW), ENGLISH)
    assert "section_not_priced" in told
    assert "given_fact" not in told
    assert "stated_without_effect" not in told

    given = month(metering_points=[month()["metering_points"][0] | {"given": {"kwh": {"peak": "1000"}}}])
    assert "given_fact" in text(case_of(given, **SLOW), ENGLISH)


def dated(request: Any, old: str, new: str) -> Any:
    return json.loads(json.dumps(request).replace(old, new))


def test_what_was_set_right_stands_in_the_letter() -> None:
    prices = {"price_sheet.components.0.price": {"bands": {"peak": "1", "flat": "0.8", "valley": "0.4"}}}
    case = case_of({"billed": month(), "right": {"price_sheet.not_charged": None}}, cause="电价错误", right=prices)
    told = text(case, ENGLISH)

    assert 'every month: price_sheet.components.0.price = {"bands":{"flat":"0.8","peak":"1","valley":"0.4"}}' in told
    assert "2023-01-01 to 2023-01-31: price_sheet.not_charged = left out" in told
    assert "hold it against the document" in told


@pytest.mark.parametrize(
    ("right", "said"),
    [
        ({"metering_points.0.config.0.multiplier": "9"}, "184.00 CNY are given back."),
        ({"metering_points.0.config.0.multiplier": "10"}, "there is nothing to correct"),
        (
            {"metering_points.0.readings.1.peak": "90", "metering_points.0.readings.1.flat": "75"},
            "what is to be paid stays the same",
        ),
    ],
)
def test_the_conclusion_says_who_pays_what(right: dict[str, str], said: str) -> None:
    assert said in conclusion(rebilled(case_of(cause="register", right=right)), lexicon=ENGLISH)


def test_a_rule_of_the_whole_time_says_nothing_of_halves() -> None:
    wired = text(case_of(cause="失压", factor="1.5", **JANUARY), CHINESE)
    nothing = text(case_of(**{**SLOW, "error": "0"}), CHINESE)

    assert "折半方式" not in wired
    assert "各月电费" not in nothing
    assert "各月计费无误，无需退补。" in nothing


def test_an_undoing_names_what_it_undoes() -> None:
    found = undone(rebilled(case_of(**SLOW)), "abc")

    assert ("undoes the statement", "abc") in letter(found, lexicon=ENGLISH)[0].rows
    assert all(block.title != TITLES["energy"].english for block in letter(found, lexicon=ENGLISH))


def test_a_normal_month_has_no_factor() -> None:
    case = case_of(cause="计量失准", normal_kwh={"peak": "1500", "flat": "600", "valley": "400"}, **JANUARY)

    assert "按正常月份" in text(case, CHINESE)


def test_the_bills_of_a_month_are_a_cancelling_and_a_replacing_one() -> None:
    request = month()
    request["agreement"][0]["supply_points"]["S1"]["power_factor_standard"] = "0.90"
    request["facts"] = {"S1": {"cosphi": "0.80"}}
    parts = dict(bills_of(rebilled(case_of(request, **SLOW)), lexicon=ENGLISH))

    assert list(parts) == ["Cancelling bill 2023-01-01", "Replacing bill 2023-01-01"]
    [off] = parts["Cancelling bill 2023-01-01"]
    assert any(row[4] == "5 %" for row in off.rows)
    page = statement_page([off], lexicon=ENGLISH)
    assert '<td class="number">-1932.00</td>' in page  # 1840 and 5 % of it
    assert '<td class="number">-1000</td>' in page


@pytest.mark.parametrize("table", [CAUSES, HALVES, LETTER, TITLES])
def test_every_word_is_there_in_both_languages(table: Any) -> None:
    assert all(pair.english.isascii() and not pair.chinese.isascii() for pair in table.values())


def test_every_cause_has_words() -> None:
    assert set(CAUSES) == set(Cause)
    assert set(HALVES) == set(Half)


def test_the_error_of_a_meter_stands_in_the_letter_in_percent() -> None:
    assert "电能表误差: -2.5 %" in text(case_of(cause="meter_error", error="-0.025", **JANUARY), CHINESE)
