"""Groups of two parts that are told to be exempt from the basic charge: told with the money of the charge."""

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import (
    NETWORK,
    SHOP,
    Data,
    bill,
    catalog,
    changed,
    codes,
    entry,
    prices,
    problems,
    request,
)
from tests.billing.changing import alternatives

EXEMPT = request(agreement=[entry("2020-01-01", basic={"mode": "exempt"})])


def test_two_parts_without_a_basic_charge_are_a_doubt_with_the_money_of_the_capacity() -> None:
    answer = bill(EXEMPT)
    [problem] = problems(answer, ProblemCode.BASIC_EXEMPT)
    assert (problem.where, problem.severity) == ("/agreement/0/basic/mode", Severity.DOUBT)
    assert problem.facts == {"group": "main"}
    # 1,000 kVA at 30.00, and of it −0.75 % for the power factor
    assert alternatives(answer, ProblemCode.BASIC_EXEMPT) == [("by capacity", "29775.00")]


def test_what_the_capacity_would_come_to_is_not_known_where_no_transformer_is_told() -> None:
    without = changed(EXEMPT, {"agreement.0.supply_points.S1.transformers": []})
    assert alternatives(bill(without), ProblemCode.BASIC_EXEMPT) == [("by capacity", "None")]


def test_each_exempt_entry_is_told_and_one_that_pays_is_not() -> None:
    data = changed(EXEMPT, {"agreement": [entry("2020-01-01"), entry("2024-07-11", basic={"mode": "exempt"})]})
    answer = bill(data)
    assert [each.where for each in problems(answer, ProblemCode.BASIC_EXEMPT)] == ["/agreement/1/basic/mode"]
    [(name, amount)] = alternatives(answer, ProblemCode.BASIC_EXEMPT)
    assert (name, amount) == ("by capacity", "20170.18")  # 20322.60 of capacity; −247.50 is adjusted, not −95.08


def test_one_part_and_a_price_without_a_basic_charge_are_exempt_by_themselves() -> None:
    assert "basic_exempt" not in codes(bill(changed(EXEMPT, {"agreement.0.groups.main": SHOP})))
    energy_alone = prices("network_price", NETWORK[:1])
    assert "basic_exempt" not in codes(bill(EXEMPT, catalog(network=energy_alone)))


def test_a_customer_who_is_said_not_to_pay_it_or_whose_charge_is_given_is_exempt() -> None:
    told: Data = {"price_sheet": {"title": "charging stations", "not_charged": ["network_capacity"]}}
    assert codes(bill({**EXEMPT, **told})) == set()
    line = {"code": "basic", "section": "network_capacity", "group": "main", "amount": "1.00", "supplies": ["capacity"]}
    assert "basic_exempt" not in codes(bill({**EXEMPT, "given": [line]}))
