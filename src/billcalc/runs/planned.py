"""What a run over tables would read and write, of which it has done nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

__all__ = ["Planned", "PlannedTable"]


class PlannedTable(Protocol):
    """A table that would be read: its columns with what they are, and those that would not be."""

    @property
    def name(self) -> str:
        """What messages call it."""

    @property
    def rows(self) -> int:
        """How many it has."""

    @property
    def columns(self) -> Sequence[tuple[str, str]]:
        """Those that would be read, each with what it is."""

    @property
    def unread(self) -> Sequence[str]:
        """The others."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a run would read and write, of which it has done nothing.

    Attributes:
        tables: the inputs.
        beside: what else is read: the template, the columns and the files of intervals.
        rows: how many rows the inputs have, empty lines among them.
        outputs: what would be written.
        issued: the tables of issued bills.
    """

    tables: Sequence[PlannedTable]
    beside: Sequence[str]
    rows: int
    outputs: Sequence[Path]
    issued: Sequence[PlannedTable] = ()
