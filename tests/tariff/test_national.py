"""The nation's documents against what was published: the whole tables, the rules of each time, the price structure."""

from datetime import date
from decimal import Decimal

import pytest

from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.conventions import DayCount
from billcalc.tariff.documents import BasicChargeRules, PowerFactorRules, PriceStructure
from billcalc.vocabulary import CustomerClass, Kind


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(areas=["cn"])


def test_every_document_of_the_nation_names_its_article_or_that_it_was_not_seen(catalog: Catalog) -> None:
    assert [each.id for each in catalog.documents if not each.document.clause] == []


# The power-factor tables, (83)水电财字第215号


@pytest.fixture(scope="module")
def power_factor(catalog: Catalog) -> PowerFactorRules:
    document = catalog.in_force(Kind.POWER_FACTOR_RULES, "cn-guangxi", date(2024, 6, 1)).document
    assert isinstance(document, PowerFactorRules)
    return document


REWARDS = {
    90: [15, 15, 15, 15, 15],  # 0.91 … 0.95, then no more
    85: [10, 10, 10, 10, 10, 15, 15, 15, 15],  # 0.86 … 0.94
    80: [10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 15, 15],  # 0.81 … 0.92
}
"""What each hundredth above the standard takes off [hundredths of a percent]."""


def by_the_steps(standard: int, cosphi: int) -> Decimal:
    """The adjustment by the step rule [%]; standard and power factor in hundredths.

    Below the standard: half a percent for each of the first twenty hundredths, one for each of the next five, then two.
    """
    if cosphi >= standard:
        return -Decimal(sum(REWARDS[standard][: cosphi - standard])).scaleb(-2)
    short = standard - cosphi
    return Decimal(min(short, 20)) / 2 + min(max(short - 20, 0), 5) + 2 * max(short - 25, 0)


@pytest.mark.parametrize("standard", [90, 85, 80])
def test_every_row_of_every_table_obeys_the_steps(power_factor: PowerFactorRules, standard: int) -> None:
    ratios = power_factor.ratios[f"0.{standard}"]
    expected = {Decimal(cosphi).scaleb(-2): by_the_steps(standard, cosphi).scaleb(-2) for cosphi in range(101)}
    assert dict(ratios) == expected


@pytest.mark.parametrize("standard", [90, 85, 80])
def test_the_tables_are_printed_down_to_a_quarter(power_factor: PowerFactorRules, standard: int) -> None:
    rows = power_factor.tables[f"0.{standard}"].percent
    assert sorted(rows) == [Decimal(cosphi).scaleb(-2) for cosphi in range(25, 101)]


@pytest.mark.parametrize(
    ("standard", "cosphi", "percent"),
    [
        # http://wgbc.cn/zxjs/205.html, http://aiicanw.cn/xx/dqdz/50308.html, and the bills named
        ("0.90", "1.00", "-0.75"),
        ("0.90", "0.95", "-0.75"),
        ("0.90", "0.94", "-0.60"),
        ("0.90", "0.93", "-0.45"),  # Guangxi, June 2024
        ("0.90", "0.90", "0.00"),
        ("0.90", "0.89", "0.50"),
        ("0.90", "0.70", "10.00"),
        ("0.90", "0.69", "11.00"),
        ("0.90", "0.65", "15.00"),
        ("0.90", "0.64", "17.00"),
        ("0.90", "0.52", "41.00"),
        ("0.90", "0.25", "95.00"),
        ("0.90", "0.02", "141.00"),  # West Inner Mongolia, March 2025
        ("0.85", "1.00", "-1.10"),  # and not -1.00, as some programs have it
        ("0.85", "0.94", "-1.10"),
        ("0.85", "0.93", "-0.95"),
        ("0.85", "0.91", "-0.65"),
        ("0.85", "0.90", "-0.50"),
        ("0.85", "0.86", "-0.10"),
        ("0.85", "0.84", "0.50"),
        ("0.85", "0.80", "2.50"),  # https://360docs.net/doc/a414125317.html, the hospital
        ("0.85", "0.65", "10.00"),
        ("0.85", "0.59", "17.00"),
        ("0.80", "0.92", "-1.30"),
        ("0.80", "0.91", "-1.15"),
        ("0.80", "0.90", "-1.00"),
        ("0.80", "0.60", "10.00"),
        ("0.80", "0.55", "15.00"),
        ("0.80", "0.54", "17.00"),
        ("0.80", "0.25", "75.00"),
    ],
)
def test_published_cells(power_factor: PowerFactorRules, standard: str, cosphi: str, percent: str) -> None:
    assert power_factor.ratios[standard][Decimal(cosphi)] == Decimal(percent).scaleb(-2)


def test_there_are_three_standards_and_hundredths(power_factor: PowerFactorRules) -> None:
    assert list(power_factor.tables) == ["0.90", "0.85", "0.80"]
    assert power_factor.rounding == Decimal("0.01")


# The basic charge


def rules_on(catalog: Catalog, day: date) -> BasicChargeRules:
    document = catalog.in_force(Kind.BASIC_CHARGE_RULES, "cn-guangxi", day).document
    assert isinstance(document, BasicChargeRules)
    return document


@pytest.mark.parametrize(
    ("day", "days"),
    [
        (date(1996, 10, 8), DayCount.THIRTIETH),
        (date(2024, 5, 31), DayCount.THIRTIETH),
        (date(2024, 6, 1), DayCount.CALENDAR),
    ],
)
def test_a_day_is_a_thirtieth_until_the_rules_of_2024(catalog: Catalog, day: date, days: DayCount) -> None:
    assert rules_on(catalog, day).days is days


@pytest.mark.parametrize("day", [date(2016, 6, 30), date(2023, 6, 1), date(2024, 6, 1)])
def test_contracted_demand_has_a_floor_of_40_percent_and_doubles_above_105(catalog: Catalog, day: date) -> None:
    # 发改办价格〔2016〕1583号; the band below 105 % is paid once it is exceeded, after https://58z.net/z/310404533.html
    rules = rules_on(catalog, day)
    assert rules.floor_share == Decimal("0.40")
    [step] = rules.over_steps
    assert (step.above, step.factor, step.free_band) == (Decimal("0.05"), Decimal(2), False)


def test_intensive_use_pays_nine_tenths_since_june_2023(catalog: Catalog) -> None:
    # 发改价格〔2023〕526号
    assert rules_on(catalog, date(2023, 5, 31)).discount is None
    for day in (date(2023, 6, 1), date(2024, 6, 1)):
        discount = rules_on(catalog, day).discount
        assert discount is not None
        assert (discount.energy_per_capacity, discount.factor) == (Decimal(260), Decimal("0.90"))


# What a price is made of


def made_of(catalog: Catalog, customer_class: CustomerClass, day: date) -> tuple[Kind, ...]:
    document = catalog.in_force(Kind.PRICE_STRUCTURE, "cn-guangxi", day).document
    assert isinstance(document, PriceStructure)
    return document.made_of[customer_class]


@pytest.mark.parametrize("customer_class", CustomerClass)
def test_everybody_paid_a_catalogue_price_until_november_2021(catalog: Catalog, customer_class: CustomerClass) -> None:
    assert set(made_of(catalog, customer_class, date(2021, 11, 30))) == {Kind.CATALOGUE_PRICE, Kind.LEVIES}


@pytest.mark.parametrize(
    "customer_class",
    [CustomerClass.INDUSTRIAL_COMMERCIAL, CustomerClass.LARGE_INDUSTRIAL, CustomerClass.GENERAL_COMMERCIAL],
)
def test_industry_and_commerce_pay_for_purchase_and_network_since_december_2021(
    catalog: Catalog, customer_class: CustomerClass
) -> None:
    # 发改办价格〔2021〕809号
    kinds = set(made_of(catalog, customer_class, date(2021, 12, 1)))
    assert kinds == {Kind.PURCHASE_PRICE, Kind.NETWORK_PRICE, Kind.LEVIES}


@pytest.mark.parametrize("customer_class", [CustomerClass.RESIDENTIAL, CustomerClass.AGRICULTURAL])
def test_households_and_farms_keep_the_catalogue_price(catalog: Catalog, customer_class: CustomerClass) -> None:
    assert set(made_of(catalog, customer_class, date(2026, 1, 1))) == {Kind.CATALOGUE_PRICE, Kind.LEVIES}
