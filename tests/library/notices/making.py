"""Make files of notices: the same table as PDF, XLSX, HTML and CSV. ``notice.xls`` beside this was made once with xlwt."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A3, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate
from reportlab.platypus import Table as PdfTable

from tests.notices.samples import WIDTH, Table

_FONT = "STSong-Light"  # known to every reader of PDFs, so that no font file is needed


def pdf(*pages: Sequence[Table]) -> bytes:
    """A PDF with some tables on each page."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    style = ParagraphStyle("line", fontName=_FONT)
    story: list[Any] = []
    for page in pages:
        for table in page:
            story.extend(Paragraph(line, style) for line in table.lines)
            texts = [[""] * WIDTH for _ in range(table.height)]
            styles: list[tuple[Any, ...]] = [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                ("FONTNAME", (0, 0), (-1, -1), _FONT),
            ]
            for text, row, column, rows, columns in table.cells:
                texts[row][column] = text
                styles.append(("SPAN", (column, row), (column + columns - 1, row + rows - 1)))
            story.append(PdfTable(texts, style=styles))
        story.append(PageBreak())
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=landscape(A3)).build(story)
    return out.getvalue()


def blank_pdf(*, image: bool) -> bytes:
    """A PDF of a page without text, as a scan is."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    if image:
        canvas.rect(100, 100, 200, 200, fill=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def xlsx(*sheets: tuple[str, Sequence[Table]], hidden: Sequence[str] = ()) -> bytes:
    """A workbook; the tables of a sheet stand below each other with an empty row between, and numbers are numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, tables in sheets:
            page = book.add_worksheet(name)
            if name in hidden:
                page.hide()
            top = 0
            for table in tables:
                for number, line in enumerate(table.lines):
                    page.merge_range(top + number, 0, top + number, WIDTH - 1, line)
                top += len(table.lines)
                for text, row, column, rows, columns in table.cells:
                    value: object = float(text) if "." in text and text.replace(".", "").isdigit() else text
                    if rows * columns > 1:
                        page.merge_range(top + row, column, top + row + rows - 1, column + columns - 1, value)
                    else:
                        page.write(top + row, column, value)
                top += table.height + 1
    return out.getvalue()


def html(*tables: Table) -> bytes:
    """A page with every table, as portals write them."""
    parts = ["<!DOCTYPE html><html><head><title>公告</title><style>td {}</style></head><body>"]
    for table in tables:
        parts.extend(f"<p>{line[:4]}<b>{line[4:]}</b></p>" for line in table.lines)
        parts.append("<table>")
        for number in range(table.height):
            parts.append("<tr>")
            for text, row, _, rows, columns in sorted(table.cells, key=lambda cell: cell[2]):
                if row == number:
                    spans = f' rowspan="{rows}"' * (rows > 1) + f' colspan="{columns}"' * (columns > 1)
                    parts.append(f"<td{spans}>{text.replace(chr(10), '<br>')}</td>")
            parts.append("</tr>\n")
        parts.append("</table>")
    return "".join([*parts, "<script>var x = '<table>'</script></body></html>"]).encode()


def csv_text(*tables: Table, encoding: str = "utf-8-sig") -> bytes:
    """A CSV as a spreadsheet saves it: of a merged cell of words the first place has it, of numbers each row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for table in tables:
        texts = [[""] * WIDTH for _ in range(table.height)]
        for text, row, column, rows, _ in table.cells:
            number = text.replace(".", "").isdigit()
            for below in range(rows if number else 1):
                texts[row + below][column] = text
        writer.writerows([line] + [""] * (WIDTH - 1) for line in table.lines)
        writer.writerows(texts)
    return out.getvalue().encode(encoding)
