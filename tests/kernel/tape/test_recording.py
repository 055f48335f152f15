"""Rules leave a straight list of operations behind, and nothing of them can branch."""

from decimal import Decimal

import pytest

from billcalc.kernel.slots import Slot
from billcalc.kernel.tape.recording import Do, Operation, Recorder
from billcalc.kernel.terms import Term

SLOT = Slot("/first")


def test_operations_stand_in_order_each_after_its_operands_and_equal_ones_once() -> None:
    recorder = Recorder()
    number = recorder.input(SLOT)
    both = (number + 1) * (recorder.input(SLOT) + Decimal("1.0"))
    assert recorder.tape().operations == (
        Operation(Do.INPUT, (), SLOT),
        Operation(Do.CONSTANT, (), Decimal(1)),
        Operation(Do.ADD, (0, 1)),
        Operation(Do.MULTIPLY, (2, 2)),
    )
    assert both.place == 3


def test_a_name_is_no_operation() -> None:
    recorder = Recorder()
    number = recorder.input(SLOT)
    assert number.named(Term.TOTAL, (), None) is number


def test_a_rule_that_branches_on_a_value_fails() -> None:
    recorder = Recorder()
    with pytest.raises(TypeError, match="must choose"):
        bool(recorder.input(SLOT) > 0)
