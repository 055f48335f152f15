"""Calls of the command line, in process: what it printed where, and how it ended."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from billcalc.cli import main

ROOT = Path(__file__).parents[2]
P1 = str(ROOT / "fixtures" / "official" / "guangxi-2024-06-p1" / "request.yaml")
NOWHERE: Mapping[str, str | None] = {"LC_ALL": None, "LC_MESSAGES": None, "LANG": None, "NO_COLOR": None}
"""An environment that tells no language."""


def call(*arguments: str, given: str | bytes = "", color: bool = False, env: Mapping[str, str] | None = None) -> Result:
    """Call ``billcalc``; an exception that is not an exit fails the test."""
    runner = CliRunner(env={**NOWHERE, **(env or {})})
    result = runner.invoke(main, arguments, input=given, color=color, prog_name="billcalc", catch_exceptions=False)
    assert "Traceback" not in result.output
    return result


def data_of(result: Result) -> dict[str, Any]:
    """The JSON on standard output."""
    data: dict[str, Any] = json.loads(result.stdout_bytes)
    return data
