"""Parameters of the query: those that a route knows, each once; another one is no word for nothing."""

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request

__all__ = ["known_parameters"]


async def known_parameters(request: Request) -> None:
    """Find parameters that the route does not know, or that stand several times.

    Raises:
        RequestValidationError: with each of them.
    """
    known = sorted(field.alias for field in request.scope["route"].dependant.query_params)
    expected = f"use {', '.join(known)}" if known else "there is none here"
    told = [name for name, _ in request.query_params.multi_items()]
    wrong = {name: f"this parameter is not known; {expected}" for name in told if name not in known}
    wrong |= {name: "this parameter stands several times; keep one" for name in known if told.count(name) > 1}
    if wrong:
        raise RequestValidationError([{"loc": ("query", name), "msg": why} for name, why in wrong.items()])
