"""Which months of a history lie before those of some accounts: the same as of one account, for all of them at once."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from billcalc.audit.checks.collecting import SHAPE
from billcalc.audit.checks.judging_columns import Told
from billcalc.audit.checks.shapes import Shapes
from billcalc.bulk.keys import called_alike
from billcalc.bulk.paths import ACCOUNT

__all__ = ["Earlier", "History", "base_of", "integers_of"]

_BEHIND = re.compile(r"(.*)_(0|1|2|3|12)")
_DAY_BITS, _MONTH_BITS = 23, 18
"""Days and months from the year 1 on fit in so many bits."""
_YEAR_ONE = 719_163
"""Days from the first of the year 1 to that of 1970, which is the day 1."""
_MONTHS_OF_YEAR = 12
_0 = pa.scalar(0, pa.int64())

Earlier = Mapping[str, tuple[NDArray[np.int64], NDArray[np.bool_]]]
"""By how far a month lies behind: its place in the history, and whether there is one."""


def integers_of(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """A column of integers, with 0 where there is none."""
    numbers: NDArray[np.int64] = pc.fill_null(column, _0).to_numpy()
    return numbers


def base_of(name: str) -> tuple[str, str]:
    """A fact without what tells the month, and which month that is; nothing for the month itself.

    >>> base_of("kwh_12"), base_of("kwh")
    (('kwh', '12'), ('kwh', ''))
    """
    found = _BEHIND.fullmatch(name)
    return (name, "") if found is None else (found[1], found[2])


class History:
    """The facts of months, in any order, kept in files.

    Args:
        files: their facts.
        schema: of each of them.
    """

    def __init__(self, files: Sequence[pq.ParquetFile], schema: pa.Schema) -> None:
        self._files, self._schema = files, schema
        self._accounts = called_alike(self._column(ACCOUNT).combine_chunks())
        self._shapes = Shapes(self._column(SHAPE))
        first = self.told("first_day").numbers
        self._days = np.broadcast_to(first.numbers // 10**first.scale, (len(self._accounts),))

    def told(self, name: str) -> Told:
        """A fact of all months."""
        return self._shapes.told(name, lambda: integers_of(self._column(name)))

    def _column(self, name: str) -> pa.ChunkedArray:
        chunks = (chunk for file in self._files for chunk in file.read([name]).column(name).chunks)
        return pa.chunked_array(chunks, self._schema.field(name).type)

    def earlier(self, accounts: pa.Array, first_days: NDArray[np.int64]) -> Earlier:
        """The months as ``checks.facts.with_history`` has them behind its names, where there are such.

        Args:
            accounts: of each row.
            first_days: of each row, from the year 1 on.
        """
        accounts = called_alike(accounts)
        known = accounts.unique()
        of_history = pc.fill_null(pc.index_in(self._accounts, value_set=known), -1)
        codes = of_history.to_numpy().astype(np.int64)
        own = pc.index_in(accounts, value_set=known).to_numpy().astype(np.int64)
        kept = np.flatnonzero(codes >= 0)
        if not len(kept):
            return {}
        days = self._days
        order = kept[np.argsort((codes[kept] << _DAY_BITS) + days[kept], kind="stable")]
        keys = (codes[order] << _DAY_BITS) + days[order]
        starts = (own << _DAY_BITS) + first_days
        before = np.searchsorted(keys, starts, side="left")
        until = np.searchsorted(keys, starts, side="right")
        found = {"0": _at(until - 1, order, codes[order], own)}
        for behind in (1, 2, 3):
            found[str(behind)] = _at(before - behind, order, codes[order], own)
        months = (codes[order] << _MONTH_BITS) + _months(days[order])
        wanted = (own << _MONTH_BITS) + _months(first_days) - _MONTHS_OF_YEAR
        last = np.searchsorted(months, wanted, side="right") - 1
        found["12"] = _at(last, order, months, wanted)
        return found


def _at(
    places: NDArray[np.int64], order: NDArray[np.int64], told: NDArray[np.int64], wanted: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The places in the history, where what stands there is what is wanted."""
    within = np.maximum(places, 0)
    return order[within], (places >= 0) & (told[within] == wanted)


def _months(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Days as months, counted from 1970."""
    return (days - _YEAR_ONE).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
