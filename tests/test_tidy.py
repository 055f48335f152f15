"""The rules of tests/tidy.py: the repository keeps them, and each of them finds its breach."""

from collections.abc import Iterable

import pytest

from tests import tidy

CORE_PATH = "src/billcalc/billing/charges/basic/rule.py"


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return tidy.repository_texts()


@pytest.fixture(scope="module")
def code(texts: dict[str, str]) -> dict[str, str]:
    return {path: text for path, text in texts.items() if tidy.is_code(path)}


def expect_none(findings: Iterable[tidy.Finding]) -> None:
    if report := "\n".join(str(finding) for finding in findings):
        pytest.fail(report, pytrace=False)


def test_the_core_is_pure(code: dict[str, str]) -> None:
    core = {path: text for path, text in code.items() if path.startswith(tidy.core_prefixes())}
    assert core, "the list of the core in pyproject.toml names nothing that exists"
    expect_none(finding for path, text in core.items() for finding in tidy.core_findings(path, text))


def test_files_and_functions_are_short(code: dict[str, str]) -> None:
    expect_none(finding for path, text in code.items() for finding in tidy.size_findings(path, text))


def test_modules_are_named_after_what_they_hold(code: dict[str, str]) -> None:
    expect_none(finding for path in code for finding in tidy.name_findings(path))


def test_public_modules_say_what_they_are_for(code: dict[str, str]) -> None:
    shipped = {path: text for path, text in code.items() if path.startswith(("src/", "api/"))}
    expect_none(finding for path, text in shipped.items() for finding in tidy.docstring_findings(path, text))


def test_no_text_names_a_place_outside_the_repository(texts: dict[str, str]) -> None:
    expect_none(finding for path, text in texts.items() for finding in tidy.text_findings(path, text))


@pytest.mark.parametrize(
    ("snippet", "what"),
    [
        ("rate = 0.1", "the float 0.1"),
        ("turn = 1j", "the float 1j"),
        ("rate = float('0.1')", "a call of float()"),
        ("fen = round(yuan, 2)", "a call of round()"),
        ("print(total)", "a call of print()"),
        ("text = open(path)", "a call of open()"),
        ("start = datetime.now(UTC)", "the attribute .now"),
        ("start = date.today()", "the attribute .today"),
        ("clock = datetime.utcnow", "the attribute .utcnow"),
        ("fen = yuan.quantize(CENT)", "a call of .quantize()"),
    ],
)
def test_each_ban_of_the_core_finds_its_breach(snippet: str, what: str) -> None:
    [finding] = tidy.core_findings(CORE_PATH, f"\n{snippet}")
    assert (finding.path, finding.line, finding.what) == (CORE_PATH, 2, what)


def test_the_kernel_may_quantize() -> None:
    assert not list(tidy.core_findings("src/billcalc/kernel/numbers.py", "fen = yuan.quantize(CENT)"))


@pytest.mark.parametrize("innocent", ["share = 1", "isinstance(value, float)", "base.round(step)", "'today'"])
def test_the_core_may_do_what_only_looks_alike(innocent: str) -> None:
    assert not list(tidy.core_findings(CORE_PATH, innocent))


@pytest.mark.parametrize("keyword", ["def", "async def"])
def test_a_function_of_61_lines_is_too_long(keyword: str) -> None:
    longest = f"{keyword} bill():\n" + "    pass\n" * (tidy.FUNCTION_LINES_MAX - 1)
    assert not list(tidy.size_findings(CORE_PATH, longest))
    [finding] = tidy.size_findings(CORE_PATH, longest + "    pass\n")
    assert finding.what == "bill has 61 lines"


def test_a_file_of_401_lines_is_too_long() -> None:
    longest = "pass\n" * tidy.FILE_LINES_MAX
    assert not list(tidy.size_findings(CORE_PATH, longest))
    [finding] = tidy.size_findings(CORE_PATH, longest + "pass\n")
    assert finding.what == "a file of 401 lines"


@pytest.mark.parametrize("path", ["src/billcalc/utils.py", "tests/helpers/bills.py", "bench/common.py", "api/misc.py"])
def test_a_name_that_says_nothing_is_found(path: str) -> None:
    [finding] = tidy.name_findings(path)
    assert finding.path == path


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("src/billcalc/losses.py", "IRON = 1", True),
        ("src/billcalc/bands/__init__.py", "from billcalc.bands.day import Day", True),
        ("src/billcalc/bands/__init__.py", "", False),
        ("src/billcalc/losses.py", '"""Transformer losses."""', False),
        ("src/billcalc/_version.py", "IRON = 1", False),
    ],
)
def test_a_public_module_needs_a_docstring(path: str, text: str, found: bool) -> None:
    assert bool(list(tidy.docstring_findings(path, text))) == found


SLASH = "/"  # put in at run time, so that this file does not break the rule it tests


@pytest.mark.parametrize("text", [f"cd {SLASH}work/main", f'"{SLASH}work"', f"see ..{SLASH}shared/rules.md"])
def test_a_place_outside_the_repository_is_found(text: str) -> None:
    [finding] = tidy.text_findings("README.md", text)
    assert finding.line == 1


@pytest.mark.parametrize("text", ["how we/work together", "https://example.org/work/1", "docs/work", "./working"])
def test_other_paths_are_left_alone(text: str) -> None:
    assert not list(tidy.text_findings("README.md", text))


def test_a_finding_says_where_what_and_what_to_do_instead() -> None:
    finding = tidy.Finding("src/a.py", 3, "a call of print()", "return a value")
    assert str(finding) == "src/a.py:3: a call of print(); return a value"
