"""What stands where in a request follows from its models: a new field needs no second list."""

import re

import pytest

from billcalc.billing.places import Holds, pattern_of

KINDS = (Holds.NUMBER, Holds.TRUTH, Holds.BY_ID)
"""Each of another kind; what may not be below zero is a number, too."""


def holds(pointer: str) -> list[Holds]:
    return [each for each in KINDS if pattern_of(each).fullmatch(pointer)]


@pytest.mark.parametrize(
    ("pointer", "held"),
    [
        ("/agreement/0/supply_points/S1/transformers/12/kva", [Holds.NUMBER]),
        ("/metering_points/0/readings/1/half_peak", [Holds.NUMBER]),  # beside the day, and not under "registers"
        ("/metering_points/0/readings/1/registers/peak", []),
        ("/given/3/power_factor/ratio", [Holds.NUMBER]),
        ("/quantities/0/kwh/night", []),  # no band
        ("/price_sheet/prices/purchase/peak", [Holds.NUMBER]),
        ("/price_sheet/prices/purchase/peak/official", []),
        ("/price_sheet/components/0/price", []),  # the plan knows the prices of documents, also of the request's own
        ("/metering_points/0/intervals/values/7", []),
        ("/conventions/total_round", []),
        ("/events/guangzhou_max_temperature/2024-07-01", []),
        ("/agreement/0/groups/main/time_of_use", [Holds.TRUTH]),
        ("/metering_points/0/intervals/demand/rolling", [Holds.TRUTH]),
        ("/price_sheet/components/0/for/time_of_use", [Holds.TRUTH]),
        ("/facts", [Holds.BY_ID]),
        ("/agreement/0/basic/contracts", [Holds.BY_ID]),
        ("/metering_points/0/given/kwh", []),  # its keys are words
        ("/metering_points", []),
    ],
)
def test_what_stands_at_a_place(pointer: str, held: list[Holds]) -> None:
    assert holds(pointer) == held


def test_no_place_holds_two_things() -> None:
    places = [set(re.split(r"\|(?=/)", pattern_of(each).pattern)) for each in KINDS]
    assert all(not one & other for one in places for other in places if one is not other)


def test_what_may_not_be_below_zero_is_a_number_and_no_other_place_is_like_it() -> None:
    numbers, positive = (
        set(re.split(r"\|(?=/)", pattern_of(each).pattern)) for each in (Holds.NUMBER, Holds.NOT_NEGATIVE)
    )
    assert positive < numbers
    assert pattern_of(Holds.NOT_NEGATIVE).fullmatch("/metering_points/0/readings/1/half_peak")
    assert not pattern_of(Holds.NOT_NEGATIVE).fullmatch("/given/0/amount")
