"""The tariffs on the pages: what is covered, with words for each mark, and the documents with their sources."""

import pytest

from tests.pages.visiting import Browser, browser


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
