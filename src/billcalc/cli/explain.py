"""``billcalc explain``: how the lines of a bill came about."""

from collections.abc import Sequence
from pathlib import Path

import click

from billcalc.billing.bill import Line
from billcalc.cli.answers import Answers, bill_options
from billcalc.cli.exits import epilog
from billcalc.explain.derivation import derivation_text
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault
from billcalc.vocabulary import Section, components_named
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
    chosen = {each: _codes(each, bill.lines) for each in codes}
    unknown = [each for each, found in chosen.items() if not found]
    if unknown:
        facts = {"kind": "line", "known": ", ".join(dict.fromkeys(line.code for line in bill.lines))}
        answers.reject(Fault(FaultCode.UNKNOWN_REFERENCE, "--line", {**facts, "id": each}) for each in unknown)
    shown = {code for found in chosen.values() for code in found}
    lines = [line for line in bill.lines if not codes or line.code in shown]
    if answers.is_json:
        answers.data(derivation_data(bill, lines, lexicon=answers.data_lexicon))
    else:
        answers.text(derivation_text(bill, lines, lexicon=answers.lexicon))


def _codes(told: str, lines: Sequence[Line]) -> set[str]:
    """The codes of the lines that a code, or a name of a component or of a section, means."""
    named, section = components_named(told), Section.named(told) if not told.isascii() else None
    return {line.code for line in lines if line.code in named or line.section is section}
