"""Two readings of a PDF: they find the same numbers, or the notice is refused with those that only one has."""

import io

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from billcalc.library.notices.pdf import pdf_grids, same_numbers
from billcalc.notices.findings import NoticeCode, NoticeRejected
from tests.library.notices.making import pdf
from tests.notices.samples import table


def test_the_same_numbers_in_another_order_are_the_same() -> None:
    same_numbers("0.5 1.5倍 0.5", "1.5倍\r\n0.5 0.5", page=1, name="n")


@pytest.mark.parametrize(
    ("second", "only_first", "only_second"),
    [
        ("0.31399 0.5", "0.5", "—"),
        ("0.3 1399 0.5 0.5", "0.31399", "0.3, 1399"),
        ("0.31398 0.5 0.5", "0.31399", "0.31398"),
    ],
)
def test_a_number_that_only_one_reading_has_is_told(second: str, only_first: str, only_second: str) -> None:
    with pytest.raises(NoticeRejected) as rejected:
        same_numbers("0.31399 0.5 0.5", second, page=2, name="n")
    [finding] = rejected.value.findings
    assert finding.code is NoticeCode.READINGS_DIFFER
    assert finding.facts == {"page": "2", "first": only_first, "second": only_second}


def test_a_pdf_whose_readings_differ_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    monkeypatch.setattr(pypdfium2.PdfTextPage, "get_text_bounded", lambda self: "0.7025")
    with pytest.raises(NoticeRejected, match="two readings of page 1"):
        pdf_grids(pdf([table()]), name="n")


def test_merged_cells_cover_the_places_between_their_edges() -> None:
    [grid] = pdf_grids(pdf([table(lines=[])]), name="n")
    assert [cell and cell.text for cell in grid.rows[0][3:9]] == ["其中"] * 5 + ["分时电度用电价格"]
    assert grid.rows[4][3] is grid.rows[9][3]
    assert [cell and cell.address for cell in grid.rows[9][:4]] == ["p1t1r7c1", "p1t1r10c2", "p1t1r10c3", "p1t1r4c4"]


def test_a_scanned_page_among_others_is_not_passed_over() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(20, 70, "0.5")
    canvas.showPage()
    canvas.showPage()  # a page with nothing on it is no scan
    canvas.drawInlineImage(Image.new("L", (8, 8)), 0, 0)
    canvas.showPage()
    canvas.save()
    with pytest.raises(NoticeRejected) as rejected:
        pdf_grids(out.getvalue(), name="n")
    assert [(each.code, each.where) for each in rejected.value.findings] == [(NoticeCode.IMAGE, "n:p3")]


def test_a_table_at_the_edge_of_a_page_has_no_lines_above_it() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(200, 100))
    canvas.grid([0, 100, 200], [100, 60, 20])
    canvas.drawString(20, 70, "0.5")
    canvas.showPage()
    canvas.save()
    [grid] = pdf_grids(out.getvalue(), name="n")
    assert [[cell and (cell.text, cell.address) for cell in row] for row in grid.rows] == [
        [("0.5", "p1t1r1c1"), ("", "p1t1r1c2")],
        [("", "p1t1r2c1"), ("", "p1t1r2c2")],
    ]
