"""How given lines are planned."""

from dataclasses import replace

from billcalc.billing.charges.given.records import GivenLinePlan
from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.line_name import LineName
from billcalc.billing.planning.case import NOT_ASSESSED, Case, refuse
from billcalc.billing.planning.prices import (
    takes_given,
)
from billcalc.billing.request import GivenLine, GivenRatio
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Severity
from billcalc.kernel.units import KWH, MONEY, PURE

__all__ = ["plan_given_lines"]


def plan_given_lines(case: Case) -> tuple[GivenLinePlan, ...]:
    """The lines whose amounts are given.

    Raises:
        InvalidInput: where one is to be adjusted and its group is not assessed.
        Refused: where one is to be adjusted in a cycle with two standards.
    """
    return tuple(_given(case, f"/given/{index}", line) for index, line in enumerate(case.request.given))


def _given(case: Case, here: str, line: GivenLine) -> GivenLinePlan:
    scope = None
    noted: list[int] = []
    if line.power_factor != "none":
        scope = _scope_of_given(case, here, line)
        if line.power_factor == "base" and scope is not None:
            noted.extend(_doubt_part(case, here, line, scope))
            if not takes_given(case, line.code, line.section, line.group):
                facts = {"line": line.code, "section": line.section.value}
                problem = Problem(ProblemCode.GIVEN_AGAINST_BASE, Severity.DOUBT, f"{here}/power_factor", facts)
                noted.append(case.notes.note(problem))
    ratio = None
    if isinstance(line.power_factor, GivenRatio):
        pointer = f"{here}/power_factor/ratio"
        ratio = case.notes.slot(pointer, line.power_factor.ratio, PURE, Term.POWER_FACTOR_RATIO, line.code)
    kwh = price = None
    if line.kwh is not None:
        kwh = case.notes.slot(f"{here}/kwh", line.kwh, KWH, Term.GIVEN_ENERGY, line.code)
    if line.price is not None:
        price = case.notes.slot(f"{here}/price", line.price, f"{MONEY}/{KWH}", Term.UNIT_PRICE, line.code)
    plan = GivenLinePlan(
        name=LineName(line.code, line.label, line.section, line.group, case.request.period.span),
        band=line.band,
        amount=case.notes.slot(f"{here}/amount", line.amount, MONEY, Term.GIVEN_AMOUNT, line.code),
        kwh=kwh,
        price=price,
        digits=None if kwh is None or price is None else (case.notes.last_digit(kwh), case.notes.last_digit(price)),
        in_base=line.power_factor != "none",
        ratio=ratio,
        scope=scope,
    )
    for place in noted:
        case.notes.doubt(place, OtherReading(Reading.OUTSIDE_BASE, ((plan, replace(plan, in_base=False)),)))
    return plan


def _doubt_part(case: Case, here: str, line: GivenLine, scope: str) -> list[int]:
    """Doubt an amount of the whole period that is adjusted in full where its scope is assessed in a part of it."""
    without = [piece for piece, standard in enumerate(case.scopes.standards[scope]) if standard == NOT_ASSESSED]
    if not without:
        return []
    facts = {"line": line.code, "scope": scope, "span": ", ".join(map(str, case.spans(without)))}
    return [case.notes.note(Problem(ProblemCode.GIVEN_PARTLY_ASSESSED, Severity.DOUBT, f"{here}/power_factor", facts))]


def _scope_of_given(case: Case, here: str, line: GivenLine) -> str | None:
    """The scope of a given line that is adjusted; None where the adjustment is a given line itself."""
    scope = case.scopes.groups.get(line.group)
    runs = [] if scope is None else case.scopes.runs(scope)
    if len(runs) > 1:
        facts = {"what": Reason.TWO_STANDARDS, "line": line.code}
        raise refuse(RefusalCode.NOT_SUPPORTED, f"{here}/power_factor", **facts)
    is_given = any(each.group == line.group and "power_factor" in each.supplies for each in case.request.given)
    if not runs and (not is_given or isinstance(line.power_factor, GivenRatio)):
        reason = Reason.ADJUSTED_GIVEN if is_given else Reason.ADJUSTED_NOT_ASSESSED
        facts = {"reason": reason, "line": line.code, "group": line.group}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, f"{here}/power_factor", facts)])
    return scope
