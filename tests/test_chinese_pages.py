"""A Chinese page says what the English one says: it has its headings, examples, tables and codes, so that neither ages."""

import re
from pathlib import Path

import pytest

from billcalc.words.lexicon import CHINESE
from tests.documents import ROOT, Block, blocks_of

PAGES = (
    "requests",
    "conventions",
    "metering",
    "compare",
    "tariffs",
    "notices",
    "rebill",
    "claims",
    "findings",
    "advise",
    "simulate",
    "tiers",
)
PAGE = pytest.mark.parametrize("name", PAGES)
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def both(name: str) -> tuple[Path, Path]:
    return ROOT / "docs" / f"{name}.md", ROOT / "docs" / f"{name}.zh-CN.md"


def prose(page: Path) -> str:
    return _FENCED.sub("", page.read_text(encoding="utf-8"))


def example(block: Block) -> tuple[str, str, str]:
    """What an example is, without the comments of its language, and of a command without what it prints."""
    text = re.sub(r" *# .*$", "", block.text, flags=re.MULTILINE)
    if block.language == "console":
        commands = [line for line in block.text.splitlines() if line.startswith("$ ")]
        text = "\n".join(re.sub(r" --lang (en|zh)\b", "", line) for line in commands)
    return block.language, block.label, text


@PAGE
def test_it_has_the_headings_of_the_english_page_in_their_order(name: str) -> None:
    english, chinese = (re.findall(r"^(#+) (.*)$", prose(page), re.MULTILINE) for page in both(name))
    assert [level for level, _ in chinese] == [level for level, _ in english]
    for (_, ours), (_, theirs) in zip(english, chinese, strict=True):
        assert _SPAN.findall(theirs) == _SPAN.findall(ours)
        assert _CHINESE.search(theirs) or theirs == ours


@PAGE
def test_it_has_the_examples_of_the_english_page_in_their_order(name: str) -> None:
    english, chinese = ([example(block) for block in blocks_of(page)] for page in both(name))
    assert chinese == english


@PAGE
def test_its_commands_are_asked_in_chinese(name: str) -> None:
    for block in blocks_of(both(name)[1]):
        if block.language == "console":
            assert all("--lang zh" in line for line in block.text.splitlines() if line.startswith("$ "))


@PAGE
def test_its_tables_have_the_rows_of_the_english_ones(name: str) -> None:
    english, chinese = (
        [len(table.splitlines()) for table in re.findall(r"(?:^\|.*\n)+", prose(page), re.MULTILINE)]
        for page in both(name)
    )
    assert chinese == english


@PAGE
def test_it_names_every_code_that_the_english_page_names(name: str) -> None:
    english, chinese = (set(_SPAN.findall(prose(page))) for page in both(name))
    codes = {each for each in english if re.fullmatch(r"[a-z_0-9.]+|--[a-z-]+|[A-Z]\w*(\.\w+)*", each)}
    assert codes - chinese == set()


def test_the_conventions_are_called_as_bills_call_them() -> None:
    rows = re.findall(r"^\| (\[?`.*?) \| (.*?) \|", prose(both("conventions")[1]), re.MULTILINE)
    named = {key: name for keys, name in rows for key in _SPAN.findall(keys) if key in CHINESE.conventions}
    said = {
        key: name
        for keys, name in rows
        for key, name in zip(_SPAN.findall(keys), name.split("；"), strict=True)
        if key in CHINESE.conventions
    }
    assert said == {key: CHINESE.conventions[key] for key in said}
    assert set(named) == {key for key in CHINESE.conventions if not key.startswith("price_by.")}
