"""``billcalc simulate``: variants of one request, and by which lines each bill differs."""

from functools import partial
from pathlib import Path

import click

from billcalc.advice.simulated import simulation_statement
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.cli.answers import FILE, Answers, bill_options, interval_names
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.speaking import misused
from billcalc.cli.statements import write_statements
from billcalc.explain.block_text import block_text
from billcalc.files.loading import load
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.library.catalog import load_catalog
from billcalc.runs.guarding import check_outputs
from billcalc.runs.simulating import Variants, areas_of, variant_bill
from billcalc.wire.simulation import simulation_data
from billcalc.words.parsing import Misuse

__all__ = ["simulate"]

_EPILOG = epilog(
    "simulate",
    "billcalc simulate request.yaml variants.yaml",
    "billcalc simulate request.yaml variants.yaml --format json > simulation.json",
    "billcalc simulate request.yaml variants.yaml --format xlsx --out simulation.xlsx --lang zh",
)


@click.command(epilog=_EPILOG)
@partial(bill_options, shapes=("table", "json", "xlsx", "html"))
@click.argument("variants")
@click.option("--out", type=FILE)
def simulate(
    *,
    request: str,
    variants: str,
    shape: str,
    lang: str | None,
    tariffs: Path | None,
    max_bytes: int,
    out: Path | None,
) -> None:
    """Bill VARIANTS of REQUEST, YAML or JSON files, and tell by which lines each differs."""
    if (out is not None) != (shape in ("xlsx", "html")):
        raise click.UsageError(misused(Misuse.OUT_AND_FORMAT))
    answers = Answers(shape, lang)
    document, data, asked = answers.asked(request, tariffs=tariffs, max_bytes=max_bytes)
    try:
        if out is not None:
            check_outputs([out], [*(each for each in (request, variants) if each != "-"), *interval_names()])
        told = load(Variants, variants, max_bytes=max_bytes).variants
        catalog = load_catalog(tariffs, areas=areas_of(asked, told))
    except InvalidInput as invalid:
        answers.reject(invalid.faults)
    try:
        base = calculate(asked, catalog, derivation=False)
    except InvalidInput as invalid:
        answers.reject(invalid.faults, document=document)
    if isinstance(base, Refusal):
        answers.refuse(base, document)
    found = {
        each.name: variant_bill(data, each, catalog, where=f"/variants/{number}") for number, each in enumerate(told)
    }
    if out is not None:
        write_statements([simulation_statement(base, found, lexicon=answers.lexicon)], shape, out, answers.lexicon)
    elif answers.is_json:
        answers.data(simulation_data(base, found, lexicon=answers.data_lexicon))
    else:
        answers.text(block_text(simulation_statement(base, found, lexicon=answers.lexicon)))
    if not all(isinstance(each, Bill) for each in found.values()):
        raise SystemExit(Exit.DIFFERS)
