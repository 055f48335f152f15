"""Audits on the pages: a table, its columns, what it found, one of its bills; and whose they are."""

import re
from pathlib import Path

import pytest

from billcalc.words.language import Language
from billcalc.words.runs import RECOMPUTED_PROBLEMS
from billcalc_api.keys import create_key
from billcalc_pages import audit_views
from billcalc_pages.jobs import JOBS_OF_KEY_MAX
from tests.pages.audits import accepted, audited, columns, send, sent, visitor_of, word
from tests.pages.visiting import Browser, browser
from tests.runs.test_reviews import AUDIT, TEMPLATE, right
from tests.tables.workbooks import workbook

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture(scope="module")
def table() -> bytes:
    return audited()


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, table: bytes) -> tuple[Browser, str]:
    """An audit that is done."""
    visitor = visitor_of(tmp_path_factory.mktemp("done"))
    place = sent(visitor, table)
    answer = accepted(visitor, place)
    assert (answer.status_code, answer.headers.get("location")) == (303, place), answer.text
    return visitor, place


@LANGUAGES
def test_a_service_without_a_directory_says_what_to_do(lang: str) -> None:
    visitor = browser()

    assert word(lang, "audit_off") in visitor.get(f"/{lang}/audit").text
    assert word(lang, "audit_off") in send(visitor, b"", lang).text
    assert visitor.get(f"/{lang}/audit/{'0' * 32}").status_code == 404
    assert visitor.post(f"/{lang}/audit/{'0' * 32}/remove").status_code == 303


@LANGUAGES
def test_a_table_is_asked_for_with_its_limits_and_how_long_it_stays(tmp_path: Path, lang: str) -> None:
    text = visitor_of(tmp_path, job_hours_kept=24, job_rows_max=1000).get(f"/{lang}/audit").text

    assert word(lang, "audit_table_hint").format(megabytes=2048, rows="1,000") in text
    assert word(lang, "audit_kept").format(hours=24) in text
    assert f'href="/{lang}/audit" aria-current="page"' in text


@LANGUAGES
def test_what_the_columns_are_is_proposed_with_its_evidence_and_examples(
    tmp_path: Path, table: bytes, lang: str
) -> None:
    visitor = visitor_of(tmp_path)
    text = visitor.get(sent(visitor, table, lang)).text

    assert word(lang, "layout_lead").format(file="六月.csv") in text
    taken = columns(text)
    assert (taken["column_0"], taken["column_1"], taken["column_9"], taken["column_10"]) == (
        "path:account", "path:month", "code:total", "",
    )  # fmt: skip
    assert "0301、0302" in text
    assert ("name &#34;峰电量&#34;; 100 %", "列名“峰电量”；100%")[lang == "zh"] in text
    assert 'id="month"' not in text, "a column tells it"
    assert 'id="side"' in text
    assert 'name="rest" value="1" checked' in text, "the total has more than these lines"
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", text)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"area": ""}, "choose"),
        ({"column_2": "path:month"}, "layout_twice"),
        ({"column_0": ""}, "layout_no_account"),
        ({"column_9": ""}, "layout_no_total"),
    ],
)
def test_what_cannot_be_accepted_is_told_and_kept_as_it_was_filled_in(
    tmp_path: Path, table: bytes, changed: dict[str, str], told: str
) -> None:
    visitor = visitor_of(tmp_path)
    answer = accepted(visitor, sent(visitor, table), changed)

    assert answer.status_code == 422
    assert word("zh", told) in answer.text
    assert '<option value="capacity" selected>' in answer.text


def test_what_a_visitor_has_to_decide_is_told_above_the_columns_and_done_by_sending_them(
    tmp_path: Path, table: bytes
) -> None:
    doubted = table.replace("变压器容量".encode(), "变压器容量,运行容量".encode()).replace(b",315,", b",315,250,")
    visitor = visitor_of(tmp_path)
    place = sent(visitor, doubted)

    assert "“变压器容量”和“运行容量”都可能是" in visitor.get(place).text
    assert accepted(visitor, place, {}).status_code == 303


def test_a_fact_that_is_no_word_is_told_above(tmp_path: Path, table: bytes) -> None:
    visitor = visitor_of(tmp_path)
    answer = accepted(visitor, sent(visitor, table), {"voltage": "nonsense"})

    assert answer.status_code == 422
    assert "nonsense" in answer.text


def test_a_one_part_customer_has_no_way_of_the_basic_charge(tmp_path: Path, table: bytes) -> None:
    visitor = visitor_of(tmp_path)
    answer = accepted(
        visitor, sent(visitor, table), {"mode": "", "billing": "one_part", "class": "industrial_commercial"}
    )

    assert answer.status_code == 303


@LANGUAGES
def test_the_result_tells_how_many_by_what_cause_and_ranks_the_bills(done: tuple[Browser, str], lang: str) -> None:
    visitor, place = done
    answer = visitor.get(place.replace("/zh/", f"/{lang}/"))

    assert answer.status_code == 200
    assert word(lang, "result_lead").format(differing=1, matched=2) in answer.text
    assert word(lang, "result_bills").format(count=1, money="1819.00") in answer.text
    assert ("transformer size", "变压器容量")[lang == "zh"] in answer.text
    assert re.search(r'/bills/1">0302</a></td><td>2024-06</td>', answer.text)
    assert '<td class="number">+1819.00</td>' in answer.text
    assert "<svg" in answer.text
    assert word(lang, "result_unread").format(columns="抄表员") in answer.text
    assert RECOMPUTED_PROBLEMS.of(Language(lang)) in answer.text
    what = ("metering point … tells nothing of band …", "计量点 … 没有 … 时段的电量")[lang == "zh"]
    assert word(lang, "result_problem").format(count=2, what=what) in answer.text
    assert "band_not_measured" not in answer.text


def test_how_the_table_was_read_is_told_where_it_is_not_as_it_looks(tmp_path: Path, table: bytes) -> None:
    cells = [line.split(",") for line in table.decode().splitlines()]
    visitor = visitor_of(tmp_path)
    place = sent(
        visitor,
        workbook(("六月", cells), hidden_rows=[2]),
        issued=("六月.xlsx", workbook(("六月", cells), hidden_rows=[2])),
    )
    accepted(visitor, place)
    assert "六月.xlsx：隐藏的 1 行也已读取" in visitor.get(place).text


def test_bills_are_chosen_by_cause_area_and_conclusion(done: tuple[Browser, str]) -> None:
    visitor, place = done

    for asked in ("?cause=capacity_size&area=cn-guangxi", "?status=proved"):
        assert ">0302</a>" in visitor.get(place + asked).text
        assert word("zh", "result_all") in visitor.get(place + asked).text
    for asked in ("?cause=digit", "?area=cn-hubei", "?status=unexplained", "?first=50", "?cause=%27%20OR%201"):
        assert ">0302</a>" not in visitor.get(place + asked).text
    assert word("zh", "result_earlier") in visitor.get(place + "?first=50").text
    assert ">0302</a>" in visitor.get(place + "?first=x").text


def test_long_lists_go_on_on_another_page(done: tuple[Browser, str], monkeypatch: pytest.MonkeyPatch) -> None:
    visitor, place = done
    monkeypatch.setattr("billcalc_pages.auditing.PAGE_ROWS", 0)

    assert word("zh", "result_later") in visitor.get(place).text


@LANGUAGES
def test_a_bill_opens_its_comparison_with_its_causes_and_leads_back(done: tuple[Browser, str], lang: str) -> None:
    visitor, place = done
    place = place.replace("/zh/", f"/{lang}/")
    answer = visitor.get(f"{place}/bills/1")

    assert answer.status_code == 200
    assert "+1819.00" in answer.text
    assert ("400 kVA in place of 315", "按 400 千伏安计费，应为 315 千伏安")[
        lang == "zh"
    ] in answer.text or "400" in answer.text
    assert ("400 kVA in place of 315", "按 400 千伏安计费，应为 315 千伏安")[lang == "zh"] in answer.text
    assert re.search(rf"{word(lang, 'issued')}</dt><dd>{right('202406') + 1819}<", answer.text), "the printed total"
    assert word(lang, "compare_rest") in answer.text
    assert answer.text.count('class="finding"') == 1, "what is not printed line by line is compared together"
    assert f'<a href="{place}">{word(lang, "audit_back")}</a>' in answer.text
    assert word(lang, "show_bill") in answer.text
    for other in ("0", "2", "x", "9" * 12):
        assert visitor.get(f"{place}/bills/{other}").status_code == 404


def test_what_differs_is_kept_as_a_workbook(done: tuple[Browser, str]) -> None:
    visitor, place = done
    answer = visitor.get(f"{place}/files/table")

    assert answer.content[:2] == b"PK"
    assert 'filename="table.xlsx"' in answer.headers["content-disposition"]
    assert visitor.get(f"{place}/files/rejects").status_code == 200
    assert visitor.get(f"{place}/files/about").status_code == 404


def test_no_address_and_no_name_of_a_file_tells_of_a_customer(done: tuple[Browser, str]) -> None:
    visitor, place = done

    assert not re.search(r'(?:href|action)="[^"]*030', visitor.get(place).text)
    assert word("zh", "state_done") in visitor.get("/zh/audit").text
    assert "六月.csv" in visitor.get("/zh/audit").text


def test_an_audit_is_of_its_key_alone(tmp_path: Path, table: bytes) -> None:
    keys = tmp_path / "keys.jsonl"
    first, second = (create_key(keys, name) for name in ("first", "second"))
    visitor = visitor_of(tmp_path, keys=keys)
    assert visitor.get("/zh/audit").status_code == 303
    assert visitor.get(f"/zh/audit/{'0' * 32}").status_code == 303
    assert visitor.get(f"/zh/audit/{'0' * 32}/bills/1").status_code == 303
    assert visitor.get(f"/zh/audit/{'0' * 32}/files/table").status_code == 303
    assert send(visitor, table).headers["location"] == "/zh/sign-in"
    visitor.post("/zh/sign-in", {"key": first})
    place = sent(visitor, table)
    other = Browser(visitor.app)
    other.post("/zh/sign-in", {"key": second})

    assert visitor.get(place).status_code == 200
    assert other.get(place).status_code == 404
    assert other.post(place).status_code == 404
    assert "六月" not in other.get("/zh/audit").text
    other.post(f"{place}/remove")
    assert visitor.get(place).status_code == 200
    visitor.post(f"{place}/remove")
    assert visitor.get(place).status_code == 404


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"issued": ("", b"")}, "audit_no_table"),
        ({"issued": ("bills.pdf", b"%PDF")}, "audit_no_table"),
        ({"requests": ("readings.docx", b"x")}, "audit_no_table"),
    ],
)
def test_what_is_no_table_is_not_kept(
    tmp_path: Path, table: bytes, files: dict[str, tuple[str, bytes]], told: str
) -> None:
    visitor = visitor_of(tmp_path)
    answer = send(visitor, table, "zh", **files)

    assert (answer.status_code, word("zh", told) in answer.text) == (422, True)
    assert not [*(tmp_path / "jobs").iterdir()]


def test_a_key_has_as_many_audits_as_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: bytes) -> None:
    assert JOBS_OF_KEY_MAX > 1
    monkeypatch.setattr(audit_views, "JOBS_OF_KEY_MAX", 1)
    visitor = visitor_of(tmp_path)
    sent(visitor, table)

    assert word("zh", "audit_full") in send(visitor, table).text


def test_a_table_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    visitor = visitor_of(tmp_path)
    answer = visitor.get(sent(visitor, b"PK\x03\x04", issued=("bills.xlsx", b"PK\x03\x04 no workbook")))

    assert answer.status_code == 422
    assert word("zh", "layout_cannot") in answer.text


def test_readings_may_stand_in_a_table_of_their_own(tmp_path: Path) -> None:
    visitor = visitor_of(tmp_path)
    issued, requests = ((AUDIT / f"{name}.csv").read_bytes() for name in ("issued", "requests"))
    place = sent(
        visitor,
        issued,
        requests=("readings.csv", requests),
        template=("common.yaml", Path(TEMPLATE).read_bytes()),
    )
    shown = visitor.get(place).text
    assert "account、code、amount" in shown
    assert 'name="names"' in shown
    assert 'name="names"' in visitor.post(place, {"names": "nobody"}).text
    assert visitor.post(place, {"names": ""}).status_code == 303

    assert "-12930.56" in visitor.get(place).text
    assert visitor.get(f"{place}/bills/1").status_code == 200
    assert visitor.post(place, {"names": ""}).status_code == 303, "it is accepted once"


def test_why_nothing_came_of_it_is_told_by_the_names_of_the_files(tmp_path: Path) -> None:
    """Without the template no request is whole: every row is refused, and nothing can be compared."""
    visitor = visitor_of(tmp_path)
    place = sent(visitor, b"account,code,amount\nA,purchase,1\n", requests=("r.csv", b"account,nowhere\nA,1\n"))
    visitor.post(place, {"names": ""})
    answer = visitor.get(place)

    assert "<dt>不能计费的行</dt><dd>1</dd>" in answer.text
    assert word("zh", "result_rejects") in answer.text
    assert "r.csv" not in visitor.get(f"{place}/files/rejects").text
    assert str(tmp_path) not in answer.text


def test_what_is_found_is_kept_among_the_findings_where_there_is_a_store(tmp_path: Path, table: bytes) -> None:
    store = str(tmp_path / "findings.sqlite")
    visitor = visitor_of(tmp_path, store=store)
    place = sent(visitor, table)
    assert 'name="keep"' in visitor.get(place).text
    accepted(visitor, place, {"keep": "1"})
    text = visitor.get(place).text

    assert '/zh/findings?run=1"' in text
    found = visitor.app.state.service.store.findings()
    assert {"bill_differs"} <= {each.finding.code for each in found}
    visitor.app.state.service.store.close()
