"""Formulas of checks in words: what is said is what the rule computes."""

from decimal import Decimal

import pytest

from billcalc.audit.checks.formula import Formula, formula_of
from billcalc.audit.checks.judging import ALL
from billcalc.audit.checks.say import LIMITS, figure_words
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value, absolute, choose, maximum, minimum, named, total
from billcalc.words.lexicon import CHINESE, ENGLISH

BY_CODE = {check.code: check for check in ALL}


def value(text: str) -> Formula:
    return Formula(ENGLISH, text)


def denied(truth: Value) -> Formula:
    assert isinstance(truth, Formula)
    return truth.otherwise()


A, B, C = value("a"), value("b"), value("c")


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        ("energy_jump", "|the energy − the energy of the month before| > the energy of the month before × the limit",
         "|电量 − 上月的电量| > 上月的电量 × 界限"),
        ("zero_total_with_energy", "the energy > 0 and the total = 0", "电量 > 0，且 电费合计 = 0"),
        ("opening_differs", "one opening reading ≠ one closing reading of the month before",
         "唯一的起码 ≠ 上月的唯一的止码"),
        ("facts_disagree", "cosφ of (the power factor's active energy; the power factor's reactive energy) to the step"
         " ≠ one power factor", "由（考核有功电量；考核无功电量）算出、按取整位取整的 cosφ ≠ 唯一的功率因数"),
        ("one_part_with_basic_charge",
         "(the basic charge ≠ 0 and whether it is billed in two parts = 0) or (whether it is billed in two parts > 0 "
         "and whether no basic charge is paid = 0 and the basic charge = 0)",
         "(基本电费 ≠ 0，且 是否两部制 = 0)，或 (是否两部制 > 0，且 是否免收基本电费 = 0，且 基本电费 = 0)"),
        ("standard_against_class",
         "one power-factor standard > 0 and (one power-factor standard = the standard of farms) ≠ whether all is "
         "agricultural", "唯一的功率因数标准 > 0，且 (唯一的功率因数标准 = 农业标准) ≠ 是否全部为农业用电"),
        ("reactive_above_active",
         "the power factor's reactive energy > the power factor's active energy × the limit of the share or one power "
         "factor < the least", "考核无功电量 > 考核有功电量 × 占比界限，或 唯一的功率因数 < 下限"),
    ],
)  # fmt: skip
def test_the_formula_of_a_check_is_its_rule(code: str, english: str, chinese: str) -> None:
    assert formula_of(BY_CODE[code], ENGLISH).text == english
    assert formula_of(BY_CODE[code], CHINESE).text == chinese


def test_a_formula_is_told_by_its_conditions() -> None:
    found = formula_of(BY_CODE["zero_total_with_energy"], ENGLISH)

    assert [each.text for each in found.parts] == ["the energy > 0", "the total = 0"]


def test_every_check_has_a_formula_of_all_that_it_looks_at_in_both_languages() -> None:
    for check in ALL:
        for lexicon in (ENGLISH, CHINESE):
            text = formula_of(check, lexicon).text
            for name in (*check.inputs, *check.limits):
                assert figure_words(lexicon, name) in text, (check.code, name)
        assert set(check.limits) <= set(LIMITS)


@pytest.mark.parametrize(
    ("made", "text"),
    [
        ((A + B) * C, "(a + b) × c"),
        (A - (B - C), "a − (b − c)"),
        (-(A + B), "−(a + b)"),
        (2 * A + 1, "a × 2 + 1"),
        (A - 0, "a"),
        (A * 0 + B, "b"),
        (total([A, B, C]), "a + b + c"),
        (minimum(A, B), "the smaller of (a; b)"),
        (maximum(A, -B), "the larger of (a; −b)"),
        (A <= B, "a ≤ b"),
        ((A <= B).otherwise(), "a > b"),
        (minimum(minimum(A > B, B > C), A > 0), "a > b and b > c and a > 0"),
        (minimum(maximum(A > B, B > C), A > 0), "(a > b or b > c) and a > 0"),
        (denied(minimum(A > B, B > C)), "not (a > b and b > c)"),
        (choose(A > B, A * 0 + 1, A * 0) * -1 + 1, "a ≤ b"),
        (absolute(A) > 0, "a ≠ 0"),
        (absolute(A) > 1, "|a| > 1"),
        (named(Term.MULTIPLIER, A), "a"),
        (A + Decimal("0.50"), "a + 0.5"),
    ],
)  # fmt: skip
def test_a_formula_is_said_as_it_is_computed(made: Value, text: str) -> None:
    assert isinstance(made, Formula)
    assert made.text == text


def test_what_is_denied_of_several_conditions_is_a_condition() -> None:
    assert denied(minimum(A > B, B > C)).is_truth


@pytest.mark.parametrize(
    "make",
    [
        lambda: A.rounded(Rounding(Decimal(1))),
        lambda: A.quotient(B, Rounding(Decimal(1))),
        lambda: A.look_up({}, None, "1"),
        lambda: A.allocate([B], Decimal(1)),
    ],
)
def test_what_no_check_does_has_no_words(make: object) -> None:
    assert callable(make)
    with pytest.raises(NotImplementedError):
        make()
