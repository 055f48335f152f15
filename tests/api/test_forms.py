"""Bodies of several parts: a request with files of intervals beside it, at every route that takes a request."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from billcalc.files.documents import read_document
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import InvalidInput
from billcalc_api.forms import parts_of
from tests.api.calling import Caller, problem_of
from tests.api.calling import service as new_service
from tests.tables.test_green_button import block, day, feed, reading_type

INTERVALS = Path(__file__).parents[2] / "fixtures" / "intervals"
REQUEST: Any = read_document(str(INTERVALS / "door" / "request.yaml")).data
ENDS = (INTERVALS / "times" / "iso_ends.csv").read_bytes()
FILE = ("intervals", ("iso_ends.csv", ENDS))
STATED = ("intervals_as", (None, "times=ends"))
BILLS, COMPARE, DIAGNOSE, CHECKS = "/v1/bills", "/v1/bills:compare", "/v1/bills:diagnose", "/v1/checks"
Sent = tuple[str, tuple[str | None, Any]]


def part(name: str, data: object) -> Sent:
    return (name, (None, data if isinstance(data, str) else json.dumps(data)))


def sent(caller: Caller, path: str, *parts: Sent) -> httpx.Response:
    return caller("POST", path, files=list(parts))


ASKED = part("request", REQUEST)


def test_a_request_and_its_file_of_intervals_are_billed_as_the_command_bills_them(service: Caller) -> None:
    told = sent(service, BILLS, ASKED, FILE, STATED)
    assert (told.status_code, told.json()["total"]) == (200, "20.84")
    named = sent(service, BILLS, ASKED, ("intervals.M1", ("a.csv", ENDS)), STATED)
    assert named.json()["total"] == "20.84"
    explained = sent(service, f"{BILLS}?explain=steps&lang=zh", ASKED, FILE, STATED).json()
    assert explained["lines"][0]["steps"]


def test_a_form_without_files_is_the_request_alone(service: Caller) -> None:
    alone = sent(service, BILLS, ASKED)
    assert alone.status_code == 422
    assert alone.json() == service.bill(REQUEST).json()


def test_an_issued_bill_beside_them_is_compared_diagnosed_and_checked(service: Caller) -> None:
    total = part("issued", {"lines": [], "total": "20.84"})
    compared = sent(service, COMPARE, ASKED, FILE, STATED, total).json()
    assert compared["agrees"] is True
    off = part("issued", {"lines": [], "total": "20.85"})
    assert sent(service, COMPARE, ASKED, FILE, STATED, off).json()["agrees"] is False
    assert sent(service, COMPARE, ASKED, FILE, STATED, off, part("tolerance", "0.01")).json()["agrees"] is True
    assert sent(service, DIAGNOSE, ASKED, FILE, STATED, total).json()["kind"] == "diagnosis"
    assert sent(service, CHECKS, ASKED, FILE, STATED, part("history", [])).status_code == 200


def test_a_feed_of_green_button_is_one_of_the_formats(service: Caller) -> None:
    boston = feed(reading_type(), block(*day()))
    text = re.sub("<start>([0-9]+)", lambda start: f"<start>{int(start[1]) - 13 * 3600}", boston)  # the day of Beijing
    told = sent(service, BILLS, ASKED, ("intervals", ("feed.xml", text.encode())))
    assert sum(Decimal(kwh) for bands in told.json()["kwh"].values() for kwh in bands.values()) == 276


@pytest.mark.parametrize(
    ("path", "parts", "code", "pointer"),
    [
        (BILLS, (FILE,), "missing_key", "/request"),
        (BILLS, (ASKED, ASKED), "duplicate_key", "/request"),
        (BILLS, (ASKED, part("issued", {})), "unknown_key", "/issued"),
        (BILLS, (part("request", "{"),), "syntax", ""),
        (BILLS, (ASKED, STATED), "missing_key", "/intervals_as"),
        (BILLS, (ASKED, FILE, ("intervals_as", (None, b"\xff"))), "not_text", ""),
        (BILLS, (ASKED, FILE, part("intervals_as", "times")), "wrong_type", ""),
        (BILLS, (part("request", {**REQUEST, "period": {}}), FILE), "missing_key", "/period"),
        (BILLS, (ASKED, ("intervals.M2", ("a.csv", ENDS))), "unknown_reference", ""),
        (COMPARE, (ASKED, FILE, STATED), "missing_key", "/issued"),
        (COMPARE, (part("request", {"area": "cn-beijing"}), FILE, part("issued", {})), "missing_key", "/request"),
    ],
)
def test_what_is_wrong_with_a_part_is_told_by_its_place(
    service: Caller, path: str, parts: tuple[Sent, ...], code: str, pointer: str
) -> None:
    told = sent(service, path, *parts)
    assert problem_of(told) == (400, code)
    assert told.json()["pointer"] == pointer


def test_a_file_that_does_not_tell_all_names_itself_and_what_to_state(service: Caller) -> None:
    told = sent(service, f"{BILLS}?lang=zh", ASKED, FILE)
    assert problem_of(told) == (400, "not_stated")
    assert "iso_ends.csv" in told.json()["detail"]
    assert "times=ends" in told.json()["detail"]


def test_an_area_whose_clock_is_not_known_is_refused_where_there_are_files(service: Caller) -> None:
    unknown = {**REQUEST, "cycle": {"from": "1980-02-01", "to": "1980-03-01"}}
    unknown |= {"period": {"from": "1980-02-01", "to": "1980-02-02"}}
    unknown["agreement"] = [{**REQUEST["agreement"][0], "from": "1980-02-01"}]
    for path, parts in ((BILLS, ()), (DIAGNOSE, (part("issued", {"lines": [], "total": "1"}),)), (CHECKS, ())):
        told = sent(service, path, part("request", unknown), FILE, STATED, *parts)
        assert problem_of(told) == (422, "no_document")


BORDER = b"--b\r\n"
WHOLE = BORDER + b'Content-Disposition: form-data; name="request"\r\n\r\n{}\r\n--b--\r\n'


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (WHOLE, "multipart/form-data"),
        (WHOLE.replace(b"--b--", b""), "multipart/form-data; boundary=b"),
        (WHOLE, "multipart/form-data; boundary=other"),
        (b"", "multipart/form-data; boundary=b"),
    ],
)
def test_what_is_no_whole_form_is_refused(service: Caller, body: bytes, content_type: str) -> None:
    told = service("POST", BILLS, content=body, headers={"content-type": content_type})
    assert problem_of(told) == (400, "syntax")


def test_a_part_without_a_name_is_named_so_and_more_parts_than_any_form_has_are_refused() -> None:
    nameless = parts_of(BORDER + b"X: y\r\n\r\nz\r\n--b--\r\n", "multipart/form-data; boundary=b")
    assert [(each.name, each.text) for each in nameless] == [("", "z")]
    many = b"".join(BORDER + b"X: y\r\n\r\nz\r\n" for _ in range(1001)) + b"--b--\r\n"
    with pytest.raises(InvalidInput) as caught:
        parts_of(many, "multipart/form-data; boundary=b")
    assert [fault.code for fault in caught.value.faults] == [FaultCode.TOO_MANY]


def test_a_form_has_the_limit_of_a_batch_and_its_json_that_of_a_request() -> None:
    small = new_service(body_bytes_max=200, batch_bytes_max=4000)
    assert problem_of(sent(small, BILLS, ASKED, FILE, STATED)) == (400, "too_large")
    assert problem_of(sent(small, BILLS, ASKED, ("intervals", ("a.csv", b"x" * 4000)))) == (413, "too_large")
