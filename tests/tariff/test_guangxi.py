"""Guangxi's documents against the bills they were read from (电费通知单, June and July 2024, April 2025)."""

from datetime import date
from decimal import Decimal

import pytest

from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.troubles import Refused
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import BandPrices, Component, FlatPrice, PriceKey
from billcalc.tariff.conventions import Conventions, EdgeDay, EnergySource, Reactive, RoundScope, Scope
from billcalc.vocabulary import Billing, Grain, Kind, Purchase, Section, Voltage
from tests.tariff.samples import FACTORY

MARKET = FACTORY.model_copy(update={"purchase": Purchase.MARKET})

COMMON = {"network_energy": "0.0777", "capacity": "21.4", "levies": "0.041825"}
FUNDS = (
    "rural_grid_loan",
    "water_projects",
    "reservoir_resettlement",
    "renewable_energy",
    "local_reservoir_resettlement",
)
PRINTED: dict[date, tuple[PriceKey, dict[str, str]]] = {
    date(2024, 6, 12): (
        FACTORY,
        {
            "purchase peak": "0.691794",
            "purchase flat": "0.467564",
            "purchase valley": "0.243334",
            "upstream_loss": "0.016316",
            "coal_capacity": "0.01827",
            "other_operation": "0.008646",
            **COMMON,
        },
    ),
    date(2024, 7, 31): (
        FACTORY,
        {
            "purchase peak": "0.629029",
            "purchase flat": "0.403989",
            "purchase valley": "0.178949",
            "upstream_loss": "0.0167",
            "coal_capacity": "0.024893",
            "other_operation": "0.009915",
            **COMMON,
        },
    ),
    date(2025, 4, 1): (
        MARKET,
        {
            "upstream_loss": "0.018075",
            "gas_capacity": "0.001297",
            "coal_capacity": "0.026672",
            "residential_stability": "-0.010251",
            "other_operation": "0.005288",
            **COMMON,
        },
    ),
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(areas=["cn-guangxi"])


def components(catalog: Catalog, key: PriceKey, day: date) -> tuple[Component, ...]:
    return tuple(each.component for each in catalog.price_sheet(area="cn-guangxi", key=key, on=day).components)


def prices(component: Component) -> dict[str, Decimal]:
    if isinstance(component.price, FlatPrice):
        return {component.code: component.price.flat.value}
    if isinstance(component.price, BandPrices):
        return {f"{component.code} {band}": number.value for band, number in component.price.bands.items()}
    return {}


@pytest.mark.parametrize("day", PRINTED)
def test_the_price_sheet_has_the_prices_of_the_bill(catalog: Catalog, day: date) -> None:
    key, printed = PRINTED[day]
    found = {name: price for each in components(catalog, key, day) for name, price in prices(each).items()}
    found.pop("purchase sharp", None)  # printed beside 0 kWh
    found.pop("demand")  # of those who pay by demand
    found["levies"] = sum((found.pop(fund) for fund in FUNDS), Decimal(0))  # printed as one price
    assert found == {name: Decimal(price) for name, price in printed.items()}


def test_the_sharp_price_is_printed_beside_no_energy(catalog: Catalog) -> None:
    [purchase] = [each for each in components(catalog, FACTORY, date(2024, 6, 12)) if each.code == "purchase"]
    assert prices(purchase)["purchase sharp"] == Decimal("0.826332")


def test_a_market_customer_pays_the_energy_by_his_own_contract(catalog: Catalog) -> None:
    [purchase] = [each for each in components(catalog, MARKET, date(2025, 4, 1)) if each.code == "purchase"]
    assert purchase.price is None


def test_each_component_prints_in_its_section(catalog: Catalog) -> None:
    sections = {each.code: each.section for each in components(catalog, MARKET, date(2025, 4, 1))}
    assert sections == {
        "purchase": Section.ENERGY,
        "upstream_loss": Section.UPSTREAM_LOSS,
        "gas_capacity": Section.SYSTEM_OPERATION,
        "coal_capacity": Section.SYSTEM_OPERATION,
        "residential_stability": Section.SYSTEM_OPERATION,
        "other_operation": Section.SYSTEM_OPERATION,
        "network_energy": Section.NETWORK_ENERGY,
        "demand": Section.NETWORK_CAPACITY,
        "capacity": Section.NETWORK_CAPACITY,
        **dict.fromkeys(FUNDS, Section.LEVIES),
    }


@pytest.mark.parametrize(
    ("key", "day"),
    [
        (MARKET, date(2024, 6, 12)),  # of that month only the agency's price was seen
        (FACTORY, date(2025, 4, 1)),  # of that one only what market customers pay
        (FACTORY.model_copy(update={"billing": Billing.ONE_PART}), date(2024, 6, 12)),
        (FACTORY.model_copy(update={"voltage": Voltage.V220}), date(2024, 6, 12)),
        (FACTORY.model_copy(update={"time_of_use": False}), date(2024, 6, 12)),
    ],
)
def test_customers_whose_prices_were_not_seen_are_refused(catalog: Catalog, key: PriceKey, day: date) -> None:
    with pytest.raises(Refused) as caught:
        components(catalog, key, day)
    assert caught.value.refusal.code is RefusalCode.NO_PRICE
    assert str(key) == caught.value.refusal.facts["key"]


@pytest.mark.parametrize("day", [date(2024, 5, 31), date(2024, 8, 1), date(2025, 3, 31)])
def test_months_that_were_not_seen_are_refused(catalog: Catalog, day: date) -> None:
    with pytest.raises(Refused) as caught:
        components(catalog, FACTORY, day)
    refusal = caught.value.refusal
    assert refusal.code is RefusalCode.NO_DOCUMENT
    assert refusal.facts == {"kind": "purchase_price", "area": "cn-guangxi", "day": str(day)}


def test_the_conventions_are_those_the_bills_print_or_prove(catalog: Catalog) -> None:
    told: Conventions = catalog.in_force(Kind.CONVENTIONS, "cn-guangxi", date(2024, 6, 12)).document.conventions
    assert told.power_factor.scope is Scope.SUPPLY_POINT
    assert told.power_factor.reactive == (Reactive.FORWARD,)
    assert told.power_factor.base is not None
    assert told.power_factor.base.exclude.sections == (Section.LEVIES, Section.REFUNDS)
    assert told.power_factor.round is RoundScope.ONCE
    assert told.kwh.source is EnergySource.BANDS
    assert told.levies.round_per is Grain.BAND
    assert told.basic.first_day is EdgeDay.BILLED
    assert told.basic.kva_round == Decimal("0.01")
