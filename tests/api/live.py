"""A real service: a process of its own on a free port of this machine."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.few_tariffs import few_tariffs

ROOT = Path(__file__).parents[2]
_SERVE = "from billcalc_api.serve import serve; serve()"


@dataclass
class Live:
    """A running service."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self) -> socket.socket:
        """A bare connection, over which anything may be sent."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def running(
    *, port: int | None = None, descriptors: int | None = None, options: Sequence[str] = (), **settings: object
) -> Iterator[Live]:
    """A service with some options and settings, and with so many descriptors; it has ended when this ends."""
    port = port or free_port()
    told = {f"BILLCALC_{name.upper()}": str(value) for name, value in settings.items()}
    environment = {**os.environ, "BILLCALC_TARIFFS": str(few_tariffs()), **told}
    command = [sys.executable, "-c", _SERVE, "--port", str(port), *options]
    if descriptors is not None:
        command = ["bash", "-c", f'ulimit -n {descriptors}; exec "$@"', "", *command]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until_ready(process, port)
        yield Live(process, port)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(300):
        assert process.poll() is None, "the service ended while it started"
        try:
            if httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the service does not start")


def status_of(answer: bytes) -> int:
    """The status of a raw answer; 0 where there is none."""
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", answer)
    return int(found[1]) if found else 0


def received(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    parts = []
    try:
        while part := connection.recv(1 << 16):
            parts.append(part)
    except ConnectionError:
        pass  # closed by the other side while we still had something to say
    return b"".join(parts)
