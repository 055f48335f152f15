"""The structure of a request: everything in it that planning may branch on.

Planning asks for no number of the customer's (``places.Holds.NUMBER``), but for whether numbers of the agreement's
entries are equal: a basic charge runs on over an entry that changes none of its terms. Nor does it ask how a meter is
called, but for whether another has the same id. Of intervals that are whole it asks for their number, and what it
takes of them are sums and largest values (``plan_series``); others are structure to the last value. So requests that
differ in nothing else have one plan. That planning keeps to this is a law of tests/billing/test_structure.py, which
plans with numbers that refuse to be looked at, and of tests/billing/test_kept_intervals.py.
"""

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any

from billcalc.billing.identity import canonical_json
from billcalc.billing.places import numbers_as_written
from billcalc.billing.request import Request

__all__ = ["Structure", "canonical_text", "is_meter", "pointers_of", "structure_of", "term_of"]

Structure = tuple[object, ...]
"""A key: equal for requests that are billed by one plan."""

_MARK = "NaN"
"""What stands for it in a skeleton: no JSON of a request has it outside of a text."""
_FORMS_MAX = 2048
_NUMBERS = numbers_as_written()
_METER = re.compile(r"/metering_points/\d+/config/\d+/meter")
_TERM = re.compile(
    r"/agreement/(\d+)/(supply_points/[^/]+/transformers/\d+/kva|basic/(?:contracts|demand_shares|further_contracts/[^/]+)/[^/]+)"
)


def structure_of(request: Request) -> Structure:
    """The structure of a request.

    It is the request's JSON without what may differ, and of what differs only what matters. Keys of one mapping in
    another order are another structure: nothing is wrong by that, and a plan is made once more.
    """
    skeleton, told = _parted(request)
    form = _form_of(skeleton)
    meters = [told[hole] for hole in form.meters]
    classes = _classes(meters)
    named = () if len({*classes}) == len(classes) else tuple(meters)  # the id of one at two places may be told
    terms = [_classes([told[hole] for hole in holes]) for holes in form.terms]
    return skeleton, tuple([told[hole] for hole in form.fixed]), named, *terms


def canonical_text(request: Request) -> str:
    """A request as canonical JSON: that of its skeleton is made once, and what was left out of it put in again."""
    skeleton, told = _parted(request)
    form = _form_of(skeleton)
    text = list(form.canonical)
    text[1::2] = [told[hole] for hole in form.order]
    return request.with_values("".join(text))


@lru_cache(maxsize=_FORMS_MAX)
def is_meter(pointer: str) -> bool:
    """Whether the id of a meter stands at a place."""
    return _METER.fullmatch(pointer) is not None


@lru_cache(maxsize=_FORMS_MAX)
def term_of(pointer: str) -> tuple[str, str] | None:
    """What kind of a term of the basic charge a number is, of which entry of the agreement; None of any other number.

    Terms of one kind are compared by value, wherever they stand: a transformer by its id, a contract under either of
    its names.

    >>> term_of("/agreement/1/supply_points/S1/transformers/0/kva")
    ('kva', '1')
    """
    found = _TERM.fullmatch(pointer)
    if found is None:
        return None
    entry, place = found.groups()
    return place.rpartition("/")[2] if place.endswith("/kva") else place.rpartition("/")[0], entry


def pointers_of(parts: Sequence[str]) -> list[str]:
    """The place of each text that was left out of a JSON text, by the parts that are left.

    >>> pointers_of(['{"given":[{"amount":', ',"kwh":', "}]}"])
    ['/given/0/amount', '/given/0/kwh']
    """
    return _holes(json.loads(_MARK.join(parts), parse_constant=_Hole), "")


@dataclass(frozen=True, slots=True)
class _Form:
    """What the holes of a skeleton are, by their order.

    Attributes:
        fixed: those whose text is structure.
        meters: the ids of meters.
        terms: the numbers of each kind of term that several entries of the agreement tell.
        canonical: the canonical JSON of the skeleton, parted at its holes, with room for what was left out.
        order: which hole each of these is.
    """

    fixed: tuple[int, ...]
    meters: tuple[int, ...]
    terms: tuple[tuple[int, ...], ...]
    canonical: tuple[str, ...]
    order: tuple[int, ...]


def _parted(request: Request) -> tuple[str, list[str]]:
    """The skeleton of a request, and what was left out of it."""
    parts = request.written_parts
    return _MARK.join(parts[::2]), parts[1::2]


@lru_cache(maxsize=_FORMS_MAX)
def _form_of(skeleton: str) -> _Form:
    fixed, meters = [], []
    terms: defaultdict[str, list[int]] = defaultdict(list)
    entries: defaultdict[str, set[str]] = defaultdict(set)
    hole_of = _word_not_in(skeleton)
    numbers = count()
    data = json.loads(skeleton, parse_constant=lambda _: _Hole(f"{hole_of}{next(numbers)};"))
    for hole, place in enumerate(_holes(data, "")):
        if is_meter(place):
            meters.append(hole)
        elif not _is_number(place):
            fixed.append(hole)
        elif (term := term_of(place)) is not None:
            kind, entry = term
            terms[kind].append(hole)
            entries[kind].add(entry)
    several = (tuple(holes) for kind, holes in terms.items() if len(entries[kind]) > 1)
    text = re.split(f"{hole_of}([0-9]+);", canonical_json(data).decode())
    return _Form(tuple(fixed), tuple(meters), tuple(several), tuple(text), tuple(map(int, text[1::2])))


def _word_not_in(text: str) -> str:
    """A word that stands nowhere in a text."""
    return next(word for length in count(1) if (word := "_" * length + "hole") not in text)


@lru_cache(maxsize=_FORMS_MAX)
def _is_number(place: str) -> bool:
    return _NUMBERS.fullmatch(place) is not None


class _Hole(str):
    """What stands where a text was left out."""

    __slots__ = ()


def _holes(data: Any, at: str) -> list[str]:
    """The place of each hole, in the order of the text."""
    found: list[str] = []
    for key, inner in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(inner, _Hole):
            found.append(f"{at}/{key}")
        elif inner and isinstance(inner, dict | list):
            found += _holes(inner, f"{at}/{key}")
    return found


def _classes(texts: Sequence[str]) -> tuple[int, ...]:
    """For each the first that is equal to it."""
    return tuple(map(texts.index, texts))
