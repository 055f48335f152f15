"""How a long run is watched: remarks on what was found, and on a terminal a bar with the speed and the time left."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from billcalc.bulk.run import Counts
from billcalc.runs.batches import Batch, Watcher
from billcalc.words.language import Language, in_language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.runs import WATCHED
from billcalc.words.saying import columns_unread, read_as, read_though_hidden

__all__ = ["Bar", "Remarks", "progress_bar"]


class Remarks(Watcher):
    """Says on standard error what about the inputs should be known.

    Args:
        language: in which it says it.
    """

    def __init__(self, language: Language) -> None:
        self._words = in_language(WATCHED, language)
        self._lexicon = LEXICONS[language]

    def begins(self, batch: Batch) -> None:
        """The inputs were opened."""
        for table in batch.tables:
            records = table.records
            unseen = [column for column in records.hidden_columns if column not in table.unread]
            said = read_as(table.name, records.encoding, self._lexicon)
            for line in (*said, *read_though_hidden(table.name, records.hidden, unseen, self._lexicon)):
                click.echo(line, err=True)
            if table.unread:
                click.echo(columns_unread(table.name, table.unread, self._lexicon), err=True)
        if batch.resumed:
            click.echo(self._words["resumed"], err=True)
        if batch.damaged:
            click.echo(self._words["damaged"].format(batch.damaged), err=True)


class Bar(Remarks):
    """Shows rows, bills per second and the time left."""

    def __init__(self, progress: Progress, language: Language) -> None:
        super().__init__(language)
        self._progress = progress
        self._task = progress.add_task("", total=None, speed="")

    def begins(self, batch: Batch) -> None:
        """The inputs were opened."""
        super().begins(batch)
        self._progress.update(self._task, total=batch.rows)

    def goes_on(self, counts: Counts) -> None:
        """A piece is done."""
        self._progress.advance(self._task, counts.rows)
        speed = self._progress.tasks[self._task].speed
        self._progress.update(self._task, speed=f"{speed:,.0f} {self._words['speed']}" if speed else "")


@contextmanager
def progress_bar(language: Language) -> Iterator[Bar]:
    """A bar on the terminal while a run goes on."""
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[speed]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bar(progress, language)
