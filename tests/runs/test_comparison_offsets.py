"""Amounts of one code that take from each other in a comparison of tables."""

from pathlib import Path

import pytest

from billcalc.runs.issued_tables import IssuedTable
from tests.runs.issued import compared

OURS = [("A", "energy", "10.00"), ("A", "levies", "2.00")]


@pytest.mark.parametrize(
    ("issued", "table", "found"),
    [
        ("account,code,amount\nA,energy,510\nA,energy,-500\nA,levies,2\n", None, 1),
        ("account,a,b,c,d\nA,510,-500,2,12\n", {"a": "energy", "b": "energy", "c": "levies", "d": "total"}, 1),
        ("account,code,amount\nA,energy,4\nA,energy,6\nA,levies,2\n", None, 0),
        ("account,code,amount\nA,energy,511\nA,energy,-500\nA,levies,2\n", None, 0),
    ],
)
def test_amounts_of_one_code_that_take_from_each_other_are_counted_where_their_sum_agrees(
    tmp_path: Path, issued: str, table: dict[str, str] | None, found: int
) -> None:
    layout = IssuedTable() if table is None else IssuedTable(columns=table)
    outcome, _ = compared(tmp_path, issued, OURS, table=layout)
    assert (outcome.offsetting, outcome.matched) == (found, 1)


def test_amounts_that_take_from_each_other_on_both_bills_are_none(tmp_path: Path) -> None:
    ours = [("A", "energy", "510.00"), ("A", "energy", "-500.00")]
    outcome, _ = compared(tmp_path, "account,code,amount\nA,energy,510\nA,energy,-500\n", ours)
    assert (outcome.offsetting, outcome.agrees) == (0, True)
