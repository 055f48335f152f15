"""The rules of losses beside published exercises on powers: of one hour, what is lost is a power."""

from decimal import Decimal

import pytest

from billcalc.billing.losses.rule import copper_loss, iron_loss
from billcalc.kernel.plain import Plain


def lost(no_load: str, full_load: str, kva: str, load: str) -> Decimal:
    """P0 + β² Pk [kW], as the loss of an hour at an even load without reactive energy."""
    hour, capacity, one = Plain(Decimal(1)), Plain(Decimal(kva)), Plain(Decimal(1))
    apparent = Decimal(load) * Decimal(kva)
    iron = iron_loss(powers=[Plain(Decimal(no_load))], hours=hour, of=())
    copper = copper_loss(
        powers=[Plain(Decimal(full_load))],
        square=Plain(apparent * apparent),
        capacity=capacity,
        hours=hour,
        load_shape=one,
        of=(),
    )
    found = iron + copper
    assert isinstance(found, Plain)
    return found.number


def of_capacity(percent: str, kva: str) -> str:
    """A percentage of a capacity [kvar]."""
    return str(Decimal(percent) * Decimal(kva) / 100)


@pytest.mark.parametrize(
    ("kva", "no_load", "full_load", "printed"),
    [("315", "0.48", "3.65", "2.64"), ("1000", "1.18", "10.3", "7.29")],
    ids=["loss-s13-315", "loss-s13-1000"],
)
def test_the_active_power_of_the_exercise(kva: str, no_load: str, full_load: str, printed: str) -> None:
    """https://www.xiaomilidoc.com/p-6309456.html, at a load of 0.77."""
    assert round(lost(no_load, full_load, kva, "0.77"), 2) == Decimal(printed)


def test_the_reactive_power_of_the_exercise() -> None:
    """The same page: 0.95 kvar without load (0.945, printed rounded), 12.6 at full load, 8.42 at 0.77."""
    no_load, full_load = of_capacity("0.3", "315"), of_capacity("4.0", "315")
    assert (Decimal(no_load), Decimal(full_load)) == (Decimal("0.945"), Decimal("12.6"))
    assert round(lost("0.95", full_load, "315", "0.77"), 2) == Decimal("8.42")
    assert (Decimal(of_capacity("0.3", "1000")), Decimal(of_capacity("4.0", "1000"))) == (Decimal(3), Decimal(40))
