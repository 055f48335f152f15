"""Cells of bills that print sums alone: every amount is in one of them, whatever sums lie within others."""

from decimal import Decimal
from typing import Any

from billcalc.audit.diagnose.cells import NOT_PRINTED, Cell, summed
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


def test_a_total_alone_is_told_whole() -> None:
    assert named(issued()) == {"total": 1000}


def apart(told: dict[Cell, int]) -> tuple[dict[str, int], dict[str, int]]:
    """The cells whose money is told, and those that are compared alone."""
    once, crossing = ({cell: fen for cell, fen in told.items() if cell.crosses == each} for each in (False, True))
    return {cell.code: fen // 100 for cell, fen in once.items()}, {
        cell.code: fen // 100 for cell, fen in crossing.items()
    }


def test_of_sums_that_cross_each_fen_is_told_once() -> None:
    """600 of energy and 700 of a group have 1000 in common and beside them: the group's are in the other two."""
    crossing = issued(("energy", "", "600"), ("", "main", "700"))
    assert apart(crossing) == ({"sum 0": 600, "not_printed": 400}, {"sum 1": 700})
    assert summed(crossing) == 100000
    other_way = issued(("", "main", "700"), ("energy", "", "600"))
    assert apart(other_way) == ({"sum 1": 600, "not_printed": 400}, {"sum 0": 700})
    nested = issued(("energy", "", "600"), ("energy", "main", "500"), ("", "main", "700"))
    assert apart(nested) == ({"sum 0": 100, "sum 1": 500, "not_printed": 400}, {"sum 2": 700})


def test_without_a_total_the_sums_are_told_that_have_more_lines() -> None:
    assert apart(issued(("levies", "", "50"), ("", "main", "700"), total=None)) == ({"sum 1": 700}, {"sum 0": 50})
    sections = [(each, "", "10") for each in ("energy", "network_energy", "levies")]
    assert apart(issued(*sections, ("", "elsewhere", "9"), total=None))[1] == {"sum 3": 9}


def test_sums_of_the_same_lines_are_told_once_and_those_of_one_name_apart() -> None:
    twice = issued(("levies", "", "50"), ("levies", "", "50"))
    assert apart(twice) == ({"sum 0": 50, "not_printed": 950}, {"sum 1": 50})
    same = [
        {"name": "小计", "section": of, "amount": "7"}
        for of in (["energy", "levies"], ["network_energy", "power_factor"])
    ]
    bill = validated(IssuedBill, {"lines": [], "subtotals": same})
    assert named(dict(situation(SAMPLES["plain"], tariffs(), bill).cells.issued)) == {"小计": 7, "小计 2": 7}
