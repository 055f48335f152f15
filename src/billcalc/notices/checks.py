"""Whether a notice fits itself: sums of parts, the order of voltages, orders of magnitude."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from billcalc.kernel.decimals import EXACT, decimal_text, exact_sum
from billcalc.notices.findings import NoticeCode
from billcalc.notices.reading import Figure, NoticeRow, Reading
from billcalc.notices.words import BAND_COLUMNS, PART_COLUMNS, Column
from billcalc.tariff.check_totals import TOLERANCE
from billcalc.tariff.plausibility import Plausibility
from billcalc.vocabulary import Section, Voltage, voltages_named

__all__ = ["Distance", "check_alone", "distance", "part_prices", "places_of"]

_WHOLE = Section.CATALOGUE.value
"""What limits the price of a kWh with all its parts: as the catalogue prices of old were, and every total is."""

_TOTALS = (Column.TOTAL, *BAND_COLUMNS)
_ORDER = list(Voltage)


class Distance(NamedTuple):
    """How far a printed price is from what its parts make.

    Attributes:
        parts: what they make [CNY/kWh].
        facts: of a sentence about it.
        is_apart: whether it is further than rounding takes it.
    """

    parts: Decimal
    facts: Mapping[str, str]
    is_apart: bool


def distance(figure: Figure, parts: Decimal, places: int) -> Distance | None:
    """How far a printed price is from what its parts make; None where it is no more than half of the last place.

    Args:
        figure: the printed price.
        parts: what they make [CNY/kWh].
        places: the decimals of such prices in the notice.
    """
    apart = abs(EXACT.subtract(figure.price, parts))
    if apart <= min(Decimal(5).scaleb(-places - 1), TOLERANCE):
        return None
    facts = {"printed": decimal_text(figure.price), "parts": decimal_text(parts), "distance": decimal_text(apart)}
    return Distance(parts, facts, apart > TOLERANCE)


def part_prices(row: NoticeRow) -> Mapping[Column, Decimal]:
    """The parts of a row [CNY/kWh]; a part that it prints no number for is absent and counts as nothing."""
    return {column: row.figures[column].price for column in PART_COLUMNS if column in row.figures}


def places_of(reading: Reading) -> int:
    """The decimals of the prices per kWh that a notice prints, the most of any total or band."""
    totals = (row.figures[column] for row in reading.rows for column in row.figures if column in _TOTALS)
    return max((_places(figure.price) for figure in totals), default=0)


def _places(price: Decimal) -> int:
    exponent = price.as_tuple().exponent
    assert isinstance(exponent, int), "a price is a number"
    return max(-exponent, 0)


def check_alone(reading: Reading, *, plausible: Plausibility | None) -> None:
    """Find what does not fit in a notice, without any other document.

    Args:
        reading: takes the findings.
        plausible: what prices lie within, the second witness of their unit; None where nobody tells.
    """
    places = places_of(reading)
    for row in reading.rows:
        _sizes(reading, row, plausible)
        _sum(reading, row, places)
    _voltages(reading)


def _sizes(reading: Reading, row: NoticeRow, plausible: Plausibility | None) -> None:
    limits = [] if plausible is None else [limit for limit in plausible.prices if limit.of == _WHOLE]
    for column in (column for column in _TOTALS if column in row.figures):
        figure = row.figures[column]
        for limit in limits:
            if not limit.least <= figure.price <= limit.most:
                facts = {"printed": figure.printed, "unit": figure.unit.value, "price": decimal_text(figure.price)}
                facts["range"] = f"{decimal_text(limit.least)}–{decimal_text(limit.most)}"
                reading.find(NoticeCode.UNIT_IMPLAUSIBLE, figure.address, **facts)


def _sum(reading: Reading, row: NoticeRow, places: int) -> None:
    total = row.figures.get(Column.TOTAL)
    if total is None:
        if not any(each.code is NoticeCode.HEAD_MISSING for each in reading.findings):  # which is told once
            reading.find(NoticeCode.CELL_EMPTY, row.address)
        return
    found = distance(total, exact_sum(part_prices(row).values()), places)
    if found is not None and not (found.is_apart and reading.lacks_a_part):
        code = NoticeCode.SUM_APART if found.is_apart else NoticeCode.SUM_NEAR
        reading.find(code, total.address, **found.facts)


def _voltages(reading: Reading) -> None:
    """A higher voltage is never dearer: neither its network price nor its total."""
    groups: dict[object, list[NoticeRow]] = defaultdict(list)
    for row in reading.rows:
        groups[row.customers[:3]].append(row)
    for rows in groups.values():
        rows.sort(key=lambda row: _ORDER.index(voltages_named(row.voltage)[0]))
        for lower, higher in pairwise(rows):
            for column in _rising(lower, higher):
                facts = {"price": decimal_text(higher.figures[column].price), "voltage": higher.voltage}
                facts |= {"lower_price": decimal_text(lower.figures[column].price), "lower": lower.voltage}
                reading.find(NoticeCode.VOLTAGES_NOT_MONOTONE, higher.figures[column].address, **facts)


def _rising(lower: NoticeRow, higher: NoticeRow) -> Iterator[Column]:
    for column in (Column.NETWORK, Column.TOTAL):
        one, other = lower.figures.get(column), higher.figures.get(column)
        if one is not None and other is not None and other.price > one.price:
            yield column
