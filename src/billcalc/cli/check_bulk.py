"""``billcalc check --bulk``: the checks of tables of accounts, each beside its earlier months."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.table_runs import end_of_rows, needed, problem_lines, run_option, through
from billcalc.explain.printing import Align, PrintedLine, Role, columns, printed
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.check_limits import limits_documents
from billcalc.words.language import in_language
from billcalc.words.lexicon import Lexicon
from billcalc.words.runs import CHECKED

if TYPE_CHECKING:
    from billcalc.runs.batches import Watcher
    from billcalc.runs.bulk_checks import BulkChecks

__all__ = ["check_bulk"]

_EPILOG = epilog(
    "check --bulk",
    "billcalc check --bulk accounts.parquet --history 2025.parquet --out findings.csv --lang zh",
    "billcalc check --bulk july.csv --history 'month-*.csv' --template common.yaml --out findings.parquet",
)


@click.command(epilog=_EPILOG)
@click.option("--bulk", "inputs", metavar="IN", multiple=True, required=True)
@click.option("--history", metavar="TABLE", multiple=True)
@click.option("--out", required=True, type=FILE)
@click.option("--thresholds", multiple=True, metavar="FILE")
@click.option("--company", metavar="NAME")
@click.option("--template", metavar="REQUEST.yaml")
@click.option("--columns", metavar="MAPPING.yaml")
@click.option("--tariffs", type=FILE, metavar="DIR")
@run_option
@language_option()
def check_bulk(*, lang: str | None, thresholds: tuple[str, ...], **told: Any) -> None:
    """Check the files and the flow of the accounts of IN, tables of requests, beside their earlier months."""
    needed(("numpy", "pyarrow", "duckdb"), "bulk")
    answers = Answers("table", lang)
    try:
        documents = limits_documents(thresholds)
    except InvalidInput as error:
        answers.reject(error.faults)

    from billcalc.runs.batches import Settings
    from billcalc.runs.bulk_checks import check_tables

    settings = Settings(
        inputs=told["inputs"],
        out=told["out"],
        template=told["template"],
        columns=told["columns"],
        tariffs=told["tariffs"],
        restart=not told["resume"],
        language=answers.language,
    )

    def work(watcher: "Watcher") -> "BulkChecks":
        return check_tables(settings, told["history"], documents, company=told["company"], watcher=watcher)

    found = through(answers, work)
    answers.text(_summary(found, told["out"], answers.lexicon))
    answers.text(problem_lines(found.accounts.problems, answers.language))
    end_of_rows(found.accounts)
    end_of_rows(found.months)
    if found.accuses or found.accounts.rejected or found.months.rejected:
        raise SystemExit(Exit.DIFFERS)


def _summary(found: "BulkChecks", out: Path, lexicon: Lexicon) -> Iterator[PrintedLine]:
    from billcalc.audit.checks.judging import ALL, Answer
    from billcalc.audit.checks.names import NAMES
    from billcalc.runs.bulk_checks import not_checked_beside

    words = in_language(CHECKED, lexicon.language)
    yield printed(words["title"], Role.TITLE)
    for name, counts in (("accounts", found.accounts), ("months", found.months)):
        yield printed(words[name].format(billed=f"{counts.billed:,}", rejected=f"{counts.rejected:,}"))
    yield printed("")
    shown = (Answer.SPEAKS, Answer.PASSES, Answer.NOT_CHECKED)
    rows = [tuple(words[name] for name in ("check", "speaks", "passes", "not_checked"))]
    for check in ALL:
        counted = [found.answers.get((check.code, answer), 0) for answer in shown]
        rows.append((NAMES[check.code].of(lexicon.language), *(f"{count:,}" for count in counted)))
    yield from map(printed, columns(rows, (Align.LEFT, *[Align.RIGHT] * 3)))
    yield printed(words["why"].format(path=not_checked_beside(out)), Role.ASIDE)
