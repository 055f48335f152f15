"""``billcalc batch`` from the command line: what it says, where, and how it ends."""

import sys
from concurrent.futures.process import BrokenProcessPool
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click import Command, Context
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook
from rich.console import Console

from billcalc.bulk.run import Counts
from billcalc.cli import batch_progress, main, table_runs
from billcalc.cli.answers import Answers
from billcalc.runs import batches
from tests.few_tariffs import few_tariffs
from tests.runs.test_batches import KWH, TEMPLATE

BULK = Path("fixtures/bulk").resolve()

TARIFFS = few_tariffs()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    (tmp_path / "in.csv").write_text(f"account,{KWH}\nA1,100\nA2,200\n")
    return tmp_path


def called(*arguments: str) -> Result:
    told = ["batch", *arguments, "--tariffs", str(TARIFFS), "--workers", "1"]
    return CliRunner().invoke(main, told)


def test_all_billed(folder: Path) -> None:
    result = called("in.csv", "--template", "template.yaml", "--out", "bills.csv")
    assert result.exit_code == 0
    assert result.stdout == (
        "rows in   2\nbilled    2  → bills.csv\nrejected  0  → bills.csv.rejects.csv\n"
        "problem   2  capacity_hardly_used\nproblem   2  given_fact\n"
    )
    assert result.stderr == ""
    assert (folder / "bills.csv").read_text().count("\n") == 3


def test_a_dry_run_of_columns_that_are_all_read_tells_no_others(folder: Path) -> None:
    result = called("in.csv", "--template", "template.yaml", "--out", "bills.csv", "--dry-run")
    assert result.stdout.splitlines() == [
        "rows in      2",
        f"would read   in.csv (2): account, {KWH}",
        "would read   template.yaml",
        "would write  bills.csv",
        "would write  bills.csv.rejects.csv",
    ]
    assert not (folder / "bills.csv").exists()


def test_the_rejects_speak_the_language_that_is_asked_for(folder: Path) -> None:
    (folder / "in.csv").write_text(f"account,{KWH}\nA1,100\nA2,-1\nA3,1,2\n")
    assert called("in.csv", "--template", "template.yaml", "--out", "b.csv", "--lang", "zh").exit_code == 1
    _, negative, malformed = (folder / "b.csv.rejects.csv").read_text(encoding="utf-8").splitlines()
    assert '"negative_energy","' in negative
    assert "电量小于零" in negative
    assert '"syntax","' in malformed
    assert "文本无法解析" in malformed


def test_an_interrupted_run_in_another_language_is_another_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("billcalc.cli.batch_progress.Remarks.goes_on", lambda *_: [][0])
        assert called("in.csv", "--template", "template.yaml", "--out", "b.csv").exit_code == 70
    told = called("in.csv", "--template", "template.yaml", "--out", "b.csv", "--lang", "zh")
    assert (told.exit_code, "设置" in told.stderr) == (2, True)


def test_some_rejected(folder: Path) -> None:
    (folder / "in.csv").write_text(f"account,{KWH}\nA1,100\nA2,x\n")
    result = called("in.csv", "--template", "template.yaml", "--out", "bills.parquet", "--rejects", "bad.csv")
    assert result.exit_code == 1
    assert "billed    1  → bills.parquet\nrejected  1  → bad.csv\n" in result.stdout
    header, reject = (folder / "bad.csv").read_text().splitlines()
    assert header == "file,row,account,field,code,message"
    assert reject.startswith(
        '"in.csv",2,"A2","/metering_points/0/given/kwh/peak","not_a_number","""x"" is not a number: '
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["nothing.csv", "--out", "o.csv"],
            "nothing.csv: invalid input [cannot_read]: the input cannot be read: no such file",
        ),
        (["in.csv"], "Missing option '--out'"),
        (["in.csv", "--out", "o.csv", "--chunk", "0"], "0 is not in the range x>=1"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_invalid_input(arguments: list[str], said: str) -> None:
    result = called(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.usefixtures("folder")
def test_rows_at_which_the_program_failed_end_with_the_code_of_its_own_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "bill_tables", lambda *_: Counts(3, 1, 2, {"internal": 1}))
    result = called("in.csv", "--template", "template.yaml", "--out", "bills.csv")
    assert result.exit_code == 70
    assert "problem   1  internal\n" in result.stdout


def test_a_table_with_the_line_ends_of_old_macs_is_billed(tmp_path: Path) -> None:
    """Two customers of given energy and 1000 kVA."""
    result = called(f"{BULK}/macintosh.csv", "--template", f"{BULK}/given.yaml", "--out", str(tmp_path / "bills.csv"))
    assert result.exit_code == 0
    assert [line.split(",")[0] for line in (tmp_path / "bills.csv").read_text().splitlines()[1:]] == [
        '"0301"',
        '"0302"',
    ]


@pytest.mark.parametrize(("output", "rows"), [("lines", 20), ("totals", 1)])
def test_a_workbook_keeps_the_zeros_of_accounts_and_the_words_of_lines(tmp_path: Path, output: str, rows: int) -> None:
    out = tmp_path / "bills.xlsx"
    arguments = [f"{BULK}/one.csv", "--template", f"{BULK}/given.yaml", "--out", str(out), "--output", output]
    assert called(*arguments).exit_code == 0
    first = out.read_bytes()
    head, *cells = CalamineWorkbook.from_path(out).get_sheet_by_name("bills").to_python()
    assert {row[0] for row in cells} == {"0301"}
    assert len(cells) >= rows / 4
    told = [dict(zip(head, row, strict=True)) for row in cells]
    if output == "lines":
        assert "代购电费" in {row["label"] for row in told}
        assert {row["from"] for row in told} == {"2024-06-01"}
        assert sum(Decimal(str(row["amount"])) for row in told) > 0
    else:
        assert isinstance(told[0]["total"], float)
    assert called(*arguments).exit_code == 0
    assert out.read_bytes() == first, "the same bills are the same bytes"


def test_what_should_be_known_of_the_inputs_is_said_on_standard_error(folder: Path) -> None:
    (folder / "export.csv").write_bytes("户号,峰,备注\nA1,100,无\n".encode("gb18030"))
    (folder / "columns.yaml").write_text(f"户号: account\n峰: {KWH}\n")
    result = called("export.csv", "--columns", "columns.yaml", "--template", "template.yaml", "--out", "bills.csv",
                    "--output", "components", "--format", "csv")  # fmt: skip
    assert result.exit_code == 0
    assert result.stderr == "export.csv: no UTF-8; read as GB18030\nexport.csv: not read: 备注\n"
    assert (folder / "bills.csv").read_text().startswith("account,code,section,group,from,to,amount\n")


def failing(error: BaseException) -> Any:
    def bill_tables(*_: object) -> Counts:
        raise error

    return bill_tables


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "interrupted\nwhat was billed is kept: run again to go on\n"),
        (
            OSError(28, "No space left on device", "bills.csv"),
            4,
            "bills.csv: failed [cannot_write]: this cannot be written: no space left on device; check the name, the room on "
            "the disk, and that you may write there\nwhat was billed is kept: run again to go on\n",
        ),
        (
            BrokenProcessPool("ended"),
            4,
            "billcalc: failed [system_failed]: the system does not go on: a worker was ended from outside, as a system does "
            "that has no memory left; remove the cause and run again\nwhat was billed is kept: run again to go on\n",
        ),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_run_that_breaks_off(monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str) -> None:
    monkeypatch.setattr(batches, "bill_tables", failing(error))
    result = called("in.csv", "--template", "template.yaml", "--out", "bills.csv")
    assert result.exit_code == code
    assert result.stderr == said


@pytest.mark.usefixtures("folder")
def test_a_run_that_was_interrupted_says_that_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            "billcalc.cli.batch_progress.Remarks.goes_on", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        assert called("in.csv", "--template", "template.yaml", "--out", "bills.csv").exit_code == 130
    result = called("in.csv", "--template", "template.yaml", "--out", "bills.csv")
    assert result.exit_code == 0
    assert result.stderr == "going on from an interrupted run\n"


@pytest.mark.usefixtures("folder")
def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_runs, "find_spec", lambda name: None)
    result = called("in.csv", "--out", "bills.csv")
    assert result.exit_code == 4
    assert "duckdb, numpy, pyarrow: not installed; install billcalc[bulk,excel]" in result.stderr


@pytest.mark.parametrize(
    "more", [["--out", "o.xlsx"], ["--out", "o", "--format", "xlsx"], ["--out", "o.csv", "--rejects", "r.xlsx"]]
)
@pytest.mark.usefixtures("folder")
def test_without_the_extra_for_workbooks_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, more: list[str]
) -> None:
    monkeypatch.setattr(table_runs, "find_spec", lambda name: None if name == "xlsxwriter" else name)
    result = called("in.csv", *more)
    assert "xlsxwriter: not installed; install billcalc[bulk,excel]" in result.stderr


def test_on_a_terminal_there_is_a_bar(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    consoles: list[Console] = []

    def console(*, stderr: bool) -> Console:
        consoles.append(Console(stderr=stderr, force_terminal=True, record=True, width=100))
        return consoles[-1]

    monkeypatch.setattr(batch_progress, "Console", console)
    rows = "".join(f"A{number},{number}\n" for number in range(50))
    (folder / "in.csv").write_text(f"account,{KWH}\n{rows}")
    settings = batches.Settings(
        ["in.csv"], Path("bills.csv"), template="template.yaml", tariffs=TARIFFS, workers=1, chunk=10
    )
    with Context(Command("batch")), table_runs.watching(Answers("table", "en")) as watcher:
        assert batches.bill_tables(settings, watcher).billed == 50
    shown = consoles[0].export_text()
    assert "50/50" in shown
