"""A correction as a text: its letter, table by table."""

from collections.abc import Iterator
from dataclasses import replace

from billcalc.corrections.letter import letter
from billcalc.corrections.rebill import CorrectedMonth, Correction
from billcalc.explain.block_text import block_text
from billcalc.explain.printing import PrintedLine
from billcalc.explain.problems import doubt_lines, doubts_told
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Problem
from billcalc.words.lexicon import Lexicon

__all__ = ["correction_text"]


_MADE_BY_IT = (ProblemCode.GIVEN_FACT, ProblemCode.STATED_WITHOUT_EFFECT)
"""What a bill doubts where its energy is told and no longer read: the letter has just said how it came about."""


def correction_text(correction: Correction, *, lexicon: Lexicon) -> tuple[PrintedLine, ...]:
    """Tell a correction, and below its letter what is doubtful about the case and the bills that are made anew."""
    of_case = doubts_told(correction.doubts, correction.currency, lexicon)
    bills = [replace(month.right, problems=tuple(_own_problems(month))) for month in correction.changed]
    doubts = dict.fromkeys((*of_case, *(line for bill in bills for line in doubt_lines(bill, lexicon))))
    return (*block_text(letter(correction, lexicon=lexicon)), *doubts)


def _own_problems(month: CorrectedMonth) -> Iterator[Problem]:
    """The problems of the right bill, without those that its corrected metering point has by being corrected."""
    before = {(each.code, each.where) for each in month.original.problems}
    for each in month.right.problems:
        is_of_point = month.energy is not None and (each.where or "").startswith(f"{month.energy.where}/")
        if not is_of_point or each.code not in _MADE_BY_IT or (each.code, each.where) in before:
            yield each
