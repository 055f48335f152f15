"""``billcalc verify``: check a bill's JSON by what stands in it."""

import json

import click

from billcalc.cli.answers import Answers, language_option
from billcalc.cli.exits import Exit, epilog
from billcalc.files.documents import Format, parse_document
from billcalc.files.text import read_text
from billcalc.kernel.troubles import InvalidInput
from billcalc.verify import report
from billcalc.verify import verify as findings_of
from billcalc.words.language import Language

__all__ = ["verify"]

_EPILOG = epilog(
    "verify",
    "billcalc bill request.yaml --format json --proof > bill.json",
    "billcalc verify bill.json",
    "billcalc verify - --lang zh < bill.json",
)
_MAX_BYTES = 64 * 1024 * 1024
"""A bill with its documents in it is larger than any request."""


@click.command(epilog=_EPILOG)
@click.argument("bill")
@language_option()
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True)
def verify(*, bill: str, lang: str | None, shape: str) -> None:
    """Check BILL, the JSON of a bill, step by step by what stands in it; - is standard input.

    The file billcalc/verify.py does the same by itself: it needs Python and nothing of billcalc.
    """
    answers = Answers(shape, lang)
    try:
        text = read_text(bill, max_bytes=_MAX_BYTES)
        parse_document(text.content, name=text.name, written_in=Format.JSON)
    except InvalidInput as error:
        answers.reject(error.faults)
    findings = findings_of(json.loads(text.content))
    language = "zh" if answers.language is Language.CHINESE else "en"
    if answers.is_json:
        language = "zh" if lang == "zh" else "en"
        told = [
            {"where": each.where, "code": each.code, "message": each.sentence(language), "is_open": each.is_open}
            for each in findings
        ]
        answers.data({"kind": "verification", "findings": told})
    else:
        click.echo(report(findings, language), nl=False)
    if any(not each.is_open for each in findings):
        raise SystemExit(Exit.DIFFERS)
