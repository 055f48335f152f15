"""The minimum bill: what sections fall short of the least that is due for them."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billcalc.fields import validated
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.troubles import InvalidInput, Severity
from billcalc.tariff.components import Component
from billcalc.vocabulary import Section
from tests.billing.cases import (
    CONVENTIONS,
    HOME,
    INDUSTRY,
    NETWORK,
    PURCHASE,
    SHOP,
    Data,
    amounts,
    bill,
    catalog,
    changed,
    conventions,
    entry,
    fault,
    line,
    point,
    prices,
    problems,
    refusal,
    request,
    transformer,
)


def minimum(price: str, of: Any = "bill", quantity: str = "months", code: str = "minimum_bill", **more: Any) -> Data:
    whom = {"for": more.pop("whom")} if "whom" in more else {}
    told = {"code": code, "section": "minimum", "quantity": quantity, "price": price, "minimum_of": of}
    return {**told, **whom, **more}


def network(*minimums: Data, start: str = "2020-01-01") -> Any:
    return prices("network_price", [*NETWORK, *minimums], start)


def least(*minimums: Data, **changes: Any) -> Any:
    return catalog(network=network(*minimums), **changes)


# By hand: the bill of July is 32872.50 = energy 2400.00 + network 600.00 + capacity 30000.00 + levies 120.00 − 247.50.


@pytest.mark.parametrize(
    ("price", "of", "short"),
    [
        ("40000", "bill", "7127.50"),
        ("32872.5", "bill", "0.00"),
        ("1", "bill", "0.00"),
        ("3000", ["energy"], "600.00"),
        ("3000", ["energy", "network_energy"], "0.00"),
        ("3000", ["energy", "network_energy", "power_factor"], "247.50"),
        ("0.005", ["refunds"], "0.01"),
    ],
)
def test_a_minimum_of_the_month_is_what_its_sections_fall_short(price: str, of: Any, short: str) -> None:
    answer = bill(request(), least(minimum(price, of)))
    found = line(answer, "minimum_bill")
    assert (str(found.amount), found.section, found.group) == (short, Section.MINIMUM, "main")
    assert (found.quantity, found.price) == (None, None)
    assert answer.total == Decimal("32872.50") + Decimal(short)
    assert answer.lines[-1] is found
    assert found.steps
    assert "cn-test/network_price/2020-01-01" in {source.id for source in found.sources}


def test_a_minimum_of_sections_of_which_nothing_is_paid_is_a_doubt() -> None:
    [doubt] = problems(bill(request(), least(minimum("3000", ["catalogue"]))), ProblemCode.MINIMUM_ALONE)
    assert (doubt.severity, doubt.where, doubt.facts) == (Severity.DOUBT, "/price_sheet", {"line": "minimum_bill"})
    given = {"code": "extra", "section": "catalogue", "group": "main", "amount": "10.00"}
    for data, of in ((request(), ["catalogue", "energy"]), (request(given=[given]), ["catalogue"])):
        assert problems(bill(data, least(minimum("3000", of))), ProblemCode.MINIMUM_ALONE) == []


def test_a_minimum_by_capacity_is_due_for_each_kva_in_service() -> None:
    tariffs = least(minimum("35", quantity="capacity_kva"))
    assert amounts(bill(request(), tariffs), "minimum_bill") == ["2127.50"]  # 1000 × 35 − 32872.50
    standby = changed(request(), {"agreement.0.supply_points.S1.transformers": [
        transformer(), transformer("T2", "500", "suspended")]})  # fmt: skip
    assert amounts(bill(standby, tariffs), "minimum_bill") == ["2127.50"]


def test_a_minimum_by_contract_is_due_for_each_kw_of_it() -> None:
    contracted = {"mode": "contracted", "contracts": {"regular": "600"}}
    data = request(agreement=[entry("2020-01-01", basic=contracted)])
    of_energy = least(minimum("5", ["energy"], "demand_kw"))
    assert amounts(bill(data, of_energy), "minimum_bill") == ["600.00"]  # 600 × 5 − 2400
    own = changed(data, {"agreement.0.basic.contracts": {"S1": "700", "regular": "600"}})
    own = changed(own, {"agreement.0.basic.contracts": {"S1": "700"}})
    assert amounts(bill(own, of_energy), "minimum_bill") == ["1100.00"]


def test_a_part_of_a_month_is_due_by_its_days() -> None:
    data = changed(request("2024-07-12", "2024-08-01"), {"cycle.from": "2024-07-01"})
    tariffs = least(minimum("4650", ["energy"]), minimum("4.65", ["energy"], "capacity_kva", "by_capacity"))
    answer = bill(data, tariffs)
    # 4650 × 20 ÷ 31 = 3000, and 1000 × 4.65 × 20 ÷ 31 the same; the energy is 2400
    assert (amounts(answer, "minimum_bill"), amounts(answer, "by_capacity")) == (["600.00"], ["600.00"])


def test_a_new_price_is_due_from_its_day_on_and_the_parts_are_rounded_once() -> None:
    tariffs = catalog(
        network=[network(minimum("3000", ["energy"])), network(minimum("3100", ["energy"]), start="2024-07-11")]
    )
    # (3000 × 10 + 3100 × 21) ÷ 31 = 3067.741…
    assert amounts(bill(request(), tariffs), "minimum_bill") == ["667.74"]


def test_a_change_that_does_not_concern_it_does_not_move_it() -> None:
    later = entry(
        "2024-07-11", supply_points={"S1": {"power_factor_standard": "0.85", "transformers": [transformer()]}}
    )
    data = request(agreement=[entry("2020-01-01"), later])
    assert amounts(bill(data, least(minimum("3000", ["energy"]))), "minimum_bill") == ["600.00"]
    by_capacity = least(minimum("3", ["energy"], "capacity_kva"))
    assert amounts(bill(data, by_capacity), "minimum_bill") == ["600.00"]


def test_capacity_that_comes_in_the_month_is_due_for_its_days() -> None:
    more = {"S1": {"power_factor_standard": "0.90", "transformers": [transformer(), transformer("T2", "310")]}}
    data = request(agreement=[entry("2020-01-01"), entry("2024-07-22", supply_points=more)])
    # 3 × (1000 + 310 × 10 ÷ 31) = 3300
    assert amounts(bill(data, least(minimum("3", ["energy"], "capacity_kva"))), "minimum_bill") == ["900.00"]


def test_capacity_that_is_all_suspended_has_no_minimum() -> None:
    idle = {"S1": {"power_factor_standard": "0.90", "transformers": [transformer(state="suspended")]}}
    data = request(agreement=[entry("2020-01-01", supply_points=idle)])
    assert not amounts(bill(data, least(minimum("3", ["energy"], "capacity_kva"))), "minimum_bill")


def test_a_given_line_counts_and_one_can_stand_for_the_minimum() -> None:
    back = {"code": "back", "section": "refunds", "group": "main", "amount": "-100", "power_factor": "none"}
    tariffs = least(minimum("40000"))
    assert amounts(bill(request(given=[back]), tariffs), "minimum_bill") == ["7127.50"]  # of another month
    more = {**back, "section": "system_operation", "amount": "100"}
    assert amounts(bill(request(given=[more]), tariffs), "minimum_bill") == ["7027.50"]
    printed = {**back, "section": "minimum", "code": "printed", "amount": "5", "supplies": ["minimum_bill"]}
    assert not amounts(bill(request(given=[printed]), tariffs), "minimum_bill")
    twice = {**back, "section": "minimum", "code": "minimum_bill", "amount": "5"}
    found = problems(bill(request(given=[twice]), tariffs), ProblemCode.GIVEN_AND_COMPUTED)
    assert [each.where for each in found] == ["/given/0/code"]


def test_an_adjustment_that_is_given_counts_for_its_group() -> None:
    told = {"code": "adjusted", "section": "power_factor", "group": "main", "amount": "-100", "power_factor": "none"}
    data = request(given=[{**told, "supplies": ["power_factor"]}])
    answer = bill(data, least(minimum("3000", ["energy", "power_factor"])))
    assert amounts(answer, "minimum_bill") == ["700.00"]


def test_groups_that_pay_one_minimum_pay_it_together() -> None:
    second = point(id="M2", group="other")
    groups = {"main": INDUSTRY, "other": INDUSTRY}
    shares = {"mode": "exempt"}
    data = request(agreement=[entry("2020-01-01", groups=groups, basic=shares)])
    data["metering_points"] = [*data["metering_points"], second]
    found = line(bill(data, least(minimum("5000", ["energy"]))), "minimum_bill")
    assert (found.group, str(found.amount)) == ("account", "200.00")


def household(**changes: Any) -> Data:
    """The factory with a household of 1,000 kWh on a meter of its own."""
    home = {"id": "M2", "group": "home", "supply_point": "S1", "side": "high",
            "config": [{"from": "2020-01-01", "meter": "B", "multiplier": "1", "digits": "4"}],
            "not_installed": ["maximum_demand", "reactive_forward"],
            "readings": [{"at": "2024-07-01", "kind": "opening", "total": "0"},
                         {"at": "2024-08-01", "kind": "closing", "total": "1000"}]}  # fmt: skip
    group = {**HOME, **changes}
    data = request(agreement=[entry("2020-01-01", groups={"main": INDUSTRY, "home": group})])
    return {**data, "metering_points": [*data["metering_points"], home]}


def test_the_money_of_those_who_do_not_pay_it_does_not_count() -> None:
    answer = bill(household(), least(minimum("40000", whom={"class": "industrial_commercial"})))
    of_main = exact_sum(
        each.amount for each in answer.lines if each.group in {"main", "S1"} and each.section != "minimum"
    )
    assert line(answer, "minimum_bill").amount == 40000 - of_main
    assert line(answer, "home_energy").amount > 0


def test_an_adjustment_that_is_of_others_too_is_refused() -> None:
    shared = household(power_factor={"money_in_base": True})
    industry = {"class": "industrial_commercial"}
    found = refusal(shared, least(minimum("40000", whom=industry)))
    assert (found.code, found.where) == (RefusalCode.NOT_SUPPORTED, "/conventions/power_factor/scope")
    assert amounts(bill(shared, least(minimum("40000", ["energy"], whom=industry))), "minimum_bill")
    told = {"code": "x", "section": "catalogue", "group": "home", "amount": "1", "power_factor": "base"}
    assert (
        refusal({**household(), "given": [told]}, least(minimum("40000", whom=industry))).code
        is RefusalCode.NOT_SUPPORTED
    )


def test_whether_the_adjustment_counts_is_in_doubt_where_no_section_is_named_and_it_tells() -> None:
    answer = bill(request(), least(minimum("40000")))
    [found] = problems(answer, ProblemCode.MINIMUM_WITH_ADJUSTMENT)
    assert (found.where, found.severity) == ("/tariffs/cn-test/network_price/2020-01-01", Severity.DOUBT)
    # without it the sections are 33120.00: 6880.00 are short, and not 7127.50
    assert [(each.value, str(each.difference)) for each in found.alternatives] == [("no adjustment", "-247.50")]
    for silent in (minimum("1"), minimum("40000", ["energy", "power_factor"])):
        assert not problems(bill(request(), least(silent)), ProblemCode.MINIMUM_WITH_ADJUSTMENT)
    dear = changed(request(), {"metering_points.0.readings.1.reactive_forward": "90"})
    assert len(problems(bill(dear, least(minimum("60000"))), ProblemCode.MINIMUM_WITH_ADJUSTMENT)) == 1
    unassessed = changed(request(), {"agreement.0.supply_points.S1.power_factor_standard": "none"})
    assert not problems(bill(unassessed, least(minimum("40000"))), ProblemCode.MINIMUM_WITH_ADJUSTMENT)


def test_the_prices_of_a_request_have_a_minimum_too() -> None:
    own = {"title": "contract", "instead_of": ["network_price"], "components": [*NETWORK, minimum("40000")]}
    answer = bill(request(price_sheet=own))
    assert amounts(answer, "minimum_bill") == ["7127.50"]
    [found] = problems(answer, ProblemCode.MINIMUM_WITH_ADJUSTMENT)
    assert found.where == "/price_sheet"


def test_components_of_one_minimum_are_added() -> None:
    tariffs = least(minimum("2000", ["energy"], line="least"), minimum("1000", ["energy"], code="more", line="least"))
    assert amounts(bill(request(), tariffs), "least") == ["600.00"]


# What is refused


def test_a_minimum_that_is_not_one_is_refused() -> None:
    different = least(minimum("1", ["energy"], line="least"), minimum("1", code="more", line="least"))
    assert refusal(request(), different).where == "/agreement"
    begins = catalog(network=[network(), network(minimum("1"), start="2024-07-11")])
    found = refusal(request(), begins)
    assert (found.code, found.where) == (RefusalCode.NOT_SUPPORTED, "/agreement/0/groups/main")
    groups = {"main": INDUSTRY, "other": {**INDUSTRY, "voltage": "35kV"}}
    data = request(agreement=[entry("2020-01-01", groups=groups, basic={"mode": "exempt"})])
    data["metering_points"] = [*data["metering_points"], point(id="M2", group="other")]
    apart = least(
        minimum("1", ["energy"], whom={"voltage": "10kV"}),
        minimum("2", ["energy"], whom={"voltage": "35kV"}),
    )
    assert refusal(data, apart).where == "/agreement"


def test_a_cycle_that_is_no_month_has_no_minimum() -> None:
    assert refusal(request("2024-07-01", "2024-07-20"), least(minimum("1"))).code is RefusalCode.NOT_A_MONTH


def test_what_it_is_due_for_must_be_told() -> None:
    bare = request(
        agreement=[
            entry("2020-01-01", basic={"mode": "exempt"}, supply_points={"S1": {"power_factor_standard": "0.90"}})
        ]
    )
    found = fault(bare, least(minimum("1", quantity="capacity_kva")))
    assert (found.code, found.where) == (FaultCode.MISSING_KEY, "/agreement/0/supply_points/S1/transformers")
    found = fault(request(), least(minimum("1", quantity="demand_kw")))
    assert (found.code, found.where) == (FaultCode.MISSING_KEY, "/agreement/0/basic/contracts")


def test_a_total_of_which_some_parts_count_is_refused() -> None:
    whole = {**PURCHASE[0], "supplies": ["upstream_loss", "fund"]}
    purchase = prices("purchase_price", [whole])
    some = least(minimum("3000", ["energy"]), purchase=purchase)
    assert refusal(request(), some).code is RefusalCode.PRICE_PARTS_UNKNOWN
    both = least(minimum("3000", ["energy", "upstream_loss"]), purchase=purchase)
    assert refusal(request(), both).code is RefusalCode.PRICE_PARTS_UNKNOWN  # of levies, for the power factor
    for counted, short in ((["energy", "upstream_loss"], ["600.00"]), (["network_energy"], ["2400.00"])):
        alone = catalog(network=network(minimum("3000", counted)), purchase=prices("purchase_price", [
            {**PURCHASE[0], "supplies": ["upstream_loss"]}]))  # fmt: skip
        assert amounts(bill(request(), alone), "minimum_bill") == short


def test_two_components_of_one_name_are_refused() -> None:
    assert fault(request(), least(minimum("1"), minimum("2"))).code is FaultCode.DUPLICATE_ID


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({**minimum("1"), "section": "energy"}, "a component of section minimum tells what it is the minimum of"),
        ({**minimum("1"), "minimum_of": None}, "a component of section minimum tells what it is the minimum of"),
        (
            {**minimum("1"), "quantity": "billed_kwh"},
            "a minimum is due by capacity_kva, demand_kw, months, and not by billed_kwh",
        ),
        (minimum("1", ["energy", "minimum"]), "a minimum is not of itself"),
    ],
)
def test_a_component_is_a_minimum_as_a_whole_or_not_at_all(data: Data, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        validated(Component, data)


# Laws


@settings(max_examples=25, deadline=None)
@given(price=st.integers(0, 60000), of=st.sampled_from([["energy"], ["energy", "levies"], ["network_capacity"]]))
def test_with_its_minimum_the_sections_come_to_no_less_than_it_and_to_no_more_than_either(
    price: int, of: list[str]
) -> None:
    answer = bill(request(), least(minimum(str(price), of)))
    counted = exact_sum(answer.sections[Section(each)] for each in of)
    assert counted + line(answer, "minimum_bill").amount == max(counted, Decimal(price))


@settings(max_examples=15, deadline=None)
@given(cuts=st.sets(st.integers(2, 31), max_size=4), price=st.integers(3000, 90000))
def test_however_a_month_is_cut_its_minimum_is_that_of_the_month(cuts: set[int], price: int) -> None:
    entries = [entry("2020-01-01"), *(entry(f"2024-07-{day:02}") for day in sorted(cuts))]
    by_month = least(minimum(str(price), ["energy"]), minimum("90", ["energy"], "capacity_kva", "by_capacity"))
    answer = bill(request(agreement=entries), by_month)
    assert line(answer, "minimum_bill").amount == price - 2400
    assert line(answer, "by_capacity").amount == 90000 - 2400


def test_a_minimum_of_nothing_changes_no_other_line() -> None:
    with_it, without = bill(request(), least(minimum("0"))), bill(request())
    assert [each.amount for each in with_it.lines[:-1]] == [each.amount for each in without.lines]


def test_an_adjustment_of_the_account_counts() -> None:
    told = {**CONVENTIONS, "power_factor": {**CONVENTIONS["power_factor"], "scope": "account"}}
    answer = bill(request(), least(minimum("40000"), conventions=conventions(told=told)))
    assert amounts(answer, "minimum_bill") == ["7127.50"]


def test_days_that_are_free_are_due_for_nothing() -> None:
    told = {**CONVENTIONS, "basic": {**CONVENTIONS["basic"], "first_day": "free"}}
    groups = {"main": SHOP, "other": {**SHOP, "voltage": "35kV"}}
    data = request(agreement=[entry("2020-01-01", groups={"main": SHOP}, basic={"mode": "exempt"}),
                              entry("2024-07-31", groups=groups, basic={"mode": "exempt"})])  # fmt: skip
    late = least(minimum("3000", ["energy"], whom={"voltage": "35kV"}), conventions=conventions(told=told))
    assert not amounts(bill(data, late), "minimum_bill")
