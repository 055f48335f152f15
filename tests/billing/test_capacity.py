"""The basic charge by capacity: kVA × share of the month, rounded once per segment, × the segment's price."""

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import (
    CONVENTIONS,
    LEVIES,
    NETWORK,
    Data,
    amounts,
    basic_rules,
    bill,
    catalog,
    changed,
    codes,
    conventions,
    entry,
    fault,
    line,
    lines,
    prices,
    problems,
    quantities,
    refusal,
    request,
    transformer,
)


def with_transformers(start: str, *transformers: Data) -> Data:
    points = {"S1": {"power_factor_standard": "0.90", "transformers": list(transformers)}}
    return entry(start, supply_points=points)


def suspended_on(day: str, start: str, end: str) -> Data:
    """T1 of 1,000 kVA in service, T2 of 500 kVA sealed on a day of the month."""
    before = with_transformers("2020-01-01", transformer(), transformer("T2", "500"))
    after = with_transformers(day, transformer(), transformer("T2", "500", "suspended"))
    return request(start, end, agreement=[before, after])


def told(**basic: str) -> Catalog:
    return catalog(conventions=conventions(told={**CONVENTIONS, "basic": {**CONVENTIONS["basic"], **basic}}))


def test_a_full_month_is_billed_in_full() -> None:
    capacity = line(bill(request()), "capacity")
    assert (str(capacity.quantity), capacity.unit, str(capacity.amount)) == ("1000", "kVA", "30000.00")
    assert str(capacity.span) == "2024-07-01/2024-08-01"


def test_a_transformer_sealed_in_may_is_billed_by_thirtieths() -> None:
    answer = bill(suspended_on("2024-05-16", "2024-05-01", "2024-06-01"))
    # 1500 × 15/30 = 750; T1 then for the 15 thirtieths that are left of its month, not for 16 days
    assert quantities(answer, "capacity") == ["750.00", "500.00"]
    assert amounts(answer, "capacity") == ["22500.00", "15000.00"]


def test_a_transformer_added_on_14_april_is_charged_for_17_thirtieths() -> None:
    entries = [
        with_transformers("2020-01-01", transformer(kva="400")),
        with_transformers("2024-04-14", transformer(kva="400"), transformer("T2", "200")),
    ]
    unrounded = {key: value for key, value in CONVENTIONS["basic"].items() if key != "kva_round"}
    tariffs = catalog(
        network=prices("network_price", [NETWORK[0], {**NETWORK[1], "price": "20"}]),
        conventions=conventions(told={**CONVENTIONS, "basic": unrounded}),
    )
    answer = bill(request("2024-04-01", "2024-05-01", agreement=entries), tariffs)
    # 400 × 13/30 × 20 = 3466.67 and 600 × 17/30 × 20 = 6800: 400 × 20 + 200 × 20 × 17/30 = 10266.67
    assert amounts(answer, "capacity") == ["3466.67", "6800.00"]


def test_a_transformer_sealed_in_july_is_billed_by_the_days_of_july() -> None:
    answer = bill(suspended_on("2024-07-16", "2024-07-01", "2024-08-01"))
    # 1500 × 15/31 = 725.806…, 1000 × 16/31 = 516.129…
    assert quantities(answer, "capacity") == ["725.81", "516.13"]
    assert amounts(answer, "capacity") == ["21774.30", "15483.90"]
    assert [str(each.span) for each in lines(answer, "capacity")] == ["2024-07-01/2024-07-16", "2024-07-16/2024-08-01"]


@pytest.mark.parametrize(
    ("day", "expected"), [("2023-02-16", ["750.00", "500.00"]), ("2024-02-16", ["750.00", "500.00"])]
)
def test_february_has_thirty_thirtieths(day: str, expected: list[str]) -> None:
    start, end = f"{day[:7]}-01", f"{day[:4]}-03-01"
    assert quantities(bill(suspended_on(day, start, end)), "capacity") == expected


def test_a_sealed_transformer_cuts_no_energy_line() -> None:
    answer = bill(suspended_on("2024-07-16", "2024-07-01", "2024-08-01"))
    assert quantities(answer, "network_energy") == ["6000"]
    assert codes(answer) == set()


def test_a_cycle_over_two_months_weighs_each_day_by_its_own_month() -> None:
    answer = bill(suspended_on("2024-07-01", "2024-06-24", "2024-07-24"))
    # seven days of June are 7/30: 1500 × 7/30; T1 pays one month, and of it what is left: 1000 × 23/30
    assert quantities(answer, "capacity") == ["350.00", "766.67"]
    assert amounts(answer, "capacity") == ["10500.00", "23000.10"]
    states = (("2020-01-01", "suspended"), ("2024-07-01", "in_service"))
    entries = [with_transformers(day, transformer(), transformer("T2", "500", state)) for day, state in states]
    back = bill(request("2024-06-24", "2024-07-24", agreement=entries))
    # 1000 × 7/30; what is left of T1's month and 500 × 23/31: 766.666… + 370.967…
    assert quantities(back, "capacity") == ["233.33", "1137.63"]


def test_the_day_count_is_that_of_the_rules_on_the_day_of_the_change() -> None:
    # in one cycle over the turn of the rules: thirtieths for a change in May, calendar days for one in June
    may = bill(suspended_on("2024-05-31", "2024-05-24", "2024-06-24"))
    june = bill(suspended_on("2024-06-03", "2024-05-24", "2024-06-24"))
    assert quantities(may, "capacity") == ["350.00", "766.67"]  # 1500 × 7/30, 1000 × 23/30
    # eight days of May and two of June: 1500 × (8/31 + 2/30) = 487.096…; what is left of T1's month: 1000 × 0.675268…
    assert quantities(june, "capacity") == ["487.10", "675.27"]


def test_changes_under_two_day_counts_in_one_cycle_are_refused_unless_the_count_is_told() -> None:
    data = suspended_on("2024-05-31", "2024-05-24", "2024-06-24")
    data["agreement"].append(with_transformers("2024-06-03", transformer()))
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/conventions/basic/days")
    answer = bill(changed(data, {"conventions.basic.days": "thirtieth"}))
    assert quantities(answer, "capacity") == ["350.00", "100.00", "666.67"]  # 7, 3 and the 20 that are left


def test_a_new_connection_is_billed_from_its_first_day_or_the_day_after() -> None:
    data = changed(request("2024-06-12", "2024-07-01"), {"cycle.from": "2024-06-01"})
    assert quantities(bill(data), "capacity") == ["633.33"]
    assert quantities(bill(data, told(first_day="free")), "capacity") == ["600.00"]


def test_the_last_day_of_a_supply_is_free_or_billed() -> None:
    data = changed(request("2024-07-01", "2024-07-11"), {"cycle.to": "2024-08-01"})
    assert amounts(bill(data), "capacity") == ["9677.40"]  # 322.58 = 1000 × 10/31
    assert amounts(bill(data, told(last_day="billed")), "capacity") == ["10645.20"]  # 354.84 = 1000 × 11/31


def test_the_day_on_which_a_transformer_is_sealed_is_billed_at_the_terms_before() -> None:
    answer = bill(suspended_on("2024-07-16", "2024-07-01", "2024-08-01"), told(last_day="billed"))
    # (1000 × 15 + 500 × 16)/31 = 741.935…
    assert quantities(answer, "capacity") == ["741.94", "516.13"]


def test_capacity_is_rounded_to_the_step_that_is_told_or_not_at_all() -> None:
    data = suspended_on("2024-07-16", "2024-07-01", "2024-08-01")
    coarse = bill(data, told(kva_round="1"))
    assert (quantities(coarse, "capacity"), amounts(coarse, "capacity")) == (["726", "516"], ["21780.00", "15480.00"])
    untold = {key: value for key, value in CONVENTIONS["basic"].items() if key != "kva_round"}
    exact = bill(data, catalog(conventions=conventions(told={**CONVENTIONS, "basic": untold})))
    # 1500 × 15 × 30 ÷ 31 and 1000 × 16 × 30 ÷ 31, each rounded once; the kVA are shown to six places
    assert amounts(exact, "capacity") == ["21774.19", "15483.87"]
    assert quantities(exact, "capacity") == ["725.806452", "516.129032"]
    [problem] = problems(exact, ProblemCode.CONVENTION_UNDOCUMENTED)
    assert (problem.where, problem.facts["chosen"]) == ("/conventions/basic/kva_round", "none")
    # −0.75 % of 37258.06 more or less is the same fen: 0.14 more for the capacity
    assert [(each.value, str(each.difference)) for each in problem.alternatives] == [("0.01", "0.14")]


def test_a_capacity_that_is_all_suspended_is_not_billed() -> None:
    data = request(agreement=[with_transformers("2020-01-01", transformer(state="suspended"))])
    assert lines(bill(data), "capacity") == []
    sealed = with_transformers("2024-07-16", transformer(state="sealed_standby"))
    answer = bill(request(agreement=[entry("2020-01-01"), sealed]))
    assert quantities(answer, "capacity") == ["483.87"]


def test_a_transformer_that_appears_or_is_replaced_in_the_month_is_billed_for_its_days() -> None:
    added = bill(
        request(agreement=[entry("2020-01-01"), with_transformers("2024-07-11", transformer(), transformer("T2"))])
    )
    assert quantities(added, "capacity") == ["322.58", "1354.84"]  # 1000 × 10/31, 2000 × 21/31
    larger = bill(request(agreement=[entry("2020-01-01"), with_transformers("2024-07-11", transformer(kva="1600"))]))
    assert quantities(larger, "capacity") == ["322.58", "1083.87"]  # 1600 × 21/31


def test_a_free_first_day_of_a_replacement_is_free() -> None:
    larger = request(agreement=[entry("2020-01-01"), with_transformers("2024-07-11", transformer(kva="1600"))])
    assert quantities(bill(larger, told(first_day="free")), "capacity") == ["322.58", "1032.26"]  # 1600 × 20/31


def test_a_transformer_that_is_back_within_the_month_is_billed_for_both_its_spans() -> None:
    data = suspended_on("2024-07-11", "2024-07-01", "2024-08-01")
    data["agreement"].append(with_transformers("2024-07-21", transformer(), transformer("T2", "500")))
    # 1500 × 10, 1000 × 10, 1500 × 11, each ÷ 31
    data = changed(data, {"conventions.basic.changes": "as_stated"})  # ten days are no suspension by law
    assert quantities(bill(data), "capacity") == ["483.87", "322.58", "532.26"]


def test_a_service_of_one_free_day_is_not_billed() -> None:
    back = with_transformers("2024-07-20", transformer(), transformer("T2", "500"))
    again = with_transformers("2024-07-21", transformer(), transformer("T2", "500", "suspended"))
    first = with_transformers("2020-01-01", transformer(), transformer("T2", "500", "suspended"))
    answer = bill(request(agreement=[first, back, again]), told(first_day="free"))
    assert quantities(answer, "capacity") == ["612.90", "32.26", "354.84"]  # T1 alone for 19, 1 and 11 days


def test_a_new_price_of_capacity_splits_it_by_days_and_a_new_levy_does_not() -> None:
    dearer = [{**each, "price": "31"} if each["code"] == "capacity" else each for each in NETWORK]
    network = [prices("network_price", NETWORK), prices("network_price", dearer, "2024-07-16")]
    answer = bill(request(), catalog(network=network))
    assert quantities(answer, "capacity") == ["483.87", "516.13"]
    assert amounts(answer, "capacity") == ["14516.10", "16000.03"]
    assert quantities(answer, "network_energy") == ["6000"]
    levies = [{"code": "fund", "section": "levies", "price": "0.03"}]
    both = catalog(levies=[prices("levies", LEVIES), prices("levies", levies, "2024-07-16")])
    assert quantities(bill(request(), both), "capacity") == ["1000"]


def test_the_basic_charge_is_not_computed_for_an_exempt_customer() -> None:
    answer = bill(request(agreement=[entry("2020-01-01", basic={"mode": "exempt"})]))
    assert lines(answer, "capacity") == []


def test_a_mode_that_changes_in_the_month_bills_each_for_its_days() -> None:
    exempt = entry("2024-07-11", basic={"mode": "exempt"})
    answer = bill(request(agreement=[entry("2020-01-01"), exempt]))
    assert quantities(answer, "capacity") == ["322.58"]


def test_a_supply_point_without_transformers_has_no_capacity_to_bill() -> None:
    data = request(agreement=[entry("2020-01-01", supply_points={"S1": {"power_factor_standard": "0.90"}})])
    found = fault(data)
    assert (found.code, found.where) == (FaultCode.CAPACITY_MISSING, "/agreement/0/supply_points/S1")
    assert found.facts == {"supply_point": "S1", "mode": "capacity"}


def test_a_transformer_that_stands_twice_is_found() -> None:
    found = fault(request(agreement=[with_transformers("2020-01-01", transformer(), transformer(kva="5"))]))
    assert (found.code, found.where) == (FaultCode.DUPLICATE_ID, "/agreement/0/supply_points/S1/transformers/1/id")


def test_a_capacity_without_a_price_is_refused() -> None:
    unpriced = [each for each in NETWORK if each["code"] != "capacity"]
    refused = refusal(request(), catalog(network=prices("network_price", unpriced)))
    assert (refused.code, refused.where) == (RefusalCode.NO_PRICE, "/agreement/0/basic")
    assert refused.facts["wanted"] == "capacity_kva"


def test_two_prices_of_one_capacity_are_refused() -> None:
    twice = [*NETWORK, {**NETWORK[1], "code": "capacity_fund", "price": "2"}]
    refused = refusal(request(), catalog(network=prices("network_price", twice)))
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/agreement/0/basic")
    assert "Basic charge by capacity, capacity_fund (30, 2)" in str(refused)


def test_a_cycle_that_is_no_month_has_no_monthly_charge() -> None:
    refused = refusal(request("2024-07-01", "2024-07-21"))
    assert (refused.code, refused.where) == (RefusalCode.NOT_A_MONTH, "/cycle")
    assert refused.facts == {"what": "monthly_charge", "days": "20"}


@pytest.mark.parametrize("mode", [{"mode": "capacity"}, {"mode": "contracted", "contracts": {"regular": "400"}}])
def test_a_capacity_of_nothing_is_a_fault_and_one_of_several_may_be(mode: Data) -> None:
    data = request(agreement=[entry("2020-01-01", basic=mode)])
    place = "agreement.0.supply_points.S1.transformers"
    found = fault(changed(data, {f"{place}.0.kva": "0"}))
    assert (found.code, found.where) == (FaultCode.OUT_OF_RANGE, "/agreement/0/supply_points/S1/transformers/0/kva")
    spare = [transformer("T0", "0"), transformer()]
    assert bill(changed(data, {place: spare})).total == bill(data).total


def test_no_rules_of_the_basic_charge_is_a_refusal() -> None:
    refused = refusal(request(), catalog(rules_1996=None, rules_2024=None))
    assert (refused.code, refused.where) == (RefusalCode.NO_DOCUMENT, "/area")
    assert refused.facts == {"kind": "basic_charge_rules", "area": "cn-test", "day": "2024-07-01"}


def test_a_capacity_price_beside_the_area_s_own_is_found_though_both_are_equal() -> None:
    found = fault({**request(), "price_sheet": {"title": "contract", "instead_of": [], "components": [NETWORK[1]]}})
    assert (found.code, found.where) == (FaultCode.DUPLICATE_ID, "cn-test/network_price/2020-01-01")
    assert found.facts == {"id": "capacity"}


def test_new_rules_for_demand_do_not_concern_capacity() -> None:
    new = basic_rules("2024-07-16", "calendar", floor_share="0.50")
    assert quantities(bill(request(), catalog(rules_new=new)), "capacity") == ["1000"]


def test_a_suspension_of_three_days_is_a_doubt() -> None:
    # 发改办价格〔2016〕1583号: less than 15 days leave the basic charge of what was suspended due
    def standing(state: str) -> Data:
        return {
            "S1": {"power_factor_standard": "0.90", "transformers": [transformer(), transformer("T2", state=state)]}
        }

    days = (("2020-01-01", "in_service"), ("2024-07-11", "suspended"), ("2024-07-14", "in_service"))
    answer = bill(request(agreement=[entry(start, supply_points=standing(state)) for start, state in days]))
    assert codes(answer)
