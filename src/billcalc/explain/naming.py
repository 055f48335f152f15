"""What the parts of one bill are called: its own labels before the words of the field."""

from collections.abc import Mapping
from dataclasses import dataclass

from billcalc.billing.bill import Bill, Line
from billcalc.kernel.terms import Term
from billcalc.metering.models import Register
from billcalc.vocabulary import Section
from billcalc.words.lexicon import ENGLISH, Lexicon
from billcalc.words.naming import qualified, span_of, span_words

__all__ = ["Names", "names_of"]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one bill in one language.

    Attributes:
        labels: what the tariffs or the request call a line, by its code.
        several_groups: whether the bill has more than one billing group or power-factor scope, so that a line must say
            whose it is.
    """

    lexicon: Lexicon
    labels: Mapping[str, str]
    several_groups: bool

    def item(self, line: Line) -> str:
        """What a line is for, without its band."""
        return self._line(line)

    def line(self, line: Line, *of: str) -> str:
        """A line by its name: what it is for, in which band, and what part of it."""
        band = () if line.band is None else (self.lexicon.bands[line.band],)
        return self._line(line, *dict.fromkeys((*band, *of)))

    def _line(self, line: Line, *of: str) -> str:
        name = self.component(line.code) if line.label is None or self.lexicon is ENGLISH else line.label
        return qualified(self.lexicon, name, *([line.group] if self.several_groups else []), *of)

    def component(self, code: str) -> str:
        """A component, charge or line, by its code: in Chinese as printed, in English by the words of the field."""
        label, words = self.labels.get(code), self.lexicon.components.get(code)
        found = (words, label) if self.lexicon is ENGLISH else (label, words)
        return next((name for name in found if name is not None), code)

    def term(self, term: Term, of: tuple[str, ...]) -> str:
        """A named value of a derivation."""
        return qualified(self.lexicon, self.lexicon.terms[term], *(self.qualifier(each) for each in of))

    def qualifier(self, text: str) -> str:
        """What a value is of: a register or band, a span, a component, or an id that stands for itself."""
        if text in set(Register):
            return self.lexicon.registers[Register(text)]
        span = span_of(text)
        return self.component(text) if span is None else span_words(self.lexicon, span)


def names_of(bill: Bill, lexicon: Lexicon) -> Names:
    """The names that a bill's lines give, in a language."""
    labels = {line.code: line.label for line in bill.lines if line.label is not None}
    scopes = {line.group for line in bill.lines if line.section is Section.POWER_FACTOR}
    groups = {line.group for line in bill.lines if line.section is not Section.POWER_FACTOR}
    return Names(lexicon, labels, several_groups=len(groups) > 1 or len(scopes) > 1)
