"""What every command over tables does: go on where it was interrupted, be watched, and say how it broke off."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

import click

from billcalc.cli.answers import Answers
from billcalc.cli.endings import is_reader_gone
from billcalc.cli.exits import Exit
from billcalc.cli.speaking import misused
from billcalc.explain.printing import Align, PrintedLine, Role, columns, printed
from billcalc.files.system_errors import StoppedError, system_fault
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import InvalidInput
from billcalc.words.language import Language
from billcalc.words.parsing import Misuse
from billcalc.words.runs import INTERRUPTED, KEPT, RECOMPUTED_PROBLEMS

if TYPE_CHECKING:
    from billcalc.bulk.run import Counts
    from billcalc.runs.batches import Watcher

__all__ = ["end_of_rows", "needed", "problem_lines", "run_option", "through", "watching"]

_T = TypeVar("_T")

run_option: Callable[[Any], Any] = click.option(
    "--resume/--restart",
    default=True,
    show_default=True,
)


def needed(modules: Sequence[str], extras: str) -> None:
    """See that packages are there, before anything is done.

    Raises:
        ClickException: naming those that are not.
    """
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise click.ClickException(misused(Misuse.NOT_INSTALLED, modules=", ".join(missing), extras=extras))


def through(answers: Answers, work: Callable[["Watcher"], _T]) -> _T:
    """What a run comes to; where it comes to nothing, say why and end the command."""
    try:
        with watching(answers) as watcher:
            return work(watcher)
    except InvalidInput as invalid:
        answers.reject(invalid.faults)
    except KeyboardInterrupt:
        click.echo(INTERRUPTED.of(answers.language), err=True)
        click.echo(KEPT.of(answers.language), err=True)
        raise SystemExit(Exit.INTERRUPTED) from None
    except BrokenExecutor:
        answers.tell_fault(system_fault(StoppedError(Reason.WORKER_ENDED)))
    except OSError as error:
        if is_reader_gone(error):
            raise
        answers.tell_fault(system_fault(error))
    click.echo(KEPT.of(answers.language), err=True)
    raise SystemExit(Exit.FAILED)


def problem_lines(problems: Mapping[str, int], language: Language) -> Iterator[PrintedLine]:
    """How many recomputed bills have each problem: no doubt about them passes without a word."""
    if problems:
        yield printed("")
        yield printed(RECOMPUTED_PROBLEMS.of(language), Role.HEADING)
        rows = [(f"{bills:,}", code) for code, bills in sorted(problems.items())]
        yield from map(printed, columns(rows, (Align.RIGHT, Align.LEFT)))


def end_of_rows(counts: "Counts") -> None:
    """End the command where the program failed at some rows: nobody should overlook these beside those billed."""
    if FaultCode.INTERNAL.value in counts.problems:
        raise SystemExit(Exit.CRASHED)


@contextmanager
def watching(answers: Answers) -> Iterator["Watcher"]:
    """Whoever watches a run: on a terminal a bar, elsewhere remarks."""
    from billcalc.cli.batch_progress import Remarks, progress_bar

    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield Remarks(answers.language)
    else:
        with progress_bar(answers.language) as bar:
            yield bar
