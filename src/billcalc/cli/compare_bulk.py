"""``billcalc compare --bulk``: a table of issued bills beside the recomputed ones, millions at a time."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.speaking import misused, number_words
from billcalc.cli.table_runs import end_of_rows, needed, run_option, through
from billcalc.explain.printing import Align, PrintedLine, Role, columns, printed
from billcalc.kernel.decimals import EXACT, NumberError, parse_decimal
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.naming import money
from billcalc.words.parsing import Misuse

if TYPE_CHECKING:
    from billcalc.bulk.run import Counts
    from billcalc.runs.batches import Watcher
    from billcalc.runs.comparison_outcome import BulkComparison

__all__ = ["amount_option", "compare_bulk"]

_EPILOG = epilog(
    "compare --bulk",
    "billcalc compare --bulk issued.csv --requests accounts.parquet --out differences.xlsx",
    "billcalc compare --bulk bills.xlsx --layout layout.yaml --template common.yaml --out differences.xlsx",
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
    if not told["layout"] and not told["requests"]:
        raise click.UsageError(misused(Misuse.NO_REQUESTS))
    answers = Answers("table", lang)
    counts, outcome = through(answers, lambda watcher: _compared(told, watcher, answers.language, restart=not resume))
    answers.read_as(str(told["issued"]), outcome.encoding)
    words = _CHINESE if answers.lexicon is LEXICONS[Language.CHINESE] else _ENGLISH
    answers.text(_summary(counts, outcome, words))
    end_of_rows(counts)
    if counts.rejected or not outcome.agrees:
        raise SystemExit(Exit.DIFFERS)


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
    )
    return compare_requests(
        settings,
        told["issued"],
        mapping=told["mapping"],
        tolerance=told["tolerance"],
        watcher=watcher,
        language=language,
    )


def _summary(counts: "Counts", outcome: "BulkComparison", words: dict[str, str]) -> Iterator[PrintedLine]:
    """The counts, which add up, then the money."""
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
    if outcome.by_code:
        yield printed("")
        yield printed(words["by_code"], Role.HEADING)
        head = tuple(words[name] for name in ("code", "bills", "difference", "absolute"))
        found = [
            (each.code or words["no_code"], f"{each.bills:,}", _signed(each.difference), money(each.absolute))
            for each in outcome.by_code
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


def _signed(amount: Decimal) -> str:
    return f"+{money(amount)}" if amount > 0 else money(amount)


_ENGLISH = {
    "": "",
    "title": "Issued bills beside the recomputed ones",
    "rows": "Requests",
    "billed": "  billed",
    "refused": "  rejected",
    "issued": "Issued accounts",
    "matched": "  in both",
    "unreadable": "  that cannot be compared as they stand",
    "rejected": "  whose request was rejected",
    "only_issued": "  without a request",
    "nameless": "Issued rows without an account",
    "totals": "Issued rows that sum others, left out",
    "recomputed": "Recomputed accounts",
    "unreadable_recomputed": "  whose issued bill cannot be compared",
    "only_recomputed": "  without an issued bill",
    "both": "In both",
    "agreeing": "  agree",
    "differing": "  differ",
    "issued_repeated": "  that come several times, and are not compared",
    "recomputed_repeated": "Accounts with several recomputed bills of a month, added up",
    "unread": "columns of the issued table that were not read: {columns}",
    "money": "Money of the accounts in both [CNY]",
    "total": "Total",
    "issued_money": "issued",
    "recomputed_money": "recomputed",
    "difference": "difference",
    "by_code": "What differs, by code [CNY]",
    "code": "code",
    "no_code": "(none)",
    "bills": "bills",
    "absolute": "without signs",
    "worst": "Largest differences [CNY]",
    "account": "account",
}
_CHINESE = {
    "": "",
    "title": "已出账单与复算账单批量比对",
    "rows": "请求",
    "billed": "  已计费",
    "refused": "  未计费",
    "issued": "已出账单户数",
    "matched": "  两边都有",
    "unreadable": "  无法比对",
    "rejected": "  请求未能计费",
    "only_issued": "  没有请求",
    "nameless": "没有户号的已出账单行",
    "totals": "已出账单中的合计行（未比对）",
    "recomputed": "复算户数",
    "unreadable_recomputed": "  已出账单无法比对",
    "only_recomputed": "  没有已出账单",
    "both": "两边都有",
    "agreeing": "  一致",
    "differing": "  不一致",
    "issued_repeated": "  重复出现，未比对",
    "recomputed_repeated": "同一月份复算有多张账单的户（已相加）",
    "unread": "已出账单表中未读取的列：{columns}",
    "money": "两边都有的户的金额 [元]",
    "total": "合计",
    "issued_money": "已出",
    "recomputed_money": "复算",
    "difference": "差额",
    "by_code": "差额按代码 [元]",
    "code": "代码",
    "no_code": "（无）",
    "bills": "户数",
    "absolute": "绝对值",
    "worst": "差额最大的户 [元]",
    "account": "户号",
}
