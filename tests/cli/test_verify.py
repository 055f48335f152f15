"""``billcalc verify`` says what does not hold in a bill, in the reader's language, and ends with the code for it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from billcalc.cli import main

REQUEST = Path(__file__).parents[2] / "fixtures" / "official" / "gansu-refund" / "request.yaml"
ISSUED = REQUEST.parents[2] / "issued" / "gansu-refund.yaml"


@pytest.fixture(scope="module")
def sealed() -> str:
    return CliRunner().invoke(main, ["bill", str(REQUEST), "--format", "json", "--proof"]).output


def test_a_bill_that_holds_ends_with_zero(sealed: str) -> None:
    result = CliRunner().invoke(main, ["verify", "-", "--lang", "zh"], input=sealed)
    assert (result.exit_code, result.output) == (0, "每个数都已核验，全部成立。\n")


def test_one_that_does_not_ends_with_one(sealed: str) -> None:
    changed = json.dumps({**json.loads(sealed), "evidence": "official_text"})
    result = CliRunner().invoke(main, ["verify", "-", "--lang", "en"], input=changed)
    assert result.exit_code == 1
    assert "WRONG  /seal: it was changed after it was sealed" in result.output


def test_programs_get_data(sealed: str) -> None:
    changed = json.dumps({**json.loads(sealed), "kind": "refusal"})
    result = CliRunner().invoke(main, ["verify", "-", "--format", "json", "--lang", "zh"], input=changed)
    finding = {
        "where": "/kind",
        "code": "not_kind",
        "message": "只核验电费单、比对和差异原因，而这是 refusal",
        "is_open": False,
    }
    assert json.loads(result.output) == {"kind": "verification", "findings": [finding]}
    result = CliRunner().invoke(main, ["verify", "-", "--format", "json"], input=changed)
    assert (
        json.loads(result.output)["findings"][0]["message"]
        == "a bill, a comparison or a diagnosis is verified, and this is refusal"
    )


def test_what_is_no_json_is_told_with_its_place() -> None:
    result = CliRunner().invoke(main, ["verify", "-", "--lang", "en"], input='{"kind": }')
    assert result.exit_code == 2
    assert "1:10" in result.output


@pytest.mark.parametrize("more", [["--no-derivation", "--format", "json"], []])
def test_a_proof_needs_its_steps(more: list[str]) -> None:
    result = CliRunner().invoke(main, ["bill", str(REQUEST), "--proof", *more])
    assert result.exit_code == 2
    assert "--proof needs --format json and the derivation" in result.output


@pytest.mark.parametrize("command", ["compare", "diagnose"])
def test_a_proof_is_json(command: str) -> None:
    result = CliRunner().invoke(main, [command, str(REQUEST), str(ISSUED), "--proof"])
    assert result.exit_code == 2
    assert "--proof needs --format json" in result.output


@pytest.mark.parametrize("command", ["compare", "diagnose"])
def test_what_was_found_of_an_issued_bill_is_verified(command: str) -> None:
    made = CliRunner().invoke(main, [command, str(REQUEST), str(ISSUED), "--format", "json", "--proof"])
    result = CliRunner().invoke(main, ["verify", "-", "--format", "json"], input=made.stdout)
    assert (result.exit_code, json.loads(result.output)["kind"]) == (0, "verification")
