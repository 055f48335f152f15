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


def test_an_event_tells_what_a_person_wrote_the_documents_and_its_run_in_words() -> None:
    letter = {"id": 1, "kind": "letter", "sha256": "a" * 64, "total_fen": 0}
    difference = {"id": 2, "kind": "back_bill", "sha256": "b" * 64, "total_fen": -90}
    assert told_words(ENGLISH, {"to": "wang"}) == "wang"
    corrected = {"documents": [letter, difference], "left_fen": 10, "reason": "so", "two_persons_above_fen": 100}
    assert told_words(ENGLISH, corrected) == (
        f"so; letter 0.00 {'a' * 12}; difference -0.90 {'b' * 12}; left: 0.10 CNY"
    )
    assert told_words(CHINESE, corrected) == (f"so; 告知函 0.00 {'a' * 12}; 退补单 -0.90 {'b' * 12}; 未退补：0.10 元")
    assert told_words(ENGLISH, {"run": {"id": 1}, "note": "theme"}) == "theme"
    assert told_words(CHINESE, {"run": 3, "follows": 2}) == "稽查运行 3; 接续数据不同的发现 2"
    assert [told_words(CHINESE, {"run": 4, "cause": cause}) for cause in ("seen_again", "until")] == [
        "稽查运行 4; 再次发现", "稽查运行 4; 排除的期限已到",
    ]  # fmt: skip
