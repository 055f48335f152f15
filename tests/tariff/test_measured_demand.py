"""What a component says of the demand, the reactive energy or the days that it prices."""

import pytest

from billcalc.kernel.troubles import InvalidInput
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
        ({"free_share": "0.3"}, "free_share is for reactive energy"),
        ({"quantity": "days", "section": "minimum", "minimum_of": "bill"}, "capacity_kva, demand_kw, months"),
        ({"quantity": "days", "price": {"bands": {"peak": "1"}}}, "one price"),
    ],
)
def test_what_does_not_fit_the_quantity_is_named(told: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        component(**told)
