"""Tiers (阶梯电价): up to which energy of a period each price goes, and what widens it for some households."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from billcalc.fields import AboveZero, Count, Flag, Model, at_most, fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.tariff.components import BILLED_KWH, FREE_KWH, Component, Selector
from billcalc.vocabulary import Section

__all__ = ["MONTHS_OF_YEAR", "TierLimits", "TierTable", "is_base", "stands_alone"]

MONTHS_OF_YEAR = 12
_PERIODS = (1, 2, MONTHS_OF_YEAR)


def _a_month(month: int) -> int:
    if not 1 <= month <= MONTHS_OF_YEAR:
        raise fault_error(FaultCode.INCONSISTENT, reason=Reason.NO_SUCH_MONTH, number=str(month))
    return month


def _a_period(months: int) -> int:
    if months not in _PERIODS:
        known = ", ".join(map(str, _PERIODS))
        raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TIER_PERIOD, number=str(months), known=known)
    return months


def _rise(limits: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    for lower, upper in pairwise(limits):
        if upper <= lower:
            raise fault_error(
                FaultCode.INCONSISTENT, reason=Reason.LIMITS_NOT_RISING, lower=str(lower), upper=str(upper)
            )
    return limits


def stands_alone(component: Component, beside: Iterable[Component]) -> bool:
    """Whether a price is one of energy by itself: not what a tier adds to that of all energy, nor an allowance."""
    adds = component.tier is not None and any(
        is_base(each) and each.selector.meets(component.selector) for each in beside
    )
    return not adds and component.quantity != FREE_KWH


def is_base(component: Component) -> bool:
    """Whether a component is the price of all energy, and no levy: beside it tiers have what they add."""
    return component.quantity == BILLED_KWH and component.section is not Section.LEVIES


class TierLimits(Model):
    """Up to which energy each tier but the last goes.

    Attributes:
        within: the calendar months that it holds in, from 1 to 12; none is every month.
        up_to: the limit of the first tier, of the second and so on [kWh per period of the table, or kWh/kW].
    """

    within: Annotated[tuple[Annotated[Count, AfterValidator(_a_month)], ...], at_most("words")] = ()
    up_to: Annotated[tuple[AboveZero, ...], Field(min_length=1), at_most("words"), AfterValidator(_rise)]


class TierTable(Model):
    """The tiers of some customers.

    Attributes:
        selector: whom they are for.
        months: how long energy is counted before it begins anew: 1 month, 2 or 12.
        limits: one for the whole year, or for tiers by the month those of each month.
        also_by_month: whether its document has a twelfth of the limits for each month beside those of the year.
        above_unknown: whether the tier above the last limit ends at a limit that nobody read: then nobody is billed
            in it.
        per: whether its limits are for each kilowatt of the month's maximum demand (hours' use of demand); None where
            they are energies.
        larger_household: by how much each limit of a month is raised for a household of many persons [kWh per month].
    """

    selector: Selector = Field(default=Selector(), alias="for")
    months: Annotated[Count, AfterValidator(_a_period)]
    limits: Annotated[tuple[TierLimits, ...], Field(min_length=1), at_most("words")]
    also_by_month: Flag = False
    above_unknown: Flag = False
    per: Literal["demand_kw"] | None = None
    larger_household: AboveZero | None = None

    @model_validator(mode="after")
    def _has_one_limit_for_each_month(self) -> "TierTable":
        if len({len(each.up_to) for each in self.limits}) > 1:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TIERS_UNLIKE)
        whole_year = len(self.limits) == 1 and not self.limits[0].within
        told = sorted(month for each in self.limits for month in each.within)
        if not whole_year and (self.months != 1 or told != list(range(1, MONTHS_OF_YEAR + 1))):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TIER_MONTHS)
        if self.per is not None and (self.months != 1 or self.larger_household is not None):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.TIERS_PER_DEMAND)
        return self

    @property
    def last(self) -> int:
        """The number of the last tier."""
        return len(self.limits[0].up_to) + 1

    def limits_of(self, months: Iterable[int]) -> tuple[tuple[Decimal, ...], ...]:
        """For each of some calendar months the limits of the tiers [kWh per period]."""
        return tuple(
            next(each.up_to for each in self.limits if not each.within or month in each.within) for month in months
        )
