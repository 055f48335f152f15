"""Prices that come with the request: of a contract, on a sheet of their own, for quantities of another name."""

from typing import Any

from billcalc.kernel.codes import FaultCode, RefusalCode
from tests.billing.cases import (
    HOME,
    INDUSTRY,
    LEVIES,
    PURCHASE,
    SHOP,
    Data,
    amounts,
    bill,
    catalog,
    changed,
    codes,
    energy,
    entry,
    fault,
    line,
    lines,
    point,
    prices,
    quantities,
    refusal,
    request,
    sheet,
)

# The customer's own prices

MARKET = {**INDUSTRY, "purchase": "market"}


def market(**prices_of_energy: str) -> Data:
    data = changed(request(), {"agreement.0.groups.main": MARKET})
    return (
        {**data, "price_sheet": {"title": "contract", "prices": {"purchase": prices_of_energy}}}
        if prices_of_energy
        else data
    )


def own() -> Any:
    return catalog(purchase=prices("purchase_price", [energy("purchase", "given"), *PURCHASE[1:]]))


def test_a_market_price_is_given_by_band_or_for_all() -> None:
    assert amounts(bill(market(peak="0.7", flat="0.4", valley="0.1"), own()), "purchase") == [
        "700.00",
        "800.00",
        "300.00",
    ]
    assert amounts(bill(market(total="0.3"), own()), "purchase") == ["1800.00"]
    mixed = bill(market(total="0.3", peak="0.7"), own())
    assert amounts(mixed, "purchase") == ["700.00", "600.00", "900.00"]
    assert mixed.evidence.value == "given"


def test_a_market_price_that_is_missing_is_refused() -> None:
    refused = refusal(market(), own())
    assert (refused.code, refused.where) == (RefusalCode.PRICE_NOT_GIVEN, "/price_sheet/prices")
    assert refused.facts == {"component": "purchase"}
    other = {**market(), "price_sheet": {"title": "contract"}}
    assert refusal(other, own()).code is RefusalCode.PRICE_NOT_GIVEN


def test_a_market_price_for_some_bands_only_is_found() -> None:
    found = fault(market(peak="0.7", flat="0.4"), own())
    assert (found.code, found.where) == (FaultCode.BAND_NOT_PRICED, "/price_sheet/prices/purchase")
    assert found.facts == {"component": "purchase", "band": "valley"}


def test_a_market_price_is_rounded_where_its_component_tells_to_what() -> None:
    rounded = [energy("purchase", "given", round={"price": "0.01"}, **{"for": {"time_of_use": True}})]
    answer = bill(market(total="0.2156146853"), catalog(purchase=prices("purchase_price", rounded)))
    assert (str(line(answer, "purchase").price), amounts(answer, "purchase")) == ("0.22", ["1320.00"])


def test_a_price_of_what_documents_price_is_found() -> None:
    found = fault({**request(), "price_sheet": {"title": "contract", "prices": {"purchase": {"total": "0.3"}}}})
    assert (found.code, found.where) == (FaultCode.UNKNOWN_REFERENCE, "/price_sheet/prices/purchase")


# The request's own sheet


def test_a_sheet_stands_in_for_all_documents_or_for_the_kinds_it_names() -> None:
    whole = bill(sheet(energy("base", "0.1")))
    assert [each.code for each in whole.lines] == ["base"]
    assert whole.evidence.value == "given"
    some = bill(sheet(energy("base", "0.1"), instead_of=["purchase_price"]))
    assert [each.code for each in some.lines] == ["base", "network_energy", "fund"]
    nothing = {**sheet(), "price_sheet": {"title": "none", "instead_of": ["purchase_price"]}}
    assert [each.code for each in bill(nothing).lines] == ["network_energy", "fund"]


def test_a_sheet_without_components_changes_nothing() -> None:
    data = {**request(), "price_sheet": {"title": "empty"}}
    assert amounts(bill(data)) == amounts(bill(request()))


def test_the_components_of_a_sheet_are_for_the_groups_they_name() -> None:
    groups = {"main": SHOP, "home": HOME}
    data = sheet(
        energy("base", "0.1", **{"for": {"class": "industrial_commercial"}}),
        energy("home", "0.5", **{"for": {"class": "residential"}}),
    )
    data = changed(
        data,
        {
            "agreement.0.groups": groups,
            "metering_points.0.children": [{"id": "R", "kind": "ratio", "group": "home", "value": "0.5"}],
        },
    )
    assert [(each.code, each.group, str(each.amount)) for each in bill(data).lines] == [
        ("base", "main", "300.00"),
        ("home", "home", "1500.00"),
    ]


def test_energy_that_nothing_prices_is_refused_unless_a_given_line_tells_its_money() -> None:
    data = sheet(energy("base", "0.1", **{"for": {"class": "residential"}}))
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.NO_PRICE, "/price_sheet")
    assert refused.facts["key"] == "main"
    given = [{"code": "agreed", "section": "energy", "group": "main", "amount": "12.00"}]
    assert amounts(bill({**data, "given": given})) == ["12.00"]
    refund = [{"code": "agreed", "section": "refunds", "group": "main", "amount": "12.00"}]
    assert refusal({**data, "given": refund}).code is RefusalCode.NO_PRICE


# Totals that stand for parts


def test_a_total_with_parts_on_both_sides_of_the_base_is_refused() -> None:
    total = energy("listed", "0.6", supplies=["purchase", "levies"])
    data = changed(sheet(total), {"agreement.0.supply_points.S1.power_factor_standard": "0.90"})
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.PRICE_PARTS_UNKNOWN, "/price_sheet")
    assert refused.facts == {"component": "listed"}
    assert amounts(bill(sheet(total))) == ["3600.00"]  # not assessed
    inside = changed(data, {"conventions.power_factor.base": {"include": {"sections": ["energy", "levies"]}}})
    assert str(line(bill(inside), "power_factor").quantity) == "3600.00"
    given = {
        "code": "adjusted",
        "section": "power_factor",
        "group": "main",
        "amount": "-1.00",
        "supplies": ["power_factor"],
    }
    assert amounts(bill({**data, "given": [given]})) == ["3600.00", "-1.00"]


# Quantities of another name


def net(**kwh: str) -> Data:
    data = sheet(energy("base", "0.1"), {"code": "fund", "section": "levies", "price": "0.02", "quantity": "net"})
    return {**data, "quantities": [{"name": "net", "group": "main", "kwh": kwh}]}


def test_a_component_may_be_priced_by_a_given_energy() -> None:
    answer = bill(net(total="-250"))
    assert (quantities(answer, "fund"), amounts(answer, "fund")) == (["-250"], ["-5.00"])
    assert amounts(answer, "base") == ["600.00"]
    banded = bill(net(peak="100", valley="50"))
    assert amounts(banded, "fund") == ["3.00"]
    both = net(total="100")
    both["price_sheet"]["components"].append({"code": "other", "section": "levies", "price": "1", "quantity": "gross"})
    both["quantities"].append({"name": "gross", "group": "main", "kwh": {"total": "7"}})
    assert amounts(bill(both), "other") == ["7.00"]
    alone = {**net(total="100"), "metering_points": []}
    assert [(each.code, str(each.amount)) for each in bill(alone).lines] == [("fund", "2.00")]


def test_a_given_energy_that_is_missing_twice_there_or_priced_by_nothing_is_found() -> None:
    missing = fault({**net(total="1"), "quantities": []})
    assert (missing.code, missing.where) == (FaultCode.UNKNOWN_REFERENCE, "/quantities")
    assert missing.facts["known"] == "billed_kwh"
    twice = {**net(total="1"), "quantities": net(total="1")["quantities"] * 2}
    found = fault(twice)
    assert (found.code, found.where) == (FaultCode.DUPLICATE_ID, "/quantities/1/name")
    unpriced = {**net(total="1")}
    unpriced["quantities"] = [*unpriced["quantities"], {"name": "gross", "group": "main", "kwh": {"total": "1"}}]
    assert fault(unpriced).facts["id"] == "gross"
    nobody = {**net(total="1")}
    nobody["quantities"] = [*nobody["quantities"], {"name": "net", "group": "nobody", "kwh": {"total": "1"}}]
    assert fault(nobody).where == "/quantities/1/group"


def test_a_given_energy_cannot_be_split_by_a_change_inside_the_period() -> None:
    data = net(total="100")
    home = changed(data["agreement"][0], {"from": "2024-07-11", "groups.main.purchase": "market"})
    data["agreement"] = [data["agreement"][0], home]
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, "/quantities")
    assert "fund" in str(refused)


def test_energy_of_a_meter_that_came_later_is_billed_for_its_days_only() -> None:
    later = point(id="M2", group="other")
    later["config"][0]["from"] = "2024-07-11"
    later["readings"][0].update(at="2024-07-11", kind="installation")
    both = entry("2024-07-11", groups={"main": INDUSTRY, "other": SHOP})
    data = request(agreement=[entry("2020-01-01"), both], metering_points=[point(), later])
    answer = bill(data)
    found = line(answer, "network_energy", group="other")
    assert (str(found.quantity), str(found.span)) == ("6000", "2024-07-11/2024-08-01")
    assert codes(answer) == set()
    dearer = [{**LEVIES[0], "price": "0.03"}, LEVIES[1]]
    answer = bill(data, catalog(levies=[prices("levies", LEVIES), prices("levies", dearer, "2024-07-06")]))
    assert [(each.group, str(each.quantity)) for each in lines(answer, "fund")] == [
        ("main", "968"),
        ("main", "5032"),
        ("other", "6000"),
    ]


def test_a_given_energy_in_a_band_that_has_no_price_is_refused() -> None:
    bands = {"bands": {"peak": "0.02"}, "unpriced": ["valley"]}
    data = net(peak="100", valley="50")
    data["price_sheet"]["components"][1]["price"] = bands
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.BAND_WITHOUT_PRICE, "/quantities/0/kwh/valley")
    assert amounts(bill(changed(data, {"quantities.0.kwh.valley": "0"})), "fund") == ["2.00"]
