"""Write a file as a whole or not at all: whoever reads it meanwhile finds the old one or the new one."""

import os
import stat
from pathlib import Path
from secrets import token_hex

__all__ = ["write_file"]


def write_file(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Write a file of its own directory, then put it in the place of the old one, whose permissions it keeps.

    A link stays a link: what it points to is replaced. A device or a pipe is written into.

    Args:
        path: its directory exists.
        content: a text is written in UTF-8, its line ends as they are.

    Raises:
        OSError: when it cannot be written; the old file is then as it was, and nothing else is left behind.
    """
    content = content.encode("utf-8") if isinstance(content, str) else content
    target = Path(path).resolve()
    before = target.stat().st_mode if target.exists() else None
    if before is not None and not stat.S_ISREG(before):
        with target.open("wb") as stream:  # replacing /dev/null by a file would harm the machine
            stream.write(content)
        return
    draft = target.with_name(f".billcalc-{token_hex(8)}.tmp")
    try:
        with draft.open("xb") as file:
            if before is not None:
                draft.chmod(stat.S_IMODE(before))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _keep_name(target.parent)


def _keep_name(directory: Path) -> None:
    """The new name is on the disk only when the directory is; Windows has no such call."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(directory, os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
