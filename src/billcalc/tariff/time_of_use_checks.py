"""What is wrong with the tables of a time-of-use document as a whole: every hour of every kind of day, for everyone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import NamedTuple

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.tariff.calendars import DayKind, DayRule, EventRule, Holiday, Weekday
from billcalc.tariff.cells import cells
from billcalc.tariff.components import PriceKey
from billcalc.tariff.hours import hours_text
from billcalc.tariff.seasons import first_days
from billcalc.tariff.time_of_use_tables import PeriodRow, Tables, clash, day_bands
from billcalc.vocabulary import Band

__all__ = ["Flaw", "day_classes", "flaws"]

_LEAP_YEAR = 2024


class Flaw(NamedTuple):
    """One thing that is wrong."""

    code: FaultCode
    facts: Mapping[str, str]


def flaws(tables: Tables) -> Iterator[Flaw]:
    """Everything that is wrong with whole tables; of names that lead nowhere only those."""
    misnamed = [*_empty_rows(tables), *_unknown_seasons(tables)]
    yield from misnamed
    if not misnamed:
        for key in _customers(tables):
            yield from _customer(tables, key)


def _empty_rows(tables: Tables) -> Iterator[Flaw]:
    for table in ("periods", "ratios", "floats"):
        for name, row in getattr(tables, table).items():
            if row is None:
                yield Flaw(FaultCode.INCONSISTENT, {"reason": Reason.ROW_EMPTY, "row": f"{table}.{name}"})


def _unknown_seasons(tables: Tables) -> Iterator[Flaw]:
    known = ", ".join(tables.seasons) or "(none)"
    rows = [row for row in (*tables.periods.values(), *tables.ratios.values()) if row is not None]
    for name in dict.fromkeys(name for row in rows for name in row.season):
        if name not in tables.seasons:
            yield Flaw(FaultCode.UNKNOWN_REFERENCE, {"kind": "season", "id": name, "known": known})


def _customers(tables: Tables) -> Iterator[PriceKey]:
    rows = (*tables.periods.values(), *tables.ratios.values(), *tables.floats.values())
    selectors = [tables.selector, *(row.selector for row in rows if row is not None)]
    return (key for key in cells(selectors) if tables.selector.matches(key))


def _customer(tables: Tables, key: PriceKey) -> Iterator[Flaw]:
    """What is wrong with the tables of one customer, on the first day of the year of each kind that it is wrong on."""
    period_rows = tables.period_rows(key)
    views = tuple(day_classes(row.days for _, row in period_rows if row.days is not None))
    seen: set[tuple[str, ...]] = set()
    for day in _first_days(tables):
        bands: set[Band] = set()
        here = [each for each in period_rows if tables.in_season(each[1].season, day)]
        for view in views if period_rows else ():
            holding = [each for each in here if each[1].days is None or each[1].days.holds(view)]
            told = day_bands((row for _, row in holding), tables.remainder)
            bands.update(band for band in told if band is not None)
            names = tuple(name for name, _ in holding)
            if names not in seen:
                seen.add(names)
                yield from _clashes(holding)
                if uncovered := [slot for slot, band in enumerate(told) if band is None]:
                    facts = {"key": str(key), "day": _text(day), "hours": hours_text(uncovered)}
                    yield Flaw(FaultCode.HOURS_WITHOUT_BAND, facts)
        yield from _ratios(tables, key, day, bands)


def _first_days(tables: Tables) -> list[date]:
    """The first day of the year, and each on which some season starts or is over."""
    seasons = [season for listed in tables.seasons.values() for season in listed]
    return sorted({date(_LEAP_YEAR, 1, 1), *first_days(seasons, _LEAP_YEAR)})


def _text(day: date) -> str:
    return f"{day.month:02}-{day.day:02}"


def _clashes(rows: Iterable[tuple[str, PeriodRow]]) -> Iterator[Flaw]:
    """Hours of the same days that two rows claim for bands that exclude each other."""
    for (name, row), (other_name, other) in combinations(rows, 2):
        if row.days != other.days:
            continue
        for (band, slots), (other_band, other_slots) in product(row.slots.items(), other.slots.items()):
            if clash(band, other_band) and (shared := slots & other_slots):
                facts = {"reason": Reason.ROWS_CLASH, "hours": hours_text(shared)}
                ours = {"band": band.value, "row": f"periods.{name}"}
                theirs = {"other_band": other_band.value, "other_row": f"periods.{other_name}"}
                yield Flaw(FaultCode.INCONSISTENT, {**facts, **ours, **theirs})


def _ratios(tables: Tables, key: PriceKey, day: date, bands: set[Band]) -> Iterator[Flaw]:
    """Two rows of ratios for one day, none where other days have one, or none for a band that has hours."""
    rows = tables.ratio_rows(key)
    here = [(name, row) for name, row in rows if tables.in_season(row.season, day)]
    facts = {"key": str(key), "day": _text(day)}
    if len(here) > 1:
        named = {"row": f"ratios.{here[0][0]}", "other_row": f"ratios.{here[1][0]}"}
        yield Flaw(FaultCode.INCONSISTENT, {"reason": Reason.RATIOS_TWICE, **named, **facts})
    elif rows and not here:
        named = {"row": f"ratios.{rows[0][0]}"}
        yield Flaw(FaultCode.INCONSISTENT, {"reason": Reason.RATIOS_MISSING, **named, **facts})
    elif here:
        name, row = here[0]
        for band in sorted(bands - set(row.bands)):
            named = {"band": band.value, "row": f"ratios.{name}", "day": _text(day)}
            yield Flaw(FaultCode.INCONSISTENT, {"reason": Reason.RATIO_MISSING, **named})


@dataclass(frozen=True, slots=True)
class _DayClass:
    """Days that are alike to every rule."""

    kind: DayKind
    weekday: Weekday
    holidays: frozenset[Holiday]
    days_off: int
    events: frozenset[EventRule]

    def is_off_for(self, days: int) -> bool:
        return self.days_off >= days

    def reached(self, event: EventRule) -> bool:
        return event in self.events


def day_classes(rules: Iterable[DayRule]) -> Iterator[_DayClass]:
    """One of each set of days that some rules treat alike.

    Left out: a break that is announced for two holidays, which is alike to the rules of each.
    """
    every = list(rules)
    named = {holiday for rule in every for holiday in rule.holiday}
    holidays = [*sorted(named), *[holiday for holiday in Holiday if holiday not in named][:1]]
    none: frozenset[Holiday] = frozenset()
    off = [(DayKind.REST_DAY, none)]
    off += [(kind, frozenset((each,))) for kind in (DayKind.REST_DAY, DayKind.STATUTORY_DAY) for each in holidays]
    lengths = (1, *sorted({rule.days_off for rule in every if rule.days_off is not None}))
    kinds = [(kind, none, 0) for kind in (DayKind.WORKDAY, DayKind.MAKEUP_WORKDAY)]
    kinds += [(kind, names, days) for kind, names in off for days in lengths]
    events = list(dict.fromkeys(rule.event for rule in every if rule.event is not None))
    for (kind, names, days), happened in product(kinds, product((False, True), repeat=len(events))):
        did = frozenset(event for event, happens in zip(events, happened, strict=True) if happens)
        yield from (_DayClass(kind, weekday, names, days, did) for weekday in _weekdays(every, kind, names))


_WEEKEND = (Weekday.SATURDAY, Weekday.SUNDAY)


def _weekdays(rules: Iterable[DayRule], kind: DayKind, holidays: frozenset[Holiday]) -> Iterator[Weekday]:
    """The days of the week that days of a kind are, one of those that no rule names; any where no rule names one."""
    named = {weekday for rule in rules for weekday in rule.weekday}
    possible = [each for each in Weekday if holidays or (kind is DayKind.WORKDAY) == (each not in _WEEKEND)]
    yield from (each for each in possible if each in named)
    yield from [each for each in possible if each not in named][:1]
