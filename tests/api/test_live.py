"""A real process on a real port: broken, gigantic and slow bodies, kill −9 and restart, a stop that finishes its work."""

import json
import signal
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest

from billcalc_api.batch import BLOCK_LINES
from tests.api.calling import LINES, P1, request_data, request_text
from tests.api.live import Live, received, running, status_of

HEAD = b"POST /v1/bills HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
# Different structures have plans of their own: a second block of them works for seconds after the first is answered.
SLOW_ROWS = BLOCK_LINES + 200


def slow_batch() -> bytes:
    requests = [request_text(P1).encode()] * BLOCK_LINES
    for row in range(BLOCK_LINES, SLOW_ROWS):
        request = request_data()
        request["agreement"][0]["groups"][f"main{row}"] = request["agreement"][0]["groups"].pop("main")
        request["metering_points"][0]["group"] = f"main{row}"
        requests.append(json.dumps(request).encode())
    return b"\n".join(requests)


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    with running(body_seconds_max=1) as service:
        yield service


def is_well(live: Live) -> bool:
    answer = httpx.post(f"{live.url}/v1/bills", content=request_text(P1), headers={"content-type": "application/json"})
    return answer.status_code == 200 and answer.json()["total"] == "1629271.00"


def test_a_real_bill_over_a_real_connection(live: Live) -> None:
    assert is_well(live)


def test_a_body_that_ends_early_harms_nobody(live: Live) -> None:
    with live.connect() as connection:
        connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n{")

    assert is_well(live)


def test_a_gigantic_body_is_refused_before_it_is_read(live: Live) -> None:
    with live.connect() as connection:
        connection.sendall(HEAD + b"Content-Length: 1000000000000\r\n\r\n{")
        answer = received(connection)

    assert status_of(answer) == 413
    assert is_well(live)


def test_a_gigantic_body_that_does_not_say_so_is_cut_off(live: Live) -> None:
    sent = 0
    with live.connect() as connection:
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        chunk = b"10000\r\n" + b" " * (1 << 16) + b"\r\n"
        try:
            while sent < 1 << 28:
                connection.sendall(chunk)
                sent += len(chunk)
        except OSError:
            pass  # the service closed the connection, which is the point

    assert sent < 1 << 28
    assert is_well(live)


def test_a_head_after_the_body_that_never_ends_is_cut_off(live: Live) -> None:
    with live.connect() as connection:
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n")
        with suppress(OSError):
            connection.sendall(b"a: " + b"b" * 200_000)
        answer = received(connection)

    assert status_of(answer) in (0, 400)  # it may be closed so soon that the answer is lost
    assert is_well(live)


def test_a_slow_body_is_given_up(live: Live) -> None:
    with live.connect() as connection:
        connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n{")
        answer = received(connection)

    assert status_of(answer) == 408
    assert is_well(live)


@pytest.mark.parametrize(
    "sent", [b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\na: " + b"b" * 200_000]
)
def test_what_is_no_http_is_refused(live: Live, sent: bytes) -> None:
    with live.connect() as connection:
        with suppress(ConnectionError):
            connection.sendall(sent)
        answer = received(connection)

    assert status_of(answer) in (0, 400, 431)
    assert is_well(live)


def test_a_service_killed_in_a_batch_leaves_a_broken_answer_and_starts_again() -> None:
    with running() as first:
        with httpx.stream(
            "POST", f"{first.url}/v1/bills:batch", content=slow_batch(), headers={"content-type": LINES}, timeout=60
        ) as answer:
            parts = answer.iter_bytes()
            assert next(parts).startswith(b'{"index":0,"kind":"bill"')
            first.process.send_signal(signal.SIGKILL)
            with pytest.raises(httpx.RemoteProtocolError):
                list(parts)
        port = first.port
        first.process.wait()
        with running(port=port) as second:
            assert is_well(second)


def test_a_service_told_to_stop_finishes_the_batch_it_works_on() -> None:
    with running() as service:
        with httpx.stream(
            "POST", f"{service.url}/v1/bills:batch", content=slow_batch(), headers={"content-type": LINES}, timeout=60
        ) as answer:
            parts = answer.iter_bytes()
            first = next(parts)
            service.process.send_signal(signal.SIGTERM)
            lines = (first + b"".join(parts)).splitlines()
        code = service.process.wait(timeout=30)

    assert [json.loads(line)["index"] for line in lines] == list(range(SLOW_ROWS))
    assert {json.loads(line)["kind"] for line in lines} == {"bill"}
    assert code in (0, -signal.SIGTERM)
