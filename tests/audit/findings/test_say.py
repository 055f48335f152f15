"""Findings in words: with their figures, in both languages, and none where a version knows no words."""

from typing import Any

from billcalc.audit.checks.check import Level
from billcalc.audit.findings.records import Finding
from billcalc.audit.findings.say import first_cause, found_words, told_words
from billcalc.words.lexicon import CHINESE, ENGLISH, Lexicon


def words(code: str, values: dict[str, Any], lexicon: Lexicon = ENGLISH) -> list[str]:
    return list(found_words(lexicon, Finding(1, "f", code, Level.ADVICE, "A", "2024-07", (), values, None, 1, 1)))


def test_a_check_says_what_it_says_of_its_figures() -> None:
    figures = {"kwh": "900", "kwh_1": "300", "kwh_2": "310", "kwh_3": "290", "kwh_12": "305", "limit": "0.5"}
    assert words("energy_jump", figures)[0].startswith("the energy")
    assert words("energy_jump", {"other": "1"}) == words("no_longer_made", {}) == []


def test_a_problem_of_the_bill_is_said_in_its_own_words() -> None:
    facts = {"register": "peak", "point": "M1", "counted": "999990", "range": "1000000"}
    told = words("rollover_suspicious", {"told_rollover_large": "1", "problems": [facts]}, CHINESE)
    assert len(told) == 1
    assert words("rollover_suspicious", {}) == words("rollover_suspicious", {"problems": [{}]}) == []


def test_a_bill_says_its_totals_its_causes_and_what_is_unexplained() -> None:
    standard = {
        "cause": "standard",
        "facts": {"supply_point": "S1", "wrong": "0.85", "right": "0.90"},
        "money_fen": -90,
    }
    other = {"cause": "no_longer_known", "facts": {}, "money_fen": 5}
    values = {"issued_fen": 100, "recomputed_fen": 190, "answers": [{"causes": [other, standard], "left_fen": -5}]}
    assert words("bill_differs", values)[1:] == [
        "issued: 1.00 CNY",
        "recomputed: 1.90 CNY",
        "cause: no_longer_known: 0.05 CNY",
        "cause: supply point S1 was assessed by the power-factor standard 0.85 in place of 0.90: -0.90 CNY",
        "unexplained: -0.05 CNY",
    ]
    finding = Finding(1, "f", "bill_differs", Level.ADVICE, "A", "2024-07", (), values, -90, 1, 1)
    assert first_cause(finding) == "standard"
    assert words("bill_not_issued", {"recomputed_fen": 190}, CHINESE) == ["应出账而未出账", "复算：1.90 元"]


def test_an_event_tells_what_a_person_wrote_and_the_documents() -> None:
    document = {"id": 1, "kind": "letter", "sha256": "a" * 64, "total_fen": 0}
    assert told_words({"to": "wang"}) == "wang"
    assert told_words({"documents": [document], "reason": "so"}) == f"so; letter 0.00 {'a' * 12}"
    assert told_words({"run": {"id": 1}, "note": "theme"}) == "theme"
