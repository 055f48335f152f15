"""Interval data from files: each layout gives the same readings, and a bad row is told while the good ones are kept."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.troubles import InvalidInput
from billcalc.metering.intervals import FillRule, completed
from billcalc.tables.intervals import IntervalTable
from tests.tables.interval_reading import read_as_stated

FIXTURES = Path(__file__).parents[2] / "fixtures"
BAD = FIXTURES / "bad" / "intervals"
MAY_31 = datetime(2024, 5, 31, 16, tzinfo=UTC)
"""Midnight of the first of June in Shanghai."""


def quarter(number: int) -> datetime:
    return MAY_31 + number * timedelta(minutes=15)


EXPECTED = ((quarter(0), Decimal("1.25")), (quarter(1), Decimal("1.50")), (quarter(3), Decimal("0.75")))


def test_times_have_an_offset_or_are_of_the_clock_of_a_zone() -> None:
    table = read_as_stated(FIXTURES / "intervals" / "long.csv", zone="Asia/Shanghai")
    assert table == IntervalTable(15, EXPECTED, ())


def test_a_row_of_a_day_has_its_intervals_and_empty_ones_are_missing() -> None:
    table = read_as_stated(FIXTURES / "intervals" / "wide.csv", zone="Asia/Shanghai", values="kwh")
    assert (table.step, len(table.readings), table.bad) == (15, 191, ())
    assert table.readings[:2] == ((quarter(0), Decimal("0.5")), (quarter(1), Decimal("0.5")))
    series = completed(table.readings, start=quarter(0), end=quarter(192), step=15, fill=FillRule.ZERO)
    assert [(found.start, found.count) for found in series.findings] == [(quarter(101), 1)]
    assert exact_sum(series.kwh) == Decimal("95.5")


@pytest.mark.parametrize(("count", "step", "kwh"), [(24, 60, "2"), (48, 30, "1.0"), (96, 15, "0.50")])
def test_a_day_of_mean_powers_is_read_at_the_step_its_columns_tell(count: int, step: int, kwh: str) -> None:
    header = ",".join(["date", *(f"p{number}" for number in range(count))])
    text = f"{header}\n2024-06-01,{','.join(['2'] * count)}\n"
    table = read_as_stated(text.encode(), values="kw", zone="Asia/Shanghai")
    assert (table.step, len(table.readings)) == (step, count)
    assert table.readings[0] == (quarter(0), Decimal(kwh))
    assert exact_sum(each for _, each in table.readings) == 48


def parquet(**columns: Any) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "columns",
    [
        {
            "timestamp": pa.array([quarter(0), quarter(1), quarter(2), quarter(3)], pa.timestamp("ms", "UTC")),
            "kwh": pa.array([Decimal("1.25"), Decimal("1.50"), None, Decimal("0.75")], pa.decimal128(9, 2)),
        },
        {
            "timestamp": ["2024-06-01 00:00", "2024-06-01 00:15", "2024-06-01 00:30", "2024-06-01 00:45"],
            "kwh": ["1.25", "1.50", "", "0.75"],
        },
        {
            "kw": ["5", "6", None, "3"],
            "timestamp": pa.array(
                [(quarter(number) + timedelta(hours=8)).replace(tzinfo=None) for number in range(4)], pa.timestamp("us")
            ),
        },
    ],
)
def test_parquet_has_the_same_columns(columns: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "june.parquet"
    path.write_bytes(parquet(**columns))
    assert read_as_stated(path, zone="Asia/Shanghai") == IntervalTable(15, EXPECTED, ())


def test_a_day_of_parquet_may_have_a_date() -> None:
    wide = {"date": pa.array([date(2024, 6, 1)]), **{f"h{number}": pa.array([number]) for number in range(24)}}
    table = read_as_stated(parquet(**wide), name="x.parquet", zone="Asia/Shanghai", values="kwh")
    assert (table.step, exact_sum(kwh for _, kwh in table.readings)) == (60, Decimal(276))


def hourly(*minutes: int, start: str = "2024-06-01") -> bytes:
    """Rows of 1 kWh so many minutes after midnight."""
    rows = [f"{start} {minute // 60:02}:{minute % 60:02},1" for minute in minutes]
    return "\n".join(["timestamp,kwh", *rows]).encode()


@pytest.mark.parametrize(
    ("minutes", "seen", "line"),
    [
        ((0, 5, 10), "5", 3),
        ((0, 15, 20, 30), "5", 4),
        ((0, 15, 37, 45), "22", 4),
        ((0, 60), "60", 3),
        ((60, 0), "60", 2),
        ((0, 30, 60, 90), "30", 3),
        ((0, 15, 30, 45, 60, 120, 180, 240), "60", 9),  # quarters of an hour, and then hours
        ((0, 60, 120, 180, 195, 210), "60", 5),
    ],
)
def test_rows_of_another_step_than_is_said_are_refused(minutes: tuple[int, ...], seen: str, line: int) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_as_stated(hourly(*minutes), zone="Asia/Shanghai", step=15)
    [fault] = caught.value.faults
    assert (fault.code, fault.where) == (FaultCode.STEP_DIFFERS, f"input:{line}:1")
    assert fault.facts == {"seen": seen, "step": "15"}


@pytest.mark.parametrize("minutes", [(0,), (), (0, 15, 45, 75, 90), (15, 0), (0, 15, 300, 315), (0, 0, 15)])
def test_rows_between_which_some_are_missing_are_of_the_step(minutes: tuple[int, ...]) -> None:
    assert len(read_as_stated(hourly(*minutes), zone="Asia/Shanghai", step=15).readings) == len(minutes)


def test_rows_with_an_empty_value_are_missing_and_of_the_step() -> None:
    text = hourly(*range(0, 300, 15)).decode().splitlines()
    emptied = [line if place % 4 == 1 or place == 0 else line.removesuffix("1") for place, line in enumerate(text)]
    assert len(read_as_stated("\n".join(emptied).encode(), zone="Asia/Shanghai").readings) == 5


def test_a_row_that_cannot_be_read_does_not_make_the_others_of_another_step() -> None:
    text = hourly(0, 30).replace(b"\n2024-06-01 00:30", b"\nsoon,1\n2024-06-01 00:30")
    table = read_as_stated(text, zone="Asia/Shanghai", step=15)
    assert (len(table.readings), len(table.bad)) == (2, 1)


def test_the_step_of_columns_is_that_which_is_said() -> None:
    path = FIXTURES / "intervals" / "wide.csv"
    assert read_as_stated(path, zone="Asia/Shanghai", values="kwh", step=15).step == 15
    with pytest.raises(InvalidInput, match="step_differs: the intervals here are 15 minutes apart, and 60 minutes are"):
        read_as_stated(path, zone="Asia/Shanghai", values="kwh", step=60)


@pytest.mark.parametrize("head", ["timestamp,kwh,kwh", "timestamp,timestamp,kwh", "timestamp,kw,kwh,kw"])
def test_a_head_that_stands_twice_is_refused(head: str) -> None:
    with pytest.raises(InvalidInput, match="input:1:1: duplicate_key"):
        read_as_stated(f"{head}\n".encode())


def test_a_day_beside_the_time_is_one_more_column() -> None:
    text = b"date,timestamp,kwh\n2024-06-01,2024-06-01 00:00,1\n"
    assert read_as_stated(text, zone="Asia/Shanghai", step=15).readings == ((quarter(0), Decimal(1)),)


def test_bad_rows_are_told_in_the_order_of_the_file() -> None:
    rows = ["2024-06-01 00:00,x", "soon,1", "2024-06-01 00:15", "2024-06-01 00:30,1"]
    table = read_as_stated("\n".join(["timestamp,kwh", *rows]).encode(), zone="Asia/Shanghai", step=15)
    assert [(fault.where, fault.code) for fault in table.bad] == [
        ("input:2:1", FaultCode.NOT_A_NUMBER),
        ("input:3:1", FaultCode.TIME_NOT_READ),
        ("input:4:1", FaultCode.SYNTAX),
    ]


def test_the_order_of_rows_does_not_decide_a_time_that_comes_twice() -> None:
    # The clock of Berlin goes back at 03:00: which of the two hours from 02:00 on a row means only its offset tells
    rows = [f"2024-10-27 {hour:02}:00,{number}" for number, hour in enumerate((1, 2, 2, 3))]
    table = read_as_stated("\n".join(["timestamp,kwh", *rows]).encode(), step=60, zone="Europe/Berlin")
    assert [kwh for _, kwh in table.readings] == [0, 3]
    assert [(fault.code, fault.where) for fault in table.bad] == [
        (FaultCode.CLOCK_CHANGES, "input:3:1"),
        (FaultCode.CLOCK_CHANGES, "input:4:1"),
    ]
    told = [row.replace("02:00,1", "02:00+02:00,1").replace("02:00,2", "02:00+01:00,2") for row in rows]
    first = datetime(2024, 10, 26, 23, tzinfo=UTC)
    for each in (told, told[::-1]):
        table = read_as_stated("\n".join(["timestamp,kwh", *each]).encode(), step=60, zone="Europe/Berlin")
        assert sorted(table.readings) == [(first + number * timedelta(hours=1), Decimal(number)) for number in range(4)]


MESSAGES = {
    "not_a_time.csv": (
        'time_not_read: "01/06/2024" is not read: a time is written with the year first, as 2024-06-01 00:15; write it so; '
        "the hour is 0 to 24"
    ),
    "no_such_day.csv": (
        'time_not_read: "2024-06-31T00:00:00+08:00" is not read: a time is written with the year first, as '
        "2024-06-01 00:15; write it so; the hour is 0 to 24"
    ),
    "no_offset.csv": (
        'time_without_zone: "2024-06-01 00:15" has no offset, and no zone is told; write the offset, such as +08:00, or '
        "tell the zone of the clock"
    ),
    "not_a_number.csv": (
        'not_a_number: an exponent is not accepted: write "1000" instead of "1e3"; correct the number'
    ),
    "too_many_cells.csv": ("syntax: the text cannot be read: 3 cells instead of 2; correct it at this place"),
}
IN_BERLIN = {
    "time_that_is_not.csv": (
        'clock_changes: "2024-03-31 02:30" is not one time by the clock of Europe/Berlin, which changes then; give its '
        "intervals with their offsets"
    ),
    "day_of_23_hours.csv": (
        'clock_changes: "2024-03-31" is not one time by the clock of Europe/Berlin, which changes then; give its '
        "intervals with their offsets"
    ),
}
WHOLE = {
    "empty.csv": "empty.csv: empty: the input is empty; give a document, or check its name",
    "no_time.csv": 'no_time.csv:1:1: missing_key: the key "timestamp or date" is missing; add it',
    "no_value.csv": 'no_value.csv:1:1: missing_key: the key "kwh or kw" is missing; add it',
    "columns_of_day.csv": (
        "columns_of_day.csv:1:1: hours_of_day: the heads do not make the hours of a day: missing 0:00, 1:00, 2:00, 3:00, "
        "4:00 …; out of place or there twice –; other heads a, b; name each column by the time at which its interval "
        "starts (0:00, 0:15 …), or all by their ends, up to 24:00"
    ),
}


@pytest.mark.parametrize("name", [*MESSAGES, *IN_BERLIN])
def test_a_bad_row_is_told_with_its_place_and_the_others_are_kept(name: str) -> None:
    stated = {"zone": "Europe/Berlin"} if name in IN_BERLIN else {}
    stated |= {"values": "kwh"} if "day" in name and name != "no_such_day.csv" else {"step": "15"}
    table = read_as_stated(BAD / name, name=name, **stated)
    assert [str(fault) for fault in table.bad] == [f"{name}:3:1: {({**MESSAGES, **IN_BERLIN})[name]}"]
    assert len(table.readings) in (1, 24)


def test_rows_that_are_no_days_are_told() -> None:
    table = read_as_stated(BAD / "not_a_day.csv", name="not_a_day.csv", values="kwh", zone="Europe/Berlin")
    told = "a time is written with the year first, as 2024-06-01; write it so; the hour is 0 to 24"
    assert [str(fault) for fault in table.bad] == [
        f'not_a_day.csv:3:1: time_not_read: "2024-02-30" is not read: {told}',
        f'not_a_day.csv:4:1: time_not_read: "31.3.2024" is not read: {told}',
    ]
    unzoned = read_as_stated(BAD / "not_a_day.csv", name="not_a_day.csv", values="kwh")
    assert unzoned.readings == ()
    assert unzoned.bad[0].code is FaultCode.TIME_WITHOUT_ZONE


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_has_no_intervals_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_as_stated(BAD / name, name=name, values="kwh" if name == "columns_of_day.csv" else None)
    assert str(caught.value) == WHOLE[name]


def test_every_bad_file_has_its_message() -> None:
    assert {path.name for path in BAD.iterdir()} == {*MESSAGES, *IN_BERLIN, *WHOLE, "not_a_day.csv"}


@pytest.mark.parametrize(
    ("source", "options", "message"),
    [
        (b"no parquet", {"name": "x.parquet"}, "x.parquet: cannot_read: "),
        (
            b"timestamp,kw\n2024-06-01T00:00:00Z,1\n",
            {"step": 5},
            "input:1:1: inconsistent: a mean power over 5 minutes tells no exact energy",
        ),
        (
            b"timestamp,kwh\n",
            {"step": 5, "zone": "Europe/Nowhere"},
            'zone: unknown_reference: there is no zone "Europe/Nowhere"',
        ),
        (
            parquet(timestamp=["2024-06-01T00:00:00Z"], kwh=[1.5]),
            {"name": "x.parquet"},
            "x.parquet: wrong_type: the column holds binary floating-point numbers",
        ),
    ],
)
def test_what_cannot_be_read_exactly_is_refused(source: bytes, options: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_as_stated(source, **options)
    assert str(caught.value).startswith(message)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    for suffix in ("csv", "parquet"):
        with pytest.raises(InvalidInput, match="cannot_read: the input cannot be read: no such file or directory"):
            read_as_stated(tmp_path / f"none.{suffix}")


def test_a_bad_row_of_parquet_is_told_by_its_number() -> None:
    table = read_as_stated(
        parquet(timestamp=["2024-06-01T00:00:00Z", "soon"], kwh=["1", "1"]), name="x.parquet", step=15
    )
    assert [fault.where for fault in table.bad] == ["x.parquet: row 2"]


def test_a_file_in_gb18030_with_the_line_ends_of_old_macs_is_read_and_its_encoding_told() -> None:
    text = "timestamp,kwh,状态\r2024-02-01 00:00,1,正常\r2024-02-01 00:15,2,正常\r"
    table = read_as_stated(text.encode("gb18030"), zone="Asia/Shanghai")
    assert [kwh for _, kwh in table.readings] == [1, 2]
    assert table.encoding == "gb18030"
    assert read_as_stated(text.encode("utf-8-sig"), zone="Asia/Shanghai").encoding == "utf-8"
