"""Columns name places in a request; a name that leads nowhere is told, and harms no other row."""

from pathlib import Path
from typing import Any

import pytest

from billcalc.billing.request import Request
from billcalc.bulk.paths import (
    PLACES_MAX,
    check_places,
    has_place,
    is_not_negative,
    is_number,
    keys_in_ours,
    pointer_of,
    request_data,
)
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import InvalidInput
from tests.bulk.comparing import flattened


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


@pytest.mark.parametrize(
    ("column", "pointer"),
    [
        ("metering_points.0.readings.1.峰", "/metering_points/0/readings/1/peak"),
        ("/metering_points/0/given/kwh/低谷", "/metering_points/0/given/kwh/valley"),
        ("price_sheet.prices.代理购电价格.平段", "/price_sheet/prices/purchase/flat"),
    ],
)
def test_a_column_may_be_named_in_the_words_of_the_field(column: str, pointer: str) -> None:
    assert pointer_of(column) == pointer
    assert is_number(column)


@pytest.mark.parametrize("column", ["metering_points.0.readings.1.峰峰", "facts.国家重大水利工程建设基金"])
def test_what_is_no_word_or_several_stays_as_it_is(column: str) -> None:
    assert pointer_of(column) == "/" + column.replace(".", "/")


def test_the_keys_of_a_template_are_put_in_our_words_but_where_one_is_told_twice() -> None:
    template = {"readings": [{"峰": "1", "谷": "2"}, {"峰": "1", "peak": "2"}]}

    assert keys_in_ours(template) == {"readings": [{"peak": "1", "valley": "2"}, {"峰": "1", "peak": "2"}]}


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
        ({"given.00.code": "y"}, "/given/00/code", "is no place in a list"),
        ({"given.0.code": "y", "given.٣.code": "y"}, "/given/٣/code", "is no place in a list"),
    ],
)
def test_a_path_that_leads_nowhere(values: dict[str, object], where: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        request_data({}, values)
    [fault] = raised.value.faults
    assert (fault.code, fault.where) == (FaultCode.INCONSISTENT, where)
    assert reason in str(fault)


TEMPLATE: dict[str, Any] = {
    "area": "cn",
    "facts": {"1": {"cosphi": "0.9"}},
    "given": [{"code": "a", "supplies": ["x", "y"], "power_factor": {"ratio": "0"}}],
}


@pytest.mark.parametrize(
    ("values", "pointer", "left"),
    [
        ({"area": None}, "area", None),
        ({"given.0.code": None}, "given.0.code", None),
        ({"facts.1.cosphi": None}, "facts.1", {}),
        ({"given.0.supplies.1": None}, "given.0.supplies", ["x"]),
        ({"given.0.supplies.0": None}, "given.0.supplies", [None, "y"]),
        ({"given.0.supplies.0": None, "given.0.supplies.1": None}, "given.0.supplies", []),
        ({"given.0.power_factor": None, "given.0.power_factor.ratio": "1"}, "given.0.power_factor", {"ratio": "1"}),
        ({"given.0": None}, "given", []),
    ],
)
def test_what_has_no_value_is_not_told_whatever_the_template_has(
    values: dict[str, object], pointer: str, left: object
) -> None:
    data: Any = request_data(TEMPLATE, values)
    for part in pointer.split("."):
        data = data[int(part)] if isinstance(data, list) else data.get(part)
    assert data == left


@pytest.mark.parametrize(
    "values",
    [
        {"period.from": None},
        {"given.1.code": None},
        {"given.0.supplies.2": None},
        {"area.x": None},
        {"facts.2.cosphi": None},
        {"given.x": None},
    ],
)
def test_what_has_no_value_where_nothing_stands_changes_nothing(values: dict[str, object]) -> None:
    assert request_data(TEMPLATE, values) == TEMPLATE
    assert not any(has_place(TEMPLATE, column) for column in values)


@pytest.mark.parametrize(
    "columns",
    [
        ["account", "given.0.code", "given.1.code", "/facts/300/cosphi", "agreement.0.groups.7.class"],
        ["given.1.code", "given.0.supplies.2", "given.0.supplies.0"],
    ],
)
def test_places_that_follow_one_another_are_places(columns: list[str]) -> None:
    check_places(columns, TEMPLATE)


def test_a_mapping_of_the_template_is_no_list_whatever_its_keys_are() -> None:
    check_places(["bands.7.price"], {"bands": {"7": {}}})


@pytest.mark.parametrize(
    ("columns", "where", "reason"),
    [
        (["metering_points.39999.id"], "/metering_points", "nothing is told of the entry 0 of this list, and of the entry 39999 is"),
        (["metering_points.0.id", "metering_points.2.id"], "/metering_points", "of the entry 1 of this list"),
        (["given.2.code"], "/given", "of the entry 1 of this list"),
        (["given.0.code", f"given.{'9' * 5000}.code"], "/given/9", "is no place in a list"),
        (["given.01.code"], "/given/01/code", "is no place in a list"),
        (["given.²٣.code", "given.٣.code"], "/given/٣/code", "is no place in a list"),
    ],
)  # fmt: skip
def test_a_place_behind_a_gap_is_refused_before_it_makes_a_list(columns: list[str], where: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        check_places(columns, TEMPLATE)
    [fault] = raised.value.faults
    assert fault.code == FaultCode.INCONSISTENT
    assert fault.where.startswith(where)
    assert len(fault.where) < 80
    assert reason in str(fault)


def test_a_path_that_is_longer_than_any_is_refused() -> None:
    with pytest.raises(InvalidInput, match="too_deep"):
        check_places(["a" + ".b" * 32], {})
    check_places(["a" + ".b" * 31], {})


@pytest.mark.parametrize("name", ["guangxi-2024-06-p1", "chongqing-lines"])
def test_the_columns_that_may_not_be_negative_are_those_that_a_request_refuses(name: str) -> None:
    data = read_document(Path("fixtures/official") / name / "request.yaml").data
    assert isinstance(data, dict)
    numbers = [column for column, _ in flattened(data) if is_number(column)]
    with pytest.raises(InvalidInput) as caught:
        validated(Request, request_data(data, dict.fromkeys(numbers, "-1")))
    refused = {fault.where for fault in caught.value.faults if fault.code is FaultCode.NEGATIVE}
    assert {pointer_of(column) for column in numbers if is_not_negative(column)} == refused != set()


def test_data_is_copied_down_to_what_cannot_change() -> None:
    template = {"a": [{"b": "1"}], "c": ("2",)}
    data = request_data(template, {"a.0.b": "3"})
    assert data == {"a": [{"b": "3"}], "c": ["2"]}
    assert template == {"a": [{"b": "1"}], "c": ("2",)}
