"""``billcalc compare``: an issued bill beside the recomputed one."""

from decimal import Decimal
from pathlib import Path

import click

from billcalc.audit import Layout, Reading, read_data, read_rows
from billcalc.audit import compare as compared
from billcalc.audit.ready_layouts import ReadyLayout
from billcalc.audit.report import comparison_text
from billcalc.cli.answers import Answers, bill_options
from billcalc.cli.compare_bulk import amount_option, compare_bulk
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.one_or_many import one_or_many
from billcalc.cli.speaking import misused
from billcalc.files.documents import parse_document
from billcalc.files.loading import load
from billcalc.files.text import read_text
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.ready_layouts import ready_layout
from billcalc.tables.readers import is_table, read_grid
from billcalc.wire.comparison import comparison_data
from billcalc.wire.proved import proved_comparison
from billcalc.words.parsing import Misuse

__all__ = ["compare", "read_issued"]

_EPILOG = epilog(
    "compare",
    "billcalc compare request.yaml issued.yaml",
    "billcalc compare request.yaml issued.csv --mapping layout.yaml --lang zh",
    "billcalc compare request.yaml issued.csv --layout state-grid",
    "billcalc compare request.yaml issued.json --format json --tolerance 0.01",
    "billcalc compare request.yaml issued.json --format json --proof | billcalc verify -",
    "billcalc compare --bulk issued.csv --requests accounts.parquet --out differences.xlsx",
)


@click.command(cls=one_or_many(compare_bulk, "compare --bulk"), epilog=_EPILOG)
@bill_options
@click.argument("issued")
@click.option("--mapping", metavar="FILE")
@click.option("--layout", metavar="NAME")
@click.option(
    "--tolerance",
    default="0",
    show_default=True,
    callback=amount_option,
)
@click.option("--proof", is_flag=True)
def compare(
    *,
    request: str,
    issued: str,
    shape: str,
    lang: str | None,
    tariffs: Path | None,
    max_bytes: int,
    mapping: str | None,
    layout: str | None,
    tolerance: Decimal,
    proof: bool,
) -> None:
    """Compare ISSUED, a bill as YAML, JSON or a table, with the bill of REQUEST."""
    if mapping is not None and layout is not None:
        raise click.UsageError(misused(Misuse.LAYOUT_AND_MAPPING))
    if proof and shape != "json":
        raise click.UsageError(misused(Misuse.PROOF))
    answers = Answers(shape, lang)
    bill = answers.bill(request, tariffs=tariffs, max_bytes=max_bytes)
    try:
        words = None if layout is None else ready_layout(layout)
        reading = read_issued(issued, mapping, max_bytes, answers, words=words)
    except InvalidInput as error:
        answers.reject(error.faults)
    comparison = compared(bill, reading.bill, tolerance=tolerance, unread=reading.unread)
    if answers.is_json:
        shown = proved_comparison if proof else comparison_data
        answers.data(shown(comparison, reading=reading, lexicon=answers.data_lexicon))
    else:
        answers.text(comparison_text(comparison, reading=reading, lexicon=answers.lexicon))
    if reading.faults:
        raise SystemExit(Exit.INVALID)
    if not comparison.agrees:
        raise SystemExit(Exit.DIFFERS)


def read_issued(
    issued: str, mapping: str | None, max_bytes: int, answers: Answers, *, words: ReadyLayout | None = None
) -> Reading:
    """Read an issued bill and its layout, or one that comes with the program; of a text that is not UTF-8 say so.

    Raises:
        InvalidInput: where one of them cannot be read.
    """
    layout = (words or Layout()) if mapping is None else load(Layout, mapping, max_bytes=max_bytes)
    if is_table(issued):
        grid = read_grid(issued, max_bytes=max_bytes)
        answers.read_grid(grid)
        if words is not None and grid.rows:
            layout = words.fitted([cell.text for cell in grid.rows[0]], where=grid.rows[0][0].where)
        reading = read_rows(grid.rows, layout=layout, where=grid.name)
        answers.left_unread(grid.name, reading.unread_columns)
        return reading
    text = read_text(issued, max_bytes=max_bytes)
    document = parse_document(text.content, name=text.name)
    return read_data(document.data, layout=layout, where=document.where, where_key=document.where_key)
