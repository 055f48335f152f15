"""What the routes of one service share."""

from dataclasses import dataclass, field

from starlette.requests import Request

from billcalc.tariff.catalog import Catalog
from billcalc_api.keys import KeyRecord
from billcalc_api.metrics import Metrics
from billcalc_api.settings import Settings

__all__ = ["Service", "service_of"]


@dataclass
class Service:
    """One running service."""

    settings: Settings
    catalog: Catalog
    metrics: Metrics
    keys: tuple[KeyRecord, ...] | None
    active: int = field(default=0)


def service_of(request: Request) -> Service:
    """The service that a request came to."""
    service: Service = request.app.state.service
    return service
