"""What meters tell: metering points, their configuration, readings, sub-meters, and quantities that are given."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from billcalc.fields import (
    PLANNED,
    Day,
    Digits,
    Exact,
    Id,
    Model,
    NotNegative,
    Places,
    Unchanging,
    at_most,
    fault_error,
)
from billcalc.kernel.closed_lists import Word
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.metering.interval_models import Intervals
from billcalc.metering.loss_models import Losses
from billcalc.tariff.measured_demand import TimeBand
from billcalc.vocabulary import Band

__all__ = [
    "ENERGY_REGISTERS",
    "REACTIVE_REGISTERS",
    "REGISTER_OF",
    "Child",
    "ChildKind",
    "GivenQuantities",
    "MeterConfig",
    "MeteringPoint",
    "Reading",
    "ReadingKind",
    "Register",
    "Side",
]


class Register(Word):
    """What a register counts."""

    TOTAL = "total", *Band.TOTAL.aliases
    SHARP = "sharp", *Band.SHARP.aliases
    PEAK = "peak", *Band.PEAK.aliases
    HALF_PEAK = "half_peak", *Band.HALF_PEAK.aliases
    SATURDAY_HALF_PEAK = "saturday_half_peak", *Band.SATURDAY_HALF_PEAK.aliases
    FLAT = "flat", *Band.FLAT.aliases
    VALLEY = "valley", *Band.VALLEY.aliases
    DEEP_VALLEY = "deep_valley", *Band.DEEP_VALLEY.aliases
    REACTIVE_FORWARD = "reactive_forward", "正向无功", "正向无功总"
    REACTIVE_REVERSE = "reactive_reverse", "反向无功", "反向无功总"
    REACTIVE_Q1 = "reactive_q1", "第一象限无功"
    REACTIVE_Q2 = "reactive_q2", "第二象限无功"
    REACTIVE_Q3 = "reactive_q3", "第三象限无功"
    REACTIVE_Q4 = "reactive_q4", "第四象限无功"
    MAXIMUM_DEMAND = "maximum_demand", "最大需量"
    ACTIVE_REVERSE = "active_reverse", "反向有功", "反向有功总"
    """What is fed back; it is counted and reported, and billed only by lines or quantities that are given."""


ENERGY_REGISTERS: tuple[Register, ...] = tuple(Register)[:8]
REACTIVE_REGISTERS = tuple(Register)[8:14]
REGISTER_OF: Mapping[Band, Register] = {band: Register(band.value) for band in Band}
"""The register that counts in a band."""


class ReadingKind(Word):
    """Why a meter was read."""

    OPENING = "opening", "上次示数", "期初"
    CLOSING = "closing", "本次示数", "期末"
    CUT = "cut", "特抄", "分段抄表"
    REMOVAL = "removal", "拆表"
    INSTALLATION = "installation", "装表"
    ESTIMATED = "estimated", "估抄", "推算"
    """Not read: closes and opens like ``cut``; the run after it settles it, whatever its sign."""


class Side(Word):
    """On which side of the transformer the meter stands."""

    HIGH = "high", "高压侧", "高供高计"
    LOW = "low", "低压侧", "高供低计", "低供低计"


class MeterConfig(Model):
    """The meter at a metering point from a day on.

    Attributes:
        multiplier: the product of the current and voltage transformers' ratios, 1 or more [1].
        digits: the number of integer digits of its registers: none of them shows more.
        decimals: how many decimals they show, where that is known: none of them shows more.
    """

    start: Day = Field(alias="from")
    meter: Id
    multiplier: NotNegative
    digits: Digits
    decimals: Places | None = None


class Reading(Model):
    """What the registers showed at the start of a day.

    Attributes:
        at: the first day after the reading: a reading at the end of 30 June is of 1 July.
        registers: register → what it showed, before the multiplier.
        rollover: the registers that went through zero since the reading before.
        demand_by_band: what the registers of the maximum demand of each band showed, before the multiplier.
    """

    spread: ClassVar[str | None] = "registers"

    at: Day
    kind: ReadingKind
    registers: Annotated[dict[Register, NotNegative], at_most("by band or register")]
    rollover: Annotated[tuple[Register, ...], at_most("words")] = ()
    demand_by_band: Annotated[dict[TimeBand, NotNegative], at_most("by band or register")] = Field(
        default_factory=Unchanging
    )

    @classmethod
    def known_keys(cls) -> Iterable[str]:
        """The registers stand beside the other keys, as they are written, and not under one of their own."""
        return [*(key for key in super().known_keys() if key != cls.spread), *Register]

    @model_validator(mode="before")
    @classmethod
    def _gather_registers(cls, raw: Any) -> Any:
        if not isinstance(raw, dict) or "registers" in raw:
            return raw
        others: dict[object, object] = {}
        registers: dict[object, object] = {}
        for key, value in raw.items():
            (others if Register.named(key) is None else registers)[key] = value
        return {**others, "registers": registers}


class ChildKind(Word):
    """How a sub-meter's energy is told."""

    FIXED = "fixed", "定量"
    RATIO = "ratio", "定比"
    METER = "meter", "装表", "分表"


class Child(Model):
    """A part of a metering point's energy that another group pays.

    Attributes:
        value: the fixed energy of a full cycle [kWh], or the ratio [1].
        point: the metering point that measures it, for ``meter``.
        band: the band a fixed quantity is taken from; None for all bands by their shares.
    """

    id: Id
    kind: ChildKind
    group: Id
    value: NotNegative | None = None
    point: Id | None = None
    band: Register | None = None

    @model_validator(mode="after")
    def _tells_its_energy(self) -> "Child":
        if (self.value is None) != (self.kind is ChildKind.METER) or (self.point is None) == (
            self.kind is ChildKind.METER
        ):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.SUB_METER_FORM)
        if self.kind is ChildKind.RATIO and self.value is not None and self.value > 1:
            raise fault_error(FaultCode.OUT_OF_RANGE, value=str(self.value), range="0..1")
        return self


class GivenQuantities(Model):
    """Quantities of the whole period that are given instead of read.

    Attributes:
        kwh: by band [kWh].
        kvarh: by reactive register [kvarh].
        demand_kw: the maximum demand [kW].
        demand_by_band_kw: that of each band of the day [kW].
    """

    kwh: Annotated[dict[Register, Exact], at_most("by band or register")] = Field(default_factory=Unchanging)
    kvarh: Annotated[dict[Register, NotNegative], at_most("by band or register")] = Field(default_factory=Unchanging)
    demand_kw: NotNegative | None = None
    demand_by_band_kw: Annotated[dict[TimeBand, NotNegative], at_most("by band or register")] = Field(
        default_factory=Unchanging
    )


class MeteringPoint(Model):
    """A metering point."""

    id: Id
    group: Id
    supply_point: Id
    side: Side
    config: Annotated[tuple[MeterConfig, ...], at_most("metering_points.config")] = ()
    readings: Annotated[tuple[Reading, ...], at_most("metering_points.readings")] = ()
    intervals: Annotated[Intervals | None, PLANNED] = None
    given: GivenQuantities = GivenQuantities()
    not_installed: Annotated[tuple[Register, ...], at_most("words")] = ()
    children: Annotated[tuple[Child, ...], at_most("metering_points.children")] = ()
    losses: Losses | None = None
