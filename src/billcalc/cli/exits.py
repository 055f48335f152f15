"""How commands end: one meaning for each exit code, whatever the command, and which of them each has."""

from collections.abc import Mapping
from enum import IntEnum

__all__ = ["EXITS", "Exit", "epilog"]


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    DIFFERS = 1
    INVALID = 2
    REFUSED = 3
    FAILED = 4
    CRASHED = 70
    INTERRUPTED = 130


_OF_ALL: Mapping[Exit, str] = {
    Exit.INVALID: "invalid input or usage",
    Exit.FAILED: "not possible here: a full disk, no permission to write, a package that is missing",
    Exit.CRASHED: "a fault of billcalc itself",
    Exit.INTERRUPTED: "interrupted",
}
_KEPT: Mapping[Exit, str] = {
    Exit.FAILED: "broken off: a full disk, no permission to write, a package that is missing, an input that changed",
    Exit.INTERRUPTED: "interrupted; what was billed is kept: run again to go on",
}

EXITS: Mapping[str, Mapping[Exit, str]] = {
    "batch": {Exit.DONE: "every row was billed", Exit.DIFFERS: "some rows were rejected", **_OF_ALL, **_KEPT},
    "bill": {Exit.DONE: "billed", Exit.REFUSED: "cannot be billed", **_OF_ALL},
    "compare": {
        Exit.DONE: "nothing differs",
        Exit.DIFFERS: "something differs",
        Exit.REFUSED: "cannot be billed",
        **_OF_ALL,
    },
    "compare --bulk": {
        Exit.DONE: "nothing differs",
        Exit.DIFFERS: "something differs or could not be compared",
        **_OF_ALL,
        **_KEPT,
    },
    "diagnose": {
        Exit.DONE: "nothing differs",
        Exit.DIFFERS: "something differs",
        Exit.REFUSED: "cannot be billed",
        **_OF_ALL,
    },
    "doctor": {Exit.DONE: "all is well", **_OF_ALL},
    "explain": {Exit.DONE: "explained", Exit.REFUSED: "cannot be billed", **_OF_ALL},
    "layout guess": {Exit.DONE: "proposed", Exit.DIFFERS: "a column that is needed was not found", **_OF_ALL},
    "keys": {Exit.DONE: "done", **_OF_ALL},
    "new": {Exit.DONE: "written", **_OF_ALL},
    "serve": {Exit.DONE: "ended", **_OF_ALL},
    "tariffs check": {
        Exit.DONE: "clean",
        Exit.DIFFERS: "warnings, and no errors",
        **_OF_ALL,
        Exit.INVALID: "errors, or invalid usage",
    },
    "tariffs coverage": {Exit.DONE: "told", **_OF_ALL},
    "tariffs diff": {Exit.DONE: "no price changed", Exit.DIFFERS: "a price changed", **_OF_ALL},
    "tariffs import": {
        Exit.DONE: "read, or with --accept written",
        **_OF_ALL,
        Exit.INVALID: "errors in the notice, so nothing was written, or invalid usage",
    },
    "tariffs list": {Exit.DONE: "listed", **_OF_ALL},
    "tariffs missing": {Exit.DONE: "every month can be billed", Exit.DIFFERS: "a month cannot be billed", **_OF_ALL},
    "tariffs show": {Exit.DONE: "shown", **_OF_ALL},
    "verify": {Exit.DONE: "nothing is wrong", Exit.DIFFERS: "something does not hold", **_OF_ALL},
}
"""For each command what its codes say."""


def epilog(command: str, *examples: str) -> str:
    """What the help of a command ends with: examples and its exit codes."""
    codes = [f"  {code:>3}  {meaning}" for code, meaning in sorted(EXITS[command].items())]
    shown = [f"  {line}" for example in examples for line in example.splitlines()]
    return "\n".join(["\b", "Examples:", *shown, "", "\b", "Exit codes:", *codes])
