"""Findings on the pages: the list, one with its life, what people do to it by their keys, and the proof of the log."""

import re
import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from billcalc.store.store import Store
from billcalc.words.pages import PAGES
from billcalc_api.keys import create_key
from tests.pages.visiting import Browser, browser
from tests.store.auditing import check, difference, examined, run

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])
LETTER, BILL = b"we asked for too little", b"a bill of the difference"


def word(lang: str, name: str) -> str:
    return PAGES[name][lang == "zh"]


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "findings.sqlite")


@pytest.fixture
def visitor(place: str) -> Browser:
    """A visitor of a service that found one bill to be 12930.56 too small, and a jump of energy."""
    store = Store(place, make=True)
    found = difference(259356594, 260649650)
    run(store, examined(found, check(kwh="7"), issued=259356594, recomputed=260649650))
    store.close()
    return browser(store=place)


def do(visitor: Browser, number: int, kind: str, lang: str = "zh", **told: Any) -> httpx.Response:
    """Do something to a finding; files are pairs of a name and bytes."""
    parts: list[tuple[str, Any]] = [("token", (None, visitor.token())), ("kind", (None, kind))]
    parts += [(name, value if isinstance(value, tuple) else (None, value)) for name, value in told.items()]
    return visitor("POST", f"/{lang}/findings/{number}", files=parts)


def differing(visitor: Browser) -> int:
    """The number of the finding that has money."""
    [found] = [each for each in visitor.app.state.service.store.findings() if each.finding.code == "bill_differs"]
    number: int = found.finding.id
    return number


@LANGUAGES
def test_a_service_without_a_store_says_what_to_do(lang: str) -> None:
    visitor = browser()

    for path in ("findings", "findings/1", "findings/table"):
        assert word(lang, "findings_off") in visitor.get(f"/{lang}/{path}").text
    assert word(lang, "findings_off") in visitor.post(f"/{lang}/findings/prove").text
    assert word(lang, "findings_off") in do(visitor, 1, "note", lang, text="x").text


@LANGUAGES
def test_the_list_tells_what_was_found_where_it_stands_and_its_money(visitor: Browser, lang: str) -> None:
    text = visitor.get(f"/{lang}/findings").text

    assert ("the issued bill differs from the recomputed one", "已出账单与复算不一致")[lang == "zh"] in text
    assert ("energy jump", "电量突增突减")[lang == "zh"] in text
    assert '<td class="number">-12930.56</td>' in text
    assert text.count(f"<td>{('found', '已发现')[lang == 'zh']}</td>") == 2
    assert f'href="/{lang}/findings" aria-current="page"' in text


def test_findings_are_chosen_by_status_and_run(visitor: Browser) -> None:
    do(visitor, differing(visitor), "assigned", to="wang")

    for asked, count in (("", 2), ("status=found", 1), ("status=open", 2), ("run=1", 2), ("run=7", 0), ("status=x", 2)):
        text = visitor.get(f"/zh/findings?{asked}").text
        assert len(re.findall(r'<a href="/zh/findings/\d+">', text)) == count, asked
    assert word("zh", "findings_none") in visitor.get("/zh/findings?status=closed").text
    assert word("zh", "findings_begin") not in visitor.get("/zh/findings?status=closed").text


def test_an_empty_store_leads_to_an_audit(place: str) -> None:
    Store(place, make=True).close()

    assert word("zh", "findings_begin") in browser(store=place).get("/zh/findings").text


@LANGUAGES
def test_a_finding_tells_its_figures_its_next_step_and_its_log(visitor: Browser, lang: str) -> None:
    text = visitor.get(f"/{lang}/findings/{differing(visitor)}").text

    assert ("issued: 2593565.94 CNY", "已出：2593565.94 元")[lang == "zh"] in text
    assert re.search(r'<li aria-current="step">(found|已发现)</li>', text)
    assert [*dict.fromkeys(re.findall(r'name="kind" value="(\w+)"', text))] == ["assigned", "note"]
    assert re.search(r'title="[0-9a-f]{64}">[0-9a-f]{12}<', text)
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", text)


def test_what_is_no_finding_or_no_act_is_no_page(visitor: Browser) -> None:
    for number in ("99", "0", "x", "1" * 30):
        assert visitor.get(f"/zh/findings/{number}").status_code == 404
    assert do(visitor, 99, "note", text="x").status_code == 404
    assert do(visitor, 1, "found").status_code == 404
    assert visitor.post("/zh/findings/1", {"kind": "note"}, token="0" * 64).status_code == 403


def test_a_finding_lives_until_it_is_closed_each_step_by_who_entered_the_key(
    tmp_path: Path, place: str, visitor: Browser
) -> None:
    """12930.56 too little was asked for: a bill of the difference of 12930.56 undoes it."""
    keys = tmp_path / "keys.jsonl"
    li, wang = (create_key(keys, name) for name in ("li", "wang"))
    number = differing(visitor)
    app = browser(store=place, keys=keys).app
    office, clerk = Browser(app), Browser(app)
    office.post("/zh/sign-in", {"key": li})
    clerk.post("/zh/sign-in", {"key": wang})

    answer = do(office, number, "assigned", to="wang")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/zh/findings/{number}")
    do(clerk, number, "site_check", text="the contract says 0.90")
    do(clerk, number, "confirmed", text="")
    documents: dict[str, Any] = {"kind_1": "back_bill", "total_1": "12930.56", "file_1": ("bill.txt", BILL)}
    refused = do(clerk, number, "corrected", **documents)
    assert refused.status_code == 422
    assert "wang" in re.findall(r'role="alert">(.*?)</p>', refused.text)[0]
    assert 'value="12930.56"' in refused.text, "what was filled in stays"
    letter: dict[str, Any] = {"kind_2": "letter", "total_2": "", "file_2": ("letter.txt", LETTER)}
    assert do(office, number, "corrected", **documents, **letter).status_code == 303
    assert word("zh", "finding_refused") in do(office, number, "verified", run="1").text, "no run found it gone"
    store = app.state.service.store
    run(store, examined(issued=259356594, recomputed=260649650))
    shown = office.get(f"/zh/findings/{number}").text
    assert 'name="run" value="2"' in shown, "the run that did not find it any more is known"
    assert do(office, number, "verified", run="2").status_code == 303
    assert do(office, number, "closed").status_code == 303

    text = clerk.get(f"/zh/findings/{number}").text
    assert sha256(BILL).hexdigest() in text
    assert re.search(r'<li aria-current="step">已办结</li>', text)
    assert [each.actor for each in store.finding(number).events] == [
        "li", "li", "wang", "wang", "li", "li", "li", "li"
    ]  # fmt: skip
    store.close()


def test_a_dismissed_finding_tells_that_it_is(visitor: Browser) -> None:
    number = differing(visitor)
    do(visitor, number, "assigned", to="wang")
    assert (
        word("zh", "finding_refused") in do(visitor, number, "dismissed", reason="a furnace", until="2020-01-01").text
    )
    assert do(visitor, number, "dismissed", reason="a furnace", until="2099-01-01").status_code == 303

    assert '<li aria-current="step">已排除</li>' in visitor.get(f"/zh/findings/{number}").text
    assert do(visitor, number, "reopened", reason="the customer objects").status_code == 303


@pytest.mark.parametrize(
    ("told", "word_of"),
    [
        ({"total_1": "12,930.56", "file_1": ("b", BILL)}, "act_number"),
        ({"total_1": "1.005", "file_1": ("b", BILL)}, "act_number"),
        ({"total_1": "", "file_1": ("b", BILL)}, "act_number"),
        ({"total_1": "1", "file_1": ("", b"")}, "act_no_file"),
        ({"left": "x"}, "act_number"),
        ({"left": "1"}, "finding_refused"),
    ],
)
def test_a_correction_that_is_none_is_told_beside_it(visitor: Browser, told: dict[str, Any], word_of: str) -> None:
    number = differing(visitor)
    do(visitor, number, "assigned", to="wang")
    do(visitor, number, "confirmed")
    answer = do(visitor, number, "corrected", kind_1="back_bill", **told)

    assert answer.status_code == 422
    assert word("zh", word_of).partition("{")[2].partition("}")[2][:6] in answer.text


def test_a_check_that_was_told_by_another_version_is_told_as_it_is(place: str) -> None:
    store = Store(place, make=True)
    run(store, examined(check("something_of_tomorrow", kwh="7")))
    store.close()

    assert "something_of_tomorrow" in browser(store=place).get("/zh/findings").text


def test_findings_are_kept_as_a_workbook(visitor: Browser) -> None:
    answer = visitor.get("/zh/findings/table?status=open&run=1")

    assert answer.content[:2] == b"PK"
    assert answer.headers["content-disposition"] == 'attachment; filename="findings.xlsx"'


@LANGUAGES
def test_the_log_is_proved_whole(visitor: Browser, lang: str) -> None:
    text = visitor.post(f"/{lang}/findings/prove").text

    assert ("The log of 3 events is whole", "日志共 3 条，完整无缺")[lang == "zh"] in text


def test_a_log_that_was_changed_is_told_so(place: str, visitor: Browser) -> None:
    with sqlite3.connect(place) as connection:
        connection.execute("DROP TRIGGER IF EXISTS event_no_update")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE event SET actor = 'nobody' WHERE seq = 2")
    answer = visitor.post("/zh/findings/prove")

    assert 'role="alert"' in answer.text
    assert "第 2 条被改动" in answer.text


def test_checkpoints_that_were_kept_elsewhere_are_held_against_the_log(tmp_path: Path, visitor: Browser) -> None:
    kept = tmp_path / "kept.jsonl"
    visitor.app.state.service.store.checkpoint(kept, at="2024-08-01T00:00:00Z")

    assert (
        "相符的检查点：1 个" in visitor.post("/zh/findings/prove", checkpoints=("kept.jsonl", kept.read_bytes())).text
    )
    wrong = visitor.post("/zh/findings/prove", checkpoints=("kept.jsonl", b"{}\n"))
    assert (wrong.status_code, "kept.jsonl:1" in wrong.text) == (422, True)


def test_a_store_that_cannot_be_read_is_told_without_its_place(place: str, visitor: Browser) -> None:
    visitor.app.state.service.store.close()
    with sqlite3.connect(place) as connection:
        connection.execute("DROP TABLE event")
    answer = visitor.get("/zh/findings")

    assert answer.status_code == 503
    assert word("zh", "store_failed") in answer.text
    assert place not in answer.text


def test_findings_are_for_those_who_signed_in(tmp_path: Path, place: str, visitor: Browser) -> None:
    stranger = browser(store=place, keys=tmp_path / "keys.jsonl")

    for path in ("findings", "findings/1", "findings/table"):
        assert stranger.get(f"/zh/{path}").headers["location"] == "/zh/sign-in"
    assert stranger.post("/zh/findings/prove", token="0" * 64).headers["location"] == "/zh/sign-in"
