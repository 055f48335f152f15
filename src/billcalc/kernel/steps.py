"""Steps: a derived value's tree, read back as the lines of a calculation.

Every *named* value below the root becomes one step, operands before results. What lies between two names is the step's
formula: a template whose ``{0}``, ``{1}``, … stand for the operands, so that one template prints the formula in words
and in numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.derived import Derived
from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term

__all__ = ["Operand", "Step", "sources_of", "steps_of"]


@dataclass(frozen=True, slots=True)
class Operand:
    """One thing a formula speaks of; a bare number of the rule has no term."""

    term: Term | None
    of: tuple[str, ...]
    number: Decimal
    unit: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Step:
    """One named result of a derivation.

    Attributes:
        term, of: its name, such as ``billed_energy`` of ``peak``.
        formula: a template over the operands: ``{0} × {1}``.
        operands: what the template's places stand for.
        exact: the result before rounding as a text, ending in ``…`` where it has no end; None where nothing is rounded,
            and for a share, a power factor and a division by 0.
        rounded_to: the step of the rounding, or None.
        number, unit: the result.
        sources: the documents that state the rule or the rounding of this step.
    """

    term: Term
    of: tuple[str, ...]
    formula: str
    operands: tuple[Operand, ...]
    exact: str | None
    rounded_to: Decimal | None
    number: Decimal
    unit: str
    sources: tuple[Source, ...]


def steps_of(root: Derived) -> tuple[Step, ...]:
    """The steps that lead to a value, each once, operands before results."""
    return tuple(_step(node) for node in _nodes(root) if node.operation == "name")


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
    writer = _FormulaWriter()
    formula = writer.write_top(inner)
    sources = dict.fromkeys((*_own_sources(node), *writer.sources))
    rounding = inner.rounding
    return Step(
        term=node.term,
        of=node.qualifiers,
        formula=formula,
        operands=tuple(writer.operands),
        exact=_exact(inner),
        rounded_to=None if rounding is None else rounding.step,
        number=node.number,
        unit=node.unit,
        sources=tuple(sources),
    )


_SHOWN_UNIT, _SHOWN_UNITS = Decimal("0.00000001"), Decimal(10**8)
"""A quotient that does not end is shown to eight places."""


def _exact(node: Derived) -> str | None:
    """The number before its rounding, where it can be written."""
    if node.operation == "round":
        return decimal_text(node.operands[0].number)
    if node.operation == "quotient":
        above, below = (operand.number for operand in node.operands)
        if below == 0:
            return None
        shown = EXACT.multiply(EXACT.divide_int(EXACT.multiply(above, _SHOWN_UNITS), below), _SHOWN_UNIT)
        ended = EXACT.multiply(shown, below) == above
        return decimal_text(shown) + ("" if ended else "…")
    return None


_CHOICE, _SUM, _PRODUCT, _ATOM = range(4)
"""How tightly an expression binds; what binds looser than its place asks is put in parentheses."""


class _FormulaWriter:
    """Writes the expression between names as a template, collecting its operands and sources."""

    def __init__(self) -> None:
        self.operands: list[Operand] = []
        self.sources: list[Source] = []
        self._places: dict[int, int] = {}

    def write_top(self, node: Derived) -> str:
        """The template of a step; its own rounding is told beside it, not in it."""
        if node.rounding is None:
            return self._write(node, _CHOICE)
        self.sources.extend(_own_sources(node))
        return self._unrounded(node)

    def _write(self, node: Derived, binding: int) -> str:
        if node.operation in ("name", "given", "number"):
            return self._place(node)
        self.sources.extend(_own_sources(node))
        text, own = self._expression(node)
        return f"({text})" if own < binding else text

    def _place(self, node: Derived) -> str:
        place = self._places.get(id(node))
        if place is None:
            place = self._places[id(node)] = len(self.operands)
            source = None if node.operation == "name" else node.source
            if source is not None:
                self.sources.append(source)
            self.operands.append(Operand(node.term, node.qualifiers, node.number, node.unit, source))
        return f"{{{place}}}"

    def _expression(self, node: Derived) -> tuple[str, int]:
        operands = node.operands
        if node.rounding is not None:
            return f"round({self._unrounded(node)}, {decimal_text(node.rounding.step)})", _ATOM
        match node.operation:
            case "+":
                first, *others = _terms(node)
                return self._write(first, _SUM) + "".join([self._added(term) for term in others]), _SUM
            case "-":
                first, others = _spine(node, ("-",))
                minuend = self._write(first, _SUM)
                return minuend + "".join([f" − {self._write(each.operands[1], _PRODUCT)}" for each in others]), _SUM
            case "×":
                return f"{self._write(operands[0], _PRODUCT)} × {self._write(operands[1], _PRODUCT)}", _PRODUCT
            case "neg":
                return f"−{self._write(operands[0], _ATOM)}", _SUM
            case "choose":
                assert node.comparison is not None
                taken = self._write(operands[0], _CHOICE)
                left, right = self._write(node.comparison.left, _SUM), self._write(node.comparison.right, _SUM)
                sign = node.comparison.sign if node.comparison.holds else _NOT[node.comparison.sign]
                return f"{taken} [{left} {sign} {right}]", _CHOICE
            case _:
                return self._call(node), _ATOM

    def _added(self, term: Derived) -> str:
        if term.operation == "neg":
            return f" − {self._write(term.operands[0], _PRODUCT)}"
        return f" + {self._write(term, _SUM)}"

    def _unrounded(self, node: Derived) -> str:
        """What a rounding, a quotient, a share or a power factor rounds."""
        if node.operation == "round":
            return self._write(node.operands[0], _CHOICE)
        if node.operation == "cosphi":
            return self._call(node)
        *factors, divisor = node.operands
        above = " × ".join([self._write(factor, _PRODUCT) for factor in factors])
        return f"{above} ÷ {self._write(divisor, _ATOM)}"

    def _call(self, node: Derived) -> str:
        if node.operation in _CHAINED:
            first, others = _spine(node, _CHAINED)
            opened = "".join(f"{each.operation}(" for each in reversed(others))
            inner = self._write(first, _CHOICE)
            return opened + inner + "".join([f", {self._write(each.operands[1], _CHOICE)})" for each in others])
        return f"{node.operation}({', '.join([self._write(operand, _CHOICE) for operand in node.operands])})"


_CHAINED = ("max", "min")
_NOT = {">": "≤", "≥": "<", "<": "≥", "≤": ">"}


def _terms(node: Derived) -> list[Derived]:
    """The terms of a sum of sums, also of one that was added up value by value: hence no recursion."""
    terms: list[Derived] = []
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if node.operation == "+":
            waiting.extend(reversed(node.operands))
        else:
            terms.append(node)
    return terms


def _spine(node: Derived, operations: tuple[str, ...]) -> tuple[Derived, list[Derived]]:
    """What a chain of operations begins with, and the chain from there on: hence no recursion."""
    chain: list[Derived] = []
    while node.operation in operations:
        chain.append(node)
        node = node.operands[0]
    return node, chain[::-1]
