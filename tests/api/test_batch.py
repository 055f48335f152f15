"""Batches: one answer a line, in order, and columns that equal single bills line by line."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billcalc.billing.calculate import calculate
from billcalc_api import batch
from billcalc_api.batch import BLOCK_LINES, COLUMNS_FROM_ROWS, COLUMNS_LINE_BYTES_MAX
from billcalc_api.calculating import Answer, CalculationFailed, Ended, Failure, OverBudget
from billcalc_api.contract import example
from billcalc_api.state import Service
from tests.api.calling import LINES, OFFICIAL, P1, Caller, json_lines, problem_of, request_data, request_text
from tests.api.calling import service as new_service

SHARED = ("kind", "version", "tariff_set", "currency", "total")
UNKNOWN_AREA = {**request_data(), "area": "cn-gansu"}
LINE_KEYS = ("code", "label", "section", "group", "band", "from", "to", "quantity", "unit", "price", "amount")


def reduced(bill: dict[str, Any]) -> dict[str, Any]:
    """What a batch tells of a single bill."""
    lines = [{key: line[key] for key in LINE_KEYS if key in line} for line in bill["lines"]]
    problems = [{key: problem[key] for key in ("code", "where")} for problem in bill["problems"]]
    return {**{key: bill[key] for key in SHARED}, "lines": lines, "problems": problems}


def without_index(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "index"}


@pytest.mark.parametrize("rows", [1, COLUMNS_FROM_ROWS])
@pytest.mark.parametrize("name", OFFICIAL)
def test_a_batch_tells_the_single_bill_s_lines(service: Caller, name: str, rows: int) -> None:
    single = reduced(service.bill(request_data(name)).json())
    answers = service.batch(json_lines([request_data(name)] * rows))

    assert [answer["index"] for answer in answers] == list(range(rows))
    assert all(without_index(answer) == single for answer in answers)


@pytest.mark.parametrize("rows", [1, COLUMNS_FROM_ROWS])
def test_a_bill_in_other_money_is_told_in_that_money(service: Caller, rows: int) -> None:
    asked: dict[str, Any] = example("day-of-intervals") | {"own_area": {"currency": "USD", "clock": "-05:00"}}
    asked["metering_points"] = [{**asked["metering_points"][0], "given": {"kwh": {"total": "100"}}}]
    answers = service.batch(json_lines([asked] * rows))
    assert [(answer["currency"], answer["total"]) for answer in answers] == [("USD", "50.00")] * rows
    assert without_index(answers[0]) == reduced(service.bill(asked).json())


def test_all_real_bills_together_are_those_one_by_one(service: Caller) -> None:
    asked = [request_data(name) for name in OFFICIAL] * COLUMNS_FROM_ROWS
    singles = {name: reduced(service.bill(request_data(name)).json()) for name in OFFICIAL}

    assert [without_index(answer) for answer in service.batch(json_lines(asked))] == [
        singles[name] for name in OFFICIAL * COLUMNS_FROM_ROWS
    ]


def test_the_order_is_kept_among_bills_refusals_and_faults(service: Caller) -> None:
    good = json.dumps(request_data()).encode()
    refused = json.dumps(UNKNOWN_AREA).encode()
    lines = [good, refused, b'{"area"', good, b'{"area": 1}', b"[]", refused] * 10

    answers = service.batch(b"\n".join(lines))

    expected = ["bill", "refusal", "invalid", "bill", "invalid", "invalid", "refusal"] * 10
    assert [answer["kind"] for answer in answers] == expected
    assert [answer["index"] for answer in answers] == list(range(70))


def test_a_total_is_rounded_as_its_convention_says_in_columns_too(service: Caller) -> None:
    thirty_fen = {"code": "refund", "section": "refunds", "group": "main", "amount": "0.30"}
    asked = {**request_data(), "given": [thirty_fen], "conventions": {"total_round": "1"}}
    single = service.bill(asked).json()
    answers = service.batch(json_lines([asked] * COLUMNS_FROM_ROWS))

    assert {answer["total"] for answer in answers} == {single["total"]}
    assert single["total"] == "1629271.00"


def test_blocks_continue_the_numbers_and_the_order(service: Caller) -> None:
    text = request_text(P1).encode()
    answers = service.batch(b"\n".join([*[text] * BLOCK_LINES, json.dumps(UNKNOWN_AREA).encode(), text]))

    assert [answer["kind"] for answer in answers[BLOCK_LINES - 1 :]] == ["bill", "refusal", "bill"]
    assert answers[-1]["index"] == BLOCK_LINES + 1


def test_the_same_batch_gives_the_same_bytes() -> None:
    body = json_lines([request_data(), UNKNOWN_AREA] * COLUMNS_FROM_ROWS)
    first, second = (
        new_service()("POST", "/v1/bills:batch", content=body, headers={"content-type": LINES}) for _ in range(2)
    )

    assert first.content == second.content


def test_empty_lines_and_an_empty_body_are_no_requests(service: Caller) -> None:
    assert service.batch(b"") == []
    assert [answer["kind"] for answer in service.batch(b"\n\n" + request_text(P1).encode() + b"\r\n\n")] == ["bill"]


def test_a_batch_of_too_many_lines_is_refused_as_a_whole() -> None:
    answer = new_service(batch_rows_max=2)(
        "POST", "/v1/bills:batch", content=b"{}\n{}\n{}", headers={"content-type": LINES}
    )

    assert problem_of(answer) == (413, "too_many_lines")


def test_a_line_longer_than_a_request_may_be_is_invalid() -> None:
    answers = new_service(body_bytes_max=100).batch(b'"' + b" " * 200 + b'"')

    assert [answer["faults"][0]["code"] for answer in answers] == ["too_large"]


PLACES = (
    ("area",),
    ("agreement", 0, "groups", "main", "voltage"),
    ("agreement", 0, "groups", "main", "time_of_use"),
    ("agreement", 0, "supply_points", "S1", "power_factor_standard"),
    ("agreement", 0, "supply_points", "S1", "transformers", 0, "kva"),
    ("metering_points", 0, "config", 0, "digits"),
    ("metering_points", 0, "config", 0, "multiplier"),
    ("metering_points", 0, "readings", 1, "peak"),
    ("metering_points", 0, "readings", 1, "at"),
    ("period", "to"),
)
STRANGE = st.sampled_from(
    [None, True, 4, 1.5, "", "4", "true", "0.30", "1e5", "-1", "0", " 7", "٣", "9" * 30, "0." + "1" * 30, [], {}, ["1"],
     "110kV", "2024-06-30", {"a.b": "1"}, {"0": "1"}]
)  # fmt: skip


@settings(max_examples=min(60, settings().max_examples))
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), STRANGE), min_size=1, max_size=COLUMNS_FROM_ROWS))
def test_strange_values_are_answered_in_a_batch_as_by_themselves(
    service: Caller, changes: list[tuple[tuple[Any, ...], object]]
) -> None:
    asked = []
    for (*path, last), value in changes:
        request = request_data()
        node: Any = request
        for part in path:
            node = node[part]
        node[last] = value
        asked += [request] * COLUMNS_FROM_ROWS  # enough for columns

    answers = service.batch(json_lines(asked))

    for (place, _), answer in zip(enumerate(asked), answers, strict=True):
        if place % COLUMNS_FROM_ROWS == 0:
            [alone] = service.batch(json_lines([asked[place]]))
            assert without_index(answer) == without_index(alone)


STRANGE_LINES = [
    b'{"account": true}',
    b'"\\udc00"',
    b'{"\\udc00": "\\ud83d"}',
    b"9" * 5000,
    b'{"area": ' + b"9" * 5000 + b"}",
    b"[" * 5000,
    b"null",
    b"\xff",
]


@pytest.mark.parametrize("line", STRANGE_LINES, ids=range(len(STRANGE_LINES)))
def test_a_strange_line_is_invalid_alone(service: Caller, line: bytes) -> None:
    good = json.dumps(request_data()).encode()
    answers = service.batch(b"\n".join([good, *[line] * COLUMNS_FROM_ROWS, good]))

    assert [answer["kind"] for answer in answers] == ["bill", *["invalid"] * COLUMNS_FROM_ROWS, "bill"]


def test_an_account_that_is_a_truth_is_answered_in_columns_as_by_itself(service: Caller) -> None:
    asked = {**request_data(), "account": True}
    answers = service.batch(json_lines([asked] * COLUMNS_FROM_ROWS))

    assert {answer["faults"][0]["code"] for answer in answers} == {"unknown_key"}


@pytest.mark.parametrize("rows", [2, COLUMNS_FROM_ROWS])
@pytest.mark.parametrize("place", ["calculate", "bills_of"])
def test_what_fails_in_a_batch_harms_its_line_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, place: str, rows: int
) -> None:
    def failing(asked: Any, *others: Any, **options: Any) -> Any:
        if place == "bills_of" or asked.period.start.day == 13:
            raise RuntimeError("customer 4711")
        return calculate(asked, *others, **options)

    monkeypatch.setattr(batch, place, failing)
    if place == "calculate":
        monkeypatch.setattr(batch, "bills_of", lambda *_: [])
    spoiled = {**request_data(), "period": {"from": "2024-06-13", "to": "2024-07-01"}}
    answers = new_service().batch(json_lines([*[request_data()] * rows, spoiled, {"area": "?"}]))

    told = ["bill"] * rows + ["invalid", "invalid"]
    assert [answer["kind"] for answer in answers] == told
    assert "4711" not in json.dumps(answers) + caplog.text
    if place == "calculate":
        [fault] = answers[rows]["faults"]
        assert fault["code"] == "internal_error"
        [entry] = [json.loads(each.message) for each in caplog.records if "failure" in each.message]
        assert (entry["id"], entry["error"]) == (fault["facts"]["id"], "RuntimeError")
        assert "billcalc_api/batch.py" in entry["at"][-2]


def test_a_line_that_ends_its_worker_is_that_line_s_trouble(caplog: pytest.LogCaptureFixture) -> None:
    caller = new_service()
    held: Service = caller.app.state.service

    async def run(owner: object, function: Any, lines: list[bytes], *others: Any, patient: bool) -> Answer:
        if b"long" in b"".join(lines):
            raise Ended
        if b"dies" in b"".join(lines):
            raise CalculationFailed(Failure("worker ended with -11"))
        answer: Answer = function(held.tools, lines, *others)
        return answer

    held.run = run
    answers = caller.batch(json_lines([request_data(), {"long": 1}, {"dies": 1}, request_data()]))

    assert [answer["kind"] for answer in answers] == ["bill", "invalid", "invalid", "bill"]
    assert [answer["index"] for answer in answers] == [0, 1, 2, 3]
    assert [answer["faults"][0]["code"] for answer in answers[1:3]] == ["too_much_work", "internal_error"]
    assert answers[2]["faults"][0]["facts"]["id"] in caplog.text


def test_a_line_that_takes_too_long_is_ended_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(asked: Any, *others: Any, **options: Any) -> Any:
        raise OverBudget

    caller = new_service()
    monkeypatch.setattr(batch, "calculate", endless)
    many = caller.batch(json_lines([UNKNOWN_AREA, *[request_data()] * COLUMNS_FROM_ROWS]))
    monkeypatch.setattr(batch, "bills_of", endless)
    few = caller.batch(json_lines([request_data()] * COLUMNS_FROM_ROWS))

    assert [answer["kind"] for answer in many] == ["invalid", *["bill"] * COLUMNS_FROM_ROWS]
    assert {answer["faults"][0]["code"] for answer in [many[0], *few]} == {"too_much_work"}


def test_a_large_line_is_billed_by_itself(service: Caller) -> None:
    asked = {**request_data(), "given": [{"code": "a", "section": "energy", "group": "main", "amount": "1"}] * 300}
    answers = service.batch(json_lines([asked] * COLUMNS_FROM_ROWS))

    assert len(json.dumps(asked)) > COLUMNS_LINE_BYTES_MAX
    assert {answer["kind"] for answer in answers} == {"bill"}
