"""Green Button: the blocks of a feed become the intervals of a request, with their units, directions and qualities."""

from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.metering.interval_models import Intervals
from billcalc.tables import green_button
from tests.tables.test_interval_requests import data, filled, refused

BOSTON = data(area="xx-one", own_area={"currency": "USD", "clock": "-05:00"})
MIDNIGHT = 1706763600
"""2024-02-01T00:00:00-05:00 in seconds: 1,706,745,600 until that day in UTC, and 18,000 for the five hours."""
ENERGY = {
    "accumulationBehaviour": "4",
    "commodity": "1",
    "flowDirection": "1",
    "intervalLength": "3600",
    "powerOfTenMultiplier": "0",
    "uom": "72",
}
HOME = "User/1/UsagePoint/7"


def entry(content: str, **links: str) -> str:
    told = "".join(f'<link rel="{rel.rstrip("_")}" href="{address}"/>' for rel, address in links.items())
    return f"<entry>{told}<content>{content}</content></entry>"


def reading_type(number: str = "1", **told: str) -> str:
    fields = "".join(f"<{name}>{value}</{name}>" for name, value in {**ENERGY, **told}.items() if value)
    return entry(f'<ReadingType xmlns="http://naesb.org/espi">{fields}</ReadingType>', self=f"ReadingType/{number}")


def series(number: str = "1", of: str = "1") -> str:
    address = f"{HOME}/MeterReading/{number}"
    return entry(
        '<MeterReading xmlns="http://naesb.org/espi"/>', self=address, related=f"ReadingType/{of}", related_=address
    )


def interval(hour: int, value: str, quality: str = "", duration: str = "3600") -> str:
    mark = f"<ReadingQuality><quality>{quality}</quality></ReadingQuality>" if quality else ""
    time = f"<timePeriod><duration>{duration}</duration><start>{MIDNIGHT + hour * 3600}</start></timePeriod>"
    return f"<IntervalReading><cost>5</cost>{mark}{time}<value>{value}</value></IntervalReading>"


def block(*intervals: str, of: str = "1") -> str:
    whole = f"<interval><duration>86400</duration><start>{MIDNIGHT}</start></interval>"
    text = f'<IntervalBlock xmlns="http://naesb.org/espi">{whole}{"".join(intervals)}</IntervalBlock>'
    return entry(text, up=f"{HOME}/MeterReading/{of}/IntervalBlock", self=f"{HOME}/MeterReading/{of}/IntervalBlock/1")


def day(value: str = "", **marks: str) -> list[str]:
    """24 hours of 0, 1000, 2000, … Wh, or of a value."""
    return [interval(hour, value or str(hour * 1000), marks.get(f"at_{hour}", "")) for hour in range(24)]


def feed(*entries: str) -> str:
    return (
        f'<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>\n{"".join(entries)}</feed>'
    )


def intervals(text: str, *stated: str, **options: Any) -> Intervals:
    found = filled(text, *stated, request=BOSTON, **options).metering_points[0].intervals
    assert found is not None
    return found


def fault_of(text: str, *stated: str) -> Fault:
    return refused(text, *stated, request=BOSTON)


def test_seconds_in_utc_become_the_hours_of_the_areas_day_and_watt_hours_kilowatt_hours() -> None:
    told = intervals(feed(reading_type(), series(), block(*day())))
    assert (told.step, told.start.isoformat(), told.unit) == (60, "2024-02-01T00:00:00-05:00", "kwh")
    assert [str(value) for value in told.values] == [str(hour) for hour in range(24)]


@pytest.mark.parametrize(("power", "first"), [("-3", "0.001"), ("3", "1000"), ("0", "1"), ("", "1")])
def test_the_power_of_ten_of_the_values_is_exact(power: str, first: str) -> None:
    told = intervals(feed(reading_type(powerOfTenMultiplier=power), block(*day())))
    assert str(told.values[1]) == first


def test_marks_tell_which_values_were_not_measured_and_which_are_none() -> None:
    marked = day(at_3="8", at_4="9", at_5="7", at_6="17", at_7="12")
    told = intervals(feed(reading_type(), block(*marked)))
    assert (told.estimated, told.substituted) == ((3, 4, 7), (5,))
    raw = feed(reading_type(defaultQuality="14"), block(*day()))
    asked = fault_of(raw)
    assert (asked.facts["reason"], asked.facts["statement"].split(" / ")[0]) == (Reason.MARK_UNKNOWN, "measured=raw")
    assert intervals(raw, "measured=raw").estimated == ()
    several = interval(0, "1", "17</quality></ReadingQuality><ReadingQuality><quality>8")
    assert intervals(feed(reading_type(), block(several, *day()[1:]))).estimated == (0,)
    empty = interval(1, "")
    assert intervals(feed(reading_type(), block(day()[0], empty, *day()[2:]))).values[1] is None


def test_directions_are_channels_of_which_one_is_chosen_and_what_was_fed_back_alone_is_not_billed_unasked() -> None:
    types = (reading_type("1"), reading_type("2", flowDirection="19"))
    both = feed(*types, series("1", "1"), series("2", "2"), block(*day()), block(*day("5000"), of="2"))
    asked = fault_of(both)
    assert asked.code is FaultCode.SEVERAL_METERS
    assert [*map(str, intervals(both, "meter=reverse").values)] == ["5"] * 24
    assert [*map(str, intervals(both, "meter=7/MeterReading/1").values)][:2] == ["0", "1"]
    only = feed(types[1], block(*day()))
    asked = fault_of(only)
    assert (asked.code, asked.facts["reason"]) == (FaultCode.NOT_STATED, Reason.ONLY_FED_BACK)
    assert asked.facts["statement"] == "meter=reverse"
    assert len(intervals(only, "meter=reverse").values) == 24


def test_other_quantities_and_commodities_and_registers_are_left_out() -> None:
    others = [
        reading_type("2", uom="73"),
        reading_type("3", commodity="7"),
        reading_type("4", accumulationBehaviour="3"),
        reading_type("5", uom="38"),
    ]
    blocks = [block(*day("9"), of=str(number)) for number in range(2, 6)]
    ties = [series(str(number), str(number)) for number in range(1, 6)]
    told = intervals(feed(reading_type("1"), *others, *ties, block(*day()), *blocks))
    assert [*map(str, told.values)][:3] == ["0", "1", "2"]
    nothing = fault_of(feed(others[0], block(*day())))
    assert (nothing.code, nothing.facts["reason"]) == (FaultCode.SYNTAX, Reason.NO_INTERVALS_IN_FEED)
    assert nothing.facts["value"] == "commodity 1 uom 73 accumulationBehaviour 4"
    assert fault_of(feed(reading_type())).facts["value"] == "–"


def test_powers_are_read_where_it_is_stated_what_they_are() -> None:
    powers = feed(reading_type(uom="38"), block(*day()))
    assert fault_of(powers).facts["reason"] == Reason.KIND_OF_VALUES
    told = intervals(powers, "values=kw")
    assert [str(value) for value in told.values][:2] == ["0", "1"]
    assert told.unit == "kwh"  # 1 kW for an hour


def test_the_only_type_of_a_feed_is_that_of_its_blocks_and_of_several_links_tell() -> None:
    assert len(intervals(feed(reading_type(), block(*day()))).values) == 24
    ambiguous = fault_of(feed(reading_type("1"), reading_type("2"), block(*day())))
    assert (ambiguous.facts["reason"], ambiguous.facts["count"]) == (Reason.READING_TYPE_UNKNOWN, "2")
    assert fault_of(feed(block(*day()))).facts["count"] == "0"
    untied = f"<entry><content><IntervalBlock>{''.join(day())}</IntervalBlock></content></entry>"
    assert len(intervals(feed(reading_type(), untied)).values) == 24


def test_an_entry_may_be_a_file_by_itself_and_only_what_it_holds_first_is_its_kind() -> None:
    assert fault_of(block(*day())).facts["reason"] == Reason.READING_TYPE_UNKNOWN


@pytest.mark.parametrize(
    ("odd", "code", "reason"),
    [
        (interval(0, "1", duration="900"), FaultCode.STEP_DIFFERS, None),
        (interval(0, "1", duration="5").replace(str(MIDNIGHT), "1e9"), FaultCode.STEP_DIFFERS, None),
        (interval(0, "1").replace(str(MIDNIGHT), "2024-02-01"), FaultCode.SYNTAX, Reason.SECONDS_EXPECTED),
        (interval(0, "1,000"), FaultCode.NOT_A_NUMBER, None),
    ],
)
def test_an_interval_that_cannot_be_read_is_told_by_line_and_column(
    odd: str, code: FaultCode, reason: Reason | None
) -> None:
    fault = fault_of(feed(reading_type(), "\n ", block(odd, *day()[1:])))
    assert (fault.code, fault.where.rsplit(":", 1)[0]) == (code, "load.csv:4")
    assert reason is None or fault.facts["reason"] == reason


def test_an_interval_without_a_length_has_that_of_its_type() -> None:
    bare = [each.replace("<duration>3600</duration>", "") for each in day()]
    assert len(intervals(feed(reading_type(), block(*bare))).values) == 24
    fault = fault_of(feed(reading_type(intervalLength=""), block(*bare)))
    assert (fault.facts["reason"], fault.facts["key"]) == (Reason.SECONDS_EXPECTED, "duration")


def test_a_power_of_ten_that_is_none_is_refused() -> None:
    fault = fault_of(feed(reading_type(powerOfTenMultiplier="k"), block(*day())))
    assert fault.facts["reason"] == Reason.POWER_OF_TEN_EXPECTED


@pytest.mark.parametrize(
    ("text", "reason", "where"),
    [
        ("<feed>\n  <entry></feed>", Reason.XML_MALFORMED, "load.csv:2:12"),
        ("<feed>", Reason.XML_MALFORMED, "load.csv:1:7"),
        ("<html><body/></html>", Reason.FEED_EXPECTED, "load.csv:1:1"),
        ("<feed>" * 80, Reason.FEED_EXPECTED, "load.csv:1:391"),
        ('<!DOCTYPE feed [<!ENTITY a "aaaa">]><feed>&a;</feed>', Reason.XML_DOCTYPE, "load.csv:1:16"),
        ('<?xml version="1.0" encoding="gb18030"?><feed/>', Reason.XML_ENCODING, "load.csv:1:31"),
    ],
)
def test_what_is_no_feed_is_refused_with_its_place(text: str, reason: Reason, where: str) -> None:
    fault = fault_of(text)
    assert (fault.code, fault.facts["reason"], fault.where) == (FaultCode.SYNTAX, reason, where)


def test_more_intervals_than_any_feed_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(green_button, "_INTERVALS_MAX", 20)
    with pytest.raises(InvalidInput) as caught:
        green_button.grid_of(feed(reading_type(), block(*day())).encode(), "load.xml")
    assert [fault.code for fault in caught.value.faults] == [FaultCode.TOO_MANY]


def test_a_feed_in_utf_16_is_read_by_what_it_begins_with() -> None:
    text = feed(reading_type(), block(*day())).replace('version="1.0"', 'version="1.0" encoding="utf-16"')
    assert green_button.is_xml(text.encode("utf-16"))
    assert len(green_button.grid_of(text.encode("utf-16"), "load.xml").rows) == 25
