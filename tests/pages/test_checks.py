"""Checks on the pages: what speaks, what passes, what lacks something, and each check with its formula and limits."""

import httpx
import pytest

from billcalc.audit.checks.judging import ALL
from billcalc.audit.checks.left_out import LEFT_OUT
from billcalc.audit.checks.names import NAMES
from billcalc.words.bills import Phrase
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.pages import PAGES
from tests.cli.test_doubts_at_every_door import FEN
from tests.pages.visiting import REQUEST, Browser, browser

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])
JULY = (
    REQUEST.partition(b"  readings:")[0]
    .replace(b"2024-07-01", b"2024-08-01")
    .replace(b"2024-06-12", b"2024-07-01")
    .replace(b"2024-06-01", b"2024-07-01")
    + b"""  readings:
  - {at: 2024-07-01, kind: opening, total: "0.5", peak: "0.2", flat: "0.16", valley: "0.38", reactive_forward: "0.3"}
  - {at: 2024-08-01, kind: closing, total: "1.24", peak: "0.4", flat: "0.32", valley: "0.76", reactive_forward: "0.6"}
"""
)
"""The month after ``REQUEST``, which opens with 0.5 where that closed with 0.75."""


@pytest.fixture(scope="module")
def visitor() -> Browser:
    return browser()


def check(visitor: Browser, lang: str, request: bytes, *history: bytes) -> httpx.Response:
    """Send a month and earlier ones, as a browser does: without an earlier one an empty file."""
    months = [("history", (f"{number}.yaml", each)) for number, each in enumerate(history)]
    parts = [("token", (None, visitor.token())), ("request", ("july.yaml", request))]
    return visitor("POST", f"/{lang}/checks", files=[*parts, *(months or [("history", ("", b""))])])


def word(lang: str, name: str) -> str:
    return PAGES[name][lang == "zh"]


@LANGUAGES
def test_the_form_stands_above_all_checks_with_those_that_are_not_made(visitor: Browser, lang: str) -> None:
    text = visitor.get(f"/{lang}/checks").text

    assert f'href="/{lang}/checks" aria-current="page"' in text
    assert text.count('type="file"') == 2
    for each in ALL:
        assert f'<a href="/{lang}/checks/{each.code}">{NAMES[each.code][lang == "zh"]}</a>' in text
    for code in LEFT_OUT:
        assert f"<td>{NAMES[code][lang == 'zh']}</td>" in text
    assert "`" not in text


@LANGUAGES
def test_a_request_alone_tells_what_speaks_and_what_is_missing_for_the_rest(visitor: Browser, lang: str) -> None:
    answer = check(visitor, lang, REQUEST)

    assert answer.status_code == 200
    assert f'<a href="/{lang}/checks/bands_differ_from_total">' in answer.text
    assert ("M1" in answer.text, word(lang, "checks_pass") in answer.text) == (True, True)
    assert ("the energy of the month before", "上月的电量")[lang == "zh"] in answer.text
    assert word(lang, "checks_why_changed") not in answer.text
    assert ("cn-guangxi", "广西")[lang == "zh"] in answer.text


@LANGUAGES
def test_earlier_months_are_compared_with_and_why_the_money_changed_is_told(visitor: Browser, lang: str) -> None:
    answer = check(visitor, lang, JULY, REQUEST)

    assert answer.status_code == 200
    assert ("one opening reading", "唯一的起码")[lang == "zh"] in answer.text
    assert '<td class="number">0.75</td>' in answer.text
    assert word(lang, "checks_why_changed") in answer.text
    assert ("energy: 488400 → 488400 kWh", "电量：488400 → 488400 千瓦时")[lang == "zh"] in answer.text


def test_a_limit_is_told_with_its_source(visitor: Browser) -> None:
    """19 of 30 days before, 31 days now: the capacity charge of 19 days is 1355333.26, that of a month 2139999.88."""
    answer = check(visitor, "en", JULY, REQUEST)

    assert "/en/checks/basic_charge_jump" in answer.text
    assert "Limit: " in answer.text


@pytest.mark.parametrize(
    ("request_file", "history", "told", "place"),
    [
        (b"", (), "no_file", ""),
        (b"{", (), "wrong", "july.yaml"),
        (REQUEST, (b"{",), "wrong", "0.yaml"),
    ],
)
def test_what_is_missing_or_wrong_is_told_with_its_file(
    visitor: Browser, request_file: bytes, history: tuple[bytes, ...], told: str, place: str
) -> None:
    answer = check(visitor, "zh", request_file, *history)

    assert answer.status_code == 422
    assert word("zh", told) in answer.text
    assert place in answer.text
    assert 'name="history"' in answer.text


@LANGUAGES
def test_what_needs_no_bill_is_checked_of_months_that_cannot_be_billed(visitor: Browser, lang: str) -> None:
    """No tariff of Tibet is known: July opens with 0.5 where June closed with 0.75 all the same."""
    june, july = (each.replace(b"cn-guangxi", b"cn-xizang") for each in (REQUEST, JULY))
    answer = check(visitor, lang, july, june)
    spoken, _, lacking = answer.text.partition(word(lang, "checks_not_checked") + "</h2>")

    assert answer.status_code == 200
    assert word(lang, "checks_unbilled") in spoken
    assert spoken.count('<p class="where">july.yaml:') == spoken.count('<p class="where">0.yaml:') == 1
    assert f'/{lang}/checks/opening_differs">' in spoken.partition(word(lang, "checks_unbilled"))[2]
    assert '<td class="number">0.75</td>' in spoken
    assert f'/{lang}/checks/basic_charge_jump">' in lacking
    assert f"<td>{word(lang, 'checks_bill')}</td>" in lacking
    assert word(lang, "checks_why_changed") not in answer.text
    assert word(lang, "money_total") not in answer.text.partition("<dl")[0]


@LANGUAGES
def test_an_earlier_month_without_a_bill_leaves_the_others_their_change(visitor: Browser, lang: str) -> None:
    answer = check(visitor, lang, JULY, REQUEST.replace(b"110kV", b"35kV"))

    assert answer.status_code == 200
    assert f'/{lang}/checks/opening_differs">' in answer.text
    assert word(lang, "checks_why_changed") not in answer.text
    assert answer.text.count('<p class="where">') == 1


@LANGUAGES
def test_a_bill_leads_to_its_checks(visitor: Browser, lang: str) -> None:
    shown = visitor.post(f"/{lang}/bill", request=("june.yaml", REQUEST)).text
    carried = {"request_name": "june.yaml", "request_text": REQUEST.decode()}
    answer = visitor.post(f"/{lang}/checks", carried)

    assert f'action="/{lang}/checks"' in shown
    assert "/checks/bands_differ_from_total" in answer.text


def test_a_customer_of_whom_nothing_speaks_is_told_so(visitor: Browser) -> None:
    """Without the register of the total nothing differs from it."""
    calm = REQUEST.replace(b'total: "0", ', b"").replace(b'total: "0.75", ', b"")
    answer = check(visitor, "zh", calm)

    assert answer.status_code == 200
    assert word("zh", "checks_speak_none") in answer.text


@LANGUAGES
def test_a_check_tells_its_words_formula_needs_and_limits_with_their_source(visitor: Browser, lang: str) -> None:
    text = visitor.get(f"/{lang}/checks/two_part_not_applied").text

    for told in (
        NAMES["two_part_not_applied"][lang == "zh"],
        ("one capacity in the whole period ≥ the limit", "全期不变的容量 ≥ 界限")[lang == "zh"],
        '<td class="number">315</td>',
        "发改价格〔2023〕526号",
        "2023-06-01",
        (">and<", ">且<")[lang == "zh"],
        ("and no basic charge is paid", "而执行单一制")[lang == "zh"],
    ):
        assert told in text, told


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("period_overlap", "check_no_limits"),
        ("negative_item", "check_no_limits_other"),
        ("bands_differ_from_total", "check_told"),
        ("opening_differs", "check_formula_hint"),
    ],
)
def test_what_a_check_has_not_is_said(visitor: Browser, code: str, told: str) -> None:
    assert word("zh", told) in visitor.get(f"/zh/checks/{code}").text


def test_what_is_no_check_is_no_page(visitor: Browser) -> None:
    assert visitor.get("/zh/checks/nothing").status_code == 404


def test_checks_are_for_those_who_signed_in(tmp_path_factory: pytest.TempPathFactory) -> None:
    stranger = browser(keys=tmp_path_factory.mktemp("keys") / "keys.jsonl")

    for path in ("/zh/checks", "/zh/checks/period_gap"):
        assert stranger.get(path).headers["location"] == "/zh/sign-in"
    assert stranger.post("/zh/checks", token="0" * 64).status_code in (303, 403)


@LANGUAGES
def test_a_doubt_about_the_bill_is_told_beside_the_checks(visitor: Browser, lang: str) -> None:
    heading = LEXICONS[Language(lang)].phrases[Phrase.DOUBTS]
    assert heading in check(visitor, lang, REQUEST + FEN.encode()).text
    assert heading not in check(visitor, lang, REQUEST).text


@pytest.mark.parametrize(
    ("history", "told", "file"),
    [
        ((REQUEST, REQUEST.replace(b'"0.75"', b'"0.8"')), "the days from 2024-06-12 on are also in 0", "1.yaml"),
        ((REQUEST.replace(b"id: M1", b"id: M7"),), "all months are of one customer", "0.yaml"),
    ],
)
def test_a_month_twice_and_another_customer_are_no_history(
    visitor: Browser, history: tuple[bytes, ...], told: str, file: str
) -> None:
    answer = check(visitor, "en", JULY, *history)

    assert answer.status_code == 422
    assert told in answer.text
    assert file in answer.text
