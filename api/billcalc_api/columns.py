"""The bills of requests of one shape, as JSON texts.

A bill of a batch tells its total, its lines and the codes of its problems. The texts are woven in columns rather than
by ``json``: most of a line is the same in all bills of a shape, and is encoded once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from billcalc._version import __version__
from billcalc.bulk.calculate import calculate_batch
from billcalc.bulk.output import Output
from billcalc.bulk.paths import ACCOUNT
from billcalc.bulk.plans import Plans
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.units import CNY
from billcalc.wire.batch import LINE_KEYS, PROBLEM_KEYS
from billcalc_api.texts import compact_text

__all__ = ["bill_text", "bills_of"]

_BEFORE_QUANTITY = LINE_KEYS[: LINE_KEYS.index("quantity")]
_SAME = (*_BEFORE_QUANTITY, "unit")


def bills_of(batch: pa.RecordBatch, plans: Plans) -> Iterator[tuple[int, str]]:
    """The place and the text of each bill; rows that columns reject have none here."""
    result = calculate_batch(batch, plans, Output.TOTALS, Output.LINES, Output.PROBLEMS, first_row=1)
    totals = result.bills.column("total").cast(pa.string())
    places = result.bills.column(ACCOUNT)
    lines, problems = (
        _by_bill(texts(table), table.column(ACCOUNT), places)
        for texts, table in zip((_line_texts, _problem_texts), result.beside, strict=True)
    )
    texts = _joined(*_bill_frame(totals, lines, problems, plans.catalog.version, CNY))
    yield from zip(places.to_pylist(), texts.to_pylist(), strict=True)


def bill_text(total: str, lines: Sequence[str], problems: Sequence[str], tariff_set: str, *, currency: str) -> str:
    """The members of a bill of a batch, as JSON without the braces."""
    return "".join(_bill_frame(total, ",".join(lines), ",".join(problems), tariff_set, currency))


def _bill_frame(total: Any, lines: Any, problems: Any, tariff_set: str, currency: str) -> Iterable[Any]:
    """The parts of a bill's text, in their order."""
    told = f'"kind":"bill","version":"{__version__}","tariff_set":"{tariff_set}","currency":"{currency}","total":"'
    return told, total, '","lines":[', lines, '],"problems":[', problems, "]"


def _line_texts(bills: pa.RecordBatch) -> pa.Array:
    """Each printed line as JSON."""
    places, told = _alike(bills, _SAME)
    frames = [_frame(words) for words in told]
    heads, units = (pa.array([frame[part] for frame in frames], pa.string()).take(places) for part in (0, 1))
    numbers = [_numbers(bills.column(name)) for name in ("quantity", "price")]
    amounts = bills.column("amount").cast(pa.string())
    return _joined(heads, numbers[0], ',"unit":', units, ',"price":', numbers[1], ',"amount":"', amounts, '"}')


def _problem_texts(problems: pa.RecordBatch) -> pa.Array:
    """Each problem as JSON."""
    places, told = _alike(problems, PROBLEM_KEYS)
    return pa.array([compact_text(words) for words in told], pa.string()).take(places)


def _alike(table: pa.RecordBatch, names: Sequence[str]) -> tuple[pa.Array, list[dict[str, Any]]]:
    """The distinct rows of some columns of words and days: the place of each row's among them, and all there are."""
    codes = np.zeros(table.num_rows, dtype=np.int64)
    for name in names:
        column = table.column(name)
        encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        size = len(encoded.dictionary) + 1
        codes = codes * size + pc.fill_null(encoded.indices, size - 1).to_numpy(zero_copy_only=False)
    _, first, places = np.unique(codes, return_index=True, return_inverse=True)
    return pa.array(places), table.select(names).take(pa.array(first)).to_pylist()


def _frame(told: Mapping[str, Any]) -> tuple[str, str]:
    words = {**told, "from": told["from"].isoformat(), "to": told["to"].isoformat()}
    texts = {name: compact_text(word) for name, word in words.items()}
    head = ",".join(
        f'"{name}":{texts[name]}' for name in _BEFORE_QUANTITY if name != "label" or words[name] is not None
    )
    return f'{{{head},"quantity":', texts["unit"]


def _numbers(column: pa.Array) -> pa.Array:
    """Decimals as JSON: Arrow writes all places of its column, and what is next to 0 with an exponent."""
    texts = column.cast(pa.string())
    raised = pc.fill_null(pc.match_substring(texts, "E"), _FALSE)
    trimmed = pc.utf8_rtrim(pc.utf8_rtrim(texts, "0"), ".")
    if pc.any(raised).as_py():
        plain = [_plain(text) for text in texts.filter(raised).to_pylist()]
        trimmed = pc.replace_with_mask(trimmed, raised, pa.array(plain, pa.string()))
    return pc.fill_null(_joined('"', trimmed, '"'), _NULL)


@lru_cache(1 << 10)
def _plain(text: str) -> str:
    return decimal_text(Decimal(text))


_NULL = pa.scalar("null", pa.string())
_FALSE = pa.scalar(False, pa.bool_())  # noqa: FBT003 - pyarrow's signature
_NOTHING = pa.scalar("", pa.string())
_COMMA = pa.scalar(",", pa.string())


def _joined(*parts: Any) -> pa.Array:
    """Columns of texts and constant texts, woven into one column."""
    told = [pa.scalar(part, pa.string()) if isinstance(part, str) else part for part in parts]
    return pc.binary_join_element_wise(*told, _NOTHING)


def _by_bill(texts: pa.Array, places: pa.Array, bills: pa.Array) -> pa.Array:
    """The texts of each bill, with commas between them."""
    found: NDArray[np.int64] = places.to_numpy()
    starts = np.searchsorted(found, bills.to_numpy())
    offsets = pa.array(np.append(starts, len(found)), pa.int32())
    return pc.binary_join(pa.ListArray.from_arrays(offsets, texts), _COMMA)
