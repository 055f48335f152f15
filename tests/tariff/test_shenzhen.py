"""Shenzhen's own classes and bands of load: the printed prices of February 2025 come of the documents."""

from decimal import Decimal
from typing import Any

import pytest

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(areas=["cn", "cn-shenzhen"])


def energy_of(catalog: Catalog, subclass: str, voltage: str, band: str | None, **group: Any) -> Decimal:
    """What 10,000 kWh of a band cost; all together where there is none."""
    bands = ("sharp", "peak", "flat", "valley") if band is not None else ("total",)
    kwh = {name: "10000" if name == (band or "total") else "0" for name in bands}
    span = {"from": "2025-02-01", "to": "2025-03-01"}
    whole = {"class": "industrial_commercial", "subclass": subclass, "billing": "two_part", "voltage": voltage,
             "purchase": "agent", "time_of_use": band is not None, **group}  # fmt: skip
    transformers = [{"id": "T1", "kva": "1000", "state": "in_service"}]
    entry: dict[str, Any] = {"from": "2025-02-01", "groups": {"main": whole}, "basic": {"mode": "capacity"},
             "supply_points": {"S1": {"power_factor_standard": "none", "transformers": transformers}}}  # fmt: skip
    point = {"id": "M1", "group": "main", "supply_point": "S1", "side": "high", "given": {"kwh": kwh}}
    data = {"area": "深圳", "cycle": span, "period": span, "agreement": [entry], "metering_points": [point]}
    if whole["billing"] == "one_part":
        entry["basic"] = {"mode": "exempt"}
    bill = calculate(Request.model_validate(data), catalog)
    assert isinstance(bill, Bill), str(bill)
    return (
        bill.total
        if whole["billing"] == "one_part"
        else bill.total - Decimal(22000 if subclass.startswith("一") else 32000)
    )


@pytest.mark.parametrize(
    ("subclass", "voltage", "band", "printed"),
    [
        ("一类-高供高计-250及以下", "10kV", "sharp", "14371.69"),
        ("一类-高供高计-250及以下", "10kV", "peak", "11552.69"),
        ("一类-高供高计-250及以下", "10kV", "flat", "7577.69"),
        ("一类-高供高计-250及以下", "10kV", "valley", "2571.69"),
        ("一类-高供高计-250以上", "10kV", "sharp", "14171.69"),
        ("一类-250以上", "110kV", "valley", "2096.69"),
        ("二类-400及以下", "220kV", "peak", "10086.69"),
        ("二类-400以上", "220kV", None, "6377.69"),
    ],
)
def test_ten_thousand_kilowatt_hours_cost_what_the_table_prints(
    catalog: Catalog, subclass: str, voltage: str, band: str | None, printed: str
) -> None:
    assert energy_of(catalog, subclass, voltage, band) == Decimal(printed)


def test_up_to_a_hundred_kilovoltamperes_there_is_one_part(catalog: Catalog) -> None:
    assert energy_of(catalog, "三类", "380V", None, billing="one_part") == Decimal("8158.69")
