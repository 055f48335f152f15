"""``billcalc compare --bulk``: a table of issued bills beside the recomputed ones, millions at a time."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.diagnose_bulk import diagnosis_summary
from billcalc.cli.dry_runs import dry_option, tell_planned
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.layout import guess_text
from billcalc.cli.speaking import misused, number_words
from billcalc.cli.table_runs import end_of_rows, needed, problem_lines, run_option, through
from billcalc.explain.printing import Align, PrintedLine, Role, columns, printed
from billcalc.kernel.decimals import EXACT, NumberError, parse_decimal
from billcalc.kernel.troubles import InvalidInput
from billcalc.words.language import Language, in_language
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import money, qualified
from billcalc.words.parsing import Misuse
from billcalc.words.runs import COMPARED

if TYPE_CHECKING:
    from billcalc.bulk.run import Counts
    from billcalc.runs.asked_comparisons import Meant
    from billcalc.runs.batches import Settings
    from billcalc.runs.comparison_outcome import BulkComparison

__all__ = ["amount_option", "compare_bulk"]

_EPILOG = epilog(
    "compare --bulk",
    "billcalc compare --bulk issued.csv --requests accounts.parquet --out differences.xlsx",
    "billcalc compare --bulk bills.xlsx --layout layout.yaml --template common.yaml --out differences.xlsx",
    "billcalc compare --bulk bills.xlsx --guess --where area=cn-guangxi,voltage=110kV,class=industrial_commercial \\\n"
    "  --where billing=two_part,purchase=agent,time_of_use=yes,mode=capacity,standard=0.90,side=high --out out.xlsx",
    "billcalc compare --bulk issued.parquet --requests 'month-*.csv' --template common.yaml \\\n"
    "  --mapping layout.yaml --tolerance 0.01 --out differences.parquet",
    "billcalc compare --bulk issued.csv --requests accounts.parquet --causes --out causes.xlsx",
)


def amount_option(ctx: click.Context, param: click.Parameter, value: str) -> Decimal:
    """An exact amount of money, zero or more, read as every other number is."""
    try:
        amount = parse_decimal(value)
    except NumberError as error:
        raise click.BadParameter(number_words(error), ctx, param) from None
    if amount < 0:
        raise click.BadParameter(misused(Misuse.NEGATIVE, value=value), ctx, param)
    return amount


@click.command(epilog=_EPILOG)
@click.option(
    "--bulk",
    "issued",
    metavar="ISSUED",
    required=True,
    type=FILE,
)
@click.option(
    "--requests",
    metavar="IN",
    multiple=True,
)
@click.option(
    "--layout",
    metavar="LAYOUT.yaml",
)
@click.option("--guess", is_flag=True)
@click.option("--where", metavar="NAME=VALUE", multiple=True)
@click.option(
    "--out",
    required=True,
    type=FILE,
)
@click.option(
    "--mapping",
    type=FILE,
    metavar="FILE",
)
@click.option(
    "--tolerance",
    default="0",
    show_default=True,
    callback=amount_option,
)
@click.option("--causes", is_flag=True)
@click.option("--template", metavar="REQUEST.yaml")
@click.option("--columns", metavar="MAPPING.yaml")
@click.option("--tariffs", type=FILE, metavar="DIR")
@dry_option
@run_option
@language_option()
def compare_bulk(*, lang: str | None, resume: bool, is_dry: bool, **told: Any) -> None:
    """Recompute the requests IN and compare the bills with those of the table ISSUED, line by line and in total."""
    is_workbook = told["out"].suffix.lower() == ".xlsx"
    needed(("duckdb", "numpy", "pyarrow", *(("xlsxwriter",) if is_workbook else ())), "bulk,excel")
    from billcalc.runs.asked_comparisons import AskedComparison, contradiction, meant

    names = ("requests", "layout", "guess", "where", "mapping", "template", "columns")
    asked = AskedComparison(str(told["issued"]), **{name: told[name] for name in names})
    if (misuse := contradiction(asked)) is not None:
        raise click.UsageError(misused(misuse))
    answers = Answers("table", lang)
    try:
        found = meant(asked, where="--where")
    except InvalidInput as invalid:
        answers.reject(invalid.faults)
    if found.guess is not None:
        answers.text(guess_text(asked.issued, found.guess, answers.language))
        answers.text([printed("")])
    settings = _settings(told, found, answers.language, restart=not resume)
    from billcalc.runs.bulk_diagnosis import compare_with_causes
    from billcalc.runs.recomputing import compare_requests, planned_comparison

    if is_dry:
        tell_planned(answers, lambda: planned_comparison(settings, told["issued"], mapping=found.mapping))
        return
    more = {"mapping": found.mapping, "tolerance": told["tolerance"]}
    diagnosis = None
    if told["causes"]:
        counts, diagnosis = through(
            answers, lambda watcher: compare_with_causes(settings, told["issued"], watcher=watcher, **more)
        )
        outcome = diagnosis.comparison
    else:
        counts, outcome = through(
            answers, lambda watcher: compare_requests(settings, told["issued"], watcher=watcher, **more)
        )
    answers.read_table(str(told["issued"]), outcome)
    answers.text(_summary(counts, outcome, answers.lexicon))
    answers.text(problem_lines(counts.problems, answers.language))
    if diagnosis is not None:
        answers.text([printed(""), *diagnosis_summary(diagnosis, answers.lexicon)])
    end_of_rows(counts)
    if counts.rejected or not outcome.agrees:
        raise SystemExit(Exit.DIFFERS)


def _settings(told: dict[str, Any], found: "Meant", language: Language, *, restart: bool) -> "Settings":
    from billcalc.runs.batches import Settings

    return Settings(
        inputs=found.inputs,
        out=told["out"],
        template=found.template,
        columns=told["columns"],
        layout=found.layout,
        tariffs=told["tariffs"],
        restart=restart,
        language=language,
    )


def _summary(counts: "Counts", outcome: "BulkComparison", lexicon: Lexicon) -> Iterator[PrintedLine]:
    """The counts, which add up, then the money."""
    words = in_language(COMPARED, lexicon.language)
    yield printed(words["title"], Role.TITLE)
    rows = [(words[name], f"{number:,}") for name, number in _counted(counts, outcome) if name in _ALWAYS or number]
    yield from map(printed, columns(rows, (Align.LEFT, Align.RIGHT)))
    if outcome.untold_tax is not None:
        rate, bills = outcome.untold_tax
        yield printed(words["untold_tax"].format(rate=rate, bills=f"{bills:,}"), Role.DOUBT)
    if outcome.unread:
        yield printed(words["unread"].format(columns=", ".join(outcome.unread)), Role.ASIDE)
    for column in outcome.unread_months:
        yield printed(words["unread_months"].format(column=column), Role.DOUBT)
    yield printed("")
    yield printed(words["money"], Role.HEADING)
    head = tuple(words[name] for name in ("", "issued_money", "recomputed_money", "difference"))
    difference = EXACT.subtract(outcome.issued_total, outcome.recomputed_total)
    totals = (words["total"], money(outcome.issued_total), money(outcome.recomputed_total), _signed(difference))
    yield from map(printed, columns([head, totals], _AMOUNTS))
    if outcome.proposals:
        yield printed("")
        yield printed(words["proposals"], Role.HEADING)
        for name, code, bills in outcome.proposals:
            yield printed("  " + words["proposal"].format(name=name, code=code, bills=f"{bills:,}"))
    if outcome.by_code:
        yield printed("")
        yield printed(words["by_code"], Role.HEADING)
        head = tuple(words[name] for name in ("code", "bills", "difference", "absolute"))
        found = [
            (called, f"{each.bills:,}", _signed(each.difference), money(each.absolute))
            for each in outcome.by_code
            for called in [_called(each.code, lexicon) or words["no_code"]]
        ]
        yield from map(printed, columns([head, *found], _AMOUNTS))
        yield printed("")
        yield printed(words["worst"], Role.HEADING)
        head = tuple(words[name] for name in ("account", "issued_money", "recomputed_money", "difference"))
        worst = [(account, money(ours), money(theirs), _signed(by)) for account, ours, theirs, by in outcome.worst]
        yield from map(printed, columns([head, *worst], _AMOUNTS))


_AMOUNTS = (Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT)
_ALWAYS = ("rows", "billed", "issued", "recomputed", "matched", "agreeing", "differing")


def _counted(counts: "Counts", outcome: "BulkComparison") -> tuple[tuple[str, int], ...]:
    return (
        ("rows", counts.rows),
        ("billed", counts.billed),
        ("refused", counts.rejected),
        ("issued", outcome.issued),
        ("matched", outcome.matched),
        ("unreadable", outcome.unreadable),
        ("issued_repeated", outcome.issued_repeated),
        ("rejected", outcome.rejected),
        ("only_issued", outcome.only_issued),
        ("nameless", outcome.nameless),
        ("totals", outcome.totals),
        ("recomputed", outcome.recomputed),
        ("matched", outcome.matched),
        ("unreadable_recomputed", outcome.unreadable_recomputed),
        ("only_recomputed", outcome.only_recomputed),
        ("both", outcome.matched),
        ("agreeing", outcome.agreeing),
        ("differing", outcome.differing),
        ("recomputed_repeated", outcome.recomputed_repeated),
        ("given", outcome.given),
        ("offsetting", outcome.offsetting),
    )


def _called(code: str, lexicon: Lexicon) -> str:
    """A code of a line or a section; in Chinese with the name that bills print."""
    sections = {section.value: name for section, name in lexicon.sections.items()}
    name = lexicon.components.get(code) or sections.get(code)
    return code if name is None or lexicon.language is Language.ENGLISH else qualified(lexicon, name, code)


def _signed(amount: Decimal) -> str:
    return f"+{money(amount)}" if amount > 0 else money(amount)
