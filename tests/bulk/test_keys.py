"""An account is billed once for a day: what would bill it again is told, whichever way its name is written."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.bulk.calculate import calculate
from billcalc.bulk.keys import Told, is_of_key, keys_of
from tests.bulk import tariffs
from tests.bulk.test_calculate import KWH, TEMPLATE

JUNE = {"period": {"from": "2024-06-01", "to": "2024-07-01"}}


def keys(template: Any = JUNE, **columns: Any) -> list[tuple[Any, ...]]:
    batch = keys_of(
        pa.RecordBatch.from_pydict({name.replace("_", "."): cells for name, cells in columns.items()}), template
    )
    return list(zip(*(column.to_pylist() for column in batch.columns), strict=True))


@pytest.mark.parametrize(
    ("account", "key"),
    [
        ("0301", "301"),
        ("301", "301"),
        ("０３０１", "301"),
        ("000", "000"),
        ("A01", "a01"),
        ("0A1", "0a1"),
        ("a 01", "a01"),
        ("Ａ01", "a01"),
        (" 301\u3000", "301"),
        ("3.01235E+12", None),
        ("301.0", None),
        ("", None),
        (None, None),
    ],
)
def test_an_account_has_one_key_however_it_is_written(account: str | None, key: str | None) -> None:
    column = pa.array([account], pa.string())
    assert keys(account=column) == [(key, "2024-06-01", "2024-07-01")]
    assert keys(account=column.dictionary_encode()) == [(key, "2024-06-01", "2024-07-01")]


def test_the_days_are_the_rows_own_or_the_templates() -> None:
    assert keys(account=["a", "b"], period_from=["2024-06-05", None]) == [
        ("a", "2024-06-05", "2024-07-01"),
        ("b", None, "2024-07-01"),
    ]
    days = pa.array(["2024-06-05", "June"]).dictionary_encode()
    assert keys(account=["a", "b"], period_from=days) == [
        ("a", "2024-06-05", "2024-07-01"),
        ("b", None, "2024-07-01"),
    ]
    assert keys({}, account=["a"]) == [("a", None, None)]
    assert keys({"period": {"from": "June", "to": "2024-07-01"}}, account=["a"]) == [("a", None, "2024-07-01")]
    assert keys({"period": "June"}, account=["a"], period_to=["June"]) == [("a", None, None)]


def test_accounts_may_be_integers() -> None:
    assert keys(account=[301])[0][0] == "301"


def test_the_columns_of_the_key() -> None:
    assert [name for name in ("account", "period.from", "/period/to", "cycle.from", "area") if is_of_key(name)] == [
        "account",
        "period.from",
        "/period/to",
    ]


DAYS = [f"2024-06-{day:02}" for day in range(1, 9)]


@given(rows=st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(DAYS), st.sampled_from(DAYS)), max_size=12))
def test_what_is_not_told_has_no_day_in_common_and_each_repeat_has_one_with_its_earlier_row(
    rows: list[tuple[str, str, str]],
) -> None:
    told = Told()
    kept: list[int] = []
    for number, row in enumerate(rows):
        columns = [pa.array([cell]) for cell in row]
        batch = pa.RecordBatch.from_arrays(columns, names=["account", "start", "end"])
        repeats = list(told.repeats(batch, number))
        common = [
            other
            for other in kept
            if rows[other][0] == row[0] and max(rows[other][1], row[1]) < min(rows[other][2], row[2])
        ]
        if row[1] >= row[2]:
            assert repeats == []
        elif common:
            [(place, earlier)] = repeats
            assert place == 0
            assert earlier in common
        else:
            assert repeats == []
            kept.append(number)


def test_a_row_without_an_account_or_days_in_their_order_neither_comes_back_nor_makes_another_come_back() -> None:
    rows = [
        ("a", "2024-06-01", "2024-06-20"),
        ("a", "2024-06-20", "2024-06-10"),
        ("a", None, "2024-07-01"),
        ("a", "2024-06-25", None),
        (None, "2024-06-01", "2024-07-01"),
        ("a", "2024-06-19", "2024-07-01"),
    ]
    columns = [pa.array(cells, pa.string()) for cells in zip(*rows, strict=True)]
    batch = pa.RecordBatch.from_arrays(columns, names=["account", "start", "end"])
    assert list(Told().repeats(batch, 10)) == [(5, 10)]


def test_days_between_those_of_two_earlier_rows_are_told_once() -> None:
    told = Told()
    assert told.earlier("a", "2024-06-01", "2024-06-10", 1) is None
    assert told.earlier("a", "2024-06-20", "2024-07-01", 2) is None
    assert told.earlier("a", "2024-06-10", "2024-06-20", 3) is None
    assert told.earlier("a", "2024-06-19", "2024-06-21", 4) == 3


def test_rows_of_the_same_days_are_told_over_batches_and_two_months_are_not() -> None:
    first = pa.RecordBatch.from_pydict({"account": ["01", "2"], KWH: ["1", "1"]})
    second = pa.RecordBatch.from_pydict({"account": ["3", "1"], KWH: ["1", "5"]})

    results = list(calculate([first, second], tariffs.catalog(), template=TEMPLATE))
    assert [each.billed for each in results] == [2, 1]
    [reject] = results[1].rejects.to_pylist()
    assert (reject["row"], reject["account"], reject["code"], reject["field"]) == (4, "1", "twice", "/account")
    assert reject["message"] == (
        "the account 1 came before for the same time, in row 1 of this table; "
        "keep one of the two rows; other months, or parts of one, are told by cycle and period"
    )


def test_an_account_that_a_spreadsheet_has_shortened_is_rejected_with_what_to_do() -> None:
    batch = pa.RecordBatch.from_pydict({"account": ["3.01235E+12", "", "5"], KWH: ["1", "1", "1"]})
    [result] = calculate([batch], tariffs.catalog(), template=TEMPLATE)
    assert [(row["row"], row["code"]) for row in result.rejects.to_pylist()] == [(1, "spoilt_name"), (2, "missing_key")]
    assert result.rejects.column("message")[0].as_py() == (
        '"3.01235E+12" is what a spreadsheet has left of a number: its other digits are lost; export it again, with '
        "this column formatted as text before the digits are entered or opened"
    )


def test_a_row_of_sums_is_no_account() -> None:
    batch = pa.RecordBatch.from_pydict({"account": ["5", "合 计", "Total", "共2户"], KWH: ["1", "1", "1", "1"]})
    [result] = calculate([batch], tariffs.catalog(), template=TEMPLATE)
    assert result.billed == 1
    assert [(row["row"], row["code"], row["field"]) for row in result.rejects.to_pylist()] == [
        (2, "row_of_sums", "/account"),
        (3, "row_of_sums", "/account"),
        (4, "row_of_sums", "/account"),
    ]
    assert result.rejects.column("message")[0].as_py() == (
        '"合 计" stands where others have an account: a row of sums is billed to nobody; take it out'
    )


def test_a_row_with_an_account_and_nothing_else_is_no_request() -> None:
    """A remark below a table, which the template alone would bill."""
    batch = pa.RecordBatch.from_pydict({"account": ["5", "备注：见附件"], KWH: pa.array(["1", None], pa.string())})
    [result] = calculate([batch], tariffs.catalog(), template=TEMPLATE)
    assert result.billed == 1
    [reject] = result.rejects.to_pylist()
    assert (reject["row"], reject["code"], reject["field"]) == (2, "row_of_nothing", "/account")
    plain = pa.RecordBatch.from_pydict({"account": ["A-5"], KWH: pa.array([None], pa.string())})
    assert "row_of_nothing" not in str(
        [each.rejects.to_pylist() for each in calculate([plain], tariffs.catalog(), template=TEMPLATE)]
    )
    whole = {**TEMPLATE, "metering_points": [{**TEMPLATE["metering_points"][0], "given": {"kwh": {"total": "1"}}}]}
    alone = pa.RecordBatch.from_pydict({"account": ["五"]})
    assert "row_of_nothing" not in str(
        [each.rejects.to_pylist() for each in calculate([alone], tariffs.catalog(), template=whole)]
    )
