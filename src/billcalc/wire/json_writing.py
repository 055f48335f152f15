"""Data as the text of indented JSON."""

import json
from collections.abc import Mapping

__all__ = ["json_text"]


def json_text(data: Mapping[str, object]) -> str:
    """Data as indented JSON with a line end, in its own order of keys."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
