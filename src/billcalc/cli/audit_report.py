"""What the commands of an audit print: a run, a list, a finding with its log, a proof."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from billcalc.audit.checks.say import LEVELS
from billcalc.audit.findings.acts import fen_text
from billcalc.audit.findings.records import Run
from billcalc.audit.findings.say import damage_words, found_words, told_words
from billcalc.explain.printing import Align, PrintedLine, Role, columns, printed
from billcalc.words.audits import COUNTS, DOCUMENTS, EVENTS, LOG, OCCASIONS, SHOWN, STATUSES, WAYS
from billcalc.words.language import in_language
from billcalc.words.lexicon import Lexicon

if TYPE_CHECKING:
    from billcalc.store.proving import Proof
    from billcalc.store.store import Listed, Shown

__all__ = ["done_text", "list_text", "proof_text", "run_text", "runs_text", "shown_text"]

_LIST = ("id", "status", "level", "code", "account", "period", "money", "to")


def run_text(run: Run, lexicon: Lexicon) -> Iterator[PrintedLine]:
    """A run and what it came to."""
    yield printed(_run_line(run, lexicon), Role.TITLE)
    words = in_language(COUNTS, lexicon.language)
    rows = [(words[name], f"{run.counts[name]:,}") for name in COUNTS if name in run.counts]
    yield from map(printed, columns(rows, (Align.LEFT, Align.RIGHT)))


def runs_text(runs: Sequence[Run], lexicon: Lexicon) -> Iterator[PrintedLine]:
    """All runs, a line each."""
    return (printed(_run_line(run, lexicon)) for run in runs)


def _run_line(run: Run, lexicon: Lexicon) -> str:
    told = {
        "occasion": OCCASIONS[run.occasion.value].of(lexicon.language),
        "way": WAYS[run.way.value].of(lexicon.language),
    }
    return SHOWN["run"].of(lexicon.language).format(id=run.id, at=run.at, **told)


def list_text(found: "Sequence[Listed]", lexicon: Lexicon) -> Iterator[PrintedLine]:
    """Findings, a line each."""
    words = in_language(SHOWN, lexicon.language)
    if not found:
        yield printed(words["none"], Role.RESULT)
        return
    yield printed(words["list"], Role.TITLE)
    rows = [tuple(words[name] for name in _LIST)]
    for each in found:
        finding, life = each.finding, each.life
        money = "" if finding.money_fen is None else fen_text(finding.money_fen)
        status, level = STATUSES[life.status.value].of(lexicon.language), LEVELS[finding.level].of(lexicon.language)
        place = (finding.code, finding.account, finding.period)
        rows.append((str(finding.id), status, level, *place, money, life.assigned_to or ""))
    aligned = (Align.RIGHT, *(Align.LEFT,) * 5, Align.RIGHT, Align.LEFT)
    yield from map(printed, columns(rows, aligned))


def shown_text(shown: "Shown", steps: Sequence[tuple[str, str]], lexicon: Lexicon) -> Iterator[PrintedLine]:
    """A finding, what may be done now and by which commands, and all that happened to it."""
    words = in_language(SHOWN, lexicon.language)
    finding, life = shown.finding, shown.life
    yield printed(words["finding"].format(id=finding.id, code=finding.code), Role.TITLE)
    for text in found_words(lexicon, finding):
        yield printed(f"  {text}")
    told = {
        "status": STATUSES[life.status.value].of(lexicon.language),
        "level": LEVELS[finding.level].of(lexicon.language),
        "account": finding.account,
        "period": finding.period,
        "money": None if finding.money_fen is None else fen_text(finding.money_fen),
        "to": life.assigned_to,
        "corrected": None if life.corrected_fen is None else fen_text(life.corrected_fen),
        "left": fen_text(life.left_fen) if life.left_fen else None,
    }
    rows = [(words[name], value) for name, value in told.items() if value is not None]
    yield from map(printed, columns(rows, (Align.LEFT, Align.LEFT)))
    yield printed(words["next"], Role.HEADING)
    yield from map(printed, columns(steps, (Align.LEFT, Align.LEFT)))
    if shown.documents:
        yield printed(words["documents"], Role.HEADING)
        documents = [
            (DOCUMENTS[each.kind.value].of(lexicon.language), fen_text(each.total_fen), each.sha256)
            for each in shown.documents
        ]
        yield from map(printed, columns(documents, (Align.LEFT, Align.RIGHT, Align.LEFT)))
    yield printed(words["events"], Role.HEADING)
    events = [
        (str(each.seq), each.at, each.actor, EVENTS[each.kind].of(lexicon.language), told_words(lexicon, each.body))
        for each in shown.events
    ]
    yield from map(printed, columns(events, (Align.RIGHT, *(Align.LEFT,) * 4)))


def done_text(shown: "Shown", lexicon: Lexicon) -> Iterator[PrintedLine]:
    """What was done, and where the finding stands now."""
    kind = EVENTS[shown.events[-1].kind].of(lexicon.language)
    status = STATUSES[shown.life.status.value].of(lexicon.language)
    words = SHOWN["done"].of(lexicon.language)
    yield printed(words.format(id=shown.finding.id, kind=kind, status=status), Role.RESULT)


def proof_text(proof: "Proof", lexicon: Lexicon, *, given: bool) -> Iterator[PrintedLine]:
    """Whether a log is whole, and what was done to it where it is not."""
    words = in_language(LOG, lexicon.language)
    if proof.tamperings:
        yield printed(words["broken"], Role.DOUBT)
        for each in proof.tamperings:
            yield printed(f"  {damage_words(lexicon, each)}", Role.DOUBT)
    else:
        yield printed(words["whole"].format(count=proof.events), Role.RESULT)
    yield printed(words["store"].format(store=proof.store))
    yield printed(words["head"].format(head=proof.head))
    yield printed(words["checkpoints"].format(count=proof.checkpoints) if given else words["no_checkpoint"], Role.ASIDE)
