"""The two tables of a time-of-use tariff: the hours of each band, and what the price of a band is a multiple of.

They have seasons of their own: the hours of a month may change where its ratios do not. Where rows of different days
overlap, the band that comes first in ``PRECEDENCE`` wins: a deep valley of holidays lies over the hours of every day.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import combinations
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from billcalc.fields import CODE, Code, Model, NotNegative, fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import EXACT, ONE
from billcalc.kernel.reasons import Reason
from billcalc.kernel.spans import Span
from billcalc.tariff.calendars import DayRule
from billcalc.tariff.components import Component, PriceKey, Selector
from billcalc.tariff.hours import DAY_MINUTES, SLOT_MINUTES, HoursOfDay
from billcalc.tariff.measured_demand import TimeBand
from billcalc.tariff.roundings import RoundingStep
from billcalc.tariff.seasons import Season, first_days
from billcalc.vocabulary import BANDS, Band, Section

__all__ = [
    "PRECEDENCE",
    "UNTIMED",
    "Code",
    "FloatRow",
    "PeriodRow",
    "PriceRounding",
    "Ratio",
    "RatioRow",
    "Tables",
    "clash",
    "day_bands",
]

PRECEDENCE = (
    *(Band.DEEP_VALLEY, Band.SHARP, Band.VALLEY, Band.PEAK, Band.HALF_PEAK, Band.SATURDAY_HALF_PEAK),
    Band.FLAT,
)
"""Which band an hour is of where several claim it."""

_OVERLAYS = (Band.DEEP_VALLEY, Band.SHARP)
"""Bands that notices print over others, such as a peak that includes its sharp hours; the others exclude each other."""

UNTIMED = "untimed"
"""The price of those who have no time of use, as what a ratio multiplies."""


def _one_or_many(raw: object) -> object:
    return [raw] if isinstance(raw, str) else raw


_NAME = {"type": "string", "pattern": CODE}
Names = Annotated[
    tuple[Code, ...],
    BeforeValidator(_one_or_many),
    WithJsonSchema({"anyOf": [_NAME, {"type": "array", "items": _NAME}]}),
]


def clash(one: Band, other: Band) -> bool:
    """Whether two bands cannot both claim an hour of the same days."""
    return (one in _OVERLAYS) == (other in _OVERLAYS)


class PeriodRow(Model):
    """Hours of bands on some days.

    Attributes:
        season: names of seasons; none for the whole year.
        selector: the customers it is for.
        days: the days it is for; None for every day.
        bands: the hours by band.
    """

    season: Names = ()
    selector: Selector = Field(default=Selector(), alias="for")
    days: DayRule | None = None
    bands: dict[TimeBand, Annotated[tuple[HoursOfDay, ...], Field(min_length=1)]] = Field(min_length=1)

    @model_validator(mode="after")
    def _claims_each_hour_once(self) -> "PeriodRow":
        claims = [(band, hours) for band, listed in self.bands.items() for hours in listed]
        for (one, hours), (other, other_hours) in combinations(claims, 2):
            if clash(one, other) and (shared := hours.shares(other_hours)) is not None:
                reason = Reason.HOURS_TWICE if one is other else Reason.HOURS_OF_BOTH
                facts = {"hours": str(shared), "band": one.value, "other_band": other.value}
                raise fault_error(FaultCode.INCONSISTENT, reason=reason, **facts)
        return self

    @cached_property
    def slots(self) -> Mapping[Band, frozenset[int]]:
        """The half hours of each band, by their number in the day."""
        return {
            band: frozenset(
                minute // SLOT_MINUTES for hours in listed for minute in range(hours.start, hours.end, SLOT_MINUTES)
            )
            for band, listed in self.bands.items()
        }


def _of(raw: object) -> object:
    return None if raw == UNTIMED else raw


def _known_band(raw: object) -> object:
    band = Band.named(raw)
    if raw is not None and band not in BANDS:
        known = ", ".join([UNTIMED, *BANDS])
        raise fault_error(FaultCode.UNKNOWN_WORD, value=str(raw), known=known)
    return band


class Ratio(Model):
    """What the price of a band is a multiple of.

    Attributes:
        of: another band; None (written ``untimed``) for the price without time of use.
        factor: the multiple [1]: 1.6 is 60 % more.
    """

    of: Annotated[
        Band | None,
        BeforeValidator(_known_band),
        BeforeValidator(_of),
        WithJsonSchema({"enum": [UNTIMED, *(band.value for band in BANDS)]}),
    ]
    factor: NotNegative


class RatioRow(Model):
    """The ratios of some customers in some seasons.

    Attributes:
        season: names of seasons; none for the whole year.
        selector: the customers it is for.
        bands: by band; a band that another is a multiple of is among them.
    """

    season: Names = ()
    selector: Selector = Field(default=Selector(), alias="for")
    bands: dict[TimeBand, Ratio] = Field(min_length=1)

    @model_validator(mode="after")
    def _leads_to_the_untimed_price(self) -> "RatioRow":
        known = ", ".join([UNTIMED, *self.bands])
        for band in self.bands:
            passed = [band]
            while (of := self.bands[passed[-1]].of) is not None:
                if of not in self.bands:
                    raise fault_error(FaultCode.UNKNOWN_REFERENCE, kind="ratio of a band", id=of.value, known=known)
                if of in passed:
                    facts = {"reason": Reason.RATIOS_IN_A_CIRCLE, "in_bands": ", ".join(passed)}
                    raise fault_error(FaultCode.INCONSISTENT, **facts)
                passed.append(of)
        return self

    @cached_property
    def factors(self) -> Mapping[Band, Decimal]:
        """The multiple of the untimed price that each band costs [1]."""
        return {band: self._factor(band) for band in self.bands}

    @cached_property
    def chains(self) -> Mapping[Band, tuple[tuple[Band, Decimal], ...]]:
        """How the price of each band comes of the untimed one: the bands on the way to it, each with its multiple.

        A band that costs the untimed price itself is no step on the way to another: what is a multiple of it is one of
        the untimed price, whatever that band's own price is rounded to.
        """
        return {band: self._chain(band) for band in self.bands}

    def _chain(self, band: Band) -> tuple[tuple[Band, Decimal], ...]:
        ratio = self.bands[band]
        before = () if ratio.of is None else self._chain(ratio.of)
        if [factor for _, factor in before] == [ONE]:
            before = ()
        return (*before, (band, ratio.factor))

    def _factor(self, band: Band | None) -> Decimal:
        if band is None:
            return ONE
        return EXACT.multiply(self.bands[band].factor, self._factor(self.bands[band].of))


class FloatRow(Model):
    """What the ratios multiply for some customers: components that any of the lists names; with none told, nothing."""

    selector: Selector = Field(default=Selector(), alias="for")
    sections: tuple[Section, ...] = ()
    tags: tuple[Literal["floats", "levy", "green"], ...] = ()
    components: tuple[Code, ...] = ()

    def takes(self, component: Component) -> bool:
        """Whether a component is named."""
        return (
            component.section in self.sections
            or component.code in self.components
            or not set(component.tags).isdisjoint(self.tags)
        )


class PriceRounding(Model):
    """How band prices are rounded.

    Attributes:
        step: the last place that is kept [money/kWh].
        of: each component that floats, or their sum.
    """

    step: RoundingStep
    of: Literal["component", "sum"]


class Tables(Model):
    """The tables, whole or (in an amendment) a part of them.

    Attributes:
        selector: the customers that any of it is for.
        seasons: by name.
        remainder: the band of hours that no row names; where it is not told every hour must be named.
        periods, ratios, floats: rows by name; an amendment leaves a row out by null.
        price_round: None where band prices are not rounded.
    """

    selector: Selector = Field(default=Selector(), alias="for")
    seasons: dict[Code, Annotated[tuple[Season, ...], Field(min_length=1)]] = Field(default_factory=dict)
    remainder: Literal[Band.FLAT] | None = None
    periods: dict[Code, PeriodRow | None] = Field(default_factory=dict)
    ratios: dict[Code, RatioRow | None] = Field(default_factory=dict)
    floats: dict[Code, FloatRow | None] = Field(default_factory=dict)
    price_round: PriceRounding | None = None

    def period_rows(self, key: PriceKey) -> tuple[tuple[str, PeriodRow], ...]:
        """The rows of hours for a customer, by name, whatever the season."""
        rows = ((name, row) for name, row in self.periods.items() if row is not None)
        return tuple(each for each in rows if self.is_for(key, each[1].selector))

    def ratio_rows(self, key: PriceKey) -> tuple[tuple[str, RatioRow], ...]:
        """The rows of ratios for a customer, by name, whatever the season."""
        rows = ((name, row) for name, row in self.ratios.items() if row is not None)
        return tuple(each for each in rows if self.is_for(key, each[1].selector))

    def float_rows(self, key: PriceKey) -> tuple[FloatRow, ...]:
        """What is told of what floats for a customer; nothing where the document does not tell."""
        rows = (row for row in self.floats.values() if row is not None)
        return tuple(row for row in rows if self.is_for(key, row.selector))

    @cached_property
    def selectors(self) -> tuple[Selector, ...]:
        """The selectors of everything in it."""
        rows = (*self.periods.values(), *self.ratios.values(), *self.floats.values())
        return (self.selector, *(row.selector for row in rows if row is not None))

    def floats_for(self, component: Component, key: PriceKey) -> bool | None:
        """Whether the ratios multiply a component for a customer; None where what floats for him is not told."""
        rows = self.float_rows(key)
        return any(row.takes(component) for row in rows) if rows else None

    def is_for(self, key: PriceKey, selector: Selector) -> bool:
        """Whether a row with a selector is for a customer."""
        return key.time_of_use and self.selector.matches(key) and selector.matches(key)

    def factors(self, key: PriceKey, day: date) -> Mapping[Band, Decimal] | None:
        """The multiple of the untimed price that each band costs a customer on a day; None where that is not told."""
        row = self._ratio_row(key, day)
        return None if row is None else row.factors

    def chains(self, key: PriceKey, day: date) -> Mapping[Band, tuple[tuple[Band, Decimal], ...]] | None:
        """How the price of each band comes of the untimed one for a customer on a day; None where that is not told."""
        row = self._ratio_row(key, day)
        return None if row is None else row.chains

    def bands_of_month(self, key: PriceKey, day: date) -> frozenset[Band] | None:
        """The bands that may have a price for a customer in the month of a day; None where no ratios are told.

        A band needs a ratio, and hours on some day, if hours are told: a ratio may be of more months than its hours.
        """
        factors = self.factors(key, day)
        if factors is None:
            return None
        first = day.replace(day=1)
        days = [each for each in (first + timedelta(days=number) for number in range(31)) if each.month == day.month]
        rows = [row for _, row in self.period_rows(key) if any(self.in_season(row.season, each) for each in days)]
        timed = {band for row in rows for band in row.bands} | {self.remainder}
        return frozenset(band for band in factors if not rows or band in timed)

    def _ratio_row(self, key: PriceKey, day: date) -> RatioRow | None:
        rows = (row for _, row in self.ratio_rows(key) if self.in_season(row.season, day))
        return next(rows, None)

    def in_season(self, names: Sequence[str], day: date) -> bool:
        """Whether a day is in one of the seasons, or none is named."""
        return not names or any(day in season for name in names for season in self.seasons[name])

    def season_starts(self, within: Span) -> set[date]:
        """The days inside a closed span, but its first, on which a season starts or is over."""
        assert within.end is not None, "an open span has no last year"
        seasons = [season for listed in self.seasons.values() for season in listed]
        years = range(within.start.year, within.end.year + 1)
        return {day for year in years for day in first_days(seasons, year) if day in within} - {within.start}


def day_bands(rows: Iterable[PeriodRow], remainder: Band | None) -> tuple[Band | None, ...]:
    """The band of each half hour of a day on which some rows hold; None where nothing is told."""
    found: list[Band | None] = [remainder] * (DAY_MINUTES // SLOT_MINUTES)
    listed = list(rows)
    for band in reversed(PRECEDENCE):
        for row in listed:
            for slot in row.slots.get(band, ()):
                found[slot] = band
    return tuple(found)
