"""``billcalc bill``: calculate one bill."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from billcalc.cli.answers import FILE, Answers, bill_options, interval_names
from billcalc.cli.dry_runs import dry_option, tell_files
from billcalc.cli.exits import epilog
from billcalc.cli.speaking import misused
from billcalc.explain.statement import Block, statement
from billcalc.explain.statement_page import statement_page
from billcalc.explain.table import bill_table
from billcalc.files.writing import replacing, write_file
from billcalc.kernel.troubles import InvalidInput
from billcalc.wire.bill import bill_data, proof_data
from billcalc.words.parsing import Misuse

__all__ = ["bill"]

_EPILOG = epilog(
    "bill",
    "billcalc bill request.yaml",
    "billcalc bill request.yaml --format json --no-derivation",
    "billcalc bill request.yaml --format json --proof > bill.json && billcalc verify bill.json",
    "billcalc bill request.yaml --format xlsx --out bill.xlsx",
    "billcalc bill - --tariffs my-tariffs < request.json",
)


@click.command(epilog=_EPILOG)
@partial(bill_options, shapes=("table", "json", "xlsx", "html"))
@click.option("--out", type=FILE)
@dry_option
@click.option("--no-derivation", is_flag=True)
@click.option("--proof", is_flag=True)
def bill(
    *,
    request: str,
    shape: str,
    lang: str | None,
    tariffs: Path | None,
    max_bytes: int,
    no_derivation: bool,
    proof: bool,
    out: Path | None,
    is_dry: bool,
) -> None:
    """Calculate the bill of REQUEST, a YAML or JSON file, or - for standard input."""
    if proof and (no_derivation or shape != "json"):
        raise click.UsageError(misused(Misuse.PROOF))
    if (out is not None) != (shape in ("xlsx", "html")):
        raise click.UsageError(misused(Misuse.OUT_AND_FORMAT))
    answers = Answers(shape, lang)
    result = answers.bill(request, tariffs=tariffs, max_bytes=max_bytes, derivation=not no_derivation)
    if is_dry:
        _tell_dry(request, out, answers)
    elif proof:
        answers.data(proof_data(result, lexicon=answers.data_lexicon))
    elif out is not None:
        _write(statement(result, lexicon=answers.lexicon), shape, out, request, answers)
    elif answers.is_json:
        answers.data(bill_data(result, lexicon=answers.data_lexicon))
    else:
        answers.text(bill_table(result, lexicon=answers.lexicon))


def _check(out: Path, request: str, answers: Answers) -> None:
    """See that writing harms nothing that is read, or end the command."""
    from billcalc.runs.guarding import check_outputs

    try:
        check_outputs([out], [*([] if request == "-" else [request]), *interval_names()])
    except InvalidInput as invalid:
        answers.reject(invalid.faults)


def _tell_dry(request: str, out: Path | None, answers: Answers) -> None:
    """Say what was read and would be written: the bill can be calculated."""
    if out is not None:
        _check(out, request, answers)
    tell_files(answers, [request, *interval_names()], [] if out is None else [out])


def _write(blocks: Sequence[Block], shape: str, out: Path, request: str, answers: Answers) -> None:
    """Write a statement, unless that would harm what is read."""
    _check(out, request, answers)
    if shape == "html":
        write_file(out, statement_page(blocks, lexicon=answers.lexicon))
        return
    from billcalc.cli.table_runs import needed

    needed(("xlsxwriter",), "excel")
    from billcalc.tables.statement_workbook import write_statement

    with replacing(out) as (file,):
        write_statement(blocks, file)
