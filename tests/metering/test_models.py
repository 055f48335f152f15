"""What meters tell, as it is read: its shape, and what is refused."""

from decimal import Decimal

import pytest

from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput
from billcalc.metering.models import (
    ENERGY_REGISTERS,
    REACTIVE_REGISTERS,
    Child,
    ChildKind,
    MeteringPoint,
    Reading,
    ReadingKind,
    Register,
)
from billcalc.tariff.conventions import Reactive
from billcalc.vocabulary import Band


def faults_of(model: type[Child] | type[Reading] | type[MeteringPoint], data: object) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        validated(model, data)
    return [str(fault) for fault in caught.value.faults]


def test_registers_of_energy_are_the_bands_and_the_total() -> None:
    assert {register.value for register in ENERGY_REGISTERS} == {band.value for band in Band}


def test_reactive_registers_are_those_the_convention_can_add() -> None:
    assert {register.value for register in REACTIVE_REGISTERS} == {reactive.value for reactive in Reactive}
    others = {Register.MAXIMUM_DEMAND, Register.ACTIVE_REVERSE}
    assert set(Register) - set(ENERGY_REGISTERS) - set(REACTIVE_REGISTERS) == others


def test_the_registers_of_a_reading_are_gathered_from_beside_its_day() -> None:
    # Guangxi, June 2024, first point
    reading = validated(
        Reading,
        {"at": "2024-07-01", "kind": "closing", "total": "0.75", "peak": "0.2", "rollover": ["peak"]},
    )
    assert reading.registers == {Register.TOTAL: Decimal("0.75"), Register.PEAK: Decimal("0.2")}
    assert reading.kind is ReadingKind.CLOSING
    assert reading.rollover == (Register.PEAK,)


def test_a_reading_can_be_built_from_its_own_fields() -> None:
    reading = validated(Reading, {"at": "2024-07-01", "kind": "closing", "registers": {"total": "0.75"}})
    assert validated(Reading, reading.model_dump()) == reading


def test_a_register_that_no_meter_has_is_refused_with_the_list_of_them() -> None:
    [fault] = faults_of(Reading, {"at": "2024-07-01", "kind": "closing", "off_peak": "1"})
    assert fault.startswith('/off_peak: unknown_key: the key "off_peak" is not known here; use one of: ')


def test_a_reading_that_is_no_mapping_is_refused() -> None:
    [fault] = faults_of(Reading, "0.75")
    assert fault == '/: wrong_type: a mapping is expected here; correct the value "0.75"'


def test_a_reading_below_zero_is_refused() -> None:
    [fault] = faults_of(Reading, {"at": "2024-07-01", "kind": "closing", "total": "-1"})
    assert fault == "/total: negative: -1 is negative; give a value of zero or more; a refund is a given line"


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("fixed", {"value": "2000"}),
        ("fixed", {"value": "2000", "band": "flat"}),
        ("ratio", {"value": "0.03"}),
        ("ratio", {"value": "1"}),
        ("meter", {"point": "M2"}),
    ],
)
def test_a_sub_meter_tells_its_energy_as_its_kind_asks(kind: str, told: dict[str, str]) -> None:
    child = validated(Child, {"id": "C1", "kind": kind, "group": "residential", **told})
    assert child.kind is ChildKind(kind)
    assert (child.value, child.point) == (Decimal(told["value"]) if "value" in told else None, told.get("point"))


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("fixed", {}),
        ("fixed", {"point": "M2"}),
        ("fixed", {"value": "1", "point": "M2"}),
        ("ratio", {}),
        ("meter", {}),
        ("meter", {"value": "1"}),
        ("meter", {"value": "1", "point": "M2"}),
    ],
)
def test_a_sub_meter_that_tells_its_energy_otherwise_is_refused(kind: str, told: dict[str, str]) -> None:
    [fault] = faults_of(Child, {"id": "C1", "kind": kind, "group": "residential", **told})
    assert fault == (
        "/: inconsistent: a fixed or ratio sub-meter has a value, a metered one a point; correct one of the two"
    )


def test_a_ratio_above_one_is_refused() -> None:
    [fault] = faults_of(Child, {"id": "C1", "kind": "ratio", "group": "residential", "value": "3"})
    assert fault == "/: out_of_range: 3 is not within 0 to 1; correct the value"


def test_a_metering_point_is_read_with_all_it_has() -> None:
    point = validated(
        MeteringPoint,
        {
            "id": "M1",
            "group": "main",
            "supply_point": "S1",
            "side": "high",
            "config": [{"from": "2024-06-12", "meter": "A", "multiplier": "660000", "digits": "4"}],
            "readings": [{"at": "2024-06-12", "kind": "opening", "total": "0"}],
            "given": {"kwh": {"total": "-5"}, "kvarh": {"reactive_forward": "1"}, "demand_kw": "3"},
            "not_installed": ["reactive_reverse"],
        },
    )
    assert (point.config[0].multiplier, point.config[0].digits) == (Decimal(660000), 4)
    assert point.given.kwh == {Register.TOTAL: Decimal(-5)}
    assert point.not_installed == (Register.REACTIVE_REVERSE,)
