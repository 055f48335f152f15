"""Tables as the body of a batch: the same bills as from JSON Lines, within the same limits."""

import io
import json
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from billcalc.words.language import Language
from billcalc_api.calculating import Tools
from billcalc_api.tables import TABLES, answer
from tests.api.calling import Caller, json_lines, problem_of, request_data, tariffs
from tests.api.calling import service as new_service
from tests.tables.workbooks import workbook

XLSX, XLS = (media for media, suffix in TABLES.items() if suffix in (".xlsx", ".xls"))
PARQUET, ARROW, STREAM = (media for media in TABLES if "apache" in media)


def flat(data: Any, place: str = "") -> dict[str, str]:
    """The leaves of a request by their places, as texts."""
    if not isinstance(data, dict | list):
        return {place: str(data).lower() if isinstance(data, bool) else str(data)}
    parts = data.items() if isinstance(data, dict) else enumerate(data)
    return {k: v for key, each in parts for k, v in flat(each, f"{place}.{key}" if place else str(key)).items()}


REQUEST = request_data()
ROWS = [{"account": "0301", **flat(REQUEST)}, {"account": "0302", **flat(REQUEST), "area": "cn-gansu"}]
CELLS: list[list[Any]] = [list(ROWS[0]), *(list(row.values()) for row in ROWS)]


def columns() -> pa.Table:
    return pa.table({name: [row[name] for row in ROWS] for name in ROWS[0]})


def contents() -> dict[str, bytes]:
    parquet, arrow, stream = io.BytesIO(), io.BytesIO(), io.BytesIO()
    pq.write_table(columns(), parquet)
    for out, new in ((arrow, pa.ipc.new_file), (stream, pa.ipc.new_stream)):
        with new(out, columns().schema) as writer:
            writer.write_table(columns())
    return {
        "text/csv": "\n".join(",".join(row) for row in CELLS).encode("gb18030"),
        XLSX: workbook(("6月", CELLS)),
        PARQUET: parquet.getvalue(),
        ARROW: arrow.getvalue(),
        STREAM: stream.getvalue(),
    }


def sent(caller: Caller, content: bytes, media_type: str) -> httpx.Response:
    return caller("POST", "/v1/bills:batch", content=content, headers={"content-type": media_type})


@pytest.mark.parametrize("media_type", sorted(contents()))
def test_a_table_is_billed_as_the_same_requests_in_lines(service: Caller, media_type: str) -> None:
    told = sent(service, contents()[media_type], f"{media_type}; charset=gb18030")
    lines = sent(service, json_lines([REQUEST, {**REQUEST, "area": "cn-gansu"}]), "application/x-ndjson")
    assert told.status_code == 200
    assert told.text == lines.text
    assert '"total":"1629271.00"' in told.text


def test_what_a_spreadsheet_hides_is_read_and_said_in_the_last_line(service: Caller) -> None:
    hiding = workbook(("6月", CELLS), hidden_rows=[2], hidden_columns=[(1, 1)])
    *bills, last = sent(service, hiding, XLSX).text.splitlines()
    assert bills == sent(service, workbook(("6月", CELLS)), XLSX).text.splitlines()
    assert json.loads(last) == {
        "kind": "table",
        "messages": [
            "body.xlsx: 1 hidden rows are read, too",
            f"body.xlsx: hidden columns are read, too: {CELLS[0][1]}",
        ],
    }
    chinese = service(
        "POST", "/v1/bills:batch", content=hiding, headers={"content-type": XLSX, "accept-language": "zh"}
    )
    assert "隐藏的 1 行也已读取" in chinese.text.splitlines()[-1]


def test_a_table_without_a_row_has_no_answer(service: Caller) -> None:
    assert sent(service, b"account,area\n", "text/csv").text == ""


@pytest.mark.parametrize(
    ("content", "media_type", "code", "message"),
    [
        (b"PK\x03\x04", XLSX, "cannot_read", "body.xlsx: "),
        (b"noise", XLS, "cannot_read", "body.xls: "),
        (b"area,area\n1,2\n", "text/csv", "duplicate_key", "body.csv:1:"),
        (b"area,cycle\n1,2\n1\n", "text/csv", "syntax", "body.csv:3:1: "),
        (b"area,area.0\n1,2\n", "text/csv", "inconsistent", ""),
        (workbook(("S", [["area", "b"], ["x", "y"], ["z", None]]), merged=[(1, 1, 2, 1)]), XLSX, "cannot_read", "S!B2"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_by_its_cell(
    service: Caller, content: bytes, media_type: str, code: str, message: str
) -> None:
    told = sent(service, content, media_type)
    assert problem_of(told) == (400, code)
    assert message in told.json()["detail"]


ACCOUNTS = b"account,period.from,period.to\n"


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        (b"0301,2024-06-01,2024-07-01\n301,2024-06-15,2024-07-01\n", "twice", "body.csv:3:1"),
        ("0301,2024-06-01,2024-07-01\n合计,2024-06-01,2024-07-01\n".encode(), "row_of_sums", "body.csv:3:1"),
        (b"3.01235E+12,2024-06-01,2024-07-01\n", "spoilt_name", "body.csv:2:1"),
        (b",2024-06-01,2024-07-01\n", "missing_key", "body.csv:2:1"),
        ("备注：见附件,,\n".encode(), "row_of_nothing", "body.csv:2:1"),
    ],
)
def test_a_row_that_is_billed_to_nobody_or_billed_already_is_told(
    service: Caller, rows: bytes, code: str, place: str
) -> None:
    told = sent(service, ACCOUNTS + rows, "text/csv")
    assert problem_of(told) == (400, code)
    assert place in told.json()["detail"]
    months = sent(service, ACCOUNTS + b"1,2024-06-01,2024-07-01\n1,2024-07-01,2024-08-01\n", "text/csv")
    assert months.status_code == 200


def test_a_table_has_the_limits_of_a_batch() -> None:
    small = new_service(batch_rows_max=1)
    assert problem_of(sent(small, contents()["text/csv"], "text/csv")) == (413, "too_many_lines")
    few = new_service(batch_bytes_max=10)
    assert problem_of(sent(few, contents()["text/csv"], "text/csv")) == (413, "too_large")
    assert problem_of(sent(small, b"x", "text/html")) == (415, "unsupported_media_type")


def test_truths_are_told_and_empty_cells_are_not() -> None:
    content = b"account,agreement.0.groups.main.time_of_use,area,cycle.from\n1,TRUE,,2024-06-01\n2,maybe,x,\n"
    lines = answer(Tools(tariffs(), 1 << 20, 1), content, "text/csv", Language.ENGLISH).body.decode().splitlines()
    assert lines == [
        "",
        '{"agreement":[{"groups":{"main":{"time_of_use":true}}}],"cycle":{"from":"2024-06-01"}}',
        '{"agreement":[{"groups":{"main":{"time_of_use":"maybe"}}}],"area":"x"}',
    ]
