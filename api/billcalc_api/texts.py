"""JSON as the service writes it: without spaces, in the order of its keys; the same data, the same bytes."""

import json

__all__ = ["compact", "compact_text"]


def compact_text(data: object) -> str:
    """Data as JSON."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def compact(data: object) -> bytes:
    """Data as JSON in UTF-8."""
    return compact_text(data).encode()
