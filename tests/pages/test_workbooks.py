"""A workbook that was filled in is taken wherever a request file is: what is wrong is told by its cells."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from billcalc_api.keys import create_key
from tests.pages.visiting import REQUEST, Browser, browser
from tests.tables.workbooks import workbook

CUSTOMER: Mapping[str, Any] = {
    "地区（省份或价区）": "广西",
    "电费年月（如 2026-08）": "2024-06",
    "用电类别": "工商业",
    "单一制或两部制": "两部制",
    "供电电压（如 10千伏）": "110千伏",
    "购电方式（代理购电、市场化、目录电价）": "代理购电",
    "是否执行分时电价（是、否）": "是",
    "基本电费计收方式（按容量、合同最大需量、实际最大需量）": "按容量",
    "运行变压器容量，每台千伏安（如 1000 630）": "1000 630",
    "功率因数标准（0.90、0.85、0.80、不考核）": "0.90",
    "峰：当月数量": 2000,
    "平：当月数量": 400,
    "谷：当月数量": 3000,
    "正向无功：当月数量": 500,
}
"""Its capacity charge is 1630 kVA of the price of Guangxi."""


@pytest.fixture(scope="module")
def visitor() -> Browser:
    return browser()


def form(visitor: Browser, told: Mapping[str, Any]) -> bytes:
    """The empty workbook, filled in."""
    given = visitor.get("/zh/form.xlsx")
    assert given.headers["content-disposition"] == 'attachment; filename="form.xlsx"'
    table: list[list[Any]] = CalamineWorkbook.from_filelike(BytesIO(given.content)).get_sheet_by_index(0).to_python()
    assert set(told) <= {row[0] for row in table}
    for row in table[2:]:
        row[1] = told.get(row[0], None)
    return workbook(("填写", table))


@pytest.mark.parametrize("view", ["bill", "checks"])
def test_a_workbook_that_was_filled_in_is_a_request(visitor: Browser, view: str) -> None:
    answer = visitor.post(f"/zh/{view}", request=("六月.xlsx", form(visitor, CUSTOMER)))

    assert answer.status_code == 200, answer.text
    if view == "bill":
        assert 'name="request_name" value="六月.yaml"' in answer.text


@pytest.mark.parametrize("view", ["account", "advise"])
def test_months_may_be_workbooks(visitor: Browser, view: str) -> None:
    answer = visitor.post(f"/zh/{view}", {"shift": "1"}, requests=("六月", form(visitor, CUSTOMER)))

    assert answer.status_code == 200, answer.text


def test_a_workbook_of_a_customer_stands_beside_the_issued_bill(visitor: Browser) -> None:
    issued = ("issued.csv", "name,amount\n合计,100.00\n".encode())
    answer = visitor.post("/zh/compare", request=("六月.xlsx", form(visitor, CUSTOMER)), issued=issued)

    assert answer.status_code == 200, answer.text
    assert 'name="request_name" value="六月.yaml"' in answer.text


def test_an_answer_that_cannot_be_taken_is_told_by_its_cell(visitor: Browser) -> None:
    wrong = form(visitor, {**CUSTOMER, "用电类别": "火星", "峰：当月数量": "两千"})
    answer = visitor.post("/zh/bill", request=("六月.xlsx", wrong))

    assert answer.status_code == 422
    assert "六月.xlsx: 填写!B5" in answer.text
    assert "“火星”不在其中" in answer.text
    assert "“两千”不是数字" in answer.text


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", workbook(("a", [["x"], ["y"]]))])
def test_another_workbook_is_told(visitor: Browser, content: bytes) -> None:
    answer = visitor.post("/zh/bill", request=("..", content))

    assert answer.status_code == 422


@pytest.mark.parametrize("view", ["account", "advise"])
def test_months_with_a_fault_are_sent_again_as_months(visitor: Browser, view: str) -> None:
    answer = visitor.post(f"/zh/{view}", {"shift": "1"}, requests=("june.yaml", REQUEST.replace(b"area:", b"aera:", 1)))

    assert answer.status_code == 422
    assert '<input id="requests" name="requests" type="file"' in answer.text


def test_a_stranger_gets_no_workbook(tmp_path: Any) -> None:
    keys = tmp_path / "keys.jsonl"
    create_key(keys, "office")

    assert browser(keys=keys).get("/zh/form.xlsx").headers["location"] == "/zh/sign-in"
