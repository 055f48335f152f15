"""The parts of a result while it is made: each written as a whole or not at all, and joined to one file at the end.

They lie in a directory of their own together with what the run is of; so a run that was interrupted goes on where it
stopped, and one of other inputs or settings does not. Each has a checksum, so what was damaged is made anew; so is what
the disk had not yet when the power failed, and no part waits for it. The results do, before they get their names.
"""

import json
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from errno import ENOTEMPTY
from hashlib import file_digest, sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO

import pyarrow as pa

from billcalc.bulk.run import REJECTS, Counts
from billcalc.files import disk
from billcalc.files.writing import write_file
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.writers import FORMATS, Tabular

__all__ = ["Parts", "locked", "parts_directory"]

BILLS, REJECTED = "bills", "rejects"
_MANIFEST, _LOCK, _SCRATCH = "manifest.json", "lock", "scratch"
_COMPLETE = re.compile(r"(\d{7,})\.json")
_OURS = re.compile(rf"\d{{7,}}\.({BILLS}|{REJECTED}|json)(\.\w+\.draft)?|\.billcalc-.*\.tmp")


_States = tuple[tuple[int, int, int], ...]


def parts_directory(out: Path) -> Path:
    """Where the parts of a result lie: beside it, or in the working directory where it is a pipe or a device.

    >>> parts_directory(Path("bills.parquet")).name
    'bills.parquet.parts'
    """
    is_file = not out.exists() or stat.S_ISREG(out.stat().st_mode)
    path = Path(os.path.realpath(out)) if is_file else Path(out.name)
    return path.with_name(f"{path.name}.parts")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one result.

    Attributes:
        directory: where they lie.
        schema: of the bills.
        bills, rejects: the formats they are written in, which are those of the result.
        made: the files of the parts that this process has made, as it left them.
    """

    directory: Path
    schema: pa.Schema
    bills: Tabular
    rejects: Tabular
    made: dict[int, _States] = field(default_factory=dict, compare=False)

    def begin(self, manifest: Mapping[str, Any], *, restart: bool) -> bool:
        """Make ready an empty directory, or one as an interrupted run of the same things left it.

        Args:
            manifest: everything that decides the result.
            restart: whether parts that are there are thrown away.

        Returns:
            Whether there are parts to go on from.

        Raises:
            InvalidInput: where the parts are of a run of other things, or the directory is of something else.
        """
        before = _told(self.directory / _MANIFEST)
        if before is None and any(not _OURS.fullmatch(name) for name in self._names()):
            raise InvalidInput([_unwritable(self.directory, Reason.NOT_OF_A_RUN)])
        if restart or before is None:
            self._clear()
            write_file(self.directory / _MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
            return False
        others = sorted(key for key in {*before, *manifest} if before.get(key) != manifest.get(key))
        if others:
            facts = {"differing": ", ".join(others)}
            raise InvalidInput([Fault(FaultCode.OTHER_RUN, str(self.directory), facts)])
        for name in self._names():
            if name.endswith((".draft", ".tmp")):
                disk.remove(self.directory / name)
        self.remove_scratch()
        return True

    def counts(self, number: int) -> Counts | None:
        """What is told of a complete part; None of one that is not."""
        told = _told(self._path(number, "json"))
        return None if told is None else Counts(**told["counts"])

    def forget_damaged(self) -> list[int]:
        """The parts that are no longer what they were when they were complete; they have to be made anew."""
        found = (_COMPLETE.fullmatch(name) for name in self._names())
        damaged = [number for match in found if match and self._is_damaged(number := int(match[1]))]
        for number in damaged:
            disk.remove(self._path(number, "json"))
        return damaged

    def _is_damaged(self, number: int) -> bool:
        told = _told(self._path(number, "json"))
        try:
            if told is not None and self.made.get(number) == self._states(number):
                return False  # what nobody has written to since is not read again
            return told is None or told["checksum"] != self._checksum(number, told["counts"])
        except (KeyError, FileNotFoundError):
            return True

    def _checksum(self, number: int, counts: Mapping[str, Any]) -> str:
        """Of what a part holds and of what is told of it."""
        whole = sha256(json.dumps(counts, sort_keys=True).encode())
        for what in (BILLS, REJECTED):
            with self._path(number, what).open("rb") as file:
                whole.update(file_digest(file, "sha256").digest())
        return whole.hexdigest()

    def _states(self, number: int) -> _States:
        """What tells that somebody has written to the files of a part."""
        states = (self._path(number, what).stat() for what in (BILLS, REJECTED, "json"))
        return tuple((state.st_ino, state.st_size, state.st_mtime_ns) for state in states)

    @contextmanager
    def part(self, number: int) -> "Iterator[OpenPart]":
        """A part to fill; what is half written has another name, which no other process has."""
        paths = [self._path(number, BILLS), self._path(number, REJECTED)]
        drafts = [path.with_name(f"{path.name}.{token_hex(4)}.draft") for path in paths]
        with disk.create(drafts[0]) as bills, disk.create(drafts[1]) as rejects:
            part = OpenPart(_writer(self.bills, bills, self.schema), _writer(self.rejects, rejects, REJECTS))
            yield part
            part.close()
        for draft, path in zip(drafts, paths, strict=True):
            disk.rename(draft, path)

    def finish(self, number: int, counts: Counts) -> None:
        """Say that a part is complete."""
        rows = {"rows": counts.rows, "billed": counts.billed, "rejected": counts.rejected}
        told = {**rows, "problems": dict(counts.problems)}
        whole = {"counts": told, "checksum": self._checksum(number, told)}
        path = self._path(number, "json")
        draft = path.with_name(f"{path.name}.{token_hex(4)}.draft")
        with disk.create(draft) as file:
            file.write(json.dumps(whole).encode())
        disk.rename(draft, path)
        self.made[number] = self._states(number)

    def join(self, numbers: Sequence[int], bills: BinaryIO, rejects: BinaryIO) -> None:
        """Write both results from all parts."""
        FORMATS[self.bills].join(self.of_bills(numbers), bills, self.schema)
        self.join_rejects(numbers, rejects)

    def join_rejects(self, numbers: Sequence[int], rejects: BinaryIO) -> None:
        """Write the rejects from all parts, where the bills themselves are no result."""
        FORMATS[self.rejects].join(self.of_rejects(numbers), rejects, REJECTS)

    def of_bills(self, numbers: Sequence[int]) -> list[Path]:
        """The files of the bills of some parts."""
        return [self._path(number, BILLS) for number in numbers]

    def of_rejects(self, numbers: Sequence[int]) -> list[Path]:
        """The files of the rejects of some parts."""
        return [self._path(number, REJECTED) for number in numbers]

    def scratch(self) -> Path:
        """A directory for what is needed until the results are there."""
        self.remove_scratch()
        path = self.directory / _SCRATCH
        disk.make_directory(path)
        return path

    def remove(self) -> None:
        """Throw everything away, and the directory, unless somebody has put something else into it."""
        self._clear()
        disk.remove(self.directory / _LOCK)
        try:
            disk.remove_directory(self.directory)
        except OSError as error:
            if error.errno != ENOTEMPTY:
                raise

    def _clear(self) -> None:
        """Remove what is ours; what the parts are of goes first, for without it they are nothing."""
        disk.remove(self.directory / _MANIFEST)
        for name in self._names():
            if _OURS.fullmatch(name):
                disk.remove(self.directory / name)
        self.remove_scratch()

    def remove_scratch(self) -> None:
        """Throw away what was needed for a while."""
        if (self.directory / _SCRATCH).is_dir():
            disk.remove_tree(self.directory / _SCRATCH)

    def _names(self) -> list[str]:
        """What lies in the directory beside the manifest, the lock and the scratch."""
        return sorted(set(os.listdir(self.directory)) - {_MANIFEST, _LOCK, _SCRATCH})

    def _path(self, number: int, what: str) -> Path:
        return self.directory / f"{number:07d}.{what}"


class OpenPart:
    """A part while it is filled."""

    def __init__(self, bills: "_Writer", rejects: "_Writer") -> None:
        self._bills = bills
        self._rejects = rejects

    def write(self, bills: pa.RecordBatch) -> None:
        """Add some bills."""
        self._bills.write(bills)

    def reject(self, rejects: pa.RecordBatch) -> None:
        """Add some rows that were not billed."""
        self._rejects.write(rejects)

    def close(self) -> None:
        """Write what remains."""
        self._bills.close()
        self._rejects.close()


@dataclass(frozen=True, slots=True)
class _Writer:
    writer: Any
    schema: pa.Schema

    def write(self, batch: pa.RecordBatch) -> None:
        if batch.num_rows:
            self.writer.write_batch(batch.cast(self.schema))

    def close(self) -> None:
        self.writer.close()


def _writer(name: Tabular, out: BinaryIO, schema: pa.Schema) -> _Writer:
    written = FORMATS[name].written(schema)
    return _Writer(FORMATS[name].open(out, schema), written)


def _told(path: Path) -> dict[str, Any] | None:
    """What a small file of ours tells; None where it is not there, or damaged."""
    try:
        told = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def _unwritable(directory: Path, reason: Reason) -> Fault:
    return Fault(FaultCode.CANNOT_WRITE, str(directory), {"reason": reason})


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Make a directory and keep other runs out of it; a lock ends with its process, however that ends.

    Raises:
        InvalidInput: where another run is in it.
    """
    disk.make_directory(directory)
    if disk.LOCKS is None:
        yield
        return
    with disk.open_lock(directory / _LOCK) as file:
        # The run before removes its lock with its parts, perhaps after it was opened here.
        if not (disk.try_lock(file) and disk.is_at(file, directory / _LOCK)):
            raise InvalidInput([_unwritable(directory, Reason.ANOTHER_RUN)])
        yield
