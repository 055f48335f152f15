"""What of a household its tiers depend on: opening and closing, many persons, earlier bills, what is free."""

import json

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.verify import verify
from billcalc.wire.bill import proof_data
from billcalc.wire.json_writing import json_text
from tests.billing.cases import HOME, Data, bill, changed, entry, fault, faults, problems, refusal
from tests.billing.tiers.homes import BANDED, MONTHLY, ONE_HOME, TIERS, YEARLY, area, before, home, shown


def year(kwh: str, month: int, **household: object) -> Data:
    """A household's bill of a month of 2024."""
    start, end = f"2024-{month:02}-01", f"2024-{month + 1:02}-01" if month < 12 else "2025-01-01"
    return home(kwh, start, end, household=household)


def kwh_of(data: Data, tiers: Data = YEARLY) -> list[str]:
    return [energy for _, energy, _ in shown(bill(data, area(tiers)))]


def test_an_account_opened_within_the_year_has_its_months_of_the_limits() -> None:
    # opened in June: 7 of 12 months, 2400 × 7 ÷ 12 = 1400 and 2800
    told = [before("2024-06-11", "2024-07-01", "1350")]
    assert kwh_of(year("100", 7, opened="2024-06-11", before=told)) == ["50", "50", "0"]


def test_an_account_that_opens_with_the_bill_needs_no_earlier_use() -> None:
    data = year("1500", 6, opened="2024-06-11")
    data["period"]["from"] = "2024-06-11"
    assert kwh_of(data) == ["1400", "100", "0"]


def test_an_account_opened_before_the_year_is_an_account_of_the_whole_year() -> None:
    data = year("2401", 1, opened="2023-06-11")
    assert kwh_of(data) == ["2400", "1", "0"]
    assert [each.where for each in problems(bill(data, area(YEARLY)), ProblemCode.STATED_WITHOUT_EFFECT)] == [
        "/households/main/opened"
    ]


def test_a_part_of_a_limit_is_rounded_to_the_kilowatt_hour() -> None:
    tiers = {"months": "12", "limits": [{"up_to": ["3000", "4700"]}]}
    data = year("3000", 6, opened="2024-06-01")
    assert kwh_of(data, tiers) == ["1750", "992", "258"]  # 4700 × 7 ÷ 12 = 2741.67
    assert kwh_of({**data, "conventions": {"tiers": {"limit_round": "0.01"}}}, tiers) == ["1750.00", "991.67", "258.33"]


def test_nobody_need_shorten_the_limits_of_a_part_of_a_year() -> None:
    data = {**year("1500", 6, opened="2024-06-01"), "conventions": {"tiers": {"part_year": "whole_period"}}}
    assert kwh_of(data) == ["1500", "0", "0"]
    undocumented = bill(year("1500", 6, opened="2024-06-01"), area(YEARLY, told={}))
    [doubt] = [each for each in undocumented.problems if each.where == "/conventions/tiers/part_year"]
    assert [str(each.difference) for each in doubt.alternatives] == ["-5.00"]  # 100 × 0.05


def test_the_last_bill_settles_the_year_by_the_months_of_the_account() -> None:
    # closed in March: 3 months, 600 and 1200; the earlier bills had 700 in the first tier: 100 of them are too many
    rows = [before("2024-01-01", "2024-03-01", "700", "700", "0", "0")]
    data = year("50", 3, closed="2024-03-21", before=rows)
    data["period"]["to"] = "2024-03-21"
    assert kwh_of(data) == ["-100", "150", "0"]
    onwards = {**data, "conventions": {"tiers": {"before": "onwards"}}}
    assert kwh_of(onwards) == ["0", "50", "0"]


def test_limits_that_changed_ask_how_earlier_bills_were_tiered() -> None:
    data = year("50", 3, closed="2024-04-01", before=[before("2024-01-01", "2024-03-01", "700")])
    told = refusal(data, area(YEARLY))
    assert (told.code, told.where) == (RefusalCode.TIERS_BILLED_UNKNOWN, "/households/main/before/0/by_tier")


def test_a_household_of_many_persons_has_more_of_each_tier() -> None:
    tiers = {**YEARLY, "larger_household": "100"}
    data = year("4000", 1, larger=[{"from": "2024-01-15"}])
    assert kwh_of(data, tiers) == ["3600", "400", "0"]
    assert kwh_of(year("4000", 1, larger=[{"from": "2024-01-15", "to": "2024-05-01"}]), tiers) == ["2800", "1200", "0"]
    twice = [{"from": "2024-01-15", "to": "2024-03-01"}, {"from": "2024-05-01"}]
    assert kwh_of(year("4000", 1, larger=twice), tiers) == ["3400", "600", "0"]  # 2 and 8 months
    monthly = {**MONTHLY, "larger_household": "100"}
    assert kwh_of(year("700", 3, larger=[{"from": "2023-02-01"}]), monthly) == ["300", "200", "200"]


def test_the_request_may_tell_by_how_much_a_household_raises_its_limits() -> None:
    larger = [{"from": "2024-02-01", "kwh_per_month": "100"}]
    told = [before("2024-01-01", "2024-03-01", "2800", "2400", "400", "0")]
    assert kwh_of(year("800", 3, before=told, larger=larger)) == ["1100", "-300", "0"]  # limits 3500 and 5900
    assert refusal(year("1", 3, larger=[{"from": "2024-01-01"}], before=told), area(YEARLY)).code is (
        RefusalCode.LARGER_HOUSEHOLD_UNKNOWN
    )


def test_many_persons_of_another_year_change_nothing_and_are_told_so() -> None:
    data = year("2401", 1, larger=[{"from": "2022-01-01", "to": "2023-01-01", "kwh_per_month": "100"}])
    found = bill(data, area(YEARLY))
    assert [line[1] for line in shown(found)] == ["2400", "1", "0"]
    assert [each.where for each in problems(found, ProblemCode.STATED_WITHOUT_EFFECT)] == ["/households/main/larger/0"]


def test_tiers_of_earlier_bills_are_read_where_limits_changed_alone() -> None:
    told = [before("2024-01-01", "2024-03-01", "700", "700", "0", "0")]
    found = bill(year("50", 3, before=told), area(YEARLY))
    where = "/households/main/before/0/by_tier"
    assert [each.where for each in problems(found, ProblemCode.STATED_WITHOUT_EFFECT)] == [where]


def test_earlier_use_is_not_asked_for_by_tiers_of_a_month() -> None:
    data = year("50", 3, before=[before("2024-01-01", "2024-03-01", "700")])
    found = bill(data, area(MONTHLY))
    where = "/households/main/before/0"
    assert [each.where for each in problems(found, ProblemCode.STATED_WITHOUT_EFFECT)] == [where]


@pytest.mark.parametrize(
    ("rows", "span"),
    [
        ([], "2024-01-01/2024-03-01"),
        ([before("2024-01-01", "2024-02-01", "1")], "2024-01-01/2024-03-01"),
        ([before("2023-12-01", "2024-03-01", "1")], "2024-01-01/2024-03-01"),
    ],
)
def test_a_year_without_all_of_its_earlier_use_is_refused(rows: list[Data], span: str) -> None:
    told = refusal(year("50", 3, before=rows), area(YEARLY))
    assert (told.code, told.where, told.facts["span"]) == (
        RefusalCode.TIER_USE_MISSING,
        "/households/main/before",
        span,
    )


FREE: Data = {"code": "free_energy", "section": "catalogue", "quantity": "free_kwh", "price": "-0.5"}


def test_an_allowance_is_taken_off_up_to_what_was_used() -> None:
    tariffs = area(MONTHLY, components=[*TIERS, FREE])
    assert shown(bill(year("100", 3, free_kwh="15"), tariffs))[-1] == ("free_energy", "15", "-7.50")
    assert shown(bill(year("9", 3, free_kwh="15"), tariffs))[-1] == ("free_energy", "9", "-4.50")
    two = changed(home("100", "2024-03-01", "2024-05-01", household={"free_kwh": "15"}), {"cycle.as_one": True})
    assert shown(bill(two, tariffs))[-1] == ("free_energy", "30", "-15.00")
    assert len(shown(bill(year("100", 3), tariffs))) == 3
    unpriced = bill(year("100", 3, free_kwh="15"), area(MONTHLY))
    assert [each.where for each in problems(unpriced, ProblemCode.STATED_WITHOUT_EFFECT)] == [
        "/households/main/free_kwh"
    ]


def test_a_household_is_residential_and_of_the_agreement() -> None:
    shop = home("1", household={"free_kwh": "1"}, agreement=[
        entry("2020-01-01", groups={"main": {**ONE_HOME, "class": "industrial_commercial"}}, basic={"mode": "exempt"})
    ])  # fmt: skip
    assert (fault(shop, area(MONTHLY)).code, fault(shop, area(MONTHLY)).where) == (
        FaultCode.INCONSISTENT,
        "/households/main",
    )
    other = changed(home("1"), {"households": {"elsewhere": {}}})
    assert fault(other, area(MONTHLY)).code is FaultCode.UNKNOWN_REFERENCE


@pytest.mark.parametrize(
    ("household", "where"),
    [
        ({"opened": "2024-03-02"}, "/households/main/opened"),
        ({"closed": "2024-03-31"}, "/households/main/closed"),
        ({"before": [before("2024-01-01", "2024-01-01", "1")]}, "/households/main/before/0"),
        ({"larger": [{"from": "2024-01-01", "to": "2024-01-01"}]}, "/households/main/larger/0"),
        ({"larger": [{"from": "2024-01-01"}, {"from": "2024-02-01"}]}, "/households/main/larger"),
        ({"larger": [{"from": "2024-01-01", "to": "2024-03-02"}, {"from": "2024-03-01"}]}, "/households/main/larger"),
        (
            {"before": [before("2024-01-01", "2024-02-01", "1"), before("2024-02-02", "2024-03-01", "1")]},
            "/households/main/before",
        ),
        (
            {"before": [before("2024-01-01", "2024-02-01", "1", "1"), before("2024-02-01", "2024-03-01", "1")]},
            "/households/main/before",
        ),
        (
            {"closed": "2024-04-01", "before": [before("2024-01-01", "2024-03-01", "2", "1", "1")]},
            "/households/main/before/0/by_tier",
        ),
        (
            {"closed": "2024-04-01", "before": [before("2024-01-01", "2024-03-01", "2", "1", "1", "1")]},
            "/households/main/before/0/by_tier",
        ),
    ],
)
def test_what_is_told_of_a_household_agrees_with_itself_and_the_bill(household: Data, where: str) -> None:
    assert {each.where for each in faults(year("50", 3, **household), area(YEARLY))} == {where}


def test_who_becomes_a_household_within_the_month_is_one_from_then_on() -> None:
    shop = {**HOME, "class": "industrial_commercial", "purchase": "agent", "voltage": "<1kV"}
    supply = {"S1": {"power_factor_standard": "none"}}
    data = home("0", "2024-06-01", "2024-07-01")
    data["agreement"] = [
        entry(day, groups={"main": terms}, supply_points=supply, basic={"mode": "exempt"})
        for day, terms in (("2020-01-01", shop), ("2024-06-21", ONE_HOME))
    ]
    data["metering_points"][0].update(
        given={}, config=[{"from": "2020-01-01", "meter": "A", "multiplier": "1", "digits": "5"}],
        readings=[{"at": day, "kind": kind, "total": shows}
                  for day, kind, shows in (("2024-06-01", "opening", "0"), ("2024-06-21", "cut", "5000"),
                                           ("2024-07-01", "closing", "6500"))],
    )  # fmt: skip
    tiers = [line for line in shown(bill(data, area(YEARLY))) if line[0].startswith("tier")]
    assert [energy for _, energy, _ in tiers] == ["1400", "100", "0"]
    back = changed(data, {"agreement.0.groups.main": ONE_HOME, "agreement.1.groups.main": shop})
    told = {"main": {"before": [before("2024-01-01", "2024-06-01", "0", "0", "0", "0")]}}
    tiers = [line for line in shown(bill({**back, "households": told}, area(YEARLY))) if line[0].startswith("tier")]
    assert [energy for _, energy, _ in tiers] == ["1200", "1200", "2600"]  # until June: 6 of 12 months


@pytest.mark.parametrize("bands", ["shares", "dearest_first"])
def test_a_bill_by_tier_and_band_proves_itself(bands: str) -> None:
    data = home({"peak": "202", "valley": "301"}, conventions={"tiers": {"bands": bands}})
    proof = json.loads(json_text(proof_data(bill(data, area(MONTHLY, components=BANDED)))))
    assert [each for each in verify(proof) if not each.is_open] == []


def test_a_bill_of_tiers_proves_itself() -> None:
    rows = [before("2024-02-10", "2024-06-01", "2300", "2100", "200", "0")]
    data = year("300", 6, opened="2024-02-10", before=rows, larger=[{"from": "2024-04-03", "kwh_per_month": "100"}])
    proof = json.loads(json_text(proof_data(bill(data, area(YEARLY)))))
    assert [each for each in verify(proof) if not each.is_open] == []
