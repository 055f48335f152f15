"""Rows that would bill an account again are found before anything is billed, over files, pieces and formats."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from billcalc.bulk.screening import numbers_of
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs import repeats
from billcalc.runs.batches import Settings, bill_tables
from billcalc.runs.repeats import find_repeats
from billcalc.runs.request_tables import open_tables
from tests.runs.test_batches import KWH, TARIFFS, TEMPLATE

JUNE = {"period": {"from": "2024-06-01", "to": "2024-07-01"}}


def found(*paths: Path, template: Any = JUNE, chunk: int = 2) -> dict[int, dict[int, tuple[int, int]]]:
    tables = open_tables([str(path) for path in paths], mapping=None, chunk=chunk)
    told = find_repeats(tables, template, paths[0].parent)
    return {source: dict(rows) for source, rows in told.items()}


def text(path: Path, content: str) -> Path:
    path.write_text(content)
    return path


@pytest.mark.parametrize("chunk", [1, 2, 100])
def test_rows_that_come_back_are_found_over_files_and_pieces(tmp_path: Path, chunk: int) -> None:
    first = text(tmp_path / "a.csv", "account,area\n0301,x\n\n0302,x\n0303,x\n")
    second = tmp_path / "b.parquet"
    pq.write_table(pa.table({"account": ["0304", "302", "0305", "0304"]}), second, row_group_size=1)
    assert found(first, second, chunk=chunk) == {1: {2: (0, 3), 4: (1, 1)}}
    assert found(first, chunk=chunk) == {}


def test_months_of_an_account_are_kept_apart_and_days_that_they_share_are_found(tmp_path: Path) -> None:
    rows = "a,2024-06-01,2024-07-01\na,2024-07-01,2024-08-01\na,2024-06-20,2024-07-05\nb,2024-06-20,2024-07-05\n"
    path = text(tmp_path / "a.csv", f"account,period.from,period.to\n{rows}a,2024-05-01,2024-06-01\n")
    assert found(path) == {0: {3: (0, 1)}}


def test_it_makes_no_difference_how_many_rows_are_screened_or_how_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"{account},2024-0{month}-01,2024-0{month + 1}-01\n" for account in "abc" for month in (5, 6, 7))
    path = text(tmp_path / "a.csv", f"account,period.from,period.to\n{rows}b,2024-06-30,2024-07-02\n")
    expected = {0: {10: (0, 5)}}
    assert found(path) == expected
    monkeypatch.setattr("billcalc.bulk.screening.numbers_of", lambda accounts: np.zeros(len(accounts), dtype=np.uint64))
    assert found(path) == expected
    monkeypatch.setattr(repeats, "SCREENED_MAX", 1)
    assert found(path) == expected


def test_accounts_of_any_length_have_a_number_that_tells_them_apart() -> None:
    names = ["a", "aa", "12345678", "123456789", "1234567890123456", "1234567890123457", "户号", "户号1", "b"]
    told = numbers_of(pa.array(names)).tolist()
    assert len(set(told)) == len(names)
    assert numbers_of(pa.array(["x", *names]).slice(1)).tolist() == told
    assert numbers_of(pa.array([], pa.string())).tolist() == []


def test_rows_that_cannot_be_billed_are_nobodys_repeats(tmp_path: Path) -> None:
    path = text(
        tmp_path / "a.csv",
        "account,period.to\na,\na,x\na,2024-06-01\na,2024-07-01\n,2024-07-01\n,2024-07-01\n1.5E+9,2024-07-01\n1.5E+9,2024-07-01\n",
    )
    assert found(path) == {}


def test_a_table_that_is_given_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "REPEATS_MAX", 3)
    paths = [text(tmp_path / name, "account\na\nb\nc\nd\n") for name in ("a.csv", "b.csv")]
    with pytest.raises(
        InvalidInput, match=r"b.csv: inconsistent: more than 3 rows tell days .* is a table given twice"
    ):
        found(*paths)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_account_is_billed_once_and_the_other_row_says_where_it_came_before(tmp_path: Path, workers: int) -> None:
    template = text(tmp_path / "template.yaml", TEMPLATE)
    first = text(tmp_path / "a.csv", f"account,{KWH}\n0301,1\n0302,2\n")
    second = text(tmp_path / "b.csv", f"account,{KWH}\n0303,3\n0301,5\n302,5\n")
    settings = Settings(
        inputs=[str(first), str(second)], out=tmp_path / "out.csv", template=str(template), tariffs=TARIFFS,
        workers=workers, chunk=1,
    )  # fmt: skip
    counts = bill_tables(settings)
    assert (counts.rows, counts.billed, counts.rejected) == (5, 3, 2)
    with (tmp_path / "out.csv.rejects.csv").open() as file:
        rejects = list(csv.DictReader(file))
    assert [(row["row"], row["account"], row["code"], row["field"]) for row in rejects] == [
        ("2", "0301", "twice", "/account"),
        ("3", "302", "twice", "/account"),
    ]
    assert f"the account 302 came before for the same time, in row 2 of {first}" in rejects[1]["message"]
