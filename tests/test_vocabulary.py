"""The words of the field are read where ours are, and never two of them for one."""

from copy import deepcopy
from typing import Any

import pytest

from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput
from billcalc.vocabulary import components_named

OURS: dict[str, Any] = {
    "area": "cn-anhui",
    "cycle": {"from": "2026-08-01", "to": "2026-09-01"},
    "period": {"from": "2026-08-01", "to": "2026-09-01"},
    "agreement": [
        {
            "from": "2026-08-01",
            "groups": {
                "main": {
                    "class": "large_industrial",
                    "billing": "two_part",
                    "voltage": "1-10kV",
                    "purchase": "market",
                    "time_of_use": True,
                },
                "office": {
                    "class": "industrial_commercial",
                    "billing": "one_part",
                    "voltage": "1-10kV",
                    "purchase": "agent",
                    "time_of_use": True,
                },
            },
            "supply_points": {
                "S1": {
                    "power_factor_standard": "0.90",
                    "transformers": [{"id": "T1", "kva": "1000", "state": "in_service"}],
                }
            },
            "basic": {"mode": "contracted", "contracts": {"regular": "800"}},
        }
    ],
    "metering_points": [
        {
            "id": "M1",
            "group": "main",
            "supply_point": "S1",
            "side": "low",
            "given": {"kwh": {}},
            "config": [{"from": "2026-08-01", "meter": "E1", "multiplier": "100", "digits": "6"}],
            "readings": [
                {"at": "2026-08-01", "kind": "opening", "peak": "1", "flat": "2", "maximum_demand": "0"},
                {"at": "2026-09-01", "kind": "closing", "peak": "3", "flat": "4", "rollover": ["peak"]},
            ],
            "children": [{"id": "R1", "kind": "ratio", "value": "0.03", "group": "office", "band": "flat"}],
        }
    ],
    "given": [
        {"code": "power_factor", "section": "power_factor", "group": "main", "amount": "1", "supplies": ["levies"]}
    ],
    "price_sheet": {
        "title": "contract",
        "instead_of": ["purchase_price"],
        "components": [{"code": "upstream_loss", "section": "upstream_loss", "price": "0.01"}],
        "prices": {"purchase": {"peak": "0.5", "flat": "0.4"}},
        "not_charged": ["levies"],
    },
    "conventions": {"power_factor": {"base": {"include": {"sections": ["energy"], "components": ["levies"]}}}},
}


THEIRS: dict[str, Any] = {
    "cn-anhui": "安徽省",
    "large_industrial": "大工业",
    "industrial_commercial": "工商业",
    "two_part": "两部制",
    "one_part": "单一制",
    "1-10kV": "１０ 千伏",
    "market": "市场化",
    "agent": "代理购电",
    "in_service": "运行",
    "contracted": "合同最大需量",
    "low": "高供低计",
    "opening": "上次示数",
    "closing": "本次示数",
    "ratio": "定比",
    "peak": "高峰",
    "flat": "平段",
    "maximum_demand": "最大需量",
    "power_factor": "力调电费",
    "levies": "政府性基金及附加",
    "purchase_price": "代理购电价格",
    "upstream_loss": "上网环节线损费用",
    "purchase": "代理购电价格",
    "energy": "购电电费",
}

OWN_KEYS = ("power_factor", "purchase")
"""Keys of the request that are also words; only below ``prices`` the second is a word."""


def in_their_words(data: Any, *, below: str = "") -> Any:
    if isinstance(data, dict):
        is_word = {key: key in THEIRS and (key not in OWN_KEYS or below == "prices") for key in data}
        return {(THEIRS[key] if is_word[key] else key): in_their_words(value, below=key) for key, value in data.items()}
    if isinstance(data, list):
        return [in_their_words(each, below=below) for each in data]
    return THEIRS.get(data, data) if isinstance(data, str) else data


def told(data: Any, path: str) -> Any:
    for part in path.split("/")[1:-1]:
        data = data[int(part) if isinstance(data, list) else part]
    return data


def fault_of(change: str, value: object) -> str:
    data = deepcopy(OURS)
    told(data, change)[change.rsplit("/", 1)[1]] = value
    with pytest.raises(InvalidInput) as caught:
        validated(Request, data)
    [fault] = caught.value.faults
    return str(fault)


def test_a_request_in_the_words_of_the_field_is_the_request_in_ours() -> None:
    request = validated(Request, OURS)
    theirs = in_their_words(OURS)

    assert theirs != OURS
    assert validated(Request, theirs) == request
    assert validated(Request, theirs).model_dump_json(by_alias=True) == request.model_dump_json(by_alias=True)


@pytest.mark.parametrize(
    ("change", "value", "message"),
    [
        (
            "/agreement/0/groups/main/class",
            "工业",
            'unknown_word: "工业" is not an accepted value; use one of: industrial_commercial, large_industrial, '
            "general_commercial, residential, agricultural "
            "(工商业 = industrial_commercial, 大工业 = large_industrial, 一般工商业 = general_commercial)",
        ),
        (
            "/agreement/0/groups/main/voltage",
            "35千伏及以上",
            'unknown_word: "35千伏及以上" is not an accepted value; use one of: 35kV, 66kV, 110kV, 220kV, 330kV, 500kV '
            "(35千伏 = 35kV, 500千伏 = 500kV, 330千伏 = 330kV)",
        ),
        (
            "/given/0/code",
            "重大水利工程建设基金",
            'unknown_word: "重大水利工程建设基金" is not an accepted value; use one of: water_project, water_projects',
        ),
        (
            "/given/0/code",
            "力调费",
            'unknown_word: "力调费" is not an accepted value; use one of: 力调电费 = power_factor, '
            "功率因数调整电费损益 = power_factor_difference, 需量电费 = demand",
        ),
        ("/given/0/code", ["levies"], 'wrong_type: a text is expected here; correct the value (a list)'),
        (
            "/area",
            "内蒙古",
            'unknown_area: there is no area "内蒙古"; take one of docs/codes.md (the nearest are 内蒙古西部, 内蒙古东部, '
            "黑龙江省), or tell an area of your own under own_area",
        ),
        ("/price_sheet/prices", ["levies"], "wrong_type: a mapping is expected here; correct the value (a list)"),
        ("/metering_points/0/given/kwh", ["1"], "wrong_type: a mapping is expected here; correct the value (a list)"),
        ("/area", ["cn"], 'wrong_type: a text is expected here; correct the value (a list)'),
    ],
)  # fmt: skip
def test_a_word_that_is_unknown_or_means_several_is_a_fault_with_the_nearest(
    change: str, value: object, message: str
) -> None:
    assert fault_of(change, value) == f"{change}: {message}"


@pytest.mark.parametrize(
    ("change", "value", "place", "key"),
    [
        (
            "/metering_points/0/given",
            {"kwh": {"peak": "1", "高峰": "2"}},
            "/metering_points/0/given/kwh",
            "高峰 = peak",
        ),
        ("/metering_points/0/readings/0/峰", "2", "/metering_points/0/readings/0", "峰 = peak"),
        (
            "/price_sheet/prices",
            {"purchase": {"total": "1"}, "代理购电价格": {"total": "2"}},
            "/price_sheet/prices",
            "代理购电价格 = purchase",
        ),
    ],
)
def test_a_word_under_two_of_its_names_is_told_twice(change: str, value: object, place: str, key: str) -> None:
    assert fault_of(change, value).startswith(f"{place}: duplicate_key: ")
    assert key in fault_of(change, value)


def test_an_unknown_key_of_a_mapping_of_words_is_a_fault_at_that_key() -> None:
    fault = fault_of("/metering_points/0/given/kwh", {"pek": "1"})

    assert fault.startswith(
        '/metering_points/0/given/kwh/pek: unknown_word: "pek" is not an accepted value; use one of'
    )


def test_the_place_of_a_fault_below_a_chinese_key_is_that_key() -> None:
    fault = fault_of("/metering_points/0/given", {"kwh": {"高峰": "x"}})

    assert fault.startswith("/metering_points/0/given/kwh/高峰: not_a_number")


def test_an_unknown_key_of_a_reading_names_the_nearest_registers() -> None:
    assert "高峰 = peak" in fault_of("/metering_points/0/readings/0/高峰电量", "2")


def test_a_component_may_have_a_name_that_several_have() -> None:
    assert components_named("国家重大水利工程建设基金") == ("water_project", "water_projects")
