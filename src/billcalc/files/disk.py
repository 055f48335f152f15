"""Every change of the disk: what makes, writes, syncs, renames or removes a file does it by these functions.

So the writers above can be tried with each single one of them failing. An error always names its file.
"""

import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

__all__ = [
    "LOCKS",
    "create",
    "is_at",
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
    "try_lock",
]

_BUFFER_BYTES = 1 << 20

LOCKS: Any = import_module("fcntl") if find_spec("fcntl") else None
"""Not on Windows; there two runs of one result are not kept apart, and an open file has to be closed to be renamed."""


class WrittenFile(io.FileIO):
    """A file that is written."""

    def write(self, data: Any, /) -> int:
        """Write as much as the system takes at one time."""
        with _named(self.name):
            return super().write(data)


def create(path: Path) -> BinaryIO:
    """A new file; it is an error if there is one of this name."""
    return io.BufferedWriter(WrittenFile(path, "x"), _BUFFER_BYTES)


def open_device(path: Path) -> BinaryIO:
    """A device or pipe that is there, to be written into."""
    return io.BufferedWriter(WrittenFile(path, "w", opener=lambda name, _: os.open(name, os.O_WRONLY)), _BUFFER_BYTES)


def open_lock(path: Path) -> BinaryIO:
    """A file to be locked, made where it is not there."""
    return path.open("ab")


def spool() -> BinaryIO:
    """A file without a name, which ends with the process."""
    return tempfile.TemporaryFile()


def scratch_directory(above: Path | None) -> tempfile.TemporaryDirectory[str]:
    """A directory that is removed when it is no longer used; by default among those of the system."""
    return tempfile.TemporaryDirectory(dir=above, prefix="billcalc-")


def sync(file: BinaryIO) -> None:
    """See that what was written is on the disk."""
    file.flush()
    with _named(file.name):
        os.fsync(file.fileno())


def sync_directory(path: Path) -> None:
    """See that new names are on the disk; Windows has no such call."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(path, os.O_DIRECTORY)
        try:
            with _named(path):
                os.fsync(opened)
        finally:
            os.close(opened)


def permit(path: Path, mode: int) -> None:
    """Give a file its permissions."""
    path.chmod(mode)


def rename(draft: Path, path: Path) -> None:
    """Put a file in the place of another, at one instant."""
    os.replace(draft, path)


def remove(path: Path) -> None:
    """Remove a file; that it is gone already is no error."""
    path.unlink(missing_ok=True)


def make_directory(path: Path) -> None:
    """Make a directory, and those above it, where it is not there."""
    path.mkdir(parents=True, exist_ok=True)


def remove_directory(path: Path) -> None:
    """Remove a directory that is empty."""
    path.rmdir()


def remove_tree(path: Path) -> None:
    """Remove a directory with all that is in it."""
    shutil.rmtree(path)


def try_lock(file: BinaryIO) -> bool:
    """Lock a file against other processes until it is closed or this one ends; False where another one has it."""
    try:
        if LOCKS is not None:
            LOCKS.flock(file, LOCKS.LOCK_EX | LOCKS.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_at(file: BinaryIO, path: Path) -> bool:
    """Whether an open file still has this name."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


@contextmanager
def _named(path: object) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise
