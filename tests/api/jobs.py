"""Jobs for workers: some that are done, and some that a worker does not come back from."""

import os
import re
import time
from contextlib import suppress

from billcalc_api.calculating import Answer, Tools

__all__ = ["dying", "failing", "holding", "sleeping", "spinning"]


def sleeping(tools: Tools, seconds: float) -> Answer:
    """Done after some time."""
    time.sleep(seconds)
    return Answer(200, b"done", "text/plain")


def spinning(tools: Tools) -> Answer:
    """Never done, in Python."""
    with tools.limited():
        while True:
            with suppress(Exception):  # even where every error is held up
                sum(range(1000))


def holding(tools: Tools) -> Answer:
    """Never done, inside a library that looks at no signals."""
    with tools.limited():
        re.match("(a+)+$", "a" * 60 + "b")
    raise AssertionError("it took only a moment")


def failing(tools: Tools) -> Answer:
    """An error with a customer in it."""
    raise RuntimeError("customer 4711")


def dying(tools: Tools) -> Answer:
    """The end of the process."""
    os._exit(3)
