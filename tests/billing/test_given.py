"""Given lines: their amounts, what they stand for, and their part in the power-factor adjustment."""

from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.troubles import Severity
from billcalc.vocabulary import Section
from tests.billing.cases import (
    INDUSTRY,
    Data,
    amounts,
    bill,
    changed,
    codes,
    energy,
    entry,
    fault,
    line,
    lines,
    number,
    problems,
    quantities,
    refusal,
    request,
    sheet,
    transformer,
)


def given(code: str = "agreed", amount: str = "100.00", **more: Any) -> Data:
    return {"code": code, "section": "energy", "group": "main", "amount": amount, **more}


def with_given(*items: Data, **changes: Any) -> Data:
    return request(given=list(items), **changes)


def not_assessed() -> list[Data]:
    points = {"S1": {"power_factor_standard": "none", "transformers": [transformer()]}}
    return [entry("2020-01-01", supply_points=points)]


def test_a_given_line_prints_as_it_was_given() -> None:
    item = given(label="as agreed", band="peak", kwh="12.5", price="8", section="refunds", amount="-100.00")
    found = line(bill(with_given(item)), "agreed")
    assert (found.label, found.section, found.group, found.band) == ("as agreed", Section.REFUNDS, "main", "peak")
    assert (found.quantity, found.price, found.unit) == (number("12.5"), number("8"), "kWh")
    assert (found.amount, found.given, found.steps) == (number("-100.00"), True, ())
    assert str(found.span) == "2024-07-01/2024-08-01"
    bare = line(bill(with_given(given())), "agreed")
    assert (bare.quantity, bare.price, bare.band) == (None, None, None)


def test_a_given_line_is_outside_the_base_unless_it_says_so() -> None:
    assert quantities(bill(with_given(given())), "power_factor") == ["33000.00"]
    inside = bill(with_given(given(power_factor="base"), given("other", power_factor="none")))
    assert quantities(inside, "power_factor") == ["33100.00"]


def test_a_given_line_may_be_adjusted_at_a_ratio_of_its_own() -> None:
    answer = bill(with_given(given(power_factor={"ratio": "0.05"}), given("other", "10.00", power_factor="base")))
    adjusted = line(answer, "power_factor")
    # −0.75 % of 33010 is −247.575, and 5 % of 100 is 5
    assert (str(adjusted.quantity), adjusted.price, str(adjusted.amount)) == ("33110.00", None, "-242.58")


def test_a_line_with_a_ratio_of_its_own_alone_needs_no_power_factor() -> None:
    data = with_given(given(amount="-341762.65", power_factor={"ratio": "0.67"}), metering_points=[])
    data = changed(data, {"agreement.0.basic.mode": "exempt"})
    adjusted = line(bill(data), "power_factor")
    assert (str(adjusted.quantity), str(adjusted.price), str(adjusted.amount)) == ("-341762.65", "0.67", "-228980.98")


def test_a_given_line_stands_for_components_of_its_own_group() -> None:
    answer = bill(with_given(given(supplies=["purchase", "fund", "capacity"])))
    assert [each.code for each in answer.lines] == ["agreed", "network_energy", "power_factor"]
    assert quantities(answer, "power_factor") == ["600.00"]
    groups = {"main": INDUSTRY, "other": {**INDUSTRY, "billing": "one_part"}}
    child = {"id": "R", "kind": "ratio", "group": "other", "value": "0.5"}
    two = changed(
        with_given(given(supplies=["fund"])),
        {"agreement.0.groups": groups, "metering_points.0.children": [child]},
    )
    assert [each.group for each in lines(bill(two), "fund")] == ["other"]


def test_a_given_line_that_stands_for_what_is_not_paid_is_a_doubt() -> None:
    answer = bill(with_given(given(supplies=["purchase", "purchace"])))
    [problem] = problems(answer, ProblemCode.SUPPLIES_NOTHING)
    assert problem.where == "/given/0/supplies/1"
    assert problem.facts == {"line": "agreed", "component": "purchace", "group": "main"}


def test_a_given_adjustment_stands_for_that_of_its_group() -> None:
    adjustment = given("adjusted", "-9.00", section="power_factor", supplies=["power_factor"])
    answer = bill(with_given(adjustment, given(power_factor="base")))
    assert amounts(answer, "adjusted", "power_factor") == ["-9.00"]
    assert (answer.power_factors, codes(answer)) == ((), set())


def test_a_given_adjustment_of_one_group_leaves_that_of_the_other() -> None:
    adjustment = given("adjusted", "-9.00", section="power_factor", supplies=["power_factor"])
    child = {"id": "R", "kind": "ratio", "group": "other", "value": "0.5"}
    data = changed(
        with_given(adjustment),
        {
            "agreement.0.groups": {"main": INDUSTRY, "other": {**INDUSTRY, "billing": "one_part"}},
            "metering_points.0.children": [child],
        },
    )
    answer = bill(data)
    assert quantities(answer, "power_factor") == ["1500.00"]  # half of 2,400 + 600
    assert [str(each.active_kwh) for each in answer.power_factors] == ["6000"]


def test_a_given_line_of_no_group_is_found() -> None:
    found = fault(with_given(given(group="nobody")))
    assert (found.code, found.where) == (FaultCode.UNKNOWN_REFERENCE, "/given/0/group")
    assert found.facts == {"kind": "group", "id": "nobody", "known": "main"}


def test_a_given_line_of_a_group_that_is_not_assessed_cannot_be_adjusted() -> None:
    for power_factor in ("base", {"ratio": "0.05"}):
        found = fault(with_given(given(power_factor=power_factor), agreement=not_assessed()))
        assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/given/0/power_factor")
        assert "not assessed" in str(found)
    assert amounts(bill(with_given(given(), agreement=not_assessed())), "agreed") == ["100.00"]


def test_a_ratio_beside_a_given_adjustment_contradicts_it() -> None:
    adjustment = given("adjusted", "-9.00", section="power_factor", supplies=["power_factor"])
    found = fault(with_given(adjustment, given(power_factor={"ratio": "0.05"})))
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/given/1/power_factor")
    assert "a given line" in str(found)


def test_a_given_line_is_not_split_over_two_standards() -> None:
    later = entry(
        "2024-07-11", supply_points={"S1": {"power_factor_standard": "0.85", "transformers": [transformer()]}}
    )
    data = with_given(given(power_factor="base"), agreement=[entry("2020-01-01"), later])
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/given/0/power_factor")
    assert "agreed" in str(refused)
    assert quantities(bill(changed(data, {"given.0.power_factor": "none"})), "agreed") == ["None"]


def test_a_given_line_is_in_the_base_of_the_days_that_are_assessed() -> None:
    data = with_given(given(power_factor="base"), agreement=[*not_assessed(), entry("2024-07-11")])
    plain = changed(data, {"given.0.power_factor": "none"})
    with_it, without = (number(quantities(bill(each), "power_factor")[0]) for each in (data, plain))
    assert with_it - without == 100


def test_the_amounts_of_a_bill_are_added_exactly_however_long_they_are() -> None:
    long = "12345678901234567890123456789.01"
    answer = bill(with_given(given(amount=long), given("other", "0.01"), agreement=not_assessed()))
    assert str(answer.sections[Section.ENERGY]) == "12345678901234567890123459189.02"
    assert str(answer.total) == "12345678901234567890123489909.02"


def test_a_quantity_is_told_by_band_or_in_total() -> None:
    data = sheet(energy("energy", "0.5"), energy("net_fee", "0.1", quantity="net_kwh"))
    told = {"name": "net_kwh", "group": "main", "kwh": {"peak": "20", "flat": "30"}}
    assert amounts(bill({**data, "quantities": [told]}), "net_fee") == ["5.00"]
    assert amounts(bill({**data, "quantities": [{**told, "kwh": {"total": "50"}}]}), "net_fee") == ["5.00"]
    twice = {**told, "kwh": {"total": "50", "peak": "20", "flat": "30"}}
    found = fault({**data, "quantities": [twice]})
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/quantities/0")


def test_a_given_line_beside_what_is_calculated_under_its_name_is_a_doubt() -> None:
    same = [
        given("purchase", "2400.00"),
        given("fund", "120.00", section="levies"),
        given("capacity", "30000.00", section="network_capacity"),
        given("adjusted", "-9.00", section="power_factor"),
        given("purchase", "-50.00", section="refunds"),
        given("agreed"),
    ]
    answer = bill(with_given(*same))
    found = problems(answer, ProblemCode.GIVEN_AND_COMPUTED)
    assert [(each.where, each.facts["component"]) for each in found] == [
        ("/given/0/code", "purchase"),
        ("/given/1/code", "fund"),
        ("/given/2/code", "capacity"),
        ("/given/3/code", "power_factor"),
    ]
    # without it, −0.75 % of 33,000 and of what the line took into the base: it took nothing
    assert [str(each.difference) for each in found[0].alternatives] == ["-2400.00"]
    named = [{**each, "supplies": [found.facts["component"]]} for each, found in zip(same, found, strict=False)]
    assert problems(bill(with_given(*named)), ProblemCode.GIVEN_AND_COMPUTED) == []


@pytest.mark.parametrize(
    ("ratio", "is_doubted"), [("-0.75", True), ("-0.0076", True), ("-0.0075", False), ("1.45", False), ("75", True)]
)
def test_a_ratio_that_no_power_factor_has_is_a_doubt(ratio: str, is_doubted: bool) -> None:
    line = given(power_factor={"ratio": ratio})
    for data, where in (
        (changed(request(), {"facts.S1": {"power_factor_ratio": ratio}}), "/facts/S1/power_factor_ratio"),
        (request(given=[line]), "/given/0/power_factor/ratio"),
    ):
        found = problems(bill(data), ProblemCode.RATIO_NOT_IN_TABLE)
        assert [each.where for each in found] == [where] * is_doubted
        told = {"standard": "0.90", "ratio": ratio, "least": "-0.0075", "most": "1.45"}
        assert all(each.facts == told for each in found)


@pytest.mark.parametrize(
    ("kwh", "price", "amount", "is_doubted"),
    [
        ("10", "3", "100.00", True),  # 9.5 × 2.5 to 10.5 × 3.5: 23.75 to 36.75
        ("10", "3", "36.75", False),
        ("10", "3", "36.79", True),
        ("1000", "0.50", "520.00", True),  # 505 at most, and 505.2525 with a thousand that is rounded
        ("1000", "0.5", "520.00", False),  # 450 to 550: what is written 0.5 may be 0.52
        ("21778", "0.0281547967", "613.16", False),  # 613.155 is rounded
        ("21778", "0.0281547967", "613.22", True),
        ("-1000", "0.50", "-500.00", False),
        ("-1000", "0.50", "500.00", True),
        ("1000", "-0.50", "500.00", True),
        ("0", "0.50", "100.00", True),
        ("1000", "0", "0.00", False),
        ("12345.6", "0.612345", "7559.77", False),  # 7559.766
    ],
)
def test_an_amount_that_its_energy_and_price_do_not_make_is_a_doubt(
    kwh: str, price: str, amount: str, is_doubted: bool
) -> None:
    answer = bill(with_given(given(amount=amount, kwh=kwh, price=price, band="peak"), agreement=not_assessed()))
    found = problems(answer, ProblemCode.AMOUNT_DIFFERS)
    assert [(each.severity, each.where) for each in found] == [(Severity.DOUBT, "/given/0/amount")] * is_doubted
    assert line(answer, "agreed").amount == number(amount)


def test_an_amount_that_does_not_fit_is_told_with_the_money_of_its_energy_and_price() -> None:
    item = given(amount="100.00", kwh="10", price="3", supplies=["purchase"], power_factor="base")
    [found] = problems(bill(with_given(item)), ProblemCode.AMOUNT_DIFFERS)
    assert dict(found.facts) == {"line": "agreed", "amount": "100", "kwh": "10", "price": "3", "product": "30"}
    # 70.00 less, and −0.75 % of 30,630 is −229.73 where that of 30,700 was −230.25
    assert [(each.value, str(each.difference)) for each in found.alternatives] == [("energy by price", "-69.48")]


def test_an_amount_of_all_bands_may_be_a_sum_of_what_was_rounded_in_each() -> None:
    def is_doubted(amount: str, **more: str) -> bool:
        item = given(amount=amount, kwh="1000.00", price="0.500000", **more)
        return bool(problems(bill(with_given(item)), ProblemCode.AMOUNT_DIFFERS))

    # 500.00 ± 0.003 by the digits, and half a fen for each of the roundings: one, or one of each of six bands
    assert (is_doubted("500.00", band="peak"), is_doubted("500.01", band="peak")) == (False, True)
    assert (is_doubted("500.03"), is_doubted("500.04")) == (False, True)


def standing(*told: Data) -> Data:
    lines = [given(f"agreed{number}", supplies=["purchase"], **each) for number, each in enumerate(told)]
    return with_given(*lines, agreement=not_assessed())


@pytest.mark.parametrize(
    ("told", "is_doubted"),
    [
        ([{"kwh": "6000"}], False),
        ([{"kwh": "10"}], True),
        ([{"kwh": "1000", "band": "peak"}, {"kwh": "2000", "band": "flat"}, {"kwh": "3000", "band": "valley"}], False),
        ([{"kwh": "1000"}, {"kwh": "4999"}], False),  # half a kWh of each may be rounded off
        ([{"kwh": "1000"}, {"kwh": "4998"}], True),
        ([{"kwh": "5999.9"}], True),
        ([{"kwh": "6000"}, {}], False),
        ([{}], False),
    ],
)
def test_lines_that_stand_for_a_component_are_of_all_the_energy(told: list[Data], is_doubted: bool) -> None:
    found = problems(bill(standing(*told)), ProblemCode.SUPPLIED_ENERGY_DIFFERS)
    assert [(each.severity, each.where) for each in found] == [(Severity.DOUBT, "/given/0")] * is_doubted


def test_energy_that_a_line_leaves_out_is_told_with_the_money_of_the_component() -> None:
    [doubt] = problems(bill(standing({"kwh": "10"})), ProblemCode.SUPPLIED_ENERGY_DIFFERS)
    told = {"group": "main", "component": "purchase", "told": "10", "used": "6000"}
    assert (dict(doubt.facts), [str(each.difference) for each in doubt.alternatives]) == (told, ["2300.00"])
    fees = given("agreed", supplies=["capacity", "purchase", "purchase"], kwh="10")
    assert len(problems(bill(with_given(fees)), ProblemCode.SUPPLIED_ENERGY_DIFFERS)) == 1
    empty = changed(standing({"kwh": "10"}), {"metering_points": []})
    assert problems(bill(empty), ProblemCode.SUPPLIED_ENERGY_DIFFERS) == []


def test_bands_that_no_line_is_of_are_told() -> None:
    found = problems(bill(standing({"band": "peak"}, {"band": "flat"})), ProblemCode.SUPPLIES_PART)
    assert [(each.facts["band"], each.facts["energy"]) for each in found] == [("valley", "3000")]
    assert [str(each.difference) for each in found[0].alternatives] == ["2200.00"]  # 2,400.00 for 200.00
    none = changed(standing({"band": "peak"}, {"band": "flat"}), {"metering_points.0.readings.1.valley": "0"})
    assert problems(bill(none), ProblemCode.SUPPLIES_PART) == []
    assert problems(bill(standing({"band": "peak"}, {})), ProblemCode.SUPPLIES_PART) == []
