"""Registers that begin or end inside the month: what is billed is told of every day, what is not may be unread."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import pytest

from billcalc.billing.bill import Bill
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import (
    CONVENTIONS,
    SHOP,
    Data,
    bill,
    catalog,
    changed,
    codes,
    conventions,
    entry,
    fault,
    point,
    problems,
    reading,
    refusal,
    request,
)

TWO_METERS = [
    {"from": "2020-01-01", "meter": "A", "multiplier": "100", "digits": "4"},
    {"from": "2024-07-11", "meter": "B", "multiplier": "100", "digits": "4"},
]
BANDS = {"peak": "0", "flat": "0", "valley": "0"}
NOT_ASSESSED: Data = {"S1": {"power_factor_standard": "none"}}
ASSESSED: Data = {"S1": {"power_factor_standard": "0.90"}}


def shop(*readings: Data, timed: bool, assessed: bool = False, **changes: Any) -> Data:
    """July 2024 of a shop."""
    group = {**SHOP, "time_of_use": timed}
    points = ASSESSED if assessed else NOT_ASSESSED
    agreement = [entry("2020-01-01", groups={"main": group}, supply_points=points, basic={"mode": "exempt"})]
    return request(agreement=agreement, metering_points=[point(readings=list(readings), **changes)])


def exchanged(a: Collection[str], b: Collection[str], **options: Any) -> Data:
    """Meter A with some registers is exchanged on 11 July for B with others; each register of A counts 10, of B 20."""
    return shop(
        reading("2024-07-01", "opening", **dict.fromkeys(a, "0")),
        reading("2024-07-11", "removal", **dict.fromkeys(a, "10")),
        reading("2024-07-11", "installation", **dict.fromkeys(b, "0")),
        reading("2024-08-01", "closing", **dict.fromkeys(b, "20")),
        config=TWO_METERS,
        **options,
    )


def energies(answer: Bill) -> dict[str, str]:
    return {band.value: str(energy) for band, energy in answer.kwh["main"].items()}


@pytest.mark.parametrize(
    ("a", "b", "kwh"),
    [
        ({"total"}, {"total", "peak", "flat", "valley"}, {"total": "3000"}),
        ({"total", "peak", "flat", "valley"}, {"peak", "flat", "valley"}, {"peak": "3000", "flat": "3000", "valley": "3000"}),
        ({"total"}, {"peak", "flat", "valley"}, {"peak": "2000", "flat": "2000", "valley": "2000", "total": "1000"}),
        ({"peak", "flat", "valley"}, {"total"}, {"peak": "1000", "flat": "1000", "valley": "1000", "total": "2000"}),
    ],
)  # fmt: skip
def test_without_time_of_use_each_day_is_billed_by_the_registers_that_its_meter_has(
    a: Collection[str], b: Collection[str], kwh: dict[str, str]
) -> None:
    answer = bill(exchanged(a, b, timed=False))
    assert energies(answer) == kwh
    assert codes(answer) == set()


@pytest.mark.parametrize("source", ["total", None])
def test_without_time_of_use_bands_that_are_read_on_every_day_bill_a_total_that_is_not(source: str | None) -> None:
    # Meter A shows 10 on each register and B 20, both times 100: 10 × 100 + 20 × 100 = 3000 kWh in each band. The total
    # register of A tells 1,000 kWh of the first ten days and nothing of the others, so it bills none of them.
    kwh = {key: told for key, told in {**CONVENTIONS["kwh"], "source": source}.items() if told is not None}
    tariffs = catalog(conventions=conventions(told={**CONVENTIONS, "kwh": kwh}))
    data = exchanged({"total", "peak", "flat", "valley"}, {"peak", "flat", "valley"}, timed=False)
    assert energies(bill(data, tariffs)) == {"peak": "3000", "flat": "3000", "valley": "3000"}


def test_a_day_that_would_be_counted_twice_or_in_part_is_refused() -> None:
    data = exchanged({"total", "peak"}, {"peak", "flat", "valley"}, timed=False)
    assert refusal(data).facts["register"] == "total"
    without_flat = exchanged({"total"}, {"peak", "valley"}, timed=False)
    assert refusal(without_flat).facts == {
        "point": "M1", "register": "total", "start": "2024-07-11", "end": "2024-08-01", "last": "2024-07-31",
    }  # fmt: skip


def test_a_band_that_the_first_meter_lacks_is_counted_from_the_exchange_on() -> None:
    answer = bill(exchanged({"flat", "valley"}, {"peak", "flat", "valley"}, timed=True))
    assert energies(answer) == {"peak": "2000", "flat": "3000", "valley": "3000"}


def test_a_meter_without_bands_does_not_bill_time_of_use() -> None:
    refused = refusal(exchanged({"total"}, {"total", "peak", "flat", "valley"}, timed=True))
    assert (refused.code, refused.facts["register"]) == (RefusalCode.READING_MISSING, "flat")
    assert (refused.facts["start"], refused.facts["end"]) == ("2024-07-01", "2024-07-11")


def test_a_total_that_is_billed_must_be_told_of_every_day_and_the_rest_of_it_needs_some_band() -> None:
    told: Data = {**CONVENTIONS, "kwh": {**CONVENTIONS["kwh"], "source": "total"}}
    tariffs = catalog(conventions=conventions(told=told))
    data = exchanged({"total", "peak", "flat", "valley"}, {"peak", "flat", "valley"}, timed=True)
    assert refusal(data, tariffs).facts["register"] == "total"
    bandless = exchanged({"total", "peak", "valley"}, {"total"}, timed=True)
    assert refusal(bandless, tariffs).facts["start"] == "2024-07-11"
    rest = exchanged({"total", "peak"}, {"total", "peak", "valley"}, timed=True)
    assert refusal(rest, tariffs).code is RefusalCode.NEGATIVE_ENERGY  # peak and valley come to more than the total


def test_a_total_of_some_days_is_not_compared_with_the_bands_of_all() -> None:
    data = exchanged({"total", "peak", "flat", "valley"}, {"peak", "flat", "valley"}, timed=True)
    assert ProblemCode.TOTAL_DIFFERS_FROM_BANDS not in codes(bill(data))


def added(register: str, shown: str, **options: Any) -> Data:
    """A register that its meter shows from 11 July on."""
    opening = {**BANDS, "reactive_forward": "0"}
    opening.pop(register, None)
    closing = {**dict.fromkeys(opening, "10"), register: str(int(shown) + 10)}
    return shop(
        reading("2024-07-01", "opening", **opening),
        reading("2024-07-11", "cut", **dict.fromkeys(opening, "4"), **{register: shown}),
        reading("2024-08-01", "closing", **closing),
        timed=True,
        **options,
    )


def test_a_band_that_begins_at_zero_is_counted_from_then_on() -> None:
    assert energies(bill(added("peak", "0")))["peak"] == "1000"


def test_a_band_that_does_not_begin_at_zero_was_not_read_before() -> None:
    refused = refusal(added("peak", "1"))
    assert (refused.code, refused.where) == (RefusalCode.READING_MISSING, "/metering_points/0/readings/1/peak")
    assert (refused.facts["start"], refused.facts["end"]) == ("2024-07-01", "2024-07-11")


def test_flat_is_told_of_every_day() -> None:
    assert refusal(added("flat", "0")).facts["register"] == "flat"


def test_what_is_not_billed_may_begin_at_any_number_and_the_bill_says_so() -> None:
    assert codes(bill(added("active_reverse", "0"))) == {ProblemCode.ENERGY_FED_BACK}
    answer = bill(added("active_reverse", "3"))
    [problem] = problems(answer, ProblemCode.REGISTER_UNREAD)
    assert (problem.facts["register"], problem.facts["end"]) == ("active_reverse", "2024-07-11")


def test_a_total_that_is_billed_begins_at_zero_or_not_at_all() -> None:
    told: Data = {**CONVENTIONS, "kwh": {**CONVENTIONS["kwh"], "source": "total"}}
    refused = refusal(added("total", "0"), catalog(conventions=conventions(told=told)))
    assert refused.facts["register"] == "total"


def test_a_register_of_the_power_factor_is_told_of_every_day() -> None:
    data = exchanged({*BANDS, "reactive_forward"}, BANDS, timed=True, assessed=True)
    refused = refusal(data)
    assert (refused.code, refused.facts["register"]) == (RefusalCode.READING_MISSING, "reactive_forward")
    given = changed(data, {"facts": {"S1": {"cosphi": "0.90"}}})
    assert energies(bill(given)) == {"peak": "3000", "flat": "3000", "valley": "3000"}


def test_of_two_registers_of_the_power_factor_a_meter_may_lack_one() -> None:
    told: Data = changed(CONVENTIONS, {"power_factor.reactive": ["reactive_forward", "reactive_reverse"]})
    tariffs = catalog(conventions=conventions(told=told))
    both = {*BANDS, "reactive_forward", "reactive_reverse"}
    answer = bill(exchanged({*BANDS, "reactive_forward"}, both, timed=True, assessed=True), tariffs)
    assert str(answer.power_factors[0].reactive_kvarh) == "5000"


def test_a_total_that_measures_the_power_factor_is_told_of_every_day() -> None:
    told: Data = changed(CONVENTIONS, {"power_factor.active": "total"})
    registers = {*BANDS, "reactive_forward"}
    data = exchanged({"total", *registers}, registers, timed=True, assessed=True)
    assert refusal(data, catalog(conventions=conventions(told=told))).facts["register"] == "total"


# Sub-meters, and demand


def test_a_fixed_quantity_is_not_taken_from_a_band_that_no_meter_had() -> None:
    data = exchanged({"peak", "flat", "valley"}, {"flat", "valley"}, timed=True)
    data = changed(data, {
        "metering_points.0.children": [
            {"id": "C1", "kind": "fixed", "group": "main", "value": "0", "band": "peak"},
        ],
    })  # fmt: skip
    assert energies(bill(data))["peak"] == "1000"


def test_the_refusal_of_a_demand_names_the_point_that_does_not_tell_it() -> None:
    data = request(agreement=[entry("2020-01-01", basic={"mode": "actual"})])
    silent = {**point(id="M2"), "readings": [reading("2024-07-01", "opening", **BANDS, reactive_forward="0")]}
    silent["readings"].append(reading("2024-08-01", "closing", **BANDS, reactive_forward="0"))
    refused = refusal({**data, "metering_points": [*data["metering_points"], silent]})
    assert refused.code is RefusalCode.DEMAND_MISSING
    assert refused.facts == {"supply_point": "S1", "of": "M2", "start": "2024-07-01", "end": "2024-08-01"}


def test_the_refusal_of_a_demand_tells_both_ends_of_what_is_unread() -> None:
    data = exchanged({*BANDS, "maximum_demand", "reactive_forward"}, {*BANDS, "reactive_forward"}, timed=True)
    data = changed(data, {"agreement": [entry("2020-01-01", basic={"mode": "actual"})]})
    refused = refusal(data)
    assert (refused.code, refused.facts["of"]) == (RefusalCode.DEMAND_MISSING, "M1")
    assert (refused.facts["start"], refused.facts["end"]) == ("2024-07-11", "2024-08-01")


def test_a_meter_that_is_put_in_ends_the_one_before_though_nobody_wrote_its_removal() -> None:
    data = exchanged({"total"}, {"total", "active_reverse"}, timed=False)
    data = changed(data, {"metering_points.0.readings.1.kind": "closing"})
    assert fault(data).code is FaultCode.INCONSISTENT
    cut = changed(data, {"metering_points.0.readings.1.kind": "cut"})
    assert refusal(cut).code is RefusalCode.CHANGE_WITHOUT_READING


# What is not read

OPENING = reading("2024-07-01", "opening", total="100")


@pytest.mark.parametrize(
    ("readings", "start", "end"),
    [
        ([OPENING], "2024-07-01", "2024-08-01"),
        ([reading("2024-07-03", "opening", total="1"), reading("2024-08-01", "closing", total="2")], "2024-07-01", "2024-07-03"),
        ([OPENING, reading("2024-07-31", "closing", total="101")], "2024-07-31", "2024-08-01"),
        ([OPENING, reading("2024-07-16", "opening", total="9"), reading("2024-08-01", "closing", total="10")], "2024-07-01", "2024-07-16"),
        (
            [
                OPENING,
                reading("2024-07-10", "removal", total="101"),
                reading("2024-07-12", "opening", total="0"),
                reading("2024-08-01", "closing", total="1"),
            ],
            "2024-07-10",
            "2024-07-12",
        ),
        ([reading("2024-07-01", "opening"), reading("2024-08-01", "closing", total="10")], "2024-07-01", "2024-08-01"),
    ],
)  # fmt: skip
def test_days_that_no_reading_tells_of_are_refused_by_both_ends(readings: list[Data], start: str, end: str) -> None:
    refused = refusal(shop(*readings, timed=False))
    assert (refused.code, refused.where) == (RefusalCode.READING_MISSING, "/metering_points/0/readings")
    last = str(date.fromisoformat(end) - timedelta(days=1))
    assert refused.facts == {"point": "M1", "register": "total", "start": start, "end": end, "last": last}


def test_a_register_that_is_not_billed_may_be_unread_and_the_bill_says_so() -> None:
    data = shop(OPENING, reading("2024-08-01", "closing", total="110", reactive_forward="3"), timed=False)
    answer = bill(data)
    [problem] = problems(answer, ProblemCode.REGISTER_UNREAD)
    assert (problem.severity, problem.facts["register"]) == (Severity.NOTE, "reactive_forward")
    assert energies(answer) == {"total": "1000"}
