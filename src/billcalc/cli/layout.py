"""``billcalc layout``: what the columns of a table of bills are, proposed for a person to accept."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import yaml

from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.table_runs import needed
from billcalc.explain.printing import Align, PrintedLine, Role, columns, printed
from billcalc.files.writing import write_file
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.ready_layouts import ready_layout, ready_layouts
from billcalc.words.language import Language, in_language
from billcalc.words.layouts import GUESSED
from billcalc.words.lexicon import LEXICONS
from billcalc.words.saying import sentence

if TYPE_CHECKING:
    from billcalc.runs.layout_guess import LayoutGuess

__all__ = ["guess_text", "layout"]

_EPILOG = epilog(
    "layout guess",
    "billcalc layout guess bills.xlsx",
    "billcalc layout guess bills.xlsx --template common.yaml --out layout.yaml",
)


@click.group()
def layout() -> None:
    """Layouts of tables of bills."""


@layout.command(epilog=_EPILOG)
@click.argument("table", metavar="FILE")
@click.option("--template", metavar="REQUEST.yaml")
@click.option("--out", type=FILE)
@language_option()
def guess(*, table: str, template: str | None, out: Path | None, lang: str | None) -> None:
    """Propose what the columns of FILE are, with the evidence; whoever uses the layout accepts it."""
    needed(("numpy", "pyarrow"), "bulk,excel")
    from billcalc.runs.asked_comparisons import supply_point_of
    from billcalc.runs.layout_guess import guess_layout

    answers = Answers("table", lang)
    try:
        found = guess_layout(table, supply_point=supply_point_of(template))
    except InvalidInput as invalid:
        answers.reject(invalid.faults)
    answers.text(guess_text(table, found, answers.language))
    if out is not None:
        write_file(out, yaml.safe_dump(found.layout(), allow_unicode=True, sort_keys=False))
        answers.text([printed(GUESSED["written"].of(answers.language).format(out=out), Role.ASIDE)])
    if found.doubts or not {"account", "total"} <= {each.path or each.code for each in found.columns}:
        raise SystemExit(Exit.DIFFERS)


_LIST_EPILOG = epilog("layout list", "billcalc layout list")
_SHOW_EPILOG = epilog("layout show", "billcalc layout show state-grid")


@layout.command("list", epilog=_LIST_EPILOG)
@language_option()
def list_(*, lang: str | None) -> None:
    """List the layouts of utilities' bills that come with billcalc."""
    answers = Answers("table", lang)
    words = in_language(GUESSED, answers.language)
    answers.text([printed(words["layouts"], Role.TITLE)])
    rows = [(words["code"], words["utility"], words["names"])]
    for code, each in ready_layouts().items():
        rows.append((code, getattr(each.title, answers.language.value), "、".join(each.called)))
    answers.text(map(printed, columns(rows, (Align.LEFT, Align.LEFT, Align.LEFT))))


@layout.command(epilog=_SHOW_EPILOG)
@click.argument("name")
@language_option()
def show(*, name: str, lang: str | None) -> None:
    """Show what the printed names of the layout NAME mean."""
    answers = Answers("table", lang)
    try:
        found = ready_layout(name)
    except InvalidInput as invalid:
        answers.reject(invalid.faults)
    words = in_language(GUESSED, answers.language)
    answers.text([printed(getattr(found.title, answers.language.value), Role.TITLE)])
    for heading, meant in (
        ("heads", {head: column.value for head, column in found.heads.items()}),
        ("lines", {each: " / ".join(meaning.codes) for each, meaning in found.names.items()}),
        ("sums_of", {each: " + ".join(of.sections) for each, of in found.subtotals.items()}),
        ("totals", dict.fromkeys(found.total, "total")),
        ("facts", {each: fact.value for each, fact in found.facts.items()}),
        ("ignored", dict.fromkeys(found.ignore, "")),
    ):
        if meant:
            answers.text([printed(words[heading], Role.HEADING)])
            answers.text(map(printed, columns([(f"  {a}", b) for a, b in meant.items()], (Align.LEFT, Align.LEFT))))


def guess_text(table: str, found: "LayoutGuess", language: Language) -> Iterator[PrintedLine]:
    """What the columns of a table are taken for, and why."""
    words = in_language(GUESSED, language)
    yield printed(words["title"].format(table=table, rows=found.rows), Role.TITLE)
    rows = [(words["column"], words["meaning"], words["evidence"])]
    known = [(each, each.evidence) for each in found.columns if each.evidence is not None]
    rows += [
        (each.column, each.path or each.code or "", words["because"].format(name=why.name, share=why.share))
        for each, why in known
    ]
    yield from map(printed, columns(rows, (Align.LEFT, Align.LEFT, Align.LEFT)))
    unknown = [each.column for each in found.columns if each.evidence is None]
    if unknown:
        yield printed(words["unknown"].format(columns="、".join(unknown)), Role.DOUBT)
    yield printed(words["rest" if found.rest else "sums"].format(summed=found.summed, rows=found.rows))
    if found.separators:
        yield printed(words["separators"])
    for doubt in found.doubts:
        fault = doubt.fault(table)
        yield printed(sentence(LEXICONS[language], fault.code, fault.facts), Role.DOUBT)
