"""Whatever one thing is changed in a bill's JSON is found, but for what changes nothing."""

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest

from billcalc.verify import verify
from tests.proofs import MUTANTS, REQUESTS, Data, codes, leaves, mutated, put, written


def samples(count: int) -> Iterator[tuple[Data, str, Data]]:
    chance = random.Random(20260601)
    for path in REQUESTS:
        bill = json.loads(written(path))
        found = [each for each in leaves(bill) if each[0] != "/seal" and "~" not in each[0]]
        for pointer, value in chance.sample(found, min(count, len(found))):
            if re.match(r"/(kwh|request|problems)/", pointer) is None:
                yield bill, pointer, put(bill, pointer, mutated(value, chance))


def test_every_change_breaks_the_seal() -> None:
    for bill, pointer, changed in samples(max(1, MUTANTS // 8)):
        assert codes({**changed, "seal": bill["seal"]}), pointer


JUDGED_BY_NOTHING = (
    r"/currency",  # of a bill whose lines are all given
    r"/tariff_set",  # of the whole set, whose other documents the bill does not have
    r"/total_rounded_to",  # where the sum has no more digits
    r"/sources/\d+/.*",  # of a price sheet of the request
    r"/lines/\d+/(band|unit)",  # of a given line
    r"/(lines|losses)/\d+/steps/\d+/(of/\d+|rounded_to|exact|share/(before|is_last))",  # where the number is the same
    r"/(lines|losses)/\d+/steps/\d+/operands/\d+/(of/\d+|name|unit)",  # of a number that the request or a document has
    r"/power_factors/\d+/.*",  # that no line uses
    r"/losses/\d+/point",  # where its energies are told under another name as well
)


@pytest.mark.no_cover
def test_a_forged_seal_does_not_hide_a_changed_number() -> None:
    hidden = [
        pointer
        for _, pointer, changed in samples(MUTANTS)
        if not codes(changed) and not any(re.fullmatch(form, pointer) for form in JUDGED_BY_NOTHING)
        if not _is_bound(changed, pointer) and not _is_not_followed(changed, pointer)
    ]
    assert hidden == []


def _is_not_followed(bill: Data, pointer: str) -> bool:
    """Whether it is a formula of which is told that it could not be followed."""
    return pointer.endswith("/formula") and any(
        each.code == "formula" and pointer.startswith(each.where) for each in verify(bill)
    )


def _is_bound(bill: Data, pointer: str) -> bool:
    """Whether it is a number without a name in a comparison, which another number there may leave as it was."""
    way = [int(key) if key.isdigit() else key for key in pointer.split("/")[1:]]
    node: Any = bill
    for key in way[:-1]:
        node = node[key]
    return way[-1] == "value" and node.get("name", "") is None
