"""The words of notices: each name that is printed, in the signs that files give it."""

import pytest

from billcalc.notices.words import (  # fmt: skip
    IGNORED,
    Column,
    Unit,
    billing_of,
    class_of,
    column_of,
    is_multiple,
    months_in,
    unit_of,
    voltage_of,
    word,
)
from billcalc.vocabulary import Billing, CustomerClass, voltages_named


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("用电\n分类", Column.CUSTOMERS),
        ("⽤电分类", Column.CUSTOMERS),  # the first sign is the Kangxi radical that PDFs give for 用
        ("电压等级", Column.VOLTAGE),
        ("电度用电价格（元/千瓦时）", Column.TOTAL),
        ("非分时电度用电价格", Column.TOTAL),
        ("代理购电价格", Column.PURCHASE),
        ("其中：", IGNORED),
        ("上网环节\n线损费用折价", Column.UPSTREAM_LOSS),
        ("系统运行费用折合度电水平", Column.SYSTEM),
        ("政府性基金及附加（元／千瓦时）", Column.LEVIES),
        ("电度输配电价", Column.NETWORK),
        ("尖峰时段", Column.SHARP),
        ("高峰", Column.PEAK),
        ("平时段", Column.FLAT),
        ("平段", Column.FLAT),
        ("低谷时段", Column.VALLEY),
        ("深谷时段", Column.DEEP_VALLEY),
        ("最大需量（元/千瓦·月）", Column.DEMAND),
        ("变压器容量(元/千伏安·月)", Column.CAPACITY),
        ("容（需）量用电价格", IGNORED),
        ("容（需）量用电价格（元）", IGNORED),
        ("分时电度用电价格（元/千瓦时）", IGNORED),
        ("1=2+3+4+5+6", IGNORED),
        ("①", IGNORED),
        ("12", IGNORED),
        ("(元/千瓦时)", IGNORED),
        ("", IGNORED),
        ("0.6736", None),
        ("电度电价降价", None),
        ("备注", Column.REMARK),
    ],
)
def test_a_head_is_known_by_its_name(text: str, column: Column | str | None) -> None:
    assert column_of(text) == column


@pytest.mark.parametrize(
    ("text", "voltage"),
    [
        ("不满1千伏", "<1kV"),
        ("1千伏以下", "<1kV"),
        ("1-10千伏", "1-10kV"),
        ("1～10千伏", "1-10kV"),
        ("1至10kV", "1-10kV"),
        ("1—10（20）千伏", "1-10(20)kV"),
        ("35 千伏", "35kV"),
        ("35千伏及以上", ">=35kV"),
        ("110 KV", "110kV"),
        ("110千伏及以上", ">=110kV"),
        ("220千伏", "220kV"),
        ("220千伏\n及以上", ">=220kV"),
        ("35-110千伏以下", "35-66kV"),
        ("110～220kV以下", "110kV"),
        ("110（66）千伏", "110(66)kV"),
        ("1-35千伏以下", "1-10(20)kV"),
        ("高压", None),
    ],
)
def test_a_voltage_is_one_of_the_words_of_tariff_documents(text: str, voltage: str | None) -> None:
    assert voltage_of(text) == voltage
    assert voltage is None or voltages_named(voltage)


def test_numbers_in_full_width_are_words_only_in_words() -> None:
    assert word("１．５ 倍") == "1.5倍"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("电度用电价格（元/千瓦时）", {Unit.YUAN}),
        ("单位：分／千瓦时", {Unit.FEN}),
        ("元/kWh", {Unit.YUAN}),
        ("元/kW·h 或 分/kW·h", {Unit.YUAN, Unit.FEN}),
        ("元/千瓦·月", set()),
    ],
)
def test_a_unit_is_of_money_per_kwh(text: str, units: set[Unit]) -> None:
    assert unit_of(text) == units


def test_the_words_of_a_row_name_how_it_is_billed_and_for_whom() -> None:
    assert billing_of("工商业用电 单一制") == {Billing.ONE_PART}
    assert billing_of("大工业用电") == {Billing.TWO_PART}
    assert billing_of("单一制 两部制") == {Billing.ONE_PART, Billing.TWO_PART}
    assert billing_of("工商业") == set()
    assert class_of("大工业用电") is CustomerClass.LARGE_INDUSTRIAL
    assert class_of("一般工商业 两部制") is CustomerClass.GENERAL_COMMERCIAL
    assert class_of("工商业 两部制") is None


def test_a_title_tells_the_month_and_the_multiple() -> None:
    assert months_in("（2026年 9月）与 2026年10月") == ("2026-09", "2026-10")
    assert is_multiple("执行 1.5 倍代理购电价格的用户")
    assert not is_multiple("代理购电工商业用户电价表")
