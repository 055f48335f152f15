"""Which numbers of the agreement's entries are equal: all of the customer's numbers that a plan depends on.

The basic charge runs on over an entry of the agreement that changes none of its terms, and terms are compared by value,
wherever they stand: a transformer by its id, a contract under either of its names. So rows in which a number comes back
in a later entry, and rows in which it does not, are of two structures.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from billcalc.billing.structure import term_of
from billcalc.bulk.column import Column
from billcalc.bulk.paths import pointer_of
from billcalc.kernel.decimals import NumberError, decimal_text, parse_decimal

__all__ = ["Equalities", "find_equalities"]


@dataclass(frozen=True, slots=True)
class Equalities:
    """Numbers of one kind, such as the capacities of transformers, in all entries of the agreement.

    Attributes:
        names: the column of each; None where the template tells the number.
        texts: what the template tells; "" where a column does.
        classes: for each row and number the first that is equal to it.
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
    """Compare the numbers of the agreement's entries in each row; of a single entry none matters."""
    told: dict[str, tuple[str | None, str, Column]] = {}
    for pointer, text in _numbers_in(template.get("agreement"), "/agreement"):
        told[pointer] = (None, text, Column.constant(parse_decimal(text)))
    told.update({pointer_of(name): (name, "", column) for name, column in columns.items()})
    kinds: dict[str, list[tuple[str | None, str, Column]]] = defaultdict(list)
    entries: dict[str, set[str]] = defaultdict(set)
    for pointer, each in sorted(told.items()):
        term = term_of(pointer)
        if term is not None:
            kind, entry = term
            kinds[kind].append(each)
            entries[kind].add(entry)
    return [
        _compared(numbers, rows)
        for kind, numbers in kinds.items()
        if len(entries[kind]) > 1 and any(name is not None for name, _, _ in numbers)
    ]


def _numbers_in(data: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """The exact numbers that the template has, by their pointers."""
    if isinstance(data, Mapping):
        for key, inner in data.items():
            yield from _numbers_in(inner, f"{pointer}/{key}")
    elif isinstance(data, list):
        for place, inner in enumerate(data):
            yield from _numbers_in(inner, f"{pointer}/{place}")
    else:
        try:
            yield pointer, decimal_text(parse_decimal(data))
        except NumberError:
            return


def _compared(told: list[tuple[str | None, str, Column]], rows: int) -> Equalities:
    classes = np.tile(np.arange(len(told)), (rows, 1))
    for place, (_, _, column) in enumerate(told):
        for earlier in range(place - 1, -1, -1):
            other = told[earlier][2]
            differs = np.logical_or((column < other).rows, (column > other).rows)
            classes[np.broadcast_to(np.logical_not(differs), (rows,)), place] = earlier
    return Equalities(tuple(name for name, _, _ in told), tuple(text for _, text, _ in told), classes)
