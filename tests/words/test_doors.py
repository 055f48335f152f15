"""Whoever asks in a language is answered in it: at the command line, of every bad request and library of the fixtures."""

import re
from pathlib import Path

import pytest

from tests.cli.calling import call
from tests.documents import ROOT
from tests.words.speech import faults_of

BAD = ROOT / "fixtures" / "bad"
REQUESTS = sorted([*(BAD / "requests").glob("*.yaml"), *BAD.glob("*.yaml"), *BAD.glob("*.json")])
LIBRARIES = sorted(path for path in (BAD / "tariffs").iterdir() if path.is_dir())
_PLACE = re.compile(r"^\S+( \(/[^)]*\))?[:：] ?")
_CODE = re.compile(r"\[[a-z_]+\]|: [a-z_]+: ")
_WRITTEN = re.compile(r"“[^”]*”|：[\w, .<>=()-]+$|\b(?:cn|M\d|S\d|T\d|L\d)[\w/-]*|main|home|other|shop")


def faults(text: str, *, chinese: bool) -> list[str]:
    """What of each line does not belong into it; places, codes and what the input has are no words."""
    found = []
    for line in text.splitlines():
        said = _WRITTEN.sub(" ", _CODE.sub(" ", _PLACE.sub("", line)))
        found += [f"{each} in: {line}" for each in faults_of(said, chinese, set())]
    return found


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.name)
def test_a_bad_request_is_answered_in_chinese(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    result = call("bill", path.name, "--lang", "zh")
    assert result.exit_code in (2, 3) or path.stem == "expected"
    assert faults(result.stderr, chinese=True) == []


@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.name)
def test_a_bad_library_is_answered_in_chinese(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD / "tariffs")
    result = call("tariffs", "check", path.name, "--coverage", "--lang", "zh")
    assert faults(result.stdout, chinese=True) == []
