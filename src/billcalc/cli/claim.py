"""``billcalc claim``: late fees, charges for breach of contract, theft, and energy that no meter counted."""

from pathlib import Path

import click

from billcalc.claims.case import ClaimCase
from billcalc.claims.claimed import claimed
from billcalc.claims.doubts import doubts_of_case
from billcalc.claims.statement import claims_statement
from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.exits import epilog
from billcalc.cli.speaking import misused
from billcalc.cli.statements import write_statements
from billcalc.explain.block_text import block_text
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.files.text import MAX_BYTES
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.catalog import load_catalog
from billcalc.runs.claims import claim_rules
from billcalc.runs.guarding import check_outputs
from billcalc.wire.claims import claims_data
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.parsing import Misuse

__all__ = ["claim"]

_EPILOG = epilog(
    "claim",
    "billcalc claim case.yaml",
    "billcalc claim case.yaml --format html --out statement.html",
)


@click.command(epilog=_EPILOG)
@click.argument("case")
@click.option(
    "--format", "shape", type=click.Choice(["table", "json", "xlsx", "html"]), default="table", show_default=True
)
@click.option("--out", type=FILE)
@language_option()
@click.option("--max-bytes", type=click.IntRange(min=1), default=MAX_BYTES, show_default=True)
def claim(*, case: str, shape: str, out: Path | None, lang: str | None, max_bytes: int) -> None:
    """Compute what CASE claims, a YAML or JSON file, or - for standard input."""
    if (out is not None) != (shape in ("xlsx", "html")):
        raise click.UsageError(misused(Misuse.OUT_AND_FORMAT))
    answers = Answers(shape, lang)
    document = None
    try:
        if out is not None:
            check_outputs([out], [] if case == "-" else [case])
        document = read_document(case, max_bytes=max_bytes)
        told = validated(ClaimCase, document.data, where=document.where, where_key=document.where_key)
    except InvalidInput as invalid:
        answers.reject(invalid.faults)
    try:
        found, doubts = claimed(told, claim_rules()), doubts_of_case(told, load_catalog(areas=["cn"]))
    except InvalidInput as invalid:
        answers.reject(invalid.faults, document=document)
    if out is not None:
        lexicon = LEXICONS[Language.CHINESE if lang is None else Language(lang)]
        write_statements([claims_statement(found, doubts, lexicon=lexicon)], shape, out, lexicon)
    elif answers.is_json:
        answers.data(claims_data(found, doubts, lexicon=answers.lexicon))
    else:
        answers.text(block_text(claims_statement(found, doubts, lexicon=answers.lexicon)))
