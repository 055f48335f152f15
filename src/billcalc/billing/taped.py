"""A plan's evaluation as a tape: recorded once, and run for each bill of its structure as whole numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from billcalc.billing.bill import Figures, Line, figures_of, lines_of
from billcalc.billing.evaluate import Evaluation, evaluate
from billcalc.billing.plan import Plan
from billcalc.kernel.decimals import ZERO, decimal_text, decimals_of
from billcalc.kernel.slots import Slot
from billcalc.kernel.tape.integers import Found, Integers, Outside
from billcalc.kernel.tape.recording import Recorded, Recorder, Report
from billcalc.kernel.troubles import Problem
from billcalc.kernel.values import Value

__all__ = ["Taped"]

WIDENED_MAX = 4
"""How often the functions are written anew for more decimals; beyond that, the rules are asked for such bills."""


class Taped:
    """The tape of a plan, and its functions: of all figures of a bill, and of the total alone."""

    def __init__(
        self, plan: Plan, fixed: Mapping[Slot, Decimal], own: Sequence[Slot], numbers: Sequence[Decimal]
    ) -> None:
        """Record the evaluation of a plan.

        Args:
            plan: the structure.
            fixed: the numbers that all bills of it have.
            own: the slots of the others, in the order in which their numbers are told.
            numbers: of one bill, by which the functions are written.
        """
        recorder = Recorder()
        self._plan = plan
        self._fixed = fixed
        self._own = tuple(own)
        self._evaluation: Evaluation = evaluate(plan, recorder)
        self._tape = recorder.tape()
        self._scales = tuple(map(decimals_of, numbers))
        self._widenings = 0
        self._functions: dict[tuple[tuple[int, ...], tuple[int, ...]], Integers] = {}
        self._lines = self._lines_by_places()
        self._of_figures = self._places_of_figures()
        self._of_total = (_place(self._evaluation.total),)

    def figures(self, numbers: Sequence[Decimal]) -> tuple[Figures, list[Problem]] | None:
        """The figures of a bill and the problems that its numbers make; None where the rules must be asked."""
        found = self._found(self._of_figures, numbers)
        if found is None:
            return None
        known = found.numbers
        problems = [
            _problem(report, found)
            for report, is_told in zip(self._tape.reports, found.reported, strict=True)
            if is_told
        ]
        lines = [
            line.counting(
                None if quantity is None else known[quantity], None if price is None else known[price], known[amount]
            )
            for line, quantity, price, amount in self._lines
        ]
        return figures_of(tuple(lines), self._evaluation, lambda value: known[_place(value)]), problems

    def total(self, numbers: Sequence[Decimal]) -> Decimal | None:
        """The total of a bill; None where the rules must be asked."""
        found = self._found(self._of_total, numbers)
        return None if found is None else found.numbers[self._of_total[0]]

    def _found(self, wanted: tuple[int, ...], numbers: Sequence[Decimal]) -> Found | None:
        scales = self._scales
        function = self._functions.get((wanted, scales))
        if function is None:
            told = dict(zip(self._own, scales, strict=True))
            tape = self._tape if wanted == self._of_figures else replace(self._tape, reports=())
            function = self._functions[wanted, scales] = Integers(tape, wanted, {**self._fixed, **told})
        try:
            return function.run(numbers)
        except Outside:
            return self._found(wanted, numbers) if self._widened(numbers) else None

    def _widened(self, numbers: Sequence[Decimal]) -> bool:
        """Whether the functions are to be written anew for these numbers, which have more decimals than others had."""
        scales = tuple(map(max, self._scales, map(decimals_of, numbers)))
        if scales == self._scales or self._widenings >= WIDENED_MAX:
            return False
        self._scales = scales
        self._widenings += 1
        return True

    def _lines_by_places(self) -> tuple[tuple[Line, int | None, int | None, int], ...]:
        """The lines, each with the places of its quantity, its price and its amount."""
        lines = lines_of(self._plan, self._evaluation, lambda value: Decimal(_place(value)))
        return tuple((line, _whole(line.quantity), _whole(line.price), int(line.amount)) for line in lines)

    def _places_of_figures(self) -> tuple[int, ...]:
        """The places of the values that figures are of: those that are asked for when they are put together."""
        asked = dict.fromkeys(place for _, *places in self._lines for place in places if place is not None)

        def ask(value: Value) -> Decimal:
            asked[_place(value)] = None
            return ZERO

        figures_of((), self._evaluation, ask)
        return tuple(asked)


def _whole(place: Decimal | None) -> int | None:
    return None if place is None else int(place)


def _place(value: Value) -> int:
    assert isinstance(value, Recorded), "values of two kinds met in one evaluation"
    return value.place


def _problem(report: Report, found: Found) -> Problem:
    told = {name: decimal_text(found.numbers[place]) for name, place in report.facts.items()}
    return replace(report.problem, facts={**report.problem.facts, **told})
