"""A word in both languages, and the languages."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode

__all__ = ["Code", "Language", "Pair", "Wording", "in_language"]

Code = FaultCode | RefusalCode | ProblemCode


class Language(StrEnum):
    """A language that is spoken, by its ISO 639-1 code."""

    CHINESE = "zh"
    ENGLISH = "en"


class Pair(NamedTuple):
    """The same in English and in Chinese; ``{facts}`` are filled in."""

    english: str
    chinese: str

    def of(self, language: Language) -> str:
        """The one of a language."""
        return self.english if language is Language.ENGLISH else self.chinese


class Wording(NamedTuple):
    """What is the matter, and what to do about it."""

    what: Pair
    do: Pair


def in_language(table: Mapping[Any, Pair], language: Language) -> dict[Any, str]:
    """The words of one language, by what they are of."""
    return {key: pair.of(language) for key, pair in table.items()}
