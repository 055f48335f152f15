"""What the columns of a table may hold, and every encoding of it as one.

A cell without a value is not told, whatever way a column has of saying so: a null of its own, an index without a value,
a value of a dictionary that is null, a run of nulls.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from billcalc.bulk.paths import ACCOUNT, is_number, pointer_of
from billcalc.fields.cells import is_total
from billcalc.fields.shown import quoted
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["check_columns", "plain_cells", "spoilt", "sums"]

_SPOILT = r"^(-?[0-9](\.[0-9]+)?[eE]\+[0-9]{1,3}|-?[0-9]\.[0-9]+[eE][0-9]{1,3}|[0-9]+\.0+)$"
"""A number as a spreadsheet or a program shortens it, and one that was made a float on the way."""
_WORDS = "[^!-~]|(?i:total|sum|average)"
"""What may be a word for sums, which nearly no account is."""

_FALSE = pa.scalar(False, pa.bool_())  # noqa: FBT003 - pyarrow's signature


def spoilt(names: pa.Array) -> NDArray[np.bool_]:
    """Which names of something are what a spreadsheet leaves of digits.

    >>> spoilt(pa.array(["3.01235E+12", "3.01235E12", "301.0", "0301", "3E5"])).tolist()
    [True, True, True, False, False]
    """
    found = pc.match_substring_regex(names, _SPOILT)
    result: NDArray[np.bool_] = pc.fill_null(found, _FALSE).to_numpy(zero_copy_only=False)
    return result


def sums(names: pa.Array) -> NDArray[np.bool_]:
    """Which names of something are words for the sum of others.

    >>> sums(pa.array(["合 计：", "Total", "共2户", "0301", None])).tolist()
    [True, True, True, False, False]
    """
    words = pc.match_substring_regex(names, _WORDS)
    result: NDArray[np.bool_] = pc.fill_null(words, _FALSE).to_numpy(zero_copy_only=False).copy()
    for row in np.flatnonzero(result):
        result[row] = is_total(names[int(row)].as_py())
    return result


def check_columns(schema: pa.Schema) -> None:
    """See that a table can be billed by its columns.

    Raises:
        InvalidInput: where the column ``account`` is missing, two columns have one path, a column is one of floats, or
            a column holds neither texts nor numbers, days or truths.
    """
    faults = [] if ACCOUNT in schema.names else [Fault(FaultCode.MISSING_KEY, "", {"key": ACCOUNT})]
    pointers: set[str] = set()
    for name, kind in zip(schema.names, schema.types, strict=True):
        pointer = pointer_of(name)
        if pointer in pointers:
            faults.append(Fault(FaultCode.DUPLICATE_KEY, pointer, {"key": name}))
        pointers.add(pointer)
        if pa.types.is_dictionary(kind) or pa.types.is_run_end_encoded(kind):
            kind = kind.value_type
        if pa.types.is_floating(kind):
            code = FaultCode.NOT_A_NUMBER if is_number(name) else FaultCode.WRONG_TYPE
            faults.append(Fault(code, pointer, {"reason": Reason.COLUMN_OF_FLOATS, "value": quoted(name)}))
        elif not any(is_of(kind) for is_of in _KINDS):
            facts = {"reason": Reason.COLUMN_OF_OTHERS, "value": quoted(name)}
            faults.append(Fault(FaultCode.WRONG_TYPE, pointer, facts))
    if faults:
        raise InvalidInput(faults)


_KINDS = (
    *(pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view),
    *(pa.types.is_integer, pa.types.is_decimal, pa.types.is_date, pa.types.is_boolean, pa.types.is_null),
)


def is_text(kind: pa.DataType) -> bool:
    """Whether plain cells of a kind are texts, each by itself or in a dictionary."""
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def plain_cells(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A batch whose nulls are all nulls of its columns, and whose days are texts, which every year has."""
    return pa.RecordBatch.from_arrays([_plain(column) for column in batch.columns], names=batch.schema.names)


def _plain(array: pa.Array) -> pa.Array:
    kind = array.type
    if pa.types.is_run_end_encoded(kind):
        return _plain(pc.run_end_decode(array))
    if pa.types.is_dictionary(kind):
        values = _plain(array.dictionary)
        if values.null_count:
            return values.take(array.indices)
        return pa.DictionaryArray.from_arrays(array.indices, values)
    if pa.types.is_date(kind) or pa.types.is_string_view(kind):
        return array.cast(pa.string())
    if pa.types.is_decimal32(kind) or pa.types.is_decimal64(kind):
        return array.cast(pa.decimal128(38, kind.scale))
    return array
