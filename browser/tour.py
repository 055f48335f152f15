"""Tours of the pages: each leads through pages of some routes, and tells what they must show, on screen and paper."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from browser.stage import Stage
    from browser.visit import Visit

__all__ = ["NO_PAGES", "Scene", "Tour", "tour"]

NO_PAGES = frozenset(
    {
        "GET /bill",
        "GET /form.xlsx",
        "GET /findings/table",
        "GET /audit/{told}/files/{name}",
        "POST /sign-out",
        "POST /audit/{told}/remove",
    }
)
"""Routes that answer with a file to keep, or lead to another page: there is nothing to look at."""


class Scene(NamedTuple):
    """A page as it must be told.

    Attributes:
        outline: what assistive technology is told of it, its words by their names as ``$name``.
        printed: what stands on paper, too.
        unprinted: the names of words that only a screen is for, beside what no page prints.
    """

    outline: str
    printed: tuple[str, ...] = ()
    unprinted: tuple[str, ...] = ()


class Tour(NamedTuple):
    """A tour.

    Attributes:
        routes: of its pages, in the order in which it shows them.
        walk: leads a visit, which has begun with its key, to each page in turn.
    """

    routes: tuple[str, ...]
    walk: "Callable[[Visit, Stage], Iterator[Scene]]"


def tour(*routes: str) -> "Callable[[Callable[[Visit, Stage], Iterator[Scene]]], Tour]":
    """A tour over pages of these routes."""
    return lambda walk: Tour(routes, walk)
