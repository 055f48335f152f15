"""The maximum demands of a plan."""

from dataclasses import dataclass

from billcalc.billing.plan_registers import Display
from billcalc.kernel.slots import Slot
from billcalc.kernel.spans import Span

__all__ = ["DemandLoss", "MaximumDemand", "ShownDemand"]


@dataclass(frozen=True, slots=True)
class DemandLoss:
    """By how much the losses of a metering point raise its demand.

    Attributes:
        span: the days that the demand is of.
        share: an agreed share of the demand; None where it is the loss's share of the energy.
    """

    point: str
    span: Span
    share: Slot | None


@dataclass(frozen=True, slots=True)
class ShownDemand:
    """A demand that a register shows; or one that intervals tell or that is given, which has no multiplier.

    Attributes:
        shows: what the meter can show.
        loss: what its losses add, or None.
    """

    demand: Slot
    multiplier: Slot | None = None
    shows: Display | None = None
    loss: DemandLoss | None = None


@dataclass(frozen=True, slots=True)
class MaximumDemand:
    """The maximum demand of a supply point: per metering point what its registers show, or a given one.

    Attributes:
        read: where some of it is given, what the meters show instead, if all of them do; else empty.
        given_at: the places of what is given.
        is_largest: of the metering points the largest is billed and not their sum; of another reading alone.
    """

    given: Slot | None
    points: tuple[tuple[ShownDemand, ...], ...]
    read: tuple[tuple[ShownDemand, ...], ...] = ()
    given_at: tuple[str, ...] = ()
    is_largest: bool = False
