"""Exact decimals: how numbers enter, how they are written, and the one arithmetic context.

A float has already lost the digits of the document, an exponent hides them, and Python's default context rounds at
28 digits without a word; so numbers enter as plain digit strings and are combined in a context that traps inexactness.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, localcontext
from itertools import repeat

from billcalc.kernel.exception_text import why_in_english
from billcalc.kernel.reasons import Reason
from billcalc.kernel.why import Why

__all__ = [
    "EXACT",
    "ONE",
    "ZERO",
    "NumberError",
    "decimal_text",
    "decimal_texts",
    "decimals_of",
    "exact_sum",
    "last_digit_of",
    "parse_decimal",
    "parsed_at_once",
    "rewritten_at_once",
]

EXACT = Context(prec=400, rounding=ROUND_HALF_UP, traps=[DivisionByZero, Inexact, InvalidOperation, Overflow])
"""Every sum, difference and product is taken here: the result is exact, or the operation raises."""

ZERO = Decimal(0)
ONE = Decimal(1)

_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LEADING_ZERO = re.compile("\n0[0-9]")
_BARE = "-.", "\n.", ".\n"
"""A point without a digit on one side, in lines of numbers: what else ``_PLAIN`` does not take, no decimal is."""
_EXPONENT = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]{1,2}")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．－−", "0123456789.--")
_CHARACTERS_MAX = 40
"""Longer numbers than any bill has: refused, so that no request can make the arithmetic slow."""
_MANY = 32
"""From how many numbers on a context of their own costs less than it saves."""


class NumberError(ValueError):
    """A text or object that is not an exact decimal; ``why`` says what to write instead."""

    def __init__(self, reason: Reason, **facts: str) -> None:
        self.why = Why(reason, facts)
        super().__init__(reason, facts)

    def __str__(self) -> str:
        return why_in_english(self.why)


def parse_decimal(raw: object) -> Decimal:
    """Read an exact decimal from a digit string (or take a Decimal or an int that is one already).

    Raises:
        NumberError: for floats, bools, exponents, full-width digits, underscores, spaces, a leading ``+``,
            non-finite numbers and more than 40 characters.

    >>> parse_decimal("0.041825")
    Decimal('0.041825')
    >>> parse_decimal("1e5")
    Traceback (most recent call last):
    ...
    billcalc.kernel.decimals.NumberError: an exponent is not accepted: write "100000" instead of "1e5"
    """
    if not isinstance(raw, str):
        raw = _digits_of(raw)
    if len(raw) > _CHARACTERS_MAX:
        raise NumberError(Reason.NUMBER_TOO_LONG, most=str(_CHARACTERS_MAX))
    if _PLAIN.fullmatch(raw) is None:
        raise _what_is_wrong(raw)
    return Decimal(raw)


def parsed_at_once(texts: Sequence[str]) -> tuple[Decimal, ...] | None:
    """What ``parse_decimal`` reads of each of many texts; None where it does not take one of them, and tells why.

    >>> parsed_at_once(["0.5", "-2"]), parsed_at_once(["0.5", "1e5"])
    ((Decimal('0.5'), Decimal('-2')), None)
    """
    lines = "\n".join(("", *texts, ""))
    is_of_digits = lines.isascii() and not lines.encode().translate(None, b"0123456789-.\n")
    if not is_of_digits or lines.count("\n") != len(texts) + 1 or any(bare in lines for bare in _BARE):
        return None
    if max(map(len, texts), default=0) > _CHARACTERS_MAX:
        return None
    try:
        return tuple(map(EXACT.create_decimal, texts))
    except InvalidOperation:
        return None


def last_digit_of(number: Decimal) -> Decimal:
    """The place value of the last digit that a number is written to.

    >>> last_digit_of(Decimal("0.50")), last_digit_of(Decimal("120"))
    (Decimal('0.01'), Decimal('1'))
    """
    return ONE.scaleb(-decimals_of(number))


def decimals_of(number: Decimal) -> int:
    """How many decimals a number is written to.

    >>> decimals_of(Decimal("0.50")), decimals_of(Decimal("1E+2"))
    (2, 0)
    """
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "numbers are finite"
    return max(0, -exponent)


def _digits_of(raw: object) -> str:
    if isinstance(raw, bool):
        raise NumberError(Reason.TRUTH_AS_NUMBER)
    if isinstance(raw, float):
        if not math.isfinite(raw):
            raise NumberError(Reason.FLOAT_WITHOUT_DIGITS)
        raise NumberError(Reason.FLOAT_AS_NUMBER, repaired=decimal_text(Decimal(float.__repr__(raw))))
    if not isinstance(raw, Decimal | int):
        raise NumberError(Reason.OTHER_AS_NUMBER)
    number = Decimal(raw)
    if not number.is_finite():
        raise NumberError(Reason.NOT_FINITE, value=str(number))
    if abs(number.adjusted()) > _CHARACTERS_MAX:  # its digits alone could fill the memory
        raise NumberError(Reason.NUMBER_TOO_LONG, most=str(_CHARACTERS_MAX))
    return decimal_text(number)


def _what_is_wrong(text: str) -> NumberError:
    for reason, repaired in _repairs(text):
        if _PLAIN.fullmatch(repaired) is not None and len(repaired) <= _CHARACTERS_MAX:
            return NumberError(reason, value=text, repaired=repaired)
    return NumberError(Reason.NO_NUMBER, value=text)


def _repairs(text: str) -> Iterator[tuple[Reason, str]]:
    """What may be wrong with a text, and the text without it; a repair counts only where it leaves a number."""
    yield Reason.UNDERSCORES, text.replace("_", "")
    if _EXPONENT.fullmatch(text):
        yield Reason.EXPONENT, decimal_text(Decimal(text))
    if _THOUSANDS.fullmatch(text):  # and not a decimal comma
        yield Reason.THOUSANDS, text.replace(",", "")
    yield Reason.SPACES, "".join(text.split())
    yield Reason.LEADING_PLUS, text.removeprefix("+")
    yield Reason.BARE_POINT, re.sub(r"^(-?)\.(?=[0-9])", r"\g<1>0.", text).removesuffix(".")
    yield Reason.WIDE_DIGITS, text.translate(_HALF_WIDTH)


def decimal_text(number: Decimal, *, places: int | None = None) -> str:
    """Write a decimal in fixed point, one text for one value: without trailing zeros, or with ``places`` decimals.

    A number with more decimals than ``places`` keeps them: writing never rounds.

    >>> decimal_text(Decimal("0.10")), decimal_text(Decimal("1E+3")), decimal_text(Decimal("5"), places=2)
    ('0.1', '1000', '5.00')
    """
    text = str(number)
    if "E" in text:
        text = f"{number:f}"
    elif places and number and text[-1 - places : -places] == ".":
        return text  # as most amounts are written
    if text[-1] == "0":
        if "." in text:
            text = text.rstrip("0").removesuffix(".")
        if text == "-0":
            text = "0"
    if places:
        whole, _, decimals = text.partition(".")
        text = f"{whole}.{decimals:0<{places}}"
    return text


def decimal_texts(numbers: Sequence[Decimal | None]) -> list[str | None]:
    """What ``decimal_text`` writes of each of many numbers; None where there is none.

    >>> decimal_texts([Decimal("0.25"), None, Decimal("0.10")])
    ['0.25', None, '0.1']
    """
    texts = list(map(str, numbers))
    last = "" if "E" in "".join(texts) else "123456789"  # what ends with one of these is written as it should be
    return [
        text if text[-1] in last else None if number is None else decimal_text(number)
        for text, number in zip(texts, numbers, strict=True)
    ]


def rewritten_at_once(texts: Sequence[str]) -> list[str] | None:
    """What ``decimal_texts`` writes of numbers that were told as these texts, where all have decimals; else None.

    >>> rewritten_at_once(["0.25", "0.10", "3.00"]), rewritten_at_once(["1"]), rewritten_at_once(["00.1"])
    (['0.25', '0.1', '3'], None, None)
    """
    lines = "\n".join(("", *texts))
    if lines.count(".") != len(texts) or "-" in lines or _LEADING_ZERO.search(lines) is not None:
        return None
    found = list(map(str.rstrip, texts, repeat("0")))
    return [text.removesuffix(".") for text in found] if ".\n" in "\n".join((*found, "")) else found


def exact_sum(numbers: Iterable[Decimal]) -> Decimal:
    """The sum, without rounding; 0 of nothing."""
    if isinstance(numbers, list | tuple) and len(numbers) >= _MANY:
        with localcontext(EXACT):
            return sum(numbers, ZERO)
    result = ZERO
    for number in numbers:
        result = EXACT.add(result, number)
    return result
