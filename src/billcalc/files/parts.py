"""The parts of a result while it is made: each written as a whole or not at all, and joined to one file at the end.

They lie beside the result in a directory of its name with ``.parts`` behind it, together with what the run is of; so a
run that was interrupted goes on where it stopped, and one of other inputs or settings does not.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO

import pyarrow as pa

from billcalc.bulk.run import REJECTS, Counts
from billcalc.files.formats import FORMATS, Tabular
from billcalc.files.writing import write_file
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode

__all__ = ["Parts", "locked", "replacing"]

BILLS, REJECTED = "bills", "rejects"


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one result.

    Attributes:
        directory: where they lie.
        schema: of the bills.
        bills, rejects: the formats they are written in, which are those of the result.
    """

    directory: Path
    schema: pa.Schema
    bills: Tabular
    rejects: Tabular

    def begin(self, manifest: Mapping[str, Any], *, restart: bool) -> bool:
        """Make the directory, or find it as an interrupted run of the same things left it.

        Args:
            manifest: everything that decides the result.
            restart: whether parts that are there are thrown away.

        Returns:
            Whether there are parts to go on from.

        Raises:
            InvalidInput: where the parts are of a run of other things.
        """
        told = self.directory / "manifest.json"
        if restart or not told.exists():
            for path in self.directory.glob("*.*"):
                path.unlink()
            write_file(told, json.dumps(manifest, ensure_ascii=False, indent=1))
            return False
        before = json.loads(told.read_text(encoding="utf-8"))
        others = sorted(key for key in {*before, *manifest} if before.get(key) != manifest.get(key))
        if others:
            reason = (
                f"the parts are of an interrupted run with other {' and '.join(others)}; --restart throws them away"
            )
            raise InvalidInput([Fault(FaultCode.INCONSISTENT, str(self.directory), {"reason": reason})])
        return True

    def counts(self, number: int) -> Counts | None:
        """What is told of a complete part; None of one that is not."""
        told = self._path(number, "json")
        if not told.exists():
            return None
        return Counts(**json.loads(told.read_text(encoding="utf-8")))

    @contextmanager
    def part(self, number: int) -> "Iterator[OpenPart]":
        """A part to fill; what is half written has another name, which no other process has."""
        paths = [self._path(number, BILLS), self._path(number, REJECTED)]
        drafts = [path.with_name(f"{path.name}.{token_hex(4)}.draft") for path in paths]
        with drafts[0].open("wb") as bills, drafts[1].open("wb") as rejects:
            part = OpenPart(_writer(self.bills, bills, self.schema), _writer(self.rejects, rejects, REJECTS))
            yield part
            part.close()
            for file in (bills, rejects):
                file.flush()
                os.fsync(file.fileno())
        for draft, path in zip(drafts, paths, strict=True):
            draft.replace(path)

    def finish(self, number: int, counts: Counts) -> None:
        """Say that a part is complete."""
        told = {"rows": counts.rows, "billed": counts.billed, "rejected": counts.rejected}
        write_file(self._path(number, "json"), json.dumps({**told, "problems": dict(counts.problems)}))

    def join(self, numbers: Sequence[int], bills: BinaryIO, rejects: BinaryIO) -> None:
        """Write both results from all parts."""
        FORMATS[self.bills].join([self._path(number, BILLS) for number in numbers], bills, self.schema)
        FORMATS[self.rejects].join([self._path(number, REJECTED) for number in numbers], rejects, REJECTS)

    def remove(self) -> None:
        """Throw everything away."""
        shutil.rmtree(self.directory)

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


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Make a directory and keep other runs out of it; a lock ends with its process, however that ends.

    Raises:
        InvalidInput: where another run is in it.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "lock").open("wb") as file:
        try:
            if _FCNTL is not None:
                _FCNTL.flock(file, _FCNTL.LOCK_EX | _FCNTL.LOCK_NB)
        except BlockingIOError:
            facts = {"reason": "another run is writing it"}
            raise InvalidInput([Fault(FaultCode.CANNOT_READ, str(directory), facts)]) from None
        yield


_FCNTL: Any = import_module("fcntl") if find_spec("fcntl") else None
"""Not on Windows; there two runs of one result are not kept apart."""


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of another when it is complete, and leaves nothing behind when it is not."""
    draft = path.with_name(f".billcalc-{token_hex(8)}.tmp")
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
