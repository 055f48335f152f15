"""Health and metrics: for whoever runs the service."""

from billcalc import __version__
from tests.api.calling import json_lines, request_data, tariffs
from tests.api.calling import service as new_service


def test_a_ready_service_tells_what_it_bills_by() -> None:
    service = new_service()

    assert service("GET", "/healthz").json() == {"status": "ok"}
    assert service("GET", "/readyz").json() == {
        "status": "ready",
        "version": __version__,
        "tariff_set": tariffs().version,
    }


def test_the_metrics_count_requests_bills_and_refusals() -> None:
    service = new_service()
    refused = {**request_data(), "area": "cn-nowhere"}
    service.bill(request_data())
    service.bill(refused)
    service("POST", "/v1/bills:compare", json={"request": refused, "issued": {"lines": []}})
    service.batch(json_lines([request_data(), refused, {"area": "?"}]))
    service("GET", "/nothing")
    text = service("GET", "/metrics").text

    for line in (
        'billcalc_requests_total{method="POST",route="/v1/bills",status="200"} 1.0',
        'billcalc_requests_total{method="POST",route="/v1/bills",status="422"} 1.0',
        'billcalc_requests_total{method="GET",route="none",status="404"} 1.0',
        'billcalc_request_seconds_count{route="/v1/bills"} 2.0',
        'billcalc_bills_total{route="bills"} 1.0',
        'billcalc_bills_total{route="batch"} 1.0',
        'billcalc_refusals_total{reason="no_document"} 3.0',
        f'billcalc_info{{tariff_set="{tariffs().version}",version="{__version__}"}} 1.0',
    ):
        assert line in text.splitlines()
