"""Codes and facts become sentences."""

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.words.facts import FactType, fact_type, fact_words
from billcalc.words.lexicon import CHINESE, ENGLISH
from billcalc.words.saying import sentence


def test_a_sentence_says_what_is_the_matter_and_what_to_do() -> None:
    facts = {"point": "M1", "register": "reactive_reverse", "needed_by": "the power factor"}
    assert sentence(ENGLISH, RefusalCode.REGISTER_MISSING, facts) == (
        "metering point M1 has no register reverse reactive, which the power factor needs; "
        "give its readings, or say not_installed: [reactive_reverse]"
    )
    assert sentence(CHINESE, RefusalCode.REGISTER_MISSING, facts) == (
        "计量点 M1 没有计度器 反向无功，而功率因数计算需要它；请给出其示数，或注明 not_installed: [reactive_reverse]"
    )


@pytest.mark.parametrize(
    ("name", "value", "chinese", "english"),
    [
        (
            "key",
            "power_factor.round",
            "功率因数调整电费的取整（power_factor.round）",
            "rounding of the power-factor adjustment (power_factor.round)",
        ),
        ("key", "metering_points", "metering_points", "metering_points"),
        (
            "key",
            "agricultural, school, one_part, <1kV, agent, no time of use",
            "农业、school、单一制、<1kV、代理购电、不执行分时电价",
            "agricultural, school, one-part, <1kV, agency purchase, no time of use",
        ),
        ("chosen", "reactive_forward + reactive_reverse", "正向无功 + 反向无功", "forward reactive + reverse reactive"),
        ("chosen", "0.01", "0.01", "0.01"),
        ("chosen", "no discount", "无折扣", "no discount"),
        ("band", "deep_valley", "深谷", "deep valley"),
        ("register", "maximum_demand", "最大需量", "maximum demand"),
        ("evidence", "inferred", "由已出账单推断", "inferred from issued bills"),
        ("kind", "purchase_price", "代理购电价格", "agency purchase prices"),
        ("kind", "metering point", "计量点", "metering point"),
        ("wanted", "network_price", "输配电价", "network prices"),
        ("needed_by", "time of use", "分时计费", "time of use"),
        ("mode", "contracted", "按合同最大需量", "by contracted demand"),
        ("differing", "inputs, settings", "输入文件、设置", "inputs, settings"),
        ("component", "network_energy", "输配电量电费", "Network energy charge"),
        ("component", "own_charge", "own_charge", "own_charge"),
        ("span", "2024-06-01/2024-07-01", "2024-06-01 至 2024-06-30", "2024-06-01 to 2024-06-30"),
        ("span", "2024-06-01/..", "2024-06-01 起", "from 2024-06-01"),
        ("span", "today", "today", "today"),
        ("range", "0..1", "0 至 1", "0 to 1"),
        ("range", "1..", "1 及以上", "1 and more"),
        ("range", ">0..", "大于 0", "above 0"),
        ("range", ">0..1", "大于 0 至 1", "above 0 to 1"),
        ("range", "above_zero", "大于零的数", "the numbers above zero"),
        ("value", "total", "total", "total"),
        ("point", "peak", "peak", "peak"),
    ],
)
def test_facts_are_put_into_words_where_the_value_is_one_of_ours(
    name: str, value: str, chinese: str, english: str
) -> None:
    kind = fact_type(FaultCode.EMPTY, name)
    assert (fact_words(CHINESE, kind, value), fact_words(ENGLISH, kind, value)) == (chinese, english)


def test_a_name_may_mean_something_else_for_one_code() -> None:
    energy = fact_type(RefusalCode.POWER_FACTOR_NOT_MEASURED, "energy")
    missing = fact_type(ProblemCode.DISCOUNT_NOT_TESTED, "missing")
    assert (fact_words(CHINESE, energy, "reactive"), missing) == ("无功", FactType.REASON)


def test_a_fault_repeats_what_was_written() -> None:
    facts = {"value": "total", "known": "peak, flat"}
    assert sentence(CHINESE, FaultCode.UNKNOWN_WORD, facts) == "“total”不是可接受的值；请使用以下之一：peak, flat"


def test_an_undocumented_convention_is_told_by_its_name_and_key() -> None:
    facts = {"key": "basic.days", "area": "cn-x", "chosen": "thirtieth"}
    assert sentence(CHINESE, ProblemCode.CONVENTION_UNDOCUMENTED, facts) == (
        "没有文件说明 cn-x 的计费惯例 不足一月时的天数算法（basic.days），现按“每月按三十天”计算；"
        "请与该地区已出的账单比对，并把惯例记录下来"
    )
