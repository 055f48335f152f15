"""Parts of a batch in one array: each line at its place, whatever stands between."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from billcalc.bulk.arrow import decimal_array
from billcalc.bulk.assembly import Part, Places
from billcalc.bulk.column import Column

CODES, NUMBERS = 0, 1


def part(rows: list[int], lines: Sequence[tuple[int, Column | None]]) -> Part:
    """Bills at some rows with the same lines: of each a code, and its numbers."""
    codes = np.array([code for code, _ in lines], dtype=np.int32)
    return Part(np.array(rows), len(lines), [codes, [column for _, column in lines]])


def column(*integers: int) -> Column:
    return Column.of(np.array(integers), 1)


def told(places: Places) -> list[tuple[int, Any]]:
    numbers = decimal_array(places.decimals(NUMBERS, 2), 2).to_pylist()
    return list(zip(places.codes(CODES).tolist(), numbers, strict=True))


TWO_LINES = [(7, column(10, -20, 30)), (8, None)]
ONE_LINE = [(9, Column.constant(Decimal("0.25")))]


def test_a_part_alone_is_one_stretch() -> None:
    places = Places([part([0, 1, 2], TWO_LINES)], 3)
    assert (places.size, places.lines.tolist()) == (6, [2, 2, 2])
    assert told(places) == [(7, 1), (8, None), (7, -2), (8, None), (7, 3), (8, None)]


def test_parts_between_each_other_have_the_order_of_the_batch() -> None:
    places = Places([part([0, 2, 3], TWO_LINES), part([1, 4], ONE_LINE)], 5)
    quarter = (9, Decimal("0.25"))
    assert told(places) == [(7, 1), (8, None), quarter, (7, -2), (8, None), (7, 3), (8, None), quarter]


def test_lines_of_one_bill_from_several_parts_have_the_order_of_the_parts() -> None:
    places = Places([part([0, 2], TWO_LINES[1:]), part([0, 1, 2], TWO_LINES[:1])], 3)
    assert places.lines.tolist() == [2, 1, 2]
    assert told(places) == [(8, None), (7, 1), (7, -2), (8, None), (7, 3)]


def test_rows_that_were_not_billed_leave_no_gap() -> None:
    places = Places([part([1, 3, 5], TWO_LINES)], 8)
    assert places.lines.tolist() == [0, 2, 0, 2, 0, 2, 0, 0]
    assert told(places) == told(Places([part([0, 1, 2], TWO_LINES)], 3))


@pytest.mark.parametrize("rows", [0, 4])
def test_a_batch_without_bills_has_no_lines(rows: int) -> None:
    places = Places([], rows)
    assert (places.size, told(places)) == (0, [])
