"""Lines beside each other, once they are computed: what is charged twice, and a bill of less than nothing."""

from typing import Any

import pytest

from billcalc.billing.bill import Bill
from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import (
    HOME,
    INDUSTRY,
    Data,
    bill,
    catalog,
    changed,
    codes,
    document,
    entry,
    fault,
    problems,
    request,
)
from tests.billing.changing import alternatives
from tests.bulk.comparing import batch_of, bulk

LIMITED = catalog(limits=document("plausibility", "2020-01-01", {"given_share": "0.5"}))


def given(amount: str, **told: Any) -> Data:
    return request(given=[{"code": "market", "section": "energy", "group": "main", "amount": amount, **told}])


def test_a_given_line_as_large_as_what_is_computed_of_its_section_is_doubted_with_the_money_without_it() -> None:
    answer = bill(given("1200.00"), LIMITED)  # half of 2,400.00 for energy
    [found] = problems(answer, ProblemCode.GIVEN_BESIDE_PRICE)
    assert (found.where, found.severity) == ("/given/0", Severity.DOUBT)
    assert found.facts == {
        "line": "market", "group": "main", "component": "purchase", "section": "energy", "share": "0.5",
    }  # fmt: skip
    assert alternatives(answer, ProblemCode.GIVEN_BESIDE_PRICE) == [("priced", "-1200.00")]


@pytest.mark.parametrize(
    "told",
    [
        {"amount": "1199.99"},
        {"amount": "-5000"},
        {"section": "refunds"},
        {"supplies": ["purchase"]},
        {"code": "purchase"},
    ],
)
def test_a_return_a_refund_and_a_line_that_stands_for_the_price_are_none(told: Data) -> None:
    data = given("5000")
    data["given"][0].update(told)
    assert "given_beside_price" not in codes(bill(data, LIMITED))


def test_without_a_limit_or_a_price_beside_it_a_given_line_is_what_there_is() -> None:
    assert "given_beside_price" not in codes(bill(given("5000")))
    apart = changed(given("5000"), {"agreement.0.groups.home": HOME, "given.0.group": "home"})
    assert "given_beside_price" not in codes(bill(apart, LIMITED))


LINES = {(each.code, each.band): each for each in bill(request()).lines}
CAPACITY = next(each for (code, _), each in LINES.items() if code == "capacity")


@pytest.mark.parametrize("section", ["system_operation", "levies"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_a_given_line_of_the_very_amount_that_is_computed_is_doubted_with_the_money_without_it(
    section: str, sign: str
) -> None:
    """The basic charge, told once more in another section and under another name."""
    data = request(given=[{"code": "jbdf", "section": section, "group": "main", "amount": f"{sign}{CAPACITY.amount}"}])
    found = problems(bill(data, LIMITED), ProblemCode.GIVEN_EQUALS_COMPUTED)
    if sign:
        assert found == []
        return
    assert [(each.where, each.severity) for each in found] == [("/given/0", Severity.DOUBT)]
    assert found[0].facts == {"line": "jbdf", "group": "main", "component": "capacity"}
    [(name, money)] = alternatives(bill(data, LIMITED), ProblemCode.GIVEN_EQUALS_COMPUTED)
    assert (name, money) == ("priced", f"-{CAPACITY.amount}")
    without_limits = codes(bill(data))
    assert "given_equals_computed" in without_limits


def test_a_band_and_all_bands_of_a_component_are_both_known_by_their_amount() -> None:
    bands = [each.amount for (code, band), each in LINES.items() if code == "purchase" and band is not None]
    assert len(bands) == 3
    for amount in (bands[0], sum(bands)):
        [found] = problems(
            bill(request(given=[{"code": "x", "section": "system_operation", "group": "main", "amount": str(amount)}])),
            ProblemCode.GIVEN_EQUALS_COMPUTED,
        )
        assert found.facts["component"] == "purchase"


@pytest.mark.parametrize(
    "told",
    [
        {"amount": str(CAPACITY.amount + 1)},
        {"section": "refunds"},
        {"supplies": ["capacity"]},
        {"amount": "0"},
        {"code": "capacity"},
        {"section": "network_capacity"},
    ],
)
def test_a_line_that_stands_for_it_that_is_another_or_told_already_is_none(told: Data) -> None:
    line = {"code": "jbdf", "section": "system_operation", "group": "main", "amount": str(CAPACITY.amount), **told}
    assert "given_equals_computed" not in codes(bill(request(given=[line]), LIMITED))


def test_a_bill_of_less_than_nothing_is_a_doubt() -> None:
    refund = {"code": "refund", "section": "refunds", "group": "main", "amount": "-32872.51"}
    [found] = problems(bill(request(given=[refund])), ProblemCode.TOTAL_BELOW_ZERO)
    assert (found.where, found.facts) == ("/given", {"total": "-0.01"})
    assert "total_below_zero" not in codes(bill(request(given=[{**refund, "amount": "-32872.50"}])))
    before = {"code": "capacity", "section": "network_capacity", "group": "main", "amount": "99999"}
    [found] = problems(bill(request(billed_before=[before])), ProblemCode.TOTAL_BELOW_ZERO)
    assert found.where == "/billed_before"


def test_prices_below_zero_may_make_it_and_a_credit_note_is_one() -> None:
    groups: Data = {
        "agreement.0.groups.main": {**INDUSTRY, "billing": "one_part"},
        "agreement.0.basic": {"mode": "exempt"},
    }
    none = {"agreement.0.supply_points.S1.power_factor_standard": "none"}
    sheet = {"title": "contract", "components": [{"code": "energy", "section": "energy", "price": "-0.1"}]}
    [found] = problems(bill(changed(request(), {**groups, **none, "price_sheet": sheet})), ProblemCode.TOTAL_BELOW_ZERO)
    assert found.where == "/metering_points"
    note = {"code": "refund", "section": "refunds", "group": "main", "amount": "-5.00"}
    alone = changed(request(given=[note], metering_points=[]), {**groups, **none})
    assert (str(bill(alone).total), "total_below_zero" in codes(bill(alone))) == ("-5.00", False)


# Billed before


PEAK: Data = {"code": "purchase", "section": "energy", "group": "main", "band": "peak", "amount": "320.00"}


def reasons(*rows: Data) -> list[tuple[str, str]]:
    answer: Bill = bill(request(billed_before=[*rows]))
    return [(each.where, each.facts["reason"]) for each in problems(answer, ProblemCode.BILLED_BEFORE_DIFFERS)]


def test_a_row_of_the_month_that_was_billed_in_part_or_in_full_is_none() -> None:
    assert reasons(PEAK) == reasons({**PEAK, "amount": "800.00"}) == []
    assert reasons(PEAK, {**PEAK, "amount": "300.00"}) == []


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"band": "deep_valley"}, "row_not_of_month"),
        ({"code": "purchas"}, "row_not_of_month"),
        ({"amount": "800.01"}, "row_more_than_month"),
        ({"amount": "-320.00"}, "row_more_than_month"),
    ],
)
def test_a_row_that_the_month_does_not_have_so_is_doubted(told: Data, reason: str) -> None:
    assert reasons({**PEAK, **told}) == [("/billed_before/0", reason)]


def test_the_same_row_again_is_doubted_in_columns_as_well() -> None:
    assert reasons(PEAK, PEAK) == [("/billed_before/1", "row_again")]
    rows = [
        (name, request(billed_before=[PEAK, {**PEAK, "amount": amount}]))
        for name, amount in (("1", "320.00"), ("2", "300.00"))
    ]
    result = bulk(batch_of(rows), catalog(), "totals")
    assert result.problems["billed_before_differs"] == 1


# Sub-meters and quantities


def test_a_sub_meter_of_exactly_nothing_is_a_doubt() -> None:
    data = changed(request(agreement=[entry("2020-01-01", groups={"main": INDUSTRY, "home": HOME})]), {
        "metering_points.0.children": [{"id": "L", "kind": "ratio", "group": "home", "value": "0.0"}],
    })  # fmt: skip
    [found] = problems(bill(data), ProblemCode.SUB_METER_OF_NOTHING)
    assert (found.where, found.facts) == (
        "/metering_points/0/children/0/value", {"point": "M1", "id": "L", "group": "home"},
    )  # fmt: skip
    assert "sub_meter_of_nothing" not in codes(bill(changed(data, {"metering_points.0.children.0.value": "0.01"})))


@pytest.mark.parametrize("name", ["billed_kwh", "months", "capacity_kva", "demand_kw"])
def test_what_is_metered_or_agreed_on_is_no_quantity_that_a_request_gives(name: str) -> None:
    found = fault(request(quantities=[{"name": name, "group": "main", "kwh": {"total": "5"}}]))
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/quantities/0/name")
