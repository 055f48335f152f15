"""Metering point M1 on the low side of transformer T1 of 50 kVA, and what is told of its losses.

It counts 1,000 / 2,000 / 3,000 kWh and 1,200 kvarh in July 2024, 744 hours; T1 loses 0.2 kW without load and 1 kW at full
load, and takes 2 % and 4 % of its capacity in kvar. By formula with K = 1.2: 0.2 × 744 = 148.8 kWh of iron, and
1.2 × (6000² + 1200²) ÷ (50² × 744) = 24.154839 kWh of copper, 173 in all; 744 + 48.309677 kvarh, 792 in all.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from billcalc.billing.bill import Bill
from billcalc.kernel.decimals import decimal_text
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.documents import Header
from tests.billing.cases import AREA, Data, bill, catalog, changed, document, entry, request, transformer

T1: Data = {"p0_kw": "0.2", "pk_kw": "1", "i0_percent": "2", "uk_percent": "4"}
FORMULA: Data = {"method": "formula", "load_shape": "1.2", "transformers": {"T1": T1}}
COEFFICIENT: Data = {
    "method": "coefficient",
    "transformers": {"T1": {"p0_kw": "0.2", "i0_percent": "2"}},
    "copper": [{"up_to_load": "0.4", "share": "0.02"}, {"share": "0.03"}],
    "reactive_copper": "3",
}
TABLE: Data = {
    "method": "table",
    "transformer": "T1",
    "bands": [
        {"up_to_kwh": "5000", "kwh": "150", "kvarh": "700"},
        {"up_to_kwh": "6000", "kwh": "170", "kvarh": "750"},
        {"kwh": "200", "kvarh": "800"},
    ],
}
FIXED: Data = {"method": "fixed", "kwh": "310", "kvarh": "620"}
SHARE: Data = {"method": "share", "share": "0.015", "reactive_share": "0.1"}
LINE: Data = {"method": "share", "share": "0.01", "reactive_share": "0"}


def low(losses: Data | None, changes: Mapping[str, Any] | None = None, **more: Any) -> Data:
    """The request of M1 on the low side, with its losses."""
    entries = [entry("2020-01-01", supply_points={"S1": supply_point()})]
    data = changed(request(agreement=entries, **more), {"metering_points.0.side": "low"})
    told = {} if losses is None else {"metering_points.0.losses": losses}
    return changed(data, {**told, **(changes or {})})


def supply_point(*transformers: Data, standard: str = "0.90") -> Data:
    return {"power_factor_standard": standard, "transformers": [*transformers] or [transformer(kva="50")]}


def kwh_lost(of: Bill | Data, tariffs: Catalog = AREA) -> list[tuple[str, str | None]]:
    """The kWh and kvarh of each loss of a bill."""
    made = of if isinstance(of, Bill) else bill(of, tariffs)
    return [(decimal_text(loss.kwh), None if loss.kvarh is None else decimal_text(loss.kvarh)) for loss in made.losses]


def kwh_billed(of: Bill, group: str = "main") -> dict[str, str]:
    """What is billed of a group in each band."""
    return {band.value: decimal_text(kwh) for band, kwh in of.kwh[group].items()}


def series(*listed: Data, start: str = "2020-01-01", tables: Iterable[Data] = ()) -> Header:
    """A document of the losses of transformers."""
    return document("transformer_losses", start, {"series": [*listed], "tables": [*tables]})


def with_documents(**documents: Header | list[Header] | None) -> Catalog:
    return catalog(**documents)
