"""Every word of the field, every sentence and every phrase is there in Chinese and in English."""

import re
import string
from collections.abc import Iterable
from enum import StrEnum
from functools import cache

import pytest
import yaml

from billcalc.billing.doubts import Reading
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.hour_reasons import HourReason
from billcalc.kernel.rate_reasons import RateReason
from billcalc.kernel.reasons import Reason
from billcalc.kernel.sources import Evidence
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Severity
from billcalc.metering.models import Register
from billcalc.tariff import conventions
from billcalc.tariff.resolved_conventions import DEFAULT_CONVENTIONS
from billcalc.vocabulary import Band, Grain, Kind, PriceBy, Section
from billcalc.words.bills import Phrase
from billcalc.words.language import Code
from billcalc.words.lexicon import CHINESE, ENGLISH, Lexicon
from billcalc.words.saying import WORDING
from tests.explain.bills import ROOT

CODES: list[Code] = [*FaultCode, *RefusalCode, *ProblemCode]
BOTH = pytest.mark.parametrize("lexicon", [CHINESE, ENGLISH], ids=["zh", "en"])
CHOICES = (
    conventions.Scope,
    conventions.EnergySource,
    conventions.Remainder,
    conventions.Reactive,
    conventions.ReactiveSum,
    conventions.RoundScope,
    conventions.NoEnergy,
    conventions.DayCount,
    conventions.EdgeDay,
    conventions.DiscountPrint,
    conventions.PartRounding,
    conventions.ChangesCount,
    conventions.SubMeterKind,
    conventions.FromBands,
    conventions.RatioOf,
    conventions.RatioBands,
    conventions.RatioBase,
    conventions.SharpElsewhere,
    conventions.TierBands,
    conventions.TierMonths,
    conventions.TiersBefore,
    conventions.TiersOfPartYear,
    conventions.WithoutSharp,
    conventions.OwnPrices,
    conventions.LossBandsBy,
    conventions.LossGroups,
    conventions.LineLossOf,
    conventions.LossInDemand,
    Grain,
    PriceBy,
)


def all_words(lexicon: Lexicon) -> list[str]:
    tables = (
        lexicon.terms,
        lexicon.sections,
        lexicon.bands,
        lexicon.registers,
        lexicon.severities,
        lexicon.evidence,
        lexicon.kinds,
        lexicon.components,
        lexicon.conventions,
        lexicon.choices,
        lexicon.things,
        lexicon.reasons,
        lexicon.phrases,
    )
    return [word for table in tables for word in table.values()]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@BOTH
@pytest.mark.parametrize(
    ("table", "members"),
    [
        ("terms", Term),
        ("sections", Section),
        ("bands", Band),
        ("registers", Register),
        ("severities", Severity),
        ("evidence", Evidence),
        ("kinds", Kind),
        ("phrases", Phrase),
        ("conventions", [each.key for each in DEFAULT_CONVENTIONS]),
        ("reasons", [*Reason, *RateReason, *HourReason]),
    ],
)
def test_every_member_has_a_word_and_no_word_is_without_a_member(
    lexicon: Lexicon, table: str, members: Iterable[str]
) -> None:
    assert set(getattr(lexicon, table)) == set(members)


@pytest.mark.parametrize("table", ["components", "units", "choices", "things"])
def test_both_languages_have_words_for_the_same(table: str) -> None:
    assert getattr(CHINESE, table).keys() == getattr(ENGLISH, table).keys()


@BOTH
def test_every_choice_of_a_convention_has_a_word(lexicon: Lexicon) -> None:
    values = {member.value for choice in CHOICES for member in choice}
    assert set(lexicon.choices) == values | {reading.value for reading in Reading} | {"none"}


def test_the_choices_are_those_of_all_conventions() -> None:
    defined = {
        value
        for value in vars(conventions).values()
        if isinstance(value, type)
        and issubclass(value, StrEnum)
        and value not in (FaultCode, Kind, Reason, Section, StrEnum)
    }
    assert defined == set(CHOICES)


@cache
def component_codes() -> frozenset[str]:
    """Those of all price documents and of what the official requests give."""
    paths = [*ROOT.glob("tariffs/**/*.yaml"), *ROOT.glob("fixtures/official/*/request.yaml")]
    codes: set[str] = set()
    for path in paths:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        components = [*document.get("components", ()), *document.get("given", ())]
        components += (document.get("price_sheet") or {}).get("components", ())
        codes.update(name for each in components for name in (each["code"], each.get("line")) if name)
    return frozenset(codes)


@pytest.mark.no_cover
@BOTH
def test_every_component_of_the_tariffs_and_the_issued_bills_has_a_word(lexicon: Lexicon) -> None:
    assert {"purchase", "refund"} <= component_codes()
    assert component_codes() - lexicon.components.keys() == set()


@BOTH
def test_the_units_of_derivations_have_words(lexicon: Lexicon) -> None:
    bases = ("kWh", "kvarh", "kW", "kVA", "day", "CNY")
    assert all(lexicon.units[unit] for unit in (*bases, "CNY/kWh", "CNY/kVA", "CNY/kW"))
    assert lexicon.units["1"] == ""


def test_the_words_of_the_field_are_those_of_the_glossary() -> None:
    assert CHINESE.terms[Term.BILLED_ENERGY] == "结算电量"
    assert CHINESE.terms[Term.METERED_ENERGY] == "抄见电量"
    assert CHINESE.terms[Term.MULTIPLIER] == "综合倍率"
    assert CHINESE.terms[Term.MAXIMUM_DEMAND] == "最大需量"
    assert CHINESE.sections[Section.NETWORK_CAPACITY] == "输配容（需）量电费"
    assert CHINESE.sections[Section.LEVIES] == "政府性基金及附加"
    assert CHINESE.components["power_factor"] == "功率因数调整电费"
    assert [CHINESE.bands[band] for band in (Band.SHARP, Band.PEAK, Band.FLAT, Band.VALLEY)] == ["尖", "峰", "平", "谷"]
    assert CHINESE.units["CNY/kVA"] == "元/千伏安·月"


def test_one_term_has_one_word() -> None:
    for lexicon in (CHINESE, ENGLISH):
        assert len(set(lexicon.terms.values())) == len(Term)


def test_words_are_in_their_language() -> None:
    chinese = re.compile(r"[一-鿿]")
    assert not any(chinese.search(word) for word in all_words(ENGLISH))
    phrases = {phrase for phrase, text in CHINESE.phrases.items() if not chinese.search(text)}
    punctuation = {
        Phrase.QUALIFIED,
        Phrase.BETWEEN_QUALIFIERS,
        Phrase.BETWEEN_ITEMS,
        Phrase.BETWEEN_LISTED,
        Phrase.TOGETHER,
        Phrase.LABELLED,
        Phrase.SENTENCE,
        Phrase.DOCUMENT,
    }
    assert phrases == punctuation | {Phrase.COSPHI}
    without = set(all_words(CHINESE)) - {CHINESE.phrases[phrase] for phrase in phrases} - {"{cell}：{why}"}
    assert all(chinese.search(word) for word in without)


@pytest.mark.parametrize("phrase", Phrase)
def test_a_phrase_is_filled_with_the_same_in_both_languages(phrase: Phrase) -> None:
    assert fields(CHINESE.phrases[phrase]) == fields(ENGLISH.phrases[phrase])


@pytest.mark.parametrize("code", CODES)
def test_a_chinese_sentence_has_the_facts_of_the_english_one(code: Code) -> None:
    what, do = WORDING[code]
    assert fields(what.chinese) | fields(do.chinese) == fields(what.english) | fields(do.english)
    assert fields(do.chinese) == fields(do.english)


@pytest.mark.parametrize("code", CODES)
def test_a_chinese_sentence_says_what_to_do(code: Code) -> None:
    what, do = (each.chinese for each in WORDING[code])
    assert what
    assert re.search(r"请|应|写|即可", do), do
    assert not do.endswith("。")
    assert "  " not in what + do
