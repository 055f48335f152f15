"""Facts that all bills of a table have in common."""

import pytest

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.shared_facts import KVA, shared_template, told_facts

ALL = {
    "area": "广西",
    "month": "2024年6月",
    "class": "工商业",
    "billing": "单一制",
    "voltage": "10千伏",
    "purchase": "代理购电",
    "time_of_use": "否",
    "standard": "不考核",
    "side": "高供低计",
}


def test_a_one_part_customer_pays_no_basic_charge_and_has_no_transformer_without_a_column_of_it() -> None:
    template = shared_template(ALL, (), where="--where")
    assert template == {
        "area": "cn-guangxi",
        "agreement": [
            {
                "from": "1900-01-01",
                "groups": {
                    "main": {
                        "class": "industrial_commercial",
                        "billing": "one_part",
                        "voltage": "1-10kV",
                        "purchase": "agent",
                        "time_of_use": False,
                    }
                },
                "supply_points": {"S1": {"power_factor_standard": "none"}},
                "basic": {"mode": "exempt"},
            }
        ],
        "metering_points": [{"id": "M1", "group": "main", "supply_point": "S1", "side": "low"}],
        "cycle": {"from": "2024-06-01", "to": "2024-07-01"},
        "period": {"from": "2024-06-01", "to": "2024-07-01"},
    }


def test_what_a_column_tells_is_not_told_again() -> None:
    with pytest.raises(InvalidInput) as caught:
        shared_template(ALL, ("month", KVA), where="--where")
    [fault] = caught.value.faults
    assert (fault.code, fault.facts["key"]) == (FaultCode.DUPLICATE_KEY, "month")


@pytest.mark.parametrize(
    ("told", "code", "where"),
    [
        ({"standard": "0.95"}, FaultCode.UNKNOWN_WORD, "--where standard"),
        ({"month": "June"}, FaultCode.UNKNOWN_WORD, "--where month"),
        ({"voltage": "10千瓦"}, FaultCode.UNKNOWN_WORD, "--where voltage"),
        ({"area": "广东西"}, FaultCode.UNKNOWN_AREA, "--where area"),
        ({"time_of_use": "maybe"}, FaultCode.WRONG_TYPE, "--where time_of_use"),
        ({"用户": "x"}, FaultCode.UNKNOWN_KEY, "--where 用户"),
    ],
)
def test_a_fact_that_cannot_be_taken_is_told_with_its_name(told: dict[str, str], code: FaultCode, where: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        shared_template({**ALL, **told}, (), where="--where")
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [(code, where)]


def test_facts_are_written_as_names_with_values_each_once() -> None:
    assert told_facts(["地区 = 广西，Voltage=10kV,", "用户=x"], where="w") == {
        "area": "广西",
        "voltage": "10kV",
        "用户": "x",
    }
    with pytest.raises(InvalidInput) as caught:
        told_facts(["area", "voltage=", "地区=广西,area=安徽"], where="w")
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [
        (FaultCode.EMPTY, "w area"),
        (FaultCode.EMPTY, "w voltage="),
        (FaultCode.DUPLICATE_KEY, "w"),
    ]
