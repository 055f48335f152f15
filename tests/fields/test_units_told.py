"""Units as heads, titles and notes of exports tell them."""

import pytest

from billcalc.fields.units_told import Told, unit_told


@pytest.mark.parametrize(
    ("text", "unit", "kind"),
    [
        ("峰电量(万千瓦时)", "万千瓦时", Told.OTHER),
        ("峰电量（MWh）", "MWh", Told.OTHER),
        ("容量[MVA]", "MVA", Told.OTHER),
        ("最大需量【万千瓦】", "万千瓦", Told.OTHER),
        ("单价(分/千瓦时)", "分/千瓦时", Told.OTHER),
        ("单价(元/MWh)", "元/MWh", Told.OTHER),
        ("单价(元/兆瓦时)", "元/兆瓦时", Told.OTHER),
        ("峰 万kWh", "万kWh", Told.OTHER),
        ("峰电量_MWh", "MWh", Told.OTHER),
        ("峰电量,单位:万千瓦时", "万千瓦时", Told.OTHER),
        ("峰电量 单位：万度", "万度", Told.OTHER),
        ("电费万元", "万元", Told.OTHER),
        ("电量万千瓦时", "万千瓦时", Told.OTHER),
        ("电量(万)", "万", Told.OTHER),
        ("电量(Wh)", "Wh", Told.OTHER),
        ("需量 W", "W", Told.OTHER),
        ("energy (本月) GWh", "GWh", Told.OTHER),
        ("2024年6月 单位：元、万千瓦时", "万千瓦时", Told.OTHER),
        ("单位：元、万千瓦时（含税）打印", "万千瓦时", Told.OTHER),
        ("说明：电量以万千瓦时计", "万千瓦时", Told.OTHER),
        ("电费以 万元 为单位", "万元", Told.OTHER),
        ("变损率(%)", "%", Told.PERCENT),
        ("峰电量(千瓦时)", "千瓦时", Told.KWH),
        ("峰电量 kWh", "kWh", Told.KWH),
        ("峰电量（kW·h）", "kW·h", Told.KWH),
        ("无功(千乏时)", "千乏时", Told.KVARH),
        ("最大需量(kW)", "kW", Told.KW),
        ("容量/kVA", "kVA", Told.KVA),
        ("单价(元/千瓦时)", "元/千瓦时", Told.MONEY),
        ("单价(元/千伏安)", "元/千伏安", Told.MONEY),
        ("电费(元)", "元", Told.MONEY),
    ],
)
def test_a_unit_is_found_wherever_heads_have_it(text: str, unit: str, kind: Told) -> None:
    assert unit_told(text) == (unit, kind)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "户名",
        "峰(第 1 分表)",
        "年度",
        "得分",
        "部门",
        "峰/谷",
        "某站20MVA",
        "20MW 光伏",
        "metering_points",
        "价(元/人)",
    ],
)
def test_what_is_no_unit_is_none(text: str) -> None:
    assert unit_told(text) is None
