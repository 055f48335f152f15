"""From a request to a bill or a refusal: the one place that plans, evaluates and returns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from billcalc._version import __version__
from billcalc.billing.bill import Bill, make_bill
from billcalc.billing.evaluate import evaluate
from billcalc.billing.identity import bill_id
from billcalc.billing.plan import BasicPlan, Plan
from billcalc.billing.planning.planner import make_plan
from billcalc.billing.request import Request
from billcalc.kernel.decimals import EXACT
from billcalc.kernel.scalars import DerivedArithmetic, Input, PlainArithmetic, number_of
from billcalc.kernel.troubles import (
    Alternative,
    Fault,
    InvalidInput,
    Problem,
    Refusal,
    Refused,
    Severity,
)
from billcalc.kernel.wording import FaultCode, ProblemCode
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.conventions import ALTERNATIVES, DEFAULTS, Conventions

__all__ = ["calculate", "wanted_tariffs"]


def calculate(request: Request, catalog: Catalog, *, derivation: bool = True) -> Bill | Refusal:
    """Calculate one bill.

    Args:
        request: what is billed.
        catalog: the tariffs.
        derivation: whether lines carry their steps; the numbers are the same without them, and sooner there.

    Returns:
        The bill, or what is missing for it.

    Raises:
        InvalidInput: where the request contradicts itself or the tariff set it asks for is another.
    """
    catalog = wanted_tariffs(request, catalog)
    try:
        plan, inputs = make_plan(request, catalog)
        arithmetic = DerivedArithmetic(inputs) if derivation else PlainArithmetic(inputs)
        evaluation = evaluate(plan, arithmetic)
    except Refused as refused:
        return refused.refusal
    total = number_of(evaluation.total)
    readings = _Readings(plan, inputs, total)
    doubts = _undocumented(request, catalog, plan, total)
    return make_bill(
        plan,
        evaluation,
        bill_id=bill_id(request, catalog.fingerprints(source.id for source in plan.documents), __version__),
        version=__version__,
        tariff_set=catalog.version,
        problems=(*map(readings.told, (*plan.problems, *arithmetic.problems)), *doubts),
    )


def wanted_tariffs(request: Request, catalog: Catalog) -> Catalog:
    """The tariffs that a request asks for: those at hand, or what was known of them on a day.

    Raises:
        InvalidInput: where the tariff set it asks for is another.
    """
    wanted = request.tariff_set
    if wanted.hash is not None and wanted.hash != catalog.version:
        reason = f"the request asks for tariff set {wanted.hash}, and the one at hand is {catalog.version}"
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, "/tariff_set/hash", {"reason": reason})])
    return catalog if wanted.as_known_on is None else catalog.as_known_on(wanted.as_known_on)


@dataclass(frozen=True, slots=True)
class _Readings:
    """The other readings of a rule that a problem doubts, as changes of the plan."""

    plan: Plan
    inputs: Mapping[str, Input]
    total: Decimal

    def told(self, problem: Problem) -> Problem:
        """The problem with what the total would be under the other reading of its rule, where it has one."""
        if problem.code is ProblemCode.EXCESS_DEMAND:
            return replace(problem, alternatives=(self._alternative("the other band", _with_other_band),))
        if problem.code is ProblemCode.DISCOUNT_NOT_TESTED:
            return replace(problem, alternatives=(self._alternative("discount", _with_discount),))
        if problem.code is ProblemCode.DISCOUNT_CAPACITY_CHANGED:
            others = (
                self._alternative("discount", _with_discount),
                self._alternative("no discount", _without_discount),
            )
            return replace(problem, alternatives=others)
        return problem

    def _alternative(self, value: str, change: Callable[[BasicPlan], BasicPlan]) -> Alternative:
        other = replace(self.plan, basic=tuple(change(basic) for basic in self.plan.basic))
        total = number_of(evaluate(other, PlainArithmetic(self.inputs)).total)
        return Alternative(value, EXACT.subtract(total, self.total))


def _with_other_band(plan: BasicPlan) -> BasicPlan:
    """The band between the contract and the first limit free where it is charged, and charged where it is free."""
    if not plan.over_steps:
        return plan
    first, *others = plan.over_steps
    return replace(plan, over_steps=(first.model_copy(update={"free_band": not first.free_band}), *others))


def _with_discount(plan: BasicPlan) -> BasicPlan:
    return replace(plan, discounted=True)


def _without_discount(plan: BasicPlan) -> BasicPlan:
    return replace(plan, discounted=False)


def _undocumented(request: Request, catalog: Catalog, plan: Plan, total: Decimal) -> list[Problem]:
    """A problem for each convention that no document tells, with the total under its other readings."""
    problems = []
    for key in plan.undocumented:
        others = ALTERNATIVES.get(key, ())
        if not others:
            continue
        alternatives = tuple(
            Alternative(_shown(other), _difference(request, catalog, key, other, total)) for other in others
        )
        matters = any(each.difference != 0 for each in alternatives)
        if not matters and key == "kwh.round.reading":
            continue  # every reading is a whole step already: nothing was rounded, so there is nothing to doubt
        facts = {"key": key, "area": request.area, "chosen": _shown(DEFAULTS[key])}
        severity = Severity.DOUBT if matters else Severity.NOTE
        where = f"/conventions/{key.replace('.', '/')}"
        problems.append(Problem(ProblemCode.CONVENTION_UNDOCUMENTED, severity, where, facts, alternatives))
    return problems


def _difference(request: Request, catalog: Catalog, key: str, value: Any, total: Decimal) -> Decimal | None:
    """How the total changes under another reading of a convention; None where it cannot be billed so."""
    other = request.model_copy(update={"conventions": _with(request.conventions, key, value)})
    try:
        plan, inputs = make_plan(other, catalog)
        return EXACT.subtract(number_of(evaluate(plan, PlainArithmetic(inputs)).total), total)
    except (Refused, InvalidInput):
        return None


def _with(conventions: Conventions, key: str, value: Any) -> Conventions:
    """The conventions with one key changed."""

    def changed(model: Any, path: list[str]) -> Any:
        name, *rest = path
        if isinstance(model, dict):
            return {**model, name: value}
        inner = changed(getattr(model, name), rest) if rest else value
        return model.model_copy(update={name: inner})

    return changed(conventions, key.split("."))  # type: ignore[no-any-return]


def _shown(value: Any) -> str:
    if hasattr(value, "model_dump"):
        return str({k: v for k, v in value.model_dump(mode="json", exclude_defaults=True).items() if v})
    if isinstance(value, tuple):
        return " + ".join(str(entry) for entry in value)
    return "none" if value is None else str(value)
