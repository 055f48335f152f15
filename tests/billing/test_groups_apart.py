"""The power-factor base and the groups whose class keeps their money out of it: households, and farms beside others."""

import pytest

from billcalc.kernel.codes import ProblemCode
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import (
    CONVENTIONS,
    HOME,
    Data,
    bill,
    catalog,
    changed,
    conventions,
    document,
    entry,
    problems,
    quantities,
    request,
)
from tests.billing.test_power_factor import mixed

FARM = {**HOME, "class": "agricultural"}
_MADE_OF = {name: ["catalogue_price"] for name in ("residential", "agricultural")}


def of_farms(*, is_told: bool = True) -> Catalog:
    """Tariffs with a price for farms; by default the base is told: all but levies."""
    made_of = {"industrial_commercial": ["purchase_price", "network_price", "levies"], **_MADE_OF}
    power_factor = {key: each for key, each in CONVENTIONS["power_factor"].items() if is_told or key != "base"}
    return catalog(
        structure=document("price_structure", "2020-01-01", {"made_of": made_of}),
        conventions=conventions(told={**CONVENTIONS, "power_factor": power_factor}),
    )


def test_the_money_of_a_farm_is_adjusted_where_it_is_assessed_for_itself_and_not_beside_a_factory() -> None:
    beside = changed(mixed(), {"agreement.0.groups.home": FARM})
    assert quantities(bill(beside, of_farms()), "power_factor") == ["33000.00"]
    alone = request(agreement=[entry("2020-01-01", groups={"main": FARM}, basic={"mode": "exempt"})])
    assert quantities(bill(alone, of_farms()), "power_factor") == ["3000.00"]  # 6,000 kWh × 0.5
    with_home = changed(mixed(), {"agreement.0.groups.main": FARM, "agreement.0.basic": {"mode": "exempt"}})
    assert quantities(bill(with_home, of_farms()), "power_factor") == ["3000.00"]


@pytest.mark.parametrize("group", [FARM, HOME])
def test_where_nobody_tells_the_base_a_group_that_is_left_out_by_its_class_is_a_doubt_with_its_money(
    group: Data,
) -> None:
    data = changed(mixed(), {"agreement.0.groups.home": group})
    data["agreement"].append(entry("2024-08-01"))
    [problem] = problems(bill(data, of_farms(is_told=False)), ProblemCode.GROUP_OUTSIDE_BASE)
    assert problem.where == "/agreement/0/groups/home"
    # 4,000 kWh × 0.5, at −0.75 %
    assert [(each.value, str(each.difference)) for each in problem.alternatives] == [("inside the base", "-15.00")]
    told = changed(data, {"agreement.0.groups.home.power_factor": {"money_in_base": False}})
    assert not problems(bill(told, of_farms(is_told=False)), ProblemCode.GROUP_OUTSIDE_BASE)
