"""How the help of a command tells its exit codes, which stand in ``words/exits.py``."""

import click

from billcalc.words.exits import EXITS, Exit

__all__ = ["EXITS", "Exit", "Failed", "Invalid", "epilog"]


class Invalid(click.ClickException):
    """What was asked is wrong."""

    exit_code = Exit.INVALID


class Failed(click.ClickException):
    """What was asked is not possible here."""

    exit_code = Exit.FAILED


def epilog(command: str, *examples: str) -> str:
    """What the help of a command ends with before it is put into words: the command, then its examples."""
    return "\n".join([command, *examples])
