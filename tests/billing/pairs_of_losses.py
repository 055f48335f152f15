"""Pairs of requests that differ in one key of the losses of a metering point; see ``pairs``."""

from typing import Any

from tests.billing.cases import Data, catalog, entry
from tests.billing.losses.lost import COEFFICIENT, FIXED, FORMULA, SHARE, T1, TABLE, low, series, supply_point
from tests.billing.pairs import ABSENT, POINT

LOSSES = f"{POINT}.losses"
OF = f"{LOSSES}.transformer"
LINE = f"{LOSSES}.line"
U2: Data = {"id": "U2", "kwh": "3000", "kvarh": "600"}
RESISTANCE: Data = {"method": "current", "resistance_ohm": "50", "reactance_ohm": "30"}
BY_VOLTAGE = low({"transformer": FIXED, "line": {**RESISTANCE, "voltage_kv": "10", "load_shape": "1"}})
BY_CURRENT = low({"transformer": FIXED, "line": {**RESISTANCE, "current_a": "20"}})
SHARED = low({"transformer": FORMULA, "shared": {"by": "energy", "users": [U2]}})
WEIGHED = low({"transformer": FORMULA, "shared": {"by": "fixed", "weight": "1", "users": [{**U2, "weight": "3"}]}})
BY_FORMULA, BY_COEFFICIENT, BY_TABLE, BY_SHARE = (
    low({"transformer": each}) for each in (FORMULA, COEFFICIENT, TABLE, SHARE)
)
BY_MONTH = low({"transformer": FIXED})
LISTED = catalog(
    series=series(
        {"name": "A", "rows": [{"kva": "50", **T1}]},
        {"name": "B", "rows": [{"kva": "50", **T1, "p0_kw": "0.3"}]},
        tables=[
            {"name": "A", "rows": [{"kva": "50", "bands": [{"kwh": "1", "kvarh": "1"}]}]},
            {"name": "B", "rows": [{"kva": "50", "bands": [{"kwh": "2", "kvarh": "1"}]}]},
        ],
    )
)
OF_SERIES = low({"transformer": {**FORMULA, "transformers": {"T1": {"series": "A"}}}})
OF_TABLE = low({"transformer": {"method": "table", "transformer": "T1", "series": "A"}})
BY_DEMAND = low(
    {"transformer": FORMULA},
    {"agreement": [entry("2020-01-01", supply_points={"S1": supply_point()}, basic={"mode": "actual"})]},
)
UNMETERED = low(
    {"transformer": {**FORMULA, "assumed_cosphi": "0.8"}},
    {"agreement.0.supply_points": {"S1": supply_point(standard="none")}},
)
for _number in (0, 1):
    del UNMETERED["metering_points"][0]["readings"][_number]["reactive_forward"]


def convention(key: str, other: str, data: Data = BY_FORMULA) -> tuple[Any, ...]:
    return data, f"conventions.losses.{key}", ABSENT, other


PAIRS: dict[str, tuple[Any, ...]] = {
    "CoefficientLoss.copper": (BY_COEFFICIENT, f"{OF}.copper", COEFFICIENT["copper"], [{"share": "0.05"}]),
    "CoefficientLoss.method": (BY_COEFFICIENT, f"{OF}.method", "coefficient", "formula"),
    "CoefficientLoss.reactive_copper": (BY_COEFFICIENT, f"{OF}.reactive_copper", "3", "4"),
    "CoefficientLoss.transformers": (BY_COEFFICIENT, f"{OF}.transformers.T1.p0_kw", "0.2", "0.3"),
    "CoefficientLoss.usable": (BY_COEFFICIENT, f"{OF}.usable", ABSENT, "0.1"),
    "Conventions.losses": (BY_FORMULA, "conventions.losses", {}, {"round": "0.01"}),
    "CopperStep.share": (BY_COEFFICIENT, f"{OF}.copper.0.share", "0.02", "0.04"),
    "CopperStep.up_to_load": (BY_COEFFICIENT, f"{OF}.copper.0.up_to_load", "0.4", "0.1"),
    "CurrentLoss.current_a": (BY_CURRENT, f"{LINE}.current_a", "20", "30"),
    "CurrentLoss.load_shape": (BY_VOLTAGE, f"{LINE}.load_shape", "1", "2"),
    "CurrentLoss.method": (BY_CURRENT, f"{LINE}.method", "current", "fixed"),
    "CurrentLoss.reactance_ohm": (BY_CURRENT, f"{LINE}.reactance_ohm", "30", "40"),
    "CurrentLoss.resistance_ohm": (BY_CURRENT, f"{LINE}.resistance_ohm", "50", "60"),
    "CurrentLoss.voltage_kv": (BY_VOLTAGE, f"{LINE}.voltage_kv", "10", "20"),
    "FixedLoss.kvarh": (BY_MONTH, f"{OF}.kvarh", "620", "9000"),
    "FixedLoss.kwh": (BY_MONTH, f"{OF}.kwh", "310", "320"),
    "FixedLoss.method": (BY_MONTH, f"{OF}.method", "fixed", "share"),
    "FormulaLoss.assumed_cosphi": (UNMETERED, f"{OF}.assumed_cosphi", "0.8", "0.5"),
    "FormulaLoss.load_shape": (BY_FORMULA, f"{OF}.load_shape", "1.2", "3"),
    "FormulaLoss.method": (BY_FORMULA, f"{OF}.method", "formula", "none"),
    "FormulaLoss.transformers": (BY_FORMULA, f"{OF}.transformers", {"T1": T1}, {"T9": T1}),
    "LossBand.kvarh": (BY_TABLE, f"{OF}.bands.1.kvarh", "750", "9000"),
    "LossBand.kwh": (BY_TABLE, f"{OF}.bands.1.kwh", "170", "180"),
    "LossBand.up_to_kwh": (BY_TABLE, f"{OF}.bands.1.up_to_kwh", "6000", "5500"),
    "LossConventions.bands": convention("bands", "shares"),
    "LossConventions.demand": convention("demand", "none", BY_DEMAND),
    "LossConventions.groups": convention("groups", "shares"),
    "LossConventions.line_of": convention("line_of", "reading"),
    "LossConventions.round": convention("round", "0.01"),
    "LossUser.id": (SHARED, f"{LOSSES}.shared.users.0.id", "U2", "M1"),
    "LossUser.kvarh": (SHARED, f"{LOSSES}.shared.users.0.kvarh", "600", "9000"),
    "LossUser.kwh": (SHARED, f"{LOSSES}.shared.users.0.kwh", "3000", "9000"),
    "LossUser.point": (SHARED, f"{LOSSES}.shared.users.0.point", ABSENT, "M2"),
    "LossUser.weight": (WEIGHED, f"{LOSSES}.shared.users.0.weight", "3", "1"),
    "Losses.demand_share": (BY_DEMAND, f"{LOSSES}.demand_share", ABSENT, "0.1"),
    "Losses.hours": (BY_FORMULA, f"{LOSSES}.hours", ABSENT, "720"),
    "Losses.line": (BY_FORMULA, f"{LOSSES}.line", ABSENT, FIXED),
    "Losses.shared": (BY_FORMULA, f"{LOSSES}.shared", ABSENT, {"by": "energy", "users": [U2]}),
    "Losses.transformer": (BY_FORMULA, f"{LOSSES}.transformer", FORMULA, FIXED),
    "MeteringPoint.losses": (BY_FORMULA, LOSSES, {"transformer": FORMULA}, ABSENT),
    "NoLoss.method": (low({"transformer": {"method": "none"}}), f"{OF}.method", "none", "share"),
    "Rated.i0_percent": (BY_FORMULA, f"{OF}.transformers.T1.i0_percent", "2", "9"),
    "Rated.p0_kw": (BY_FORMULA, f"{OF}.transformers.T1.p0_kw", "0.2", "0.3"),
    "Rated.pk_kw": (BY_FORMULA, f"{OF}.transformers.T1.pk_kw", "1", "2"),
    "Rated.series": (OF_SERIES, f"{OF}.transformers.T1.series", "A", "B", LISTED),
    "Rated.uk_percent": (BY_FORMULA, f"{OF}.transformers.T1.uk_percent", "4", "90"),
    "ShareLoss.method": (BY_SHARE, f"{OF}.method", "share", "none"),
    "ShareLoss.reactive_share": (BY_SHARE, f"{OF}.reactive_share", "0.1", "0.9"),
    "ShareLoss.share": (BY_SHARE, f"{OF}.share", "0.015", "0.02"),
    "SharedLoss.by": (SHARED, f"{LOSSES}.shared.by", "energy", "equal"),
    "SharedLoss.users": (SHARED, f"{LOSSES}.shared.users", [U2], [U2, {**U2, "id": "U3"}]),
    "SharedLoss.weight": (WEIGHED, f"{LOSSES}.shared.weight", "1", "3"),
    "TableLoss.bands": (BY_TABLE, f"{OF}.bands", TABLE["bands"], [{"kwh": "1", "kvarh": "1"}]),
    "TableLoss.method": (BY_TABLE, f"{OF}.method", "table", "none"),
    "TableLoss.series": (OF_TABLE, f"{OF}.series", "A", "B", LISTED),
    "TableLoss.transformer": (BY_TABLE, f"{OF}.transformer", "T1", "T9"),
}
"""As those of ``pairs``."""
