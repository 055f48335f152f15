"""Drawings as SVG, from exact amounts; the table beside each has the same numbers."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from billcalc.kernel.decimals import EXACT

__all__ = ["ROW", "WIDTH", "Bar", "Demand", "DemandBar", "Mark", "Step", "bars", "demand_bars", "waterfall"]

WIDTH = 480
"""Of a drawing [px of its own]."""
ROW = 48
_MARGIN = 8
_BAR_LEAST = 2


class Step(NamedTuple):
    """A step between two sums.

    Attributes:
        label: short; the table says it in full.
        amount: what it adds; of a sum the sum.
        is_rest: whether nothing explains it.
    """

    label: str
    amount: Decimal
    is_sum: bool = False
    is_rest: bool = False


class Bar(NamedTuple):
    """A bar of a drawing, in whole pixels.

    Attributes:
        kind: its class in the style sheet.
        y: of the text above it.
    """

    label: str
    amount: Decimal
    kind: str
    x: int
    y: int
    width: int


def waterfall(steps: Sequence[Step]) -> list[Bar]:
    """The bars from one sum over its steps to another, below each other.

    The scale begins a little below the smallest level, since causes are small beside a bill.
    """
    levels = [steps[0].amount]
    for step in steps[1:-1]:
        levels.append(EXACT.add(levels[-1], step.amount))
    low, high = min(levels), max(levels)
    span = EXACT.subtract(high, low) or Decimal(1)
    begin, whole = EXACT.subtract(low, span / 4), span * 5 / 4

    def place(level: Decimal) -> int:
        return int((level - begin) * (WIDTH - 2 * _MARGIN) / whole)

    found = []
    at = levels[0]
    for number, step in enumerate(steps):
        after = step.amount if step.is_sum else EXACT.add(at, step.amount)
        left, right = (0, place(after)) if step.is_sum else sorted((place(at), place(after)))
        kind = "sum" if step.is_sum else "rest" if step.is_rest else "more" if step.amount > 0 else "less"
        width = max(_BAR_LEAST, right - left)
        found.append(Bar(step.label, step.amount, kind, _MARGIN + left, number * ROW + 18, width))
        at = after
    return found


def bars(steps: Sequence[Step]) -> list[Bar]:
    """A bar for each amount, below each other, from zero; what is below zero is only a mark."""
    whole = max(*(step.amount for step in steps), Decimal(1))
    return [
        Bar(
            step.label,
            step.amount,
            "sum",
            _MARGIN,
            number * ROW + 18,
            max(_BAR_LEAST, int(step.amount * (WIDTH - 2 * _MARGIN) / whole)),
        )
        for number, step in enumerate(steps)
    ]


class Demand(NamedTuple):
    """A demand and what it is held against [kW].

    Attributes:
        limits: above which more is paid.
        floor: the least that is billed.
    """

    kw: Decimal
    contract: Decimal | None
    limits: Sequence[Decimal]
    floor: Decimal | None


class Mark(NamedTuple):
    """A line across a bar.

    Attributes:
        kind: its class in the style sheet.
    """

    kind: str
    x: int


class DemandBar(NamedTuple):
    """A bar with what it is held against, in whole pixels."""

    label: str
    y: int
    width: int
    marks: Sequence[Mark]


def demand_bars(months: Sequence[tuple[str, Demand]]) -> list[DemandBar]:
    """A bar for each demand, below each other, from zero, with lines for contract, limits and floor."""
    levels = [level for _, each in months for level in (each.kw, each.contract, *each.limits, each.floor) if level]
    whole = max([*levels, Decimal(1)])

    def place(level: Decimal) -> int:
        return int(level * (WIDTH - 2 * _MARGIN) / whole)

    found = []
    for number, (label, each) in enumerate(months):
        told = [("contract", each.contract), *(("limit", limit) for limit in each.limits), ("floor", each.floor)]
        marks = [Mark(kind, _MARGIN + place(level)) for kind, level in told if level is not None]
        found.append(DemandBar(label, number * ROW + 18, max(_BAR_LEAST, place(each.kw)), marks))
    return found
