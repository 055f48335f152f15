"""How a command ends that did not come to its end: a sentence on standard error and an exit code, never a traceback."""

import select
import sys
from contextlib import suppress
from io import StringIO
from pathlib import Path
from traceback import extract_tb
from typing import TextIO

import click

from billcalc.cli.answers import LEXICON, fault_text
from billcalc.cli.exits import Exit
from billcalc.cli.speaking import spoken
from billcalc.fields.shown import shown
from billcalc.files.system_errors import system_fault
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.runs import INTERRUPTED

__all__ = ["ended", "is_reader_gone"]


def ended(error: BaseException, ctx: click.Context | None) -> Exit:
    """Say why a command did not come to its end, in the language that it answers in.

    Args:
        error: what ended it.
        ctx: of the call; None where it has none yet.
    """
    lexicon: Lexicon = (None if ctx is None else ctx.meta.get(LEXICON)) or LEXICONS[spoken().language]
    if is_reader_gone(error):
        _give_up_output()
        return Exit.CLOSED  # silently: whoever reads has what he wanted
    match error:
        case KeyboardInterrupt() | click.Abort():
            text, exit_ = INTERRUPTED.of(lexicon.language), Exit.INTERRUPTED
        case OSError() | MemoryError():
            text, exit_ = fault_text(lexicon, system_fault(error)), Exit.FAILED
        case _:
            text, exit_ = fault_text(lexicon, _own_fault(error)), Exit.CRASHED
    with suppress(OSError):  # standard error may be what is full
        click.echo(text, err=True)
    _give_up_output()
    return exit_


def is_reader_gone(error: BaseException) -> bool:
    """Whether a command was ended by whoever read its output and closed it: no other pipe that broke is such."""
    return isinstance(error, BrokenPipeError) and any(map(_is_closed, (sys.stdout, sys.stderr)))


def _is_closed(stream: TextIO) -> bool:
    """Whether nobody reads what is written to a stream; what the system cannot tell is taken for that."""
    if not hasattr(select, "poll"):
        return True
    try:
        poll = select.poll()
        poll.register(stream.fileno(), 0)
    except OSError:  # a stream without a file is read by the program itself
        return False
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0))


def _own_fault(error: BaseException) -> Fault:
    """The fault of the program: what happened, and the last place in its own code."""
    last = extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    return Fault(FaultCode.INTERNAL, place, {"what": f"{type(error).__name__} {shown(str(error))}"})


def _give_up_output() -> None:
    """What an output did not take it never will: Python should not try again when it ends."""
    for name in ("stdout", "stderr"):
        try:
            getattr(sys, name).flush()
        except OSError:
            setattr(sys, name, StringIO())
