"""The days on which band prices change because their ratios do: with a season, or with a time-of-use document."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from billcalc.billing.planning.case import Case
from billcalc.billing.planning.floats import tables_of
from billcalc.billing.planning.prices import replaced_kinds
from billcalc.kernel.spans import Span
from billcalc.tariff.components import Component, PriceKey
from billcalc.tariff.kinds import PRICE_KINDS
from billcalc.vocabulary import Kind

__all__ = ["ratio_changes"]


def ratio_changes(case: Case, keys: Iterable[PriceKey], valid: Span) -> set[date]:
    """The days inside a closed span on which the ratios of something that one of the customers pays change."""
    area = case.request.area
    timed = list(dict.fromkeys(key for key in keys if key.time_of_use))
    days = set(case.catalog.changes(Kind.TIME_OF_USE, area, valid)) if timed else set()
    for day in (valid.start, *sorted(days)):
        found = case.catalog.find(Kind.TIME_OF_USE, area, day) if timed else None
        if found is not None:
            days.update(tables_of(found).season_starts(valid))
    return {day for day in days if any(_ratios(case, key, day) != _ratios(case, key, _before(day)) for key in timed)}


def _before(day: date) -> date:
    return day - timedelta(days=1)


def _ratios(case: Case, key: PriceKey, day: date) -> Mapping[str, object]:
    """By component the ratios by which it floats on a day; what is refused for want of them is not among them."""
    found = case.catalog.find(Kind.TIME_OF_USE, case.request.area, day)
    if found is None:
        return {}
    tables = tables_of(found)
    stated = (tables.factors(key, day), tables.price_round)
    return {each.code: stated for each in _untimed(case, key, day) if tables.floats_for(each, key)}


def _untimed(case: Case, key: PriceKey, day: date) -> Iterator[Component]:
    """The components that a customer pays on a day at a price that is not by band."""
    sheet = case.request.price_sheet
    components = [each for each in (sheet.components if sheet is not None else ()) if each.selector.matches(key)]
    replaced = replaced_kinds(case)
    for kind in (kind for kind in PRICE_KINDS if kind not in replaced):
        on = case.price_day(kind, day)
        matching = case.catalog.matching(kind, area=case.request.area, key=key, day=on)
        components.extend(each.component for each in matching)
    return (each for each in components if not each.is_timed)
