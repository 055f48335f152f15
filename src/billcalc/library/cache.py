"""A cache of tariff documents that were read before: of the same bytes, by the same program, for the same user.

The files are what counts. A cache is of the hash of all their bytes and of the program that read them; whatever is not
exactly that is left aside and written anew: a cache that is damaged, that another user could have written, or that
is of other files. Writing one that cannot be written is no error.

It holds records of tariff documents and nothing else: what it is read with knows no other classes and no functions, so
that even a cache that another program of the user made could only be wrong about prices, as could his files.
"""

import io
import os
import pickle
import stat
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pydantic

from billcalc._version import __version__
from billcalc.files import disk
from billcalc.files.text import read_bytes
from billcalc.files.writing import write_file
from billcalc.kernel.troubles import InvalidInput
from billcalc.tariff.documents import Header

__all__ = ["Documents", "LibraryCache", "cache_directory"]

VARIABLE = "BILLCALC_CACHE"
"""Where caches are kept; nowhere, where it is set and empty."""
LIBRARIES_MAX = 16
"""Of how many libraries a cache is kept; the one that was written longest ago goes first."""

_BYTES_MAX = 1 << 28
_DIGEST = sha256().digest_size
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_RECORDS = ("billcalc.tariff.", "billcalc.vocabulary", "billcalc.kernel.")
_PLAIN = {
    ("decimal", "Decimal"),
    ("datetime", "date"),
    ("billcalc.fields.unchanging", "Unchanging"),
    ("billcalc.library.cache", "Documents"),
}


def cache_directory(environment: Mapping[str, str]) -> Path | None:
    """Where the caches of a user are kept; None where there are none.

    >>> cache_directory({"XDG_CACHE_HOME": "/home/user/.cache"}).as_posix()
    '/home/user/.cache/billcalc'
    >>> cache_directory({"BILLCALC_CACHE": ""}) is None
    True
    """
    if VARIABLE in environment:
        return Path(environment[VARIABLE]) if environment[VARIABLE] else None
    if above := environment.get("XDG_CACHE_HOME"):
        return Path(above) / "billcalc"
    return Path(home) / ".cache" / "billcalc" if (home := environment.get("HOME")) else None


class Documents(NamedTuple):
    """The documents of an area.

    Attributes:
        stated: as they are written.
        whole: each amendment with all that it leaves as it was.
    """

    stated: tuple[Header, ...]
    whole: tuple[Header, ...]


class LibraryCache:
    """The caches of one library, one for each area.

    Args:
        above: the directory of all caches; None for none at all.
        root: the directory of the library.
    """

    def __init__(self, above: Path | None, root: Path) -> None:
        self._above = above if hasattr(os, "geteuid") else None  # elsewhere nobody tells whose a file is
        self._name = sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:32]

    def read(self, area: str, texts: Iterable[tuple[str, str]]) -> Documents | None:
        """The documents of an area, by the names and texts of its files; None where they are not in the cache."""
        if self._above is None:
            return None
        path = self._above / self._name / area
        if not all(map(_is_ours, (self._above, path.parent, path))):
            return None
        try:
            _, content = read_bytes(path, name=None, max_bytes=_BYTES_MAX)
        except InvalidInput:
            return None
        sealed, payload = content[: 2 * _DIGEST], content[2 * _DIGEST :]
        if sealed != _key(texts) + sha256(payload).digest():
            return None
        try:
            found = _Records(io.BytesIO(payload)).load()
        except Exception:  # noqa: BLE001 - whatever it is, it is no cache of ours
            return None
        return found if isinstance(found, Documents) else None

    def write(self, area: str, texts: Iterable[tuple[str, str]], documents: Documents) -> None:
        """Keep the documents of an area."""
        if self._above is None:
            return
        payload = pickle.dumps(documents, protocol=5)
        with suppress(OSError):
            for directory in (self._above, self._above / self._name):
                if not directory.is_dir():
                    disk.make_directory(directory)
                    disk.permit(directory, stat.S_IRWXU)
            if _is_ours(self._above) and _is_ours(self._above / self._name):
                write_file(self._above / self._name / area, _key(texts) + sha256(payload).digest() + payload)
                _forget_oldest(self._above)


def _is_ours(path: Path) -> bool:
    """Whether a file or directory is the user's, and nobody else may write it."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    return found.st_uid == os.geteuid() and not found.st_mode & _OTHERS_WRITE and not stat.S_ISLNK(found.st_mode)


def _forget_oldest(above: Path) -> None:
    libraries = sorted((each for each in above.iterdir() if each.is_dir()), key=lambda each: each.stat().st_mtime)
    for directory in libraries[:-LIBRARIES_MAX]:
        disk.remove_tree(directory)


def _key(texts: Iterable[tuple[str, str]]) -> bytes:
    """The hash of some files and of the program."""
    key = sha256(_program())
    for name, text in texts:
        key.update(f"{name}\0{len(text)}\0{text}\0".encode())
    return key.digest()


@cache
def _program() -> bytes:
    """The hash of what makes documents of texts: this package, as it lies on the disk, and what it is built on."""
    package = Path(__file__).parents[1]
    modules = sorted(package.rglob("*.py"))
    states = ((str(each.relative_to(package)), each.stat()) for each in modules)
    told = [(name, state.st_size, state.st_mtime_ns) for name, state in states]
    return sha256(repr((__version__, pydantic.VERSION, sys.version, told)).encode()).digest()


class _Records(pickle.Unpickler):
    """Reads records of this package, and calls nothing."""

    def find_class(self, module: str, name: str, /) -> Any:
        """A class of tariff documents, or one of the few plain values they hold."""
        if (module, name) in _PLAIN or module.startswith(_RECORDS):
            found = getattr(import_module(module), name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no record of a tariff document")
