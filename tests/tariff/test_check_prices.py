"""Prices as numbers: what they lie within, what they were, how they fall with the voltage, what is not beside them."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest

from billcalc.library.catalog import check_library, load_catalog, load_library
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.check import check
from billcalc.tariff.components import FlatPrice
from billcalc.tariff.documents import Header, PriceDocument
from billcalc.tariff.findings import Finding, FindingCode, FindingSeverity
from tests.documents import ROOT
from tests.tariff.samples import NETWORK, PURCHASE, document, levies, network, purchase

SHIPPED = load_catalog(areas=["cn"])


def found(*documents: Header, code: FindingCode) -> list[Finding]:
    return [each for each in check(Catalog(documents), SHIPPED) if each.code is code]


def months(before: dict[str, Any], after: dict[str, Any]) -> list[Header]:
    """Two months of a purchase price."""
    spans = {"06": "2024-07-01", "07": "2024-08-01"}
    return [
        document(
            f"cn/guangxi/purchase_price/2024-{month}",
            start=None,
            effective={"from": f"2024-{month}-01", "repealed_on": end},
            components=[component],
        )
        for (month, end), component in zip(spans.items(), (before, after), strict=True)
    ]


def test_a_table_in_which_every_decimal_point_slipped_is_found_in_every_price() -> None:
    library = load_library(ROOT / "fixtures/bad/tenfold_prices")
    told = [each for each in check_library(library) if each.severity is FindingSeverity.WARNING]
    assert [each.facts["quantity"] for each in told] == [
        "network_energy", "system_operation", "upstream_loss", "demand_kw",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "is_found"),
    [
        ("0.4", "0.52", False),
        ("0.4", "0.5201", True),
        ("0.4", "0.28", False),
        ("0.4", "0.2799", True),
        ("0.001", "0.011", False),
        ("0.001", "0.0111", True),
    ],
)
def test_a_price_that_is_far_from_that_of_the_month_before_is_told(before: str, after: str, is_found: bool) -> None:
    documents = months({**PURCHASE, "price": before}, {**PURCHASE, "price": after})
    assert len(found(*documents, code=FindingCode.PRICE_CHANGED_MUCH)) == is_found


def test_a_band_is_compared_with_the_same_band_and_another_customer_with_none() -> None:
    bands = {"bands": {"peak": "0.9", "flat": "0.5", "valley": "0.2"}}
    swapped = {"bands": {"peak": "0.9", "flat": "0.2", "valley": "0.5"}}
    told = found(
        *months({**PURCHASE, "price": bands}, {**PURCHASE, "price": swapped}), code=FindingCode.PRICE_CHANGED_MUCH
    )
    assert [each.path[-1] for each in told] == ["flat", "valley"]
    other = {**PURCHASE, "price": "0.1", "for": {"voltage": "110kV"}}
    assert found(*months(PURCHASE, other), code=FindingCode.PRICE_CHANGED_MUCH) == []


@pytest.mark.parametrize(
    ("demand", "capacity", "is_found"),
    [("35.2", "22", False), ("70.4", "22", True), ("35.2", "44", True), ("17.6", "22", True), ("48", "22", False)],
)
def test_a_price_of_demand_stands_beside_that_of_capacity(demand: str, capacity: str, is_found: bool) -> None:
    rows = [
        {"code": "demand", "section": "network_capacity", "quantity": "demand_kw", "price": demand},
        {"code": "capacity", "section": "network_capacity", "quantity": "capacity_kva", "price": capacity},
    ]
    told = found(network(components=[NETWORK, *rows]), code=FindingCode.DEMAND_BESIDE_CAPACITY)
    assert len(told) == is_found


def test_a_fund_has_a_range_of_its_own() -> None:
    fund = {"code": "renewable_energy", "section": "levies", "tags": ["levy"]}
    for price, is_found in (("0.019", False), ("0.038", True)):
        assert len(found(levies(components=[{**fund, "price": price}]), code=FindingCode.PRICE_IMPLAUSIBLE)) == is_found


def test_a_price_of_demand_changes_by_yuan() -> None:
    demand = {"code": "demand", "section": "network_capacity", "quantity": "demand_kw"}
    first = document("cn/guangxi/network_price/2024-06", components=[NETWORK, {**demand, "price": "9"}])
    for price, is_found in (("12", False), ("12.1", True)):
        later = document(
            "cn/guangxi/network_price/2024-08", start="2024-08-01", components=[NETWORK, {**demand, "price": price}]
        )
        assert len(found(first, later, code=FindingCode.PRICE_CHANGED_MUCH)) == is_found


@cache
def of_area(area: str) -> tuple[Header, ...]:
    return tuple(load_catalog(areas=[area]).documents)


def multiplied(area: str, name: str, factor: int, places: Iterable[int]) -> list[Finding]:
    """The warnings of an area of the library in a document of which some prices, by their places, are multiplied."""
    identity = f"{area.replace('-', '/', 1)}/{name}"
    [document] = [each for each in of_area(area) if each.id == identity]
    assert isinstance(document, PriceDocument)
    components = list(document.components)
    for place in places:
        price = components[place].price
        assert isinstance(price, FlatPrice)
        other = FlatPrice.model_validate({"flat": str(price.flat.value * factor)})
        components[place] = components[place].model_copy(update={"price": other})
    wrong = document.model_copy(update={"components": tuple(components)})
    every = [wrong if each.id == identity else each for each in of_area(area)]
    return [each for each in check(Catalog(every), SHIPPED) if each.severity is FindingSeverity.WARNING]


@pytest.mark.parametrize(
    ("area", "name", "places"),
    [
        ("cn-anhui", "purchase_price/2026-08", (0, 2, 4)),  # purchase, losses, system operation
        ("cn-zhejiang", "purchase_price/2026-08", (0, 2)),
        ("cn-beijing", "network_price/2026-08", (0, 3, 8, 11)),  # energy, demand, capacity
        ("cn-chongqing", "network_price/2023-06", (8, 13)),  # its voltages are others than later
        ("cn-jiangsu", "levies/2023-06", (0,)),  # by the totals of the months
        ("cn-tianjin", "levies/2026-08", (1,)),
        ("tw-taipower", "catalogue_price/2025-10", (1, 13)),
    ],
)
def test_a_price_of_the_library_is_found_where_it_is_doubled(area: str, name: str, places: tuple[int, ...]) -> None:
    assert multiplied(area, name, 1, places) == [], "no false alarm"
    for place in places:
        assert multiplied(area, name, 2, [place]), place


def test_a_whole_sheet_in_fen_is_told_at_each_price_of_energy() -> None:
    told = multiplied("cn-beijing", "network_price/2026-08", 100, range(7))
    assert {each.path[1] for each in told if each.code is FindingCode.PRICE_IMPLAUSIBLE} == set(range(7))


def test_without_limits_of_change_nothing_is_compared() -> None:
    own = document("cn/national/plausibility/2020-01", start="2020-01-01", prices=[])
    documents = months({**PURCHASE, "price": "0.1"}, {**PURCHASE, "price": "1"})
    assert [each for each in check(Catalog([own, *documents])) if each.severity is FindingSeverity.WARNING] == []


def test_prices_of_one_voltage_or_of_different_customers_need_not_fall() -> None:
    one = {**NETWORK, "price": "0.1", "for": {"voltage": "110kV", "billing": "two_part"}}
    two = {**NETWORK, "price": "0.2", "for": {"voltage": "220kV", "billing": "one_part"}}
    assert found(network(components=[one, two]), code=FindingCode.VOLTAGE_NOT_FALLING) == []
    same = {**NETWORK, "price": "0.2", "for": {"voltage": "110kV", "billing": "two_part"}}
    assert found(network(components=[one, same]), code=FindingCode.VOLTAGE_NOT_FALLING) == []
    equal = {**one, "for": {"voltage": "220kV", "billing": "two_part"}}
    assert found(network(components=[one, equal]), code=FindingCode.VOLTAGE_NOT_FALLING) == []
    other = {**NETWORK, "section": "system_operation", "price": "0.2", "for": {"voltage": "220kV"}}
    assert found(network(components=[one, other]), code=FindingCode.VOLTAGE_NOT_FALLING) == []


def test_what_makes_up_a_price_is_wanted_on_all_days_of_the_purchase_price() -> None:
    alone = months(PURCHASE, PURCHASE)[0]
    assert [each.facts["kind"] for each in found(alone, code=FindingCode.AREA_INCOMPLETE)] == [
        "levies",
        "network_price",
    ]
    late = document("cn/guangxi/network_price/2024-06", start="2024-06-11", components=[NETWORK])
    [told] = found(alone, levies(), late, code=FindingCode.AREA_INCOMPLETE)
    assert told.facts == {"kind": "network_price", "days": "2024-06-01/2024-06-11"}
    assert found(alone, levies(), network(), code=FindingCode.AREA_INCOMPLETE) == []


def test_a_purchase_price_without_an_end_wants_them_until_it_was_last_seen() -> None:
    seen = document("cn/guangxi/purchase_price/2024-06", start=None, seen_in_force={"first": "2024-06-01", "last": "2024-06-20"}, components=[PURCHASE])  # fmt: skip
    told = found(seen, code=FindingCode.AREA_INCOMPLETE)
    assert {each.facts["days"] for each in told} == {"2024-06-01/2024-06-20"}
    assert found(purchase(until=None), code=FindingCode.AREA_INCOMPLETE) == []
    day = document("cn/guangxi/purchase_price/2024-06", start=None, seen_in_force={"first": "2024-06-01", "last": "2024-06-01"}, components=[PURCHASE])  # fmt: skip
    assert found(day, code=FindingCode.AREA_INCOMPLETE) == []


def test_a_nation_of_which_nothing_is_known_is_not_judged() -> None:
    alone = document("jp/national/purchase_price/2024-06", start=None, effective={"from": "2024-06-01", "repealed_on": "2024-07-01"}, components=[{**PURCHASE, "price": "99"}])  # fmt: skip
    assert [each for each in check(Catalog([alone]), SHIPPED) if each.severity is FindingSeverity.WARNING] == []


def test_a_warning_that_its_document_answers_for_is_not_told() -> None:
    dear = {**NETWORK, "price": "0.6"}
    silent = document("cn/guangxi/network_price/2024-06", components=[dear])
    assert [each.code for each in check(Catalog([silent]), SHIPPED) if each.severity is FindingSeverity.WARNING] == [
        FindingCode.PRICE_IMPLAUSIBLE
    ]
    told = document(
        "cn/guangxi/network_price/2024-06",
        components=[dear],
        acknowledged={"price_implausible": "an island, printed so"},
    )
    assert [each for each in check(Catalog([told]), SHIPPED) if each.severity is not FindingSeverity.COVERAGE] == []
    assert "acknowledged" not in told.model_dump(), "it is no part of what the document states"


def test_without_a_limit_of_ratios_none_is_too_much_but_their_order_counts() -> None:
    ratios = {"all": {"bands": {"flat": {"of": "untimed", "factor": "1"}, "peak": {"of": "flat", "factor": "9"}}}}
    told = document("cn/guangxi/time_of_use/2024-06", ratios=ratios)
    assert [each.code for each in check(Catalog([told])) if each.severity is FindingSeverity.WARNING] == []
    gone = document("cn/guangxi/time_of_use/2024-08", start="2024-08-01", amends=told.id, ratios={"all": None})
    own = document("cn/national/plausibility/2020-01", start="2020-01-01", ratio_most="8")
    found = [
        each.facts["ratio"] for each in check(Catalog([own, told, gone])) if each.severity is FindingSeverity.WARNING
    ]
    assert found == ["9"]
