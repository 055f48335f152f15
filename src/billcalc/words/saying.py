"""The one renderer of messages: a code and its facts, in the words of a language."""

from collections.abc import Iterator, Mapping, Sequence

from billcalc.kernel.troubles import Fault, Refusal
from billcalc.kernel.why import Why
from billcalc.words.bills import Phrase
from billcalc.words.facts import FactType, fact_type, fact_words
from billcalc.words.findings import FINDINGS
from billcalc.words.invalid_files import INVALID_FILES
from billcalc.words.invalid_findings import INVALID_FINDINGS
from billcalc.words.invalid_requests import INVALID_REQUESTS
from billcalc.words.language import Code, Wording
from billcalc.words.lexicon import ENGLISH, Lexicon
from billcalc.words.problems import PROBLEMS
from billcalc.words.problems_of_limits import PROBLEMS_OF_LIMITS
from billcalc.words.problems_of_metering import PROBLEMS_OF_METERING
from billcalc.words.problems_of_prices import PROBLEMS_OF_PRICES
from billcalc.words.refusals import REFUSALS

__all__ = [
    "WORDING",
    "columns_unread",
    "finding_sentence",
    "in_english",
    "kind_words",
    "read_as",
    "read_though_hidden",
    "reason_words",
    "sentence",
    "trouble_sentence",
    "why_in_english",
]

WORDING: Mapping[Code, Wording] = {
    **INVALID_FILES,
    **INVALID_REQUESTS,
    **INVALID_FINDINGS,
    **REFUSALS,
    **PROBLEMS,
    **PROBLEMS_OF_METERING,
    **PROBLEMS_OF_PRICES,
    **PROBLEMS_OF_LIMITS,
}
"""What is said of each code."""

_BY_VALUE: Mapping[str, Code] = {code.value: code for code in WORDING}


def sentence(lexicon: Lexicon, code: Code, facts: Mapping[str, str]) -> str:
    """What is the matter and what to do.

    The facts of the first part are put into words; the second keeps the words of requests as a request has them.
    """
    return _sentence(lexicon, WORDING[code], _Told(lexicon, facts, code), facts)


def trouble_sentence(lexicon: Lexicon, trouble: Fault | Refusal) -> str:
    """What is the matter and what to do; of a bill that the tariffs lack something for with what asks for all of it."""
    told = sentence(lexicon, trouble.code, trouble.facts)
    lacking = trouble.lacking if isinstance(trouble, Refusal) else ""
    return lexicon.phrases[Phrase.LACKING].format(told=told, lacking=lacking) if lacking else told


def finding_sentence(lexicon: Lexicon, code: str, facts: Mapping[str, str]) -> str:
    """What a check of the tariff library found, and what to do; of a code of ``tariff.findings``."""
    return _sentence(lexicon, FINDINGS[code], _Told(lexicon, facts), facts)


def _sentence(lexicon: Lexicon, wording: Wording, told: "_Told", facts: Mapping[str, str]) -> str:
    what, do = (each.of(lexicon.language) for each in wording)
    kept = {**facts, **{name: told[name] for name in ("unit", "value") if name in facts}}
    return lexicon.phrases[Phrase.SENTENCE].format(what=what.format_map(told), do=do.format_map(kept))


def in_english(code: Code, facts: Mapping[str, str]) -> str:
    """The same in English, as the text of an exception has it."""
    return sentence(ENGLISH, code, facts)


def why_in_english(why: Why) -> str:
    """A reason in English, as the text of an exception has it."""
    return reason_words(ENGLISH, why.reason, why.facts)


def reason_words(lexicon: Lexicon, reason: str, facts: Mapping[str, str]) -> str:
    """The part of a sentence that a reason stands for, with its facts.

    A code may be a reason; what is none is repeated.
    """
    words, code = lexicon.reasons.get(reason), _BY_VALUE.get(reason)
    if words is None and code is not None:
        return WORDING[code].what.of(lexicon.language).format_map(_Told(lexicon, facts, code))
    return reason if words is None else words.format_map(_Told(lexicon, facts))


def kind_words(lexicon: Lexicon, code: str) -> str:
    """What a code says wherever it applies, without the facts of one case; what is no code is repeated.

    >>> kind_words(ENGLISH, "given_fact")
    '… was given with the request and not computed'
    """
    known = _BY_VALUE.get(code)
    return code if known is None else WORDING[known].what.of(lexicon.language).format_map(_Any())


class _Any(dict[str, str]):
    """Any fact, untold."""

    def __missing__(self, key: str) -> str:
        return "…"


class _Told(dict[str, str]):
    """The facts in words: each of those that a sentence asks for, and no other."""

    def __init__(self, lexicon: Lexicon, facts: Mapping[str, str], code: Code | None = None) -> None:
        super().__init__()
        self._lexicon, self._facts, self._code = lexicon, facts, code

    def __missing__(self, name: str) -> str:
        kind, value = fact_type(self._code, name), self._facts[name]
        if kind is FactType.REASON:
            return reason_words(self._lexicon, value, self._facts)
        return fact_words(self._lexicon, kind, value)


def read_as(name: str, encoding: str, lexicon: Lexicon) -> Iterator[str]:
    """What is said of a text that is not UTF-8; of one that is, nothing.

    >>> list(read_as("issued.csv", "gb18030", ENGLISH))
    ['issued.csv: no UTF-8; read as GB18030']
    """
    if encoding != "utf-8":
        yield lexicon.phrases[Phrase.READ_AS].format(name=name, encoding=encoding.upper())


def columns_unread(name: str, columns: Sequence[str], lexicon: Lexicon) -> str:
    """What is said of the columns of a table that nothing was read of.

    >>> columns_unread("load.csv", ["kW"], ENGLISH)
    'load.csv: not read: kW'
    """
    return lexicon.phrases[Phrase.COLUMNS_UNREAD].format(name=name, columns=", ".join(columns))


def read_though_hidden(name: str, rows: int, columns: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    """What is said of rows and columns that are read and that a spreadsheet does not show.

    >>> list(read_though_hidden("book.xlsx", 2, ["kW"], ENGLISH))
    ['book.xlsx: 2 hidden rows are read, too', 'book.xlsx: hidden columns are read, too: kW']
    """
    if rows:
        yield lexicon.phrases[Phrase.HIDDEN_ROWS].format(name=name, count=rows)
    if columns:
        yield lexicon.phrases[Phrase.HIDDEN_COLUMNS].format(name=name, columns=", ".join(columns))
