"""Rows that share a structure: grouped by the values of every column that is not a number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from billcalc.bulk.equalities import Equalities

__all__ = ["Group", "Key", "group_rows"]


@dataclass(frozen=True, slots=True)
class Key:
    """What rows must share to share a plan.

    Attributes:
        told: the columns that are not numbers, with their values.
        numbers: the columns of numbers that are there.
        placeholders: numbers that are equal where those of the rows are; any other is as good as zero.
        absent: the columns without a value in whose places the template has one: it is not the rows'.
    """

    told: tuple[tuple[str, object], ...]
    numbers: tuple[str, ...]
    placeholders: tuple[tuple[str, str], ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of a batch that are billed by one plan.

    Attributes:
        key: their structure.
        rows: their places in the batch, in order.
    """

    key: Key
    rows: NDArray[np.int64]


def group_rows(
    batch: pa.RecordBatch,
    structure: Sequence[str],
    numbers: Sequence[str],
    equalities: Sequence[Equalities] = (),
    held: Sequence[str] = (),
) -> Iterator[Group]:
    """The groups of a batch, in the order of their first rows.

    Args:
        batch: of plain cells.
        structure: the columns that are not numbers.
        numbers: the others.
        equalities: of its numbers.
        held: the columns in whose places the template has something.
    """
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
    for equal in equalities:
        for classes in equal.classes.T:
            size = len(equal.names)
            codes, cardinality = _compact(codes * size + classes, cardinality * size)
    if cardinality == 1 and batch.num_rows:  # as most tables are
        yield Group(_key(batch, structure, numbers, equalities, held, 0), np.arange(batch.num_rows))
        return
    codes, cardinality = _compact(codes, 0)
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(cardinality + 1))
    for start, end in pairwise(starts):
        rows = order[start:end]
        yield Group(_key(batch, structure, numbers, equalities, held, int(rows[0])), rows)


def _compact(codes: NDArray[np.int64], cardinality: int) -> tuple[NDArray[np.int64], int]:
    """Codes from 0 up in the order of first use, where there could be too many of them (or always, for 0)."""
    if 0 < cardinality < 2**40:
        return codes, cardinality
    encoded = pa.array(codes).dictionary_encode()
    return encoded.indices.to_numpy().astype(np.int64), len(encoded.dictionary)


def _key(
    batch: pa.RecordBatch,
    structure: Sequence[str],
    numbers: Sequence[str],
    equalities: Sequence[Equalities],
    held: Sequence[str],
    row: int,
) -> Key:
    values: list[tuple[str, Any]] = [(name, batch.column(name)[row].as_py()) for name in structure]
    told = tuple((name, value) for name, value in values if value is not None)
    present = tuple(name for name in numbers if batch.column(name)[row].is_valid)
    placeholders = [item for equal in equalities for item in equal.placeholders(row).items()]
    placed = tuple((name, text) for name, text in placeholders if name in present)
    return Key(told, present, placed, tuple(name for name in held if not batch.column(name)[row].is_valid))
