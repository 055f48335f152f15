"""``billcalc compare``: an issued bill beside the recomputed one."""

from decimal import Decimal
from pathlib import Path, PurePath

import click

from billcalc.audit import Layout, Reading, read_csv, read_data
from billcalc.audit import compare as compared
from billcalc.audit.report import comparison_text
from billcalc.audit.serialize import comparison_data
from billcalc.cli.answers import Answers, Exit, bill_options
from billcalc.files.documents import parse_document
from billcalc.files.loading import load
from billcalc.files.positions import Lines
from billcalc.files.text import read_text
from billcalc.kernel.decimals import NumberError, parse_decimal
from billcalc.kernel.troubles import InvalidInput

__all__ = ["compare"]

_DIFFERS = 1
_EPILOG = """
\b
Examples:
  billcalc compare request.yaml issued.yaml
  billcalc compare request.yaml issued.csv --mapping layout.yaml --lang zh
  billcalc compare request.yaml issued.json --format json --tolerance 0.01

\b
Exit codes: 0 nothing differs, 1 something differs, 2 invalid input or usage, 3 cannot be billed.
"""


def _amount(ctx: click.Context, param: click.Parameter, value: str) -> Decimal:
    """An exact amount of money, zero or more, read as every other number is."""
    try:
        amount = parse_decimal(value)
    except NumberError as error:
        raise click.BadParameter(str(error), ctx, param) from None
    if amount < 0:
        raise click.BadParameter(f"{value} is negative: give zero or more", ctx, param)
    return amount


@click.command(epilog=_EPILOG)
@bill_options
@click.argument("issued")
@click.option("--mapping", metavar="FILE", help="What the words of the issued bill's layout mean (YAML).")
@click.option(
    "--tolerance",
    default="0",
    show_default=True,
    callback=_amount,
    help="Amounts that differ by no more are no finding.",
)
def compare(
    *,
    request: str,
    issued: str,
    shape: str,
    lang: str | None,
    tariffs: Path | None,
    max_bytes: int,
    mapping: str | None,
    tolerance: Decimal,
) -> None:
    """Compare ISSUED, a bill as YAML, JSON or CSV, with the bill of REQUEST."""
    answers = Answers(shape, lang)
    bill = answers.bill(request, tariffs=tariffs, max_bytes=max_bytes)
    try:
        reading = _read(issued, mapping, max_bytes)
    except InvalidInput as error:
        answers.reject(error.faults)
    comparison = compared(bill, reading.bill, tolerance=tolerance)
    if answers.is_json:
        answers.data(comparison_data(comparison, reading=reading, lexicon=answers.data_lexicon))
    else:
        answers.text(comparison_text(comparison, reading=reading, lexicon=answers.lexicon))
    if reading.faults:
        raise SystemExit(Exit.INVALID)
    if not comparison.agrees:
        raise SystemExit(_DIFFERS)


def _read(issued: str, mapping: str | None, max_bytes: int) -> Reading:
    """Read an issued bill and its layout.

    Raises:
        InvalidInput: where one of them cannot be read.
    """
    layout = Layout() if mapping is None else load(Layout, mapping, max_bytes=max_bytes)
    text = read_text(issued, max_bytes=max_bytes)
    if PurePath(text.name).suffix.lower() == ".csv":
        return read_csv(text.content, layout=layout, place=Lines(text.name, text.content).place)
    document = parse_document(text.content, name=text.name)
    return read_data(document.data, layout=layout, where=document.where, where_key=document.where_key)
