"""The routes: signing in, the first page, a bill; each without any script."""

import json

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from billcalc.words.language import Language
from billcalc.words.pages import PageWord
from billcalc_api.contract import example
from billcalc_api.state import calculated, service_of
from billcalc_pages.answers import Shape, bill_answer
from billcalc_pages.forms import BrokenForm, Form, Upload, read_form
from billcalc_pages.site import Site, language_of, site_of
from billcalc_pages.visits import COOKIE, set_cookie

__all__ = ["checked_form", "given_file", "router", "to"]

router = APIRouter()
_EXAMPLE = "guangxi-2024-06-p1"
_NAME_MAX = 200


def to(language: Language, view: str = "") -> Response:
    """Go to another page, by asking for it."""
    return RedirectResponse(f"/{language.value}/{view}", 303)


async def checked_form(
    request: Request, site: Site, *, for_strangers: bool = False, files_max: int = 2
) -> Form | Response:
    """The form that was sent; or what is answered instead, where it was not given to this visit or is broken.

    Raises:
        Answered: where it is too large or too slow.
    """
    if not (for_strangers or site.may_enter(request)):
        return to(language_of(request), "sign-in")
    try:
        form = await read_form(request, service_of(request).settings, files_max=files_max)
    except BrokenForm:
        return site.problem(request, 400, PageWord.BROKEN_FORM)
    if not site.visits.is_of(site.visits.visit_of(request), form.fields.get("token", "")):
        return site.problem(request, 403, PageWord.STALE)
    return form


def given_file(form: Form, name: str) -> Upload | None:
    """A file of a form: chosen now, or carried along from the page before; None where there is none."""
    upload = form.files.get(name)
    if upload is not None and upload.content:
        return upload
    carried = form.fields.get(f"{name}_text")
    return Upload(form.fields.get(f"{name}_name", name)[:_NAME_MAX], carried.encode()) if carried else None


@router.get("/sign-in")
async def sign_in_form(request: Request) -> Response:
    """Where a key is entered."""
    site = site_of(request)
    if site.may_enter(request):
        return to(language_of(request))
    return site.shown(request, "sign_in", "sign-in", {"unknown": False})


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Begin a visit with a key."""
    site = site_of(request)
    form = await checked_form(request, site, for_strangers=True)
    if isinstance(form, Response):
        return form
    visit = site.visits.sign_in(form.fields.get("key", "").strip())
    if visit is None:
        return site.shown(request, "sign_in", "sign-in", {"unknown": True}, status=401)
    answer = to(language_of(request))
    set_cookie(answer, visit, secure=request.url.scheme == "https")
    return answer


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End a visit."""
    site = site_of(request)
    form = await checked_form(request, site)
    if isinstance(form, Response):
        return form
    site.visits.sign_out(site.visits.visit_of(request))
    answer = to(language_of(request), "sign-in")
    answer.delete_cookie(COOKIE, path="/")
    return answer


@router.get("/")
async def recalculate(request: Request) -> Response:
    """The first page: a file, please."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    return site.shown(request, "recalculate", "", {"missing": False})


@router.get("/bill")
async def no_bill(request: Request) -> Response:
    """A bill is made of a file, so there is none at an address."""
    return to(language_of(request))


@router.post("/bill")
async def bill(request: Request) -> Response:
    """The bill of a request file."""
    site = site_of(request)
    form = await checked_form(request, site)
    if isinstance(form, Response):
        return form
    upload = given_file(form, "request")
    if "example" in form.fields:
        upload = Upload(f"{_EXAMPLE}.json", json.dumps(example(_EXAMPLE), ensure_ascii=False, indent=1).encode())
    if upload is None:
        return site.shown(request, "recalculate", "", {"missing": True}, status=422)
    told = form.fields.get("as", "")
    shape = Shape(told) if told in (*Shape,) else Shape.PAGE
    frame = site.frame(request, site.visits.visit_of(request) or "", "")
    answer = await calculated(request, bill_answer, frame, upload, shape)
    kept = shape is not Shape.PAGE and answer.status == 200
    return site.answered(answer.body, answer.status, answer.media_type, _kept_as(shape, upload) if kept else None)


def _kept_as(shape: Shape, upload: Upload) -> str:
    """What a browser calls a file to keep; a request keeps its kind."""
    if shape is not Shape.REQUEST:
        return f"bill.{shape.value}"
    return "request.json" if upload.name.lower().endswith(".json") else "request.yaml"


@router.get("/{rest:path}")
async def nowhere(request: Request, rest: str) -> Response:
    """What is no page."""
    return site_of(request).problem(request, 404, PageWord.NOT_FOUND)
