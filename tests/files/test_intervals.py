"""Interval data from files: each layout gives the same readings, and a bad row is told while the good ones are kept."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from billcalc.files.intervals import IntervalTable, read_intervals
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.troubles import InvalidInput
from billcalc.metering.interval_models import IntervalUnit
from billcalc.metering.intervals import FillRule, completed

FIXTURES = Path(__file__).parents[2] / "fixtures"
BAD = FIXTURES / "bad" / "intervals"
MAY_31 = datetime(2024, 5, 31, 16, tzinfo=UTC)
"""Midnight of the first of June in Shanghai."""


def quarter(number: int) -> datetime:
    return MAY_31 + number * timedelta(minutes=15)


EXPECTED = ((quarter(0), Decimal("1.25")), (quarter(1), Decimal("1.50")), (quarter(3), Decimal("0.75")))


def test_times_have_an_offset_or_are_of_the_clock_of_a_zone() -> None:
    table = read_intervals(FIXTURES / "intervals" / "long.csv", zone="Asia/Shanghai")
    assert table == IntervalTable(15, EXPECTED, ())


def test_a_row_of_a_day_has_its_intervals_and_empty_ones_are_missing() -> None:
    table = read_intervals(FIXTURES / "intervals" / "wide.csv", zone="Asia/Shanghai")
    assert (table.step, len(table.readings), table.bad) == (15, 191, ())
    assert table.readings[:2] == ((quarter(0), Decimal("0.5")), (quarter(1), Decimal("0.5")))
    series = completed(table.readings, start=quarter(0), end=quarter(192), step=15, fill=FillRule.ZERO)
    assert [(found.start, found.count) for found in series.findings] == [(quarter(101), 1)]
    assert exact_sum(series.kwh) == Decimal("95.5")


@pytest.mark.parametrize(("count", "step", "kwh"), [(24, 60, "2"), (48, 30, "1.0"), (96, 15, "0.50")])
def test_a_day_of_mean_powers_is_read_at_the_step_its_columns_tell(count: int, step: int, kwh: str) -> None:
    header = ",".join(["date", *(f"p{number}" for number in range(count))])
    text = f"{header}\n2024-06-01,{','.join(['2'] * count)}\n"
    table = read_intervals(text.encode(), unit=IntervalUnit.KW, zone="Asia/Shanghai")
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
    assert read_intervals(path, zone="Asia/Shanghai") == IntervalTable(15, EXPECTED, ())


def test_a_day_of_parquet_may_have_a_date() -> None:
    wide = {"date": pa.array([date(2024, 6, 1)]), **{f"h{number}": pa.array([number]) for number in range(24)}}
    table = read_intervals(parquet(**wide), name="x.parquet", zone="Asia/Shanghai")
    assert (table.step, exact_sum(kwh for _, kwh in table.readings)) == (60, Decimal(276))


def test_a_time_that_comes_twice_is_the_earlier_one_first() -> None:
    rows = [f"2024-10-27 {hour:02}:00,{number}" for number, hour in enumerate((1, 2, 2, 3))]
    table = read_intervals("\n".join(["timestamp,kwh", *rows]).encode(), step=60, zone="Europe/Berlin")
    first = datetime(2024, 10, 26, 23, tzinfo=UTC)
    assert [instant for instant, _ in table.readings] == [first + number * timedelta(hours=1) for number in range(4)]


MESSAGES = {
    "not_a_time.csv": 'wrong_type: a time is written 2024-06-01T00:15:00+08:00; correct the value "01/06/2024"',
    "no_such_day.csv": (
        'wrong_type: a time is written 2024-06-01T00:15:00+08:00; correct the value "2024-06-31T00:00:00+08:00"'
    ),
    "no_offset.csv": ('wrong_type: the time has no offset, and no zone is told; correct the value "2024-06-01 00:15"'),
    "not_a_number.csv": (
        'not_a_number: an exponent is not accepted: write "1000" instead of "1e3"; correct the number'
    ),
    "too_many_cells.csv": ("syntax: the text cannot be read: 3 cells instead of 2; correct it at this place"),
}
IN_BERLIN = {
    "time_that_is_not.csv": (
        'wrong_type: the clock of Europe/Berlin passes over this time; correct the value "2024-03-31 02:30"'
    ),
    "day_of_23_hours.csv": (
        "wrong_type: this day has 23 hours in Europe/Berlin: give its intervals by their times; correct the value "
        '"2024-03-31"'
    ),
}
WHOLE = {
    "empty.csv": "empty.csv: empty: the input is empty; give a document, or check its name",
    "no_time.csv": 'no_time.csv:1:1: missing_key: the key "timestamp or date" is missing; add it',
    "no_value.csv": 'no_value.csv:1:1: missing_key: the key "kwh or kw" is missing; add it',
    "columns_of_day.csv": (
        "columns_of_day.csv:1:1: inconsistent: a day has 24, 48 or 96 columns beside its date, and there are 2; "
        "correct one of the two"
    ),
}


@pytest.mark.parametrize("name", [*MESSAGES, *IN_BERLIN])
def test_a_bad_row_is_told_with_its_place_and_the_others_are_kept(name: str) -> None:
    table = read_intervals(BAD / name, name=name, zone="Europe/Berlin" if name in IN_BERLIN else None)
    assert [str(fault) for fault in table.bad] == [f"{name}:3:1: {({**MESSAGES, **IN_BERLIN})[name]}"]
    assert len(table.readings) in (1, 24)


def test_rows_that_are_no_days_are_told() -> None:
    table = read_intervals(BAD / "not_a_day.csv", name="not_a_day.csv", zone="Europe/Berlin")
    told = "wrong_type: a day is written YYYY-MM-DD, such as 2024-06-01; correct the value"
    assert [str(fault) for fault in table.bad] == [
        f'not_a_day.csv:3:1: {told} "2024-02-30"',
        f'not_a_day.csv:4:1: {told} "20240331"',
    ]
    unzoned = read_intervals(BAD / "not_a_day.csv", name="not_a_day.csv")
    assert unzoned.readings == ()
    assert unzoned.bad[0].facts["reason"] == "a row of a day needs the zone of its clock"


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_has_no_intervals_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_intervals(BAD / name, name=name)
    assert str(caught.value) == WHOLE[name]


def test_every_bad_file_has_its_message() -> None:
    assert {path.name for path in BAD.iterdir()} == {*MESSAGES, *IN_BERLIN, *WHOLE, "not_a_day.csv"}


@pytest.mark.parametrize(
    ("source", "options", "message"),
    [
        (b"no parquet", {"name": "x.parquet"}, "x.parquet: cannot_read: "),
        (b"timestamp,kw\n", {"step": 5}, "input:1:1: inconsistent: a mean power over 5 minutes tells no exact energy"),
        (b"timestamp,kwh\n", {"zone": "Europe/Nowhere"}, 'zone: unknown_reference: there is no zone "Europe/Nowhere"'),
        (
            parquet(timestamp=["2024-06-01T00:00:00Z"], kwh=[1.5]),
            {"name": "x.parquet"},
            'x.parquet: wrong_type: the column "kwh" has floats, which hold no exact decimals',
        ),
    ],
)
def test_what_cannot_be_read_exactly_is_refused(source: bytes, options: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_intervals(source, **options)
    assert str(caught.value).startswith(message)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    for suffix in ("csv", "parquet"):
        with pytest.raises(InvalidInput, match="cannot_read: the input cannot be read: no such file or directory"):
            read_intervals(tmp_path / f"none.{suffix}")


def test_a_bad_row_of_parquet_is_told_by_its_number() -> None:
    table = read_intervals(parquet(timestamp=["2024-06-01T00:00:00Z", "soon"], kwh=["1", "1"]), name="x.parquet")
    assert [fault.where for fault in table.bad] == ["x.parquet: row 2"]


def test_a_file_in_gb18030_with_the_line_ends_of_old_macs_is_read_and_its_encoding_told() -> None:
    text = "timestamp,kwh,状态\r2024-02-01 00:00,1,正常\r2024-02-01 00:15,2,正常\r"
    table = read_intervals(text.encode("gb18030"), zone="Asia/Shanghai")
    assert [kwh for _, kwh in table.readings] == [1, 2]
    assert table.encoding == "gb18030"
    assert read_intervals(text.encode("utf-8-sig"), zone="Asia/Shanghai").encoding == "utf-8"
