"""The prices of households that are shipped: bills of areas by hand, what is refused, and what the check of tiers finds."""

from datetime import date
from typing import Any

import pytest

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Refusal
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.check_tiers import check_tiers
from billcalc.tariff.components import PriceKey
from billcalc.tariff.findings import FindingCode
from billcalc.tariff.reach import NeededFor, reach
from billcalc.vocabulary import Kind
from tests.billing.cases import Data, catalog, parsed
from tests.billing.tiers.homes import ADDITIONS, BANDED, MONTHLY, TIERS, before, home, homes


@pytest.fixture(scope="module")
def tariffs() -> Catalog:
    return load_catalog()


def answer(tariffs: Catalog, area: str, month: str, kwh: Any, *, used: str = "", months: int = 1, **group: Any) -> Any:
    year, number = map(int, month.split("-"))
    last = number + months
    end = f"{year + (last > 12)}-{(last - 1) % 12 + 1:02}-01"
    rows = {"before": [before(f"{year}-01-01", f"{month}-01", used)]} if used else None
    data = home(kwh, f"{month}-01", end, household=rows)
    data["area"], data["cycle"]["as_one"] = area, months > 1
    groups = data["agreement"][0]["groups"]
    groups["main"] = {**groups["main"], **group}
    data["metering_points"][0]["side"] = "high" if "voltage" in group else "low"
    if isinstance(kwh, dict):
        data["metering_points"][0]["not_installed"] = [band for band in ("peak", "flat", "valley") if band not in kwh]
    return calculate(parsed(data), tariffs)


@pytest.mark.parametrize(
    ("area", "month", "kwh", "more", "total"),
    [
        # 180 × 0.4883 = 87.89, 120 × 0.5383 = 64.60
        ("cn-beijing", "2026-06", "300", {"used": "2700"}, "152.49"),
        # 260 × 0.58886875 = 153.11, 340 × 0.63886875 = 217.22, 100 × 0.88886875 = 88.89
        ("cn-guangdong-prd5", "2020-10", "700", {}, "459.22"),
        # 2000 × 0.617 = 1234.00 and 1000 × 0.307 = 307.00 of the first tier
        ("cn-shanghai", "2024-01", {"peak": "2000", "valley": "1000"}, {}, "1541.00"),
        # 3120 and 80 of 3200, half of them each: 1560 × 0.924 = 1441.44, 40 × 1.014 = 40.56
        ("cn-shanghai", "2024-01", {"peak": "1600", "valley": "1600"}, {}, "1482.00"),
        ("cn-xizang", "2024-06", "250", {}, "107.80"),  # 49.00 + 41.65 + 17.15
        ("cn-xizang", "2024-11", "350", {}, "173.95"),  # 300 × 0.49 + 50 × 0.539
        ("cn-yunnan", "2025-01", "2000", {}, "759.60"),  # 1560 × 0.36 + 440 × 0.45
        ("cn-xinjiang", "2025-01", "100", {}, "39.00"),
        ("cn-zhejiang", "2025-01", {"peak": "300", "valley": "100"}, {}, "199.20"),  # 170.40 + 28.80
        # 279.15 + 265.14, and 980 × 0.05
        ("cn-jiangsu", "2025-08", {"peak": "500", "valley": "740"}, {"used": "2500"}, "593.29"),
        ("cn-sichuan", "2026-08", "260", {}, "135.82"),
        ("cn-shanxi", "2025-01", "600", {"months": 2}, "319.20"),  # 162.18 + 94.86 + 62.16
        ("cn-hubei", "2025-01", {"sharp": "10", "peak": "10", "flat": "10", "valley": "10"}, {"subclass": "充电桩"},
         "24.70"),
        ("cn-anhui", "2025-01", "100", {"subclass": "合表"}, "58.53"),
        ("cn-fujian", "2025-01", "100", {"subclass": "合表", "voltage": "10kV"}, "53.30"),  # of all voltages
        # in the heating season: 57.69 + 34.69
        ("cn-shandong", "2026-11", {"peak": "100", "valley": "100"}, {"used": "500"}, "92.38"),
        ("cn-jiangsu", "2021-12", "100", {"subclass": "合表"}, "54.83"),  # of the catalogue, which has such rows
    ],
)  # fmt: skip
def test_a_household_of_an_area_pays_what_its_document_says(
    tariffs: Catalog, area: str, month: str, kwh: Any, more: Data, total: str
) -> None:
    found = answer(tariffs, area, month, kwh, **more)
    assert isinstance(found, Bill), str(found)
    assert str(found.total) == total


def test_where_limits_of_a_year_and_of_a_month_are_published_a_bill_has_the_money_of_both(tariffs: Catalog) -> None:
    found = answer(tariffs, "cn-beijing", "2026-06", "300", used="2700")
    [doubt] = [each for each in found.problems if each.where == "/conventions/tiers/months"]
    # by the month 240 × 0.4883 = 117.19 and 60 × 0.5383 = 32.30 instead of 152.49
    assert [(each.value, str(each.difference)) for each in doubt.alternatives] == [("month", "-3.00")]
    data = {**home("500", "2026-06-01", "2026-08-01"), "area": "cn-beijing",
            "conventions": {"tiers": {"months": "month", "limit_round": "1"}}}  # fmt: skip
    data["cycle"]["as_one"] = True
    by_month = calculate(parsed(data), tariffs)
    assert isinstance(by_month, Bill)
    assert [str(line.quantity) for line in by_month.lines] == ["480", "20", "0"]


def test_shared_meters_of_a_higher_voltage_do_not_pay_the_price_of_low_voltage(tariffs: Catalog) -> None:
    # Shandong printed 0.5550 below 1 kV and 0.5010 above in 2018; of what followed the price below 1 kV alone was seen
    found = answer(tariffs, "cn-shandong", "2025-01", "100", subclass="合表", voltage="10kV")
    assert isinstance(found, Bill)
    assert str(found.total) == "50.10"
    assert ProblemCode.DOCUMENT_PAST_SEEN in {each.code for each in found.problems}
    refused = answer(tariffs, "cn-anhui", "2025-01", "100", subclass="合表", voltage="10kV")
    assert isinstance(refused, Refusal)
    assert refused.code is RefusalCode.NO_PRICE


@pytest.mark.parametrize(
    ("area", "kwh", "code"),
    [
        ("cn-tianjin", "221", RefusalCode.TIER_LIMIT_UNKNOWN),
        ("cn-shaanxi-yulin", "1", RefusalCode.TIERS_MISSING),
        ("cn-neimenggu-east", "1", RefusalCode.NO_DOCUMENT),
    ],
)
def test_what_nobody_read_is_refused(tariffs: Catalog, area: str, kwh: str, code: RefusalCode) -> None:
    found = answer(tariffs, area, "2026-11", kwh)
    assert isinstance(found, Refusal)
    assert found.code is code


def test_who_has_bands_in_an_area_whose_tiers_are_not_known_pays_the_first_or_is_refused(tariffs: Catalog) -> None:
    assert (
        str(answer(tariffs, "cn-shaanxi", "2025-01", {"peak": "1000", "flat": "0", "valley": "1000"}).total) == "846.60"
    )
    refused = answer(tariffs, "cn-shaanxi", "2025-01", {"peak": "1161", "flat": "0", "valley": "1000"})
    assert (refused.code, refused.facts["used"]) == (RefusalCode.TIER_LIMIT_UNKNOWN, "2161")


@pytest.mark.parametrize(
    ("tables", "components", "found"),
    [
        ([MONTHLY], [*TIERS, *ADDITIONS], []),
        ([MONTHLY], [*TIERS, *BANDED], []),
        ([], TIERS, [("tier_limits_missing", "/components/0/quantity")]),
        ([MONTHLY, MONTHLY], TIERS, [("tiers_ambiguous", "/tiers/1/for")]),
        ([MONTHLY, {**MONTHLY, "for": {"subclass": "合表"}}], TIERS, [("tiers_of_nobody", "/tiers/1/for")]),
        ([MONTHLY], TIERS[:2], [("tier_unpriced", "/components/0/quantity")]),
        ([MONTHLY], ADDITIONS[:2], [("tier_unpriced", "/components/1/quantity")]),
        (
            [{"months": "1", "limits": [{"up_to": ["200"]}]}],
            TIERS,
            [("tier_without_limit", "/components/2/quantity")],
        ),
        ([{"months": "1", "limits": [{"up_to": ["200"]}], "above_unknown": True}], TIERS, []),
        ([MONTHLY], [*TIERS[:2], {**TIERS[2], "price": "0.54"}], [("tier_price_falls", "/components/2/price")]),
        ([{**MONTHLY, "per": "demand_kw"}], [*TIERS[:2], {**TIERS[2], "price": "0.54"}], []),
        ([MONTHLY], [*ADDITIONS[:2], {**ADDITIONS[2], "price": "0.04"}], [("tier_price_falls", "/components/2/price")]),
        ([MONTHLY], [*ADDITIONS[:1], {**ADDITIONS[1], "price": "-0.04"}, ADDITIONS[2]],
         [("tier_price_falls", "/components/1/price")]),
        ([MONTHLY], [*TIERS[:2], {**TIERS[2], "price": "given"}], []),
    ],
)  # fmt: skip
def test_the_check_finds_tiers_without_a_limit_without_a_price_or_that_fall(
    tables: list[Data], components: list[Data], found: list[tuple[str, str]]
) -> None:
    library = catalog(homes=homes(*tables, components=components))
    assert [(each.code.value, each.pointer) for each in check_tiers(library)] == found


def test_all_shipped_prices_of_households_are_of_documents_that_the_check_has_nothing_against(tariffs: Catalog) -> None:
    found = [each for each in check_tiers(tariffs) if each.code is not FindingCode.TIER_PRICE_FALLS]
    assert [(each.code, each.document) for each in found] == [
        (FindingCode.TIER_LIMITS_MISSING, "cn/shaanxi-yulin/residential_price/2021-10")
    ]
    areas = {document.area for document in tariffs.documents if document.kind is Kind.RESIDENTIAL_PRICE}
    assert len({area for area in areas if area.startswith("cn-")}) == 35


@pytest.mark.parametrize(("area", "lacking"), [("cn-shaanxi-yulin", ["tiers_missing"]), ("cn-tianjin", [])])
def test_what_a_household_lacks_is_told_before_it_is_billed(tariffs: Catalog, area: str, lacking: list[str]) -> None:
    key = PriceKey.model_validate({"customer_class": "residential", "subclass": "一户一表", "billing": "one_part",
                                   "voltage": "<1kV", "purchase": "catalogue", "time_of_use": False})  # fmt: skip
    month = Span(date(2026, 9, 1), date(2026, 10, 1))
    found = reach(catalog=tariffs, area=area, key=key, month=month)
    assert [gap.refusal.code.value for gap in found.gaps if gap.needed_for is NeededFor.BILL] == lacking


@pytest.mark.parametrize(("price", "doubted"), [("0.05", True), ("-0.05", True), ("-0.5", False)])
def test_what_a_tier_adds_and_an_allowance_takes_off_have_ranges_of_their_own(
    tariffs: Catalog, price: str, *, doubted: bool
) -> None:
    """An addition of 0.05 CNY/kWh is none of the price of energy; an allowance takes off what energy costs."""
    own = [{"code": "residential_energy", "section": "catalogue", "price": "0.5"},
           {"code": "tier_2_addition", "section": "catalogue", "quantity": "tier_kwh.2", "price": "0.05"},
           {"code": "free_energy", "section": "catalogue", "quantity": "free_kwh", "price": price}]  # fmt: skip
    sheet = {"title": "own", "not_charged": ["levies"], "components": own,
             "tiers": [{"months": "1", "limits": [{"up_to": ["200"]}]}]}  # fmt: skip
    bill = calculate(
        parsed({**home("300", household={"free_kwh": "10"}), "area": "cn-henan", "price_sheet": sheet}), tariffs
    )
    assert isinstance(bill, Bill)
    found = [each.facts for each in bill.problems if each.code is ProblemCode.OWN_PRICE_IMPLAUSIBLE]
    assert [each["component"] for each in found] == ["free_energy"] * doubted
    shipped = answer(tariffs, "cn-jiangsu", "2025-01", {"peak": "1", "valley": "1"})
    assert ProblemCode.OWN_PRICE_IMPLAUSIBLE not in {each.code for each in shipped.problems}
