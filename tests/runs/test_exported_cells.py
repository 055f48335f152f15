"""Months and grouped numbers as exports write them."""

import pyarrow as pa
import pytest

from billcalc.runs.exported_cells import days_of_months, month_told, no_months, ungrouped, ungrouped_text


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("202407", ("2024-07-01", "2024-08-01")),
        ("2024-12", ("2024-12-01", "2025-01-01")),
        ("2024年2月", ("2024-02-01", "2024-03-01")),
        ("2024/6/15", ("2024-06-01", "2024-07-01")),
        ("2024-06-01 00:00:00", ("2024-06-01", "2024-07-01")),
        ("20240615", ("2024-06-01", "2024-07-01")),
        ("2024年6月15日", ("2024-06-01", "2024-07-01")),
        ("2024.2", ("2024-02-01", "2024-03-01")),
        ("2024.10", ("2024-10-01", "2024-11-01")),
        ("2024.1月", ("2024-01-01", "2024-02-01")),
        ("2024.1.15", ("2024-01-01", "2024-02-01")),
        ("2024.1", None),  # of a spreadsheet it may be 2024.10 as well
        ("20240632", None),
        ("2024-06-00", None),
        ("202413", None),
        ("2024-13", None),
        ("2024-113", None),
        ("20246", None),
        ("000001", None),
        ("June", None),
    ],
)
def test_a_month_is_told_by_its_days(cell: str, told: tuple[str, str] | None) -> None:
    assert month_told(cell) == told


def test_a_column_of_months_is_the_cycle_and_the_period_and_what_is_none_stays() -> None:
    starts, ends, *again = days_of_months(pa.array(["202406", None, "June", "202406"]))
    assert starts.to_pylist() == ["2024-06-01", None, "June", "2024-06-01"]
    assert ends.to_pylist() == ["2024-07-01", None, "June", "2024-07-01"]
    assert [each.to_pylist() for each in again] == [starts.to_pylist(), ends.to_pylist()]


def test_cells_that_tell_something_and_no_month_are_known_by_their_places() -> None:
    column = pa.array(["202406", None, "202413", "June", "202413"])
    assert no_months(column) == {2: "202413", 3: "June", 4: "202413"}
    assert no_months(column.dictionary_encode()) == no_months(column)
    assert no_months(column[:2]) == {}


def test_separators_of_thousands_are_taken_out_of_numbers_alone() -> None:
    cells = ["1,234.56", "-1,234,567", "1,23", "12", None]
    assert ungrouped(pa.array(cells)).to_pylist() == ["1234.56", "-1234567", "1,23", "12", None]
    assert [ungrouped_text(cell) for cell in cells if cell] == ["1234.56", "-1234567", "1,23", "12"]
    for plain in (pa.array(["12"]), pa.array([12])):
        assert ungrouped(plain) is plain
