"""Days on which a meter is read twice, or is not told yet."""

from billcalc.kernel.codes import FaultCode
from tests.billing.cases import faults, reading
from tests.billing.test_readings import OPENING, kwh, read


def test_two_readings_of_one_meter_on_one_day_are_a_fault() -> None:
    """5 × 100 kWh between two readings of 1 July would be energy of no time."""
    opening, again = OPENING, reading("2024-07-01", "cut", total="15")
    [found] = faults(read(opening, again, reading("2024-08-01", "closing", total="110")))
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/metering_points/0/readings/1")
    assert found.facts == {"reason": "read_again_that_day", "register": "total", "day": "2024-07-01"}
    closing = reading("2024-08-01", "closing", total="110")
    [found] = faults(read(opening, reading("2024-08-01", "cut", total="100"), closing))
    assert found.where == "/metering_points/0/readings/2"


def test_an_estimate_is_settled_on_its_own_day() -> None:
    estimated = reading("2024-07-11", "estimated", total="160")
    data = read(
        OPENING, estimated, reading("2024-07-11", "cut", total="150"), reading("2024-08-01", "closing", total="210")
    )
    assert kwh(data) == ["11000"]


def test_a_meter_that_is_told_too_late_is_told_so() -> None:
    closing = reading("2024-08-01", "closing", total="110")
    late = [{"from": "2024-07-02", "meter": "A", "multiplier": "100", "digits": "4"}]
    [found] = faults(read(OPENING, closing, config=late))
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/metering_points/0/config/0/from")
    assert found.facts == {"reason": "meter_told_late", "start": "2024-07-02", "day": "2024-07-01"}
    [found] = faults(read(OPENING, closing, config=[]))
    assert (found.code, found.where) == (FaultCode.MISSING_KEY, "/metering_points/0/config")
