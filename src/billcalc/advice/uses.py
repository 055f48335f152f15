"""What another use of a month would have cost: load in the valley, and reactive energy compensated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from billcalc.advice.basic import NotAdvised, Rebilled, Why
from billcalc.advice.compensating import most_reactive, targets, with_reactive
from billcalc.advice.editing import Energies, with_energies
from billcalc.advice.months import AskedMonth
from billcalc.advice.shifting import Shift, counted_energies, moved_energies
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate, wanted_tariffs
from billcalc.billing.charges.power_factor.charge import POWER_FACTOR
from billcalc.billing.charges.power_factor.records import PowerFactorPlan
from billcalc.billing.evaluate import Evaluation, evaluate
from billcalc.billing.facts import ScopeFacts
from billcalc.billing.kept import kept_plan
from billcalc.billing.plan import Plan
from billcalc.kernel.decimals import EXACT, ZERO, exact_sum
from billcalc.kernel.scalars import PlainArithmetic, number_of
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal
from billcalc.kernel.values import Value, absolute, total
from billcalc.metering.models import ENERGY_REGISTERS
from billcalc.tariff.catalog import Catalog

__all__ = ["Compensation", "Shifted", "Step", "compensations", "shifted", "whole"]

_HOURS_OF_DAY = 24


@dataclass(frozen=True, slots=True)
class Shifted:
    """A month with some load in the valley.

    Attributes:
        moved: [kWh].
        rebilled: None where nothing is moved, and why.
    """

    moved: Decimal
    rebilled: Rebilled | None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A month at a step of the power factor.

    Attributes:
        target: the step [1].
        kvarh: what is compensated [kvarh].
        kvar: what compensates it, at work in all hours of the period [kvar].
        rebilled: None where the power factor is there already.
    """

    target: Decimal
    kvarh: Decimal
    kvar: int
    rebilled: Rebilled | None


@dataclass(frozen=True, slots=True)
class Compensation:
    """The power factor of a scope in a month, and what it would be at the standard and at the best step.

    Attributes:
        steps: those that can be told, and why another cannot.
    """

    scope: str
    standard: Decimal
    active: Decimal | None
    reactive: Decimal | None
    cosphi: Decimal | None
    steps: tuple[Step, ...]
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class _Measured:
    """A month that was billed, by its plan."""

    asked: AskedMonth
    plan: Plan
    evaluation: Evaluation
    catalog: Catalog

    def rebilled(self, energies: Energies) -> Rebilled | Refusal | Fault:
        """The month with other energies; or why it cannot be billed so."""
        request, changes = with_energies(self.asked.request, energies)
        try:
            bill = calculate(request, self.catalog, derivation=False)
        except InvalidInput as invalid:
            return invalid.faults[0]
        return bill if isinstance(bill, Refusal) else Rebilled(bill, changes)


def _measured(asked: AskedMonth, catalog: Catalog) -> _Measured:
    kept, numbers = kept_plan(asked.request, wanted_tariffs(asked.request, catalog))
    return _Measured(asked, kept.plan, evaluate(kept.plan, PlainArithmetic(kept.inputs_of(numbers))), catalog)


def shifted(asked: AskedMonth, shift: Shift, catalog: Catalog) -> Shifted:
    """A month with some of its sharp and peak load in the valley."""
    month = _measured(asked, catalog)
    if len(month.plan.pieces) > 1:
        return Shifted(ZERO, None, NotAdvised.READ_WITHIN)
    points = [point.id for point in month.plan.points]
    counted = counted_energies(month.evaluation.quantities, points, ENERGY_REGISTERS)
    found = moved_energies(counted, shift, month.plan.energy.reading)
    if found is None or not any(
        group.time_of_use for each in asked.request.agreement for group in each.groups.values()
    ):
        return Shifted(ZERO, None, NotAdvised.NO_BANDS)
    moved, after = found
    rebilled = month.rebilled({key: number_of(value) for key, value in after.items()})
    if not isinstance(rebilled, Rebilled):
        return Shifted(ZERO, None, rebilled)
    return Shifted(number_of(moved), rebilled)


def compensations(asked: AskedMonth, catalog: Catalog) -> tuple[Compensation, ...]:
    """The power factor of each scope of a month, and what it would be billed at the standard and at the best step."""
    month = _measured(asked, catalog)
    plans: Mapping[str, PowerFactorPlan] = {each.scope: each for each in month.plan.charges.of(POWER_FACTOR)}
    facts = {each.scope: each for each in month.evaluation.facts.scopes}
    return tuple(_compensation(month, plan, facts[scope]) for scope, plan in plans.items())


def _compensation(month: _Measured, plan: PowerFactorPlan, facts: ScopeFacts) -> Compensation:
    standard = Decimal(plan.standard)
    cosphi = None if facts.cosphi is None else number_of(facts.cosphi)
    why: Why | None = _why_not(month, plan, facts)
    if why is not None or facts.active is None or facts.reactive is None or cosphi is None:
        return Compensation(plan.scope, standard, None, None, cosphi, (), why or NotAdvised.NOT_MEASURED)
    steps = []
    for target in targets(plan):
        step = _step(month, plan, facts.active, facts.reactive, cosphi, target)
        if not isinstance(step, Step):
            why = step
            break
        steps.append(step)
    counted = (number_of(facts.active), number_of(facts.reactive))
    return Compensation(plan.scope, standard, *counted, cosphi, tuple(steps), why)


def _why_not(month: _Measured, plan: PowerFactorPlan, facts: ScopeFacts) -> NotAdvised | None:
    if plan.cosphi is not None or plan.ratio is not None:
        return NotAdvised.GIVEN
    if plan.nets:
        return NotAdvised.NETTED
    return NotAdvised.READ_WITHIN if len(month.plan.pieces) > 1 else None


def _step(
    month: _Measured, plan: PowerFactorPlan, active: Value, reactive: Value, cosphi: Decimal, target: Decimal
) -> Step | Why:
    """The month at a step: each register that counts reactive energy has its share of what may be left.

    What losses take is not compensated at a meter: where they alone keep the power factor below the step, it is none.
    """
    if cosphi >= target:
        return Step(target, ZERO, 0, None)
    registers = {
        key: absolute(value)
        for point, each in plan.points
        for key, value in counted_energies(month.evaluation.quantities, (point,), each).items()
    }
    lost = reactive - total(list(registers.values()))
    allowed = most_reactive(active, reactive, target, plan.rounding) - lost
    if number_of(allowed) < 0:
        return NotAdvised.LOST
    left = dict(zip(registers, with_reactive(list(registers.values()), allowed), strict=True))
    rebilled = month.rebilled({key: number_of(value) for key, value in left.items()})
    if not isinstance(rebilled, Rebilled):
        return rebilled
    kvarh = EXACT.subtract(number_of(total(list(registers.values()))), exact_sum(map(number_of, left.values())))
    hours = month.asked.request.period.span.days * _HOURS_OF_DAY
    return Step(target, kvarh, int((kvarh / hours).to_integral_value(ROUND_CEILING)), rebilled)


def whole(saved: Sequence[Rebilled | None], bills: Sequence[Bill]) -> Decimal:
    """What months cost less than they were billed, where they were billed otherwise [money]."""
    return exact_sum(
        EXACT.subtract(bill.total, each.bill.total) for each, bill in zip(saved, bills, strict=True) if each is not None
    )
