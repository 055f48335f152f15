"""A copy of the tariffs is never read silently inside a checkout."""

from pathlib import Path

import pytest

from billcalc.cli import checkout
from tests.cli.calling import ROOT, call, data_of
from tests.few_tariffs import few_tariffs


@pytest.fixture
def copy(monkeypatch: pytest.MonkeyPatch) -> Path:
    """What `pip install .` leaves: the package reads its own copy of the tariffs."""
    monkeypatch.setattr(checkout, "shipped_tariffs", few_tariffs)
    return few_tariffs()


@pytest.mark.parametrize("command", [("doctor",), ("doctor", "--format", "json"), ("tariffs", "check")])
@pytest.mark.parametrize("inside", [".", "tariffs/cn"])
def test_a_copy_that_is_read_inside_a_checkout_is_told_loudly(
    command: tuple[str, ...], inside: str, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / inside)
    result = call(*command)

    assert result.exit_code == 0
    assert f"WARNING: the tariffs of this checkout are NOT read: {ROOT / 'tariffs'}\n" in result.stderr
    assert result.stderr.count(str(copy)) == 1
    assert str(copy) in result.stdout
    chinese = call(*command, "--lang", "zh").stderr
    assert f"警告：没有读取当前仓库的电价库：{ROOT / 'tariffs'}\n" in chinese


@pytest.mark.parametrize("command", [("doctor",), ("tariffs", "check")])
def test_outside_a_checkout_nothing_is_told(
    command: tuple[str, ...], copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(*command).stderr == ""


@pytest.mark.parametrize("inside", [".", "tariffs/cn"])
def test_the_checkout_s_own_tariffs_are_told_without_a_warning(inside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / inside)
    result = call("doctor", "--format", "json")

    assert (result.stderr, data_of(result)["tariffs"]) == ("", str(ROOT / "tariffs"))


def test_tariffs_that_were_asked_for_are_no_surprise(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert call("doctor", "--tariffs", str(copy)).stderr == ""
    assert call("tariffs", "check", str(copy)).stderr == ""
