"""Rows that could not be billed, each with its place, its field and its reason: none is lost."""

import traceback
from collections.abc import Mapping
from decimal import Decimal
from pathlib import PurePath

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from billcalc.bulk.column import Column
from billcalc.bulk.point import PointName
from billcalc.fields.shown import shown
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.troubles import Fault, Refusal
from billcalc.words.bills import Phrase
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.saying import sentence

__all__ = ["Rejects", "failure", "too_long"]


def too_long(places: int) -> Fault:
    """A result that is exact and has no room in the output."""
    return Fault(FaultCode.OUT_OF_RANGE, "", {"range": "digits_of_a_result"})


def failure(error: Exception) -> Fault:
    """A failure of the program as the fault of the row it failed at: told, counted, and no reason to lose others.

    Raises:
        MemoryError: which is no row's.
    """
    if isinstance(error, MemoryError):
        raise error
    place = traceback.extract_tb(error.__traceback__)[-1]
    told = f"{type(error).__name__} at {PurePath(place.filename).name}:{place.lineno}: {error}"
    return Fault(FaultCode.INTERNAL, "", {"what": shown(told)})


class Rejects:
    """Collects the rejected rows of a batch, told in one language; of several reasons for a row the first found counts.

    Attributes:
        rows: which rows of the batch are rejected.
        failed: how many of them the program failed at.
    """

    def __init__(
        self,
        accounts: pa.Array,
        first_row: int,
        language: Language = Language.ENGLISH,
        point: PointName | None = None,
    ) -> None:
        self.rows = np.zeros(len(accounts), dtype=np.bool_)
        self._accounts = accounts
        self.failed = 0
        self._first_row = first_row
        self._lexicon = LEXICONS[language]
        self._point = point
        self._found: list[tuple[int, str, str, str]] = []

    def add(self, rows: NDArray[np.int64], trouble: Fault | Refusal, facts: Mapping[str, Column]) -> None:
        """Reject some rows; the facts fill the sentence, row by row."""
        for place, row in enumerate(rows):
            if not self.rows[row]:
                self.rows[row] = True
                self.failed += trouble.code is FaultCode.INTERNAL
                told = {**trouble.facts, **{name: self._number(column, place) for name, column in facts.items()}}
                message = sentence(self._lexicon, trouble.code, told)
                message = message if self._point is None else self._point.own(message, int(row))
                self._found.append((int(row), trouble.where, trouble.code.value, message))

    def batch(self) -> pa.RecordBatch:
        """The rejected rows in the order of the input."""
        found = sorted(self._found)
        rows = [row for row, _, _, _ in found]
        return pa.RecordBatch.from_arrays(
            [
                pa.array([row + self._first_row for row in rows], pa.int64()),
                self._accounts.take(pa.array(rows, pa.int64())).cast(pa.string()),
                pa.array([field for _, field, _, _ in found], pa.string()),
                pa.array([code for _, _, code, _ in found], pa.string()),
                pa.array([message for _, _, _, message in found], pa.string()),
            ],
            names=["row", "account", "field", "code", "message"],
        )

    def _number(self, column: Column, place: int) -> str:
        integer = int(column.numbers if column.numbers.ndim == 0 else column.numbers[place])
        if integer.bit_length() > _SHOWN_BITS:
            return self._lexicon.phrases[Phrase.HUGE].format(digits=integer.bit_length() * 3 // 10)
        return decimal_text(EXACT.scaleb(Decimal(integer), -column.scale))


_SHOWN_BITS = 1024
"""Larger numbers are the work of nonsense in a request, and more than a sentence should repeat."""
