"""The maximum demands of a plan."""

from dataclasses import dataclass

from billcalc.billing.plan_registers import Display
from billcalc.kernel.slots import Slot

__all__ = ["MaximumDemand", "ShownDemand"]


@dataclass(frozen=True, slots=True)
class ShownDemand:
    """A demand that a register shows; or one that intervals tell or that is given, which has no multiplier.

    Attributes:
        shows: what the meter can show.
    """

    demand: Slot
    multiplier: Slot | None = None
    shows: Display | None = None


@dataclass(frozen=True, slots=True)
class MaximumDemand:
    """The maximum demand of a supply point: per metering point what its registers show, or a given one.

    Attributes:
        read: where some of it is given, what the meters show instead, if all of them do; else empty.
        given_at: the places of what is given.
    """

    given: Slot | None
    points: tuple[tuple[ShownDemand, ...], ...]
    read: tuple[tuple[ShownDemand, ...], ...] = ()
    given_at: tuple[str, ...] = ()
