"""The client of the pricing service (extra ``client``): the same answers as the engine's, over HTTP.

>>> from billcalc.client import Client
>>> service = Client("http://127.0.0.1:8000")  # with keys on: Client(…, key="bck_…")
>>> service.close()

A bill that cannot be calculated is a ``Refusal``, malformed input is an ``Invalid``: both are answers. What else
the service answers raises ``ServiceError``; a connection that fails or breaks raises ``httpx.TransportError``.
"""

from billcalc.client.answers import (
    BatchBill,
    Bill,
    Comparison,
    Diagnosis,
    Document,
    Health,
    Invalid,
    PriceSheet,
    Refusal,
    Tariff,
)
from billcalc.client.asynchronous import AsyncClient
from billcalc.client.exchange import ServiceError
from billcalc.client.synchronous import Client

__all__ = [
    "AsyncClient",
    "BatchBill",
    "Bill",
    "Client",
    "Comparison",
    "Diagnosis",
    "Document",
    "Health",
    "Invalid",
    "PriceSheet",
    "Refusal",
    "ServiceError",
    "Tariff",
]
