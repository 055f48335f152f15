"""Notices in every layout: what comes back are the figures they were made from, with the cell of each."""

import hashlib
from pathlib import Path

import pytest

from billcalc.kernel.troubles import InvalidInput
from billcalc.library.notices import reading as module
from billcalc.library.notices.reading import NoticeFile, read_notice
from billcalc.notices.findings import NoticeCode, NoticeRejected
from billcalc.notices.reading import Reading, read_tables
from billcalc.notices.words import Column
from billcalc.words.language import Language
from tests.library.notices.making import blank_pdf, csv_text, html, pdf, xlsx
from tests.notices.samples import TITLE, Table, expected, figures, in_fen, read_figures, table

MORE = table(figures("1.5"), lines=["执行1.5倍代理购电价格的用户", "单位：元/千瓦时"])
FEN = table(in_fen(figures()), lines=[TITLE, "单位：分/千瓦时"])
BOTH = [*expected(figures()), *expected(figures("1.5"), "agent_1.5x")]
MAKERS = {
    "pdf": lambda *tables: pdf(tables),
    "xlsx": lambda *tables: xlsx(("电价表", tables)),
    "html": html,
    "csv": csv_text,
}


def read(content: bytes | Path) -> tuple[NoticeFile, Reading]:
    file = read_notice(content, name="n")
    return file, read_tables(file.grids, source="n")


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("tables", [(table(), MORE), (FEN, MORE)], ids=["yuan", "fen"])
def test_the_figures_come_back_from_every_layout(maker: str, tables: tuple[Table, ...]) -> None:
    _, reading = read(MAKERS[maker](*tables))
    assert (list(read_figures(reading.rows)), reading.findings) == (BOTH, [])
    assert reading.titles[0].text == TITLE


def test_the_figures_come_back_from_a_workbook_of_the_old_kind() -> None:
    _, reading = read(Path(__file__).parent / "notice.xls")
    assert (list(read_figures(reading.rows)), reading.findings) == (list(expected(figures())), [])
    assert reading.rows[1].figures[Column.TOTAL].address == "电价表!C7"


def test_every_figure_has_the_address_of_its_cell() -> None:
    addresses = {
        maker: [read(make(table()))[1].rows[1].figures[column].address for column in (Column.PURCHASE, Column.TOTAL)]
        for maker, make in MAKERS.items()
    }
    assert addresses == {
        "pdf": ["p1t1r4c4", "p1t1r5c3"],
        "xlsx": ["电价表!D6", "电价表!C7"],
        "html": ["t1r4c4", "t1r5c3"],
        "csv": ["15:16", "15:9"],
    }


def test_a_pdf_of_two_pages_goes_on_on_the_second() -> None:
    rows = figures()
    _, reading = read(pdf([table(rows[:3])], [table(rows[3:], lines=[], heads=False)], [MORE]))
    assert list(read_figures(reading.rows)) == BOTH
    assert [(each.code, each.where) for each in reading.findings] == [(NoticeCode.TABLE_CONTINUED, "n:p2t1r1c1")]


def test_a_table_on_each_sheet_is_read_and_a_hidden_sheet_is_told() -> None:
    file, reading = read(xlsx(("一", [table()]), ("旧", [FEN]), ("二", [MORE]), hidden=["旧"]))
    assert list(read_figures(reading.rows)) == BOTH
    assert [(each.code, each.facts) for each in file.findings] == [(NoticeCode.SHEET_HIDDEN, {"sheet": "旧"})]


def test_a_csv_may_be_gb18030() -> None:
    file, reading = read(csv_text(table(), encoding="gb18030"))
    assert (file.encoding, list(read_figures(reading.rows))) == ("gb18030", list(expected(figures())))


def test_the_hash_is_that_of_the_bytes() -> None:
    file = read_notice(b"a,b\n")
    assert file.sha256 == hashlib.sha256(b"a,b\n").hexdigest()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n", NoticeCode.IMAGE),
        (b"\xff\xd8\xff\xe0", NoticeCode.IMAGE),
        (blank_pdf(image=True), NoticeCode.IMAGE),
        (blank_pdf(image=False), NoticeCode.IMAGE),
        (b"%PDF-1.4\nbroken", NoticeCode.FILE_DAMAGED),
        (pdf([table()])[:2000], NoticeCode.FILE_DAMAGED),
        (b"PK\x03\x04broken", NoticeCode.FILE_DAMAGED),
        (b"\xd0\xcf\x11\xe0broken", NoticeCode.FILE_DAMAGED),
    ],
    ids=["png", "jpeg", "pdf of an image", "pdf of nothing", "broken pdf", "half a pdf", "broken xlsx", "broken xls"],
)
def test_what_has_no_text_or_is_damaged_is_refused_with_what_to_do(content: bytes, code: NoticeCode) -> None:
    with pytest.raises(NoticeRejected) as rejected:
        read_notice(content, name="n")
    [finding] = rejected.value.findings
    assert (finding.code, finding.where) == (code, "n")
    assert "CSV" in finding.sentence(Language.ENGLISH)
    assert "CSV" in finding.sentence(Language.CHINESE)


@pytest.mark.parametrize(
    ("content", "package"),
    [(pdf([table()]), "pdfplumber"), (xlsx(("a", [table()])), "python-calamine")],
    ids=["pdf", "xlsx"],
)
def test_without_the_packages_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch, content: bytes, package: str
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(NoticeRejected, match=rf"{package} is not installed; .*billcalc\[notices\]"):
        read_notice(content)


def test_a_text_of_another_separator_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no comma"):
        read_notice("用电分类;电压等级\n单一制;35千伏\n".encode())
    assert read_notice("代理购电、电价表\n用电分类,电压等级\n".encode()).grids


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(InvalidInput, match="not UTF-8"):
        read_notice(b"\x00\x01\x02")
