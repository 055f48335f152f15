"""Answers as people write them, taken or rejected: at a terminal, and in the cells of a form."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from billcalc.kernel.closed_lists import Word
from billcalc.kernel.decimals import NumberError, parse_decimal
from billcalc.metering.models import ENERGY_REGISTERS, Register
from billcalc.vocabulary import AREAS, STANDARDS, Voltage, area_named, nearest_areas, standard_named, voltages_named
from billcalc.words.questions import AnswerFault

__all__ = [
    "Rejected",
    "area",
    "digits",
    "month",
    "not_below",
    "number",
    "numbers",
    "one_of",
    "registers",
    "standard",
    "voltage",
    "yes",
]

_W = TypeVar("_W", bound=Word)
_SEPARATORS = re.compile(r"[\s,，、;；+]+")
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
"""A number with separators of thousands."""
_ONE_OR_SEVERAL = re.compile(r"(?<![0-9.])[0-9]{1,3}([,，][0-9]{3})+(?![0-9])")
"""What may be a number with separators of thousands, or some numbers with commas between them."""
_MONTH = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})月?")
_DIGITS_MAX = 12
"""As many as ``fields.Digits`` takes."""
_YES, _NO = ("y", "yes", "是", "有"), ("n", "no", "否", "没有")


class Rejected(Exception):
    """An answer that cannot be taken.

    Attributes:
        fault: why.
        known: what could be.
    """

    def __init__(self, fault: AnswerFault, known: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.known = known


def one_of(words: Sequence[_W], listed: str) -> Callable[[str], _W]:
    """Takes one of some words, which are listed for who gives none of them."""

    def take(answer: str) -> _W:
        named = type(words[0]).named(answer)
        if named is None or named not in words:
            raise Rejected(AnswerFault.WORD, listed)
        return named

    return take


def area(answer: str) -> str:
    """An area, by any of its names."""
    code = area_named(answer)
    if code not in AREAS:
        raise Rejected(AnswerFault.AREA, nearest_areas(answer))
    return code


def month(answer: str) -> date:
    """A month."""
    parts = _MONTH.fullmatch(answer)
    if parts is None or not 1 <= int(parts[2]) <= 12 or not 1900 <= int(parts[1]) <= 2198:
        raise Rejected(AnswerFault.MONTH)
    return date(int(parts[1]), int(parts[2]), 1)


def voltage(answer: str) -> Voltage:
    """One voltage."""
    named = voltages_named(answer)
    if len(named) != 1:
        raise Rejected(AnswerFault.WORD, ", ".join(Voltage))
    return named[0]


def yes(answer: str) -> bool:
    """Yes or no."""
    if answer.casefold() not in (*_YES, *_NO):
        raise Rejected(AnswerFault.YES_NO)
    return answer.casefold() in _YES


def standard(answer: str) -> str:
    """A standard of the power factor."""
    named = standard_named(answer)
    if named is None:
        raise Rejected(AnswerFault.WORD, ", ".join(STANDARDS))
    return named


def number(answer: str) -> Decimal:
    """A number, zero or more."""
    try:
        taken = parse_decimal(answer.replace(",", "") if _GROUPED.fullmatch(answer) else answer)
    except NumberError:
        raise Rejected(AnswerFault.NUMBER) from None
    if taken < 0:
        raise Rejected(AnswerFault.NUMBER)
    return taken


def digits(answer: str) -> int:
    """How many digits a meter shows."""
    if not answer.isdecimal() or not 1 <= int(answer) <= _DIGITS_MAX:
        raise Rejected(AnswerFault.DIGITS)
    return int(answer)


def numbers(answer: str) -> tuple[Decimal, ...]:
    """Some numbers; commas stand between them alone where that cannot be one number (1,250)."""
    if _ONE_OR_SEVERAL.search(answer):
        raise Rejected(AnswerFault.ONE_OR_SEVERAL)
    return tuple(number(each) for each in _SEPARATORS.split(answer) if each)


def not_below(opening: Decimal) -> Callable[[str], Decimal]:
    """Takes a number that is not below another."""

    def take(answer: str) -> Decimal:
        closing = number(answer)
        if closing < opening:
            raise Rejected(AnswerFault.DECREASES)
        return closing

    return take


def registers(answer: str) -> tuple[Register, ...]:
    """Some registers of energy."""
    names = [each for each in _SEPARATORS.split(answer) if each]
    found = [Register.named(each) for each in names]
    if not found or any(each not in ENERGY_REGISTERS for each in found):
        raise Rejected(AnswerFault.WORD, ", ".join(ENERGY_REGISTERS))
    return tuple(dict.fromkeys(each for each in found if each is not None))
