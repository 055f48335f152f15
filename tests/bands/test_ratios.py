"""The ratios of the shipped documents beside prices that were published: what floats × ratio + what does not."""

from datetime import date
from decimal import Decimal

import pytest

from billcalc.kernel.numbers import rounded_number
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import PriceKey
from billcalc.vocabulary import Band, Billing, Purchase
from tests.bands.samples import FACTORY, customer, time_of_use


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


FUJIAN = "cn/fujian/time_of_use/2025-10"
SHANGHAI = "cn/shanghai/time_of_use/2025-10"
DELTA = "cn/guangdong-prd5/time_of_use/2021-10"
LARGE = customer("large_industrial")


def price(catalog: Catalog, identity: str, key: PriceKey, day: date, band: str, floating: str, fixed: str) -> Decimal:
    """What a kWh costs in a band [CNY/kWh]."""
    factors = time_of_use(catalog, identity).factors(key, day)
    assert factors is not None
    return factors[Band(band)] * Decimal(floating) + Decimal(fixed)


# Prices asserted by the tests of xseec/EDSCron (internal/logic/getpricelogic_test.go, commit
# f331962c0955c9f9b694010b2b8fb0ee02f2c074); the floating parts follow from their differences


@pytest.mark.parametrize(
    ("band", "published"),
    [("valley", "0.348612"), ("flat", "0.584169"), ("peak", "0.801031"), ("sharp", "0.883289")],
)
def test_fujian_in_august_2025(catalog: Catalog, band: str, published: str) -> None:
    """0.3739 floats, of a flat price of 0.584169; sharp is of flat and not of peak."""
    found = price(catalog, FUJIAN, FACTORY, date(2025, 8, 1), band, "0.3739", "0.210269")
    assert found == Decimal(published)


@pytest.mark.parametrize(("band", "published"), [("valley", "0.4019"), ("deep_valley", "0.2062")])
def test_shanghai_in_may_2025(catalog: Catalog, band: str, published: str) -> None:
    """0.652333 floats; the published prices have four decimals."""
    found = price(catalog, SHANGHAI, LARGE, date(2025, 5, 18), band, "0.652333", "0.075733")
    assert rounded_number(found, Decimal("0.0001")) == Decimal(published)


@pytest.mark.parametrize(("band", "published"), [("peak", "1.010784"), ("flat", "0.662376"), ("valley", "0.372036")])
def test_shanghai_in_a_june_by_its_parts(catalog: Catalog, band: str, published: str) -> None:
    """Purchase and network, 0.43508 + 0.1456, float; losses, system operation and levies, told apart too, do not."""
    fixed = str(Decimal("0.011863") + Decimal("0.040718") + Decimal("0.029115"))
    general = customer("general_commercial")
    found = price(
        catalog, SHANGHAI, general, date(2025, 6, 2), band, str(Decimal("0.43508") + Decimal("0.1456")), fixed
    )
    assert found == Decimal(published)


@pytest.mark.parametrize(("band", "published"), [("peak", "1.15017"), ("sharp", "1.43077")])
def test_the_pearl_river_delta_in_june_2025(catalog: Catalog, band: str, published: str) -> None:
    """Everything but the levies floats and is rounded to 0.01 fen; 0.6603 is the flat price that fits both bands."""
    document = time_of_use(catalog, DELTA)
    assert document.price_round is not None
    assert (document.price_round.step, document.price_round.of) == (Decimal("0.0001"), "sum")
    floated = price(catalog, DELTA, FACTORY, date(2025, 6, 8), band, "0.6603", "0")
    whole = rounded_number(floated, document.price_round.step) + Decimal("0.02766875")
    assert rounded_number(whole, Decimal("0.00001")) == Decimal(published)


# Rows of zlxshu/ReSETP, docs/handoff/china_nine_city_electricity_price_closure_v2_20260718.md, commit
# c5089585237946c0367238e7d34ceaa829f7114f


@pytest.mark.parametrize(
    ("flat", "band", "published"),
    [
        ("0.79206875", "peak", "1.32716875"),
        ("0.79206875", "valley", "0.31816875"),
        ("0.71866875", "peak", "1.20236875"),
        ("0.71866875", "valley", "0.29026875"),
    ],
)
def test_the_pearl_river_delta_in_february_2025(catalog: Catalog, flat: str, band: str, published: str) -> None:
    levies = Decimal("0.02766875")
    floating = Decimal(flat) - levies
    found = price(catalog, DELTA, FACTORY, date(2025, 2, 3), band, str(floating), "0")
    assert rounded_number(found, Decimal("0.0001")) + levies == Decimal(published)


BEIJING = [
    # one-part below 1 kV, July 2024: flat 0.884835, purchase 0.409176
    ("one_part", "<1kV", "2024-07-01", "0.884835", "0.409176", {"sharp": "1.175350", "peak": "1.175350",
     "valley": "0.622962"}),
    ("one_part", "1-10kV", "2024-07-01", "0.864835", "0.409176", {"sharp": "1.339479", "peak": "1.192176",
     "valley": "0.578412"}),
    ("two_part", "1-10kV", "2024-07-01", "0.681335", "0.409176", {"sharp": "1.057777", "peak": "0.926841",
     "valley": "0.435829"}),
]  # fmt: skip


@pytest.mark.parametrize(("billing", "voltage", "day", "flat", "purchase", "published"), BEIJING)
def test_beijing_in_july_2024(
    catalog: Catalog, billing: str, voltage: str, day: str, flat: str, purchase: str, published: dict[str, str]
) -> None:
    """Only the purchase floats; to two millionths, since the table of that month rounds its parts."""
    key = customer(billing=billing, voltage=voltage)
    fixed = str(Decimal(flat) - Decimal(purchase))
    for band, printed in published.items():
        found = price(catalog, "cn/beijing/time_of_use/2023-09", key, date.fromisoformat(day), band, purchase, fixed)
        assert abs(found - Decimal(printed)) <= Decimal("0.000002")


def test_no_sharp_ratio_is_told_in_february(catalog: Catalog) -> None:
    document = time_of_use(catalog, "cn/beijing/time_of_use/2023-09")
    for billing in Billing:
        factors = document.factors(customer(billing=billing.value), date(2024, 2, 1))
        assert factors is not None
        assert set(factors) == {Band.PEAK, Band.FLAT, Band.VALLEY}


def test_what_floats_in_the_market_is_told_nowhere(catalog: Catalog) -> None:
    market = FACTORY.model_copy(update={"purchase": Purchase.MARKET})
    for identity in (FUJIAN, SHANGHAI, DELTA, "cn/beijing/time_of_use/2023-09", "cn/jiangxi/time_of_use/2025-10"):
        document = time_of_use(catalog, identity)
        assert document.float_rows(FACTORY)
        assert not document.float_rows(market)
