"""Why something is so: what messages say of it, in English; ``explain`` says it in Chinese."""

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
    NAME_OF_A_TABLE = "a table is a file of .csv, .xlsx, .xls, .parquet, .arrow or .feather"
    NO_WORKBOOK = "it is no workbook, or it is damaged or protected by a password"
    WORKBOOK_TOO_LARGE = "the workbook is too large when it is unpacked"
    NO_PACKAGE_FOR_WORKBOOKS = "workbooks need python-calamine: install billcalc[excel]"
    NO_RESULT = "the formula has no result: open the file in a spreadsheet and save it again"
    ERROR_VALUE = "the cell has an error, such as #N/A"
    MERGED = "cells are merged among the rows, so what each row has is not known: unmerge them"
    NAME_OF_A_RESULT = "the name of a result ends in .parquet, .csv, .arrow, .feather or .xlsx"
    NO_NAME_OF_PATTERN = "no file has a name of this pattern"
    DIRECTORY_MISSING = "there is no such directory"
    READ_TWICE = "it is read more than once, which a pipe or a device does not allow"
    NO_STANDARD_INPUT = "there is no standard input"
    ANOTHER_RUN = "another run is writing it"
    NOT_OF_A_RUN = "it is the directory of the parts of a run, and other files are in it"
    WORKER_ENDED = "a worker was ended from outside, as a system does that has no memory left"

    # what the law says of a change of use
    TOO_SHORT = "it lasts less than the rules ask for"
    TERM_OVER = "it lasts longer than the rules allow"
    NEW_USER = "the customer is new"
    NOT_WHOLE_CYCLE = "a change inside a cycle counts from the next cycle on where demand is billed"
    NOT_ALL_CAPACITY = "only the whole capacity can be suspended where demand is billed"
    MODE_TOO_SOON = "the mode was changed less than the rules' months before"
    MODE_IN_CYCLE = "a change of the mode counts from the next cycle on"
    NOT_ENDED = "it is not told to have lasted as long as the rules ask for"
    NOTICE_SHORT = "the notice is shorter than the rules ask for"
    TOO_OFTEN = "it is one more than the rules allow in a year"
    EXCHANGE_OVER = "the time for an exchange is over"
