"""Drift: which Pythons there are, what differs from the lock, and the table at the end."""

import os
import sys
from pathlib import Path

import pytest

from requirements.drift import Outcome, counted, different, not_lowest, oldest_python, pythons, table
from requirements.locked import Locked

SETTINGS = {
    "project": {
        "requires-python": ">=3.11",
        "dependencies": ["click>=8.1.7,<9", "PyYAML>=6.0.2,<7"],
        "optional-dependencies": {"bulk": ["duckdb>=2,<3"], "test": ["billcalc[bulk]"], "dev": ["ruff>=0.17,<0.18"]},
    }
}


def program(directory: Path, name: str, says: str) -> None:
    directory.mkdir(exist_ok=True)
    path = directory / name
    path.write_text(f"#!/bin/sh\n{says}\n")
    path.chmod(0o755)


def test_every_python_that_answers_is_found_once(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    program(first, "python3.12", "exit 127")  # a shim whose Python is not chosen
    program(first, "python3.11", "echo 11")
    program(first, "python3.13-config", "echo 13")
    program(second, "python3.10", "echo 10")
    program(second, "python3.11", "echo 11")
    program(second, "python3.12", "echo 12")
    program(second, "python3.14", "echo 13")
    (second / "python3.15").write_text("no program")

    assert pythons([first, second, tmp_path / "none"], oldest=11) == {
        "3.11": first / "python3.11",
        "3.12": second / "python3.12",
    }


def test_the_python_that_runs_the_tests_would_be_found(tmp_path: Path) -> None:
    minor = sys.version_info[1]
    os.symlink(sys.executable, tmp_path / f"python3.{minor}")
    assert list(pythons([tmp_path], oldest=minor)) == [f"3.{minor}"]


def test_the_oldest_python_is_the_project_s() -> None:
    assert oldest_python(SETTINGS) == 11  # type: ignore[arg-type]


def test_versions_that_are_not_locked_ones_are_told_with_the_locked() -> None:
    lock = [
        Locked("click", "8.5", "", 1),
        Locked("numpy", "2.4", "python_full_version < '3.12'", 1),
        Locked("numpy", "2.5", "python_full_version >= '3.12'", 1),
        Locked("rich", "15.0", "", 1),
    ]
    assert different({"rich": "15.0", "numpy": "2.5", "click": "8.1.7"}, lock) == ["click 8.1.7 (8.5)"]
    assert different({"numpy": "2.1", "extra": "1"}, lock) == ["extra 1 (not locked)", "numpy 2.1 (2.4/2.5)"]


def test_a_lower_bound_that_another_package_does_not_allow_is_told() -> None:
    installed = {"click": "8.4.2", "pyyaml": "6.0.2", "duckdb": "2.0.0"}
    assert not_lowest(installed, SETTINGS) == ["click>=8.1.7 (8.4.2)"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ('<testsuites><testsuite tests="10" failures="1" errors="2" skipped="3"/></testsuites>', (4, 3)),
        ('<testsuites><testsuite tests="0" failures="0" errors="0" skipped="0"/></testsuites>', (0, 1)),
        (None, (0, 1)),
    ],
)
def test_what_passed_is_counted_and_a_run_without_tests_is_no_pass(
    report: str | None, expected: tuple[int, int], tmp_path: Path
) -> None:
    path = tmp_path / "report.xml"
    if report is not None:
        path.write_text(report)
    assert counted(path) == expected


def test_the_table_tells_what_differs_and_how_it_went() -> None:
    told = table(
        [Outcome("3.11-locked", 6302, 0), Outcome("3.12-lowest", 6300, 2, ["click 8.1.7 (8.5)"], ["rich>=13 (14)"])]
    )
    assert told == (
        "environment     passed  failed  differs from the lock\n"
        "3.11-locked       6302       0  nothing\n"
        "3.12-lowest       6300       2  1 versions\n"
        "\n"
        "3.12-lowest, the locked versions in brackets:\n"
        "  click 8.1.7 (8.5)\n"
        "  not tried, another package asks for more: rich>=13 (14)\n"
    )
