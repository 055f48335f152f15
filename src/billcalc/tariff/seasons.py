"""Seasons: days that come back each year, from the first (in) to the last (out)."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from billcalc.fields import Model, fault_error
from billcalc.fields.shown import quoted
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason

__all__ = ["MonthDay", "Season", "first_days"]

_COMMON_YEAR = 2023


def _month_day(raw: object) -> object:
    found = re.fullmatch(r"([0-9]{2})-([0-9]{2})", raw) if isinstance(raw, str) else None
    reason, facts = Reason.DAY_OF_YEAR_FORM, {"value": quoted(raw)}
    if found is not None:
        month, day = int(found[1]), int(found[2])
        try:
            date(_COMMON_YEAR, month, day)
        except ValueError:
            reason, facts = Reason.NOT_EVERY_YEAR, {**facts, "day": str(raw)}
        else:
            return month, day
    raise fault_error(FaultCode.WRONG_TYPE, reason=reason, **facts)


MonthDay = Annotated[
    tuple[int, int],
    BeforeValidator(_month_day),
    WithJsonSchema({"type": "string", "pattern": "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}),
]
"""The month and the day of a day that every year has, written ``MM-DD``."""


class Season(Model):
    """Days from the first (in) to the last (out) of every year; a season may pass the turn of the year.

    >>> winter = Season.model_validate({"from": "12-01", "to": "03-01"})
    >>> date(2024, 2, 29) in winter, date(2024, 3, 1) in winter
    (True, False)
    """

    start: MonthDay = Field(alias="from")
    end: MonthDay = Field(alias="to")

    @model_validator(mode="after")
    def _is_a_part_of_the_year(self) -> "Season":
        if self.start == self.end:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.SEASON_FORM)
        return self

    def __contains__(self, day: object) -> bool:
        assert isinstance(day, date)
        here = (day.month, day.day)
        if self.start < self.end:
            return self.start <= here < self.end
        return here >= self.start or here < self.end


def first_days(seasons: Iterable[Season], year: int) -> set[date]:
    """The days of a year on which a season starts or is over."""
    return {date(year, month, day) for season in seasons for month, day in (season.start, season.end)}
