"""From an input to a record: text, document, model; each step tells all it finds wrong, with file, line and column."""

from typing import TypeVar

from pydantic import BaseModel

from billcalc.fields import validated
from billcalc.files.documents import Format, read_document
from billcalc.files.text import MAX_BYTES, Source

__all__ = ["load"]

_M = TypeVar("_M", bound=BaseModel)


def load(
    model: type[_M],
    source: Source,
    *,
    name: str | None = None,
    written_in: Format | None = None,
    max_bytes: int = MAX_BYTES,
) -> _M:
    """Read a record from a path, ``-`` (standard input) or bytes.

    Args:
        model: a union is read as a ``RootModel`` of it.
        source: a path, ``-`` or bytes.
        name: what messages call the input; by default its path, ``stdin`` or ``input``.
        written_in: the format; by default the suffix of the name tells it, or the first character.
        max_bytes: the limit of the input [byte].

    Raises:
        InvalidInput: with every fault, such as ``request.yaml:12:5: missing_key: …``.

    >>> from billcalc.fields import Model, NotNegative
    >>> class Meter(Model):
    ...     multiplier: NotNegative
    >>> load(Meter, b"multiplier: 660000")
    Meter(multiplier=Decimal('660000'))
    """
    document = read_document(source, name=name, written_in=written_in, max_bytes=max_bytes)
    return validated(model, document.data, where=document.where, where_key=document.where_key)
