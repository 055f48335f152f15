"""The way of a request without a query to its route: nothing of it is the framework's to check.

The framework finds out what a route takes, and asks for it, at each request: a quarter of the time of a bill of whose
structure there is a plan. Without a query each parameter has its default, and the route is found by its path alone.
"""

from collections.abc import Iterable

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from billcalc_api.languages import ASKED

__all__ = ["Straight"]


class Straight:
    """Wraps the application, inside of the gate."""

    def __init__(self, app: ASGIApp, routes: Iterable[APIRoute]) -> None:
        """Take the routes to which requests go straight.

        Args:
            app: answers all other requests.
            routes: they take a request and the language of its answer, have defaults for all else, and no parameter in
                their path.
        """
        self._app = app
        self._routes = {(method, route.path): route for route in routes for method in route.methods or ()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        is_plain = scope["type"] == "http" and not scope["query_string"] and not scope.get("root_path")
        route = self._routes.get((scope["method"], scope["path"])) if is_plain else None
        if route is None:
            await self._app(scope, receive, send)
            return
        scope["route"] = route
        request = Request(scope, receive)
        request.state.speaks = True
        response = await route.endpoint(request, ASKED.get())
        await response(scope, receive, send)
