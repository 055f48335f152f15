"""The command line as a whole: its commands, those of other packages, and terminals that lack signs."""

import runpy
import subprocess
import sys
from importlib.metadata import EntryPoint, EntryPoints
from io import BytesIO, StringIO, TextIOWrapper

import click
import pytest

import billcalc.cli
from billcalc import __version__
from billcalc.cli import main
from tests.cli.calling import P1, call


@click.command(add_help_option=False)
def sell() -> None:
    """Serve bills."""
    click.echo("serving")


@pytest.fixture
def plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another package's commands: one that works, one that lacks something, one named like ours."""
    points = EntryPoints(
        EntryPoint(name, value, "billcalc.commands")
        for name, value in (
            ("sell", f"{__name__}:sell"),
            ("keys", "no_such_package.keys:keys"),
            ("bill", "no_such_package:bill"),
        )
    )
    monkeypatch.setattr(billcalc.cli, "entry_points", lambda **wanted: points.select(**wanted))


def test_the_version_is_the_engine_s() -> None:
    assert call("--version").stdout == f"billcalc, version {__version__}\n"


def test_the_package_run_as_a_module_is_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["billcalc", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("billcalc", run_name="__main__")
    assert (ended.value.code, capsys.readouterr().out) == (0, f"billcalc, version {__version__}\n")


def test_a_worker_that_imports_the_program_anew_starts_no_command(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_module("billcalc", run_name="__mp_main__")
    assert capsys.readouterr().out == ""


def test_the_help_lists_the_commands_with_an_example() -> None:
    told = call("--help").stdout
    assert [name for name in ("bill", "explain", "tariffs") if f"\n  {name} " in told] == ["bill", "explain", "tariffs"]
    assert "billcalc explain request.yaml --line capacity --lang zh" in told


def test_an_unknown_command_is_told_on_standard_error() -> None:
    result = call("bil")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "No such command 'bil'" in result.stderr


@pytest.mark.usefixtures("plugins")
def test_another_package_adds_a_command() -> None:
    assert call("sell").stdout == "serving\n"
    assert "sell      Serve bills." in call("--help").stdout


@pytest.mark.usefixtures("plugins")
def test_a_command_that_cannot_be_loaded_says_so_and_harms_no_other() -> None:
    result = call("keys", "--list", "all")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == (
        "Error: no_such_package.keys:keys cannot be loaded (No module named 'no_such_package'); install what it needs\n"
    )
    told = call("--help")
    assert told.exit_code == 0
    assert "keys      Not available: No module named 'no_such_package'." in told.stdout


@pytest.mark.usefixtures("plugins")
def test_no_package_replaces_our_commands() -> None:
    assert call("bill", P1).exit_code == 0


def test_a_terminal_that_lacks_chinese_shows_question_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(shown, encoding="latin-1", write_through=True))
    main(["bill", P1, "--lang", "zh"], standalone_mode=False)
    assert shown.getvalue().startswith(b"????  cn-guangxi")


def test_any_stream_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = StringIO()
    monkeypatch.setattr(sys, "stdout", shown)
    main(["bill", P1, "--lang", "zh"], standalone_mode=False)
    assert shown.getvalue().startswith("电费账单  cn-guangxi")


def test_a_bill_is_printed_without_loading_what_it_does_not_need() -> None:
    code = (
        "import sys; from billcalc.cli import main; main(['bill', sys.argv[1]], standalone_mode=False);"
        "print([name for name in ('rich', 'numpy', 'pyarrow', 'fastapi') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code, P1], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines()[-1] == "[]"
