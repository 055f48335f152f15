"""Rows that share a structure: grouped by the values of every column that is not a number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

__all__ = ["Group", "group_rows"]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of a batch that are billed by one plan.

    Attributes:
        key: the structure: the value of each column that is not a number, and which numbers are there.
        rows: their places in the batch, in order.
    """

    key: tuple[tuple[str, object], ...]
    rows: NDArray[np.int64]


def group_rows(batch: pa.RecordBatch, structure: Sequence[str], numbers: Sequence[str]) -> Iterator[Group]:
    """The groups of a batch, in the order of their first rows."""
    codes = np.zeros(batch.num_rows, dtype=np.int64)
    cardinality = 1
    for name in (*structure, *numbers):
        column = batch.column(name)
        if name in numbers:
            if column.null_count == 0:
                continue
            column = pc.is_valid(column)
        encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        size = len(encoded.dictionary) + 1
        if size == 2 and encoded.null_count == 0:
            continue
        places = pc.fill_null(encoded.indices, size - 1).to_numpy(zero_copy_only=False).astype(np.int64)
        codes, cardinality = _compact(codes * size + places, cardinality * size)
    codes, cardinality = _compact(codes, 0)
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(cardinality + 1))
    for start, end in zip(starts[:-1], starts[1:], strict=True):
        rows = order[start:end]
        yield Group(_key(batch, structure, numbers, int(rows[0])), rows)


def _compact(codes: NDArray[np.int64], cardinality: int) -> tuple[NDArray[np.int64], int]:
    """Codes from 0 up in the order of first use, where there could be too many of them (or always, for 0)."""
    if 0 < cardinality < 2**40:
        return codes, cardinality
    encoded = pa.array(codes).dictionary_encode()
    return encoded.indices.to_numpy().astype(np.int64), len(encoded.dictionary)


def _key(
    batch: pa.RecordBatch, structure: Sequence[str], numbers: Sequence[str], row: int
) -> tuple[tuple[str, object], ...]:
    values: list[tuple[str, Any]] = [(name, batch.column(name)[row].as_py()) for name in structure]
    told = [(name, value) for name, value in values if value is not None]
    present = [(name, True) for name in numbers if batch.column(name)[row].is_valid]
    return (*told, *present)
