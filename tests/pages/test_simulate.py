"""Simulations on the pages: what is to be otherwise, each change a variant, line by line beside the bill as it is."""

import re

import httpx
import pytest

from billcalc.words.pages import PAGES
from tests.api.calling import ROOT
from tests.pages.visiting import REQUEST, Browser, browser

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])
VARIANTS = (ROOT / "fixtures" / "variants" / "guangxi-2024-06-p1.yaml").read_bytes()
ASKED = {"asked": "1"}


@pytest.fixture(scope="module")
def visitor() -> Browser:
    return browser()


def word(lang: str, name: str) -> str:
    return PAGES[name][lang == "zh"]


def simulate(visitor: Browser, lang: str = "zh", request: bytes = REQUEST, **fields: str) -> httpx.Response:
    return visitor.post(f"/{lang}/advise/simulate", {**ASKED, **fields}, request=("june.yaml", request))


def sums(text: str) -> list[list[str]]:
    """What each variant comes to, from the first table."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", text.partition("<table>")[2].partition("</table>")[0], re.DOTALL)
    return [[cell for cell in re.findall(r"<td[^>]*>([^<]*)</td>", row) if cell] for row in rows[1:]]


@LANGUAGES
def test_a_request_and_what_is_to_be_otherwise_are_asked_for(visitor: Browser, lang: str) -> None:
    assert f'href="/{lang}/advise/simulate"' in visitor.get(f"/{lang}/advise").text
    text = visitor.get(f"/{lang}/advise/simulate").text

    assert text.count('type="file"') == 2
    assert f'href="/{lang}/advise" aria-current="page"' in text
    for name in ("standard", "voltage", "transformers", "mode", "contract", "demand"):
        assert f'id="{name}"' in text


@LANGUAGES
def test_each_change_is_a_variant_with_the_lines_that_differ(visitor: Browser, lang: str) -> None:
    """By hand: the standard 0.85 takes 0.5 % of 1616116.19 off, 8080.58.

    A fifth of 100000 kVA is 271066.52, of which the power factor had taken 1219.80 off. 45000 kW × 34.2 × 19/30 =
    974700.00; −0.45 % of what the power factor then adjusts, 1235482.93, is −5559.67.
    """
    answer = simulate(
        visitor, lang, standard="0.85", transformers="80000", mode="contracted", contract="45000", demand="44000"
    )

    assert answer.status_code == 200
    assert [row[1:] for row in sums(answer.text)] == [
        ["1621190.42", "−8080.58"],
        ["1359424.28", "−269846.72"],
        ["1250350.59", "−378920.41"],
    ]
    assert "974700.00" in answer.text
    assert 'name="request_text"' in answer.text
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", answer.text)


@LANGUAGES
def test_a_variant_that_cannot_be_billed_is_told_beside_the_others(visitor: Browser, lang: str) -> None:
    answer = simulate(visitor, lang, standard="0.85", voltage="35kV")

    assert answer.status_code == 200
    assert word(lang, "simulate_unbilled") in answer.text
    assert [row[1:] for row in sums(answer.text)] == [["1621190.42", "−8080.58"]]
    assert "no_price" not in answer.text
    assert ("<b>Voltage 35kV</b>", "<b>供电电压 35千伏</b>")[lang == "zh"] in answer.text


def test_variants_of_a_file_are_billed_too(visitor: Browser) -> None:
    answer = visitor.post(
        "/zh/advise/simulate", ASKED, request=("june.yaml", REQUEST), variants=("variants.yaml", VARIANTS)
    )

    assert answer.status_code == 200
    assert ["80 MVA", "1359424.28", "−269846.72"] in sums(answer.text)


@LANGUAGES
def test_a_bill_leads_to_its_variants(visitor: Browser, lang: str) -> None:
    shown = visitor.post(f"/{lang}/bill", request=("june.yaml", REQUEST)).text
    carried = {"request_name": "june.yaml", "request_text": REQUEST.decode()}
    first = visitor.post(f"/{lang}/advise/simulate", carried)
    nothing = visitor.post(f"/{lang}/advise/simulate", {**carried, **ASKED})

    assert f'action="/{lang}/advise/simulate"' in shown
    assert (first.status_code, word(lang, "simulate_nothing") in first.text) == (200, False)
    assert "june.yaml" in first.text
    assert (nothing.status_code, word(lang, "simulate_nothing") in nothing.text) == (422, True)


@pytest.mark.parametrize(
    ("fields", "name", "told"),
    [
        ({"standard": "0.86"}, "standard", PAGES["choose"].chinese),
        ({"voltage": "11kV"}, "voltage", PAGES["choose"].chinese),
        ({"mode": "free"}, "mode", PAGES["choose"].chinese),
        ({"mode": "contracted"}, "contract", "不是"),
        ({"transformers": "much"}, "transformers", "much"),
        ({"transformers": "-1"}, "transformers", "-1"),
        ({"transformers": "50000 50000"}, "transformers", "1 台变压器"),
        ({"mode": "actual", "demand": "x"}, "demand", "x"),
    ],
)
def test_an_answer_that_cannot_be_taken_is_told_beside_its_field(
    visitor: Browser, fields: dict[str, str], name: str, told: str
) -> None:
    answer = simulate(visitor, "zh", REQUEST, **fields)
    fault = re.search(rf'<p class="fault" id="{name}-fault">([^<]*)</p>', answer.text)

    assert answer.status_code == 422
    assert fault is not None
    assert told in fault[1]


@pytest.mark.parametrize(
    ("request_file", "told"),
    [
        (b"", "simulate_missing"),
        (b"{", "wrong"),
        (REQUEST.replace(b"cn-guangxi", b"cn-xizang"), "refused"),
    ],
)
def test_a_request_that_is_missing_or_has_no_bill_is_told(visitor: Browser, request_file: bytes, told: str) -> None:
    answer = simulate(visitor, "zh", request_file, standard="0.85")

    assert answer.status_code == 422
    assert word("zh", told) in answer.text


def test_a_file_of_variants_that_holds_none_is_told_with_its_place(visitor: Browser) -> None:
    answer = visitor.post(
        "/zh/advise/simulate", ASKED, request=("june.yaml", REQUEST), variants=("variants.yaml", b"variants: 1\n")
    )

    assert answer.status_code == 422
    assert "variants.yaml:1" in answer.text


def test_simulations_are_for_those_who_signed_in(tmp_path_factory: pytest.TempPathFactory) -> None:
    stranger = browser(keys=tmp_path_factory.mktemp("keys") / "keys.jsonl")

    assert stranger.get("/zh/advise/simulate").headers["location"] == "/zh/sign-in"
    assert stranger.post("/zh/advise/simulate", token="0" * 64).status_code in (303, 403)
