"""The routes of importing a price notice: a notice, please; what was read of it; its document, kept or written."""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from billcalc.kernel.decimals import NumberError, parse_decimal
from billcalc.library.catalog import shipped_tariffs
from billcalc.library.notices.importing import Asked
from billcalc.notices.reading import Correction
from billcalc.words.language import Language
from billcalc.words.pages import PAGES
from billcalc_api.state import calculated, caller_of, log, service_of
from billcalc_pages.asking import month_of
from billcalc_pages.forms import Form, Upload
from billcalc_pages.notices import CORRECTIONS, Notice, accepted_answer, document_answer, notice_answer
from billcalc_pages.showing import area_name
from billcalc_pages.site import Site, language_of, site_of
from billcalc_pages.views import checked_form, to

__all__ = ["router"]

router = APIRouter()
_VIEW = "tariffs/import"
_NAME_MAX = 200
_FIELDS = (
    "area", "month", "url", "title", "fewer",
    *(f"{name}_{number}" for number in CORRECTIONS for name in ("cell", "number", "reason")),
)  # fmt: skip


class _Wrong(Exception):
    """The form cannot be taken as it was filled in; the message says why, in the visitor's language."""


@router.get("/tariffs/import")
async def notice_form(request: Request) -> Response:
    """A notice, please."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    return _asking(request, site, {}, "", 200)


@router.post("/tariffs/import")
async def notice(request: Request) -> Response:
    """What was read of a notice; its document to keep; or the document written, where that is allowed."""
    site = site_of(request)
    form = await checked_form(request, site)
    if isinstance(form, Response):
        return form
    try:
        given = _given(request, form)
    except _Wrong as wrong:
        return _asking(request, site, form.fields, str(wrong), 422)
    frame = site.frame(request, site.visits.visit_of(request) or "", _VIEW)
    wanted, may_write = form.fields.get("as", ""), _may_write(request)
    if wanted == "document":
        answer = await calculated(request, document_answer, frame, given)
        name = f"{given.asked.day:%Y-%m}.yaml" if answer.status == 200 else None
        return site.answered(answer.body, answer.status, answer.media_type, name)
    if wanted == "write" and may_write:
        answer = await calculated(request, accepted_answer, frame, given, form.fields.get("seen", ""))
        if answer.status == 200:
            log("notice", caller_of(request), area=given.asked.area, month=f"{given.asked.day:%Y-%m}")
        return site.answered(answer.body, answer.status, answer.media_type, None)
    answer = await calculated(request, notice_answer, frame, given, may_write)
    return site.answered(answer.body, answer.status, answer.media_type, None)


def _may_write(request: Request) -> bool:
    """Whether whoever runs the service lets its pages write into a library of its own."""
    settings = service_of(request).settings
    return bool(settings.tariff_imports) and settings.tariffs is not None


def _asking(request: Request, site: Site, told: Mapping[str, str], fault: str, status: int) -> Response:
    values = {"areas": _areas(request), "told": told, "fault": fault, "numbers": CORRECTIONS}
    return site.shown(request, "notice_form", _VIEW, values, status=status)


def _areas(request: Request) -> Sequence[tuple[str, str]]:
    """The areas of the library."""
    language: Language = language_of(request)
    codes = sorted({each.area for each in service_of(request).tools.catalog.documents if "-" in each.area})
    return [(code, area_name(code, language)) for code in codes]


def _given(request: Request, form: Form) -> Notice:
    """The notice of a form, with what was told of it.

    Raises:
        _Wrong: where something is missing, or a number is none.
    """
    upload, day, area = _upload(form), _month(form), form.fields.get("area", "")
    if upload is None or day is None or area not in dict(_areas(request)):
        raise _Wrong(PAGES["notice_missing"].of(language_of(request)))
    corrections = tuple(_corrections(form, language_of(request)))
    asked = Asked(
        area=area,
        day=day,
        recorded_on=datetime.now(UTC).date(),
        title=form.fields.get("title", "").strip() or None,
        url=form.fields.get("url", "").strip() or None,
        corrections=corrections,
        fewer="fewer" in form.fields,
    )
    carried = [(name, form.fields[name]) for name in _FIELDS if form.fields.get(name)]
    carried += [("notice_name", upload.name), ("notice_bytes", b64encode(upload.content).decode())]
    tariffs = service_of(request).settings.tariffs or shipped_tariffs()
    return Notice(upload, asked, tariffs, carried)


def _month(form: Form) -> date | None:
    return month_of(form.fields.get("month", "").strip())


def _upload(form: Form) -> Upload | None:
    """The notice: chosen now, or carried along from the page before."""
    upload = form.files.get("notice")
    if upload is not None and upload.content:
        return upload
    try:
        content = b64decode(form.fields.get("notice_bytes", ""), validate=True)
    except (Error, ValueError):
        return None
    return Upload(form.fields.get("notice_name", "notice")[:_NAME_MAX], content) if content else None


def _corrections(form: Form, language: Language) -> list[Correction]:
    found = []
    for number in CORRECTIONS:
        cell, value, reason = (form.fields.get(f"{name}_{number}", "").strip() for name in ("cell", "number", "reason"))
        if cell or value or reason:
            found.append(Correction(cell, _number(value, language), reason))
    return found


def _number(text: str, language: Language) -> Decimal:
    try:
        return parse_decimal(text)
    except NumberError:
        raise _Wrong(PAGES["notice_number_wrong"].of(language).format(value=text or "—")) from None
