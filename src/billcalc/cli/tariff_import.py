"""``billcalc tariffs import``: next month's price notice becomes a tariff document."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.checkout import shipped_tariffs_told
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.speaking import misused, number_words
from billcalc.explain.printing import Role, printed
from billcalc.kernel.decimals import NumberError, parse_decimal
from billcalc.kernel.troubles import InvalidInput
from billcalc.notices.urdb_documents import RateImport
from billcalc.vocabulary import area_named
from billcalc.words.parsing import Misuse

if TYPE_CHECKING:
    from billcalc.library.notices.importing import Imported
    from billcalc.notices.findings import NoticeFinding
    from billcalc.notices.reading import Correction

__all__ = ["import_command"]

_EPILOG = epilog(
    "tariffs import",
    "billcalc tariffs import 2026-09.pdf --area cn-anhui --month 2026-09 --url https://…",
    "billcalc tariffs import 2026-09.pdf --area cn-anhui --month 2026-09 --url https://… --accept",
)


def _month(context: click.Context, parameter: click.Parameter, told: str) -> date:
    try:
        return datetime.strptime(told, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        raise click.BadParameter(misused(Misuse.NO_MONTH, value=told)) from None


def _month_or_none(context: click.Context, parameter: click.Parameter, told: str | None) -> date | None:
    return None if told is None else _month(context, parameter, told)


def _corrections(
    context: click.Context, parameter: click.Parameter, told: Iterable[tuple[str, str, str]]
) -> "tuple[Correction, ...]":
    from billcalc.notices.reading import Correction

    try:
        return tuple(Correction(cell, parse_decimal(number), reason) for cell, number, reason in told)
    except NumberError as error:
        raise click.BadParameter(number_words(error)) from None


@click.command("import", epilog=_EPILOG)
@click.argument("notice", type=FILE, metavar="FILE")
@click.option("--area", required=True)
@click.option("--format", "kind", type=click.Choice(["notice", "urdb"]), default="notice")
@click.option("--until", callback=_month_or_none, metavar="YYYY-MM")
@click.option("--clock", metavar="OFFSET")
@click.option("--month", "day", required=True, callback=_month, metavar="YYYY-MM")
@click.option("--url")
@click.option("--title")
@click.option(
    "--correct",
    "corrections",
    nargs=3,
    multiple=True,
    callback=_corrections,
    metavar="CELL NUMBER REASON",
)
@click.option("--fewer", is_flag=True)
@click.option("--accept", "accepted", is_flag=True)
@click.option("--staging", type=FILE, metavar="FILE")
@click.option("--tariffs", type=FILE, metavar="DIR")
@click.option(
    "--recorded-on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
)
@language_option()
def import_command(
    *,
    notice: Path,
    area: str,
    day: date,
    kind: str,
    until: date | None,
    clock: str | None,
    url: str | None,
    title: str | None,
    corrections: "tuple[Correction, ...]",
    fewer: bool,
    accepted: bool,
    staging: Path | None,
    tariffs: Path | None,
    recorded_on: datetime | None,
    lang: str | None,
) -> None:
    """Read the price notice in FILE (PDF, XLSX, XLS, HTML or CSV), check it, and show it for acceptance."""
    from billcalc.library.notices.importing import Asked, accept, import_notice, keep
    from billcalc.library.notices.reading import NOTICE_BYTES_MAX, read_notice
    from billcalc.notices.findings import NoticeCode, NoticeRejected
    from billcalc.words.notice_tables import IMPORTED

    answers = Answers("table", lang)
    recorded = (recorded_on or datetime.now(UTC)).date()
    if kind == "urdb":
        end = until or day.replace(year=day.year + 1)
        asked_rate = RateImport(area, day, end, recorded, url, clock)
        _import_rate(notice, asked_rate, tariffs or shipped_tariffs_told(), answers, accepted=accepted)
        return
    asked = Asked(area_named(area), day, recorded, title, url, corrections, fewer)
    kept = staging or notice.with_name(f"{notice.name}.import.json")
    try:
        file = read_notice(notice, max_bytes=NOTICE_BYTES_MAX)
        answers.read_as(file.name, file.encoding)
        imported = import_notice(file, asked, tariffs or shipped_tariffs_told())
        _show(imported, answers)
        if imported.text is None:
            _end(answers, Exit.INVALID)
        if accepted:
            accept(imported, kept)
            told = IMPORTED["written"].of(answers.language).format(path=imported.target)
        else:
            keep(imported, kept)
            told = IMPORTED["kept"].of(answers.language).format(path=kept)
    except InvalidInput as error:
        answers.reject(error.faults)
    except NoticeRejected as rejected:
        _tell(rejected.findings, answers)
        lacks = any(each.code is NoticeCode.PACKAGE_MISSING for each in rejected.findings)
        _end(answers, Exit.FAILED if lacks else Exit.INVALID)
    answers.text([printed(told, Role.RESULT)])


def _import_rate(file: Path, asked: RateImport, tariffs: Path, answers: Answers, *, accepted: bool) -> None:
    """Make the documents of a rate, and write them where that was asked for."""
    from billcalc.library.notices.rates import import_rate, lay_down, said_in
    from billcalc.words.notice_tables import IMPORTED

    try:
        documents = import_rate(str(file), asked)
        made = lay_down(documents, tariffs) if accepted else [tariffs / f"{name}.yaml" for name in documents]
    except InvalidInput as error:
        answers.reject(error.faults)
    told = IMPORTED["written" if accepted else "would"].of(answers.language)
    answers.text([printed(told.format(path=path), Role.RESULT) for path in made])
    beside = IMPORTED["beside"].of(answers.language)
    answers.text([printed(beside.format(key=key, text=text), Role.DOUBT) for key, text in said_in(str(file))])


def _show(imported: "Imported", answers: Answers) -> None:
    from billcalc.notices.printing import reading_table

    answers.text(reading_table(imported.reading, imported.last, answers.language))
    _tell(imported.reading.findings, answers)


def _tell(findings: "Iterable[NoticeFinding]", answers: Answers) -> None:
    from billcalc.notices.printing import finding_line

    answers.text((finding_line(each, answers.language) for each in findings), err=True)


def _end(answers: Answers, code: Exit) -> NoReturn:
    from billcalc.words.notice_tables import IMPORTED

    answers.text([printed(IMPORTED["nothing"].of(answers.language), Role.DOUBT)], err=True)
    raise SystemExit(code)
