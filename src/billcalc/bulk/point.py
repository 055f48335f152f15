"""The id of a metering point: no amount depends on how the only point of a request is called.

So rows of one point share a structure, however they call it: an export has the number of the point in each row. What a
row is told has its own id in it. Where there are several points, or a loss is shared out in the order of names, the ids
are compared with others, and stay.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from billcalc.bulk.cells import is_text
from billcalc.bulk.paths import is_number, pointer_of
from billcalc.fields.values import ID

__all__ = ["PointName", "renamed_point"]

_POINT = "/metering_points/0/id"
_COMPARED = re.compile(r"/metering_points/[0-9]*[1-9][0-9]*(/.*)?|.*/(point|shared)(/.*)?")
"""Another point; what tells of a point by its id, or goes by the order of names."""


@dataclass(frozen=True, slots=True)
class PointName:
    """How the points of some rows are called.

    Attributes:
        common: what stands for it in all rows; in no text of theirs.
        ids: the id of each row.
    """

    common: str
    ids: pa.Array

    def own(self, message: str, row: int) -> str:
        """A message of a row, with the id that it has."""
        return message.replace(self.common, self.ids[row].as_py()) if self.common in message else message


def renamed_point(batch: pa.RecordBatch, template: Mapping[str, Any]) -> tuple[pa.RecordBatch, PointName | None]:
    """A batch whose points are called alike, where that tells as much, and how its rows call them.

    Args:
        batch: of plain cells.
        template: what all rows have in common.
    """
    pointers = [*map(pointer_of, batch.schema.names)]
    if _POINT not in pointers or not is_text(batch.schema.types[pointers.index(_POINT)]):
        return batch, None
    place, told = pointers.index(_POINT), dict(_leaves(template, ""))
    if any(map(_COMPARED.fullmatch, (*pointers, *told))):
        return batch, None
    words = [batch.column(name).cast(pa.string()) for name in batch.schema.names if not is_number(name)]
    words.append(pa.array(told.values(), pa.string()))
    name = PointName(next(filter(partial(_is_new, words=words), _names())), batch.column(place).cast(pa.string()))
    columns = list(batch.columns)
    columns[place] = pc.if_else(pc.match_substring_regex(name.ids, ID), pa.scalar(name.common), name.ids)
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names), name


def _names() -> Iterator[str]:
    return map("point-of-the-row-{}".format, count())


def _is_new(name: str, *, words: Iterable[pa.Array]) -> bool:
    """Whether no text has a name in it."""
    return not any(pc.any(pc.match_substring(texts, name)).as_py() for texts in words)


def _leaves(data: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """What a template tells, as texts, by its pointers."""
    if data and isinstance(data, Mapping | list):
        for key, inner in data.items() if isinstance(data, Mapping) else enumerate(data):
            yield from _leaves(inner, f"{pointer}/{key}")
    else:
        yield pointer, str(data)
