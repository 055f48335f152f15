"""Tables of issued bills at the service: compared as ``billcalc compare --bulk`` does, answered as JSON or as a table."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import httpx
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from billcalc_api.tables import ANSWERS
from tests.api.calling import Caller, problem_of, request_text
from tests.api.calling import service as new_service
from tests.tables.workbooks import workbook

COMPARE = "/v1/bills:compare"
HEAD = "account,metering_points.0.readings.1.total"
REQUESTS = ("requests", ("requests.csv", f"{HEAD}\nA,0.75\nB,0.75\nC,-1\n".encode()))
TEMPLATE = ("template", ("common.json", request_text("guangxi-2024-06-p1").encode()))
ISSUED: list[list[Any]] = [["account", "total"], ["A", "1629271.00"], ["B", "1629272.50"], ["D", "5.00"]]
CSV = ("issued", ("issued.csv", "\n".join(",".join(row) for row in ISSUED).encode("gb18030")))
XLSX, PARQUET, ARROW = (
    next(kind for kind, each in ANSWERS.items() if each == end) for end in (".xlsx", ".parquet", ".arrow")
)
Sent = tuple[str, tuple[Any, ...]]


def sent(caller: Caller, *parts: Sent, accept: str = "*/*", lang: str = "en") -> httpx.Response:
    return caller("POST", f"{COMPARE}?lang={lang}", files=list(parts), headers={"accept": accept})


def word(name: str, text: str) -> Sent:
    return (name, (None, text))


@pytest.fixture(scope="module")
def told() -> Any:
    answer = sent(new_service(), REQUESTS, TEMPLATE, CSV)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_counts_money_and_findings_are_told_as_data(told: Any) -> None:
    assert (told["kind"], told["agrees"]) == ("bulk_comparison", False)
    assert told["requests"] == {"rows": 3, "billed": 2, "rejected": 1}
    accounts = told["accounts"]
    assert (accounts["issued"], accounts["matched"], accounts["differing"], accounts["only_issued"]) == (3, 2, 1, 1)
    assert (told["issued_total"], told["recomputed_total"], told["difference"]) == ("3258543.50", "3258542.00", "1.50")
    found = [(row["account"], row["kind"], row["difference"]) for row in told["differences"]]
    assert found == [("D", "only_issued", "5.00"), ("B", "differing", "1.50")]
    assert told["by_code"] == [{"code": "total", "bills": 1, "difference": "1.50", "absolute": "1.50"}]


def test_rejects_are_told_by_the_names_of_parts_and_no_directory(told: Any) -> None:
    [reject] = told["rejects"]
    assert (reject["file"], reject["row"], reject["account"]) == ("requests-1.csv", 3, "C")
    assert "/tmp" not in json.dumps(told)


@pytest.mark.parametrize("media_type", sorted(ANSWERS))
def test_the_answer_is_the_table_that_is_asked_for(service: Caller, media_type: str) -> None:
    answer = sent(service, REQUESTS, TEMPLATE, CSV, accept=f"text/html, {media_type};q=0.9", lang="zh")
    assert (answer.status_code, answer.headers["x-rejected-rows"]) == (200, "1")
    assert answer.headers["content-type"].partition(";")[0] == media_type
    if media_type == "text/csv":
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert ("B", "1.50") in [(row["account"], row["difference"]) for row in rows]
    if media_type == PARQUET:
        assert "B" in pq.read_table(io.BytesIO(answer.content)).column("account").to_pylist()
    if media_type == XLSX:
        assert CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).sheet_names[0] == "汇总"


def test_with_causes_each_difference_has_those_of_its_bill(service: Caller) -> None:
    """Of the levies, 20427.33, the loan for rural grids is 7326.00; no adjustment is taken of them."""
    issued = ("issued", ("issued.csv", b"account,total\nB,1621945.00\n"))
    requests = ("requests", ("requests.csv", f"{HEAD}\nB,0.75\n".encode()))
    parts = (requests, TEMPLATE, issued, word("causes", "yes"))
    told = sent(service, *parts, lang="zh").json()
    [row] = [each for each in told["differences"] if each["kind"] == "differing"]
    assert (row["difference"], row["status"]) == ("-7326.00", "proved")
    assert "component_left_out" in row["cause"]
    assert row["what"]
    assert told["causes"]["statuses"] == {"proved": 1}
    assert [(each["bills"], each["area"]) for each in told["causes"]["by_cause"]][:1] == [(1, "cn-guangxi")]
    table = pq.read_table(io.BytesIO(sent(service, *parts, accept=PARQUET).content))
    assert table.column_names[-4:] == ["status", "answers", "cause", "what"]
    assert "proved" in table.column("status").to_pylist()
    without = sent(service, requests, TEMPLATE, issued, word("causes", "no")).json()
    assert "causes" not in without
    assert "status" not in without["differences"][0]


def test_a_workbook_with_both_is_compared_by_a_guess_and_by_a_layout(service: Caller) -> None:
    where = "地区=广西,用电类别=大工业,计价方式=两部制,电压等级=110千伏,购电方式=代理购电,分时=是,基本电费方式=按容量,力调标准=0.9,计量侧=高供高计"
    rows = [
        ["户号", "电费年月", "峰电量", "平电量", "谷电量", "变压器容量", "功率因数", "基本电费", "合计"],
        ["0301", "202406", "1000", "1000", "1000", "1000", "0.90", "21400.00", "1.00"],
        ["0302", "202406", "1000", "1000", "1000", "2000", "0.90", "42900.00", "1.00"],
    ]
    book = ("issued", ("bills.xlsx", workbook(("6月", rows))))
    guessed = sent(service, book, word("guess", "yes"), word("where", where)).json()
    by_code = {each["code"]: each["difference"] for each in guessed["by_code"]}
    assert by_code["network_capacity"] == "100.00"
    assert guessed["differences"][0]["month"] == "2024-06"
    layout = {
        "requests": dict(zip(rows[0][:7], PATHS, strict=True)),
        "issued": {"account": "户号", "month": "电费年月", "columns": {"合计": "total"}, "sections": {"基本电费": "network_capacity"}, "rest": True},
    }  # fmt: skip
    named = sent(service, book, ("layout", ("l.json", json.dumps(layout).encode())), word("where", where)).json()
    assert named["by_code"] == guessed["by_code"]


PATHS = (
    "account",
    "month",
    *(f"metering_points.0.given.kwh.{band}" for band in ("peak", "flat", "valley")),
    "agreement.0.supply_points.S1.transformers.0.kva",
    "facts.S1.cosphi",
)


def test_a_ready_layout_is_taken_by_its_name_and_a_mapping_or_columns_as_files(service: Caller) -> None:
    long = "户号,项目,金额\nA,合计,1629271.00\nB,合计,1629271.00\n".encode()
    issued, requests = ("issued", ("", long, "text/csv")), ("requests", ("r.csv", b"konto,t\nA,0.75\nB,0.75\n"))
    columns = ("columns", ("c.yaml", b"konto: account\nt: metering_points.0.readings.1.total\n"))
    paths = ("requests", ("r.csv", f"{HEAD}\nA,0.75\nB,0.75\n".encode()))
    named = sent(service, paths, TEMPLATE, issued, word("layout", "南网"))
    assert named.json().get("agrees") is True, named.text[:1500]
    mapping = ("mapping", ("m.yaml", "account: 户号\ncode: 项目\namount: 金额\n".encode()))
    assert sent(service, requests, columns, TEMPLATE, issued, mapping, word("tolerance", "0")).json()["agrees"] is True


@pytest.mark.parametrize(
    ("parts", "code", "detail"),
    [
        ((REQUESTS, TEMPLATE), "missing_key", '"issued"'),
        ((CSV,), "inconsistent", "requests"),
        ((CSV, REQUESTS, word("guess", "yes")), "inconsistent", "guess stands instead of layout"),
        ((CSV, REQUESTS, word("tolerance", "-1")), "negative", ""),
        ((CSV, REQUESTS, word("layout", "国往")), "unknown_reference", "国网"),
        ((CSV, REQUESTS, ("what", ("w.csv", b"x"))), "unknown_key", "what"),
        ((REQUESTS, TEMPLATE, ("issued", ("a.csv", b"account,total,total\n1,2,3\n"))), "duplicate_key", "issued.csv:1"),
        ((REQUESTS, TEMPLATE, ("issued", ("a.xlsx", b"PK\x03\x04"))), "cannot_read", "issued.xlsx"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_by_its_part(
    service: Caller, parts: tuple[Sent, ...], code: str, detail: str
) -> None:
    told = sent(service, *parts)
    assert problem_of(told) == (400, code)
    assert detail in told.json()["detail"]
    assert "/tmp" not in told.text


def test_more_requests_than_a_batch_may_have_are_refused() -> None:
    told = sent(new_service(batch_rows_max=2), REQUESTS, TEMPLATE, CSV)
    assert problem_of(told) == (400, "too_many")


def test_nothing_of_it_is_kept(service: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert sent(service, REQUESTS, TEMPLATE, CSV).status_code == 200
    assert list(tmp_path.iterdir()) == []
