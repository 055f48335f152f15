"""Closed lists of words, each word with the aliases under which papers print it: read under all, written as one.

Words are compared in one normal form, for a PDF gives some signs as radicals and a keyboard some in full width.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, lru_cache
from operator import attrgetter
from typing import Self, TypeVar

__all__ = ["NEAREST", "Word", "known_words", "nearest", "normal", "words_by_name"]

_Key = TypeVar("_Key")
_Word = TypeVar("_Word", bound="Word")

NEAREST = 3
"""How many words are named in place of one that is not there."""


@lru_cache(4096)
def normal(text: str) -> str:
    """A text as words are compared: one form of each sign, without blanks, in small letters.

    >>> normal("代理购⽤ 电（1０ kV）")
    '代理购用电(10kv)'
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


class Word(StrEnum):
    """A word of a closed list: told by its own name, or by any of its aliases.

    Attributes:
        aliases: what else it is called; the first is its Chinese name.
    """

    _value_: str
    aliases: tuple[str, ...]

    def __new__(cls, word: str, *aliases: str) -> Self:
        """A member of its word and its aliases."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.aliases = aliases
        return member

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        """The word of an alias; what is in no list is none."""
        return _by_name(cls).get(normal(value)) if isinstance(value, str) else None

    @classmethod
    def named(cls, name: object) -> Self | None:
        """The word that a name means, or None."""
        if not isinstance(name, str):
            return None
        word = cls._value2member_map_.get(name)
        return word if isinstance(word, cls) else cls._missing_(name)


# What enumerations have for these takes a call of Python each time, and a bill asks hundreds of times.
Word.value = property(attrgetter("_value_"))  # type: ignore[assignment]
Word.__hash__ = str.__hash__  # type: ignore[method-assign]


@cache
def _by_name(words: "type[_Word]") -> "Mapping[str, _Word]":
    return words_by_name({word: word.aliases for word in words})


def words_by_name(words: Mapping[_Key, Iterable[str]]) -> dict[str, _Key]:
    """Words by the normal forms of their aliases.

    >>> words_by_name({"peak": ("高峰", "峰")})
    {'高峰': 'peak', '峰': 'peak'}
    """
    return {normal(alias): word for word, aliases in words.items() for alias in aliases}


def known_words(text: str, known: Sequence[str]) -> str:
    """The words that would have been known, as a message tells them.

    To who writes Chinese it also tells the Chinese names that are most like his.

    >>> from billcalc.vocabulary import Billing
    >>> known_words("单部制", list(Billing))
    'one_part, two_part (单一制 = one_part, 二部制 = two_part)'
    """
    told = ", ".join(known)
    if text.isascii():
        return told
    lists = [each for each in Word.__subclasses__() if _same_list({word.value for word in each}, set(known))]
    names = {alias: word.value for each in lists for word in each if word in known for alias in word.aliases}
    alike = nearest(text, {alias: word for alias, word in names.items() if not alias.isascii()})
    return f"{told} ({', '.join(f'{alias} = {word}' for alias, word in alike.items())})" if alike else told


def _same_list(words: set[str], known: set[str]) -> bool:
    """Whether what is known is a closed list, a part of one, or one with more beside it."""
    return words <= known or known <= words


def nearest(text: str, names: Mapping[str, str]) -> Mapping[str, str]:
    """The names that are most like a text, the nearest first, and one for each of a few words.

    Args:
        text: what was told.
        names: the word of each name.

    >>> nearest("工业", {"大工业": "large_industrial", "大工业用电": "large_industrial", "农业": "agricultural"})
    {'大工业': 'large_industrial', '农业': 'agricultural'}
    """
    forms = {normal(name): name for name in sorted(names)}
    found: dict[str, str] = {}
    for form in get_close_matches(normal(text), forms, len(forms) or 1, cutoff=0):
        found.setdefault(names[forms[form]], forms[form])
    return {name: word for word, name in list(found.items())[:NEAREST]}
