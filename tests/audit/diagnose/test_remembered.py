"""Parts of bills that are kept: made once of the same, made anew of what differs, with all that they refuse."""

from typing import Any

import numpy as np

from billcalc.audit.diagnose.remembered import KEPT_MAX, NotingArithmetic, Remembered
from billcalc.billing.charges.charge import Known
from billcalc.billing.facts import Facts
from billcalc.billing.quantities import Quantities
from billcalc.bulk.column import Column
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.slots import Slot
from billcalc.kernel.troubles import Fault
from billcalc.kernel.values import Arithmetic

ASKED, UNASKED = Slot("/asked"), Slot("/unasked")
ONE, OTHER = Column.of(np.array([1, -1]), 0), Column.of(np.array([1, -1]), 0)
FAULT = Fault(FaultCode.OUT_OF_RANGE, "/asked", {"range": "0.."})
FACTS = Facts(None, ())


class Counting:
    """Makes parts, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def by_input(self, records: object, known: None, arithmetic: Arithmetic) -> int:
        """Looks at an input."""
        arithmetic.require(arithmetic.input(ASKED) >= 0, FAULT)
        self.count += 1
        return self.count

    def by_lines(self, records: object, known: Known, arithmetic: Arithmetic) -> int:
        """Looks at earlier lines."""
        assert not known.quantities.tiers
        self.count += 1 + len(known.lines)
        return self.count


def arithmetic(asked: Column = ONE, unasked: Column = ONE) -> NotingArithmetic:
    return NotingArithmetic({ASKED: asked, UNASKED: unasked}, 2)


def test_a_part_of_the_same_records_and_inputs_is_made_once_and_refuses_the_same() -> None:
    parts, making, again = Remembered(), Counting(), arithmetic(unasked=OTHER)
    assert parts(making.by_input, ("a",), None, arithmetic()) == 1
    assert parts(making.by_input, ("a",), None, again) == 1
    [rejected] = again.rejections
    assert rejected.rows.tolist() == [False, True]
    assert rejected.trouble == FAULT
    assert parts(making.by_input, ("b",), None, arithmetic()) == 2
    assert parts(making.by_input, ("a",), None, arithmetic(asked=OTHER)) == 3


def test_a_part_is_made_anew_where_what_it_looked_at_is_another() -> None:
    parts, making = Remembered(), Counting()
    line: Any = object()
    energy = Quantities([], {}, tiers={"made": "before"})
    assert parts(making.by_lines, (), Known(energy, FACTS, ()), arithmetic()) == 1
    assert parts(making.by_lines, (), Known(energy, Facts(None, ()), ()), arithmetic()) == 1
    assert parts(making.by_lines, (), Known(energy, FACTS, (line,)), arithmetic()) == 3
    assert parts(making.by_lines, (), Known(energy, FACTS, (line,)), arithmetic()) == 3
    assert parts(making.by_lines, (), Known(Quantities([], {}), FACTS, ()), arithmetic()) == 4


def test_so_many_are_kept_and_no_more() -> None:
    parts, making = Remembered(), Counting()
    for _ in range(2):
        for records in range(KEPT_MAX + 1):
            parts(making.by_input, records, None, arithmetic())
    assert making.count == KEPT_MAX + 2
