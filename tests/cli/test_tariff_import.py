"""``billcalc tariffs import``: from a notice to a document that passes the check of the library, or to nothing."""

import errno
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from billcalc.cli.exits import Exit
from billcalc.files import disk
from billcalc.library.notices import reading as module
from tests.cli.calling import ROOT, call
from tests.library.notices.making import csv_text, pdf, xlsx
from tests.notices.samples import AREA, NETWORK, Figures, figures, library, table

DOCUMENT = Path("cn/anhui/purchase_price/2026-09.yaml")
URL = "https://example.org/2026-09.pdf"


@pytest.fixture
def tariffs(tmp_path: Path) -> Path:
    return library(tmp_path / "tariffs")


def run(notice: Path, tariffs: Path, *more: str, month: str = "2026-09", area: str = AREA) -> Result:
    given = ("--area", area, "--month", month, "--tariffs", str(tariffs), "--recorded-on", "2026-08-30", *more)
    return call("tariffs", "import", str(notice), *given)


def laid(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def files(root: Path) -> set[Path]:
    return {path.relative_to(root) for path in root.rglob("*") if path.is_file()}


def test_a_notice_becomes_a_document_in_two_steps(tmp_path: Path, tariffs: Path) -> None:
    more = table(figures("1.5"), lines=["1.5倍代理购电价格", "单位：元/千瓦时"])
    notice = laid(tmp_path / "n.pdf", pdf([table()], [more]))
    before = files(tariffs)
    seen = run(notice, tariffs, "--url", URL)
    assert (seen.exit_code, seen.stderr) == (Exit.DONE, "")
    assert "p1t1r5c2   one part agent" in seen.stdout
    assert files(tariffs) == before
    staged = json.loads((tmp_path / "n.pdf.import.json").read_text(encoding="utf-8"))
    assert staged["rows"][1]["figures"]["total"]["cell"] == "p1t1r5c3"
    assert len(staged["sha256"]) == 64

    written = run(notice, tariffs, "--url", URL, "--accept")
    assert (written.exit_code, written.stderr) == (Exit.DONE, "")
    assert written.stdout.endswith(f"written: {tariffs / DOCUMENT}\n")
    assert files(tariffs) == {*before, DOCUMENT}
    checked = call("tariffs", "check", str(tariffs))
    assert (checked.exit_code, checked.stdout) == (0, f"6 documents, 0 errors, 0 warnings, in {tariffs}\n")

    again = run(notice, tariffs, "--url", URL)
    assert (again.exit_code, "[document_exists]" in again.stderr) == (Exit.INVALID, True)


def test_the_example_of_the_page_becomes_a_document(tmp_path: Path) -> None:
    tariffs = Path(shutil.copytree(ROOT / "fixtures" / "notices" / "tariffs", tmp_path / "tariffs"))
    notice = Path(shutil.copy(ROOT / "fixtures" / "notices" / "2026-09.csv", tmp_path))
    assert run(notice, tariffs, area="cn-example").exit_code == Exit.DONE
    assert run(notice, tariffs, "--accept", area="cn-example").exit_code == Exit.DONE
    assert call("tariffs", "check", str(tariffs)).stdout.startswith("6 documents, 0 errors, 0 warnings")


def test_nothing_is_accepted_that_was_not_seen(tmp_path: Path, tariffs: Path) -> None:
    notice = laid(tmp_path / "n.csv", csv_text(table()))
    before = files(tariffs)
    unseen = run(notice, tariffs, "--accept", "--lang", "zh")
    assert (unseen.exit_code, "错误 [not_seen]" in unseen.stderr) == (Exit.INVALID, True)
    run(notice, tariffs)
    laid(notice, csv_text(table(figures(purchase="0.4001"))))
    changed = run(notice, tariffs, "--accept")
    assert changed.exit_code == Exit.INVALID
    assert changed.stderr.splitlines()[-2:] == [
        f"{notice}: error [not_seen]: no reading of exactly this notice with these options lies in {notice}.import.json; "
        "run the command without --accept, and compare what it prints with the notice",
        "nothing was written",
    ]
    assert files(tariffs) == before


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "0.6825",
            "0.6852",
            "C7: error [sum_apart]: the printed total 0.6852 is 0.0027 from the sum of its parts 0.6825",
        ),
        ("0.8825", "0.8852", "J7: error [ratio_apart]: "),
        ("110千伏", "高压", "B11: error [voltage_unknown]: "),
        (NETWORK["单一制", "35千伏"], "0.1900", "F8: error [voltages_not_monotone]: "),
        (
            "单位：元/千瓦时",
            "单位：分/千瓦时",
            "C6: error [unit_implausible]: 0.7025 in the unit fen is 0.007025 CNY/kWh",
        ),
    ],
)
def test_a_notice_that_does_not_fit_writes_nothing(
    tmp_path: Path, tariffs: Path, old: str, new: str, told: str
) -> None:
    made = table(lines=[new if line == old else line for line in table().lines])
    if old not in table().lines:
        made = made.change(old, new)
    notice = laid(tmp_path / "n.xlsx", xlsx(("表", [made])))
    before = files(tmp_path)
    for more in ((), ("--accept",)):
        result = run(notice, tariffs, *more)
        assert (result.exit_code, f"{notice}:表!{told}" in result.stderr) == (Exit.INVALID, True), result.stderr
        assert result.stderr.endswith("nothing was written\n")
    assert files(tmp_path) == before


def test_a_row_that_is_missing_is_told_and_may_be_gone(tmp_path: Path, tariffs: Path) -> None:
    rows = [row for row in figures() if row.voltage != "110千伏"]
    notice = laid(tmp_path / "n.csv", csv_text(table(rows)))
    missing = run(notice, tariffs)
    assert (missing.exit_code, "[row_missing]: cn/anhui/purchase_price/2026-08 has a row for agent two part 110kV" in missing.stderr) == (Exit.INVALID, True)  # fmt: skip
    assert run(notice, tariffs, "--fewer").exit_code == Exit.DONE


def test_a_misprint_is_corrected_only_where_that_is_said(tmp_path: Path, tariffs: Path) -> None:
    rows = [Figures._make((*row[:3], "0.4100", *row[4:])) for row in figures()]
    notice = laid(tmp_path / "n.xlsx", xlsx(("表", [table(rows)])))
    assert "[sum_apart]" in run(notice, tariffs).stderr
    correct = ("--correct", "表!D6", "0.4000", "all totals say so")
    assert run(notice, tariffs, *correct).exit_code == Exit.DONE
    assert run(notice, tariffs, *correct, "--accept").exit_code == Exit.DONE
    text = (tariffs / DOCUMENT).read_text(encoding="utf-8")
    assert 'price: {flat: {printed: "0.41", corrected: "0.4000", reason: "all totals say so"}}' in text
    assert "表!D6: printed 0.41, taken as 0.4000: all totals say so." in text
    assert call("tariffs", "check", str(tariffs)).stdout.startswith("6 documents, 0 errors, 0 warnings")


def test_a_correction_of_no_number_or_with_none_is_told(tmp_path: Path, tariffs: Path) -> None:
    notice = laid(tmp_path / "n.csv", csv_text(table()))
    assert "n.csv:1:1: error [correction_unknown]" in run(notice, tariffs, "--correct", "1:1", "1", "x").stderr
    assert "an exponent is not accepted" in run(notice, tariffs, "--correct", "1:1", "1e1", "x").stderr


def test_the_month_and_the_area_are_known_ones(tmp_path: Path, tariffs: Path) -> None:
    notice = laid(tmp_path / "n.csv", csv_text(table()))
    assert "2026-13 is no month" in run(notice, tariffs, month="2026-13").stderr
    assert "[month_differs]" in run(notice, tariffs, month="2026-10").stderr
    unknown = run(notice, tariffs, area="cn-anhiu")
    assert (unknown.exit_code, 'the library has no area "cn-anhiu"; use one of: cn-anhui' in unknown.stderr) == (
        2,
        True,
    )


def test_a_title_that_is_missing_is_given(tmp_path: Path, tariffs: Path) -> None:
    notice = laid(tmp_path / "n.csv", csv_text(table(lines=["单位：元/千瓦时"])))
    assert "[title_missing]" in run(notice, tariffs).stderr
    assert run(notice, tariffs, "--title", "代理购电电价表").exit_code == Exit.DONE


def test_a_text_that_is_not_utf_8_and_a_scan_are_told(tmp_path: Path, tariffs: Path) -> None:
    notice = laid(tmp_path / "n.csv", csv_text(table(), encoding="gb18030"))
    assert run(notice, tariffs).stderr == f"{notice}: no UTF-8; read as GB18030\n"
    scan = run(laid(tmp_path / "n.png", b"\x89PNG"), tariffs)
    assert (scan.exit_code, "type it as CSV" in scan.stderr) == (Exit.INVALID, True)


def test_a_package_that_is_missing_ends_it_as_everywhere(
    tmp_path: Path, tariffs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    result = run(laid(tmp_path / "n.xlsx", xlsx(("表", [table()]))), tariffs)
    assert (result.exit_code, "pip install 'billcalc[notices]'" in result.stderr) == (Exit.FAILED, True)


def test_a_library_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    result = run(laid(tmp_path / "n.csv", csv_text(table())), tmp_path / "none")
    assert (result.exit_code, "[cannot_read]" in result.stderr) == (Exit.INVALID, True)


def test_a_document_that_the_check_of_the_library_refuses_is_not_written(tmp_path: Path, tariffs: Path) -> None:
    notice = laid(tmp_path / "n.csv", csv_text(table()))
    other = tariffs / "cn/anhui/purchase_price/2026-09-15.yaml"
    text = (tariffs / "cn/anhui/purchase_price/2026-08.yaml").read_text(encoding="utf-8")
    text = text.replace("purchase_price/2026-08", "purchase_price/2026-09-15")
    other.write_text(text.replace("{from: 2026-08-01, repealed_on: 2026-09-01}", "{from: 2026-09-15, repealed_on: 2026-10-01}"), encoding="utf-8")  # fmt: skip
    result = run(notice, tariffs)
    assert (result.exit_code, "[document_faulty]" in result.stderr) == (Exit.INVALID, True)
    assert "are both in force" in result.stderr
    chinese = run(notice, tariffs, "--lang", "zh").stderr
    assert "由此形成的文件未通过电价库检查：" in chinese
    assert "are both" not in chinese
    other.unlink()
    (tariffs / "cn/national/price_structure/2021-12.yaml").unlink()
    result = run(notice, tariffs)
    assert "document_doubted" in result.stderr


def test_a_disk_that_fails_leaves_the_library_as_it_was(
    tmp_path: Path, tariffs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = laid(tmp_path / "n.csv", csv_text(table()))
    run(notice, tariffs)
    before = files(tariffs)

    def fail(*given: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "x")

    monkeypatch.setattr(disk, "rename", fail)
    result = run(notice, tariffs, "--accept")
    assert (result.exit_code, files(tariffs)) == (Exit.FAILED, before)


def test_the_shipped_tariffs_are_the_default_and_today_the_day(tmp_path: Path) -> None:
    notice = laid(tmp_path / "n.csv", csv_text(table()))
    result = call("tariffs", "import", str(notice), "--area", "cn-nowhere", "--month", "2026-09")
    assert "cn-guangxi" in result.stderr


def test_the_first_document_of_its_kind_gets_a_directory(tmp_path: Path) -> None:
    tariffs = library(tmp_path / "tariffs", purchase_price=None)
    notice = laid(tmp_path / "n.csv", csv_text(table()))
    seen = run(notice, tariffs)
    assert (seen.exit_code, "[last_month_missing]" in seen.stderr) == (Exit.DONE, True)
    assert run(notice, tariffs, "--accept").exit_code == Exit.DONE
    assert (tariffs / DOCUMENT).exists()


def test_a_total_that_rounding_takes_off_is_told_and_the_document_answers_for_it(tmp_path: Path, tariffs: Path) -> None:
    notice = laid(tmp_path / "n.csv", csv_text(table().change("0.6825", "0.6823")))
    seen = run(notice, tariffs)
    assert (seen.exit_code, "note [sum_near]: the printed 0.6823 is 0.0002 from" in seen.stderr) == (Exit.DONE, True)
    assert run(notice, tariffs, "--accept").exit_code == Exit.DONE
    assert '\nacknowledged:\n  total_near: "printed within 0.0002 of' in (tariffs / DOCUMENT).read_text(
        encoding="utf-8"
    )
    assert call("tariffs", "check", str(tariffs)).stdout.startswith("6 documents, 0 errors, 0 warnings")


def test_a_price_that_changed_much_is_told_to_whoever_accepts(tmp_path: Path, tariffs: Path) -> None:
    notice = laid(tmp_path / "n.csv", csv_text(table(figures(purchase="0.6000"))))
    seen = run(notice, tariffs)
    assert (seen.exit_code, "warning [document_doubted]: " in seen.stderr) == (Exit.DONE, True)
    assert "document_doubted" in seen.stderr
