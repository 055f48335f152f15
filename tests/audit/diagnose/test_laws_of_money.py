"""Laws of the money of causes, whatever they do: signs, causes that do nothing, odd fen, budgets, parts."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from billcalc.audit.diagnose.block import Block, columns_of
from billcalc.audit.diagnose.cause import ANYTHING, Edit, Instance, Situation, Stage, assigned, subtracted
from billcalc.audit.diagnose.causes import CAUSES
from billcalc.audit.diagnose.cells import Cell, Money, summed
from billcalc.audit.diagnose.money import Attribution, attributed, shapley
from billcalc.audit.diagnose.pricing import Repricing
from billcalc.audit.diagnose.search import Found
from billcalc.audit.diagnose.stacked import Bills, Stacked
from billcalc.audit.issued import IssuedBill
from tests.audit.diagnose.samples import SAMPLES, tariffs
from tests.audit.diagnose.test_footprints import wrong_numbers
from tests.audit.diagnose.test_laws import answers, stacked, where, words, wrong_bills
from tests.audit.diagnose.test_search import searched
from tests.audit.injecting import printed, situation

pytestmark = pytest.mark.no_cover  # what is drawn is chance; plain examples reach every line

CELLS = (
    Cell("energy", section="energy"),
    Cell("levies", section="levies"),
    Cell("power_factor", section="power_factor"),
)
Under = Mapping[tuple[Instance, ...], Money]


def cause(name: str) -> Instance:
    return Instance(name, name, "", Stage.FILE, ANYTHING, Edit())


@st.composite
def games(draw: st.DrawFn, sizes: tuple[int, int] = (1, 3)) -> tuple[tuple[Instance, ...], Under]:
    """What every set of some causes makes of a bill of three lines, whatever that is."""
    members = tuple(cause(name) for name in "abc"[: draw(st.integers(*sizes))])
    amounts = st.lists(st.integers(-999, 999), min_size=len(CELLS), max_size=len(CELLS))
    sets = [chosen for size in range(len(members) + 1) for chosen in combinations(members, size)]
    return members, {chosen: dict(zip(CELLS, draw(amounts), strict=True)) for chosen in sets}


def told(members: Sequence[Instance], under: Under, issued: Money) -> Attribution:
    found = attributed(members, under.__getitem__, issued)
    assert found is not None
    return found


@given(games())
def test_issued_and_recomputed_exchanged_change_the_sign_of_all_parts(game: tuple[tuple[Instance, ...], Under]) -> None:
    """The way back takes the causes away: what several do together is the same, and each alone takes back both.

    So all that causes do changes its sign in every cell, and each number of a cause, up to the odd fen of what is shared.
    """
    members, under = game
    nothing = under[()]
    there = told(members, under, under[members])
    back = told(
        members, {chosen: under[tuple(each for each in members if each not in chosen)] for chosen in under}, nothing
    )
    for cell in CELLS:
        way, other = (sum(part.get(cell, 0) for part in each.parts.values()) for each in (there, back))
        assert way == -other == under[members][cell] - nothing[cell]
    assert (there.unexplained, back.unexplained) == ({}, {})
    assert sum(there.shares) == -sum(back.shares)
    odd = len(members) - 1
    assert all(abs(one + other) <= odd for one, other in zip(there.shares, back.shares, strict=True))
    if all(sum(part.values()) % (len(chosen) or 1) == 0 for chosen, part in there.parts.items()):
        assert [-share for share in back.shares] == list(there.shares)


@given(games(), st.integers(0, 3))
def test_a_cause_that_changes_nothing_has_no_part(game: tuple[tuple[Instance, ...], Under], place: int) -> None:
    """Beside any others, wherever it stands in their order."""
    members, under = game
    idle = cause("abcd"[place] + "_nothing")
    every = tuple(sorted((*members, idle), key=lambda each: each.key))
    with_idle = {
        chosen: under[tuple(each for each in chosen if each is not idle)]
        for size in range(len(every) + 1)
        for chosen in combinations(every, size)
    }
    found, alone = told(every, with_idle, under[members]), told(members, under, under[members])
    at = every.index(idle)
    assert not any(at in chosen for chosen in found.parts)
    assert found.shares[at] == 0
    assert tuple(share for number, share in enumerate(found.shares) if number != at) == alone.shares


@given(st.dictionaries(st.sampled_from([(0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)]), st.integers(-99, 99)))
@example({(0, 1): -1, (2,): 5})
@example({(0, 1, 2): -1})
def test_odd_fen_go_by_the_largest_remainder_and_then_by_the_first(totals: dict[tuple[int, ...], int]) -> None:
    """In sixths of a fen: each has its whole fen, and one more in the order of what is left of it."""
    sixths = [sum(fen * 6 // len(chosen) for chosen, fen in totals.items() if place in chosen) for place in range(3)]
    whole = [each // 6 for each in sixths]
    odd = sum(totals.values()) - sum(whole)
    first = sorted(range(3), key=lambda place: (-(sixths[place] % 6), place))[:odd]
    assert shapley(3, totals) == tuple(each + (place in first) for place, each in enumerate(whole))


def idle(there: Situation) -> Instance:
    """A cause that assigns what is there."""
    path = ("agreement", 0, "basic", "mode")
    edit = Edit(((path, there.data["agreement"][0]["basic"]["mode"]),))
    return Instance("basic_mode", "idle", "the same", Stage.FILE, ANYTHING, edit)


@given(wrong_bills())
@settings(max_examples=6)
def test_a_cause_that_changes_nothing_is_in_no_answer(drawn: tuple[str, IssuedBill]) -> None:
    name, issued = drawn
    there = situation(SAMPLES[name], tariffs(), issued)
    found = searched(there, [*words(name), idle(there)], sizes_max=3, sets_max=300)
    assert not any(each.slot == "idle" for causes in (*found.proved, *found.part) for each in causes)


@given(wrong_bills(), st.integers(0, 40))
@settings(max_examples=8)
def test_a_budget_that_ended_says_so_and_else_changes_nothing(drawn: tuple[str, IssuedBill], sets_max: int) -> None:
    """What is found within a budget is found without one; where less is, it is said that not all was searched."""
    name, issued = drawn
    there = situation(SAMPLES[name], tariffs(), issued)
    full = searched(there, words(name), sizes_max=3, sets_max=10**6)
    some = searched(there, words(name), sizes_max=3, sets_max=sets_max)
    assert full.is_complete
    assert set(some.proved) <= set(full.proved)
    assert some.is_complete is False or (some.proved, some.part) == (full.proved, full.part)


@given(wrong_bills())
@settings(max_examples=8)
def test_a_part_is_told_where_brute_force_finds_it(drawn: tuple[str, IssuedBill]) -> None:
    """The single causes that make the most differing cells exact and break no equal one; only where nothing is proved."""
    name, issued = drawn
    there = situation(SAMPLES[name], tariffs(), issued)
    found = searched(there, words(name), sizes_max=2, sets_max=10**6)
    exact: dict[Instance, int] = {}
    for each in words(name):
        made = stacked(name).repricing.amounts((each,), ())
        assert made is not None
        left = subtracted(there.issued, there.cells.of(made))
        if left.keys() <= there.difference.keys():
            exact[each] = len(there.difference) - len(left)
    most = max(exact.values(), default=0)
    expected = {frozenset((each,)) for each, count in exact.items() if count == most > 0}
    assert set(found.part) == (expected if there.difference and not found.proved else set())
    for answer in answers(there, Found(part=found.part)):
        assert summed(answer.unexplained) + sum(answer.shares) == summed(there.difference)


@pytest.mark.parametrize(("register", "wrong"), [("peak", "11"), ("valley", "03")])
def test_a_wrong_number_is_found_where_brute_force_finds_it(register: str, wrong: str) -> None:
    """Every number that any place may have been, one by one: those that prove the bill are found, and no other."""
    repricing = Repricing(where("plain").data, tariffs())
    data = assigned(where("plain").data, ("metering_points", 0, "readings", 1, "registers", register), wrong)
    there = situation(SAMPLES["plain"], tariffs(), printed(Repricing(data, tariffs()).lines(())))
    places = [each for cause in CAUSES for each in cause.places(there)]
    block = Block(there.cells, columns_of(there.issued), Stacked(repricing, Bills()))
    proved = {
        (place.cause, place.slot, number)
        for place in places
        for number in wrong_numbers(block, place)
        if (made := repricing.amounts((), ((place.path, number),))) is not None
        and not subtracted(there.issued, there.cells.of(made))
    }
    found = searched(there, (), places, sizes_max=1)
    assert {(each.cause, each.slot, each.value) for causes in found.proved for each in causes} == proved
    assert proved
