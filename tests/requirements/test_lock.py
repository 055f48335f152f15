"""What is installed is locked: every dependency, within its range, with hashes, and nothing past the lock."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from requirements.locked import HERE, Locked, canonical, locked
from tests.documents import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, GROUPS = SETTINGS["project"], SETTINGS["dependency-groups"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = {path.stem: locked(path.read_text(encoding="utf-8")) for path in HERE.glob("*.txt")}
HASH = f"--hash=sha256:{'0' * 64}"


def asked(*lists: Iterable[str]) -> set[str]:
    """What some lists ask for, those of the extras that they name too."""
    found: set[str] = set()
    for text in (text for told in lists for text in told):
        requirement = Requirement(text)
        extras = [EXTRAS[extra] for extra in requirement.extras] if requirement.name == PROJECT["name"] else []
        found |= asked(*extras) if extras else {text}
    return found


ASKED = {
    "base": asked(PROJECT["dependencies"], GROUPS["build"]),
    "api": asked(PROJECT["dependencies"], EXTRAS["api"], GROUPS["build"]),
    "dev": asked(PROJECT["dependencies"], *(each for name, each in EXTRAS.items() if name != "spark"), GROUPS["build"]),
    "cluster": asked(PROJECT["dependencies"], EXTRAS["spark"], GROUPS["build"], GROUPS["cluster"]),
    "browser": asked(GROUPS["browser"]),
    "clients": asked(GROUPS["clients"]),
    "tools": asked(GROUPS["tools"]),
}


def test_there_is_a_lock_for_each_use_and_no_other() -> None:
    assert set(LOCKS) == set(ASKED)


@pytest.mark.parametrize("lock", ASKED)
def test_every_dependency_is_locked_within_its_range(lock: str) -> None:
    missing = [text for text in ASKED[lock] if not satisfied(Requirement(text), LOCKS[lock])]
    assert missing == [], "run: make lock"


def satisfied(asked: Requirement, lock: Iterable[Locked]) -> bool:
    versions = [each.version for each in lock if each.name == canonical(asked.name)]
    return bool(versions) and all(asked.specifier.contains(version, prereleases=True) for version in versions)


@pytest.mark.parametrize("lock", ASKED)
def test_every_locked_package_has_hashes(lock: str) -> None:
    assert LOCKS[lock]
    assert [each.name for each in LOCKS[lock] if each.hashes == 0] == []


def test_no_two_locks_disagree() -> None:
    everything = {(each.name, each.version) for each in LOCKS["dev"]}
    for lock in ("base", "api"):
        assert {(each.name, each.version) for each in LOCKS[lock]} <= everything, "run: make lock"
    shared = {each.name for each in LOCKS["dev"]}  # the packages of the browser are installed beside these
    assert {(each.name, each.version) for each in LOCKS["browser"] if each.name in shared} <= everything


@pytest.mark.parametrize(
    "line",
    [
        "click",
        "click>=8",
        "click @ https://example.org/click.whl",
        "--index-url https://example.org/simple",
        "-e .",
        f"click==8.1 \\\n    {HASH} \\\n    --find-links x",
    ],
)
def test_a_line_that_is_no_locked_package_is_found(line: str) -> None:
    with pytest.raises(ValueError, match="no locked package"):
        locked(f"# a lock\nrich==13.0 \\\n    {HASH}\n{line}\n")


def test_an_entry_tells_its_version_its_marker_and_its_hashes() -> None:
    text = f"# by make lock\ncolorama==0.4.6 ; sys_platform == 'win32' \\\n    {HASH} \\\n    {HASH}\nrich==13.0\n"
    assert locked(text) == [
        Locked("colorama", "0.4.6", "sys_platform == 'win32'", 2),
        Locked("rich", "13.0", "", 0),
    ]


def test_what_builds_the_package_is_locked_too() -> None:
    assert SETTINGS["build-system"]["requires"] == GROUPS["build"]


@pytest.mark.parametrize("text", sorted(set().union(*ASKED.values())))
def test_every_range_has_both_ends(text: str) -> None:
    assert {each.operator for each in Requirement(text).specifier} == {">=", "<"}


def test_what_is_imported_is_asked_for() -> None:
    names = {canonical(Requirement(text).name) for text in asked(PROJECT["dependencies"], *EXTRAS.values())}
    names |= {"billcalc", "pydantic-core"}  # pydantic asks for exactly one version of its core
    sold = packages_distributions()
    imported = {
        module
        for path in [*ROOT.glob("src/**/*.py"), *ROOT.glob("api/**/*.py"), *ROOT.glob("requirements/*.py")]
        for module in imports_of(path)
        if module not in sys.stdlib_module_names
        and module not in {"billcalc", "billcalc_api", "billcalc_pages", "requirements"}
    }
    assert {module for module in imported if not {canonical(each) for each in sold[module]} & names} == set()


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("page", ["Makefile", "api/Dockerfile", ".ci/run"])
def test_whatever_installs_takes_the_lock_or_nothing(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    installs = re.findall(r"(?:pip install|\$\(INSTALL\)) (.*)", text)
    assert installs or page == ".ci/run"
    for options in installs:
        assert "--require-hashes" in options or "--no-deps --no-build-isolation" in options


def test_the_documentation_installs_the_checkout_itself() -> None:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        if page.name != "CHANGELOG.md":
            copied = re.findall(r"pip install '?\.", page.read_text(encoding="utf-8"))
            assert copied == [], f"{page.name}: pip install -e"


def test_the_oldest_python_is_the_first_that_was_tried() -> None:
    tried = [told.rpartition(" ")[2] for told in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", told)]
    assert tried
    assert PROJECT["requires-python"] == f">={tried[0]}"
