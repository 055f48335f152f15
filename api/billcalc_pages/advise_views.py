"""The routes of an advice: months of a customer, please; and what they would have cost otherwise."""

from decimal import Decimal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc.advice.shifting import Shift
from billcalc.kernel.decimals import NumberError, parse_decimal
from billcalc_api.state import calculated
from billcalc_pages.advising import AdviceShape, advice_answer
from billcalc_pages.forms import Form, Upload
from billcalc_pages.site import language_of, site_of
from billcalc_pages.views import checked_form, to

__all__ = ["router"]

router = APIRouter()
_VIEW = "advise"
_FILES_MAX = 24
_NAME_MAX = 200
_PERCENT = "percent"


@router.get("/advise")
async def advise_form(request: Request) -> Response:
    """The request files of one customer, please."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    return site.shown(request, "advise", _VIEW, {"fault": "", "told": {}})


@router.post("/advise")
async def advise(request: Request) -> Response:
    """What the months would have cost by another way of paying, contract or use."""
    site = site_of(request)
    form = await checked_form(request, site, files_max=_FILES_MAX)
    if isinstance(form, Response):
        return form
    uploads, shift = _uploads(form), _shift(form)
    if not uploads or shift is None:
        values = {"fault": "no_file" if not uploads else "advice_shift_wrong", "told": form.fields}
        return site.shown(request, "advise", _VIEW, values, status=422)
    told = form.fields.get("as", "")
    shape = AdviceShape(told) if told in (*AdviceShape,) else AdviceShape.PAGE
    frame = site.frame(request, site.visits.visit_of(request) or "", _VIEW)
    answer = await calculated(request, advice_answer, frame, uploads, shift, shape)
    kept = shape is not AdviceShape.PAGE and answer.status == 200
    return site.answered(answer.body, answer.status, answer.media_type, f"advice.{shape.value}" if kept else None)


def _uploads(form: Form) -> list[Upload]:
    """The files: chosen now, or carried along from the page before."""
    chosen = [each for each in form.lists.get("requests", ()) if each.content]
    carried = [
        Upload(form.fields.get(f"request_name_{number}", "request.yaml")[:_NAME_MAX], text.encode())
        for number in range(_FILES_MAX)
        if (text := form.fields.get(f"request_text_{number}", ""))
    ]
    return chosen or carried


def _shift(form: Form) -> Shift | None:
    """How much load is moved; None where that is no number."""
    text = form.fields.get("shift", "").strip()
    if not text:
        return Shift()
    try:
        number = parse_decimal(text)
    except NumberError:
        return None
    if number < 0 or (form.fields.get("of", _PERCENT) == _PERCENT and number > Decimal(100)):
        return None
    return Shift(percent=number) if form.fields.get("of", _PERCENT) == _PERCENT else Shift(kwh=number)
