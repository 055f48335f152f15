"""``billcalc audit``: runs of an audit, and what they found, until it is corrected and proved."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from billcalc.audit.findings.life import Status
from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.audit_acts import ACT_COMMANDS, next_steps, verified
from billcalc.cli.audit_report import list_text, proof_text, runs_text, shown_text
from billcalc.cli.audit_run import run
from billcalc.cli.audit_store import actor_option, format_option, now, opened_store, store_option
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.speaking import misused
from billcalc.cli.table_runs import needed
from billcalc.explain.printing import Role, printed
from billcalc.wire.findings import finding_data, log_data, run_data, shown_data
from billcalc.words.audits import LOG, SHOWN
from billcalc.words.parsing import Misuse

if TYPE_CHECKING:
    from billcalc.store.store import Wanted

__all__ = ["audit"]


@click.group()
def audit() -> None:
    """Runs of an audit, and what they found, until it is corrected and proved."""


def _wanted_options(command: Any) -> Any:
    """The options that say which findings are meant."""
    for decorate in (
        click.option("--open", "open_only", is_flag=True),
        click.option("--run", type=click.IntRange(min=1)),
        click.option("--to", metavar="NAME"),
        click.option("--period", metavar="MONTH"),
        click.option("--account", metavar="ID"),
        click.option("--code", metavar="CODE"),
        click.option("--status", type=click.Choice([each.value for each in Status])),
    ):
        command = decorate(command)
    return command


def _wanted(told: dict[str, Any]) -> "Wanted":
    from billcalc.store.store import Wanted

    status = told.pop("status")
    return Wanted(status=None if status is None else Status(status), **told)


@audit.command("list", epilog=epilog("audit list", "billcalc audit list --open", "billcalc audit list --status found"))
@store_option
@_wanted_options
@format_option
@language_option()
def list_(*, store: str, shape: str, lang: str | None, **told: Any) -> None:
    """List findings, or some of them."""
    answers = Answers(shape, lang)
    with opened_store(store, answers) as opened:
        found = opened.findings(_wanted(told))
    if answers.is_json:
        data = [finding_data(each.finding, each.life, lexicon=answers.data_lexicon) for each in found]
        answers.data({"kind": "findings", "findings": data})
    else:
        answers.text(list_text(found, answers.lexicon))


@audit.command(epilog=epilog("audit runs", "billcalc audit runs"))
@store_option
@format_option
@language_option()
def runs(*, store: str, shape: str, lang: str | None) -> None:
    """List the runs."""
    answers = Answers(shape, lang)
    with opened_store(store, answers) as opened:
        found = opened.runs()
    if answers.is_json:
        answers.data({"kind": "runs", "runs": [run_data(each) for each in found]})
    else:
        answers.text(runs_text(found, answers.lexicon))


@audit.command(epilog=epilog("audit show", "billcalc audit show 7 --lang zh"))
@click.argument("finding", type=click.IntRange(min=1))
@store_option
@format_option
@language_option()
def show(*, finding: int, store: str, shape: str, lang: str | None) -> None:
    """Show a finding, what may be done now, and all that happened to it."""
    answers = Answers(shape, lang)
    with opened_store(store, answers) as opened:
        shown = opened.finding(finding)
    if answers.is_json:
        parts = (shown.finding, shown.life, shown.events, shown.documents)
        answers.data(shown_data(*parts, lexicon=answers.data_lexicon))
    else:
        steps = next_steps(finding, shown.life.status, answers.lexicon)
        answers.text(shown_text(shown, steps, answers.lexicon))


_VERIFY_EPILOG = epilog(
    "audit verify", "billcalc audit verify 7 --run 2", "billcalc audit verify --checkpoint /mnt/elsewhere/kept.jsonl"
)


@audit.command(epilog=_VERIFY_EPILOG)
@click.argument("finding", type=click.IntRange(min=1), required=False)
@click.option("--run", type=click.IntRange(min=1))
@click.option("--checkpoint", type=FILE, metavar="FILE")
@store_option
@actor_option
@format_option
@language_option()
def verify(
    *,
    finding: int | None,
    run: int | None,
    checkpoint: Path | None,
    store: str,
    actor: str,
    shape: str,
    lang: str | None,
) -> None:
    """Verify FINDING by the run that found it gone; without FINDING prove that nothing of the log was changed."""
    if (finding is None) != (run is None) or (finding is not None and checkpoint is not None):
        raise click.UsageError(misused(Misuse.FINDING_AND_RUN))
    answers = Answers(shape, lang)
    if finding is not None:
        verified(answers, store, finding, run, actor)
        return
    with opened_store(store, answers) as opened:
        from billcalc.store.checkpoints import read_checkpoints

        proof = opened.prove(() if checkpoint is None else read_checkpoints(checkpoint))
    if answers.is_json:
        told = {"events": proof.events, "store": proof.store, "head": proof.head, "checkpoints": proof.checkpoints}
        answers.data(log_data(proof.tamperings, **told, lexicon=answers.data_lexicon))  # type: ignore[arg-type]
    else:
        answers.text(proof_text(proof, answers.lexicon, given=checkpoint is not None))
    if proof.tamperings:
        raise SystemExit(Exit.DIFFERS)


@audit.command(epilog=epilog("audit checkpoint", "billcalc audit checkpoint /mnt/elsewhere/kept.jsonl"))
@click.argument("file", type=FILE)
@store_option
@language_option()
def checkpoint(*, file: Path, store: str, lang: str | None) -> None:
    """Add to FILE, which is kept elsewhere, how far the log reaches."""
    answers = Answers("table", lang)
    with opened_store(store, answers) as opened:
        made = opened.checkpoint(file, at=now())
    if made is None:
        answers.text([printed(SHOWN["no_event"].of(answers.language), Role.RESULT)])
    else:
        told = LOG["checkpoint"].of(answers.language).format(seq=made.seq, path=file)
        answers.text([printed(told, Role.RESULT)])


_EXPORT_EPILOG = epilog(
    "audit export", "billcalc audit export --out findings.xlsx --lang zh", "billcalc audit export --out log.json"
)


@audit.command(epilog=_EXPORT_EPILOG)
@store_option
@_wanted_options
@click.option("--out", type=FILE, required=True)
@language_option()
def export(*, store: str, out: Path, lang: str | None, **told: Any) -> None:
    """Write findings as a table; as .json with the whole log, for whoever proves it without billcalc."""
    answers = Answers("table", lang)
    with opened_store(store, answers) as opened:
        needed(("pyarrow", "xlsxwriter"), "bulk,excel")
        from billcalc.runs.audit_export import export_store

        export_store(opened, _wanted(told), out, lexicon=answers.lexicon)
    answers.text([printed(SHOWN["written"].of(answers.language).format(out=out), Role.RESULT)])


audit.add_command(run)
for _command in ACT_COMMANDS:
    audit.add_command(_command)
