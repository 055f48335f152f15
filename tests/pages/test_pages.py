"""The pages: both languages, no script, the bill with its derivation, faults beside their places, files to keep."""

import logging
import re
from pathlib import Path

import httpx
import pytest

from billcalc.words.pages import PAGES, STARTED, PageWord
from billcalc_api.calculating import Ended, Full
from billcalc_api.keys import create_key, revoke_key
from billcalc_pages.site import POLICY
from billcalc_pages.visits import COOKIE, SECONDS_MAX, Visits
from tests.api.calling import problem_of
from tests.api.calling import service as new_service
from tests.pages.visiting import REQUEST, Browser, browser

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture(scope="module")
def visitor() -> Browser:
    return browser()


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "keys.jsonl"


def words(lang: str, word: PageWord) -> str:
    english, chinese = PAGES[word]
    return chinese if lang == "zh" else english


def test_every_word_is_there_in_both_languages_with_the_same_facts() -> None:
    assert set(PAGES) >= set(PageWord)
    for english, chinese in (*PAGES.values(), STARTED):
        assert english.strip(), chinese.strip()
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", chinese))


@LANGUAGES
def test_the_first_page_asks_for_a_file(visitor: Browser, lang: str) -> None:
    answer = visitor.get(f"/{lang}/")

    assert (answer.status_code, answer.headers["content-security-policy"]) == (200, POLICY)
    assert answer.headers["cache-control"] == "no-store"
    assert words(lang, PageWord.CALCULATE) in answer.text
    assert '<input id="request" name="request" type="file"' in answer.text


@pytest.mark.parametrize("path", ["/zh/", "/en/", "/en/nothing"])
def test_a_page_has_no_script_no_inline_style_and_nothing_from_elsewhere(visitor: Browser, path: str) -> None:
    text = visitor.get(path).text

    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|(?:src|href|action)=\"https?:", text)


@pytest.mark.parametrize(("wanted", "where"), [("zh-CN,zh;q=0.9", "/zh/"), ("en-GB", "/en/"), ("", "/zh/")])
def test_the_root_leads_to_the_language_that_the_browser_asks_for(visitor: Browser, wanted: str, where: str) -> None:
    answer = visitor.get("/?from=mail", headers={"accept-language": wanted})

    assert (answer.status_code, answer.headers["location"]) == (303, where)


@LANGUAGES
def test_a_request_file_becomes_the_bill_with_the_derivation_of_each_line(visitor: Browser, lang: str) -> None:
    answer = visitor.post(f"/{lang}/bill", request=("june.yaml", REQUEST))

    assert answer.status_code == 200
    assert "1629271.00" in answer.text, "the issued total"
    assert "91316.81" in answer.text, "132000 × 0.691794"
    assert answer.text.count("<details>") == answer.text.count('class="why"') > 5
    assert ("广西" if lang == "zh" else "cn-guangxi") in answer.text
    assert words(lang, PageWord.HOW) in answer.text
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|(?:src|href|action)=\"https?:", answer.text)


def test_the_example_is_a_bill(visitor: Browser) -> None:
    assert "1629271.00" in visitor.post("/zh/bill", {"example": "1"}).text


@pytest.mark.parametrize(
    ("shape", "media_type", "begins"),
    [("json", "application/json", b"{"), ("html", "text/html", b"<!DOCTYPE"), ("xlsx", "application/vnd", b"PK")],
)
def test_a_bill_can_be_kept(visitor: Browser, shape: str, media_type: str, begins: bytes) -> None:
    carried = {"request_name": "june.yaml", "request_text": REQUEST.decode(), "as": shape}
    answer = visitor.post("/zh/bill", carried)

    assert answer.headers["content-disposition"] == f'attachment; filename="bill.{shape}"'
    assert answer.headers["content-type"].startswith(media_type)
    assert answer.content.startswith(begins)
    if shape == "json":
        assert answer.json()["total"] == "1629271.00"


def test_a_carried_request_gives_the_same_bill(visitor: Browser) -> None:
    """A browser sends the line ends of a form as CR LF."""
    first = visitor.post("/zh/bill", request=("june.yaml", REQUEST)).text
    carried = {"request_name": "june.yaml", "request_text": REQUEST.decode().replace("\n", "\r\n")}
    again = visitor.post("/zh/bill", carried).text

    identity = re.compile(r'class="identity">([^<]+)<')
    assert identity.findall(first) == identity.findall(again) != []


@LANGUAGES
def test_a_fault_is_told_beside_its_place(visitor: Browser, lang: str) -> None:
    line = next(number for number, text in enumerate(REQUEST.split(b"\n"), 1) if text.startswith(b"area:"))
    answer = visitor.post(f"/{lang}/bill", request=("june.yaml", REQUEST.replace(b"area:", b"aera:", 1)))

    assert answer.status_code == 422
    assert f"june.yaml:{line}:1" in answer.text
    assert "<pre><code>aera:" in answer.text
    assert words(lang, PageWord.WRONG) in answer.text


@LANGUAGES
def test_what_cannot_be_billed_is_told(visitor: Browser, lang: str) -> None:
    answer = visitor.post(f"/{lang}/bill", request=("june.yaml", REQUEST.replace(b"cn-guangxi", b"cn-xizang")))

    assert answer.status_code == 422
    assert words(lang, PageWord.REFUSED) in answer.text


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"{", b"- 1", b"<b>&", b"a: &x [*x]"])
def test_a_bad_file_is_a_page_that_says_so(visitor: Browser, content: bytes) -> None:
    answer = visitor.post("/en/bill", request=("<b>.yaml", content))

    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/html")
    assert "<b>.yaml" not in answer.text


def test_a_form_without_a_file_asks_for_one(visitor: Browser) -> None:
    answer = visitor.post("/zh/bill")

    assert answer.status_code == 422
    assert PAGES[PageWord.NO_FILE].chinese in answer.text
    assert visitor.get("/zh/bill").headers["location"] == "/zh/"


@pytest.mark.parametrize("token", ["", "0" * 64, "密"])
def test_a_form_without_the_token_of_its_visit_is_refused(visitor: Browser, token: str) -> None:
    answer = visitor.post("/en/bill", token=token, request=("june.yaml", REQUEST))

    assert answer.status_code == 403
    assert "1629271" not in answer.text


def test_the_token_of_another_visit_is_refused(visitor: Browser) -> None:
    assert visitor.post("/en/bill", {"example": "1"}, token=Browser(visitor.app).token()).status_code == 403


@pytest.mark.parametrize(
    ("media_type", "content", "status"),
    [
        ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=b", b"x", 400),
        ("application/json", b"{}", 415),
        ("multipart/form-data; boundary=b", b"x" * (3 << 20), 413),
    ],
)
def test_what_is_no_form_or_too_large_is_told_as_a_page(
    visitor: Browser, media_type: str, content: bytes, status: int
) -> None:
    answer = visitor("POST", "/zh/bill", content=content, headers={"content-type": media_type})

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-security-policy"] == POLICY


def test_the_service_s_limit_of_bytes_holds_for_a_file() -> None:
    answer = browser(body_bytes_max=2000).post("/zh/bill", request=("june.yaml", REQUEST + b"#" * 2000))

    assert answer.status_code == 422
    assert "2000" in answer.text


def test_no_place_is_told_as_a_page_that_says_when_to_come_back() -> None:
    answer = browser(concurrency_max=0).get("/zh/")

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert "同时的请求过多" in answer.text


@pytest.mark.parametrize(("error", "status"), [(Full(), 503), (Ended(), 400), (ZeroDivisionError(), 500)])
def test_a_calculation_that_fails_is_told_as_a_page(error: Exception, status: int) -> None:
    async def run(*_: object, **__: object) -> None:
        raise error

    visitor = browser()
    visitor.app.state.service.run = run
    answer = visitor.post("/zh/bill", {"example": "1"})

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert "ZeroDivisionError" not in answer.text


def test_nothing_of_a_request_is_logged_or_in_an_address(visitor: Browser, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="billcalc_api"):
        visitor.post("/zh/bill", request=("customer-4711.yaml", REQUEST.replace(b"M1", b"M4711")))

    assert caplog.messages
    assert "4711" not in "".join(caplog.messages)


@LANGUAGES
def test_where_keys_are_on_a_visit_begins_with_one(keys: Path, lang: str) -> None:
    key = create_key(keys, "office")
    visitor = browser(keys=keys)
    before = visitor.get(f"/{lang}/")
    refused = visitor.post(f"/{lang}/bill", {"example": "1"})
    wrong = visitor.post(f"/{lang}/sign-in", {"key": key[:-1]})
    stranger = visitor.cookies[COOKIE]
    entered = visitor.post(f"/{lang}/sign-in", {"key": f" {key} "})

    assert (before.status_code, before.headers["location"]) == (303, f"/{lang}/sign-in")
    assert (refused.status_code, refused.headers["location"]) == (303, f"/{lang}/sign-in")
    assert (wrong.status_code, words(lang, PageWord.KEY_UNKNOWN) in wrong.text) == (401, True)
    assert (entered.status_code, entered.headers["location"]) == (303, f"/{lang}/")
    assert visitor.cookies[COOKIE] != stranger
    assert re.search("HttpOnly; Path=/; SameSite=strict", entered.headers["set-cookie"])
    assert "1629271.00" in visitor.post(f"/{lang}/bill", {"example": "1"}).text
    assert visitor.get(f"/{lang}/sign-in").headers["location"] == f"/{lang}/"


def test_a_visit_ends_with_signing_out_with_its_key_and_with_the_service(keys: Path) -> None:
    key = create_key(keys, "office")
    visitor, other = browser(keys=keys), browser(keys=keys)
    visitor.post("/zh/sign-in", {"key": key})
    other.cookies = httpx.Cookies(visitor.cookies)
    unknown = other.get("/zh/").status_code
    out = visitor.post("/zh/sign-out")
    after = visitor.get("/zh/").status_code
    visitor.post("/zh/sign-in", {"key": key})
    again = visitor.get("/zh/").status_code
    revoke_key(keys, "office")

    assert (unknown, out.headers["location"], after, again) == (303, "/zh/sign-in", 303, 200)
    assert visitor.get("/zh/").status_code == 303


def test_a_visit_does_not_open_the_service_and_ends_in_its_time(keys: Path) -> None:
    key = create_key(keys, "office")
    visitor = browser(keys=keys)
    now = [0.0]
    site = visitor.app.state.service.pages
    site.visits = Visits(visitor.app.state.service.keys, clock=lambda: now[0])
    visitor.post("/zh/sign-in", {"key": key})
    service = visitor.get("/v1/tariffs")
    first = visitor.get("/zh/").status_code
    now[0] = SECONDS_MAX + 1

    assert (problem_of(service), first) == ((401, "unauthorized"), 200)
    assert visitor.get("/zh/").status_code == 303


def test_the_oldest_visit_makes_room(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("billcalc_pages.visits.VISITS_MAX", 1)
    key = create_key(keys, "office")
    first = browser(keys=keys)
    second = Browser(first.app)
    first.post("/zh/sign-in", {"key": key})
    second.post("/zh/sign-in", {"key": key})

    assert (first.get("/zh/").status_code, second.get("/zh/").status_code) == (303, 200)


def test_the_pages_change_nothing_of_the_service(visitor: Browser) -> None:
    assert problem_of(visitor.get("/v1/nothing")) == (404, "not_found")
    assert visitor.get("/healthz").headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert visitor.app.openapi()["paths"].keys() == new_service().app.openapi()["paths"].keys()
    assert new_service()("GET", "/zh/").status_code == 404


def test_the_style_sheet_is_the_only_thing_that_is_kept(visitor: Browser) -> None:
    answer = visitor.get("/static/pages.css")

    assert answer.headers["content-type"].startswith("text/css")
    assert answer.headers["cache-control"] == "public, max-age=3600"


@LANGUAGES
def test_what_is_no_page_is_told(visitor: Browser, lang: str) -> None:
    answer = visitor.get(f"/{lang}/nothing")

    assert (answer.status_code, words(lang, PageWord.NOT_FOUND) in answer.text) == (404, True)
