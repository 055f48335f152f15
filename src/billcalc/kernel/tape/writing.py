"""Writes the function of a tape: each operation as an expression of integers, which are multiples of a power of ten.

Which power follows from the decimals of inputs and constants: sums and comparisons take the finest of their operands, a
product has the decimals of both, what is rounded those of the step.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from billcalc.kernel.decimals import EXACT, decimals_of
from billcalc.kernel.slots import Slot
from billcalc.kernel.tape.recording import Do, Tape

__all__ = ["Written", "write"]


@dataclass(frozen=True, slots=True)
class Written:
    """A function that was written.

    Attributes:
        source: the Python of ``run``: numbers in, the wanted integers out, and for each report whether it is told.
        tables: by the names that it knows them by.
        scales: how many decimals each of the wanted integers has.
    """

    source: str
    tables: Mapping[str, Mapping[int, int]]
    scales: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Term:
    """What stands for a value: an expression, and how many decimals the integer has."""

    text: str
    scale: int = 0

    def at(self, scale: int) -> str:
        """The expression with as many decimals or more."""
        return self.text if scale == self.scale else f"{self.text} * {10 ** (scale - self.scale)}"


def write(tape: Tape, wanted: tuple[int, ...], inputs: Mapping[Slot, int | Decimal]) -> Written:
    """The function of a tape for some of its values; see ``Integers``."""
    needed = {*wanted, *tape.required, *(report.truth for report in tape.reports)}
    for place in range(len(tape.operations) - 1, -1, -1):
        if place in needed:
            needed.update(tape.operations[place].operands)
    writer = _Writer(tape, sorted(needed), inputs)
    terms = writer.terms
    told = "".join(f"n{number}, " for number, each in enumerate(inputs.values()) if isinstance(each, int))
    required = " and ".join([*writer.exact, *(terms[place].text for place in tape.required)])
    found = ", ".join(terms[place].text for place in wanted)
    reported = ", ".join(terms[report.truth].text for report in tape.reports)
    lines = [
        "def run(numbers):",
        *([f"{told}= numbers"] if told else []),
        *writer.lines,
        *([f"if not ({required}): raise Outside"] if required else []),
        f"return [{found}], [{reported}]\n",
    ]
    return Written("\n    ".join(lines), writer.tables, tuple(terms[place].scale for place in wanted))


@dataclass
class _Writer:
    """What was written until now.

    Attributes:
        exact: that each input has no more decimals than it may.
    """

    tape: Tape
    needed: list[int]
    inputs: Mapping[Slot, int | Decimal]
    lines: list[str] = field(default_factory=list)
    exact: list[str] = field(default_factory=list)
    terms: dict[int, _Term] = field(default_factory=dict)
    tables: dict[str, Mapping[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in self.needed:
            operation = self.tape.operations[place]
            told = [self.terms[operand] for operand in operation.operands]
            self.terms[place] = _WRITING[operation.do](self, f"v{place}", operation.detail, *told)

    def line(self, name: str, text: str, scale: int) -> _Term:
        """Give an expression a name."""
        self.lines.append(f"{name} = {text}")
        return _Term(name, scale)

    def input(self, name: str, slot: Slot) -> _Term:
        """A number of the customer, or one that all bills of the plan have."""
        told = self.inputs[slot]
        if isinstance(told, Decimal):
            return _constant(told)
        number = f"n{list(self.inputs).index(slot)}"
        if told == 0:
            self.exact.append(f"{name} == {number}")
            return self.line(name, f"int({number})", 0)
        self.exact.append(f"{name} == x{name}")
        return self.line(name, f"int(x{name} := scaled({number}, {told}))", told)

    def rounded(self, name: str, step: Decimal, value: _Term) -> _Term:
        """The nearest multiple of the step, halves away from zero."""
        unit = _constant(step)
        if unit.text == "1" and value.scale <= unit.scale:
            return value
        if unit.text == "1":
            whole = 10 ** (value.scale - unit.scale)
            half, text = whole // 2, value.text
            return self.line(
                name, f"({text} + {half}) // {whole} if {text} >= 0 else -(({half} - {text}) // {whole})", unit.scale
            )
        scale = max(value.scale, unit.scale)
        return self.line(name, f"nearest({value.at(scale)}, {unit.at(scale)}) * {unit.text}", unit.scale)

    def quotient(self, name: str, step: Decimal, numerator: _Term, divisor: _Term) -> _Term:
        """Numerator ÷ divisor, rounded once."""
        unit = _constant(step)
        above, below = 10 ** (divisor.scale + unit.scale), 10**numerator.scale
        text = f"nearest({numerator.text} * {above}, {divisor.text} * {below} * {unit.text}) * {unit.text}"
        return self.line(name, text, unit.scale)

    def cosphi(self, name: str, step: Decimal, active: _Term, reactive: _Term) -> _Term:
        """The power factor, in steps."""
        unit = _constant(step)
        parts = EXACT.divide_int(1, step)
        scale = max(active.scale, reactive.scale)
        return self.line(name, f"cosphi({active.at(scale)}, {reactive.at(scale)}, {parts}) * {unit.text}", unit.scale)

    def looked_up(self, name: str, table: tuple[tuple[Decimal, Decimal], ...], value: _Term) -> _Term:
        """The entry of a table; a key with more decimals than the value can have is never asked for."""
        scale = max((_constant(entry).scale for _, entry in table), default=0)
        self.tables[f"t{name}"] = {
            int(shifted): _integer(entry, scale)
            for key, entry in table
            if (shifted := EXACT.scaleb(key, value.scale)) == int(shifted)
        }
        return self.line(name, f"t{name}[{value.text}]", scale)

    def allocated(self, name: str, step: Decimal, whole: _Term, *weights: _Term) -> _Term:
        """The parts of a whole, together."""
        unit = _constant(step)
        scale, fine = max(whole.scale, unit.scale), max(weight.scale for weight in weights)
        shares = ", ".join(weight.at(fine) for weight in weights)
        return self.line(name, f"allocated({whole.at(scale)}, [{shares}], {unit.at(scale)})", scale)

    def test(self, name: str, sign: str, *both: _Term) -> _Term:
        """A comparison."""
        left, right = _together(both)[1]
        return self.line(name, f"{left} {sign} {right}", 0)

    def among(self, name: str, form: str, *several: _Term) -> _Term:
        """What a form makes of values of one power of ten."""
        scale, texts = _together(several)
        return self.line(name, form.format(*texts), scale)


def _together(several: Iterable[_Term]) -> tuple[int, list[str]]:
    """Values with the decimals of the finest of them."""
    terms = tuple(several)
    scale = max(each.scale for each in terms)
    return scale, [each.at(scale) for each in terms]


def _constant(number: Decimal) -> _Term:
    """A number with the decimals that it is written to: a price is shown with its own."""
    scale = decimals_of(number)
    integer = _integer(number, scale)
    return _Term(f"({integer})" if integer < 0 else str(integer), scale)


def _integer(number: Decimal, scale: int) -> int:
    return int(EXACT.scaleb(number, scale))


def _of_form(form: str) -> Callable[..., _Term]:
    return lambda writer, name, _, *told: writer.among(name, form, *told)


def _of_sign(sign: str) -> Callable[..., _Term]:
    return lambda writer, name, _, *told: writer.test(name, sign, *told)


_WRITING: Mapping[Do, Callable[..., _Term]] = {
    Do.INPUT: lambda writer, name, slot: writer.input(name, slot),
    Do.CONSTANT: lambda writer, name, number: _constant(number),
    Do.ADD: _of_form("{} + {}"),
    Do.SUBTRACT: _of_form("{} - {}"),
    Do.MULTIPLY: lambda writer, name, _, one, other: writer.line(
        name, f"{one.text} * {other.text}", one.scale + other.scale
    ),
    Do.NEGATE: _of_form("-{}"),
    Do.TOTAL: lambda writer, name, _, *told: writer.among(name, " + ".join(["{}"] * len(told)), *told),
    Do.MAXIMUM: _of_form("{0} if {0} >= {1} else {1}"),
    Do.MINIMUM: _of_form("{0} if {0} <= {1} else {1}"),
    Do.ROUND: _Writer.rounded,
    Do.QUOTIENT: _Writer.quotient,
    Do.COSPHI: _Writer.cosphi,
    Do.LOOK_UP: _Writer.looked_up,
    Do.ALLOCATE: _Writer.allocated,
    Do.PART: lambda writer, name, part, shared: _Term(f"{shared.text}[{part}]", shared.scale),
    Do.LESS: _of_sign("<"),
    Do.AT_MOST: _of_sign("<="),
    Do.MORE: _of_sign(">"),
    Do.AT_LEAST: _of_sign(">="),
    Do.CHOOSE: lambda writer, name, _, truth, then, otherwise: writer.among(
        name, f"{{}} if {truth.text} else {{}}", then, otherwise
    ),
}
"""How each operation is written, by the name it gets, its detail and its operands."""
