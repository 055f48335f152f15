"""``billcalc new`` asks what a bill needs, takes the words of the field, and writes a request that can be billed."""

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.cli import main
from billcalc.files.loading import load
from billcalc.library.catalog import load_catalog
from billcalc.metering.models import Register


def ask(out: Path, *answers: str, lang: str = "zh") -> Result:
    return CliRunner().invoke(
        main, ["new", "--out", str(out), "--lang", lang], input="".join(f"{each}\n" for each in answers)
    )


CUSTOMER = ("浙江", "2026-08", "", "两部制", "10千伏", "", "是", "按容量", "1000、630", "0.90", "尖 峰 平 谷")
READ = (*CUSTOMER, "", "是", "600", "4")  # no reverse reactive energy, readings, multiplier, digits
SHOWN = ("100", "150", "200", "330", "10", "20", "300", "420", "40", "60")  # sharp, peak, flat, valley, reactive


def test_a_clerk_answers_in_chinese_and_has_a_request_that_is_billed(tmp_path: Path) -> None:
    out = tmp_path / "request.yaml"
    result = ask(out, *READ, *SHOWN)
    assert result.exit_code == 0, result.output
    assert f"已写入 {out}" in result.output
    text = out.read_text(encoding="utf-8")
    assert 'billing: "two_part"  # 两部制' in text
    bill = calculate(load(Request, out), load_catalog(areas=["cn-zhejiang"]))
    assert isinstance(bill, Bill), bill
    assert {band.value: str(kwh) for band, kwh in bill.kwh["main"].items()} == {
        "sharp": "30000",
        "peak": "78000",
        "flat": "6000",
        "valley": "72000",
    }  # 50, 130, 10 and 120 times 600


def test_quantities_alone_and_a_contracted_demand_are_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "request.yaml"
    answers = (
        "cn-guangxi",
        "2024年6月",
        "",
        "two_part",
        "110kV",
        "agent",
        "yes",
        "contracted",
        "100000",
        "60000",
        "none",
    )
    result = ask(out, *answers, "", "no", "132000", "105600", "250800", "41000", lang="en")
    assert result.exit_code == 0, result.output
    request = load(Request, out)
    assert request.agreement[0].basic.contracts == {"regular": 60000}
    given = request.metering_points[0].given
    assert given is not None
    assert (given.kwh[Register.PEAK], given.demand_kw) == (Decimal(132000), Decimal(41000))
    assert "Next: billcalc bill" in result.output


def test_one_part_without_bands_is_asked_less(tmp_path: Path) -> None:
    out = tmp_path / "request.yaml"
    result = ask(out, "河北南部", "202502", "居民", "低压", "否", "不考核", "否", "420")
    assert result.exit_code == 0, result.output
    request = load(Request, out)
    assert (request.agreement[0].basic.mode, request.agreement[0].groups["main"].purchase) == ("exempt", "catalogue")


def test_readings_of_a_demand_begin_at_the_closing_one(tmp_path: Path) -> None:
    out = tmp_path / "request.yaml"
    customer = ("浙江", "2026-08", "", "两部制", "10千伏", "市场化", "否", "实际最大需量", "1000", "0.9")
    answers = (*customer, "是", "是", "", "", "1", "5", "2", "4", "0", "1", "0.8")  # total, both reactive ones, demand
    result = ask(out, *answers)
    assert result.exit_code == 0, result.output
    opening, closing = load(Request, out).metering_points[0].readings
    assert "maximum_demand" not in opening.registers
    assert str(closing.registers[Register.MAXIMUM_DEMAND]) == "0.8"
    assert "not_installed" not in out.read_text(encoding="utf-8")
    assert '#   prices: {purchase: {total: ""}}' in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "wrong", "said"),
    [
        ((), "浙冮", "没有地区“浙冮”；相近的有 浙江"),
        (READ[:1], "2026-13", "“2026-13”不是年月：请写成 2026-08"),
        (READ[:1], "八月", "“八月”不是年月：请写成 2026-08"),
        (READ[:3], "三部制", "“三部制”不在其中：单一制、两部制"),
        (READ[:4], "10-35kV", "不在其中：<1kV"),
        (READ[:6], "或许", "“或许”既不是“是”也不是“否”"),
        (READ[:8], "一千", "“一千”不是数字"),
        (READ[:8], "-1", "“-1”不是数字"),
        (READ[:9], "0.95", "“0.95”不在其中：0.90, 0.85, 0.80, none"),
        (READ[:10], "峰 无功", "不在其中：total"),
        (READ[:10], "，", "不在其中：total"),
        (READ[:14], "13", "“13”不是表位数：应为 1 至 12"),
        (READ[:14], "六", "“六”不是表位数：应为 1 至 12"),
        ((*READ, "100"), "90", "止码小于起码"),
    ],
)
def test_a_wrong_answer_is_told_and_asked_again(tmp_path: Path, before: tuple[str, ...], wrong: str, said: str) -> None:
    answers = (*READ, *SHOWN)
    out = tmp_path / "request.yaml"
    result = ask(out, *before, wrong, *answers[len(before) :])
    assert result.exit_code == 0, result.output
    assert said in result.output


def test_what_ends_before_its_end_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "request.yaml"
    assert ask(out, "浙江").exit_code != 0
    assert not out.exists()


def test_a_request_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "request.yaml"
    out.write_text("area: cn-zhejiang\n", encoding="utf-8")
    result = ask(out)
    assert (result.exit_code, out.read_text(encoding="utf-8")) == (2, "area: cn-zhejiang\n")
    assert f"{out} 已存在：请用 --out 另取文件名" in result.output
