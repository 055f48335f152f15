"""Parameters of the query: those that a route knows, each once; another one is no word for nothing."""

from collections.abc import Iterator

from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request

from billcalc.words.language import Language
from billcalc.words.service import KNOWN_PARAMETERS, REPEATED_PARAMETER
from billcalc_api.languages import ASKED

__all__ = ["known_parameters"]


async def known_parameters(request: Request, lang: Language | None = None) -> None:
    """Find parameters that the route does not know, or that stand several times.

    Every route knows ``lang``, for every one may have to say what is the matter.

    Raises:
        RequestValidationError: with each of them.
    """
    if not request.scope["query_string"]:
        return
    known = sorted({"lang", *_parameters(request.scope["route"].dependant)})
    told = [name for name, _ in request.query_params.multi_items()]
    language = ASKED.get()
    unknown = KNOWN_PARAMETERS.of(language).format(known=", ".join(known))
    wrong = {name: unknown for name in told if name not in known}
    wrong |= {name: REPEATED_PARAMETER.of(language) for name in known if told.count(name) > 1}
    if wrong:
        found = [{"type": "told", "loc": ("query", name), "msg": why} for name, why in wrong.items()]
        raise RequestValidationError(found)


def _parameters(dependant: Dependant) -> Iterator[str]:
    """The parameters of a route, and of what it depends on."""
    yield from (field.alias for field in dependant.query_params)
    for other in dependant.dependencies:
        yield from _parameters(other)
