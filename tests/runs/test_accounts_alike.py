"""Accounts of issued bills that are written otherwise than those of the requests."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from billcalc.runs.bulk_comparison import compare_tables
from billcalc.runs.issued_tables import IssuedTable
from tests.runs.issued import compared, recomputed


@pytest.mark.parametrize("told", ["301", "00301", "０３０１", " 0301"])
def test_an_account_is_found_whatever_a_spreadsheet_left_of_it(tmp_path: Path, told: str) -> None:
    issued = f"account,code,amount\n{told},energy,10.00\n{told},levies,3.00\nA 1,energy,1.00\n"
    outcome, rows = compared(
        tmp_path, issued, [("0301", "energy", "10.00"), ("0301", "levies", "2.00"), ("a1", "energy", "1.00")]
    )
    assert rows == [["0301", "1.00", "differing", "levies", "3.00", "2.00", "1.00"]]
    assert (outcome.matched, outcome.only_issued, outcome.only_recomputed) == (2, 0, 0)


def test_an_account_that_is_written_in_two_ways_in_the_issued_table_is_one(tmp_path: Path) -> None:
    outcome, rows = compared(tmp_path, "account,total\n0301,10.00\n301,10.00\n", [("0301", "energy", "10.00")])
    assert (rows, outcome.matched, outcome.issued_repeated) == ([], 0, 1)


def test_an_account_that_may_be_two_of_ours_is_neither(tmp_path: Path) -> None:
    ours = [("0301", "energy", "10.00"), ("00301", "energy", "10.00")]
    outcome, _ = compared(tmp_path, "account,total\n301,10.00\n0399,1.00\n", ours)
    assert (outcome.matched, outcome.only_issued, outcome.only_recomputed) == (0, 2, 2)


def test_a_whole_number_in_the_place_of_an_account_is_one(tmp_path: Path) -> None:
    path = tmp_path / "issued.parquet"
    pq.write_table(pa.table({"account": pa.array([301]), "total": pa.array([10])}), path)
    ours = recomputed(tmp_path, [("0301", "energy", "10.00")])
    outcome = compare_tables(path, ours, tmp_path / "out.csv", table=IssuedTable())
    assert (outcome.matched, outcome.agrees) == (1, True)
