"""Every route of the pages, whatever is sent to it: an answer in HTML with the policy of the pages, never a failure."""

import pytest
from fastapi.routing import APIRoute

from billcalc_pages.mounting import VIEWS
from billcalc_pages.site import POLICY
from browser.tour import NO_PAGES
from browser.tours import TOURS
from tests.pages.visiting import REQUEST, Browser, browser

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


def all_routes() -> set[tuple[str, str]]:
    """Method and path of all that the pages answer."""
    own = [route for view in VIEWS for route in view.router.routes if isinstance(route, APIRoute)]
    return {(method, each.path) for each in own for method in each.methods or ()}


def routes(method: str) -> list[str]:
    """The paths of the pages, their variable parts filled in with what no area and no document is called."""
    paths = {path for each, path in all_routes() if each == method}
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


def test_every_page_is_looked_at_in_a_browser() -> None:
    """A tour of ``browser/`` leads to each of them, or it is told why there is nothing to look at."""
    toured = {route for each in TOURS.values() for route in each.routes}
    assert toured.isdisjoint(NO_PAGES)
    assert {f"{method} {path}" for method, path in all_routes()} == toured | NO_PAGES


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
