"""Small time-of-use documents of an area that is nowhere."""

from typing import Any

from billcalc.fields import validated
from billcalc.tariff.components import PriceKey
from billcalc.tariff.documents import AnyDocument
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import Billing, CustomerClass, Purchase, Voltage

FACTORY = PriceKey(
    customer_class=CustomerClass.INDUSTRIAL_COMMERCIAL,
    billing=Billing.TWO_PART,
    voltage=Voltage.FROM_1_TO_10,
    purchase=Purchase.AGENT,
    time_of_use=True,
)
FLAT = {"of": "untimed", "factor": "1"}


def document(identity: str = "2024-01", /, *, start: str = "2024-01-01", **told: Any) -> TimeOfUse:
    raw = {
        "id": f"cn/nowhere/time_of_use/{identity}",
        "kind": "time_of_use",
        "area": "cn-nowhere",
        "effective": {"from": start},
        "document": {"title": "a notice"},
        "evidence": "official_quoted",
        "recorded_on": "2026-11-21",
    }
    found = validated(AnyDocument, {**raw, **told}).root
    assert isinstance(found, TimeOfUse)
    return found
