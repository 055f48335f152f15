"""Columns of a few rows beside the plain values of the same rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from hypothesis import strategies as st

from billcalc.bulk.column import Column, Mask
from billcalc.kernel.plain import Plain
from billcalc.kernel.values import Condition, Value

ROWS = 4
"""Enough for neighbours with other signs and sizes."""

EDGES = (0, 1, 2**31, 2**53, 10**12, 10**13, 2**61, 2**62, 2**63 - 1, 2**63, 10**19, 2**64, 10**30)


@dataclass(frozen=True)
class Pair:
    """One value of each kind: a column, and the plain value of each of its rows."""

    column: Column
    plain: tuple[Plain, ...]

    def __repr__(self) -> str:
        return f"Pair({[str(each.number) for each in self.plain]})"


def column_of(integers: Sequence[int], scale: int) -> Column:
    """A column of 64-bit integers where they fit, else of Python's."""
    fits = all(-(2**63) < integer < 2**63 for integer in integers)
    return Column.of(np.array(integers, dtype=np.int64 if fits else object), scale)


def pair_of(integers: Sequence[int], scale: int) -> Pair:
    """The values integer ÷ 10^scale."""
    return Pair(column_of(integers, scale), tuple(Plain(Decimal(f"{integer}E-{scale}")) for integer in integers))


def constant(number: Decimal | int) -> Pair:
    """One number for all rows, as prices are."""
    return Pair(Column.constant(number), (Plain(Decimal(number)),) * ROWS)


def near_edges(sign: int = -1) -> st.SearchStrategy[int]:
    """Integers around the edges of 32, 53 and 64 bits, and small ones."""
    edge = st.builds(lambda edge, offset: edge + offset, st.sampled_from(EDGES), st.integers(-3, 3))
    return st.one_of(st.integers(-999, 999), edge, edge.map(lambda number: sign * number))


def pairs(integers: st.SearchStrategy[int] | None = None, scale_max: int = 12) -> st.SearchStrategy[Pair]:
    """Columns and constants of any size, sign and number of decimals."""
    each = near_edges() if integers is None else integers
    scales = st.integers(0, scale_max)
    rows = st.builds(pair_of, st.lists(each, min_size=ROWS, max_size=ROWS), scales)
    fixed = st.builds(lambda integer, scale: constant(Decimal(f"{integer}E-{scale}")), each, scales)
    return st.one_of(rows, rows, fixed)


def numbers_of(value: Value) -> list[Decimal]:
    """The number of each row, having seen that the column's bounds hold it and its integers did not wrap."""
    assert isinstance(value, Column)
    integers = [int(number) for number in np.broadcast_to(value.numbers, (ROWS,))]
    assert all(value.low <= integer <= value.high for integer in integers), value
    return [Decimal(f"{integer}E-{value.scale}") for integer in integers]


def truths_of(condition: Condition) -> list[bool]:
    """The outcome of a comparison for each row."""
    assert isinstance(condition, Mask)
    return [bool(truth) for truth in np.broadcast_to(condition.rows, (ROWS,))]


def assert_same(operation: Callable[..., Value], *operands: Pair) -> None:
    """An operation gives in columns what it gives in each row."""
    in_columns = numbers_of(operation(*(each.column for each in operands)))
    for row in range(ROWS):
        alone = operation(*(each.plain[row] for each in operands))
        assert isinstance(alone, Plain)
        assert in_columns[row] == alone.number, (row, operands)
