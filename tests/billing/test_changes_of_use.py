"""Stops of transformers: what the law leaves due of them, with the money of the other way."""

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.troubles import Severity
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.documents import Header
from tests.billing.cases import (
    LEVIES,
    NETWORK,
    PURCHASE,
    STOPS,
    Data,
    bill,
    catalog,
    changed,
    changes_of_use,
    codes,
    conventions,
    entry,
    fault,
    prices,
    problems,
    quantities,
    refusal,
    request,
    structure,
    transformer,
)
from tests.billing.changing import SUSPENSION, alternatives, of_two, order, points, with_law

# What a stop must last


def test_a_suspension_of_eleven_days_leaves_the_charge_due_with_the_money_of_the_other_way() -> None:
    # the exercise 12-7 of https://daowen.com/lilun/1083847.html: 500 and 315 kVA at 28, 315 suspended 1 to 12 January
    answer = bill(of_two(("2024-07-01", "suspended"), ("2024-07-12", "in_service")))
    assert quantities(answer, "capacity") == ["1500"]
    # by days: 1500 × 31 less 500 × 11 ÷ 31 = 177.419…: 177.42 × 30 = 5322.60 less, of which 0.75 % was given back
    assert [each[0] for each in alternatives(answer, ProblemCode.CHANGE_NOT_COUNTED)] == ["as_stated"]
    [problem] = problems(answer, ProblemCode.CHANGE_NOT_COUNTED)
    assert (problem.where, problem.severity) == ("/agreement/1/supply_points/S1", Severity.DOUBT)
    assert problem.facts == {
        "supply_point": "S1",
        "change": "suspension",
        "of": "T2",
        "day": "2024-07-01",
        "reason": "too_short",
        "rule": "art. 24",
    }


def test_a_suspension_of_fifteen_days_counts() -> None:
    answer = bill(of_two(("2024-07-11", "suspended"), ("2024-07-26", "in_service")))
    assert quantities(answer, "capacity") == ["483.87", "483.87", "290.32"]  # 1500 × 10, 1000 × 15, 1500 × 6, each ÷ 31
    assert codes(answer) == set()


def test_a_suspension_whose_first_or_last_day_nobody_tells_is_not_short() -> None:
    before = bill(request(agreement=[
        entry("2024-06-28", supply_points=points(transformer(), transformer("T2", "500", "suspended"))),
        entry("2024-07-03", supply_points=points(transformer(), transformer("T2", "500"))),
    ]))  # fmt: skip
    assert quantities(before, "capacity") == ["64.52", "1403.23"]  # 1000 × 2, 1500 × 29, each ÷ 31
    assert codes(before) == set()


def test_a_suspension_that_goes_on_is_a_doubt_until_it_has_lasted() -> None:
    answer = bill(of_two(("2024-07-21", "suspended")))
    assert quantities(answer, "capacity") == ["967.74", "354.84"]  # 1500 × 20, 1000 × 11, each ÷ 31
    # 500 × 11/31 = 177.419…: one charge of the whole month, 45000.00, for 39677.40; 0.75 % of it is given back
    assert alternatives(answer, ProblemCode.CHANGE_UNSETTLED) == [("no_stops", "5282.68")]
    told = changed(of_two(), {"changes": [order(sealed="2024-07-21", resumed="2024-08-20")]})
    assert codes(bill(told)) == set()


def test_what_is_stopped_pays_for_no_day_twice_and_none_is_lost() -> None:
    # the parts of a month are one month, however many days are due by law
    for sealed, resumed in (("2024-07-01", "2024-07-05"), ("2024-07-10", "2024-07-24"), ("2024-07-20", "2024-07-31")):
        answer = bill(of_two((sealed, "suspended"), (resumed, "in_service")))
        assert quantities(answer, "capacity") == ["1500"]


# Orders


def test_an_order_stops_and_resumes_a_transformer_that_the_agreement_tells_in_service() -> None:
    told = {"applied": "2024-07-01", "accepted": "2024-07-02", "sealed": "2024-07-11", "resumed": "2024-07-26"}
    by_order = bill(changed(of_two(), {"changes": [order(**told)]}))
    stated = bill(of_two(("2024-07-11", "suspended"), ("2024-07-26", "in_service")))
    assert [each.amount for each in by_order.lines] == [each.amount for each in stated.lines]
    assert codes(by_order) == set()


def test_an_order_and_the_agreement_may_tell_the_same_and_must_not_contradict() -> None:
    data = of_two(("2024-07-11", "suspended"), ("2024-07-26", "in_service"))
    same = changed(data, {"changes": [order(sealed="2024-07-11", resumed="2024-07-26")]})
    assert quantities(bill(same), "capacity") == quantities(bill(data), "capacity")
    found = fault(changed(data, {"changes": [order(sealed="2024-07-11", resumed="2024-07-27")]}))
    assert (found.code, found.where) == (
        FaultCode.INCONSISTENT, "/agreement/2/supply_points/S1/transformers/1/state",
    )  # fmt: skip
    late = changed(of_two(("2024-07-26", "suspended")), {"changes": [order(sealed="2024-07-11", resumed="2024-07-26")]})
    assert fault(late).where == "/agreement/1/supply_points/S1/transformers/1/state"


def test_an_order_tells_since_when_a_transformer_is_stopped_that_always_was() -> None:
    always = request(agreement=[
        entry("2024-07-01", supply_points=points(transformer(), transformer("T2", "500", "suspended"))),
        entry("2024-07-06", supply_points=points(transformer(), transformer("T2", "500"))),
    ])  # fmt: skip
    assert quantities(bill(always), "capacity") == ["161.29", "1258.06"]  # 1000 × 5, 1500 × 26, each ÷ 31
    short = changed(always, {"changes": [order(sealed="2024-07-01", resumed="2024-07-06")]})
    assert quantities(bill(short), "capacity") == ["1500"]
    long = changed(always, {"changes": [order(sealed="2024-06-01", resumed="2024-07-06")]})
    assert quantities(bill(long), "capacity") == ["161.29", "1258.06"]


def test_two_stops_on_the_days_of_which_one_ends_and_the_other_begins_are_two() -> None:
    orders = [order(sealed="2024-07-10", resumed="2024-07-20"), order(sealed="2024-06-01", resumed="2024-07-10")]
    answer = bill(changed(of_two(), {"changes": orders}))
    assert quantities(answer, "capacity") == ["290.32", "1064.52"]  # 1000 × 9, and all from the 10th on: 1500 × 22
    [problem] = problems(answer, ProblemCode.CHANGE_NOT_COUNTED)
    assert (problem.where, problem.facts["day"]) == ("/changes/0", "2024-07-10")


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"supply_point": "S9"}, "/changes/0/supply_point"),
        ({"transformers": ["T9"]}, "/changes/0/transformers/0"),
    ],
)
def test_an_order_of_what_is_not_there_is_found(told: Data, where: str) -> None:
    found = fault(changed(of_two(), {"changes": [{**order(sealed="2024-07-01"), **told}]}))
    assert (found.code, found.where) == (FaultCode.UNKNOWN_REFERENCE, where)


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "suspension", "done": "2024-07-01"},
        {"kind": "suspension"},
        {"kind": "mode", "sealed": "2024-07-01", "transformers": ["T2"]},
        {"kind": "mode", "done": "2024-07-01", "transformers": ["T2"]},
        {"kind": "suspension", "sealed": "2024-07-01"},
        {"kind": "suspension", "sealed": "2024-07-01", "resumed": "2024-07-01", "transformers": ["T2"]},
        {"kind": "mode", "done": "2024-07-01", "resumed": "2024-07-09"},
        {"kind": "suspension", "sealed": "2024-07-01", "applied": "2024-07-02", "transformers": ["T2"]},
        {"kind": "suspension", "sealed": "2024-07-05", "applied": "2024-07-02", "accepted": "2024-07-01",
         "transformers": ["T2"]},
    ],
)  # fmt: skip
def test_an_order_whose_days_or_transformers_contradict_its_kind_is_found(told: Data) -> None:
    found = fault(changed(of_two(), {"changes": [{"supply_point": "S1", **told}]}))
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/changes/0")


def test_an_order_of_other_days_decides_nothing_and_is_told() -> None:
    data = changed(of_two(), {"changes": [order(sealed="2023-01-01", resumed="2023-03-01")]})
    [problem] = [each for each in problems(bill(data), ProblemCode.STATED_WITHOUT_EFFECT) if "change" in each.where]
    assert problem.where == "/changes/0"


def test_a_notice_that_is_short_is_told_and_billed_all_the_same() -> None:
    tariffs = with_law(suspension={**SUSPENSION, "notice_days": 5})
    early, late = (
        bill(changed(of_two(), {"changes": [order(sealed="2024-07-11", resumed="2024-07-29", **days)]}), tariffs)
        for days in ({"applied": "2024-07-06"}, {"applied": "2024-07-01", "accepted": "2024-07-07"})
    )
    assert early.total == late.total
    assert codes(early) == set()
    [problem] = problems(late, ProblemCode.CHANGE_AGAINST_RULES)
    assert (problem.where, problem.facts["reason"]) == ("/changes/0", "notice_short")


def test_a_third_suspension_of_a_year_is_told() -> None:
    orders = [
        order(sealed=f"2024-0{month}-01", resumed=f"2024-0{month}-21", applied=f"2024-0{month}-01")
        for month in (2, 4, 7)
    ]
    tariffs = with_law(suspension={**SUSPENSION, "most_times": 2})
    [problem] = problems(bill(changed(of_two(), {"changes": orders}), tariffs), ProblemCode.CHANGE_AGAINST_RULES)
    assert (problem.where, problem.facts["reason"]) == ("/changes/2", "too_often")
    assert codes(bill(changed(of_two(), {"changes": orders[1:]}), tariffs)) == set()


# The term


def test_from_the_end_of_six_months_in_a_year_on_the_charge_is_due() -> None:
    tariffs = with_law(suspension={**SUSPENSION, "most_months": 6})
    since_january = changed(of_two(), {"changes": [order(sealed="2024-01-11")]})
    answer = bill(since_january, tariffs)
    assert quantities(answer, "capacity") == ["322.58", "1016.13"]  # 1000 × 10, 1500 × 21, each ÷ 31
    assert [each[0] for each in alternatives(answer, ProblemCode.CHANGE_NOT_COUNTED)] == ["as_stated"]
    # ten days of it were used up before
    twice = [order(sealed="2024-01-01", resumed="2024-01-11"), order(sealed="2024-01-21")]
    assert quantities(bill(changed(of_two(), {"changes": twice}), tariffs), "capacity") == quantities(
        answer, "capacity"
    )
    # the year before does not count, but for the days that the year has
    over_new_year = changed(of_two(), {"changes": [order(sealed="2023-09-01")]})
    assert quantities(bill(over_new_year, tariffs), "capacity") == ["1500"]
    other = order(sealed="2024-01-01", resumed="2024-01-31", transformers=["T1"])
    beside = changed(of_two(), {"changes": [other, order(sealed="2024-01-11")]})
    assert quantities(bill(beside, tariffs), "capacity") == quantities(answer, "capacity")


def test_a_reduction_has_its_own_term_whatever_the_year() -> None:
    rule = {"article": "art. 23", "evidence": "secondary", "most_months": 24}
    tariffs = with_law(reduction=rule)
    data = changed(of_two(), {"changes": [order("reduction", sealed="2022-07-11")]})
    answer = bill(data, tariffs)
    assert quantities(answer, "capacity") == ["322.58", "1016.13"]
    [problem] = problems(answer, ProblemCode.CHANGE_NOT_COUNTED)
    assert problem.facts["change"] == "reduction"
    within = changed(data, {"changes.0.sealed": "2022-09-01"})
    assert quantities(bill(within, tariffs), "capacity") == ["1000"]


# New users


def of_2016(start: str, end: str, *changes: Data) -> Data:
    """T1 of 1,000 kVA and T2 of 500 kVA since 2014, in a month of 2016."""
    data = changed(of_two(), {"agreement.0.from": "2014-01-01", "changes": list(changes)})
    data["cycle"] = data["period"] = {"from": start, "to": end}
    meter = data["metering_points"][0]
    meter["config"][0]["from"] = "2014-01-01"
    meter["readings"][0]["at"], meter["readings"][1]["at"] = start, end
    return data


def tariffs_of_2016(*laws: Header) -> Catalog:
    since = "2010-01-01"
    return catalog(
        structure=structure(since),
        network=prices("network_price", NETWORK, since),
        purchase=prices("purchase_price", PURCHASE, since),
        levies=prices("levies", LEVIES, since),
        conventions=conventions(since),
        changes=laws,
    )


HALF = {"article": "art. 23 (5)", "evidence": "secondary", "months": 24, "share": "0.50"}


def test_half_of_the_charge_of_what_new_users_stop_is_due_until_the_notice_of_2016() -> None:
    # as in https://m.274949.com/4591/t28841077.html: half of what is stopped from the 11th on is due for 20 thirtieths
    tariffs = tariffs_of_2016(changes_of_use(new_users=HALF), changes_of_use("2016-06-30"))
    connected = order("connection", done="2014-07-01")
    june = bill(of_2016("2016-06-01", "2016-07-01", connected, order(sealed="2016-06-11")), tariffs)
    assert quantities(june, "capacity") == ["500.00", "833.33"]  # 1500 × 10, 1250 × 20, each ÷ 30
    assert codes(june) == set()
    assert not [each for each in problems(june, ProblemCode.STATED_WITHOUT_EFFECT) if "/changes" in each.where]
    two_years = order("connection", done="2014-06-11")
    assert quantities(
        bill(of_2016("2016-06-01", "2016-07-01", two_years, order(sealed="2016-06-11")), tariffs), "capacity"
    ) == ["500.00", "666.67"]
    july = bill(of_2016("2016-07-01", "2016-08-01", connected, order(sealed="2016-07-05")), tariffs)
    assert quantities(july, "capacity") == ["200.00", "866.67"]  # 1500 × 4, 1000 × 26, each ÷ 30


def test_half_of_a_stop_of_the_whole_month_is_half_of_the_month() -> None:
    tariffs = tariffs_of_2016(changes_of_use(new_users=HALF))
    stopped = of_2016("2016-06-01", "2016-07-01", order("increase", done="2015-01-01"), order(sealed="2016-05-01"))
    assert quantities(bill(stopped, tariffs), "capacity") == ["1250.00"]


# Without a document


def test_a_stop_without_a_document_of_its_conditions_is_refused_unless_it_is_taken_as_it_is_told() -> None:
    data = of_two(("2024-07-11", "suspended"), ("2024-07-14", "in_service"))
    refused = refusal(data, catalog(changes=None))
    assert (refused.code, refused.facts["kind"]) == (RefusalCode.NO_DOCUMENT, "changes_of_use")
    stated = bill(changed(data, {"conventions.basic.changes": "as_stated"}), catalog(changes=None))
    assert quantities(stated, "capacity") == ["483.87", "96.77", "870.97"]
    assert quantities(bill(changed(data, {"conventions.basic.changes": "no_stops"})), "capacity") == ["1500"]
    nothing = {"suspension": None, "standby": STOPS["standby"]}
    assert codes(bill(data, with_law(**nothing))) == set()


def test_the_conditions_come_with_their_document() -> None:
    unseen = with_law(suspension={**SUSPENSION, "evidence": "unverified"})
    answer = bill(of_two(("2024-07-11", "suspended"), ("2024-07-14", "in_service")), unseen)
    assert "cn-test/changes_of_use/1996-10-08" in {source.id for source in answer.sources}
    [problem] = problems(answer, ProblemCode.DOCUMENT_UNVERIFIED)
    assert problem.facts["document"] == "cn-test/changes_of_use/1996-10-08 (art. 24)"


# Orders that say the same twice


@pytest.mark.parametrize(
    "again",
    [
        order(sealed="2024-07-11", resumed="2024-08-01"),
        order(sealed="2024-07-20", resumed="2024-09-01"),
        order(sealed="2024-07-01", resumed="2024-07-12"),
        order(kind="reduction", sealed="2024-07-30"),
    ],
)
def test_two_orders_of_one_transformer_on_the_same_days_are_a_fault(again: Data) -> None:
    found = fault(changed(of_two(), {"changes": [order(sealed="2024-07-11", resumed="2024-08-01"), again]}))
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/changes/1")
    assert found.facts == {"reason": "orders_overlap", "number": "2", "other": "1"}


def test_orders_of_other_days_or_another_transformer_are_two() -> None:
    first = order(sealed="2024-07-01", resumed="2024-07-16")
    for second in (
        order(sealed="2024-07-16", resumed="2024-08-01"),
        order(transformers=["T1"], sealed="2024-07-05", resumed="2024-07-25"),
    ):
        assert quantities(bill(changed(of_two(), {"changes": [first, second]})), "capacity")
    done = {"kind": "connection", "supply_point": "S1", "done": "2024-07-01"}
    found = fault(changed(of_two(), {"changes": [done, done]}))
    assert found.where == "/changes/1"
