"""Bills of one structure are diagnosed together only where columns are for them; what they are told is what one is told."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from billcalc.audit.diagnose.cells import NotFen
from billcalc.audit.diagnose.diagnosis import Recomputed, Status, recomputed
from billcalc.audit.diagnose.told import Told
from billcalc.bulk.cells import plain_cells
from billcalc.bulk.groups import Group
from billcalc.bulk.plans import Plans
from billcalc.files.documents import read_document
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs import diagnosing, diagnosing_together, structures
from billcalc.runs.diagnosing_together import Issued, one_by_one, told_together
from billcalc.runs.issued_tables import TOTAL, IssuedTable
from billcalc.runs.structures import Structure, standing_of, structure_of
from tests.cli.calling import P1
from tests.runs.test_bulk_diagnosis import PEAK, codes, ours, tariffs

PEAKS = ("0.25", "0.25", "0.31")


def setting(data: Mapping[str, Any] | None = None) -> tuple[pa.RecordBatch, Group, Plans, Recomputed]:
    """Three bills that differ in one reading."""
    batch = plain_cells(pa.record_batch({"account": ["A", "B", "C"], PEAK: list(PEAKS)}))
    template: Any = dict(read_document(P1).data if data is None else data)  # type: ignore[call-overload]
    plans = Plans(tariffs(), template)
    [group] = diagnosing._groups(batch, plans)
    first = recomputed(plans.request(batch, 0), tariffs(), derivation=False)
    assert isinstance(first, Recomputed)
    return batch, group, plans, first


def structure() -> Structure:
    batch, group, plans, first = setting()
    standing = standing_of(group.key, plans, first.tariffs)
    assert standing is not None
    return structure_of(batch, group, standing, first)


def issued(*bills: Mapping[str, str]) -> Issued:
    """The amounts of bills by code."""
    every = sorted({code for bill in bills for code in bill})
    amounts = {code: np.array([int(Decimal(bill.get(code, 0)) * 100) for bill in bills]) for code in every}
    return Issued(amounts, {code: np.array([code in bill for bill in bills]) for code in every}, frozenset())


def told(*bills: Mapping[str, str], sets_max: int = 20) -> list[Told] | None:
    """What is told of as many of the bills as there are."""
    given = issued(*bills)
    first = ours(PEAKS[0], "0.90")
    bill = diagnosing._bill(diagnosing._told(given, 0), first, IssuedTable())
    return told_together(structure(), np.arange(len(bills)), given, first, bill, sets_max)


def total_of(bill: Mapping[str, str]) -> str:
    return str(sum(map(Decimal, bill.values())))


def wrong(place: int, *causes: str) -> dict[str, str]:
    return codes(ours(PEAKS[place], "0.90"), list(causes))


def test_totals_alone_are_told_of_together() -> None:
    bills = [{TOTAL: total_of(wrong(place, "standard none"))} for place in range(3)]
    found = told(*bills)
    assert found is not None
    assert {each.status for each in found} == {Status.PROVED}


def test_two_causes_of_which_one_is_a_number_have_their_money() -> None:
    """The standard alone, the reading alone and both: what each comes to sums to the difference."""
    bills = [wrong(place, "component_left_out none", "digit 0.29") for place in (1, 1)]
    found = told(*bills)
    assert found is not None
    for place, each in enumerate(found):
        apart = sum(map(Decimal, bills[place].values())) - sum(map(Decimal, wrong(1).values()))
        assert each.status is Status.PROVED
        assert {sum(answer.shares) for answer in each.answers} == {int(apart * 100)}
        assert {answer.left for answer in each.answers} == {0}


def test_a_part_and_what_is_left_are_the_difference() -> None:
    """The levies are without one of them, and the basic charge is typed otherwise."""
    right, levied = wrong(1), wrong(1, "component_left_out none")
    odd = {**levied, "capacity": "1.23"}
    found = told(odd, odd)
    assert found is not None
    apart = int(100 * (sum(map(Decimal, odd.values())) - sum(map(Decimal, right.values()))))
    for each in found:
        assert each.status is Status.PART
        assert {sum(answer.shares) + answer.left for answer in each.answers} == {apart}
        assert all(answer.left for answer in each.answers)


def test_an_answer_of_which_a_part_cannot_be_billed_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosing_together._Answers, "_alone", lambda *args: None)
    found = told(wrong(0, "component_left_out none", "digit 0.29"))
    assert found is not None
    assert [(each.status, each.answers) for each in found] == [(Status.UNEXPLAINED, ())]


def test_a_line_of_nothing_known_is_looked_at_one_by_one() -> None:
    assert told({**wrong(0), "what_is_this": "0.00"}) is None
    assert told({**wrong(0), "what_is_this": "1.00"}) is None


def test_amounts_finer_than_the_fen_are_looked_at_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def fine(*args: object) -> None:
        raise NotFen

    monkeypatch.setattr(diagnosing_together, "Cells", fine)
    assert told(wrong(0)) is None


def test_bills_that_do_not_add_up_or_may_lack_a_tax_are_looked_at_one_by_one() -> None:
    right = [wrong(place) for place in range(3)]
    odd = {**right[0], TOTAL: "1.00"}
    net = {code: f"{Decimal(amount) / Decimal('1.13'):.2f}" for code, amount in right[1].items()}
    some = {code: amount for code, amount in right[2].items() if code != "capacity"}
    partial = {**some, TOTAL: total_of(right[2])}
    is_alone, is_partial = one_by_one(structure().of_rows(np.arange(3)), issued(odd, net, partial))
    assert (is_alone.tolist(), is_partial.tolist()) == ([True, True, False], [False, False, True])
    assert list(diagnosing._alike(issued(odd), np.array([], dtype=np.int64), is_partial)) == []


@pytest.mark.parametrize("why", ["invalid", "exchanged", "last digit"])
def test_numbers_of_which_a_plan_knows_more_are_looked_at_one_by_one(why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def invalid(*args: object) -> None:
        raise InvalidInput([])

    if why == "invalid":
        monkeypatch.setattr(Plans, "request_of", invalid)
    elif why == "exchanged":
        monkeypatch.setattr(structures, "_is_read_on", lambda data: False)
    else:
        monkeypatch.setattr(structures, "LAST_DIGIT", "")
    _, group, plans, first = setting()
    assert standing_of(group.key, plans, first.tariffs) is None


def test_without_rules_of_the_power_factor_none_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {each.cause for each in structure().own} == {"cosphi_cut", "demand_multiplier"} - (
        set() if any(each.cause == "demand_multiplier" for each in structure().own) else {"demand_multiplier"}
    )
    monkeypatch.setattr(structures, "in_force", lambda *args: None)
    assert "cosphi_cut" not in {each.cause for each in structure().own}


def test_rows_of_an_unknown_line_are_diagnosed_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    batch, group, plans, first = setting()
    given = issued(*({**wrong(place), "what_is_this": "1.00"} for place in range(3)))
    monkeypatch.setattr(diagnosing, "ROWS_MIN", 2)
    found = diagnosing.Diagnosing(IssuedTable(), plans, 5)._of_group(batch, group, given, first)
    assert [(row, each.status) for row, each in found] == [(row, Status.HINDERED) for row in range(3)]


def test_what_is_planned_of_a_structure_serves_its_next_rows_and_is_forgotten_for_newer_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, group, plans, first = setting()
    monkeypatch.setattr(diagnosing, "STANDING_MAX", 1)
    diagnoses = diagnosing.Diagnosing(IssuedTable(), plans, 5)
    one = diagnoses._stands(group.key, first.tariffs)
    assert diagnoses._stands(group.key, first.tariffs) is one
    other = replace(group.key, placeholders=((PEAK, "0.25"),))
    assert diagnoses._stands(other, first.tariffs) is not one
    assert list(diagnoses._standing) == [other]
