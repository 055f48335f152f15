"""docs/codes.md is what the lists have, and the lists are clear: a name means one word."""

from collections import Counter

import pytest

from billcalc.kernel.closed_lists import Word, normal
from billcalc.metering.models import Register
from billcalc.tariff import convention_words
from billcalc.vocabulary import AREAS, COMPONENTS, RANGE_ALIASES, RANGES, Band, Section, Voltage, voltages_named
from billcalc.words.lexicon import CHINESE
from tools.codes_page import LISTS, PAGE, page

EVERY_LIST = [words for _, words in LISTS.values()] + [
    Band,
    Voltage,
    *(getattr(convention_words, name) for name in convention_words.__all__),
]


def test_the_page_is_what_the_lists_have() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tools.codes_page"


@pytest.mark.parametrize("words", EVERY_LIST, ids=lambda words: words.__name__)
def test_a_name_means_one_word_and_every_word_has_a_chinese_name(words: type[Word]) -> None:
    names = Counter(normal(name) for word in words for name in dict.fromkeys((word.value, *word.aliases)))

    assert [name for name, count in names.items() if count > 1] == []
    for word in words:
        assert not word.aliases[0].isascii()
        assert {words(name) for name in word.aliases} == {word}


def test_a_name_means_one_area() -> None:
    names = Counter(normal(name) for code, names in AREAS.items() for name in (code, *names))

    assert set(names.values()) == {1}


def test_every_voltage_of_the_page_is_read() -> None:
    for voltage in Voltage:
        assert all(voltages_named(name) == (voltage,) for name in (voltage.value, *voltage.aliases))
    for word, meant in RANGES.items():
        assert all(voltages_named(name) == meant for name in (word, *RANGE_ALIASES[word]))


def test_a_bill_prints_names_that_are_read_again() -> None:
    assert CHINESE.components == {code: names[0] for code, names in COMPONENTS.items()}
    assert all(Section(name) == section for section, name in CHINESE.sections.items())
    assert all(Register(name) == register for register, name in CHINESE.registers.items())
    assert all(Band(name) == band for band, name in CHINESE.bands.items())
