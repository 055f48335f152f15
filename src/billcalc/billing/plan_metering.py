"""The metering points of a plan: what tells their energies, and what is behind them."""

from dataclasses import dataclass, field
from decimal import Decimal

from billcalc.billing.plan_registers import GivenEnergy, Run, Unread
from billcalc.kernel.decimals import ONE
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.troubles import Refusal
from billcalc.kernel.values import Rounding
from billcalc.metering.models import ENERGY_REGISTERS, REGISTER_OF, ChildKind, Register
from billcalc.tariff.conventions import FromBands, RatioBands, RatioOf, SharpElsewhere
from billcalc.vocabulary import BANDS, Band

__all__ = ["Capacity", "CapacityPart", "ChildPlan", "EnergyRules", "PointPlan", "Share", "SharpRules"]


NO_DAYS = Slot("")
"""Of a whole month, which is not counted in days."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a month as days ÷ days of the cycle; ``whole`` where it is exactly one.

    Attributes:
        before: the days that were billed before it, where parts of one whole are rounded as running sums; or None.
        source: the rules or the convention that state the day count, or None.
    """

    days: Slot = NO_DAYS
    cycle: Slot = NO_DAYS
    before: Slot | None = None
    whole: bool = False
    source: Source | None = None


Capacity = tuple[tuple[Slot, ...], ...]
"""The slots of capacities that run together, and of them alternatives, of which the largest sum counts."""


@dataclass(frozen=True, slots=True)
class CapacityPart:
    """A transformer (or a motor on high voltage) and its share of the month; or several of which the largest is billed.

    Attributes:
        due: of its charge, that is billed [1].
        due_source: the document that says so, of a part of the charge.
    """

    capacity: Capacity
    share: Share
    due: Decimal = ONE
    due_source: Source | None = None


@dataclass(frozen=True, slots=True)
class ChildPlan:
    """A sub-meter of a metering point.

    Attributes:
        value: the slot of the fixed quantity or the ratio; None for a metered one.
        point: the metering point that measures it.
        bands: the bands its group is billed in; ``(total,)`` without time of use.
        band: the parent's band that a fixed or ratio quantity is taken from.
        shares: for a fixed quantity, the share of the month of each piece; None where nothing of it is billed.
    """

    id: str
    kind: ChildKind
    group: str
    value: Slot | None
    point: str | None
    bands: tuple[Band, ...]
    band: Band | None
    shares: tuple[Share | None, ...]


@dataclass(frozen=True, slots=True)
class PointPlan:
    """A metering point.

    Attributes:
        registers: for each register the runs (or the given quantity) that tell it.
        bands: the registers that are billed; ``(total,)`` without time of use.
        blocks: the pieces in which it was metered, those together that no reading of a billed register separates.
        total_is_billed: the difference between the total register and the bands goes to flat.
        is_child: its energy is inside another point's.
        compared: registers that were read beside intervals that are billed.
        unread: the days of the meter's life of which a register tells nothing.
        held_against: the bands that its total register is held against: none where the total defines one, or tells
            other days.
    """

    id: str
    group: str
    supply_point: str
    registers: tuple[tuple[Register, tuple[Run | GivenEnergy, ...]], ...]
    bands: tuple[Band, ...]
    blocks: tuple[tuple[int, ...], ...]
    total_is_billed: bool
    children: tuple[ChildPlan, ...]
    is_child: bool
    compared: tuple[tuple[Register, tuple[Run, ...]], ...] = ()
    unread: tuple[Unread, ...] = ()
    held_against: tuple[Band, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "held_against", self._held_against())

    def _held_against(self) -> tuple[Band, ...]:
        stated = [register for register, _ in self.registers]
        if Register.TOTAL not in stated or any(map(_leaves_days, self.unread)):
            return ()
        told = tuple(band for band in BANDS if REGISTER_OF[band] in stated)
        bands = tuple(band for band in self.bands if band is not Band.TOTAL) or (told if Band.FLAT in told else ())
        return bands if set(bands) <= set(told) else ()

    @property
    def bills_total(self) -> bool:
        """Whether its total register tells the energy that is billed."""
        return self.total_is_billed or self.bands == (Band.TOTAL,)


def _leaves_days(unread: Unread) -> bool:
    """Whether energy registers tell of fewer days than others: those without sharp hours leave nothing."""
    return unread.register in (Register.TOTAL, Register.FLAT) or (
        unread.forgotten and unread.register in ENERGY_REGISTERS
    )


@dataclass(frozen=True, slots=True)
class SharpRules:
    """What becomes of sharp energy where there is no sharp hour, or no sharp price; by group and piece.

    Attributes:
        elsewhere: what becomes of it where there is no sharp hour.
        no_hours: where there is none.
        no_price: where a sub-meter's part of it is billed at peak, because its group has no sharp price.
        untold: where it is not known how much of what a register shows is of days with sharp hours, and why.
    """

    elsewhere: SharpElsewhere = SharpElsewhere.SHARP
    no_hours: tuple[tuple[str, int], ...] = ()
    no_price: tuple[tuple[str, int], ...] = ()
    untold: tuple[tuple[str, int, Refusal], ...] = ()

    def at_peak(self, group: str, piece: int) -> bool:
        """Whether the sharp energy of a group in a piece is billed at peak."""
        at_peak = self.elsewhere is SharpElsewhere.PEAK and (group, piece) in self.no_hours
        return at_peak or (group, piece) in self.no_price


@dataclass(frozen=True, slots=True)
class EnergyRules:
    """The conventions that turn readings into energies.

    Attributes:
        reading: the rounding of what is billed [kWh].
        print: that of what a line shows, or None [kWh].
        register_step: the last digit that registers are read to, where a total is held against its bands; or None.
    """

    reading: Rounding
    ratio_of: RatioOf
    from_bands: FromBands
    ratio_bands: RatioBands = RatioBands.FLAT_REST
    print: Rounding | None = None
    sharp: SharpRules = field(default_factory=SharpRules)
    register_step: Decimal | None = None
