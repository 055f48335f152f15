"""``billcalc diagnose --bulk``: why the bills of a table of issued ones differ from the recomputed ones."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.dry_runs import dry_option, tell_planned
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.speaking import misused
from billcalc.cli.table_runs import end_of_rows, needed, problem_lines, run_option, through
from billcalc.explain.printing import Align, PrintedLine, Role, columns, printed
from billcalc.kernel.troubles import InvalidInput
from billcalc.words.language import in_language
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import money
from billcalc.words.parsing import Misuse
from billcalc.words.runs import DIAGNOSED

if TYPE_CHECKING:
    from billcalc.runs.batches import Settings
    from billcalc.runs.causes_workbook import BulkDiagnosis

__all__ = ["diagnose_bulk", "diagnosis_summary"]

_EPILOG = epilog(
    "diagnose --bulk",
    "billcalc diagnose --bulk issued.csv --requests accounts.parquet --out causes.xlsx --lang zh",
    "billcalc diagnose --bulk issued.parquet --requests 'month-*.csv' --template common.yaml --out causes.parquet",
)


@click.command(epilog=_EPILOG)
@click.option("--bulk", "issued", metavar="ISSUED", required=True, type=FILE)
@click.option("--requests", metavar="IN", multiple=True, required=True)
@click.option("--out", required=True, type=FILE)
@click.option("--mapping", type=FILE, metavar="FILE")
@click.option("--template", metavar="REQUEST.yaml")
@click.option("--columns", metavar="MAPPING.yaml")
@click.option("--tariffs", type=FILE, metavar="DIR")
@click.option("--layout", metavar="NAME")
@dry_option
@run_option
@language_option()
def diagnose_bulk(*, lang: str | None, resume: bool, is_dry: bool, **told: Any) -> None:
    """Recompute the requests IN and name the causes of what the bills of the table ISSUED differ by."""
    is_workbook = told["out"].suffix.lower() == ".xlsx"
    needed(("duckdb", "numpy", "pyarrow", *(("xlsxwriter",) if is_workbook else ())), "bulk,excel")
    from billcalc.runs.asked_comparisons import issued_layout
    from billcalc.runs.bulk_diagnosis import diagnose_requests
    from billcalc.runs.recomputing import planned_comparison

    if told["layout"] and (told["columns"] or told["mapping"]):
        raise click.UsageError(misused(Misuse.LAYOUT_AND_MAPPING))
    answers = Answers("table", lang)
    try:
        mapping = told["mapping"] if told["layout"] is None else issued_layout(str(told["issued"]), told["layout"])
    except InvalidInput as invalid:
        answers.reject(invalid.faults)
    settings = _settings(told, answers, restart=not resume)
    if is_dry:
        tell_planned(answers, lambda: planned_comparison(settings, told["issued"], mapping=mapping))
        return
    counts, found = through(
        answers, lambda watcher: diagnose_requests(settings, told["issued"], mapping=mapping, watcher=watcher)
    )
    answers.read_table(str(told["issued"]), found.comparison)
    answers.text(diagnosis_summary(found, answers.lexicon))
    answers.text(problem_lines(counts.problems, answers.language))
    end_of_rows(counts)
    if counts.rejected or not found.comparison.agrees:
        raise SystemExit(Exit.DIFFERS)


def _settings(told: dict[str, Any], answers: Answers, *, restart: bool) -> "Settings":
    from billcalc.runs.batches import Settings

    return Settings(
        inputs=told["requests"],
        out=told["out"],
        template=told["template"],
        columns=told["columns"],
        tariffs=told["tariffs"],
        restart=restart,
        language=answers.language,
    )


def diagnosis_summary(found: "BulkDiagnosis", lexicon: Lexicon) -> Iterator[PrintedLine]:
    """How many bills differ, how many were told what, and what each cause comes to."""
    from billcalc.runs.causes_workbook import summary_rows

    words = in_language(DIAGNOSED, lexicon.language)
    yield printed(words["title"], Role.TITLE)
    rows = [[_text(cell) for cell in (*row, "", "", "", "")[:4]] for row in summary_rows(found, lexicon.language)]
    yield from map(printed, columns(rows, (Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT)))


def _text(cell: object) -> str:
    return money(cell) if isinstance(cell, Decimal) else f"{cell:,}" if isinstance(cell, int) else str(cell)
