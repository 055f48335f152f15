"""A disk on which the n-th change fails, once or, as when the process is killed, for ever."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from billcalc.files import disk

CHANGES = (
    "create",
    "make_directory",
    "open_device",
    "open_lock",
    "permit",
    "remove",
    "remove_directory",
    "remove_tree",
    "rename",
    "scratch_directory",
    "spool",
    "sync",
    "sync_directory",
)


class Killed(BaseException):
    """The process is gone: whatever it would still do to the disk it does not do."""


@dataclass
class Faults:
    """Counts the changes of the disk, and lets one fail.

    Attributes:
        fails_at: the number of the change, from 1.
        is_killed: whether all later ones fail too.
        happened: which change it was, or None where the run had fewer.
    """

    fails_at: int
    is_killed: bool
    done: int = 0
    happened: str | None = None

    def step(self, what: str) -> None:
        self.done += 1
        if self.done < self.fails_at or (self.done > self.fails_at and not self.is_killed):
            return
        self.happened = self.happened or what
        raise Killed if self.is_killed else OSError(28, "No space left on device")


@contextmanager
def faulty_disk(fails_at: int, *, is_killed: bool) -> Iterator[Faults]:
    """Let the n-th change of the disk fail; a write that fails has written half."""
    faults = Faults(fails_at, is_killed)

    def failing(name: str, change: Callable[..., Any]) -> Callable[..., Any]:
        def change_or_fail(*given: Any) -> Any:
            faults.step(name)
            return change(*given)

        return change_or_fail

    def write(self: disk.WrittenFile, data: Any, /) -> int:
        try:
            faults.step("write")
        except OSError:
            whole_write(self, bytes(data)[: len(data) // 2])
            raise
        return whole_write(self, data)

    whole_write = disk.WrittenFile.write
    with pytest.MonkeyPatch.context() as patch:
        for name in CHANGES:
            patch.setattr(disk, name, failing(name, getattr(disk, name)))
        patch.setattr(disk.WrittenFile, "write", write)
        yield faults
