"""How a command ends that did not come to its end: a sentence on standard error and an exit code, never a traceback."""

import sys
from contextlib import suppress
from io import StringIO
from pathlib import Path
from traceback import extract_tb

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

__all__ = ["ended"]


def ended(error: BaseException, ctx: click.Context) -> Exit:
    """Say why a command did not come to its end, in the language that it answers in.

    Args:
        error: what ended it.
        ctx: of the call.
    """
    lexicon: Lexicon = ctx.meta.get(LEXICON) or LEXICONS[spoken().language]
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


def _own_fault(error: BaseException) -> Fault:
    """The fault of the program: what happened, and the last place in its own code."""
    last = extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    return Fault(FaultCode.INTERNAL, place, {"what": f"{type(error).__name__} {shown(str(error))}"})


def _give_up_output() -> None:
    """What standard output did not take it never will: Python should not try again when it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        sys.stdout = StringIO()
