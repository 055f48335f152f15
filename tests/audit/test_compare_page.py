"""The examples of docs/compare.md that are no commands: an issued bill and a mapping, as a clerk would copy them."""

import pytest

from billcalc.audit import Layout, compare, read_data
from billcalc.audit.comparison import Outcome, Side
from billcalc.audit.layout import Column
from billcalc.fields import validated
from billcalc.files.documents import parse_document
from tests.audit.issuing import recomputed
from tests.documents import ROOT, Block, blocks_of

PAGE = ROOT / "docs" / "compare.md"


def block(label: str) -> Block:
    [found] = [block for block in blocks_of(PAGE) if block.label == label]
    return found


def test_the_issued_bill_is_read_and_what_it_prints_agrees() -> None:
    document = parse_document(block("issued").text, name="issued.yaml")
    reading = read_data(document.data, where=document.where)
    assert not reading.faults
    comparison = compare(recomputed("guangxi-2024-06-p1"), reading.bill)
    assert not comparison.own
    assert not comparison.differing_facts
    assert {entry.missing_from for entry in comparison.findings} == {Side.ISSUED}
    assert len(comparison.of(Outcome.AGREES)) == len(reading.bill.lines)


def test_the_mapping_is_one() -> None:
    document = parse_document(block("mapping").text, name="mapping.yaml")
    layout = validated(Layout, document.data, where=document.where)
    assert layout.names["峰段输配电费"].band is not None
    assert len(layout.names["政府性基金及附加"].codes) == 4


@pytest.mark.parametrize("column", Column)
def test_the_page_tells_each_column(column: Column) -> None:
    assert f"`{column}`" in PAGE.read_text(encoding="utf-8")
