"""Comparing on the pages: both bills line by line, the causes with their money, the drawing with its table."""

import json
import re
from decimal import Decimal

import httpx
import pytest

from billcalc.words.bills import Phrase
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.pages import PAGES, PageWord
from billcalc_api.contract import example
from billcalc_pages.drawings import WIDTH, Step, waterfall
from tests.api.calling import P1, ROOT
from tests.cli.test_doubts_at_every_door import FEN
from tests.pages.visiting import REQUEST, Browser, browser

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture(scope="module")
def visitor() -> Browser:
    return browser()


@pytest.fixture(scope="module")
def issued() -> bytes:
    return json.dumps(example(f"{P1}-issued"), ensure_ascii=False, indent=1).encode()


def words(lang: str, word: PageWord) -> str:
    english, chinese = PAGES[word]
    return chinese if lang == "zh" else english


@LANGUAGES
def test_two_files_are_asked_for(visitor: Browser, lang: str) -> None:
    text = visitor.get(f"/{lang}/compare").text

    assert len(re.findall('type="file"', text)) == 2
    assert words(lang, PageWord.ISSUED_FILE) in text


@LANGUAGES
def test_a_bill_that_agrees_is_told_so_line_by_line(visitor: Browser, issued: bytes, lang: str) -> None:
    answer = visitor.post(f"/{lang}/compare", request=("june.yaml", REQUEST), issued=("issued.json", issued))

    assert answer.status_code == 200
    assert words(lang, PageWord.AGREES) in answer.text
    assert answer.text.count("91316.81") == 2
    assert "<svg" not in answer.text


@LANGUAGES
def test_a_doubt_about_the_recomputed_bill_is_told(visitor: Browser, issued: bytes, lang: str) -> None:
    heading = LEXICONS[Language(lang)].phrases[Phrase.DOUBTS]
    answer = visitor.post(f"/{lang}/compare", request=("june.yaml", REQUEST + FEN.encode()), issued=("i.json", issued))
    assert f'<h2 id="problems">{heading}</h2>' in answer.text
    assert "57.035" in answer.text.partition(heading)[2]
    answer = visitor.post(f"/{lang}/compare", request=("june.yaml", REQUEST), issued=("issued.json", issued))
    assert heading not in answer.text


@LANGUAGES
def test_two_causes_are_told_with_clause_and_file_and_by_line_alone_and_together(visitor: Browser, lang: str) -> None:
    """By hand in docs/causes.md: the size takes −271066.52 and adds 1219.80, the standard −8080.58, both 1355.33."""
    issued = (ROOT / "fixtures" / "issued" / "examples" / "guangxi-two-causes.csv").read_bytes()
    answer = visitor.post(f"/{lang}/compare", request=("june.yaml", REQUEST), issued=("issued.csv", issued))
    rows = [
        [re.sub("<[^>]*>", "", cell) for cell in re.findall("<t[dh].*?</t[dh]>", row)]
        for row in re.findall("<tr.*?</tr>", answer.text, re.DOTALL)
    ]
    adjustment = {"zh": "功率因数调整电费", "en": "Power-factor adjustment"}[lang]
    assert [adjustment, "+1219.80", "-8080.58", "+1355.33", "0.00"] in rows
    assert any(row[1:] == ["-269846.72", "-8080.58", "+1355.33", "0.00"] for row in rows)
    for told in {
        "zh": ("变压器 T1 按 80000 千伏安计费", "依据：供电营业规则", "核查：变压器铭牌容量", "单独 A", "A+B 共同"),
        "en": ("80000 kVA", "rule: ", "look up: the nameplate of the transformer", "A alone", "A+B together"),
    }[lang]:
        assert told in answer.text, told


@LANGUAGES
def test_a_cause_is_named_with_its_money_drawn_and_in_the_table(visitor: Browser, issued: bytes, lang: str) -> None:
    # For cosφ 0.93 the standard 0.85 gives −0.95 %, where 0.90 gives −0.45 %: of 1616116.19 that is −15353.10, which is
    # 8080.58 less than −7272.52 (水电财字〔1983〕215号, tables 1 and 2).
    wrong = (
        issued.replace(b"-0.0045", b"-0.0095").replace(b"-7272.52", b"-15353.10").replace(b"1629271.00", b"1621190.42")
    )
    answer = visitor.post(f"/{lang}/compare", request=("june.yaml", REQUEST), issued=("issued.json", wrong))

    assert answer.status_code == 200
    assert "0.85" in answer.text
    assert answer.text.count("-8080.58") >= 3, "above, of the cause, in its line"
    assert answer.text.count('class="bar-sum"') == 2 * answer.text.count("<svg") > 0
    assert words(lang, PageWord.CAUSES) in answer.text
    assert 'class="finding"' in answer.text
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", answer.text)


@LANGUAGES
def test_a_bill_leads_to_its_comparison(visitor: Browser, issued: bytes, lang: str) -> None:
    shown = visitor.post(f"/{lang}/bill", request=("june.yaml", REQUEST)).text
    carried = {"request_name": "june.yaml", "request_text": REQUEST.decode()}
    answer = visitor.post(f"/{lang}/compare", carried, issued=("issued.json", issued))

    assert f'action="/{lang}/compare"' in shown
    assert words(lang, PageWord.AGREES) in answer.text


def test_a_missing_file_is_asked_for(visitor: Browser, issued: bytes) -> None:
    answer = visitor.post("/zh/compare", issued=("issued.json", issued))

    assert (answer.status_code, PAGES[PageWord.NO_ISSUED].chinese in answer.text) == (422, True)


@pytest.mark.parametrize("name", ["issued.json", "issued.csv", "issued.xlsx"])
def test_an_issued_bill_that_cannot_be_read_is_told(visitor: Browser, name: str) -> None:
    answer = visitor.post("/en/compare", request=("june.yaml", REQUEST), issued=(name, b"a: 1\n"))

    assert answer.status_code == 422
    assert "issued" in answer.text


def test_a_row_that_cannot_be_read_is_told_beside_its_place(visitor: Browser, issued: bytes) -> None:
    answer = visitor.post(
        "/en/compare",
        request=("june.yaml", REQUEST),
        issued=("issued.json", issued.replace(b"91316.81", b"91316.8l")),
    )

    assert answer.status_code == 422
    assert re.search(r"issued\.json:\d+:\d+", answer.text)
    assert "91316.8l" in answer.text


def test_a_request_that_cannot_be_read_or_billed_is_told(visitor: Browser, issued: bytes) -> None:
    for request in (REQUEST.replace(b"area:", b"aera:", 1), REQUEST.replace(b"cn-guangxi", b"cn-xizang")):
        answer = visitor.post("/en/compare", request=("june.yaml", request), issued=("issued.json", issued))
        assert answer.status_code == 422
        assert "june.yaml" in answer.text


def test_a_waterfall_goes_down_from_one_sum_to_another() -> None:
    """100 − 20 + 10 = 90: between 80 and 100 the scale is 25 wide and begins at 75; 464 px are 18.56 for each."""
    issued = Step("issued", Decimal(100), is_sum=True)
    steps = [issued, Step("1", Decimal(-20)), Step("rest", Decimal(10), is_rest=True)]
    bars = waterfall([*steps, Step("recomputed", Decimal(90), is_sum=True)])

    assert [bar.kind for bar in bars] == ["sum", "less", "rest", "sum"]
    assert [(bar.x, bar.width) for bar in bars] == [(8, 464), (100, 372), (100, 186), (8, 278)]
    assert all(bar.x + bar.width <= WIDTH for bar in bars)


def test_bars_of_nothing_are_seen() -> None:
    bars = waterfall([Step("a", Decimal(5), is_sum=True), Step("1", Decimal(0)), Step("b", Decimal(5), is_sum=True)])

    assert all(bar.width >= 2 for bar in bars)


def test_a_step_up_is_told_from_a_step_down() -> None:
    bars = waterfall([Step("a", Decimal(5), is_sum=True), Step("1", Decimal(1)), Step("b", Decimal(6), is_sum=True)])

    assert bars[1].kind == "more"


AMOUNTS = {
    "代购电费 峰": "91316.81",
    "代购电费 平": "49374.76",
    "代购电费 谷": "61028.17",
    "上网环节线损电费": "7968.73",
    "输配电费": "37948.68",
    "基本电费": "1355333.26",
    "煤电容量电费": "8923.07",
    "其他费用合计": "4222.71",
    "基金及附加费": "20427.33",
    "功率因数调整电费": "-7272.52",
    "合计": "1629271.00",
}
"""What was issued for the customer of ``REQUEST``."""


def typed(visitor: Browser, amounts: dict[str, str]) -> httpx.Response:
    """Type amounts beside the lines of a bill, each found by its label."""
    shown = visitor.post("/zh/bill", request=("june.yaml", REQUEST)).text
    fields = {name: field for field, name in re.findall(r'<label for="(amount_\w+)">([^<]+)</label>', shown)}
    assert set(fields) == set(AMOUNTS)
    carried = {"request_name": "june.yaml", "request_text": REQUEST.decode()}
    return visitor.post("/zh/compare", {**carried, **{fields[name]: amount for name, amount in amounts.items()}})


def test_amounts_typed_beside_their_lines_need_no_file(visitor: Browser) -> None:
    answer = typed(visitor, AMOUNTS)

    assert answer.status_code == 200
    assert PAGES[PageWord.AGREES].chinese in answer.text


def test_typed_amounts_that_differ_have_their_cause(visitor: Browser) -> None:
    """The standard 0.85 gives −15353.10, 8080.58 less than −7272.52."""
    answer = typed(visitor, {**AMOUNTS, "功率因数调整电费": "-15353.10", "合计": "1621190.42"})

    assert answer.status_code == 200
    assert "-8080.58" in answer.text
    assert PAGES[PageWord.CAUSES].chinese in answer.text


def test_a_typed_amount_that_is_none_is_told_with_its_line(visitor: Browser) -> None:
    answer = typed(visitor, {**AMOUNTS, "基本电费": "l355333.26"})

    assert answer.status_code == 422
    assert "l355333.26" in answer.text


@pytest.mark.parametrize("request_text", ["{", REQUEST.decode().replace("cn-guangxi", "cn-xizang")])
def test_amounts_beside_a_request_without_a_bill_are_not_compared(visitor: Browser, request_text: str) -> None:
    carried = {"request_name": "june.yaml", "request_text": request_text, "amount_0": "1"}

    assert visitor.post("/zh/compare", carried).status_code == 422
