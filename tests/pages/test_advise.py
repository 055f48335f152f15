"""Advice on the pages: what months would have cost otherwise, in sentences, a drawing and tables; and files to keep."""

import html
import json
import re
from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from billcalc.words.pages import PAGES
from tests.documents import ROOT
from tests.pages.visiting import REQUEST, Browser, browser

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])
MONTH = (ROOT / "fixtures" / "published" / "basic-breakeven-74pct" / "request.yaml").read_bytes()


@pytest.fixture(scope="module")
def visitor() -> Browser:
    return browser()


def word(lang: str, name: str) -> str:
    return PAGES[name][lang == "zh"]


def advise(visitor: Browser, lang: str, files: Sequence[bytes], **fields: str) -> httpx.Response:
    parts: list[tuple[str, Any]] = [
        ("token", (None, visitor.token())),
        *((name, (None, value)) for name, value in fields.items()),
    ]
    parts += [("requests", (f"{number}.yaml", each)) for number, each in enumerate(files)]
    return visitor("POST", f"/{lang}/advise", files=parts)


@LANGUAGES
def test_months_are_asked_for_with_the_load_that_moves(visitor: Browser, lang: str) -> None:
    text = visitor.get(f"/{lang}/advise").text

    assert " multiple " in text
    assert f'href="/{lang}/advise" aria-current="page"' in text
    assert word(lang, "advice_shift") in text


@LANGUAGES
def test_what_another_way_would_have_cost_is_told_drawn_and_in_tables(visitor: Browser, lang: str) -> None:
    """1000 kVA at 28 are 28000; 736 kW ÷ 1.05 is a contract of 701 kW, at 38 26638: 1362.00 less."""
    answer = advise(visitor, lang, [MONTH])

    assert answer.status_code == 200
    assert ("would have cost 1362.00", "可节省 1362.00")[lang == "zh"] in answer.text
    assert ">28050.00<" in answer.text
    assert re.search(r"(by contracted demand|按合同最大需量)  26688\.00</text>", answer.text)
    assert f"{word(lang, 'advice_plan')}  26688.00" in answer.text
    assert answer.text.count("<rect") >= 3
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", answer.text)


def test_a_customer_without_a_choice_has_no_drawing(visitor: Browser) -> None:
    one_part = MONTH.replace(b"billing: two_part", b"billing: one_part").replace(b"mode: capacity", b"mode: exempt")

    assert "<svg" not in advise(visitor, "zh", [one_part]).text


def test_the_advice_is_kept_as_a_workbook_and_as_data(visitor: Browser) -> None:
    shown = advise(visitor, "zh", [MONTH], shift="5000", of="kwh").text
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', shown)
    carried = {name: html.unescape(value) for name, value in found if name != "token"}
    assert (carried["shift"], carried["of"], carried["request_name_0"]) == ("5000", "kwh", "0.yaml")
    workbook = visitor.post("/zh/advise", {**carried, "as": "xlsx"})
    data = visitor.post("/zh/advise", {**carried, "as": "json"})

    assert (workbook.content[:2], "advice.xlsx" in workbook.headers["content-disposition"]) == (b"PK", True)
    assert json.loads(data.content)["basic"]["plan"]["saved"] == "1362.00"
    assert visitor.post("/zh/advise", {**carried, "as": "pdf"}).headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("shift", ["x", "-1", "101"])
def test_load_that_is_no_number_is_told(visitor: Browser, shift: str) -> None:
    answer = advise(visitor, "zh", [MONTH], shift=shift)

    assert (answer.status_code, word("zh", "advice_shift_wrong") in answer.text) == (422, True)
    assert f'value="{shift}"' in answer.text


@pytest.mark.parametrize(
    ("files", "told", "place"),
    [
        ([], "no_file", ""),
        ([MONTH, b"{"], "wrong", "1.yaml"),
        ([MONTH, MONTH], "wrong", "1.yaml"),
        ([MONTH, MONTH.replace(b"2018-06-01", b"2018-09-01").replace(b"2018-07-01", b"2018-10-01")], "wrong", "1.yaml"),
        ([REQUEST.replace(b"cn-guangxi", b"cn-xizang")], "refused", "0.yaml"),
    ],
)
def test_what_is_missing_or_wrong_is_told_with_its_file(
    visitor: Browser, files: list[bytes], told: str, place: str
) -> None:
    answer = advise(visitor, "zh", files)

    assert answer.status_code == 422
    assert word("zh", told) in answer.text
    assert place in answer.text


def test_what_is_told_of_several_months_at_once_is_refused(visitor: Browser) -> None:
    june = b"{from: 2024-06-01, to: 2024-07-01}"
    several = REQUEST.replace(june, june.replace(b"07-01", b"08-01")).replace(
        b"2024-06-12, to: 2024-07", b"2024-06-12, to: 2024-08"
    )
    several += b'\nfacts: {S1: {demand_kw: "5"}}\n'
    answer = advise(visitor, "zh", [several])

    assert (answer.status_code, word("zh", "refused") in answer.text) == (422, True)


def test_advice_is_for_those_who_signed_in(tmp_path_factory: pytest.TempPathFactory) -> None:
    stranger = browser(keys=tmp_path_factory.mktemp("keys") / "keys.jsonl")

    assert stranger.get("/zh/advise").headers["location"] == "/zh/sign-in"
    assert stranger.post("/zh/advise", token="0" * 64).headers["location"] == "/zh/sign-in"
