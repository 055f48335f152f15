"""A clerk who works out the printed numbers of a step gets its result: for every step of every issued bill."""

import re
from fractions import Fraction
from math import isqrt

import pytest

from billcalc.explain.chain import chain_of
from billcalc.explain.derivation import ExplainedStep, explained_line
from billcalc.words.lexicon import ENGLISH
from tests.explain.bills import ROOT, official
from tests.kernel import oracles

BILLS = sorted(path.parent.name for path in ROOT.glob("fixtures/official/*/request.yaml"))
UNITS = sorted((unit for unit in ENGLISH.units.values() if unit), key=len, reverse=True)


def nearest(step: Fraction, number: Fraction) -> Fraction:
    return oracles.nearest_multiple(number, step)


def root(number: Fraction) -> Fraction:
    """A root with thirty places, as of a pocket calculator with a long display."""
    return Fraction(isqrt(int(number * 10**60)), 10**30)


def without_units(text: str) -> str:
    for unit in UNITS:
        text = re.sub(rf"(?<=[0-9]) {re.escape(unit)}(?![a-zA-Z/·])", "", text)
    return text


def worked_out(numbers: str) -> Fraction:
    """The value of a printed formula."""
    text = without_units(numbers)
    text = re.sub(r"round to ([0-9.]+) \(", r"nearest(\1, ", text)
    text = re.sub(r"\|([^|]+)\|", r"abs(\1)", text)
    text = text.replace("the larger of (", "max(").replace("the smaller of (", "min(").replace("²", "**2")
    text = re.sub(r"(?<!\*\*)\b[0-9]+(\.[0-9]+)?", r"Fraction('\g<0>')", text)
    for sign, operator in {"×": "*", "÷": "/", "−": "-", "√": "root"}.items():
        text = text.replace(sign, operator)
    result = eval(text, {"Fraction": Fraction, "nearest": nearest, "root": root})
    assert isinstance(result, Fraction)
    return result


def printed_result(step: ExplainedStep) -> Fraction:
    found = re.match(r"−?[0-9]+(\.[0-9]+)?", step.result)
    assert found is not None, step.result
    return Fraction(found[0].replace("−", "-"))


@pytest.mark.parametrize("name", BILLS)
def test_the_printed_numbers_of_every_step_give_its_printed_result(name: str) -> None:
    bill = official(name)
    for line in bill.lines:
        for step in explained_line(bill, line, lexicon=ENGLISH).steps:
            if not step.numbers or "table entry" in step.numbers:
                continue  # a single figure, or one to be looked up in a document
            value, result = worked_out(step.numbers), printed_result(step)
            if step.rounding is None:
                assert value == result, step
                continue
            rounded_to = re.search(r"(rounded to|in steps of) ([0-9.]+)", step.rounding)
            assert rounded_to is not None, step
            assert nearest(Fraction(rounded_to[2].rstrip(".")), value) == result, step


@pytest.mark.parametrize("name", BILLS)
def test_the_last_step_of_every_line_gives_its_amount(name: str) -> None:
    bill = official(name)
    for line in bill.lines:
        told = explained_line(bill, line, lexicon=ENGLISH)
        assert line.given or printed_result(told.steps[-1]) == Fraction(line.amount)


@pytest.mark.parametrize("name", BILLS)
def test_no_figure_that_a_step_computes_is_left_without_it(name: str) -> None:
    bill = official(name)
    for line in bill.lines:
        computed = {(step.term, step.of, step.number, step.unit) for step in line.steps}
        chain = chain_of(bill, line)
        for figure in (figure for link in chain.links for figure in link.step.operands):
            if (figure.term, figure.of, figure.number, figure.unit) in computed:
                assert figure in chain.derived or figure in chain.owners, (line.code, figure)
