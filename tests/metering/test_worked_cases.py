"""The worked cases of docs/metering.md, and of the Chinese page, give what the page says under each."""

import re

import pytest

from billcalc import Bill, Request, calculate, load_catalog
from billcalc.fields import validated
from billcalc.files.documents import parse_document
from billcalc.kernel.decimals import decimal_text
from billcalc.vocabulary import Band
from tests.documents import ROOT, Block, blocks_of

PAGES = {
    ROOT / "docs" / "metering.md": r"^Billed: (.*?)\. Problems: (.*?)\.",
    ROOT / "docs" / "metering.zh-CN.md": r"^计费：(.*?)。疑点：(.*?)。",
}
CASES = [block for page in PAGES for block in blocks_of(page) if block.label == "request"]
SAID = [
    said for page, form in PAGES.items() for said in re.findall(form, page.read_text(encoding="utf-8"), re.MULTILINE)
]
OF_THE_AREA = {"convention_undocumented", "document_past_seen", "document_unverified"}
"""What is told of an area's documents is no matter of metering."""


def test_every_case_has_its_answer() -> None:
    assert len(CASES) == len(SAID) > 0


@pytest.mark.parametrize(
    ("block", "said"), list(zip(CASES, SAID, strict=True)), ids=lambda each: str(getattr(each, "line", ""))
)
def test_a_worked_case_is_billed_as_the_page_says(block: Block, said: tuple[str, str]) -> None:
    document = parse_document(block.text, name="docs/metering.yaml")
    request = validated(Request, document.data, where=document.where)
    bill = calculate(request, load_catalog(areas=[request.area]))
    assert isinstance(bill, Bill), str(bill)
    by_band = bill.kwh["main"]
    billed = [f"{band} {decimal_text(by_band[band])}" for band in Band if band in by_band]
    told = [problem.code.value for problem in bill.problems if problem.code not in OF_THE_AREA]
    assert (", ".join(billed), ", ".join(told) or "none") == (said[0], said[1].replace("无", "none"))
