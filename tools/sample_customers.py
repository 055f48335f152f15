"""The three customers by whom the coverage of the tariffs is told, and a month's request of each.

The tables of some areas divide industry and commerce; there the two-part customers are large industry, and the one-part
customer is general commerce.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.spans import Span
from billcalc.tariff.catalog import Catalog, is_in_total
from billcalc.tariff.components import PriceKey
from billcalc.tariff.reach import Gap, NeededFor, Reach, reach
from billcalc.vocabulary import Billing, CustomerClass, Kind, Purchase, Voltage

__all__ = [
    "FIRST_MONTH",
    "LAST_MONTH",
    "MARKET",
    "SAMPLES",
    "Sample",
    "areas",
    "best_reach",
    "by_totals",
    "hindering",
    "request",
]

FIRST_MONTH, LAST_MONTH = date(2023, 6, 1), date(2026, 12, 1)
"""From the first network price by voltage and billing on; the months of a year that are not over are told, too."""


@dataclass(frozen=True)
class Sample:
    """A kind of customer.

    Attributes:
        title: how the page calls him.
        divided: his class where the tables divide industry and commerce.
    """

    title: str
    billing: Billing
    voltage: Voltage
    purchase: Purchase
    time_of_use: bool
    divided: CustomerClass

    def key(self, customer_class: CustomerClass) -> PriceKey:
        """The customer of a class."""
        return PriceKey(
            customer_class=customer_class,
            billing=self.billing,
            voltage=self.voltage,
            purchase=self.purchase,
            time_of_use=self.time_of_use,
        )


SAMPLES = (
    Sample(
        title="agency, two-part, 10 kV, time of use",
        billing=Billing.TWO_PART,
        voltage=Voltage.FROM_1_TO_10,
        purchase=Purchase.AGENT,
        time_of_use=True,
        divided=CustomerClass.LARGE_INDUSTRIAL,
    ),
    Sample(
        title="agency, one-part, below 1 kV",
        billing=Billing.ONE_PART,
        voltage=Voltage.BELOW_1,
        purchase=Purchase.AGENT,
        time_of_use=False,
        divided=CustomerClass.GENERAL_COMMERCIAL,
    ),
    Sample(
        title="market, two-part, 10 kV, prices of his own",
        billing=Billing.TWO_PART,
        voltage=Voltage.FROM_1_TO_10,
        purchase=Purchase.MARKET,
        time_of_use=True,
        divided=CustomerClass.LARGE_INDUSTRIAL,
    ),
)


MARKET = SAMPLES[2]
"""Who needs no monthly table."""


def areas(catalog: Catalog) -> tuple[str, ...]:
    """The areas that have a network price."""
    return tuple(sorted({area for kind, area in catalog.series if kind is Kind.NETWORK_PRICE}))


def best_reach(catalog: Catalog, area: str, sample: Sample, month: Span) -> tuple[PriceKey, Reach]:
    """The class under which the tables have the customer, and what is lacking."""
    found = []
    for subclass in _subclasses(catalog, area, month):
        for customer_class in (CustomerClass.INDUSTRIAL_COMMERCIAL, sample.divided):
            key = sample.key(customer_class).model_copy(update={"subclass": subclass})
            found.append((key, reach(catalog=catalog, area=area, key=key, month=month)))
            if not any(hindering(found[-1][1], sample)):
                return found[-1]
    return min(found, key=lambda each: len(tuple(hindering(each[1], sample))))


def _subclasses(catalog: Catalog, area: str, month: Span) -> tuple[str | None, ...]:
    """Those that the network prices of an area divide customers by; None where they do not."""
    network = catalog.find(Kind.NETWORK_PRICE, area, month.start)
    told = () if network is None else (each.selector.subclass for each in network.document.components)
    return tuple(dict.fromkeys(name for names in told for name in names)) or (None,)


def by_totals(catalog: Catalog, area: str, key: PriceKey, month: Span) -> bool:
    """Whether the customer's price of energy is known as a whole, without its parts."""
    told = catalog.matching(Kind.PURCHASE_PRICE, area=area, key=key, day=month.start)
    return is_in_total(Kind.LEVIES, told)


def hindering(found: Reach, sample: Sample) -> Iterator[Gap]:
    """What hinders the sample's bill; a market customer can give all that a monthly table would tell."""
    for gap in found.gaps:
        own = sample.purchase is Purchase.MARKET and gap.kind is Kind.PURCHASE_PRICE
        if gap.needed_for in (NeededFor.BILL, NeededFor.CAPACITY) and not own:
            yield gap


def request(area: str, key: PriceKey, found: Reach) -> dict[str, Any]:
    """A month of the customer as a request: by capacity, without an assessed power factor.

    A customer of the market gives the prices that the table of the month leaves to his contract, and where it is not in
    the library all that it would tell.
    """
    month = found.month
    assert month.end is not None
    group = {"class": key.customer_class.value, "billing": key.billing.value, "voltage": key.voltage.value,
             "purchase": key.purchase.value, "time_of_use": key.time_of_use}  # fmt: skip
    if key.subclass is not None:
        group["subclass"] = key.subclass
    kwh = {"peak": "30000", "flat": "40000", "valley": "30000"} if key.time_of_use else {"total": "100000"}
    span = {"from": str(month.start), "to": str(month.end)}
    transformers = [{"id": "T1", "kva": "1000", "state": "in_service"}]
    entry = {"from": str(month.start), "groups": {"main": group}, "basic": {"mode": "capacity"},
             "supply_points": {"S1": {"power_factor_standard": "none", "transformers": transformers}}}  # fmt: skip
    if key.billing is Billing.ONE_PART:
        entry["basic"] = {"mode": "exempt"}
        entry["supply_points"] = {"S1": {"power_factor_standard": "none"}}
    point = {"id": "M1", "group": "main", "supply_point": "S1", "side": "high", "given": {"kwh": kwh}}
    if key.time_of_use:
        point["not_installed"] = ["sharp", "half_peak", "deep_valley"]  # their hours are in the other bands
    whole: dict[str, Any] = {
        "area": area,
        "cycle": span,
        "period": span,
        "agreement": [entry],
        "metering_points": [point],
    }
    if key.purchase is Purchase.MARKET:
        left = [gap.refusal.facts["component"] for gap in found.gaps if gap.refusal.code is RefusalCode.PRICE_NOT_GIVEN]
        told: dict[str, Any] = {"prices": {code: {"total": _OWN[code]} for code in left}} if left else _INSTEAD
        whole["price_sheet"] = {"title": "market contract", **told}
    return whole


_OWN = {"purchase": "0.4", "upstream_loss": "0.012", "system_operation": "0.05"}
"""What a customer of the market pays by his contract [CNY/kWh]."""

_INSTEAD: dict[str, Any] = {
    "instead_of": ["purchase_price"],
    "components": [
        {"code": code, "section": "energy" if code == "purchase" else code, "price": price}
        for code, price in _OWN.items()
    ],
}
"""What he gives in a month whose table is not in the library."""
