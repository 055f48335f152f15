"""Faults, refusals and problems: what they say."""

import string
from decimal import Decimal
from enum import StrEnum
from itertools import chain

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.troubles import Alternative, Fault, InvalidInput, Problem, Refusal, Refused, Severity
from billcalc.words.saying import WORDING, in_english

CODES: list[FaultCode | RefusalCode | ProblemCode] = [*FaultCode, *RefusalCode, *ProblemCode]


def test_a_sentence_says_what_is_the_matter_and_what_to_do() -> None:
    facts = {"limit": "1000000"}
    assert in_english(FaultCode.TOO_LARGE, facts) == (
        "the input is larger than 1000000 bytes; split it, or raise the limit with --max-bytes"
    )


def test_facts_are_filled_into_what_to_do_as_well() -> None:
    facts = {"value": "0.83", "known": "0.80, 0.85, 0.90"}
    assert in_english(FaultCode.UNKNOWN_STANDARD, facts) == (
        '"0.83" is not a power-factor standard; '
        'use one of: 0.80, 0.85, 0.90, or "none" where the supply point is not assessed'
    )


def test_a_fact_may_hold_braces() -> None:
    assert "{peak}" in in_english(FaultCode.UNKNOWN_KEY, {"key": "{peak}", "known": "peak, valley"})


def test_a_fault_says_where() -> None:
    assert str(Fault(FaultCode.DUPLICATE_ID, "/groups/1", {"id": "main"})) == (
        '/groups/1: duplicate_id: the id "main" stands twice; give each its own id'
    )


def test_a_trouble_of_the_whole_request_stands_at_the_root() -> None:
    facts = {"what": "a step tariff"}
    assert str(Refusal(RefusalCode.NOT_SUPPORTED, "", facts)) == (
        "/: not_supported: a step tariff is not calculated yet; give the affected lines with the request"
    )
    assert str(Fault(FaultCode.READINGS_NOT_ORDERED, "")) == (
        "/: readings_not_ordered: the readings are not in the order of their days; sort them by at"
    )
    assert str(Problem(ProblemCode.GIVEN_FACT, Severity.NOTE, "", {"fact": "cosφ"})) == (
        "/: given_fact: cosφ was given with the request and not computed; check it at its source"
    )


def test_a_refusal_says_where() -> None:
    facts = {"scope": "S1"}
    assert str(Refusal(RefusalCode.NO_ACTIVE_ENERGY, "/agreement/0", facts)) == (
        "/agreement/0: no_active_energy: S1 used reactive but no active energy, so its power factor would be 0.00; "
        "decide power_factor.no_energy for the area, or give the ratio"
    )


def test_a_problem_says_where_and_carries_the_money_of_the_alternatives() -> None:
    once = Alternative("once", Decimal("0.01"))
    problem = Problem(ProblemCode.GIVEN_FACT, Severity.DOUBT, "/facts", {"fact": "cosφ"}, (once,))
    assert str(problem) == (
        "/facts: given_fact: cosφ was given with the request and not computed; check it at its source"
    )
    assert problem.alternatives == (Alternative("once", Decimal("0.01")),)
    assert problem.severity == "doubt"


def test_a_problem_has_no_alternatives_unless_it_is_given_some() -> None:
    assert Problem(ProblemCode.GIVEN_FACT, Severity.NOTE, "", {"fact": "cosφ"}).alternatives == ()


def test_invalid_input_tells_every_fault_on_its_own_line() -> None:
    duplicate = Fault(FaultCode.DUPLICATE_ID, "/groups/1", {"id": "main"})
    missing = Fault(FaultCode.MISSING_KEY, "/period", {"key": "to"})
    error = InvalidInput(fault for fault in (duplicate, missing))
    assert error.faults == (duplicate, missing)
    assert str(error) == (
        '/groups/1: duplicate_id: the id "main" stands twice; give each its own id\n'
        '/period: missing_key: the key "to" is missing; add it'
    )


def test_refused_carries_its_refusal_up() -> None:
    refusal = Refusal(RefusalCode.NOT_SUPPORTED, "/x", {"what": "this"})
    refused = Refused(refusal)
    assert refused.refusal is refusal
    assert str(refused) == str(refusal)


def test_every_code_has_its_wording_and_no_wording_is_without_a_code() -> None:
    assert set(WORDING) == set(CODES)


def test_no_code_stands_in_two_lists() -> None:
    values = [code.value for code in CODES]
    assert len(set(values)) == len(values)


@pytest.mark.parametrize("codes", [FaultCode, RefusalCode, ProblemCode])
def test_a_code_is_its_name_in_small_letters(codes: type[StrEnum]) -> None:
    assert [code.value for code in codes] == [code.name.lower() for code in codes]


@pytest.mark.parametrize("code", CODES)
def test_a_wording_makes_one_in_english(code: FaultCode | RefusalCode | ProblemCode) -> None:
    what, do = (each.english for each in WORDING[code])
    fields = {name for _, name, _, _ in chain(*map(string.Formatter().parse, (what, do))) if name}
    text = in_english(code, dict.fromkeys(fields, "…"))
    assert what
    assert do
    assert not text.endswith(".")
    assert "  " not in text
    assert "{" not in text
