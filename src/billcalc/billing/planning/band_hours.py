"""Whether days have hours of a band, by the documents of the time of use and what the request tells of the days."""

from collections.abc import Iterable
from datetime import date, timedelta

from billcalc.agreement.models import Group
from billcalc.bands.schedule import Schedule
from billcalc.billing.planning.case import Case, last_day
from billcalc.billing.planning.floats import tables_of
from billcalc.billing.planning.intervals import CitedDays
from billcalc.billing.planning.prices import group_key
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Refusal, Refused
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.tariff.time_of_use_tables import PeriodRow
from billcalc.vocabulary import Band, Kind

__all__ = ["band_hours"]


def band_hours(case: Case, terms: Group, span: Span, band: Band) -> frozenset[bool] | Refusal:
    """Whether the days of a span have hours of a band: what is so of some of them, or why that cannot be said.

    Nothing where no document tells the hours of such a customer.
    """
    found: set[bool] = set()
    key, area = group_key(terms), case.request.area
    days = CitedDays(case.catalog, area, case.request.events, case)
    for part in span.cut(case.catalog.changes(Kind.TIME_OF_USE, area, span)):
        document = case.catalog.find(Kind.TIME_OF_USE, area, part.start)
        rows = () if document is None else tables_of(document).period_rows(key)
        if document is None or not rows:
            return frozenset()
        schedule = Schedule(document=tables_of(document), key=key)
        is_named = any(band in row.bands for _, row in rows)
        asked = _days_asked(tables_of(document), rows, part) if is_named else []
        try:
            found.update(band in schedule.bands_on(day=day, facts=days) for day in asked)
        except Refused as refused:
            return refused.refusal
        found.update(() if is_named else {False})
        case.notes.use(document, last_day(part))
    return frozenset(found)


def _days_asked(document: TimeOfUse, rows: Iterable[tuple[str, PeriodRow]], span: Span) -> list[date]:
    """The days of a span whose hours may differ: the first of each season where no row is for some days alone."""
    if all(row.days is None for _, row in rows):
        return [part.start for part in span.cut(document.season_starts(span))]
    return [span.start + timedelta(days=number) for number in range(span.days)]
