"""Makes the checks of columns of accounts: the same rules, each answer a mask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from billcalc.audit.checks.check import Check
from billcalc.audit.checks.judging import ALL, asked
from billcalc.audit.checks.limits import Limits
from billcalc.bulk.column import Column, Mask
from billcalc.kernel.decimals import EXACT

__all__ = ["Answers", "Told", "judge_columns"]

_Rows = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Told:
    """A fact of many accounts.

    Attributes:
        numbers: with 0 where it is not told.
        known: the rows that tell it.
    """

    numbers: Column
    known: _Rows

    def of_rows(self, rows: NDArray[Any] | slice) -> "Told":
        """The fact of some of the accounts."""
        return Told(self.numbers.of_rows(rows), self.known[rows])

    def of_row(self, row: int) -> Decimal:
        """The fact of an account."""
        column = self.numbers
        integer = column.integer if column.is_constant else int(column.numbers[row])
        return EXACT.scaleb(Decimal(integer), -column.scale)


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one check.

    Attributes:
        made: the rows of which it could be made.
        speaks: those of them of which it speaks.
        missing: how many rows lack which facts or limits; where it is switched off, all rows lack nothing.
        off: where it is told that it is not made, or None.
    """

    check: Check
    made: _Rows
    speaks: _Rows
    missing: Mapping[tuple[str, ...], int]
    off: str | None = None


def judge_columns(facts: Mapping[str, Told], limits: Limits, rows: int) -> Iterator[Answers]:
    """The answers of all checks of accounts that have the same limits.

    Args:
        facts: by name; what no account tells may be left out.
        limits: of all of them.
        rows: how many accounts there are.
    """
    none = np.zeros(rows, dtype=np.bool_)
    for check in ALL:
        if check.code in limits.off:
            yield Answers(check, none, none, {(): rows}, limits.off[check.code])
            continue
        known = {name: facts[name].known if name in facts else none for name in check.inputs}
        unset = tuple(name for name in check.limits if (check.code, name) not in limits.numbers)
        made = none if unset else reduce(np.logical_and, known.values())
        speaks = none
        if made.any():
            spoken = asked(check, [facts[name].numbers for name in check.inputs], limits) > 0
            assert isinstance(spoken, Mask), "columns were compared"
            speaks = np.broadcast_to(spoken.rows, (rows,)) & made
        yield Answers(check, made, speaks, _missing(known, unset, made))


def _missing(known: Mapping[str, _Rows], unset: tuple[str, ...], made: _Rows) -> dict[tuple[str, ...], int]:
    """How many rows lack which of the facts and limits."""
    names = list(known)
    lacking = np.zeros(len(made), dtype=np.int64)
    for place, name in enumerate(names):
        lacking |= np.where(known[name], 0, 1 << place)
    found: dict[tuple[str, ...], int] = {}
    for code, count in zip(*np.unique(lacking[~made], return_counts=True), strict=True):
        facts = tuple(name for place, name in enumerate(names) if int(code) >> place & 1)
        found[(*facts, *unset)] = int(count)
    return found
