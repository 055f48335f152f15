"""The search for causes, and their money: what is found is what brute force finds, in any order, within a budget."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.audit.diagnose.block import Block, columns_of
from billcalc.audit.diagnose.cause import ANYTHING, Edit, Instance, Place, Situation, Stage, assigned, subtracted
from billcalc.audit.diagnose.causes import CAUSES
from billcalc.audit.diagnose.cells import Money
from billcalc.audit.diagnose.mistaken import Mistaken, of_list
from billcalc.audit.diagnose.money import attributed, shapley
from billcalc.audit.diagnose.pricing import Repricing
from billcalc.audit.diagnose.registers import _beside
from billcalc.audit.diagnose.search import Found, search
from billcalc.audit.diagnose.stacked import Bills, Priced, Stacked
from billcalc.billing.request import Request
from billcalc.fields import validated
from tests.audit.diagnose.samples import SAMPLES, tariffs
from tests.audit.diagnose.test_diagnosis import LEVY, PLAIN, STANDARD, VOLTAGE, one, three_wrong, with_amount
from tests.audit.injecting import canonical, instances, issued_under, lines, printed, situation


def money_under(where: Situation, *causes: Instance) -> Money | None:
    """The amounts of a bill under causes, each set planned by itself; None where it cannot be billed so."""
    made = Repricing(where.data, where.catalog).amounts(tuple(sorted(causes, key=lambda each: each.key)), ())
    return None if made is None else where.cells.of(made)


def searched(where: Situation, words: Sequence[Instance], places: Sequence[Place] = (), **limits: int) -> Found:
    """What is found of one bill."""
    stacked = Stacked(Repricing(where.data, where.catalog), Bills())
    [found] = search(Block(where.cells, columns_of(where.issued), stacked), words, places, **limits)
    return found


def test_the_order_of_the_causes_changes_nothing() -> None:
    where = situation(SAMPLES["plain"], tariffs(), issued_under(PLAIN, (STANDARD, LEVY)))
    possible = instances(where)
    shuffled = Random(7).sample(possible, len(possible))
    one_way, other_way = (searched(where, each, sets_max=300) for each in (possible, shuffled))
    assert one_way == other_way


def test_issued_and_recomputed_exchanged_change_the_sign() -> None:
    there = situation(SAMPLES["plain"], tariffs(), issued_under(PLAIN, [LEVY]))
    back = subtracted(there.recomputed, there.issued)
    assert {cell: -fen for cell, fen in back.items()} == dict(there.difference)


def test_a_set_of_which_a_part_cannot_be_billed_has_no_money() -> None:
    impossible = one(PLAIN, "basic_mode", "contracted")
    assert attributed([impossible, LEVY], lambda causes: money_under(PLAIN, *causes), PLAIN.issued) is None


@given(
    st.dictionaries(st.sampled_from([(0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)]), st.integers(-9999, 9999))
)
def test_the_numbers_of_the_causes_sum_to_all_that_they_do(totals: dict[tuple[int, ...], int]) -> None:
    assert sum(shapley(3, totals)) == sum(totals.values())


def test_odd_fen_of_three_causes_go_by_the_largest_remainder() -> None:
    """100 in thirds is 33 each and one fen, which goes to the first; of 1 in halves the first of two has it."""
    assert shapley(3, {(0, 1, 2): 100}) == (34, 33, 33)
    assert shapley(3, {(0,): 7, (1, 2): 1}) == (7, 1, 0)


@pytest.mark.parametrize("totals", [{(0,): 5, (1,): -3, (0, 1): each} for each in (-2, -1, 0, 1, 7)])
def test_two_causes_share_in_halves_what_they_do_together(totals: dict[tuple[int, ...], int]) -> None:
    both = totals[0, 1]
    assert shapley(2, totals) == (5 + -(-both // 2), -3 + both // 2)


def test_of_nothing_there_is_nothing_to_search() -> None:
    assert searched(PLAIN, instances(PLAIN), sets_max=0) == Found()


def test_two_of_one_slot_are_no_triple() -> None:
    where = situation(SAMPLES["plain"], tariffs())
    tables = [each for each in instances(where) if each.slot == "tariff.purchase_price"][:2]
    for each in (*tables, LEVY):
        money = money_under(where, each)
        assert money is not None
        for cell, fen in subtracted(money, where.recomputed).items():
            if not cell.follows:
                where.cells.issued[cell] += fen
    assert searched(where, [*tables, LEVY], sets_max=100).proved == []


@pytest.mark.parametrize("total", ["66", "65.41"], ids=["moves", "alone_moves_nothing"])
def test_a_number_that_shows_beside_another_cause_alone_is_found(total: str) -> None:
    path = ("metering_points", 0, "readings", 1, "registers", "total")
    asked = validated(Request, assigned(canonical(SAMPLES["metered"]), path, total))
    first = situation(asked, tariffs())
    other, edit = one(first, "energy_register", "total"), Edit(((path, "60"),))
    wrong = Instance("digit", "M1.1.total", "60", Stage.READINGS, ANYTHING, edit, is_number=True)
    where = situation(asked, tariffs(), printed(lines(first, [other, wrong])))
    places = [each for cause in CAUSES for each in cause.places(where) if each.path == path]
    found = searched(where, [other], [replace(each, mistaken=mistaken_as("60")) for each in places], sizes_max=2)
    assert [{(each.cause, each.value) for each in causes} for causes in found.proved[:1]] == [
        {("energy_register", "total"), ("digit", "60")}
    ]
    assert searched(where, [other], sizes_max=2).proved == []


def mistaken_as(number: str) -> Mistaken:
    return lambda told: of_list(told, (Decimal(number),))


def test_a_cause_under_which_an_amount_is_finer_than_the_fen_is_none() -> None:
    class Fine(Stacked):
        def priced(self, *args: Any, **more: Any) -> Priced:
            made = super().priced(*args, **more)
            return replace(made, refused=made.refused | (args[1:] != ((),) and bool(args[1])))

    where = situation(SAMPLES["plain"], tariffs(), issued_under(PLAIN, [VOLTAGE]))
    stacked = Fine(Repricing(where.data, where.catalog), Bills())
    [found] = search(Block(where.cells, columns_of(where.issued), stacked), [VOLTAGE], ())
    assert (found.proved, found.refused) == ([], 1)


def test_three_causes_are_looked_for_within_the_budget() -> None:
    sample, causes = three_wrong()
    where = situation(SAMPLES["demand"], tariffs(), issued_under(sample, causes))
    ended, found = searched(where, causes, sets_max=0), searched(where, causes)
    assert (ended.proved, ended.is_complete) == ([], False)
    assert (found.proved, found.is_complete) == ([frozenset(causes)], True)


def test_three_causes_that_add_up_on_lines_alone_prove_nothing() -> None:
    sample, causes = three_wrong()
    issued = issued_under(sample, causes)
    [row] = [row for row, line in enumerate(issued.lines) if "power_factor" in line.codes]
    where = situation(SAMPLES["demand"], tariffs(), with_amount(issued, row, "1.23"))
    assert searched(where, causes).proved == []


def test_two_wrong_numbers_of_two_registers_are_one_pair() -> None:
    paths = [("metering_points", 0, "readings", 1, "registers", register) for register in ("peak", "valley")]
    data = assigned(assigned(PLAIN.data, paths[0], "18"), paths[1], "38")
    where = situation(SAMPLES["plain"], tariffs(), printed(Repricing(data, PLAIN.catalog).lines(())))
    places = [each for cause in CAUSES for each in cause.places(where) if each.path in paths]
    found = searched(where, (), places)
    assert len(found.proved) == len(set(found.proved)) >= 1
    assert {("digit", "18"), ("digit", "38")} in [
        {(each.cause, each.value) for each in causes} for causes in found.proved
    ]


def test_a_single_reading_has_no_other_beside_it() -> None:
    assert _beside((), [{"registers": {"peak": "1"}}], 0, "peak") is None


def test_a_cause_that_was_proved_before_the_budget_ended_is_told() -> None:
    where = situation(SAMPLES["plain"], tariffs(), issued_under(PLAIN, [VOLTAGE]))
    found = searched(where, [VOLTAGE, LEVY], sets_max=0)
    assert (found.proved, found.part, found.is_complete) == ([frozenset((VOLTAGE,))], [], True)


def test_a_wrong_register_shows_in_others_where_a_cause_decides_of_which_the_energy_is() -> None:
    path = ("metering_points", 0, "readings", 1, "registers", "peak")
    first = situation(SAMPLES["metered"], tariffs())
    other = next(each for each in instances(first) if each.cause == "energy_register" and each.value != "bands")
    places = [each for cause in CAUSES for each in cause.places(first) if each.path == path]
    wrong = places[0].instance("11", places[0].right)
    where = situation(SAMPLES["metered"], tariffs(), printed(lines(first, [other, wrong])))
    found = searched(where, [other], places, sizes_max=2)
    assert found.proved == [] or frozenset((other, wrong)) in found.proved
