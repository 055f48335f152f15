"""Laws of an advice, what it rests on and what it does not know."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billcalc.advice.advice import Advice, Unknown, advise
from billcalc.advice.basic import BasicAdvice, Rebilled
from billcalc.advice.shifting import Shift
from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.troubles import InvalidInput, Refusal
from tests.advice.cases import BY_CONTRACT, advised, asked, month, months, tariffs
from tests.billing.cases import NETWORK, Data, bill, catalog, changed, changes_of_use, entry, parsed, request

AT_CONTRACT: Data = {"agreement.0.basic": BY_CONTRACT}
MUCH: Data = {"metering_points.0.readings.1.reactive_forward": "50"}


def followed(data: list[Data], advice: Advice) -> list[Data]:
    """The months as the plan has them."""
    assert isinstance(advice.basic, BasicAdvice)
    assert advice.basic.plan is not None
    plan = advice.basic.plan
    found = [with_changes(each, made) for each, made in zip(data, plan.bills, strict=True)]
    first = data[0]["period"]["from"]
    if first in {str(each.day) for each in plan.moved}:
        found[0]["changes"] = [{"kind": "mode", "supply_point": "S1", "done": first}]
    return found


def with_changes(data: Data, made: Rebilled) -> Data:
    return changed(data, {where[1:].replace("/", "."): text for where, text in made.changes.items()})


def check_laws(data: list[Data], advice: Advice) -> None:
    """Each plan costs less than what was asked for, by the bills of the requests that it makes; and then none does."""
    assert isinstance(advice.basic, BasicAdvice)
    paid = exact_sum(bill(each, tariffs()).total for each in data)
    assert advice.basic.cost == paid
    if advice.basic.plan is None:
        return
    after = followed(data, advice)
    assert exact_sum(bill(each, tariffs()).total for each in after) == advice.basic.plan.cost < paid
    again = advised(after)
    assert isinstance(again.basic, BasicAdvice)
    assert again.basic.plan is None


def test_an_advice_that_is_followed_leaves_nothing_to_advise() -> None:
    data = months("500", "520", "480", "900", "300", "310", **AT_CONTRACT, **MUCH)
    found = advised(data)
    check_laws(data, found)
    assert not found.is_empty
    compensated = []
    for told, of_month in zip(followed(data, found), found.compensations, strict=True):
        best = of_month[0].steps[-1].rebilled
        assert best is not None
        compensated.append(with_changes(told, best))
    again = advised(compensated)
    assert again.is_empty
    assert all(again.compensated(*each) == 0 for each in again.steps)


@pytest.mark.no_cover
@settings(max_examples=5)
@given(st.lists(st.integers(0, 1500), min_size=1, max_size=3), st.sampled_from(["capacity", "contracted", "actual"]))
def test_a_plan_never_costs_more_than_what_was_asked_for(demands: list[int], way: str) -> None:
    data = months(*map(str, demands), **{"agreement.0.basic": {"mode": way, "contracts": {"regular": "500"}}})
    check_laws(data, advised(data))


def test_twice_the_customer_saves_twice_the_money() -> None:
    def twice(data: Data) -> Data:
        kva = {"agreement.0.supply_points.S1.transformers.0.kva": "2000"}
        contract = {"agreement.0.basic.contracts.regular": "1200"}
        return changed(data, {**kva, **contract, "metering_points.0.config.0.multiplier": "200"})

    data = months("525", "840", **AT_CONTRACT)  # ÷ 1.05 whole kilowatts
    one, two = advised(data).basic, advised(list(map(twice, data))).basic
    assert isinstance(one, BasicAdvice)
    assert isinstance(two, BasicAdvice)
    assert (one.contracts, two.contracts) == ({"S1": 800}, {"S1": 1600})
    assert two.saving(two.plan) == 2 * one.saving(one.plan)


def test_every_amount_is_the_difference_of_two_bills_that_the_advice_has() -> None:
    found = advised(months("500", "300", **AT_CONTRACT, **MUCH))
    ids = {each.id for each in found.bills}
    assert isinstance(found.basic, BasicAdvice)
    assert found.basic.plan is not None
    assert {each.bill.id for each in found.basic.plan.bills} <= ids
    assert {each.rebilled.bill.id for each in found.shifted if each.rebilled is not None} <= ids
    assert found.basic.saving(found.basic.plan) == exact_sum(
        month.present.total - each.bill.total
        for month, each in zip(found.basic.months, found.basic.plan.bills, strict=True)
    )


def test_it_tells_the_documents_of_its_bills_and_of_the_law() -> None:
    assert "cn-test/changes_of_use/1996-10-08" in advised([month(0, "500")]).documents
    assert "cn-test/network_price/2020-01-01" in advised([month(0, "500")]).documents


def test_a_month_that_cannot_be_billed_is_left_out_and_told() -> None:
    unpriced = month(1, "500", **{"agreement.0.groups.main.class": "large_industrial"})
    found = advised([month(0, "500"), unpriced, month(2, "500")])
    [left] = found.left_out
    assert left.refusal.where.startswith("month 2/")
    assert len(found.months) == 2


def test_without_a_month_that_can_be_billed_the_first_refusal_is_the_answer() -> None:
    unpriced = month(0, "500", **{"agreement.0.groups.main.class": "large_industrial"})
    found = advise(asked([unpriced]), tariffs())
    assert isinstance(found, Refusal)
    assert found.where.startswith("month 1/")


def test_a_request_of_several_months_that_tells_something_of_all_of_them_is_refused() -> None:
    found = advise(asked([request("2024-07-01", "2024-09-01", facts={"S1": {"demand_kw": "5"}})]), tariffs())
    assert isinstance(found, Refusal)
    assert found.code is RefusalCode.NOT_SUPPORTED


def test_a_month_that_contradicts_itself_is_told_with_its_place() -> None:
    with pytest.raises(InvalidInput) as raised:
        advise(asked([month(0, "500", **{"agreement.0.basic": {"mode": "contracted"}})]), tariffs())
    assert raised.value.faults[0].where == "month 1/agreement/0/basic/contracts"


def test_a_doubt_about_a_month_is_told_with_its_bill() -> None:
    found = advised(months("900", **AT_CONTRACT))
    assert ProblemCode.EXCESS_DEMAND in {problem.code for _, problem in found.doubts}
    assert {told.id for told, _ in found.doubts} == {found.months[0][1].id}


def test_a_price_that_another_way_uses_is_no_doubt() -> None:
    energy = {"code": "purchase", "section": "energy", "price": "0.5"}
    told = {"title": "contract", "components": [energy, *NETWORK], "not_charged": ["levies"]}
    data = month(0, "500", price_sheet=told)
    unread = ProblemCode.STATED_WITHOUT_EFFECT
    assert unread in {each.code for each in bill(data, tariffs()).problems}
    assert unread not in {problem.code for _, problem in advised([data]).doubts}
    alone = {**data, "agreement": [entry("2020-01-01", basic={"mode": "exempt"})]}
    assert unread in {problem.code for _, problem in advised([alone]).doubts}


def test_what_is_not_known_goes_by_what_is_told() -> None:
    of_all = (Unknown.SHORT, Unknown.HINDSIGHT, Unknown.LAST_CHANGE, Unknown.CAPACITY, Unknown.LOAD_MOVES,
              Unknown.CAPACITOR, Unknown.LOAD_PROFILE, Unknown.SWITCHED)  # fmt: skip
    assert advised([month(0, "500")]).unknown == of_all
    untold = month(0, "500", **{"facts": {"S1": {"cosphi": "0.9"}}, "agreement.0.basic": {"mode": "exempt"}})
    assert advised([untold]).unknown == (Unknown.SHORT, Unknown.LOAD_MOVES)
    by_quarter = advised(months("500", "300", "300", "300", **{"agreement.0.basic": {"mode": "actual"}}))
    assert Unknown.QUARTER not in by_quarter.unknown
    given = {"code": "refund", "section": "refunds", "group": "main", "amount": "-1.00"}
    assert Unknown.GIVEN_LINES in advised([month(0, "500", given=[given])]).unknown
    no_rule = advised([month(0, "500")], among=catalog(changes=changes_of_use()))
    assert Unknown.NO_RULE in no_rule.unknown


def test_when_the_way_was_changed_last_is_known_where_the_agreement_tells_it() -> None:
    entries = [entry("2020-01-01", basic=BY_CONTRACT), entry("2024-01-01")]
    assert Unknown.LAST_CHANGE not in advised([month(0, "500", agreement=entries)]).unknown


def test_a_year_of_months_is_not_short() -> None:
    found = advised(months(*["500"] * 12, **{"agreement.0.basic": {"mode": "actual"}}), shift=Shift(kwh=Decimal(0)))
    assert Unknown.SHORT not in found.unknown
    assert found.moved_saves == 0


def test_the_tariffs_that_a_request_asks_for_are_those_of_every_bill() -> None:
    before = month(0, "500", tariff_set={"as_known_on": "2024-01-01"})
    assert parsed(before).tariff_set.as_known_on is not None
    found = advised([before]).basic
    assert isinstance(found, BasicAdvice)
    assert found.cost == advised([month(0, "500")]).months[0][1].total
