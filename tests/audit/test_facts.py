"""Printed facts beside the recomputed ones."""

from decimal import Decimal
from typing import Any

import pytest

from billcalc.audit import compare
from billcalc.audit.comparison import Fact, FactComparison, Verdict
from billcalc.billing.bill import PowerFactorFact
from billcalc.vocabulary import Band, Section
from tests.audit.issuing import our_bill, our_line, printed

S1 = PowerFactorFact("S1", Decimal(1000), Decimal(300), Decimal("0.96"), Decimal("-0.0075"))
ADJUSTED = our_line(
    "power_factor", "-7.50", section=Section.POWER_FACTOR, group="S1", quantity="1000.00", price="-0.0075", given=False
)
KWH = {"main": {Band.PEAK: Decimal(600), Band.FLAT: Decimal(400)}, "residential": {Band.TOTAL: Decimal(50)}}


def facts(*lines: Any, **told: Any) -> dict[tuple[Fact, str | None], FactComparison]:
    bill = our_bill(*(lines or (ADJUSTED,)), power_factors=(S1,), kwh=KWH)
    comparison = compare(bill, printed(**told))
    return {(fact.fact, fact.of): fact for fact in comparison.facts}


def test_energy_by_band_is_that_of_all_groups_and_the_total_is_all_of_it() -> None:
    found = facts(facts={"kwh": {"peak": "600", "平": "400", "total": "1050", "sharp": "0"}})
    assert {fact.verdict for fact in found.values()} == {Verdict.AGREES}
    assert found[Fact.KWH, "total"].recomputed == 1050


def test_energy_that_differs_is_told_and_is_no_money() -> None:
    comparison = compare(our_bill(kwh=KWH), printed(facts={"kwh": {"peak": "601"}}))
    [fact] = comparison.differing_facts
    assert (fact.fact, fact.of, fact.issued, fact.recomputed) == (Fact.KWH, "peak", Decimal(601), Decimal(600))
    assert not comparison.agrees
    assert (comparison.findings, comparison.causes) == ((), {})


@pytest.mark.parametrize(
    ("fact", "agrees", "differs"),
    [
        ("cosphi", "0.960", "0.95"),
        ("ratio", "-0.0075", "-0.0070"),
        ("kvarh", "300", "301"),
        ("base", "1000", "1000.01"),
    ],
)
def test_the_facts_of_the_power_factor_are_compared(fact: str, agrees: str, differs: str) -> None:
    assert facts(facts={fact: agrees})[Fact(fact), None].verdict is Verdict.AGREES
    assert facts(facts={fact: differs})[Fact(fact), None].verdict is Verdict.DIFFERS


def test_a_base_is_money_and_is_compared_to_the_fen() -> None:
    assert facts(facts={"base": "1000.0"})[Fact.BASE, None].verdict is Verdict.AGREES
    adjusted = our_line("power_factor", "-7.50", section=Section.POWER_FACTOR, quantity="1000.04", given=False)
    assert facts(adjusted, facts={"base": "1000.0"})[Fact.BASE, None].verdict is Verdict.DIFFERS


def test_a_base_that_our_bill_does_not_tell_is_not_compared() -> None:
    given = our_line("power_factor", "-7.50", section=Section.POWER_FACTOR, given=True)
    assert facts(given, facts={"base": "1.00"})[Fact.BASE, None].verdict is Verdict.NOT_TOLD


def test_of_several_power_factors_none_is_compared_with_a_fact() -> None:
    bill = our_bill(power_factors=(S1, S1))
    [fact] = compare(bill, printed(facts={"cosphi": "0.10"})).facts
    assert fact.verdict is Verdict.NOT_TOLD


def test_a_bill_of_other_days_is_told() -> None:
    assert facts(period={"from": "2024-06-01", "to": "2024-07-01"})[Fact.PERIOD, None].verdict is Verdict.AGREES
    comparison = compare(our_bill(), printed(period={"from": "2024-06-01", "to": "2024-06-30"}))
    assert [fact.fact for fact in comparison.differing_facts] == [Fact.PERIOD]
