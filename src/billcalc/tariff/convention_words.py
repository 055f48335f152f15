"""The words of conventions: the closed lists of what an area's utility may do (docs/conventions.md)."""

from enum import StrEnum

__all__ = [
    "DayCount",
    "EdgeDay",
    "EnergySource",
    "FromBands",
    "NoEnergy",
    "OwnPrices",
    "RatioBands",
    "RatioBase",
    "RatioOf",
    "Reactive",
    "Remainder",
    "RoundScope",
    "Scope",
    "SharpElsewhere",
    "SubMeterKind",
    "WithoutSharp",
]


class Scope(StrEnum):
    """What one power factor is calculated for."""

    SUPPLY_POINT = "supply_point"
    ACCOUNT = "account"
    GROUP = "group"


class EnergySource(StrEnum):
    """Which registers tell the energy: the bands together, or the total."""

    BANDS = "bands"
    TOTAL = "total"


class Remainder(StrEnum):
    """What becomes of the difference between the total register and the bands."""

    REPORT = "report"
    FLAT = "flat"


class Reactive(StrEnum):
    """A reactive register."""

    FORWARD = "reactive_forward"
    REVERSE = "reactive_reverse"
    Q1 = "reactive_q1"
    Q2 = "reactive_q2"
    Q3 = "reactive_q3"
    Q4 = "reactive_q4"


class RoundScope(StrEnum):
    """Whether the adjustment is rounded once on its base, for each group of it, or on each line of it."""

    ONCE = "once"
    GROUP = "group"
    LINE = "line"


class NoEnergy(StrEnum):
    """What to do where reactive but no active energy was used."""

    REFUSE = "refuse"
    NONE = "none"


class DayCount(StrEnum):
    """A day's share of a monthly charge: a thirtieth, or its share of its own calendar month."""

    THIRTIETH = "thirtieth"
    CALENDAR = "calendar"


class EdgeDay(StrEnum):
    """Whether the day of a change is billed."""

    BILLED = "billed"
    FREE = "free"


class SubMeterKind(StrEnum):
    """How a sub-meter takes its energy off its parent."""

    FIXED = "fixed"
    RATIO = "ratio"
    METER = "meter"


class FromBands(StrEnum):
    """Which bands of the parent a sub-meter without bands takes its energy from.

    All by their shares, rounded as running sums; all by their shares, each rounded and flat as what is left; or flat
    first.
    """

    SHARES = "shares"
    FLAT_REST = "flat_rest"
    FLAT_FIRST = "flat_first"


class RatioOf(StrEnum):
    """What a ratio sub-meter's ratio multiplies."""

    READING = "reading"
    AFTER_FIXED = "after_fixed"


class RatioBands(StrEnum):
    """How the part of a ratio sub-meter that has bands keeps its ratio.

    The whole part is rounded, each band but flat too, and flat is what is left; the whole is rounded and shared out to
    the bands by running sums; or each band is rounded by itself, so that the part need not keep its ratio.
    """

    FLAT_REST = "flat_rest"
    SHARES = "shares"
    EACH = "each"


class SharpElsewhere(StrEnum):
    """What becomes of sharp energy where there is no sharp hour: it is billed as sharp, or at peak."""

    SHARP = "sharp"
    PEAK = "peak"


class WithoutSharp(StrEnum):
    """What becomes of a sub-meter's part of sharp energy where its group has no sharp price."""

    REFUSE = "refuse"
    PEAK = "peak"


class RatioBase(StrEnum):
    """What the ratio of a band to another multiplies: the price of that band as it is rounded, or before."""

    ROUNDED = "rounded"
    EXACT = "exact"


class OwnPrices(StrEnum):
    """What a customer's own price is in the bands he gives none for: the one price as it is, or that price floated."""

    AS_GIVEN = "as_given"
    FLOAT = "float"
