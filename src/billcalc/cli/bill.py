"""``billcalc bill``: calculate one bill."""

from pathlib import Path

import click

from billcalc.cli.answers import Answers, bill_options
from billcalc.cli.exits import epilog
from billcalc.explain.table import bill_table
from billcalc.wire.bill import bill_data, proof_data

__all__ = ["bill"]

_EPILOG = epilog(
    "bill",
    "billcalc bill request.yaml",
    "billcalc bill request.yaml --format json --no-derivation",
    "billcalc bill request.yaml --format json --proof > bill.json && billcalc verify bill.json",
    "billcalc bill - --tariffs my-tariffs < request.json",
)


@click.command(epilog=_EPILOG)
@bill_options
@click.option("--no-derivation", is_flag=True, help="Leave out how the lines came about (JSON only shows it).")
@click.option("--proof", is_flag=True, help="Seal the JSON, with its documents in it, for billcalc verify.")
def bill(
    *,
    request: str,
    shape: str,
    lang: str | None,
    tariffs: Path | None,
    max_bytes: int,
    no_derivation: bool,
    proof: bool,
) -> None:
    """Calculate the bill of REQUEST, a YAML or JSON file, or - for standard input."""
    if proof and (no_derivation or shape != "json"):
        raise click.UsageError("--proof needs --format json and the derivation")
    answers = Answers(shape, lang)
    result = answers.bill(request, tariffs=tariffs, max_bytes=max_bytes, derivation=not no_derivation)
    if proof:
        answers.data(proof_data(result, lexicon=answers.data_lexicon))
    elif answers.is_json:
        answers.data(bill_data(result, lexicon=answers.data_lexicon))
    else:
        answers.text(bill_table(result, lexicon=answers.lexicon))
