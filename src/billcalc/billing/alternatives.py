"""What a bill would come to under the other readings of the rules that it doubts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from itertools import count
from typing import Any

from billcalc.billing.charges.basic.charge import BASIC
from billcalc.billing.charges.basic.records import DemandPlan
from billcalc.billing.charges.energy.charge import ENERGY
from billcalc.billing.charges.power_factor.charge import POWER_FACTOR
from billcalc.billing.doubts import Doubt, OtherReading
from billcalc.billing.kept import KeptPlan, Numbers, kept_plan
from billcalc.billing.plan import Plan
from billcalc.billing.plan_prices import PricePart
from billcalc.billing.point_names import by_places
from billcalc.billing.quantities import Quantities, measure
from billcalc.billing.request import Request
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import EXACT, ZERO
from billcalc.kernel.scalars import PlainArithmetic, number_of
from billcalc.kernel.troubles import Alternative, InvalidInput, Problem, Refused, Severity
from billcalc.kernel.values import Rounding
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.conventions import (
    BaseSelector,
    Conventions,
    LineSelector,
    LossBandsBy,
    RatioBands,
    RatioBase,
    RoundScope,
    SharpElsewhere,
)
from billcalc.tariff.resolved_conventions import Convention
from billcalc.vocabulary import Grain, Kind

__all__ = [
    "PLANNED_MAX",
    "Billed",
    "others_of",
    "under",
]

Path = tuple[str, ...]
"""Which convention: its place among them."""

PLANNED_MAX = 10
"""Of how many problems the money is told that need another plan: each costs a whole bill."""
_READING_STEP = ("kwh", "round", "reading")


@dataclass(frozen=True, slots=True)
class Billed:
    """What was billed, by which plan: what its other readings are compared with.

    Attributes:
        kept: the plan.
        numbers: of the request.
        total: [money].
        quantities: what was measured, where the rules were asked and not their tape.
    """

    request: Request
    catalog: Catalog
    kept: KeptPlan
    numbers: Numbers
    total: Decimal
    quantities: Quantities | None
    _totals: dict[tuple[KeptPlan, Numbers], Decimal] = field(default_factory=dict, init=False)
    """Of other bills: that without one of several alike points is the same, whichever it is."""

    def weighed(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Each with what the total would be under its other readings; of many that ask for another plan the first."""
        planned = count()
        for problem in problems:
            is_planned = isinstance(problem, Doubt) and any(other.request is not None for other in problem.others)
            if is_planned and next(planned) >= PLANNED_MAX:
                yield Problem(problem.code, problem.severity, problem.where, problem.facts)
            else:
                yield self._weighed(problem)

    def _weighed(self, problem: Problem) -> Problem:
        """The problem with what the total would be under the other readings of its rule, where it has some.

        It is a doubt where these come to other money, and else a note; a note tells only what can be billed.
        """
        if not isinstance(problem, Doubt):
            return problem
        only_billed = problem.severity is Severity.NOTE
        found = [each for other in problem.others if (each := self._under(other)) is not None]
        alternatives = tuple(each for each in found if each.difference is not None or not only_billed)
        severity = problem.severity
        if alternatives:
            differs = any(each.difference != 0 for each in alternatives)
            severity = Severity.DOUBT if differs else Severity.NOTE
        return Problem(problem.code, severity, problem.where, problem.facts, alternatives)

    def undocumented(self) -> list[Problem]:
        """A problem for each convention that no document tells, with the total under its other readings."""
        problems = []
        plan = self.kept.plan
        for convention in plan.undocumented:
            others = others_of(plan, convention)
            alternatives = tuple(
                Alternative(_shown(other), self._difference(convention.path, other)) for other in others
            )
            matters = any(each.difference != 0 for each in alternatives)
            if not matters and convention.only_where_it_tells:
                continue  # nothing was rounded that another step would not round to the same: nothing to doubt
            facts = {"key": convention.key, "area": self.request.area, "chosen": _shown(convention.value)}
            severity = Severity.DOUBT if matters else Severity.NOTE
            code, where = ProblemCode.CONVENTION_UNDOCUMENTED, convention.pointer
            problems.append(Problem(code, severity, where, facts, alternatives))
        return problems

    def _under(self, other: OtherReading) -> Alternative | None:
        """How the total changes under another reading; None of one that contradicts what else was read."""
        if other.request is not None:
            return Alternative(other.name.value, self._planned(other.request(self.request)))
        with suppress(InvalidInput):
            told = tuple(
                (id(mine), its) for mine, its in other.instead
            )  # the records are those of the plan that is kept
            key = other.name, told, tuple(other.inputs.items())
            kept = self.kept.other(key, partial(_instead, other=other), other.inputs)
            return Alternative(other.name.value, self._beside(kept.total(self.numbers)))
        return None

    def _difference(self, path: Path, value: Any) -> Decimal | None:
        """How the total changes under another reading of a convention; None where it cannot be billed so."""
        try:
            if path in _IN_PLAN:
                other = self.kept.other((path, value), partial(under, path=path, value=value))
                return ZERO if self._counts_alike(other.plan, path) else self._beside(other.total(self.numbers))
        except (Refused, InvalidInput):
            return None
        return self._planned(
            self.request.model_copy(update={"conventions": _with(self.request.conventions, path, value)})
        )

    def _planned(self, request: Request) -> Decimal | None:
        """How the total changes by the plan of another request; None where it cannot be billed."""
        try:
            bill = kept_plan(by_places(request), self.catalog)
            if bill not in self._totals:
                kept, numbers = bill
                self._totals[bill] = kept.total(numbers)
            return self._beside(self._totals[bill])
        except (Refused, InvalidInput):
            return None

    def _counts_alike(self, other: Plan, path: Path) -> bool:
        """Whether another rounding of readings, which tells on the total through the quantities alone, changes none."""
        if path != _READING_STEP or self.quantities is None:
            return False
        arithmetic = PlainArithmetic(self.kept.inputs_of(self.numbers))
        quantities = measure(other.points, other.energy, other.losses, arithmetic)
        return _numbers(quantities) == _numbers(self.quantities)

    def _beside(self, total: Decimal) -> Decimal:
        """What another total is above that of this bill [money]."""
        return EXACT.subtract(total, self.total)


def others_of(plan: Plan, convention: Convention[Any]) -> tuple[Any, ...]:
    """The other readings of a convention that may tell on a bill: of one group none rounds for each group."""
    one_group = len({group for each in plan.charges.of(POWER_FACTOR) for group in each.groups}) < 2
    return tuple(other for other in convention.others if not (other is RoundScope.GROUP and one_group))


def _instead(plan: Plan, other: OtherReading) -> Plan:
    """A plan with some of its records replaced."""
    return replace(plan, charges=plan.charges.instead({id(mine): its for mine, its in other.instead}))


def under(plan: Plan, path: Path, value: Any) -> Plan:
    """A plan under another reading of a convention that it keeps as it is."""
    return _IN_PLAN[path](plan, value)


def _with_reading_step(plan: Plan, step: Decimal) -> Plan:
    return replace(plan, energy=replace(plan.energy, reading=Rounding(step)))


def _with_levy_grain(plan: Plan, grain: Grain) -> Plan:
    lines = [replace(line, round_per=grain) if line.levy_grain else line for line in plan.charges.of(ENERGY)]
    return replace(plan, charges=plan.charges.replaced(ENERGY, lines))


def _with_adjustment_rounded(plan: Plan, scope: RoundScope) -> Plan:
    rounded_so = [replace(each, round=scope) for each in plan.charges.of(POWER_FACTOR)]
    return replace(plan, charges=plan.charges.replaced(POWER_FACTOR, rounded_so))


def _with_ratio_bands(plan: Plan, bands: RatioBands) -> Plan:
    return replace(plan, energy=replace(plan.energy, ratio_bands=bands))


def _with_sharp_elsewhere(plan: Plan, elsewhere: SharpElsewhere) -> Plan:
    sharp = replace(plan.energy.sharp, elsewhere=elsewhere)
    return replace(plan, energy=replace(plan.energy, sharp=sharp))


def _with_losses_rounded(plan: Plan, step: Decimal) -> Plan:
    return replace(plan, losses=replace(plan.losses, rounding=Rounding(step)))


def _with_losses_by_bands(plan: Plan, by: LossBandsBy) -> Plan:
    return replace(plan, losses=replace(plan.losses, bands=by))


def _with_demand_rounded(plan: Plan, step: Decimal) -> Plan:
    basic = (
        replace(each, rounding=Rounding(step)) if isinstance(each, DemandPlan) else each
        for each in plan.charges.of(BASIC)
    )
    return replace(plan, charges=plan.charges.replaced(BASIC, basic))


def _with_ratios_at_once(plan: Plan, base: RatioBase) -> Plan:
    """Without a rounding on the way from band to band: the one other reading."""

    def exact(part: PricePart) -> PricePart:
        return replace(part, prices=tuple((band, price.at_once()) for band, price in part.prices))

    lines = (replace(line, parts=tuple(map(exact, line.parts))) for line in plan.charges.of(ENERGY))
    return replace(plan, charges=plan.charges.replaced(ENERGY, lines))


_IN_PLAN: Mapping[Path, Callable[[Plan, Any], Plan]] = {
    _READING_STEP: _with_reading_step,
    ("basic", "demand_round"): _with_demand_rounded,
    ("kwh", "sharp_elsewhere"): _with_sharp_elsewhere,
    ("levies", "round_per"): _with_levy_grain,
    ("losses", "bands"): _with_losses_by_bands,
    ("losses", "round"): _with_losses_rounded,
    ("power_factor", "round"): _with_adjustment_rounded,
    ("sub_meters", "ratio_bands"): _with_ratio_bands,
    ("time_of_use", "ratio_of"): _with_ratios_at_once,
}
"""The conventions that a plan keeps as they are, so that another reading needs no new plan."""


def _numbers(quantities: Quantities) -> object:
    """The quantities that a bill is calculated from."""
    billed = [[number_of(energy) for energy in part.kwh.values()] for part in quantities.parts]
    return billed, [number_of(counted) for counted in quantities.registers.values()]


def _with(conventions: Conventions, place: Path, value: Any) -> Conventions:
    """The conventions with one of them changed."""

    def changed(model: Any, path: Sequence[str]) -> Any:
        name, *rest = path
        if isinstance(model, dict):
            return {**model, Kind(name): value}
        inner = changed(getattr(model, name), rest) if rest else value
        return model.model_copy(update={name: inner})

    return changed(conventions, place)  # type: ignore[no-any-return]


def _shown(value: Any) -> str:
    """A value as a fact: what a selector takes in and leaves out, a list with ``+`` between its entries, or a word."""
    if isinstance(value, BaseSelector):
        parts = ((name, _selected(getattr(value, name))) for name in ("include", "exclude"))
        return "; ".join(f"{name}: {names}" for name, names in parts if names)
    if isinstance(value, tuple):
        return " + ".join(str(entry) for entry in value)
    return "none" if value is None else str(value)


def _selected(lines: LineSelector) -> str:
    return " + ".join(map(str, (*lines.sections, *lines.tags, *lines.components, *lines.groups)))
