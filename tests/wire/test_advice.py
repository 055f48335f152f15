"""An advice as data fits its schema, and every amount of it is the difference of two bills."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from billcalc.wire.advice import advice_data, advice_schema
from tests.advice.cases import BY_CONTRACT, advised, month, months
from tests.billing.cases import Data, catalog

MUCH: Data = {"metering_points.0.readings.1.reactive_forward": "50"}
UNREAD: Data = {"metering_points.0.readings.1.maximum_demand": "0"}


def others(told: Any, total: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every other bill of an advice, with the total of the month that it stands in."""
    if isinstance(told, list):
        for each in told:
            yield from others(each, total)
    if isinstance(told, dict):
        total = told.get("total") or total if "bill" in told else total
        for key, each in told.items():
            if key in ("other", "one_contract") and each is not None:
                yield total, each
            else:
                yield from others(each, total)


@pytest.mark.parametrize(
    "data",
    [
        months("500", "520", "480", "900", "300", "310", **{"agreement.0.basic": BY_CONTRACT}, **MUCH),
        [month(0, "500", **{"agreement.0.basic": {"mode": "exempt"}})],
        [month(0, "500", facts={"S1": {"cosphi": "0.80"}}), month(1, "1", **{"agreement.0.groups.main.class": "x"})][
            :1
        ],
        [month(0, "500"), month(1, "500", **{"agreement.0.groups.main.class": "large_industrial"})],
    ],
    ids=["a plan", "exempt", "given", "left out"],
)
def test_the_data_fit_their_schema(data: list[Data]) -> None:
    told = advice_data(advised(data))
    Draft202012Validator(advice_schema()).validate(told)
    for month_total, other in others(told["basic"]):
        if month_total:
            assert Decimal(month_total) - Decimal(other["total"]) == Decimal(other["saved"])


def test_a_way_that_cannot_be_told_has_its_code() -> None:
    unread = month(0, "500")
    for reading in unread["metering_points"][0]["readings"]:
        del reading["maximum_demand"]
    told = advice_data(advised([unread]))
    assert told["basic"] is not None
    whys = {way["way"]: way["why"]["code"] for way in told["basic"]["months"][0]["ways"] if way["why"] is not None}
    assert whys == {"contracted": "demand_not_read", "actual": "demand_missing"}
    assert told["basic"]["contracts"] is None
    assert told["basic"]["months"][0]["contracts"] is None


def test_without_a_law_none_is_named_and_load_may_be_told_in_kilowatt_hours() -> None:
    told = advice_data(
        advised([month(0, "500", **{"agreement.0.groups.main.time_of_use": False})], among=catalog(changes=None))
    )
    assert told["basic"] is not None
    assert told["basic"]["months"][0]["law"] is None
    assert told["shift"]["months"][0]["why"] is not None
