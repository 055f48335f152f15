"""Which rows of tables could be of days of an account that another row has told, by one number for each row.

Days that overlap, directly or through others, are a cluster; rows of two clusters have no day in common. So two rows
may only overlap where they have the same account and cluster, and most tables have no such rows. An account is known by
a number that another may have as well: what is found here could come back, and what is not does not.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

__all__ = ["Screen", "is_among", "numbers_of"]

_Marks = NDArray[np.uint64]
_WORD = 8
_SPREAD, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)
"""An odd number without a pattern in its bits, and by how many of them what it makes of a number is folded."""


class Screen:
    """The keys of rows (account, first day, day after the last) as numbers.

    Attributes:
        rows: how many there are.
    """

    def __init__(self) -> None:
        self.rows = 0
        self._periods: dict[tuple[str, str], int] = {}
        self._accounts: list[_Marks] = []
        self._codes: list[NDArray[np.int32]] = []
        self._clusters: _Marks = np.zeros(0, dtype=np.uint64)

    def add(self, keys: pa.RecordBatch) -> None:
        """Take the keys of some rows."""
        self.rows += keys.num_rows
        self._accounts.append(numbers_of(keys.column(0)))
        self._codes.append(self._of_periods(keys))

    def suspects(self) -> _Marks:
        """The marks that several rows have."""
        self._clusters = _clusters(self._periods)
        marks = np.concatenate([np.zeros(0, dtype=np.uint64), *map(self._marks, self._accounts, self._codes)])
        self._accounts, self._codes = [], []
        marks.sort()
        return np.unique(marks[1:][marks[1:] == marks[:-1]])

    def marks(self, keys: pa.RecordBatch) -> _Marks:
        """The marks of rows that were taken."""
        return self._marks(numbers_of(keys.column(0)), self._of_periods(keys))

    def _marks(self, accounts: _Marks, codes: NDArray[np.int32]) -> _Marks:
        return _mixed(accounts, self._clusters[codes])

    def _of_periods(self, keys: pa.RecordBatch) -> NDArray[np.int32]:
        """The codes of the days of rows."""
        starts, ends = (keys.column(place).dictionary_encode() for place in (1, 2))
        both = starts.indices.to_numpy().astype(np.int64) * max(len(ends.dictionary), 1) + ends.indices.to_numpy()
        if both.any():
            pairs, places = np.unique(both, return_inverse=True)
        else:  # as in most tables, all of the same days
            pairs, places = both[:1], both
        known = []
        for pair in pairs.tolist():
            start, end = divmod(pair, len(ends.dictionary))
            days = starts.dictionary[start].as_py(), ends.dictionary[end].as_py()
            known.append(self._periods.setdefault(days, len(self._periods)))
        return np.array(known, dtype=np.int32)[places]


def is_among(numbers: _Marks, ordered: _Marks) -> NDArray[np.bool_]:
    """Which of some numbers are among others, which are in their order."""
    places = np.searchsorted(ordered, numbers)
    found: NDArray[np.bool_] = np.append(ordered, _SPREAD)[places] == numbers
    return found & (places < len(ordered))


def _clusters(periods: dict[tuple[str, str], int]) -> _Marks:
    """The cluster of each code of days."""
    found = np.zeros(len(periods), dtype=np.uint64)
    cluster, reached = 0, ""
    for start, end in sorted(periods):
        cluster += start >= reached
        reached = max(reached, end)
        found[periods[start, end]] = cluster
    return found


def numbers_of(accounts: pa.Array) -> _Marks:
    """A number for each text, the same for the same text: its bytes, eight at a time, mixed into one another."""
    texts = accounts.cast(pa.large_string())
    if not len(texts):
        return np.zeros(0, dtype=np.uint64)
    _, places, data = texts.buffers()
    ends = np.frombuffer(places, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    padded = np.concatenate([np.frombuffer(data, np.uint8)[ends[0] : ends[-1]], np.zeros(_WORD, dtype=np.uint8)])
    words = np.ndarray((len(padded) - _WORD + 1,), dtype="<u8", buffer=padded, strides=(1,))
    starts, lengths = ends[:-1] - ends[0], np.diff(ends)
    found = lengths.astype(np.uint64)
    for at in range(0, int(lengths.max()), _WORD):
        left = np.clip(lengths - at, 0, _WORD)
        inside = np.minimum(starts + at, len(words) - 1)
        found = np.where(left > 0, _mixed(found, words[inside] & _FIRST[left]), found)
    return found


_FIRST = np.array([2 ** (8 * count) - 1 for count in range(_WORD + 1)], dtype=np.uint64)
"""What lets the first bytes of a word pass."""


def _mixed(one: _Marks, other: _Marks) -> _Marks:
    mixed = (one ^ other) * _SPREAD
    return mixed ^ (mixed >> _MIX)
