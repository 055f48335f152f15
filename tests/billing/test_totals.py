"""A notice of which only totals are known bills what a total can bill, and refuses what needs a part of it."""

from typing import Any

import pytest

from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.troubles import InvalidInput
from billcalc.tariff.check_prices import check_prices
from billcalc.tariff.components import PriceKey
from billcalc.tariff.reach import months, reach
from billcalc.vocabulary import Billing, CustomerClass, Kind, Purchase, Voltage
from tests.billing.cases import (
    NETWORK,
    SHOP,
    Data,
    bill,
    catalog,
    changed,
    day,
    entry,
    lines,
    prices,
    refusal,
    request,
)

TOTAL: Data = {
    "code": "energy_total",
    "section": "energy",
    "price": {"bands": {"peak": "1", "flat": "0.7", "valley": "0.4"}},
    "supplies": ["upstream_loss", "network_energy", "system_operation", "levies"],
}
ALONE = catalog(purchase=prices("purchase_price", [TOTAL]), network=None, levies=None)
BESIDE = catalog(purchase=prices("purchase_price", [TOTAL]))

UNASSESSED = {"agreement.0.supply_points.S1.power_factor_standard": "none"}


def shop(**changes: Any) -> Data:
    data = request(agreement=[entry("2020-01-01", groups={"main": SHOP}, basic={"mode": "exempt"})])
    return {**changed(data, UNASSESSED), **changes}


@pytest.mark.parametrize("tariffs", [ALONE, BESIDE])
def test_a_total_is_the_price_of_energy_with_all_its_parts_in_it(tariffs: Any) -> None:
    answer = bill(shop(), tariffs)

    # 1,000 × 1 + 2,000 × 0.7 + 3,000 × 0.4
    assert [(line.code, str(line.amount)) for line in answer.lines] == [
        ("energy_total", "1000.00"),
        ("energy_total", "1400.00"),
        ("energy_total", "1200.00"),
    ]
    assert str(answer.total) == "3600.00"


def test_capacity_is_paid_beside_a_total_where_a_document_prices_it() -> None:
    answer = bill(changed(request(), UNASSESSED), BESIDE)

    assert [str(line.amount) for line in lines(answer, "capacity")] == ["30000.00"]
    assert str(answer.total) == "33600.00"


def test_capacity_that_nothing_prices_is_refused_and_not_left_out() -> None:
    refused = refusal(changed(request(), UNASSESSED), ALONE)

    assert refused.code is RefusalCode.NO_PRICE
    assert refused.facts["wanted"] == "capacity_kva"


def test_a_power_factor_whose_base_has_a_part_of_the_total_is_refused() -> None:
    refused = refusal(request(), BESIDE)

    assert (refused.code, refused.where) == (RefusalCode.PRICE_PARTS_UNKNOWN, "/price_sheet")
    assert refused.facts == {"component": "energy_total"}


@pytest.mark.parametrize(
    "line",
    [
        {"code": "levies", "section": "levies"},
        {"code": "fund", "section": "levies"},
        {"code": "levies", "section": "energy"},
        {"code": "mine", "section": "energy", "supplies": ["network_energy"]},
    ],
)
def test_a_given_line_of_a_part_would_be_paid_twice_and_is_refused(line: Data) -> None:
    refused = refusal(shop(given=[{**line, "group": "main", "amount": "1"}]), ALONE)

    assert (refused.code, refused.where) == (RefusalCode.PRICE_PARTS_UNKNOWN, "/given")


def test_a_refund_and_a_line_for_the_whole_total_are_no_parts_of_it() -> None:
    refund = {"code": "levies", "section": "refunds", "group": "main", "amount": "-1"}
    whole = {"code": "mine", "section": "energy", "group": "main", "amount": "3000", "supplies": ["energy_total"]}

    assert str(bill(shop(given=[refund]), ALONE).total) == "3599.00"
    assert str(bill(shop(given=[whole]), ALONE).total) == "3000.00"


@pytest.mark.parametrize("kind", ["levies", "network_price"])
def test_a_price_of_the_requests_own_for_a_part_is_refused(kind: str) -> None:
    own = {"title": "own", "instead_of": [kind], "not_charged": ["levies"]}
    refused = refusal(shop(price_sheet=own), BESIDE)

    assert (refused.code, refused.where) == (RefusalCode.PRICE_PARTS_UNKNOWN, "/price_sheet/instead_of")


def test_own_prices_in_place_of_the_total_need_the_documents_of_the_other_kinds() -> None:
    own = {
        "title": "own",
        "instead_of": ["purchase_price"],
        "components": [{"code": "purchase", "section": "energy", "price": "0.5"}],
    }
    # 6,000 × (0.5 + 0.1 + 0.02)
    assert str(bill(shop(price_sheet=own), BESIDE).total) == "3720.00"
    assert refusal(shop(price_sheet=own), ALONE).code is RefusalCode.NO_DOCUMENT


def test_a_total_of_the_requests_own_takes_the_place_of_the_parts_that_documents_price() -> None:
    own = {"title": "own", "instead_of": ["purchase_price"], "components": [TOTAL]}

    assert str(bill(shop(price_sheet=own), catalog()).total) == "3600.00"


def test_a_total_does_not_stand_for_itself() -> None:
    for name in ("energy_total", "energy"):
        own = {**TOTAL, "supplies": [name]}
        with pytest.raises(InvalidInput, match="not for itself"):
            prices("purchase_price", [own])


def test_the_reach_of_a_total_is_that_of_its_bills() -> None:
    [july] = months(day("2024-07-01"), day("2024-07-31"))
    needs = ("bill", "capacity", "demand")

    def lacking(billing: Billing) -> set[tuple[str, Kind | None]]:
        key = PriceKey(
            customer_class=CustomerClass.INDUSTRIAL_COMMERCIAL,
            billing=billing,
            voltage=Voltage.FROM_1_TO_10,
            purchase=Purchase.AGENT,
            time_of_use=True,
        )
        gaps = reach(catalog=ALONE, area="cn-test", key=key, month=july).gaps
        return {(gap.needed_for.value, gap.kind) for gap in gaps if gap.needed_for in needs}

    assert lacking(Billing.ONE_PART) == set()
    assert lacking(Billing.TWO_PART) == {("capacity", Kind.NETWORK_PRICE), ("demand", Kind.NETWORK_PRICE)}


def test_the_check_asks_for_no_kind_that_is_in_every_total() -> None:
    dated = prices("purchase_price", [TOTAL], until="2025-01-01")
    parts = prices("purchase_price", [TOTAL, NETWORK[0]], until="2025-01-01")

    def incomplete(document: Any) -> list[str]:
        tariffs = catalog(purchase=document, network=None, levies=None)
        return [each.facts["kind"] for each in check_prices(tariffs, tariffs) if each.code == "area_incomplete"]

    assert incomplete(dated) == []
    assert incomplete(parts) == ["levies", "network_price"]
