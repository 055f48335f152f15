"""Customers and days for the shipped time-of-use documents."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from billcalc.bands.days import DayFacts
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import PriceKey
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import Billing, CustomerClass, Purchase, Voltage

__all__ = ["FACTORY", "HOT", "MILD", "customer", "days_of", "facts_with", "time_of_use"]


def customer(
    customer_class: str = "industrial_commercial", billing: str = "two_part", voltage: str = "1-10kV"
) -> PriceKey:
    return PriceKey(
        customer_class=CustomerClass(customer_class),
        billing=Billing(billing),
        voltage=Voltage(voltage),
        purchase=Purchase.AGENT,
        time_of_use=True,
    )


FACTORY = customer()


def days_of(first: int, last: int) -> list[date]:
    """Every day of the years from the first to the last, both included."""
    start = date(first, 1, 1)
    return [start + timedelta(days=number) for number in range((date(last + 1, 1, 1) - start).days)]


def _measured(celsius: str) -> Mapping[str, Mapping[date, Decimal]]:
    return {"guangzhou_max_temperature": {day: Decimal(celsius) for day in days_of(2024, 2026)}}


MILD, HOT = _measured("34.9"), _measured("35")


def facts_with(catalog: Catalog, area: str, events: Mapping[str, Mapping[date, Decimal]] | None = None) -> DayFacts:
    return DayFacts(catalog, area, MILD if events is None else events)


def time_of_use(catalog: Catalog, identity: str) -> TimeOfUse:
    """A shipped document, whatever its time in force."""
    [found] = [document for document in catalog.documents if document.id == identity]
    assert isinstance(found, TimeOfUse)
    return found
