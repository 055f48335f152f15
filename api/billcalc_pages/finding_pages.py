"""What the pages show of findings: rows of the list, one with its life, what may be done, its log, and a proof."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from billcalc.audit.checks.names import NAMES
from billcalc.audit.checks.say import LEVELS
from billcalc.audit.findings.acts import fen_text
from billcalc.audit.findings.chain import Event
from billcalc.audit.findings.life import Life, Status
from billcalc.audit.findings.records import DocumentKind, EventKind, Finding
from billcalc.audit.findings.say import damage_words, found_words, told_words
from billcalc.words.audits import CODES, DOCUMENTS, EVENTS, LOG, SHOWN, STATUSES
from billcalc.words.language import Language, in_language
from billcalc.words.lexicon import Lexicon

if TYPE_CHECKING:
    from billcalc.store.proving import Proof
    from billcalc.store.store import Listed, Shown

__all__ = ["DOCUMENTS_MAX", "list_values", "proof_values", "shown_values"]

DOCUMENTS_MAX = 3
"""Of one correction on a page: what is cancelled, what replaces it, a letter."""
_LIFE = (Status.FOUND, Status.ASSIGNED, Status.CONFIRMED, Status.CORRECTED, Status.VERIFIED, Status.CLOSED)
_LAST = (EventKind.NOTE, EventKind.SITE_CHECK, EventKind.ASSIGNED, EventKind.REOPENED)
"""What may be done beside the next step."""
_NEXT_FIRST = {Status.FOUND: (EventKind.ASSIGNED,)}


class _Row(NamedTuple):
    """A finding of the list."""

    id: int
    status: str
    level: str
    name: str
    account: str
    period: str
    money: str
    to: str


def list_values(found: "Sequence[Listed]", lexicon: Lexicon, asked: Mapping[str, str]) -> Mapping[str, object]:
    """The list."""
    language = lexicon.language
    rows = [
        _Row(
            each.finding.id,
            STATUSES[each.life.status.value].of(language),
            LEVELS[each.finding.level].of(language),
            _name(each.finding, language),
            each.finding.account,
            each.finding.period,
            _money(each.finding.money_fen),
            each.life.assigned_to or "",
        )
        for each in found
    ]
    return {
        "rows": rows,
        "asked": asked,
        "statuses": [(status, words.of(language)) for status, words in STATUSES.items()],
        "shown": in_language(SHOWN, language),
    }


def _name(finding: Finding, language: Language) -> str:
    """What was found, in few words; a code of another version is told as it is."""
    known = CODES.get(finding.code) or NAMES.get(finding.code)
    return finding.code if known is None else known.of(language)


def _money(fen: int | None) -> str:
    return "" if fen is None else fen_text(fen)


def shown_values(
    shown: "Shown", lexicon: Lexicon, *, actor: str, wrong: tuple[str, str] | None, told: Mapping[str, str]
) -> Mapping[str, object]:
    """One finding.

    Args:
        shown: with all that happened to it.
        lexicon: the words.
        actor: who would do something to it now.
        wrong: the act that was refused, and why.
        told: what was filled in for it.
    """
    language, finding, life = lexicon.language, shown.finding, shown.life
    acts = [kind.value for kind in shown.acts]
    beside = [kind.value for kind in _LAST if kind not in _NEXT_FIRST.get(life.status, ())]
    return {
        "finding": finding,
        "name": _name(finding, language),
        "sentences": [*found_words(lexicon, finding)],
        "about": _about(finding, life, language),
        "life": [(status.value, STATUSES[status.value].of(language)) for status in _LIFE],
        "status": life.status.value,
        "status_word": STATUSES[life.status.value].of(language),
        "next": [kind for kind in acts if kind not in beside],
        "beside": [kind for kind in acts if kind in beside],
        "to_correct": None if finding.money_fen is None else fen_text(-finding.money_fen),
        "gone_run": life.gone.run if life.gone is not None else "",
        "documents": [
            (DOCUMENTS[each.kind.value].of(language), fen_text(each.total_fen), each.sha256) for each in shown.documents
        ],
        "kinds": [(kind.value, DOCUMENTS[kind.value].of(language)) for kind in DocumentKind],
        "numbers": range(1, DOCUMENTS_MAX + 1),
        "events": [_event(each, lexicon) for each in shown.events],
        "shown": in_language(SHOWN, language),
        "actor": actor,
        "wrong": wrong,
        "told": told if wrong is not None else {},
    }


def _event(event: Event, lexicon: Lexicon) -> tuple[int, str, str, str, str, str]:
    what = EVENTS[event.kind].of(lexicon.language)
    return event.seq, _instant(event.at), event.actor, what, told_words(lexicon, event.body), event.hash


def _instant(at: str) -> str:
    """A time as people write it.

    >>> _instant("2024-08-01T08:00:00Z")
    '2024-08-01 08:00:00'
    """
    return at.replace("T", " ").removesuffix("Z")


def _about(finding: Finding, life: Life, language: Language) -> list[tuple[str, str]]:
    words = in_language(SHOWN, language)
    told = {
        "level": LEVELS[finding.level].of(language),
        "account": finding.account,
        "period": finding.period,
        "money": _money(finding.money_fen),
        "to": life.assigned_to or "",
        "corrected": _money(life.corrected_fen),
        "left": fen_text(life.left_fen) if life.left_fen else "",
        "first_run": str(finding.first_run),
        "last_run": str(finding.last_run),
    }
    return [(words[name], value) for name, value in told.items() if value]


def proof_values(proof: "Proof", lexicon: Lexicon, *, is_given: bool) -> Mapping[str, object]:
    """A proof of the log."""
    words = in_language(LOG, lexicon.language)
    return {
        "whole": not proof.tamperings,
        "lead": words["broken"] if proof.tamperings else words["whole"].format(count=proof.events),
        "damages": [damage_words(lexicon, each) for each in proof.tamperings],
        "lines": [
            words["store"].format(store=proof.store),
            words["head"].format(head=proof.head),
            words["checkpoints"].format(count=proof.checkpoints) if is_given else words["no_checkpoint"],
        ],
    }
