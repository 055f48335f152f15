"""The power-factor base and the groups whose class keeps their money out of it: households, and farms beside others."""

import pytest

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
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
    lines,
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


FARM_ALONE = request(agreement=[entry("2020-01-01", groups={"main": FARM}, basic={"mode": "exempt"})])
GIVEN = {"code": "paid", "label": "paid", "section": "catalogue", "group": "main", "amount": "100"}


def own_base(**selected: Data) -> Data:
    return changed(FARM_ALONE, {"conventions.power_factor.base": selected})


def test_an_assessed_group_of_whose_money_nothing_is_in_a_base_that_is_told_is_a_doubt_with_its_money() -> None:
    data = own_base(include={"sections": ["energy", "network_energy"]})
    answer = bill(data, of_farms())
    assert not lines(answer, "power_factor")
    [problem] = problems(answer, ProblemCode.GROUP_OUTSIDE_BASE)
    assert (problem.where, problem.severity) == ("/agreement/0/groups/main", Severity.DOUBT)
    # 6,000 kWh × 0.5, at −0.75 %
    assert [(each.value, str(each.difference)) for each in problem.alternatives] == [("inside the base", "-22.50")]


def test_a_base_that_excludes_all_that_a_group_pays_is_a_doubt_that_no_word_of_the_group_changes() -> None:
    data = own_base(exclude={"sections": ["catalogue"]})
    for each in (data, changed(data, {"agreement.0.groups.main.power_factor": {"money_in_base": True}})):
        [problem] = problems(bill(each, of_farms()), ProblemCode.GROUP_OUTSIDE_BASE)
        assert (problem.severity, problem.alternatives) == (Severity.DOUBT, ())


@pytest.mark.parametrize(
    "data",
    [
        own_base(exclude={"groups": ["main"]}),
        changed(FARM_ALONE, {"agreement.0.groups.main.power_factor": {"money_in_base": False}}),
    ],
)
def test_a_group_that_is_said_to_be_outside_is_no_doubt(data: Data) -> None:
    answer = bill(data, of_farms())
    assert (lines(answer, "power_factor"), problems(answer, ProblemCode.GROUP_OUTSIDE_BASE)) == ([], [])


@pytest.mark.parametrize(("word", "doubts"), [("none", 1), ("base", 0), ({"ratio": "0.01"}, 0)])
def test_a_group_that_pays_given_amounts_alone_is_told_where_none_is_adjusted(word: object, doubts: int) -> None:
    given = {**GIVEN, "supplies": ["home_energy"], "power_factor": word}
    data = changed(FARM_ALONE, {"given": [given]})
    assert len(problems(bill(data, of_farms()), ProblemCode.GROUP_OUTSIDE_BASE)) == doubts


def test_each_power_factor_tells_of_its_own_groups() -> None:
    data = mixed()
    [first, home] = data["metering_points"]
    entry_of_both = changed(data["agreement"][0], {"supply_points.S2": {"power_factor_standard": "0.85"}})
    readings = [{**each, "reactive_forward": "0"} for each in home["readings"]]
    own = {**home, "supply_point": "S2", "readings": readings, "not_installed": []}
    data = {**data, "agreement": [entry_of_both], "metering_points": [first, own]}
    data = changed(data, {"conventions.power_factor.scope": "supply_point"})
    [problem] = problems(bill(data, of_farms()), ProblemCode.GROUP_OUTSIDE_BASE)
    assert (problem.facts["scope"], problem.facts["group"]) == ("S2", "home")
    # 4,000 kWh × 0.5, at −1.10 %
    assert [str(each.difference) for each in problem.alternatives] == ["-22.00"]
