"""The words of the tariff library are there in both languages, and what no shipped document has is told, too."""

import string
from datetime import date
from typing import Any

import pytest

from billcalc.explain.library import days_text, document_text, unit_of
from billcalc.explain.printing import plain_text
from billcalc.kernel.spans import Span
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.listing import listed
from billcalc.tariff.reach import NeededFor
from billcalc.words.language import Language
from billcalc.words.lexicon import ENGLISH
from billcalc.words.library import Say, library_words, needed_for_words
from tests.tariff.samples import PURCHASE, purchase


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_sentence_is_there_in_both_languages_with_the_same_facts() -> None:
    english, chinese = library_words(Language.ENGLISH), library_words(Language.CHINESE)
    assert set(english) == set(chinese) == set(Say)
    for say in Say:
        assert fields(english[say]) == fields(chinese[say]), say
    for needed_for in NeededFor:
        assert needed_for_words(Language.ENGLISH, needed_for) != needed_for_words(Language.CHINESE, needed_for)


def shown(**component: Any) -> str:
    [only] = listed(Catalog([purchase(components=[{**PURCHASE, **component}])]))
    return plain_text(document_text(only, file="a.yaml", lexicon=ENGLISH))


def test_bands_without_a_price_and_rows_for_everybody_are_told() -> None:
    text = shown(price={"bands": {"flat": "0.5"}, "unpriced": ["sharp", "peak"]})
    assert "flat 0.5, no price in sharp, peak  CNY/kWh  everybody" in text


@pytest.mark.parametrize(("values", "mean"), [(["0.5", "0.25", None], "0.375"), ([None], "–")])
def test_prices_by_interval_are_told_by_their_number_and_mean(values: list[str | None], mean: str) -> None:
    start = "2024-06-01T00:00:00+08:00"
    text = shown(price={"series": {"step": "60", "start": start, "values": values}}, tags=[])
    assert f"{len(values)} prices, one for each 60 minutes from {start} on, {mean} in the mean" in text


def test_time_of_use_of_a_row_is_told() -> None:
    assert "CNY/kWh  one-part, no time of use" in shown(**{"for": {"billing": "one_part", "time_of_use": False}})
    assert "CNY/kWh  time of use" in shown(**{"for": {"time_of_use": True}})


def test_the_unit_of_a_price_follows_from_what_it_multiplies() -> None:
    assert [unit_of(name, "CNY") for name in ("billed_kwh", "capacity_kva", "demand_kw.regular", "months")] == [
        "CNY/kWh", "CNY/kVA", "CNY/kW", "CNY",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (Span(date(2024, 6, 1), date(2024, 7, 1)), "2024-06"),
        (Span(date(2024, 6, 1), date(2024, 9, 1)), "2024-06 to 2024-08"),
        (Span(date(2024, 6, 1)), "from 2024-06"),
        (Span(date(2024, 6, 12)), "from 2024-06-12"),
        (Span(date(2024, 6, 1), date(2024, 6, 12)), "2024-06-01 to 2024-06-11"),
        (Span(date(2024, 6, 1), date(2024, 6, 2)), "2024-06-01"),
    ],
)
def test_whole_months_are_told_by_their_names(span: Span, text: str) -> None:
    assert days_text(ENGLISH, span) == text


def test_tiers_by_the_demand_are_told_as_such() -> None:
    limits = {"per": "demand_kw", "months": 1, "limits": [{"up_to": ["200", "400"]}]}
    [only] = listed(Catalog([purchase(components=[PURCHASE], tiers=[limits])]))
    text = " ".join(plain_text(document_text(only, file="a.yaml", lexicon=ENGLISH)).split())
    assert "up to 200, 400 kWh (months that are counted: 1) for each kW of the maximum demand" in text
