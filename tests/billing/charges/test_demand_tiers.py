"""Tiers of a measured demand: what is in each, that all of it is in one, and that they are the same in columns."""

from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.charges.basic import rule as basic
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of
from billcalc.kernel.troubles import Refusal
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.measured_demand import MeasuredDemand, Ratchet, tiers_apart
from tests.billing.cases import Data, changed
from tests.billing.charges.kinds import RULES
from tests.bulk.comparing import Tally, compare

DATA: Any = read_document(Path("fixtures/by_hand/demand-tiers/request.yaml")).data
NOTHING = Catalog([])
"""No document at all: what demands can be is tried elsewhere."""
ENDS = [Decimal(0), Decimal(50), Decimal(120), Decimal(180)]


def in_tier(demand: Decimal, above: Decimal | None, up_to: Decimal | None) -> Decimal:
    ends = [None if end is None else Plain(end) for end in (above, up_to)]
    return number_of(basic.demand_in_tier(demand=Plain(demand), above=ends[0], up_to=ends[1], source=RULES))


def answer(data: Data) -> Bill | Refusal:
    return calculate(validated(Request, data), NOTHING)


def of_demand(kw: str) -> Data:
    """The invented contract without its ratchet."""
    ratchets = {f"price_sheet.components.{place}.demand.ratchet": None for place in (1, 2, 3)}
    return changed(deepcopy(DATA), {"facts.S1.demand_kw": kw, "facts.S1.earlier_demand_kw": {}, **ratchets})


@pytest.mark.parametrize(
    ("demand", "expected"),
    [("0", ["0", "0"]), ("50", ["50", "0"]), ("50.001", ["50", "0.001"]), ("49.999", ["49.999", "0"])],
)
def test_a_kilowatt_at_the_end_of_a_tier_is_in_it_still(demand: str, expected: list[str]) -> None:
    ends = [(None, Decimal(50)), (Decimal(50), None)]
    assert [in_tier(Decimal(demand), *each) for each in ends] == [Decimal(each) for each in expected]


@given(st.decimals(0, 500, places=3))
def test_every_kilowatt_is_in_one_tier(demand: Decimal) -> None:
    ends = [(low or None, high) for low, high in zip(ENDS, [*ENDS[1:], None], strict=True)]
    parts = [in_tier(demand, *each) for each in ends]
    assert sum(parts) == demand
    assert min(parts) >= 0


@given(st.decimals(0, 500, places=3), st.decimals(0, 500, places=3))
def test_more_demand_is_never_less_in_a_tier(one: Decimal, other: Decimal) -> None:
    for above, up_to in zip(ENDS, [*ENDS[1:], None], strict=True):
        assert in_tier(min(one, other), above, up_to) <= in_tier(max(one, other), above, up_to)


def test_a_tier_is_billed_by_what_of_the_demand_is_in_it() -> None:
    made = answer(of_demand("150.5"))
    assert isinstance(made, Bill)
    told = {line.code: (str(line.quantity), str(line.amount)) for line in made.lines if line.code.startswith("demand")}
    # 70 kW from 50 to 120, 30.5 above 120, nothing above 180
    assert told == {"demand_2": ("70", "280.00"), "demand_3": ("30.5", "183.00"), "demand_4": ("0", "0.00")}


@pytest.mark.parametrize(
    ("place", "value"), [("2.demand.above", "130"), ("1.demand.up_to", "130"), ("1.demand.up_to", None)]
)
def test_tiers_that_leave_a_gap_or_overlap_are_refused_by_name(place: str, value: str | None) -> None:
    made = answer(changed(of_demand("150"), {f"price_sheet.components.{place}": value}))
    assert isinstance(made, Refusal)
    assert made.facts == {"what": "demand_tiers_apart", "component": "demand_2", "other_component": "demand_3"}


@pytest.mark.parametrize("more", [{"least": "400"}, {"ratchet": {"share": "0.8", "months": 1}}])
def test_tiers_that_meet_and_are_of_another_ratchet_or_least_are_refused(more: Data) -> None:
    """What an earlier month leaves would be in one tier, and in the next the demand of this month."""
    told = {f"price_sheet.components.1.demand.{key}": value for key, value in more.items()}
    facts = {"facts.S1.earlier_demand_kw": {"2024-05": {"total": "500"}}}
    made = answer(changed(of_demand("150"), {**told, **facts}))
    assert isinstance(made, Refusal), str(made)
    assert made.facts == {"what": "demand_tiers_apart", "component": "demand_2", "other_component": "demand_3"}


def test_tiers_of_two_demands_are_each_by_themselves() -> None:
    """A charge of two tiers beside one of a ratchet, whose tiers begin anew: nothing is apart."""
    low, high = MeasuredDemand(up_to=Decimal(50)), MeasuredDemand(above=Decimal(50))
    ratchet = Ratchet(share=Decimal("0.5"), months=1)
    others = [each.model_copy(update={"ratchet": ratchet}) for each in (low, high)]
    assert tiers_apart([low, high, *others]) is None
    assert tiers_apart([low, others[1]]) == (low, others[1])


def test_tiers_are_the_same_in_columns() -> None:
    tally = Tally()
    demands = ("0", "49.9", "50", "50.1", "120", "121", "179.99", "180", "181", "100000")
    rows = [changed(of_demand(kw), {"own_area.currency": "CNY"}) for kw in demands]
    compare([(f"A{place}", data) for place, data in enumerate(rows)], NOTHING, tally)
    assert (tally.billed, set(tally.paths)) == (len(demands), {"columns"})
