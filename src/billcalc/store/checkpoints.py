"""Checkpoints in a file of their own: a line of JSON for each, to be kept where the store cannot be written from."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from pydantic import Field

from billcalc.audit.findings.chain import canonical_text
from billcalc.audit.findings.records import Checkpoint
from billcalc.fields import Count, Model, Printed, validated
from billcalc.files.documents import Format, parse_document
from billcalc.files.text import read_text
from billcalc.files.writing import write_file
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["read_checkpoints", "write_checkpoint"]

_Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class _Line(Model):
    """A line of the file."""

    store: _Hash
    seq: Count
    head: _Hash
    at: Printed


def read_checkpoints(source: Path | bytes, *, name: str | None = None) -> tuple[Checkpoint, ...]:
    """The checkpoints of a file, in its order.

    Args:
        source: the file, or what stands in it.
        name: what messages call it; by default its own.

    Raises:
        InvalidInput: where it cannot be read, or a line is no checkpoint.
    """
    text = read_text(source, name=name)
    found = []
    faults: list[Fault] = []
    for number, line in enumerate(text.lines, start=1):
        try:
            data = parse_document(line, name=f"{text.name}:{number}", written_in=Format.JSON).data
            read = validated(_Line, data, where=_at(f"{text.name}:{number}"))
        except InvalidInput as invalid:
            faults.extend(invalid.faults)
        else:
            found.append(Checkpoint(read.store, read.seq, read.head, read.at))
    if faults:
        raise InvalidInput(faults)
    return tuple(found)


def _at(place: str) -> Callable[[tuple[str | int, ...]], str]:
    """Whatever is wrong with a line, its place is the line."""
    return lambda _: place


def write_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Add a checkpoint to a file, which is written as a whole.

    Raises:
        InvalidInput: where what is there cannot be read.
        OSError: where it cannot be written.
    """
    before = read_checkpoints(path) if path.exists() else ()
    told = ({name: getattr(each, name) for name in Checkpoint.__slots__} for each in (*before, checkpoint))
    write_file(path, "".join(f"{canonical_text(each)}\n" for each in told))
