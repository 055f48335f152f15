"""Formulas: an expression written out, with parentheses where what it binds asks for them.

``Writer`` walks the tree; what stands for a place, a call and a condition is for its notation to say. The neutral
notation here is the ``formula`` of a bill's JSON: ``{0} × {1}``, with the calls ``max``, ``min``, ``round``, ``table``
and ``cosphi``, and with ``[…]`` after a branch that was chosen because a comparison holds.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce

from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.expressions import Choice, Expression, Operation, Place, Primitive, Rounded

__all__ = ["Writer", "formula"]

_CHOICE, _TERM, _FACTOR, _ATOM = range(4)
"""How tightly an expression binds; what binds looser than its place asks is put in parentheses."""

_SUM, _DIFFERENCE, _NEGATIVE, _PRODUCT = Primitive.SUM, Primitive.DIFFERENCE, Primitive.NEGATIVE, Primitive.PRODUCT
_ADDED, _DIVIDED = (_SUM, _DIFFERENCE, _NEGATIVE), (Primitive.QUOTIENT, Primitive.ALLOCATE)
_OF_TWO = (Primitive.MAXIMUM, Primitive.MINIMUM)


def formula(expression: Expression) -> str:
    """The expression in the neutral notation.

    >>> formula(Operation(Primitive.PRODUCT, (Place(0), Operation(Primitive.NEGATIVE, (Place(1),)))))
    '{0} × (−{1})'
    """
    return Writer().write(expression)


class Writer:
    """Writes expressions in the neutral notation; a subclass has one of its own."""

    def write(self, node: Expression, binding: int = _CHOICE, *, after_sign: bool = False) -> str:
        """The text of an expression.

        Args:
            node: the expression.
            binding: how tightly its place binds.
            after_sign: whether it stands behind a plus or minus.
        """
        match node:
            case Place(index):
                return self.place(index, after_sign=after_sign)
            case Rounded(of, step):
                return self.rounded(self.write(of), step)
            case Choice():
                return self.chosen(node, inside=binding > _CHOICE, after_sign=after_sign)
            case _:
                if _binding(node.primitive) < binding:
                    return f"({self._operation(node.primitive, node.operands, after_sign=False)})"
                return self._operation(node.primitive, node.operands, after_sign=after_sign)

    def place(self, index: int, *, after_sign: bool) -> str:
        """What stands for an operand; a number below zero may ask for parentheses behind a sign."""
        return f"{{{index}}}"

    def rounded(self, of: str, step: Decimal) -> str:
        """A rounding inside a formula."""
        return f"round({of}, {decimal_text(step)})"

    def called(self, primitive: Primitive, operands: Sequence[Expression]) -> str:
        """A primitive that has no sign of its own; the larger and the smaller are of two at a time."""
        first, *others = [self.write(operand) for operand in operands]
        if primitive in _OF_TWO:
            return reduce(lambda text, other: self.call(primitive, (text, other)), others, first)
        return self.call(primitive, (first, *others))

    def call(self, primitive: Primitive, texts: Sequence[str]) -> str:
        """A primitive with what it is applied to."""
        return f"{primitive}({', '.join(texts)})"

    def chosen(self, node: Choice, *, inside: bool, after_sign: bool) -> str:
        """A branch with the comparison that decided it; ``inside`` a formula that binds tighter."""
        taken, left, right = self.write(node.taken), *self.compared(node)
        text = f"{taken} [{left} {node.sign} {right}]"
        return f"({text})" if inside else text

    def compared(self, node: Choice) -> tuple[str, str]:
        """The two sides of the comparison of a branch."""
        return self.write(node.left, _TERM), self.write(node.right, _TERM)

    def _operation(self, primitive: Primitive, operands: Sequence[Expression], *, after_sign: bool) -> str:
        first, *others = operands
        if primitive is _PRODUCT:
            return self._product(operands, after_sign=after_sign)
        if primitive is _SUM:
            return self.write(first, _TERM, after_sign=after_sign) + "".join([self._added(term) for term in others])
        if primitive is _DIFFERENCE:
            less = [f" − {self.write(term, _FACTOR, after_sign=True)}" for term in others]
            return self.write(first, _TERM, after_sign=after_sign) + "".join(less)
        if primitive is _NEGATIVE:
            return f"−{self.write(first, _ATOM)}"
        if primitive in _DIVIDED:
            above = self._product(operands[:-1], after_sign=after_sign)
            return f"{above} ÷ {self.write(operands[-1], _ATOM)}"
        return self.called(primitive, operands)

    def _added(self, term: Expression) -> str:
        if isinstance(term, Operation) and term.primitive is _NEGATIVE:
            return f" − {self.write(term.operands[0], _FACTOR, after_sign=True)}"
        return f" + {self.write(term, _TERM, after_sign=True)}"

    def _product(self, factors: Sequence[Expression], *, after_sign: bool) -> str:
        first, *others = factors
        texts = [self.write(first, _FACTOR, after_sign=after_sign)]
        return " × ".join([*texts, *[self.write(factor, _FACTOR) for factor in others]])


def _binding(primitive: Primitive) -> int:
    if primitive in _ADDED:
        return _TERM
    return _FACTOR if primitive is _PRODUCT or primitive in _DIVIDED else _ATOM
