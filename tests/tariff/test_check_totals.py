"""Printed totals beside their parts: what is compared, what is rounding, what is told where there is more."""

from decimal import Decimal
from typing import Any

import pytest

from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.check_totals import check_totals, compared_totals
from billcalc.tariff.documents import AnyDocument, Header, PriceDocument
from billcalc.tariff.findings import FindingCode
from billcalc.vocabulary import Purchase, Voltage
from tests.tariff.samples import LEVY, NETWORK, document, purchase, structure
from tests.tariff.telling import line_of

AGENT: dict[str, Any] = {"code": "purchase", "section": "energy", "price": "0.5", "for": {"purchase": "agent"}}
FLAT = {"of": "untimed", "factor": "1"}


def notice(*totals: dict[str, Any], components: list[dict[str, Any]] | None = None) -> Header:
    rows = [{"for": {"billing": "two_part", "voltage": "35-110kV", "purchase": "agent"}, **total} for total in totals]
    return purchase(components=components or [AGENT], totals=rows)


def hours(**told: Any) -> Header:
    tables = {
        "remainder": "flat",
        "periods": {"all": {"bands": {"peak": ["08:00-12:00"]}}},
        "ratios": {"all": {"bands": {"peak": {"of": "flat", "factor": "1.6667"}, "flat": FLAT}}},
        "floats": {"agent": {"sections": ["energy"]}},
    }
    return document("cn/guangxi/time_of_use/2024", start="2024-01-01", **{**tables, **told})


def library(*documents: Header) -> Catalog:
    network = document("cn/guangxi/network_price/2023", start="2023-06-01", components=[NETWORK])
    levies = document("cn/guangxi/levies/2024", start="2024-01-01", components=[LEVY])
    return Catalog([structure(), network, levies, *documents])


def findings(*documents: Header) -> list[str]:
    return [line_of(each) for each in check_totals(library(*documents))]


def told(distance: str, totals: int) -> str:
    return (
        f"cn/guangxi/purchase_price/2024-06#/totals: totals_compared: {totals} printed totals, at most {distance} from the "
        "sums of their parts; what lies within half of the last printed place is rounding"
    )


def test_a_total_is_compared_with_all_parts_of_the_price_of_a_kwh() -> None:
    """0.5 + 0.1 + 0.04; 0.5 × 1.6667 + 0.14 = 0.97335."""
    total = notice({"untimed": "0.64", "bands": {"peak": "0.9734", "flat": "0.6400"}})
    assert findings(hours(), total) == [told("0.00005", 3)]


def test_a_total_further_than_rounding_takes_is_told_with_both_sums() -> None:
    total = notice({"untimed": "0.65"}, {"bands": {"peak": "0.9735"}})
    assert findings(hours(), total) == [
        "cn/guangxi/purchase_price/2024-06#/totals/0/untimed: total_apart: the printed total 0.65 is 0.01 from the sum of "
        "its parts 0.64 (industrial and commercial, two-part, 35kV, agency purchase, no time of use); compare both with the document; a "
        "misprint is entered as printed and corrected",
        "cn/guangxi/purchase_price/2024-06#/totals/1/bands/peak: total_near: the printed total 0.9735 is 0.00015 from the "
        "sum of its parts 0.97335 (industrial and commercial, two-part, 35kV, agency purchase, time of use), which is as far as parts "
        "that were rounded take it; compare both with the document; where they are right, say so under acknowledged",
        told("0.01", 2),
    ]


@pytest.mark.no_cover
def test_every_printed_total_of_the_library_is_its_parts_times_the_ratios() -> None:
    shipped = load_catalog()
    printed = [each for each in shipped.documents if isinstance(each, PriceDocument) and each.totals]
    compared = {each.id: tuple(compared_totals(shipped, each)) for each in printed}
    assert len(compared) > 100
    assert sum(map(len, compared.values())) > 3000
    assert all(compared.values()), "each of them was compared with something"
    beside = {document for document, totals in compared.items() if not all(each.is_rounding for each in totals)}
    assert beside == {each.id for each in printed if "total_near" in each.acknowledged}
    assert not any("total_apart" in each.acknowledged for each in printed)


def test_every_voltage_that_a_part_tells_apart_is_compared() -> None:
    dearer = [{**AGENT, "for": {"purchase": "agent", "voltage": "35kV"}, "price": "0.6"},
              {**AGENT, "for": {"purchase": "agent", "voltage": ["66kV", "110kV"]}}]  # fmt: skip
    total = notice({"untimed": "0.64"}, components=dearer)
    assert isinstance(total, PriceDocument)
    found = list(compared_totals(library(total), total))
    assert [(each.key.voltage, each.key.purchase, each.parts) for each in found] == [
        (Voltage.V35, Purchase.AGENT, Decimal("0.74")),
        (Voltage.V66, Purchase.AGENT, Decimal("0.64")),
    ]
    assert [each.is_rounding for each in found] == [False, True]


def test_prices_listed_by_band_are_added_as_they_are_and_contract_prices_not_at_all() -> None:
    listed = [{**AGENT, "price": {"bands": {"peak": "0.9"}, "unpriced": ["flat"]}},
              {"code": "own", "section": "energy", "price": "given", "for": {"purchase": "agent"}}]  # fmt: skip
    total = notice({"bands": {"peak": "1.04", "flat": "0.14"}}, components=listed)
    assert findings(total) == [told("0", 2)]
    assert findings(hours(), total) == [told("0", 2)]


def test_a_band_without_a_ratio_adds_nothing() -> None:
    total = notice({"bands": {"valley": "0.14"}})
    assert findings(hours(), total) == [told("0", 1)]
    assert findings(hours(ratios={}), total) == [told("0", 1)]


def test_totals_whose_parts_are_not_in_the_library_are_told() -> None:
    total = notice({"untimed": "0.64"})
    [finding] = check_totals(Catalog([structure(), total]))
    assert finding.code is FindingCode.TOTALS_NOT_COMPARED
    assert line_of(finding) == (
        "cn/guangxi/purchase_price/2024-06#/totals: totals_not_compared: the printed totals cannot be compared with their "
        "parts (no document of network prices is in force in cn-guangxi on 2024-06-01); add the missing part, or leave the totals out"
    )


def test_a_document_without_printed_totals_is_not_compared() -> None:
    assert findings(purchase(components=[AGENT])) == []


def test_a_printed_total_prints_something() -> None:
    raw = {
        "id": "cn/guangxi/purchase_price/2024-06",
        "kind": "purchase_price",
        "area": "cn-guangxi",
        "effective": {"from": "2024-06-01", "repealed_on": "2024-07-01"},
        "document": {"title": "a notice"},
        "evidence": "secondary",
        "recorded_on": "2026-11-21",
        "components": [AGENT],
        "totals": [{"for": {"billing": "two_part"}}],
    }
    with pytest.raises(InvalidInput) as caught:
        validated(AnyDocument, raw)
    assert str(caught.value) == (
        "/totals/0: inconsistent: a printed total is untimed or of bands, and this is neither; correct one of the two"
    )
