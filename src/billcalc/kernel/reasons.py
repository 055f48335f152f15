"""Why a file cannot be read or written: what messages say of it, in English; ``explain`` says it in Chinese."""

from enum import StrEnum

__all__ = ["Reason"]


class Reason(StrEnum):
    """A part of a sentence."""

    # what the system says
    NO_FILE = "no such file or directory"
    NO_PERMISSION = "permission denied"
    NOT_PERMITTED = "operation not permitted"
    DIRECTORY = "is a directory"
    NO_DIRECTORY = "not a directory"
    NAME_TOO_LONG = "file name too long"
    LINKS_IN_A_CIRCLE = "too many levels of symbolic links"
    EXISTS = "file exists"
    NOT_EMPTY = "directory not empty"
    READ_ONLY = "read-only file system"
    DISK_FULL = "no space left on device"
    QUOTA = "disk quota exceeded"
    FILE_TOO_LARGE = "file too large"
    OPEN_FILES = "too many open files"
    OPEN_FILES_OF_ALL = "too many open files in system"
    INPUT_OUTPUT = "input/output error"
    NO_MEMORY = "cannot allocate memory"
    BUSY = "device or resource busy"
    BUSY_TEXT = "text file busy"
    STALE = "stale file handle"
    NO_DEVICE = "no such device or address"
    BROKEN_PIPE = "broken pipe"

    # what the program says
    NAME_OF_A_TABLE = "the name of a table ends in .parquet, .csv, .arrow or .feather"
    NAME_OF_A_RESULT = "the name of a result ends in .parquet, .csv, .arrow, .feather or .xlsx"
    NAME_OF_DIFFERENCES = "the name of a table of differences ends in .parquet, .csv or .xlsx"
    NAME_OF_ISSUED = "tables of issued bills are .parquet or .csv"
    NO_NAME_OF_PATTERN = "no file has a name of this pattern"
    DIRECTORY_MISSING = "there is no such directory"
    READ_TWICE = "it is read more than once, which a pipe or a device does not allow"
    NO_STANDARD_INPUT = "there is no standard input"
    ANOTHER_RUN = "another run is writing it"
    NOT_OF_A_RUN = "it is the directory of the parts of a run, and other files are in it"
    WORKER_ENDED = "a worker was ended from outside, as a system does that has no memory left"
