"""What the system says of a file that it does not let us read or write, as faults: the same words on every system."""

import errno
import os

from billcalc.fields.shown import as_reason, printable
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault

__all__ = ["error_told_in", "reading_fault", "reason_of", "system_fault"]

_KNOWN = {
    "ENOENT": Reason.NO_FILE,
    "EACCES": Reason.NO_PERMISSION,
    "EPERM": Reason.NOT_PERMITTED,
    "EISDIR": Reason.DIRECTORY,
    "ENOTDIR": Reason.NO_DIRECTORY,
    "ENAMETOOLONG": Reason.NAME_TOO_LONG,
    "ELOOP": Reason.LINKS_IN_A_CIRCLE,
    "EEXIST": Reason.EXISTS,
    "ENOTEMPTY": Reason.NOT_EMPTY,
    "EROFS": Reason.READ_ONLY,
    "ENOSPC": Reason.DISK_FULL,
    "EDQUOT": Reason.QUOTA,
    "EFBIG": Reason.FILE_TOO_LARGE,
    "EMFILE": Reason.OPEN_FILES,
    "ENFILE": Reason.OPEN_FILES_OF_ALL,
    "EIO": Reason.INPUT_OUTPUT,
    "ENOMEM": Reason.NO_MEMORY,
    "EBUSY": Reason.BUSY,
    "ETXTBSY": Reason.BUSY_TEXT,
    "ESTALE": Reason.STALE,
    "ENXIO": Reason.NO_DEVICE,
    "EPIPE": Reason.BROKEN_PIPE,
}
_REASONS = {getattr(errno, name): reason for name, reason in _KNOWN.items() if hasattr(errno, name)}  # some lack some
_OF_THE_MACHINE = {
    Reason.DISK_FULL,
    Reason.QUOTA,
    Reason.OPEN_FILES,
    Reason.OPEN_FILES_OF_ALL,
    Reason.INPUT_OUTPUT,
    Reason.NO_MEMORY,
    Reason.STALE,
    Reason.READ_ONLY,
}
"""No other name or permission of an input would help: the machine has to be put right."""


class StoppedError(OSError):
    """What the program itself finds that it cannot go on with."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.value)


def reason_of(error: BaseException) -> dict[str, str]:
    """What a message says of an error, as its facts; of one that is not known what the system says itself.

    >>> reason_of(OSError(errno.ENOSPC, "whatever this system calls it"))
    {'reason': <Reason.DISK_FULL: 'disk_full'>}
    """
    known = _known(error)
    if known is not None:
        return {"reason": known}
    told = str(getattr(error, "strerror", None) or error) or type(error).__name__
    return {"reason": Reason.OTHER_PROGRAM, "detail": as_reason(told.split("\n", 1)[0])}


def _known(error: BaseException) -> Reason | None:
    if isinstance(error, StoppedError):
        return error.reason
    if isinstance(error, MemoryError):
        return Reason.NO_MEMORY
    return _REASONS.get(error.errno) if isinstance(error, OSError) and error.errno is not None else None


def reading_fault(error: BaseException, where: str) -> Fault:
    """The fault of an input that cannot be read: of the input, or of the machine."""
    code = FaultCode.SYSTEM_FAILED if _known(error) in _OF_THE_MACHINE else FaultCode.CANNOT_READ
    return Fault(code, where, reason_of(error))


def system_fault(error: BaseException, where: str | None = None) -> Fault:
    """The fault of what could not be written, or could not go on."""
    named = getattr(error, "filename", None) if where is None else where
    if named is None:
        return Fault(FaultCode.SYSTEM_FAILED, "billcalc", reason_of(error))
    return Fault(FaultCode.CANNOT_WRITE, printable(os.fsdecode(named)), reason_of(error))


def error_told_in(message: str) -> OSError | None:
    """The error of the machine that a message of another program tells, or None.

    >>> error_told_in("IO Error: Could not write file: No space left on device").errno == errno.ENOSPC
    True
    """
    for number, reason in _REASONS.items():
        if reason in _OF_THE_MACHINE and os.strerror(number).lower() in message.lower():
            return OSError(number, os.strerror(number).lower())
    return None
