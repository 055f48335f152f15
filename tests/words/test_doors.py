"""Whoever asks in a language is answered in it: at the command line, of every bad request and library of the fixtures."""

import csv
import re
from pathlib import Path

import pytest

from billcalc.files.documents import read_document
from billcalc.kernel.troubles import InvalidInput
from tests.api.calling import Caller, request_data
from tests.api.calling import service as new_service
from tests.cli.calling import call
from tests.documents import ROOT
from tests.runs.test_batches import KWH, TEMPLATE
from tests.words.speech import CHINESE, faults_of

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


BOTH = pytest.mark.parametrize("lang", ["zh", "en"])


@BOTH
@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.name)
def test_a_bad_request_is_answered_in_the_language_asked(
    path: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    result = call("bill", path.name, "--lang", lang)
    assert result.exit_code in (2, 3) or path.stem == "expected"
    assert faults(result.stderr, chinese=lang == "zh") == []


@BOTH
@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.name)
def test_a_bad_library_is_answered_in_the_language_asked(
    path: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(BAD / "tariffs")
    result = call("tariffs", "check", path.name, "--coverage", "--lang", lang)
    assert faults(result.stdout.replace(f"in {path.name}", "in it"), chinese=lang == "zh") == []


@BOTH
def test_the_service_answers_bad_requests_in_the_language_asked(service: Caller, lang: str) -> None:
    asked = 0
    for path in REQUESTS:
        try:
            data = read_document(str(path)).data
        except InvalidInput:
            continue  # what cannot be read as data is no body of the service
        answer = service("POST", f"/v1/bills?lang={lang}", json=data)
        told = answer.json()
        if answer.status_code == 200:
            continue
        asked += 1
        said = [told["title"], *(each["message"] for each in told.get("faults", [{"message": told["detail"]}]))]
        assert [each for text in said for each in faults(f"x: {text}", chinese=lang == "zh")] == [], path.name
    assert asked > len(REQUESTS) // 2


@BOTH
def test_the_service_bills_compares_and_diagnoses_in_the_language_asked(service: Caller, lang: str) -> None:
    issued = {"lines": [], "total": "1629271.00"}
    bill = service("POST", f"/v1/bills?lang={lang}", json=request_data()).json()
    assert bool(CHINESE.search(bill["problems"][0]["message"])) == (lang == "zh")
    for path in ("compare", "diagnose"):
        body = {"request": request_data(), "issued": issued}
        assert service("POST", f"/v1/bills:{path}?lang={lang}", json=body).status_code == 200


@pytest.fixture(scope="module")
def service() -> Caller:
    return new_service()


@BOTH
def test_rows_that_are_not_billed_are_told_in_the_language_asked(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("template.yaml").write_text(TEMPLATE)
    Path("in.csv").write_text(f"account,{KWH}\n11,1e5\n12,-1\n,3\n13,100\n13,100\n14,1,2\n15,{'9' * 40}\n")
    Path("issued.csv").write_text("account,code,amount\n13,purchase,1.005\n13,levies,\n,levies,1\n16,levies,x\n")
    options = ("--template", "template.yaml", "--lang", lang)
    assert call("batch", "in.csv", "--out", "out.csv", *options).exit_code == 1
    bulk = ("compare", "--bulk", "issued.csv", "--requests", "in.csv", "--out", "d.csv")
    assert call(*bulk, *options).exit_code == 1
    for name in ("out.csv.rejects.csv", "d.csv.rejects.csv"):
        rows = list(csv.DictReader(Path(name).read_text(encoding="utf-8").splitlines()))
        assert len(rows) >= 6
        for row in rows:
            assert faults(f"x: {row['message']}", chinese=lang == "zh") == [], row
