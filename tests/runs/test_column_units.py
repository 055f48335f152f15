"""A column's head may tell the unit of its numbers, which is that of the place they fill."""

import pytest

from billcalc.kernel.codes import FaultCode
from billcalc.runs.column_units import other_meaning, other_unit

POINT = "metering_points.0"


@pytest.mark.parametrize(
    ("column", "path", "unit"),
    [
        ("峰 万kWh", f"{POINT}.given.kwh.peak", "kWh"),
        ("无功(kWh)", f"{POINT}.given.kvarh.reactive_forward", "kvarh"),
        ("电量(kvarh)", f"{POINT}.given.kwh.peak", "kWh"),
        ("电量(元)", f"{POINT}.readings.1.peak", "kWh"),
        ("无功(kWh)", f"{POINT}.readings.1.reactive_forward", "kvarh"),
        ("需量(kVA)", f"{POINT}.readings.1.maximum_demand", "kW"),
        ("需量(kVA)", "facts.S1.demand_kw", "kW"),
        ("核定需量(kVA)", "agreement.0.basic.contracts.regular", "kW"),
        ("容量(MVA)", "agreement.0.supply_points.S1.transformers.0.kva", "kVA"),
        ("电费(万元)", "given.0.amount", "CNY"),
        ("单价(分/kWh)", "price_sheet.prices.purchase.total", "CNY"),
        ("单价(%)", "given.0.price", "CNY"),
        ("线损率(%)", f"{POINT}.losses.line.share", "1"),
        ("居民比例 %", f"{POINT}.children.0.value", "kWh"),
        ("调整率%", "facts.S1.power_factor_ratio", "1"),
        ("I0(kW)", f"{POINT}.losses.transformer.transformers.T1.i0_percent", "%"),
        ("P0(W)", f"{POINT}.losses.transformer.transformers.T1.p0_kw", "kW"),
    ],
)
def test_a_head_in_another_unit_is_a_fault(column: str, path: str, unit: str) -> None:
    found = other_unit("in.csv", column, path)
    assert found is not None
    assert (found.code, found.where, found.facts["unit"]) == (FaultCode.INCONSISTENT, "in.csv", unit)


@pytest.mark.parametrize(
    ("column", "path"),
    [
        ("峰(kWh)", f"{POINT}.given.kwh.peak"),
        ("无功(kvarh)", f"{POINT}.readings.1.reactive_forward"),
        ("需量(kW)", f"{POINT}.readings.1.maximum_demand"),
        ("高压电动机(kW)", "agreement.0.supply_points.S1.transformers.0.kva"),
        ("单价(元/kWh)", "price_sheet.prices.purchase.total"),
        ("I0(%)", f"{POINT}.losses.transformer.transformers.T1.i0_percent"),
        ("电费(元)", "given.0.amount"),
        ("户名", "area"),
        ("facts.MWh.cosphi", "facts.MWh.cosphi"),
    ],
)
def test_a_head_in_the_unit_of_the_place_or_without_one_is_none(column: str, path: str) -> None:
    assert other_unit("in.csv", column, path) is None


@pytest.mark.parametrize(
    ("column", "path", "word"),
    [
        ("峰电量", f"{POINT}.given.kwh.valley", "峰"),
        ("止示数谷", f"{POINT}.readings.1.peak", "谷"),
        ("平段电价", "price_sheet.prices.purchase.peak", "平"),
        ("峰电费", f"{POINT}.given.kwh.peak", "电费"),
        ("无功示数", f"{POINT}.readings.1.peak", "无功"),
        ("有功电量", f"{POINT}.given.kvarh.reactive_forward", "有功"),
        ("总电量", "agreement.0.basic.contracts.regular", "电量"),
        ("基本电费", "agreement.0.supply_points.S1.transformers.0.kva", "电费"),
        ("退补电量", "given.0.amount", "电量"),
    ],
)
def test_a_head_that_names_another_band_or_quantity_is_a_fault(column: str, path: str, word: str) -> None:
    found = other_meaning("in.csv", column, path)
    assert found is not None
    assert (found.code, found.where, found.facts["value"]) == (FaultCode.INCONSISTENT, "in.csv", word)


@pytest.mark.parametrize(
    ("column", "path"),
    [
        ("尖电量", f"{POINT}.given.kwh.peak"),
        ("无功起示数", f"{POINT}.readings.0.reactive_forward"),
        ("需量止码", f"{POINT}.readings.1.maximum_demand"),
        ("峰段电价", "price_sheet.prices.purchase.peak"),
        ("退补电费", "given.0.amount"),
        ("电量", f"{POINT}.given.kwh.total"),
        ("功率因数", "facts.S1.cosphi"),
        ("综合倍率", f"{POINT}.config.0.multiplier"),
        ("given.0.amount", "given.0.amount"),
    ],
)
def test_a_head_that_says_what_the_place_is_or_nothing_is_none(column: str, path: str) -> None:
    assert other_meaning("in.csv", column, path) is None
