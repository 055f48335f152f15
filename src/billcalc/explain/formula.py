"""The formula of a step, in words and in numbers.

Both are written by walking the step's expression (``kernel.formulas``): a call becomes what a clerk writes, and the
comparisons that decided a branch stand beside the formula.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.expressions import Choice, Expression, Operation, Place, Primitive
from billcalc.kernel.formulas import Writer
from billcalc.kernel.numbers import cosphi_number
from billcalc.words.bills import Phrase
from billcalc.words.lexicon import Lexicon

__all__ = ["Figure", "Written", "cosphi_text", "is_single", "written"]

_MINUS = "−"


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands for an operand in a formula.

    Attributes:
        bare: without its unit, where it is squared.
    """

    text: str
    bare: str


@dataclass(frozen=True, slots=True)
class Written:
    """A formula for people, and the comparisons that decided its branches."""

    text: str
    conditions: tuple[str, ...]


def written(expression: Expression, figures: Sequence[Figure], lexicon: Lexicon) -> Written:
    """Write an expression with a figure for each operand.

    >>> from billcalc.words.lexicon import ENGLISH
    >>> price, factor, energy, limit = (Figure(text, text) for text in ("30", "0.9", "900", "800"))
    >>> reduced = Operation(Primitive.PRODUCT, (Place(0), Place(1)))
    >>> written(Choice(reduced, Place(2), "≥", Place(3)), [price, factor, energy, limit], ENGLISH)
    Written(text='30 × 0.9', conditions=('900 ≥ 800',))
    """
    writer = _Writer(figures, lexicon)
    text = writer.write(expression)
    return Written(text, tuple(writer.conditions))


def is_single(expression: Expression) -> bool:
    """Whether only one figure is written: an operand, or one that was chosen."""
    while isinstance(expression, Choice):
        expression = expression.taken
    return isinstance(expression, Place)


class _Writer(Writer):
    def __init__(self, figures: Sequence[Figure], lexicon: Lexicon) -> None:
        self.conditions: list[str] = []
        self._figures = figures
        self._phrases = lexicon.phrases
        self._squared = False

    def place(self, index: int, *, after_sign: bool) -> str:
        figure = self._figures[index]
        text = figure.bare if self._squared else figure.text
        return f"({text})" if after_sign and text.startswith(_MINUS) else text  # two signs in a row are hard to read

    def rounded(self, of: str, step: Decimal) -> str:
        return self._phrases[Phrase.ROUND].format(of=of, step=decimal_text(step))

    def chosen(self, node: Choice, *, inside: bool, after_sign: bool) -> str:
        single = is_single(node)
        taken = self.write(node.taken, after_sign=after_sign and single)
        at = len(self.conditions)
        left, right = self.compared(node)
        self.conditions.insert(at, f"{left} {node.sign} {right}")
        return f"({taken})" if inside and not single else taken

    def called(self, primitive: Primitive, operands: Sequence[Expression]) -> str:
        if primitive is Primitive.COSPHI:
            return self._power_factor(operands)
        first, *others = operands
        if primitive is Primitive.MAXIMUM and others == [Operation(Primitive.NEGATIVE, (first,))]:
            return f"|{self.write(first)}|"
        return super().called(primitive, operands)

    def call(self, primitive: Primitive, texts: Sequence[str]) -> str:
        return self._phrases[_PHRASES[primitive]].format(of=self._phrases[Phrase.BETWEEN_ITEMS].join(texts))

    def _power_factor(self, operands: Sequence[Expression]) -> str:
        self._squared = True
        texts = [(self.write(operand), is_single(operand)) for operand in operands]
        self._squared = False
        active, reactive = (text if single else f"({text})" for text, single in texts)
        return f"{active} ÷ √({active}² + {reactive}²)"


_PHRASES = {
    Primitive.MAXIMUM: Phrase.MAXIMUM,
    Primitive.MINIMUM: Phrase.MINIMUM,
    Primitive.LOOK_UP: Phrase.LOOK_UP,
}


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
