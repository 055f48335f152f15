"""Importing a price notice on the pages: what was read with its cells, what would be written, and who may write it."""

import html
import re
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest

from billcalc.library.catalog import load_catalog
from billcalc.words.pages import PAGES
from billcalc_api.app import create_app
from billcalc_api.settings import Settings
from billcalc_pages.mounting import mount
from tests.documents import ROOT
from tests.pages.visiting import Browser, browser

FIXTURES = ROOT / "fixtures" / "notices"
NOTICE = (FIXTURES / "2026-09.csv").read_bytes()
TARGET = "cn/example/purchase_price/2026-09.yaml"
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


def word(lang: str, name: str) -> str:
    return PAGES[name][lang == "zh"]


def visitor_of(folder: Path, **told: Any) -> Browser:
    """A visitor of a service with a small library of its own."""
    tariffs = Path(shutil.copytree(FIXTURES / "tariffs", folder / "tariffs"))
    app = create_app(Settings(tariffs=tariffs, **told), load_catalog(tariffs))
    mount(app)
    return Browser(app)


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """A visitor who may not write."""
    return visitor_of(tmp_path_factory.mktemp("library"))


def send(visitor: Browser, lang: str = "zh", notice: bytes = NOTICE, **told: Any) -> httpx.Response:
    fields = {"area": "cn-example", "month": "2026-09", **told}
    return visitor.post(f"/{lang}/tariffs/import", fields, notice=("2026-09.csv", notice))


def carried(text: str) -> dict[str, str]:
    """What the form of a page sends again."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text)
    return {name: html.unescape(value) for name, value in found if name != "token"}


@LANGUAGES
def test_a_notice_is_asked_for_from_the_tariffs(visitor: Browser, lang: str) -> None:
    assert f'href="/{lang}/tariffs/import"' in visitor.get(f"/{lang}/tariffs").text
    text = visitor.get(f"/{lang}/tariffs/import").text

    assert 'type="file"' in text
    assert '<option value="cn-example">' in text
    assert f'href="/{lang}/tariffs" aria-current="page"' in text


@LANGUAGES
def test_each_number_stands_above_its_cell_and_the_document_beside_last_month(visitor: Browser, lang: str) -> None:
    answer = send(visitor, lang)

    assert answer.status_code == 200
    assert re.search(r'0\.4000<div class="quiet">6:\d+</div>', answer.text)
    assert re.search(r'&lt;1kV<div class="quiet">6:5</div>', answer.text)
    assert ("purchase (agent)", "代理购电 (代理购电)")[lang == "zh"] in answer.text
    assert "+0.01" in answer.text
    assert word(lang, "notice_clean") in answer.text
    assert word(lang, "notice_no_write").format(target=TARGET) in answer.text
    assert '<span class="added">+ id: ' in answer.text
    assert '<span class="removed">− id: ' in answer.text
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", answer.text)


def test_the_document_is_kept_as_a_file(visitor: Browser) -> None:
    again = {**carried(send(visitor).text), "as": "document"}
    answer = visitor.post("/zh/tariffs/import", again)

    assert answer.headers["content-disposition"] == 'attachment; filename="2026-09.yaml"'
    assert "id: cn/example/purchase_price/2026-09" in answer.text


def test_who_may_not_write_is_shown_the_notice_once_more(visitor: Browser) -> None:
    again = {**carried(send(visitor).text), "as": "write"}
    answer = visitor.post("/zh/tariffs/import", again)

    assert word("zh", "notice_seen") in answer.text
    settings = visitor.app.state.service.settings
    assert not (settings.tariffs / TARGET).exists()


def test_what_was_seen_is_written_where_the_service_allows_it(tmp_path: Path) -> None:
    visitor = visitor_of(tmp_path, tariff_imports=1)
    shown = send(visitor, url="https://example.org/2026-09.pdf").text
    assert word("zh", "notice_write") in shown
    unseen = visitor.post("/zh/tariffs/import", {**carried(shown), "seen": "0" * 64, "as": "write"})
    assert (unseen.status_code, word("zh", "notice_not_seen") in unseen.text) == (409, True)
    assert not (tmp_path / "tariffs" / TARGET).exists()

    answer = visitor.post("/zh/tariffs/import", {**carried(shown), "as": "write"})
    assert answer.status_code == 200
    assert word("zh", "notice_done_lead").format(target=TARGET) in answer.text
    assert "https://example.org/2026-09.pdf" in (tmp_path / "tariffs" / TARGET).read_text(encoding="utf-8")
    assert "document_exists" not in answer.text
    again = send(visitor)
    assert (again.status_code, word("zh", "notice_errors") in again.text) == (422, True)
    refused = visitor.post("/zh/tariffs/import", {**carried(again.text), "as": "document"})
    assert (refused.status_code, "content-disposition" in refused.headers) == (422, False)
    assert visitor.post("/zh/tariffs/import", {**carried(again.text), "as": "write"}).status_code == 409


def test_a_misprint_is_corrected_with_its_reason_and_both_are_shown(visitor: Browser) -> None:
    """0.7025 is the total of the first row; 0.8025 is printed in its place."""
    lines = NOTICE.decode().split("\n")
    wrong = "\n".join(line.replace("0.7025", "0.8025", 1) if number == 5 else line for number, line in enumerate(lines))
    found = send(visitor, notice=wrong.encode())
    assert found.status_code == 422
    [cell] = re.findall(r'0\.8025<div class="quiet">(6:\d+)</div>', found.text)
    assert "--correct" not in found.text, "a page has no options"
    assert f"“{word('zh', 'notice_corrections')}”" in found.text
    with_form = found.text.rpartition("<form")[2]
    assert 'name="cell_1"' in with_form, "it is corrected where it is seen"
    corrected = {"cell_1": cell, "number_1": "0.7025", "reason_1": "the parts make it"}
    answer = visitor.post("/zh/tariffs/import", {**carried(with_form), **corrected})

    assert answer.status_code == 200, re.findall(r'class="doubt">(.*?)</li>', answer.text)
    assert "<s>0.8025</s>" in answer.text


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"area": "cn-nowhere"}, "notice_missing"),
        ({"month": "September"}, "notice_missing"),
        ({"cell_1": "6:6", "number_1": "x"}, "notice_number_wrong"),
        ({"cell_1": "6:6"}, "notice_number_wrong"),
    ],
)
def test_what_is_missing_or_no_number_is_told(visitor: Browser, told: dict[str, str], fault: str) -> None:
    answer = send(visitor, "zh", NOTICE, **told)

    assert answer.status_code == 422
    assert word("zh", fault).partition("{")[0] in answer.text
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("content", ["", "%%%"])
def test_a_notice_that_was_not_carried_whole_is_asked_for(visitor: Browser, content: str) -> None:
    fields = {"area": "cn-example", "month": "2026-09", "notice_bytes": content}

    assert word("zh", "notice_missing") in visitor.post("/zh/tariffs/import", fields).text


@pytest.mark.parametrize(("content", "told"), [(b"\x89PNG\r\n", "2026-09.csv"), (b"\xff\xfe\x00\x01", "2026-09.csv")])
@pytest.mark.parametrize("wanted", ["", "document", "write"])
def test_what_cannot_be_read_is_told(tmp_path: Path, content: bytes, told: str, wanted: str) -> None:
    fields = {"area": "cn-example", "month": "2026-09", "as": wanted}
    visitor = visitor_of(tmp_path, tariff_imports=1)
    answer = visitor.post("/zh/tariffs/import", fields, notice=("2026-09.csv", content))

    assert (answer.status_code, word("zh", "notice_cannot") in answer.text) == (422, True)
    assert told in answer.text


def test_the_first_month_of_an_area_has_nothing_beside_it(tmp_path: Path) -> None:
    visitor = visitor_of(tmp_path)
    for path in (tmp_path / "tariffs").glob("cn/example/purchase_price/*.yaml"):
        path.unlink()
    answer = send(visitor)

    assert (answer.status_code, word("zh", "notice_new") in answer.text) == (200, True)


def test_imports_are_for_those_who_signed_in(tmp_path: Path) -> None:
    stranger = browser(keys=tmp_path / "keys.jsonl")

    assert stranger.get("/zh/tariffs/import").headers["location"] == "/zh/sign-in"
    assert stranger.post("/zh/tariffs/import", token="0" * 64).headers["location"] == "/zh/sign-in"
