"""Every route of the pages, whatever is sent to it: an answer in HTML with the policy of the pages, never a failure."""

import pytest
from fastapi.routing import APIRoute

from billcalc_pages import (
    account_views,
    advise_views,
    audit_views,
    check_views,
    compare_views,
    finding_views,
    form_views,
    notice_views,
    tariff_views,
    views,
)
from billcalc_pages.site import POLICY
from tests.pages.visiting import REQUEST, Browser, browser

VIEWS = (
    account_views,
    advise_views,
    audit_views,
    check_views,
    compare_views,
    finding_views,
    form_views,
    notice_views,
    tariff_views,
    views,
)
HOSTILE = [
    "",
    "\x00",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "1e999",
    "NaN",
    "９" * 50,
    "a" * 5000,
    "{",
    "- &x *x",
]


@pytest.fixture(scope="module")
def visitor() -> Browser:
    return browser()


def routes(method: str) -> list[str]:
    """The paths of the pages, their variable parts filled in with what no area and no document is called."""
    found = [route for each in VIEWS for route in each.router.routes if isinstance(route, APIRoute)]
    paths = {route.path for route in found if method in (route.methods or ())}
    assert len(paths) > 5
    filled = (
        path.replace("{area}", "%3Cb%3E")
        .replace("{document:path}", "..")
        .replace("{code}", "nothing")
        .replace("{told}", "%00")
        .replace("{finding}", "-1")
        .replace("{number}", "-1")
        .replace("{name}", "..")
        for path in paths
    )
    return sorted(f"/zh{path.replace('{rest:path}', 'x')}" for path in filled)


def test_every_page_answers_and_names_nothing_that_was_asked_for(visitor: Browser) -> None:
    for path in routes("GET"):
        for query in ("", "?first=<b>&second=2024-13", "?first=2024-06&second=%00"):
            answer = visitor.get(path + query)
            assert answer.status_code in (200, 303, 404), path
            assert answer.status_code == 303 or answer.headers["content-security-policy"] == POLICY
            assert "<b>" not in answer.text.partition("<h1>")[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_every_form_takes_whatever_is_typed(visitor: Browser, text: str) -> None:
    names = ("key", "area", "month", "closing_peak", "request_text", "request_name", "as", "amount_0", "amount_total")
    for path in routes("POST"):
        answer = visitor.post(path, dict.fromkeys(names, text), issued=("<b>.csv", text.encode()))
        assert answer.status_code in (200, 303, 400, 401, 404, 422), path
        assert "<script>" not in answer.text


def test_every_form_without_its_token_is_refused(visitor: Browser) -> None:
    for path in routes("POST"):
        assert visitor.post(path, token="0" * 64, request=("june.yaml", REQUEST)).status_code == 403, path
