"""Names, quantities and spans in words."""

from datetime import date
from decimal import Decimal

import pytest

from billcalc.kernel.spans import Span
from billcalc.words.language import Language
from billcalc.words.lexicon import CHINESE, ENGLISH, LEXICONS
from billcalc.words.naming import labelled, money, percent, qualified, quantity, span_of, span_words, unit_words


def test_a_language_is_its_iso_code() -> None:
    assert LEXICONS[Language("zh")] is CHINESE
    assert LEXICONS[Language("en")] is ENGLISH


def test_a_name_says_what_it_is_of() -> None:
    assert qualified(CHINESE, "抄见电量", "M1", "峰") == "抄见电量（M1·峰）"
    assert qualified(ENGLISH, "metered energy", "M1", "peak") == "metered energy (M1, peak)"
    assert qualified(CHINESE, "合计") == "合计"


def test_a_label_stands_before_its_texts() -> None:
    assert labelled(CHINESE, "功率因数", "cosφ 0.93", "调整率 -0.45 %") == "功率因数：cosφ 0.93，调整率 -0.45 %"


@pytest.mark.parametrize(
    ("unit", "chinese", "english"),
    [
        ("kWh", "千瓦时", "kWh"),
        ("CNY/kVA", "元/千伏安·月", "CNY/kVA per month"),
        ("day·kVA", "千伏安·天", "kVA·days"),
        ("CNY·day", "元·天", "CNY·days"),
        ("TWD/kWh", "新台币元/千瓦时", "TWD/kWh"),
        ("USD/kWh", "USD/千瓦时", "USD/kWh"),
        ("1", "", ""),
    ],
)
def test_a_unit_in_words(unit: str, chinese: str, english: str) -> None:
    assert (unit_words(CHINESE, unit), unit_words(ENGLISH, unit)) == (chinese, english)


def test_money_has_its_fen_and_other_quantities_no_more_digits_than_they_need() -> None:
    assert quantity(CHINESE, Decimal("5520.9"), "CNY") == "5520.90 元"
    assert quantity(CHINESE, Decimal("132000.00"), "kWh") == "132000 千瓦时"
    assert quantity(ENGLISH, Decimal("0.93"), "1") == "0.93"
    assert money(Decimal("-0.5")) == "-0.50"
    assert money(Decimal("1.005")) == "1.005"  # writing never rounds


def test_a_ratio_in_percent_is_exact() -> None:
    assert percent(Decimal("-0.0045")) == "-0.45 %"
    assert percent(Decimal("1.41")) == "141 %"
    assert percent(Decimal(0)) == "0 %"


def test_a_span_is_told_with_its_last_day() -> None:
    june = Span(date(2024, 6, 12), date(2024, 7, 1))
    assert span_words(CHINESE, june) == "2024-06-12 至 2024-06-30"
    assert span_words(ENGLISH, june) == "2024-06-12 to 2024-06-30"


@pytest.mark.parametrize("text", ["M1", "request/price_sheet", "2024-06-12", "2024-06-12/..", "2024-07-01/2024-06-12"])
def test_only_what_a_span_wrote_is_a_span(text: str) -> None:
    assert span_of(text) is None


def test_a_span_is_read_back() -> None:
    june = Span(date(2024, 6, 12), date(2024, 7, 1))
    assert span_of(str(june)) == june
