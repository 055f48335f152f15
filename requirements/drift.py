"""``make drift``: would other versions do? The tests, with each end of the ranges, on every Python at hand.

    make drift                          the whole suite
    make drift TESTS="tests/kernel tests/files"

Each environment is made in .drift/, and the table at the end says what in it differs from the lock.
"""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from requirements.locked import HERE, Locked, canonical, locked

__all__ = ["Outcome", "counted", "different", "main", "not_lowest", "oldest_python", "pythons", "table"]

ROOT = HERE.parent
WHERE = ROOT / ".drift"
UV = ROOT / ".venv-tools" / "bin" / "uv"
ENDS = {"newest": "highest", "lowest": "lowest-direct"}
"""What an end of the ranges is called, by us and by uv; ``locked`` is the third of the environments."""

_BOUND = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?>=([0-9.]+)")
_NAME = re.compile(r"python3\.(\d+)")


class Outcome(NamedTuple):
    """How the tests went in one environment.

    Attributes:
        differing: the versions that are not the locked ones, each with the locked one.
        unreached: lowest versions that pyproject.toml allows and another package does not, so they were not tried.
    """

    environment: str
    passed: int
    failed: int
    differing: Sequence[str] = ()
    unreached: Sequence[str] = ()


def oldest_python(settings: Mapping[str, dict[str, str]]) -> int:
    """The minor version of the oldest Python 3 that the project takes."""
    return int(settings["project"]["requires-python"].removeprefix(">=3."))


def pythons(directories: Iterable[Path], *, oldest: int) -> dict[str, Path]:
    """One program for each minor version of Python: the first that is found and answers."""
    found: dict[int, Path] = {}
    for directory in directories:
        for program in sorted(directory.glob("python3.*")):
            name = _NAME.fullmatch(program.name)
            if (
                name is not None
                and (minor := int(name[1])) >= oldest
                and minor not in found
                and _answers(program, minor)
            ):
                found[minor] = program
    return {f"3.{minor}": found[minor] for minor in sorted(found)}


def _answers(program: Path, minor: int) -> bool:
    """Whether it runs, and with what a virtual environment needs; a shim may stand for a Python that is not chosen."""
    asked = "import sys, ensurepip, sqlite3, ssl, zlib; print(sys.version_info[1])"
    try:
        told = subprocess.run([program, "-c", asked], capture_output=True, text=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.stdout.strip() == str(minor)


def _directories() -> Iterator[Path]:
    """Where Pythons are: the search path, and the versions that pyenv keeps."""
    yield from map(Path, filter(None, os.environ.get("PATH", "").split(os.pathsep)))
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from sorted(kept.glob("3.*/bin"), reverse=True)


def different(installed: Mapping[str, str], lock: Iterable[Locked]) -> list[str]:
    """What is installed in another version than a locked one, or is not locked at all."""
    versions: dict[str, list[str]] = {}
    for each in lock:
        versions.setdefault(each.name, []).append(each.version)
    return [
        f"{name} {version} ({'/'.join(versions.get(name, ['not locked']))})"
        for name, version in sorted(installed.items())
        if version not in versions.get(name, ())
    ]


def not_lowest(installed: Mapping[str, str], settings: Mapping[str, dict[str, object]]) -> list[str]:
    """The lower bounds of what the tests need that were not installed although they were asked for."""
    project: dict[str, object] = settings["project"]
    extras = project["optional-dependencies"]
    assert isinstance(extras, dict)
    asked = [project["dependencies"], *(told for extra, told in extras.items() if extra not in ("dev", "spark"))]
    bounds = [_BOUND.match(each) for told in asked if isinstance(told, list) for each in told]
    return [
        f"{bound[1]}>={bound[2]} ({found})"
        for bound in bounds
        if bound is not None
        and (found := installed[canonical(bound[1])]) != bound[2]
        and _parts(found) != _parts(bound[2])
    ]


def _parts(version: str) -> list[str]:
    """A version without its last zeros: 2.11 is 2.11.0."""
    return re.sub(r"(\.0)+$", "", version).split(".")


def counted(report: Path) -> tuple[int, int]:
    """How many tests passed and how many did not; nothing passed where the run ended before its report."""
    if not report.is_file():
        return 0, 1
    passed = failed = 0
    for suite in ElementTree.parse(report).iter("testsuite"):
        wrong = int(suite.get("failures", "0")) + int(suite.get("errors", "0"))
        failed += wrong
        passed += int(suite.get("tests", "0")) - wrong - int(suite.get("skipped", "0"))
    return passed, failed if passed or failed else 1


def table(outcomes: Sequence[Outcome]) -> str:
    """What differs, and how it went."""
    lines = ["environment     passed  failed  differs from the lock"]
    for each in outcomes:
        told = f"{len(each.differing)} versions" if each.differing else "nothing"
        lines.append(f"{each.environment:<14}{each.passed:>8}{each.failed:>8}  {told}")
    for each in outcomes:
        if each.differing:
            lines += ["", f"{each.environment}, the locked versions in brackets:", f"  {', '.join(each.differing)}"]
        if each.unreached:
            lines += [f"  not tried, another package asks for more: {', '.join(each.unreached)}"]
    return "\n".join(lines) + "\n"


def _tried(
    version: str, python: Path, end: str, tests: Sequence[str], settings: Mapping[str, dict[str, object]]
) -> Outcome:
    """Make one environment and run the tests in it."""
    name = f"{version}-{end}"
    sys.stdout.write(f"\n{name}\n")
    sys.stdout.flush()
    place, asked, report = WHERE / name, WHERE / f"{name}.txt", WHERE / f"{name}.xml"
    report.unlink(missing_ok=True)
    program = place / "bin" / "python"
    lock = HERE / "dev.txt"
    commands: list[list[str | Path]] = [
        [UV, "venv", "--quiet", "--clear", "--python", python, place],
        [UV, "pip", "sync", "--quiet", "--python", program, lock if end == "locked" else asked],
        [UV, "pip", "install", "--quiet", "--python", program, "--no-deps", "--no-build-isolation", "--editable", ROOT],
    ]
    if end in ENDS:
        resolve: list[str | Path] = [
            UV,
            "pip",
            "compile",
            "--quiet",
            "--python",
            python,
            "--extra",
            "test",
            "--group",
            "build",
        ]
        commands.insert(0, [*resolve, "--resolution", ENDS[end], "--output-file", asked, ROOT / "pyproject.toml"])
        asked.unlink(missing_ok=True)
    for command in commands:
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            return Outcome(f"{name} (cannot be made)", 0, 1)
    subprocess.run(
        [program, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *(tests or ["-n", "2"])],
        cwd=ROOT,
        check=False,
    )
    listed = subprocess.run(
        [UV, "pip", "list", "--quiet", "--format", "json", "--python", program], capture_output=True, check=True
    )
    installed = {canonical(each["name"]): each["version"] for each in json.loads(listed.stdout)}
    installed.pop("billcalc")
    return Outcome(
        name,
        *counted(report),
        different(installed, locked(lock.read_text(encoding="utf-8"))),
        not_lowest(installed, settings) if end == "lowest" else (),
    )


def main(tests: Sequence[str]) -> int:
    """Try all of them; 1 where a test failed anywhere."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    WHERE.mkdir(exist_ok=True)
    found = pythons(_directories(), oldest=oldest_python(settings))
    outcomes = [
        _tried(version, python, end, tests, settings) for version, python in found.items() for end in ("locked", *ENDS)
    ]
    sys.stdout.write("\n" + table(outcomes))
    return int(any(each.failed for each in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
