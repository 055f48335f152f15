"""``/v1/findings``, ``/v1/audit-runs``, ``/v1/audit-log``: what ``billcalc audit`` does; the owner of the key acts."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from getpass import getuser
from typing import TYPE_CHECKING, Annotated, TypeVar

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from billcalc.audit.findings.acts import Act
from billcalc.audit.findings.life import Status
from billcalc.audit.findings.records import Checkpoint
from billcalc.audit.findings.rules import rules_of
from billcalc.fields import Count, Model, Printed, at_most, validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.audit_files import rules_documents
from billcalc.wire.findings import finding_data, log_data, run_data, shown_data
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.service import NO_STORE
from billcalc_api.audit_run import examined, found_of
from billcalc_api.bodies import JSON, Answered, data_of, read_body
from billcalc_api.contract import (
    ACT_OPERATION,
    FINDING_OPERATION,
    FINDINGS_OPERATION,
    LOG_OPERATION,
    RUN_OPERATION,
    RUNS_OPERATION,
)
from billcalc_api.languages import Lang
from billcalc_api.problems import invalid, problem
from billcalc_api.state import calculated, caller_of, log, service_of
from billcalc_api.texts import compact

if TYPE_CHECKING:
    from billcalc.store.store import Shown, Store

__all__ = ["OF_THE_STORE", "CheckpointsBody", "actor_of", "now", "router"]

router = APIRouter(prefix="/v1", tags=["findings"])
_T = TypeVar("_T")

_STATUSES = {
    FaultCode.NO_FINDING: 404,
    **dict.fromkeys(
        (
            FaultCode.ACT_NOT_ALLOWED, FaultCode.UNTIL_PAST, FaultCode.CORRECTION_SUM, FaultCode.TWO_PERSONS,
            FaultCode.NOT_GONE, FaultCode.NOT_COMPARED, FaultCode.OTHER_RUN_PROVES, FaultCode.CORRECTIONS_DIFFER,
        ),
        409,
    ),
}  # fmt: skip
OF_THE_STORE = (FaultCode.NO_STORE, FaultCode.CANNOT_READ, FaultCode.CANNOT_WRITE, FaultCode.SYSTEM_FAILED)
"""Faults of the database, whose places are nobody's business."""
_Id = Annotated[int, Field(ge=1, le=10**15)]


class _Checkpoint(Model):
    """A checkpoint that was kept elsewhere."""

    store: Printed
    seq: Count
    head: Printed
    at: Printed


class CheckpointsBody(Model):
    """Checkpoints that were kept elsewhere."""

    checkpoints: Annotated[tuple[_Checkpoint, ...], at_most("facts")] = ()


@router.get("/findings", **FINDINGS_OPERATION)
async def list_findings(
    request: Request,
    lang: Lang,
    status: Status | None = None,
    code: str | None = None,
    account: str | None = None,
    period: str | None = None,
    to: str | None = None,
    run: Annotated[int | None, Query(ge=1, le=10**15)] = None,
    open: bool = False,  # noqa: FBT001, FBT002 - the name of the parameter
) -> Response:
    """The findings, or some of them."""
    from billcalc.store.store import Wanted

    wanted = Wanted(status, code, account, period, to, run, open_only=open)
    found = await _asked(request, lambda store: store.findings(wanted), lang)
    data = [finding_data(each.finding, each.life, lexicon=LEXICONS[lang]) for each in found]
    return _json({"kind": "findings", "findings": data})


@router.get("/findings/{finding}", **FINDING_OPERATION)
async def show_finding(request: Request, finding: _Id, lang: Lang) -> Response:
    """A finding, what may be done now, and all that happened to it."""
    return _shown(await _asked(request, lambda store: store.finding(finding), lang), LEXICONS[lang])


@router.post("/findings/{finding}/events", **ACT_OPERATION)
async def act_on_finding(request: Request, finding: _Id, lang: Lang) -> Response:
    """Do something to a finding; the owner of the key did it."""
    body, at, settings = await _body(request), now(), service_of(request).settings
    actor = actor_of(request)

    def done(store: "Store") -> "Shown":
        act = validated(Act, data_of(body, bytes_max=settings.body_bytes_max))
        rules = rules_of(rules_documents([settings.audit_rules] if settings.audit_rules else []), _day(at))
        return store.act(finding, act, actor=actor, at=at, rules=rules)

    shown = await _asked(request, done, lang)
    log("finding", caller_of(request), finding=finding, kind=shown.events[-1].kind)
    return _shown(shown, LEXICONS[lang])


@router.get("/audit-runs", **RUNS_OPERATION)
async def list_runs(request: Request, lang: Lang) -> Response:
    """All runs."""
    runs = await _asked(request, lambda store: store.runs(), lang)
    return _json({"kind": "runs", "runs": [run_data(each) for each in runs]})


@router.post("/audit-runs", **RUN_OPERATION)
async def run_audit(request: Request, lang: Lang) -> Response:
    """Check accounts, compare their bills with those issued, and keep what is found."""
    body = await _body(request)
    answer = await calculated(request, examined, body, lang)
    if answer.status != 200:
        return answer.response()
    found = json.loads(answer.body)
    facts, accounts = found_of(found)
    actor, at = actor_of(request), now()
    run = await _asked(
        request, lambda store: store.record(facts, accounts, actor=actor, at=at, note=found["note"]), lang
    )
    log("audit", caller_of(request), run=run.id)
    return _json({"kind": "run", "run": run_data(run), "refused": found["refused"], "doubts": found["doubts"]})


@router.post("/audit-log:verify", **LOG_OPERATION)
async def verify_log(request: Request, lang: Lang) -> Response:
    """Prove that nothing of the log was changed; `store`, `events` and `head` of the answer are the next checkpoint."""
    body, settings = await _body(request), service_of(request).settings

    def proved(store: "Store") -> Response:
        asked = validated(CheckpointsBody, data_of(body, bytes_max=settings.body_bytes_max))
        proof = store.prove([Checkpoint(each.store, each.seq, each.head, each.at) for each in asked.checkpoints])
        told = log_data(
            proof.tamperings,
            events=proof.events,
            store=proof.store,
            head=proof.head,
            checkpoints=proof.checkpoints,
            lexicon=LEXICONS[lang],
        )
        return _json(told)

    return await _asked(request, proved, lang)


async def _asked(request: Request, work: "Callable[[Store], _T]", lang: Language) -> _T:
    """What the store answers, asked in a thread of its own.

    Raises:
        Answered: where it answers nothing.
    """
    store = _store(request)
    try:
        return await run_in_threadpool(work, store)
    except InvalidInput as error:
        [first, *_] = error.faults
        if first.code in OF_THE_STORE:
            log("store", caller_of(request), code=first.code.value, reason=str(first.facts.get("reason", "")))
            detail = "the store of findings cannot be read or written now; tell whoever runs the service"
            raise Answered(problem(503, "store_failed", detail)) from None
        raise Answered(invalid(error.faults, status=_STATUSES.get(first.code, 400), language=lang)) from None


def _store(request: Request) -> "Store":
    store = service_of(request).store
    if store is None:
        raise Answered(problem(404, "no_store", NO_STORE))
    return store


async def _body(request: Request) -> bytes:
    """The bytes of a body of JSON, where there is a store."""
    _store(request)
    told = service_of(request).settings
    return await read_body(request, media_type=JSON, bytes_max=told.body_bytes_max, seconds_max=told.body_seconds_max)


def actor_of(request: Request) -> str:
    """Who acts: the owner of the key; where keys are off, and only this machine asks, whoever runs the service."""
    return caller_of(request).key or getuser()


def now() -> str:
    """The instant, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(at: str) -> date:
    return date.fromisoformat(at[:10])


def _shown(shown: "Shown", lexicon: Lexicon) -> Response:
    return _json(shown_data(shown.finding, shown.life, shown.events, shown.documents, lexicon=lexicon))


def _json(data: object) -> Response:
    return Response(compact(data), media_type=JSON)
