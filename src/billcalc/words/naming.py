"""Names, numbers with their units, and spans in words."""

from datetime import date, timedelta
from decimal import Decimal

from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.spans import Span
from billcalc.kernel.units import CURRENCIES
from billcalc.words.bills import Phrase
from billcalc.words.lexicon import Lexicon

__all__ = [
    "labelled",
    "money",
    "percent",
    "qualified",
    "quantity",
    "span_of",
    "span_words",
    "unit_words",
]


def qualified(lexicon: Lexicon, name: str, *of: str) -> str:
    """A name and what it is of.

    >>> from billcalc.words.lexicon import CHINESE, ENGLISH
    >>> qualified(CHINESE, "结算电量", "main", "峰"), qualified(ENGLISH, "total")
    ('结算电量（main·峰）', 'total')
    """
    if not of:
        return name
    inside = lexicon.phrases[Phrase.BETWEEN_QUALIFIERS].join(of)
    return lexicon.phrases[Phrase.QUALIFIED].format(name=name, of=inside)


def labelled(lexicon: Lexicon, label: str, *texts: str) -> str:
    """A label and its texts.

    >>> from billcalc.words.lexicon import ENGLISH
    >>> labelled(ENGLISH, "power factor", "cosφ 0.93", "-0.45 %")
    'power factor: cosφ 0.93, -0.45 %'
    """
    text = lexicon.phrases[Phrase.BETWEEN_ITEMS].join(texts)
    return lexicon.phrases[Phrase.LABELLED].format(label=label, text=text)


def unit_words(lexicon: Lexicon, unit: str) -> str:
    """A unit, also one that only the derivation has.

    >>> from billcalc.words.lexicon import CHINESE
    >>> unit_words(CHINESE, "CNY/kVA"), unit_words(CHINESE, "CNY·day/kW")
    ('元/千伏安·月', '元·天/千瓦')
    """
    known = lexicon.units.get(unit)
    if known is not None:
        return known
    parts = ["·".join(lexicon.units.get(base, base) for base in part.split("·")) for part in unit.split("/")]
    return "/".join(parts)


def quantity(lexicon: Lexicon, number: Decimal, unit: str) -> str:
    """A number with its unit; money with its fen.

    >>> from billcalc.words.lexicon import CHINESE, ENGLISH
    >>> quantity(CHINESE, Decimal(488400), "kWh"), quantity(ENGLISH, Decimal("5520.9"), "CNY")
    ('488400 千瓦时', '5520.90 CNY')
    """
    digits = money(number) if unit in CURRENCIES else decimal_text(number)
    words = unit_words(lexicon, unit)
    return f"{digits} {words}" if words else digits


def money(amount: Decimal) -> str:
    """An amount of money, with at least its fen.

    >>> money(Decimal("-7272.5"))
    '-7272.50'
    """
    return decimal_text(amount, places=2)


def percent(ratio: Decimal) -> str:
    """A ratio in percent.

    >>> percent(Decimal("-0.0045"))
    '-0.45 %'
    """
    return f"{decimal_text(EXACT.scaleb(ratio, 2))} %"


def span_words(lexicon: Lexicon, span: Span) -> str:
    """The first and the last day of a span, as bills print them: both are in it.

    >>> from billcalc.words.lexicon import ENGLISH
    >>> span_words(ENGLISH, Span(date(2024, 6, 12), date(2024, 7, 1)))
    '2024-06-12 to 2024-06-30'
    """
    assert span.end is not None, "what is billed has an end"
    last = span.end - timedelta(days=1)
    return lexicon.phrases[Phrase.SPAN].format(first=span.start, last=last)


def span_of(text: str) -> Span | None:
    """The span that ``str(span)`` wrote; None for any other text."""
    first, between, last = text.partition("/")
    try:
        return Span(date.fromisoformat(first), date.fromisoformat(last)) if between else None
    except ValueError:
        return None
