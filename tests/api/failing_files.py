"""Every call that changes a file may fail: the n-th does."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHANGING = (
    (os, "open"), (os, "fsync"), (os, "replace"), (os, "rename"),
    (Path, "replace"), (Path, "rename"), (Path, "chmod"), (Path, "open"),
)  # fmt: skip


@contextmanager
def failing(number: int) -> Iterator[list[str]]:
    """Let the n-th changing call fail, as on a full disk; gives the names of the calls that were made."""
    made: list[str] = []

    def instead(name: str, call: Any) -> Any:
        def made_or_failed(*arguments: Any, **options: Any) -> Any:
            made.append(name)
            if len(made) == number:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            found = call(*arguments, **options)
            if name == "open" and hasattr(found, "write"):
                return _Written(found, made, number)
            return found

        return made_or_failed

    with pytest.MonkeyPatch.context() as patch:
        for place, name in CHANGING:
            patch.setattr(place, name, instead(name, getattr(place, name)))
        yield made


class _Written:
    """A file that may fail after half of what is written."""

    def __init__(self, file: Any, made: list[str], number: int) -> None:
        self._file, self._made, self._number = file, made, number

    def write(self, content: Any) -> None:
        self._made.append("write")
        if len(self._made) == self._number:
            self._file.write(content[: len(content) // 2])
            self._file.flush()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._file.write(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> "_Written":
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()
