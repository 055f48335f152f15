"""Columns name places in a request; a name that leads nowhere is told, and harms no other row."""

from typing import Any

import pytest

from billcalc.bulk.paths import PLACES_MAX, is_number, pointer_of, request_data
from billcalc.kernel.troubles import InvalidInput
from billcalc.kernel.wording import FaultCode


@pytest.mark.parametrize(
    "column",
    [
        "agreement.0.supply_points.S1.transformers.2.kva",
        "agreement.1.basic.contracts.regular",
        "agreement.0.basic.demand_shares.main",
        "metering_points.0.config.1.multiplier",
        "metering_points.10.readings.3.reactive_q4",
        "metering_points.0.given.kwh.peak",
        "metering_points.0.given.demand_kw",
        "metering_points.0.children.0.value",
        "quantities.0.kwh.total",
        "facts.0300.cosphi",
        "given.0.amount",
        "given.0.power_factor.ratio",
        "price_sheet.prices.purchase.peak",
        "/facts/S.1/cosphi",
    ],
)
def test_numbers_of_the_customer(column: str) -> None:
    assert is_number(column)


@pytest.mark.parametrize(
    "column",
    [
        "account",
        "area",
        "metering_points.0.readings.0.at",
        "metering_points.0.config.0.digits",
        "metering_points.0.readings.0.nonsense",
        "given.0.power_factor",
        "price_sheet.components.0.price",
        "conventions.kwh.round.reading",
        "facts.S.1.cosphi",
    ],
)
def test_everything_else_is_structure(column: str) -> None:
    assert not is_number(column)


def test_the_pointer_of_a_column() -> None:
    assert pointer_of("facts.S1.cosphi") == "/facts/S1/cosphi" == pointer_of("/facts/S1/cosphi")


@pytest.mark.parametrize(
    ("values", "data"),
    [
        ({"area": "cn"}, {"area": "cn"}),
        ({"given.1.code": "b", "given.0.code": "a"}, {"given": [{"code": "a"}, {"code": "b"}]}),
        ({"given.1.code": "b"}, {"given": [None, {"code": "b"}]}),
        ({"facts.1.cosphi": "0.9"}, {"facts": {"1": {"cosphi": "0.9"}}}),
        ({"/facts/S.1/cosphi": "0.9"}, {"facts": {"S.1": {"cosphi": "0.9"}}}),
        (
            {"agreement.0.supply_points.0300.transformers.0.kva": "5"},
            {"agreement": [{"supply_points": {"0300": {"transformers": [{"kva": "5"}]}}}]},
        ),
        ({"agreement.0.groups.1.class": "x"}, {"agreement": [{"groups": {"1": {"class": "x"}}}]}),
        ({"agreement.0.basic.contracts.1": "5"}, {"agreement": [{"basic": {"contracts": {"1": "5"}}}]}),
        ({"given.0.supplies.0": "a", "given.0.supplies.1": "b"}, {"given": [{"supplies": ["a", "b"]}]}),
    ],
)
def test_values_at_their_places(values: dict[str, object], data: dict[str, Any]) -> None:
    assert request_data({}, values) == data


def test_columns_come_on_top_of_the_template_which_stays_as_it_is() -> None:
    template = {"area": "cn", "given": [{"code": "a", "amount": "1"}], "facts": None}
    data = request_data(template, {"given.0.amount": "2", "given.1.code": "b", "facts.S1.cosphi": "1"})
    assert data["given"] == [{"code": "a", "amount": "2"}, {"code": "b"}]
    assert data["facts"] == {"S1": {"cosphi": "1"}}
    assert template == {"area": "cn", "given": [{"code": "a", "amount": "1"}], "facts": None}


def test_the_values_of_intervals_are_more_than_other_lists_may_hold() -> None:
    last = "metering_points.0.intervals.values.39999"

    assert len(request_data({}, {last: "1"})["metering_points"][0]["intervals"]["values"]) == 40_000
    with pytest.raises(InvalidInput, match="places are 0 to 39999"):
        request_data({}, {"metering_points.0.intervals.values.40000": "1"})


@pytest.mark.parametrize(
    ("values", "where", "reason"),
    [
        ({"area": "cn", "area.name": "x"}, "/area/name", 'no part "name"'),
        ({"given": "x", "given.0.code": "y"}, "/given/0/code", 'no part "0"'),
        ({"given.0.code": "y", "given": "x"}, "/given", "has parts"),
        ({"given.0.code": "y", "given.first.code": "x"}, "/given/first/code", '"first" is no place in a list'),
        ({"given.0.supplies.0": "y", "given.0.supplies.last": "x"}, "/given/0/supplies/last", '"last" is no place'),
        ({f"given.{PLACES_MAX}.code": "y"}, f"/given/{PLACES_MAX}/code", "places are 0 to 999"),
        ({"metering_points.39999.id": "y"}, "/metering_points/39999/id", "places are 0 to 999"),
        (
            {"metering_points.39999.intervals.values.39999": "y"},
            "/metering_points/39999/intervals/values/39999",
            "places are 0 to 999",
        ),
        ({f"given.{'9' * 5000}.code": "y"}, f"/given/{'9' * 5000}/code", "is no place in a list"),
        ({"given.0.code": "y", "given.٣.code": "y"}, "/given/٣/code", "is no place in a list"),
    ],
)
def test_a_path_that_leads_nowhere(values: dict[str, object], where: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        request_data({}, values)
    [fault] = raised.value.faults
    assert (fault.code, fault.where) == (FaultCode.INCONSISTENT, where)
    assert reason in fault.facts["reason"]
