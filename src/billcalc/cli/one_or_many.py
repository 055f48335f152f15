"""A command of one bill that is one of a table of them where ``--bulk`` is among its arguments."""

from typing import Any

import click

from billcalc.cli.speaking import spoken, worded
from billcalc.words.language import Language
from billcalc.words.metavars import METAVARS
from billcalc.words.parsing import HEADINGS, Heading

__all__ = ["one_or_many"]

_USAGE = "--bulk ISSUED --requests IN --out OUT [OPTIONS]"


def one_or_many(bulk: click.Command, name: str, usage: str = _USAGE) -> type[click.Command]:
    """The class of a command of one bill.

    Args:
        bulk: the command of a table.
        name: the words that call it.
        usage: how it is called.
    """

    class OneOrMany(click.Command):
        def make_context(
            self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
        ) -> click.Context:
            """The context of the command that is meant."""
            if any(arg == "--bulk" or arg.startswith("--bulk=") for arg in args):
                return worded(bulk, name).make_context(info_name, args, parent, **extra)
            return super().make_context(info_name, args, parent, **extra)

        def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
            """Both ways to call it."""
            super().format_usage(ctx, formatter)
            is_chinese = spoken().language is Language.CHINESE
            formatter.write_usage(ctx.command_path, METAVARS[usage] if is_chinese else usage)

        def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
            """The options of both."""
            super().format_options(ctx, formatter)
            records = [param.get_help_record(ctx) for param in worded(bulk, name).params]
            with formatter.section(HEADINGS[Heading.BULK].of(spoken().language)):
                formatter.write_dl([record for record in records if record is not None])

    return OneOrMany
