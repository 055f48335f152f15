"""What the system says of a file that it does not let us read or write, as faults: the same words on every system."""

import errno
import os

from billcalc.fields.shown import as_reason, printable
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault
from billcalc.kernel.wording import FaultCode

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


def reason_of(error: BaseException) -> str:
    """What a message says of an error.

    >>> str(reason_of(OSError(errno.ENOSPC, "whatever this system calls it")))
    'no space left on device'
    """
    if isinstance(error, MemoryError):
        return Reason.NO_MEMORY
    known = _REASONS.get(error.errno) if isinstance(error, OSError) and error.errno is not None else None
    if known is not None:
        return known
    told = str(getattr(error, "strerror", None) or error) or type(error).__name__
    return as_reason(told.split("\n", 1)[0])


def reading_fault(error: BaseException, where: str) -> Fault:
    """The fault of an input that cannot be read: of the input, or of the machine."""
    reason = reason_of(error)
    code = FaultCode.SYSTEM_FAILED if reason in _OF_THE_MACHINE else FaultCode.CANNOT_READ
    return Fault(code, where, {"reason": reason})


def system_fault(error: BaseException, where: str | None = None) -> Fault:
    """The fault of what could not be written, or could not go on."""
    named = getattr(error, "filename", None) if where is None else where
    if named is None:
        return Fault(FaultCode.SYSTEM_FAILED, "billcalc", {"reason": reason_of(error)})
    return Fault(FaultCode.CANNOT_WRITE, printable(os.fsdecode(named)), {"reason": reason_of(error)})


def error_told_in(message: str) -> OSError | None:
    """The error of the machine that a message of another program tells, or None.

    >>> error_told_in("IO Error: Could not write file: No space left on device").errno == errno.ENOSPC
    True
    """
    for number, reason in _REASONS.items():
        if reason in _OF_THE_MACHINE and os.strerror(number).lower() in message.lower():
            return OSError(number, reason)
    return None
