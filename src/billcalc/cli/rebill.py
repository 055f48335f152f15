"""``billcalc rebill``: bills that were wrong are cancelled and billed anew, with a letter that says why."""

from pathlib import Path

import click

from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.exits import epilog
from billcalc.cli.speaking import misused
from billcalc.cli.statements import write_statements
from billcalc.corrections.letter import bills_of, letter
from billcalc.corrections.rebill import rebill as rebilled
from billcalc.corrections.report import correction_text
from billcalc.explain.problems import doubts_block
from billcalc.files.text import MAX_BYTES
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.library.catalog import load_catalog
from billcalc.runs.corrections import correction_rules, read_case, read_earlier, read_made, undo
from billcalc.runs.guarding import check_outputs
from billcalc.wire.corrections import correction_data
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.parsing import Misuse

__all__ = ["rebill"]

_EPILOG = epilog(
    "rebill",
    "billcalc rebill case.yaml",
    "billcalc rebill case.yaml --format json > correction.json",
    "billcalc rebill case.yaml --earlier correction.json --format html --out letter.html",
    "billcalc rebill correction.json --undo",
)


@click.command(epilog=_EPILOG)
@click.argument("case")
@click.option(
    "--format", "shape", type=click.Choice(["table", "json", "xlsx", "html"]), default="table", show_default=True
)
@click.option("--out", type=FILE)
@click.option("--earlier", type=FILE, multiple=True)
@click.option("--undo", "is_undo", is_flag=True)
@language_option()
@click.option("--tariffs", type=FILE, metavar="DIR")
@click.option("--max-bytes", type=click.IntRange(min=1), default=MAX_BYTES, show_default=True)
def rebill(
    *,
    case: str,
    shape: str,
    out: Path | None,
    earlier: tuple[Path, ...],
    is_undo: bool,
    lang: str | None,
    tariffs: Path | None,
    max_bytes: int,
) -> None:
    """Correct the bills of CASE, a YAML or JSON file, or - for standard input."""
    if (out is not None) != (shape in ("xlsx", "html")):
        raise click.UsageError(misused(Misuse.OUT_AND_FORMAT))
    answers = Answers(shape, lang)
    try:
        if out is not None:
            check_outputs([out], [*([] if case == "-" else [case]), *earlier])
        before = read_earlier(earlier)
        made, told = read_made(case, max_bytes=max_bytes) if is_undo else (None, read_case(case, max_bytes=max_bytes))
        catalog = load_catalog(tariffs, areas=sorted({month.billed.area for month in told.case.months}))
    except InvalidInput as invalid:
        answers.reject(invalid.faults)
    try:
        if made is None:
            found = rebilled(told.case, catalog, correction_rules(), earlier=before)
        else:
            found = undo(made, told.case, catalog, earlier=before)
    except InvalidInput as invalid:
        answers.reject(invalid.faults, document=told)
    if isinstance(found, Refusal):
        answers.refuse(found, told)
    letter_in = LEXICONS[Language.CHINESE if lang is None else Language(lang)]
    if out is not None:
        doubts = tuple(doubts_block(found.doubts, letter_in))
        parts = [
            (*letter(found, lexicon=letter_in), *doubts),
            *(blocks for _, blocks in bills_of(found, lexicon=letter_in)),
        ]
        write_statements(parts, shape, out, letter_in)
    elif answers.is_json:
        answers.data(correction_data(found, lexicon=answers.data_lexicon, letter_in=letter_in))
    else:
        answers.text(correction_text(found, lexicon=answers.lexicon))
