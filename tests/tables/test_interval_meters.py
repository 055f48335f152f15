"""Several meters in one file of intervals: they are never taken for doubles, and one is read at a time."""

from decimal import Decimal
from random import Random

import pytest

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.intervals import IntervalTable
from tests.tables.interval_reading import read_as_stated


def table(head: str, rows: list[str], **options: object) -> IntervalTable:
    text = "\n".join([head, *rows]).encode()
    return read_as_stated(text, zone="Asia/Shanghai", step=60, **options)  # type: ignore[arg-type]


def refused(head: str, rows: list[str], **options: object) -> Fault:
    with pytest.raises(InvalidInput) as caught:
        table(head, rows, **options)
    [fault] = caught.value.faults
    return fault


def meters(*names: str, hours: int = 24) -> list[str]:
    """A day of each meter: the first takes 1 kWh every hour, the second 2, and so on."""
    return [f"{name},2024-02-01 {hour:02}:00,{kwh}" for kwh, name in enumerate(names, start=1) for hour in range(hours)]


@pytest.mark.parametrize("column", ["meter", "Meter ID", "channel", "表号", "计量点编号", "any other"])
def test_several_meters_are_refused_with_the_column_that_names_them(column: str) -> None:
    fault = refused(f"{column},timestamp,kwh", meters("A", "B"))
    assert (fault.code, fault.where) == (FaultCode.SEVERAL_METERS, "input:1:1")
    assert fault.facts == {"column": column, "known": "A, B", "first": "A"}
    assert table(f"{column},timestamp,kwh", meters("A", "B"), meter="B").readings[0][1] == 2
    assert exact_sum(kwh for _, kwh in table(f"{column},timestamp,kwh", meters("A", "B"), meter="A").readings) == 24


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_decides_nothing(seed: int) -> None:
    rows = meters("A", "B")
    Random(seed).shuffle(rows)
    assert refused("point,timestamp,kwh", rows).code is FaultCode.SEVERAL_METERS
    assert exact_sum(kwh for _, kwh in table("point,timestamp,kwh", rows, meter="B").readings) == 48


def test_meters_that_took_the_same_are_several_all_the_same() -> None:
    rows = [row.rsplit(",", 1)[0] + ",1" for row in meters("A", "B")]
    assert refused("x,timestamp,kwh", rows).code is FaultCode.SEVERAL_METERS


def test_meters_of_different_days_are_several_where_a_column_names_them() -> None:
    rows = [*meters("A"), *(row.replace("02-01", "02-02") for row in meters("B"))]
    assert refused("meter,timestamp,kwh", rows).code is FaultCode.SEVERAL_METERS
    assert len(table("remark,timestamp,kwh", rows).readings) == 48


def test_many_meters_are_told_in_part() -> None:
    assert refused("meter,timestamp,kwh", meters(*"ABCDEFG", hours=1)).facts["known"] == "A, B, C, D, E …"


def test_one_meter_is_read_without_being_named() -> None:
    assert len(table("meter,timestamp,kwh", meters("A")).readings) == 24
    assert len(table("meter,timestamp,kwh", meters("A"), meter="A").readings) == 24


def test_a_meter_with_two_channels_is_named_with_its_channel() -> None:
    rows = [row.replace("A", "A,in").replace("B", "A,out") for row in meters("A", "B")]
    rows += [row.replace("A", "B,in") for row in meters("A")]
    head = "meter,direction,timestamp,kwh"
    assert refused(head, rows).facts["column"] == "meter"
    fault = refused(head, rows, meter="A")
    assert (fault.facts["column"], fault.facts["known"]) == ("direction", "in, out")
    read = table(head, rows, meter=("A", "out"))
    assert exact_sum(kwh for _, kwh in read.readings) == 48


def test_a_meter_that_no_row_has_is_told_with_those_that_are_there() -> None:
    fault = refused("meter,timestamp,kwh", meters("A", "B"), meter="C")
    assert (fault.code, fault.facts) == (FaultCode.UNKNOWN_REFERENCE, {"kind": "meter", "id": "C", "known": "A, B"})
    bare = refused("timestamp,kwh", ["2024-02-01 00:00,1"], meter="C")
    assert bare.facts == {"kind": "meter", "id": "C", "known": "–"}


def test_a_meter_that_stands_in_several_columns_is_that_of_the_one_that_names_meters() -> None:
    rows = [f"1,{row}" for row in meters("1", "2")]
    assert exact_sum(kwh for _, kwh in table("remark,meter,timestamp,kwh", rows, meter="2").readings) == 48
    assert exact_sum(kwh for _, kwh in table("remark,meter,timestamp,kwh", rows, meter="1").readings) == 24
    fault = refused("a,b,timestamp,kwh", rows, meter="1")
    assert (fault.code, fault.facts) == (
        FaultCode.INCONSISTENT,
        {"reason": "meter_in_columns", "value": "1", "known": "a, b"},
    )


def test_bad_rows_of_another_meter_are_no_matter() -> None:
    rows = [*meters("A"), "B,soon,1", "B,2024-02-01 00:00,x"]
    assert table("meter,timestamp,kwh", rows, meter="A").bad == ()
    assert len(table("meter,timestamp,kwh", rows, meter="B").bad) == 2


def test_a_remark_or_a_running_number_names_no_meter() -> None:
    rows = [f"{number},{row}" for number, row in enumerate([*meters("ok"), *meters("ok", hours=1)])]
    read = table("no,remark,timestamp,kwh", rows)  # the first hour stands twice
    assert [kwh for _, kwh in read.readings] == [Decimal(1)] * 25


def test_a_day_of_columns_may_be_of_several_meters() -> None:
    head = ",".join(["meter", "date", *(f"{hour}:00" for hour in range(24))])
    rows = [",".join([name, "2024-02-01", *[kwh] * 24]) for name, kwh in (("A", "1"), ("B", "2"))]
    assert refused(head, rows, values="kwh").facts["column"] == "meter"
    assert exact_sum(kwh for _, kwh in table(head, rows, values="kwh", meter="B").readings) == 48


@pytest.mark.parametrize("column", ["方向", "direction", "数据类型", "channel", "曲线类型"])
@pytest.mark.parametrize(
    ("channel", "reason"),
    [
        ("反向", "only_fed_back"), ("反向有功", "only_fed_back"), ("export", "only_fed_back"), ("上网电量", "only_fed_back"),
        ("正向无功", "only_reactive"), ("Reactive import", "only_reactive"),
    ],
)  # fmt: skip
def test_a_channel_of_another_energy_alone_has_to_be_stated(column: str, channel: str, reason: str) -> None:
    fault = refused(f"{column},timestamp,kwh", meters(channel))
    assert (fault.code, fault.facts["reason"]) == (FaultCode.NOT_STATED, reason)
    assert len(table(f"{column},timestamp,kwh", meters(channel), meter=channel).readings) == 24
    assert len(table(f"{column},timestamp,kwh", meters("正向有功")).readings) == 24


@pytest.mark.parametrize("column", ["倍率", "综合倍率", "multiplier", "CT ratio"])
def test_a_multiplier_beside_the_values_has_to_be_settled(column: str) -> None:
    rows = [f"{row},100" for row in meters("A")]
    head = f"meter,timestamp,kwh,{column}"
    fault = refused(head, rows)
    assert (fault.code, fault.facts["reason"]) == (FaultCode.NOT_STATED, "multiplier_beside")
    assert fault.facts["statement"] == "multiplier=1 / multiplier=100"
    for stated, kwh in (("1", 24), ("100", 2400)):
        assert exact_sum(each for _, each in table(head, rows, multiplier=stated).readings) == kwh
    other = refused(head, rows, multiplier="50")
    assert (other.code, other.facts["reason"]) == (FaultCode.INCONSISTENT, "multiplier_contradicted")
    ones = [f"{row},1.0" for row in meters("A")]
    assert exact_sum(each for _, each in table(head, ones).readings) == 24


def test_what_is_no_number_is_no_multiplier_of_one() -> None:
    assert refused("timestamp,kwh,倍率", ["2024-02-01 00:00,1,x"]).facts["value"] == "x"
