"""Cells of bills that print sums alone: every amount is in one of them, whatever sums lie within others."""

from decimal import Decimal
from typing import Any

from billcalc.audit.diagnose.cells import NOT_PRINTED, Cell
from billcalc.audit.issued import IssuedBill
from billcalc.fields import validated
from tests.audit.diagnose.samples import SAMPLES, tariffs
from tests.audit.injecting import situation


def issued(*sums: tuple[Any, Any, str], total: str | None = "1000") -> dict[Cell, int]:
    """The issued amounts by cell; of each sum its sections, its groups and its amount."""
    told = [
        {"name": f"sum {number}", **({"section": of} if of else {}), **({"group": by} if by else {}), "amount": amount}
        for number, (of, by, amount) in enumerate(sums)
    ]
    bill = validated(IssuedBill, {"lines": [], "subtotals": told, **({} if total is None else {"total": total})})
    return dict(situation(SAMPLES["plain"], tariffs(), bill).cells.issued)


def named(told: dict[Cell, int]) -> dict[str, Decimal]:
    return {cell.code: Decimal(fen) / 100 for cell, fen in told.items()}


def test_a_total_beside_sums_is_what_they_leave() -> None:
    found = issued(("energy", "", "600"), ("levies", "", "50"))
    assert named(found) == {"sum 0": 600, "sum 1": 50, "not_printed": 350}
    assert NOT_PRINTED in found


def test_a_sum_of_several_sections_is_without_those_that_are_printed_too() -> None:
    """1000 in all, of which 700 are energy and levies, of which 600 are energy."""
    found = issued(("energy", "", "600"), (["energy", "levies"], "", "700"))
    assert named(found) == {"sum 0": 600, "sum 1": 100, "not_printed": 300}
    assert named(issued(("energy", "main", "1"), ("energy", "", "5"), total=None)) == {"sum 0": 1, "sum 1": 4}


def test_a_total_alone_and_one_of_sums_that_cross_are_told_whole() -> None:
    assert named(issued()) == {"total": 1000}
    crossing = issued(("energy", "", "600"), ("", "main", "700"))
    assert named(crossing) == {"sum 0": 600, "sum 1": 700, "total": 1000}
