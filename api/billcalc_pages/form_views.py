"""The routes of the form: its fields, and the bill of what was filled in."""

import io
from collections.abc import Mapping
from functools import cache

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc.cli.form import asked
from billcalc.tables.form_workbook import write_form
from billcalc.words.forms import FORM
from billcalc.words.language import Language, in_language
from billcalc_api.state import calculated
from billcalc_pages.answers import XLSX
from billcalc_pages.asking import asked_fields, draft_of
from billcalc_pages.form_answers import form_answer, form_values
from billcalc_pages.site import Site, language_of, site_of
from billcalc_pages.views import checked_form, to

__all__ = ["router"]

router = APIRouter()
_VIEW = "form"


@router.get("/form")
async def empty_form(request: Request) -> Response:
    """The form, with what is usual."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    usual = {name: field.value for name, field in asked_fields(language_of(request)).items()}
    return _shown(request, site, usual, {})


@router.get("/form.xlsx")
async def empty_workbook(request: Request) -> Response:
    """The form as a workbook; filled in, it is taken wherever a request file is."""
    site, language = site_of(request), language_of(request)
    if not site.may_enter(request):
        return to(language, "sign-in")
    return site.answered(_workbook(language), 200, XLSX, "form.xlsx")


@router.post("/form")
async def filled_form(request: Request) -> Response:
    """The bill of the answers; or the form once more, each fault beside its field."""
    site = site_of(request)
    form = await checked_form(request, site)
    if isinstance(form, Response):
        return form
    draft, wrong = draft_of(form.fields, language_of(request))
    if wrong:
        return _shown(request, site, form.fields, wrong, status=422)
    frame = site.frame(request, site.visits.visit_of(request) or "", _VIEW)
    answer = await calculated(request, form_answer, frame, dict(form.fields), draft)
    return site.answered(answer.body, answer.status, answer.media_type, None)


@cache
def _workbook(language: Language) -> bytes:
    out = io.BytesIO()
    write_form(out, asked(language), in_language(FORM, language), is_for_many=False)
    return out.getvalue()


def _shown(
    request: Request, site: Site, told: Mapping[str, str], wrong: Mapping[str, str], *, status: int = 200
) -> Response:
    values = form_values(language_of(request), told, wrong)
    return site.shown(request, "form", _VIEW, values, status=status)
