"""The clauses that say what is right, as they are cited: a number that was not seen is said not to have been."""

from collections.abc import Iterable
from dataclasses import dataclass

from billcalc.words.language import Language, Pair

__all__ = ["Clause", "clauses_said"]

_NOT_SEEN = Pair(", article number not seen", "，条号未见")
_NOT_NATIONAL = Pair(", no national article", "，无全国条文")
_AND = Pair("; ", "；")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a document.

    Attributes:
        document: its name, which stands as it is, or what it is called in both languages.
        article: the article, as the document numbers it; None where its number was not seen.
        is_national: False of what no document of the whole nation tells: it has no article to look for.
    """

    document: str | Pair
    article: str | None = None
    is_national: bool = True

    def said(self, language: Language) -> str:
        """The clause in words."""
        name = self.document if isinstance(self.document, str) else self.document.of(language)
        if self.article is not None:
            return f"{name}{self.article}"
        return f"{name}{(_NOT_SEEN if self.is_national else _NOT_NATIONAL).of(language)}"


def clauses_said(clauses: Iterable[Clause], language: Language) -> str:
    """Several clauses in words.

    >>> clauses_said([Clause("No. 8", " art. 81"), Clause("No. 14")], Language.ENGLISH)
    'No. 8 art. 81; No. 14, article number not seen'
    """
    return _AND.of(language).join(each.said(language) for each in clauses)
