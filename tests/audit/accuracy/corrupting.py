"""Corrupted bills: a correct one with one, two or three known errors, with one that no cause is, or with both."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import combinations
from random import Random
from typing import Any

from billcalc.audit.diagnose.cause import Instance
from billcalc.audit.issued import IssuedBill
from billcalc.fields import validated
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.troubles import InvalidInput, Refused
from tests.audit.accuracy.structures import NUMBERS, Structure
from tests.audit.injecting import printed

__all__ = ["SHAPES", "Case", "Kind", "corrupted"]

SHAPES = ("lines", "rounded", "missing", "bands", "sections", "total")
"""How finely a bill is printed: all lines; with quantities rounded to the kWh; some lines left out; a line for all bands;
sums of sections; the total alone."""

_TRIES = 60
_FEN = Decimal("0.01")


class Kind(StrEnum):
    """How a bill is wrong."""

    CORRECT = "correct"
    ONE = "one"
    TWO = "two"
    TWO_IN_ONE = "two_in_one"
    """Two wrong numbers that change the same lines."""
    THREE = "three"
    UNKNOWN = "unknown"
    KNOWN_AND_UNKNOWN = "known_and_unknown"
    HIDDEN = "hidden"
    """A known error of which every amount has the unknown one in it, too."""


_WEIGHTS = {Kind.CORRECT: 4, Kind.ONE: 30, Kind.TWO: 36, Kind.THREE: 8, Kind.UNKNOWN: 8, Kind.KNOWN_AND_UNKNOWN: 14}
_SIZES = {Kind.ONE: 1, Kind.TWO: 2, Kind.THREE: 3, Kind.KNOWN_AND_UNKNOWN: 1}


@dataclass(frozen=True)
class Case:
    """A bill and what is wrong with it.

    Attributes:
        causes: each of which changes what is printed, beside the others.
    """

    structure: Structure
    kind: Kind
    shape: str
    causes: tuple[Instance, ...]
    issued: IssuedBill


def corrupted(structure: Structure, random: Random) -> Case | None:
    """A corrupted bill; None where nothing that is wrong shows on this structure so printed."""
    [kind] = random.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
    shape = random.choice(SHAPES)
    for _ in range(_TRIES):
        causes = tuple(structure.draw(random) for _ in range(_SIZES.get(kind, 0)))
        known = _issued(structure, causes, shape)
        if known is None or not _all_show(structure, causes, shape, known):
            continue
        issued = _typed_otherwise(known, random) if kind in (Kind.UNKNOWN, Kind.KNOWN_AND_UNKNOWN) else known
        issued = _left_out(issued, random) if shape == "missing" else issued
        correct = _issued(structure, (), shape)
        if (
            kind is Kind.KNOWN_AND_UNKNOWN
            and correct is not None
            and not _shown(correct, known) & _shown(correct, issued)
        ):
            kind = Kind.HIDDEN
        if kind is Kind.TWO and _are_numbers_of_one_amount(structure, causes, shape):
            kind = Kind.TWO_IN_ONE
        return Case(structure, kind, shape, causes, issued)
    return None


def _shown(correct: IssuedBill, issued: IssuedBill) -> set[Any]:
    """The amounts of a bill that are not those of the correct one."""
    return _amounts(issued) - _amounts(correct)


def _are_numbers_of_one_amount(structure: Structure, causes: tuple[Instance, ...], shape: str) -> bool:
    lines: list[set[Any]] = []
    correct = _issued(structure, (), shape)
    for each in causes:
        made = _issued(structure, (each,), shape)
        if each.cause not in NUMBERS or made is None or correct is None:
            return False
        lines.append({name for name, *_ in _shown(correct, made) if "power_factor" not in str(name)})
    return lines[0] <= lines[1] or lines[1] <= lines[0]


def _issued(structure: Structure, causes: tuple[Instance, ...], shape: str) -> IssuedBill | None:
    if len({place for each in causes for place, _ in each.edit.assigned}) < sum(
        len(each.edit.assigned) for each in causes
    ):
        return None  # two errors in one place are one
    if len({each.slot for each in causes}) < len(causes):
        return None
    try:
        lines = structure.ours.stacked.repricing.lines(causes)
        return printed(lines, "lines" if shape == "missing" else shape)
    except (InvalidInput, Refused):
        return None


def _all_show(structure: Structure, causes: tuple[Instance, ...], shape: str, issued: IssuedBill) -> bool:
    """Whether a bill without any of the errors is another."""
    for size in range(len(causes)):
        for fewer in combinations(causes, size):
            other = _issued(structure, fewer, shape)
            if other is None or _amounts(other) == _amounts(issued):
                return False
    return True


def _amounts(issued: IssuedBill) -> set[Any]:
    """What is printed, each with its name; which group an adjustment is called by is no amount."""
    lines = {((each.codes, each.band, each.span), each.amount) for each in issued.lines}
    sums = {(each.sections, each.amount) for each in issued.subtotals}
    return lines | sums | (set() if issued.lines or issued.subtotals else {("total", issued.total)})


def _left_out(issued: IssuedBill, random: Random) -> IssuedBill:
    """The bill with one or two lines not printed; its total has them."""
    kept = list(issued.lines)
    for _ in range(random.randint(1, 2)):
        if len(kept) > 1:
            kept.pop(random.randrange(len(kept)))
    return issued.model_copy(update={"lines": tuple(kept)})


def _typed_otherwise(issued: IssuedBill, random: Random) -> IssuedBill:
    """The bill with one amount that no rule makes; it adds up."""
    data = issued.model_dump(mode="json", by_alias=True, exclude_unset=True)
    rows = data["lines"] or data.get("subtotals") or [{"amount": data["total"]}]
    row = random.choice([each for each in rows if Decimal(each["amount"])] or rows)
    amount = Decimal(row["amount"])
    other = _other(amount, random)
    row["amount"] = decimal_text(other)
    data["total"] = decimal_text(Decimal(data["total"]) + other - amount)
    return validated(IssuedBill, data)


def _other(amount: Decimal, random: Random) -> Decimal:
    """An amount typed otherwise: some fen to some thousand yuan more or less, digits exchanged, or an odd ratio of it."""
    way = random.choice(("typed", "exchanged", "ratio"))
    text = f"{amount:.2f}"
    places = [
        place
        for place in range(len(text) - 1)
        if text[place : place + 2].isdecimal() and text[place] != text[place + 1]
    ]
    if way == "exchanged" and places:
        place = random.choice(places)
        return Decimal(text[:place] + text[place + 1] + text[place] + text[place + 2 :])
    if way == "ratio":
        made = (amount * Decimal(random.choice(("1.037", "0.913", "1.271", "0.681")))).quantize(_FEN, ROUND_HALF_UP)
        if made != amount:
            return made
    return amount + random.choice((1, -1)) * _FEN * int(10 ** random.uniform(0, 5.5))
