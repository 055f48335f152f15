"""Visits of the pages, in process: a browser without scripts, which keeps its cookie and sends forms."""

import asyncio
import re
from typing import Any

import httpx
from fastapi import FastAPI

from billcalc_api.app import create_app
from billcalc_api.settings import Settings
from billcalc_pages.mounting import mount
from tests.api.calling import P1, ROOT, tariffs

REQUEST = (ROOT / "fixtures" / "official" / P1 / "request.yaml").read_bytes()
TWO_CAUSES = (ROOT / "fixtures" / "issued" / "examples" / "guangxi-two-causes.csv").read_bytes()
"""The bill of ``REQUEST``, wrong in two ways: 80000 kVA in place of 100000, and the standard 0.85 in place of 0.90."""
_TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')


class Browser:
    """Visits one service."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.cookies = httpx.Cookies()

    def get(self, path: str, **options: Any) -> httpx.Response:
        """A page."""
        return self("GET", path, **options)

    def post(
        self, path: str, fields: dict[str, str] | None = None, *, token: str | None = None, **files: tuple[str, bytes]
    ) -> httpx.Response:
        """Send a form, with the token of a page that was just seen."""
        told = self.token() if token is None else token
        parts: list[tuple[str, Any]] = [("token", (None, told)), *((n, (None, v)) for n, v in (fields or {}).items())]
        return self("POST", path, files=[*parts, *files.items()])

    def token(self) -> str:
        """What the forms of this visit carry."""
        seen = self.get("/en/")
        if seen.status_code == 303:
            seen = self.get(seen.headers["location"])
        found = _TOKEN.search(seen.text)
        assert found is not None
        return found[1]

    def __call__(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The answer; a redirection is not followed."""
        return asyncio.run(self._send(method, path, options))

    async def _send(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", cookies=self.cookies) as client:
            answer = await client.request(method, path, **options)
            self.cookies = client.cookies
            return answer


def browser(**settings: Any) -> Browser:
    """A browser before a service of its own."""
    app = create_app(Settings(**settings), tariffs())
    mount(app)
    return Browser(app)
