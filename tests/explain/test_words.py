"""Names, quantities, spans and sentences in words."""

from datetime import date
from decimal import Decimal

import pytest

from billcalc.explain.chinese import CHINESE
from billcalc.explain.english import ENGLISH
from billcalc.explain.words import (
    LEXICONS,
    Language,
    fact_words,
    labelled,
    money,
    percent,
    qualified,
    quantity,
    sentence,
    span_of,
    span_words,
    unit_words,
)
from billcalc.kernel.spans import Span
from billcalc.kernel.wording import FaultCode, ProblemCode, RefusalCode


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
        ("TWD/kWh", "TWD/千瓦时", "TWD/kWh"),
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


def test_a_sentence_says_what_is_the_matter_and_what_to_do() -> None:
    facts = {"point": "M1", "register": "reactive_reverse", "needed_by": "the power factor"}
    assert sentence(ENGLISH, RefusalCode.REGISTER_MISSING, facts) == (
        "metering point M1 has no register reactive_reverse, which the power factor needs; "
        "give its readings, or say not_installed: [reactive_reverse]"
    )
    assert sentence(CHINESE, RefusalCode.REGISTER_MISSING, facts) == (
        "计量点 M1 没有计度器 反向无功，而功率因数计算需要它；请给出其示数，或注明 not_installed: [reactive_reverse]"
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("key", "power_factor.round", "功率因数调整电费的取整（power_factor.round）"),
        ("key", "metering_points", "metering_points"),
        ("chosen", "reactive_forward + reactive_reverse", "正向无功 + 反向无功"),
        ("chosen", "0.01", "0.01"),
        ("band", "deep_valley", "深谷"),
        ("register", "maximum_demand", "最大需量"),
        ("evidence", "inferred", "由已出账单推断"),
        ("kind", "purchase_price", "代理购电价格"),
        ("kind", "metering point", "计量点"),
        ("wanted", "network_price", "输配电价"),
        ("needed_by", "time of use", "分时计费"),
        ("chosen", "no discount", "无折扣"),
        ("mode", "contracted", "按合同最大需量"),
        ("energy", "reactive", "无功"),
        ("missing", "the energy", "电量"),
        ("differing", "inputs and settings", "输入文件、设置"),
        ("value", "total", "total"),
        ("point", "peak", "peak"),
    ],
)
def test_facts_are_put_into_words_where_the_value_is_one_of_ours(name: str, value: str, words: str) -> None:
    assert fact_words(CHINESE, name, value) == words
    assert fact_words(ENGLISH, name, value) == value


def test_a_fault_repeats_what_was_written() -> None:
    facts = {"value": "total", "known": "peak, flat"}
    assert sentence(CHINESE, FaultCode.UNKNOWN_WORD, facts) == "“total”不是可接受的值；请使用以下之一：peak, flat"


def test_an_undocumented_convention_is_told_by_its_name_and_key() -> None:
    facts = {"key": "basic.days", "area": "cn-x", "chosen": "thirtieth"}
    assert sentence(CHINESE, ProblemCode.CONVENTION_UNDOCUMENTED, facts) == (
        "没有文件说明 cn-x 的计费惯例 不足一月时的天数算法（basic.days），现按“每月按三十天”计算；"
        "请与该地区已出的账单比对，并把惯例记录下来"
    )
