"""No output harms an input or another output, and no input changes while a run reads it more than once."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from billcalc.files.system_errors import reason_of
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.grid import sheet_of

__all__ = ["Inputs", "check_outputs"]

_Identity = tuple[str | int, ...]


def check_outputs(outputs: Sequence[Path], inputs: Iterable[str | Path], *, parts: Path | None = None) -> None:
    """See that the outputs can be written without harm, before the work is done.

    Args:
        outputs: what will be written.
        inputs: everything that is read, by whatever name: a link, a hard link and a relative path are the file itself.
        parts: the directory of the run's parts, where it has one: nothing else may lie in it.

    Raises:
        InvalidInput: where an output is an input or another output, or there is no way to write it.
    """
    faults = [fault for output in outputs for fault in _unwritable(output)]
    taken: dict[_Identity, str] = {}
    inside = None if parts is None else os.path.join(os.path.realpath(parts), "")
    directories: dict[str, str] = {}
    for name in _files(inputs):
        real = _real(name, directories)
        taken.update(dict.fromkeys(_identities(name, real), name))
        if inside is not None and real.startswith(inside):
            faults.append(Fault(FaultCode.OUTPUT_CLASHES, str(parts), {"other": name}))
    for output in outputs:
        real = os.path.realpath(output)
        identities = list(_identities(output, real))
        others = [taken[identity] for identity in identities if identity in taken]
        if inside is not None and real.startswith(inside):
            others.append(str(parts))
        if others:
            faults.append(Fault(FaultCode.OUTPUT_CLASHES, str(output), {"other": others[0]}))
        taken.update(dict.fromkeys(identities, str(output)))
    if faults:
        raise InvalidInput(faults)


def _files(names: Iterable[str | Path]) -> Iterator[str]:
    """The files of inputs, of which a sheet may be told."""
    return (sheet_of(str(name))[0] for name in names)


def _real(name: str, directories: dict[str, str]) -> str:
    """The path of a file without links; of the many in one directory, the directory's is asked for once."""
    directory, last = os.path.split(name)
    if last in ("", os.curdir, os.pardir) or os.path.islink(name):
        return os.path.realpath(name)
    if directory not in directories:
        directories[directory] = os.path.realpath(directory)
    return os.path.join(directories[directory], last)


def _unwritable(output: Path) -> Iterator[Fault]:
    """Why an output cannot be written, as far as that can be known before it is."""

    def fault(where: Path, reason: str) -> Fault:
        return Fault(FaultCode.CANNOT_WRITE, str(where), {"reason": reason})

    try:
        mode = output.stat().st_mode
    except FileNotFoundError:
        parent = Path(os.path.realpath(output)).parent
        if not parent.is_dir():
            yield fault(output.parent if not output.is_symlink() else parent, Reason.DIRECTORY_MISSING)
        elif not os.access(parent, os.W_OK):
            yield fault(parent, Reason.NO_PERMISSION)
    except OSError as error:
        yield Fault(FaultCode.CANNOT_WRITE, str(output), reason_of(error))
    else:
        if stat.S_ISDIR(mode):
            yield fault(output, Reason.DIRECTORY)
        elif not os.access(output, os.W_OK):
            yield fault(output, Reason.NO_PERMISSION)
        elif stat.S_ISREG(mode) and not os.access(Path(os.path.realpath(output)).parent, os.W_OK):
            yield fault(Path(os.path.realpath(output)).parent, Reason.NO_PERMISSION)


def _identities(name: str | Path, real: str) -> Iterator[_Identity]:
    """What makes a name mean one file: its path without links, and where the system keeps it."""
    try:
        state = os.stat(name)
    except OSError:
        yield (os.path.normcase(real),)
        return
    if not stat.S_ISCHR(state.st_mode):  # /dev/null may be many things at once
        yield (os.path.normcase(real),)
        yield (state.st_dev, state.st_ino)


@dataclass(frozen=True, slots=True)
class State:
    """What a file is at one time.

    Attributes:
        place: the device and the number by which the system keeps it.
        size: [byte].
        changed: when it was last written [ns since 1970].
        checksum: SHA-256 of its bytes.
    """

    place: tuple[int, int]
    size: int
    changed: int
    checksum: str

    @property
    def content(self) -> tuple[int, int, str]:
        """What stays when the file is moved to another disk."""
        return self.size, self.changed, self.checksum


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of a run, as they were when it began; one that could not be read is for its reader to tell of."""

    states: dict[str, State | None]

    @classmethod
    def look(cls, names: Iterable[str | Path]) -> "Inputs":
        """Look at the files.

        Raises:
            InvalidInput: for what cannot be read twice.
        """
        faults: list[Fault] = []
        states: dict[str, State | None] = {}
        for name in _files(names):
            try:
                mode = os.stat(name).st_mode
                if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
                    states[name] = _state(name)
                else:
                    faults.append(Fault(FaultCode.CANNOT_READ, name, {"reason": Reason.READ_TWICE}))
            except (OSError, ValueError):  # ValueError: a name that no file can have
                states[name] = None
        if faults:
            raise InvalidInput(faults)
        return cls(states)

    def check_unchanged(self) -> None:
        """See that the files are what they were.

        Raises:
            InvalidInput: where one is not.
        """
        now = Inputs.look(self.states).states
        changed = [name for name, state in self.states.items() if now[name] != state]
        if changed:
            raise InvalidInput(Fault(FaultCode.INPUT_CHANGED, name) for name in changed)


def _state(name: str) -> State:
    with Path(name).open("rb") as file:
        checksum = file_digest(file, "sha256").hexdigest()
        state = os.fstat(file.fileno())
    return State((state.st_dev, state.st_ino), state.st_size, state.st_mtime_ns, checksum)
