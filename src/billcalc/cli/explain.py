"""``billcalc explain``: how the lines of a bill came about."""

from pathlib import Path

import click

from billcalc.cli.answers import Answers, bill_options
from billcalc.cli.exits import epilog
from billcalc.explain.derivation import derivation_text
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault
from billcalc.wire.derivation import derivation_data

__all__ = ["explain"]

_EPILOG = epilog(
    "explain",
    "billcalc explain request.yaml",
    "billcalc explain request.yaml --line capacity --line power_factor --lang zh",
    "billcalc explain - --format json < request.json",
)


@click.command(epilog=_EPILOG)
@bill_options
@click.option("--line", "codes", multiple=True, metavar="CODE")
def explain(
    *, request: str, shape: str, lang: str | None, tariffs: Path | None, max_bytes: int, codes: tuple[str, ...]
) -> None:
    """Show how the lines of REQUEST's bill came about: formulas, numbers, roundings, documents."""
    answers = Answers(shape, lang)
    bill = answers.bill(request, tariffs=tariffs, max_bytes=max_bytes)
    known = dict.fromkeys(line.code for line in bill.lines)
    unknown = [code for code in codes if code not in known]
    if unknown:
        facts = {"kind": "line", "known": ", ".join(known)}
        answers.reject(Fault(FaultCode.UNKNOWN_REFERENCE, "--line", {**facts, "id": code}) for code in unknown)
    lines = [line for line in bill.lines if not codes or line.code in codes]
    if answers.is_json:
        answers.data(derivation_data(bill, lines, lexicon=answers.data_lexicon))
    else:
        answers.text(derivation_text(bill, lines, lexicon=answers.lexicon))
