"""The curl examples of docs/api.md are run against a real service and print what the page says."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.calling import ROOT
from tests.api.live import Live, running

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
COMMANDS = [
    (command, output)
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    if "curl " in command
]


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    with running() as service:
        yield service


def test_the_page_shows_every_operation() -> None:
    assert len(COMMANDS) >= 9


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
@pytest.mark.parametrize(("command", "output"), COMMANDS)
def test_an_example_prints_what_the_page_says(live: Live, command: str, output: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        ["bash", "-c", command.replace("http://127.0.0.1:8000", live.url)],
        cwd=ROOT, env={**os.environ, "PATH": path, "NO_PROXY": "*"}, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    pattern = re.escape(output.strip()).replace("…", ".*")

    assert re.fullmatch(pattern, result.stdout.strip(), re.DOTALL), result.stdout[:2000]
