"""What the service counts, in the text form of Prometheus; a registry for each service, so tests do not share one.

Labels have few values, all of our own: a client without a key must not be able to fill the memory with invented ones.
"""

from prometheus_client import CollectorRegistry, Counter, Histogram, Info, generate_latest

__all__ = ["OTHER", "Metrics", "method_label"]

OTHER = "other"
"""The label of each method and route that is not known here."""

_METHODS = frozenset({"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"})


def method_label(method: str) -> str:
    """A method of HTTP, or ``other``: some servers let any word through."""
    return method if method in _METHODS else OTHER


class Metrics:
    """The counters of one service."""

    def __init__(self, *, version: str, tariff_set: str) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "billcalc_requests", "Requests by route, method and status.", ["route", "method", "status"],
            registry=self._registry,
        )  # fmt: skip
        self.seconds = Histogram(
            "billcalc_request_seconds", "Time from the first byte to the last [s].", ["route"],
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30), registry=self._registry,
        )  # fmt: skip
        self.bills = Counter("billcalc_bills", "Bills calculated.", ["route"], registry=self._registry)
        self.refusals = Counter(
            "billcalc_refusals", "Requests without a bill, by reason.", ["reason"], registry=self._registry
        )
        info = Info("billcalc", "What is running.", registry=self._registry)
        info.info({"version": version, "tariff_set": tariff_set})

    def text(self) -> bytes:
        """All of it as text."""
        return generate_latest(self._registry)
