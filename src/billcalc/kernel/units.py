"""Units of quantities, prices and amounts, and their products.

A unit is a short text such as ``kWh`` or ``CNY/kWh``. Derived values multiply and compare them, so a rule that adds
kilowatts to kilowatt-hours fails in its first test. A monthly price is ``CNY/kVA``: the month is in the word.
"""

from collections import Counter
from functools import lru_cache

__all__ = ["CNY", "DAY", "KVA", "KVARH", "KW", "KWH", "PURE", "UnitError", "divided", "multiplied"]

PURE = "1"
"""The unit of a ratio."""
KWH = "kWh"
KVARH = "kvarh"
KW = "kW"
KVA = "kVA"
DAY = "day"
CNY = "CNY"


class UnitError(AssertionError):
    """A rule combined quantities that do not go together: an error of the rule's author."""


@lru_cache(maxsize=4096)
def multiplied(left: str, right: str) -> str:
    """The unit of a product.

    >>> multiplied("kWh", "CNY/kWh")
    'CNY'
    >>> multiplied("kVA", "day")
    'day·kVA'
    """
    powers = _powers(left)
    powers.update(_powers(right))
    return _text(powers)


@lru_cache(maxsize=4096)
def divided(left: str, right: str) -> str:
    """The unit of a quotient.

    >>> divided("day·kVA", "day"), divided("kWh", "kWh")
    ('kVA', '1')
    """
    powers = _powers(left)
    powers.subtract(_powers(right))
    return _text(powers)


def _powers(unit: str) -> Counter[str]:
    """The exponents by base unit."""
    numerator, _, denominator = unit.partition("/")
    powers = Counter(numerator.split("·"))
    powers.subtract(denominator.split("·") if denominator else ())
    del powers[PURE]
    return powers


def _text(powers: Counter[str]) -> str:
    above = [base for base in sorted(powers) for _ in range(powers[base])]
    below = [base for base in sorted(powers) for _ in range(-powers[base])]
    return ("·".join(above) or PURE) + ("/" + "·".join(below) if below else "")
