"""A correction as a text: its letter, table by table."""

from billcalc.corrections.letter import letter
from billcalc.corrections.rebill import Correction
from billcalc.explain.block_text import block_text
from billcalc.explain.printing import PrintedLine
from billcalc.explain.problems import doubt_lines
from billcalc.words.lexicon import Lexicon

__all__ = ["correction_text"]


def correction_text(correction: Correction, *, lexicon: Lexicon) -> tuple[PrintedLine, ...]:
    """Tell a correction, and below its letter what is doubtful about the bills that are made anew."""
    doubts = dict.fromkeys(line for month in correction.changed for line in doubt_lines(month.right, lexicon))
    return (*block_text(letter(correction, lexicon=lexicon)), *doubts)
