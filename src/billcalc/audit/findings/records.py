"""The records of the log: runs, findings, events, documents, checkpoints; money is in whole fen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from billcalc.audit.checks.check import Level
from billcalc.audit.findings.chain import canonical
from billcalc.kernel.troubles import Problem

__all__ = [
    "Checkpoint",
    "CorrectingDocument",
    "DocumentKind",
    "DocumentRecord",
    "EventKind",
    "Examined",
    "Finding",
    "Occasion",
    "Run",
    "RunFacts",
    "Seen",
    "Way",
]


class Occasion(StrEnum):
    """Why a run was made."""

    DAILY = "daily"
    THEMED = "themed"
    EVENT = "event"


class Way(StrEnum):
    """How a run was made."""

    ONLINE = "online"
    ON_SITE = "on_site"


class EventKind(StrEnum):
    """What happened; all but ``ran`` happened to a finding."""

    RAN = "ran"
    FOUND = "found"
    SEEN_AGAIN = "seen_again"
    GONE = "gone"
    ASSIGNED = "assigned"
    SITE_CHECK = "site_check"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    CORRECTED = "corrected"
    FILE_FIXED = "file_fixed"
    VERIFIED = "verified"
    CLOSED = "closed"
    REOPENED = "reopened"
    NOTE = "note"


class DocumentKind(StrEnum):
    """What a document of a correction is."""

    CANCEL = "cancel"
    REPLACE = "replace"
    BACK_BILL = "back_bill"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class CorrectingDocument:
    """A document that corrects a bill.

    Attributes:
        sha256: of its bytes, in hexadecimal digits.
        total_fen: what it adds to what the customer was asked for [fen]: a cancelling bill takes the issued total
            away, a replacing one adds its own; a letter moves nothing.
    """

    kind: DocumentKind
    sha256: str
    total_fen: int


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document as it is kept."""

    id: int
    finding: int
    kind: DocumentKind
    sha256: str
    total_fen: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run found.

    Attributes:
        code: of the check, or ``bill_differs`` or ``bill_not_issued``.
        period: the month of the last day that is billed, such as ``2024-06``.
        pointers: the places of the request that it concerns, as JSON pointers.
        values: what tells this finding from another one of its code: texts, whole numbers, lists and mappings of these.
        money_fen: issued + corrections − recomputed [fen]; None where no money is attributed to it.
        lasting: whether it concerns the file rather than the month, so that a later month sees the same finding.
        explained: what else is kept of it, and may be told otherwise another time: its causes.
    """

    code: str
    level: Level
    account: str
    period: str
    pointers: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    money_fen: int | None = None
    lasting: bool = False
    explained: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """What is the same where the same thing is seen again; money is not in it, for corrections change that."""
        period = "" if self.lasting else self.period
        told = [self.code, self.account, period, list(self.pointers), dict(self.values)]
        return sha256(canonical(told)).hexdigest()


@dataclass(frozen=True, slots=True)
class Examined:
    """What a run found of one account in one month, and what it could not look at.

    Attributes:
        unchecked: codes that were not checked, of which nothing is known then.
        issued_fen, recomputed_fen: the totals that were compared [fen]; None where none were.
        doubts: of the recomputed bill, where it was billed alone; told beside what was found, and not kept.
    """

    account: str
    period: str
    seen: tuple[Seen, ...] = ()
    unchecked: frozenset[str] = frozenset()
    issued_fen: int | None = None
    recomputed_fen: int | None = None
    doubts: tuple[Problem, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What is told of a run.

    Attributes:
        inputs_hash: SHA-256 of what was read, in hexadecimal digits.
        counts: how many of what.
    """

    occasion: Occasion
    way: Way
    inputs_hash: str
    tariff_set: str
    engine: str
    checks_version: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it is kept; ``at`` is its instant in UTC."""

    id: int
    occasion: Occasion
    way: Way
    inputs_hash: str
    tariff_set: str
    engine: str
    checks_version: str
    counts: Mapping[str, int]
    at: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as it is kept; its status is told by its events."""

    id: int
    fingerprint: str
    code: str
    level: Level
    account: str
    period: str
    pointers: Sequence[str]
    values: Mapping[str, Any]
    money_fen: int | None
    first_run: int
    last_run: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far the log reached when somebody wrote that down elsewhere.

    Attributes:
        store: what the log begins with, which no other log does.
        head: the hash of the event ``seq``.
    """

    store: str
    seq: int
    head: str
    at: str
