"""The routes of comparing: two files, please; and what differs, and why."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc_api.state import calculated
from billcalc_pages.comparing import comparison_answer, typed_answer
from billcalc_pages.site import language_of, site_of
from billcalc_pages.views import checked_form, given_file, to

__all__ = ["router"]

router = APIRouter()
_VIEW = "compare"
_TYPED = "amount_"
"""How the fields of amounts begin."""


@router.get("/compare")
async def compare_form(request: Request) -> Response:
    """Two files, please."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    return site.shown(request, _VIEW, _VIEW, {"missing": False})


@router.post("/compare")
async def compare(request: Request) -> Response:
    """An issued bill beside the recomputed one."""
    site = site_of(request)
    form = await checked_form(request, site)
    if isinstance(form, Response):
        return form
    asked, issued = given_file(form, "request"), given_file(form, "issued")
    typed = {name.removeprefix(_TYPED): told for name, told in form.fields.items() if name.startswith(_TYPED)}
    frame = site.frame(request, site.visits.visit_of(request) or "", _VIEW)
    if asked is not None and any(told.strip() for told in typed.values()):
        answer = await calculated(request, typed_answer, frame, asked, typed)
    elif asked is None or issued is None:
        return site.shown(request, _VIEW, _VIEW, {"missing": True}, status=422)
    else:
        answer = await calculated(request, comparison_answer, frame, asked, issued)
    return site.answered(answer.body, answer.status, answer.media_type, None)
