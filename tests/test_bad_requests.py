"""Requests that are well formed and wrong: each says where, what, and what to do."""

from pathlib import Path
from typing import Any

import pytest

from billcalc.files.documents import read_document
from tests.cli.calling import call
from tests.documents import ROOT

FOLDER = ROOT / "fixtures/bad/requests"
EXPECTED: Any = read_document(str(FOLDER / "expected.yaml")).data


@pytest.mark.parametrize("name", EXPECTED)
def test_a_wrong_request_is_told_what_is_wrong(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)

    result = call("bill", f"{name}.yaml", "--lang", "en")

    assert (str(result.exit_code), " ".join(result.stderr.split())) == (
        EXPECTED[name]["exit"],
        " ".join(EXPECTED[name]["message"].split()),
    )


def test_every_wrong_request_has_its_message() -> None:
    assert set(EXPECTED) == {Path(path).stem for path in FOLDER.glob("*.yaml")} - {"expected"}
