"""The site of a service: which paths are its own, who visits, and how problems are told there."""

import json
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from billcalc.kernel.codes import FaultCode
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.pages import PAGES
from billcalc.words.saying import sentence
from billcalc.words.service import TITLES
from billcalc_api.state import Service, caller_of
from billcalc_pages.rendering import HTML, Frame, page
from billcalc_pages.visits import STRANGER, Visits, new_visit, set_cookie

__all__ = ["POLICY", "Site", "language_of", "site_of"]

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load and do: its own style sheet and its own forms; no script of anybody."""

_OWN = tuple(f"/{language.value}/" for language in Language)
_STYLE = "/static/"


def language_of(request: Request) -> Language:
    """The language of a page's path; else the first that the browser asks for and that is spoken here."""
    told = request.scope["path"][1:3]
    if told in (*Language,):
        return Language(told)
    wanted = request.headers.get("accept-language", "").lower()
    return Language.ENGLISH if wanted.startswith("en") else Language.CHINESE


class Site:
    """The pages of one service."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self.visits = Visits(service.keys)

    def has(self, path: str) -> bool:
        """Whether a path is a page's."""
        return path == "/" or path.startswith((*_OWN, _STYLE))

    def key_of(self, request: Request) -> str:
        """The name of the key that was entered for a visit; empty where none was.

        Raises:
            KeysError: where the keys cannot be read.
        """
        return self.visits.key_of(request)

    def may_enter(self, request: Request) -> bool:
        """Whether a visitor may use the pages; else only sign in."""
        return caller_of(request).key != STRANGER

    def first(self, request: Request) -> Response:
        """The way to the first page, in the visitor's language."""
        return RedirectResponse(f"/{language_of(request).value}/", 303)

    def told(self, request: Request, answer: Response) -> Response:
        """A problem of the gate as a page; it keeps its status and headers."""
        told = json.loads(bytes(answer.body))
        language = language_of(request)
        title = TITLES[answer.status_code].of(language)
        text = ""
        if told.get("faults"):
            fault = told["faults"][0]
            text = sentence(LEXICONS[language], FaultCode(fault["code"]), fault["facts"])
        kept = {name: value for name, value in answer.headers.items() if name in ("retry-after", "connection")}
        frame = Frame(language, "", "", self._service.tools.catalog.version)
        body = page("problem", frame, {"title": title, "text": text})
        return Response(body, answer.status_code, headers=self._headers(kept), media_type=HTML)

    def problem(self, request: Request, status: int, title: str, text: str | None = None) -> Response:
        """A problem of the pages' own."""
        language = language_of(request)
        words = {"title": PAGES[title].of(language), "text": "" if text is None else PAGES[text].of(language)}
        return self.shown(request, "problem", "", words, status=status)

    def shown(
        self,
        request: Request,
        name: str,
        view: str,
        values: Mapping[str, object] | None = None,
        *,
        status: int = 200,
        visit: str | None = None,
    ) -> Response:
        """A page; whoever comes without a cookie is given one, so that the page's forms can be sent."""
        visit = visit or self.visits.visit_of(request)
        fresh = visit or new_visit()
        body = page(name, self.frame(request, fresh, view), values)
        answer = Response(body, status, headers=self._headers({}), media_type=HTML)
        if visit is None:
            set_cookie(answer, fresh, secure=request.url.scheme == "https")
        return answer

    def frame(self, request: Request, visit: str, view: str) -> Frame:
        """What every page of a visit has."""
        key = caller_of(request).key or None
        return Frame(language_of(request), self.visits.token(visit), view, self._service.tools.catalog.version, key)

    def answered(self, body: bytes, status: int, media_type: str, name: str | None) -> Response:
        """What a worker made; a file to keep where it has a name."""
        headers = {} if name is None else {"content-disposition": f'attachment; filename="{name}"'}
        return Response(body, status, headers=self._headers(headers), media_type=media_type)

    @staticmethod
    def _headers(more: Mapping[str, str]) -> dict[str, str]:
        return {"content-security-policy": POLICY, **more}


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    site = request.app.state.service.pages
    assert isinstance(site, Site), "the routes are there where the site is"
    return site
