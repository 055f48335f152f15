"""Columns named by their path in the request: ``metering_points.0.readings.1.peak``.

A column of numbers is read row by row; every other column is structure: rows that agree in all of those share a plan.
Where an id has a dot in it the column is named by its JSON pointer instead: ``/facts/S.1/demand_kw``.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from billcalc.billing.places import Holds, pattern_of
from billcalc.fields.limits import LIMITS
from billcalc.fields.shown import shown
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.metering.models import Register
from billcalc.vocabulary import components_named

__all__ = [
    "ACCOUNT",
    "check_places",
    "has_place",
    "is_not_negative",
    "is_number",
    "is_truth",
    "keys_in_ours",
    "pointer_of",
    "request_data",
]

ACCOUNT = "account"
"""The column that names a row; it is no part of the request."""

PLACES_MAX = LIMITS["given"]
"""How many entries a list may have, but for the values of intervals: no name of a column fills the memory."""
_VALUES = re.compile(r"/metering_points/[0-9]{1,3}/intervals/values/[0-9]+")
_VALUES_MAX = LIMITS["metering_points.intervals.values"]
_COLUMNS_MAX = 4096
"""Of how many columns it is kept what their names mean."""
_PARTS_MAX = 32
"""How many parts a path may have; the longest of a request has eight."""
_PLACE = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)

_NUMBERS, _NOT_NEGATIVE, _TRUTHS, _KEYED_BY_IDS = map(
    pattern_of, (Holds.NUMBER, Holds.NOT_NEGATIVE, Holds.TRUTH, Holds.BY_ID)
)


def is_number(column: str) -> bool:
    """Whether a column holds numbers of the customer.

    >>> is_number("metering_points.0.readings.1.peak"), is_number("metering_points.0.readings.1.at")
    (True, False)
    """
    return _NUMBERS.fullmatch(pointer_of(column)) is not None


@lru_cache(maxsize=_COLUMNS_MAX)
def is_not_negative(column: str) -> bool:
    """Whether a column holds numbers of which none may be below zero.

    >>> is_not_negative("metering_points.0.readings.1.peak"), is_not_negative("given.0.amount")
    (True, False)
    """
    return _NOT_NEGATIVE.fullmatch(pointer_of(column)) is not None


def is_truth(column: str) -> bool:
    """Whether a column holds truths.

    >>> is_truth("agreement.0.groups.main.time_of_use")
    True
    """
    return _TRUTHS.fullmatch(pointer_of(column)) is not None


@lru_cache(maxsize=_COLUMNS_MAX)
def pointer_of(column: str) -> str:
    """The JSON pointer (and so the slot) of a column.

    >>> pointer_of("facts.S1.demand_kw")
    '/facts/S1/demand_kw'
    >>> pointer_of("metering_points.0.readings.1.高峰")
    '/metering_points/0/readings/1/peak'
    """
    pointer = column if column.startswith("/") else "/" + column.replace(".", "/")
    return pointer if pointer.isascii() else "/".join(map(_in_ours, pointer.split("/")))


def _in_ours(part: str) -> str:
    """Our word for a part of a path; ids and keys are of ASCII letters, and what is of others can only be a word."""
    if part.isascii():
        return part
    register = Register.named(part)
    codes = components_named(part) if register is None else (register.value,)
    return codes[0] if len(codes) == 1 else part


def keys_in_ours(data: Any) -> Any:
    """Data whose keys are our words; of a word that is told under two names both stay, for the model to refuse."""
    if isinstance(data, Mapping):
        told = [(_in_ours(key), key) for key in data]
        once = Counter(ours for ours, _ in told)
        return {ours if once[ours] == 1 else key: keys_in_ours(data[key]) for ours, key in told}
    return [keys_in_ours(each) for each in data] if isinstance(data, list) else data


def check_places(columns: Iterable[str], template: Mapping[str, Any]) -> None:
    """See that the places of columns in lists follow one another, so that a name of a column makes no long list.

    Raises:
        InvalidInput: where nothing is told of the entry before a place, by a column or by the template, or a path is
            longer than any.
    """
    entries: dict[str, set[int]] = defaultdict(set)
    faults = []
    for column in columns:
        parts = pointer_of(column).split("/")[1:]
        if len(parts) > _PARTS_MAX:
            faults.append(Fault(FaultCode.TOO_DEEP, _shown(column), {"limit": str(_PARTS_MAX)}))
            continue
        for depth, part in enumerate(parts):
            above = "".join(f"/{each}" for each in parts[:depth])
            if part.isdecimal() and not _keyed_by_ids(above):
                if _PLACE.fullmatch(part):
                    entries[above].add(int(part))
                else:
                    faults.append(_no_place(column, part))
    for above, places in entries.items():
        held = _at(template, above.split("/")[1:])
        following = len(held) if isinstance(held, list) else 0
        for place in sorted(places):
            if place > following and not isinstance(held, Mapping):
                facts = {"reason": Reason.ENTRY_SKIPPED, "following": str(following), "place": str(place)}
                faults.append(Fault(FaultCode.INCONSISTENT, _shown(above), facts))
                break
            following = max(following, place + 1)
    if faults:
        raise InvalidInput(faults)


@lru_cache(maxsize=_COLUMNS_MAX)
def _keyed_by_ids(pointer: str) -> bool:
    return _KEYED_BY_IDS.fullmatch(pointer) is not None


def has_place(template: Mapping[str, Any], column: str) -> bool:
    """Whether a template has something in the place of a column."""
    return _at(template, pointer_of(column).split("/")[1:]) is not None


def _at(node: Any, parts: Sequence[str]) -> Any:
    """What stands at a path; None where that is nothing."""
    for part in parts:
        if isinstance(node, Mapping):
            node = node.get(part)
        elif isinstance(node, list) and _PLACE.fullmatch(part) and int(part) < len(node):
            node = node[int(part)]
        else:
            return None
    return node


def request_data(template: Mapping[str, Any], values: Mapping[str, object]) -> dict[str, Any]:
    """The data of a request: a template with values set at their paths.

    A whole number in a path is a place in a list, except where the keys are ids. What has no value (None) is not told:
    the row has nothing there, and above all not what the template has for others.

    Raises:
        InvalidInput: where a path leads through what is no mapping or list, or to no place of a list.

    >>> request_data({"area": "cn-guangxi"}, {"agreement.0.from": "2024-06-01"})
    {'area': 'cn-guangxi', 'agreement': [{'from': '2024-06-01'}]}
    """
    data: dict[str, Any] = _copied(template)
    for column, value in values.items():
        pointer = pointer_of(column)
        if value is None:
            _take_out(data, pointer.split("/")[1:])
            continue
        parts = pointer.split("/")[1:]
        node: Any = data
        for depth, part in enumerate(parts[:-1], start=1):
            node = _entered(node, part, pointer, parts[:depth], parts[depth])
        _set(node, parts[-1], value, pointer)
    return data


def _copied(data: Any) -> Any:
    """Data of its own, down to what cannot change."""
    if isinstance(data, Mapping):
        return {key: _copied(value) for key, value in data.items()}
    return [_copied(each) for each in data] if isinstance(data, list | tuple) else data


def _take_out(data: Any, parts: Sequence[str]) -> None:
    """Take what stands at a path out of the data; of a list the last entry goes, and another is then no entry."""
    node = _at(data, parts[:-1])
    if isinstance(node, dict):
        node.pop(parts[-1], None)
    elif _at(node, parts[-1:]) is not None:
        node[int(parts[-1])] = None
        while node and node[-1] is None:
            node.pop()


def _entered(node: Any, part: str, pointer: str, path: list[str], following: str) -> Any:
    """The mapping or list at a part of a path, made where there is none."""
    key = _key(node, part, pointer)
    if isinstance(node, list) and len(node) <= int(key):
        node.extend(None for _ in range(int(key) + 1 - len(node)))
    inner = node[key] if isinstance(node, list) else node.get(key)
    if inner is None:
        is_list = following.isdecimal() and not _keyed_by_ids("/" + "/".join(path))
        inner = node[key] = [] if is_list else {}
    return inner


def _set(node: Any, part: str, value: object, pointer: str) -> None:
    key = _key(node, part, pointer)
    if isinstance(node, list):
        node.extend(None for _ in range(int(key) + 1 - len(node)))
    if isinstance(node[key] if isinstance(node, list) else node.get(key), dict | list):
        raise _misplaced(pointer, Reason.HAS_PARTS)
    node[key] = value


def _key(node: Any, part: str, pointer: str) -> Any:
    """A part of a path as the key of a mapping or the place in a list."""
    if isinstance(node, dict):
        return part
    if not isinstance(node, list):
        raise _misplaced(pointer, Reason.NO_PART, part=part)
    if not _PLACE.fullmatch(part):
        raise InvalidInput([_no_place(pointer, part)])
    most = _VALUES_MAX if _VALUES.fullmatch(pointer) else PLACES_MAX
    if int(part) >= most:
        raise _misplaced(pointer, Reason.NO_PLACE_UP_TO, part=part, most=str(most - 1))
    return int(part)


def _no_place(column: str, part: str) -> Fault:
    return Fault(FaultCode.INCONSISTENT, _shown(column), {"reason": Reason.NO_PLACE, "part": shown(part)})


def _shown(column: str) -> str:
    return shown(pointer_of(column))


def _misplaced(pointer: str, reason: Reason, **facts: str) -> InvalidInput:
    return InvalidInput([Fault(FaultCode.INCONSISTENT, pointer, {"reason": reason, **facts})])
