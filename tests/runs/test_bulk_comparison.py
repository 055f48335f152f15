"""Tables of issued bills beside recomputed ones: every count adds up, and every fen of difference is in one row."""

from collections import Counter
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from python_calamine import CalamineWorkbook

from billcalc.files.loading import load
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.bulk_comparison import compare_tables
from billcalc.runs.comparison_outcome import BulkComparison, CodeMoney
from billcalc.runs.issued_tables import IssuedTable
from billcalc.tables import csv_records, workbook_writing
from tests.runs.issued import HEAD, OURS, Line, compared, recomputed, rows_of, written


def test_bills_that_agree_have_no_row(tmp_path: Path) -> None:
    outcome, rows = compared(
        tmp_path, "account,code,amount\nA,energy,10\nA,levies,2.00\nB,energy,5.000\nB,levies,1\n", OURS
    )

    assert rows == []
    assert outcome == BulkComparison(
        issued=2, recomputed=2, matched=2, differing=0, unreadable=0, unreadable_recomputed=0, rejected=0, only_issued=0,
        only_recomputed=0, nameless=0, issued_repeated=0, recomputed_repeated=0, issued_total=Decimal("18.00"),
        recomputed_total=Decimal("18.00"), by_code=(), worst=(), unread=(),
    )  # fmt: skip
    assert outcome.agrees
    assert rows_of(tmp_path / "rejects.csv") == [["file", "row", "account", "field", "code", "message"]]


def test_the_kinds_of_findings_are_never_merged(tmp_path: Path) -> None:
    issued = (
        "account,code,amount,note\n"
        "A,energy,10.50,\nA,service,3.00,\nA,total,20.00,\n"  # levies missing, service unmapped, 6.50 unexplained
        "B,energy,5.00,\nB,levies,1.00,\nB,capacity,7.00,\n"  # capacity is known of C
        "C,energy,1.00,x\nD,energy,4.00,\n"  # D has no request
    )
    ours = [*OURS, ("C", "capacity", "1.00"), ("E", "energy", "9.00")]

    outcome, rows = compared(tmp_path, issued, ours)

    assert rows == [
        ["E", "-9.00", "only_recomputed", "total", "", "9.00", "-9.00"],
        ["A", "8.00", "own_arithmetic", "total", "20.00", "13.50", "6.50"],
        ["A", "8.00", "unmapped", "service", "3.00", "", "3.00"],
        ["A", "8.00", "may_be_unmapped", "levies", "", "2.00", "-2.00"],
        ["A", "8.00", "differing", "energy", "10.50", "10.00", "0.50"],
        ["B", "7.00", "missing_in_recomputed", "capacity", "7.00", "", "7.00"],
        ["D", "4.00", "only_issued", "total", "4.00", "", "4.00"],
        ["C", "0.00", "missing_in_issued", "capacity", "", "1.00", "-1.00"],
        ["C", "0.00", "missing_in_recomputed", "energy", "1.00", "", "1.00"],
    ]
    assert (outcome.matched, outcome.differing, outcome.agreeing) == (3, 3, 0)
    assert (outcome.only_issued, outcome.only_recomputed) == (1, 1)
    assert (outcome.issued_total, outcome.recomputed_total) == (Decimal("34.00"), Decimal("19.00"))
    assert outcome.unread == ("note",)
    assert outcome.by_code[0] == CodeMoney("capacity", 2, Decimal("6.00"), Decimal("8.00"))
    assert [account for account, *_ in outcome.worst] == ["A", "B", "C"]
    assert outcome.worst[0] == ("A", Decimal("20.00"), Decimal("12.00"), Decimal("8.00"))
    assert not outcome.agrees


def test_a_line_of_zero_that_one_side_prints_is_no_finding(tmp_path: Path) -> None:
    issued = "account,code,amount\nA,energy,10.00\nA,refund,0.00\n"
    outcome, rows = compared(tmp_path, issued, [("A", "energy", "10.00"), ("A", "loss", "0.00")])
    assert (rows, outcome.agrees) == ([], True)


@pytest.mark.parametrize(("tolerance", "found"), [("0", 2), ("0.49", 2), ("0.5", 0), ("1", 0)])
def test_a_tolerance_holds_for_lines_and_for_the_bills_own_sum(tmp_path: Path, tolerance: str, found: int) -> None:
    issued = "account,code,amount\nA,energy,10.50\nA,total,11.00\n"
    _, rows = compared(tmp_path, issued, [("A", "energy", "10.00")], tolerance=Decimal(tolerance))
    assert len(rows) == found


def test_a_bill_of_which_only_the_total_is_known_is_compared_in_total(tmp_path: Path) -> None:
    outcome, rows = compared(tmp_path, "account,total\nA,12.00\nB,7.00\n", OURS)
    assert rows == [["B", "1.00", "differing", "total", "7.00", "6.00", "1.00"]]
    assert (outcome.matched, outcome.differing) == (2, 1)


def test_a_wide_table_needs_no_cell_for_every_code(tmp_path: Path) -> None:
    issued = "户号,电费,基金,户名,合计\nA,10.00,2.00,甲,12.00\nB,6.00,,乙,\n"
    table = IssuedTable(account="户号", columns={"电费": "energy", "基金": "levies", "合计": "total"})
    outcome, rows = compared(tmp_path, issued, [*OURS[:3]], table=table)
    assert rows == [["B", "1.00", "differing", "energy", "6.00", "5.00", "1.00"]]
    assert outcome.unread == ("户名",)


def test_rows_that_sum_others_are_left_out_and_counted(tmp_path: Path) -> None:
    sums = [" 合 计：", "合计（2户）", "共2户", "一车间小计", "Total (2)", "2024年6月合计", "平均"]
    issued = "account,total\nA,12.00\nB,6.00\n" + "".join(f"{each},18.00\n" for each in sums)
    outcome, rows = compared(tmp_path, issued, OURS)
    assert (rows, outcome.matched, outcome.totals) == ([], 2, len(sums))


def test_a_month_that_a_spreadsheet_may_have_shortened_is_none(tmp_path: Path) -> None:
    issued = "account,month,total\nA,2024.1,12.00\n"
    outcome, _ = compared(tmp_path, issued, OURS)
    assert (outcome.matched, outcome.nameless) == (0, 1)


def test_printed_names_are_mapped_added_up_and_ignored(tmp_path: Path) -> None:
    issued = "户号,项目,金额\nA,峰段电费,4.00\nA,谷段电费,6.00\nA, 基金\u3000,2.00\nA,小计,12.00\nA,合计,12.00\n"
    table = IssuedTable(
        account="户号", code="项目", amount="金额", ignore=("小计",),
        codes={"峰段电费": "energy", "谷段电费": "energy", "基金": "levies", "合计": "total", "小计": "total"},
    )  # fmt: skip
    outcome, rows = compared(tmp_path, issued, OURS[:2], table=table)
    assert (rows, outcome.matched, outcome.agrees) == ([], 1, True)


def test_a_text_in_gb18030_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "户号,code,amount\n甲,energy,10.00\n", encoding="gb18030")
    out = tmp_path / "out.csv"
    outcome = compare_tables(
        path, recomputed(tmp_path, [("甲", "energy", "10.00")]), out, table=IssuedTable(account="户号")
    )
    assert (outcome.matched, outcome.agrees) == (1, True)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["components.parquet", "issued.csv", "out.csv"]


def test_the_table_may_be_parquet_of_exact_types(tmp_path: Path) -> None:
    path = tmp_path / "issued.parquet"
    energy = pa.array([Decimal("10.00"), Decimal("5.5")], pa.decimal128(12, 2))
    pq.write_table(pa.table({"account": pa.array(["A", "B"]), "energy": energy, "levies": pa.array([2, 1])}), path)
    out = tmp_path / "out.parquet"
    outcome = compare_tables(path, recomputed(tmp_path, OURS), out, table=IssuedTable())
    assert outcome.differing == 1
    [row] = pq.read_table(out).to_pylist()
    assert row == {
        "account": "B", "bill_difference": Decimal("0.50"), "kind": "differing", "code": "energy",
        "issued": Decimal("5.50"), "recomputed": Decimal("5.00"), "difference": Decimal("0.50"),
    }  # fmt: skip


def test_what_cannot_be_read_is_rejected_with_its_row_and_reason(tmp_path: Path) -> None:
    issued = 'account,code,amount\nA,energy,"1,000.00"\nA,levies,2.00\n,energy,1.00\nB,energy,1.005\nB,levies,\nZ,energy,1e3\n'
    outcome, rows = compared(tmp_path, issued, OURS)

    assert rows == []
    assert (outcome.issued, outcome.unreadable, outcome.unreadable_recomputed, outcome.nameless) == (3, 3, 2, 1)
    assert not outcome.agrees
    path = str(tmp_path / "issued.csv")
    assert rows_of(tmp_path / "rejects.csv")[1:] == [
        [
            path,
            "1",
            "A",
            "amount",
            "not_a_number",
            'thousands separators are not accepted: write "1000.00" instead of "1,000.00"; correct the number',
        ],
        [path, "3", "", "account", "missing_key", 'the key "account" is missing; add it'],
        [path, "4", "B", "amount", "not_a_number", '"1.005" is no exact amount to the fen; correct the number'],
        [path, "5", "B", "amount", "not_a_number", "the bill has no amount here; correct the number"],
        [
            path,
            "6",
            "Z",
            "amount",
            "not_a_number",
            'an exponent is not accepted: write "1000" instead of "1e3"; correct the number',
        ],
    ]


def test_a_row_of_a_wide_table_without_an_amount_or_an_account_is_rejected(tmp_path: Path) -> None:
    issued = "account,energy,levies\nA,,\n,3.00,4.00\nB,5.00,x\n"
    outcome, rows = compared(tmp_path, issued, OURS)
    assert rows == []
    assert (outcome.unreadable, outcome.nameless, outcome.unreadable_recomputed) == (2, 1, 2)
    assert [row[1:5] for row in rows_of(tmp_path / "rejects.csv")[1:]] == [
        ["1", "A", "", "not_a_number"],
        ["2", "", "account", "missing_key"],
        ["3", "B", "levies", "not_a_number"],
    ]


def test_bills_whose_request_was_rejected_are_counted_apart(tmp_path: Path) -> None:
    rejected = tmp_path / "rejected.csv"
    rejected.write_text(
        'file,row,account,field,code,message\nin.csv,7,C,/area,area_unknown,"no, never"\n', encoding="utf-8"
    )
    issued = "account,code,amount\nC,energy,1.00\nD,energy,2.00\n"
    outcome, rows = compared(tmp_path, issued, [], rejected=rejected)
    assert (outcome.rejected, outcome.only_issued, outcome.recomputed) == (1, 1, 0)
    assert [row[:3] for row in rows] == [["D", "2.00", "only_issued"], ["C", "1.00", "request_rejected"]]
    assert rows_of(tmp_path / "rejects.csv")[1:] == [["in.csv", "7", "C", "/area", "area_unknown", "no, never"]]


def test_bills_of_a_month_are_added_up_and_an_issued_one_that_comes_twice_is_not_compared(tmp_path: Path) -> None:
    twice = [("A", "energy", "10.00"), ("A", "energy", "10.00"), ("B", "energy", "5.00"), ("B", "energy", "1.00")]
    issued = written(tmp_path, "account,energy\nA,20.00\nB,3.00\nB,3.00\n")
    ours = recomputed(tmp_path, twice, groups=["main", "main", "first", "second"])
    outcome = compare_tables(issued, ours, tmp_path / "out.csv", table=IssuedTable())
    assert (outcome.issued_repeated, outcome.recomputed_repeated, outcome.differing) == (1, 1, 0)
    assert (outcome.matched, outcome.unreadable, outcome.agrees) == (1, 1, False)


def test_a_line_without_a_code_keeps_its_money(tmp_path: Path) -> None:
    _, rows = compared(tmp_path, "account,code,amount\nB,energy,5.00\nB,levies,1.00\nB,,2.50\n", OURS)
    assert ["B", "2.50", "unmapped", "", "2.50", "", "2.50"] in rows


CODES = ("energy", "levies", "capacity")
FEN = st.integers(-300, 300).map(lambda fen: str(Decimal(fen).scaleb(-2)))
ISSUED_LINES = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from((*CODES, "其他", "total", "")), FEN), max_size=14
)
OUR_LINES = st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(CODES), FEN), max_size=10)


@settings(deadline=None)
@given(issued=ISSUED_LINES, ours=OUR_LINES)
def test_the_differences_of_an_account_sum_to_that_of_its_total(
    issued: list[Line], ours: list[tuple[str, str, str]]
) -> None:
    text = "account,code,amount\n" + "".join(f"{account},{code},{amount}\n" for account, code, amount in issued)
    with TemporaryDirectory() as directory:
        outcome, rows = compared(Path(directory), text, ours)
    totals = Counter(account for account, code, _ in issued if code == "total")
    several = {account for account, count in totals.items() if count > 1}
    assert outcome.issued_repeated == len(several)
    for account in set("ABCD") - several:
        printed = [Decimal(amount or 0) for each, code, amount in issued if each == account and code == "total"]
        lines = [Decimal(amount or 0) for each, code, amount in issued if each == account and code != "total"]
        total = sum(printed or lines) - sum(Decimal(amount) for each, _, amount in ours if each == account)
        assert sum(Decimal(row[6]) for row in rows if row[0] == account) == total
        assert {Decimal(row[1]) for row in rows if row[0] == account} <= {total}
    assert outcome.issued == len({account for account, _, _ in issued})
    assert outcome.recomputed == len({account for account, _, _ in ours})


def test_a_workbook_has_numbers_where_they_are_exact(tmp_path: Path) -> None:
    huge = "123456789012345.67"
    issued = written(tmp_path, f"account,energy\nA,{huge}\nB,=1\nC,6.25\n")
    out = tmp_path / "differences.xlsx"
    compare_tables(issued, recomputed(tmp_path, [("A", "energy", "1"), ("C", "levies", "1")]), out, table=IssuedTable())
    head, *rows = CalamineWorkbook.from_path(out).get_sheet_by_name("differences").to_python()
    assert head == HEAD
    assert rows == [
        ["A", "123456789012344.67", "differing", "energy", huge, 1, "123456789012344.67"],
        ["C", 5.25, "missing_in_recomputed", "energy", 6.25, "", 6.25],
        ["C", 5.25, "missing_in_issued", "levies", "", 1, -1],
    ]


def test_a_workbook_that_would_be_too_long_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_writing, "WORKBOOK_ROWS_MAX", 1)
    issued = written(tmp_path, "account,energy\nA,1.00\nB,1.00\n")
    with pytest.raises(InvalidInput, match=r"4 rows are more than the 1 of a workbook; write .parquet or .csv"):
        compare_tables(issued, recomputed(tmp_path, OURS), tmp_path / "out.xlsx", table=IssuedTable())
    assert sorted(each.name for each in tmp_path.iterdir()) == ["components.parquet", "issued.csv"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("out.json", "ends in .parquet"), ("nowhere/out.csv", "there is no such directory")],
)
def test_an_output_that_cannot_be_written_is_refused_first(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        compare_tables(tmp_path / "none.csv", tmp_path / "none.parquet", tmp_path / name, table=IssuedTable())


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("issued.txt", b"account", "a table is a file of"),
        ("absent.csv", None, "no such file"),
        ("absent.parquet", None, "no such file"),
        ("issued.parquet", b"not parquet at all", "the input cannot be read"),
        ("issued.csv", b"account,code,amount\nA,\xff\xff\xff,1\n", "22"),
        (
            "issued.csv",
            b"account,code,amount\nA,energy,1,2,3\n",
            "issued.csv: row 1: syntax: the text cannot be read: 5 cells",
        ),
        ("issued.csv", b"account;code;amount\nA;energy;1\n", "issued.csv:1: other_separator"),
        ("issued.csv", b"", "the input is empty"),
        ("issued.csv", b"account,Code,code,amount\n", "issued.csv:1: duplicate_key"),
        (
            "issued.csv",
            b"account,code,amount\n\nA,energy\n",
            "issued.csv: row 2: syntax: the text cannot be read: 2 cells",
        ),
        ("issued.csv", b"user,code,amount\nA,energy,1\n", '"account"'),
    ],
)
def test_a_table_that_cannot_be_read_is_told(tmp_path: Path, name: str, content: bytes | None, reason: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InvalidInput) as caught:
        compare_tables(path, recomputed(tmp_path, OURS), tmp_path / "out.csv", table=IssuedTable())
    assert reason in str(caught.value)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_marks_of_a_spreadsheet_do_no_harm(tmp_path: Path, line_end: str) -> None:
    issued = line_end.join(["\ufeffaccount,code,amount", '"A",energy,10.00', "A,levies,2.00", ""])
    outcome, rows = compared(tmp_path, issued, OURS[:2])
    assert (rows, outcome.agrees) == ([], True)


def test_floats_have_lost_their_digits(tmp_path: Path) -> None:
    path = tmp_path / "issued.parquet"
    pq.write_table(pa.table({"account": ["A"], "energy": [1.5]}), path)
    with pytest.raises(InvalidInput, match=r"issued.parquet#energy: not_a_number: .*floating-point"):
        compare_tables(path, recomputed(tmp_path, OURS), tmp_path / "out.csv", table=IssuedTable())


def test_a_blank_outside_ascii_is_none(tmp_path: Path) -> None:
    outcome, rows = compared(
        tmp_path, "account,code,amount\n\u00a0甲\u3000,energy,\t10.00 \n", [("甲", "energy", "10.00")]
    )
    assert (rows, outcome.agrees) == ([], True)


@pytest.mark.parametrize(
    "layout", [b"code: item", b"code: item\namount: money\ncolumns: {a: b}", b"columns: {a: b}\ncodes: {c: d}"]
)
def test_a_layout_is_long_or_wide(layout: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"is long .* or wide"):
        load(IssuedTable, layout)
    with pytest.raises(ValidationError):
        IssuedTable(code="item")


def test_codes_alone_make_a_table_long() -> None:
    assert IssuedTable(codes={"a": "b"}).completed(["account", "code", "amount"]).is_long


class Broken:
    """A connection whose statements about one table fail."""

    def __init__(self, connection: Any, at: str, message: str) -> None:
        self.connection, self.at, self.message = connection, at, message

    def execute(self, query: str, *more: Any) -> Any:
        if self.at in query:
            raise duckdb.IOException(self.message)
        return self.connection.execute(query, *more)

    def sql(self, query: str) -> Any:
        if self.at in query:
            raise pa.ArrowInvalid(self.message)
        return self.connection.sql(query)

    def __enter__(self) -> "Broken":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


@pytest.mark.parametrize(
    ("at", "message", "kind", "told"),
    [
        ("CREATE TEMP TABLE findings", "IO Error: No space left on device", OSError, "no space left on device"),
        ("CREATE TEMP TABLE findings", "IO Error: something else", OSError, "something else"),
        ("ORDER BY abs(b.difference)", "IO Error: No space left on device", OSError, "no space left on device"),
        ("CREATE TEMP TABLE lines", "IO Error: No space left on device", InvalidInput, "issued.csv: system_failed: "),
    ],
)
def test_a_machine_that_fails_during_the_join_is_told_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str, message: str, kind: type[Exception], told: str
) -> None:
    whole = duckdb.connect
    monkeypatch.setattr(duckdb, "connect", lambda: Broken(whole(), at, message))
    with pytest.raises(kind, match=told):
        compared(tmp_path, "account,code,amount\nA,energy,10\n", OURS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["components.parquet", "issued.csv"]


def test_a_table_that_fails_while_it_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Path:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(csv_records, "encoding_of", fail)
    with pytest.raises(InvalidInput, match=r"issued\.csv: system_failed: .* input/output error"):
        compared(tmp_path, "account,code,amount\n", OURS)
