"""``billcalc check``: what looks wrong in a customer's file and in the flow, before anything is recomputed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from billcalc.audit.checks.account import Checked, check_account, check_history
from billcalc.audit.checks.check import Level
from billcalc.audit.checks.elimination_report import change_text
from billcalc.audit.checks.judging import Answer
from billcalc.audit.checks.report import checks_text
from billcalc.cli.answers import FILE, Answers, bill_options
from billcalc.cli.check_bulk import check_bulk
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.one_or_many import one_or_many
from billcalc.cli.speaking import misused
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.runs.check_limits import limits_documents
from billcalc.runs.history import history_of
from billcalc.wire.checks import checks_data
from billcalc.words.parsing import Misuse

if TYPE_CHECKING:
    from billcalc.billing.request import Request
    from billcalc.tariff.catalog import Catalog

__all__ = ["check"]

_EPILOG = epilog(
    "check",
    "billcalc check request.yaml",
    "billcalc check request.yaml --history 2025/ --lang zh",
    "billcalc check request.yaml --history 2025/ --explain-change",
    "billcalc check request.yaml --thresholds ours.yaml --account A-1 --format json",
    "billcalc check --bulk accounts.parquet --history months.parquet --out findings.csv",
)


@click.command(cls=one_or_many(check_bulk, "check --bulk", "--bulk IN --out OUT [OPTIONS]"), epilog=_EPILOG)
@bill_options
@click.option("--history", type=FILE, metavar="PATH")
@click.option("--thresholds", multiple=True, metavar="FILE")
@click.option("--explain-change", is_flag=True)
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
    explain_change: bool,
    company: str | None,
    account: str | None,
) -> None:
    """Check the file and the flow of REQUEST, a YAML or JSON file, or - for standard input."""
    answers = Answers(shape, lang)
    try:
        documents = limits_documents(thresholds)
    except InvalidInput as error:
        answers.reject(error.faults)

    def answered(asked: "Request", catalog: "Catalog") -> Checked | Refusal:
        earlier = () if history is None else history_of(history, catalog, account=account)
        if isinstance(earlier, Refusal):
            return earlier
        if history is not None and history.is_dir():
            try:
                check_history(asked, earlier)
            except InvalidInput as error:  # its places are in files of the history
                answers.reject(error.faults)
        return check_account(asked, catalog, documents, earlier=earlier, company=company, account=account)

    found = answers.of_request(answered, request, tariffs=tariffs, max_bytes=max_bytes)
    change = found.change if explain_change else None
    if explain_change and change is None:
        raise click.UsageError(misused(Misuse.EXPLAIN_WITHOUT_MONTH))
    if answers.is_json:
        answers.data(checks_data(found.findings, found.bill, change, lexicon=answers.data_lexicon))
    else:
        answers.text(checks_text(found.findings, found.bill, lexicon=answers.lexicon))
        if change is not None:
            answers.text(change_text(change, found.orders, lexicon=answers.lexicon))
    if any(each.answer is Answer.SPEAKS and each.check.level is not Level.ADVICE for each in found.findings):
        raise SystemExit(Exit.DIFFERS)
