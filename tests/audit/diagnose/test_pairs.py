"""Which pairs of causes may explain a bill, by the words of bits and by the sentence that says it, cell by cell."""

from itertools import combinations
from random import Random
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from billcalc.audit.diagnose.cause import Edit, Instance, Reach, Stage
from billcalc.audit.diagnose.cells import Cell
from billcalc.audit.diagnose.pairs import PossiblePairs
from billcalc.audit.diagnose.stacked import Priced

SECTIONS = ("energy", "network_energy", "levies")
BILLS = 4


def cause(number: int, *sections: str, slot: str = "") -> Instance:
    return Instance(f"c{number}", slot or f"s{number}", "x", Stage.FILE, Reach(frozenset(sections)), Edit())


CAUSES = (
    cause(0, "energy"),
    cause(1, "network_energy"),
    cause(2, "energy", "network_energy"),
    cause(3, "levies"),
    cause(4, "levies", slot="s3"),
    cause(5, *SECTIONS),
)


@pytest.mark.parametrize("count", [3, 64, 150], ids=["a small word", "a whole word", "several words"])
def test_a_pair_is_looked_at_in_the_bills_that_its_reach_allows(count: int) -> None:
    """What one alone reaches it makes, what neither reaches does not differ; all that both reach may be anything."""
    random = Random(count)
    cells = [Cell(f"line{number}", section=SECTIONS[number % 3]) for number in range(count)]
    issued = {cell: np.zeros(BILLS, dtype=np.int64) for cell in cells}
    differing = [{random.choice(SECTIONS) for _ in range(2)} for _ in range(BILLS)]
    ours = {cell: np.array([700 * (cell.section in each) for each in differing]) for cell in cells}
    alone: dict[Instance, Priced] = {}
    for each in CAUSES:
        is_right = random.random() < 0.7
        made = {cell: 0 * ours[cell] if each.reach.has(cell) and is_right else ours[cell] for cell in cells}
        alone[each] = Priced(made, np.array([random.random() < 0.1 for _ in range(BILLS)]))
    block: Any = SimpleNamespace(issued=issued, recomputed=ours, rows=BILLS)
    pairs = PossiblePairs(block, alone, np.arange(BILLS))
    found = {
        (one.cause, other.cause, int(bill))
        for way in (pairs.foretold(), pairs.others())
        for one, other, bills in way
        for bill in bills
    }

    def may_be(one: Instance, other: Instance, bill: int) -> bool:
        if one.slot == other.slot or alone[one].refused[bill] or alone[other].refused[bill]:
            return False
        for cell in cells:
            reached = [each for each in (one, other) if each.reach.has(cell)]
            if len(reached) < 2:
                amounts = alone[reached[0]].amounts if reached else ours
                if amounts[cell][bill] != 0:
                    return False
        return True

    every = [(one, other, bill) for one, other in combinations(CAUSES, 2) for bill in range(BILLS)]
    assert found == {(one.cause, other.cause, bill) for one, other, bill in every if may_be(one, other, bill)}
    assert found
