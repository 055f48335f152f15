"""What utilities do, inferred from their bills: Anhui, the Pearl River Delta, Guangdong."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import exact_sum
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.conventions import Conventions, RoundScope, SharpElsewhere, WithoutSharp
from billcalc.vocabulary import Kind
from tests.billing.cases import SHOP, Data, changed, entry, lines, point, problems, reading, request

AREAS = ("cn-anhui", "cn-guangdong", "cn-guangdong-prd5")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(areas=AREAS)


def told(catalog: Catalog, area: str, day: date) -> Conventions:
    found: Conventions = catalog.in_force(Kind.CONVENTIONS, area, day).document.conventions
    return found


def billed(data: Data, catalog: Catalog) -> Bill:
    answer = calculate(validated(Request, data), catalog)
    assert isinstance(answer, Bill), str(answer)
    return answer


def delta(start: str, end: str, area: str = "cn-guangdong-prd5", **components: str) -> Data:
    """A shop in Guangzhou on prices that float, with a kWh of each band, one day of the month being hot."""
    sections = {
        "purchase": "energy",
        "network": "network_energy",
        "loss": "upstream_loss",
        "operation": "system_operation",
    }
    sheet = {
        "title": "notice",
        "components": [{"code": code, "section": sections[code], "price": price} for code, price in components.items()],
    }
    data = request(start, end, agreement=[entry("2020-01-01", groups={"main": SHOP}, basic={"mode": "exempt"})])
    data = changed(data, {"agreement.0.supply_points.S1.power_factor_standard": "none", "area": area})
    kwh = dict.fromkeys(("sharp", "peak", "flat", "valley"), "1000")
    heat = {f"{start[:8]}{day:02}": "36" if day == 5 else "30" for day in range(1, 32)}
    data = {**data, "price_sheet": sheet, "events": {"guangzhou_max_temperature": heat}}
    return changed(data, {"metering_points.0.given": {"kwh": kwh}})


def price_of(answer: Bill, band: str) -> Decimal:
    return exact_sum(line.price for line in answer.lines if line.band == band and line.price is not None)


def test_the_prices_of_a_bill_form_of_may_2024_follow_from_its_components(catalog: Catalog) -> None:
    """Guangzhou, large industry on 1-10 kV, less 0.02766875 of levies (Accurio/CSG-Bill-Reader, bill.png)."""
    data = delta("2024-05-01", "2024-06-01", purchase="0.5167", network="0.1260", loss="0.0161", operation="0.0230")
    answer = billed(data, catalog)
    printed = {"sharp": "1.4490", "peak": "1.1591", "flat": "0.6818", "valley": "0.2590"}
    assert {band: str(price_of(answer, band)) for band in printed} == printed
    assert "cn/guangdong-prd5/conventions/2023-06" in {source.id for source in answer.sources}


@pytest.mark.parametrize(("area", "start", "end"), [
    ("cn-guangdong-prd5", "2023-10-01", "2023-11-01"), ("cn-guangdong", "2024-10-01", "2024-11-01"),
])  # fmt: skip
def test_upstream_loss_is_rounded_at_peak_before_it_is_sharp(catalog: Catalog, area: str, start: str, end: str) -> None:
    answer = billed(delta(start, end, area, loss="0.0155", purchase="0.4"), catalog)
    assert [str(line.price) for line in lines(answer, "loss")] == ["0.0330", "0.0264", "0.0155", "0.0059"]


def test_the_sharp_register_of_a_month_without_a_hot_day_is_billed_at_peak(catalog: Catalog) -> None:
    data = delta("2023-12-01", "2024-01-01", purchase="0.4")
    data = changed(data, {"events.guangzhou_max_temperature.2023-12-05": "30"})
    answer = billed(data, catalog)
    assert [(line.band, str(line.quantity)) for line in lines(answer, "purchase")] == [
        ("peak", "2000"), ("flat", "1000"), ("valley", "1000"),
    ]  # fmt: skip
    assert not [each for each in problems(answer, ProblemCode.CONVENTION_UNDOCUMENTED)
                if each.facts["key"] == "kwh.sharp_elsewhere"]  # fmt: skip


def test_demand_is_billed_to_a_hundredth_of_a_kilowatt_there(catalog: Catalog) -> None:
    assert told(catalog, "cn-guangdong-prd5", date(2023, 6, 1)).basic.demand_round == Decimal("0.01")
    assert told(catalog, "cn-guangdong-prd5", date(2023, 6, 1)).kwh.sharp_elsewhere is SharpElsewhere.PEAK


# Anhui

ANHUI: dict[str, Any] = {
    "market": ("energy", "0.40123"),
    "network_energy": ("network_energy", "0.1131"),
    "renewable": ("levies", "0.019"),
    "reservoir": ("levies", "0.00623"),
    "water_projects": ("levies", "0.00364"),
}


def anhui(**kwh: str) -> Data:
    """March 2024 by the conventions alone, with prices by band."""
    by_band = {"market": ("0.6981402", "0.40123", "0.15327"), "network_energy": ("0.19679", "0.1131", "0.0432")}
    components = []
    for code, (section, price) in ANHUI.items():
        bands = dict(zip(("peak", "flat", "valley"), by_band.get(code, (price,)), strict=False))
        components.append({"code": code, "section": section, "price": {"bands": bands} if code in by_band else price})
    components.append({"code": "demand", "section": "network_capacity", "quantity": "demand_kw", "price": "40"})
    shown = {"peak": "1025", "flat": "2011", "valley": "3007", "reactive_forward": "0", "maximum_demand": "83.4", **kwh}
    readings = [
        reading("2024-03-01", "opening", **dict.fromkeys(shown, "0")),
        reading("2024-04-01", "closing", **shown),
    ]
    config = [{"from": "2020-01-01", "meter": "A", "multiplier": "1", "digits": "6"}]
    data = request("2024-03-01", "2024-04-01", agreement=[entry("2020-01-01", basic={"mode": "actual"})],
                   metering_points=[point(readings=readings, config=config)])  # fmt: skip
    return {**data, "area": "cn-anhui", "price_sheet": {"title": "contract", "components": components}}


def test_a_month_of_anhui_is_rounded_as_its_bills_are(catalog: Catalog) -> None:
    answer = billed(anhui(), catalog)
    found = {code: [str(line.amount) for line in lines(answer, code)] for code in ("network_energy", "water_projects")}
    # by hand in tests/billing/test_together.py
    assert found == {"network_energy": ["201.71", "227.44", "129.90"], "water_projects": ["21.99"]}
    assert [str(line.quantity) for line in lines(answer, "demand")] == ["83"]  # of 83.4
    assert not [each for each in problems(answer, ProblemCode.CONVENTION_UNDOCUMENTED)
                if each.facts["key"] in ("levies.round_per", "basic.demand_round", "power_factor.round")]  # fmt: skip


def test_anhui_prints_sharp_hours_apart_since_july_2024(catalog: Catalog) -> None:
    early, late = (told(catalog, "cn-anhui", day) for day in (date(2024, 6, 30), date(2024, 7, 1)))
    assert (early.time_of_use.sharp_surcharge, early.sub_meters.without_sharp) == (None, None)
    assert late.time_of_use.sharp_surcharge is not None
    assert [each.code for each in late.time_of_use.sharp_surcharge] == ["sharp_surcharge"]
    assert late.sub_meters.without_sharp is WithoutSharp.PEAK
    assert {each.power_factor.round for each in (early, late)} == {RoundScope.GROUP}
    assert early.amounts.joint == late.amounts.joint


@pytest.mark.parametrize(("start", "end", "prices"), [
    ("2024-01-01", "2024-02-01", ["0.72743", "0.40123", "0.16531", "0.20505", "0.1131", "0.0466"]),
    ("2024-03-01", "2024-04-01", ["0.6861", "0.40123", "0.16531", "0.1934", "0.1131", "0.0466"]),
])  # fmt: skip
def test_market_and_network_price_float_by_the_ratios_that_the_bills_of_anhui_show(
    catalog: Catalog, start: str, end: str, prices: list[str]
) -> None:
    """0.40123 × 1.813, × 1.71 and × 0.412, and 0.1131 likewise, to 0.00001."""
    data = anhui()
    for component in data["price_sheet"]["components"][:2]:
        component["price"] = ANHUI[component["code"]][1]
    days = {"2024-03-01": start, "2024-04-01": end}
    readings = [{**each, "at": each["at"].replace(each["at"][:10], days[each["at"][:10]])}
                for each in data["metering_points"][0]["readings"]]  # fmt: skip
    span = {"from": start, "to": end}
    data = changed(data, {"metering_points.0.readings": readings, "agreement.0.groups.main.purchase": "market"})
    data = {**data, "cycle": span, "period": span}
    answer = billed(data, catalog)
    found = [line.price for code in ("market", "network_energy") for line in lines(answer, code)]
    assert found == [Decimal(price) for price in prices]
    assert "cn/anhui/time_of_use/2023-12" in {source.id for source in answer.sources}
