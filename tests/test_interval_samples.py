"""Load curves as systems write them, from the input to the bill: the right outcome is worked out by hand."""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.files.loading import load
from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal
from billcalc.library.catalog import load_catalog
from billcalc.metering.intervals import (
    CompleteSeries,
    FillRule,
    SeriesTrouble,
    band_energies,
    completed,
    local_times,
)
from billcalc.tables.intervals import IntervalTable
from billcalc.vocabulary import Band, Section
from tests.tables.interval_reading import read_as_stated

SAMPLES = Path(__file__).parents[1] / "fixtures" / "intervals"


def answered(name: str) -> Bill | Refusal:
    return calculate(load(Request, SAMPLES / name), load_catalog(areas=["cn-beijing"]))


def purchased(bill: Bill) -> dict[str, Decimal]:
    """The energy of each band [kWh]."""
    found = {str(line.band): line.quantity for line in bill.lines if line.section is Section.ENERGY}
    return {band: kwh for band, kwh in found.items() if kwh}


SHANGHAI = ZoneInfo("Asia/Shanghai")
MIDNIGHT = datetime(2024, 2, 1, tzinfo=SHANGHAI)
HOUR = timedelta(hours=1)


def day_of(table: IntervalTable, fill: FillRule = FillRule.REFUSE) -> CompleteSeries:
    """The first of February, of which the samples are."""
    return completed(table.readings, start=MIDNIGHT, end=MIDNIGHT + 24 * HOUR, step=table.step, fill=fill)


def told(name: str, **options: object) -> Fault:
    """Why a file is refused."""
    with pytest.raises(InvalidInput) as caught:
        read_as_stated(SAMPLES / name, name=name, zone="Asia/Shanghai", **options)  # type: ignore[arg-type]
    [fault] = caught.value.faults
    return fault


# The clock: a plant in Beijing runs from 10:00 to 13:00 of its own clock, all of it peak. By the notice of February 2024
# (one part, 10 kV) its 300 kWh cost 215.65 + 3.66 + 117.00 + 7.95 + 8.15.


@pytest.mark.parametrize("name", ["local", "same_instants_in_utc", "same_instants_elsewhere"])
def test_the_same_instants_are_the_same_bill_by_the_clock_of_the_area(name: str) -> None:
    bill = answered(f"clock/{name}.yaml")
    assert isinstance(bill, Bill)
    assert (purchased(bill), bill.total) == ({"peak": Decimal(300)}, Decimal("352.41"))


def test_the_day_of_utc_is_no_day_of_beijing() -> None:
    with pytest.raises(InvalidInput) as caught:
        answered("clock/utc_day.yaml")
    [fault] = caught.value.faults
    assert (fault.code, fault.where) == (FaultCode.INTERVAL_OUTSIDE, "/metering_points/0/intervals/values/16")
    assert fault.facts["start"] == "2024-02-02T00:00:00+08:00"  # the first of the eight hours of the second


# Below zero: 23 hours of 1 kWh, and one in which 0.5 kWh more was fed back than taken


def test_an_hour_below_zero_of_a_file_is_set_apart_and_told() -> None:
    series = day_of(read_as_stated(SAMPLES / "fed_back" / "hour_below_zero.csv", step=60, zone="Asia/Shanghai"))
    by_band = band_energies(series, local_times(series, SHANGHAI), lambda day, minute: Band.FLAT)
    assert (by_band, series.fed_back_kwh, series.usable) == ({Band.FLAT: Decimal(23)}, Decimal("0.5"), True)
    [finding] = series.findings
    assert (finding.trouble, finding.start) == (SeriesTrouble.FED_BACK, MIDNIGHT + 11 * HOUR)


def test_an_hour_below_zero_of_a_request_is_set_apart_and_told() -> None:
    bill = answered("fed_back/hour_below_zero.yaml")
    assert isinstance(bill, Bill)
    assert exact_sum(purchased(bill).values()) == 23
    [problem] = [each for each in bill.problems if each.code is ProblemCode.ENERGY_FED_BACK]
    assert problem.facts == {"point": "M1", "energy": "0.5"}


# The step: rows that are not as far apart as is said


@pytest.mark.parametrize(("name", "seen", "step", "kwh"), [("five_minutes", "5", 5, 12), ("hours", "60", 60, 96)])
def test_rows_of_another_step_are_refused_and_read_by_their_own(name: str, seen: str, step: int, kwh: int) -> None:
    fault = told(f"step/{name}.csv", step=15)
    assert (fault.code, fault.facts) == (FaultCode.STEP_DIFFERS, {"seen": seen, "step": "15"})
    table = read_as_stated(SAMPLES / "step" / f"{name}.csv", step=step, zone="Asia/Shanghai")
    assert exact_sum(kwh for _, kwh in table.readings) == kwh
    if name == "hours":
        assert (exact_sum(day_of(table).kwh), day_of(table).usable) == (Decimal(96), True)


# Heads: 300 kWh between 10:00 and 13:00


@pytest.mark.parametrize("name", ["in_order", "sorted_as_texts"])
def test_heads_tell_the_hours_and_not_their_order(name: str) -> None:
    series = day_of(read_as_stated(SAMPLES / "wide" / f"{name}.csv", zone="Asia/Shanghai", values="kwh"))
    assert [hour for hour, kwh in enumerate(series.kwh) if kwh] == [10, 11, 12]
    assert (exact_sum(series.kwh), series.usable) == (Decimal(300), True)


def test_a_total_is_no_hour() -> None:
    fault = told("wide/total_for_an_hour.csv", values="kwh")
    assert fault.code is FaultCode.HOURS_OF_DAY
    assert fault.facts == {"missing": "0:00", "twice": "–", "others": "total"}


# Times: a day of 24 kWh by the hour


@pytest.mark.parametrize("name", ["iso_ends", "ends_with_24_00"])
def test_times_that_are_ends_are_said_to_be_ends(name: str) -> None:
    path = SAMPLES / "times" / f"{name}.csv"
    series = day_of(read_as_stated(path, step=60, zone="Asia/Shanghai", times="ends"))
    assert not series.findings
    assert exact_sum(series.kwh) == 24
    as_starts = day_of(read_as_stated(path, step=60, zone="Asia/Shanghai"))
    assert [(each.trouble, each.start) for each in as_starts.findings] == [
        (SeriesTrouble.MISSING, MIDNIGHT),
        (SeriesTrouble.OUTSIDE, MIDNIGHT + 24 * HOUR),
    ]
    assert not as_starts.usable


def test_times_as_spreadsheets_write_them_are_read() -> None:
    series = day_of(read_as_stated(SAMPLES / "times" / "spreadsheet.csv", step=60, zone="Asia/Shanghai"))
    assert not series.findings
    assert exact_sum(series.kwh) == 24


# Text: what another program would write of the same file


def test_a_file_in_gb18030_is_read_and_said() -> None:
    table = read_as_stated(SAMPLES / "gb18030.csv", step=60, zone="Asia/Shanghai")
    assert (table.encoding, table.bad) == ("gb18030", ())
    assert exact_sum(day_of(table).kwh) == 24


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_line_ends_and_byte_order_marks_change_nothing(mark: bytes, end: bytes) -> None:
    text = (SAMPLES / "times" / "spreadsheet.csv").read_bytes().replace(b"\n", end)
    table = read_as_stated(mark + text, step=60, zone="Asia/Shanghai")
    assert not table.bad
    assert exact_sum(day_of(table).kwh) == 24


def test_every_sample_is_tested() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    untested = [path for path in SAMPLES.glob("*/*") if path.parent.name != "door" and path.stem not in here]
    assert untested == []
