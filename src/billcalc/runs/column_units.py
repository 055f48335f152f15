"""Whether the numbers of a column are in the unit of the place that it fills, and of what its head says."""

from billcalc.audit.heads_told import Measure, band_otherwise, measure_otherwise
from billcalc.bulk.paths import pointer_of
from billcalc.fields.units_told import Told, told_otherwise
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault
from billcalc.kernel.units import PURE
from billcalc.vocabulary import BANDS

__all__ = ["other_meaning", "other_unit"]

_BY_KEY = {
    "kwh": (Told.KWH,), "kvarh": (Told.KVARH,), "contracts": (Told.KW,), "demand_shares": (Told.KW,),
    "further_contracts": (Told.KW,), "demand_by_band_kw": (Told.KW,), "demand_by_band": (Told.KW,),
    "earlier_demand_kw": (Told.KW,), "demand_kva": (Told.KVA,),
    "prices": (Told.MONEY,), "price": (Told.MONEY,), "amount": (Told.MONEY,), "kva": (Told.KVA, Told.KW),
    "demand_kw": (Told.KW,), "p0_kw": (Told.KW,), "pk_kw": (Told.KW,),
    "i0_percent": (Told.PERCENT,), "uk_percent": (Told.PERCENT,),
    "readings": (Told.KWH,), "children": (Told.KWH,),
}  # fmt: skip
"""By a part of a place the unit of its numbers; a motor on high voltage counts 1 kW as 1 kVA."""


def other_unit(name: str, column: str, path: str) -> Fault | None:
    """The fault of a column whose head tells another unit than the place that it fills; None where it does not.

    Args:
        name: of the table.
        column: its head.
        path: the place.

    >>> other_unit("t.csv", "峰电量 万kWh", "metering_points.0.given.kwh.peak").facts["value"]
    '万kWh'
    >>> other_unit("t.csv", "峰电量 kWh", "metering_points.0.given.kwh.peak") is None
    True
    """
    wanted = _wanted(path)
    told = None if column == path else told_otherwise(column, wanted)
    if told is None:
        return None
    unit = wanted[0].value if wanted else PURE
    facts = {"column": column, "value": told, "key": path, "unit": unit}
    return Fault(FaultCode.INCONSISTENT, name, {"reason": Reason.UNIT_OF_COLUMN, **facts})


def other_meaning(name: str, column: str, path: str) -> Fault | None:
    """The fault of a column whose head names another band or quantity than the place that it fills; None without.

    Args:
        name: of the table.
        column: its head.
        path: the place.

    >>> other_meaning("t.csv", "谷电量", "metering_points.0.given.kwh.peak").facts["value"]
    '谷'
    >>> other_meaning("t.csv", "谷电费", "price_sheet.prices.purchase.valley").facts["value"]
    '电费'
    """
    last, measure = pointer_of(path).rpartition("/")[2], _measure(path)
    band = None if column == path else next((each for each in BANDS if each.value == last), None)
    told = None if band is None else band_otherwise(column, band)
    if told is None and column != path and measure is not None:
        told = measure_otherwise(column, measure)
    if told is None:
        return None
    facts = {"reason": Reason.SAYS_OTHERWISE, "column": column, "value": told, "key": path}
    return Fault(FaultCode.INCONSISTENT, name, facts)


def _measure(path: str) -> Measure | None:
    """What the numbers at a place are; None where no head could say otherwise."""
    units, parts = _wanted(path), pointer_of(path).split("/")
    if "prices" in parts or "price" in parts:
        return Measure.PRICE
    return next((measure for unit, measure in _MEASURES.items() if unit in units), None)


_MEASURES = {
    Told.KVA: Measure.CAPACITY,
    Told.KWH: Measure.ENERGY,
    Told.KVARH: Measure.REACTIVE,
    Told.KW: Measure.DEMAND,
    Told.MONEY: Measure.MONEY,
}


def _wanted(path: str) -> tuple[Told, ...]:
    """The units of the numbers at a place; none for a ratio and a share."""
    parts = pointer_of(path).split("/")
    if "readings" in parts and parts[-1].startswith("reactive"):
        return (Told.KVARH,)
    if "readings" in parts and parts[-1] == "maximum_demand":
        return (Told.KW,)
    return next((_BY_KEY[part] for part in parts if part in _BY_KEY), ())
