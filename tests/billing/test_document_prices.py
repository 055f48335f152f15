"""Prices of a library that nobody checked, which a bill rests on: what is hardly meant is told on the bill."""

from typing import Any

import pytest

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.check import check
from billcalc.tariff.findings import FindingCode
from tests.billing.cases import PURCHASE, Data, bill, catalog, codes, document, energy, prices, problems, request
from tests.billing.test_intervals import UNTIMED, metered

RANGES: Data = {
    "prices": [
        {"of": "energy", "unit": "CNY/kWh", "least": "-0.5", "most": "2"},
        {"of": "capacity_kva", "unit": "CNY/kVA", "least": "5", "most": "60"},
    ],
}
WHERE = "/tariffs/cn-test/purchase_price/2020-01-01"


def bought(price: Any, **header: Any) -> Catalog:
    components = [energy("purchase", price, **{"for": {"time_of_use": True}}), PURCHASE[1]]
    limits = document("plausibility", "2020-01-01", RANGES)
    return catalog(limits=limits, purchase=prices("purchase_price", components, **header))


def bands(peak: str, flat: str, valley: str) -> Data:
    return {"bands": {"peak": peak, "flat": flat, "valley": valley}}


def test_prices_by_interval_are_held_to_it_in_the_mean() -> None:
    """Prices of 400 are rather of a MWh; half an hour of 5 is none."""
    start = "2024-07-01T00:00:00+08:00"
    for values, is_told in ((["400"] * 48, True), (["0.5"] * 47 + ["5"], False), ([None], False)):
        component = {**energy("purchase", {"series": {"step": "60", "start": start, "values": values}})}
        limits = document("plausibility", "2020-01-01", RANGES)
        tariffs = catalog(limits=limits, purchase=prices("purchase_price", [component]))
        found = check(Catalog(tariffs.documents, version="1"), tariffs)
        assert any(each.code is FindingCode.PRICE_IMPLAUSIBLE for each in found) is is_told
        if None not in values:
            answer = bill(metered(UNTIMED), tariffs)
            assert bool(problems(answer, ProblemCode.OWN_PRICE_IMPLAUSIBLE)) is is_told


def test_a_price_in_fen_is_a_doubt_at_its_document() -> None:
    answer = bill(request(), bought(bands("80", "0.5", "0.2")))
    [found] = problems(answer, ProblemCode.OWN_PRICE_IMPLAUSIBLE)
    assert (found.where, found.severity, found.facts["price"]) == (WHERE, Severity.DOUBT, "80")
    assert "cn-test/plausibility/2020-01-01" in answer.documents


@pytest.mark.parametrize(
    ("price", "code"),
    [
        (bands("0.8", "0.5", "0.00"), "priced_at_nothing"),
        ("0", "priced_at_nothing"),
        (bands("0.5", "0.8", "0.2"), "own_bands_not_ordered"),
    ],
)
def test_a_price_of_nothing_and_bands_that_changed_places_are_doubts(price: Any, code: str) -> None:
    [found] = problems(bill(request(), bought(price)), ProblemCode(code))
    assert found.where == WHERE


def test_prices_as_they_are_and_what_is_acknowledged_are_none() -> None:
    doubts = {"own_price_implausible", "priced_at_nothing", "own_bands_not_ordered"}
    assert not doubts & codes(bill(request(), bought(bands("0.8", "0.5", "0.2"))))
    right = {"acknowledged": {"price_implausible": "printed so"}}
    assert not doubts & codes(bill(request(), bought(bands("80", "0.5", "0"), **right)))


def test_what_is_no_energy_has_no_order_and_may_be_nothing() -> None:
    levy = prices(
        "levies", [{"code": "fund", "section": "levies", "tags": ["levy"], "price": bands("0", "0.02", "0.02")}]
    )
    tariffs = catalog(limits=document("plausibility", "2020-01-01", RANGES), levies=levy)
    assert not {"priced_at_nothing", "own_bands_not_ordered"} & codes(bill(request(), tariffs))


def test_what_the_contract_prices_and_the_requests_own_prices_are_held_to_their_own_places() -> None:
    sheet = {"title": "contract", "prices": {"purchase": {"total": "80"}}}
    answer = bill({**request(), "price_sheet": sheet}, bought("given"))
    assert [each.where for each in problems(answer, ProblemCode.OWN_PRICE_IMPLAUSIBLE)] == [
        "/price_sheet/prices/purchase/total"
    ]
    own = {"title": "contract", "instead_of": ["purchase_price"], "components": [energy("bought", "80")]}
    answer = bill({**request(), "price_sheet": own}, bought("0.5"))
    assert [each.where for each in problems(answer, ProblemCode.OWN_PRICE_IMPLAUSIBLE)] == [
        "/price_sheet/components/0/price"
    ]
