"""Which numbers of the agreement's entries are equal: the one thing about the customer's numbers that a plan depends on.

The basic charge runs on over an entry of the agreement that changes none of its terms. So rows in which a contract or a
capacity stays the same from one entry to another, and rows in which it changes, are of two structures.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from billcalc.bulk.column import Column
from billcalc.bulk.paths import pointer_of
from billcalc.kernel.decimals import NumberError, decimal_text, parse_decimal

__all__ = ["Equalities", "find_equalities"]

_ENTRY = re.compile(r"/agreement/(\d+)/(.+)")


@dataclass(frozen=True, slots=True)
class Equalities:
    """The same number of several entries of the agreement, such as the capacity of one transformer.

    Attributes:
        names: the column of each entry; None where the template tells the number.
        texts: what the template tells; "" where a column does.
        classes: for each row and entry the first entry that has the same number.
    """

    names: tuple[str | None, ...]
    texts: tuple[str, ...]
    classes: NDArray[np.int64]

    def placeholders(self, row: int) -> dict[str, str]:
        """Numbers for the columns that are equal where those of a row are."""
        classes = [int(each) for each in self.classes[row]]
        told = {each: text for each, text in zip(classes, self.texts, strict=True) if text}
        taken = {parse_decimal(text) for text in self.texts if text}
        free = (str(number) for number in count() if number not in taken)
        for each in classes:
            if each not in told:
                told[each] = next(free)
        return {name: told[each] for name, each in zip(self.names, classes, strict=True) if name is not None}


def find_equalities(columns: Mapping[str, Column], template: Mapping[str, Any], rows: int) -> list[Equalities]:
    """Compare the numbers that several entries of the agreement have, in each row."""
    found: dict[str, dict[int, tuple[str | None, str, Column]]] = defaultdict(dict)
    for name, column in columns.items():
        parts = _ENTRY.fullmatch(pointer_of(name))
        if parts is not None:
            found[parts[2]][int(parts[1])] = (name, "", column)
    entries = template.get("agreement")
    for path, told in found.items():
        for place, entry in enumerate(entries if isinstance(entries, list) else ()):
            text = _number_at(entry, path.split("/"))
            if place not in told and text is not None:
                told[place] = (None, text, Column.constant(parse_decimal(text)))
    return [_compared([told[place] for place in sorted(told)], rows) for told in found.values() if len(told) > 1]


def _number_at(node: Any, path: list[str]) -> str | None:
    """The exact number that the template has at a path, or None."""
    for part in path:
        if isinstance(node, list) and part.isdecimal() and int(part) < len(node):
            node = node[int(part)]
        else:
            node = node.get(part) if isinstance(node, dict) else None
    try:
        return decimal_text(parse_decimal(node))
    except NumberError:
        return None


def _compared(told: list[tuple[str | None, str, Column]], rows: int) -> Equalities:
    classes = np.tile(np.arange(len(told)), (rows, 1))
    for place, (_, _, column) in enumerate(told):
        for earlier in range(place - 1, -1, -1):
            other = told[earlier][2]
            differs = np.logical_or((column < other).rows, (column > other).rows)
            classes[np.broadcast_to(np.logical_not(differs), (rows,)), place] = earlier
    return Equalities(tuple(name for name, _, _ in told), tuple(text for _, text, _ in told), classes)
