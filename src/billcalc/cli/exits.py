"""How commands end, as their help tells it."""

from billcalc.words.exits import EXITS, Exit

__all__ = ["EXITS", "Exit", "epilog"]


def epilog(command: str, *examples: str) -> str:
    """What the help of a command ends with before it is put into words: the command, then its examples."""
    return "\n".join([command, *examples])
