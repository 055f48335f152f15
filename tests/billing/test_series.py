"""Series of powers: means of intervals, or powers at instants."""

from billcalc.kernel.codes import FaultCode, RefusalCode
from tests.billing.cases import bill, faults, quantities, refusal
from tests.billing.test_intervals import UNTIMED, metered


def test_powers_at_instants_are_billed_by_the_means_between_them() -> None:
    # two days of 48 half hours: 0, 1, 2 … 96 kW; half hours of 0.5, 1.5 … 95.5 kW: 96 × 48 ÷ 2 kWh
    values = [str(number) for number in range(97)]
    answer = bill(metered(UNTIMED, unit="kw", sampling="instant", values=values))
    assert quantities(answer, "network_energy") == ["2304.00"]
    means = bill(metered(UNTIMED, unit="kw", values=values[:-1]))
    assert quantities(means, "network_energy") == ["2280.0"]


def test_without_the_power_at_the_end_the_last_interval_is_missing() -> None:
    data = metered(UNTIMED, unit="kw", sampling="instant", values=["1"] * 96)
    refused = refusal(data)
    assert (refused.code, refused.facts["count"]) == (RefusalCode.INTERVALS_MISSING, "1")
    assert refused.facts["start"].startswith("2024-07-02 23:30")


def test_a_power_after_the_end_is_found() -> None:
    data = metered(UNTIMED, unit="kw", sampling="instant", values=["1"] * 98)
    [found] = faults(data)
    assert (found.code, found.where) == (FaultCode.INTERVAL_OUTSIDE, "/metering_points/0/intervals/values/96")
