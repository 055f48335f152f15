"""The language of an answer: what `lang` asks for, else what `Accept-Language` would rather have, else English.

The gate finds it out before anything else, so that what is refused there is told in it, too.
"""

import re
from contextvars import ContextVar
from functools import lru_cache
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from billcalc.words.language import Language

__all__ = ["ASKED", "Lang", "asked_of"]

ASKED: ContextVar[Language] = ContextVar("asked", default=Language.ENGLISH)
"""Of the request that is being answered."""


_HEADERS_MAX = 64
"""How many are kept with what they would rather have: most programs send one, and those of browsers are few."""
_SPOKEN = {language.value for language in Language}


def asked_of(request: Request) -> Language:
    """The language that a request asks for; where `lang` is no language that is spoken here, its route refuses it."""
    told = request.query_params.get("lang", "") if request.scope["query_string"] else ""
    if told in _SPOKEN:
        return Language(told)
    return _preferred(",".join(request.headers.getlist("accept-language")))


@lru_cache(maxsize=_HEADERS_MAX)
def _preferred(accepted: str) -> Language:
    """The language of the highest quality among those that are spoken here; of equal ones the first.

    >>> [_preferred(each).value for each in ("fr, zh-Hans-CN;q=0.8, en;q=0.3", "zh;q=0, *", "fr")]
    ['zh', 'en', 'en']
    """
    best, found = 0, Language.ENGLISH
    for entry in accepted.split(","):
        tag, *parameters = (part.strip().lower() for part in entry.split(";"))
        spoken = tag.partition("-")[0]
        quality = _quality(parameters)
        if quality > best and spoken in _SPOKEN:
            best, found = quality, Language(spoken)
    return found


_QUALITY = re.compile(r"q=([01])(?:\.([0-9]{0,3}))?")
"""RFC 9110."""
_MOST = 1000


def _quality(parameters: list[str]) -> int:
    """Of an entry, in thousandths; all of them where it tells none, 0 where it is not of the form."""
    told = next((each for each in parameters if each.startswith("q=")), "q=1")
    found = _QUALITY.fullmatch(told)
    return 0 if found is None else min(_MOST, int(found[1] + (found[2] or "").ljust(3, "0")))


async def _spoken(request: Request) -> Language:
    """The language of an answer that has sentences."""
    request.state.speaks = True
    return ASKED.get()


Lang = Annotated[Language, Depends(_spoken)]
"""As the parameter of a route whose answer has sentences: their language."""
