"""What people do to findings: what each act needs, when it may be done, and what the log keeps of it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Self
from unicodedata import category, normalize

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from billcalc.audit.diagnose.cells import money_of
from billcalc.audit.findings.life import Life, Status
from billcalc.audit.findings.records import CorrectingDocument, DocumentKind, EventKind, Finding
from billcalc.fields import Count, Day, Model, Printed, at_most, fault_error
from billcalc.fields.shown import quoted
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["ACTS", "Act", "ActDocument", "Rules", "allowed", "body_of"]

_NEEDS: Mapping[EventKind, tuple[str, ...]] = {
    EventKind.ASSIGNED: ("to",),
    EventKind.SITE_CHECK: ("text",),
    EventKind.CONFIRMED: (),
    EventKind.DISMISSED: ("reason", "until"),
    EventKind.CORRECTED: ("documents",),
    EventKind.FILE_FIXED: ("text",),
    EventKind.VERIFIED: ("run",),
    EventKind.CLOSED: (),
    EventKind.REOPENED: ("reason",),
    EventKind.NOTE: ("text",),
}
ACTS = tuple(_NEEDS)
"""The events that people make; a run makes the others."""
_MAY: Mapping[EventKind, tuple[str, ...]] = {
    EventKind.CORRECTED: ("left_fen", "reason"),
    EventKind.CONFIRMED: ("text",),
}
"""What may be told besides."""

_OPEN = (Status.FOUND, Status.ASSIGNED, Status.CONFIRMED)
_FROM: Mapping[EventKind, tuple[Status, ...]] = {
    EventKind.ASSIGNED: _OPEN,
    EventKind.SITE_CHECK: _OPEN[1:],
    EventKind.CONFIRMED: (Status.ASSIGNED,),
    EventKind.DISMISSED: (Status.ASSIGNED,),
    EventKind.CORRECTED: (Status.CONFIRMED, Status.CORRECTED),
    EventKind.FILE_FIXED: (Status.CONFIRMED, Status.CORRECTED),
    EventKind.VERIFIED: (Status.CORRECTED,),
    EventKind.CLOSED: (Status.VERIFIED,),
    EventKind.REOPENED: (Status.DISMISSED, Status.CORRECTED, Status.VERIFIED, Status.CLOSED),
    EventKind.NOTE: tuple(Status),
}
"""In which status each act may be done."""

_FEN = re.compile(r"-?[0-9]{1,15}")
_FEN_DIGITS = 15


def _fen(raw: object) -> int:
    told = str(raw) if isinstance(raw, int) and not isinstance(raw, bool) else raw
    if not isinstance(told, str) or _FEN.fullmatch(told) is None:
        facts = {"value": quoted(raw), "most": str(_FEN_DIGITS)}
        raise fault_error(FaultCode.WRONG_TYPE, reason=Reason.COUNT_FORM, **facts)
    return int(told)


_FEN_FORMS = [{"type": "integer"}, {"type": "string", "pattern": f"^{_FEN.pattern}$"}]
Fen = Annotated[int, BeforeValidator(_fen), WithJsonSchema({"anyOf": _FEN_FORMS})]
"""Whole fen of any sign."""


class ActDocument(Model):
    """A document of a correction; see ``records.CorrectingDocument``."""

    kind: DocumentKind
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    total_fen: Fen

    @property
    def record(self) -> CorrectingDocument:
        """As it is kept."""
        return CorrectingDocument(self.kind, self.sha256, self.total_fen)


class Act(Model):
    """An act, with what its kind needs and nothing else.

    Attributes:
        to: who is to look into it.
        until: the first day on which a dismissed one returns where it is seen again.
        left_fen: what the documents leave of the attributed money [fen]; the reason tells why.
        run: the number of the run that found it gone.
    """

    kind: EventKind
    to: Printed | None = None
    text: Printed | None = None
    reason: Printed | None = None
    until: Day | None = None
    documents: Annotated[tuple[ActDocument, ...], at_most("names")] = ()
    left_fen: Fen | None = None
    run: Count | None = None

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        if self.kind not in _NEEDS:
            facts = {"value": self.kind.value, "known": ", ".join(_NEEDS)}
            raise fault_error(FaultCode.UNKNOWN_WORD, **facts)
        told = [name for name in type(self).model_fields if name != "kind" and getattr(self, name) not in (None, ())]
        for name in _NEEDS[self.kind]:
            if name not in told:
                raise fault_error(FaultCode.MISSING_KEY, key=name)
        known = (*_NEEDS[self.kind], *_MAY.get(self.kind, ()))
        for name in told:
            if name not in known:
                raise fault_error(FaultCode.UNKNOWN_KEY, key=name, known=", ".join(("kind", *known)))
        return self


@dataclass(frozen=True, slots=True)
class Rules:
    """What is agreed on in the office.

    Attributes:
        two_persons_above_fen: above this, who corrects is not who confirmed [fen].
    """

    two_persons_above_fen: int


def allowed(status: Status) -> tuple[EventKind, ...]:
    """The acts that may be done in a status."""
    return tuple(kind for kind, statuses in _FROM.items() if status in statuses)


def body_of(act: Act, finding: Finding, life: Life, *, actor: str, day: date, rules: Rules) -> dict[str, Any]:
    """What the log keeps of an act.

    Args:
        act: what is done.
        finding: to which.
        life: what happened to it before.
        actor: by whom.
        day: on which day.
        rules: of the office.

    Raises:
        InvalidInput: where it may not be done.
    """
    if life.status not in _FROM[act.kind]:
        facts = {"id": str(finding.id), "state": life.status.value, "act": act.kind.value}
        raise _refused(FaultCode.ACT_NOT_ALLOWED, finding, **facts, acts=", ".join(allowed(life.status)))
    made = _BODIES.get(act.kind)
    if made is not None:
        return made(act, finding, life, actor, day, rules)
    told = {name: getattr(act, name) for name in ("to", "text", "reason")}
    return {name: value for name, value in told.items() if value is not None}


def _dismissed(act: Act, finding: Finding, life: Life, actor: str, day: date, rules: Rules) -> dict[str, Any]:
    assert act.until is not None, "it needs one"
    if act.until <= day:
        raise _refused(FaultCode.UNTIL_PAST, finding, end=act.until.isoformat(), day=day.isoformat())
    return {"reason": act.reason, "until": act.until.isoformat()}


def _corrected(act: Act, finding: Finding, life: Life, actor: str, day: date, rules: Rules) -> dict[str, Any]:
    added = sum(each.total_fen for each in act.documents)
    total = (life.corrected_fen or 0) + added
    left = act.left_fen or 0
    if finding.money_fen is not None and total + left != -finding.money_fen:
        facts = {"total": fen_text(total), "amount": fen_text(-finding.money_fen)}
        raise _refused(FaultCode.CORRECTION_SUM, finding, **facts, rest=fen_text(-finding.money_fen - total))
    if left and act.reason is None:
        raise _refused(FaultCode.MISSING_KEY, finding, key="reason")
    moved = max(total, added, key=abs)  # what one takes back of what another gave is moved, too
    if abs(moved) > rules.two_persons_above_fen and _same_name(actor, life.confirmed_by):
        limit = fen_text(rules.two_persons_above_fen)
        raise _refused(FaultCode.TWO_PERSONS, finding, name=actor, amount=fen_text(moved), limit=limit)
    documents = [
        {"kind": each.kind.value, "sha256": each.sha256, "total_fen": each.total_fen} for each in act.documents
    ]
    body = {"documents": documents, "left_fen": left, "two_persons_above_fen": rules.two_persons_above_fen}
    return body if act.reason is None else {**body, "reason": act.reason}


def _same_name(one: str, other: str | None) -> bool:
    """Whether two names are one person's, however they are written: wide or narrow, large or small, with spaces."""
    return other is not None and _name_key(one) == _name_key(other)


def _name_key(name: str) -> str:
    folded = normalize("NFKC", normalize("NFKC", name).casefold())
    return "".join(each for each in folded if category(each)[0] not in "CZ")


def _verified(act: Act, finding: Finding, life: Life, actor: str, day: date, rules: Rules) -> dict[str, Any]:
    _check_proof(finding, life)
    gone = life.gone
    assert gone is not None, "that is what was proved"
    if gone.run != act.run:
        raise _refused(FaultCode.OTHER_RUN_PROVES, finding, id=str(finding.id), run=str(act.run), other=str(gone.run))
    body: dict[str, Any] = {"run": gone.run, "corrected_fen": life.corrected_fen or 0}
    if life.balance_fen is not None and _has_money(finding, life):
        body.update(issued_fen=life.issued_fen, recomputed_fen=gone.recomputed_fen)
    return body


def _closed(act: Act, finding: Finding, life: Life, actor: str, day: date, rules: Rules) -> dict[str, Any]:
    _check_proof(finding, life)
    return {"run": life.verified_run}


def _has_money(finding: Finding, life: Life) -> bool:
    """Whether a finding is held to the money of its bill; what concerns the file, or no money, leaves it to others."""
    return not life.lasting and (finding.money_fen is not None or life.corrected_fen is not None)


def _check_proof(finding: Finding, life: Life) -> None:
    """See that a run found it gone after all corrections, and that issued + corrections = recomputed to the fen."""
    if life.gone is None or not life.is_gone:
        raise _refused(FaultCode.NOT_GONE, finding, id=str(finding.id))
    if finding.money_fen is not None and life.balance_fen is None:
        raise _refused(FaultCode.NOT_COMPARED, finding, id=str(finding.id), run=str(life.gone.run))
    if life.balance_fen and _has_money(finding, life):
        assert life.issued_fen is not None, "there is a balance"
        assert life.gone.recomputed_fen is not None, "there is a balance"
        facts = {
            "given": fen_text(life.issued_fen),
            "total": fen_text(life.corrected_fen or 0),
            "counted": fen_text(life.gone.recomputed_fen),
            "rest": fen_text(-life.balance_fen),
        }
        raise _refused(FaultCode.CORRECTIONS_DIFFER, finding, **facts)


_Body = Callable[[Act, Finding, Life, str, date, Rules], dict[str, Any]]
_BODIES: Mapping[EventKind, _Body] = {
    EventKind.DISMISSED: _dismissed,
    EventKind.CORRECTED: _corrected,
    EventKind.VERIFIED: _verified,
    EventKind.CLOSED: _closed,
}


def _refused(code: FaultCode, finding: Finding, **facts: str) -> InvalidInput:
    return InvalidInput([Fault(code, f"/findings/{finding.id}", facts)])


def fen_text(fen: int) -> str:
    """Whole fen as an amount of money.

    >>> fen_text(-727252)
    '-7272.52'
    """
    return f"{money_of(fen):f}"
