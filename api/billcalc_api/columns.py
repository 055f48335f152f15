"""Requests of one shape as Arrow columns, and their bills as JSON texts.

A bill of a batch tells its printed lines and its total. The texts are put together here rather than by ``json``: most
of a line is the same in all bills of a shape, and is encoded once.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pyarrow as pa

from billcalc._version import __version__
from billcalc.bulk import calculate
from billcalc.bulk.paths import ACCOUNT, is_number
from billcalc.explain.words import money
from billcalc.fields import JsonNumber
from billcalc.kernel.decimals import decimal_text
from billcalc.tariff.catalog import Catalog

__all__ = ["LINE_KEYS", "Leaves", "bill_text", "bills_of", "leaves_of"]

Leaves = dict[str, object]
LINE_KEYS = ("code", "section", "group", "band", "from", "to", "quantity", "unit", "price", "amount")
_SAME = ("code", "section", "group", "band", "from", "to", "unit")
_TRUTHS = ("true", "false")
"""Texts that a column of truths takes, and a request does not."""
_PATHS_KNOWN = 1 << 14


def leaves_of(data: object) -> Leaves | None:
    """The leaves of a request by their paths; None where something in it cannot stand in a column."""
    leaves: Leaves = {}
    return leaves if isinstance(data, dict) and _flatten(data, "", leaves) else None


def _flatten(data: Mapping[str, Any] | Sequence[Any], prefix: str, leaves: Leaves) -> bool:
    """Collect the leaves. What is empty has none, so that columns could not tell it from what is left out."""
    parts: Iterable[tuple[object, Any]] = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in parts:
        path = f"{prefix}{key}"
        if isinstance(value, dict | list):
            if not value or not _flatten(value, path + ".", leaves):
                return False
        elif not _fits(path, value.__class__) or (isinstance(value, str) and value.lower() in _TRUTHS):
            return False
        else:
            leaves[path] = value
    return isinstance(data, list) or all(map(_is_name, data))


@lru_cache(_PATHS_KNOWN)
def _is_name(key: str) -> bool:
    """Whether a key can stand in a path, where a dot separates and a number is a place in a list."""
    return "." not in key and "/" not in key and "~" not in key and not key.isdecimal()


@lru_cache(_PATHS_KNOWN)
def _fits(path: str, kind: type) -> bool:
    """Whether a value of a kind can stand in the column of a path, and be read there as it would be by itself."""
    if kind is str:
        return path != ACCOUNT
    return (kind is bool and not is_number(path)) or (kind is JsonNumber and path.endswith(".digits"))


def bills_of(rows: Sequence[tuple[int, Leaves]], catalog: Catalog) -> Iterator[tuple[int, str]]:
    """The bills of requests with the same paths; rows that columns reject have none here."""
    columns: dict[str, pa.Array] = {ACCOUNT: pa.array([place for place, _ in rows], pa.int64())}
    for path in rows[0][1]:
        columns[path] = pa.array([leaves[path] for _, leaves in rows])
    batch = pa.record_batch(columns)
    (result,) = calculate([batch], catalog, output="lines")
    (summed,) = calculate([batch], catalog, output="totals")
    lines: dict[int, list[str]] = {}
    for place, line in zip(result.bills.column(ACCOUNT).to_pylist(), _line_texts(result.bills), strict=True):
        lines.setdefault(place, []).append(line)
    totals = summed.bills
    for place, total in zip(totals.column(ACCOUNT).to_pylist(), totals.column("total").to_pylist(), strict=True):
        yield place, bill_text(money(total), lines.get(place, ()), catalog.version)


def bill_text(total: str, lines: Sequence[str], tariff_set: str) -> str:
    """The members of a bill of a batch, as JSON without the braces."""
    told = f'"kind":"bill","version":"{__version__}","tariff_set":"{tariff_set}","total":"{total}"'
    return f'{told},"lines":[{",".join(lines)}]'


def _line_texts(bills: pa.RecordBatch) -> Iterator[str]:
    """Each printed line as JSON."""
    same = [_codes(bills.column(name)) for name in _SAME]
    numbers = [bills.column(name).cast(pa.string()).to_pylist() for name in ("quantity", "price", "amount")]
    frames: dict[tuple[int | None, ...], tuple[str, str]] = {}
    for row, (quantity, price, amount, *codes) in enumerate(zip(*numbers, *same, strict=True)):
        key = tuple(codes)
        frame = frames.get(key)
        if frame is None:
            frame = frames[key] = _frame({name: bills.column(name)[row].as_py() for name in _SAME})
        head, unit = frame
        yield f'{head}{_number(quantity)},"unit":{unit},"price":{_number(price)},"amount":"{_money(amount)}"}}'


def _codes(column: pa.Array) -> list[int | None]:
    """A small number for each value: a word's place in its dictionary, a day's number."""
    codes: list[int | None]
    codes = (column.indices if pa.types.is_dictionary(column.type) else column.cast(pa.int32())).to_pylist()
    return codes


def _frame(told: Mapping[str, Any]) -> tuple[str, str]:
    """What the line begins with, up to its quantity, and its unit."""
    words = {**told, "from": told["from"].isoformat(), "to": told["to"].isoformat()}
    texts = {name: json.dumps(word, ensure_ascii=False) for name, word in words.items()}
    head = ",".join(f'"{name}":{texts[name]}' for name in _SAME if name != "unit")
    return f'{{{head},"quantity":', texts["unit"]


@lru_cache(1 << 16)
def _number(text: str | None) -> str:
    """A decimal as JSON: Arrow writes all places of its column, and 0 with an exponent."""
    return "null" if text is None else f'"{decimal_text(Decimal(text))}"'


@lru_cache(1 << 16)
def _money(text: str) -> str:
    return money(Decimal(text))
