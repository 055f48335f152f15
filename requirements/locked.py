"""The locked versions, read from the files that ``make lock`` writes."""

import re
from pathlib import Path
from typing import NamedTuple

__all__ = ["HERE", "Locked", "canonical", "locked"]

HERE = Path(__file__).parent

_ENTRY = re.compile(
    r"(?P<name>[a-z0-9.-]+)==(?P<version>[^\s;]+)( ; (?P<marker>[^\\]+?))?(?P<hashes>( \\\n    --hash=\S+)*)\n"
)
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


class Locked(NamedTuple):
    """One package at one version.

    Attributes:
        marker: where it is for, such as ``sys_platform == 'win32'``; empty for everywhere.
        hashes: how many files of it may be installed.
    """

    name: str
    version: str
    marker: str
    hashes: int


def locked(text: str) -> list[Locked]:
    """Every entry of a lock.

    Raises:
        ValueError: where a line is none: an address, an option, a package without its version.
    """
    body = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    found = []
    while body:
        entry = _ENTRY.match(body)
        if entry is None:
            raise ValueError(f"no locked package: {body.splitlines()[0]}")
        found.append(
            Locked(entry["name"], entry["version"], entry["marker"] or "", len(_HASH.findall(entry["hashes"])))
        )
        body = body[entry.end() :]
    return found


def canonical(name: str) -> str:
    """A name as locks write it: ``PyYAML`` is ``pyyaml``."""
    return re.sub(r"[-_.]+", "-", name).lower()
