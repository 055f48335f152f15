"""Tiers by the month, by two months and by the year: which kilowatt-hour is in which tier."""

import pytest

from billcalc.billing.bill import Bill
from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import Kind
from tests.billing.cases import Data, bill, changed, refusal
from tests.billing.tiers.homes import (
    BANDED,
    MONTHLY,
    TIERS,
    YEARLY,
    area,
    before,
    home,
    homes,
    shown,
)

SEASONS: Data = {
    "months": "1",
    "limits": [
        {"within": ["5", "6", "7", "8", "9", "10"], "up_to": ["260", "600"]},
        {"within": ["1", "2", "3", "4", "11", "12"], "up_to": ["200", "400"]},
    ],
}
TWO_MONTHS: Data = {"months": "2", "limits": [{"up_to": ["340", "520"]}]}


def kwh(found: Bill) -> list[str]:
    return [energy for _, energy, _ in shown(found)]


def as_one(data: Data) -> Data:
    """A request whose months are billed as one."""
    return changed(data, {"cycle.as_one": True})


def test_each_tier_of_a_month_is_billed_at_its_price() -> None:
    found = bill(home("700"), area(MONTHLY))
    assert shown(found) == [("tier_1", "200", "100.00"), ("tier_2", "200", "110.00"), ("tier_3", "300", "240.00")]
    assert {each.code for each in found.problems} == {ProblemCode.GIVEN_FACT}
    assert {source.id for line in found.lines for source in line.sources} == {"cn-test/residential_price/2020-01-01"}


def test_a_limit_is_reached_at_exactly_its_energy() -> None:
    tiers = area(MONTHLY)
    assert kwh(bill(home("200"), tiers)) == ["200", "0", "0"]
    assert kwh(bill(home("201"), tiers)) == ["200", "1", "0"]
    assert kwh(bill(home("400"), tiers)) == ["200", "200", "0"]
    assert kwh(bill(home("401"), tiers)) == ["200", "200", "1"]


def test_a_year_counts_what_was_used_since_it_began() -> None:
    told = {"before": [before("2024-01-01", "2024-06-01", "2300")]}
    found = bill(home("300", "2024-06-01", "2024-07-01", household=told), area(YEARLY))
    assert shown(found) == [("tier_1", "100", "50.00"), ("tier_2", "200", "110.00"), ("tier_3", "0", "0.00")]


def test_earlier_bills_tell_the_same_as_their_sum() -> None:
    rows = [before("2024-01-01", "2024-04-01", "1300"), before("2024-04-01", "2024-06-01", "1000")]
    tiers = area(YEARLY)
    by_bills = bill(home("300", "2024-06-01", "2024-07-01", household={"before": rows}), tiers)
    at_once = [before("2024-01-01", "2024-06-01", "2300")]
    assert shown(by_bills) == shown(bill(home("300", "2024-06-01", "2024-07-01", household={"before": at_once}), tiers))


def test_the_limits_of_a_month_are_those_of_its_season() -> None:
    assert kwh(bill(home("700", "2024-10-01", "2024-11-01"), area(SEASONS))) == ["260", "340", "100"]
    assert kwh(bill(home("700", "2024-11-01", "2024-12-01"), area(SEASONS))) == ["200", "200", "300"]


def test_months_that_are_read_as_one_have_the_limits_of_all_of_them() -> None:
    april_and_may = as_one(home("1200", "2024-04-01", "2024-06-01"))
    assert kwh(bill(april_and_may, area(SEASONS))) == ["460", "540", "200"]
    assert kwh(bill(as_one(home("600", "2024-04-01", "2024-06-01")), area(TWO_MONTHS))) == ["340", "180", "80"]


def test_a_cycle_from_the_24th_is_of_the_month_it_ends_in() -> None:
    assert kwh(bill(home("700", "2024-04-24", "2024-05-24"), area(SEASONS))) == ["260", "340", "100"]
    told = {"before": [before("2023-12-24", "2024-01-24", "2350")]}
    assert kwh(bill(home("100", "2024-01-24", "2024-02-24", household=told), area(YEARLY))) == ["50", "50", "0"]
    assert kwh(bill(home("2450", "2023-12-24", "2024-01-24"), area(YEARLY))) == ["2400", "50", "0"]


def test_a_year_of_cycles_of_two_months_begins_with_the_one_billed_in_january_or_february() -> None:
    told = {"before": [before("2024-01-01", "2024-03-01", "2350")]}
    data = as_one(home("100", "2024-03-01", "2024-05-01", household=told))
    assert kwh(bill(data, area(YEARLY))) == ["50", "50", "0"]
    odd = {"before": [before("2023-12-01", "2024-02-01", "2350")]}
    assert kwh(bill(as_one(home("100", "2024-02-01", "2024-04-01", household=odd)), area(YEARLY))) == ["50", "50", "0"]


def test_tiers_of_two_months_are_refused_by_a_cycle_of_one() -> None:
    assert refusal(home("100"), area(TWO_MONTHS)).code is RefusalCode.NOT_SUPPORTED


def test_a_part_of_a_month_is_no_cycle_of_tiers() -> None:
    assert refusal(home("100", "2024-01-01", "2024-01-11"), area(MONTHLY)).code is RefusalCode.NOT_A_MONTH


def test_tiers_by_bands_add_to_the_price_of_each_band() -> None:
    found = bill(home({"peak": "500", "valley": "740"}), area(MONTHLY))
    assert shown(found) == [
        ("residential_energy peak", "500", "300.00"),
        ("residential_energy valley", "740", "222.00"),
        ("tier_2_addition", "200", "10.00"),
        ("tier_3_addition", "840", "252.00"),
    ]


@pytest.mark.parametrize(
    ("bands", "first", "second", "third"),
    [
        ("shares", ("80", "120"), ("80", "120"), ("42", "62")),
        ("dearest_first", ("200", "0"), ("2", "198"), ("0", "104")),
        ("cheapest_first", ("0", "200"), ("98", "102"), ("104", "0")),
    ],
)
def test_a_price_by_tier_and_band_splits_the_tiers_over_the_bands_by_convention(
    bands: str, first: tuple[str, str], second: tuple[str, str], third: tuple[str, str]
) -> None:
    data = home({"peak": "202", "valley": "302"}, conventions={"tiers": {"bands": bands}})
    assert kwh(bill(data, area(MONTHLY, components=BANDED))) == [*first, *second, *third]


def test_where_nobody_tells_how_tiers_are_split_the_bill_has_the_money_of_the_other_ways() -> None:
    data = home({"peak": "202", "valley": "302"})
    [doubt] = [
        each
        for each in bill(data, area(MONTHLY, components=BANDED, told={})).problems
        if each.where == "/conventions/tiers/bands"
    ]
    assert doubt.code is ProblemCode.CONVENTION_UNDOCUMENTED
    assert [each.value for each in doubt.alternatives] == ["dearest_first", "cheapest_first"]
    # shares: 80×.6+120×.3 + 80×.66+120×.33 + 42×.96+62×.48 = 246.48; dearest: 120+1.32+65.34+49.92 = 236.58
    # cheapest: 60+64.68+33.66+99.84 = 258.18
    assert [str(each.difference) for each in doubt.alternatives] == ["-9.90", "11.70"]


def test_a_price_that_changes_within_the_month_goes_on_in_the_tiers() -> None:
    dearer = [{**each, "price": price} for each, price in zip(TIERS, ("0.6", "0.65", "0.9"), strict=True)]
    later = homes(MONTHLY, components=dearer, start="2024-01-16")
    documents = (homes(MONTHLY, components=TIERS), later)
    data = home("310")
    data["metering_points"][0].update(
        given={}, config=[{"from": "2020-01-01", "meter": "A", "multiplier": "1", "digits": "5"}],
        readings=[{"at": day, "kind": kind, "total": shows}
                  for day, kind, shows in (("2024-01-01", "opening", "0"), ("2024-01-16", "cut", "250"),
                                           ("2024-02-01", "closing", "700"))],
    )  # fmt: skip
    others = [each for each in area(MONTHLY).documents if each.kind is not Kind.RESIDENTIAL_PRICE]
    found = bill(data, Catalog([*others, *documents], version="test"))
    assert shown(found) == [
        ("tier_1", "200", "100.00"),
        ("tier_2", "50", "27.50"),
        ("tier_3", "0", "0.00"),
        ("tier_1", "0", "0.00"),
        ("tier_2", "150", "97.50"),
        ("tier_3", "300", "270.00"),
    ]


def test_no_energy_is_in_tiers_after_the_meter_was_removed() -> None:
    free = {"code": "free_energy", "section": "catalogue", "quantity": "free_kwh", "price": "-0.5"}
    documents = [homes(MONTHLY, components=[*TIERS, free])]
    dearer = [{**each, "price": "0.9"} for each in TIERS]
    documents.append(homes(MONTHLY, components=[*dearer, {**free, "price": "-0.9"}], start="2024-01-16"))
    data = home("0", household={"free_kwh": "15"})
    data["metering_points"][0].update(
        given={}, config=[{"from": "2020-01-01", "meter": "A", "multiplier": "1", "digits": "5"}],
        readings=[{"at": day, "kind": kind, "total": shows}
                  for day, kind, shows in (("2024-01-01", "opening", "0"), ("2024-01-16", "removal", "100"))],
    )  # fmt: skip
    others = [each for each in area(MONTHLY).documents if each.kind is not Kind.RESIDENTIAL_PRICE]
    assert kwh(bill(data, Catalog([*others, *documents], version="test"))) == ["100", "0", "0", "15"]
