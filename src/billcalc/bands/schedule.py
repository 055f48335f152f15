"""Schedules: the bands of one customer on any day under one time-of-use document, whatever its time in force."""

from datetime import date

from billcalc.bands.days import DayFacts
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.troubles import Refusal, Refused
from billcalc.tariff.components import PriceKey
from billcalc.tariff.hours import DAY_MINUTES, SLOT_MINUTES
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.tariff.time_of_use_tables import day_bands
from billcalc.vocabulary import Band

__all__ = ["Schedule"]


class Schedule:
    """The bands of one customer; days on which the same rows hold are worked out once.

    Args:
        document: the time-of-use document.
        key: what the customer is.

    Raises:
        Refused: where the document tells no hours for such a customer.
    """

    def __init__(self, *, document: TimeOfUse, key: PriceKey) -> None:
        self._document = document
        self._rows = document.period_rows(key)
        self._known: dict[tuple[str, ...], tuple[Band, ...]] = {}
        if not self._rows:
            facts = {"document": document.id, "key": str(key)}
            raise Refused(Refusal(RefusalCode.NO_BANDS, "/area", facts))

    def bands_on(self, *, day: date, facts: DayFacts) -> tuple[Band, ...]:
        """The band of each half hour of a day, from midnight of the wall clock on.

        Raises:
            Refused: where a rule asks for a calendar or an event that is not there.
        """
        fact = facts.on(day)
        holding = [
            (name, row)
            for name, row in self._rows
            if self._document.in_season(row.season, day) and (row.days is None or row.days.holds(fact))
        ]
        names = tuple(name for name, _ in holding)
        if names not in self._known:
            found = tuple(
                band for band in day_bands((row for _, row in holding), self._document.remainder) if band is not None
            )
            assert len(found) == DAY_MINUTES // SLOT_MINUTES, "a document in which an hour has no band is not read"
            self._known[names] = found
        return self._known[names]
