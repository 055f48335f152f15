"""Which columns of a table are read, and what they are called in the request."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
import pyarrow as pa

from billcalc.bulk.cells import check_columns
from billcalc.bulk.paths import ACCOUNT
from billcalc.bulk.run import Rows
from billcalc.files.documents import read_document
from billcalc.files.system_errors import reading_fault
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.kernel.wording import FaultCode

__all__ = ["Columns", "choose_columns", "numbered_rows", "read_mapping", "reading", "unread"]

Columns = tuple[tuple[str, str], ...]
"""For each column that is read its name in the table and its path in the request."""


def read_mapping(path: str) -> dict[str, str]:
    """Read a file that gives columns their paths: ``户号: account``.

    Raises:
        InvalidInput: where it is no mapping of names to paths, or two columns have one path.
    """
    document = read_document(path)
    if not isinstance(document.data, Mapping):
        reason = "a mapping of columns to paths is expected here"
        raise InvalidInput([Fault(FaultCode.WRONG_TYPE, document.where(()), {"reason": reason, "value": "it"})])
    faults = []
    named: dict[str, str] = {}
    for column, place in document.data.items():
        if not isinstance(place, str) or not place:
            facts = {"reason": "a path in the request is expected here, such as account or given.0.amount"}
            faults.append(Fault(FaultCode.WRONG_TYPE, document.where((column,)), {**facts, "value": str(place)}))
        elif place in named.values():
            faults.append(Fault(FaultCode.DUPLICATE_KEY, document.where((column,)), {"key": place}))
        else:
            named[column] = place
    if faults:
        raise InvalidInput(faults)
    return named


def choose_columns(name: str, schema: pa.Schema, mapping: Mapping[str, str] | None) -> Columns:
    """The columns of a table that are read: all, or those that a mapping names.

    Raises:
        InvalidInput: where the table lacks one that the mapping names, or cannot be billed by its columns.
    """
    if mapping is None:
        chosen = tuple((column, column) for column in schema.names)
    else:
        missing = [column for column in mapping if column not in schema.names]
        if missing:
            known = ", ".join(schema.names)
            facts = [{"kind": "column", "id": column, "known": known} for column in missing]
            raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, name, each) for each in facts])
        chosen = tuple(mapping.items())
    twice = sorted({column for column, _ in chosen if schema.names.count(column) > 1})
    if twice:
        raise InvalidInput([Fault(FaultCode.DUPLICATE_KEY, name, {"key": column}) for column in twice])
    try:
        check_columns(pa.schema([(path, schema.field(column).type) for column, path in chosen]))
    except InvalidInput as invalid:
        places = [f"{name}#{fault.where}" if fault.where else name for fault in invalid.faults]
        found = zip(invalid.faults, places, strict=True)
        raise InvalidInput([Fault(fault.code, place, fault.facts) for fault, place in found]) from None
    return chosen


@contextmanager
def reading(name: str) -> Iterator[None]:
    """What the readers of a file fall over is an input that is wrong: damaged, or not what its name tells.

    Raises:
        InvalidInput: instead of whatever they raise.
    """
    try:
        yield
    except InvalidInput:
        raise
    except (OSError, ValueError, LookupError, TypeError, OverflowError, pa.ArrowException) as error:
        raise InvalidInput([reading_fault(error, name)]) from None


def numbered_rows(batch: pa.RecordBatch, columns: Columns, before: int) -> Rows:
    """Rows under the paths of their columns, numbered on from those before them; accounts are texts.

    Raises:
        pa.ArrowInvalid: where a batch of a damaged file is none.
    """
    batch.validate(full=True)
    arrays = [batch.column(name) for name, _ in columns]
    paths = [path for _, path in columns]
    place = paths.index(ACCOUNT)
    arrays[place] = arrays[place].cast(pa.string())
    named = pa.RecordBatch.from_arrays(arrays, names=paths)
    return Rows(named, np.arange(before + 1, before + 1 + batch.num_rows))


def unread(names: Sequence[str], columns: Columns) -> tuple[str, ...]:
    """The columns of a table that a mapping leaves out."""
    chosen = {name for name, _ in columns}
    return tuple(name for name in names if name not in chosen)
