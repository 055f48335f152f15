"""``billcalc claim``: published answers, its files, its faults."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from python_calamine import CalamineWorkbook

from billcalc.files.documents import read_document
from billcalc.wire.claims import claims_schema
from tests.cli.calling import call, data_of
from tests.documents import ROOT

PUBLISHED = ROOT / "fixtures/published"
CASES = sorted(path.parent for path in PUBLISHED.glob("*/claim.yaml"))
BUILDING_SITE = str(PUBLISHED / "temporary-5336/claim.yaml")
BAD = ROOT / "fixtures/bad/claims"
EXPECTED: Any = read_document(str(BAD / "expected.yaml")).data


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_published_claim_comes_to_what_was_published(folder: Path) -> None:
    expected: Any = read_document(str(folder / "expected_claim.yaml")).data
    data = data_of(call("claim", str(folder / "claim.yaml"), "--format", "json"))

    Draft202012Validator(claims_schema()).validate(data)
    assert sorted(line["amount"] for line in data["lines"]) == sorted(expected["amounts"])
    assert data["total"] == expected["total"]


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("en", ("Statement of claims", "(8 kW × 16 + 8.5 kW × 16 + 0.2 kW × 14) × 20 = 5336 kWh", "3564.51")),
        ("zh", ("电费违约金及违约使用电费计算单", "5336 千瓦时 × 0.641 元/千瓦时 = 3420.38 元", "无表用电 1")),
    ],
)
def test_a_statement_tells_how_each_amount_comes_about(lang: str, texts: tuple[str, ...]) -> None:
    result = call("claim", BUILDING_SITE, "--lang", lang)
    assert result.exit_code == 0
    assert all(text in result.stdout for text in texts)


def test_a_statement_names_its_account_and_the_days_of_its_fees() -> None:
    told = (
        "case: K1\naccount: A-1\nfound: 2009-01-31\n"
        "debts:\n- {owed: 900, due: 2008-12-21, paid: 2009-01-15, customer: other}\n"
        "breaches:\n- {act: own_source, capacity: 1}\n"
    )
    text = call("claim", "-", "--lang", "en", given=told).stdout
    assert "account: A-1" in text
    assert "2008-12-22 to 2008-12-31" in text
    assert "found on: 2009-01-31" in text


def test_the_files_are_in_chinese_unless_english_is_asked_for(tmp_path: Path) -> None:
    page, book = tmp_path / "claims.html", tmp_path / "claims.xlsx"
    assert call("claim", BUILDING_SITE, "--format", "html", "--out", str(page), "--lang", "en").exit_code == 0
    assert call("claim", BUILDING_SITE, "--format", "xlsx", "--out", str(book)).exit_code == 0
    assert "Statement of claims" in page.read_text(encoding="utf-8")
    assert CalamineWorkbook.from_filelike(BytesIO(book.read_bytes())).sheet_names == ["电费违约金及违约使用电费计算单"]


def test_an_output_goes_with_its_format_and_harms_no_input(tmp_path: Path) -> None:
    assert call("claim", BUILDING_SITE, "--format", "html").exit_code == 2
    case = tmp_path / "case.yaml"
    case.write_text("case: K1\n", encoding="utf-8")
    assert "output_clashes" in call("claim", str(case), "--format", "html", "--out", str(case), "--lang", "en").stderr


@pytest.mark.parametrize("name", EXPECTED)
def test_a_wrong_case_is_told_what_is_wrong(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD)
    result = call("claim", f"{name}.yaml", "--lang", "en")

    assert (result.exit_code, " ".join(result.stderr.split())) == (2, " ".join(EXPECTED[name].split()))


def test_every_wrong_case_has_its_message() -> None:
    assert set(EXPECTED) == {path.stem for path in BAD.glob("*.yaml")} - {"expected"}
