"""Exact decimals: how numbers enter, how they are written, and the one arithmetic context.

A float has already lost the digits of the document, an exponent hides them, and Python's default context rounds at
28 digits without a word; so numbers enter as plain digit strings and are combined in a context that traps inexactness.
"""

import math
import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow

__all__ = ["EXACT", "ONE", "ZERO", "NumberError", "decimal_text", "exact_sum", "last_digit_of", "parse_decimal"]

EXACT = Context(prec=400, rounding=ROUND_HALF_UP, traps=[DivisionByZero, Inexact, InvalidOperation, Overflow])
"""Every sum, difference and product is taken here: the result is exact, or the operation raises."""

ZERO = Decimal(0)
ONE = Decimal(1)

_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_EXPONENT = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]{1,2}")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．－−", "0123456789.--")
_CHARACTERS_MAX = 40
"""Longer numbers than any bill has: refused, so that no request can make the arithmetic slow."""


class NumberError(ValueError):
    """A text or object that is not an exact decimal; the message says what to write instead."""


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
        raise NumberError(_TOO_LONG)
    if _PLAIN.fullmatch(raw) is None:
        raise NumberError(_what_is_wrong(raw))
    return Decimal(raw)


def last_digit_of(number: Decimal) -> Decimal:
    """The place value of the last digit that a number is written to.

    >>> last_digit_of(Decimal("0.50")), last_digit_of(Decimal("120"))
    (Decimal('0.01'), Decimal('1'))
    """
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "numbers are finite"
    return ONE.scaleb(min(exponent, 0))


_TOO_LONG = f"no number of a bill has more than {_CHARACTERS_MAX} characters: write fewer digits"


def _digits_of(raw: object) -> str:
    if isinstance(raw, bool):
        raise NumberError("true and false are not numbers: write the number as a string of digits")
    if isinstance(raw, float):
        exact = f'"{decimal_text(Decimal(repr(raw)))}"' if math.isfinite(raw) else "of its digits"
        raise NumberError(f"a binary floating-point number has lost its digits: write the string {exact}")
    if not isinstance(raw, Decimal | int):
        raise NumberError(f"{type(raw).__name__} is not a number: write the number as a string of digits")
    number = Decimal(raw)
    if not number.is_finite():
        raise NumberError(f"{number} is not a finite number: write the number as a string of digits")
    if abs(number.adjusted()) > _CHARACTERS_MAX:  # its digits alone could fill the memory
        raise NumberError(_TOO_LONG)
    return decimal_text(number)


def _what_is_wrong(text: str) -> str:
    for what, repaired in _repairs(text):
        if _PLAIN.fullmatch(repaired) is not None and len(repaired) <= _CHARACTERS_MAX:
            return f'{what}: write "{repaired}" instead of "{text}"'
    return f'"{text}" is not a number: write digits with at most one decimal point, such as "1234.50"'


def _repairs(text: str) -> Iterator[tuple[str, str]]:
    """What may be wrong with a text, and the text without it; a repair counts only where it leaves a number."""
    yield "underscores are not accepted", text.replace("_", "")
    if _EXPONENT.fullmatch(text):
        yield "an exponent is not accepted", decimal_text(Decimal(text))
    if _THOUSANDS.fullmatch(text):  # and not a decimal comma
        yield "thousands separators are not accepted", text.replace(",", "")
    yield "spaces are not accepted", "".join(text.split())
    yield "a leading + is not accepted", text.removeprefix("+")
    yield "a decimal point needs a digit on each side", re.sub(r"^(-?)\.(?=[0-9])", r"\g<1>0.", text).removesuffix(".")
    yield "only the digits 0-9 are accepted", text.translate(_HALF_WIDTH)


def decimal_text(number: Decimal, *, places: int | None = None) -> str:
    """Write a decimal in fixed point, one text for one value: without trailing zeros, or with ``places`` decimals.

    A number with more decimals than ``places`` keeps them: writing never rounds.

    >>> decimal_text(Decimal("0.10")), decimal_text(Decimal("1E+3")), decimal_text(Decimal("5"), places=2)
    ('0.1', '1000', '5.00')
    """
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").removesuffix(".")
    if text == "-0":
        text = "0"
    if places:
        whole, _, decimals = text.partition(".")
        text = f"{whole}.{decimals:0<{places}}"
    return text


def exact_sum(numbers: Iterable[Decimal]) -> Decimal:
    """The sum, without rounding; 0 of nothing."""
    result = ZERO
    for number in numbers:
        result = EXACT.add(result, number)
    return result
