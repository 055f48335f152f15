"""One thing wrong in a real bill: exactly that is found, with exactly its money. Every line of every bill is tried."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from billcalc.audit import Comparison, IssuedBill, IssuedLine, compare
from billcalc.audit.comparison import Cause, Entry, Matching, Outcome, OwnCheck, Part, Side, Unmapped, Verdict
from billcalc.kernel.numbers import rounded_number
from billcalc.vocabulary import Band
from tests.audit.issuing import SOUND, issued, recomputed, with_lines

FEN = Decimal("0.01")
ZERO = Decimal(0)
LINES = [(name, row) for name in SOUND for row in range(len(issued(name).lines))]
PRICED = [(name, row) for name, row in LINES if issued(name).lines[row].price is not None]
COUNTED = [(name, row) for name, row in LINES if issued(name).lines[row].quantity is not None]
BANDED = [(name, row) for name, row in LINES if issued(name).lines[row].one_band not in (None, Band.SHARP)]
OWED = [(name, row) for name, row in LINES if issued(name).lines[row].amount != 0]

each_line = pytest.mark.parametrize(("name", "row"), LINES)
whether_it_adds_up = pytest.mark.parametrize("add_up", [True, False], ids=["adds_up", "does_not_add_up"])


def changed(name: str, row: int, *, add_up: bool, **told: Any) -> Comparison:
    """The comparison of a bill of which one line tells something else."""
    lines = list(issued(name).lines)
    lines[row] = lines[row].model_copy(update=told)
    return compare(recomputed(name), with_lines(issued(name), *lines, add_up=add_up))


def the_finding(comparison: Comparison, *, add_up: bool) -> Entry:
    """The one finding; a total that was not corrected with the line is an error of the bill's own."""
    [finding] = comparison.findings
    own = {error.check for error in comparison.own_errors} - {OwnCheck.PRODUCT, OwnCheck.POWER_FACTOR}
    if add_up:
        assert not own
        assert comparison.difference == finding.difference
    else:
        off = {error.difference for error in comparison.own_errors if error.check is not OwnCheck.PRODUCT}
        assert off <= {-finding.difference}
        assert comparison.difference == 0
    assert not comparison.differing_facts
    assert not comparison.agrees
    return finding


def causes(finding: Entry, *, add_up: bool, cause: Cause) -> dict[Cause, Decimal]:
    money = finding.difference
    if money == 0:
        return {}
    return {cause: money} if add_up else {cause: money, Cause.OWN_ERROR: -money}


@pytest.mark.parametrize(("off", "add_up"), [(FEN, True), (-FEN, False)], ids=["adds_up", "does_not_add_up"])
@each_line
def test_a_fen_more_or_less_is_found(name: str, row: int, off: Decimal, add_up: bool) -> None:
    line = issued(name).lines[row]
    comparison = changed(name, row, add_up=add_up, amount=line.amount + off)
    finding = the_finding(comparison, add_up=add_up)
    assert finding.rows == (row,)
    assert finding.difference == off
    if finding.outcome is Outcome.DIFFERING:
        assert all(part.verdict is not Verdict.DIFFERS for part in finding.parts)
        assert finding.effects is None or finding.effects.rest == off
        assert comparison.causes == causes(finding, add_up=add_up, cause=Cause.DIFFERING)
    else:
        assert line.amount == 0, "only a line of 0.00 may be on one bill alone"


@pytest.mark.parametrize(("name", "row"), PRICED)
def test_a_wrong_price_is_found(name: str, row: int) -> None:
    line = issued(name).lines[row]
    assert line.price is not None
    price = line.price + Decimal("0.01")
    comparison = changed(name, row, add_up=True, price=price)
    finding = the_finding(comparison, add_up=True)
    assert (finding.outcome, finding.rows, finding.difference) == (Outcome.DIFFERING, (row,), ZERO)
    [part] = [part for part in finding.parts if part.verdict is Verdict.DIFFERS]
    assert (part.part, part.issued, part.recomputed) == (Part.PRICE, price, line.price)
    wrong = [error for error in comparison.own_errors if error.row == row]
    assert bool(wrong) == (line.quantity is not None), "the product shows it too, where the quantity is printed"


@pytest.mark.parametrize(("name", "row"), PRICED)
def test_a_wrong_price_that_was_billed_is_told_in_money(name: str, row: int) -> None:
    line = issued(name).lines[row]
    assert line.price is not None
    if line.quantity is None:
        return
    more = rounded_number(line.quantity * Decimal("0.01"), FEN)
    comparison = changed(name, row, add_up=True, price=line.price + Decimal("0.01"), amount=line.amount + more)
    finding = the_finding(comparison, add_up=True)
    assert finding.effects is not None
    assert (finding.effects.price, finding.effects.quantity, finding.effects.rest) == (more, ZERO, ZERO)
    assert comparison.difference == more
    assert not comparison.own_errors


@pytest.mark.parametrize(("name", "row"), COUNTED)
def test_a_wrong_quantity_is_found(name: str, row: int) -> None:
    line = issued(name).lines[row]
    assert line.quantity is not None
    comparison = changed(name, row, add_up=True, quantity=line.quantity + 1000)
    if line.amount == 0:
        assert not comparison.findings, "nothing was billed for it"
        return
    finding = the_finding(comparison, add_up=True)
    [part] = [part for part in finding.parts if part.verdict is Verdict.DIFFERS]
    assert (part.part, part.issued, part.recomputed) == (Part.QUANTITY, line.quantity + 1000, line.quantity)
    assert finding.difference == 0


@pytest.mark.parametrize(("name", "row"), BANDED)
def test_a_line_in_the_wrong_band_is_found(name: str, row: int) -> None:
    comparison = changed(name, row, add_up=True, band=Band.DEEP_VALLEY)
    finding = the_finding(comparison, add_up=True)
    assert (finding.outcome, finding.matching, finding.difference) == (Outcome.DIFFERING, Matching.ELSEWHERE, ZERO)
    assert finding.verdict(Part.BAND) is Verdict.DIFFERS


@whether_it_adds_up
@pytest.mark.parametrize(("name", "row"), OWED)
def test_a_line_that_is_not_printed_is_found(name: str, row: int, add_up: bool) -> None:
    lines = list(issued(name).lines)
    gone = lines.pop(row)
    comparison = compare(recomputed(name), with_lines(issued(name), *lines, add_up=add_up))
    assert {(finding.outcome, finding.missing_from) for finding in comparison.findings} == {
        (Outcome.MISSING, Side.ISSUED)
    }
    assert comparison.causes[Cause.MISSING_FROM_ISSUED] == -gone.amount
    assert comparison.difference == (-gone.amount if add_up else 0)
    groups = {(line.code, line.group) for finding in comparison.findings for line in finding.recomputed}
    assert len(groups) == len(comparison.findings), "a line that sums two groups is two lines of ours"


ADDED: list[tuple[str, Callable[[IssuedLine], IssuedLine], Outcome, Cause]] = [
    (
        "of_no_name",
        lambda _: IssuedLine(name="no such item", amount=Decimal("12.34")),
        Outcome.UNMAPPED,
        Cause.UNMAPPED,
    ),
    (
        "of_a_line_that_is_printed_already",
        lambda line: line.model_copy(update={"amount": Decimal("12.34"), "quantity": None, "price": None}),
        Outcome.MISSING,
        Cause.MISSING_FROM_RECOMPUTED,
    ),
    (
        "of_another_band",
        lambda line: line.model_copy(update={"amount": Decimal("12.34"), "band": Band.DEEP_VALLEY}),
        Outcome.MISSING,
        Cause.MISSING_FROM_RECOMPUTED,
    ),
]


# Of a line that sums two groups a second one is no line of its own: the sum is what differs.
REPEATED = [(name, row) for name, row in OWED if issued(name).lines[row].group or not name.startswith("large-ind")]


@pytest.mark.parametrize(("added", "outcome", "cause"), [each[1:] for each in ADDED], ids=[each[0] for each in ADDED])
@pytest.mark.parametrize(("name", "row"), REPEATED)
def test_a_line_too_many_is_found(
    name: str, row: int, added: Callable[[IssuedLine], IssuedLine], outcome: Outcome, cause: Cause
) -> None:
    lines = issued(name).lines
    comparison = compare(recomputed(name), with_lines(issued(name), *lines, added(lines[row]), add_up=True))
    finding = the_finding(comparison, add_up=True)
    assert (finding.outcome, finding.rows, finding.difference) == (outcome, (len(lines),), Decimal("12.34"))
    assert comparison.causes == causes(finding, add_up=True, cause=cause)


@pytest.mark.parametrize("name", SOUND)
def test_a_line_without_a_code_is_not_a_line_too_many(name: str) -> None:
    lines = (*issued(name).lines, IssuedLine(name="no such item", amount=Decimal("1")))
    [finding] = compare(recomputed(name), with_lines(issued(name), *lines, add_up=True)).findings
    assert (finding.unmapped, finding.missing_from) == (Unmapped.NO_CODE, None)


@pytest.mark.parametrize("off", [FEN, -FEN, Decimal(1000)])
@pytest.mark.parametrize("name", SOUND)
def test_a_wrong_total_is_an_error_of_the_bill_and_no_finding(name: str, off: Decimal) -> None:
    bill = issued(name)
    assert bill.total is not None
    comparison = compare(recomputed(name), bill.model_copy(update={"total": bill.total + off}))
    assert comparison.findings == ()
    [error] = comparison.own_errors
    assert (error.check, error.difference) == (OwnCheck.TOTAL, off)
    assert comparison.causes == {Cause.OWN_ERROR: off}
    assert comparison.difference == off


SUMMED = [(name, index) for name in SOUND for index in range(len(issued(name).subtotals))]


@pytest.mark.parametrize(("name", "index"), SUMMED)
def test_a_wrong_subtotal_is_an_error_of_the_bill_and_changes_no_money(name: str, index: int) -> None:
    bill: IssuedBill = issued(name)
    subtotals = list(bill.subtotals)
    subtotals[index] = subtotals[index].model_copy(update={"amount": subtotals[index].amount + FEN})
    comparison = compare(recomputed(name), bill.model_copy(update={"subtotals": tuple(subtotals)}))
    [error] = comparison.own_errors
    assert (error.check, error.name, error.difference) == (OwnCheck.SUBTOTAL, subtotals[index].name, FEN)
    assert comparison.findings == ()
    assert comparison.difference == 0
