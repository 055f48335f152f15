"""Findings, runs and the log as data."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal, TypedDict

from billcalc.audit.findings.acts import allowed, fen_text
from billcalc.audit.findings.chain import Event, Tampering
from billcalc.audit.findings.life import Life, Status
from billcalc.audit.findings.records import DocumentKind, DocumentRecord, EventKind, Finding, Occasion, Run, Way
from billcalc.audit.findings.say import damage_words, first_cause, found_words
from billcalc.wire.schema import Form, Number, OneOf
from billcalc.wire.troubles import ProblemData, TroubleData
from billcalc.words.lexicon import ENGLISH, Lexicon

__all__ = [
    "DoubtedData",
    "EventData",
    "FindingData",
    "FindingsData",
    "LogData",
    "RecordedRunData",
    "RunData",
    "RunsData",
    "ShownData",
    "document_data",
    "event_data",
    "finding_data",
    "log_data",
    "run_data",
    "shown_data",
]


class RunData(TypedDict):
    """A run of an audit."""

    id: int
    at: Annotated[str, Form(description="the instant, in UTC")]
    occasion: Annotated[str, OneOf(Occasion)]
    way: Annotated[str, OneOf(Way)]
    inputs_hash: Annotated[str, Form(description="SHA-256 of what was read")]
    tariff_set: str
    engine: str
    checks_version: str
    counts: Annotated[dict[str, int], Form(description="how many of what")]


class RunsData(TypedDict):
    """All runs of a store."""

    kind: Literal["runs"]
    runs: list[RunData]


class DoubtedData(TypedDict):
    """A recomputed bill by whose doubts its money may be wrong."""

    account: str
    period: Annotated[str, Form(description="the month of the bill's last day")]
    doubts: list[ProblemData]


class RecordedRunData(TypedDict):
    """A run that was kept, the accounts that it could not examine, and what is doubtful about the other bills."""

    kind: Literal["run"]
    run: RunData
    refused: list[TroubleData]
    doubts: list[DoubtedData]


class FindingData(TypedDict):
    """A finding and where it stands."""

    id: int
    status: Annotated[str, OneOf(Status)]
    code: Annotated[str, Form(description="of a check, or bill_differs or bill_not_issued")]
    cause: Annotated[str, Form(description="of a bill that differs, the cause with the most money; or empty")]
    level: Annotated[str, Form(description="contradiction, implausible, advice")]
    account: str
    period: Annotated[str, Form(description="the month of the bill's last day")]
    money: Annotated[Number | None, Form(description="issued + corrections − recomputed, when it was found")]
    corrected: Annotated[Number | None, Form(description="what its documents come to")]
    left: Annotated[Number, Form(description="what they leave, as was told")]
    assigned_to: str | None
    confirmed_by: str | None
    until: Annotated[str | None, Form(description="the day on which a dismissed one returns")]
    first_run: int
    last_run: int
    fingerprint: str
    pointers: list[str]
    messages: list[str]


class FindingsData(TypedDict):
    """The findings that were asked for."""

    kind: Literal["findings"]
    findings: list[FindingData]


class EventData(TypedDict):
    """An event of the log."""

    seq: int
    at: str
    actor: str
    finding: int | None
    kind: Annotated[str, OneOf(EventKind)]
    body: dict[str, Any]
    prev_hash: str
    hash: Annotated[str, Form(description="SHA-256 of prev_hash and the canonical JSON of the rest")]


class DocumentOfFindingData(TypedDict):
    """A document of a correction."""

    id: int
    finding: int
    kind: Annotated[str, OneOf(DocumentKind)]
    sha256: str
    total: Number


class ShownData(TypedDict):
    """A finding with all that happened to it."""

    kind: Literal["finding"]
    finding: FindingData
    values: Annotated[dict[str, Any], Form(description="the figures of the finding; money in whole fen")]
    documents: list[DocumentOfFindingData]
    events: list[EventData]
    acts: Annotated[list[str], Form(description="what may be done now")]


class TamperingData(TypedDict):
    """One thing that was done to a log."""

    damage: str
    table: str
    place: int
    message: str


class LogData(TypedDict):
    """The proof of a log."""

    kind: Literal["log"]
    whole: bool
    events: int
    store: Annotated[str, Form(description="what names the log")]
    head: Annotated[str, Form(description="the hash of the last event")]
    checkpoints: Annotated[int, Form(description="how many of those given hold")]
    tamperings: list[TamperingData]


def run_data(run: Run) -> RunData:
    """A run as data."""
    return {
        "id": run.id,
        "at": run.at,
        "occasion": run.occasion.value,
        "way": run.way.value,
        "inputs_hash": run.inputs_hash,
        "tariff_set": run.tariff_set,
        "engine": run.engine,
        "checks_version": run.checks_version,
        "counts": dict(run.counts),
    }


def finding_data(finding: Finding, life: Life, *, lexicon: Lexicon = ENGLISH) -> FindingData:
    """A finding as data; its sentences are in the words of a language."""
    return {
        "id": finding.id,
        "status": life.status.value,
        "code": finding.code,
        "cause": first_cause(finding),
        "level": finding.level.value,
        "account": finding.account,
        "period": finding.period,
        "money": None if finding.money_fen is None else fen_text(finding.money_fen),
        "corrected": None if life.corrected_fen is None else fen_text(life.corrected_fen),
        "left": fen_text(life.left_fen),
        "assigned_to": life.assigned_to,
        "confirmed_by": life.confirmed_by,
        "until": life.until,
        "first_run": finding.first_run,
        "last_run": finding.last_run,
        "fingerprint": finding.fingerprint,
        "pointers": list(finding.pointers),
        "messages": list(found_words(lexicon, finding)),
    }


def event_data(event: Event) -> EventData:
    """An event as data."""
    return {
        "seq": event.seq,
        "at": event.at,
        "actor": event.actor,
        "finding": event.finding,
        "kind": event.kind,
        "body": dict(event.body),
        "prev_hash": event.prev_hash,
        "hash": event.hash,
    }


def document_data(document: DocumentRecord) -> DocumentOfFindingData:
    """A document as data."""
    return {
        "id": document.id,
        "finding": document.finding,
        "kind": document.kind.value,
        "sha256": document.sha256,
        "total": fen_text(document.total_fen),
    }


def shown_data(
    finding: Finding,
    life: Life,
    events: Sequence[Event],
    documents: Iterable[DocumentRecord],
    *,
    lexicon: Lexicon = ENGLISH,
) -> ShownData:
    """A finding with all that happened to it as data."""
    return {
        "kind": "finding",
        "finding": finding_data(finding, life, lexicon=lexicon),
        "values": dict(finding.values),
        "documents": [document_data(each) for each in documents],
        "events": [event_data(each) for each in events],
        "acts": [kind.value for kind in allowed(life.status)],
    }


def log_data(
    tamperings: Sequence[Tampering], *, events: int, store: str, head: str, checkpoints: int, lexicon: Lexicon = ENGLISH
) -> LogData:
    """The proof of a log as data."""
    return {
        "kind": "log",
        "whole": not tamperings,
        "events": events,
        "store": store,
        "head": head,
        "checkpoints": checkpoints,
        "tamperings": [
            {
                "damage": each.damage.value,
                "table": each.table,
                "place": each.place,
                "message": damage_words(lexicon, each),
            }
            for each in tamperings
        ],
    }
