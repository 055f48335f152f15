"""What is doubtful about a case of corrections: a cause that is not of what it changes, numbers hardly meant."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from billcalc.corrections.case import OF_ENERGY, Case
from billcalc.corrections.causes import causes_of, is_of
from billcalc.corrections.effects import Effect
from billcalc.corrections.factors import shown_factor
from billcalc.corrections.rules import CorrectionRules
from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Severity
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.plausibility import Plausibility
from billcalc.vocabulary import Kind

__all__ = ["doubts_of_cause", "doubts_of_effects", "doubts_of_numbers"]

Changed = Sequence[tuple[str, str]]
"""What a case changes: where the case tells it, and the place of the request."""


def doubts_of_cause(case: Case, changed: Changed) -> Iterator[Problem]:
    """A doubt for each place that a case changes and its cause has nothing to do with.

    Raises:
        InvalidInput: where all that a case changes of the file is of other causes: its letter would name a false
            ground.
    """
    others = {told: causes_of(place) for told, place in changed if not is_of(place, case.cause)}
    found = [
        (told, {"name": told, "cause": case.cause.value, "causes": ", ".join(each.value for each in of)})
        for told, of in others.items()
    ]
    if found and case.cause not in OF_ENERGY and not any(is_of(place, case.cause) for _, place in changed):
        told, facts = found[0]
        facts = {"reason": Reason.CAUSE_OF_OTHERS, **facts}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, "/cause", facts)])
    for told, facts in found:
        yield Problem(ProblemCode.CHANGE_OF_ANOTHER_CAUSE, Severity.DOUBT, told, facts)


def doubts_of_effects(effects: Sequence[tuple[str, Effect]]) -> Iterator[Problem]:
    """A doubt for each path that is as it was billed, or makes no line other, in all months that it is of."""
    told: dict[str, set[Effect]] = {}
    for where, effect in effects:
        told.setdefault(where, set()).add(effect)
    for where, found in told.items():
        if Effect.SOME not in found:
            is_other = Effect.NOTHING in found
            code = ProblemCode.RIGHT_WITHOUT_EFFECT if is_other else ProblemCode.RIGHT_AS_BILLED
            yield Problem(code, Severity.DOUBT, where, {"name": where})


def doubts_of_numbers(
    case: Case, factor: Fraction | None, catalog: Catalog, rules: CorrectionRules
) -> Iterator[Problem]:
    """A doubt about an error of a meter, and about a factor, that hardly any meter has.

    Args:
        case: what was wrong.
        factor: what its energy is multiplied by; None where a normal month is the basis [1].
        catalog: has the limits; without them nothing is doubted.
        rules: to what a factor is shown.
    """
    month = case.months[0].billed
    found = catalog.find(Kind.PLAUSIBILITY, month.area, case.start or month.period.start)
    if found is None:
        return
    assert isinstance(found.document, Plausibility)
    limits = found.document.corrections
    if limits is None or factor is None:
        return
    if case.error is not None:
        if abs(case.error) > limits.error:
            yield _implausible("/error", f"{case.error:f}", -limits.error, limits.error)
    elif not Fraction(limits.factor.least) <= factor <= Fraction(limits.factor.most):
        [where] = [f"/{key}" for key in ("factor", "wiring", "ratios") if getattr(case, key) is not None]
        yield _implausible(where, str(shown_factor(factor, rules.factor_step)), limits.factor.least, limits.factor.most)


def _implausible(where: str, value: str, least: Decimal, most: Decimal) -> Problem:
    facts = {"name": where, "value": value, "least": f"{least:f}", "most": f"{most:f}"}
    return Problem(ProblemCode.CORRECTION_IMPLAUSIBLE, Severity.DOUBT, where, facts)
