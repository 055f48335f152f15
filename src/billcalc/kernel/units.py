"""Units of quantities, prices and amounts, and their products.

A unit is a short text such as ``kWh`` or ``CNY/kWh``. Derived values multiply and compare them, so a rule that adds
kilowatts to kilowatt-hours fails in its first test. A monthly price is ``CNY/kVA``: the month is in the word.

A kWh is a kW for an hour, and so are kvarh and kVAh. The square of an active energy and that of a reactive one make
together the square of the apparent energy.
"""

from collections import Counter
from functools import lru_cache

__all__ = [
    "CNY",
    "CURRENCIES",
    "DAY",
    "HOUR",
    "KVA",
    "KVAH",
    "KVAR",
    "KVARH",
    "KW",
    "KWH",
    "MONEY",
    "PURE",
    "TIMES",
    "UnitError",
    "divided",
    "in_currency",
    "multiplied",
    "summed",
]

PURE = "1"
"""The unit of a ratio."""
KWH = "kWh"
KVARH = "kvarh"
KVAH = "kVAh"
KW = "kW"
KVAR = "kvar"
KVA = "kVA"
DAY = "day"
HOUR = "h"
TIMES = "times"
CNY = "CNY"
CURRENCIES = (CNY, "TWD")
"""The currencies of the areas that are listed."""
MONEY = "¤"
"""Money of whatever currency: rules say it, and who makes the values knows which it is."""

_SQUARES = frozenset(("kWh·kWh", "kvarh·kvarh"))
_HOURLY = {KWH: KW, KVARH: KVAR, KVAH: KVA}
"""The energies, each with the power that makes it in an hour."""


class UnitError(AssertionError):
    """A rule combined quantities that do not go together: an error of the rule's author."""


@lru_cache(maxsize=4096)
def multiplied(left: str, right: str) -> str:
    """The unit of a product.

    >>> multiplied("kWh", "CNY/kWh")
    'CNY'
    >>> multiplied("kVA", "day")
    'day·kVA'
    >>> multiplied("kW", "h")
    'kWh'
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


def summed(left: str, right: str) -> str:
    """The unit of a sum.

    Raises:
        UnitError: where the two do not go together.

    >>> summed("kWh·kWh", "kvarh·kvarh")
    'kVAh·kVAh'
    """
    if left == right:
        return left
    if {left, right} == _SQUARES:
        return "kVAh·kVAh"
    raise UnitError(f"{left} and {right} do not go together")


def in_currency(unit: str, currency: str) -> str:
    """A unit whose money is that of a currency.

    >>> in_currency("¤/kWh", "CNY"), in_currency("kWh", "CNY")
    ('CNY/kWh', 'kWh')
    """
    return unit.replace(MONEY, currency)


def _powers(unit: str) -> Counter[str]:
    """The exponents by base unit."""
    numerator, _, denominator = unit.partition("/")
    powers = Counter(_bases(numerator))
    powers.subtract(_bases(denominator) if denominator else ())
    del powers[PURE]
    return powers


def _bases(product: str) -> list[str]:
    """The base units of a product: of an energy its power and the hour."""
    return [base for unit in product.split("·") for base in ((_HOURLY[unit], HOUR) if unit in _HOURLY else (unit,))]


def _text(powers: Counter[str]) -> str:
    powers = Counter(powers)
    for energy, power in _HOURLY.items():
        for sign in (1, -1):
            count = max(0, min(sign * powers[power], sign * powers[HOUR]))
            powers[energy] += sign * count
            powers[power] -= sign * count
            powers[HOUR] -= sign * count
    above = [base for base in sorted(powers) for _ in range(powers[base])]
    below = [base for base in sorted(powers) for _ in range(-powers[base])]
    return ("·".join(above) or PURE) + ("/" + "·".join(below) if below else "")
