"""``billcalc tariffs check``: the shipped library is sound, and what is wrong with another is told with its place."""

import shutil
from pathlib import Path

import pytest

from tests.cli.calling import ROOT, call
from tests.few_tariffs import few_tariffs

LEVIES = Path("cn/guangxi/levies/2023-06.yaml")
TIANJIN = Path("cn/tianjin/levies/2026-08.yaml")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A copy of some tariffs, without the real bills beside it."""
    return Path(shutil.copytree(few_tariffs(), tmp_path / "tariffs"))


def edit(path: Path, old: str, new: str, *, most: int = -1) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, most), encoding="utf-8")


@pytest.mark.no_cover
def test_the_shipped_tariffs_have_no_errors() -> None:
    result = call("tariffs", "check")
    assert (result.exit_code, result.stderr) == (0, "")
    count = len(list((ROOT / "tariffs").rglob("*.yaml")))
    assert result.stdout.splitlines()[-1].startswith(f"{count} documents, 0 errors, ")
    assert result.stdout.endswith(f", in {ROOT / 'tariffs'}\n")
    assert "coverage" not in result.stdout


@pytest.mark.no_cover
def test_coverage_is_told_where_it_is_asked_for() -> None:
    result = call("tariffs", "check", "--coverage")
    assert result.exit_code == 0
    assert "cn/guangxi/levies: coverage: coverage: " in result.stdout


def test_an_error_is_told_with_its_place_and_its_exit_code(library: Path) -> None:
    edit(library / LEVIES, "tags: [levy]", "tags: []", most=1)
    result = call("tariffs", "check", str(library))
    assert (result.exit_code, result.stderr) == (2, "")
    finding, summary = result.stdout.splitlines()[0], result.stdout.splitlines()[-1]
    assert finding.startswith(f"{library / LEVIES}:")
    assert ": error: levy_not_tagged: " in finding
    assert ", 1 errors, " in summary


def test_a_warning_has_an_exit_code_of_its_own_until_the_document_answers_for_it(library: Path) -> None:
    edit(library / TIANJIN, "0.019", "0.19")
    result = call("tariffs", "check", str(library))
    assert (result.exit_code, result.stderr) == (1, "")
    assert ": warning: price_implausible: " in result.stdout
    assert ", 0 errors, 1 warnings" in result.stdout.splitlines()[-1]
    edit(library / TIANJIN, "components:", "acknowledged: {price_implausible: printed so}\ncomponents:")
    assert call("tariffs", "check", str(library)).exit_code == 0


def test_the_real_bills_that_documents_name_are_looked_for_where_they_are_said_to_be(library: Path) -> None:
    (library.parent / "bills").mkdir()
    result = call("tariffs", "check", str(library), "--fixtures", str(library.parent / "bills"))
    assert result.exit_code == 2
    assert ": error: fixture_missing: " in result.stdout


def test_the_real_bills_beside_the_tariffs_are_found(library: Path) -> None:
    (library.parent / "fixtures").mkdir()
    assert ": error: fixture_missing: " in call("tariffs", "check", str(library)).stdout


def test_a_document_that_cannot_be_read_is_told_on_standard_error(library: Path) -> None:
    edit(library / LEVIES, "kind: levies", "kynd: levies")
    result = call("tariffs", "check", str(library))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{library / LEVIES}:")


def test_a_directory_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = call("tariffs", "check", str(tmp_path / "none"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(str(tmp_path / "none"))


def test_the_help_shows_an_example() -> None:
    assert "billcalc tariffs check my-tariffs --coverage" in call("tariffs", "check", "--help").stdout
    assert "check" in call("tariffs", "--help").stdout


def test_the_library_may_be_told_as_to_the_other_commands_and_only_once(tmp_path: Path) -> None:
    library = ROOT / "fixtures" / "bad" / "tariffs" / "price_implausible"
    assert call("tariffs", "check", "--tariffs", str(library)).stdout == call("tariffs", "check", str(library)).stdout
    for lang, said in (("en", "the library is told twice"), ("zh", "电价库写了两次")):
        twice = call("tariffs", "check", str(library), "--tariffs", str(tmp_path), "--lang", lang)
        assert (twice.exit_code, said in twice.stderr) == (2, True)
