"""Write docs/audit-accuracy.md and its Chinese twin: ``python -m tests.audit.accuracy``."""

import sys
from functools import partial
from multiprocessing import Pool

from tests.audit.accuracy.page import PAGES, page
from tests.audit.accuracy.structures import NAMES
from tests.audit.accuracy.trying import Trial, tried
from tests.documents import ROOT

COUNT = 3300
"""Draws of which more than 2,000 make a bill that is wrong: some structures have nothing of a kind to be wrong."""


def of_one(name: str, *, count: int) -> list[Trial]:
    """The trials of one structure."""
    return list(tried(count // len(NAMES), [name]))


def main() -> None:
    """Try all structures, two at a time, and write the pages."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with Pool(2) as pool:
        trials = [trial for found in pool.imap(partial(of_one, count=count), NAMES) for trial in found]
    for language, name in PAGES.items():
        (ROOT / name).write_text(page(trials, language), encoding="utf-8")


if __name__ == "__main__":
    main()
