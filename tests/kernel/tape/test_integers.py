"""A tape in whole numbers gives what plain values give, to the last digit."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.decimals import decimals_of
from billcalc.kernel.plain import Plain
from billcalc.kernel.slots import Slot
from billcalc.kernel.tape.integers import Integers, Outside
from billcalc.kernel.tape.recording import Recorded, Recorder
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, Problem, Severity
from billcalc.kernel.values import (
    Rounding,
    Value,
    absolute,
    allocate,
    choose,
    cosphi,
    look_up,
    maximum,
    minimum,
    named,
    quotient,
    rounded,
    total,
)

Rule = Callable[..., Value | Sequence[Value]]

FEN, WHOLE, FIVES, TENS = (Rounding(Decimal(step)) for step in ("0.01", "1", "0.05", "10"))
TABLE = {Decimal(key).scaleb(-2): Decimal(100 - key).scaleb(-4) for key in range(101)}

RULES: dict[str, Rule] = {
    "a sum": lambda a, b: a + b,
    "a sum with a number before it": lambda a, b: Decimal("0.5") + a,
    "a difference": lambda a, b: a - b,
    "a product": lambda a, b: a * b,
    "a product with a number before it": lambda a, b: 3 * a * Decimal("-0.25") * b,
    "the other sign": lambda a, b: -a,
    "a total": lambda a, b: total([a, b, a]),
    "the larger": maximum,
    "the smaller": minimum,
    "without its sign": lambda a, b: absolute(a),
    "rounded to the fen": lambda a, b: rounded(a * b, FEN),
    "rounded to whole numbers": lambda a, b: rounded(a, WHOLE),
    "rounded to fives": lambda a, b: rounded(a, FIVES),
    "rounded to tens": lambda a, b: rounded(a, TENS),
    "rounded and nothing to round": lambda a, b: rounded(a, Rounding(Decimal("0.000001"))),
    "a quotient": lambda a, b: quotient(a, b, FEN),
    "a quotient in fives": lambda a, b: quotient(a, b, FIVES),
    "a power factor": lambda a, b: cosphi(a, b, FEN),
    "a table's entry": lambda a, b: look_up(cosphi(a, b, FEN), TABLE),
    "shares": lambda a, b: allocate(a, [absolute(b), absolute(a), absolute(b)], Decimal("0.01")),
    "shares in tens": lambda a, b: allocate(a, [b, b], Decimal(10)),
    "the first where it is below": lambda a, b: choose(a < b, a, b),
    "the first where it is not above": lambda a, b: choose(a <= b, a, b * 2),
    "the first where it is above": lambda a, b: choose(a > b, a, b),
    "the first where it is not below": lambda a, b: choose(a >= b, a, b * 2),
    "named": lambda a, b: named(Term.TOTAL, a, "main"),
}
NUMBERS = ("0", "-0.01", "0.5", "-2.345", "7", "1250.50", "123456789.123", "-40")

FIRST, SECOND = Slot("/first"), Slot("/second")


def by_plain(rule: Rule, numbers: Sequence[Decimal]) -> list[Decimal]:
    return [each.number for each in _several(rule(*map(Plain, numbers))) if isinstance(each, Plain)]


def by_tape(rule: Rule, numbers: Sequence[Decimal]) -> list[Decimal]:
    recorder = Recorder()
    found = _several(rule(recorder.input(FIRST), recorder.input(SECOND)))
    places = [each.place for each in found if isinstance(each, Recorded)]
    scales = dict(zip((FIRST, SECOND), map(decimals_of, numbers), strict=True))
    function = Integers(recorder.tape(), places, scales)
    told = function.run(numbers)
    return [told.numbers[place] for place in places]


def _several(found: Value | Sequence[Value]) -> Sequence[Value]:
    return [found] if isinstance(found, Value) else found


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_primitive_is_that_of_plain_values(rule: Rule) -> None:
    for numbers in product(map(Decimal, NUMBERS), repeat=2):
        assert by_tape(rule, numbers) == by_plain(rule, numbers), numbers


@given(
    rule=st.sampled_from(list(RULES.values())),
    numbers=st.tuples(*[st.decimals(min_value=-(10**9), max_value=10**9, places=3)] * 2),
)
def test_of_any_numbers(rule: Rule, numbers: tuple[Decimal, Decimal]) -> None:
    assert by_tape(rule, numbers) == by_plain(rule, numbers)


def written(rule: Callable[[Recorder], Value], inputs: dict[Slot, int | Decimal]) -> tuple[Integers, int]:
    recorder = Recorder()
    value = rule(recorder)
    assert isinstance(value, Recorded)
    return Integers(recorder.tape(), [value.place], inputs), value.place


def test_a_number_with_more_decimals_than_it_was_written_for_is_outside() -> None:
    function, place = written(lambda recorder: recorder.input(FIRST) * recorder.input(SECOND), {FIRST: 2, SECOND: 0})
    assert function.run((Decimal("0.25"), Decimal(3))).numbers[place] == Decimal("0.75")
    assert function.run((Decimal("0.250"), Decimal("3.0"))).numbers[place] == Decimal("0.75")
    for numbers in ((Decimal("0.255"), Decimal(3)), (Decimal("0.25"), Decimal("3.5"))):
        with pytest.raises(Outside):
            function.run(numbers)


def test_a_number_of_all_bills_is_written_into_it() -> None:
    function, place = written(
        lambda recorder: recorder.input(FIRST) * recorder.input(SECOND), {FIRST: Decimal("31"), SECOND: 0}
    )
    assert function.run((Decimal(2),)).numbers[place] == 62


def test_a_tape_of_constants_takes_no_numbers() -> None:
    function, place = written(lambda recorder: recorder.constant(7, term=Term.TOTAL) + Decimal("0.10"), {})
    assert function.run(()).numbers[place] == Decimal("7.1")


def test_a_number_that_a_table_has_not_is_outside() -> None:
    table = {Decimal("0.90"): Decimal(1), Decimal("0.123"): Decimal(2)}
    function, place = written(lambda recorder: look_up(recorder.input(FIRST), table), {FIRST: 1})
    assert function.run((Decimal("0.9"),)).numbers[place] == 1
    with pytest.raises(Outside):
        function.run((Decimal("0.8"),))


def test_what_is_required_and_does_not_hold_is_outside() -> None:
    def rule(recorder: Recorder) -> Value:
        number = recorder.input(FIRST)
        recorder.require(number >= 0, Fault(FaultCode.NEGATIVE, "/first"))
        recorder.settle()
        return number

    function, place = written(rule, {FIRST: 0})
    assert function.run((Decimal(0),)).numbers[place] == 0
    with pytest.raises(Outside):
        function.run((Decimal(-1),))


def test_a_report_is_told_where_its_truth_holds_with_the_numbers_it_names() -> None:
    recorder = Recorder()
    number = recorder.input(FIRST)
    facts = {"point": "M1"}
    problem = Problem(ProblemCode.NO_ENERGY_USED, Severity.DOUBT, "/first", facts)
    recorder.report(number > 1, problem, twice=number + number)
    facts["more"] = "told later of something else"
    tape = recorder.tape()
    function = Integers(tape, [], {FIRST: 1})
    assert [function.run((Decimal(each),)).reported for each in ("0.5", "1.5")] == [[False], [True]]
    [report] = tape.reports
    assert report.problem.facts == {"point": "M1"}
    assert function.run((Decimal("1.5"),)).numbers[report.facts["twice"]] == 3


def test_what_nothing_needs_is_not_written() -> None:
    recorder = Recorder()
    number = recorder.input(FIRST)
    unused = number * 7
    wanted = number + 1
    function = Integers(recorder.tape(), [wanted.place], {FIRST: 0})
    assert "* 7" not in function.source
    assert isinstance(unused, Recorded)
