"""Load curves as systems write them, from the input to the bill: the right outcome is worked out by hand."""

from decimal import Decimal
from pathlib import Path

import pytest

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.files.catalog import load_catalog
from billcalc.files.loading import load
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.kernel.wording import FaultCode, ProblemCode
from billcalc.vocabulary import Section

SAMPLES = Path(__file__).parents[1] / "fixtures" / "intervals"


def answered(name: str) -> Bill | Refusal:
    return calculate(load(Request, SAMPLES / name), load_catalog(areas=["cn-beijing"]))


def purchased(bill: Bill) -> dict[str, Decimal]:
    """The energy of each band [kWh]."""
    found = {str(line.band): line.quantity for line in bill.lines if line.section is Section.ENERGY}
    return {band: kwh for band, kwh in found.items() if kwh}


# The clock: a plant in Beijing runs from 10:00 to 13:00 of its own clock, all of it peak. By the notice of February 2024
# (one part, 10 kV) its 300 kWh cost 215.65 + 3.66 + 117.00 + 7.95 + 8.15.


@pytest.mark.parametrize("name", ["local", "same_instants_in_utc", "same_instants_elsewhere"])
def test_the_same_instants_are_the_same_bill_by_the_clock_of_the_area(name: str) -> None:
    bill = answered(f"clock/{name}.yaml")
    assert isinstance(bill, Bill)
    assert (purchased(bill), bill.total) == ({"peak": 300}, Decimal("352.41"))


def test_the_day_of_utc_is_no_day_of_beijing() -> None:
    with pytest.raises(InvalidInput) as caught:
        answered("clock/utc_day.yaml")
    [fault] = caught.value.faults
    assert (fault.code, fault.where) == (FaultCode.INTERVAL_OUTSIDE, "/metering_points/0/intervals/values/16")
    assert fault.facts["start"] == "2024-02-02T00:00:00+08:00"  # the first of the eight hours of the second


# Below zero: 23 hours of 1 kWh, and one in which 0.5 kWh more was fed back than taken


def test_an_hour_below_zero_of_a_request_is_set_apart_and_told() -> None:
    bill = answered("fed_back/hour_below_zero.yaml")
    assert isinstance(bill, Bill)
    assert exact_sum(purchased(bill).values()) == 23
    [problem] = [each for each in bill.problems if each.code is ProblemCode.ENERGY_FED_BACK]
    assert problem.facts == {"point": "M1", "energy": "0.5"}
