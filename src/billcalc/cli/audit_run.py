"""``billcalc audit run``: check accounts, compare their bills, and keep what was found."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from billcalc.audit.findings.records import Occasion, Way
from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.audit_report import run_text
from billcalc.cli.audit_store import actor_option, format_option, now, opened_store, store_option
from billcalc.cli.compare_bulk import amount_option
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.layout import guess_text
from billcalc.cli.speaking import misused
from billcalc.cli.table_runs import needed, problem_lines, run_option, through
from billcalc.explain.printing import Role, printed
from billcalc.wire.findings import run_data
from billcalc.words.parsing import Misuse

if TYPE_CHECKING:
    from billcalc.runs.asked_comparisons import AskedComparison
    from billcalc.runs.auditing import Audit

__all__ = ["run"]

_EPILOG = epilog(
    "audit run",
    "billcalc audit run --requests accounts.csv",
    "billcalc audit run --requests 'month-*.csv' --bulk issued.csv --out differences.xlsx --occasion daily",
    "billcalc audit run --requests accounts.parquet --occasion themed --note 功率因数专项 --way on_site --as li",
)


@click.command(epilog=_EPILOG)
@click.option("--requests", metavar="IN", multiple=True)
@click.option("--bulk", "issued", metavar="ISSUED", type=FILE)
@click.option("--out", type=FILE)
@click.option("--layout", metavar="LAYOUT.yaml")
@click.option("--guess", is_flag=True)
@click.option("--where", metavar="NAME=VALUE", multiple=True)
@click.option("--mapping", type=FILE, metavar="FILE")
@click.option("--tolerance", default="0", show_default=True, callback=amount_option)
@click.option("--template", metavar="REQUEST.yaml")
@click.option("--columns", metavar="MAPPING.yaml")
@click.option("--tariffs", type=FILE, metavar="DIR")
@click.option("--history", metavar="IN", multiple=True)
@click.option("--thresholds", metavar="FILE", multiple=True)
@click.option("--company", metavar="NAME")
@click.option("--occasion", type=click.Choice([each.value for each in Occasion]), default="daily", show_default=True)
@click.option("--way", type=click.Choice([each.value for each in Way]), default="online", show_default=True)
@click.option("--note", metavar="TEXT")
@store_option
@actor_option
@run_option
@format_option
@language_option()
def run(*, store: str, shape: str, lang: str | None, **told: Any) -> None:
    """Check the requests IN, compare their bills with those of the table ISSUED, and keep what is found."""
    needed(("duckdb", "numpy", "pyarrow", "xlsxwriter"), "bulk,excel")
    from billcalc.runs.asked_comparisons import AskedComparison, contradiction

    names = ("requests", "layout", "guess", "where", "mapping", "template", "columns")
    asked = AskedComparison(str(told["issued"]), **{name: told[name] for name in names})
    misuse = contradiction(asked)
    if told["issued"] is None and not told["requests"]:
        misuse = Misuse.NO_REQUESTS
    elif (told["issued"] is None) != (told["out"] is None):
        misuse = Misuse.ISSUED_AND_OUT
    if misuse is not None:
        raise click.UsageError(misused(misuse))
    answers = Answers(shape, lang)
    with opened_store(store, answers, make=True) as opened:
        from billcalc.runs.auditing import audit_tables

        audit = _audit(told, asked, answers)
        audited = through(answers, lambda watcher: audit_tables(audit, opened, watcher))
    made = audited.run
    if audited.outcome is not None:
        answers.read_table(str(told["issued"]), audited.outcome)
    for row in audited.refused:
        text = " ".join(filter(None, (row.place, row.where))) + f": {row.message}"
        answers.text([printed(text, Role.ASIDE)], err=True)
    if answers.is_json:
        answers.data({"kind": "run", **run_data(made), "problems": dict(sorted(audited.problems.items()))})
    else:
        answers.text(run_text(made, answers.lexicon))
        answers.text(problem_lines(audited.problems, answers.language))
    if any(made.counts[name] for name in ("found", "seen_again", "refused", "not_compared")):
        raise SystemExit(Exit.DIFFERS)


def _audit(told: dict[str, Any], asked: "AskedComparison", answers: Answers) -> "Audit":
    """What a call asks for.

    Raises:
        InvalidInput: where a file of limits or a layout cannot be read.
    """
    from billcalc.runs.asked_comparisons import meant
    from billcalc.runs.auditing import Audit
    from billcalc.runs.batches import Settings
    from billcalc.runs.check_limits import limits_documents

    found = meant(asked, where="--where")
    if found.guess is not None:
        answers.text(guess_text(asked.issued, found.guess, answers.language))
        answers.text([printed("")])
    settings = Settings(
        inputs=found.inputs,
        out=told["out"] or Path(),
        template=found.template,
        columns=told["columns"],
        layout=found.layout,
        tariffs=told["tariffs"],
        restart=not told["resume"],
        language=answers.language,
    )
    beside = (told["template"], told["columns"], found.layout, found.mapping)
    return Audit(
        settings,
        Occasion(told["occasion"]),
        Way(told["way"]),
        told["actor"],
        now(),
        note=told["note"],
        issued=told["issued"],
        mapping=found.mapping,
        tolerance=told["tolerance"],
        limits=limits_documents(told["thresholds"]),
        history=told["history"],
        company=told["company"],
        read=(*(each for each in beside if isinstance(each, str | Path)), *told["thresholds"]),
    )
