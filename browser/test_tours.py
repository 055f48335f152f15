"""Each page in a browser: read by everybody, in both languages, with scripts or without, on screen and paper."""

import pytest
from starlette.routing import Match, Route

from browser.stage import Stage
from browser.tours import TOURS
from browser.visit import Visit


@pytest.mark.parametrize("name", TOURS)
def test_each_page_is_told_to_everybody_and_prints(name: str, visit: Visit, stage: Stage) -> None:
    """The routes of a tour are those of the pages that it really showed."""
    routes, walk = TOURS[name]
    for route, scene in zip(routes, walk(visit, stage), strict=True):
        assert _is_of(route, *visit.asked), f"{route}: {visit.asked}"
        visit.holds(scene.outline)
        visit.prints(*scene.printed, not_these=scene.unprinted)


def _is_of(route: str, method: str, path: str) -> bool:
    """Whether a request was one of a route."""
    told, _, pattern = route.partition(" ")
    asked = {"type": "http", "method": method, "path": path[len("/zh") :]}
    return Route(pattern, _nothing, methods=[told]).matches(asked)[0] is Match.FULL


def _nothing() -> None:
    """No endpoint is called."""
