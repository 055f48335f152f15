"""Files of prices by interval into a request: a row for each interval, with its time and its price.

The head of the prices tells their unit, money by energy. Times are read as those of intervals are; a table with a row
for each day is not. No price is filled: what is missing between the first and the last is null, and is refused when it
is billed.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta, timezone
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from billcalc.billing.month_intervals import area_clock
from billcalc.billing.planning.area import currency_of
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.files.text import Source
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.hour_reasons import HourReason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.grid import Grid
from billcalc.tables.interval_columns import is_of_time, not_stated
from billcalc.tables.interval_marks import Quality
from billcalc.tables.interval_registers import Shown, told_twice
from billcalc.tables.interval_requests import check_times
from billcalc.tables.interval_sources import read_interval_grid
from billcalc.tables.interval_statements import Stated, Values
from billcalc.tables.intervals import IntervalTable, intervals_of, once
from billcalc.tariff.catalog import Catalog

__all__ = ["PriceFile", "data_with_prices", "price_file_named"]

_FILE = re.compile(r"([a-z][a-z0-9_]{0,39})=(.+)")
_KEYS = ("times", "step", "zone")
"""What is stated of a file of prices."""
_UNIT = re.compile(
    r"((?<![十百千万亿美港澳欧日韩加])元|¥|(?<![a-z])[a-z]{3}|分)\s*/\s*(kw[·.]?h|千瓦时|度|mw[·.]?h|兆瓦时)",
    re.IGNORECASE,
)
"""Not 万元/MWh and kEUR/MWh, of which a price is another, nor 美元/MWh, which is no money of the area."""
_THOUSANDS = ("m", "兆")
"""With what such energy begins."""
_HUNDREDTH = "分"
_OF_THE_AREA = ("元", "¥", _HUNDREDTH)
"""Money that is the area's own, whatever it is."""
_NOT_MARKED = Quality.MEASURED


@dataclass(frozen=True, slots=True)
class PriceFile:
    """A file of the prices of a component.

    Attributes:
        source: a path or bytes.
        name: what messages call it.
    """

    source: Source
    name: str
    component: str


def price_file_named(text: str, *, where: str) -> PriceFile:
    """A file as a command is told it: behind its component.

    Raises:
        InvalidInput: where no component is told.

    >>> price_file_named("purchase=prices.csv", where="--prices").component
    'purchase'
    """
    found = _FILE.fullmatch(text)
    if found is None:
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, where, {"key": f"COMPONENT={text}"})])
    return PriceFile(found[2], found[2], found[1])


def data_with_prices(
    data: Any,
    files: Sequence[PriceFile],
    *,
    stated: Stated,
    catalog: Callable[[Request], Catalog],
    told: Callable[[Grid], None],
    unread: Callable[[str, Sequence[str]], None],
    where: Callable[[Any], str] | None = None,
    where_key: Callable[[Any], str] | None = None,
) -> dict[str, Any]:
    """The data of a request in whose ``price_sheet.series`` the prices of files stand as if they were written there.

    Args:
        data: of the request; without a ``price_sheet`` it gets one that is called by the first file.
        files: that have the prices.
        stated: what they do not tell: ``times``, ``step`` and ``zone``.
        catalog: gives the tariffs of a request.
        told: is handed each file that was read.
        unread: is handed the name of each file with the heads of its columns that nothing was read of.
        where: see ``validated``.
        where_key: see ``validated``.

    Raises:
        InvalidInput: where the request or a file cannot be read, or something has to be stated.
        Refused: where the area's clock is not known.
    """
    request = validated(Request, data, where=where, where_key=where_key)
    others = [key for key in stated.model_fields_set if key not in _KEYS]
    if others:
        facts = {"key": others[0], "known": ", ".join(_KEYS)}
        raise InvalidInput([Fault(FaultCode.UNKNOWN_KEY, "--prices-as", facts)])
    tariffs = catalog(request)
    clock, currency = area_clock(request, tariffs), currency_of(request, tariffs)
    sheet = {"title": files[0].name, **(data.get("price_sheet") or {})}
    series = dict(sheet.get("series", {}))
    for file in files:
        if file.component in series:
            raise InvalidInput([Fault(FaultCode.DUPLICATE_KEY, file.name, {"key": file.component})])
        grid = read_interval_grid(file.source, name=file.name)
        told(grid)
        prices, scale, left = _columns(grid, file, currency)
        unread(file.name, left)
        table = intervals_of(prices, stated=stated.model_copy(update={"values": Values.KWH}), clock=clock)
        if table.bad:
            raise InvalidInput(once(table.bad))
        check_times(table, file.name, timedelta(minutes=table.step), clock)
        series[file.component] = _in_row(table, scale, clock)
    return {**data, "price_sheet": {**sheet, "series": series}}


def _columns(grid: Grid, file: PriceFile, currency: str) -> tuple[Grid, Decimal, tuple[str, ...]]:
    """The columns of the times and of the prices, what makes prices per kWh of these, and the heads of the others.

    Raises:
        InvalidInput: where there is no column of prices, or not one, or its unit is not told or is of other money.
    """
    if not grid.rows:
        raise InvalidInput([Fault(FaultCode.EMPTY, grid.name)])
    header = grid.rows[0]
    units = {place: found for place, cell in enumerate(header) if (found := _UNIT.search(normalize("NFKC", cell.text)))}
    if len(units) != 1:
        where = header[0].where
        if units:
            raise InvalidInput([Fault(FaultCode.DUPLICATE_KEY, where, {"key": header[max(units)].text})])
        raise InvalidInput([not_stated(HourReason.PRICE_UNIT, where, "price [CNY/kWh]")])
    [(value, unit)] = units.items()
    money, energy = unit[1], unit[2].casefold()
    if money not in _OF_THE_AREA and money.upper() != currency:
        facts = {"component": file.component, "value": money.upper(), "known": currency}
        reason = {"reason": HourReason.PRICE_CURRENCY, **facts}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, header[value].where, reason)])
    kept = [place for place, cell in enumerate(header) if place == value or is_of_time(cell.text)]
    rows = [tuple(row[place] for place in kept if place < len(row)) for row in grid.rows]
    rows[0] = tuple(replace(cell, text="kwh") if cell is header[value] else cell for cell in rows[0])
    scale = Decimal(1).scaleb((-3 if energy.startswith(_THOUSANDS) else 0) + (-2 if money == _HUNDREDTH else 0))
    left = tuple(cell.text for place, cell in enumerate(header) if place not in kept)
    return replace(grid, rows=tuple(rows)), scale, left


def _in_row(table: IntervalTable, scale: Decimal, clock: timezone) -> dict[str, Any]:
    """Prices in a row, as a request gives them; null where one is missing between others.

    Raises:
        InvalidInput: where one stands there twice with two prices.
    """
    width = timedelta(minutes=table.step)
    rows = [Shown(at, price, row, _NOT_MARKED) for (at, price), row in zip(table.readings, table.places, strict=True)]
    first, last = min(each.at for each in rows), max(each.at for each in rows)
    values: list[str | None] = [None] * ((last - first) // width + 1)
    told: dict[int, Shown] = {}
    faults: list[Fault] = []
    for row in rows:
        place = (row.at - first) // width  # rows are whole steps apart, or were refused
        before = told.setdefault(place, row)
        if before.value != row.value:
            faults.append(told_twice(row._replace(at=row.at.astimezone(clock)), before.value))
        values[place] = decimal_text(EXACT.multiply(row.value, scale))
    if faults:
        raise InvalidInput(faults)
    return {"step": str(table.step), "start": first.astimezone(clock).isoformat(), "values": values}
