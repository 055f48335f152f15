"""``billcalc batch``: bill tables of requests, millions at a time."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.dry_runs import dry_option, tell_planned
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.table_runs import end_of_rows, needed, run_option, through
from billcalc.explain.printing import Align, columns
from billcalc.kernel.troubles import InvalidInput
from billcalc.words.language import Language, in_language
from billcalc.words.runs import BATCH

if TYPE_CHECKING:
    from billcalc.bulk.run import Counts
    from billcalc.runs.batches import Settings

__all__ = ["batch"]

_EPILOG = epilog(
    "batch",
    "billcalc batch accounts.parquet --out bills.parquet",
    "billcalc batch 'month-*.csv' --template common.yaml --out bills.parquet --output lines",
    "billcalc batch export.csv --columns columns.yaml --template common.yaml --out bills.xlsx",
)


@click.command(epilog=_EPILOG)
@click.argument("inputs", metavar="IN...", nargs=-1, required=True)
@click.option("--out", required=True, type=FILE)
@click.option(
    "--output",
    type=click.Choice(["totals", "components", "lines", "problems"]),
    default="totals",
    show_default=True,
)
@click.option("--template", metavar="REQUEST.yaml")
@click.option("--columns", metavar="MAPPING.yaml")
@click.option(
    "--rejects",
    type=FILE,
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["parquet", "csv", "csv-bom", "arrow", "xlsx"]),
)
@click.option("--tariffs", type=FILE, metavar="DIR")
@click.option("--workers", type=click.IntRange(min=1))
@click.option("--chunk", type=click.IntRange(min=1))
@click.option("--intervals-as", "intervals", metavar="KEY=VALUE", multiple=True)
@dry_option
@run_option
@language_option()
def batch(*, inputs: tuple[str, ...], out: Path, resume: bool, lang: str | None, **told: Any) -> None:
    """Bill every row of IN..., tables in CSV, XLSX, XLS, Parquet or Arrow; a column is named by its path."""
    suffixes = {f".{told['shape']}", *(path.suffix.lower() for path in (out, told["rejects"]) if path is not None)}
    needed(("duckdb", "numpy", "pyarrow", *(("xlsxwriter",) if ".xlsx" in suffixes else ())), "bulk,excel")
    from billcalc.runs.batches import bill_tables, planned
    from billcalc.tables.interval_statements import stated_of

    answers = Answers("table", lang)
    try:
        stated = stated_of(told["intervals"], where="--intervals-as")
    except InvalidInput as invalid:
        answers.reject(invalid.faults)
    settings = _settings(inputs, out, told, restart=not resume)
    settings = replace(settings, language=answers.language, intervals=stated)
    if told["is_dry"]:
        tell_planned(answers, lambda: planned(settings))
        return
    counts = through(answers, lambda watcher: bill_tables(settings, watcher))
    _tell(counts, settings, answers.language)
    end_of_rows(counts)
    if counts.rejected:
        raise SystemExit(Exit.DIFFERS)


def _settings(inputs: tuple[str, ...], out: Path, told: Mapping[str, Any], *, restart: bool) -> "Settings":
    from billcalc.bulk.output import Output
    from billcalc.runs.batches import CHUNK, Settings
    from billcalc.tables.writers import Tabular

    return Settings(
        inputs=inputs,
        out=out,
        rejects=told["rejects"],
        output=Output(told["output"]),
        template=told["template"],
        columns=told["columns"],
        tariffs=told["tariffs"],
        format=None if told["shape"] is None else Tabular(told["shape"]),
        workers=told["workers"],
        chunk=told["chunk"] or CHUNK,
        restart=restart,
    )


def _tell(counts: "Counts", settings: "Settings", language: Language) -> None:
    from billcalc.runs.batches import default_rejects

    width = len(f"{counts.rows:,}")
    rejects = settings.rejects or default_rejects(settings.out)
    words = in_language(BATCH, language)
    rows = [
        (words["rows"], f"{counts.rows:>{width},}"),
        (words["billed"], f"{counts.billed:>{width},}  → {settings.out}"),
        (words["rejected"], f"{counts.rejected:>{width},}  → {rejects}"),
        *((words["problem"], f"{bills:>{width},}  {code}") for code, bills in sorted(counts.problems.items())),
    ]
    for line in columns(rows, (Align.LEFT, Align.LEFT)):
        click.echo(line)
