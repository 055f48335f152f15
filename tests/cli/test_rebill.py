"""``billcalc rebill``: published corrections, its files, its faults."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from billcalc.files.documents import read_document
from tests.cli.calling import call, data_of
from tests.documents import ROOT

PUBLISHED = ROOT / "fixtures/published"
CASES = sorted(path.parent for path in PUBLISHED.glob("*/case.yaml"))
SLOW = str(PUBLISHED / "meter-slow-10pct-50000/case.yaml")
BAD = ROOT / "fixtures/bad/cases"
EXPECTED: Any = read_document(str(BAD / "expected.yaml")).data


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_published_correction_comes_to_what_was_published(folder: Path) -> None:
    expected: Any = read_document(str(folder / "expected_correction.yaml")).data
    data = data_of(call("rebill", str(folder / "case.yaml"), "--format", "json"))

    assert Decimal(data["total"]) == Decimal(expected["money"])
    energies = [month["energy"] for month in data["months"] if month["energy"]]
    added = sum(Decimal(kwh) for energy in energies for kwh in energy["added"].values())
    assert added == Decimal(expected.get("added_kwh", "0"))
    if "factor" in expected:
        above, _, below = energies[0]["factor"].partition("/")
        shown = (Decimal(above) / Decimal(below or 1)).quantize(Decimal("0.000001")).normalize()
        assert f"{shown:f}" == expected["factor"]


def test_the_letter_is_in_chinese_unless_english_is_asked_for(tmp_path: Path) -> None:
    for lang, title in (((), "电费退补通知书"), (("--lang", "en"), "Letter of correction")):
        out = tmp_path / "letter.html"
        result = call("rebill", SLOW, "--format", "html", "--out", str(out), *lang, env={"LANG": "en_US.UTF-8"})

        assert (result.exit_code, result.output) == (0, "")
        page = out.read_text(encoding="utf-8")
        assert title in page
        assert '<td class="number">50000.00</td>' in page


def test_a_workbook_has_a_sheet_for_the_letter_and_for_each_bill(tmp_path: Path) -> None:
    out = tmp_path / "letter.xlsx"
    assert call("rebill", SLOW, "--format", "xlsx", "--out", str(out)).exit_code == 0

    names = CalamineWorkbook.from_filelike(BytesIO(out.read_bytes())).sheet_names
    assert names[:3] == ["电费退补通知书", "冲销账单 2008-01-01", "重开账单 2008-01-01"]
    assert len(names) == 7


def test_a_correction_is_undone_and_then_not_again(tmp_path: Path) -> None:
    made, back = tmp_path / "made.json", tmp_path / "back.json"
    made.write_bytes(call("rebill", SLOW, "--format", "json").stdout_bytes)
    undone = call("rebill", str(made), "--undo", "--format", "json")
    back.write_bytes(undone.stdout_bytes)

    assert data_of(undone)["total"] == "-50000.00"
    again = call("rebill", str(made), "--undo", "--earlier", str(back), "--lang", "zh")
    assert again.exit_code == 2
    assert "撤销不能再撤销" in again.stderr
    assert "退补不能再退补" in call("rebill", SLOW, "--earlier", str(made), "--lang", "zh").stderr
    assert call("rebill", SLOW, "--earlier", str(made), "--earlier", str(back)).exit_code == 0


def test_a_case_comes_through_standard_input_with_its_months_in_it() -> None:
    text = Path(SLOW).read_text(encoding="utf-8")
    result = call("rebill", "-", given=text, env={"LANG": "en_US.UTF-8"})
    assert result.exit_code == 2
    assert "2008-01.yaml" in result.stderr

    request = Path(SLOW).with_name("2008-01.yaml").read_text(encoding="utf-8")
    inside = "\n".join(f"    {line}" for line in request.splitlines())
    alone = text.split("months:")[0].replace("2008-04-01", "2008-02-01")
    result = call("rebill", "-", "--lang", "en", given=f"{alone}months:\n- billed:\n{inside}\n")
    assert "16667.00 CNY are to be paid in addition." in result.stdout


def test_a_month_that_cannot_be_billed_is_told_in_its_file(tmp_path: Path) -> None:
    request = Path(SLOW).with_name("2008-01.yaml").read_text(encoding="utf-8")
    (tmp_path / "month.yaml").write_text(request.split("price_sheet:")[0], encoding="utf-8")
    case = tmp_path / "case.yaml"
    told = 'case: K1\ncause: multiplier\nright: {metering_points.0.config.0.multiplier: "2"}\n'
    case.write_text(f"{told}months: [{{billed: month.yaml}}]\n", encoding="utf-8")
    result = call("rebill", str(case), "--lang", "en")

    assert result.exit_code == 3
    assert "month.yaml:" in result.stderr


def test_a_case_is_a_mapping() -> None:
    assert "wrong_type" in call("rebill", "-", given="- 1\n", env={"LANG": "en_US.UTF-8"}).stderr


def test_an_output_goes_with_its_format_and_harms_no_input(tmp_path: Path) -> None:
    assert call("rebill", SLOW, "--format", "html").exit_code == 2
    case = tmp_path / "case.yaml"
    case.write_text("case: K1\n", encoding="utf-8")
    clash = call("rebill", str(case), "--format", "html", "--out", str(case), "--lang", "en")
    assert "output_clashes" in clash.stderr


@pytest.mark.parametrize("name", EXPECTED)
def test_a_wrong_case_is_told_what_is_wrong(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD)
    result = call("rebill", f"{name}.yaml", "--lang", "en")

    assert (result.exit_code, " ".join(result.stderr.split())) == (2, " ".join(EXPECTED[name].split()))


def test_every_wrong_case_has_its_message() -> None:
    assert set(EXPECTED) == {path.stem for path in BAD.glob("*.yaml")} - {"expected"}
