"""What of a table of issued bills cannot be compared is told by row, and no month makes another good."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from billcalc.runs.bulk_comparison import compare_tables, why
from billcalc.runs.comparison_outcome import BulkComparison
from billcalc.runs.issued_tables import IssuedTable
from billcalc.words.lexicon import CHINESE, ENGLISH
from tests.runs.issued import HEAD, OURS, compared, recomputed, rows_of, written


def told_of(tmp_path: Path) -> list[list[str]]:
    return [row[1:5] for row in rows_of(tmp_path / "rejects.csv")[1:]]


def test_an_account_on_two_rows_is_told_by_row(tmp_path: Path) -> None:
    outcome, rows = compared(tmp_path, "account,energy\nA,10.00\nA,-5.00\nB,5.00\nA,3.00\n", [*OURS[:1], OURS[2]])
    assert rows == []
    assert (outcome.matched, outcome.unreadable, outcome.issued_repeated) == (1, 1, 1)
    assert told_of(tmp_path) == [["2", "A", "account", "twice"], ["4", "A", "account", "twice"]]
    path = tmp_path / "issued.csv"
    assert rows_of(tmp_path / "rejects.csv")[1][5].startswith(
        f"the account A came before for the same time, in row 1 of {path}; keep one of the two rows"
    )


def test_a_long_table_with_two_totals_of_an_account_has_two_bills_of_it(tmp_path: Path) -> None:
    issued = "account,code,amount\nA,energy,10.00\nA,total,12.00\nA,energy,1.00\nA,total,1.00\n"
    outcome, rows = compared(tmp_path, issued, OURS[:2])
    assert (rows, outcome.issued_repeated, outcome.matched) == ([], 1, 0)
    assert told_of(tmp_path) == [["4", "A", "account", "twice"]]


MONTHS = (date(2024, 7, 1), date(2024, 8, 1))
TWO_MONTHS = [("A", "energy", "100.00"), ("A", "energy", "200.00")]


def of_months(tmp_path: Path, issued: str, **told: Any) -> tuple[BulkComparison, list[list[str]]]:
    """Account A in June and July beside what was issued."""
    out = tmp_path / "differences.csv"
    ours = recomputed(tmp_path, TWO_MONTHS, ends=MONTHS)
    table = IssuedTable(**told)
    outcome = compare_tables(written(tmp_path, issued), ours, out, table=table, rejects=tmp_path / "rejects.csv")
    return outcome, rows_of(out)


@pytest.mark.parametrize("shape", ["wide", "long"])
@pytest.mark.parametrize(
    "months", [("2024-06", "2024-07"), ("202406", "202407"), ("2024年6月", "2024年07月"), ("2024/6/30", "2024-07-01")]
)
def test_a_month_too_much_is_not_made_good_by_a_month_too_little(
    tmp_path: Path, shape: str, months: tuple[str, str]
) -> None:
    amounts = ("600.00", "-300.00")
    if shape == "wide":
        issued = "account,month,energy\n" + "".join(
            f"A,{month},{each}\n" for month, each in zip(months, amounts, strict=True)
        )
    else:
        issued = "account,month,code,amount\n" + "".join(
            f"A,{month},energy,{each}\n" for month, each in zip(months, amounts, strict=True)
        )
    outcome, rows = of_months(tmp_path, issued)
    assert rows == [
        ["account", "month", *HEAD[1:]],
        ["A", "2024-06", "500.00", "differing", "energy", "600.00", "100.00", "500.00"],
        ["A", "2024-07", "-500.00", "differing", "energy", "-300.00", "200.00", "-500.00"],
    ]
    assert (outcome.matched, outcome.differing, outcome.issued_repeated) == (2, 2, 0)
    assert [account for account, *_ in outcome.worst] == ["A 2024-06", "A 2024-07"]


def test_a_month_of_another_name_is_told_by_the_layout(tmp_path: Path) -> None:
    issued = "account,月份,energy\nA,202406,100.00\nA,202407,200.00\nA,,1.00\nA,June,1.00\n"
    outcome, _ = of_months(tmp_path, issued, month="月份")
    assert (outcome.matched, outcome.differing, outcome.nameless) == (2, 0, 2)
    assert told_of(tmp_path) == [["3", "", "account", "missing_key"], ["4", "", "account", "missing_key"]]


@pytest.mark.parametrize("issued", ["account,energy\nA,300.00\n", "account,code,amount\nA,energy,300.00\n"])
def test_several_months_beside_a_table_without_months_are_not_added_up(tmp_path: Path, issued: str) -> None:
    outcome, rows = of_months(tmp_path, issued)
    assert len(rows) == 1
    assert (outcome.matched, outcome.unreadable, outcome.unreadable_recomputed, outcome.agrees) == (0, 1, 1, False)
    assert told_of(tmp_path) == [["1", "A", "account", "several_months"]]


def test_a_request_that_was_rejected_is_that_of_any_month(tmp_path: Path) -> None:
    rejected = tmp_path / "rejected.csv"
    rejected.write_text("file,row,account,field,code,message\nin.csv,7,C,/area,x,y\n", encoding="utf-8")
    outcome, _ = compared(tmp_path, "account,month,energy\nC,2024-06,1.00\n", [], rejected=rejected)
    assert (outcome.rejected, outcome.only_issued) == (1, 0)


def test_a_table_with_the_line_ends_of_old_macs_is_compared_and_its_encoding_told(tmp_path: Path) -> None:
    issued = written(tmp_path, '户号,energy\r="A",10.00\r', encoding="gb18030")
    ours = recomputed(tmp_path, OURS[:1])
    outcome = compare_tables(issued, ours, tmp_path / "out.csv", table=IssuedTable(account="户号"))
    assert (outcome.agrees, outcome.encoding) == (True, "gb18030")


def test_what_is_wrong_with_an_amount_is_told_as_of_a_single_bill() -> None:
    assert why(None, lexicon=ENGLISH) == why("", lexicon=ENGLISH) == "the bill has no amount here"
    assert why(None, lexicon=CHINESE) == "该账单此处没有金额"
    assert why("1.005", lexicon=ENGLISH) == '"1.005" is no exact amount to the fen'
    assert why("１２", lexicon=ENGLISH) == 'only the digits 0-9 are accepted: write "12" instead of "１２"'
