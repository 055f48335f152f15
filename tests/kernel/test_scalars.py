"""The arithmetics of one bill."""

from decimal import Decimal

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.derived import Derived
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import DerivedArithmetic, Input, PlainArithmetic, number_of
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Refusal, Refused, Severity
from billcalc.kernel.values import Arithmetic, Rounding, Value, rounded

INPUTS = {
    Slot("kwh.peak"): Input(Decimal("132000"), "kWh", Term.GIVEN_ENERGY, ("peak",)),
    Slot("kva"): Input(Decimal("100000"), "kVA", Term.CAPACITY),
}
NOTICE = Source("cn/guangxi/levies/2024-06", "代征费用", Evidence.INFERRED)
REFUSAL = Refusal(RefusalCode.NOT_SUPPORTED, "", {"what": "this"})
EXCESS = Problem(ProblemCode.EXCESS_DEMAND, Severity.NOTE, "/demand", {"rule": "over_steps"})

BOTH = pytest.mark.parametrize("arithmetic", [DerivedArithmetic(INPUTS), PlainArithmetic(INPUTS)])

EACH_KIND = pytest.mark.parametrize("kind", [DerivedArithmetic, PlainArithmetic])


def reads_as_an_arithmetic(arithmetic: DerivedArithmetic | PlainArithmetic) -> Arithmetic:
    """Checked by mypy: both have the protocol's methods."""
    return arithmetic


@BOTH
def test_inputs_and_constants_become_values(arithmetic: Arithmetic) -> None:
    levy = arithmetic.constant(Decimal("0.0355"), term=Term.UNIT_PRICE, unit="CNY/kWh", source=NOTICE)
    assert number_of(arithmetic.input(Slot("kwh.peak")) * levy) == Decimal("4686")
    assert number_of(arithmetic.constant(2, term=Term.DISCOUNT_FACTOR)) == Decimal(2)


@BOTH
def test_a_slot_that_the_request_did_not_fill_is_an_error(arithmetic: Arithmetic) -> None:
    with pytest.raises(KeyError, match=r"kwh\.valley"):
        arithmetic.input(Slot("kwh.valley"))


def test_a_derived_input_says_what_it_is() -> None:
    peak = DerivedArithmetic(INPUTS).input(Slot("kwh.peak"))
    assert (peak.operation, peak.unit, peak.term, peak.qualifiers) == ("given", "kWh", Term.GIVEN_ENERGY, ("peak",))


def test_an_input_without_qualifiers_has_none() -> None:
    assert DerivedArithmetic(INPUTS).input(Slot("kva")).qualifiers == ()


def test_one_slot_is_one_value_however_often_it_is_asked_for() -> None:
    arithmetic = DerivedArithmetic(INPUTS)
    assert arithmetic.input(Slot("kva")) is arithmetic.input(Slot("kva"))
    assert arithmetic.input(Slot("kva")) is not arithmetic.input(Slot("kwh.peak"))


def test_a_derived_constant_says_what_it_is_and_who_states_it() -> None:
    price = DerivedArithmetic({}).constant(
        Decimal("21.4"), term=Term.UNIT_PRICE, of=("capacity",), unit="CNY/kVA", source=NOTICE
    )
    assert (price.number, price.unit, price.operation) == (Decimal("21.4"), "CNY/kVA", "given")
    assert (price.term, price.qualifiers, price.source) == (Term.UNIT_PRICE, ("capacity",), NOTICE)


def test_a_constant_is_a_ratio_unless_it_has_a_unit() -> None:
    assert DerivedArithmetic({}).constant(1, term=Term.FLOAT_RATIO).unit == "1"


def test_each_arithmetic_makes_its_own_kind_of_value() -> None:
    assert isinstance(DerivedArithmetic(INPUTS).input(Slot("kva")), Derived)
    assert isinstance(PlainArithmetic(INPUTS).input(Slot("kva")), Plain)
    assert isinstance(PlainArithmetic({}).constant(1, term=Term.MONTHS), Plain)


@BOTH
def test_a_requirement_refuses_the_bill_where_it_does_not_hold(arithmetic: Arithmetic) -> None:
    arithmetic.require(arithmetic.input(Slot("kva")) > 0, REFUSAL)
    with pytest.raises(Refused) as refused:
        arithmetic.require(arithmetic.input(Slot("kva")) < 0, REFUSAL)
    assert refused.value.refusal == REFUSAL


@BOTH
def test_a_fact_of_the_plan_can_be_required(arithmetic: Arithmetic) -> None:
    known, unknown = True, False
    arithmetic.require(known, REFUSAL)
    with pytest.raises(Refused):
        arithmetic.require(unknown, REFUSAL)


@BOTH
def test_a_refusal_is_told_with_its_facts_written_out(arithmetic: Arithmetic) -> None:
    doubtful = Refusal(RefusalCode.NEGATIVE_ENERGY, "/groups/main", {"group": "main"})
    with pytest.raises(Refused) as refused:
        arithmetic.require(arithmetic.input(Slot("kva")) < 0, doubtful, band=arithmetic.input(Slot("kva")))
    told = refused.value.refusal
    assert told == Refusal(RefusalCode.NEGATIVE_ENERGY, "/groups/main", {"group": "main", "band": "100000"})


@EACH_KIND
def test_faults_wait_for_one_another_until_they_are_settled(kind: type[DerivedArithmetic | PlainArithmetic]) -> None:
    arithmetic = kind(INPUTS)
    kva = arithmetic.input(Slot("kva"))
    arithmetic.require(kva < 0, Fault(FaultCode.NEGATIVE, "/first"), value=kva)
    arithmetic.require(kva > 0, Fault(FaultCode.NEGATIVE, "/sound"), value=kva)
    arithmetic.require(kva < 0, Fault(FaultCode.DUPLICATE_ID, "/second", {"id": "main"}))
    with pytest.raises(InvalidInput) as invalid:
        arithmetic.settle()
    assert invalid.value.faults == (
        Fault(FaultCode.NEGATIVE, "/first", {"value": "100000"}),
        Fault(FaultCode.DUPLICATE_ID, "/second", {"id": "main"}),
    )


@EACH_KIND
def test_without_a_fault_there_is_nothing_to_settle(kind: type[DerivedArithmetic | PlainArithmetic]) -> None:
    arithmetic = kind(INPUTS)
    arithmetic.require(arithmetic.input(Slot("kva")) > 0, Fault(FaultCode.NEGATIVE, "/sound"))
    arithmetic.settle()
    assert arithmetic.problems == []


@EACH_KIND
def test_a_problem_is_reported_with_its_facts_written_out(kind: type[DerivedArithmetic | PlainArithmetic]) -> None:
    arithmetic = kind(INPUTS)
    limit = rounded(arithmetic.input(Slot("kva")), Rounding(Decimal("0.01")))
    arithmetic.report(limit > 0, EXCESS, metered=arithmetic.input(Slot("kwh.peak")), limit=limit)
    arithmetic.report(limit < 0, EXCESS, metered=limit, limit=limit)
    [problem] = arithmetic.problems
    assert problem.facts == {"rule": "over_steps", "metered": "132000", "limit": "100000"}
    assert (problem.code, problem.severity, problem.where) == (ProblemCode.EXCESS_DEMAND, Severity.NOTE, "/demand")


def test_each_bill_has_its_own_problems() -> None:
    first, second = PlainArithmetic(INPUTS), PlainArithmetic(INPUTS)
    known = True
    first.report(known, EXCESS)
    second.report(not known, EXCESS)
    assert (first.problems, second.problems) == ([EXCESS], [])


def test_only_a_value_of_one_bill_has_one_number() -> None:
    column: Value = [Decimal(1), Decimal(2)]  # type: ignore[assignment]
    with pytest.raises(AssertionError, match=r"^only the values of one bill have one number$"):
        number_of(column)
