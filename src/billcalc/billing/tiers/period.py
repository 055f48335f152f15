"""The period of tiers that a billing cycle lies in: its months, and for which of them an account was there."""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from billcalc.billing.planning.case import Case, refuse
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.spans import Span
from billcalc.tariff.conventions import TierMonths
from billcalc.tariff.tiers import MONTHS_OF_YEAR, TierTable

__all__ = ["TierPeriod", "counts_by_year", "cycle_months", "period_of"]

_CYCLE_MONTHS_MAX = 12


@dataclass(frozen=True, slots=True)
class TierPeriod:
    """A period in which energy is counted.

    Attributes:
        starts: the first day of each of its months, and the day after the last.
    """

    starts: tuple[date, ...]

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(self.starts[0], self.starts[-1])

    @property
    def months(self) -> int:
        """How many months it has."""
        return len(self.starts) - 1

    def month_of(self, day: date) -> int:
        """The number of the month that a day is in, from 0."""
        return sum(start <= day for start in self.starts) - 1

    def of_months(self, *, opened: date | None, closed: date | None) -> range:
        """The months of an account, by their numbers: those of its first and of its last day count whole."""
        first = 0 if opened is None or opened <= self.starts[0] else self.month_of(opened)
        last = self.months - 1 if closed is None else self.month_of(closed - timedelta(days=1))
        return range(first, last + 1)

    def calendar_months(self, months: range) -> list[int]:
        """For each of some months the calendar month that its last day is in: the month that it is billed as."""
        return [(self.starts[number + 1] - timedelta(days=1)).month for number in months]


def cycle_months(case: Case) -> TierPeriod:
    """The months of the billing cycle.

    Raises:
        Refused: where it is not one or several whole months.
    """
    cycle = case.request.cycle.span
    starts = [cycle.start + relativedelta(months=number) for number in range(_CYCLE_MONTHS_MAX + 1)]
    ends = [start for start in starts[1:] if start == cycle.end]
    if not ends:
        days = str(cycle.days)
        raise refuse(RefusalCode.NOT_A_MONTH, "/cycle", what=Reason.TIERS_BY_MONTH, days=days)
    return TierPeriod(tuple(starts[: starts.index(ends[0]) + 1]))


def counts_by_year(case: Case, table: TierTable) -> bool:
    """Whether the tiers of a table are counted over a year; one with limits of a month as well may be by the month."""
    if table.months != MONTHS_OF_YEAR or not table.also_by_month:
        return table.months == MONTHS_OF_YEAR
    return case.notes.decided_by(case.conventions.tiers.months) is TierMonths.AS_STATED


def period_of(case: Case, table: TierTable) -> TierPeriod:
    """The period of a table's tiers that the billing cycle lies in.

    A year begins with the cycle that is billed in January; tiers of a month or two begin with the cycle.

    Raises:
        Refused: where the cycle is no whole number of months, or an odd number of them for tiers of two months.
    """
    cycle = cycle_months(case)
    if counts_by_year(case, table):
        (billed,) = cycle.calendar_months(range(cycle.months - 1, cycle.months))
        before = (billed - 1) // cycle.months * cycle.months
        first = cycle.starts[0] - relativedelta(months=before)
        return TierPeriod(tuple(first + relativedelta(months=number) for number in range(MONTHS_OF_YEAR + 1)))
    if table.months != MONTHS_OF_YEAR and cycle.months % table.months:
        facts = {"what": Reason.TIERS_OF_TWO_MONTHS, "count": str(cycle.months)}
        raise refuse(RefusalCode.NOT_SUPPORTED, "/cycle", **facts)
    return cycle
