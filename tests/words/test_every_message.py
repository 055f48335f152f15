"""Every code is said in both languages, in words of that language alone, whatever its facts are."""

import string
from collections.abc import Iterator

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.hour_reasons import HourReason
from billcalc.kernel.rate_reasons import RateReason
from billcalc.kernel.reasons import Reason
from billcalc.tariff.findings import FindingCode
from billcalc.words.facts import FACTS, FactType, fact_type
from billcalc.words.findings import FINDINGS
from billcalc.words.language import Code, Language, Pair
from billcalc.words.lexicon import LEXICONS
from billcalc.words.reasons_of_advice import REASONS_OF_ADVICE
from billcalc.words.reasons_of_corrections import REASONS_OF_CORRECTIONS
from billcalc.words.reasons_of_documents import REASONS_OF_DOCUMENTS
from billcalc.words.reasons_of_files import REASONS_OF_FILES
from billcalc.words.reasons_of_hours import REASONS_OF_HOURS
from billcalc.words.reasons_of_intervals import REASONS_OF_INTERVALS
from billcalc.words.reasons_of_losses import REASONS_OF_LOSSES
from billcalc.words.reasons_of_requests import REASONS_OF_REQUESTS
from billcalc.words.reasons_of_tiers import REASONS_OF_TIERS
from billcalc.words.saying import WORDING, finding_sentence, sentence
from tests.words.speech import faults_of

REASONS: dict[str, Pair] = {
    **REASONS_OF_ADVICE,
    **REASONS_OF_CORRECTIONS,
    **REASONS_OF_DOCUMENTS,
    **REASONS_OF_FILES,
    **REASONS_OF_REQUESTS,
    **REASONS_OF_HOURS,
    **REASONS_OF_INTERVALS,
    **REASONS_OF_LOSSES,
    **REASONS_OF_TIERS,
}
SAMPLES = {
    FactType.DAY: "2024-06-01",
    FactType.SPAN: "2024-06-01/2024-07-01",
    FactType.NUMBER: "12.5",
    FactType.RANGE: "above_zero",
    FactType.NAME: "M-1",
    FactType.BAND: "half_peak",
    FactType.REGISTER: "reactive_forward",
    FactType.SECTION: "network_energy",
    FactType.KIND: "network_price",
    FactType.EVIDENCE: "official_text",
    FactType.COMPONENT: "network_energy, coal_capacity",
    FactType.CHOICE: "consumption_day + billing_month",
    FactType.KEY: "two_part, no time of use",
    FactType.CAUSE: "multiplier, price",
    FactType.THING: "power_factor_ratio",
    FactType.VALUE: "(a mapping)",
    FactType.REASON: "no_file",
    FactType.UNIT: "kWh/kVA",
}
REPEATED = {"supersedes", "acknowledged", "unpriced", "tags: [levy]", "for"}
"""Keys of tariff documents that sentences name without quotes."""


def fields(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def facts_of(code: Code, *pairs: Pair) -> dict[str, str]:
    names = fields(*(text for pair in pairs for text in pair))
    assert names <= FACTS.keys(), names - FACTS.keys()
    return {name: SAMPLES[fact_type(code, name)] for name in names}


def messages() -> Iterator[tuple[Code, dict[str, str]]]:
    """Each code, and those that have a reason with each of those they may have."""
    for code, (what, do) in WORDING.items():
        facts = facts_of(code, what, do)
        yield code, facts
        if code is not FaultCode.INTERNAL and ("reason" in facts or "what" in facts):
            name = "reason" if "reason" in facts else "what"
            for reason, pair in REASONS.items():
                yield code, {**facts, **facts_of(code, pair), name: reason}


@pytest.mark.parametrize("language", Language)
def test_every_message_is_in_the_words_of_its_language(language: Language) -> None:
    lexicon = LEXICONS[language]
    wrong = {
        text: faults
        for code, facts in messages()
        for text in [sentence(lexicon, code, facts)]
        if (faults := faults_of(text, language is Language.CHINESE, {"M-1", *_kept(code, facts)}))
    }
    assert wrong == {}


@pytest.mark.parametrize("language", Language)
def test_every_finding_is_in_the_words_of_its_language(language: Language) -> None:
    lexicon = LEXICONS[language]
    assert set(FINDINGS) == set(FindingCode)
    wrong = {}
    for code, (what, do) in FINDINGS.items():
        names = fields(*what, *do)
        assert names <= FACTS.keys(), names - FACTS.keys()
        facts = {name: SAMPLES[FACTS[name]] for name in names}
        text = finding_sentence(lexicon, code, facts)
        if faults := faults_of(text, language is Language.CHINESE, {"M-1", *REPEATED}):
            wrong[text] = faults
    assert wrong == {}


def _kept(code: Code, facts: dict[str, str]) -> set[str]:
    """What the part of a sentence that tells what to do repeats as a request has it."""
    return {value for name, value in facts.items() if name in fields(*WORDING[code].do)} - {"(a mapping)"}


def test_every_code_and_every_reason_is_said() -> None:
    assert set(WORDING) == {*FaultCode, *RefusalCode, *ProblemCode}
    assert set(REASONS) == {*Reason, *RateReason, *HourReason}


def test_every_fact_of_a_name_is_said_somewhere() -> None:
    said = {name for what, do in WORDING.values() for name in fields(*what, *do)}
    said |= {name for what, do in FINDINGS.values() for name in fields(*what, *do)}
    said |= {name for pair in REASONS.values() for name in fields(*pair)}
    assert set(FACTS) - said == set()


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_has_the_same_facts_in_both_languages(reason: Reason) -> None:
    english, chinese = REASONS[reason]
    assert fields(english) == fields(chinese)


@pytest.mark.parametrize(
    ("text", "chinese", "faults"),
    [
        ("电费 is 多少", True, ["is"]),
        ("请写明 not_installed: [peak]，单位 kWh，见 docs/codes.md", True, []),
        ("the energy 电量", False, ["电", "量"]),
        ("the group {}", False, ["{", "}"]),
        ("no document of kind purchase_prices", False, ["purchase_prices"]),
        ('the key "strange_key" of M1', False, []),
    ],
)
def test_what_does_not_belong_into_a_sentence_is_found(text: str, chinese: bool, faults: list[str]) -> None:
    assert faults_of(text, chinese, set()) == faults
