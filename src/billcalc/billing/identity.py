"""The identity of a bill: the same request, values and engine give the same id, whatever was added to the tariffs since."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from billcalc.billing.plan import Plan
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.scalars import Input

__all__ = ["bill_id", "canonical_json"]


def bill_id(plan: Plan, inputs: Mapping[str, Input], version: str) -> str:
    """The hash of everything that decides a bill: the plan (structure and resolved values), the inputs, the engine."""
    told = {"plan": _plain(plan), "inputs": _plain(inputs), "engine": version}
    return "sha256:" + hashlib.sha256(canonical_json(told)).hexdigest()


def canonical_json(data: Any) -> bytes:
    """One text for one value: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    """Records, decimals and days as the JSON that is hashed."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
