"""Health and metrics: for whoever runs the service."""

import logging

import pytest

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
    refused = {**request_data(), "area": "cn-gansu"}
    service.bill(request_data())
    service.bill(refused)
    service("POST", "/v1/bills:compare", json={"request": refused, "issued": {"lines": []}})
    service.batch(json_lines([request_data(), refused, {"area": "?"}]))
    service("GET", "/nothing")
    text = service("GET", "/metrics").text

    for line in (
        'billcalc_requests_total{method="POST",route="/v1/bills",status="200"} 1.0',
        'billcalc_requests_total{method="POST",route="/v1/bills",status="422"} 1.0',
        'billcalc_requests_total{method="GET",route="other",status="404"} 1.0',
        'billcalc_request_seconds_count{route="/v1/bills"} 2.0',
        'billcalc_bills_total{route="bills"} 1.0',
        'billcalc_bills_total{route="batch"} 1.0',
        'billcalc_refusals_total{reason="no_document"} 3.0',
        f'billcalc_info{{tariff_set="{tariffs().version}",version="{__version__}"}} 1.0',
    ):
        assert line in text.splitlines()


def test_invented_methods_and_routes_are_one_series_and_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    service = new_service()
    with caplog.at_level(logging.INFO, logger="billcalc_api"):
        for number in range(20):
            service(f"CUSTOMER{number}", f"/customer/{number}")
            service(f"CUSTOMER{number}", "/v1/tariffs")
    text = service("GET", "/metrics").text

    assert "CUSTOMER" not in text + caplog.text
    assert 'billcalc_requests_total{method="other",route="other",status="404"} 20.0' in text.splitlines()
    assert 'billcalc_requests_total{method="other",route="/v1/tariffs",status="405"} 20.0' in text.splitlines()
    assert len([line for line in text.splitlines() if line.startswith("billcalc_requests_total{")]) == 2
