"""``billcalc advise``: what months of a customer would have cost under another agreement or with another use."""

import re
from decimal import Decimal
from pathlib import Path

import click

from billcalc.advice.advice import advise as advised
from billcalc.advice.shifting import Shift
from billcalc.advice.statement import statement_of
from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.exits import epilog
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
)


_LONGEST = 20
_HOW_MUCH = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(%|[kK][wW][hH]|千瓦时)")


def _how_much(context: click.Context, param: click.Parameter, value: str) -> Shift:
    """How much load is moved: per cent, or kilowatt-hours."""
    found = _HOW_MUCH.fullmatch(value.strip())
    if found is None or len(value) > _LONGEST:
        raise click.BadParameter(misused(Misuse.SHIFT_FORM))
    number = Decimal(found[1])
    return Shift(percent=number) if found[2] == "%" else Shift(kwh=number)


@click.command(epilog=_EPILOG)
@click.argument("months", nargs=-1, required=True, metavar="MONTHS...")
@click.option("--format", "shape", type=click.Choice(["table", "json", "xlsx"]), default="table", show_default=True)
@click.option("--out", type=FILE)
@click.option("--shift", default="1%", metavar="LOAD", callback=_how_much, show_default=True)
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
