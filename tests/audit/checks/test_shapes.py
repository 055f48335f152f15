"""Facts that go through a table come back as they were, whatever they have in common."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from billcalc.audit.checks.shapes import Shapes, shaped
from billcalc.bulk.column import Column

HUGE = 2**70


def column(*integers: int, scale: int = 0) -> Column:
    kind = np.int64 if max(map(abs, integers)) < 2**63 else object
    return Column.of(np.array(integers, dtype=kind), scale)


def again(*chunks: tuple[str, Mapping[str, Column], int]) -> tuple[Shapes, Mapping[str, NDArray[np.int64]]]:
    """What a table of some chunks of accounts holds: the shapes, and the integers of each fact."""
    texts: list[str] = []
    integers: dict[str, list[int]] = {name: [] for _, facts, _ in chunks for name in facts}
    for customer_class, facts, rows in chunks:
        told = [""] * rows
        numbers = {name: [0] * rows for name in integers}
        for mask, shape, differing in shaped(customer_class, facts, rows):
            for at, row in enumerate(np.flatnonzero(mask).tolist()):
                told[row] = shape.text
                for name, each in differing.items():
                    numbers[name][row] = int(each.numbers[at])
        texts += told
        for name, some in numbers.items():
            integers[name] += some
    return Shapes(pa.chunked_array([pa.array(texts)])), {name: np.array(some) for name, some in integers.items()}


def told(name: str, *chunks: tuple[str, Mapping[str, Column], int]) -> list[Decimal | None]:
    shapes, integers = again(*chunks)
    fact = shapes.told(name, lambda: integers[name])
    return [fact.of_row(row) if known else None for row, known in enumerate(fact.known)]


def test_what_is_the_same_in_all_rows_is_no_column_of_the_table() -> None:
    facts = {"kwh": column(7, 7, scale=1), "days": Column.constant(30)}
    assert [dict(differing) for _, _, differing in shaped("", facts, 2)] == [{}]
    assert told("kwh", ("", facts, 2)) == [Decimal("0.7")] * 2
    other = {"kwh": Column.constant(Decimal("0.25"))}
    assert told("kwh", ("", facts, 2), ("", other, 1)) == [Decimal("0.7"), Decimal("0.7"), Decimal("0.25")]


def test_numbers_of_other_decimals_are_the_same_numbers() -> None:
    chunks = ("", {"kwh": column(1, -2)}, 2), ("", {"kwh": column(15, 25, scale=1)}, 2)
    assert told("kwh", *chunks) == [1, -2, Decimal("1.5"), Decimal("2.5")]
    assert told("kwh", *chunks, ("", {"kwh": Column.constant(9)}, 1), ("", {}, 1))[-2:] == [9, None]


def test_what_together_has_more_digits_than_64_bits_is_exact_all_the_same() -> None:
    fine = column(10**18 + 1, 10**18 + 2, scale=18)
    chunks = ("", {"kwh": fine}, 2), ("", {"kwh": column(10**12, 10**12 + 1)}, 2)
    assert told("kwh", *chunks)[2:] == [10**12, 10**12 + 1]
    assert told("kwh", ("", {"kwh": Column.constant(Decimal(HUGE))}, 1)) == [None]


def test_a_number_of_more_than_64_bits_is_not_kept_and_its_row_is_not_whole() -> None:
    facts = {"kwh": column(1, HUGE, -HUGE), "days": column(28, 29, 31)}
    shapes, _ = again(("large_industrial", facts, 3))
    assert shapes.whole.tolist() == [True, False, False]
    assert shapes.classes.to_pylist() == ["large_industrial"] * 3
    assert told("kwh", ("", facts, 3)) == [1, None, None]
    assert told("days", ("", facts, 3)) == [28, 29, 31]


def test_numbers_that_were_wide_on_the_way_are_kept_where_they_fit() -> None:
    assert told("kwh", ("", {"kwh": Column.of(np.array([5, 6], dtype=object), 0)}, 2)) == [5, 6]


def test_no_rows_have_no_facts() -> None:
    assert told("kwh") == []
