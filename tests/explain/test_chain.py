"""Which steps of a line are read, and how they are joined."""

from decimal import Decimal

from billcalc.explain.chain import Chain, chain_of
from billcalc.kernel.derived import Derived
from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value, choose, named, quotient, rounded, total
from tests.explain.bills import CUSTOM, FEN, NOTICE, bill, given, line

WHOLE = Rounding(Decimal(1), CUSTOM)


def derived(value: Value) -> Derived:
    assert isinstance(value, Derived)
    return value


def chain(value: Value) -> Chain:
    own = line(derived(value))
    return chain_of(bill(own), own)


def formulas(found: Chain) -> list[str]:
    return [link.step.formula for link in found.links]


def energy(*of: str) -> Value:
    counted = given("0.2", "kWh", *of, term=Term.CLOSING_READING) * given("600", "1", *of, term=Term.MULTIPLIER)
    return named(Term.READ_ENERGY, rounded(counted, WHOLE), *of)


def priced(quantity: Value, price: str, *of: str, source: Source = NOTICE) -> Value:
    return rounded(quantity * given(price, "CNY/kWh", *of, term=Term.UNIT_PRICE, source=source), FEN)


def test_a_value_with_three_names_is_one_step() -> None:
    metered = named(Term.METERED_ENERGY, energy("M1"), "M1")
    billed = named(Term.BILLED_ENERGY, metered, "main")
    first, last = chain(named(Term.AMOUNT, priced(billed, "0.5", "fee"))).links
    assert first.names == ((Term.READ_ENERGY, ("M1",)), (Term.METERED_ENERGY, ("M1",)), (Term.BILLED_ENERGY, ("main",)))
    assert (first.step.formula, first.step.number) == ("{0} × {1}", Decimal(120))
    assert last.names == ((Term.AMOUNT, ()),)


def test_the_document_of_a_renaming_is_kept() -> None:
    demand = given("28", "kW", term=Term.MAXIMUM_DEMAND) + given("2", "kW", term=Term.MAXIMUM_DEMAND)
    renamed = named(Term.BILLED_DEMAND, named(Term.MAXIMUM_DEMAND, demand), source=NOTICE)
    (link,) = chain(renamed).links
    assert link.step.sources == (NOTICE,)
    assert [term for term, _ in link.names] == [Term.MAXIMUM_DEMAND, Term.BILLED_DEMAND]


def test_a_name_for_a_given_number_is_a_step() -> None:
    found = chain(named(Term.METERED_ENERGY, given("7", "kWh", term=Term.GIVEN_ENERGY)))
    assert formulas(found) == ["{0}"]
    assert found.derived == frozenset()


def test_a_rounding_of_a_step_is_a_step() -> None:
    inner = named(Term.METERED_ENERGY, given("7.5", "kWh") + given("1", "kWh"))
    assert formulas(chain(named(Term.BILLED_ENERGY, rounded(inner, WHOLE)))) == ["{0} + {1}", "{0}"]


def test_capacity_times_days_stands_inside_the_formula_that_divides_it() -> None:
    transformers = [("100", "19"), ("50", "30")]
    parts = [
        given(kva, "kVA", f"T{number}", term=Term.CAPACITY) * given(days, "day", f"T{number}", term=Term.DAYS)
        for number, (kva, days) in enumerate(transformers)
    ]
    served = named(Term.CAPACITY_DAYS, total(parts), source=NOTICE)
    billed = named(Term.BILLED_CAPACITY, quotient(served, given("30", "day", term=Term.DAYS_OF_CYCLE), FEN))
    (link,) = chain(billed).links
    assert link.step.formula == "({0} × {2} + {3} × {4}) ÷ {1}"
    assert [operand.number for operand in link.step.operands] == [100, 30, 19, 50, 30]
    assert link.step.sources == (NOTICE,)


def test_capacity_days_that_were_rounded_stand_inside_with_their_rounding() -> None:
    product = given("100.5", "kVA", term=Term.CAPACITY) * given("19", "day", term=Term.DAYS)
    served = named(Term.CAPACITY_DAYS, rounded(product, WHOLE))
    billed = named(Term.BILLED_CAPACITY, quotient(served, given("30", "day", term=Term.DAYS_OF_CYCLE), FEN))
    assert formulas(chain(billed)) == ["round({0} × {2}, 1) ÷ {1}"]


def test_an_amount_of_another_line_is_a_figure_with_that_line() -> None:
    kwh = energy("M1")
    fee = named(Term.BAND_AMOUNT, priced(kwh, "0.5", "fee"), "peak")
    adjusted = named(Term.AMOUNT, rounded(named(Term.POWER_FACTOR_BASE, fee * 1) * given("0.02"), FEN))
    fee_line, adjustment = line(derived(fee), code="fee"), line(derived(adjusted), code="power_factor")
    found = chain_of(bill(fee_line, adjustment), adjustment)
    assert formulas(found) == ["{0} × {1}", "{0} × {1}"]
    assert [(operand.number, owner.code) for operand, owner in found.owners.items()] == [(Decimal("60.00"), "fee")]
    assert formulas(chain_of(bill(fee_line, adjustment), fee_line)) == ["{0} × {1}", "{0} × {1}"]


def test_what_an_amount_of_another_line_needs_is_told_where_it_is_needed_itself() -> None:
    kwh = energy("M1")
    fee = named(Term.BAND_AMOUNT, priced(kwh, "0.5", "fee"), "peak")
    share = choose(kwh > 0, given("0.02"), given("0"))
    fee_line = line(derived(fee), code="fee")
    adjustment = line(derived(named(Term.AMOUNT, rounded(fee * share, FEN))), code="power_factor")
    found = chain_of(bill(fee_line, adjustment), adjustment)
    assert [link.names[0][0] for link in found.links] == [Term.READ_ENERGY, Term.AMOUNT]
    assert [operand.term for operand in found.derived] == [Term.READ_ENERGY]


def test_a_step_is_told_once_however_often_it_is_made() -> None:
    one, same = named(Term.BILLED_QUANTITY, energy("M1") + 1), named(Term.BILLED_QUANTITY, energy("M1") + 1)
    found = chain(named(Term.AMOUNT, priced(one, "0.5", "a") + priced(same, "0.2", "b")))
    assert [link.names[0][0] for link in found.links] == [Term.READ_ENERGY, Term.BILLED_QUANTITY, Term.AMOUNT]


def test_a_line_without_steps_has_no_chain() -> None:
    own = line()
    assert chain_of(bill(own), own) == Chain((), {}, frozenset())
