"""The formula of a step, in words and in numbers.

The kernel writes a formula as a template (``kernel.steps``): ``{0} × {1}``, with the calls ``max``, ``min``,
``round``, ``table`` and ``cosphi``, and with ``[…]`` after a branch that was chosen because a comparison holds. Here
the places are filled, the calls become what a clerk writes, and the comparisons stand beside the formula.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from billcalc.explain.lexicon import Lexicon, Phrase
from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.numbers import cosphi_number

__all__ = ["Filled", "Place", "cosphi_text", "fill", "inlined"]

_TOKEN = re.compile(r"\{[0-9]+\}|[a-z]+\(|[()\[\],]|[^{}()\[\],a-z]+")
_MINUS = "−"


@dataclass(frozen=True, slots=True)
class Place:
    """What stands in a place of a formula.

    Attributes:
        bare: without its unit, where it is squared.
    """

    text: str
    bare: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A formula with its places filled, and the comparisons that decided its branches."""

    text: str
    conditions: tuple[str, ...]


def fill(template: str, places: Sequence[Place], lexicon: Lexicon) -> Filled:
    """Fill the places of a template.

    >>> from billcalc.explain.english import ENGLISH
    >>> price, factor, energy, limit = (Place(text, text) for text in ("30", "0.9", "900", "800"))
    >>> fill("{0} × {1} [{2} ≥ {3}]", [price, factor, energy, limit], ENGLISH)
    Filled(text='30 × 0.9', conditions=('900 ≥ 800',))
    """
    reader = _Reader(iter(_TOKEN.findall(template)), places, lexicon)
    (text,) = reader.arguments()
    return Filled(text, tuple(reader.conditions))


@dataclass(slots=True)
class _Reader:
    tokens: Iterator[str]
    places: Sequence[Place]
    lexicon: Lexicon
    conditions: list[str] = field(default_factory=list)
    bare: bool = False

    def arguments(self) -> list[str]:
        """What stands up to the next closing sign, split at its commas."""
        texts = [""]
        for token in self.tokens:
            if token in (")", "]"):
                break
            if token == ",":
                texts.append("")
            elif token == "[":
                self._lift_condition()
            elif token == "(":
                texts[-1] += self._group()
            elif token.endswith("("):
                texts[-1] += self._call(token.removesuffix("("))
            elif token.startswith("{"):
                texts[-1] += self._place(int(token[1:-1]), after=texts[-1])
            else:
                texts[-1] += token
        return [text.strip() for text in texts]

    def _place(self, index: int, *, after: str) -> str:
        place = self.places[index]
        text = place.bare if self.bare else place.text
        signs = after.endswith((f"{_MINUS} ", "+ "))  # two signs in a row are hard to read
        return f"({text})" if signs and text.startswith(_MINUS) else text

    def _lift_condition(self) -> None:
        at = len(self.conditions)
        (condition,) = self.arguments()
        self.conditions.insert(at, condition)

    def _group(self) -> str:
        before = len(self.conditions)
        (inner,) = self.arguments()
        lifted = len(self.conditions) > before
        single = any(inner in (place.text, place.bare) for place in self.places)
        return inner if lifted and single else f"({inner})"

    def _call(self, name: str) -> str:
        phrases = self.lexicon.phrases
        if name == "cosphi":
            return self._power_factor()
        arguments = self.arguments()
        if name == "max" and arguments[1] == f"{_MINUS}{arguments[0]}":
            return f"|{arguments[0]}|"
        if name == "round":
            return phrases[Phrase.ROUND].format(of=arguments[0], step=arguments[1])
        words = {"max": Phrase.LARGER, "min": Phrase.SMALLER, "table": Phrase.TABLE}
        return phrases[words[name]].format(of=phrases[Phrase.BETWEEN_ITEMS].join(arguments))

    def _power_factor(self) -> str:
        self.bare, outside = True, self.bare
        arguments = self.arguments()
        self.bare = outside
        alone = {place.bare for place in self.places}
        active, reactive = (text if text in alone else f"({text})" for text in arguments)
        return f"{active} ÷ √({active}² + {reactive}²)"


_COSPHI_SHOWN = Decimal("0.00000001")


def cosphi_text(active: Decimal, reactive: Decimal) -> str:
    """cosφ cut off after eight places, ending in ``…`` where it goes on: what a pocket calculator shows.

    >>> cosphi_text(Decimal(488400), Decimal(198000)), cosphi_text(Decimal(4), Decimal(3))
    ('0.92673926…', '0.8')
    """
    if active < 0:
        return "0"
    square = EXACT.multiply(active, active)
    whole = EXACT.add(square, EXACT.multiply(reactive, reactive))
    shown = cosphi_number(active, reactive, _COSPHI_SHOWN)
    if EXACT.multiply(EXACT.multiply(shown, shown), whole) > square:
        shown = EXACT.subtract(shown, _COSPHI_SHOWN)
    ended = EXACT.multiply(EXACT.multiply(shown, shown), whole) == square
    return decimal_text(shown) + ("" if ended else "…")


def inlined(template: str, place: int, inner: str, places: Sequence[int]) -> str:
    """A template with another one in the stead of a place.

    Args:
        template: of the formula to complete.
        place: the place to replace; a sum gets parentheses, and so does everything after ``÷``.
        inner: the other template.
        places: where each of the other's operands was put.

    >>> inlined("{0} ÷ {1}", 0, "{0} × {1}", [0, 2])
    '{0} × {2} ÷ {1}'
    """
    moved = re.sub(r"\{([0-9]+)\}", lambda found: f"{{{places[int(found[1])]}}}", inner)
    loose = any(sign in inner for sign in (" + ", f" {_MINUS} ", "["))

    def put(found: re.Match[str]) -> str:
        return f"({moved})" if loose or found[1] is not None else moved

    return re.sub(rf"((?<=÷ ))?\{{{place}\}}", put, template)
