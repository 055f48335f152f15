"""A page of documents and a price sheet as data."""

from datetime import date

import pytest

from billcalc.fields import validated
from billcalc.kernel.sources import Evidence, Source
from billcalc.tariff.catalog import InForce, PriceSheet, SheetComponent
from billcalc.tariff.components import Component
from billcalc.wire.tariffs import page_data, price_sheet_data
from tests.billing.cases import AREA

CONTRACT = Source("request/price_sheet", "合同", Evidence.GIVEN)


@pytest.mark.parametrize(
    ("price", "data"),
    [
        ("0.0500", {"flat": "0.05"}),
        ({"bands": {"peak": "0.9", "valley": "0.3"}}, {"bands": {"peak": "0.9", "valley": "0.3"}}),
        ("given", None),
        (
            {"series": {"step": "60", "start": "2024-06-01T00:00:00+08:00", "values": ["0.10", None]}},
            {"series": {"step": 60, "start": "2024-06-01T00:00:00+08:00", "values": ["0.1", None]}},
        ),
    ],
)
def test_a_component_has_its_price_for_all_bands_or_by_band_or_with_the_request(price: object, data: object) -> None:
    component = validated(Component, {"code": "purchase", "section": "energy", "price": price, "tags": ["levy"]})
    structure = InForce(None, CONTRACT)
    sheet = PriceSheet((SheetComponent(component, CONTRACT),), structure, ())

    [found] = price_sheet_data(sheet, area="cn-x", on=date(2024, 6, 1), tariff_set="1")["components"]

    assert found == {
        "code": "purchase",
        "section": "energy",
        "line": "purchase",
        "quantity": "billed_kwh",
        "price": data,
        "tags": ["levy"],
        "source": "request/price_sheet",
    }


def test_a_page_lists_documents_and_tells_where_the_next_begins() -> None:
    first, *_ = AREA.documents
    page = page_data([first], next_cursor="bmV4dA==", tariff_set=AREA.version)
    assert (page["items"][0]["id"], page["next_cursor"], page["tariff_set"]) == (first.id, "bmV4dA==", AREA.version)
