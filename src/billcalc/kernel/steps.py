"""Steps: a derived value's tree, read back as the lines of a calculation.

Every *named* value below the root becomes one step, operands before results. What lies between two names is the step's
expression (``kernel.expressions``), whose leaves are the places of the operands: so one tree prints the formula in
words, in numbers and as the ``formula`` of JSON.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.derived import Comparison, Derived, Share
from billcalc.kernel.expressions import Choice, Expression, Operation, Place, Primitive, Rounded
from billcalc.kernel.formulas import formula
from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term

__all__ = ["Operand", "Step", "sources_of", "steps_of"]

_NAMED, _ROUNDED, _QUOTIENT = Primitive.NAMED, Primitive.ROUNDED, Primitive.QUOTIENT


@dataclass(frozen=True, slots=True)
class Operand:
    """One thing a formula speaks of; a bare number of the rule has no term.

    Attributes:
        source: the document that states the number.
        pointer: the place in the request that states it, or that it is computed of.
    """

    term: Term | None
    of: tuple[str, ...]
    number: Decimal
    unit: str
    source: Source | None
    pointer: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One named result of a derivation.

    Attributes:
        term, of: its name, such as ``billed_energy`` of ``peak``.
        expression: how it comes about, before its own rounding.
        operands: what the places of the expression stand for.
        exact: the result before rounding as a text, ending in ``…`` where it has no end; None where nothing is rounded,
            and for a share, a power factor and a division by 0.
        rounded_to: the step of the rounding, or None.
        number, unit: the result.
        sources: the documents that state the rule or the rounding of this step.
        share: of a part of a whole, which part it is.
    """

    term: Term
    of: tuple[str, ...]
    expression: Expression
    operands: tuple[Operand, ...]
    exact: str | None
    rounded_to: Decimal | None
    number: Decimal
    unit: str
    sources: tuple[Source, ...]
    share: Share | None = None

    @property
    def formula(self) -> str:
        """The expression in the neutral notation: ``{0} × {1}``."""
        return formula(self.expression)


def steps_of(root: Derived) -> tuple[Step, ...]:
    """The steps that lead to a value, each once, operands before results."""
    return tuple(_step(node) for node in _nodes(root) if node.operation is _NAMED)


def sources_of(root: Derived) -> tuple[Source, ...]:
    """Every document the value rests on, each once, in the order of first use."""
    return tuple(dict.fromkeys(source for node in _nodes(root) for source in _own_sources(node)))


def _nodes(root: Derived) -> Iterator[Derived]:
    """Every value below the root and the root, each once, operands before results.

    A running total of a year of days is hundreds of values deep: hence a stack of its own and no recursion.
    """
    seen: set[int] = set()
    path = [(root, _below(root))]
    while path:
        node, rest = path[-1]
        below = next(rest, None)
        if below is None:
            path.pop()
            yield node
        elif id(below) not in seen:
            seen.add(id(below))
            path.append((below, _below(below)))


def _below(node: Derived) -> Iterator[Derived]:
    if node.comparison is None:
        return iter(node.operands)
    return iter((node.comparison.left, node.comparison.right, *node.operands))


def _own_sources(node: Derived) -> Iterator[Source]:
    if node.source is not None:
        yield node.source
    if node.rounding is not None and node.rounding.source is not None:
        yield node.rounding.source


def _step(node: Derived) -> Step:
    assert node.term is not None
    (inner,) = node.operands
    builder = _Builder()
    expression = builder.of_step(inner)
    sources = dict.fromkeys((*_own_sources(node), *builder.sources))
    rounding = inner.rounding
    return Step(
        term=node.term,
        of=node.qualifiers,
        expression=expression,
        operands=tuple(builder.operands),
        exact=_exact(inner),
        rounded_to=None if rounding is None else rounding.step,
        number=node.number,
        unit=node.unit,
        sources=tuple(sources),
        share=inner.share,
    )


_SHOWN_UNIT, _SHOWN_UNITS = Decimal("0.00000001"), Decimal(10**8)
"""A quotient that does not end is shown to eight places."""


def _exact(node: Derived) -> str | None:
    """The number before its rounding, where it can be written."""
    if node.operation is _ROUNDED:
        return decimal_text(node.operands[0].number)
    if node.operation is _QUOTIENT:
        above, below = (operand.number for operand in node.operands)
        if below == 0:
            return None
        shown = EXACT.multiply(EXACT.divide_int(EXACT.multiply(above, _SHOWN_UNITS), below), _SHOWN_UNIT)
        ended = EXACT.multiply(shown, below) == above
        return decimal_text(shown) + ("" if ended else "…")
    return None


class _Builder:
    """Builds the expression between names, collecting its operands and sources."""

    def __init__(self) -> None:
        self.operands: list[Operand] = []
        self.sources: list[Source] = []
        self._places: dict[int, Place] = {}

    def of_step(self, node: Derived) -> Expression:
        """The expression of a step; its own rounding is told beside it, not in it."""
        if node.rounding is None:
            return self._built(node)
        self.sources.extend(_own_sources(node))
        return self._unrounded(node)

    def _built(self, node: Derived) -> Expression:
        if node.operation in _LEAVES:
            return self._place(node)
        self.sources.extend(_own_sources(node))
        if node.rounding is not None:
            return Rounded(self._unrounded(node), node.rounding.step)
        if node.comparison is not None:
            return self._choice(node, node.comparison)
        return self._operation(node)

    def _place(self, node: Derived) -> Place:
        place = self._places.get(id(node))
        if place is None:
            place = self._places[id(node)] = Place(len(self.operands))
            source = None if node.operation is _NAMED else node.source
            if source is not None:
                self.sources.append(source)
            self.operands.append(Operand(node.term, node.qualifiers, node.number, node.unit, source, node.pointer))
        return place

    def _unrounded(self, node: Derived) -> Expression:
        """What a rounding, a quotient, an allocation or a power factor rounds."""
        return self._built(node.operands[0]) if node.operation is _ROUNDED else self._operation(node)

    def _choice(self, node: Derived, comparison: Comparison) -> Choice:
        (branch,) = node.operands
        taken = self._built(branch)
        left, right = self._built(comparison.left), self._built(comparison.right)
        return Choice(taken, left, comparison.sign if comparison.holds else _NOT[comparison.sign], right)

    def _operation(self, node: Derived) -> Operation:
        primitive = node.operation
        assert isinstance(primitive, Primitive), "what came from outside is a leaf"
        operands = _joined(node) if primitive in _CHAINS else node.operands
        return Operation(primitive, tuple([self._built(operand) for operand in operands]))


_LEAVES = ("given", "number", _NAMED)
_ASSOCIATIVE = (Primitive.SUM, Primitive.PRODUCT)
_CHAINS = (*_ASSOCIATIVE, Primitive.DIFFERENCE, Primitive.MAXIMUM, Primitive.MINIMUM)
_NOT = {">": "≤", "≥": "<", "<": "≥", "≤": ">"}


def _joined(node: Derived) -> list[Derived]:
    """The operands of a chain of one operation: of a sum of sums all terms, of a difference what is taken off in turn.

    A sum may have been added up value by value: hence no recursion.
    """
    operation = node.operation
    both = operation in _ASSOCIATIVE
    joined: list[Derived] = []
    waiting = [node]
    while waiting:
        found = waiting.pop()
        if found.operation is operation and (both or not joined):
            waiting.extend(reversed(found.operands))
        else:
            joined.append(found)
    return joined
