"""What is done to a finding from the command line: a command for each act."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import click

from billcalc.audit.diagnose.cells import NotFen, fen_of
from billcalc.audit.findings.acts import Act, allowed
from billcalc.audit.findings.life import Status
from billcalc.audit.findings.records import EventKind
from billcalc.cli.answers import Answers, language_option
from billcalc.cli.audit_report import done_text
from billcalc.cli.audit_store import actor_option, format_option, now, opened_store, store_option
from billcalc.cli.exits import epilog
from billcalc.cli.speaking import misused, number_words
from billcalc.fields import validated
from billcalc.kernel.decimals import NumberError, parse_decimal
from billcalc.wire.findings import shown_data
from billcalc.words.audit_commands import AUDIT_COMMANDS
from billcalc.words.language import Language
from billcalc.words.lexicon import Lexicon
from billcalc.words.metavars import METAVARS
from billcalc.words.parsing import Misuse

__all__ = ["ACT_COMMANDS", "next_steps", "verified"]


def _command(name: str, example: str, *options: Any) -> Callable[[Callable[..., None]], click.Command]:
    """A command that does something to FINDING."""

    def decorate(function: Callable[..., None]) -> click.Command:
        command: Any = function
        for option in (*options, store_option, actor_option, format_option, language_option()):
            command = option(command)
        command = click.argument("finding", type=click.IntRange(min=1))(command)
        made: click.Command = click.command(name, epilog=epilog(f"audit {name}", f"billcalc audit {name} {example}"))(
            command
        )
        return made

    return decorate


def _done(told: dict[str, Any], kind: str, rules: tuple[str, ...] = (), **act: Any) -> None:
    """Do something to the finding of a call, and tell where it stands then; or why it may not be done."""
    answers = Answers(told["shape"], told["lang"])
    _act(answers, told["store"], told["finding"], told["actor"], rules, {"kind": kind, **act})


def _act(answers: Answers, store: str, finding: int, actor: str, rules: tuple[str, ...], act: dict[str, Any]) -> None:
    from billcalc.audit.findings.rules import rules_of
    from billcalc.runs.audit_files import correction_documents, rules_documents

    with opened_store(store, answers) as opened:
        at = now()
        if "documents" in act:
            act["documents"] = correction_documents(act["documents"], opened.finding(finding).finding.period)
        held = rules_of(rules_documents(rules), date.fromisoformat(at[:10]))
        done = validated(Act, {name: value for name, value in act.items() if value is not None})
        shown = opened.act(finding, done, actor=actor, at=at, rules=held)
    if answers.is_json:
        parts = (shown.finding, shown.life, shown.events, shown.documents)
        answers.data(shown_data(*parts, lexicon=answers.data_lexicon))
    else:
        answers.text(done_text(shown, answers.lexicon))


def verified(answers: Answers, store: str, finding: int, run: int | None, actor: str) -> None:
    """Verify a finding by a run."""
    _act(answers, store, finding, actor, (), {"kind": "verified", "run": run})


def _fen_option(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """An exact amount of money of any sign, in fen."""
    if value is None:
        return None
    try:
        return fen_of(parse_decimal(value))
    except NumberError as error:
        raise click.BadParameter(number_words(error), ctx, param) from None
    except NotFen:
        raise click.BadParameter(misused(Misuse.FINER_THAN_FEN, value=value), ctx, param) from None


_REASON = click.option("--reason", metavar="TEXT", required=True)
_TEXT = click.option("--text", metavar="TEXT", required=True)


@_command("assign", "7 --to wang", click.option("--to", metavar="NAME", required=True))
def _assign(*, to: str, **told: Any) -> None:
    """Give FINDING to a person who looks into it."""
    _done(told, "assigned", to=to)


@_command("site-check", '7 --text "the seal of the meter is whole"', _TEXT)
def _site_check(*, text: str, **told: Any) -> None:
    """Tell what was seen on site."""
    _done(told, "site_check", text=text)


@_command("confirm", "7", click.option("--text", metavar="TEXT"))
def _confirm(*, text: str | None, **told: Any) -> None:
    """Confirm that FINDING is right."""
    _done(told, "confirmed", text=text)


@_command(
    "dismiss",
    '7 --reason "a new furnace" --until 2027-01-01',
    click.option("--until", metavar="DAY", required=True),
    _REASON,
)
def _dismiss(*, reason: str, until: str, **told: Any) -> None:
    """Dismiss FINDING until a day on which it returns where it is seen again."""
    _done(told, "dismissed", reason=reason, until=until)


@_command(
    "correct",
    "7 --documents correction/documents.json",
    click.option("--rules", multiple=True, metavar="FILE", envvar="BILLCALC_AUDIT_RULES"),
    click.option("--reason", metavar="TEXT"),
    click.option("--left", "left_fen", metavar="AMOUNT", callback=_fen_option),
    click.option("--documents", metavar="FILE", required=True),
)
def _correct(*, documents: str, left_fen: int | None, reason: str | None, rules: tuple[str, ...], **told: Any) -> None:
    """Tell the documents that correct FINDING; they undo its money to the fen, or say what is left and why."""
    _done(told, "corrected", rules, documents=documents, left_fen=left_fen, reason=reason)


@_command("file-fixed", '7 --text "the order of 2026-05-03 was entered"', _TEXT)
def _file_fixed(*, text: str, **told: Any) -> None:
    """Tell that the customer's file was corrected, and how."""
    _done(told, "file_fixed", text=text)


@_command("close", "7")
def _close(**told: Any) -> None:
    """Close FINDING, which a run proved to be gone and whose money is right to the fen."""
    _done(told, "closed")


@_command("reopen", '7 --reason "the customer objects"', _REASON)
def _reopen(*, reason: str, **told: Any) -> None:
    """Open FINDING again."""
    _done(told, "reopened", reason=reason)


@_command("note", '7 --text "asked the customer"', _TEXT)
def _note(*, text: str, **told: Any) -> None:
    """Add a note to FINDING."""
    _done(told, "note", text=text)


_COMMANDS: Mapping[EventKind, click.Command] = {
    EventKind.ASSIGNED: _assign,
    EventKind.SITE_CHECK: _site_check,
    EventKind.CONFIRMED: _confirm,
    EventKind.DISMISSED: _dismiss,
    EventKind.CORRECTED: _correct,
    EventKind.FILE_FIXED: _file_fixed,
    EventKind.CLOSED: _close,
    EventKind.REOPENED: _reopen,
    EventKind.NOTE: _note,
}
ACT_COMMANDS: tuple[click.Command, ...] = tuple(_COMMANDS.values())
"""A command for each act but ``verify``, which proves the log, too."""


def next_steps(finding: int, status: Status, lexicon: Lexicon) -> list[tuple[str, str]]:
    """What may be done to a finding now: the command that does it, with what it needs, and what it does.

    >>> from billcalc.words.lexicon import CHINESE
    >>> next_steps(7, Status.FOUND, CHINESE)[0]
    ('billcalc audit assign 7 --to 名称', '派单。把发现交给承办人。')
    """
    in_chinese = lexicon.language is Language.CHINESE
    steps = []
    for kind in allowed(status):
        name, needed = "verify", [("--run", "RUN")]
        if kind is not EventKind.VERIFIED:
            command = _COMMANDS[kind]
            options = [each for each in command.params if isinstance(each, click.Option) and each.required]
            name, needed = str(command.name), [(each.opts[0], str(each.metavar)) for each in options]
        told = [f"{option} {METAVARS[value] if in_chinese else value}" for option, value in needed]
        call = " ".join(["billcalc audit", name, str(finding), *told])
        steps.append((call, AUDIT_COMMANDS[f"audit {name}"].of(lexicon.language)))
    return steps
