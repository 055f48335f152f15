"""Heads and printed names that say something else than what a mapping takes them for."""

import pytest

from billcalc.audit.heads_told import Measure, band_otherwise, measure_otherwise
from billcalc.vocabulary import Band


@pytest.mark.parametrize(
    ("text", "band", "word"),
    [
        ("峰电量", Band.VALLEY, "峰"),
        ("高峰时段电费", Band.FLAT, "峰"),
        ("低谷", Band.PEAK, "低谷"),
        ("離峰", Band.PEAK, "離峰"),
        ("off-peak kWh", Band.PEAK, "off-peak"),
        ("深谷电量", Band.SHARP, "深谷"),
        ("平段（元）", Band.VALLEY, "平"),
        ("尖峰", Band.PEAK, None),
        ("尖电量", Band.PEAK, None),
        ("深谷", Band.VALLEY, None),
        ("峰谷合计", Band.VALLEY, None),
        ("平均电量", Band.PEAK, None),
        ("电量", Band.PEAK, None),
    ],
)
def test_a_band_that_is_told_otherwise(text: str, band: Band, word: str | None) -> None:
    assert band_otherwise(text, band) == word


@pytest.mark.parametrize(
    ("text", "measure", "word"),
    [
        ("峰电费", Measure.ENERGY, "电费"),
        ("峰电价", Measure.ENERGY, "电价"),
        ("无功示数", Measure.ENERGY, "无功"),
        ("最大需量示数", Measure.ENERGY, "需量"),
        ("容量", Measure.ENERGY, "容量"),
        ("有功无功电量", Measure.ENERGY, None),
        ("购电量", Measure.ENERGY, None),
        ("有功电量", Measure.REACTIVE, "有功"),
        ("无功电量", Measure.REACTIVE, None),
        ("需量", Measure.REACTIVE, "需量"),
        ("峰电量", Measure.DEMAND, "电量"),
        ("需量示数", Measure.DEMAND, None),
        ("需量电费", Measure.DEMAND, "电费"),
        ("无功", Measure.DEMAND, "无功"),
        ("最大需量", Measure.DEMAND, None),
        ("电量", Measure.CAPACITY, "电量"),
        ("容量电费", Measure.CAPACITY, "电费"),
        ("合同容量", Measure.CAPACITY, None),
        ("电费", Measure.PRICE, "电费"),
        ("需量电价", Measure.PRICE, None),
        ("计费电量", Measure.MONEY, "电量"),
        ("单价", Measure.MONEY, "单价"),
        ("容量电价", Measure.MONEY, None),
        ("电量电费", Measure.MONEY, None),
        ("容量电费", Measure.MONEY, None),
        ("合计", Measure.MONEY, None),
    ],
)
def test_a_quantity_that_is_told_otherwise(text: str, measure: Measure, word: str | None) -> None:
    assert measure_otherwise(text, measure) == word
