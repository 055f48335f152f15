"""Write files as a whole or not at all: whoever reads one meanwhile finds the old one or the new one.

Nothing else in the package gives a file its name.
"""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from errno import EISDIR
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from billcalc.files import disk

__all__ = ["replacing", "write_file"]


def write_file(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Write one file, as ``replacing`` does it.

    Args:
        path: its directory exists.
        content: a text is written in UTF-8, its line ends as they are.

    Raises:
        OSError: when it cannot be written; the old file is then as it was.
    """
    with replacing(Path(path)) as (file,):
        file.write(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def replacing(*paths: Path, ready: Callable[[], None] = lambda: None) -> Iterator[tuple[BinaryIO, ...]]:
    """Files that take the places of others, one after the other, when all of them are complete and on the disk.

    Each is written beside the old one, whose permissions it keeps. A link stays a link: what it points to is replaced.
    A device or a pipe is written into, when everything is complete. What a process that was killed left of the same
    file is removed.

    Args:
        paths: in the order in which they get their names; their directories exist.
        ready: is called before the first gets its name; what it raises leaves all old files as they were.

    Raises:
        OSError: when one cannot be written; each file is then the old one or the new one, and none is new before those
            named ahead of it.
    """
    with ExitStack() as stack:
        drafts = [stack.enter_context(_drafted(path)) for path in paths]
        yield tuple(draft.file for draft in drafts)
        for draft in drafts:
            draft.complete()
        ready()
        for draft in drafts:
            draft.take_place()
        for directory in dict.fromkeys(draft.target.parent for draft in drafts if draft.path is not None):
            disk.sync_directory(directory)


@dataclass(slots=True)
class _Draft:
    """What is to be a file.

    Attributes:
        target: the file it takes the place of.
        file: takes the bytes.
        path: where they are until then; None where the target is written into.
        placed: whether it is there.
    """

    target: Path
    file: BinaryIO
    path: Path | None
    placed: bool = False

    def complete(self) -> None:
        if self.path is None:
            self.file.flush()
        else:
            disk.sync(self.file)

    def take_place(self) -> None:
        if self.path is None:
            self.file.seek(0)
            with disk.open_device(self.target) as out:
                shutil.copyfileobj(self.file, out)
            return
        if disk.LOCKS is None:
            self.file.close()
        disk.rename(self.path, self.target)  # still locked, so nobody takes it for abandoned
        self.placed = True


@contextmanager
def _drafted(path: Path) -> Iterator[_Draft]:
    target = Path(os.path.realpath(path))
    try:
        before = path.stat().st_mode
    except FileNotFoundError:
        before = None
    if before is not None and stat.S_ISDIR(before):
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
    if before is not None and not stat.S_ISREG(before):
        with disk.spool() as file:
            yield _Draft(path, file, None)  # replacing /dev/null by a file would harm the machine
        return
    _remove_abandoned(target)
    draft = _new(target)
    assert draft.path is not None
    try:
        if before is not None:
            disk.permit(draft.path, stat.S_IMODE(before))
        yield draft
    finally:
        with suppress(OSError):  # what is complete was synced; of the rest the failure is known
            draft.file.close()
        if not draft.placed:
            disk.remove(draft.path)


def _new(target: Path) -> _Draft:
    """A locked draft; one that another process took for abandoned in the instant before it was locked is given up."""
    while True:
        path = target.with_name(f"{_prefix(target)}{token_hex(8)}.tmp")
        file = disk.create(path)
        if disk.try_lock(file) and disk.is_at(file, path):
            return _Draft(target, file, path)
        file.close()
        disk.remove(path)


def _prefix(target: Path) -> str:
    """What the drafts of a file begin with: of one length, so that every name that fits has drafts that fit."""
    return f".billcalc-{sha256(os.fsencode(target.name)).hexdigest()[:16]}-"


def _remove_abandoned(target: Path) -> None:
    """Remove the drafts whose process has ended; a lock ends with its process."""
    for path in target.parent.glob(f"{_prefix(target)}*.tmp"):
        with suppress(OSError), path.open("rb") as file:  # another user's, or gone meanwhile
            if disk.try_lock(file):
                disk.remove(path)
