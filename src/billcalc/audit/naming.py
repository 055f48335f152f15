"""What the lines of a comparison are called: as printed, and in the words of a language."""

from billcalc.audit.comparison import Comparison, Entry
from billcalc.audit.issued import IssuedLine
from billcalc.explain.naming import Names, names_of
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import qualified, span_words

__all__ = ["EntryNames"]


class EntryNames:
    """The names of one comparison in one language."""

    def __init__(self, comparison: Comparison, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._names: Names = names_of(comparison.bill, lexicon)

    def entry(self, entry: Entry) -> str:
        """An entry by what is printed, and by our own word where that is another."""
        if len(entry.issued) == len(entry.recomputed) == 1:
            return self.issued(entry.issued[0], entry.recomputed[0].code)
        if not entry.issued:
            return " + ".join(self._names.line(line) for line in entry.recomputed)
        return " + ".join(dict.fromkeys(self.issued(line) for line in entry.issued))

    def code(self, code: str) -> str:
        """A code by our word for it."""
        return self._names.component(code)

    def issued(self, line: IssuedLine, *codes: str) -> str:
        """A printed line: its name, what it is, its band, its group where the bill has several, its days where told."""
        words = [self._names.component(code) for code in codes or line.codes]
        printed = self._printed(line)
        names = dict.fromkeys(words if printed is None else (printed, *words))
        name, *of = names if printed is not None else [" + ".join(names)]
        if line.group is not None and self._names.several_groups:
            of.append(line.group)
        if line.one_band is not None:
            of.append(self._lexicon.bands[line.one_band])
        if line.span is not None:
            of.append(span_words(self._lexicon, line.span))
        return qualified(self._lexicon, name, *of)

    def _printed(self, line: IssuedLine) -> str | None:
        """What a line is printed as; a column that is a whole section has only its code, and is called by its word."""
        return next((self._lexicon.sections[each] for each in line.sections if each.value == line.name), line.name)
