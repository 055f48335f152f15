"""The documents that are written from tables are those of the tables, to the byte."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from billcalc.library.catalog import load_catalog
from billcalc.tariff.documents import PriceDocument
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
