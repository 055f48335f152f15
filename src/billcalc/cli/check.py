"""``billcalc check``: what looks wrong in a customer's file and in the flow, before anything is recomputed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from billcalc.audit.checks.check import Level
from billcalc.audit.checks.facts import facts_of, with_history
from billcalc.audit.checks.judging import Answer, Finding, judge
from billcalc.audit.checks.limits import Limits, Of
from billcalc.audit.checks.report import checks_text
from billcalc.cli.answers import FILE, Answers, bill_options
from billcalc.cli.exits import Exit, epilog
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.runs.check_limits import limits_documents
from billcalc.runs.history import history_of
from billcalc.wire.checks import checks_data

if TYPE_CHECKING:
    from billcalc.billing.bill import Bill
    from billcalc.billing.request import Request
    from billcalc.tariff.catalog import Catalog

__all__ = ["check"]

_EPILOG = epilog(
    "check",
    "billcalc check request.yaml",
    "billcalc check request.yaml --history 2025/ --lang zh",
    "billcalc check request.yaml --thresholds ours.yaml --account A-1 --format json",
)


@click.command(epilog=_EPILOG)
@bill_options
@click.option("--history", type=FILE, metavar="DIR")
@click.option("--thresholds", multiple=True, metavar="FILE")
@click.option("--company", metavar="NAME")
@click.option("--account", metavar="ID")
def check(
    *,
    request: str,
    shape: str,
    lang: str | None,
    tariffs: Path | None,
    max_bytes: int,
    history: Path | None,
    thresholds: tuple[str, ...],
    company: str | None,
    account: str | None,
) -> None:
    """Check the file and the flow of REQUEST, a YAML or JSON file, or - for standard input."""
    from billcalc.billing.calculate import calculate

    answers = Answers(shape, lang)
    try:
        documents = limits_documents(thresholds)
    except InvalidInput as error:
        answers.reject(error.faults)

    def answered(asked: "Request", catalog: "Catalog") -> "tuple[Bill, tuple[Finding, ...]] | Refusal":
        bill = calculate(asked, catalog, derivation=False)
        if isinstance(bill, Refusal):
            return bill
        earlier = () if history is None else history_of(history, catalog)
        if isinstance(earlier, Refusal):
            return earlier
        entry = [each for each in asked.agreement if each.start < asked.period.end][-1]
        classes = {group.customer_class for group in entry.groups.values()}
        whom = Of.model_construct(
            company=company, account=account, customer_class=classes.pop() if len(classes) == 1 else None
        )
        limits = Limits.of(documents, asked.period.start, whom)
        return bill, judge(with_history(facts_of(asked, bill), earlier), limits)

    bill, findings = answers.of_request(answered, request, tariffs=tariffs, max_bytes=max_bytes)
    if answers.is_json:
        answers.data(checks_data(findings, bill, lexicon=answers.data_lexicon))
    else:
        answers.text(checks_text(findings, bill, lexicon=answers.lexicon))
    if any(each.answer is Answer.SPEAKS and each.check.level is not Level.ADVICE for each in findings):
        raise SystemExit(Exit.DIFFERS)
