"""What comes out of a printer: the bill on A4, without what only a screen is for."""

import io

import pypdfium2

from billcalc.words.bills import Phrase
from billcalc.words.lexicon import LEXICONS
from billcalc.words.pages import PageWord
from browser.test_views import TOTAL, WRONG
from browser.visit import Visit
from tests.pages.test_advise import MONTH
from tests.pages.test_checks import JULY
from tests.pages.visiting import REQUEST

A4 = (595, 842)
"""Width and height [pt]."""


def printed(visit: Visit) -> list[str]:
    """The text of each sheet."""
    content = visit.page.pdf(prefer_css_page_size=True)
    sheets = pypdfium2.PdfDocument(io.BytesIO(content))
    try:
        assert {tuple(map(round, sheet.get_size())) for sheet in sheets} == {A4}
        return [sheet.get_textpage().get_text_bounded() for sheet in sheets]
    finally:
        sheets.close()


def test_a_bill_prints_on_a4_with_its_open_derivations(visit: Visit) -> None:
    visit.give(PageWord.REQUEST_FILE, "june.yaml", REQUEST)
    visit.press(PageWord.CALCULATE)
    closed = "\n".join(printed(visit))
    visit.page.locator("tr.why summary").first.click()
    text = "\n".join(printed(visit))

    assert TOTAL in closed
    assert LEXICONS[visit.language].phrases[Phrase.LINES] in closed
    assert "132000" in closed
    assert visit.word(PageWord.SIGN_OUT) not in closed
    assert visit.word(PageWord.KEEP) not in closed
    assert visit.word(PageWord.SOURCES) not in closed
    assert visit.word(PageWord.SOURCES) in text


def test_a_comparison_prints_with_its_causes(visit: Visit) -> None:
    visit.open("compare")
    visit.give(PageWord.REQUEST_FILE, "june.yaml", REQUEST)
    visit.give(PageWord.ISSUED_FILE, "issued.json", WRONG)
    visit.press(PageWord.COMPARE_THIS)
    text = "\n".join(printed(visit))

    assert "-8080.58" in text
    assert visit.word(PageWord.LINES_BESIDE) in text


def test_checks_print_with_what_speaks_and_without_what_only_a_screen_is_for(visit: Visit) -> None:
    visit.open("checks")
    visit.give("checks_request", "july.yaml", JULY)
    visit.give("checks_history", "june.yaml", REQUEST)
    visit.press("check_this")
    text = "\n".join(printed(visit))

    assert "0.75" in text
    assert visit.word("checks_why_changed") in text
    assert visit.word("check_another") not in text
    assert visit.word("checks_figures") not in text


def test_an_account_and_an_advice_print_with_their_drawings_and_tables(visit: Visit) -> None:
    visit.open("account")
    visit.give("request_files", "june.yaml", MONTH)
    visit.press("show_account")
    assert visit.word("demand_kw") in "\n".join(printed(visit))
    visit.open("advise")
    visit.give("request_files", "june.yaml", MONTH)
    visit.press("advise_this")
    text = "\n".join(printed(visit))

    assert "1362.00" in text
    assert visit.word("as_workbook") not in text
