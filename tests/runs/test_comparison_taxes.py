"""Tables whose lines are without a tax, and lines that the requests give: compared as single bills are."""

from decimal import Decimal
from pathlib import Path

import pytest

from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.issued_tables import IssuedTable
from tests.runs.issued import compared

OURS = [("A", "energy", "113.00"), ("A", "levies", "-2.26"), ("B", "energy", "100.00"), ("B", "levies", "10.00")]
"""Of A 100.00 and −2.00 without 13 %; of B 88.50 (88.4956) and 8.85 (8.8496): the tax is 12.74 and 12.65."""


def table(**told: object) -> IssuedTable:
    return validated(IssuedTable, {"tax": {"rate": "13%"}, **told})


WIDE = {"columns": {"energy": "energy", "levies": "levies", "税额": "tax", "合计": "total"}}


def test_net_lines_the_tax_and_the_total_agree(tmp_path: Path) -> None:
    issued = "account,energy,levies,税额,合计\nA,100.00,-2.00,12.74,110.74\nB,88.50,8.85,12.65,110.00\n"
    outcome, rows = compared(tmp_path, issued, OURS, table=table(**WIDE))
    assert (outcome.matched, rows, outcome.untold_tax) == (2, [], None)
    assert outcome.recomputed_total == Decimal("220.74")


def test_each_line_that_is_off_is_told_by_its_net_amount_and_so_is_the_tax(tmp_path: Path) -> None:
    issued = "account,energy,levies,税额,合计\nA,100.01,-2.00,12.74,110.75\nB,88.50,8.85,12.60,109.95\n"
    _, rows = compared(tmp_path, issued, OURS, table=table(**WIDE))
    assert [(row[0], row[3], row[4], row[5], row[6]) for row in rows] == [
        ("B", "tax", "12.60", "12.65", "-0.05"),
        ("A", "energy", "100.01", "100.00", "0.01"),
    ]


def test_without_a_printed_tax_the_total_has_ours_in_it(tmp_path: Path) -> None:
    long = "account,code,amount\nA,energy,100.00\nA,levies,-2.00\nA,total,110.74\nB,energy,88.50\nB,levies,8.85\n"
    outcome, rows = compared(tmp_path, long, OURS, table=table())
    assert (outcome.matched, rows) == (2, [])
    _, off = compared(tmp_path, long.replace("110.74", "110.75"), OURS, table=table())
    assert [(row[0], row[2], row[6]) for row in off] == [("A", "own_arithmetic", "0.01")]
    total, rows = compared(tmp_path, "account,total\nA,110.74\nB,110.00\n", OURS, table=table())
    assert (total.matched, rows) == (2, [])


def test_the_rest_of_a_total_needs_the_column_of_the_tax(tmp_path: Path) -> None:
    columns = {"energy": "energy", "合计": "total"}
    with pytest.raises(InvalidInput, match="the column of the tax"):
        table(columns=columns, rest=True)
    issued = "account,energy,税额,合计\nA,100.00,12.74,110.74\n"
    told = table(columns={**columns, "税额": "tax"}, rest=True)
    outcome, rows = compared(tmp_path, issued, OURS[:2], table=told)
    assert (outcome.matched, rows) == (1, [])


def test_a_rate_is_above_zero(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="out_of_range"):
        table(tax={"rate": "0%"})


def test_a_tax_that_no_layout_tells_is_told_with_its_rate(tmp_path: Path) -> None:
    issued = "account,energy,levies\nA,100.00,-2.00\nB,88.50,8.85\n"
    outcome, _ = compared(tmp_path, issued, OURS)
    assert outcome.untold_tax == ("0.130", 2)
    assert compared(tmp_path, issued.replace("8.85", "8.95"), OURS)[0].untold_tax == ("0.130", 1)
    assert compared(tmp_path, issued.replace("-2.00", "-2.26").replace("8.85", "10.00"), OURS)[0].untold_tax is None


def test_lines_that_the_requests_give_prove_nothing(tmp_path: Path) -> None:
    issued = "account,energy,levies\nA,113.00,-2.26\nB,100.00,10.01\n"
    outcome, _ = compared(tmp_path, issued, OURS, given=[False, True, False, True])
    assert outcome.given == 1
    assert compared(tmp_path, issued, OURS)[0].given == 0
