"""The tariffs on the pages: what is covered, with words for each mark, and the documents with their sources."""

import re

import pytest

from billcalc.words.language import Language
from billcalc.words.pages import PAGES, PageWord
from tests.pages.visiting import Browser, browser

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture(scope="module")
def visitor() -> Browser:
    return browser()


@pytest.mark.parametrize(("lang", "name"), [("zh", "广西"), ("en", "cn-guangxi")])
def test_the_matrix_has_a_row_for_each_area_that_opens_its_documents(visitor: Browser, lang: str, name: str) -> None:
    text = visitor.get(f"/{lang}/tariffs").text
    opened = visitor.get(f"/{lang}/tariffs/cn-guangxi")

    assert f'<a href="/{lang}/tariffs/cn-guangxi">{name}</a>' in text
    assert 'aria-current="page"' in opened.text
    assert f"<h1>{name}</h1>" in opened.text
    assert "2024-06" in opened.text
    assert "https://" in opened.text


def test_the_other_language_of_an_area_is_one_step_away(visitor: Browser) -> None:
    assert 'href="/en/tariffs/cn-guangxi"' in visitor.get("/zh/tariffs/cn-guangxi").text


@pytest.mark.parametrize("area", ["cn-atlantis", "<b>"])
def test_an_unknown_area_is_no_page(visitor: Browser, area: str) -> None:
    assert visitor.get(f"/zh/tariffs/{area}").status_code == 404


@LANGUAGES
def test_a_document_opens_its_sheet_with_its_source_and_its_prices(visitor: Browser, lang: str) -> None:
    """132000 kWh × 0.691794 are what the bill of June 2024 has at the peak; the notice of that month states the price."""
    area = visitor.get(f"/{lang}/tariffs/cn-guangxi").text
    [link] = re.findall(r'href="(/[^"]+purchase_price/2024-06[^"]*)"', area)
    sheet = visitor.get(link)

    assert sheet.status_code == 200
    assert "0.691794" in sheet.text
    assert "https://" in sheet.text
    assert f'href="/{lang}/tariffs/cn-guangxi"' in sheet.text


@LANGUAGES
def test_what_is_no_list_of_prices_shows_its_content(visitor: Browser, lang: str) -> None:
    area = visitor.get(f"/{lang}/tariffs/cn-guangxi").text
    hours = re.findall(r'href="(/[^"]+time_of_use/[^"]*)"', area)

    assert "<pre" in visitor.get(hours[0]).text
    assert visitor.get(f"/{lang}/tariffs/cn-guangxi/cn/guangxi/nothing").status_code == 404


@LANGUAGES
def test_two_months_tell_which_prices_changed_and_by_how_much(visitor: Browser, lang: str) -> None:
    """The peak of the agency was 0.691794 in June 2024."""
    answer = visitor.get(f"/{lang}/tariffs/cn-guangxi/changes?first=2024-06&second=2025-04")

    assert answer.status_code == 200
    assert "0.691794" in answer.text
    assert "2024-06 → 2025-04" in answer.text


@LANGUAGES
def test_two_months_that_are_alike_or_lack_a_document_are_told(visitor: Browser, lang: str) -> None:
    alike = visitor.get(f"/{lang}/tariffs/cn-guangxi/changes?first=2024-06&second=2024-06")
    lacking = visitor.get(f"/{lang}/tariffs/cn-guangxi/changes?first=1990-01&second=2024-06")

    assert PAGES[PageWord.NO_CHANGES].of(Language(lang)) in alike.text
    assert 'class="doubt"' in lacking.text


@pytest.mark.parametrize(
    "path",
    [
        "cn-guangxi/changes",
        "cn-guangxi/changes?first=2024-06&second=June",
        "cn-atlantis/changes?first=2024-06&second=2024-07",
    ],
)
def test_months_that_are_none_are_no_page(visitor: Browser, path: str) -> None:
    assert visitor.get(f"/zh/tariffs/{path}").status_code == 404
