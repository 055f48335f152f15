"""Any input gives a bill, a refusal or faults; never a failure of the service, and in a batch never more than its own."""

import json
from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.api.calling import LINES, Caller, json_lines, request_data
from tests.billing.test_no_crash import places

VALUES: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from([
        None, True, False, [], {}, 0, -1, 1.5, 1e300, "", " ", "0", "-0", "1", "-1", "1e5", "NaN", "0.000001", "9" * 40, "9" * 5000,
        "0." + "1" * 38, "0001-01-01", "9999-12-31", "2024-06-12", "2024-07-01", "peak", "total", "none", "\u2028", "\x00", "\ud800",
        "\udfff", "x" * 3000, {"\udc00": "1"}, [[]], {"": {}}, "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59",
        10**18, "999999999", ["peak", "peak"], [None] * 50,
    ]),
    st.text(max_size=4),
)  # fmt: skip
ADDED = [
    ("account", True),
    ("rollover", ["peak"]),
    ("events", {"guangzhou_max_temperature": {"9999-12-31": "40"}}),
    ("facts", {"S1": {"cosphi": "0"}}),
    ("tariff_set", {"as_known_on": "0001-01-01"}),
    ("conventions", {"total_round": "0.000000000000000000000000000000000001"}),
]


def spoiled(draw: Any) -> dict[str, Any]:
    """A real request with some values in places that do not expect them."""
    data = request_data()
    if draw(st.booleans()):
        key, value = draw(st.sampled_from(ADDED))
        data[key] = deepcopy(value)
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(list(places(data))))
        node: Any = data
        for part in way:
            node = node[part]
        if draw(st.integers(0, 4)) == 0:
            del node[last]
        else:
            node[last] = deepcopy(draw(VALUES))
    return data


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_request_gives_a_bill_a_refusal_or_faults_by_itself_and_in_a_batch(
    service: Caller, data: st.DataObject
) -> None:
    asked = [spoiled(data.draw) for _ in range(4)]
    bodies = [json.dumps(each).encode() for each in asked]
    for body in bodies:
        answer = service("POST", "/v1/bills", content=body, headers={"content-type": "application/json"})
        assert answer.status_code in (200, 400, 422), answer.text
        assert answer.status_code == 200 or answer.json()["code"] != "internal_error"

    answers = service.batch(b"\n".join([*bodies, *json_lines([request_data()]).splitlines()]))

    assert [each["index"] for each in answers] == list(range(5))
    assert answers[-1]["kind"] == "bill"
    assert "internal_error" not in json.dumps(answers)


def test_what_ends_a_line_of_text_ends_no_line_of_a_batch(service: Caller) -> None:
    data = request_data()
    data["agreement"][0]["supply_points"]["S1"]["power_factor_standard"] = "a\u2028b\x85c"
    [fault, bill] = service.batch(json_lines([data, request_data()]))
    assert fault["kind"] == "invalid"
    assert "a\u2028b\x85c" in fault["faults"][0]["message"]
    assert bill["kind"] == "bill"


@given(body=st.binary(max_size=200))
@example(body=b'"\\udc00"')
@example(body=b'{"\\udc00": 1}')
@example(body=b"9" * 5000)
@example(body=b'{"area": "\xed\xa0\x80"}')
def test_any_bytes_are_faults(service: Caller, body: bytes) -> None:
    answer = service("POST", "/v1/bills", content=body, headers={"content-type": "application/json"})
    batch = service("POST", "/v1/bills:batch", content=body, headers={"content-type": LINES})

    assert answer.status_code == 400
    assert batch.status_code == 200
    assert "internal_error" not in answer.text + batch.text


@given(length=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\x00"), max_size=30))
@example(length="9" * 5000)
@example(length="\u00b2")
def test_any_content_length_is_answered(service: Caller, length: str) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", length.encode("latin-1"))]
    answer = service("POST", "/v1/bills", content=b"{}", headers=headers)

    assert answer.status_code in (400, 413)
