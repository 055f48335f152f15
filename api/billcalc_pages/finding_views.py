"""The routes of findings: the list, one with its life and its log, what people do to it, and the proof of the log."""

from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from billcalc.audit.diagnose.cells import NotFen, fen_of
from billcalc.audit.findings.acts import ACTS, Act
from billcalc.audit.findings.life import Status
from billcalc.audit.findings.records import DocumentKind, EventKind
from billcalc.audit.findings.rules import rules_of
from billcalc.fields import validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import NumberError, parse_decimal
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.audit_files import rules_documents
from billcalc.words.lexicon import LEXICONS
from billcalc.words.pages import PAGES, PageWord
from billcalc.words.saying import sentence
from billcalc_api.findings import OF_THE_STORE, actor_of, now
from billcalc_api.state import caller_of, log, service_of
from billcalc_pages.answers import XLSX
from billcalc_pages.finding_pages import DOCUMENTS_MAX, list_values, proof_values, shown_values
from billcalc_pages.forms import Form
from billcalc_pages.site import Site, language_of, site_of
from billcalc_pages.views import checked_form, to

if TYPE_CHECKING:
    from billcalc.store.store import Shown, Store, Wanted

__all__ = ["router"]

router = APIRouter()
_T = TypeVar("_T")
_VIEW = "findings"
_NUMBER_DIGITS = 9
_TEXTS = ("to", "text", "reason", "until", "run")


class _Refused(Exception):
    """An act cannot be done as it was filled in; the message says why, in the visitor's language."""


@router.get("/findings")
async def findings(request: Request) -> Response:
    """The findings, or some of them; an address names a status and a run, never a customer."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    if service_of(request).store is None:
        return site.shown(request, "findings_off", _VIEW)
    found = await _asked(request, site, lambda store: store.findings(_wanted(request)))
    if isinstance(found, Response):
        return found
    asked = {name: request.query_params.get(name, "") for name in ("status", "run")}
    values = list_values(found, LEXICONS[language_of(request)], asked)
    return site.shown(request, _VIEW, _VIEW, values)


def _wanted(request: Request) -> "Wanted":
    from billcalc.store.store import Wanted  # a service without a store needs no database

    status = request.query_params.get("status", "")
    return Wanted(
        status=Status(status) if status in (*Status,) else None,
        run=_number(request.query_params.get("run", "")) or None,
        open_only=status == "open",
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _NUMBER_DIGITS else 0


@router.get("/findings/table")
async def table(request: Request) -> Response:
    """The findings as a workbook, with the log beside them."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    lexicon = LEXICONS[language_of(request)]

    def written(store: "Store") -> bytes:
        from billcalc.runs.audit_export import export_store

        with TemporaryDirectory() as folder:
            out = Path(folder) / "findings.xlsx"
            export_store(store, _wanted(request), out, lexicon=lexicon)
            return out.read_bytes()

    content = await _asked(request, site, written)
    return content if isinstance(content, Response) else site.answered(content, 200, XLSX, "findings.xlsx")


@router.post("/findings/prove")
async def prove(request: Request) -> Response:
    """Prove that nothing of the log was changed."""
    site = site_of(request)
    form = await checked_form(request, site)
    if isinstance(form, Response):
        return form
    upload = form.files.get("checkpoints")

    def proved(store: "Store") -> Mapping[str, object]:
        from billcalc.store.checkpoints import read_checkpoints

        is_given = upload is not None and bool(upload.content)
        kept = read_checkpoints(upload.content, name=upload.name) if upload is not None and is_given else ()
        return proof_values(store.prove(kept), LEXICONS[language_of(request)], is_given=is_given)

    try:
        told = await _asked(request, site, proved)
    except InvalidInput as error:
        lexicon = LEXICONS[language_of(request)]
        faults = [(each.where, sentence(lexicon, each.code, each.facts)) for each in error.faults]
        return site.shown(request, "log_wrong", _VIEW, {"faults": faults}, status=422)
    return told if isinstance(told, Response) else site.shown(request, "log", _VIEW, told)


@router.get("/findings/{finding}")
async def finding(request: Request, finding: str) -> Response:
    """A finding: what it is, what may be done now, and all that happened to it."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    return await _shown(request, site, _number(finding))


async def _shown(
    request: Request, site: Site, number: int, *, wrong: tuple[str, str] | None = None, told: Mapping[str, str] = {}
) -> Response:
    """A finding; where an act was refused, with why, and what was filled in."""
    try:
        shown = await _asked(request, site, lambda store: store.finding(number))
    except InvalidInput:
        return site.problem(request, 404, PageWord.NOT_FOUND)
    if isinstance(shown, Response):
        return shown
    values = shown_values(shown, LEXICONS[language_of(request)], actor=actor_of(request), wrong=wrong, told=told)
    return site.shown(request, "finding", f"{_VIEW}/{number}", values, status=200 if wrong is None else 422)


@router.post("/findings/{finding}")
async def act(request: Request, finding: str) -> Response:
    """Do something to a finding; whoever entered the key did it."""
    site = site_of(request)
    form = await checked_form(request, site, files_max=DOCUMENTS_MAX)
    if isinstance(form, Response):
        return form
    number, kind = _number(finding), form.fields.get("kind", "")
    if kind not in ACTS:
        return site.problem(request, 404, PageWord.NOT_FOUND)
    at, actor, settings = now(), actor_of(request), service_of(request).settings

    def done(store: "Store") -> "Shown":
        store.finding(number)
        rules = rules_of(rules_documents([settings.audit_rules] if settings.audit_rules else []), _day(at))
        told = validated(Act, _told(kind, form, request))
        return store.act(number, told, actor=actor, at=at, rules=rules)

    try:
        shown = await _asked(request, site, done)
    except InvalidInput as error:
        if error.faults[0].code is FaultCode.NO_FINDING:
            return site.problem(request, 404, PageWord.NOT_FOUND)
        lexicon = LEXICONS[language_of(request)]
        text = " ".join(dict.fromkeys(sentence(lexicon, each.code, each.facts) for each in error.faults))
        return await _shown(request, site, number, wrong=(kind, text), told=form.fields)
    except _Refused as refused:
        return await _shown(request, site, number, wrong=(kind, str(refused)), told=form.fields)
    if isinstance(shown, Response):
        return shown
    log("finding", caller_of(request), finding=number, kind=kind)
    return to(language_of(request), f"{_VIEW}/{number}")


def _day(at: str) -> date:
    return date.fromisoformat(at[:10])


def _told(kind: str, form: Form, request: Request) -> dict[str, Any]:
    """An act as it was filled in; what is left empty is not told.

    Raises:
        _Refused: where an amount is none, or a document has no file.
    """
    told: dict[str, Any] = {"kind": kind}
    told |= {name: form.fields[name].strip() for name in _TEXTS if form.fields.get(name, "").strip()}
    if kind != EventKind.CORRECTED:
        return told
    if form.fields.get("left", "").strip():
        told["left_fen"] = _fen(form.fields["left"], request)
    documents = []
    for number in range(1, DOCUMENTS_MAX + 1):
        total, upload = form.fields.get(f"total_{number}", "").strip(), form.files.get(f"file_{number}")
        if upload is None or not upload.content:
            if total:
                raise _Refused(PAGES["act_no_file"].of(language_of(request)))
            continue
        kind_of = form.fields.get(f"kind_{number}", "")
        fen = 0 if kind_of == DocumentKind.LETTER and not total else _fen(total, request)
        documents.append({"kind": kind_of, "sha256": sha256(upload.content).hexdigest(), "total_fen": fen})
    return {**told, "documents": documents} if documents else told


def _fen(text: str, request: Request) -> int:
    try:
        return fen_of(parse_decimal(text.strip()))
    except (NumberError, NotFen):
        raise _Refused(PAGES["act_number"].of(language_of(request)).format(value=text.strip() or "—")) from None


async def _asked(request: Request, site: Site, work: "Callable[[Store], _T]") -> _T | Response:
    """What the store answers, asked in a thread of its own; or a page that says that it cannot now.

    Raises:
        InvalidInput: what it refuses.
    """
    store = service_of(request).store
    if store is None:
        return site.shown(request, "findings_off", _VIEW)
    try:
        return await run_in_threadpool(work, store)
    except InvalidInput as error:
        [first, *_] = error.faults
        if first.code not in OF_THE_STORE:
            raise
        log("store", caller_of(request), code=first.code.value, reason=str(first.facts.get("reason", "")))
        return site.problem(request, 503, "store_failed")
