"""Prices that float with the time of use: which do, by which ratios, from which day on, and what is refused."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billcalc.billing.bill import Bill, Line
from billcalc.billing.calculate import calculate
from billcalc.billing.planning.planner import make_plan
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Refusal
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.documents import Header
from billcalc.vocabulary import Band
from tests.tariff.samples import document

Data = dict[str, Any]

CLASS = "industrial_commercial"
PURCHASE: Data = {"code": "purchase", "section": "energy", "price": "0.5", "tags": ["floats"]}
DEVIATION: Data = {"code": "deviation", "section": "energy", "price": "0.01"}
LISTED: Data = {"code": "purchase", "section": "energy", "tags": ["floats"],
                "price": {"bands": {"peak": "0.9", "flat": "0.6", "valley": "0.3"}, "unpriced": ["sharp"]}}  # fmt: skip
OWN: Data = {"code": "purchase", "section": "energy", "price": "given", "tags": ["floats"]}
NETWORK: Data = {"code": "network_energy", "section": "network_energy", "price": "0.1"}
LEVY: Data = {"code": "fund", "section": "levies", "price": "0.02", "tags": ["levy"]}

SEASONS = {
    "dear": [{"from": "07-01", "to": "10-01"}, {"from": "12-01", "to": "02-01"}],
    "cheap": [{"from": "02-01", "to": "07-01"}, {"from": "10-01", "to": "12-01"}],
}


def ratio_row(season: str | None, peak: str, valley: str, sharp: str | None = None) -> Data:
    bands: Data = {
        "peak": {"of": "flat", "factor": peak},
        "flat": {"of": "untimed", "factor": "1"},
        "valley": {"of": "flat", "factor": valley},
    }
    if sharp is not None:
        bands["sharp"] = {"of": "peak", "factor": sharp}
    return {"bands": bands} if season is None else {"season": season, "bands": bands}


RATIOS = {"dear": ratio_row("dear", "1.8", "0.4", "1.25"), "cheap": ratio_row("cheap", "1.6", "0.5")}
AGENT = {"agent": {"for": {"purchase": "agent"}, "sections": ["energy"]}}


def hours(name: str = "2024-01", /, *, start: str | None = "2024-01-01", **told: Any) -> Header:
    tables = {
        "seasons": SEASONS,
        "remainder": "flat",
        "periods": {"all": {"bands": {"peak": ["08:00-12:00"], "valley": ["00:00-06:00"]}}},
        "ratios": RATIOS,
        "floats": AGENT,
    }
    return document(f"cn/nowhere/time_of_use/{name}", start=start, **{**tables, **told})


def library(*others: Header, purchase: Iterable[Data] = (PURCHASE,), network: Iterable[Data] = (NETWORK,)) -> Catalog:
    made_of = {CLASS: ["purchase_price", "network_price", "levies"]}
    return Catalog(
        [
            document("cn/national/price_structure/2021-12", start="2021-12-01", made_of=made_of),
            document("cn/nowhere/purchase_price/2024", start="2024-01-01", components=list(purchase)),
            document("cn/nowhere/network_price/2024", start="2024-01-01", components=list(network)),
            document("cn/nowhere/levies/2024", start="2024-01-01", components=[LEVY]),
            *others,
        ]
    )


KWH = {"peak": "300", "flat": "600", "valley": "900"}


def request(
    start: str = "2024-08-01", end: str = "2024-09-01", *, kwh: Data = KWH, group: Data | None = None, **told: Any
) -> Request:
    terms = {
        "class": CLASS, "billing": "one_part", "voltage": "10kV", "time_of_use": True, "purchase": "agent",
        **(group or {}),
    }  # fmt: skip
    raw = {
        "area": "cn-nowhere",
        "cycle": {"from": start, "to": end},
        "period": {"from": start, "to": end},
        "agreement": [
            {
                "from": start,
                "groups": {"main": terms},
                "supply_points": {"S1": {"power_factor_standard": "none"}},
                "basic": {"mode": "exempt"},
            }
        ],
        "metering_points": [
            {"id": "M1", "group": "main", "supply_point": "S1", "side": "high", "given": {"kwh": kwh}},
        ],
    }
    return validated(Request, {**raw, **told})


def billed(asked: Request, catalog: Catalog) -> Bill:
    answer = calculate(asked, catalog)
    assert isinstance(answer, Bill), answer
    assert sum(line.amount for line in answer.lines) == answer.total
    return answer


def refused(asked: Request, catalog: Catalog) -> str:
    answer = calculate(asked, catalog)
    assert isinstance(answer, Refusal)
    return str(answer)


def lines(bill: Bill, code: str) -> list[Line]:
    return [line for line in bill.lines if line.code == code]


def prices(bill: Bill, code: str = "purchase") -> dict[str, str]:
    """The price of each printed line of a component."""
    return {str(line.band or "all"): str(line.price) for line in lines(bill, code)}


# What floats


def test_a_price_that_floats_costs_in_each_band_what_its_ratio_says() -> None:
    bill = billed(request(), library(hours()))
    assert prices(bill) == {"peak": "0.90", "flat": "0.5", "valley": "0.20"}
    assert [line.amount for line in lines(bill, "purchase")] == [Decimal(270), Decimal(300), Decimal(180)]
    assert {source.id for source in bill.sources} >= {"cn/nowhere/time_of_use/2024-01"}


def test_only_what_the_document_names_floats() -> None:
    bill = billed(request(), library(hours()))
    assert prices(bill, "network_energy") == {"all": "0.1"}
    assert prices(bill, "fund") == {"all": "0.02"}
    by_code = hours(floats={"agent": {"for": {"purchase": "agent"}, "components": ["network_energy"]}})
    bill = billed(request(), library(by_code))
    assert prices(bill, "network_energy") == {"peak": "0.18", "flat": "0.1", "valley": "0.04"}
    assert prices(bill) == {"all": "0.5"}


def test_components_of_one_line_float_each_for_itself() -> None:
    parts = ({**PURCHASE, "line": "energy"}, {**DEVIATION, "line": "energy"})
    only_one = hours(floats={"agent": {"for": {"purchase": "agent"}, "tags": ["floats"]}})
    assert prices(billed(request(), library(hours(), purchase=parts)), "energy") == {
        "peak": "0.918", "flat": "0.51", "valley": "0.204",
    }  # fmt: skip
    assert prices(billed(request(), library(only_one, purchase=parts)), "energy") == {
        "peak": "0.91", "flat": "0.51", "valley": "0.21",
    }  # fmt: skip


def test_without_time_of_use_nothing_floats() -> None:
    asked = request(kwh={"total": "1800"}, group={"time_of_use": False})
    assert prices(billed(asked, library(hours()))) == {"all": "0.5"}


def test_a_listed_price_of_a_band_wins() -> None:
    bill = billed(request(), library(hours(), purchase=[LISTED]))
    assert prices(bill) == {"peak": "0.9", "flat": "0.6", "valley": "0.3"}
    assert "cn/nowhere/time_of_use/2024-01" not in {source.id for source in bill.sources}


def own(**told: str) -> Data:
    return {"price_sheet": {"title": "a contract", "prices": {"purchase": told}}}


def test_one_price_of_the_customers_own_floats_and_prices_of_bands_do_not() -> None:
    catalog = library(hours(), purchase=[OWN])
    assert prices(billed(request(**own(total="0.4")), catalog)) == {"peak": "0.72", "flat": "0.4", "valley": "0.16"}
    by_band = own(total="0.4", peak="0.6")
    assert prices(billed(request(**by_band), catalog)) == {"peak": "0.6", "flat": "0.4", "valley": "0.4"}


def test_a_component_of_the_requests_sheet_floats_as_one_of_a_document() -> None:
    sheet = {"title": "a notice", "instead_of": ["purchase_price"], "components": [PURCHASE]}
    assert prices(billed(request(price_sheet=sheet), library(hours()))) == {
        "peak": "0.90", "flat": "0.5", "valley": "0.20",
    }  # fmt: skip


# Rounding


def test_band_prices_are_rounded_where_the_document_says_so() -> None:
    document_rounds = hours(price_round={"step": "0.01", "of": "component"})
    odd = [{**PURCHASE, "price": "0.5123"}]
    assert prices(billed(request(), library(document_rounds, purchase=odd))) == {
        "peak": "0.92", "flat": "0.51", "valley": "0.20",
    }  # fmt: skip
    finer = [{**odd[0], "round": {"price": "0.001"}}]
    bill = billed(request(), library(document_rounds, purchase=finer))
    assert prices(bill) == {"peak": "0.922", "flat": "0.512", "valley": "0.205"}


def test_what_is_rounded_as_a_sum_can_be_told_for_one_component_only() -> None:
    of_the_sum = hours(price_round={"step": "0.01", "of": "sum"})
    odd = {**PURCHASE, "price": "0.5123"}
    assert prices(billed(request(), library(of_the_sum, purchase=[odd])))["peak"] == "0.92"
    assert refused(request(), library(of_the_sum, purchase=[odd, DEVIATION])) == (
        "/price_sheet: not_supported: a band price that is rounded as the sum of Energy purchase, deviation is not calculated "
        "yet; give the affected lines with the request"
    )


# Seasons


def test_a_season_that_changes_inside_the_period_cuts_what_floats_and_nothing_else() -> None:
    bill = billed(request("2024-09-16", "2024-10-16"), library(hours()))
    found = [(str(line.span), line.band, line.quantity, line.price) for line in lines(bill, "purchase")]
    assert found == [
        ("2024-09-16/2024-10-01", Band.PEAK, Decimal(150), Decimal("0.90")),
        ("2024-09-16/2024-10-01", Band.FLAT, Decimal(300), Decimal("0.5")),
        ("2024-09-16/2024-10-01", Band.VALLEY, Decimal(450), Decimal("0.20")),
        ("2024-10-01/2024-10-16", Band.PEAK, Decimal(150), Decimal("0.80")),
        ("2024-10-01/2024-10-16", Band.FLAT, Decimal(300), Decimal("0.5")),
        ("2024-10-01/2024-10-16", Band.VALLEY, Decimal(450), Decimal("0.25")),
    ]
    for code in ("network_energy", "fund"):
        [line] = lines(bill, code)
        assert (str(line.span), line.quantity) == ("2024-09-16/2024-10-16", Decimal(1800))
    assert ProblemCode.ENERGY_SPLIT_BY_DAYS in {problem.code for problem in bill.problems}


def pieces(asked: Request, catalog: Catalog) -> list[str]:
    return [str(piece.span) for piece in make_plan(asked, catalog)[0].pieces]


def test_a_season_cuts_nothing_where_nothing_floats() -> None:
    autumn, whole = ("2024-09-16", "2024-10-16"), ["2024-09-16/2024-10-16"]
    assert len(pieces(request(*autumn), library(hours()))) == 2
    assert pieces(request(*autumn), library(hours(), purchase=[LISTED])) == whole
    untimed = request(*autumn, kwh={"total": "1800"}, group={"time_of_use": False})
    assert pieces(untimed, library(hours())) == whole
    assert pieces(request(*autumn), library(purchase=[LISTED])) == whole


def test_seasons_whose_ratios_are_equal_cut_nothing() -> None:
    same = hours(ratios={"dear": ratio_row("dear", "1.6", "0.5"), "cheap": ratio_row("cheap", "1.6", "0.5")})
    bill = billed(request("2024-09-16", "2024-10-16"), library(same))
    assert [str(line.span) for line in lines(bill, "purchase")] == ["2024-09-16/2024-10-16"] * 3


def test_a_season_of_a_later_year_cuts_too() -> None:
    found = pieces(request("2025-01-16", "2025-02-16"), library(hours()))
    assert found == ["2025-01-16/2025-02-01", "2025-02-01/2025-02-16"]


# Documents that follow one another


def test_a_new_document_cuts_where_its_ratios_are_others() -> None:
    later = hours("2024-08-16", start="2024-08-16", ratios={"all": ratio_row(None, "2", "0.4")})
    bill = billed(request(), library(hours(), later))
    assert [(str(line.span), str(line.price)) for line in lines(bill, "purchase") if line.band is Band.PEAK] == [
        ("2024-08-01/2024-08-16", "0.90"),
        ("2024-08-16/2024-09-01", "1.0"),
    ]


def test_a_new_document_with_the_same_ratios_cuts_nothing_even_where_something_else_does() -> None:
    later = hours("2024-08-16", start="2024-08-16")
    assert pieces(request(), library(hours(), later)) == ["2024-08-01/2024-09-01"]
    dearer = document("cn/nowhere/levies/2024-08", start="2024-08-16", components=[{**LEVY, "price": "0.03"}])
    bill = billed(request(), library(hours(), later, dearer))
    assert [str(line.span) for line in lines(bill, "fund")] == ["2024-08-01/2024-08-16", "2024-08-16/2024-09-01"]
    assert [str(line.span) for line in lines(bill, "purchase")] == ["2024-08-01/2024-09-01"] * 3


def test_a_document_that_begins_inside_the_period_leaves_the_days_before_it_without_ratios() -> None:
    assert refused(request(), library(hours("2024-08-16", start="2024-08-16"))) == (
        "/area: no_document: no document of time of use is in force in cn-nowhere on 2024-08-01; add the document to "
        "the tariffs, or give its content with the request"
    )


def test_a_document_that_was_last_seen_before_the_period_is_doubted() -> None:
    seen = {"first": "2024-01-01", "last": "2024-08-15"}
    bill = billed(request(), library(hours(start=None, seen_in_force=seen)))
    [doubt] = [problem for problem in bill.problems if problem.code is ProblemCode.DOCUMENT_PAST_SEEN]
    assert doubt.facts == {"document": "cn/nowhere/time_of_use/2024-01", "last": "2024-08-15", "day": "2024-08-31"}


# What is refused, and what is not


def test_a_tagged_price_without_a_document_is_refused_and_another_is_billed_as_it_is() -> None:
    assert refused(request(), library()) == (
        "/area: no_document: no document of time of use is in force in cn-nowhere on 2024-08-01; add the document to "
        "the tariffs, or give its content with the request"
    )
    untagged = {**PURCHASE, "tags": []}
    assert prices(billed(request(), library(purchase=[untagged]))) == {"all": "0.5"}


MARKET = {"purchase": "market"}
NOT_TOLD = (
    "/area: no_price: time of use: there is no row for industrial and commercial, one-part, 1-10kV, {purchase}, "
    "time of use on 2024-08-01; add the row to the document cn/nowhere/time_of_use/2024-01, or give a price sheet with the request"
)


def test_a_document_that_does_not_tell_what_floats_for_a_customer_refuses_what_is_tagged() -> None:
    assert refused(request(group=MARKET), library(hours())) == NOT_TOLD.format(purchase="market purchase")
    untagged = {**PURCHASE, "tags": []}
    assert prices(billed(request(group=MARKET), library(hours(), purchase=[untagged]))) == {"all": "0.5"}


def test_a_document_may_tell_that_nothing_floats_for_a_customer() -> None:
    nothing = hours(floats={**AGENT, "market": {"for": {"purchase": "market"}}})
    assert prices(billed(request(group=MARKET), library(nothing))) == {"all": "0.5"}


def test_what_floats_without_ratios_is_refused() -> None:
    assert refused(request(), library(hours(ratios={}))) == NOT_TOLD.format(purchase="agency purchase")


def test_energy_in_a_band_without_a_ratio_is_refused_and_a_register_at_rest_is_not() -> None:
    sharp = {**KWH, "sharp": "50"}
    assert prices(billed(request(kwh=sharp), library(hours())))["sharp"] == "1.1250"
    june = ("2024-06-01", "2024-07-01")
    assert refused(request(*june, kwh=sharp), library(hours())) == (
        "/metering_points: band_without_price: group main used energy in band sharp, and Energy purchase has no price in it; "
        "check the registers: cn/nowhere/time_of_use/2024-01 knows the band and gives it no price; where the energy is "
        "right, give the component with the request (price_sheet)"
    )
    assert "sharp" not in prices(billed(request(*june, kwh={**KWH, "sharp": "0"}), library(hours())))


def test_energy_in_a_band_that_is_listed_as_unpriced_is_refused() -> None:
    catalog = library(hours(), purchase=[LISTED])
    told = refused(request(kwh={**KWH, "sharp": "50"}), catalog)
    assert told.startswith(
        "/metering_points: band_without_price: group main used energy in band sharp, and Energy purchase has"
    )
    assert "cn/nowhere/purchase_price/2024 knows the band and gives it no price" in told
    assert "sharp" not in prices(billed(request(kwh={**KWH, "sharp": "0"}), catalog))


@pytest.mark.parametrize("net_kwh", ["20", "-20"])
def test_a_named_quantity_of_either_sign_is_refused_in_a_band_without_a_ratio(net_kwh: str) -> None:
    net = {**PURCHASE, "code": "net", "quantity": "net_kwh"}
    asked: Data = {"quantities": [{"name": "net_kwh", "group": "main", "kwh": {"peak": "100", "sharp": net_kwh}}]}
    catalog = library(hours(), purchase=[PURCHASE, net])
    assert prices(billed(request(**asked), catalog), "net") == {"peak": "0.90", "sharp": "1.1250"}
    told = refused(request("2024-06-01", "2024-07-01", **asked), catalog)
    assert told.startswith(
        "/quantities/0/kwh/sharp: band_without_price: group main used energy in band sharp, and net has"
    )
    assert "cn/nowhere/time_of_use/2024-01 knows the band" in told


def test_the_ratios_are_those_of_the_days_whatever_month_prices_the_purchase() -> None:
    catalog = library(hours(), document("cn/nowhere/purchase_price/2024-10", start="2024-10-01", components=[
        {**PURCHASE, "price": "0.6"}]))  # fmt: skip
    bill = billed(request("2024-09-24", "2024-10-24"), catalog)
    assert [(line.span.start, str(line.price)) for line in lines(bill, "purchase") if line.band is Band.PEAK] == [
        (date(2024, 9, 24), "1.08"),
        (date(2024, 10, 1), "0.96"),
    ]
