"""A bill as a statement: in the order of print, with readings and multiplier, whatever it is written in."""

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.explain.statement import Block, statement
from billcalc.explain.statement_page import statement_page
from billcalc.files.loading import load
from billcalc.library.catalog import load_catalog
from billcalc.tables.statement_workbook import write_statement
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from tests.billing.cases import bill as calculated
from tests.billing.test_months import two_months
from tests.explain.bills import ROOT, official

CHINESE, ENGLISH = LEXICONS[Language.CHINESE], LEXICONS[Language.ENGLISH]


@pytest.fixture(scope="module")
def bill() -> Bill:
    return official("guangxi-2024-06-p1")


def block(blocks: tuple[Block, ...], title: str) -> Block:
    [found] = [each for each in blocks if each.title == title]
    return found


def test_a_statement_has_its_parts_in_the_order_of_print(bill: Bill) -> None:
    blocks = statement(bill, lexicon=CHINESE)
    assert [each.title for each in blocks] == ["电费账单", "示数", "结算电量", "电费明细", "功率因数", "疑点与提示"]
    assert ("平均电价 [元/千瓦时]", Decimal("3.33594")) in blocks[0].rows, "1629271.00 / 488400 = 3.335935…"
    assert blocks[1].head == ["计量点", "示数类型", "上次示数", "本次示数", "倍率", "抄见电量"]
    assert blocks[1].rows[1] == ("M1", "峰", Decimal("0"), Decimal("0.2"), Decimal(660000), Decimal(132000))
    assert [blocks[2].rows[row] for row in blocks[2].strong] == [("main", "合计", Decimal(488400))]
    lines = blocks[3]
    assert lines.rows[0] == ("购电电费", None, None, None, None, Decimal("201719.74"))
    assert lines.rows[1] == ("代购电费", "峰", Decimal(132000), "千瓦时", Decimal("0.691794"), Decimal("91316.81"))
    assert lines.rows[-2][3:] == ("元", "-0.45 %", Decimal("-7272.52"))
    assert lines.rows[-1] == ("合计", None, None, None, None, Decimal("1629271.00"))
    assert blocks[4].rows == [("S1", Decimal(488400), Decimal(198000), "0.93", "-0.45 %")]


def test_what_each_of_several_months_comes_to_stands_above_the_total() -> None:
    found = calculated(two_months())
    lines = block(statement(found, lexicon=CHINESE), "电费明细")
    last = len(lines.rows) - 1
    assert {last - 2, last - 1, last} <= lines.strong
    assert [row[0] for row in lines.rows[-3:]] == [
        "合计 2024-07-01 至 2024-07-31", "合计 2024-08-01 至 2024-08-31", "合计",
    ]  # fmt: skip
    assert [row[-1] for row in lines.rows[-3:]] == [*(month.total for month in found.months), found.total]


def reading(at: str, kind: str, *rollover: str, **registers: str) -> dict[str, Any]:
    return {"at": at, "kind": kind, "registers": registers, "rollover": list(rollover)}


def test_readings_are_told_meter_by_meter(bill: Bill) -> None:
    point = {
        "id": "M1",
        "config": [
            {"from": "2024-06-01", "meter": "A", "multiplier": "10", "digits": 4},
            {"from": "2024-06-12", "meter": "B", "multiplier": "20", "digits": 4},
        ],
        "readings": [
            reading("2024-06-01", "opening", peak="9998.5", maximum_demand="0"),
            reading("2024-06-12", "removal", "peak", peak="1.5", valley="7", maximum_demand="0.5"),
            reading("2024-06-12", "installation", peak="0"),
            reading("2024-07-01", "closing", peak="2.5"),
        ],
    }
    blocks = statement(replace(bill, request={"metering_points": [point]}), lexicon=ENGLISH)
    assert block(blocks, "Readings").rows == [
        ("M1", "peak", Decimal("9998.5"), Decimal("1.5"), Decimal(10), Decimal("30.0")),
        ("M1", "maximum demand", None, Decimal("0.5"), Decimal(10), Decimal("5.0")),
        ("M1", "peak", Decimal(0), Decimal("2.5"), Decimal(20), Decimal("50.0")),
    ]


def test_what_a_bill_does_not_have_is_left_out(bill: Bill) -> None:
    facts = tuple(replace(fact, cosphi=None, ratio=None) for fact in bill.power_factors)
    lines = tuple(replace(line, given=True, quantity=None, price=None, span=bill.cycle) for line in bill.lines)
    bare = replace(bill, request={"metering_points": []}, kwh={}, problems=(), power_factors=facts, lines=lines)
    blocks = statement(bare, lexicon=CHINESE)
    assert [each.title for each in blocks] == ["电费账单", "电费明细", "功率因数"]
    assert blocks[0].rows[-1][0] == "最弱依据"
    assert len(blocks[0].rows) == 5
    assert blocks[1].rows[1][:5] == ("代购电费 2024-06-01 至 2024-06-30 [给定]", "峰", None, None, None)
    assert blocks[2].rows == [("S1", Decimal(488400), Decimal(198000), None, None)]


def test_a_workbook_has_every_cell_of_the_statement(bill: Bill) -> None:
    blocks = statement(bill, lexicon=CHINESE)
    out = io.BytesIO()
    write_statement(blocks, out)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue())).get_sheet_by_name("电费账单").to_python()
    found = [[cell for cell in row if cell != ""] for row in rows]
    wanted: list[list[Any]] = []
    for each in blocks:
        wanted += [
            [each.title],
            *([[name for name in each.head if name]] if each.head else []),
            *map(list, each.rows),
            [],
        ]
    shown = [[float(cell) if isinstance(cell, Decimal) else cell for cell in row if cell is not None] for row in wanted]
    assert found == shown[:-1]


def test_a_page_shows_numbers_as_printed_and_texts_as_texts(bill: Bill) -> None:
    evil = replace(bill, area="<script>")
    page = statement_page(statement(evil, lexicon=CHINESE), lexicon=CHINESE)
    assert page.startswith('<!DOCTYPE html>\n<html lang="zh">')
    assert "<td>&lt;script&gt;</td>" in page
    assert "<script>" not in page
    assert '<td class="number">91316.81</td>' in page
    assert '<tr class="strong"><td>合计</td>' in page
    assert '<th scope="col">上次示数</th>' in page
    assert "http" not in page
    assert statement_page(statement(bill, lexicon=ENGLISH), lexicon=ENGLISH).count('lang="en"') == 1


def test_losses_stand_between_the_readings_and_the_energies_that_are_billed_with_them() -> None:
    request = load(Request, ROOT / "fixtures" / "by_hand" / "losses-by-formula" / "request.yaml")
    lossy = calculate(request, load_catalog(areas=[request.area]))
    assert isinstance(lossy, Bill)
    blocks = statement(lossy, lexicon=CHINESE)
    assert [each.title for each in blocks][1:4] == ["示数", "损耗电量", "结算电量"]
    assert blocks[2].head == [
        "计量点",
        "计费时段",
        "变损（千瓦时）",
        "线损（千瓦时）",
        "损耗（千瓦时）",
        "损耗（千乏时）",
    ]
    assert [row[:1] + row[2:] for row in map(tuple, blocks[2].rows)] == [
        ("M1", Decimal(3099), None, Decimal(3099), Decimal(13780))
    ]
    assert [blocks[3].rows[row][2] for row in blocks[3].strong] == [Decimal(202507)]
    assert ("平均电价 [元/千瓦时]", Decimal("0.66021")) in blocks[0].rows, "133696.55 / 202507 = 0.660207…"
    assert block(blocks, "示数").rows[0][4] == Decimal(160)
    page = statement_page(blocks, lexicon=CHINESE)
    assert "变损（千瓦时）" in page
