"""Numbers enter from Arrow without losing a digit and leave as decimals of 128 bits."""

from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from billcalc.bulk.arrow import NONE, as_column, decimal_array, last_digits, unstorable, write_decimals
from billcalc.bulk.column import Column
from billcalc.kernel.decimals import NumberError, decimal_text, parse_decimal


def told(array: pa.Array) -> list[Decimal]:
    """The numbers that were read."""
    column = as_column(array).column
    numbers = np.broadcast_to(column.numbers, (len(array),))
    return [Decimal(f"{int(number)}E-{column.scale}") for number in numbers]


@pytest.mark.parametrize(
    "array",
    [
        pa.array([1, -2, None, 40], pa.int8()),
        pa.array([1, 2, None, 40], pa.uint64()),
        pa.array(["1", "-2.50", None, "40"]),
        pa.array(["1", "-2.50", None, "40"], pa.large_string()),
        pa.array(["1", "-2.50", None, "40"], pa.string_view()),
        pa.array(["1", "-2.50", None, "40"]).dictionary_encode(),
        pa.array([Decimal(1), Decimal("-2.5"), None, Decimal(40)], pa.decimal128(5, 2)),
        pa.array([Decimal(1), Decimal("-2.5"), None, Decimal(40)], pa.decimal32(5, 2)),
        pa.array([Decimal(1), Decimal("-2.5"), None, Decimal(40)], pa.decimal128(38, 18)),
        pa.array([Decimal(1), Decimal("-2.5"), None, Decimal(40)], pa.decimal256(60, 30)),
        pa.array([Decimal(100), None], pa.decimal128(5, -2)),
        pa.array(["9", "1", "-2.50", None, "40"])[1:],
        pa.array([Decimal(9), Decimal("-2.5"), None], pa.decimal128(5, 2))[1:],
        pa.array([9, 1, None])[1:],
        pa.nulls(2),
        pa.array([], pa.string()),
        pa.array([], pa.decimal128(5, 2)),
        pa.array([], pa.int64()),
    ],
    ids=lambda array: str(array.type),
)
def test_every_way_of_writing_exact_numbers_is_read(array: pa.Array) -> None:
    read = as_column(array)
    assert told(array) == [Decimal(0) if value is None else Decimal(value) for value in array.to_pylist()]
    assert not read.wrong.any()
    assert not read.outside.any()


@pytest.mark.parametrize(
    ("array", "digits"),
    [
        (pa.array(["1", "-2.50", None, "40.125"]), ["1", "0.01", "1", "0.001"]),
        (pa.array(["0.5", "0.50", "0.5"]).dictionary_encode(), ["0.1", "0.01", "0.1"]),
        (
            pa.array([Decimal("2.50"), Decimal("0.01"), None, Decimal(40)], pa.decimal128(9, 2)),
            ["0.1", "0.01", "1", "1"],
        ),
        (pa.array([120, None], pa.int64()), ["1", "1"]),
    ],
)
def test_the_last_digit_is_that_of_the_text_and_of_other_numbers_the_last_that_is_not_zero(
    array: pa.Array, digits: list[str]
) -> None:
    found = last_digits(array, as_column(array).column)
    assert [Decimal(f"{int(number)}E-{found.scale}") for number in found.numbers] == [Decimal(each) for each in digits]


@given(st.lists(st.text("0123456789.-e+_ １", max_size=42), max_size=5))
def test_a_text_is_a_number_where_it_is_one_in_a_single_request(texts: list[str]) -> None:
    read = as_column(pa.array(texts, pa.string()))
    numbers = told(pa.array(texts, pa.string()))
    for place, text in enumerate(texts):
        try:
            number = parse_decimal(text)
        except NumberError:
            assert read.wrong[place]
        else:
            assert not read.wrong[place]
            assert numbers[place] == (0 if read.outside[place] else number)


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("999999999999999.999999999999", False),
        ("-999999999999999.999999999999", False),
        ("1000000000000000", True),
        ("-1000000000000000", True),
        ("0.0000000000001", True),
        ("1.0000000000000", True),
        ("0" * 40, True),
    ],
)
def test_what_has_too_many_digits_for_columns_is_noted(text: str, outside: bool) -> None:
    assert as_column(pa.array([text, "1.5"])).outside.tolist() == [outside, False]
    assert told(pa.array([text, "1.5"]))[1] == Decimal("1.5")


def test_digits_before_the_point_are_counted_in_integers_and_decimals_too() -> None:
    assert as_column(pa.array([10**15, 10**15 - 1, -(10**15), -(2**63)])).outside.tolist() == [True, False, True, True]
    assert as_column(pa.array([2**64 - 1, 1], pa.uint64())).outside.tolist() == [True, False]
    wide = pa.array([Decimal(10) ** 20, Decimal("0.5")], pa.decimal128(38, 2))
    assert as_column(wide).outside.tolist() == [True, False]
    exact = pa.array([Decimal("1E-18"), Decimal("0.5")], pa.decimal128(38, 18))
    assert as_column(exact).outside.tolist() == [True, False]
    assert told(exact) == [0, Decimal("0.5")]


@pytest.mark.parametrize("array", [pa.array([True, None]), pa.array([b"1", None]), pa.array([], pa.date32())])
def test_what_holds_no_numbers_has_none(array: pa.Array) -> None:
    read = as_column(array)
    assert read.wrong.tolist() == array.is_valid().to_pylist()
    assert read.column.numbers == 0


def test_a_column_of_floats_is_the_callers_error() -> None:
    with pytest.raises(AssertionError, match="floats have lost their digits"):
        as_column(pa.array([1.5]))


def column_of(*texts: str) -> Column:
    return as_column(pa.array(texts)).column


def written(column: Column, rows: int, places: int) -> list[Any]:
    result: list[Any] = decimal_array(words_of(column, rows, places), places).to_pylist()
    return result


def words_of(column: Column, rows: int, places: int) -> NDArray[np.int64]:
    words = np.full((rows, 2), -7, dtype=np.int64)
    write_decimals(column, words, places)
    return words


@pytest.mark.parametrize(
    ("column", "places"),
    [
        (column_of("1.5", "-2", "0"), 2),
        (column_of("1.5", "-2", "0"), 8),
        (column_of("1.50", "-2.00", "0.00"), 1),
        (column_of("999999999999999", "-999999999999999", "1"), 12),
        (Column.of(np.array([2**70, -(2**70), 3], dtype=object), 0), 8),
        (Column.of(np.array([10**36 - 1, -(10**36) + 1, 3], dtype=object), 2), 2),
        (Column.of(np.array([2**63 - 1, -(2**63) + 1, -1]), 0), 2),
    ],
)
def test_numbers_are_written_with_the_places_there_are(column: Column, places: int) -> None:
    numbers = [Decimal(f"{int(number)}E-{column.scale}") for number in column.numbers]
    assert written(column, 3, places) == numbers
    assert unstorable(column, 3, places) is None


def test_a_number_for_all_rows_is_written_for_each() -> None:
    assert written(Column.constant(Decimal("0.25")), 3, 2) == [Decimal("0.25")] * 3


@pytest.mark.parametrize(
    ("column", "places", "found"),
    [
        (column_of("0.001", "0.5"), 2, [True, False]),
        (column_of("0.100", "0.5"), 2, None),
        (Column.of(np.array([10**36, 1], dtype=object), 2), 2, [True, False]),
        (Column.of(np.array([-(10**30), 10**28 - 1], dtype=object), 0), 8, [True, False]),
        (Column.of(np.array([10**37 + 10, 10], dtype=object), 3), 2, [True, False]),
        (Column(np.array([1, 2]), 0, 0, 10**40), 2, None),
        (Column.constant(Decimal("0.001")), 2, [True, True]),
    ],
)
def test_what_results_have_no_room_for_is_found(column: Column, places: int, found: list[bool] | None) -> None:
    unfit = unstorable(column, 2, places)
    assert (None if unfit is None else unfit.tolist()) == found
    assert len(written(column, 2, places)) == 2, "the other rows are written all the same"


def test_a_cell_without_a_number_is_null() -> None:
    words = np.vstack([words_of(Column.constant(7), 1, 0), NONE])
    assert decimal_array(words, 0).to_pylist() == [Decimal(7), None]


@given(st.lists(st.integers(-(10**28), 10**28), min_size=1, max_size=5), st.integers(0, 12))
def test_what_is_written_can_be_read_again(integers: list[int], scale: int) -> None:
    column = Column.of(np.array(integers, dtype=object), scale)
    array = decimal_array(words_of(column, len(integers), 12), 12)
    assert [decimal_text(number) for number in array.to_pylist()] == [
        decimal_text(Decimal(f"{integer}E-{scale}")) for integer in integers
    ] or unstorable(column, len(integers), 12) is not None
