"""The tariff document of a notice, as text: the parts that a month decides, and the printed totals beside them."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from billcalc.kernel.sources import Evidence
from billcalc.notices.checks_library import INDUSTRY, PARTS
from billcalc.notices.reading import Figure, NoticeRow, Reading
from billcalc.notices.words import BAND_COLUMNS, Column
from billcalc.tariff.documents import PriceDocument
from billcalc.vocabulary import CustomerClass, Kind, Purchase

__all__ = ["Publication", "document_id", "document_text", "next_month"]

_MONTHLY = (Column.PURCHASE, Column.UPSTREAM_LOSS, Column.SYSTEM)
"""The parts that the month's notice decides; the others are other documents'."""
_GIVEN = {Column.PURCHASE: "市场化购电价格", Column.UPSTREAM_LOSS: PARTS[Column.UPSTREAM_LOSS].label}
"""What a customer in the market has from a contract of his own."""

_PLAIN = re.compile(r"[^\W\d_][\w（）()·、《》〔〕-]*")


@dataclass(frozen=True, slots=True)
class Publication:
    """What is told of the notice itself.

    Attributes:
        title: as printed.
        url: where it was published; without one the evidence is ``secondary``.
        recorded_on: the day of the import.
        note: what came of it in the import.
        acknowledged: by the code of a warning of the library's check why the document is right all the same.
    """

    title: str
    url: str | None
    recorded_on: date
    note: str
    acknowledged: Mapping[str, str] = field(default_factory=dict)

    @property
    def evidence(self) -> Evidence:
        """How well it was seen: a file without its source cannot be looked up again."""
        return Evidence.SECONDARY if self.url is None else Evidence.OFFICIAL_TEXT


def document_id(area: str, month: str) -> str:
    """The id of the document of a month.

    >>> document_id("cn-guangdong-prd5", "2026-09")
    'cn/guangdong-prd5/purchase_price/2026-09'
    """
    nation, _, place = area.partition("-")
    return f"{nation}/{place}/{Kind.PURCHASE_PRICE}/{month}"


def next_month(day: date) -> date:
    """The first day of the month after a day.

    >>> next_month(date(2026, 12, 1)).isoformat()
    '2027-01-01'
    """
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def document_text(
    reading: Reading, publication: Publication, *, area: str, day: date, last: PriceDocument | None
) -> str:
    """The document in YAML, as people write it by hand.

    Args:
        reading: without errors.
        publication: what is told of the notice.
        area: such as ``cn-anhui``.
        day: the first of the month.
        last: the document of the month before, whose classes it takes over.
    """
    classes = _classes(last)
    lines = [*_head(publication, area, day)]
    if all(row.customer_class is None for row in reading.rows):
        lines.append(f"for: {_flow({'class': classes})}")
        classes = ()
    lines.append("components:")
    for column in _MONTHLY:
        lines.extend(_components(column, reading.rows, classes))
    lines.append("totals:")
    for row in reading.rows:
        lines.extend(_total(row))
    return "\n".join(lines) + "\n"


def _classes(last: PriceDocument | None) -> tuple[CustomerClass, ...]:
    """The classes that the document is for: those of last month's."""
    told = [] if last is None else [word for each in last.components for word in each.selector.customer_class]
    return tuple(dict.fromkeys(told)) or INDUSTRY


def _head(publication: Publication, area: str, day: date) -> Iterator[str]:
    yield f"id: {document_id(area, f'{day:%Y-%m}')}"
    yield f"kind: {Kind.PURCHASE_PRICE}"
    yield f"area: {area}"
    yield f"effective: {{from: {day}, repealed_on: {next_month(day)}}}"
    yield "document:"
    yield f"  title: {_scalar(publication.title)}"
    if publication.url is not None:
        yield f"  url: {_scalar(publication.url)}"
    yield f"evidence: {publication.evidence}"
    yield f"recorded_on: {publication.recorded_on}"
    yield f"note: {_scalar(publication.note)}"
    if publication.acknowledged:
        yield "acknowledged:"
        yield from (f"  {code}: {_scalar(reason)}" for code, reason in publication.acknowledged.items())


def _components(column: Column, rows: Sequence[NoticeRow], classes: Sequence[str]) -> Iterator[str]:
    by_groups: dict[object, tuple[list[tuple[Figure, dict[str, Any]]], list[str]]] = {}
    for purchase in dict.fromkeys(row.purchase for row in rows):
        groups = _groups(column, [row for row in rows if row.purchase is purchase])
        told = tuple((figure.price, figure.misprint, str(selector)) for figure, selector in groups)
        by_groups.setdefault(told, (groups, []))[1].append(purchase)
    for groups, purchases in by_groups.values():
        if column not in _GIVEN and Purchase.AGENT in purchases:
            purchases.append(Purchase.MARKET)
        for figure, selector in groups:
            yield from _component(
                column, PARTS[column].label, _price(figure), classes, {**selector, "purchase": purchases}
            )
    if column in _GIVEN:
        yield from _component(column, _GIVEN[column], "given", classes, {"purchase": [Purchase.MARKET]})


def _groups(column: Column, rows: Sequence[NoticeRow]) -> list[tuple[Figure, dict[str, Any]]]:
    """Each price of a part with the customers it is for; of a part without a price, nothing."""
    figures = [row.figures.get(column) for row in rows]
    first = figures[0]
    if all(_same(figure, first) for figure in figures):
        return [] if first is None else [(first, {})]
    found: list[tuple[Figure, dict[str, Any]]] = []
    for row in rows:
        figure = row.figures.get(column)
        if figure is None:
            continue
        told: dict[str, Any] = {} if row.customer_class is None else {"class": [row.customer_class.value]}
        told["billing"] = [row.billing.value]
        same = next((each for known, each in found if _same(known, figure) and told.items() <= each.items()), None)
        if same is None:
            found.append((figure, {**told, "voltage": [row.voltage]}))
        else:
            same["voltage"].append(row.voltage)
    return found


def _same(one: Figure | None, other: Figure | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.price, one.misprint) == (other.price, other.misprint)


def _price(figure: Figure) -> str:
    if figure.misprint is None:
        return f'"{figure.price:f}"'
    printed, reason = figure.misprint
    return f'{{flat: {{printed: "{printed:f}", corrected: "{figure.price:f}", reason: {_scalar(reason, flow=True)}}}}}'


def _component(
    column: Column, label: str, price: str, classes: Sequence[str], selector: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    part = PARTS[column]
    yield f"- code: {column}"
    yield f"  label: {label}"
    yield f"  section: {part.section}"
    yield f"  price: {price}"
    if part.tags and price != "given":
        yield f"  tags: [{', '.join(part.tags)}]"
    yield f"  for: {_flow({**({'class': classes} if classes else {}), **selector})}"


def _total(row: NoticeRow) -> Iterator[str]:
    told: dict[str, Sequence[str]] = {} if row.customer_class is None else {"class": [row.customer_class.value]}
    yield f"- for: {_flow({**told, 'billing': [row.billing], 'voltage': [row.voltage], 'purchase': [row.purchase]})}"
    yield f'  untimed: "{row.figures[Column.TOTAL].price:f}"'
    bands = [
        f'{band}: "{row.figures[column].price:f}"' for column, band in BAND_COLUMNS.items() if column in row.figures
    ]
    if bands:
        yield f"  bands: {{{', '.join(bands)}}}"


def _flow(selector: Mapping[str, Sequence[str]]) -> str:
    return f"{{{', '.join(f'{name}: {_listed(words)}' for name, words in selector.items())}}}"


def _listed(words: Iterable[str]) -> str:
    quoted = [f'"{word}"' if word[0] in "><=" else str(word) for word in words]
    return quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"


def _scalar(text: str, *, flow: bool = False) -> str:
    """A text as a scalar of YAML: plain where nothing in it means something else, such as yes and no."""
    return text if _PLAIN.fullmatch(text) and not text.isascii() and not flow else json.dumps(text, ensure_ascii=False)
