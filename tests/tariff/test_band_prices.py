"""What a component costs in each band: listed, floating, or one price for all."""

from datetime import date
from decimal import Decimal
from typing import Any

from billcalc.tariff.band_prices import band_prices
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import Component
from billcalc.vocabulary import Band
from tests.tariff.samples import FACTORY, document

DAY = date(2024, 6, 1)
RATIOS = {
    "sharp": {"of": "peak", "factor": "1.25"},
    "peak": {"of": "flat", "factor": "1.7"},
    "flat": {"of": "untimed", "factor": "1"},
}
HOURS = {
    "remainder": "flat",
    "periods": {"all": {"bands": {"peak": ["08:00-12:00"], "sharp": ["11:00-12:00"]}}},
    "ratios": {"all": {"bands": RATIOS}},
    "floats": {"agent": {"sections": ["energy"]}},
    "price_round": {"step": "0.0001", "of": "component"},
}


def catalog(conventions: dict[str, Any] | None = None, **told: Any) -> Catalog:
    hours = document("cn/guangxi/time_of_use/2024", start="2024-01-01", **{**HOURS, **told})
    if conventions is None:
        return Catalog([hours])
    told_by = document("cn/guangxi/conventions/2024", start="2024-01-01", conventions=conventions)
    return Catalog([hours, told_by])


def prices(library: Catalog, *, time_of_use: bool = True, **component: Any) -> dict[str, Decimal] | None:
    told = {"code": "purchase", "section": "energy", "price": "0.41235", **component}
    key = FACTORY.model_copy(update={"time_of_use": time_of_use})
    found = band_prices(library, area="cn-guangxi", key=key, day=DAY, component=Component.model_validate(told))
    return None if found is None else {band.value: price for band, price in found.items()}


def test_a_price_floats_and_is_rounded_as_a_bill_rounds_it() -> None:
    """0.41235 × 1.7 = 0.700995 → 0.7010; × 1.25 of the rounded peak = 0.87625 → 0.8763, of the exact one 0.87624375."""
    whole = {"flat": Decimal("0.4124"), "peak": Decimal("0.7010"), "sharp": Decimal("0.8763")}
    assert prices(catalog()) == whole
    assert prices(catalog({"time_of_use": {"ratio_of": "exact"}})) == {**whole, "sharp": Decimal("0.8762")}
    unrounded = {"flat": Decimal("0.41235"), "peak": Decimal("0.700995"), "sharp": Decimal("0.87624375")}
    assert prices(catalog(price_round=None)) == unrounded


def test_of_prices_by_interval_the_mean_is_told() -> None:
    start = "2024-06-01T00:00:00+08:00"
    for values, mean in ((["0.5", "0.25", None], {"total": Decimal("0.375")}), ([None], None)):
        series = {"step": "60", "start": start, "values": values}
        assert prices(catalog(), price={"series": series}) == mean


def test_the_components_own_step_goes_before() -> None:
    assert prices(catalog(), round={"price": "0.01"}) == {
        "flat": Decimal("0.41"), "peak": Decimal("0.70"), "sharp": Decimal("0.88"),
    }  # fmt: skip
    assert prices(catalog(), round={"price": "0.01"}, section="levies") == {"total": Decimal("0.41")}
    listed = {"bands": {"peak": "0.555", "flat": "0.444"}}
    assert prices(catalog(), price=listed, round={"price": "0.01"}) == {
        "peak": Decimal("0.56"),
        "flat": Decimal("0.44"),
    }


def test_what_does_not_float_costs_the_same_in_all_bands() -> None:
    assert prices(catalog(), time_of_use=False) == {"total": Decimal("0.41235")}
    assert prices(Catalog([])) == {"total": Decimal("0.41235")}
    assert prices(catalog(), quantity="capacity_kva") == {"total": Decimal("0.41235")}


def test_prices_of_the_customers_own_contract_are_not_known_and_bands_without_a_ratio_have_none() -> None:
    assert prices(catalog(), price="given") is None
    assert prices(catalog(ratios={})) == {}
    assert Band.TOTAL.value not in (prices(catalog()) or {})
