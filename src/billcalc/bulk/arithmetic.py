"""The arithmetic of columns: inputs are columns of numbers, and what must hold is noted row by row."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from billcalc.bulk.column import Column, Mask
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, Problem, Refusal
from billcalc.kernel.values import Condition, Number, Value

__all__ = ["ColumnArithmetic", "Rejection"]


@dataclass(frozen=True, slots=True)
class Rejection:
    """Rows that cannot be billed, and why."""

    rows: NDArray[np.bool_]
    trouble: Fault | Refusal
    facts: Mapping[str, Column]


class ColumnArithmetic:
    """Makes columns over some rows of one plan.

    Attributes:
        rejections: what did not hold, in the order in which it was found; a row's first one counts.
        problems: for each problem the rows it concerns.
        told: for each of them the numbers that it tells.
    """

    def __init__(self, inputs: Mapping[Slot, Column], rows: int) -> None:
        self._inputs = inputs
        self._rows = rows
        self.rejections: list[Rejection] = []
        self.problems: list[tuple[NDArray[np.bool_], Problem]] = []
        self.told: list[Mapping[str, Column]] = []

    def constant(
        self, number: Number, *, term: Term, of: tuple[str, ...] = (), unit: str = "1", source: Source | None = None
    ) -> Column:
        """See ``values.Arithmetic``."""
        return Column.constant(number)

    def input(self, slot: Slot) -> Column:
        """See ``values.Arithmetic``."""
        return self._inputs[slot]

    def require(self, truth: Condition, trouble: Refusal | Fault, **facts: Value) -> None:
        """See ``values.Arithmetic``: rows where the truth does not hold are kept apart and computed on."""
        failing = ~self._per_row(truth)
        if failing.any():
            self.rejections.append(Rejection(failing, trouble, _columns(facts)))

    def settle(self) -> None:
        """See ``values.Arithmetic``: faulty rows are already kept apart, and the primitives are total functions."""

    def report(self, truth: Condition, problem: Problem, **facts: Value) -> None:
        """See ``values.Arithmetic``."""
        concerned = self._per_row(truth)
        if concerned.any():
            self.problems.append((concerned, problem))
            self.told.append(_columns(facts))

    def _per_row(self, truth: Condition) -> NDArray[np.bool_]:
        assert isinstance(truth, Mask | bool), "a condition of another kind of value"
        rows = truth.rows if isinstance(truth, Mask) else np.asarray(truth)
        return rows if rows.shape else np.full(self._rows, rows, dtype=np.bool_)


def _columns(facts: Mapping[str, Value]) -> dict[str, Column]:
    return {name: value for name, value in facts.items() if isinstance(value, Column)}
