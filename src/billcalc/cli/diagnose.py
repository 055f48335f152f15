"""``billcalc diagnose``: which causes an issued bill's difference comes from, and how much each is."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from billcalc.audit.diagnose import Diagnosis, Status
from billcalc.audit.diagnose import diagnose as diagnosed
from billcalc.audit.diagnose.report import diagnosis_text
from billcalc.cli.answers import FILE, Answers, bill_options
from billcalc.cli.compare import read_issued
from billcalc.cli.diagnose_bulk import diagnose_bulk
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.one_or_many import one_or_many
from billcalc.cli.speaking import misused
from billcalc.cli.table_runs import needed
from billcalc.files.writing import replacing
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.ready_layouts import ready_layout
from billcalc.wire.diagnosis import diagnosis_data
from billcalc.wire.proved import proved_diagnosis
from billcalc.words.parsing import Misuse

__all__ = ["diagnose"]

_EPILOG = epilog(
    "diagnose",
    "billcalc diagnose request.yaml issued.yaml",
    "billcalc diagnose request.yaml issued.csv --mapping layout.yaml --lang zh",
    "billcalc diagnose request.yaml issued.json --format json",
    "billcalc diagnose request.yaml issued.json --format json --proof | billcalc verify -",
    "billcalc diagnose request.yaml issued.csv --format xlsx --out causes.xlsx --lang zh",
    "billcalc diagnose --bulk issued.csv --requests accounts.parquet --out causes.xlsx --lang zh",
)


@click.command(cls=one_or_many(diagnose_bulk, "diagnose --bulk"), epilog=_EPILOG)
@partial(bill_options, shapes=("table", "json", "xlsx"))
@click.argument("issued")
@click.option("--out", type=FILE)
@click.option("--mapping", metavar="FILE")
@click.option("--layout", metavar="NAME")
@click.option("--proof", is_flag=True)
def diagnose(
    *,
    request: str,
    issued: str,
    shape: str,
    lang: str | None,
    tariffs: Path | None,
    max_bytes: int,
    mapping: str | None,
    layout: str | None,
    out: Path | None,
    proof: bool,
) -> None:
    """Name the causes of what ISSUED, a bill as YAML, JSON or CSV, differs from the bill of REQUEST by."""
    if (out is not None) != (shape == "xlsx"):
        raise click.UsageError(misused(Misuse.OUT_AND_XLSX))
    if mapping is not None and layout is not None:
        raise click.UsageError(misused(Misuse.LAYOUT_AND_MAPPING))
    if proof and shape != "json":
        raise click.UsageError(misused(Misuse.PROOF))
    needed(("numpy",), "bulk")
    answers = Answers(shape, lang)
    try:
        if out is not None:
            _check(out, [name for name in (request, issued, mapping) if name not in (None, "-")])
        words = None if layout is None else ready_layout(layout)
        reading = read_issued(issued, mapping, max_bytes, answers, words=words)
    except InvalidInput as error:
        answers.reject(error.faults)
    diagnosis = answers.of_request(
        lambda asked, catalog: diagnosed(asked, reading.bill, catalog, unread=reading.unread),
        request,
        tariffs=tariffs,
        max_bytes=max_bytes,
    )
    if out is not None:
        _write(diagnosis, out, answers)
    elif proof:
        answers.data(proved_diagnosis(diagnosis, lexicon=answers.data_lexicon, reading=reading))
    elif answers.is_json:
        answers.data(diagnosis_data(diagnosis, lexicon=answers.data_lexicon))
    else:
        answers.text(diagnosis_text(diagnosis, lexicon=answers.lexicon))
    if reading.faults:
        raise SystemExit(Exit.INVALID)
    if diagnosis.status is not Status.AGREES:
        raise SystemExit(Exit.DIFFERS)


def _check(out: Path, names: Sequence[str | None]) -> None:
    """See that writing would harm nothing that is read.

    Raises:
        InvalidInput: where it would.
    """
    from billcalc.runs.guarding import check_outputs

    needed(("xlsxwriter",), "excel")
    check_outputs([out], [name for name in names if name is not None])


def _write(diagnosis: Diagnosis, out: Path, answers: Answers) -> None:
    from billcalc.tables.diagnosis_workbook import write_diagnosis

    with replacing(out) as (file,):
        write_diagnosis(diagnosis, file, lexicon=answers.lexicon)
