"""Words for what bills and derivations speak of, in the language of a lexicon."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from billcalc.explain.chinese import CHINESE
from billcalc.explain.english import ENGLISH
from billcalc.explain.lexicon import Code, Lexicon, Phrase
from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.spans import Span
from billcalc.kernel.units import CNY

__all__ = [
    "LEXICONS",
    "Language",
    "fact_words",
    "labelled",
    "money",
    "percent",
    "qualified",
    "quantity",
    "read_as",
    "sentence",
    "span_of",
    "span_words",
    "unit_words",
]


class Language(StrEnum):
    """A language that bills are explained in, by its ISO 639-1 code."""

    CHINESE = "zh"
    ENGLISH = "en"


LEXICONS: Mapping[Language, Lexicon] = {Language.CHINESE: CHINESE, Language.ENGLISH: ENGLISH}


def qualified(lexicon: Lexicon, name: str, *of: str) -> str:
    """A name and what it is of.

    >>> qualified(CHINESE, "结算电量", "main", "峰"), qualified(ENGLISH, "total")
    ('结算电量（main·峰）', 'total')
    """
    if not of:
        return name
    inside = lexicon.phrases[Phrase.BETWEEN_QUALIFIERS].join(of)
    return lexicon.phrases[Phrase.QUALIFIED].format(name=name, of=inside)


def labelled(lexicon: Lexicon, label: str, *texts: str) -> str:
    """A label and its texts.

    >>> labelled(ENGLISH, "power factor", "cosφ 0.93", "-0.45 %")
    'power factor: cosφ 0.93, -0.45 %'
    """
    text = lexicon.phrases[Phrase.BETWEEN_ITEMS].join(texts)
    return lexicon.phrases[Phrase.LABELLED].format(label=label, text=text)


def unit_words(lexicon: Lexicon, unit: str) -> str:
    """A unit, also one that only the derivation has.

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

    >>> quantity(CHINESE, Decimal(488400), "kWh"), quantity(ENGLISH, Decimal("5520.9"), "CNY")
    ('488400 千瓦时', '5520.90 CNY')
    """
    digits = money(number) if unit == CNY else decimal_text(number)
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


def sentence(lexicon: Lexicon, code: Code, facts: Mapping[str, str]) -> str:
    """What is the matter and what to do.

    The facts of the first part are put into words; the second keeps them as they are written in a request.
    """
    wording = lexicon.wording[code]
    told = {name: fact_words(lexicon, name, value) for name, value in facts.items()}
    what, do = wording.what.format_map(told), wording.do.format_map(facts)
    return lexicon.phrases[Phrase.SENTENCE].format(what=what, do=do)


def read_as(name: str, encoding: str, lexicon: Lexicon) -> Iterator[str]:
    """What is said of a text that is not UTF-8; of one that is, nothing.

    >>> list(read_as("issued.csv", "gb18030", ENGLISH))
    ['issued.csv: no UTF-8; read as GB18030']
    """
    if encoding != "utf-8":
        yield lexicon.phrases[Phrase.READ_AS].format(name=name, encoding=encoding.upper())


def fact_words(lexicon: Lexicon, name: str, value: str) -> str:
    """The value of a fact, in words beside the identifier where there are any.

    >>> fact_words(CHINESE, "chosen", "thirtieth"), fact_words(CHINESE, "point", "M1")
    ('每月按三十天', 'M1')
    """
    if lexicon is ENGLISH:  # its identifiers are words
        return value
    if name == "key" and value in lexicon.conventions:
        return qualified(lexicon, lexicon.conventions[value], value)
    if name == "chosen":
        return " + ".join(lexicon.choices.get(part, part) for part in value.split(" + "))
    if name == "differing":
        return "、".join(lexicon.things.get(part, part) for part in value.split(" and "))
    words: Mapping[str, Mapping[str, str]] = {
        "reason": lexicon.reasons,
        "band": {band.value: word for band, word in lexicon.bands.items()},
        "register": {register.value: word for register, word in lexicon.registers.items()},
        "section": {section.value: word for section, word in lexicon.sections.items()},
        "evidence": {grade.value: word for grade, word in lexicon.evidence.items()},
        "kind": {**lexicon.things, **{kind.value: word for kind, word in lexicon.kinds.items()}},
        "wanted": {kind.value: word for kind, word in lexicon.kinds.items()},
        **dict.fromkeys(("needed_by", "mode", "energy", "missing", "change"), lexicon.things),
    }
    return words.get(name, {}).get(value, value)
