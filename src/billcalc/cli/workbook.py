"""``billcalc workbook``: a form for a spreadsheet, and what was filled in as requests."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import click

from billcalc.bulk.paths import ACCOUNT
from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.form import Trouble, answered, asked, customer_of, filled_request
from billcalc.cli.new_request import Customer, request_text
from billcalc.cli.table_runs import needed
from billcalc.explain.printing import Role, printed
from billcalc.fields.cells import Row
from billcalc.files.documents import parse_document
from billcalc.files.text import MAX_BYTES
from billcalc.files.writing import replacing, write_file
from billcalc.kernel.closed_lists import normal
from billcalc.kernel.troubles import InvalidInput
from billcalc.tables.readers import read_grid
from billcalc.words.forms import FORM
from billcalc.words.language import Language, in_language
from billcalc.words.questions import NOTES, REFUSALS_OF_ANSWERS, AnswerFault, Note

__all__ = ["workbook"]

_NEW = epilog("workbook new", "billcalc workbook new --lang zh", "billcalc workbook new --many --out accounts.xlsx")
_READ = epilog(
    "workbook read",
    "billcalc workbook read form.xlsx --out request.yaml",
    "billcalc workbook read accounts.xlsx --out requests.csv",
)


@click.group()
def workbook() -> None:
    """Forms to fill in with a spreadsheet."""


@workbook.command(epilog=_NEW)
@click.option("--many", is_flag=True)
@click.option("--out", type=FILE, default=Path("form.xlsx"), show_default=True)
@language_option()
def new(*, many: bool, out: Path, lang: str | None) -> None:
    """Write a form with the questions that a bill needs."""
    needed(("xlsxwriter",), "excel")
    from billcalc.tables.form_workbook import write_form

    answers = Answers("table", lang)
    _new_file(out, answers)
    with replacing(out) as (file,):
        write_form(file, asked(answers.language), in_language(FORM, answers.language), is_for_many=many)
    answers.text([printed(FORM["written"].of(answers.language).format(path=out))])


@workbook.command(epilog=_READ)
@click.argument("form", metavar="FORM.xlsx")
@click.option("--out", type=FILE)
@language_option()
def read(*, form: str, out: Path | None, lang: str | None) -> None:
    """Read a form that was filled in as a request, or that of many accounts as a table for billcalc batch."""
    needed(("python_calamine",), "excel")
    answers = Answers("table", lang)
    try:
        grid = read_grid(form, max_bytes=MAX_BYTES)
    except InvalidInput as invalid:
        answers.reject(invalid.faults)
    answers.read_grid(grid)
    head, *rows = grid.rows
    is_for_many = normal(head[0].text) in {normal(each) for each in (FORM["account"].chinese, FORM["account"].english)}
    out = out or Path("requests.csv" if is_for_many else "request.yaml")
    _new_file(out, answers)
    if is_for_many:
        write_file(out, _table(head, rows, answers))
    else:
        request, troubles = filled_request(grid, answers.language)
        _reject(troubles, answers)
        write_file(out, request)
    command = f"billcalc batch {out} --out bills.csv" if is_for_many else f"billcalc bill {out}"
    answers.text([printed(FORM["read"].of(answers.language).format(path=out, command=command))])


def _new_file(out: Path, answers: Answers) -> None:
    """End the command where a file is there already."""
    if out.exists():
        click.echo(NOTES[Note.EXISTS].of(answers.language).format(path=out), err=True)
        raise SystemExit(Exit.INVALID)


def _table(head: Row, rows: Sequence[Row], answers: Answers) -> str:
    """The requests of many accounts as a table whose columns are paths."""
    requests: list[dict[str, str]] = []
    troubles: list[Trouble] = []
    for row in rows:
        told, wrong = answered(zip(head[1:], row[1:], strict=True))
        customer, more = customer_of(told, where=row[0].where, language=answers.language)
        troubles += wrong + more
        if not row[0].text:
            known = FORM["account"].of(answers.language)
            troubles.append(Trouble(row[0].where, AnswerFault.MISSING, {"known": known}))
        if not (wrong or more):
            requests.append({ACCOUNT: row[0].text, **_flat(_data(customer), "")})
    _reject(troubles, answers)
    columns = list(dict.fromkeys(column for request in requests for column in request))
    text = StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(requests)
    return text.getvalue()


def _data(customer: Customer) -> Any:
    return parse_document(request_text(customer, Language.ENGLISH), name="request.yaml").data


def _flat(data: Any, place: str) -> dict[str, str]:
    """The leaves of a request by their paths."""
    if not isinstance(data, Mapping | list):
        return {place: str(data).lower() if isinstance(data, bool) else str(data)}
    parts = data.items() if isinstance(data, Mapping) else enumerate(data)
    found: dict[str, str] = {}
    for key, value in parts:
        found |= _flat(value, f"{place}.{key}" if place else str(key))
    return found


def _reject(troubles: Sequence[Trouble], answers: Answers) -> None:
    """Say what cannot be taken, each with the address of its cell, and end the command; go on where all can."""
    for each in troubles:
        said = REFUSALS_OF_ANSWERS[each.fault].of(answers.language).format_map(each.facts)
        answers.text([printed(f"{each.where}: {said}", Role.DOUBT)], err=True)
    if troubles:
        raise SystemExit(Exit.INVALID)
