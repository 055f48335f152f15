"""The routes of audits over tables: a table, please; its columns; how far it is; what it found; one of its bills."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from billcalc.tables.readers import is_table
from billcalc.words.pages import PAGES, PageWord
from billcalc_api.state import calculated, caller_of, log, service_of
from billcalc_pages.audit_layout import JSON_ACCEPTED, layout_answer
from billcalc_pages.auditing import Choice, alone_answer, failed_texts, result_answer
from billcalc_pages.forms import BrokenForm
from billcalc_pages.jobs import JOBS_OF_KEY_MAX, Job, Jobs, State
from billcalc_pages.rendering import HTML
from billcalc_pages.site import POLICY, Site, language_of, site_of
from billcalc_pages.uploads import Received, received
from billcalc_pages.views import checked_form, to

__all__ = ["router", "tended"]

router = APIRouter()
_VIEW = "audit"
_TEND_SECONDS = 30
_REFRESH_SECONDS = 5
_MEGABYTE = 1 << 20
_FILES = ("issued", "requests", "template")


@asynccontextmanager
async def tended(app: FastAPI) -> AsyncIterator[None]:
    """While a service runs, its jobs are tended: what was interrupted goes on, what is over its time is removed."""
    jobs: Jobs | None = app.state.jobs
    if jobs is None:
        yield
        return
    tending = asyncio.create_task(_tend(jobs))
    try:
        yield
    finally:
        tending.cancel()
        with suppress(asyncio.CancelledError):
            await tending


async def _tend(jobs: Jobs) -> None:
    """Tend jobs again and again."""
    while True:
        try:
            await run_in_threadpool(jobs.tend)
        except OSError as error:
            logging.getLogger("billcalc_api").error('{"event": "jobs", "error": "%s"}', type(error).__name__)
        await asyncio.sleep(_TEND_SECONDS)


def _jobs(request: Request) -> Jobs | None:
    jobs: Jobs | None = request.app.state.jobs
    return jobs


def _keeps(request: Request) -> bool:
    """Whether the service keeps findings."""
    return service_of(request).store is not None


def _owner(request: Request) -> str:
    return caller_of(request).key or ""


def _job(request: Request, told: str) -> tuple[Jobs, Job] | None:
    """A job of this visitor's key."""
    jobs = _jobs(request)
    job = None if jobs is None else jobs.job(_owner(request), told)
    return None if jobs is None or job is None else (jobs, job)


@router.get("/audit")
async def audits(request: Request) -> Response:
    """A table, please; and the audits of this key."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    return await _listed(request, site)


async def _listed(request: Request, site: Site, *, fault: str = "", status: int = 200) -> Response:
    jobs, settings = _jobs(request), service_of(request).settings
    if jobs is None:
        return site.shown(request, "audit_off", _VIEW)
    await run_in_threadpool(jobs.tend)
    mine = [_row(request, jobs, each) for each in jobs.of(_owner(request))]
    limits = {"megabytes": settings.job_bytes_max // _MEGABYTE, "rows": f"{settings.job_rows_max:,}"}
    values = {"fault": fault, "jobs": mine, "hours": settings.job_hours_kept, "limits": limits}
    return site.shown(request, "audits", _VIEW, values, status=status)


def _row(request: Request, jobs: Jobs, job: Job) -> Mapping[str, object]:
    words = PAGES[f"state_{job.state.value}"].of(language_of(request))
    about = job.about
    return {
        "id": job.id,
        "file": about["files"]["issued"]["name"],
        "made": _instant(about["made"]),
        "until": _instant(jobs.until(job)),
        "state": words,
    }


def _instant(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")


@router.post("/audit")
async def upload(request: Request) -> Response:
    """Keep a table, and go to its columns."""
    site, jobs = site_of(request), _jobs(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    if jobs is None:
        refused = await checked_form(request, site)
        return refused if isinstance(refused, Response) else await _listed(request, site)
    try:
        form = await received(request, service_of(request).settings)
    except BrokenForm:
        return site.problem(request, 400, PageWord.BROKEN_FORM)
    try:
        if not site.visits.is_of(site.visits.visit_of(request), form.fields.get("token", "")):
            return site.problem(request, 403, PageWord.STALE)
        if not is_table(form.files.get("issued", "")) or not is_table(form.files.get("requests", "x.csv")):
            return await _listed(request, site, fault="audit_no_table", status=422)
        if len(jobs.of(_owner(request))) >= JOBS_OF_KEY_MAX:
            return await _listed(request, site, fault="audit_full", status=422)
        job = await run_in_threadpool(_kept, jobs, _owner(request), form)
    finally:
        form.close()
    log("audit_table", caller_of(request), job=job.id)
    return to(language_of(request), f"{_VIEW}/{job.id}")


def _kept(jobs: Jobs, owner: str, form: Received) -> Job:
    with jobs.arriving() as job:
        here = {name: form.keep(name, job.folder).name for name in _FILES if name in form.files}
        jobs.made(job, owner, {name: {"here": path, "name": form.files[name]} for name, path in here.items()})
    return job


@router.get("/audit/{told}")
async def audit(request: Request, told: str) -> Response:
    """An audit as it stands: its columns, how far it is, or what it found."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    found = _job(request, told)
    if found is None:
        return site.problem(request, 404, PageWord.NOT_FOUND)
    jobs, job = found
    view, language = f"{_VIEW}/{job.id}", language_of(request)
    match job.state:
        case State.UPLOADED:
            return await _layout(request, site, job, None)
        case State.RUNNING:
            await run_in_threadpool(jobs.tend)
            if job.state is State.RUNNING:
                values = {"progress": job.progress, **_row(request, jobs, job)}
                answer = site.shown(request, "audit_running", view, values)
                answer.headers["refresh"] = str(_REFRESH_SECONDS)
                return answer
            return to(language, view)
        case State.FAILED:
            values = {**_row(request, jobs, job), "texts": failed_texts(job.failure, language)}
            return site.shown(request, "audit_failed", view, values)
    frame = site.frame(request, site.visits.visit_of(request) or "", view)
    more = _row(request, jobs, job)
    made = await calculated(request, result_answer, frame, job.results, job.outcome, _choice(request), more)
    return site.answered(made.body, made.status, made.media_type, None)


def _choice(request: Request) -> Choice:
    """Which bills are asked for; an address has codes of ours and a number, nothing of a customer."""
    asked = request.query_params
    first = asked.get("first", "")
    at = int(first) if first.isascii() and first.isdecimal() and len(first) < 9 else 0
    return Choice(asked.get("cause", ""), asked.get("area", ""), asked.get("status", ""), at)


async def _layout(request: Request, site: Site, job: Job, told: Mapping[str, str] | None) -> Response:
    frame = site.frame(request, site.visits.visit_of(request) or "", f"{_VIEW}/{job.id}")
    made = await calculated(request, layout_answer, frame, job.about["files"], job.folder, told, _keeps(request))
    if made.media_type != JSON_ACCEPTED:
        return site.answered(made.body, made.status, HTML, None)
    asked: dict[str, Any] = json.loads(made.body)
    job.begin(asked)
    jobs = _jobs(request)
    assert jobs is not None, "the job is one of them"
    await run_in_threadpool(jobs.tend)
    return to(language_of(request), f"{_VIEW}/{job.id}")


@router.post("/audit/{told}")
async def accept(request: Request, told: str) -> Response:
    """Take what the columns are, and begin; or tell what is still wrong with them."""
    site = site_of(request)
    form = await checked_form(request, site)
    if isinstance(form, Response):
        return form
    found = _job(request, told)
    if found is None:
        return site.problem(request, 404, PageWord.NOT_FOUND)
    if found[1].state is not State.UPLOADED:
        return to(language_of(request), f"{_VIEW}/{told}")
    return await _layout(request, site, found[1], form.fields)


@router.post("/audit/{told}/remove")
async def remove(request: Request, told: str) -> Response:
    """End an audit, and remove all its files."""
    site = site_of(request)
    form = await checked_form(request, site)
    if isinstance(form, Response):
        return form
    found = _job(request, told)
    if found is not None:
        await run_in_threadpool(found[0].remove, found[1])
    return to(language_of(request), _VIEW)


@router.get("/audit/{told}/bills/{number}")
async def bill(request: Request, told: str, number: str) -> Response:
    """One bill of an audit, line by line, with its causes."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    found = _job(request, told)
    at = int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else 0
    if found is None or found[1].state is not State.DONE or not at:
        return site.problem(request, 404, PageWord.NOT_FOUND)
    job = found[1]
    frame = site.frame(request, site.visits.visit_of(request) or "", f"{_VIEW}/{job.id}/bills/{at}")
    made = await calculated(request, alone_answer, frame, job.results, at, job.outcome["sections"])
    return site.answered(made.body, made.status, made.media_type, None)


@router.get("/audit/{told}/files/{name}")
async def file(request: Request, told: str, name: str) -> Response:
    """What differs as a table, or what was not compared; streamed."""
    site = site_of(request)
    if not site.may_enter(request):
        return to(language_of(request), "sign-in")
    found = _job(request, told)
    if found is None or name not in found[1].outcome.get("tables", {}):
        return site.problem(request, 404, PageWord.NOT_FOUND)
    path = found[1].results / found[1].outcome["tables"][name]
    headers = {"content-security-policy": POLICY}
    return FileResponse(path, filename=f"{name}{path.suffix}", headers=headers)
