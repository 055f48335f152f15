"""Every command and example of the documentation is run, and prints what the page says."""

import importlib
import os
import pkgutil
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from doctest import DocTestFinder, DocTestRunner
from pathlib import Path

import pytest
from click.testing import Result

import billcalc
from billcalc import Bill, Request, calculate, load_catalog
from billcalc.fields import validated
from billcalc.files.documents import parse_document
from tests.cli.calling import call
from tests.documents import ROOT, Block, Command, blocks_of, commands_of, pages

BLOCKS = [block for page in pages() for block in blocks_of(page)]
COMMANDS = [
    command
    for block in BLOCKS
    if block.language == "console"
    for command in commands_of(block)
    if command.command.startswith("billcalc ") and not command.command.startswith("billcalc serve")
]
ONE_AFTER_THE_OTHER = ("docs/findings.md", "docs/findings.zh-CN.md")
"""Pages whose commands go on from what those before them left."""
SHELL = set(";|&<>")
"""Signs of a command that is more than one of ours."""
REQUESTS = [block for block in BLOCKS if block.label == "request"]
MODULES = [
    module.name for module in pkgutil.walk_packages(billcalc.__path__, "billcalc.") if "__main__" not in module.name
]


def in_a_shell(command: Command, environment: Mapping[str, str]) -> Result | subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    told = {**os.environ, **environment, "PATH": path}
    return subprocess.run(
        ["bash", "-c", command.command], env=told, capture_output=True, text=True, check=False, timeout=60
    )


def in_process(command: Command, environment: Mapping[str, str]) -> Result | subprocess.CompletedProcess[str]:
    """One command of ours alone, without the second that a process takes to start."""
    _, *arguments = shlex.split(command.command.replace("$OUT", environment["OUT"]))
    return call(*arguments, env=environment)


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "command",
    [command for command in COMMANDS if command.page not in ONE_AFTER_THE_OTHER],
    ids=lambda command: f"{command.page}:{command.line}",
)
def test_a_command_prints_what_its_page_says(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    hold_to_page(command, tmp_path)


@pytest.mark.no_cover
@pytest.mark.parametrize("page", ONE_AFTER_THE_OTHER)
def test_the_commands_of_a_page_print_what_it_says_one_after_the_other(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    for command in COMMANDS:
        if command.page == page:
            hold_to_page(command, tmp_path)


def hold_to_page(command: Command, tmp_path: Path) -> None:
    environment = {"LC_ALL": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "120", "OUT": str(tmp_path)}
    run = in_a_shell if SHELL & set(command.command) else in_process
    result = run(command, environment)
    printed = result.stdout + result.stderr
    pattern = re.escape(command.output.strip()).replace("…", ".*")
    assert re.fullmatch(pattern, printed.strip(), re.DOTALL), f"{command.page}:{command.line} prints\n{printed}"


@pytest.mark.parametrize("block", REQUESTS, ids=lambda block: f"{block.page}:{block.line}")
def test_a_request_of_the_documentation_is_billed(block: Block) -> None:
    document = parse_document(block.text, name=block.page + "." + block.language)
    request = validated(Request, document.data, where=document.where)

    assert isinstance(calculate(request, load_catalog(areas=[request.area])), Bill)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_docstring_run(name: str) -> None:
    module = importlib.import_module(name)
    runner = DocTestRunner()
    for test in DocTestFinder(exclude_empty=True).find(module, name):
        if test.examples:  # to run what has none takes as long: the debugger of each run looks at every file there is
            runner.run(test)

    assert runner.failures == 0


def test_the_tree_of_the_architecture_names_each_package() -> None:
    tree = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("## Layers")[2]
    packages = {folder.parent.name for folder in (ROOT / "src" / "billcalc").glob("*/__init__.py")}
    assert {name for name in packages if not re.search(rf"^ +(\w+/ +)?{name}/", tree, re.MULTILINE)} == set()
