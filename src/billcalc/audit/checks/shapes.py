"""Facts of many accounts in a table: integers of 64 bits, and what is alike in the rows of a chunk told once for them.

Most facts are the same in all rows that were billed together, and of the others the decimals are: this is the shape of
these rows, a text that they share. So numbers of any number of decimals are kept, and what is alike is no column.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from json import dumps, loads
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from billcalc.audit.checks.judging_columns import Told
from billcalc.bulk import integers
from billcalc.bulk.column import Column

__all__ = ["Shape", "Shapes", "shaped"]

_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Shape:
    """What some accounts have in common.

    Attributes:
        customer_class: empty where an account has several.
        whole: whether all facts are kept.
        scales: of the facts that differ, their decimals.
        constants: the others that are told: decimals and integer.
    """

    customer_class: str
    whole: bool
    scales: Mapping[str, int]
    constants: Mapping[str, tuple[int, int]]

    @property
    def text(self) -> str:
        """The text that the accounts share."""
        return dumps([self.customer_class, self.whole, dict(self.scales), dict(self.constants)])

    @classmethod
    def of(cls, text: str) -> "Shape":
        """The shape that a text tells."""
        return cls(*loads(text))

    def scale(self, name: str) -> int | None:
        """The decimals of a fact; None where it is not told."""
        told = self.constants.get(name)
        return self.scales.get(name) if told is None else told[0]


def shaped(
    customer_class: str, facts: Mapping[str, Column], rows: int
) -> Iterator[tuple[NDArray[np.bool_], Shape, Mapping[str, Column]]]:
    """Some accounts by their shapes: those of which all numbers are kept, and the others; with the facts that differ.

    Args:
        customer_class: of all of them.
        facts: those that are told.
        rows: how many accounts there are.
    """
    kept = np.ones(rows, dtype=np.bool_)
    wide = set()
    for name, column in facts.items():
        if column.numbers.dtype == object:
            fits = np.broadcast_to(np.abs(column.numbers) <= _LARGEST, (rows,)).astype(np.bool_)
            if not fits.all():
                wide.add(name)
                kept &= fits
    for mask, whole in ((kept, True), (~kept, False)):
        if mask.any():
            told = {name: column for name, column in facts.items() if whole or name not in wide}
            if not mask.all():
                told = {name: column.of_rows(mask) for name, column in told.items()}
            differing, constants = _parted(told)
            scales = {name: column.scale for name, column in differing.items()}
            yield mask, Shape(customer_class, whole, scales, constants), differing


def _parted(facts: Mapping[str, Column]) -> tuple[dict[str, Column], dict[str, tuple[int, int]]]:
    """The facts that differ, and those that are the same in all rows."""
    differing, constants = {}, {}
    for name, column in facts.items():
        low, high = (column.integer,) * 2 if column.is_constant else integers.bounds(column.numbers)
        if low == high:
            constants[name] = (column.scale, int(low))
        else:
            differing[name] = column
    return differing, constants


class Shapes:
    """The shapes of the rows of a table.

    Args:
        column: their texts.
    """

    def __init__(self, column: pa.ChunkedArray) -> None:
        encoded = column.cast(pa.dictionary(pa.int32(), pa.string())).unify_dictionaries().combine_chunks()
        encoded = encoded.chunk(0) if isinstance(encoded, pa.ChunkedArray) else encoded
        self._shapes = [Shape.of(text) for text in encoded.dictionary.to_pylist()]
        self._codes: NDArray[np.int64] = encoded.indices.to_numpy().astype(np.int64)

    @property
    def classes(self) -> pa.Array:
        """The classes of the accounts."""
        words = [shape.customer_class for shape in self._shapes]
        return pa.DictionaryArray.from_arrays(pa.array(self._codes), pa.array(words, pa.string())).cast(pa.string())

    @property
    def whole(self) -> NDArray[np.bool_]:
        """The accounts of which all facts are kept."""
        return self._spread([shape.whole for shape in self._shapes], np.bool_)

    def told(self, name: str, differing: Callable[[], NDArray[np.int64]]) -> Told:
        """A fact of all accounts.

        Args:
            name: of the fact.
            differing: its column, which is read only where it has something.
        """
        scales = [shape.scale(name) for shape in self._shapes]
        scale = max((each for each in scales if each is not None), default=0)
        known = self._spread([each is not None for each in scales], np.bool_)
        alike = [shape.constants.get(name) for shape in self._shapes]
        constants = [0 if told is None else told[1] * 10 ** (scale - told[0]) for told in alike]
        factors = [10 ** (scale - shape.scales.get(name, scale)) for shape in self._shapes]
        if not any(name in shape.scales for shape in self._shapes):
            return Told(self._alike(constants, scale), known)
        numbers = differing()
        low, high = integers.bounds(numbers)
        most = max(map(abs, (*constants, low * max(factors), high * max(factors))))
        kind = np.int64 if most <= _LARGEST else object
        if max(factors) > 1:
            numbers = numbers.astype(kind) * self._spread(factors, kind)
        if any(constants):
            numbers = numbers + self._spread(constants, kind)  # there is 0 in their rows
        return Told(Column.of(numbers, scale), known)

    def _alike(self, constants: Sequence[int], scale: int) -> Column:
        """A fact that is the same in all accounts of a shape."""
        low, high = min(constants, default=0), max(constants, default=0)
        kind = np.int64 if max(-low, high) <= _LARGEST else object
        numbers = np.array(low, dtype=kind) if low == high else self._spread(constants, kind)
        return Column(numbers, scale, low, high)

    def _spread(self, values: Sequence[int], kind: type) -> NDArray[Any]:
        """A value of each shape in the rows of all accounts that have it."""
        if len(set(values)) == 1:
            return np.broadcast_to(np.array(values[0], dtype=kind), self._codes.shape)
        return np.array(values, dtype=kind)[self._codes]
