"""Which places of a request each cause is of, so that a letter names the ground of what it changes."""

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, Final

from billcalc.billing.request import Request
from billcalc.corrections.case import OF_ENERGY, Cause
from billcalc.corrections.energy import told_data

__all__ = ["causes_of", "changed_places", "is_of"]

_C = Cause
_OF_ALL: Final = re.compile(r"/(cycle|period|households)\b|/agreement/\d+/from$|/metering_points/\d+/config/\d+/from$")
"""Days, which every cause may move, and the count of tiers, which follows from every cause."""
_OF: Final[tuple[tuple[str, tuple[Cause, ...], tuple[Cause, ...]], ...]] = (
    (r"/agreement/\d+/groups/[^/]+/class", (_C.CLASS,), ()),
    (r"/agreement/\d+/groups/", (_C.PRICE,), (_C.CLASS,)),
    (r"/agreement/\d+/supply_points/[^/]+/power_factor_standard", (_C.PRICE, _C.CLASS), ()),
    (r"/agreement/\d+/basic", (_C.SUSPENSION,), (_C.CLASS, _C.PRICE)),
    (r"/agreement/\d+/supply_points/|/changes", (_C.SUSPENSION,), ()),
    (r"/metering_points/\d+/config", (_C.MULTIPLIER,), (_C.REGISTER, *OF_ENERGY)),
    (r"/metering_points/\d+/(group|children)", (_C.REGISTER, _C.CLASS), OF_ENERGY),
    (r"/metering_points/\d+/(side|losses)", (), (_C.MULTIPLIER, _C.REGISTER, _C.PRICE, *OF_ENERGY)),
    (r"/metering_points/|/facts|/quantities", (_C.REGISTER,), (_C.MULTIPLIER, _C.SUSPENSION, *OF_ENERGY)),
    (r"/", (_C.PRICE,), (_C.CLASS,)),
)
"""By the beginning of a place, the first that fits: the causes that it is of, and those that it may follow from."""


def causes_of(place: str) -> tuple[Cause, ...]:
    """The causes that a place is of.

    >>> [each.value for each in causes_of("/metering_points/0/config/0/multiplier")]
    ['multiplier']
    """
    return next(of for begins, of, _ in _OF if re.match(begins, place))


def is_of(place: str, cause: Cause) -> bool:
    """Whether a change of a place may be of a cause, or follow from it.

    >>> is_of("/price_sheet/components/0/price", Cause.CLASS), is_of("/price_sheet/title", Cause.MULTIPLIER)
    (True, False)
    """
    return next(cause in (*of, *follows) for begins, of, follows in _OF if re.match(begins, place))


def changed_places(billed: Request, right: Request) -> tuple[str, ...]:
    """The places at which the right request is another than the one that was billed, but for those of every cause."""
    before, after = (told_data(each, whole=True) for each in (billed, right))
    return tuple(place for place in _differing(before, after, "") if _OF_ALL.match(place) is None)


def _differing(before: Any, after: Any, where: str) -> Iterator[str]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys([*before, *after]):
            yield from _differing(before.get(key), after.get(key), f"{where}/{key}")
    elif isinstance(before, list) and isinstance(after, list):
        is_dated = where == "/agreement" or where.endswith("/config")
        for place, (old, new) in enumerate(zip_longest(before, after)):
            was = before[-1] if is_dated and old is None else old  # what held before holds on
            yield from _differing(was, new, f"{where}/{place}")
    elif before != after:
        yield where
