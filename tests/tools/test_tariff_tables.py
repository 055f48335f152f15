"""The documents that are written from tables are those of the tables, to the byte."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import BandPrices, FlatPrice, PriceKey
from billcalc.tariff.documents import PriceDocument
from billcalc.vocabulary import Band, Billing, CustomerClass, Kind, Purchase, Section, Voltage
from tools.tariff_tables import ROOT, documents

WRITTEN: Mapping[Path, str] = dict(documents())


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT / "tariffs")))
def test_a_document_has_the_bytes_that_the_tables_give(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == WRITTEN[path]


def test_every_row_of_the_tables_is_of_a_document() -> None:
    catalog = load_catalog()
    ids = {str(path.relative_to(ROOT / "tariffs").with_suffix("")) for path in WRITTEN}
    found = [each for each in catalog.documents if each.id in ids]
    assert len(found) == len(WRITTEN)
    counted = sum(len(each.components) for each in found if isinstance(each, PriceDocument))
    assert counted == sum(text.count("\n- code: ") for text in WRITTEN.values())


def test_a_price_of_a_table_is_what_a_customer_pays() -> None:
    """Anhui, August 2026, 10 kV, two-part: the purchase and the network price as the notice prints them."""
    found = {each.id: each for each in load_catalog(areas=["cn-anhui"]).documents}
    purchase = found["cn/anhui/purchase_price/2026-08"]
    assert isinstance(purchase, PriceDocument)
    [row] = [
        total
        for total in purchase.totals
        if "two_part" in total.selector.billing and "1-10kV" in total.selector.voltage
    ]
    assert row.untimed == Decimal("0.6046")


MICRO = Decimal("0.000001")


def network_price(catalog: Catalog, document: PriceDocument, voltage: Voltage) -> Decimal | None:
    key = PriceKey(
        customer_class=CustomerClass.INDUSTRIAL_COMMERCIAL,
        billing=Billing.TWO_PART,
        voltage=voltage,
        purchase=Purchase.AGENT,
        time_of_use=True,
    )
    for each in catalog.matching(Kind.NETWORK_PRICE, area=document.area, key=key, day=document.start):
        if each.component.section is Section.NETWORK_ENERGY:
            assert isinstance(each.component.price, FlatPrice)
            return each.component.price.flat.value
    return None


def test_totals_that_are_known_alone_differ_between_voltages_as_the_network_prices_do() -> None:
    """Their flat prices, to what the rounding of both to six places takes."""
    catalog = load_catalog()
    count = 0
    for document in catalog.documents:
        if not isinstance(document, PriceDocument):
            continue
        flat = [
            (each.selector.voltage[0], each.price.bands[Band.FLAT].value)
            for each in document.components
            if each.code == "energy_total" and each.selector.billing == (Billing.TWO_PART,)
            if isinstance(each.price, BandPrices)
        ]
        known = [(network_price(catalog, document, voltage), price) for voltage, price in flat]
        for (lower, price), (upper, other) in pairwise((network, price) for network, price in known if network):
            assert lower is not None
            assert upper is not None
            assert abs((price - other) - (lower - upper)) <= 2 * MICRO, document.id
            count += 1
    assert count > 450
