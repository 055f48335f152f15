"""What a sentence may hold in its language, and what of it is no sentence but repeated input."""

import re
from collections.abc import Iterator
from typing import Any

from billcalc.audit import layout
from billcalc.fields import Model
from billcalc.runs import issued_tables
from billcalc.tariff import documents, time_of_use
from billcalc.wire.request import request_schema

__all__ = ["faults_of", "input_keys"]

CHINESE = re.compile(r"[㐀-鿿]")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'")
_WRITTEN = re.compile(r"[a-z_.]+: (\[[^\]]*\]|\{[^}]*\}|[a-z_0-9]+)")  # a line of a request, such as rollover: [peak]
_NAMES = re.compile(
    r"--[a-z-]+|billcalc [a-z]+"  # an option of a command, or a command
    r"|\d{4}-\d\d-\d\dT[\d:+]+"
    r"|[\w./*-]*/[\w./*-]+|[\w-]*\.(?:parquet|csv|arrow|feather|xlsx|xls|yaml|json|md)(?![a-z])"  # a path or a file name
    r"|<?\d*kV(?![A-Za-z])|\b(?:kWh|kvarh|kW|kVA|CNY|UTC|cosφ|h|billcalc|YAML|XML|JSON|CSV|ESPI|TOML|UTF-8|GB18030|Parquet|Arrow|Excel)\b"
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")
_CODES = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
_REPRS = re.compile(r"[{}\[\]<>]|\bNone\b|Decimal\(|Reason\.|Code\.|'\w+':")


def input_keys() -> set[str]:
    """The keys and words that requests, documents and layouts may have, for who reads of them to write them."""
    modules = (documents, time_of_use, layout, issued_tables)  # which define all models between them
    assert all(modules)
    return {*_keys(request_schema()), *(key for model in _models(Model) for key in model.known_keys())}


def _models(model: type[Model]) -> Iterator[type[Model]]:
    for each in model.__subclasses__():
        yield each
        yield from _models(each)


def _keys(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        for name, inner in schema.items():
            if name in ("properties", "$defs"):
                yield from inner
            if name == "enum":
                yield from (each for each in inner if isinstance(each, str))
            if name == "const" and isinstance(inner, str):
                yield inner
            yield from _keys(inner)
    elif isinstance(schema, list):
        for each in schema:
            yield from _keys(each)


def faults_of(sentence: str, chinese: bool, repeated: set[str]) -> list[str]:
    """What does not belong into a sentence; ``repeated`` is what it repeats of its input."""
    for each in sorted(repeated, key=len, reverse=True):
        sentence = sentence.replace(each, " ")
    rest = _NAMES.sub(" ", _WRITTEN.sub(" ", _QUOTED.sub(" ", sentence)))
    found = _REPRS.findall(rest)
    if chinese:
        words = (each.strip(".") for each in _LATIN.findall(rest))
        return found + [word for word in words if not _is_key(word)]
    return found + CHINESE.findall(rest) + [code for code in _CODES.findall(rest) if code not in KEYS]


def _is_key(word: str) -> bool:
    return all(part in KEYS for part in word.split("."))


KEYS = input_keys()
