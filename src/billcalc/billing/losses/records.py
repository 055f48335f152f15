"""Losses in a plan: of which metering points and days, by which rule, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from billcalc.billing.plan_metering import Share
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.units import KW
from billcalc.kernel.values import Rounding
from billcalc.metering.loss_models import ShareBy
from billcalc.metering.models import Register
from billcalc.tariff.conventions import LineLossOf, LossBandsBy, LossGroups

__all__ = [
    "RATED",
    "CoefficientPlan",
    "CurrentPlan",
    "FixedPlan",
    "FormulaPlan",
    "Hours",
    "LossPlan",
    "LossSegment",
    "LossesPlan",
    "RatedNumber",
    "SharePlan",
    "SharedPlan",
    "TableBandPlan",
    "TableOf",
    "TablePlan",
    "TransformerPlan",
    "UserPlan",
]


@dataclass(frozen=True, slots=True)
class TableOf:
    """A number that a document tells by the rated capacity, and the series it is of."""

    entries: tuple[tuple[Decimal, Decimal], ...]
    series: str
    source: Source


RatedNumber = Slot | TableOf
"""A number of a transformer: the request's, or a document's."""

RATED: Mapping[str, tuple[Term, str]] = {
    "p0": (Term.NO_LOAD_LOSS, KW),
    "pk": (Term.LOAD_LOSS, KW),
    "i0": (Term.NO_LOAD_CURRENT, "kvar/kVA"),
    "uk": (Term.SHORT_CIRCUIT_VOLTAGE, "kvar/kVA"),
}
"""What each number of a transformer is called, and its unit; a percentage is of the rated capacity."""


@dataclass(frozen=True, slots=True)
class TransformerPlan:
    """A transformer that runs: its rated capacity, and what of its numbers the rule needs.

    Attributes:
        is_loaded: whether it carries the load; else it stands by under voltage, and has its iron loss alone.
        p0, pk: without load and at full load [kW].
        i0, uk: the no-load current and the short-circuit voltage [%].
    """

    id: str
    kva: Slot
    is_loaded: bool
    p0: RatedNumber | None = None
    pk: RatedNumber | None = None
    i0: RatedNumber | None = None
    uk: RatedNumber | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """The running hours of a segment: counted by its days, or those of a full month and the segment's share of it."""

    whole: Slot
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class LossSegment:
    """Days on which nothing changed that a loss depends on.

    Attributes:
        pieces: of the period, which changes of prices part.
        hours: that a transformer or a line ran.
        share: of the month, for what is agreed on by the month; None where nothing is.
        transformers: that ran.
    """

    pieces: tuple[int, ...]
    span: Span
    hours: Hours
    share: Share | None = None
    transformers: tuple[TransformerPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class FormulaPlan:
    """By formula.

    Attributes:
        assumed: the power factor that stands in for reactive energy, or None.
        reactive: whether the reactive loss is computed.
    """

    load_shape: Slot
    assumed: Slot | None
    reactive: bool


@dataclass(frozen=True, slots=True)
class CoefficientPlan:
    """By coefficient.

    Attributes:
        steps: up to which load which share of the energy; the last has no limit.
        usable: of the capacity, or None.
        reactive_copper: for each kWh of the active one; None where the reactive loss is not computed.
    """

    steps: tuple[tuple[Decimal | None, Decimal], ...]
    usable: Slot | None
    reactive_copper: Slot | None


@dataclass(frozen=True, slots=True)
class TableBandPlan:
    """The loss of a month up to an energy; the last has no limit."""

    up_to: Decimal | None
    kwh: Decimal
    kvarh: Decimal | None


@dataclass(frozen=True, slots=True)
class TablePlan:
    """By a table: the bands of the smallest capacity in it that is not below the transformer's.

    Attributes:
        rows: by rated capacity; None in the one row of a table that the request tells for the transformer.
    """

    rows: tuple[tuple[Decimal | None, tuple[TableBandPlan, ...]], ...]
    series: str
    source: Source


@dataclass(frozen=True, slots=True)
class FixedPlan:
    """Agreed on for each month."""

    kwh: Slot
    kvarh: Slot | None


@dataclass(frozen=True, slots=True)
class SharePlan:
    """Agreed on as a share of the energy."""

    share: Slot
    reactive_share: Slot | None


@dataclass(frozen=True, slots=True)
class CurrentPlan:
    """Of a line, by its resistance.

    Attributes:
        current: or None, where it follows from the energy, the voltage and the shape of the load.
    """

    resistance: Slot
    reactance: Slot | None
    current: Slot | None
    voltage: Slot | None
    load_shape: Slot | None


@dataclass(frozen=True, slots=True)
class UserPlan:
    """A user behind a transformer.

    Attributes:
        point: its metering point; None where the request tells its energy.
        weight: None where it is shared by energy, or in equal parts.
    """

    id: str
    point: str | None
    kwh: Slot | None
    kvarh: Slot | None
    weight: Slot | None


@dataclass(frozen=True, slots=True)
class SharedPlan:
    """The users of a transformer in the order of their names, the metering point's own among them."""

    by: ShareBy
    users: tuple[UserPlan, ...]


@dataclass(frozen=True, slots=True)
class LossPlan:
    """The losses of a metering point.

    Attributes:
        number: its place in the request.
        reactive: the registers of its reactive energy.
        source: the rules by which the customer bears them, or None where no document tells.
    """

    point: str
    number: int
    reactive: tuple[Register, ...]
    segments: tuple[LossSegment, ...]
    transformer: FormulaPlan | CoefficientPlan | TablePlan | FixedPlan | SharePlan | None
    line: FixedPlan | SharePlan | CurrentPlan | None
    shared: SharedPlan | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class LossesPlan:
    """The losses of a bill, and the conventions by which they are rounded and told for bands and groups."""

    plans: tuple[LossPlan, ...] = ()
    rounding: Rounding = field(default_factory=lambda: Rounding(Decimal(1)))
    bands: LossBandsBy = LossBandsBy.FLAT_REST
    groups: LossGroups = LossGroups.MAIN
    line_of: LineLossOf = LineLossOf.WITH_TRANSFORMER
