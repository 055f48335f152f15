"""The doubts about whole bills that a single bill also tells: conventions that no document of the area settles.

Here by their code and place; the money of the other readings is told with a single bill.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from billcalc.billing.alternatives import others_of, under
from billcalc.billing.evaluate import evaluate
from billcalc.billing.plan import Plan
from billcalc.bulk.arithmetic import ColumnArithmetic
from billcalc.bulk.column import Column, Mask
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.scalars import Input, PlainArithmetic, number_of
from billcalc.kernel.slots import Slot
from billcalc.kernel.troubles import InvalidInput, Problem, Refused, Severity
from billcalc.kernel.values import Value

__all__ = ["Doubts", "doubts_of_column", "doubts_of_single"]

Doubts = list[tuple[NDArray[np.bool_], Problem]]
"""Problems, each with the rows it concerns."""


def doubts_of_column(plan: Plan, inputs: Mapping[Slot, Column], total: Value, rows: int) -> Doubts:
    """The doubts about bills of one plan."""

    def differs(other: Plan) -> NDArray[np.bool_]:
        arithmetic = ColumnArithmetic(inputs, rows)
        another = evaluate(other, arithmetic).total
        found = _rows(another > total, rows) | _rows(another < total, rows)
        for rejection in arithmetic.rejections:  # what cannot be billed so is another bill too
            found = found | rejection.rows
        return found

    return _doubts(plan, differs, rows)


def doubts_of_single(plan: Plan, inputs: Mapping[Slot, Input], total: Decimal) -> Doubts:
    """The doubts about a bill that columns are not for."""

    def differs(other: Plan) -> NDArray[np.bool_]:
        try:
            found = number_of(evaluate(other, PlainArithmetic(inputs)).total) != total
        except (InvalidInput, Refused):
            found = True
        return np.array([found])

    return _doubts(plan, differs, 1)


def _doubts(plan: Plan, differs: Callable[[Plan], NDArray[np.bool_]], rows: int) -> Doubts:
    found: Doubts = []
    for convention in plan.undocumented:
        concerned = np.ones(rows, dtype=np.bool_)
        if convention.only_where_it_tells:
            others = (under(plan, convention.path, other) for other in others_of(plan, convention))
            concerned = np.logical_or.reduce([differs(other) for other in others])
        if concerned.any():
            problem = Problem(ProblemCode.CONVENTION_UNDOCUMENTED, Severity.DOUBT, convention.pointer)
            found.append((concerned, problem))
    return found


def _rows(truth: object, rows: int) -> NDArray[np.bool_]:
    assert isinstance(truth, Mask), "columns compare to a mask"
    return np.broadcast_to(truth.rows, (rows,))
