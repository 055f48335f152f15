"""Registers that are estimated, roll over or count what is fed back."""

import copy
from typing import Any

import pytest

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import (
    SHOP,
    Data,
    amounts,
    bill,
    changed,
    codes,
    entry,
    fault,
    point,
    problems,
    quantities,
    reading,
    refusal,
    request,
)

UNTIMED = {**SHOP, "time_of_use": False}
NOT_ASSESSED = {"S1": {"power_factor_standard": "none"}}


def read(*readings: Data, **changes: Any) -> Data:
    """July 2024 of a shop with a total register."""
    agreement = [entry("2020-01-01", groups={"main": UNTIMED}, supply_points=NOT_ASSESSED, basic={"mode": "exempt"})]
    return request(agreement=agreement, metering_points=[point(readings=list(readings), **changes)])


# Estimated readings


def test_an_estimated_reading_closes_and_opens_like_a_cut_and_is_noted() -> None:
    data = read(
        reading("2024-07-01", "opening", total="100"),
        reading("2024-07-11", "estimated", total="103"),
        reading("2024-08-01", "closing", total="110"),
    )
    answer = bill(data)
    assert quantities(answer, "network_energy") == ["1000"]
    [problem] = problems(answer, ProblemCode.ESTIMATED_READING)
    assert (problem.where, problem.severity) == ("/metering_points/0/readings/1", Severity.NOTE)
    assert str(problem) == (
        "/metering_points/0/readings/1: estimated_reading: metering point M1 was not read on 2024-07-11: its reading is "
        "an estimate; let the next actual reading settle it, with this one, of kind estimated, as its opening"
    )


def test_a_reading_below_the_estimate_within_the_period_settles_it() -> None:
    answer = bill(
        read(
            reading("2024-07-01", "opening", total="100"),
            reading("2024-07-11", "estimated", total="112"),
            reading("2024-08-01", "closing", total="110"),
        )
    )
    assert quantities(answer, "network_energy") == ["1000"]  # 1200 − 200
    [problem] = problems(answer, ProblemCode.BELOW_ESTIMATE)
    assert problem.where == "/metering_points/0/readings/2/total"
    assert problem.facts == {"point": "M1", "register": "total", "energy": "-200"}


def test_a_reading_below_the_estimate_of_the_period_before_gives_energy_back() -> None:
    answer = bill(read(reading("2024-07-01", "estimated", total="112"), reading("2024-08-01", "closing", total="110")))
    assert quantities(answer, "network_energy") == ["-200"]
    assert amounts(answer, "network_energy") == ["-20.00"]
    assert codes(answer) == {"below_estimate", "total_below_zero"}


def test_a_reading_above_the_estimate_is_no_matter() -> None:
    data = read(reading("2024-07-01", "estimated", total="100"), reading("2024-08-01", "closing", total="110"))
    assert codes(bill(data)) == set()


def test_an_estimate_that_ends_the_period_is_billed_and_noted() -> None:
    data = read(reading("2024-07-01", "opening", total="100"), reading("2024-08-01", "estimated", total="110"))
    answer = bill(data)
    assert (quantities(answer, "network_energy"), codes(answer)) == (["1000"], {"estimated_reading"})


def test_other_groups_are_not_settled_by_an_estimate() -> None:
    data = read(reading("2024-07-01", "estimated", total="112"), reading("2024-08-01", "closing", total="110"))
    other = point(id="M2", group="other", readings=[], given={"kwh": {"total": "-1"}})
    data["agreement"][0]["groups"]["other"] = UNTIMED
    data["metering_points"].append(other)
    assert refusal(data).facts == {"group": "other", "band": "total", "energy": "-1"}


# Rollover and running backwards


def test_a_register_that_ran_backwards_is_told_how_a_rollover_would_be_said() -> None:
    found = fault(read(reading("2024-07-01", "opening", total="90"), reading("2024-08-01", "closing", total="85")))
    assert str(found) == (
        "/metering_points/0/readings/1/total: closing_below_opening: register total ran backwards: the closing reading "
        "85 is below the opening reading 90; if it went through zero, say rollover: [total] beside the closing reading; "
        "otherwise correct them"
    )


@pytest.mark.parametrize(("opening", "large"), [("5005", False), ("5004.99", True), ("90", True)])
def test_a_rollover_by_more_than_half_the_range_is_doubted(opening: str, large: bool) -> None:
    last = {**reading("2024-08-01", "closing", total="5"), "rollover": ["total"]}
    answer = bill(read(reading("2024-07-01", "opening", total=opening), last))
    found = problems(answer, ProblemCode.ROLLOVER_LARGE)
    assert bool(found) == large
    if opening == "90":
        assert found[0].facts == {"point": "M1", "register": "total", "range": "10000", "counted": "9915"}
        assert found[0].severity is Severity.DOUBT


# Energy that is fed back


def test_energy_that_is_fed_back_is_told_and_not_billed() -> None:
    data = request()
    for each, shown in zip(data["metering_points"][0]["readings"], ("0", "7"), strict=True):
        each["active_reverse"] = shown
    answer = bill(data)
    assert answer.total == bill(request()).total
    [problem] = problems(answer, ProblemCode.ENERGY_FED_BACK)
    assert (problem.facts, problem.severity) == ({"point": "M1", "energy": "700"}, Severity.NOTE)
    data["metering_points"][0]["readings"][1]["active_reverse"] = "0"
    assert codes(bill(data)) == set()


def roof(*shown: str, **told: Any) -> list[tuple[str, str]]:
    """What is told of points whose reverse registers closed at what is shown, from 0, times 100."""
    data = request()
    [metered] = data["metering_points"]
    data["metering_points"] = [metered]
    for number, closing in enumerate(shown):
        each = metered if number == 0 else {**copy.deepcopy(metered), "id": f"M{number + 1}"}
        for state, told_reverse in zip(each["readings"], ("0", closing), strict=True):
            state["active_reverse"] = told_reverse
        if number:
            data["metering_points"].append(each)
    found = problems(bill({**data, **told}), ProblemCode.ENERGY_FED_BACK)
    return [(each.facts["point"], each.facts["energy"]) for each in found]


def export(**kwh: str) -> Data:
    feed_in = {"code": "feed_in", "section": "energy", "quantity": "exported", "price": "-0.4"}
    return {
        "quantities": [{"name": "exported", "group": "main", "kwh": kwh}],
        "price_sheet": {"title": "roof", "instead_of": [], "components": [feed_in]},
    }


def test_energy_that_is_fed_back_and_billed_as_a_quantity_is_not_told() -> None:
    assert roof("7", **export(total="700")) == []
    assert roof("7", **export(total="-700")) == [], "of either sign"
    assert roof("7", **export(total="699")) == [("M1", "700")], "of exactly that energy"


def test_a_quantity_of_bands_is_what_they_sum_to() -> None:
    assert roof("7", **export(peak="300", valley="400")) == []


def test_a_quantity_bills_what_one_point_or_all_fed_back() -> None:
    assert roof("7", "2", **export(total="900")) == []
    assert roof("7", "2", **export(total="700")) == [("M2", "200")]


def test_a_given_line_with_its_energy_bills_what_was_fed_back() -> None:
    line = {"code": "feed_in", "section": "refunds", "group": "main", "amount": "-280.00"}
    assert roof("7", given=[{**line, "kwh": "700", "price": "-0.4"}]) == []
    assert roof("7", given=[line]) == [("M1", "700")], "it does not say what it is for"


# What is printed


def test_energy_is_printed_to_a_step_and_billed_without_it() -> None:
    data = read(reading("2024-07-01", "opening", total="0"), reading("2024-08-01", "closing", total="1.236"))
    exact = changed(data, {"conventions.kwh.round.reading": "0.1"})
    shown = changed(exact, {"conventions.kwh.round.print": "1"})
    assert quantities(bill(exact), "network_energy") == ["123.6"]
    answer = bill(shown)
    assert quantities(answer, "network_energy") == ["124"]
    assert amounts(answer) == amounts(bill(exact))
    assert [str(kwh) for kwh in answer.kwh["main"].values()] == ["123.6"]


def test_what_is_given_or_is_no_energy_is_printed_as_it_is() -> None:
    given = {"code": "refund", "section": "refunds", "group": "main", "amount": "1.00", "kwh": "2.5", "price": "0.4"}
    data = changed(request(given=[given]), {"conventions.kwh.round.print": "1"})
    answer = bill(data)
    assert quantities(answer, "refund") == ["2.5"]
    assert quantities(answer, "capacity") == ["1000"]
    assert quantities(answer, "purchase") == ["1000", "2000", "3000"]


def test_without_time_of_use_the_bands_bill_where_the_total_register_came_later() -> None:
    """Meter A has bands alone, meter B bands and a total: 100 × (1 + 2 + 3) by A and 100 × (4 + 5 + 6) by B."""
    answer = bill(
        read(
            reading("2024-07-01", "opening", peak="0", flat="0", valley="0"),
            reading("2024-07-11", "removal", peak="1", flat="2", valley="3"),
            reading("2024-07-11", "installation", total="0", peak="0", flat="0", valley="0"),
            reading("2024-08-01", "closing", total="15", peak="4", flat="5", valley="6"),
            config=[
                {"from": "2024-07-01", "meter": "A", "multiplier": "100", "digits": 4},
                {"from": "2024-07-11", "meter": "B", "multiplier": "100", "digits": 4},
            ],
        )
    )
    assert quantities(answer, "network_energy") == ["2100"]
