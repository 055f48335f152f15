"""What causes can move, of every official and published bill: no amount that a cause does not reach is another under it.

So the search may leave out what is not reached. Every cause of words, rules and documents is tried, and of every number
some that it may have been by mistake.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from billcalc.audit.comparing import compare
from billcalc.audit.diagnose.block import Block, columns_of
from billcalc.audit.diagnose.cause import Place, Reach, Situation, subtracted
from billcalc.audit.diagnose.causes import CAUSES
from billcalc.audit.diagnose.cells import Cells, Money
from billcalc.audit.diagnose.stacked import number_at
from billcalc.bulk.column import Column
from billcalc.kernel.decimals import decimal_text
from tests.audit.accuracy.structures import NAMES, Structure, structure
from tests.audit.injecting import printed

STEP = 17
"""Every so many of the wrong numbers of a place is tried."""


@cache
def of_fixture(name: str) -> tuple[Structure, Situation] | None:
    """A structure and its situation; None of a bill that is finer than the fen."""
    found = structure(name)
    if found is None:
        return None
    right = printed(found.ours.stacked.repricing.lines(()))
    return found, found.ours.situation(Cells(compare(found.ours.bill, right)))


def wrong_numbers(block: Block, place: Place) -> list[str]:
    """The numbers that may have been in a place by mistake."""
    options = place.mistaken(block.written(place, np.array([0])))
    column = Column.of(options.numbers, options.scale)
    return [decimal_text(number_at(column, at)) for at in range(len(options.numbers))]


def moved(there: tuple[Structure, Situation]) -> Iterator[tuple[object, Reach, Money]]:
    """What each cause moves, of those under which the bill can be billed."""
    found, where = there
    repricing = found.ours.stacked.repricing
    for word in found.words:
        made = repricing.amounts((word,), ())
        if made is not None:
            yield word, word.reach, subtracted(where.cells.of(made), where.recomputed)
    block = Block(where.cells, columns_of(where.issued), found.ours.stacked)
    places = (each for cause in CAUSES for each in cause.places(where))
    some = ((place, wrong) for place in places for wrong in wrong_numbers(block, place)[::STEP])
    for place, wrong in some:
        made = repricing.amounts((), ((place.path, wrong),))
        if made is not None:
            yield (place.cause, place.path, wrong), place.reach, subtracted(where.cells.of(made), where.recomputed)


@pytest.mark.no_cover  # which fixtures there are is no matter of the core
@pytest.mark.parametrize("name", NAMES)
def test_no_cause_moves_what_it_does_not_reach(name: str) -> None:
    there = of_fixture(name)
    if there is not None:
        for cause, reach, apart in moved(there):
            assert not [cell for cell in apart if not reach.has(cell)], cause


@pytest.mark.no_cover
def test_the_fixtures_have_causes_of_most_kinds_that_move_something() -> None:
    """A footprint of nothing holds; so most kinds are there, and change a bill."""
    kinds = {word.cause for name in NAMES if (there := of_fixture(name)) is not None for word in there[0].words}
    assert len(kinds) >= 30
    assert len([name for name in NAMES if of_fixture(name) is not None]) >= 45
