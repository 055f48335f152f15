"""``billcalc compare --bulk``: a table of issued bills beside the recomputed ones, millions at a time."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.layout import guess_text, supply_point_of
from billcalc.cli.speaking import misused, number_words
from billcalc.cli.table_runs import end_of_rows, needed, run_option, through
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
    from billcalc.runs.batches import Watcher
    from billcalc.runs.comparison_outcome import BulkComparison
    from billcalc.runs.issued_tables import IssuedTable
    from billcalc.runs.table_layouts import TableLayout

__all__ = ["amount_option", "compare_bulk"]

_EPILOG = epilog(
    "compare --bulk",
    "billcalc compare --bulk issued.csv --requests accounts.parquet --out differences.xlsx",
    "billcalc compare --bulk bills.xlsx --layout layout.yaml --template common.yaml --out differences.xlsx",
    "billcalc compare --bulk bills.xlsx --guess --where area=cn-guangxi,voltage=110kV,class=industrial_commercial \\\n"
    "  --where billing=two_part,purchase=agent,time_of_use=yes,mode=capacity,standard=0.90,side=high --out out.xlsx",
    "billcalc compare --bulk issued.parquet --requests 'month-*.csv' --template common.yaml \\\n"
    "  --mapping layout.yaml --tolerance 0.01 --out differences.parquet",
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
@click.option("--template", metavar="REQUEST.yaml")
@click.option("--columns", metavar="MAPPING.yaml")
@click.option("--tariffs", type=FILE, metavar="DIR")
@run_option
@language_option()
def compare_bulk(*, lang: str | None, resume: bool, **told: Any) -> None:
    """Recompute the requests IN and compare the bills with those of the table ISSUED, line by line and in total."""
    is_workbook = told["out"].suffix.lower() == ".xlsx"
    needed(("duckdb", "numpy", "pyarrow", *(("xlsxwriter",) if is_workbook else ())), "bulk,excel")
    if told["layout"] and (told["columns"] or told["mapping"]):
        raise click.UsageError(misused(Misuse.LAYOUT_AND_MAPPING))
    if told["guess"] and (told["layout"] or told["columns"] or told["mapping"] or told["requests"]):
        raise click.UsageError(misused(Misuse.GUESS_AND_LAYOUT))
    if not (told["guess"] or told["layout"] or told["requests"]):
        raise click.UsageError(misused(Misuse.NO_REQUESTS))
    answers = Answers("table", lang)
    try:
        ready = _ready(told["layout"])
        if told["where"] and (told["template"] or told["requests"] or not (told["guess"] or ready)):
            raise click.UsageError(misused(Misuse.WHERE_WITHOUT_GUESS))
        if told["guess"] or (ready is not None and not told["requests"]):
            told["layout"], told["template"] = _guessed(told, answers, ready)
        elif ready is not None:
            told["layout"], told["mapping"] = None, _issued_layout(str(told["issued"]), ready)
    except InvalidInput as invalid:
        answers.reject(invalid.faults)
    counts, outcome = through(answers, lambda watcher: _compared(told, watcher, answers.language, restart=not resume))
    answers.read_as(str(told["issued"]), outcome.encoding)
    answers.text(_summary(counts, outcome, answers.lexicon))
    end_of_rows(counts)
    if counts.rejected or not outcome.agrees:
        raise SystemExit(Exit.DIFFERS)


def _ready(layout: str | None) -> str | None:
    """The code of the layout that comes with the program which a name means; None where it is that of a file.

    Raises:
        InvalidInput: where it is neither.
    """
    from billcalc.runs.ready_layouts import ready_code

    is_file = layout is None or Path(layout).exists() or Path(layout).suffix or len(Path(layout).parts) > 1
    return None if layout is None or is_file else ready_code(layout)


def _issued_layout(table: str, ready: str) -> "IssuedTable":
    """What the columns of a table of issued bills mean by the names of a utility.

    Raises:
        InvalidInput: where it cannot be read.
    """
    from billcalc.runs.layout_guess import guess_layout
    from billcalc.runs.long_layouts import long_layout

    return long_layout(table, ready) or guess_layout(table, ready=ready).accepted(table).issued


def _guessed(told: dict[str, Any], answers: Answers, ready: str | None) -> "tuple[TableLayout, str | dict[str, Any]]":
    """The layout that is proposed for the table, which is shown, and what all its requests have in common.

    Raises:
        InvalidInput: where nothing can be proposed, or facts are missing.
    """
    from billcalc.runs.layout_guess import guess_layout
    from billcalc.runs.shared_facts import shared_template, told_facts

    table, template = str(told["issued"]), told["template"]
    found = guess_layout(table, supply_point=supply_point_of(template), ready=ready)
    answers.text(guess_text(table, found, answers.language))
    answers.text([printed("")])
    layout = found.accepted(table)
    if template is None:
        facts = told_facts(told["where"], where="--where")
        template = shared_template(facts, layout.requests.values(), where="--where")
    return layout, template


def _compared(
    told: dict[str, Any], watcher: "Watcher", language: Language, *, restart: bool
) -> tuple["Counts", "BulkComparison"]:
    from billcalc.runs.batches import Settings
    from billcalc.runs.recomputing import compare_requests

    settings = Settings(
        inputs=told["requests"] or [str(told["issued"])],
        out=told["out"],
        template=told["template"],
        columns=told["columns"],
        layout=told["layout"],
        tariffs=told["tariffs"],
        restart=restart,
        language=language,
    )
    return compare_requests(
        settings,
        told["issued"],
        mapping=told["mapping"],
        tolerance=told["tolerance"],
        watcher=watcher,
    )


def _summary(counts: "Counts", outcome: "BulkComparison", lexicon: Lexicon) -> Iterator[PrintedLine]:
    """The counts, which add up, then the money."""
    words = in_language(COMPARED, lexicon.language)
    yield printed(words["title"], Role.TITLE)
    rows = [(words[name], f"{number:,}") for name, number in _counted(counts, outcome) if name in _ALWAYS or number]
    yield from map(printed, columns(rows, (Align.LEFT, Align.RIGHT)))
    if outcome.unread:
        yield printed(words["unread"].format(columns=", ".join(outcome.unread)), Role.ASIDE)
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
    )


def _called(code: str, lexicon: Lexicon) -> str:
    """A code of a line or a section; in Chinese with the name that bills print."""
    sections = {section.value: name for section, name in lexicon.sections.items()}
    name = lexicon.components.get(code) or sections.get(code)
    return code if name is None or lexicon.language is Language.ENGLISH else qualified(lexicon, name, code)


def _signed(amount: Decimal) -> str:
    return f"+{money(amount)}" if amount > 0 else money(amount)
