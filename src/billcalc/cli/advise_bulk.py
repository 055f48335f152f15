"""``billcalc advise --bulk``: advice on tables of accounts with a row for each month."""

from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from typing import TYPE_CHECKING, Any

import click

from billcalc.advice.shifting import Shift
from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.shifts import shift_option
from billcalc.cli.table_runs import end_of_rows, needed, watching
from billcalc.explain.printing import Align, PrintedLine, Role, columns, printed
from billcalc.files.system_errors import StoppedError
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import InvalidInput
from billcalc.words.lexicon import Lexicon

if TYPE_CHECKING:
    from billcalc.runs.bulk_advice import BulkAdvice

__all__ = ["advise_bulk"]

_EPILOG = epilog(
    "advise --bulk",
    "billcalc advise --bulk months.parquet --out advice.xlsx --lang zh",
    "billcalc advise --bulk 'month-*.csv' --template common.yaml --out advice.parquet --shift 2%",
)


@click.command(epilog=_EPILOG)
@click.option("--bulk", "inputs", metavar="IN", multiple=True, required=True)
@click.option("--out", required=True, type=FILE)
@shift_option
@click.option("--template", metavar="REQUEST.yaml")
@click.option("--columns", metavar="MAPPING.yaml")
@click.option("--tariffs", type=FILE, metavar="DIR")
@language_option()
def advise_bulk(*, lang: str | None, shift: Shift, **told: Any) -> None:
    """Advise on the accounts of IN, tables of requests with a row for each month."""
    is_workbook = told["out"].suffix.lower() == ".xlsx"
    needed(("duckdb", "numpy", "pyarrow", *(("xlsxwriter",) if is_workbook else ())), "bulk,excel")
    from billcalc.runs.batches import Settings
    from billcalc.runs.bulk_advice import advise_tables

    answers = Answers("table", lang)
    settings = Settings(
        inputs=told["inputs"],
        out=told["out"],
        template=told["template"],
        columns=told["columns"],
        tariffs=told["tariffs"],
        language=answers.language,
    )
    try:
        with watching(answers) as watcher:
            found = advise_tables(settings, shift, watcher)
    except InvalidInput as invalid:
        answers.reject(invalid.faults)
    except BrokenExecutor:
        raise StoppedError(Reason.WORKER_ENDED) from None
    answers.text(_summary(found, answers.lexicon))
    end_of_rows(found.months)
    if found.months.rejected:
        raise SystemExit(Exit.DIFFERS)


def _summary(found: "BulkAdvice", lexicon: Lexicon) -> Iterator[PrintedLine]:
    from billcalc.advice.table_words import TABLE
    from billcalc.runs.bulk_advice import summary_rows

    yield printed(TABLE["title"].of(lexicon.language), Role.TITLE)
    rows = [[str(cell) for cell in row] for row in summary_rows(found, lexicon)]
    yield from map(printed, columns(rows, (Align.LEFT, Align.RIGHT)))
