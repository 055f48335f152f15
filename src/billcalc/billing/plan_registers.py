"""What tells the energy of a register in a plan, and of which days nothing does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from billcalc.kernel.slots import Slot
from billcalc.kernel.spans import Span
from billcalc.metering.models import Register

__all__ = ["Display", "GivenEnergy", "Run", "Unread", "untold"]


@dataclass(frozen=True, slots=True)
class Display:
    """What the registers of a meter can show.

    Attributes:
        digits: before the decimal point.
        decimals: after it, or None where that is not told.
    """

    digits: int
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One register of one meter between two readings.

    Attributes:
        rollover: the register's range to add where it went through zero, or None.
        settles: it begins with an estimated reading, so it may be below zero.
        pieces: the pieces it runs through.
        days: for each piece the slot of its days, where there is more than one piece.
        shows: what its meter can show.
        begins: the days before it on which its meter was there and not this register of it, which therefore began at
            zero; or None.
    """

    opening: Slot
    closing: Slot
    multiplier: Slot
    rollover: Decimal | None
    pieces: tuple[int, ...]
    shows: Display
    days: tuple[Slot, ...] = ()
    settles: bool = False
    begins: Span | None = None


@dataclass(frozen=True, slots=True)
class GivenEnergy:
    """A quantity of the whole period that is given instead of read."""

    slot: Slot
    pieces: tuple[int, ...]
    days: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """Days of which a register tells nothing.

    Attributes:
        forgotten: the meter had the register and it was not read; else no meter had it then, and it counted nothing.
    """

    register: Register
    span: Span
    forgotten: bool

    def facts(self, point: str) -> dict[str, str]:
        """What is said of it: whose register, and both ends of its days with the last of them."""
        assert self.span.end is not None
        return {
            "point": point,
            "register": self.register.value,
            "start": str(self.span.start),
            "end": str(self.span.end),
            "last": str(self.span.end - timedelta(days=1)),
        }


def untold(unread: Sequence[Unread], registers: Sequence[Register]) -> Unread | None:
    """The first days on which one of some registers was not read, or none of them was there; None of no such days."""
    found = [each for each in unread if each.forgotten and each.register in registers]
    shared = [each for each in unread if each.register in registers[:1]]
    for register in registers[1:]:
        others = [each.span for each in unread if each.register is register]
        shared = [
            Unread(each.register, both, forgotten=False)
            for each in shared
            for other in others
            if (both := each.span.intersect(other)) is not None
        ]
    return min([*found, *shared], key=lambda each: each.span.start, default=None)
