"""Own prices that are hardly meant: a unit of another size, bands that changed places, what documents price as well."""

from typing import Any

import pytest

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import Data, amounts, bill, catalog, changed, codes, document, energy, problems, request, sheet
from tests.billing.changing import alternatives
from tests.billing.test_intervals import UNTIMED, metered

RANGE: Data = {"of": "energy", "unit": "CNY/kWh", "least": "-0.5", "most": "2"}
LIMITED = catalog(limits=document("plausibility", "2020-01-01", {"prices": [RANGE]}))


def market(**told: str) -> Data:
    """The shop's own prices of what a document prices as its own."""
    data = sheet(energy("market", None), instead_of=[])
    return changed(data, {"price_sheet": {"title": "contract", "components": [], "prices": {"purchase": told}}})


def own(**components: Any) -> Data:
    return sheet(*(energy(code, price) for code, price in components.items()))


def bands(peak: str, flat: str, valley: str) -> Data:
    return {"bands": {"peak": peak, "flat": flat, "valley": valley}}


@pytest.mark.parametrize("price", ["50", "2.01", "-0.51"])
def test_a_price_outside_what_prices_are_is_a_doubt(price: str) -> None:
    [found] = problems(bill(own(energy=price), LIMITED), ProblemCode.OWN_PRICE_IMPLAUSIBLE)
    assert (found.where, found.severity) == ("/price_sheet/components/0/price", Severity.DOUBT)
    assert found.facts == {
        "component": "energy", "least": "-0.5", "most": "2", "unit": "CNY/kWh", "quantity": "energy", "price": price,
    }  # fmt: skip


def test_a_price_within_and_one_of_which_no_document_tells_are_none() -> None:
    for data, tariffs in ((own(energy="2"), LIMITED), (own(energy="-0.5"), LIMITED), (own(energy="50"), catalog())):
        assert "own_price_implausible" not in codes(bill(data, tariffs))


@pytest.mark.parametrize("is_given", [True, False])
def test_prices_by_interval_are_held_to_it_in_the_mean(is_given: bool) -> None:
    """Prices of 400 are rather of a MWh."""
    series = {"step": "60", "start": "2024-07-01T00:00:00+08:00", "values": ["400"] * 48}
    price: Any = "given" if is_given else {"series": series}
    sheet: Data = {"title": "contract", "components": [energy("energy", price)]}
    data = {**metered(UNTIMED), "price_sheet": {**sheet, **({"series": {"energy": series}} if is_given else {})}}
    [found] = problems(bill(data, LIMITED), ProblemCode.OWN_PRICE_IMPLAUSIBLE)
    where = "/price_sheet/series/energy" if is_given else "/price_sheet/components/0/price/series"
    assert (found.where, found.facts["price"]) == (where, "400")


def test_prices_by_interval_of_which_none_is_known_are_held_to_nothing() -> None:
    series = {"step": "60", "start": "2024-07-01T00:00:00+08:00", "values": [None]}
    stands = {"code": "all", "section": "energy", "group": "main", "amount": "1.00", "supplies": ["energy"]}
    sheet = {"title": "contract", "components": [energy("energy", {"series": series})]}
    assert "own_price_implausible" not in codes(
        bill({**metered(UNTIMED), "price_sheet": sheet, "given": [stands]}, LIMITED)
    )


def test_limits_in_another_currency_tell_nothing() -> None:
    dollars = catalog(limits=document("plausibility", "2020-01-01", {"prices": [{**RANGE, "unit": "USD/kWh"}]}))
    assert "own_price_implausible" not in codes(bill(own(energy="50"), dollars))


def test_prices_of_bands_that_changed_places_are_a_doubt_at_the_dearer_band() -> None:
    found = problems(bill(own(energy=bands("0.2", "0.5", "0.8"))), ProblemCode.OWN_BANDS_NOT_ORDERED)
    assert [(each.where, each.facts["price"], each.facts["below"]) for each in found] == [
        ("/price_sheet/components/0/price/bands/peak", "0.2", "0.5"),
        ("/price_sheet/components/0/price/bands/flat", "0.5", "0.8"),
    ]
    assert "own_bands_not_ordered" not in codes(bill(own(energy=bands("0.5", "0.5", "0.5"))))


def test_prices_for_what_a_document_leaves_to_the_customer_are_held_to_the_same() -> None:
    given = catalog(
        purchase=document("purchase_price", "2020-01-01", {"components": [energy("purchase", "given")]}),
        limits=document("plausibility", "2020-01-01", {"prices": [RANGE]}),
    )
    found = bill(market(peak="0.4", flat="57.035", valley="0.14"), given)
    [implausible] = problems(found, ProblemCode.OWN_PRICE_IMPLAUSIBLE)
    assert implausible.where == "/price_sheet/prices/purchase/flat"
    [changed_places] = problems(found, ProblemCode.OWN_BANDS_NOT_ORDERED)
    assert changed_places.where == "/price_sheet/prices/purchase/peak"
    one = bill(market(total="0.4"), given)
    assert not {"own_price_implausible", "own_bands_not_ordered"} & codes(one)


def test_a_component_beside_a_document_of_its_section_is_a_doubt_with_the_money_without_it() -> None:
    answer = bill(changed(request(), {"price_sheet": {
        "title": "contract", "instead_of": [], "components": [energy("bought", bands("0.3", "0.2", "0.1"))],
    }}))  # fmt: skip
    [found] = problems(answer, ProblemCode.PRICED_TWICE)
    assert found.where == "/price_sheet/components/0"
    assert found.facts == {
        "component": "bought", "other": "purchase", "group": "main", "document": "cn-test/purchase_price/2020-01-01",
    }  # fmt: skip
    # 300.00 + 400.00 + 300.00, of which −0.75 % was given back
    assert alternatives(answer, ProblemCode.PRICED_TWICE) == [("without the component", "-992.50")]


def test_two_own_components_that_charge_alike_are_a_doubt_with_the_money_without_the_second() -> None:
    answer = bill(own(energy="0.5", bought="0.5"))
    [found] = problems(answer, ProblemCode.PRICED_ALIKE)
    assert (found.where, found.severity) == ("/price_sheet/components/1", Severity.DOUBT)
    assert found.facts == {
        "component": "bought", "other": "energy", "group": "main", "document": "request/price_sheet",
    }  # fmt: skip
    assert alternatives(answer, ProblemCode.PRICED_ALIKE)[0][0] == "without the component"
    assert str(answer.total / 2 - answer.total) == alternatives(answer, ProblemCode.PRICED_ALIKE)[0][1]
    assert "priced_alike" not in codes(bill(own(energy="0.5", bought="0.4")))


def test_components_of_documents_that_charge_alike_are_a_doubt_unless_the_document_tells_why() -> None:
    twice = {"components": [energy("purchase", "0.5"), energy("bought", "0.5")]}
    [found] = problems(
        bill(request(), catalog(purchase=document("purchase_price", "2020-01-01", twice))), ProblemCode.PRICED_ALIKE
    )
    assert (found.where, found.alternatives) == ("/tariffs/cn-test/purchase_price/2020-01-01", ())
    answered = document("purchase_price", "2020-01-01", {**twice, "acknowledged": {"charged_twice": "both are due"}})
    assert "priced_alike" not in codes(bill(request(), catalog(purchase=answered)))


def test_an_own_component_that_charges_what_a_document_does_is_the_one_in_doubt() -> None:
    fee = {"code": "fee", "section": "system_operation", "price": "0.01"}
    told = document("purchase_price", "2020-01-01", {"components": [energy("purchase", "0.5"), {**fee, "code": "old"}]})
    beside = {"title": "contract", "instead_of": [], "components": [fee]}
    [found] = problems(bill({**request(), "price_sheet": beside}, catalog(purchase=told)), ProblemCode.PRICED_ALIKE)
    assert (found.where, found.facts["other"]) == ("/price_sheet/components/0", "old")


def test_a_fee_of_a_section_with_several_and_one_in_place_of_a_document_are_priced_once() -> None:
    fee = {"code": "fee", "section": "system_operation", "price": "0.01"}
    beside = {"title": "contract", "instead_of": [], "components": [fee]}
    assert "priced_twice" not in codes(bill({**request(), "price_sheet": beside}))
    instead = {
        "title": "contract",
        "instead_of": ["purchase_price"],
        "components": [energy("bought", bands("3", "2", "1"))],
    }
    assert "priced_twice" not in codes(bill({**request(), "price_sheet": instead}))


def test_what_prices_another_quantity_beside_a_document_is_priced_once() -> None:
    """1200 kWh that a roof fed back at -0.4."""
    feed_in = {"code": "feed_in", "section": "energy", "quantity": "fed_back_kwh", "price": "-0.4"}
    exported = {"name": "fed_back_kwh", "group": "main", "kwh": {"total": "1200"}}
    beside = {"title": "roof", "instead_of": [], "components": [feed_in]}
    answer = bill({**request(), "quantities": [exported], "price_sheet": beside})
    assert amounts(answer, "feed_in") == ["-480.00"]
    assert "priced_twice" not in codes(answer)


def test_one_named_quantity_that_a_document_prices_as_well_is_priced_twice() -> None:
    net = {"section": "energy", "quantity": "net_kwh", "price": "0.4"}
    told = document("purchase_price", "2020-01-01", {"components": [energy("purchase", "0.5"), {"code": "net", **net}]})
    beside = {"title": "contract", "instead_of": [], "components": [{"code": "own_net", **net, "price": "0.3"}]}
    named = {"name": "net_kwh", "group": "main", "kwh": {"total": "1200"}}
    answer = bill({**request(), "quantities": [named], "price_sheet": beside}, catalog(purchase=told))
    [found] = problems(answer, ProblemCode.PRICED_TWICE)
    assert (found.facts["component"], found.facts["other"]) == ("own_net", "net")


def test_a_base_of_the_power_factor_that_has_no_line_is_a_doubt() -> None:
    here = "/conventions/power_factor/base"
    told = changed(request(), {"conventions.power_factor.base": {"include": {"sections": ["catalogue"]}}})
    found = problems(bill(told), ProblemCode.STATED_WITHOUT_EFFECT)
    assert [(each.where, each.severity) for each in found if each.where == here] == [(here, Severity.DOUBT)]
    line = {"code": "x", "section": "energy", "group": "main", "amount": "1.00", "power_factor": "base"}
    for some in ({"include": {"sections": ["energy"]}}, {"include": {"sections": ["catalogue"]}}):
        given = {**changed(told, {"conventions.power_factor.base": some}), "given": [line]}
        assert here not in {each.where for each in problems(bill(given), ProblemCode.STATED_WITHOUT_EFFECT)}


@pytest.mark.parametrize(
    ("price", "place"), [("0", "price"), (bands("0.8", "0.0", "0"), "price/bands/valley"), ({"flat": "0.00"}, "price")]
)
def test_a_price_of_exactly_nothing_is_a_doubt(price: Any, place: str) -> None:
    found = problems(bill(own(energy=price), LIMITED), ProblemCode.PRICED_AT_NOTHING)
    assert f"/price_sheet/components/0/{place}" in [each.where for each in found]
    assert {each.severity for each in found} == {Severity.DOUBT}
    assert found[0].facts == {"component": "energy", "section": "energy"}


def test_nothing_for_what_a_document_leaves_to_the_customer_is_the_same() -> None:
    given = catalog(purchase=document("purchase_price", "2020-01-01", {"components": [energy("purchase", "given")]}))
    [found] = problems(bill(market(total="0"), given), ProblemCode.PRICED_AT_NOTHING)
    assert found.where == "/price_sheet/prices/purchase/total"


def test_nothing_that_no_such_price_can_be_is_doubted_once() -> None:
    above = catalog(limits=document("plausibility", "2020-01-01", {"prices": [{**RANGE, "least": "0.1"}]}))
    found = codes(bill(own(energy="0"), above))
    assert "own_price_implausible" in found
    assert "priced_at_nothing" not in found


def test_a_given_line_of_nothing_that_stands_for_energy_that_was_used_is_a_doubt() -> None:
    line = {"code": "market", "section": "energy", "group": "main", "amount": "0.00", "supplies": ["purchase"]}
    answer = bill(request(given=[line]))
    [found] = problems(answer, ProblemCode.PRICED_AT_NOTHING)
    assert (found.where, found.facts) == ("/given/0", {"component": "purchase", "section": "energy"})
    # 2400.00, less the 0.75 % of it
    assert alternatives(answer, ProblemCode.PRICED_AT_NOTHING) == [("priced", "2382.00")]
    for changes in ({"amount": "0.01"}, {"section": "refunds", "supplies": []}):
        assert "priced_at_nothing" not in codes(bill(request(given=[{**line, **changes}])))


def test_nothing_for_nothing_is_right() -> None:
    line = {"code": "market", "section": "energy", "group": "main", "amount": "0.00", "supplies": ["purchase"]}
    still = {f"metering_points.0.readings.1.{band}": "0" for band in ("peak", "flat", "valley", "reactive_forward")}
    assert "priced_at_nothing" not in codes(bill(changed(request(given=[line]), still)))
