"""One meaning for each exit code in every command; what the machine refuses is a sentence in the reader's language."""

import errno
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

import billcalc.cli.doctor
from billcalc.cli import main
from billcalc.cli.answers import Answers
from billcalc.cli.endings import is_reader_gone
from billcalc.cli.exits import EXITS, Exit
from billcalc.cli.table_runs import through
from billcalc.files import disk, text
from billcalc.words.language import Language
from tests.cli.calling import P1, ROOT, call
from tests.few_tariffs import few_tariffs
from tests.runs.test_batches import KWH, TEMPLATE

TARIFFS = str(ROOT / "tariffs")
READERS = {
    "batch": ["batch", "{}.csv", "--out", "out.csv"],
    "batch --template": ["batch", "in.csv", "--out", "out.csv", "--template", "{}.csv"],
    "batch --columns": ["batch", "in.csv", "--out", "out.csv", "--columns", "{}.csv"],
    "bill": ["bill", "{}.csv"],
    "compare": ["compare", P1, "{}.csv"],
    "compare --mapping": ["compare", P1, P1, "--mapping", "{}.csv"],
    "compare --bulk": ["compare", "--bulk", "{}.csv", "--requests", "in.csv", "--out", "out.csv"],
    "compare --bulk --requests": ["compare", "--bulk", "issued.csv", "--requests", "{}.csv", "--out", "out.csv"],
    "compare --bulk --mapping": ["compare", "--bulk", "issued.csv", "--requests", "in.csv", "--out", "o.csv", "--mapping", "{}.csv"],
    "diagnose --bulk": ["diagnose", "--bulk", "{}.csv", "--requests", "in.csv", "--out", "out.csv"],
    "explain": ["explain", "{}.csv"],
    "doctor": ["doctor", "--tariffs", "{}.csv"],
    "tariffs check": ["tariffs", "check", "{}.csv"],
    "tariffs import": ["tariffs", "import", "{}.csv", "--area", "cn-guangxi", "--month", "2026-09"],
}  # fmt: skip
WRITERS = {
    "batch": ["batch", "in.csv", "--out", "{}.csv"],
    "batch --rejects": ["batch", "in.csv", "--out", "out.csv", "--rejects", "{}.csv"],
    "compare --bulk": ["compare", "--bulk", "issued.csv", "--requests", "in.csv", "--out", "{}.csv"],
    "diagnose --bulk": ["diagnose", "--bulk", "issued.csv", "--requests", "in.csv", "--out", "{}.csv"],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text(f"account,{KWH}\nA,100\n")
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    (tmp_path / "issued.csv").write_text("account,code,amount\nA,purchase,1\n")
    return tmp_path


def called(arguments: list[str], name: str, *, lang: str = "zh") -> tuple[int, str]:
    """The exit code and what was said on standard error."""
    given = [argument.format(name) for argument in arguments]
    if (
        arguments[0] in ("batch", "compare")
        and "--template" not in given
        and ("--bulk" in given or given[0] == "batch")
    ):
        given += ["--template", "template.yaml"]
    result = call(*given, env={"LANG": f"{lang}_CN.UTF-8", "BILLCALC_TARIFFS": str(few_tariffs())})
    return result.exit_code, result.stderr


@pytest.mark.parametrize("command", list(READERS))
@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("nowhere", ("没有这个文件或目录", "没有这个目录")),
        ("directory", ("这是一个目录", "没有这个目录", "输入为空")),
        ("x" * 300, ("文件名过长", "没有这个目录")),
        ("in.csv/x", ("路径中有一段不是目录", "没有这个目录")),
    ],
)
def test_an_input_that_cannot_be_read_is_invalid_in_every_command(
    folder: Path, command: str, name: str, reasons: tuple[str, ...]
) -> None:
    (folder / "directory.csv").mkdir()
    code, told = called(READERS[command], name)
    assert (code, any(reason in told for reason in reasons)) == (Exit.INVALID, True), told


@pytest.mark.parametrize("command", list(WRITERS))
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("directory", "这是一个目录"),
        ("x" * 300, "文件名过长"),
        ("nowhere/x", "没有这个目录"),
        ("x" * 249, "文件名过长"),
    ],
)
def test_an_output_that_cannot_be_written_ends_every_command_alike(
    folder: Path, command: str, name: str, reason: str
) -> None:
    (folder / "directory.csv").mkdir()
    if command == "batch --rejects" and len(name) == 249:
        pytest.skip("rejects have no directory of parts, whose name is longer")
    code, told = called(WRITERS[command], name)
    assert (code, f"未能完成 [cannot_write]：无法写入：{reason}" in told) == (Exit.FAILED, True), told


FAILURES = pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        (errno.ENOSPC, "磁盘空间不足", "no space left on device"),
        (errno.EMFILE, "打开的文件过多", "too many open files"),
        (errno.EACCES, "没有权限", "permission denied"),
        (errno.EROFS, "文件系统只读", "read-only file system"),
        (errno.EIO, "输入输出错误", "input/output error"),
    ],
)


@pytest.mark.no_cover
@FAILURES
@pytest.mark.parametrize("command", list(WRITERS))
@pytest.mark.parametrize("change", ["create", "sync", "rename", "make_directory"])
@pytest.mark.usefixtures("folder")
def test_a_disk_that_fails_while_a_command_writes_ends_it_alike(
    monkeypatch: pytest.MonkeyPatch, command: str, change: str, number: int, chinese: str, english: str
) -> None:
    def fail(*given: Any) -> None:
        raise OSError(number, os.strerror(number), "out.csv")

    monkeypatch.setattr(disk, change, fail)
    for lang, reason, kept in (("zh", chinese, "重新运行即可继续"), ("en", english, "run again to go on")):
        code, told = called(WRITERS[command], "out" if command != "batch --rejects" else "bad", lang=lang)
        assert (code, f"{reason}" in told, kept in told) == (Exit.FAILED, True, True), told


@pytest.mark.parametrize("command", [name for name in READERS if name not in ("doctor", "tariffs check")])
@pytest.mark.parametrize(
    ("number", "reason", "code"),
    [
        (errno.EMFILE, "系统无法继续：打开的文件过多", Exit.FAILED),
        (errno.EACCES, "无法读取输入：没有权限", Exit.INVALID),
        (errno.EIO, "系统无法继续：输入输出错误", Exit.FAILED),
    ],
)
def test_a_machine_that_fails_while_a_command_reads_ends_it_alike(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, number: int, reason: str, code: Exit
) -> None:
    (folder / "bad.csv").write_text("account,code,amount\n")

    whole = Path.open

    def open_or_fail(path: str | os.PathLike[str], *given: Any, **told: Any) -> Any:
        if Path(path).name == "bad.csv":
            raise OSError(number, os.strerror(number), os.fspath(path))
        return whole(Path(path), *given or ("rb",), **told)

    monkeypatch.setattr(Path, "open", open_or_fail)
    monkeypatch.setattr(text, "FileIO", open_or_fail)
    found, told = called(READERS[command], "bad")
    assert (found, reason in told) == (code, True), told


def test_a_directory_of_tariffs_that_may_not_be_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.scandir

    def scan_or_fail(path: Any) -> Any:
        if str(path).endswith("guangxi"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return whole(path)

    monkeypatch.setattr(os, "scandir", scan_or_fail)
    code, told = called(["bill", P1, "--tariffs", TARIFFS], "")
    assert (code, told.startswith(f"{TARIFFS}/cn/guangxi: 输入有误 [cannot_read]：无法读取输入：没有权限")) == (2, True)


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(billcalc.cli.doctor, "load_catalog", fail)


@pytest.mark.parametrize(
    ("error", "code", "english", "chinese"),
    [
        (KeyboardInterrupt(), Exit.INTERRUPTED, "interrupted\n", "已中断\n"),
        (click.Abort(), Exit.INTERRUPTED, "interrupted\n", "已中断\n"),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            Exit.FAILED,
            "billcalc: failed [system_failed]: the system does not go on: no space left on device; ",
            "billcalc: 未能完成 [system_failed]：系统无法继续：磁盘空间不足；",
        ),
        (
            MemoryError(),
            Exit.FAILED,
            "billcalc: failed [system_failed]: the system does not go on: cannot allocate memory; ",
            "billcalc: 未能完成 [system_failed]：系统无法继续：内存不足；",
        ),
        (
            KeyError("x"),
            Exit.CRASHED,
            r"test_exits.py:\d+: failed \[internal\]: billcalc failed by a fault of its own: KeyError 'x'; report it",
            r"test_exits.py:\d+: 未能完成 \[internal\]：billcalc 自身出错：KeyError 'x'；请",
        ),
    ],
)
def test_a_command_that_does_not_come_to_its_end_says_why(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, code: Exit, english: str, chinese: str
) -> None:
    failing(monkeypatch, error)
    for lang, said in (("en_US", english), ("zh_CN", chinese)):
        result = call("doctor", env={"LANG": lang})
        assert (result.exit_code, result.stdout) == (code, "")
        assert result.stderr.startswith(said) or re.match(said, result.stderr)


def test_a_command_answers_in_the_language_it_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("billcalc.cli.bill.bill_table", lambda *_, **told: [][0])
    assert "未能完成 [internal]" in call("bill", P1, "--lang", "zh").stderr


class Full(io.StringIO):
    """Takes nothing."""

    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_an_output_that_takes_nothing_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, Full())
    with pytest.raises(SystemExit) as ended:
        main(["doctor"], standalone_mode=False)
    assert ended.value.code == Exit.FAILED
    assert not isinstance(sys.stdout, Full)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has it")
@pytest.mark.parametrize(
    "arguments", [["bill", P1], ["bill", P1, "--format", "json"], ["doctor"], ["tariffs", "check"]]
)
def test_a_full_disk_behind_standard_output_is_a_sentence(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "billcalc", *arguments]
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (ended.returncode, len(ended.stderr.splitlines())) == (Exit.FAILED, 1), ended.stderr
    assert "no space left on device" in ended.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["-m", "billcalc", "bill", P1],
        ["-m", "billcalc", "--help"],
        ["-m", "billcalc", "tariffs", "list", "--area", "cn-guangxi"],
        ["-m", "billcalc", "batch", "--help"],
        ["-m", "billcalc", "--version"],
    ],
    ids=" ".join,
)
def test_where_the_reader_of_its_output_went_away_a_command_ends_silently(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run([sys.executable, *arguments], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (Exit.CLOSED, "")


class Closed(io.StringIO):
    """An output whose reader has closed it."""

    def __init__(self) -> None:
        super().__init__()
        reading, self.number = os.pipe()
        os.close(reading)

    def fileno(self) -> int:
        return self.number

    def write(self, text: str) -> int:
        return os.write(self.number, text.encode())

    def flush(self) -> None:
        os.write(self.number, b"what is left")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["stdout", "stderr"])
@pytest.mark.parametrize(
    "arguments",
    [["batch", "in.csv", "--out", "out.csv", "--template", "template.yaml"], ["doctor"], ["explain", P1], ["--help"]],
    ids=lambda arguments: arguments[0],
)
def test_every_command_that_writes_ends_so(arguments: list[str], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    output = Closed()
    monkeypatch.setattr(sys, name, output)
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    os.close(output.number)
    assert ended.value.code in {Exit.CLOSED, *([] if name == "stdout" else [Exit.DONE, Exit.DIFFERS])}


def test_a_run_tells_nothing_where_nobody_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    output = Closed()
    monkeypatch.setattr(sys, "stdout", output)
    with click.Context(click.Command("batch")), pytest.raises(BrokenPipeError):
        through(Answers("table", "en"), lambda _: output.write("more"))
    os.close(output.number)


def test_another_pipe_that_broke_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_reader_gone(BrokenPipeError(errno.EPIPE, "of a worker"))
    assert not is_reader_gone(OSError(errno.ENOSPC, "full"))
    with monkeypatch.context() as elsewhere:
        elsewhere.delattr("select.poll")
        assert is_reader_gone(BrokenPipeError(errno.EPIPE, "whatever it was"))
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert not is_reader_gone(BrokenPipeError(errno.EPIPE, "of a worker"))


def test_the_page_has_the_exit_codes_of_every_command() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    table = page.split("## Exit codes\n")[1].split("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("|")
    ]
    codes = [int(cell) for cell in rows[0][1:]]
    assert codes == sorted(Exit)
    found = {row[0].strip("`"): dict(zip(codes, row[1:], strict=True)) for row in rows[2:]}
    assert found == {
        command: {code: meanings[code].english if code in meanings else "" for code in sorted(Exit)}
        for command, meanings in EXITS.items()
    }


BULK = ("advise --bulk", "check --bulk", "compare --bulk", "diagnose --bulk")


def commands(group: click.Group, path: str = "") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        below = commands(command, f"{path}{name} ") if isinstance(command, click.Group) else {f"{path}{name}": command}
        found.update(below)
    return found


def test_every_command_has_its_exit_codes() -> None:
    known = {*commands(main), *BULK}
    assert {name if not name.startswith("keys") else "keys" for name in known} == set(EXITS)


@pytest.mark.parametrize("command", [name for name in EXITS if name not in ("keys", "serve", *BULK)])
def test_the_help_of_a_command_tells_its_exit_codes(command: str) -> None:
    for lang in Language:
        told = call(*command.split(), "--help", "--lang", lang.value).stdout
        for code, meaning in EXITS[command].items():
            assert f"  {code:>3}  {meaning.of(lang)}\n" in told


@pytest.mark.usefixtures("folder")
def test_what_differs_or_is_rejected_ends_with_one_and_nothing_else_does(folder: Path) -> None:
    bulk = ["compare", "--bulk", "issued.csv", "--requests", "in.csv", "--out", "out.csv"]
    assert called(bulk, "")[0] == Exit.DIFFERS
    assert called(["batch", "in.csv", "--out", "bills.csv"], "")[0] == Exit.DONE
    (folder / "in.csv").write_text(f"account,{KWH}\nA,x\n")
    assert called(["batch", "in.csv", "--out", "bills.csv"], "")[0] == Exit.DIFFERS


def test_a_batch_speaks_the_language_it_is_asked_for(folder: Path) -> None:
    (folder / "in.csv").write_bytes(f"account,{KWH},备注\nA,100,无\n".encode("gb18030"))
    (folder / "columns.yaml").write_text(f"account: account\n{KWH}: {KWH}\n")
    given = ["in.csv", "--out", "o.csv", "--columns", "columns.yaml", "--template", "template.yaml", "--lang", "zh"]
    result = call("batch", *given)
    assert result.stderr == "in.csv：不是 UTF-8，按 GB18030 读取\nin.csv：未读取的列：备注\n"
    assert result.stdout == (
        "行数    1\n已计费  1  → o.csv\n未计费  0  → o.csv.rejects.csv\n"
        "问题    1  capacity_hardly_used\n问题    1  given_fact\n"
    )


def test_a_damaged_part_is_told_and_billed_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("billcalc.cli.batch_progress.Remarks.goes_on", lambda *_: [][0])
        assert called(["batch", "in.csv", "--out", "bills.csv"], "")[0] == Exit.CRASHED
    (folder / "bills.csv.parts" / "0000000.bills").write_text("A,0\n")
    code, told = called(["batch", "in.csv", "--out", "bills.csv"], "")
    assert (code, told) == (Exit.DONE, "从中断的运行继续\n其中 1 份中间结果已损坏，将重新计算\n")
    assert "A,0" not in (folder / "bills.csv").read_text()
