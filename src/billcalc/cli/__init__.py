"""The command line. It reads, asks the engine and prints; nothing about bills is decided here.

Commands are imported when they are called, so that each starts as fast as it can. Other packages add theirs through
the entry point group ``billcalc.commands``, as the service does with ``serve``.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from io import TextIOWrapper
from typing import Any

import click

from billcalc._version import __version__
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.settings import SETTLED, Settings, read_settings
from billcalc.cli.speaking import misused, speaking, spoken, worded
from billcalc.kernel.collecting import not_collecting
from billcalc.kernel.troubles import InvalidInput
from billcalc.words.lexicon import LEXICONS
from billcalc.words.parsing import HEADINGS, Heading, Misuse

__all__ = ["main"]

_OWN = {
    "advise": "billcalc.cli.advise",
    "audit": "billcalc.cli.audit",
    "batch": "billcalc.cli.batch",
    "bill": "billcalc.cli.bill",
    "check": "billcalc.cli.check",
    "claim": "billcalc.cli.claim",
    "compare": "billcalc.cli.compare",
    "diagnose": "billcalc.cli.diagnose",
    "doctor": "billcalc.cli.doctor",
    "explain": "billcalc.cli.explain",
    "layout": "billcalc.cli.layout",
    "new": "billcalc.cli.new",
    "rebill": "billcalc.cli.rebill",
    "simulate": "billcalc.cli.simulate",
    "tariffs": "billcalc.cli.tariffs",
    "verify": "billcalc.cli.verify",
    "workbook": "billcalc.cli.workbook",
}
_PLUGINS = "billcalc.commands"


class _Commands(click.Group):
    """Our own commands and those of other packages, none imported before it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted({*_OWN, *entry_points(group=_PLUGINS).names})

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """A call, in its language from the first word to the last."""
        arguments = sys.argv[1:] if args is None else args
        with speaking(arguments, os.environ):
            settings = _settings_told()
        token = SETTLED.set(settings)
        try:
            with speaking(arguments, os.environ, settings.language):
                return super().main(args, *more, **extra)
        finally:
            SETTLED.reset(token)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of a call, with the words of its language; its help may find nobody who reads on."""
        try:
            return super(_Commands, worded(self, "")).make_context(info_name, args, parent, **extra)
        except OSError as error:
            from billcalc.cli.endings import ended

            raise SystemExit(ended(error, None)) from None

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name; our own before those of others."""
        if cmd_name in _OWN:
            with not_collecting():
                command: click.Command = getattr(import_module(_OWN[cmd_name]), cmd_name)
            return worded(command, cmd_name)
        return next((_loaded(point) for point in entry_points(group=_PLUGINS, name=cmd_name)), None)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; one that does not come to its end says why, and its exit code is that of no result."""
        try:
            return super().invoke(ctx)
        except click.exceptions.Exit:
            raise
        except click.ClickException as told:
            if told.exit_code == Exit.INVALID:
                raise
            told.show()
            raise SystemExit(Exit.FAILED) from None
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - whatever it is, nobody is shown a traceback
            from billcalc.cli.endings import ended

            raise SystemExit(ended(error, ctx)) from None


def _settings_told() -> Settings:
    """The settings; where they cannot be read, say why and end the call."""
    try:
        return read_settings(os.environ)
    except InvalidInput as invalid:
        from billcalc.cli.answers import fault_text

        for fault in invalid.faults:
            click.echo(fault_text(LEXICONS[spoken().language], fault), err=True)
        raise SystemExit(Exit.INVALID) from None


def _loaded(point: EntryPoint) -> click.Command:
    """The command of another package; one that fails to load says so when it is called, and harms no other."""
    try:
        with not_collecting():
            loaded: click.Command = point.load()
        return worded(loaded, point.name)
    except ImportError as error:
        reason = misused(Misuse.NOT_LOADED, place=point.value, error=str(error))
        told = misused(Misuse.NOT_AVAILABLE, error=str(error))

        @click.command(point.name, short_help=told, add_help_option=False)
        @click.argument("anything", nargs=-1, type=click.UNPROCESSED)
        def command(anything: tuple[str, ...]) -> None:
            raise click.ClickException(reason)

        command.context_settings["ignore_unknown_options"] = True
    return command


_EPILOG = epilog(
    "billcalc",
    "billcalc bill request.yaml",
    "billcalc bill --format json - < request.json",
    "billcalc explain request.yaml --line capacity --lang zh",
)


def _told_version(ctx: click.Context, param: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - as click calls it
    if asked:
        click.echo(HEADINGS[Heading.VERSION].of(spoken().language).format(version=__version__))
        ctx.exit()


@click.command(cls=_Commands, epilog=_EPILOG)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_told_version)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Electricity bills, exact and explained."""
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese shows signs it lacks as ?
