"""What of a household its tiers depend on: what it used before, how long it was there, how many it is."""

from datetime import date
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from billcalc.fields import Day, Model, NotNegative, at_most, fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason

__all__ = ["Household", "LargerHousehold", "UsedBefore"]


class _Days(Model):
    """Days from the first (in) to the last (out)."""

    start: Day = Field(alias="from")
    end: Day = Field(alias="to")

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "_Days":
        if self.end <= self.start:
            raise fault_error(FaultCode.SPAN_REVERSED, start=str(self.start), end=str(self.end))
        return self


class UsedBefore(_Days):
    """Energy of earlier days of the period of tiers: of one earlier bill, or of all of them together.

    Attributes:
        kwh: what was billed of these days [kWh].
        by_tier: how it was billed, from the first tier on; told where the limits have changed since [kWh].
    """

    kwh: NotNegative
    by_tier: Annotated[tuple[NotNegative, ...], at_most("words")] = ()


class LargerHousehold(Model):
    """Days on which a household counts as one of many persons: the month of the first of them counts whole.

    Attributes:
        end: the first day on which it no longer does; None where that is not known yet.
        kwh_per_month: by how much it raises each limit, where the document of the tiers does not tell [kWh per month].
    """

    start: Day = Field(alias="from")
    end: Day | None = Field(None, alias="to")
    kwh_per_month: NotNegative | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "LargerHousehold":
        if self.end is not None and self.end <= self.start:
            raise fault_error(FaultCode.SPAN_REVERSED, start=str(self.start), end=str(self.end))
        return self


def _apart(granted: tuple[LargerHousehold, ...]) -> tuple[LargerHousehold, ...]:
    for grant, following in pairwise(granted):
        if grant.end is None or following.start < grant.end:
            facts = {"start": str(following.start)}
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.LARGER_TWICE, **facts)
    return granted


def _follow(rows: tuple[UsedBefore, ...]) -> tuple[UsedBefore, ...]:
    for row, following in pairwise(rows):
        if following.start != row.end:
            facts = {"end": str(row.end), "start": str(following.start)}
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.ROWS_BEFORE_ORDER, **facts)
    if len({len(row.by_tier) for row in rows}) > 1:
        raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TIERS_OF_SOME_ROWS)
    return rows


class Household(Model):
    """A household, which has a billing group of its own.

    Attributes:
        opened: the first day of the account, where it is within the period of the tiers.
        closed: the day after the last, where the account ends with the billed period.
        before: what was used in the period of the tiers before the days that are billed, in the order of the days.
        larger: when it counted as a household of many persons, in the order of the days.
        free_kwh: what it has for nothing each month by its allowance [kWh per month].
    """

    opened: Day | None = None
    closed: Day | None = None
    before: Annotated[tuple[UsedBefore, ...], at_most("names"), AfterValidator(_follow)] = ()
    larger: Annotated[tuple[LargerHousehold, ...], at_most("words"), AfterValidator(_apart)] = ()
    free_kwh: NotNegative | None = None

    @property
    def told_before(self) -> tuple[date, date] | None:
        """The first day of what is told of earlier days, and the first after it."""
        return (self.before[0].start, self.before[-1].end) if self.before else None
