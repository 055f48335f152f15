"""What causes make of many requests of one structure: computed in columns, once for all of them.

A cause that assigns words, rules or documents is the same in every row, so the plan under it is made once, and
evaluated over the numbers of all rows. A cause that assigns a row's own numbers is computed for that row alone. Both
are what a single request gives, to the last digit: the rules are one text over values.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from billcalc.audit.diagnose.cause import Instance, pointer_of
from billcalc.audit.diagnose.cells import Priced
from billcalc.audit.diagnose.pricing import Repricing
from billcalc.billing.evaluate import evaluate
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.bulk.arithmetic import ColumnArithmetic
from billcalc.bulk.column import Column
from billcalc.kernel.slots import LAST_DIGIT
from billcalc.kernel.troubles import InvalidInput, Refused

__all__ = ["ROWS_MIN", "RowRepricing", "Variants"]

ROWS_MIN = 10
"""Fewer rows of a structure are sooner computed one by one."""

_OF_WORDS = frozenset(
    {
        *("voltage", "price_table", "standard", "power_factor_base", "bands_ignored", "billing_parts", "purchase"),
        *("customer_class", "basic_mode", "suspension", "floor", "excess", "discount", "sub_meter_order", "reactive"),
        *("power_factor_scope", "day_count", "edge_days", "component_left_out", "earlier_version", "price_day"),
        *("time_of_use_table", "energy_register", "adjustment_rounding", "rounding"),
    }
)
"""The causes that assign no number of a row."""

_Made = tuple[tuple[EvaluatedLine, ...], NDArray[np.bool_]]


class Variants:
    """What sets of causes make of the rows of one structure.

    Args:
        repricing: of a request of the structure, with any numbers.
        columns: the numbers of the rows by their pointers.
        rows: how many there are.
    """

    def __init__(self, repricing: Repricing, columns: Mapping[str, Column], rows: int) -> None:
        self._repricing = repricing
        self._columns = columns
        self._rows = rows
        self._known: dict[frozenset[Instance], _Made | None] = {}

    def of(self, causes: frozenset[Instance], row: int) -> tuple[Priced, ...] | None:
        """The amounts of a row; None where it cannot be billed so.

        Raises:
            LookupError: where columns are not for these causes.
        """
        if causes not in self._known:
            self._known[causes] = self._made(causes)
        made = self._known[causes]
        if made is None:
            raise LookupError
        lines, refused = made
        if refused[row]:
            return None
        return tuple(Priced(line.name, line.band, _number(line.amount, row)) for line in lines)

    def _made(self, causes: frozenset[Instance]) -> _Made | None:
        """The lines of all rows, and which rows cannot be billed; None where columns are not for them."""
        if not all(each.cause in _OF_WORDS for each in causes):
            return None
        nowhere = (), np.ones(self._rows, dtype=np.bool_)
        try:
            planned = self._repricing.planned(tuple(sorted(causes, key=lambda each: each.key)))
        except (InvalidInput, Refused):
            return nowhere
        assigned = {pointer_of(path) for each in causes for path, _ in each.edit.assigned}
        if planned is None or assigned & self._columns.keys():
            return None
        plan, inputs = planned
        if any(slot.use == LAST_DIGIT and slot.where in self._columns for slot in inputs):
            return None
        columns = {
            slot: self._columns.get(slot.where) or Column.constant(entry.number) for slot, entry in inputs.items()
        }
        arithmetic = ColumnArithmetic(columns, self._rows)
        lines = evaluate(plan, arithmetic).lines
        refused = np.zeros(self._rows, dtype=np.bool_)
        for rejection in arithmetic.rejections:
            refused |= rejection.rows
        return lines, refused


def _number(amount: Any, row: int) -> Decimal:
    integer = int(amount.integer if amount.is_constant else amount.numbers[row])
    return Decimal(integer).scaleb(-amount.scale)


class RowRepricing:
    """What sets of causes make of one row: of all rows of its structure where columns are for them, else of it alone.

    Args:
        alone: the row by itself.
        variants: those of its structure.
        row: its place among them.
    """

    def __init__(self, alone: Repricing, variants: Variants, row: int) -> None:
        self._alone = alone
        self._variants = variants
        self._row = row

    def lines(self, causes: Iterable[Instance]) -> tuple[EvaluatedLine, ...]:
        """See ``Repricing``."""
        return self._alone.lines(causes)

    def amounts(self, causes: Iterable[Instance]) -> tuple[Priced, ...] | None:
        """See ``Repricing``."""
        wanted = frozenset(causes)
        try:
            return self._variants.of(wanted, self._row)
        except LookupError:
            return self._alone.amounts(wanted)
