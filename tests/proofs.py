"""Proofs of the fixtures' bills, and how a test changes one."""

import json
import os
import random
import re
from collections.abc import Iterator
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any

from billcalc import verify as module
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.files.loading import load
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.verify import verify
from billcalc.wire.bill import proof_data
from billcalc.wire.json_writing import json_text

__all__ = [
    "MUTANTS",
    "REQUESTS",
    "Data",
    "at",
    "billed",
    "codes",
    "leaves",
    "mutated",
    "proof",
    "put",
    "sealed",
    "step_of",
    "tariffs",
    "written",
]

FIXTURES = Path(__file__).parents[1] / "fixtures"
REQUESTS = [
    path
    for kind in ("official", "published", "regression", "by_hand")
    for path in sorted((FIXTURES / kind).glob("*/request.yaml"))
]
MUTANTS = int(os.environ.get("BILLCALC_MUTANTS", "8"))  # of each bill
Data = dict[str, Any]


@cache
def tariffs() -> Catalog:
    return load_catalog()


@cache
def billed(path: Path) -> Bill:
    bill = calculate(load(Request, path), tariffs())
    assert isinstance(bill, Bill), bill
    return bill


@cache
def written(path: Path) -> str:
    return json_text(proof_data(billed(path)))


def proof(name: str = "guangxi-2024-06-p1") -> Data:
    """A sealed bill, to be changed."""
    (path,) = (path for path in REQUESTS if path.parent.name == name)
    return dict(json.loads(written(path)))


def sealed(bill: Data) -> Data:
    """A changed bill with a seal that fits, as who forges it would write it."""
    return {**bill, "seal": module._hash({key: value for key, value in bill.items() if key != "seal"})}


def codes(bill: Data, *, is_open: bool = False) -> list[tuple[str, str]]:
    return [(each.where, each.code) for each in verify(bill) if each.is_open == is_open]


def at(data: Any, pointer: str) -> Any:
    for key in pointer.split("/")[1:]:
        data = data[int(key)] if isinstance(data, list) else data[key]
    return data


def put(bill: Data, pointer: str, value: Any) -> Data:
    """The bill with another value at a pointer, sealed anew."""
    *above, last = pointer.split("/")[1:]
    place: Any = (changed := copy(bill))
    for key in above:  # what is beside the way is that of the bill itself
        found: Any = int(key) if isinstance(place, list) else key
        place[found] = place = copy(place[found])
    place[int(last) if isinstance(place, list) else last] = value
    return sealed(changed)


def step_of(bill: Data, formula: str) -> str:
    """The pointer of the first step of a form."""
    for number, line in enumerate(bill["lines"]):
        for index, step in enumerate(line["steps"]):
            if re.fullmatch(formula, step["formula"]):
                return f"/lines/{number}/steps/{index}"
    raise AssertionError(f"no step is {formula}")


def leaves(node: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict | list):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(value, f"{pointer}/{key}")
    else:
        yield pointer, node


def mutated(value: Any, chance: random.Random) -> Any:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9.]+", value):
        index = chance.choice([index for index, sign in enumerate(value) if sign.isdigit()])
        return value[:index] + str((int(value[index]) + chance.randint(1, 9)) % 10) + value[index + 1 :]
    if isinstance(value, bool):
        return not value
    return {str: f"{value}x", type(None): "1"}.get(type(value), 7)
