"""NEM12: the records of the format become the intervals of a request, with their units, channels and qualities."""

from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import InvalidInput
from billcalc.metering.interval_models import Intervals
from tests.tables.test_interval_requests import data, filled, refused

SYDNEY = data(area="xx-one", own_area={"currency": "AUD", "clock": "+10:00"})
VALUES = ",".join(str(number % 5) for number in range(24))


def file(*days: str, channel: str = "E1", unit: str = "KWH", end: str = "900") -> str:
    head = f"200,NMI0000001,E1B1,1,{channel},N,METER1,{unit},60,20240301"
    return "\n".join(["100,NEM12,202402020000,MDP1,RETAIL1", head, *days, end])


def intervals(text: str, *stated: str, **options: Any) -> Intervals:
    found = filled(text, *stated, request=SYDNEY, **options).metering_points[0].intervals
    assert found is not None
    return found


def test_a_day_is_that_of_the_market_and_its_values_are_energies_of_an_hour() -> None:
    told = intervals(file(f"300,20240201,{VALUES},A,,,20240202000000,"))
    assert (told.step, told.start.isoformat()) == (60, "2024-02-01T00:00:00+10:00")
    assert ",".join(map(str, told.values)) == VALUES


@pytest.mark.parametrize(("unit", "first"), [("Wh", "0.001"), ("MWh", "1000"), ("kWh", "1")])
def test_units_are_converted_exactly(unit: str, first: str) -> None:
    told = intervals(file(f"300,20240201,{VALUES},A,,,,", unit=unit))
    assert str(told.values[1]) == first


def test_marks_of_parts_of_a_day_tell_which_values_are_none() -> None:
    marks = ("400,1,20,A,,", "400,21,22,N,,", "400,23,24,S14,51,")
    told = intervals(file(f"300,20240201,{VALUES},V,,,,", *marks, "500,O,,20240201,1"))
    assert [hour for hour, value in enumerate(told.values) if value is None] == [20, 21]
    not_marked = refused(file(f"300,20240201,{VALUES},V,,,,", marks[0]), request=SYDNEY)
    assert (not_marked.code, not_marked.where) == (FaultCode.NOT_STATED, "load.csv:3:1")


def test_channels_and_meters_are_apart_and_what_is_no_active_energy_is_left_out() -> None:
    day = f"300,20240201,{VALUES},A,,,,"
    exported, reactive = (
        file(day, channel="B1").splitlines()[1:3],
        file(day, channel="Q1", unit="KVARH").splitlines()[1:3],
    )
    both = file(day, *exported, *reactive)
    assert refused(both, request=SYDNEY).facts["column"] == "channel"
    assert ",".join(map(str, intervals(both, "meter=E1").values)) == VALUES
    assert ",".join(map(str, intervals(file(day, *reactive)).values)) == VALUES


DAY = f"300,20240201,{VALUES},A,,,,"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (file(DAY, end="300,20240202"), "900"),
        (file("300,20240201,1,A"), "300"),
        (file(f"300,2024-02-31,{VALUES},A"), "300"),
        (file(DAY).replace(",60,", ",61,"), "200"),
        (file(DAY).replace("METER1,KWH,60,20240301", "METER1"), "200"),
        (file(DAY, unit="KVARH"), "200"),
        (file("200,NMI0000001,E1B1,1,E2,N,METER1,WH,60,", DAY), "200"),
        ("100,NEM12\n" + DAY + "\n" + file(DAY).split("\n", 1)[1], "200"),
        (file(DAY, "400,0,5,A"), "400"),
        (file(DAY, "400,1,5"), "400"),
        (file(DAY, "400,9,5,A"), "400"),
        (file(DAY, "600,1"), "100 … 900"),
    ],
)
def test_what_is_no_record_of_the_format_is_refused_with_its_place(text: str, expected: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        filled(text, request=SYDNEY)
    [fault] = caught.value.faults
    assert (fault.code, fault.facts["reason"], fault.facts["expected"]) == (
        FaultCode.SYNTAX,
        Reason.RECORD_EXPECTED,
        expected,
    )
    assert fault.where.startswith("load.csv:")
