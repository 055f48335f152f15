"""Ids of meters: a plan asks whether two are the same, and never how one is called.

So rows whose ids are all different share a structure, whatever the ids are: an id that an export has in each row costs
nothing. Where one comes back in its row, or is no id, the row stays as it is.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations, count
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from billcalc.billing.structure import is_meter
from billcalc.bulk.cells import is_text
from billcalc.bulk.paths import pointer_of
from billcalc.fields.values import ID

__all__ = ["renamed_meters"]

_FALSE = pa.scalar(False, pa.bool_())  # noqa: FBT003 - pyarrow's signature


def renamed_meters(batch: pa.RecordBatch, template: Mapping[str, Any]) -> pa.RecordBatch:
    """A batch of plain cells whose meters are called by their columns, in the rows where that tells as much.

    Args:
        batch: of plain cells.
        template: what all rows have in common, and may call meters, too.
    """
    ids = {place: _texts(column) for place, column in enumerate(batch.columns) if _is_of_meters(batch, place)}
    if not ids:
        return batch
    taken = frozenset(_ids_in(template.get("metering_points")))
    alike = np.zeros(batch.num_rows, dtype=np.bool_)
    for column in ids.values():
        fits = pc.and_(pc.match_substring_regex(column, ID), pc.invert(pc.is_in(column, pa.array(taken, pa.string()))))
        alike |= ~pc.fill_null(fits, True).to_numpy(zero_copy_only=False)  # noqa: FBT003 - pyarrow's signature
    for one, other in combinations(ids.values(), 2):
        alike |= pc.fill_null(pc.equal(one, other), _FALSE).to_numpy(zero_copy_only=False)
    free = (name for name in map("meter{}".format, count()) if name not in taken)
    columns = list(batch.columns)
    for (place, column), name in zip(ids.items(), free, strict=False):
        renamed = pc.if_else(column.is_valid(), pa.scalar(name), column)
        columns[place] = pc.if_else(pa.array(alike), column, renamed)
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _is_of_meters(batch: pa.RecordBatch, place: int) -> bool:
    return is_text(batch.schema.types[place]) and is_meter(pointer_of(batch.schema.names[place]))


def _texts(column: pa.Array) -> pa.Array:
    return column.cast(pa.string())


def _ids_in(points: Any) -> Iterator[str]:
    """The ids of meters that a template tells."""
    for point in points if isinstance(points, list) else ():
        configs = point.get("config") if isinstance(point, Mapping) else None
        for config in configs if isinstance(configs, list) else ():
            if isinstance(config, Mapping):
                yield str(config.get("meter"))
