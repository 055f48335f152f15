"""An account: months beside each other, from request files, in the order of their days."""

from collections.abc import Iterable
from decimal import Decimal

import httpx
import pytest

from billcalc.words.pages import PAGES, PageWord
from billcalc_pages.drawings import WIDTH, Step, bars
from tests.api.calling import ROOT
from tests.pages.visiting import REQUEST, Browser, browser

JULY = (ROOT / "fixtures" / "official" / "guangxi-2024-07-p1" / "request.yaml").read_bytes()
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture(scope="module")
def visitor() -> Browser:
    return browser()


def account(visitor: Browser, lang: str, files: Iterable[bytes]) -> httpx.Response:
    """Send files under one name, as a browser does that lets several be chosen."""
    token = visitor.token()
    parts = [("token", (None, token)), *(("requests", (f"{n}.yaml", each)) for n, each in enumerate(files))]
    return visitor("POST", f"/{lang}/account", files=parts)


@LANGUAGES
def test_several_files_are_asked_for_at_once(visitor: Browser, lang: str) -> None:
    text = visitor.get(f"/{lang}/account").text

    assert 'type="file"' in text
    assert " multiple " in text
    assert f'href="/{lang}/account" aria-current="page"' in text


@LANGUAGES
def test_each_month_has_its_energy_money_prices_shares_and_power_factor(visitor: Browser, lang: str) -> None:
    """Two issued bills: 1629271.00 ÷ 488400 is 3.3359, 1355333.26 ÷ 488400 2.7750; 132000 of them are 27.0 %.

    −31566.63 ÷ 2508000 is −0.0126, 2140000 ÷ 2508000 0.8533; 554400, 455400, 1498200 are 22.1, 18.2, 59.7 %.
    """
    answer = account(visitor, lang, [JULY, REQUEST])

    assert answer.status_code == 200
    june = ("488400", "1629271.00", "3.3359", "2.775", "27 %", "21.6 %", "51.4 %", "0.93")
    july = ("2508000", "-31566.63", "-0.0126", "0.8533", "22.1 %", "18.2 %", "59.7 %", "0.98")
    for told in (*june, *july):
        assert answer.text.count(f">{told}<") == 1, told
    assert ">1597704.37<" in answer.text, "both together"
    assert ">2996400<" in answer.text
    assert answer.text.count("<rect") == 2


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([], "no_file"),
        ([b""], "no_file"),
        ([REQUEST, b"{"], "wrong"),
        ([REQUEST.replace(b"cn-guangxi", b"cn-xizang")], "refused"),
    ],
)
def test_what_is_missing_or_wrong_is_told(visitor: Browser, files: list[bytes], told: str) -> None:
    answer = account(visitor, "zh", files)

    assert answer.status_code == 422
    assert PAGES[PageWord(told)].chinese in answer.text


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([REQUEST, REQUEST], "自 2024-06-12 起的日期在 0.yaml 中也有：每个月只能给一次"),
        ([REQUEST, JULY.replace(b"id: M1", b"id: M7")], "M7"),
    ],
)
def test_a_month_twice_and_another_customer_are_refused(visitor: Browser, files: list[bytes], told: str) -> None:
    answer = account(visitor, "zh", files)

    assert answer.status_code == 422
    assert told in answer.text
    assert "1.yaml" in answer.text


def test_more_files_than_two_years_have_are_refused(visitor: Browser) -> None:
    assert account(visitor, "zh", [b"{}"] * 25).status_code == 400


def test_the_account_is_for_those_who_signed_in(visitor: Browser) -> None:
    assert visitor.post("/zh/account", token="0" * 64).status_code == 403


def test_bars_begin_at_zero_and_are_seen() -> None:
    """464 px are 100; 50 is half of them, and what is below zero is a mark."""
    drawn = bars([Step("a", Decimal(100)), Step("b", Decimal(50)), Step("c", Decimal(-5))])

    assert [bar.width for bar in drawn] == [464, 232, 2]
    assert all(bar.x + bar.width <= WIDTH for bar in drawn)
