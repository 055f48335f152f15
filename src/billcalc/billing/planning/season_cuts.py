"""The days on which band prices change because their ratios do: with a season, or with a time-of-use document."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from billcalc.billing.planning.context import Context
from billcalc.billing.planning.floats import tables_of
from billcalc.billing.planning.prices import replaced_kinds
from billcalc.kernel.spans import Span
from billcalc.tariff.components import BandPrices, Component, PriceKey
from billcalc.tariff.kinds import PRICE_KINDS
from billcalc.vocabulary import Kind

__all__ = ["ratio_changes"]


def ratio_changes(context: Context, keys: Iterable[PriceKey], valid: Span) -> set[date]:
    """The days inside a closed span on which the ratios of something that one of the customers pays change."""
    area = context.request.area
    timed = list(dict.fromkeys(key for key in keys if key.time_of_use))
    days = set(context.catalog.changes(Kind.TIME_OF_USE, area, valid)) if timed else set()
    for day in (valid.start, *sorted(days)):
        found = context.catalog.find(Kind.TIME_OF_USE, area, day) if timed else None
        if found is not None:
            days.update(tables_of(found).season_starts(valid))
    return {
        day for day in days if any(_ratios(context, key, day) != _ratios(context, key, _before(day)) for key in timed)
    }


def _before(day: date) -> date:
    return day - timedelta(days=1)


def _ratios(context: Context, key: PriceKey, day: date) -> Mapping[str, object]:
    """By component the ratios by which it floats on a day; what is refused for want of them is not among them."""
    found = context.catalog.find(Kind.TIME_OF_USE, context.request.area, day)
    if found is None:
        return {}
    tables = tables_of(found)
    told = (tables.factors(key, day), tables.price_round)
    return {each.code: told for each in _untimed(context, key, day) if tables.floats_for(each, key)}


def _untimed(context: Context, key: PriceKey, day: date) -> Iterator[Component]:
    """The components that a customer pays on a day at a price that is not by band."""
    sheet = context.request.price_sheet
    components = list(sheet.components) if sheet is not None else []
    replaced = replaced_kinds(context)
    for kind in (kind for kind in PRICE_KINDS if kind not in replaced):
        found = context.catalog.find(kind, context.request.area, context.price_day(kind, day))
        components.extend(found.document.components if found is not None else ())
    return (each for each in components if each.selector.matches(key) and not isinstance(each.price, BandPrices))
