"""JSON as the service writes it: without spaces, in the order of its keys; the same data, the same bytes."""

from pydantic_core import to_json

__all__ = ["compact", "compact_text"]


def compact_text(data: object) -> str:
    """Data as JSON."""
    return compact(data).decode()


def compact(data: object) -> bytes:
    """Data as JSON in UTF-8."""
    return to_json(data)
