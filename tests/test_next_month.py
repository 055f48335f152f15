"""The month that docs/tariffs.md works through: what is lacking, the file that brings it, its check, what changed."""

import shutil
from pathlib import Path

import pytest

from tests.cli.calling import call
from tests.documents import ROOT, blocks_of

MONTH = ["--area", "cn-anhui", "--from", "2026-09", "--to", "2026-09"]
PLACE = "cn/anhui/purchase_price/2026-09.yaml"


@pytest.fixture
def tariffs(tmp_path: Path) -> Path:
    """The tariffs of the nation and of Anhui, to be written into."""
    for place in ("national", "anhui"):
        shutil.copytree(ROOT / "tariffs" / "cn" / place, tmp_path / "tariffs" / "cn" / place)
    return tmp_path / "tariffs"


@pytest.mark.parametrize("name", ["tariffs.md", "tariffs.zh-CN.md"])
def test_the_month_that_is_worked_through_comes_out_as_the_page_says(tariffs: Path, name: str) -> None:
    page = ROOT / "docs" / name
    [block] = [block for block in blocks_of(page) if (block.language, block.label) == ("yaml", "document")]
    here = ["--tariffs", str(tariffs)]
    before = call("tariffs", "missing", *MONTH, *here)
    assert before.exit_code == 1
    assert f"or write tariffs/{PLACE} as docs/tariffs.md tells" in before.stdout

    (tariffs / PLACE).write_text(block.text, encoding="utf-8")
    check = call("tariffs", "check", str(tariffs), "--coverage")
    assert check.exit_code == 0, check.stdout
    [compared] = [line for line in check.stdout.splitlines() if "purchase_price/2026-09.yaml" in line]
    assert ": totals_compared: 4 printed totals, at most 0.00003 from " in compared
    assert call("tariffs", "missing", *MONTH, *here).exit_code == 0

    changed = call("tariffs", "diff", "--area", "cn-anhui", "2026-08-31", "2026-09-01", "--voltage", "10kV", *here)
    assert changed.exit_code == 1
    assert [line.split()[-4:] for line in changed.stdout.splitlines() if "flat" in line] == [
        ["0.31399", "0.31", "-0.00399", "CNY/kWh"]
    ]


def test_a_total_that_is_not_the_sum_of_its_parts_is_told(tariffs: Path) -> None:
    [block] = [block for block in blocks_of(ROOT / "docs" / "tariffs.md") if block.label == "document"]
    wrong = block.text.replace('peak: "0.9572"', 'peak: "0.9752"')
    (tariffs / PLACE).write_text(wrong, encoding="utf-8")
    check = call("tariffs", "check", str(tariffs))
    assert check.exit_code == 1
    assert "the printed total 0.9752 is 0.01799 from the sum of its parts 0.95721" in check.stdout
