"""The hours of a public holiday as those of a day of work, or the other way round, where intervals are billed."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from billcalc.audit.diagnose.cause import ANYTHING, Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.documents import changed
from billcalc.kernel.spans import Span
from billcalc.tariff.calendars import Break, Calendar
from billcalc.vocabulary import Kind

__all__ = ["HOLIDAY"]

_DAY = timedelta(1)


def _find(situation: Situation) -> Iterator[Instance]:
    """Meters that sort energy into bands themselves have done so; only intervals are sorted by the calendar."""
    if not any(point.get("intervals") for _, point in situation.points()):
        return
    period = situation.request.period.span
    for calendar in (each for each in situation.catalog.documents if isinstance(each, Calendar)):
        for number, each in enumerate(calendar.breaks):
            days = Span(each.off.start - _DAY, each.off.end + _DAY)
            if days.intersect(period) is None and not any(day in period for day in each.worked):
                continue
            for value, other in _others(each):
                slot, facts = f"calendar.{calendar.id}.{number}", {"day": str(each.off.start), "wrong": value}
                edit = Edit(catalog=changed(Kind.CALENDAR, _with(calendar.id, number, other)))
                yield Instance("holiday", slot, value, Stage.DOCUMENTS, ANYTHING, edit, facts)


def _others(right: Break) -> Iterator[tuple[str, Break | None]]:
    """A break as it may have been taken; None for no break at all."""
    off = right.off
    if right.worked:  # what is worked is no day off, so a break of that day alone is none, and keeps the work in lieu
        alone = off.model_copy(update={"start": right.worked[0], "end": right.worked[0] + _DAY})
        yield "as_ordinary_days", right.model_copy(update={"off": alone, "statutory": ()})
        yield "lieu_as_weekend", right.model_copy(update={"worked": ()})
    else:
        yield "as_ordinary_days", None
    if set(right.statutory) != set(off.days):
        yield "all_as_holiday", right.model_copy(update={"statutory": off.days})
    if right.statutory:
        yield "holiday_as_rest_days", right.model_copy(update={"statutory": ()})
    for value, start, end in (
        ("day_before_too", off.start - _DAY, off.end),
        ("day_after_too", off.start, off.end + _DAY),
    ):
        yield value, right.model_copy(update={"off": off.model_copy(update={"start": start, "end": end})})


def _with(identity: str, number: int, other: Break | None) -> Callable[[Any], Any]:
    def change(document: Any) -> Any:
        if document.id != identity:
            return document
        made = [other if place == number else each for place, each in enumerate(document.breaks)]
        told = {**dict(document), "breaks": tuple(each for each in made if each is not None)}
        return Calendar.model_construct(**told)  # a copy would keep the days that were found of the right one

    return change


HOLIDAY = Cause("holiday", _find)
