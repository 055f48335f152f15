"""Energy that was fed back, held against the quantities that lines bill: it is told where none bills it."""

from collections import defaultdict
from collections.abc import Iterator

from billcalc.billing.charges.energy.charge import ENERGY
from billcalc.billing.charges.given.charge import GIVEN
from billcalc.billing.plan import Plan
from billcalc.billing.quantities import Quantities
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.slots import Slot
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.values import Arithmetic, Value, absolute, choose, total
from billcalc.metering.models import Register

__all__ = ["check_fed_back"]


def check_fed_back(plan: Plan, quantities: Quantities, arithmetic: Arithmetic) -> None:
    """Tell of energy that was fed back and is not billed: what it is worth no tariff of consumption says.

    It is billed where a line has a quantity of its own, of either sign, that is exactly what was fed back at the
    metering point, or at all of them.
    """
    fed_back: defaultdict[str, list[Value]] = defaultdict(list)
    for (point, register, _), energy in quantities.registers.items():
        if register is Register.ACTIVE_REVERSE:
            fed_back[point].append(energy)
    if not fed_back:
        return
    of_points = {point: total(energies) for point, energies in fed_back.items()}
    of_all = [total(list(of_points.values()))] if len(of_points) > 1 else []
    billed = list(_own_quantities(plan, arithmetic))
    places = {point.id: number for number, point in enumerate(plan.points)}
    for of, energy in of_points.items():
        unbilled = energy
        for quantity in billed:
            for told in (energy, *of_all):
                unbilled = choose(absolute(quantity - told) > 0, unbilled, energy - energy)
        problem = Problem(ProblemCode.ENERGY_FED_BACK, Severity.NOTE, f"/metering_points/{places[of]}", {"point": of})
        arithmetic.report(unbilled > 0, problem, energy=energy)


def _own_quantities(plan: Plan, arithmetic: Arithmetic) -> Iterator[Value]:
    """What lines bill beside the energy that is measured, over all bands [kWh]."""
    slots: defaultdict[tuple[str, str, bool], set[Slot]] = defaultdict(set)
    for line in plan.charges.of(ENERGY):
        if line.slots:
            slots[line.name.group, line.quantity, False].update(slot for _, slot in line.slots)
    for given in plan.charges.of(GIVEN):
        if given.kwh is not None:
            slots[given.name.group, given.name.code, True].add(given.kwh)
    for each in slots.values():
        yield absolute(total([arithmetic.input(slot) for slot in sorted(each, key=lambda slot: slot.where)]))
