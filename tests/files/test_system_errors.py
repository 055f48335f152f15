"""What the system says is said in our words, and told apart: a fault of the input, of the machine, of the output."""

import errno

import pytest

from billcalc.files.system_errors import StoppedError, error_told_in, reading_fault, reason_of, system_fault
from billcalc.kernel.reasons import Reason


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, "Es ist kein Platz mehr"), {"reason": Reason.DISK_FULL}),
        (OSError("Corrupt data\nmore of it"), {"reason": Reason.OTHER_PROGRAM, "detail": "corrupt data"}),
        (OSError(9999, "Strange"), {"reason": Reason.OTHER_PROGRAM, "detail": "strange"}),
        (ValueError("embedded null byte"), {"reason": Reason.OTHER_PROGRAM, "detail": "embedded null byte"}),
        (MemoryError(), {"reason": Reason.NO_MEMORY}),
        (StoppedError(Reason.WORKER_ENDED), {"reason": Reason.WORKER_ENDED}),
        (RuntimeError(), {"reason": Reason.OTHER_PROGRAM, "detail": "runtimeError"}),
    ],
)
def test_a_reason_is_in_our_words_where_we_have_some(error: BaseException, reason: dict[str, str]) -> None:
    assert reason_of(error) == reason


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOENT, "cannot_read"),
        (errno.EACCES, "cannot_read"),
        (errno.EISDIR, "cannot_read"),
        (errno.EMFILE, "system_failed"),
        (errno.EIO, "system_failed"),
    ],
)
def test_what_no_other_input_would_help_is_of_the_machine(number: int, code: str) -> None:
    assert reading_fault(OSError(number, "x"), "in.csv").code == code


def test_what_has_a_name_cannot_be_written_and_the_rest_does_not_go_on() -> None:
    assert str(system_fault(OSError(errno.EROFS, "x", b"a\xff\n.csv"))).startswith("a\\udcff\\n.csv: cannot_write: ")
    assert str(system_fault(OSError(errno.EROFS, "x"))).startswith("billcalc: system_failed: ")
    assert system_fault(OSError(errno.EROFS, "x"), "bills.csv").where == "bills.csv"


def test_an_error_of_the_machine_is_found_in_the_message_of_another_program() -> None:
    told = error_told_in("IO Error: Could not write to file: No space left on device (os error 28)")
    assert told is not None
    assert told.errno == errno.ENOSPC
    assert error_told_in("Binder Error: no such column") is None
