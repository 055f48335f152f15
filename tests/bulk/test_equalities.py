"""Which numbers of the agreement are equal decides where a basic charge goes on, so it is structure."""

from typing import Any

import numpy as np
import pytest

from billcalc.bulk.column import Column
from billcalc.bulk.equalities import Equalities, find_equalities

FIRST, SECOND = (f"agreement.{entry}.supply_points.S1.transformers.0.kva" for entry in (0, 1))
OTHER = "agreement.1.supply_points.S1.transformers.1.kva"


def column_of(*integers: int, scale: int = 0) -> Column:
    return Column.of(np.array(integers), scale)


def found(columns: dict[str, Column], template: dict[str, Any] | None = None, rows: int = 3) -> list[dict[str, str]]:
    """The placeholders of each row."""
    [equalities] = find_equalities(columns, template or {}, rows)
    return [equalities.placeholders(row) for row in range(rows)]


def test_a_capacity_that_stays_and_one_that_changes() -> None:
    told = found({FIRST: column_of(100, 100, 7), SECOND: column_of(1000, 2000, 70, scale=1)})
    assert told == [{FIRST: "0", SECOND: "0"}, {FIRST: "0", SECOND: "1"}, {FIRST: "0", SECOND: "0"}]


def test_capacities_are_compared_wherever_they_stand_for_transformers_have_ids() -> None:
    columns = {FIRST: column_of(1, 1, 1), SECOND: column_of(2, 1, 2), OTHER: column_of(1, 2, 2)}
    assert found(columns) == [
        {FIRST: "0", SECOND: "1", OTHER: "0"},
        {FIRST: "0", SECOND: "0", OTHER: "1"},
        {FIRST: "0", SECOND: "1", OTHER: "1"},
    ]


def test_a_number_of_the_template_is_compared_too() -> None:
    template = {"agreement": [{"supply_points": {"S1": {"transformers": [{"kva": "0"}]}}}, {}]}
    assert found({SECOND: column_of(0, 5, 0)}, template) == [{SECOND: "0"}, {SECOND: "1"}, {SECOND: "0"}]


def test_a_column_takes_the_place_of_a_number_of_the_template() -> None:
    template = {"agreement": [{"basic": {"contracts": {"regular": "5"}}}, {"basic": {"contracts": {"regular": "5"}}}]}
    told = found({"agreement.1.basic.contracts.regular": column_of(5, 6, 5)}, template)
    assert [each["agreement.1.basic.contracts.regular"] for each in told] == ["5", "0", "5"]


@pytest.mark.parametrize(
    ("columns", "template"),
    [
        ({FIRST: column_of(1)}, {}),
        ({"agreement.1.supply_points.S1.transformers.0.kva": column_of(1), OTHER: column_of(1)}, {}),
        ({FIRST: column_of(1), "agreement.1.basic.contracts.regular": column_of(1)}, {}),
        ({"metering_points.0.given.kwh.peak": column_of(1), "metering_points.1.given.kwh.peak": column_of(1)}, {}),
        ({FIRST: column_of(1)}, {"agreement": "nonsense"}),
        ({FIRST: column_of(1)}, {"agreement": [{}, {"supply_points": {"S1": {"transformers": [{"kva": "x"}]}}}]}),
        ({}, {"agreement": [{"basic": {"contracts": {"regular": "5"}}}, {"basic": {"contracts": {"regular": "5"}}}]}),
    ],
)
def test_where_there_is_nothing_to_compare(columns: dict[str, Column], template: dict[str, Any]) -> None:
    assert find_equalities(columns, template, 1) == []


def test_contracts_are_not_compared_with_capacities() -> None:
    columns = {
        FIRST: column_of(1),
        SECOND: column_of(2),
        "agreement.0.basic.contracts.regular": column_of(1),
        "agreement.1.basic.contracts.S1": column_of(1),
    }
    told = [each.placeholders(0) for each in find_equalities(columns, {}, 1)]
    assert {FIRST: "0", SECOND: "1"} in told
    assert {"agreement.0.basic.contracts.regular": "0", "agreement.1.basic.contracts.S1": "0"} in told


def test_a_placeholder_is_no_number_of_the_template_by_chance() -> None:
    equalities = Equalities((None, "one", "two"), ("0.0", "", ""), np.array([[0, 1, 2]]))
    assert equalities.placeholders(0) == {"one": "1", "two": "2"}
