"""The client for ordinary programs."""

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

import httpx

from billcalc.client import exchange
from billcalc.client.answers import (
    BatchBill,
    Bill,
    Comparison,
    Data,
    Diagnosis,
    Document,
    Health,
    Invalid,
    PriceSheet,
    Refusal,
    Tariff,
)

__all__ = ["Client"]

ROWS = 2000


class Client:
    """Asks one service; every call that is not answered raises ``ServiceError``.

    Args:
        url: of the service, such as ``http://127.0.0.1:8000``.
        key: an API key, where the service has keys on.
        timeout: how long to wait for the connection and between two parts of an answer [s].
        transport: another way to send, for tests.
    """

    def __init__(
        self, url: str, *, key: str | None = None, timeout: float = 60, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._http = httpx.Client(base_url=url, headers=exchange.headers_of(key), timeout=timeout, transport=transport)

    def __enter__(self) -> Self:
        """The client itself, which ``with`` closes."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def bill(self, request: Data, *, steps: bool = False) -> Bill | Refusal | Invalid:
        """Calculate one bill.

        Args:
            request: its data, decimals as strings.
            steps: whether every line tells how it came about.
        """
        sent = {"explain": "steps" if steps else "none"}
        return exchange.read_bill(self._http.post("/v1/bills", json=request, params=sent))

    def bills(self, requests: Iterable[Data], *, rows: int = ROWS) -> Iterator[BatchBill | Refusal | Invalid]:
        """Calculate many bills; the answers come in the order of the requests, and neither is held as a whole.

        Args:
            requests: their data.
            rows: how many are sent at once.
        """
        for block in exchange.blocks_of(requests, rows):
            with self._http.stream("POST", exchange.BATCH, content=block, headers=exchange.JSON_LINES) as response:
                if response.status_code != 200:
                    response.read()
                    exchange.refuse_others(response)
                lines = exchange.Lines()
                for part in response.iter_bytes():
                    yield from lines.answers(part)

    def compare(self, request: Data, issued: Data, *, tolerance: str = "0") -> Comparison | Refusal | Invalid:
        """Compare an issued bill with the bill of a request; up to a tolerance a line does not differ."""
        sent = {"request": request, "issued": issued, "tolerance": tolerance}
        return exchange.read_comparison(self._http.post("/v1/bills:compare", json=sent))

    def diagnose(self, request: Data, issued: Data) -> Diagnosis | Refusal | Invalid:
        """Name the causes of what an issued bill differs from the bill of a request by."""
        sent = {"request": request, "issued": issued}
        return exchange.read_diagnosis(self._http.post("/v1/bills:diagnose", json=sent))

    def tariffs(
        self, *, area: str | None = None, kind: str | None = None, as_of: str | None = None, page: int = 100
    ) -> Iterator[Document]:
        """The documents by id, page by page."""
        asked = {"area": area, "kind": kind, "as_of": as_of, "limit": str(page)}
        sent = {name: value for name, value in asked.items() if value is not None}
        cursor: str | None = ""
        while cursor is not None:
            params = sent | ({"cursor": cursor} if cursor else {})
            documents, cursor = exchange.read_documents(self._http.get("/v1/tariffs", params=params))
            yield from documents

    def tariff(self, document_id: str, *, known: Tariff | None = None) -> Tariff:
        """A document; one that is known already is not sent again."""
        headers = exchange.tariff_headers(known)
        return exchange.read_tariff(self._http.get(f"/v1/tariffs/{document_id}", headers=headers), known)

    def price_sheet(self, **key: str) -> PriceSheet | Refusal:
        """The components that one customer pays on a day.

        Args:
            key: ``area``, ``customer_class``, ``billing``, ``voltage``, ``purchase`` and ``on``; where they are not the
                usual ones ``subclass`` and ``time_of_use`` ("false").
        """
        params = {"class" if name == "customer_class" else name: value for name, value in key.items()}
        return exchange.read_price_sheet(self._http.get("/v1/price-sheets", params=params))

    def health(self) -> Health:
        """What the service bills by."""
        return exchange.read_health(self._http.get("/readyz"))
