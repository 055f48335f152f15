"""The contract as generators of Java and Go can take it: ``python clients/plain.py < api/openapi.json > plain.json``.

They have no word for a value that is one of something or a list of it: it is a value of any kind there. A default that
is an object or a list is left out, for they write it into code that does not compile; the service knows it anyway. Of
a body that may be JSON or a form with files they get the JSON. Whole numbers have 64 bits: fen go beyond 32.
"""

import json
import sys
from typing import Any


def plain(node: Any) -> Any:
    """A part of the contract without what they cannot take."""
    if isinstance(node, list):
        return [plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    if "application/json" in node and "multipart/form-data" in node:
        return {"application/json": plain(node["application/json"])}
    told = {key: plain(value) for key, value in node.items() if key != "default" or not isinstance(value, dict | list)}
    if told.get("type") == "integer":
        told["format"] = "int64"
    shapes = [each for each in told.get("anyOf", ()) if each.get("type") != "null"]
    if len(shapes) > 1:
        return {key: value for key, value in told.items() if key not in ("anyOf", "default")}
    if "anyOf" in told and len(shapes) == 1 and "$ref" in shapes[0]:
        return shapes[0]
    return told


json.dump(plain(json.load(sys.stdin)), sys.stdout, ensure_ascii=False, indent=1)
