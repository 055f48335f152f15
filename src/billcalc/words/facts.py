"""The facts of messages: what each is, and how it is said.

A fact is written as one text: a day and an instant by ISO 8601, a span as two days (the second is not in it), a number
in digits, a list with ``, `` between its entries, a selector of lines as ``include: a + b; exclude: c``. What is ours
(a band, a kind of document, a reason) is its code.
"""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Any

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.words.bills import Phrase
from billcalc.words.customers import CUSTOMERS
from billcalc.words.language import Code
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import qualified, span_of, span_words, unit_words

__all__ = ["FACTS", "FactType", "fact_type", "fact_words"]


class FactType(Enum):
    """What a fact is."""

    DAY = auto()
    """A day, an instant, a month."""
    SPAN = auto()
    """The days from one to another; or several such, in a list."""
    NUMBER = auto()
    """A number, and where it is money or a quantity its unit stands in the sentence."""
    RANGE = auto()
    """From one number or time to another, such as ``0..1``; or a code of what is allowed."""
    NAME = auto()
    """What a customer, a document, a file or a column is called, and what else the input has: repeated as it is."""
    BAND = auto()
    REGISTER = auto()
    SECTION = auto()
    UNIT = auto()
    KIND = auto()
    EVIDENCE = auto()
    COMPONENT = auto()
    CHOICE = auto()
    KEY = auto()
    """A key of the request, which a convention has a name beside; or which customers."""
    THING = auto()
    CAUSE = auto()
    VALUE = auto()
    """What stands in the input, repeated; of a list or a mapping only that it is one."""
    REASON = auto()
    """Why: a sentence of its own, with facts of its own."""


_T = FactType
FACTS: Mapping[str, FactType] = {
    **dict.fromkeys(
        ("change_days", "day", "at", "end", "last", "meant", "month", "start", "year"), _T.DAY),
    **dict.fromkeys(("span", "days", "period", "cycle"), _T.SPAN),
    **dict.fromkeys(
        ("amount", "before", "below", "better", "byte", "capacity",
         "closing", "contract", "cosphi", "count", "counted", "decimals", "demand", "digits",
         "energy", "following", "lower", "upper",
         "kva", "given", "intervals", "kw", "kwh", "least", "limit", "metered", "minutes", "most",
         "multiplier", "times",
         "documents", "distance", "parts", "percent", "printed", "totals", "worse",
         "number", "earlier", "opening", "place", "price", "prices", "product", "ratio", "read",
         "reading", "row", "rows", "share", "step", "told", "total", "used"),
        _T.NUMBER,
    ),
    "range": _T.RANGE,
    **dict.fromkeys(("band", "bands", "other_band", "in_bands"), _T.BAND),
    "register": _T.REGISTER,
    **dict.fromkeys(("section", "quantity"), _T.SECTION),
    "unit": _T.UNIT,
    **dict.fromkeys(("kind", "wanted"), _T.KIND),
    "evidence": _T.EVIDENCE,
    **dict.fromkeys(("component", "other_component", "line", "lines", "rest"), _T.COMPONENT),
    **dict.fromkeys(("chosen", "fill"), _T.CHOICE),
    "key": _T.KEY,
    **dict.fromkeys(("needed_by", "mode", "change", "differing", "differs", "fact", "measure", "day_kind",
                     "other_day_kind", "holidays", "other_holidays", "state", "act"), _T.THING),
    **dict.fromkeys(("reason", "seen", "what", "why"), _T.REASON),
    **dict.fromkeys(
        ("account", "area", "code", "fixture", "ids", "successor", "voltage", "asked",
         "cell", "character", "child", "clock", "column", "currency", "other_currency", "detail", "document",
         "escape", "expected", "file", "first", "found", "group", "hours", "id", "known", "meter", "missing", "name",
         "nearest", "of", "one", "other", "other_row", "others", "part", "point", "repaired", "rule", "run", "scope",
         "second", "series",
         "separator", "statement", "standard", "standards", "suffix", "supply_point", "supply_points", "tag", "text",
         "transformer", "twice",
         "zone"),
        _T.NAME,
    ),
    **dict.fromkeys(("cause", "causes"), _T.CAUSE),
    "value": _T.VALUE,
}  # fmt: skip
"""What a fact is, by its name."""

_OWN: Mapping[tuple[Code, str], FactType] = {
    (FaultCode.INTERNAL, "what"): _T.NAME,
    (RefusalCode.POWER_FACTOR_NOT_MEASURED, "energy"): _T.THING,
    (ProblemCode.DISCOUNT_NOT_TESTED, "missing"): _T.REASON,
}
"""Where one code means something else by a name."""


def fact_type(code: Code | None, name: str) -> FactType:
    """What a fact of a code is, or of a reason."""
    of_all = FACTS.get(name, FactType.NAME)
    return of_all if code is None else _OWN.get((code, name), of_all)


def fact_words(lexicon: Lexicon, kind: FactType, value: str) -> str:
    """A fact in words; what has none, such as the customer's own name of a component, is repeated.

    >>> from billcalc.words.lexicon import CHINESE, ENGLISH
    >>> fact_words(CHINESE, FactType.CHOICE, "thirtieth"), fact_words(ENGLISH, FactType.NAME, "M1")
    ('每月按三十天', 'M1')
    >>> fact_words(ENGLISH, FactType.SPAN, "2024-06-01/2024-07-01")
    '2024-06-01 to 2024-06-30'
    """
    said = _SAID.get(kind)
    return value if said is None else said(lexicon, value)


def _span(lexicon: Lexicon, value: str) -> str:
    """Each of the spans with its last day; one without an end by its first."""
    return lexicon.phrases[Phrase.BETWEEN_LISTED].join(_one_span(lexicon, each) for each in value.split(_BETWEEN))


def _one_span(lexicon: Lexicon, value: str) -> str:
    span = span_of(value)
    if span is not None:
        return span_words(lexicon, span)
    first, _, end = value.partition("/")
    return lexicon.phrases[Phrase.SINCE].format(first=first) if end == ".." else value


def _range(lexicon: Lexicon, value: str) -> str:
    first, between, last = value.partition("..")
    if not between:
        return lexicon.things.get(value, value)
    if first.startswith(">"):
        first = lexicon.phrases[Phrase.ABOVE].format(first=first[1:])
        return lexicon.phrases[Phrase.SPAN].format(first=first, last=last) if last else first
    return lexicon.phrases[Phrase.SPAN if last else Phrase.AT_LEAST].format(first=first, last=last)


def _key(lexicon: Lexicon, value: str) -> str:
    if value in lexicon.conventions:
        return qualified(lexicon, lexicon.conventions[value], value)
    parts = value.split(_BETWEEN)
    if any(part in CUSTOMERS for part in parts):
        said = (CUSTOMERS[part].of(lexicon.language) if part in CUSTOMERS else part for part in parts)
        return lexicon.phrases[Phrase.BETWEEN_LISTED].join(said)
    return value


def _listed(words: Callable[[Lexicon], Mapping[Any, str]]) -> Callable[[Lexicon, str], str]:
    """Each of a list by its word, whichever way the list is written."""

    def said(lexicon: Lexicon, value: str) -> str:
        for written, between in _LISTS:
            if written in value:
                return lexicon.phrases[between].join(words(lexicon).get(each, each) for each in value.split(written))
        return words(lexicon).get(value, value)

    return said


def _choice(lexicon: Lexicon, value: str) -> str:
    """A value of a convention: a word, several, or what a selector takes in and leaves out."""
    if ": " not in value:
        return _listed(lambda lexicon: lexicon.choices)(lexicon, value)
    said = []
    for part in value.split("; "):
        name, _, names = part.partition(": ")
        words = _listed(lambda lexicon: {**lexicon.components, **lexicon.sections})(lexicon, names)
        said.append(lexicon.phrases[Phrase(name)].format(names=words))
    return lexicon.phrases[Phrase.BETWEEN_ITEMS].join(said)


_BETWEEN = ", "
_LISTS = (
    (_BETWEEN, Phrase.BETWEEN_LISTED),
    (" + ", Phrase.TOGETHER),
)
_SAID: Mapping[FactType, Callable[[Lexicon, str], str]] = {
    FactType.SPAN: _span,
    FactType.RANGE: _range,
    FactType.BAND: _listed(lambda lexicon: lexicon.bands),
    FactType.REGISTER: _listed(lambda lexicon: lexicon.registers),
    FactType.SECTION: _listed(lambda lexicon: {**lexicon.components, **lexicon.things, **lexicon.sections}),
    FactType.UNIT: unit_words,
    FactType.KIND: _listed(lambda lexicon: {**lexicon.things, **lexicon.kinds}),
    FactType.EVIDENCE: _listed(lambda lexicon: lexicon.evidence),
    FactType.COMPONENT: _listed(lambda lexicon: lexicon.components),
    FactType.CHOICE: _choice,
    FactType.KEY: _key,
    FactType.CAUSE: _listed(lambda lexicon: lexicon.causes),
    FactType.THING: _listed(lambda lexicon: lexicon.things),
    FactType.VALUE: lambda lexicon, value: lexicon.things.get(value, value) if value.startswith("(") else value,
}
