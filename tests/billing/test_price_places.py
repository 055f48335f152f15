"""Prices in fen for yuan, wherever a request tells one, are doubts by name: fees, minimums, tiers, given lines."""

from typing import Any

import pytest

from billcalc.files.documents import read_document
from billcalc.kernel.codes import ProblemCode
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import (
    TARIFFS,
    Data,
    bill,
    catalog,
    changed,
    codes,
    document,
    energy,
    problems,
    request,
    sheet,
)

LIMITS: Any = read_document(TARIFFS / "cn/national/plausibility/1996-10.yaml").data
PRICES = catalog(limits=document("plausibility", "1996-10-08", {"prices": LIMITS["prices"]}))


def beside(section: str, quantity: str, price: str, **more: Any) -> Data:
    """A component beside a price of energy of the request's own."""
    return sheet(
        energy("energy", "0.5"), {"code": "some", "section": section, "quantity": quantity, "price": price, **more}
    )


@pytest.mark.parametrize(
    ("section", "quantity", "price", "more"),
    [
        ("system_operation", "months", "30", {}),
        ("system_operation", "days", "3", {}),
        ("network_capacity", "capacity_kva", "24", {}),
        ("minimum", "months", "100", {"minimum_of": "bill"}),
        ("minimum", "capacity_kva", "10", {"minimum_of": "bill"}),
        ("levies", "billed_kwh", "0.02", {}),
        ("system_operation", "kvarh", "0.02", {}),
        ("power_factor", "billed_kwh", "0.01", {}),
        ("upstream_loss", "billed_kwh", "0.02", {}),
    ],
)
def test_a_price_in_fen_is_a_doubt(section: str, quantity: str, price: str, more: Data) -> None:
    for told, is_found in ((price, False), (f"{float(price) * 100:g}", True)):
        found = problems(bill(beside(section, quantity, told, **more), PRICES), ProblemCode.OWN_PRICE_IMPLAUSIBLE)
        assert [each.where for each in found] == (["/price_sheet/components/1/price"] if is_found else [])


def given(amount: str, *supplies: str, **more: Any) -> Data:
    """A line that stands for some of what July's 6,000 kWh of the invented area pay."""
    line = {"code": "some", "section": "energy", "group": "main", "amount": amount, "supplies": [*supplies], **more}
    return {**request(), "given": [line]}


@pytest.mark.parametrize(
    ("amount", "supplies", "bounds"),
    [
        ("300.00", ["purchase"], None),  # 6000 × 0.05
        ("299.99", ["purchase"], ("0.05", "2")),
        ("30.00", ["purchase"], ("0.05", "2")),
        ("12000.00", ["purchase"], None),
        ("12000.01", ["purchase"], ("0.05", "2")),
        ("-300.00", ["purchase"], ("0.05", "2")),
        ("36000.00", ["fund"], ("0", "0.06")),
        ("120.00", ["fund"], None),
        ("60.00", ["network_energy"], None),
        ("59.99", ["network_energy"], ("0.01", "0.5")),
        ("360.00", ["purchase", "network_energy"], None),  # 6000 × (0.05 + 0.01)
        ("359.99", ["purchase", "network_energy"], ("0.06", "2.5")),
        ("1.00", ["capacity"], None),  # no energy
    ],
)
def test_given_lines_for_energy_are_held_to_what_its_prices_make(
    amount: str, supplies: list[str], bounds: tuple[str, str] | None
) -> None:
    found = problems(bill(given(amount, *supplies), PRICES), ProblemCode.GIVEN_PRICE_IMPLAUSIBLE)
    assert [(each.facts["least"], each.facts["most"]) for each in found] == ([] if bounds is None else [bounds])
    for each in found:
        assert (each.where, each.facts["component"], each.facts["used"]) == ("/given/0", supplies[0], "6000")


def test_exactly_nothing_is_told_as_that_and_lines_that_share_a_component_by_no_price() -> None:
    nothing = codes(bill(given("0.00", "purchase"), PRICES))
    assert ("priced_at_nothing" in nothing, "given_price_implausible" in nothing) == (True, False)
    two = given("1.00", "purchase")
    other = {"code": "other", "section": "network_energy", "group": "main", "amount": "2.00"}
    two["given"].append({**other, "supplies": ["purchase", "network_energy"]})
    assert "given_price_implausible" not in codes(bill(two, PRICES))


def test_where_no_document_tells_a_price_of_one_part_nothing_is_held() -> None:
    some: Catalog = catalog(limits=document("plausibility", "1996-10-08", {"prices": LIMITS["prices"][:1]}))
    assert "given_price_implausible" not in codes(bill(given("1.00", "purchase", "network_energy"), some))
    assert "given_price_implausible" not in codes(bill(changed(given("1.00", "purchase"), {}), catalog()))
