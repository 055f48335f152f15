"""Conventions: told by the request, else by the area, else chosen, with a doubt and the money of the other readings."""

from typing import Any

import pytest

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import (
    AREA,
    CONVENTIONS,
    SHOP,
    Data,
    bill,
    catalog,
    changed,
    codes,
    conventions,
    entry,
    line,
    parsed,
    problems,
    quantities,
    request,
)


def doubts(data: Data, **conventions_told: Any) -> dict[str, list[tuple[str, str | None]]]:
    """By key the money of the other readings, where the area tells only some conventions."""
    answer = bill(data, catalog(conventions=conventions(told=conventions_told)))
    found = problems(answer, ProblemCode.CONVENTION_UNDOCUMENTED)
    return {
        each.facts["key"]: [
            (other.value, None if other.difference is None else str(other.difference)) for other in each.alternatives
        ]
        for each in found
    }


def without(section: str, *keys: str) -> Data:
    """Everything that can be told but some keys of a section."""
    return {**CONVENTIONS, section: {key: value for key, value in CONVENTIONS[section].items() if key not in keys}}


def test_an_area_that_tells_everything_leaves_no_doubt() -> None:
    assert doubts(request(), **CONVENTIONS) == {}


def test_a_doubt_that_changes_nothing_is_a_note() -> None:
    answer = bill(request(), catalog(conventions=conventions(told=without("levies", "round_per"))))
    [problem] = problems(answer, ProblemCode.CONVENTION_UNDOCUMENTED)
    # 1,000, 2,000 and 3,000 kWh × 0.02: 20.00, 40.00 and 60.00, and 120.00 in all
    assert [(each.value, str(each.difference)) for each in problem.alternatives] == [("band", "0.00")]
    assert (problem.severity, problem.where) == (Severity.NOTE, "/conventions/levies/round_per")


def test_a_doubt_tells_the_money_of_the_other_reading() -> None:
    levies = [{"code": "fund", "section": "levies", "price": "0.0000045"}]
    sheet = {"title": "levies", "components": levies, "instead_of": ["levies"]}
    tariffs = catalog(conventions=conventions(told=without("levies", "round_per")))
    answer = bill({**request(), "price_sheet": sheet}, tariffs)
    [problem] = problems(answer, ProblemCode.CONVENTION_UNDOCUMENTED)
    # 0.0045, 0.0090, 0.0135 by band: 0.02; on the total 0.0270: 0.03
    assert [(each.value, str(each.difference)) for each in problem.alternatives] == [("band", "-0.01")]
    assert problem.severity is Severity.DOUBT
    assert problem.facts == {"key": "levies.round_per", "area": "cn-test", "chosen": "total"}


def test_the_base_of_the_power_factor_is_in_doubt_with_the_money_of_two_others() -> None:
    found = doubts(request(), **without("power_factor", "base"))
    # −0.75 % of 33000; without system operation nothing changes, of the network alone it is of 30600
    assert found == {
        "power_factor.base": [
            ("exclude: levies + system_operation", "0.00"),
            ("include: network_energy + network_capacity", "18.00"),
        ]
    }


def test_the_reactive_registers_are_in_doubt_with_their_money() -> None:
    data = changed(request(), {"metering_points.0.readings.0.reactive_reverse": "0"})
    data = changed(data, {"metering_points.0.readings.1.reactive_reverse": "25"})
    found = doubts(data, **without("power_factor", "reactive"))
    # cosφ of 6000 and 3700 is 0.85, +2.50 %: 825.00; of 6000 and 1200 −247.50
    assert found == {"power_factor.reactive": [("reactive_forward", "-1072.50")]}


def test_another_reading_that_cannot_be_billed_has_no_money() -> None:
    data = changed(request(), {"metering_points.0.readings.0.total": "0", "metering_points.0.readings.1.total": "39"})
    found = doubts(data, **without("kwh", "source", "remainder"))
    assert found == {"kwh.source": [("total", None)], "kwh.remainder": [("flat", None)]}


def test_the_total_register_is_in_doubt_with_its_money() -> None:
    data = changed(request(), {"metering_points.0.readings.0.total": "0", "metering_points.0.readings.1.total": "61"})
    found = doubts(data, **without("kwh", "source"))
    # 100 flat kWh more: 50 + 10 + 2, and −0.75 % of 60
    assert found == {"kwh.source": [("total", "61.55")]}


def test_the_first_day_is_in_doubt_where_something_starts_in_the_cycle() -> None:
    data = changed(request("2024-06-12", "2024-07-01"), {"cycle.from": "2024-06-01"})
    found = doubts(data, **without("basic", "first_day", "last_day", "kva_round"))
    assert [key for key, _ in found.items()] == ["basic.first_day", "basic.kva_round"]
    # one thirtieth of 30000, and −0.75 % of it
    assert found["basic.first_day"] == [("free", "-992.50")]
    sealed = entry(
        "2024-07-16",
        supply_points={"S1": {"power_factor_standard": "0.90", "transformers": []}},
        basic={"mode": "exempt"},
    )
    ends = request(agreement=[entry("2020-01-01"), sealed])
    assert "basic.first_day" not in doubts(ends, **without("basic", "first_day", "last_day"))


def test_a_full_month_leaves_no_doubt_about_days() -> None:
    assert doubts(request(), **without("basic", "first_day", "last_day", "kva_round")) == {}


@pytest.mark.parametrize(
    ("layer", "expected"), [({}, ["725.81", "516.13"]), ({"days": "thirtieth"}, ["750.00", "500.00"])]
)
def test_the_request_wins_over_the_area(layer: Data, expected: list[str]) -> None:
    points = {
        state: {
            "S1": {
                "power_factor_standard": "0.90",
                "transformers": [
                    {"id": "T1", "kva": "1000", "state": "in_service"},
                    {"id": "T2", "kva": "500", "state": state},
                ],
            }
        }
        for state in ("in_service", "suspended")
    }
    agreement = [
        entry("2020-01-01", supply_points=points["in_service"]),
        entry("2024-07-16", supply_points=points["suspended"]),
    ]
    answer = bill(request(agreement=agreement, conventions={"basic": layer}))
    assert quantities(answer, "capacity") == expected
    assert ("request" in [source.id for source in answer.sources]) == bool(layer)


def test_the_total_is_rounded_to_the_step_of_the_convention() -> None:
    data = changed(request(), {"metering_points.0.readings.1.flat": "20.01"})
    exact = bill(data)
    assert str(exact.total) == "32873.12"
    tenth = calculate(parsed(changed(data, {"conventions.total_round": "0.1"})), AREA)
    assert isinstance(tenth, Bill)
    assert str(tenth.total) == "32873.1"


def test_an_area_without_conventions_is_billed_by_what_is_chosen() -> None:
    data = changed(request(), {"metering_points.0.not_installed": ["reactive_reverse"]})
    answer = bill(data, catalog(conventions=None))
    assert line(answer, "power_factor").amount == line(bill(request()), "power_factor").amount
    assert {each.facts["key"] for each in problems(answer, ProblemCode.CONVENTION_UNDOCUMENTED)} == {
        "levies.round_per",
        "power_factor.base",
        "power_factor.reactive",
        "power_factor.round",
    }


# A convention that another key would go around


def test_a_group_without_time_of_use_is_billed_by_the_total_unless_its_area_bills_the_bands() -> None:
    data = changed(
        request(), {"agreement.0.groups.main": SHOP | {"time_of_use": False}, "agreement.0.basic": {"mode": "exempt"}}
    )
    for index, total in enumerate(("0", "61")):
        data = changed(data, {f"metering_points.0.readings.{index}.total": total})
    by_total = bill(changed(data, {"conventions.kwh.source": "total"}))
    assert quantities(by_total, "network_energy") == ["6100"]
    assert codes(by_total) == codes(bill(data)) == {"total_differs_from_bands"}
    assert quantities(bill(data), "network_energy") == ["6000"]  # the area bills the bands
    rest = changed(data, {"conventions.kwh.remainder": "flat"})
    assert quantities(bill(rest), "network_energy") == ["6100"]
    untold = catalog(conventions=conventions(told={**CONVENTIONS, "kwh": {"round": {"reading": "1"}}}))
    assert quantities(bill(data, untold), "network_energy") == ["6100"]


def test_a_given_line_inside_the_base_that_the_convention_leaves_out_is_in_doubt() -> None:
    item = {"code": "returned", "section": "levies", "group": "main", "amount": "-100.00", "power_factor": "base"}
    answer = bill(request(given=[item]))
    assert quantities(answer, "power_factor") == ["32900.00"]
    [doubt] = problems(answer, ProblemCode.GIVEN_AGAINST_BASE)
    assert (doubt.severity, doubt.where) == (Severity.DOUBT, "/given/0/power_factor")
    # −0.75 % of −100
    assert [(each.value, str(each.difference)) for each in doubt.alternatives] == [("outside the base", "-0.75")]


@pytest.mark.parametrize(
    ("base", "in_doubt"),
    [
        ({"exclude": {"sections": ["levies"]}}, False),
        ({"include": {"sections": ["energy"]}}, False),
        ({"include": {"components": ["returned"]}}, False),
        ({"include": {"groups": ["main"]}}, False),
        ({"include": {"sections": ["network_energy"]}}, True),
        ({"exclude": {"components": ["returned"]}}, True),
        ({"exclude": {"groups": ["main"]}}, True),
    ],
)
def test_a_given_line_is_held_against_the_base_by_section_code_and_group(base: Data, in_doubt: bool) -> None:
    item = {"code": "returned", "section": "energy", "group": "main", "amount": "5.00", "power_factor": "base"}
    data = changed(request(given=[item]), {"conventions.power_factor.base": base})
    assert bool(problems(bill(data), ProblemCode.GIVEN_AGAINST_BASE)) == in_doubt
