"""The routes of a simulation: a request and what is to be otherwise, please; and by which lines each bill differs."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc.words.pages import PAGES
from billcalc_api.state import calculated
from billcalc_pages.simulating import simulation_answer, simulation_form
from billcalc_pages.site import language_of, site_of
from billcalc_pages.views import checked_form, given_file, to

__all__ = ["router"]

router = APIRouter()
_VIEW = "advise/simulate"


@router.get("/advise/simulate")
async def empty(request: Request) -> Response:
    """A request and what is to be otherwise, please."""
    site, language = site_of(request), language_of(request)
    if not site.may_enter(request):
        return to(language, "sign-in")
    return site.shown(request, "simulate", _VIEW, simulation_form(language))


@router.post("/advise/simulate")
async def simulate(request: Request) -> Response:
    """What a request would come to if something of it were otherwise; from its bill first what that is to be."""
    site, language = site_of(request), language_of(request)
    form = await checked_form(request, site)
    if isinstance(form, Response):
        return form
    upload = given_file(form, "request")
    if upload is None:
        values = simulation_form(language, told=form.fields, fault=PAGES["simulate_missing"].of(language))
        return site.shown(request, "simulate", _VIEW, values, status=422)
    variants = form.files.get("variants")
    frame = site.frame(request, site.visits.visit_of(request) or "", _VIEW)
    file = variants if variants is not None and variants.content else None
    answer = await calculated(request, simulation_answer, frame, upload, dict(form.fields), file)
    return site.answered(answer.body, answer.status, answer.media_type, None)
