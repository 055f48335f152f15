"""When the interpreter looks for garbage: not while modules or thousands of records come, and none of them goes.

Each search goes over all that is young, and now and then over all there is: a fifth of the time of a start.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["not_collecting"]


@contextmanager
def not_collecting() -> Iterator[None]:
    """Without looking for garbage: what is made inside counts as old at once."""
    if not gc.isenabled() or gc.get_freeze_count():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()  # both together move everything to the oldest generation, without going over it
        gc.enable()
