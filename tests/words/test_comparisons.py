"""The words of comparisons: both languages have all of them, and fill in the same facts."""

from string import Formatter

import pytest

from billcalc.audit.comparison import FINDINGS, Cause, Fact, Matching, Part, Side, Unmapped
from billcalc.words.comparisons import ComparisonWords, Say, comparison_words
from billcalc.words.language import Language

LANGUAGES = {"en": comparison_words(Language.ENGLISH), "zh": comparison_words(Language.CHINESE)}
KEYS = {
    "say": Say,
    "headings": FINDINGS,
    "advice": Side,
    "unmapped": Unmapped,
    "matchings": Matching,
    "parts": Part,
    "facts": Fact,
    "causes": Cause,
}


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("name", KEYS)
def test_a_language_has_every_word(name: str, words: ComparisonWords) -> None:
    assert list(getattr(words, name)) == list(KEYS[name])
    assert all(getattr(words, name).values())


@pytest.mark.parametrize("name", KEYS)
def test_both_languages_fill_in_the_same_facts(name: str) -> None:
    english, chinese = (getattr(words, name) for words in LANGUAGES.values())
    for key in KEYS[name]:
        assert places(english[key]) == places(chinese[key]), key


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
