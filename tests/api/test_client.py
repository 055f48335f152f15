"""The clients against a real service, and what they make of answers that are none."""

import asyncio
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from billcalc.client import (
    AsyncClient,
    BatchBill,
    Bill,
    Client,
    Comparison,
    Diagnosis,
    Invalid,
    PriceSheet,
    Refusal,
    ServiceError,
)
from billcalc.client.exchange import Lines
from billcalc.library.catalog import load_catalog
from billcalc_api.contract import example
from billcalc_api.keys import create_key
from tests.api.calling import P1, request_data
from tests.api.live import Live, running
from tests.few_tariffs import few_tariffs

TARIFFS = load_catalog(few_tariffs())
LEVIES = "cn/guangxi/levies/2023-06"
SHEET = {
    "area": "cn-guangxi",
    "customer_class": "industrial_commercial",
    "billing": "two_part",
    "voltage": "110kV",
    "purchase": "agent",
    "on": "2024-06-15",
}
REFUSED = {**request_data(), "area": "cn-gansu"}
INVALID = {**request_data(), "area": "?"}


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    with running() as service:
        yield service


@pytest.fixture
def client(live: Live) -> Iterator[Client]:
    with Client(live.url) as found:
        yield found


def test_a_bill_is_exact_and_explained(client: Client) -> None:
    plain, explained = client.bill(request_data()), client.bill(request_data(), steps=True)

    assert isinstance(plain, Bill)
    assert isinstance(explained, Bill)
    assert plain.total == sum(line.amount for line in plain.lines) == Decimal("1629271.00")
    assert not any(line.steps for line in plain.lines)
    assert all(line.steps for line in explained.lines)


def test_a_refusal_and_faults_are_answers(client: Client) -> None:
    refused, invalid = client.bill(REFUSED), client.bill(INVALID)

    assert isinstance(refused, Refusal)
    assert (refused.code, refused.where) == ("no_document", "/area")
    assert isinstance(invalid, Invalid)
    assert [fault.where for fault in invalid.faults] == ["/area"]


@pytest.mark.parametrize("rows", [2, 3, 100])
def test_a_batch_is_answered_in_order_whatever_is_sent_at_once(client: Client, rows: int) -> None:
    answers = list(client.bills([request_data(), REFUSED, INVALID, request_data()], rows=rows))

    assert [type(answer) for answer in answers] == [BatchBill, Refusal, Invalid, BatchBill]
    assert isinstance(answers[0], BatchBill)
    assert answers[0].total == Decimal("1629271.00")
    assert answers[0].lines[0].label == "代购电费"
    assert answers[0].problems == ({"code": "total_differs_from_bands", "where": "/metering_points/0"},)


def test_no_requests_have_no_answers(client: Client) -> None:
    assert list(client.bills([])) == []


def test_a_comparison_tells_the_difference(client: Client) -> None:
    issued = example(f"{P1}-issued")
    same = client.compare(request_data(), issued)
    other = client.compare(request_data(), {**issued, "total": "1629271.01"})

    assert isinstance(same, Comparison)
    assert same.agrees
    assert isinstance(other, Comparison)
    assert (other.agrees, other.difference) == (False, Decimal("0.01"))
    assert isinstance(client.compare(REFUSED, issued), Refusal)


def test_a_diagnosis_tells_what_a_bill_differs_by(client: Client) -> None:
    issued = example(f"{P1}-issued")
    same = client.diagnose(request_data(), issued)
    other = client.diagnose(request_data(), {"lines": [], "total": "1629271.01"})

    assert isinstance(same, Diagnosis)
    assert (same.status, same.difference) == ("agrees", Decimal(0))
    assert isinstance(other, Diagnosis)
    assert (other.status, other.difference) == ("unexplained", Decimal("0.01"))
    assert isinstance(client.diagnose(REFUSED, issued), Refusal)


def test_documents_come_page_by_page_and_one_is_kept_by_its_etag(client: Client) -> None:
    found = list(client.tariffs(page=3))
    first = client.tariff(LEVIES)

    assert {document.id for document in found} == {document.id for document in TARIFFS.documents}
    assert [each.id for each in client.tariffs(area="cn-guangxi", kind="levies", as_of="2024-06-15")] == [LEVIES]
    assert client.tariff(LEVIES, known=first) is first
    with pytest.raises(ServiceError, match="404 unknown_document") as caught:
        client.tariff("cn/atlantis/levies/2024-06")
    assert (caught.value.status, caught.value.code) == (404, "unknown_document")
    assert caught.value.request_id


def test_a_price_sheet_or_why_there_is_none(client: Client) -> None:
    sheet = client.price_sheet(**SHEET)

    assert isinstance(sheet, PriceSheet)
    assert {component["source"] for component in sheet.components} <= {source.id for source in sheet.sources}
    assert isinstance(client.price_sheet(**{**SHEET, "on": "1999-01-01"}), Refusal)
    with pytest.raises(ServiceError, match="400 invalid_parameter"):
        client.price_sheet(area="cn-guangxi")


def test_the_health_tells_the_tariff_set(client: Client) -> None:
    assert client.health().tariff_set == TARIFFS.version


def test_a_key_is_sent(tmp_path: Path) -> None:
    key = create_key(tmp_path / "keys", "test")
    with running(keys=tmp_path / "keys") as service:
        with Client(service.url, key=key) as client:
            assert isinstance(client.bill(request_data()), Bill)
        with Client(service.url) as client:
            with pytest.raises(ServiceError, match="401 unauthorized"):
                client.bill(request_data())
            with pytest.raises(ServiceError, match="401 unauthorized"):
                list(client.bills([request_data()]))


def test_the_asynchronous_client_answers_the_same(live: Live, client: Client) -> None:
    async def asked() -> None:
        issued = example(f"{P1}-issued")
        async with AsyncClient(live.url) as other:
            assert await other.bill(request_data(), steps=True) == client.bill(request_data(), steps=True)
            requests = [request_data(), REFUSED, INVALID]
            assert [each async for each in other.bills(requests, rows=2)] == list(client.bills(requests))
            assert await other.compare(request_data(), issued) == client.compare(request_data(), issued)
            assert await other.diagnose(request_data(), issued) == client.diagnose(request_data(), issued)
            assert [each async for each in other.tariffs(page=3)] == list(client.tariffs())
            first = await other.tariff(LEVIES)
            assert await other.tariff(LEVIES, known=first) is first
            assert await other.price_sheet(**SHEET) == client.price_sheet(**SHEET)
            assert await other.health() == client.health()

    asyncio.run(asked())


def answering(status: int, **options: object) -> httpx.MockTransport:
    return httpx.MockTransport(lambda _: httpx.Response(status, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("content", [b"<html>", b"[]"])
def test_an_answer_of_something_else_is_an_error(content: bytes) -> None:
    client = Client("http://x", transport=answering(502, content=content))
    with client, pytest.raises(ServiceError, match="502 unknown: no answer of a billcalc service"):
        client.bill({})


def test_a_full_service_tells_when_to_come_back() -> None:
    async def asked() -> list[object]:
        transport = answering(429, headers={"retry-after": "1"}, json={"code": "too_many_requests"})
        async with AsyncClient("http://x", transport=transport) as client:
            return [answer async for answer in client.bills([{}])]

    with pytest.raises(ServiceError) as caught:
        asyncio.run(asked())
    assert (caught.value.status, caught.value.retry_after) == (429, 1)


def test_only_a_line_feed_ends_a_line() -> None:
    lines = Lines()
    line = '{"kind":"refusal","code":"c","where":"","message":"a\u2028b","facts":{}}\n'.encode()

    assert list(lines.answers(line[:20])) == []
    assert list(lines.answers(line[20:] + line[:5])) == [Refusal("c", "", "a\u2028b", {})]
