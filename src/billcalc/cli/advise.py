"""``billcalc advise``: what months of a customer would have cost under another agreement or with another use."""

from pathlib import Path

import click

from billcalc.advice.advice import advise as advised
from billcalc.advice.shifting import Shift
from billcalc.advice.statement import statement_of
from billcalc.cli.advise_bulk import advise_bulk
from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.exits import epilog
from billcalc.cli.one_or_many import one_or_many
from billcalc.cli.shifts import shift_option
from billcalc.cli.speaking import misused
from billcalc.cli.statements import write_statements
from billcalc.explain.block_text import block_text
from billcalc.files.text import MAX_BYTES
from billcalc.kernel.troubles import InvalidInput, Refusal, Refused
from billcalc.library.catalog import load_catalog
from billcalc.runs.advising import MonthFiles, read_months
from billcalc.runs.guarding import check_outputs
from billcalc.wire.advice import advice_data
from billcalc.words.parsing import Misuse

__all__ = ["advise"]

_EPILOG = epilog(
    "advise",
    "billcalc advise 2025/",
    "billcalc advise 2025-01.yaml 2025-02.yaml 2025-03.yaml --shift 5000kWh --lang zh",
    "billcalc advise months.csv --account A-1 --format json > advice.json",
    "billcalc advise 2025/ --format xlsx --out advice.xlsx",
    "billcalc advise --bulk months.parquet --out advice.xlsx",
)


@click.command(cls=one_or_many(advise_bulk, "advise --bulk", "--bulk IN --out OUT [OPTIONS]"), epilog=_EPILOG)
@click.argument("months", nargs=-1, required=True, metavar="MONTHS...")
@click.option("--format", "shape", type=click.Choice(["table", "json", "xlsx"]), default="table", show_default=True)
@click.option("--out", type=FILE)
@shift_option
@click.option("--account", metavar="ID")
@language_option()
@click.option("--tariffs", type=FILE, metavar="DIR")
@click.option("--max-bytes", type=click.IntRange(min=1), default=MAX_BYTES, show_default=True)
def advise(
    *,
    months: tuple[str, ...],
    shape: str,
    out: Path | None,
    shift: Shift,
    account: str | None,
    lang: str | None,
    tariffs: Path | None,
    max_bytes: int,
) -> None:
    """Advise on MONTHS: requests, directories of them, or tables with a row for each month."""
    if (out is not None) != (shape == "xlsx"):
        raise click.UsageError(misused(Misuse.OUT_AND_XLSX))
    answers = Answers(shape, lang)
    told = None
    try:
        if out is not None:
            check_outputs([out], [each for each in months if each != "-"])
        told = read_months(months, account=account, tariffs=tariffs, max_bytes=max_bytes)
        catalog = load_catalog(tariffs, areas=sorted({each.request.area for each in told.months}))
        found = advised(told.months, catalog, shift=shift)
    except InvalidInput as invalid:
        answers.reject(invalid.faults, document=told)
    except Refused as refused:
        answers.refuse(refused.refusal, MonthFiles(()))
    if isinstance(found, Refusal):
        answers.refuse(found, told)
    if out is not None:
        write_statements([statement_of(found, lexicon=answers.lexicon)], shape, out, answers.lexicon)
    elif answers.is_json:
        answers.data(advice_data(found, lexicon=answers.data_lexicon))
    else:
        answers.text(block_text(statement_of(found, lexicon=answers.lexicon)))
