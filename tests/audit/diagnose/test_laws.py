"""Laws of diagnoses, of generated bills: what is found is what brute force finds, alone or together, in whatever order.

Bills are wrong by one or two causes of some usual kinds, and may have an amount that is typed otherwise; they are
printed by line, band, section, by sections and groups that cross, or as a total. The search is for causes of these kinds, which is why it is quick.
"""

from collections.abc import Sequence
from functools import cache
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billcalc.audit.diagnose.block import Block, columns_of
from billcalc.audit.diagnose.cause import Instance, Situation, assigned, subtracted
from billcalc.audit.diagnose.cells import Money, fen_of, summed
from billcalc.audit.diagnose.diagnosis import ranked
from billcalc.audit.diagnose.money import Attribution, attributed
from billcalc.audit.diagnose.pricing import Repricing
from billcalc.audit.diagnose.search import Found, search
from billcalc.audit.diagnose.stacked import Bills, Stacked
from billcalc.audit.issued import IssuedBill
from tests.audit.diagnose.samples import SAMPLES, tariffs
from tests.audit.diagnose.test_diagnosis import with_amount
from tests.audit.injecting import diagnosed, instances, issued_under, situation
from tests.billing.cases import INDUSTRY, entry, parsed, point, request, transformer

KINDS = ("standard", "component_left_out", "voltage", "basic_mode", "power_factor_base", "suspension", "floor")
SHAPES = ("lines", "bands", "sections", "crossing", "total")
NAMES = ("plain", "low", "cut", "given", "two")

pytestmark = pytest.mark.no_cover  # what is drawn is chance; plain examples reach every line


@cache
def where(name: str) -> Situation:
    return situation(SAMPLES[name], tariffs())


@cache
def stacked(name: str) -> Stacked:
    return Stacked(Repricing(where(name).data, tariffs()), Bills())


@cache
def words(name: str) -> tuple[Instance, ...]:
    """The causes of the kinds that can be billed, each once."""
    possible = [each for each in dict.fromkeys(instances(where(name))) if each.cause in KINDS]
    return tuple(each for each in possible if money(name, each) is not None)


def money(name: str, *causes: Instance) -> Money | None:
    """The amounts of a bill by line under causes, each set planned by itself."""
    made = stacked(name).repricing.amounts(tuple(sorted(causes, key=lambda each: each.key)), ())
    return None if made is None else where(name).cells.of(made)


@st.composite
def wrong_bills(draw: st.DrawFn, kinds: Sequence[str] = NAMES) -> tuple[str, IssuedBill]:
    """A sample and a bill of it that is wrong by none, one or two causes, and perhaps by an amount typed otherwise."""
    name, shape = draw(st.sampled_from(kinds)), draw(st.sampled_from(SHAPES))
    causes = draw(
        st.lists(st.sampled_from(words(name)), max_size=2, unique_by=lambda each: each.slot).filter(
            lambda chosen: money(name, *chosen) is not None
        )
    )
    issued = issued_under(where(name), causes, shape)
    is_typed_otherwise = draw(st.booleans())
    if issued.lines and is_typed_otherwise:
        row = draw(st.integers(0, len(issued.lines) - 1))
        issued = with_amount(issued, row, str(issued.lines[row].amount + draw(st.sampled_from([1, 17, -250]))))
    return name, issued


def searched(there: Situation, words: Sequence[Instance]) -> Found:
    block = Block(there.cells, columns_of(there.issued), Stacked(Repricing(there.data, tariffs()), Bills()))
    [found] = search(block, words, (), sizes_max=2, sets_max=10**6)
    return found


def answers(there: Situation, found: Found) -> list[Attribution]:
    """The money of what was found."""
    repricing = Repricing(there.data, tariffs())

    def under(causes: tuple[Instance, ...]) -> Money | None:
        made = repricing.amounts(causes, ())
        return None if made is None else there.cells.of(made)

    told = (attributed(each, under, there.issued) for each in ranked(found.proved or found.part))
    return [each for each in told if each is not None]


@given(wrong_bills())
@settings(max_examples=10)
def test_the_pruned_search_finds_what_brute_force_finds(drawn: tuple[str, IssuedBill]) -> None:
    name, issued = drawn
    there = situation(SAMPLES[name], tariffs(), issued)
    repricing = stacked(name).repricing

    def proves(causes: tuple[Instance, ...]) -> bool:
        made = repricing.amounts(tuple(sorted(causes, key=lambda each: each.key)), ())
        return made is not None and not subtracted(there.issued, there.cells.of(made))

    found = searched(there, words(name))
    singles = {frozenset((each,)) for each in words(name) if proves((each,))}
    if not there.difference:
        assert found == Found()
    elif singles:
        assert set(found.proved) == singles
    else:
        pairs = (pair for pair in combinations(words(name), 2) if pair[0].slot != pair[1].slot)
        assert set(found.proved) == {frozenset(pair) for pair in pairs if proves(pair)}


@given(wrong_bills(), st.randoms())
@settings(max_examples=6)
def test_parts_and_what_is_left_are_the_difference_and_each_cause_of_a_proof_is_needed(
    drawn: tuple[str, IssuedBill], random: Random
) -> None:
    name, issued = drawn
    there = situation(SAMPLES[name], tariffs(), issued)
    shuffled = random.sample(words(name), len(words(name)))
    found = searched(there, shuffled)
    assert found == searched(there, words(name))
    for answer in answers(there, found):
        whole = dict(answer.unexplained)
        for part in answer.parts.values():
            for cell, fen in part.items():
                whole[cell] = whole.get(cell, 0) + fen
        assert {cell: fen for cell, fen in whole.items() if fen} == there.difference
        assert sum(answer.shares) + summed(answer.unexplained) == summed(there.difference)
        if issued.total is not None and not issued.lines:
            assert summed(there.difference) == fen_of(issued.total - there.bill.total)
        assert all(answer.parts.get((place,)) or len(answer.causes) > 1 for place in range(len(answer.causes)))
        if found.proved:
            assert answer.unexplained == {}
            for fewer in combinations(answer.causes, len(answer.causes) - 1):
                made = stacked(name).repricing.amounts(fewer, ())
                assert made is None or subtracted(there.issued, there.cells.of(made))


@given(st.lists(st.lists(st.integers(0, 60), max_size=2), min_size=2, max_size=5))
@settings(max_examples=6)
def test_bills_that_are_searched_together_are_found_what_each_is_found_alone(drawn: list[list[int]]) -> None:
    """Bills of one request: what differs is what was issued."""
    every = words("plain")
    sets = [
        tuple({every[number % len(every)].slot: every[number % len(every)] for number in each}.values())
        for each in drawn
    ]
    amounts = [made for each in sets if (made := money("plain", *each)) is not None]
    cells = where("plain").cells
    columns = {cell: np.array([each.get(cell, 0) for each in amounts]) for cell in cells.issued}
    together = Block(cells, columns, Stacked(stacked("plain").repricing, Bills(len(amounts))))
    found = search(together, every, (), sizes_max=2, sets_max=10**6)
    for row, each in enumerate(amounts):
        one = {cell: each.get(cell, 0) for cell in cells.issued}
        alone = Block(cells, columns_of(one), Stacked(stacked("plain").repricing, Bills()))
        [mine] = search(alone, every, (), sizes_max=2, sets_max=10**6)
        assert (set(mine.proved), set(mine.part)) == (set(found[row].proved), set(found[row].part))


@given(wrong_bills(("plain", "given")), st.randoms())
@settings(max_examples=6)
def test_the_order_of_printed_lines_changes_nothing(drawn: tuple[str, IssuedBill], random: Random) -> None:
    name, issued = drawn
    lines = random.sample(issued.lines, len(issued.lines))
    other = issued.model_copy(update={"lines": tuple(lines)})
    one, two = (situation(SAMPLES[name], tariffs(), each) for each in (issued, other))
    assert two.difference == one.difference
    assert searched(one, words(name)) == searched(two, words(name))


@pytest.mark.parametrize("name", [each for each in SAMPLES if each not in ("exchanged", "turn")])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_correct_bill_has_no_cause(name: str, shape: str) -> None:
    found = diagnosed(where(name), issued_under(where(name), (), shape))
    assert (found.status, found.answers) == ("agrees", ())


@pytest.mark.parametrize("name", NAMES)
def test_the_parts_of_lines_add_up_to_the_parts_of_sections(name: str) -> None:
    """One bill printed by lines and by sections: what causes do alone and together is the same money, told once."""
    causes = {each.cause: each for each in words(name)}
    pairs = [each for each in combinations(causes.values(), 2) if money(name, *each) is not None]
    assert pairs
    for pair in pairs:
        told = []
        printed = {
            section for each in issued_under(where(name), pair, "sections").subtotals for section in each.sections
        }
        for shape in ("lines", "sections"):
            there = situation(SAMPLES[name], tariffs(), issued_under(where(name), pair, shape))
            made = [
                (chosen, stacked(name).repricing.amounts(chosen, ()))
                for size in range(3)
                for chosen in combinations(sorted(pair, key=lambda each: each.key), size)
            ]
            under = {chosen: None if amounts is None else there.cells.of(amounts) for chosen, amounts in made}
            answer = attributed(pair, under.__getitem__, there.issued)
            assert answer is not None
            sums: dict[tuple[object, ...], int] = {}
            for part, amounts in answer.parts.items():
                for cell, fen in amounts.items():  # what no section prints is told together
                    section = cell.section if cell.section in printed else ""
                    sums[part, section] = sums.get((part, section), 0) + fen
            whole = sum(there.difference.values())
            told.append(({key: fen for key, fen in sums.items() if fen}, answer.shares, whole))
        assert told[0] == told[1]


@pytest.mark.parametrize("kind", ["standard", "voltage"])
def test_issued_and_recomputed_exchanged_change_the_sign_of_what_a_cause_comes_to(kind: str) -> None:
    """What is right and what was billed change places: the cause is the way back."""
    there = where("plain")
    cause = next(each for each in words("plain") if each.cause == kind)
    data = there.data
    for path, value in cause.edit.assigned:
        data = assigned(data, path, value)
    back = situation(parsed(dict(data)), tariffs(), issued_under(there, ()))
    wrong = situation(SAMPLES["plain"], tariffs(), issued_under(there, [cause]))
    [one] = answers(wrong, searched(wrong, [cause]))
    ways = [each for each in instances(back) if each.cause == kind]
    [other] = [each for each in answers(back, searched(back, ways)) if len(each.causes) == 1][:1]
    assert {cell: -fen for cell, fen in back.difference.items()} == dict(wrong.difference)
    assert [-share for share in other.shares] == list(one.shares)


@pytest.mark.parametrize("kind", ["standard", "voltage"])
def test_a_group_that_is_billed_rightly_changes_nothing(kind: str) -> None:
    """A second supply point with a group of its own: the cause of the first and its money stay."""
    place = {"power_factor_standard": "0.90", "transformers": [transformer()]}
    second = {"power_factor_standard": "none", "transformers": [transformer("T2")]}
    other = point(id="M2", supply_point="S2", group="other")
    more = parsed(
        request(
            agreement=[entry("2020-01-01", supply_points={"S1": place, "S2": second}, groups={"main": INDUSTRY, "other": INDUSTRY})],
            metering_points=[point(), other],
        )
    )  # fmt: skip
    with_other = situation(more, tariffs())
    told = []
    for there in (where("plain"), with_other):
        cause = next(each for each in instances(there) if each.cause == kind and each.slot.startswith(("S1", "main")))
        bill = situation(there.request, tariffs(), issued_under(there, [cause]))
        same = [each for each in instances(bill) if each.cause == kind]
        [answer] = [each for each in answers(bill, searched(bill, same)) if cause in each.causes]
        told.append((answer.causes[0].slot, answer.causes[0].value, answer.shares))
    assert told[0] == told[1]


def test_the_samples_have_causes_of_each_kind() -> None:
    """A law of nothing holds; so each kind is there, and bills under it differ."""
    found = {each.cause for name in NAMES for each in words(name) if money(name, each) != where(name).recomputed}
    assert found == set(KINDS)
