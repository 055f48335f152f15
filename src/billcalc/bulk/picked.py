"""What the outputs take of an evaluation, whatever the kind of its values."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from billcalc.billing.evaluate import EvaluatedLine, Evaluation
from billcalc.bulk.column import Column
from billcalc.kernel.values import Value, total
from billcalc.vocabulary import Section

__all__ = [
    "MONEY_PLACES",
    "PRICE_PLACES",
    "QUANTITY_PLACES",
    "Picked",
    "picked_components",
    "picked_lines",
    "picked_totals",
    "stored_of",
]

MONEY_PLACES, QUANTITY_PLACES, PRICE_PLACES = 2, 8, 12
"""How many decimals the results have room for."""

_PRINTED = {section: place for place, section in enumerate(Section)}


@dataclass(frozen=True, slots=True)
class Picked:
    """What is taken.

    Attributes:
        lines: of a bill, or its components.
        numbers: of a whole bill; None is nought.
    """

    lines: Sequence[EvaluatedLine] = ()
    numbers: Sequence[Value | None] = ()

    @property
    def values(self) -> list[Value]:
        """All that are there."""
        of_lines = (value for line in self.lines for value in (line.amount, line.quantity, line.price))
        return [value for value in (*self.numbers, *of_lines) if value is not None]

    def as_columns(self, column: Callable[[Value], Column]) -> "Picked":
        """The same of columns."""

        def optional(value: Value | None) -> Column | None:
            return None if value is None else column(value)

        lines = [
            replace(line, amount=column(line.amount), quantity=optional(line.quantity), price=optional(line.price))
            for line in self.lines
        ]
        return Picked(lines, [optional(number) for number in self.numbers])


def picked_totals(evaluation: Evaluation) -> Picked:
    """The sums of the sections of a bill, its total and its energy."""
    amounts: dict[Section, list[Value]] = {section: [] for section in Section}
    for line in evaluation.lines:
        amounts[line.name.section].append(line.amount)
    sums = [total(amounts[section]) if amounts[section] else None for section in Section]
    return Picked(numbers=[*sums, evaluation.total, evaluation.facts.energy])


def picked_lines(evaluation: Evaluation) -> Picked:
    """The lines in the order of printing."""
    return Picked(sorted(evaluation.lines, key=lambda line: _PRINTED[line.name.section]))


def picked_components(evaluation: Evaluation) -> Picked:
    """The lines added up by component, section and group."""
    found: dict[tuple[str, Section, str], list[EvaluatedLine]] = {}
    for line in picked_lines(evaluation).lines:
        found.setdefault((line.name.code, line.name.section, line.name.group), []).append(line)
    return Picked(
        [
            replace(lines[0], amount=total([line.amount for line in lines]), given=all(line.given for line in lines))
            for lines in found.values()
        ]
    )


def stored_of(evaluation: Evaluation) -> Iterator[tuple[Value, int]]:
    """The values that results are of, and for how many decimals of each there is room."""
    of_bill = [(evaluation.total, MONEY_PLACES), (evaluation.facts.energy, QUANTITY_PLACES)]
    for line in evaluation.lines:
        of_bill += [(line.amount, MONEY_PLACES), (line.quantity, QUANTITY_PLACES), (line.price, PRICE_PLACES)]
    yield from ((value, places) for value, places in of_bill if value is not None)
