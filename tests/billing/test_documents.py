"""Which documents a bill rests on, how well they were seen, and what its id depends on."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.identity import canonical_json
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.sources import Evidence
from tests.billing.cases import (
    AREA,
    CONVENTIONS,
    LEVIES,
    NETWORK,
    PURCHASE,
    Data,
    amounts,
    basic_rules,
    bill,
    catalog,
    changed,
    codes,
    conventions,
    day,
    entry,
    fault,
    line,
    parsed,
    point,
    prices,
    problems,
    reading,
    refusal,
    request,
    transformer,
)


def seen(last: str, first: str = "2024-01-01") -> Data:
    return {"seen_in_force": {"first": first, "last": last}, "evidence": "inferred"}


def test_a_bill_names_every_document_it_rests_on_and_the_weakest_of_them() -> None:
    answer = bill(request())
    assert {source.id for source in answer.sources} == {
        "cn-test/price_structure/2020-01-01",
        "cn-test/network_price/2020-01-01",
        "cn-test/purchase_price/2020-01-01",
        "cn-test/levies/2020-01-01",
        "cn-test/conventions/2020-01-01",
        "cn-test/basic_charge_rules/2024-06-01",
        "cn/national/power_factor_rules/1983-12",
    }
    assert answer.evidence is Evidence.SECONDARY
    inferred = bill(request(), catalog(levies=prices("levies", LEVIES, evidence="inferred")))
    assert inferred.evidence is Evidence.INFERRED


def test_a_line_names_the_documents_it_rests_on() -> None:
    found = line(bill(request()), "fund")
    assert {source.id for source in found.sources} == {
        "cn-test/levies/2020-01-01",
        "cn-test/conventions/2020-01-01",
    }


def test_a_document_that_was_not_seen_is_a_doubt() -> None:
    answer = bill(request(), catalog(levies=prices("levies", LEVIES, evidence="unverified")))
    [problem] = problems(answer, ProblemCode.DOCUMENT_UNVERIFIED)
    assert problem.where == "/tariffs/cn-test/levies/2020-01-01"
    assert problem.facts == {"document": "cn-test/levies/2020-01-01", "evidence": "unverified"}


def test_a_document_past_its_last_day_seen_is_a_doubt() -> None:
    answer = bill(request(), catalog(levies=prices("levies", LEVIES, **seen("2024-06-30"))))
    [problem] = problems(answer, ProblemCode.DOCUMENT_PAST_SEEN)
    assert problem.facts == {"document": "cn-test/levies/2020-01-01", "last": "2024-06-30", "day": "2024-07-31"}
    assert codes(bill(request(), catalog(levies=prices("levies", LEVIES, **seen("2024-07-31"))))) == set()
    before = refusal(request(), catalog(levies=prices("levies", LEVIES, **seen("2025-01-01", first="2024-08-01"))))
    assert before.code is RefusalCode.NO_DOCUMENT


def test_a_document_must_have_been_seen_on_every_day_it_is_applied_to() -> None:
    half = catalog(levies=prices("levies", LEVIES, **seen("2024-07-15")))
    assert len(problems(bill(request(), half), ProblemCode.DOCUMENT_PAST_SEEN)) == 1
    dearer = [{**PURCHASE[0], "price": "0.9"}, PURCHASE[1]]
    cut = catalog(
        levies=prices("levies", LEVIES, **seen("2024-07-15")),
        purchase=[prices("purchase_price", PURCHASE), prices("purchase_price", dearer, "2024-07-21")],
    )
    data = changed(request(), {"conventions.price_by.purchase_price": "consumption_day"})
    [problem] = problems(bill(data, cut), ProblemCode.DOCUMENT_PAST_SEEN)
    assert problem.facts["day"] == "2024-07-20"


def test_a_price_by_the_month_must_have_been_seen_in_that_month_only() -> None:
    ended = catalog(purchase=prices("purchase_price", PURCHASE, **seen("2024-07-23")))
    data = request("2024-06-24", "2024-07-24")
    assert codes(bill(data, ended)) == set()


def test_conventions_and_rules_past_their_last_day_seen_are_a_doubt_too() -> None:
    answer = bill(request(), catalog(conventions=conventions(**seen("2024-07-30"))))
    assert [each.where for each in problems(answer, ProblemCode.DOCUMENT_PAST_SEEN)] == [
        "/tariffs/cn-test/conventions/2020-01-01"
    ]
    rules = basic_rules("2024-06-01", "calendar").model_copy(update={"evidence": Evidence.UNVERIFIED})
    assert codes(bill(request(), catalog(rules_2024=rules))) == {"document_unverified"}


def test_conventions_that_decide_nothing_are_not_cited() -> None:
    untouched = conventions(told={"sub_meters": CONVENTIONS["sub_meters"]}, **seen("2024-01-01"))
    answer = bill(
        changed(request(), {"metering_points.0.not_installed": ["reactive_reverse"]}), catalog(conventions=untouched)
    )
    assert problems(answer, ProblemCode.DOCUMENT_PAST_SEEN) == []  # there is no sub-meter
    nothing = conventions(told={"price_by": {"levies": "billing_month"}}, **seen("2024-01-01"))
    answer = bill(
        changed(request(), {"metering_points.0.not_installed": ["reactive_reverse"]}), catalog(conventions=nothing)
    )
    assert problems(answer, ProblemCode.DOCUMENT_PAST_SEEN) == []


# The tariff set


def test_a_bill_may_be_calculated_as_things_were_known_on_a_day() -> None:
    corrected = prices("levies", [{**LEVIES[0], "price": "0.03"}, LEVIES[1]], id="cn-test/levies/2020-01-01-1",
                       supersedes="cn-test/levies/2020-01-01", recorded_on="2024-09-01")  # fmt: skip
    tariffs = catalog(levies=[prices("levies", LEVIES), corrected])
    assert str(line(bill(request(), tariffs), "fund").amount) == "180.00"
    then = changed(request(), {"tariff_set.as_known_on": "2024-08-31"})
    assert str(line(bill(then, tariffs), "fund").amount) == "120.00"


def test_another_tariff_set_than_the_one_asked_for_is_found() -> None:
    asked = changed(request(), {"tariff_set.hash": "other"})
    found = fault(asked)
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/tariff_set/hash")
    assert "other" in str(found)
    assert bill(changed(request(), {"tariff_set.hash": "test"})).tariff_set == "test"


# The id


def id_of(data: Data, tariffs: Any = AREA) -> str:
    return bill(data, tariffs).id


def test_the_id_is_a_hash_of_the_request_the_documents_and_the_engine() -> None:
    assert id_of(request()).startswith("sha256:")
    assert id_of(request()) == id_of(request())
    assert id_of(request()) != id_of(changed(request(), {"metering_points.0.readings.1.peak": "11"}))
    other = catalog(levies=prices("levies", [{**LEVIES[0], "price": "0.03"}, LEVIES[1]]))
    assert id_of(request()) != id_of(request(), other)
    assert canonical_json({"b": ["1", None], "a": "电"}) == '{"a":"电","b":["1",null]}'.encode()


@given(offset=st.integers(1, 700), kind=st.sampled_from(["levies", "network_price", "purchase_price"]))
def test_a_document_of_a_later_month_does_not_change_the_id(offset: int, kind: str) -> None:
    components = {"levies": LEVIES, "network_price": NETWORK, "purchase_price": PURCHASE}[kind]
    start = str(day("2024-07-31") + timedelta(days=offset))
    later = catalog(later=prices(kind, components, start))
    first, second = calculate(parsed(request()), AREA), calculate(parsed(request()), later)
    assert isinstance(first, Bill)
    assert first == second


def test_a_document_nobody_asked_for_does_not_change_the_id() -> None:
    elsewhere = prices("levies", LEVIES, area="cn-other")
    assert id_of(request()) == id_of(request(), catalog(elsewhere=elsewhere))


# The agreement and its dates


def test_an_agreement_that_begins_too_late_leaves_a_gap() -> None:
    found = fault(request(agreement=[entry("2024-07-11")]))
    assert (found.code, found.where) == (FaultCode.AGREEMENT_GAP, "/agreement")
    assert found.facts == {"span": "2024-07-01/2024-07-11"}
    after = fault(request(agreement=[entry("2024-09-01")]))
    assert after.facts == {"span": "2024-07-01/2024-08-01"}


def test_an_agreement_is_in_the_order_of_its_days_each_once() -> None:
    found = fault(request(agreement=[entry("2024-07-01"), entry("2024-07-11"), entry("2024-07-11")]))
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/agreement/2/from")
    backwards = fault(request(agreement=[entry("2024-07-01"), entry("2024-06-01")]))
    assert backwards.where == "/agreement/1/from"


@pytest.mark.parametrize(
    ("start", "end", "meant"),
    [
        ("2024-07-01", "2024-07-31", "2024-08-01"),  # inclusive ends
        ("2023-02-01", "2023-02-28", "2023-03-01"),
        ("2024-06-24", "2024-07-25", "2024-07-24"),
        ("2024-06-30", "2024-08-01", "2024-07-30"),
    ],
)
def test_a_cycle_that_misses_a_month_is_a_fault(start: str, end: str, meant: str) -> None:
    found = fault(request(start, end))
    assert (found.code, found.where) == (FaultCode.CYCLE_NOT_A_MONTH, "/cycle/to")
    assert found.facts == {"span": f"{start}/{end}", "meant": meant}


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2024-06-24", "2024-07-24"),
        ("2024-05-31", "2024-06-30"),
        ("2024-06-30", "2024-07-31"),
        ("2024-01-30", "2024-02-29"),
    ],
)
def test_a_cycle_is_a_month_from_one_day_to_the_same_day(start: str, end: str) -> None:
    assert amounts(bill(request(start, end)), "capacity") == ["30000.00"]


def test_a_period_lies_within_its_cycle() -> None:
    found = fault(changed(request(), {"period.to": "2024-08-02", "metering_points.0.readings.1.at": "2024-08-02"}))
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/period")
    assert "2024-07-01 to 2024-08-01" in str(found)


def test_a_period_ends_after_it_starts() -> None:
    found = fault(changed(request(), {"period.to": "2024-07-01"}))
    assert (found.code, found.where) == (FaultCode.SPAN_REVERSED, "/period")


def test_what_was_agreed_before_or_after_the_period_is_not_looked_at() -> None:
    other = {
        "groups": {
            "gone": {
                "class": "residential",
                "billing": "one_part",
                "voltage": "10kV",
                "time_of_use": False,
                "purchase": "catalogue",
            }
        }
    }
    data = request(agreement=[entry("2020-01-01", **other), entry("2024-01-01"), entry("2024-08-01", **other)])
    assert [(each.code, each.amount) for each in bill(data).lines] == [
        (each.code, each.amount) for each in bill(request()).lines
    ]


def test_names_the_agreement_of_the_day_does_not_know_are_found() -> None:
    found = fault(request(metering_points=[point(group="other")]))
    assert (found.code, found.where) == (FaultCode.UNKNOWN_REFERENCE, "/metering_points/0/group")
    assert found.facts == {"kind": "group", "id": "other", "known": "main"}
    later = request(
        agreement=[entry("2020-01-01"), entry("2024-07-11", supply_points={"S2": {"power_factor_standard": "none"}})]
    )
    assert fault(later).where == "/metering_points/0/supply_point"
    assert fault(request(metering_points=[point(), point()])).where == "/metering_points/1/id"


def test_a_change_of_class_or_billing_needs_a_reading() -> None:
    one_part = {**entry("2024-07-11")["groups"]["main"], "billing": "one_part"}
    data = request(agreement=[entry("2020-01-01"), entry("2024-07-11", groups={"main": one_part})])
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.CHANGE_WITHOUT_READING, "/metering_points/0/readings")
    assert refused.facts == {"what": "billing_of_group", "group": "main", "day": "2024-07-11", "point": "M1"}
    general = {**one_part, "billing": "two_part", "class": "general_commercial"}
    other = request(agreement=[entry("2020-01-01"), entry("2024-07-11", groups={"main": general})])
    assert "the class of group main changes" in str(refusal(other))
    subclass = {**one_part, "billing": "two_part", "subclass": "data_centre"}
    other = request(agreement=[entry("2020-01-01"), entry("2024-07-11", groups={"main": subclass})])
    assert "the class of group main changes" in str(refusal(other))
    data["metering_points"][0]["readings"].insert(
        1, reading("2024-07-11", "cut", peak="3", flat="6", valley="9", reactive_forward="4")
    )
    answer = bill(data)
    assert [str(each.quantity) for each in answer.lines if each.code == "network_energy"] == ["1800", "4200"]
    assert codes(answer) == set()
    only_demand = request(agreement=data["agreement"])
    only_demand["metering_points"][0]["readings"].insert(1, reading("2024-07-11", "cut", maximum_demand="3"))
    assert refusal(only_demand).code is RefusalCode.CHANGE_WITHOUT_READING


def test_a_change_of_a_group_behind_a_sub_meter_needs_a_reading_of_its_parent() -> None:
    groups = {
        "main": entry("2020-01-01")["groups"]["main"],
        "home": {
            "class": "residential",
            "billing": "one_part",
            "voltage": "10kV",
            "time_of_use": False,
            "purchase": "catalogue",
        },
    }
    later = changed(groups, {"home.subclass": "school"})
    child = {"id": "R", "kind": "ratio", "group": "home", "value": "0.5"}
    data = request(
        agreement=[entry("2020-01-01", groups=groups), entry("2024-07-11", groups=later)],
        metering_points=[point(children=[child])],
    )
    assert "the class of group home changes" in str(refusal(data))


def test_another_change_without_a_reading_is_split_by_days_with_a_doubt() -> None:
    market = {**entry("2020-01-01")["groups"]["main"], "subclass": None, "voltage": "35kV"}
    data = request(agreement=[entry("2020-01-01"), entry("2024-07-11", groups={"main": market})])
    answer = bill(data)
    assert [str(each.quantity) for each in answer.lines if each.code == "network_energy"] == ["1936", "4064"]
    assert [each.facts["day"] for each in problems(answer, ProblemCode.ENERGY_SPLIT_BY_DAYS)] == ["2024-07-11"]


def test_an_entry_that_agrees_on_the_same_changes_nothing() -> None:
    swapped = {"S1": {"power_factor_standard": "0.90", "transformers": [transformer("T2", "5"), transformer()]}}
    straight = {"S1": {"power_factor_standard": "0.90", "transformers": [transformer(), transformer("T2", "5")]}}
    data = request(agreement=[entry("2020-01-01", supply_points=straight), entry("2024-07-11", supply_points=swapped)])
    once = request(agreement=[entry("2020-01-01", supply_points=straight)])
    assert [(each.code, each.span, each.amount) for each in bill(data).lines] == [
        (each.code, each.span, each.amount) for each in bill(once).lines
    ]
