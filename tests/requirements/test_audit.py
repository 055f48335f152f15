"""The audit: one question, an answer in time, and never a silent pass."""

import json
import time
from http.client import BadStatusLine
from typing import Any

import pytest

from requirements import audit as module
from requirements.audit import audit, main
from requirements.locked import Locked

CLICK, RICH = Locked("click", "8.1.0", "", 1), Locked("rich", "13.0.0", "", 1)


def answering(results: Any) -> Any:
    return lambda question: json.dumps({"results": results}).encode()


def test_every_package_is_asked_about_in_one_question() -> None:
    asked: list[Any] = []

    def ask(question: bytes) -> bytes:
        asked.append(json.loads(question))
        return json.dumps({"results": [{}, {"vulns": [{"id": "PYSEC-1"}, {"id": "GHSA-2"}]}]}).encode()

    assert audit([CLICK, RICH], ask) == {RICH: ["PYSEC-1", "GHSA-2"]}
    assert asked == [
        {
            "queries": [
                {"package": {"name": "click", "ecosystem": "PyPI"}, "version": "8.1.0"},
                {"package": {"name": "rich", "ecosystem": "PyPI"}, "version": "13.0.0"},
            ]
        }
    ]


@pytest.mark.parametrize("answer", [b"", b"<html>", b"{}", b"[]", b'{"results": [{}]}', b'{"results": [1, 2]}'])
def test_an_answer_that_is_none_is_not_taken_for_a_pass(answer: bytes) -> None:
    with pytest.raises(OSError, match="not of the expected form"):
        audit([CLICK, RICH], lambda question: answer)


def test_a_database_that_does_not_answer_is_waited_for_no_longer_than_the_limit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def hanging(question: bytes) -> bytes:
        time.sleep(3)
        return b""

    monkeypatch.setattr(module, "SECONDS_MAX", 0.1)
    started = time.monotonic()

    assert main(hanging) == 0
    assert time.monotonic() - started < 2
    assert "NOT DONE" in capsys.readouterr().out


@pytest.mark.parametrize("error", [OSError("no route"), BadStatusLine("no route")])
def test_a_database_that_cannot_be_reached_is_told_and_passes(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(question: bytes) -> bytes:
        raise error

    assert main(failing) == 0
    told = capsys.readouterr().out
    assert told.startswith("audit: NOT DONE, the database of vulnerabilities cannot be reached: ")
    assert "no route" in told


def test_what_is_known_against_a_version_fails_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    def ask(question: bytes) -> bytes:
        queries = json.loads(question)["queries"]
        return json.dumps(
            {"results": [{"vulns": [{"id": "PYSEC-1"}]} if q["package"]["name"] == "click" else {} for q in queries]}
        ).encode()

    assert main(ask) == 1
    told = capsys.readouterr().out
    assert "audit: click " in told
    assert "PYSEC-1" in told
    assert "make lock UPGRADE=--upgrade" in told


def test_nothing_known_is_said_with_the_number_of_versions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(lambda question: json.dumps({"results": [{} for _ in json.loads(question)["queries"]]}).encode()) == 0
    assert capsys.readouterr().out.startswith("audit: nothing is known against the ")
