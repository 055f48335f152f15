"""The check of a library: what is no finding, components and documents beside each other, and what is covered."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from billcalc.library.catalog import check_library, load_catalog, load_library
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.check import check
from billcalc.tariff.documents import Header
from billcalc.tariff.findings import Finding, FindingCode, FindingSeverity, in_order
from billcalc.vocabulary import Kind
from tests.tariff.samples import CATALOGUE, LEVY, NETWORK, PURCHASE, document, levies, network, purchase, structure
from tests.tariff.telling import line_of

ROOT = Path(__file__).parents[2]


def findings(*documents: Header, plausible: bool = False) -> list[Finding]:
    """What is found, but for what a few documents cannot have: all that makes up a price."""
    found = check(Catalog(documents), limits() if plausible else None)
    left_out = (FindingCode.AREA_INCOMPLETE,)
    return [each for each in found if each.severity is not FindingSeverity.COVERAGE and each.code not in left_out]


@cache
def limits() -> Catalog:
    """The shipped limits of what is plausible, and nothing beside them."""
    return Catalog(each for each in load_catalog(areas=["cn"]).documents if each.kind is Kind.PLAUSIBILITY)


def coverage(*documents: Header) -> list[str]:
    found = check(Catalog(documents))
    return [line_of(each).partition(";")[0] for each in found if each.severity is FindingSeverity.COVERAGE]


# What is no finding


def test_a_sound_library_has_only_coverage() -> None:
    documents = (levies(), purchase(), network(), structure())
    assert findings(*documents) == []
    assert len(coverage(*documents)) == 4


@pytest.mark.no_cover
def test_the_library_of_this_repository_has_no_errors() -> None:
    found = check_library(load_library(), fixtures=ROOT / "fixtures")
    assert [line_of(each) for each in found if each.severity is FindingSeverity.ERROR] == []


def test_a_correction_of_all_days_is_no_finding() -> None:
    wrong = levies()
    assert findings(wrong, levies("2024-06-2", supersedes=wrong.id)) == []


def test_a_correction_that_ends_earlier_says_which_days_are_lost() -> None:
    wrong = purchase(until="2024-07-01")
    right = document(
        "cn/guangxi/purchase_price/2024-06-2",
        start=None,
        effective={"from": "2024-06-01", "repealed_on": "2024-06-16"},
        components=[PURCHASE],
        supersedes=wrong.id,
    )
    [found] = findings(wrong, right)
    assert (found.code, found.facts["days"]) == (FindingCode.SUPERSEDES_LESS, "2024-06-16/2024-07-01")


def test_a_correction_of_a_document_whose_start_was_not_known_is_checked_too() -> None:
    seen = levies(start=None, seen_in_force={"first": "2024-06-01", "last": "2024-06-30"})
    assert findings(seen, levies("2024-01", start="2024-01-01", supersedes=seen.id)) == []
    [found] = findings(seen, levies("2024-07", start="2024-07-01", supersedes=seen.id))
    assert found.facts["days"] == "2024-06-01/2024-07-01"


def test_who_supersedes_a_circle_is_not_in_it() -> None:
    first = levies("1", supersedes="cn/guangxi/levies/2")
    second = levies("2", supersedes="cn/guangxi/levies/1")
    outside = levies("3", supersedes="cn/guangxi/levies/1")
    assert [(each.code, each.document) for each in findings(first, second, outside)] == [
        (FindingCode.SUPERSEDES_IN_A_CIRCLE, "cn/guangxi/levies/1"),
        (FindingCode.SUPERSEDES_IN_A_CIRCLE, "cn/guangxi/levies/2"),
    ]


def test_a_circle_is_told_from_each_of_its_documents_on() -> None:
    first, second, third = (
        levies(str(number), supersedes=f"cn/guangxi/levies/{number % 3 + 1}") for number in (1, 2, 3)
    )
    one, two, three = (f"cn/guangxi/levies/{number}" for number in (1, 2, 3))
    assert [each.facts["ids"] for each in findings(first, second, third)] == [
        f"{two}, {three}, {one}",
        f"{three}, {one}, {two}",
        f"{one}, {two}, {three}",
    ]


def test_what_is_found_of_many_areas_is_what_is_found_of_each() -> None:
    def of(place: str) -> list[Header]:
        """Levies too many, a network that begins late, and a second price of energy."""
        twice = [LEVY, {**LEVY, "tags": []}]
        return [
            document(f"cn/{place}/levies/2024-06", components=twice),
            document(f"cn/{place}/network_price/2024-06", start="2024-06-11", components=[NETWORK]),
            document(f"cn/{place}/purchase_price/2024-06", components=[PURCHASE, NETWORK]),
        ]

    places = ["guangxi", "hubei", "hunan"]
    each_alone = [found for place in places for found in check(Catalog([structure(), *of(place)]))]
    together = check(Catalog([structure(), *(each for place in places for each in of(place))]))
    assert {each.code for each in together} >= {FindingCode.COMPONENT_AMBIGUOUS, FindingCode.LEVY_NOT_TAGGED}
    once = {line_of(each): each for each in each_alone}  # what the nation has is found with each
    assert together == in_order(once.values())


def test_of_many_months_each_is_looked_at_beside_those_of_its_days() -> None:
    """Three months: the network has no price in the second, and clashes with the purchase price in the third."""
    names = ["2024-06", "2024-07", "2024-08"]
    clashing = {**NETWORK, "price": "0.2"}
    ended = {"from": "2024-06-01", "repealed_on": "2024-07-01"}
    networks = [
        document("cn/guangxi/network_price/2024-06", start=None, effective=ended, components=[NETWORK]),
        document("cn/guangxi/network_price/2024-08", start="2024-08-01", components=[NETWORK]),
    ]
    purchases = [
        purchase(name, until=f"{name[:6]}{int(name[6:]) + 1}-01", components=[PURCHASE, *more])
        for name, more in zip(names, ([], [], [clashing]), strict=True)
    ]
    found = check(Catalog([structure(), levies(start="2024-01-01"), *networks, *purchases]))
    told = [(each.code, each.document) for each in found if each.severity is not FindingSeverity.COVERAGE]
    assert told == [
        (FindingCode.COMPONENT_AMBIGUOUS, "cn/guangxi/purchase_price/2024-08"),
        (FindingCode.AREA_INCOMPLETE, "cn/guangxi/purchase_price/2024-07"),
    ]


def test_a_document_that_was_last_seen_before_its_successor_is_no_finding() -> None:
    seen = levies(start=None, seen_in_force={"first": "2024-06-01", "last": "2024-12-31"})
    assert findings(seen, levies("2025-01", start="2025-01-01")) == []


@pytest.mark.parametrize(
    ("evidence", "publication"),
    [
        ("official_text", {"title": "a notice", "number": "第1号"}),
        ("official_quoted", {"title": "a notice", "url": "https://example.org/notice"}),
        ("secondary", {"title": "a page"}),
        ("inferred", {"title": "a bill", "url": "https://example.org/bill"}),
    ],
)
def test_evidence_that_says_where_it_was_seen_is_no_finding(evidence: str, publication: dict[str, str]) -> None:
    assert findings(levies(evidence=evidence, document=publication)) == []


def test_a_rule_may_be_known_and_not_seen() -> None:
    rules: dict[str, Any] = {"days": "thirtieth", "floor_share": "0.40", "over_steps": []}
    assert findings(document("cn/national/basic_charge_rules/1996", evidence="unverified", **rules)) == []


# Components beside each other


def rows(*components: dict[str, Any]) -> list[FindingCode]:
    return [each.code for each in findings(network(components=[NETWORK, *components]))]


ENERGY = {**NETWORK, "code": "energy_2"}
CAPACITY = {"code": "capacity", "section": "network_capacity", "quantity": "capacity_kva", "price": "21.4"}


def test_rows_for_different_customers_may_have_one_code() -> None:
    low = {**NETWORK, "for": {"voltage": "<1kV"}}
    assert findings(network(components=[low, {**NETWORK, "for": {"voltage": ">=1kV"}}])) == []


def test_a_row_for_everybody_meets_any_other() -> None:
    [found] = findings(network(components=[NETWORK, NETWORK]))
    assert (found.code, found.facts["key"]) == (FindingCode.COMPONENT_AMBIGUOUS, "every customer")


def test_the_customer_of_two_rows_is_told_by_what_they_select() -> None:
    one = {**NETWORK, "for": {"class": ["residential", "agricultural"], "purchase": "agent"}}
    two = {**NETWORK, "for": {"class": "agricultural", "subclass": "school", "time_of_use": False}}
    [found] = findings(network(components=[one, two]))
    assert found.facts["key"] == "agricultural, school, agent, no time of use"


def test_capacity_and_demand_stand_beside_each_other() -> None:
    assert rows(CAPACITY, {**CAPACITY, "code": "demand", "quantity": "demand_kw", "price": "31.2"}) == []


def test_two_monthly_fees_are_two_lines() -> None:
    fee = {"code": "fee", "section": "network_capacity", "quantity": "months", "price": "10"}
    assert rows(fee, {**fee, "code": "rent", "price": "12"}) == []


def test_components_of_one_line_that_are_alike_are_no_finding() -> None:
    assert rows({**ENERGY, "line": "network_energy", "price": "0.2"}) == []


@pytest.mark.parametrize(
    ("differing", "told"),
    [
        ({"quantity": "net_energy"}, "quantity"),
        ({"print_per": "total"}, "print_per"),
        ({"round": {"amount": "0.1"}}, "round"),
    ],
)
def test_components_of_one_line_differ_in_nothing_that_a_line_has_once(differing: dict[str, Any], told: str) -> None:
    [found] = findings(network(components=[NETWORK, {**ENERGY, "line": "network_energy", "price": "0.2", **differing}]))
    assert (found.code, found.facts["differs"]) == (FindingCode.LINE_NOT_UNIFORM, told)


def test_bands_are_compared_among_prices_of_the_same_energy_only() -> None:
    four = {**ENERGY, "price": {"bands": {"peak": "0.6", "flat": "0.4", "valley": "0.2", "sharp": "0.8"}}}
    net = {**ENERGY, "code": "net", "quantity": "net_energy", "price": {"bands": {"peak": "0.6", "flat": "0.4"}}}
    assert rows(four, net) == []


def test_a_band_listed_as_unpriced_is_not_missing() -> None:
    both = {**ENERGY, "price": {"bands": {"peak": "0.6", "flat": "0.4"}}}
    listed = {**ENERGY, "code": "other", "price": {"bands": {"peak": "0.6"}, "unpriced": ["flat"]}}
    assert rows(both, listed) == []


def test_bands_that_several_components_know_are_told_together() -> None:
    own = {**ENERGY, "price": {"bands": {"flat": "0.4"}}}
    two = {**ENERGY, "code": "two", "price": {"bands": {"flat": "0.4", "peak": "0.6"}}}
    three = {**ENERGY, "code": "three", "price": {"bands": {"flat": "0.4", "valley": "0.2"}}}
    found = findings(network(components=[NETWORK, own, two, three]))
    assert [(each.facts["component"], each.facts["bands"], each.facts["other"]) for each in found] == [
        ("energy_2", "peak, valley", "/components/2"),
        ("two", "valley", "/components/3"),
        ("three", "peak", "/components/2"),
    ]


# Documents beside each other


def test_documents_that_are_never_in_force_together_may_use_one_code() -> None:
    old = network(components=[NETWORK, {**PURCHASE, "section": "upstream_loss"}])
    new = network("2024-06", start="2024-06-01")
    assert findings(old, new, purchase(), structure()) == []
    [found] = findings(old, purchase(), structure())
    assert found.code is FindingCode.COMPONENT_AMBIGUOUS


def test_documents_of_two_areas_may_use_one_code() -> None:
    hubei = document("cn/hubei/network_price/2023-06", components=[NETWORK, {**PURCHASE, "section": "upstream_loss"}])
    assert findings(hubei, purchase(), structure()) == []


def test_documents_that_no_class_pays_together_may_use_one_code() -> None:
    catalogue = document("cn/guangxi/catalogue_price/2024", components=[{**CATALOGUE, "code": "purchase"}])
    assert findings(purchase(), catalogue, structure()) == []
    both = structure(made_of={"residential": ["catalogue_price", "purchase_price"]})
    assert [each.code for each in findings(purchase(), catalogue, both)] == [FindingCode.COMPONENT_AMBIGUOUS]
    for_others = purchase(components=[{**PURCHASE, "for": {"class": "agricultural"}}])
    assert findings(for_others, catalogue, both) == []


def test_the_structure_of_the_same_days_decides_what_is_paid_together() -> None:
    over = document("cn/guangxi/levies/2024-06", components=[{**LEVY, "code": "purchase"}])
    until_2021 = structure(
        "1900", start="1900-01-01", made_of={"residential": ["catalogue_price", "levies", "purchase_price"]}
    )
    later = structure(made_of={"residential": ["catalogue_price", "levies"]})
    assert findings(over, purchase(), until_2021, later) == []
    assert [each.code for each in findings(over, purchase(), until_2021)] == [FindingCode.COMPONENT_AMBIGUOUS]


def test_an_area_can_have_a_structure_of_its_own() -> None:
    over = document("cn/guangxi/levies/2024-06", components=[{**LEVY, "code": "purchase"}])
    own = document(
        "cn/guangxi/price_structure/2022", start="2022-01-01", made_of={"residential": ["levies", "purchase_price"]}
    )
    assert [each.code for each in findings(over, purchase(), own)] == [FindingCode.COMPONENT_AMBIGUOUS]


# Plausible prices


@pytest.mark.parametrize(
    ("component", "is_found"),
    [
        ({**PURCHASE, "price": "2"}, False),
        ({**PURCHASE, "price": "2.01"}, True),
        ({**PURCHASE, "price": "-0.5"}, False),
        ({**PURCHASE, "price": "given"}, False),
        ({**CAPACITY, "price": "5"}, False),
        ({**CAPACITY, "price": "4.99"}, True),
        ({**CAPACITY, "price": "60"}, False),
        ({**CAPACITY, "price": "60.01"}, True),
        ({**CAPACITY, "quantity": "demand_kw.regular", "price": "90.01"}, True),
        ({**CAPACITY, "quantity": "months", "price": "2000"}, False),
        ({**CAPACITY, "quantity": "months", "price": "2000.01"}, True),
        ({**LEVY, "price": "0.06"}, False),
        ({**LEVY, "price": "-0.01"}, True),
    ],
)
def test_prices_are_compared_with_what_such_prices_are(component: dict[str, Any], is_found: bool) -> None:
    found = findings(network(components=[NETWORK, component]), plausible=True)
    assert [each.code for each in found] == [FindingCode.PRICE_IMPLAUSIBLE] * is_found


def test_in_another_currency_other_prices_are_plausible() -> None:
    # Taipower, summer peak: more than nine dollars
    told = [{"of": "network_energy", "unit": "TWD/kWh", "least": "-1", "most": "20"}]
    own = document("tw/national/plausibility/2020-01", start="2020-01-01", prices=told)
    assert findings(own, document("tw/national/network_price/2025-10", components=[{**NETWORK, "price": "9.39"}])) == []
    [found] = findings(own, document("tw/national/network_price/2025-10", components=[{**NETWORK, "price": "93.9"}]))
    assert found.facts["unit"] == "TWD/kWh"
    assert (
        findings(
            document("jp/national/network_price/2025-10", components=[{**NETWORK, "price": "93.9"}]), plausible=True
        )
        == []
    )


# Coverage


def test_coverage_joins_what_follows_and_shows_gaps() -> None:
    june, july, september = purchase(), purchase("2024-07", until="2024-08-01"), purchase("2024-09", until="2024-10-01")
    assert coverage(june, july, september) == [
        "cn/guangxi/purchase_price: coverage: documents in force, 2024-06-01 to 2024-07-31, 2024-09-01 to 2024-09-30: 3"
    ]


def test_coverage_of_what_has_no_end_is_open() -> None:
    assert coverage(levies(), structure()) == [
        "cn/guangxi/levies: coverage: documents in force, from 2024-06-01: 1",
        "cn/national/price_structure: coverage: documents in force, from 2021-12-01: 1",
    ]


def test_coverage_tells_since_when_a_document_was_not_seen() -> None:
    seen = levies(start=None, seen_in_force={"first": "2024-06-01", "last": "2025-04-30"})
    assert coverage(seen) == [
        "cn/guangxi/levies: coverage: documents in force, from 2024-06-01: 1 "
        "(after 2025-04-30 not seen, and with a problem)"
    ]


def test_coverage_of_a_place_with_several_words_is_told_by_its_directory() -> None:
    west = document("cn/neimenggu-west/levies/2025-03", components=[LEVY])
    [told] = coverage(west)
    assert told.startswith("cn/neimenggu-west/levies: ")


def test_errors_come_before_warnings_and_coverage_last() -> None:
    found = check(Catalog([levies(components=[{**LEVY, "tags": [], "price": "4"}])]), limits())
    assert [each.severity for each in found] == list(FindingSeverity)
    assert in_order(reversed(found)) == found


def test_the_pointer_of_a_finding_escapes_what_a_pointer_must() -> None:
    finding = Finding(FindingCode.LEVY_NOT_TAGGED, "cn/x/levies/1", ("a/b", "c~d", 0), {"component": "x"})
    assert finding.pointer == "/a~1b/c~0d/0"
