"""What a bill would come to under the other readings of the rules that it doubts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from billcalc.billing.evaluate import Evaluation, evaluate
from billcalc.billing.plan import BasicPlan, DemandPlan, Plan, PricePart, ShownDemand
from billcalc.billing.planning.planner import make_plan
from billcalc.billing.quantities import Quantities, measure
from billcalc.billing.request import Request
from billcalc.kernel.decimals import EXACT, ZERO
from billcalc.kernel.scalars import Input, PlainArithmetic, number_of
from billcalc.kernel.slots import Slot
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Alternative, InvalidInput, Problem, Refused, Severity
from billcalc.kernel.units import PURE
from billcalc.kernel.values import Rounding
from billcalc.kernel.wording import ProblemCode
from billcalc.metering.intervals import FillRule
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.conventions import (
    Conventions,
    RatioBands,
    RatioBase,
    RoundScope,
    SharpElsewhere,
)
from billcalc.tariff.resolved_conventions import Convention
from billcalc.vocabulary import Grain

__all__ = [
    "FILLED",
    "FILLS",
    "NO_ADJUSTMENT",
    "OF_BASIC",
    "OUTSIDE_BASE",
    "Billed",
    "others_of",
    "under",
]

NO_ADJUSTMENT = "no adjustment"
OUTSIDE_BASE = "outside the base"
FILLED = "filled"

FILLS = (FillRule.ZERO, FillRule.NEIGHBOURS)
"""The rules that fill intervals, each the alternative of the other."""

Path = tuple[str, ...]
"""Which convention: its place among them."""

_READING_STEP = ("kwh", "round", "reading")


@dataclass(frozen=True, slots=True)
class Billed:
    """What was billed, by which plan: what its other readings are compared with."""

    request: Request
    catalog: Catalog
    plan: Plan
    inputs: Mapping[Slot, Input]
    evaluation: Evaluation

    def told(self, problem: Problem) -> Problem:
        """The problem with what the total would be under the other reading of its rule, where it has one.

        A doubt whose other readings come to the same money is a note.
        """
        others = [self._basic(problem, *other) for other in OF_BASIC.get(problem.code, ())]
        if problem.code is ProblemCode.SETTLED_POWER_FACTOR:
            others.append(self._unadjusted(problem.facts["scope"], problem.facts["span"]))
        if problem.code is ProblemCode.INTERVAL_ABOVE_CAPACITY:
            others.append(self._without(problem.where))
        if problem.code is ProblemCode.INTERVALS_FILLED:
            rules = [rule for rule in FILLS if rule.value != problem.facts["fill"]]
            others.extend(Alternative(rule.value, self._filled(problem.facts["point"], rule)) for rule in rules)
        if problem.code in (ProblemCode.GIVEN_PARTLY_ASSESSED, ProblemCode.GIVEN_AGAINST_BASE):
            others.append(self._outside(problem.where))
        if not others:
            return problem
        alternatives = tuple(each for each in others if each is not None)
        same = bool(alternatives) and all(each.difference == 0 for each in alternatives)
        return replace(problem, severity=Severity.NOTE if same else problem.severity, alternatives=alternatives)

    def undocumented(self) -> list[Problem]:
        """A problem for each convention that no document tells, with the total under its other readings."""
        problems = []
        for convention in self.plan.undocumented:
            others = others_of(self.plan, convention)
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

    def _basic(self, problem: Problem, value: str, change: "_Change") -> Alternative | None:
        """Another reading of the basic charges that a problem is about, and of no others; None where there is none."""
        supply_point, span = problem.facts["supply_point"], problem.facts.get("span")
        meant = [
            basic for basic in self.plan.basic if basic.supply_point == supply_point and span in (None, str(basic.span))
        ]
        changed = {id(basic): change(basic) for basic in meant}
        if None in changed.values():
            return None
        other = replace(self.plan, basic=tuple(changed.get(id(basic)) or basic for basic in self.plan.basic))
        try:
            return Alternative(value, self._beside(other, self.inputs))
        except InvalidInput:  # it contradicts what else was read
            return None

    def _unadjusted(self, scope: str, span: str) -> Alternative:
        """Without the adjustment of a scope at the standard of some days."""
        inputs = {**self.inputs, _NONE: Input(ZERO, PURE, Term.POWER_FACTOR_RATIO, (scope,))}
        plans = tuple(
            replace(each, ratio=_NONE) if (each.scope, str(each.span)) == (scope, span) else each
            for each in self.plan.power_factors
        )
        return Alternative(NO_ADJUSTMENT, self._beside(replace(self.plan, power_factors=plans), inputs))

    def _outside(self, where: str) -> Alternative:
        amount = Slot(where.replace("/power_factor", "/amount"))
        given = tuple(replace(each, in_base=each.in_base and each.amount != amount) for each in self.plan.given)
        return Alternative(OUTSIDE_BASE, self._beside(replace(self.plan, given=given), self.inputs))

    def _without(self, where: str) -> Alternative | None:
        """With one interval taken as missing and filled as its neighbours tell."""
        _, _, number, _, _, place = where.split("/")
        points = list(self.request.metering_points)
        point = points[int(number)]
        assert point.intervals is not None, "the problem is about an interval"
        values = list(point.intervals.values)
        values[int(place)] = None
        told = point.intervals.model_copy(update={"values": tuple(values), "fill": FillRule.NEIGHBOURS})
        points[int(number)] = point.model_copy(update={"intervals": told})
        request = self.request.model_copy(update={"metering_points": tuple(points)})
        return Alternative(FILLED, self._beside(*make_plan(request, self.catalog)))

    def _filled(self, point: str, rule: FillRule) -> Decimal | None:
        """How the total changes where another rule fills a metering point's intervals; None where none can."""
        points = tuple(
            each.model_copy(update={"intervals": each.intervals.model_copy(update={"fill": rule})})
            if each.id == point and each.intervals is not None
            else each
            for each in self.request.metering_points
        )
        return self._planned(self.request.model_copy(update={"metering_points": points}))

    def _difference(self, path: Path, value: Any) -> Decimal | None:
        """How the total changes under another reading of a convention; None where it cannot be billed so."""
        try:
            if path == _READING_STEP:
                return self._of_reading_step(value)
            if path in _IN_PLAN:
                return self._beside(under(self.plan, path, value), self.inputs)
        except (Refused, InvalidInput):
            return None
        return self._planned(
            self.request.model_copy(update={"conventions": _with(self.request.conventions, path, value)})
        )

    def _planned(self, request: Request) -> Decimal | None:
        """How the total changes by the plan of another request; None where it cannot be billed."""
        try:
            return self._beside(*make_plan(request, self.catalog))
        except (Refused, InvalidInput):
            return None

    def _of_reading_step(self, step: Decimal) -> Decimal:
        """With another rounding of readings, which tells on the total through the quantities alone."""
        other = under(self.plan, _READING_STEP, step)
        quantities = measure(other, PlainArithmetic(self.inputs))
        if _numbers(quantities) == _numbers(self.evaluation.quantities):
            return ZERO
        return self._beside(other, self.inputs)

    def _beside(self, plan: Plan, inputs: Mapping[Slot, Input]) -> Decimal:
        """What the total of another plan is above that of this one [money]."""
        return EXACT.subtract(
            number_of(evaluate(plan, PlainArithmetic(inputs)).total), number_of(self.evaluation.total)
        )


def others_of(plan: Plan, convention: Convention[Any]) -> tuple[Any, ...]:
    """The other readings of a convention that may tell on a bill: of one group none rounds for each group."""
    one_group = len({group for each in plan.power_factors for group in each.groups}) < 2
    return tuple(other for other in convention.others if not (other is RoundScope.GROUP and one_group))


def under(plan: Plan, path: Path, value: Any) -> Plan:
    """A plan under another reading of a convention that it keeps as it is."""
    return _IN_PLAN[path](plan, value)


def _with_reading_step(plan: Plan, step: Decimal) -> Plan:
    return replace(plan, energy=replace(plan.energy, reading=Rounding(step)))


def _with_levy_grain(plan: Plan, grain: Grain) -> Plan:
    lines = [replace(line, round_per=grain) if line.levy_grain else line for line in plan.energy_lines]
    return replace(plan, energy_lines=tuple(lines))


def _with_adjustment_rounded(plan: Plan, scope: RoundScope) -> Plan:
    return replace(plan, power_factors=tuple(replace(each, round=scope) for each in plan.power_factors))


def _with_ratio_bands(plan: Plan, bands: RatioBands) -> Plan:
    return replace(plan, energy=replace(plan.energy, ratio_bands=bands))


def _with_sharp_elsewhere(plan: Plan, elsewhere: SharpElsewhere) -> Plan:
    sharp = replace(plan.energy.sharp, elsewhere=elsewhere)
    return replace(plan, energy=replace(plan.energy, sharp=sharp))


def _with_demand_rounded(plan: Plan, step: Decimal) -> Plan:
    return replace(plan, basic=tuple(replace(each, demand_round=step) for each in plan.basic))


def _with_ratios_at_once(plan: Plan, base: RatioBase) -> Plan:
    """Without a rounding on the way from band to band: the one other reading."""

    def exact(part: PricePart) -> PricePart:
        return replace(part, prices=tuple((band, price.at_once()) for band, price in part.prices))

    lines = (replace(line, parts=tuple(map(exact, line.parts))) for line in plan.energy_lines)
    return replace(plan, energy_lines=tuple(lines))


_IN_PLAN: Mapping[Path, Callable[[Plan, Any], Plan]] = {
    _READING_STEP: _with_reading_step,
    ("basic", "demand_round"): _with_demand_rounded,
    ("kwh", "sharp_elsewhere"): _with_sharp_elsewhere,
    ("levies", "round_per"): _with_levy_grain,
    ("power_factor", "round"): _with_adjustment_rounded,
    ("sub_meters", "ratio_bands"): _with_ratio_bands,
    ("time_of_use", "ratio_of"): _with_ratios_at_once,
}
"""The conventions that a plan keeps as they are, so that another reading needs no new plan."""


def _numbers(quantities: Quantities) -> object:
    """The quantities that a bill is calculated from."""
    billed = [[number_of(energy) for energy in part.kwh.values()] for part in quantities.parts]
    return billed, [number_of(counted) for counted in quantities.registers.values()]


_NONE = Slot("", "no adjustment")
_Change = Callable[[BasicPlan], BasicPlan | None]


def _with_own_days(plan: BasicPlan) -> BasicPlan:
    return replace(plan, replaced=None)


def _with_read_demand(plan: BasicPlan) -> BasicPlan | None:
    """What the meters show; None where that is billed."""
    assert plan.demand is not None, "the problem is about a demand"
    return replace(plan, demand=DemandPlan(None, plan.demand.read)) if plan.demand.read else None


def _with_given_power(plan: BasicPlan) -> BasicPlan | None:
    """What the registers show as kW already; None where no multiplier was applied."""
    assert plan.demand is not None, "the problem is about a demand"
    bare = tuple(tuple(ShownDemand(each.demand) for each in readings) for readings in plan.demand.points)
    return None if bare == plan.demand.points else replace(plan, demand=replace(plan.demand, points=bare))


def _with_untimed_demand(plan: BasicPlan) -> BasicPlan | None:
    return None if plan.untimed is None else replace(plan, demand=plan.untimed)


def _with_other_band(plan: BasicPlan) -> BasicPlan:
    """The band between the contract and the first limit free where it is charged, and charged where it is free."""
    first, *others = plan.over_steps
    return replace(plan, over_steps=(first.model_copy(update={"free_band": not first.free_band}), *others))


def _with_discount(plan: BasicPlan) -> BasicPlan:
    return replace(plan, discounted=True)


def _without_discount(plan: BasicPlan) -> BasicPlan:
    return replace(plan, discounted=False)


_MISREAD = (("read demand", _with_read_demand), ("without the multiplier", _with_given_power))

OF_BASIC: Mapping[ProblemCode, tuple[tuple[str, _Change], ...]] = {
    ProblemCode.CAPACITY_REPLACED: (("own days", _with_own_days),),
    ProblemCode.EXCESS_DEMAND: (("the other band", _with_other_band),),
    ProblemCode.DEMAND_DIFFERS: (("read demand", _with_read_demand), ("demand of the cycle", _with_untimed_demand)),
    ProblemCode.DEMAND_ABOVE_CAPACITY: _MISREAD,
    ProblemCode.DEMAND_ABOVE_ENERGY: _MISREAD,
    ProblemCode.DEMAND_NOT_READ: (("demand of the cycle", _with_untimed_demand),),
    ProblemCode.DISCOUNT_NOT_TESTED: (("discount", _with_discount),),
    ProblemCode.DISCOUNT_PART_PERIOD: (("discount", _with_discount),),
    ProblemCode.DISCOUNT_CAPACITY_CHANGED: (("discount", _with_discount), ("no discount", _without_discount)),
}
"""The other readings of a doubt about the basic charge."""


def _with(conventions: Conventions, place: Path, value: Any) -> Conventions:
    """The conventions with one of them changed."""

    def changed(model: Any, path: Sequence[str]) -> Any:
        name, *rest = path
        if isinstance(model, dict):
            return {**model, name: value}
        inner = changed(getattr(model, name), rest) if rest else value
        return model.model_copy(update={name: inner})

    return changed(conventions, place)  # type: ignore[no-any-return]


def _shown(value: Any) -> str:
    if hasattr(value, "model_dump"):
        return str({k: v for k, v in value.model_dump(mode="json", exclude_defaults=True).items() if v})
    if isinstance(value, tuple):
        return " + ".join(str(entry) for entry in value)
    return "none" if value is None else str(value)
