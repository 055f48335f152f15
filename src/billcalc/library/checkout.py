"""The checkout that a directory lies in, since an installed copy of the package reads tariffs of its own."""

import tomllib
from pathlib import Path

__all__ = ["unread_tariffs"]


def unread_tariffs(inside: Path, *, read: Path) -> Path | None:
    """The tariffs of the checkout around a directory, where others are read; None where there is no such doubt.

    Args:
        inside: the directory, such as the working directory.
        read: the tariffs that are read.
    """
    for directory in (inside, *inside.parents):
        tariffs = directory / "tariffs"
        if tariffs.is_dir() and _is_ours(directory / "pyproject.toml"):
            return None if tariffs.resolve() == read.resolve() else tariffs
    return None


def _is_ours(project: Path) -> bool:
    try:
        settings = tomllib.loads(project.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # none, or none that can be read: not ours
        return False
    about = settings.get("project")
    return isinstance(about, dict) and about.get("name") == "billcalc"
