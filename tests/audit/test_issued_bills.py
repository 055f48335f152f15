"""Every real bill and published exercise, as it is printed, beside what the engine gives for its request."""

from decimal import Decimal

import pytest

from billcalc.audit import compare
from billcalc.audit.comparison import Fact, Outcome, OwnCheck
from billcalc.kernel.decimals import exact_sum
from tests.audit.issuing import CONTRADICTORY, NAMES, ROOT, SOUND, issued, reading, recomputed


def test_every_real_bill_is_here_as_it_is_printed_and_some_exercises_that_print_one() -> None:
    official, published = (
        {path.name for path in (ROOT / "fixtures" / kind).iterdir() if path.is_dir()}
        for kind in ("official", "published")
    )
    assert official <= set(NAMES) <= official | published


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_read(name: str) -> None:
    assert not reading(name).faults
    assert not reading(name).ignored


@pytest.mark.parametrize("name", SOUND)
def test_a_real_bill_beside_its_recomputation_gives_no_finding(name: str) -> None:
    comparison = compare(recomputed(name), issued(name))
    assert comparison.agrees
    assert (comparison.findings, comparison.own_errors, comparison.differing_facts) == ((), (), ())
    assert comparison.difference == 0
    assert not comparison.causes
    assert all(section.difference == 0 for section in comparison.sections)


@pytest.mark.parametrize("name", SOUND)
def test_each_line_of_both_bills_is_in_the_comparison_once(name: str) -> None:
    bill = recomputed(name)
    comparison = compare(bill, issued(name))
    assert exact_sum(entry.amount_recomputed for entry in comparison.entries) == bill.total
    assert sorted(row for entry in comparison.entries for row in entry.rows) == list(range(len(issued(name).lines)))
    agreeing = [line for entry in comparison.of(Outcome.AGREES) for line in entry.recomputed]
    assert sorted(map(id, agreeing)) == sorted(map(id, bill.lines))


def test_a_textbook_that_contradicts_itself_is_told_where() -> None:
    comparison = compare(recomputed(CONTRADICTORY), issued(CONTRADICTORY))
    flat, power_factor = comparison.findings
    assert [line.amount for line in flat.issued] == [Decimal("164261.89")]
    assert flat.difference == Decimal("-0.01")
    assert (flat.recomputed[0].amount, power_factor.recomputed[0].amount) == (Decimal("164261.90"), Decimal("-3228.34"))
    assert power_factor.difference == Decimal("-1.93")
    [cut_off] = comparison.own_errors
    assert (cut_off.check, cut_off.row, cut_off.computed) == (OwnCheck.PRODUCT, 1, Decimal("164261.90"))
    [energy] = comparison.differing_facts
    assert energy.fact is Fact.KWH
    assert (energy.issued, energy.recomputed) == (Decimal(1293060), Decimal(1293000))
    assert comparison.difference == Decimal("-1.94")


def test_a_ratio_that_was_applied_line_by_line_is_no_error_of_the_bill() -> None:
    comparison = compare(recomputed("hubei-2025-10"), issued("hubei-2025-10"))
    [product] = comparison.own
    assert product.check is OwnCheck.POWER_FACTOR
    assert product.may_be_rounding
    assert product.difference == Decimal("-0.01")


def test_a_fen_of_levies_that_are_rounded_by_band_is_proved_by_our_own_line() -> None:
    """488400 × 0.041825 is a fen less than what the second point of June 2024 prints; so is ours, for its bands."""
    comparison = compare(recomputed("guangxi-2024-06-p2"), issued("guangxi-2024-06-p2"))
    [levies] = [entry for entry in comparison.entries if entry.recomputed[0].code == "levies"]
    [line] = levies.issued
    assert line.quantity is not None
    assert line.price is not None
    assert line.quantity * line.price - line.amount < Decimal("-0.005")
    assert comparison.own == ()
