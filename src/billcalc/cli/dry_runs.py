"""What a command would read and write, where nothing is to be written."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from billcalc.cli.answers import Answers
from billcalc.explain.printing import Align, columns
from billcalc.kernel.troubles import InvalidInput
from billcalc.words.language import in_language
from billcalc.words.runs import PLANNED

if TYPE_CHECKING:
    from billcalc.runs.planned import Planned, PlannedTable

__all__ = ["dry_option", "tell_files", "tell_planned"]

dry_option = click.option("--dry-run", "is_dry", is_flag=True)


def tell_planned(answers: Answers, look: "Callable[[], Planned]") -> None:
    """Say what a run over tables would read and write, or what is wrong with it."""
    try:
        found = look()
    except InvalidInput as invalid:
        answers.reject(invalid.faults)
    words = in_language(PLANNED, answers.language)
    tables = [row for table in (*found.tables, *found.issued) for row in _rows(table, words["read"], words["unread"])]
    rows = [(words["rows"], f"{found.rows:,}"), *tables]
    _tell([*rows, *_files(answers, found.beside, found.outputs)])


def tell_files(answers: Answers, read: Sequence[str], written: Sequence[Path]) -> None:
    """Say which files would be read and written."""
    _tell([*_files(answers, read, written)])


def _rows(table: "PlannedTable", read: str, unread: str) -> Iterator[tuple[str, str]]:
    told = ", ".join(name if name == path else f"{name} → {path}" for name, path in table.columns)
    yield read, f"{table.name} ({table.rows:,}): {told}"
    if table.unread:
        yield unread, f"{table.name}: {', '.join(table.unread)}"


def _files(answers: Answers, read: Sequence[str], written: Sequence[Path]) -> Iterator[tuple[str, str]]:
    words = in_language(PLANNED, answers.language)
    yield from ((words["beside"], each) for each in read)
    yield from ((words["written"], str(each)) for each in written)


def _tell(rows: Sequence[tuple[str, str]]) -> None:
    for line in columns(rows, (Align.LEFT, Align.LEFT)):
        click.echo(line)
