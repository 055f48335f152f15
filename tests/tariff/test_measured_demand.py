"""What a component says of the demand, the reactive energy or the days that it prices."""

import pytest

from billcalc.kernel.troubles import InvalidInput
from billcalc.tariff.alike import charge_alike
from billcalc.tariff.measured_demand import MeasuredDemand, tiers_apart
from tests.tariff.test_components import component

DEMAND = {"section": "network_capacity", "quantity": "demand_kw"}
RATCHET = {"share": "0.8", "months": 11}


def test_a_price_of_demand_is_measured_where_it_says_of_what() -> None:
    told = component(**DEMAND, demand={"bands": ["peak"], "ratchet": RATCHET})
    assert (told.priced_by, told.is_basic, told.is_energy) == ("measured.demand_kw", True, False)
    assert component(**DEMAND).priced_by == "demand_kw"
    assert component(section="network_capacity", quantity="demand_kva").priced_by == "measured.demand_kva"


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"demand": {}}, "demand says what of a measured demand is priced"),
        ({"quantity": "demand_kva", "demand": {"ratchet": RATCHET}}, "known in kW, and not in kVA"),
        ({**DEMAND, "demand": {"bands": ["total"]}}, "total"),
        ({**DEMAND, "demand": {"ratchet": {"share": "1", "months": 0}}}, "0 is not within 1 to 36"),
        ({**DEMAND, "demand": {"above": "100", "up_to": "100"}}, "100 is not above 100"),
        ({**DEMAND, "demand": {"up_to": "0"}}, "0 is not within"),
        ({"free_share": "0.3"}, "free_share is for reactive energy"),
        ({"quantity": "days", "section": "minimum", "minimum_of": "bill"}, "capacity_kva, demand_kw, months"),
        ({"quantity": "days", "price": {"bands": {"peak": "1"}}}, "one price"),
    ],
)
def test_what_does_not_fit_the_quantity_is_named(told: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        component(**told)


def _tiers(*ends: tuple[str | None, str | None]) -> list[MeasuredDemand]:
    found = [component(**DEMAND, demand={"above": above, "up_to": up_to}).demand for above, up_to in ends]
    return [each for each in found if each is not None]


def test_tiers_of_a_demand_meet_and_may_leave_the_first_and_the_last_free() -> None:
    assert tiers_apart(_tiers(("50", "100"), (None, "50"))) is None
    assert tiers_apart(_tiers(("100", "150"), ("50", "100"))) is None
    assert tiers_apart([]) is None


@pytest.mark.parametrize(
    ("lower", "upper"), [((None, "50"), ("60", None)), ((None, "60"), ("50", None)), ((None, None), ("5", None))]
)
def test_tiers_that_leave_a_gap_or_overlap_are_found(
    lower: tuple[str | None, str | None], upper: tuple[str | None, str | None]
) -> None:
    first, second = _tiers(lower, upper)
    assert tiers_apart([second, first]) == (first, second)


def test_one_price_for_two_demands_is_charged_once_each() -> None:
    one = component(**DEMAND, code="low", demand={"up_to": "50"})
    assert not charge_alike(one, component(**DEMAND, code="high", demand={"above": "50"}))
    assert charge_alike(one, component(**DEMAND, code="high", demand={"up_to": "50"}))
