"""Schedules: the bands of one customer on any day under one time-of-use document, whatever its time in force."""

from datetime import date
from typing import NamedTuple

from billcalc.bands.days import DayFacts
from billcalc.kernel.troubles import Refusal, Refused
from billcalc.kernel.wording import RefusalCode
from billcalc.tariff.components import PriceKey
from billcalc.tariff.hours import DAY_MINUTES, SLOT_MINUTES
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.tariff.time_of_use_tables import day_bands
from billcalc.vocabulary import Band

__all__ = ["Schedule", "Stretch", "band_at"]


class Stretch(NamedTuple):
    """Minutes of the day, from the first (in) to the last (out), that are of one band."""

    start: int
    end: int
    band: Band


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

    def stretches_on(self, *, day: date, facts: DayFacts) -> tuple[Stretch, ...]:
        """The day in stretches of one band; they follow one another and make the day."""
        found: list[Stretch] = []
        for slot, band in enumerate(self.bands_on(day=day, facts=facts)):
            start = slot * SLOT_MINUTES
            if found and found[-1].band is band:
                start = found.pop().start
            found.append(Stretch(start, (slot + 1) * SLOT_MINUTES, band))
        return tuple(found)


def band_at(*, document: TimeOfUse, key: PriceKey, day: date, minute: int, facts: DayFacts) -> Band:
    """The band of one minute of a day.

    Args:
        document: the time-of-use document; whether it is in force on the day is not asked.
        key: what the customer is.
        day: the day by the wall clock.
        minute: of that day, from 0 (in) to 1440 (out) [min].
        facts: the calendars and events.

    Raises:
        Refused: where the document tells no hours for such a customer, or asks for what is not known of the day.
    """
    assert 0 <= minute < DAY_MINUTES, f"a day has no minute {minute}"
    return Schedule(document=document, key=key).bands_on(day=day, facts=facts)[minute // SLOT_MINUTES]
