"""Interval data as a request gives it: values in a row from an instant on, the rule for gaps, the demand interval."""

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any

from pydantic import (
    Field,
    ModelWrapValidatorHandler,
    SerializationInfo,
    WrapValidator,
    field_serializer,
    model_validator,
)

from billcalc.fields import Count, Exact, Flag, Model, at_most, fault_error
from billcalc.fields.instants import Instant, Minutes
from billcalc.fields.limits import LIMITS
from billcalc.kernel.closed_lists import Word
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import EXACT, ZERO, decimal_texts, parsed_at_once, rewritten_at_once
from billcalc.kernel.reasons import Reason
from billcalc.metering.intervals import POWER_STEPS, FillRule, energy_of_power

__all__ = ["APART", "DemandInterval", "IntervalUnit", "Intervals", "Sampling", "means_between"]

_HALF = Decimal("0.5")


class IntervalUnit(Word):
    """What the value of an interval is: its energy, or its mean power."""

    KWH = "kwh", "千瓦时", "电量"
    KW = "kw", "千瓦", "功率"


class Sampling(Word):
    """What a power of a series is: the mean of the interval that begins at its time, or the power at that time."""

    MEAN = "mean", "平均值", "平均功率"
    INSTANT = "instant", "瞬时值", "瞬时功率"


class DemandInterval(Model):
    """How the maximum demand is taken from intervals.

    Attributes:
        minutes: the time over which the power is averaged [min].
        rolling: whether it slides by one interval; else the windows follow one another from midnight on.
    """

    minutes: Minutes
    rolling: Flag


_VALUES = "metering_points.intervals.values"
APART = object()
"""The context in which values that are whole are written as their number alone: ``["*2976"]``, which no values are."""


def _at_once(raw: Any, one_by_one: Callable[[Any], Any]) -> Any:
    """The values of a list of texts, read together; whatever else it is, and what is wrong, is told one by one."""
    if isinstance(raw, list) and 0 < len(raw) <= LIMITS[_VALUES]:
        told = [each for each in raw if each is not None]
        found = parsed_at_once(told) if set(map(type, told)) <= {str} else None
        if found is not None:
            if len(found) == len(raw):
                return found
            following = iter(found)
            return tuple(None if each is None else next(following) for each in raw)
    return one_by_one(raw)


_Places = Annotated[tuple[Count, ...], at_most(_VALUES)]


class Intervals(Model):
    """Active energy of a metering point by intervals, instead of readings.

    Attributes:
        step: the length of an interval [min].
        start: when the first begins.
        unit: of the values.
        sampling: what a power is; powers at instants have one value more, the power at the end of the last interval.
        values: after the multiplier; null where one is missing, below 0 where more was fed back than taken.
        estimated, substituted: the places of values that were not measured, from 0 on; the bill tells of them.
        fill: what stands in for those that are missing.
        demand: how the maximum demand is taken from them; it is not, unless told.
    """

    step: Minutes
    start: Instant
    unit: IntervalUnit
    sampling: Sampling = Sampling.MEAN
    values: Annotated[tuple[Exact | None, ...], Field(min_length=1), at_most(_VALUES), WrapValidator(_at_once)]
    estimated: _Places = ()
    substituted: _Places = ()
    fill: FillRule
    demand: DemandInterval | None = None

    @model_validator(mode="wrap")
    @classmethod
    def _kept_as_told(cls, raw: Any, made: ModelWrapValidatorHandler["Intervals"]) -> "Intervals":
        """Keep texts that are written as they were told, but for zeros at the end: making them anew takes longer."""
        found = made(raw)
        told = raw.get("values") if isinstance(raw, dict) else None
        if isinstance(told, list) and set(map(type, told)) == {str}:
            found.__dict__["known"] = found.values
            if (texts := rewritten_at_once(told)) is not None:
                found.__dict__["texts"] = texts
        return found

    @model_validator(mode="after")
    def _is_consistent(self) -> "Intervals":
        reason, facts = None, {"step": str(self.step)}
        if self.unit is IntervalUnit.KW and self.step not in POWER_STEPS:
            reason = Reason.POWER_OF_STEP
        elif self.sampling is Sampling.INSTANT and (self.unit is not IntervalUnit.KW or len(self.values) == 1):
            reason = Reason.POWERS_AT_INSTANTS
        elif self.demand is not None and self.demand.minutes % self.step:
            reason, facts = Reason.DEMAND_OF_STEP, {**facts, "minutes": str(self.demand.minutes)}
        elif (place := self._mark_of_nothing()) is not None:
            reason, facts = Reason.MARK_OF_NOTHING, {"place": str(place)}
        if reason is not None:
            raise fault_error(FaultCode.INCONSISTENT, reason=reason, **facts)
        return self

    def _mark_of_nothing(self) -> int | None:
        """A place that is marked and has no value, or is marked twice; None where there is none."""
        marked = Counter((*self.estimated, *self.substituted))
        if not marked:
            return None
        known = {place for place, value in enumerate(self.values) if value is not None}
        return next((place for place, times in marked.items() if times > 1 or place not in known), None)

    @field_serializer("values", when_used="json")
    def _written(self, values: tuple[Decimal | None, ...], told: SerializationInfo) -> list[str | None]:
        return [f"*{len(self.values)}"] if told.context is APART and self.is_whole else self.texts

    @cached_property
    def texts(self) -> list[str | None]:
        """The values as they are written: a request is written several times for one bill."""
        return decimal_texts(self.values)

    @cached_property
    def known(self) -> tuple[Decimal, ...]:
        """The values that are there."""
        return tuple(value for value in self.values if value is not None)

    @cached_property
    def largest(self) -> Decimal:
        """The largest of them; 0 where there is none."""
        return max(self.known, default=ZERO)

    @cached_property
    def is_whole(self) -> bool:
        """Whether all values were measured and none is below 0: then no plan asks for one of them."""
        known = self.known
        return not self.estimated and not self.substituted and len(known) == len(self.values) and min(known) >= 0

    @cached_property
    def by_interval(self) -> tuple[Decimal | None, ...]:
        """The values of the intervals, of which the first begins at ``start``."""
        return means_between(self.values) if self.sampling is Sampling.INSTANT else self.values

    @cached_property
    def energies(self) -> tuple[Decimal | None, ...]:
        """The energy of each interval [kWh]."""
        if self.unit is IntervalUnit.KWH:
            return self.by_interval
        return tuple(None if kw is None else energy_of_power(kw, self.step) for kw in self.by_interval)


def means_between(powers: Sequence[Decimal | None]) -> tuple[Decimal | None, ...]:
    """The mean power of each interval between two instants [kW]: half the sum of its ends; None where one is missing.

    Source: loads of a load-management system, held against the registers of four months (within 0.6 % of each; taken as
    means of the intervals that begin or end there they are 1.6 to 2.8 % off).

    >>> means_between([Decimal(100), Decimal(103), None, Decimal(90)])
    (Decimal('101.5'), None, None)
    """
    return tuple(
        None if first is None or second is None else EXACT.multiply(EXACT.add(first, second), _HALF)
        for first, second in pairwise(powers)
    )
