"""The routes of an account: request files of one customer, please; and the months beside each other."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc_api.state import calculated
from billcalc_pages.account import account_answer
from billcalc_pages.site import language_of, site_of
from billcalc_pages.views import checked_form, to

__all__ = ["router"]

router = APIRouter()
_VIEW = "account"
_FILES_MAX = 24
"""Two years of months."""


@router.get("/account")
async def account_form(request: Request) -> Response:
    """The request files of one customer, please."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    return site.shown(request, "account_form", _VIEW, {"missing": False})


@router.post("/account")
async def account(request: Request) -> Response:
    """Their bills, month by month."""
    site = site_of(request)
    form = await checked_form(request, site, files_max=_FILES_MAX)
    if isinstance(form, Response):
        return form
    uploads = [each for each in form.lists.get("requests", ()) if each.content]
    if not uploads:
        return site.shown(request, "account_form", _VIEW, {"missing": True}, status=422)
    frame = site.frame(request, site.visits.visit_of(request) or "", _VIEW)
    answer = await calculated(request, account_answer, frame, uploads)
    return site.answered(answer.body, answer.status, answer.media_type, None)
