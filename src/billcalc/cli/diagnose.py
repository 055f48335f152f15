"""``billcalc diagnose``: which causes an issued bill's difference comes from, and how much each is."""

from pathlib import Path

import click

from billcalc.audit.diagnose import Status
from billcalc.audit.diagnose import diagnose as diagnosed
from billcalc.audit.diagnose.report import diagnosis_text
from billcalc.cli.answers import Answers, bill_options
from billcalc.cli.compare import read_issued
from billcalc.cli.exits import Exit, epilog
from billcalc.kernel.troubles import InvalidInput
from billcalc.wire.diagnosis import diagnosis_data

__all__ = ["diagnose"]

_EPILOG = epilog(
    "diagnose",
    "billcalc diagnose request.yaml issued.yaml",
    "billcalc diagnose request.yaml issued.csv --mapping layout.yaml --lang zh",
    "billcalc diagnose request.yaml issued.json --format json",
)


@click.command(epilog=_EPILOG)
@bill_options
@click.argument("issued")
@click.option("--mapping", metavar="FILE")
def diagnose(
    *,
    request: str,
    issued: str,
    shape: str,
    lang: str | None,
    tariffs: Path | None,
    max_bytes: int,
    mapping: str | None,
) -> None:
    """Name the causes of what ISSUED, a bill as YAML, JSON or CSV, differs from the bill of REQUEST by."""
    answers = Answers(shape, lang)
    try:
        reading = read_issued(issued, mapping, max_bytes, answers)
    except InvalidInput as error:
        answers.reject(error.faults)
    diagnosis = answers.of_request(
        lambda asked, catalog: diagnosed(asked, reading.bill, catalog, unread=reading.unread),
        request,
        tariffs=tariffs,
        max_bytes=max_bytes,
    )
    if answers.is_json:
        answers.data(diagnosis_data(diagnosis, lexicon=answers.data_lexicon))
    else:
        answers.text(diagnosis_text(diagnosis, lexicon=answers.lexicon))
    if reading.faults:
        raise SystemExit(Exit.INVALID)
    if diagnosis.status is not Status.AGREES:
        raise SystemExit(Exit.DIFFERS)
