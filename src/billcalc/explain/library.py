"""The tariff library as a text: documents, prices, what changed, what is covered, what a bill would lack."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from billcalc.explain.customers import customer_words, customers
from billcalc.explain.printing import Align, PrintedLine, Role, columns, printed
from billcalc.explain.tiers import tiers_text
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.spans import Span
from billcalc.kernel.units import KVA, KW, KWH, MONEY, in_currency
from billcalc.tariff.components import BandPrices, Component, FlatPrice, PriceKey
from billcalc.tariff.differences import Change, Differences
from billcalc.tariff.documents import Header, PriceDocument
from billcalc.tariff.listing import Covered, Listed
from billcalc.tariff.price_series import SeriesPrice
from billcalc.tariff.reach import Gap, NeededFor, Reach, Stretch, stretches
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import Band, Kind
from billcalc.words.lexicon import ENGLISH, Lexicon
from billcalc.words.library import Say, library_words, needed_for_words
from billcalc.words.naming import labelled, qualified, unit_words
from billcalc.words.saying import sentence

__all__ = [
    "body_of",
    "change_row",
    "component_row",
    "content_lines",
    "coverage_text",
    "days_text",
    "differences_text",
    "document_text",
    "facts_of",
    "head_of",
    "listed_text",
    "missing_text",
    "path_of",
    "rows_text",
    "step_of",
    "unit_of",
]

_KEY = ("customer_class", "subclass", "billing", "voltage", "purchase", "time_of_use")
_UNITS = {"capacity_kva": f"{MONEY}/{KVA}", "demand_kw": f"{MONEY}/{KW}", "months": MONEY}


def listed_text(found: Sequence[Listed], *, lexicon: Lexicon) -> Iterator[PrintedLine]:
    """One line for each document."""
    words = library_words(lexicon.language)
    rows = [
        (
            each.document.id,
            _kind(lexicon, each.document.kind),
            _days(lexicon, each),
            lexicon.evidence[each.document.evidence],
            _titled(each.document),
        )
        for each in found
    ]  # fmt: skip
    if rows:
        yield from (printed(line) for line in columns(rows, (Align.LEFT,) * 5))
    yield printed(words[Say.COUNT].format(count=len(rows)), Role.RESULT)


def _titled(document: Header) -> str:
    published = document.document
    return published.title if published.number is None else f"{published.title} {published.number}"


def _kind(lexicon: Lexicon, kind: Kind) -> str:
    return kind.value if lexicon is ENGLISH else lexicon.kinds[kind]


def days_text(lexicon: Lexicon, span: Span) -> str:
    """The first and the last day of a span; whole months by their names."""
    words = library_words(lexicon.language)
    whole = span.start.day == 1 and (span.end is None or span.end.day == 1)
    first, end = str(span.start), span.end
    if whole:
        first = first[:7]
    if end is None:
        return words[Say.SINCE].format(first=first)
    last = str(end - timedelta(days=1))
    last = last[:7] if whole else last
    return first if first == last else words[Say.UNTIL].format(first=first, last=last)


def _days(lexicon: Lexicon, listed: Listed) -> str:
    """The days of a document; a superseded one has none."""
    if listed.superseded_by is not None:
        return library_words(lexicon.language)[Say.SUPERSEDED].format(id=listed.superseded_by)
    return days_text(lexicon, listed.span)


def document_text(listed: Listed, *, file: str, lexicon: Lexicon) -> Iterator[PrintedLine]:
    """A document: what it is, where it comes from, and its prices by row or its other content.

    Args:
        listed: the document; of an amendment what it changes.
        file: where it lies.
        lexicon: of the language.
    """
    words, document = library_words(lexicon.language), listed.document
    yield printed(document.document.title, Role.TITLE)
    for say, told in ((Say.FILE, file), *head_of(listed, lexicon=lexicon)):
        yield printed(labelled(lexicon, words[say], told))
    yield printed("")
    if isinstance(document, PriceDocument):
        yield printed(words[Say.PRICES], Role.HEADING)
        rows = [component_row(component, listed.currency, lexicon=lexicon) for component in document.components]
        yield from (printed(line) for line in columns(rows, (Align.LEFT,) * 4))
        yield from tiers_text(document.tiers, lexicon=lexicon)
    else:
        yield printed(words[Say.CONTENT], Role.HEADING)
        yield from (printed(line) for line in content_lines(body_of(document)))


def head_of(listed: Listed, *, lexicon: Lexicon) -> Iterator[tuple[Say, str]]:
    """What a document tells of itself, and where it comes from."""
    words, document = library_words(lexicon.language), listed.document
    span = _days(lexicon, listed)
    if document.seen_in_force is not None:
        span = words[Say.SEEN].format(span=span, last=document.seen_in_force.last)
    published = document.document
    amends = document.amends if isinstance(document, TimeOfUse) else None
    told: tuple[tuple[Say, object], ...] = (
        (Say.KIND, _kind(lexicon, document.kind)),
        (Say.AREA, document.area),
        (Say.IN_FORCE, span),
        (Say.EVIDENCE, lexicon.evidence[document.evidence]),
        (Say.NUMBER, published.number),
        (Say.ISSUER, published.issuer),
        (Say.ISSUED, published.issued),
        (Say.CLAUSE, published.clause),
        (Say.URL, published.url),
        (Say.SUPERSEDES, document.supersedes),
        (Say.AMENDS, amends),
        (Say.FIXTURES, ", ".join(document.fixtures) or None),
        (Say.RECORDED, document.recorded_on),
        (Say.NOTE, document.note),
    )
    return ((say, str(value)) for say, value in told if value is not None)


def unit_of(quantity: str, currency: str) -> str:
    """What a price is per: ``CNY/kWh`` for every energy; a fee is of the month."""
    return in_currency(_UNITS.get(quantity.partition(".")[0], f"{MONEY}/{KWH}"), currency)


def component_row(component: Component, currency: str, *, lexicon: Lexicon) -> tuple[str, str, str, str]:
    """A price: its name, what it is, per what, and for whom."""
    words = library_words(lexicon.language)
    price = component.price
    if price is None:
        told = words[Say.OWN_PRICE]
    elif isinstance(price, FlatPrice):
        told = decimal_text(price.flat.value)
    elif isinstance(price, SeriesPrice):
        series = price.series
        facts = {"count": len(series.values), "step": series.step, "start": series.start.isoformat()}
        told = words[Say.PRICE_SERIES].format(mean="–" if series.mean is None else decimal_text(series.mean), **facts)
    else:
        told = _bands(lexicon, price)
    name = component.code if component.label is None else qualified(lexicon, component.label, component.code)
    unit = unit_words(lexicon, unit_of(component.quantity, currency))
    return name, told, unit, customers(lexicon, component.selector)


def _bands(lexicon: Lexicon, price: BandPrices) -> str:
    told = [f"{lexicon.bands[band]} {decimal_text(number.value)}" for band, number in price.bands.items()]
    if price.unpriced:
        bands = ", ".join(lexicon.bands[band] for band in price.unpriced)
        told.append(library_words(lexicon.language)[Say.UNPRICED].format(bands=bands))
    return ", ".join(told)


def body_of(document: Header) -> dict[str, Any]:
    """What a document states, without what it tells of itself."""
    whole = document.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    head = {field.alias or name for name, field in Header.model_fields.items()} | {"amends"}
    return {key: value for key, value in whole.items() if key not in head}


def content_lines(content: Any, indent: str = "  ") -> Iterator[str]:
    """Plain data as indented lines; what has nothing inside it stands on one."""
    for key, value in content.items():
        if isinstance(value, dict) and any(isinstance(inner, dict) for inner in value.values()):
            yield f"{indent}{key}:"
            yield from content_lines(value, indent + "  ")
        else:
            yield f"{indent}{key}: {_inline(value)}"


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_inline(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_inline(inner) for inner in value)
    return str(value)


def differences_text(
    found: Differences, *, area: str, first: date, second: date, lexicon: Lexicon
) -> Iterator[PrintedLine]:
    """What changed between two days."""
    words = library_words(lexicon.language)
    yield printed(words[Say.CHANGES].format(area=area, first=first, second=second), Role.TITLE)
    if len(found.customers) == 1:
        yield printed(customer_words(lexicon, found.customers[0]))
    for refusal in found.lacking:
        told = sentence(lexicon, refusal.code, refusal.facts)
        yield printed(words[Say.NOT_COMPARED].format(reason=told), Role.DOUBT)
    if not found.changes:
        yield printed(words[Say.NO_CHANGES], Role.RESULT)
        return
    alone = len(found.customers) == 1
    rows = [
        change_row(lexicon, change, found.customers, found.currency)[: 6 if alone else 7] for change in found.changes
    ]
    left, right = Align.LEFT, Align.RIGHT
    yield from (printed(line) for line in columns(rows, (left, left, right, right, right, left, left)[: len(rows[0])]))


def change_row(lexicon: Lexicon, change: Change, compared: Sequence[PriceKey], currency: str) -> tuple[str, ...]:
    """A change: component, band, before, after, by how much, per what, and for which of the compared rows."""
    by = ""
    if change.before is not None and change.after is not None:
        difference = EXACT.subtract(change.after, change.before)
        by = f"{'+' if difference > 0 else ''}{decimal_text(difference)}"
    return (
        lexicon.components.get(change.component, change.component),
        "" if change.band is Band.TOTAL else lexicon.bands[change.band],
        _price(lexicon, is_priced=change.is_priced[0], price=change.before),
        _price(lexicon, is_priced=change.is_priced[1], price=change.after),
        by,
        unit_words(lexicon, unit_of(change.quantity, currency)),
        rows_text(lexicon, change.customers, compared),
    )


def _price(lexicon: Lexicon, *, is_priced: bool, price: Decimal | None) -> str:
    if price is not None:
        return decimal_text(price)
    return library_words(lexicon.language)[Say.OWN_PRICE if is_priced else Say.NO_PRICE]


def rows_text(lexicon: Lexicon, meant: Sequence[PriceKey], compared: Sequence[PriceKey]) -> str:
    """Which of the compared rows are meant: by what they have in common, where that tells it, else one by one."""
    words = library_words(lexicon.language)
    if len(meant) == len(compared):
        return words[Say.ALL_ROWS]
    differing = tuple(name for name in _KEY if len({getattr(key, name) for key in compared}) > 1)
    common = tuple(name for name in differing if len({getattr(key, name) for key in meant}) == 1)
    wanted = [getattr(meant[0], name) for name in common]
    if len(meant) == sum([getattr(key, name) for name in common] == wanted for key in compared):
        return customer_words(lexicon, meant[0], common)
    rows = words[Say.APART].join(customer_words(lexicon, key, differing) for key in meant)
    return words[Say.ROWS].format(count=len(meant), rows=rows)


def coverage_text(found: Sequence[Covered], *, lexicon: Lexicon) -> Iterator[PrintedLine]:
    """For each area and kind the months that documents cover, with their evidence."""
    words = library_words(lexicon.language)
    for area in dict.fromkeys(each.area for each in found):
        yield printed(area, Role.HEADING)
        kinds = dict.fromkeys(each.kind for each in found if each.area == area)
        rows = [
            (
                f"  {_kind(lexicon, kind)}",
                words[Say.APART].join(
                    _covered(lexicon, each) for each in found if (each.area, each.kind) == (area, kind)
                ),
            )
            for kind in kinds
        ]
        yield from (printed(line) for line in columns(rows, (Align.LEFT, Align.LEFT)))


def _covered(lexicon: Lexicon, covered: Covered) -> str:
    words = library_words(lexicon.language)
    span = days_text(lexicon, covered.span)
    told = words[Say.COVERED].format(span=span, evidence=lexicon.evidence[covered.evidence])
    end = covered.span.end
    seen = covered.seen_until
    if seen is not None and (end is None or seen < end - timedelta(days=1)):
        return words[Say.SEEN].format(span=told, last=seen)
    return told


def missing_text(
    reaches: Sequence[Reach], *, area: str, key: PriceKey, basic: NeededFor, lexicon: Lexicon
) -> Iterator[PrintedLine]:
    """Everything that bills of a customer would lack, by the days on which it is lacking, and the step that brings it.

    Args:
        reaches: the months, in order.
        area: of the customer.
        key: the customer.
        basic: by what the basic charge is billed.
        lexicon: of the language.
    """
    words = library_words(lexicon.language)
    first, last = str(reaches[0].month.start)[:7], str(reaches[-1].month.start)[:7]
    customer = customer_words(lexicon, key)
    yield printed(words[Say.MISSING].format(area=area, first=first, last=last, customer=customer), Role.TITLE)
    yield from _months(reaches, basic, lexicon)
    found = stretches(reaches)
    if not any(each.gap.needed_for is not NeededFor.REQUEST for each in found):
        yield printed(words[Say.NONE], Role.RESULT)
    for needed_for in NeededFor:
        here = [each for each in found if each.gap.needed_for is needed_for]
        if here:
            yield printed(needed_for_words(lexicon.language, needed_for), Role.HEADING)
        for each in here:
            told = sentence(lexicon, each.gap.refusal.code, facts_of(each, key, lexicon))
            yield printed("  " + labelled(lexicon, days_text(lexicon, each.span), told))
            step = step_of(each, area=area, lexicon=lexicon)
            if step is not None:
                yield printed(f"    {step}", Role.ASIDE)


def _months(reaches: Sequence[Reach], basic: NeededFor, lexicon: Lexicon) -> Iterator[PrintedLine]:
    """Which of the months can be billed, which with a doubt, which not."""
    words = library_words(lexicon.language)
    states = [
        (Say.NOT_BILLABLE, "") if each.lacks(basic, NeededFor.POWER_FACTOR)
        else (Say.DOUBTED, ", ".join(each.doubted)) if each.doubted
        else (Say.BILLABLE, "")
        for each in reaches
    ]  # fmt: skip
    for state in dict.fromkeys(states):
        say, documents = state
        told = _spans(each.month for each, its in zip(reaches, states, strict=True) if its == state)
        role = Role.RESULT if say is Say.BILLABLE else Role.DOUBT
        months = words[Say.BETWEEN].join(days_text(lexicon, span) for span in told)
        yield printed(words[say].format(months=months, documents=documents), role)


def _spans(months: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for month in months:
        follows = bool(found) and found[-1].end == month.start
        found.append(Span(found.pop().start, month.end) if follows else month)
    return found


def facts_of(stretch: Stretch, key: PriceKey, lexicon: Lexicon) -> dict[str, str]:
    """The facts of a gap of a customer, for all of its days."""
    told = {"day": days_text(lexicon, stretch.span), "needed_by": days_text(lexicon, stretch.span)}
    facts = {name: told.get(name, value) for name, value in stretch.gap.refusal.facts.items()}
    if facts.get("key") == str(key):
        facts["key"] = customer_words(lexicon, key)
    return facts


_LONGEST_MONTH = 31


def step_of(stretch: Stretch, *, area: str, lexicon: Lexicon) -> str | None:
    """What brings what is lacking; None where nothing in the tariffs or in a request does."""
    words, gap = library_words(lexicon.language), stretch.gap
    facts = gap.refusal.facts
    match gap.refusal.code:
        case RefusalCode.NO_DOCUMENT if gap.kind is Kind.PURCHASE_PRICE:
            say = Say.STEP_NOTICES if stretch.span.days > _LONGEST_MONTH else Say.STEP_NOTICE
            return words[say].format(path=path_of(gap, area), area=area, month=str(gap.span.start)[:7])
        case RefusalCode.NO_DOCUMENT:
            return words[Say.STEP_DOCUMENT].format(path=path_of(gap, area))
        case RefusalCode.NO_PRICE | RefusalCode.NO_BANDS:
            return words[Say.STEP_ROW].format(document=facts["document"])
        case RefusalCode.PRICE_PARTS_UNKNOWN:
            return words[Say.STEP_PARTS].format(document=facts["document"])
        case RefusalCode.PRICE_NOT_GIVEN:
            return words[Say.STEP_PRICE].format(component=facts["component"])
        case RefusalCode.EVENT_NOT_GIVEN:
            return words[Say.STEP_EVENT].format(measure=facts["measure"])
        case _:
            return None


def path_of(gap: Gap, area: str) -> str:
    """The file of the document that would bring it."""
    nation, _, place = area.partition("-")
    if gap.kind in (Kind.CALENDAR, Kind.PRICE_STRUCTURE, Kind.BASIC_CHARGE_RULES, Kind.POWER_FACTOR_RULES):
        place = ""
    start = str(gap.span.start)[: 4 if gap.kind is Kind.CALENDAR else 7]
    return f"tariffs/{nation}/{place or 'national'}/{gap.kind}/{start}.yaml"
