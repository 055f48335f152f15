"""How losses are told: what contradicts itself is a fault, at its place."""

from typing import Any

import pytest

from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput
from billcalc.metering.loss_models import Losses, LossMethod, NoLoss

FORMULA: dict[str, Any] = {"method": "formula", "load_shape": "1", "transformers": {"T1": {"series": "S9"}}}
COEFFICIENT: dict[str, Any] = {"method": "coefficient", "transformers": {"T1": {}}}
USER = {"id": "U2", "kwh": "1"}


def faults_of(data: object) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        validated(Losses, data)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("data", "where", "reason"),
    [
        ({}, "", "losses tell the loss of a transformer, of a line, or both"),
        ({"transformer": FORMULA, "shared": {"by": "energy", "users": []}}, "/shared/users", ""),
        (
            {"transformer": {"method": "none"}, "shared": {"by": "energy", "users": [USER]}},
            "",
            "users share the loss of a transformer, and none is told",
        ),
        (
            {"line": {"method": "fixed", "kwh": "1"}, "shared": {"by": "energy", "users": [USER]}},
            "",
            "users share the loss of a transformer, and none is told",
        ),
        (
            {"transformer": FORMULA, "shared": {"by": "capacity", "users": [{**USER, "weight": "1"}]}},
            "/shared",
            "shared by capacity, each user has a weight",
        ),
        (
            {"transformer": FORMULA, "shared": {"by": "equal", "weight": "1", "users": [USER]}},
            "/shared",
            "shared by equal, no user has a weight",
        ),
        (
            {"transformer": FORMULA, "shared": {"by": "equal", "users": [{"id": "U2"}]}},
            "/shared/users/0",
            "a user behind the transformer is a metering point, or tells its kwh (and kvarh)",
        ),
        (
            {"transformer": FORMULA, "shared": {"by": "equal", "users": [{"id": "U2", "point": "M2", "kvarh": "1"}]}},
            "/shared/users/0",
            "a user behind the transformer is a metering point, or tells its kwh (and kvarh)",
        ),
        (
            {"transformer": {**COEFFICIENT, "copper": [{"share": "0.1"}, {"share": "0.2"}]}},
            "/transformer/copper",
            "each step but the last has its up_to_load, and the last none",
        ),
        (
            {"transformer": {**COEFFICIENT, "copper": [{"up_to_load": "1", "share": "0.1"}]}},
            "/transformer/copper",
            "each step but the last has its up_to_load, and the last none",
        ),
        (
            {
                "transformer": {
                    **COEFFICIENT,
                    "copper": [
                        {"up_to_load": "0.4", "share": "0.1"},
                        {"up_to_load": "0.4", "share": "0.2"},
                        {"share": "1"},
                    ],
                }
            },
            "/transformer/copper",
            "each row of the table must be above the one before",
        ),
        (
            {"transformer": {"method": "table", "transformer": "T1"}},
            "/transformer",
            "a table is named by the series of its document, or told here by its bands",
        ),
        (
            {"line": {"method": "current", "resistance_ohm": "1", "voltage_kv": "10"}},
            "/line",
            "the current is told by current_a, or follows from voltage_kv and load_shape",
        ),
    ],
)
def test_what_contradicts_itself_is_a_fault(data: object, where: str, reason: str) -> None:
    [found] = faults_of(data)
    assert found.startswith(f"{where or chr(47)}: ")
    assert reason in found


def test_a_method_has_its_own_keys() -> None:
    [found] = faults_of({"transformer": {"method": "fixed", "kwh": "1", "load_shape": "1"}})
    assert found.startswith("/transformer/load_shape: unknown_key")
    [found] = faults_of({"transformer": {"method": "formula", "kwh": "1"}, "line": {"method": "formula"}})[:1]
    assert found.startswith("/transformer: missing_key")


def test_a_method_is_read_under_its_chinese_name() -> None:
    losses = validated(Losses, {"transformer": {"method": "不计损耗"}})
    assert isinstance(losses.transformer, NoLoss)
    assert losses.transformer.method is LossMethod.NONE
