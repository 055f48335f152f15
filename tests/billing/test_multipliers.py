"""Multipliers of every meter that tells some number of a bill: none is below 1."""

import pytest

from billcalc.kernel.codes import FaultCode
from tests.billing.cases import Data, bill, faults, point, reading
from tests.billing.test_declared import IDLE, demand

IN_PARTS = [
    reading("2024-07-01", "opening", **dict.fromkeys(IDLE, "0")),
    reading("2024-07-11", "removal", peak="3", flat="6", valley="9", reactive_forward="4", maximum_demand="6"),
    reading("2024-07-11", "installation", **dict.fromkeys(IDLE, "0")),
    reading("2024-08-01", "closing", peak="7", flat="14", valley="21", reactive_forward="8", maximum_demand="5"),
]


@pytest.mark.parametrize(
    ("meter", "changes"),
    [
        ("a second one", {"id": "M2"}),
        ("a sub-meter", {"id": "M2", "not_installed": ["reactive_forward"]}),
        ("one without reactive energy", {"id": "M2", "not_installed": ["reactive_forward"]}),
        ("one that was exchanged", {}),
    ],
)
def test_no_meter_whatever_it_tells_has_a_multiplier_below_one(meter: str, changes: Data) -> None:
    data = demand("5")
    if not changes:
        configs = [data["metering_points"][0]["config"][0], {"from": "2024-07-11", "meter": "B", "digits": "4"}]
        data["metering_points"][0] |= {"config": configs, "readings": IN_PARTS}
    else:
        other = {**point(), **changes, "config": [{"from": "2020-01-01", "meter": "B", "digits": "4"}]}
        registers = [each for each in (*IDLE, "maximum_demand") if each not in changes.get("not_installed", ())]
        shown = {"maximum_demand": "2", "peak": "1", "flat": "2", "valley": "3", "reactive_forward": "1"}
        other["readings"] = [
            reading("2024-07-01", "opening", **dict.fromkeys(registers, "0")),
            reading("2024-08-01", "closing", **{each: shown[each] for each in registers}),
        ]
        data["metering_points"].append(other)
        if meter == "a sub-meter":
            child = {"id": "C1", "kind": "meter", "group": "main", "point": "M2"}
            data["metering_points"][0]["children"] = [child]
    config = data["metering_points"][-1]["config"][-1]
    config["multiplier"] = "1"
    bill(data)
    config["multiplier"] = "0.1"
    where = "/metering_points/1/config/0/multiplier" if changes else "/metering_points/0/config/1/multiplier"
    found = faults(data)
    assert {(each.code, each.where) for each in found} == {(FaultCode.MULTIPLIER_BELOW_ONE, where)}
    assert {each.facts["multiplier"] for each in found} == {"0.1"}
