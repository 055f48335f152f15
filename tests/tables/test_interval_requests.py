"""Files of intervals become the intervals of a request, in whatever shape, or are refused with what is to be stated."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput, Refused
from billcalc.library.catalog import load_catalog
from billcalc.metering.interval_models import Intervals
from billcalc.tables.grid import Grid
from billcalc.tables.interval_requests import IntervalFile, IntervalFiles, file_named, request_with_intervals
from billcalc.tables.interval_statements import stated_of
from billcalc.tariff.catalog import Catalog

CATALOG = load_catalog(areas=["cn-beijing"])
POINT = {"id": "M1", "group": "main", "supply_point": "S1", "side": "high"}
GROUP = {
    "class": "industrial_commercial",
    "billing": "one_part",
    "voltage": "10kV",
    "time_of_use": True,
    "purchase": "agent",
}
KWH = [str(number % 7 + 1) for number in range(24)]
"""What was taken in each hour of the first of February [kWh]."""


def data(*points: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "area": "cn-beijing",
        "cycle": {"from": "2024-02-01", "to": "2024-03-01"},
        "period": {"from": "2024-02-01", "to": "2024-02-02"},
        "agreement": [
            {
                "from": "2024-02-01",
                "groups": {"main": GROUP},
                "supply_points": {"S1": {"power_factor_standard": "none"}},
                "basic": {"mode": "exempt"},
            }
        ],
        "metering_points": [*(points or [POINT])],
        **more,
    }


def filled(text: str | bytes, *stated: str, request: Any = None, point: str | None = None) -> Request:
    content = text if isinstance(text, bytes) else text.encode()
    files = IntervalFiles((IntervalFile(content, "load.csv", point),), stated_of(stated, where="--intervals-as"))
    told: list[Grid] = []
    asked = request_with_intervals(
        data() if request is None else request, files, catalog=lambda _: CATALOG, told=told.append
    )
    assert [grid.name for grid in told] == ["load.csv"]
    return asked


def intervals(text: str | bytes, *stated: str, **options: Any) -> Intervals:
    found = filled(text, *stated, **options).metering_points[0].intervals
    assert found is not None
    return found


def refused(text: str, *stated: str, **options: Any) -> Fault:
    with pytest.raises(InvalidInput) as caught:
        filled(text, *stated, **options)
    return caught.value.faults[0]


def rows(head: str, row: Callable[[int], str], count: int = 24) -> str:
    return "\n".join([head, *map(row, range(count))])


def at(hour: int, mark: str = "-") -> str:
    """An hour of the first of February, by the clock of Beijing."""
    return (datetime(2024, 2, 1) + timedelta(hours=hour)).strftime(f"%Y{mark}%m{mark}%d %H:%M")  # noqa: DTZ001


SUMS = [sum(map(int, KWH[:hour])) for hour in range(25)]
SHAPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "starts": (rows("timestamp,kwh", lambda hour: f"{at(hour)},{KWH[hour]}"), ()),
    "starts, Chinese": (rows("数据时间,用电量(千瓦时)", lambda hour: f"{at(hour, '/')},{KWH[hour]}"), ()),
    "ends by the head": (rows("结束时间,电量", lambda hour: f"{at(hour + 1)},{KWH[hour]}"), ()),
    "ends as stated": (rows("时间,电量", lambda hour: f"2024-02-01 {hour + 1}:00,{KWH[hour]}"), ("times=ends",)),
    "starts and ends": (rows("start,end,kwh", lambda hour: f"{at(hour)},{at(hour + 1)},{KWH[hour]}"), ()),
    "date and time": (rows("日期,时刻,电量", lambda hour: f"2024年2月1日,{hour}:00,{KWH[hour]}"), ()),
    "UTC": (rows("timestamp,Wh", lambda hour: f"{at(hour - 8)}Z,{KWH[hour]}000"), ()),
    "zone": (
        rows("timestamp,kwh", lambda hour: f"{at(hour - 7)},{KWH[hour]}"),
        ("zone=Europe/Berlin", "times=starts"),
    ),
    "mean power": (rows("timestamp,有功功率(kW)", lambda hour: f"{at(hour)},{KWH[hour]}"), ()),
    "value": (rows("timestamp,value(MW)", lambda hour: f"{at(hour)},0.00{KWH[hour]}"), ()),
    "value as stated": (rows("timestamp,value", lambda hour: f"{at(hour)},{KWH[hour]}"), ("values=kwh",)),
    "spreadsheet": (rows("timestamp,kwh", lambda hour: f"{45323 + hour / 24:.6f},{KWH[hour]}"), ()),
    "wide": (",".join(["日期", *(f"{hour}时" for hour in range(24))]) + "\n20240201," + ",".join(KWH), ("values=kwh",)),
    "wide ends": (
        ",".join(["date", *(f"{hour + 1}:00" for hour in range(24))]) + "\n2024-02-01," + ",".join(KWH),
        ("values=电量",),
    ),
    "wide for 25 hours": (
        ",".join(["date", *(f"P{hour + 1}" for hour in range(25))]) + "\n2024-02-01," + ",".join([*KWH, ""]),
        ("values=kw",),
    ),
    "register": (rows("timestamp,示数", lambda hour: f"{at(hour)},{100 + SUMS[hour] / 10}", 25), ("multiplier=10",)),
    "wide register": (
        ",".join(["date", *(f"{hour}:00" for hour in range(24))])
        + "\n2024-02-01,"
        + ",".join(map(str, SUMS[:24]))
        + f"\n2024-02-02,{SUMS[24]}"
        + "," * 23,
        ("values=register", "multiplier=1"),
    ),
    "wide register of ends": (
        ",".join(["date", *(f"{hour + 1}" for hour in range(24))])
        + f"\n2024-01-31{',' * 24}{SUMS[0]}"
        + "\n2024-02-01,"
        + ",".join(map(str, SUMS[1:])),
        ("values=register", "multiplier=1", "times=ends"),
    ),
    "half, multiplied": (rows("timestamp,kwh", lambda hour: f"{at(hour)},{int(KWH[hour]) / 2}"), ("multiplier=2",)),
    "marked": (rows("timestamp,kwh,质量", lambda hour: f"{at(hour)},{KWH[hour]},正常"), ()),
    "marked in their way": (rows("timestamp,kwh,数据质量", lambda hour: f"{at(hour)},{KWH[hour]},01"), ("measured=01",)),
    "two meters": (rows("表号,timestamp,kwh", lambda hour: f"X{hour // 24},{at(hour % 24)},{KWH[hour % 24]}", 48), ("meter=X0",)),
    "point by its column": (rows("计量点,timestamp,kwh", lambda hour: f"M{hour % 2 + 1},{at(hour // 2)},{KWH[hour // 2]}", 48), ()),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("way", ["utf-8", "utf-8-sig", "gb18030", "macintosh"])
def test_a_day_is_the_same_in_every_shape(shape: str, way: str) -> None:
    text, stated = SHAPES[shape]
    content = text.replace("\n", "\r").encode() if way == "macintosh" else text.encode(way)
    told = intervals(content, *stated)
    assert [str(value).removesuffix(".0") for value in told.values] == KWH
    assert (told.step, told.start.isoformat(), told.unit.value) == (60, "2024-02-01T00:00:00+08:00", "kwh")
    assert (told.fill.value, told.sampling.value, told.demand) == ("refuse", "mean", None)


def test_powers_at_instants_have_one_more_and_stand_beside_fill_and_demand() -> None:
    text = rows("timestamp,kw", lambda hour: f"{at(hour)},{hour}", 25)
    point = {**POINT, "intervals": {"fill": "zero", "demand": {"minutes": 60, "rolling": False}}}
    told = intervals(text, "values=kw_instant", request=data(point))
    assert ([*map(str, told.values)], told.unit.value, told.sampling.value) == ([*map(str, range(25))], "kw", "instant")
    assert (told.fill.value, told.demand is not None) == ("zero", True)


def test_a_value_that_is_marked_or_left_out_is_missing() -> None:
    marks = {3: "缺失", 5: "N"}
    text = rows("timestamp,kwh,quality", lambda hour: f"{at(hour)},{KWH[hour]},{marks.get(hour, 'A')}")
    without = "\n".join(line for line in text.splitlines() if " 07:" not in line)
    assert [hour for hour, value in enumerate(intervals(without).values) if value is None] == [3, 5, 7]


def test_a_register_tells_nothing_over_a_gap_and_has_the_multiplier_of_its_meter() -> None:
    config = [{"from": "2024-01-01", "meter": "A", "multiplier": 20, "digits": 6}]
    text = rows("timestamp,表码", lambda hour: f"{at(hour)},{hour}" if hour != 7 else f"{at(hour)},", 25)
    request = data({**POINT, "config": config})
    told = intervals(text, request=request)
    assert (str(told.values[0]), [hour for hour, value in enumerate(told.values) if value is None]) == ("20", [6, 7])
    assert refused(text).facts["reason"] is Reason.MULTIPLIER_OF_REGISTER
    assert refused(text, "multiplier=2", request=request).facts["reason"] is Reason.MULTIPLIER_CONTRADICTED
    below = refused(text, request=data({**POINT, "config": [{**config[0], "multiplier": "0.05"}]}))
    assert below.code is FaultCode.MULTIPLIER_BELOW_ONE
    twice = text + f"\n{at(0)},9\n{at(1)},1"
    with pytest.raises(InvalidInput) as caught:
        filled(twice, request=request)
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [
        (FaultCode.INTERVAL_TWICE, "load.csv:27:1"),
        (FaultCode.REGISTER_FELL, "load.csv:3:1"),
    ]


LONG = SHAPES["starts"][0]
ENDS = rows("timestamp,kwh", lambda hour: f"{at(hour + 1)},{KWH[hour]}")
HOURS = ",".join(["date", *(str(hour) for hour in range(24))]) + "\n2024-02-01," + ",".join(KWH)


@pytest.mark.parametrize(
    ("text", "stated", "reason", "statement"),
    [
        (ENDS, (), Reason.START_OR_END, "times=starts / times=ends"),
        (LONG.replace("2024-02-01 23:00,3\n", "").rsplit("\n", 1)[0], (), Reason.START_OR_END, "times=starts / times=ends"),
        (ENDS, ("times=starts",), Reason.OTHER_DAYS, "other_days=leave_out"),
        (HOURS, (), Reason.KIND_OF_VALUES, "values=kwh / values=kw / values=kw_instant / values=register"),
        (HOURS, ("values=register", "multiplier=1"), Reason.NUMBERED_TIMES, "times=starts / times=ends"),
        ("timestamp,kwh\n2024-02-01 00:00,1", (), Reason.STEP_OF_ONE_ROW, "step=5 / step=10 / step=15 / step=30 / step=60"),
        (SHAPES["marked in their way"][0], (), Reason.MARK_UNKNOWN, "measured=01 / estimated=01 / substituted=01 / missing=01"),
    ],
)  # fmt: skip
def test_what_the_file_does_not_tell_has_to_be_stated(
    text: str, stated: tuple[str, ...], reason: Reason, statement: str
) -> None:
    fault = refused(text, *stated)
    assert (fault.code, fault.facts["reason"], fault.facts["statement"]) == (FaultCode.NOT_STATED, reason, statement)


def test_one_mark_that_is_not_known_is_told_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        filled(SHAPES["marked in their way"][0])
    assert len(caught.value.faults) == 1


@pytest.mark.parametrize(
    ("text", "stated", "reason"),
    [
        (LONG, ("values=kw",), None),
        (SHAPES["mean power"][0], ("values=kwh",), None),
        (SHAPES["value"][0], ("values=kwh",), Reason.UNIT_CONTRADICTED),
        (SHAPES["ends by the head"][0], ("times=starts",), Reason.TIMES_CONTRADICTED),
        (SHAPES["wide ends"][0], ("values=kwh", "times=starts"), Reason.TIMES_CONTRADICTED),
        (SHAPES["register"][0], ("multiplier=1", "times=ends"), Reason.TIMES_OF_INSTANTS),
        (SHAPES["wide for 25 hours"][0] + "1", ("values=kwh",), Reason.HOURS_BEYOND_DAY),
        (LONG, ("missing=x",), None),
    ],
)
def test_what_contradicts_the_file_is_refused(text: str, stated: tuple[str, ...], reason: Reason | None) -> None:
    fault = refused(text, *stated)
    assert fault.code is (FaultCode.MISSING_KEY if reason is None else FaultCode.INCONSISTENT)
    assert fault.facts.get("reason") is reason


def test_intervals_of_other_days_are_left_out_where_that_is_stated() -> None:
    text = rows("timestamp,kwh", lambda hour: f"{at(hour - 24)},{KWH[hour % 24]}", 72)
    assert refused(text).facts["reason"] is Reason.OTHER_DAYS
    assert [str(value) for value in intervals(text, "other_days=舍去").values] == KWH


def test_rows_of_other_steps_off_the_grid_or_twice_are_refused_by_their_place() -> None:
    assert refused(LONG, "step=30").code is FaultCode.STEP_DIFFERS
    off = rows("timestamp,kwh", lambda hour: f"{at(hour).replace(':00', ':10')},1")
    assert refused(off, "times=starts").code is FaultCode.INTERVAL_NOT_ALIGNED
    uneven = "timestamp,kwh\n2024-02-01 00:00,1\n2024-02-01 00:07,1"
    assert refused(uneven).facts == {"value": "7", "known": "5, 10, 15, 30, 60"}
    twice = refused(f"{LONG}\n2024-02-01 03:00,9")
    assert (twice.code, twice.where) == (FaultCode.INTERVAL_TWICE, "load.csv:26:1")
    assert twice.facts == {"start": "2024-02-01T03:00:00+08:00", "before": "4", "value": "9"}
    assert [str(value) for value in intervals(f"{LONG}\n2024-02-01 03:00,4").values] == KWH
    ends = refused("start,end,kwh\n2024-02-01 00:00,2024-02-01 01:00,1\n2024-02-01 01:00,2024-02-01 03:00,1")
    assert (ends.code, ends.where) == (FaultCode.STEP_DIFFERS, "load.csv:3:1")
    assert refused(LONG.replace(",4\n", ",x\n")).code is FaultCode.NOT_A_NUMBER


def points(*ids: str) -> dict[str, Any]:
    return data(*({**POINT, "id": each} for each in ids))


def test_the_metering_point_of_a_file_is_told_or_has_to_be() -> None:
    both = points("M1", "M2")
    assert refused(LONG, request=both).facts["statement"] == "POINT=load.csv"
    unknown = refused(LONG, point="M3", request=both)
    assert (unknown.code, unknown.facts["known"]) == (FaultCode.UNKNOWN_REFERENCE, "M1, M2")
    second = filled(LONG, point="M2", request=both)
    assert [point.intervals is not None for point in second.metering_points] == [False, True]
    of_both = filled(SHAPES["point by its column"][0], request=both)
    assert all(point.intervals is not None for point in of_both.metering_points)
    assert refused(SHAPES["two meters"][0]).code is FaultCode.SEVERAL_METERS
    assert refused("", request=points("M1")).code is FaultCode.EMPTY


def test_files_of_one_metering_point_make_one_series() -> None:
    lines = LONG.splitlines()
    halves = ["\n".join([lines[0], *part]).encode() for part in (lines[1:13], lines[13:])]
    quarters = rows("timestamp,kwh", lambda hour: f"2024-02-01 00:{hour * 15:02},1", 4).encode()

    def asked(*contents: bytes) -> Request:
        files = tuple(IntervalFile(content, f"{number}.csv") for number, content in enumerate(contents))
        return request_with_intervals(
            data(),
            IntervalFiles(files, stated_of(["times=starts"], where="")),
            catalog=lambda _: CATALOG,
            told=lambda grid: None,
        )

    found = asked(*halves).metering_points[0].intervals
    assert found is not None
    assert [str(value) for value in found.values] == KWH
    with pytest.raises(InvalidInput, match=r"1\.csv: step_differs"):
        asked(halves[0], quarters)


def test_intervals_that_the_request_has_itself_are_not_overwritten() -> None:
    whole = {"step": 60, "start": "2024-02-01T00:00:00+08:00", "unit": "kwh", "values": ["1"], "fill": "zero"}
    request = data({**POINT, "intervals": whole}, {**POINT, "id": "M2"})
    fault = refused(LONG, point="M1", request=request)
    assert (fault.where, fault.facts["known"]) == ("/metering_points/0/intervals", "step, start, unit, values")
    beside = filled(LONG, point="M2", request=request)
    assert beside.metering_points[0].intervals == validated(Intervals, whole)
    with pytest.raises(InvalidInput, match="/here: inconsistent"):
        request_with_intervals(
            request,
            IntervalFiles((IntervalFile(LONG.encode(), "load.csv", "M1"),)),
            catalog=lambda _: CATALOG,
            told=lambda grid: None,
            where=lambda path: "/here",
        )


@pytest.mark.parametrize("wrong", [[], {"metering_points": 1}, {"metering_points": [1]}, data(area=1)])
def test_a_request_that_is_none_is_refused_as_without_files(wrong: object) -> None:
    with pytest.raises(InvalidInput) as caught:
        filled(LONG, request=wrong)
    with pytest.raises(InvalidInput) as alone:
        validated(Request, wrong)
    assert caught.value.faults == alone.value.faults


def test_the_clock_is_that_of_the_area_or_of_the_request() -> None:
    own = data(area="xx-one", own_area={"currency": "CNY", "clock": "+09:00"})
    assert intervals(LONG, request=own).start.isoformat() == "2024-02-01T00:00:00+09:00"
    files = IntervalFiles((IntervalFile(LONG.encode(), "load.csv"),))
    with pytest.raises(Refused, match="no_document"):
        request_with_intervals(data(), files, catalog=lambda _: Catalog(()), told=lambda grid: None)


def test_a_clock_that_changes_has_days_of_23_and_25_hours() -> None:
    heads = ",".join(["date", *(str(hour) for hour in range(1, 26))])
    days = [f"2024-03-31,{','.join(KWH[:23])},,", f"2024-10-27,{','.join([*KWH, '9'])}"]
    request = data(
        cycle={"from": "2024-03-31", "to": "2024-04-30"},
        period={"from": "2024-03-31", "to": "2024-04-01"},
        area="xx-one",
        own_area={"currency": "EUR", "clock": "+01:00"},
    )
    stated = ("values=kwh", "zone=Europe/Berlin", "other_days=leave_out")
    assert [str(value) for value in intervals("\n".join([heads, days[0]]), *stated, request=request).values] == [
        *KWH[:23],
        "None",
    ]
    clock = ",".join(["date", *(f"{hour}:00" for hour in range(24))])
    spring = [*KWH[:2], "", *KWH[2:23]]
    row = f"2024-03-31,{','.join(spring)}"
    assert [str(value) for value in intervals(f"{clock}\n{row}", *stated, request=request).values[:23]] == KWH[:23]
    full = refused(f"{clock}\n2024-03-31,{','.join(KWH)}", *stated, request=request)
    assert (full.code, full.where) == (FaultCode.CLOCK_CHANGES, "load.csv:2:1")
    short = ",".join(["date", *(str(hour) for hour in range(24))]) + f"\n2024-10-27,{','.join(KWH)}"
    assert refused(short, *stated, request=request).code is FaultCode.CLOCK_CHANGES


@pytest.mark.parametrize(
    ("pairs", "code", "where"),
    [
        (("times",), FaultCode.WRONG_TYPE, "here"),
        (("=ends",), FaultCode.WRONG_TYPE, "here"),
        (("step=",), FaultCode.WRONG_TYPE, "here"),
        (("step=15", "step=15"), FaultCode.DUPLICATE_KEY, "here"),
        (("step=7",), FaultCode.UNKNOWN_WORD, "here: step"),
        (("times=middle",), FaultCode.UNKNOWN_WORD, "here: times"),
        (("speed=1",), FaultCode.UNKNOWN_KEY, "here: speed"),
        (("multiplier=0.025",), FaultCode.OUT_OF_RANGE, "here: multiplier"),
    ],
)
def test_a_statement_that_is_none_is_told(pairs: tuple[str, ...], code: FaultCode, where: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        stated_of(pairs, where="here")
    assert [(each.code, each.where) for each in caught.value.faults] == [(code, where)]


def test_a_file_is_named_alone_or_behind_its_metering_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (file_named("M1=a/b.csv").point, file_named("M1=a/b.csv").name) == ("M1", "a/b.csv")
    assert file_named("a=b.csv").point == "a"
    (tmp_path / "a=b.csv").touch()
    assert file_named("a=b.csv") == IntervalFile("a=b.csv", "a=b.csv")


@pytest.mark.parametrize("mark", ["E", "估算", "interpolated"])
def test_marked_values_of_a_long_file_are_told_in_the_request(mark: str) -> None:
    marks = {3: mark, 4: "S", 5: "A"}
    told = intervals(rows("start,kwh,quality", lambda hour: f"{at(hour)},{KWH[hour]},{marks.get(hour, '')}"))
    assert (told.estimated, told.substituted) == ((3,), (4,))


def test_the_mark_of_a_day_is_that_of_all_its_values_and_a_difference_is_as_good_as_the_worse_reading() -> None:
    day = intervals(
        "date,quality," + ",".join(f"h{hour}" for hour in range(24)) + "\n2024-02-01,补全," + ",".join(KWH),
        "values=kwh",
    )
    assert day.substituted == tuple(range(24))
    marks = {3: "e", 4: "s"}
    read = rows(
        "timestamp,register_reading,quality",
        lambda hour: f"2024-02-0{1 + hour // 24} {hour % 24}:00,{hour},{marks.get(hour, '')}",
        25,
    )
    told = intervals(read, "multiplier=1")
    assert (told.estimated, told.substituted) == ((2, 3), (4,))


def test_a_channel_of_what_was_fed_back_alone_is_chosen_by_name_or_not_read() -> None:
    text = rows("channel,start,kwh", lambda hour: f"反向有功,{at(hour)},{KWH[hour]}")
    fault = refused(text)
    assert (fault.code, fault.facts["statement"]) == (FaultCode.NOT_STATED, "meter=反向有功")
    assert len(intervals(text, "meter=反向有功").values) == 24
