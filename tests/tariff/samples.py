"""Small tariff documents, as somebody would write them."""

from typing import Any

from billcalc.fields import validated
from billcalc.tariff.components import PriceKey
from billcalc.tariff.documents import AnyDocument, Header
from billcalc.vocabulary import Billing, CustomerClass, Purchase, Voltage

FACTORY = PriceKey(
    customer_class=CustomerClass.INDUSTRIAL_COMMERCIAL,
    billing=Billing.TWO_PART,
    voltage=Voltage.V110,
    purchase=Purchase.AGENT,
    time_of_use=True,
)
HOME = PriceKey(
    customer_class=CustomerClass.RESIDENTIAL,
    billing=Billing.ONE_PART,
    voltage=Voltage.BELOW_1,
    purchase=Purchase.CATALOGUE,
    time_of_use=False,
)

LEVY = {"code": "levies", "section": "levies", "price": "0.04", "tags": ["levy"]}
PURCHASE = {"code": "purchase", "section": "energy", "price": "0.5"}
NETWORK = {"code": "network_energy", "section": "network_energy", "price": "0.1"}
CATALOGUE = {"code": "catalogue_energy", "section": "catalogue", "price": "0.6"}


def document(identity: str, /, *, start: str | None = "2024-06-01", **told: Any) -> Header:
    """A document whose kind and area follow from its id, as in the library."""
    nation, place, kind, _ = identity.split("/")
    raw: dict[str, Any] = {
        "id": identity,
        "kind": kind,
        "area": nation if place == "national" else f"{nation}-{place}",
        "document": {"title": "a notice", "url": "https://example.org/notice"},
        "evidence": "secondary",
        "recorded_on": "2026-11-21",
    }
    if start is not None:
        raw["effective"] = {"from": start}
    return validated(AnyDocument, {**raw, **told}).root


def levies(name: str = "2024-06", /, **told: Any) -> Header:
    """Levies of Guangxi."""
    return document(f"cn/guangxi/levies/{name}", **{"components": [LEVY], **told})


def purchase(name: str = "2024-06", /, *, until: str | None = "2024-07-01", **told: Any) -> Header:
    """What Guangxi's energy costs in a month."""
    effective = {"from": f"{name[:7]}-01"} | ({} if until is None else {"repealed_on": until})
    return document(
        f"cn/guangxi/purchase_price/{name}", start=None, **{"effective": effective, "components": [PURCHASE], **told}
    )


def network(name: str = "2023-06", /, **told: Any) -> Header:
    """What Guangxi's grid costs."""
    return document(f"cn/guangxi/network_price/{name}", **{"start": "2023-06-01", "components": [NETWORK], **told})


def structure(name: str = "2021-12", /, *, start: str = "2021-12-01", **told: Any) -> Header:
    """What prices are made of in the whole country."""
    made_of = {
        "industrial_commercial": ["purchase_price", "network_price", "levies"],
        "residential": ["catalogue_price", "levies"],
    }
    return document(f"cn/national/price_structure/{name}", start=start, **{"made_of": made_of, **told})
