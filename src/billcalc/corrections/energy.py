"""The right request of a month: what is right in its file is set, and what its meter counted is corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from billcalc.billing.planning.planner import make_plan
from billcalc.billing.quantities import measure
from billcalc.billing.request import Request
from billcalc.bulk.paths import check_places, request_data
from billcalc.corrections.case import Case, Cause, Half
from billcalc.corrections.factors import error_factor, mixed_factor, wiring_factor
from billcalc.corrections.rules import CorrectionRules
from billcalc.fields import validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import EXACT, ZERO, exact_sum
from billcalc.kernel.reasons import Reason
from billcalc.kernel.scalars import PlainArithmetic, number_of
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.metering.models import ENERGY_REGISTERS, Register
from billcalc.tariff.catalog import Catalog

__all__ = ["CorrectedEnergy", "corrected", "factor_of", "right_data", "share_of_month", "told_data"]

Energies = Mapping[Register, Decimal]


@dataclass(frozen=True, slots=True)
class CorrectedEnergy:
    """What becomes of the energy of a metering point in a month.

    Attributes:
        where: the place of the metering point in the request.
        factor: the correction factor; None where a normal month is the basis [1].
        share: the part of the month's energy that is corrected, by its days and by the rule [1].
        metered, added: by register [kWh].
        exact: what is added, with that of the months before, before any rounding [kWh].
    """

    point: str
    where: str
    factor: Fraction | None
    share: Fraction
    metered: Energies
    added: Energies
    exact: Fraction

    @property
    def sums(self) -> tuple[Decimal, Decimal]:
        """What was counted, and what is added to it [kWh]; a total register beside bands is not added to them."""
        bands = _billed_by(self.metered)
        return exact_sum(self.metered[each] for each in bands), exact_sum(self.added[each] for each in bands)


def told_data(request: Request, *, whole: bool = False) -> dict[str, Any]:
    """The data of a request as its file tells them; the whole of them with all that the file leaves unsaid."""
    data = request.model_dump(mode="json", by_alias=True, exclude_unset=not whole)
    for point in data.get("metering_points", ()):
        point["readings"] = [{**each, **each["registers"]} for each in point.get("readings", ())]
        for reading in point["readings"]:
            del reading["registers"]
    return data


def right_data(request: Request, right: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a request with what is right set at its paths; None takes a place out."""
    data = told_data(request)
    check_places(right, data)
    emptied = request_data(data, dict.fromkeys(right))  # what is right stands in the place of all that was there
    return request_data(emptied, right)


def factor_of(case: Case, rules: CorrectionRules) -> Fraction | None:
    """The correction factor of a case; None where a normal month is the basis.

    Raises:
        InvalidInput: where the meter counted nothing, or backwards: no factor makes energy of that.
    """
    found: Fraction | None
    match case.cause:
        case Cause.METER_ERROR:
            assert case.error is not None, "a case of a meter's error tells it"
            return error_factor(case.error)
        case Cause.NOT_MEASURED:
            return None
        case Cause.MIXED_RATIOS:
            assert case.ratios is not None, "a case of mixed ratios tells them"
            key, found = "ratios", mixed_factor(case.ratios)
        case _ if case.wiring is not None:
            key, found = "wiring", wiring_factor(case.wiring, rules.factor_step)
        case _:
            assert case.factor is not None, "a case of a wrong connection tells it or its factor"
            return Fraction(case.factor)
    if found is None or found < 0:
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, f"/{key}", {"reason": Reason.NO_FACTOR})])
    return found


def share_of_month(case: Case, month: Span, share: Decimal) -> Fraction:
    """Which part of a month's energy is corrected: its wrong days ÷ its days, and of them the part that the rule says.

    Args:
        case: tells the days on which the meter was wrong.
        month: the days that were billed.
        share: of the rule; where it is less than 1 the case says which days that are.
    """
    span = case.span
    assert span is not None, "a case of energy tells its days"
    first, part = Fraction(span.start.toordinal()), Fraction(share)
    last = first + span.days
    if case.half is Half.LATER_DAYS:
        first, part = last - span.days * part, Fraction(1)
    begin = Fraction(month.start.toordinal())
    common = min(last, begin + month.days) - max(first, begin)
    return max(common, Fraction(0)) / month.days * part


def corrected(
    request: Request, case: Case, rules: CorrectionRules, catalog: Catalog, *, before: Fraction
) -> tuple[Request, CorrectedEnergy]:
    """A request whose metering point tells the corrected energies instead of reading them, and what was corrected.

    Args:
        request: of the month.
        case: what was wrong.
        rules: in force in the month.
        catalog: the tariffs.
        before: what was added in the months before, before any rounding [kWh]: the whole of a case is rounded, and not
            each month by itself.

    Raises:
        InvalidInput: where there is no such point, or it was read within the month, for each part is then corrected by
            itself.
    """
    number = _point_of(request, case)
    point = request.metering_points[number]
    plan, inputs = make_plan(request, catalog)
    [planned] = [each for each in plan.points if each.id == point.id]
    if len(plan.pieces) > 1 and any(len(tellers) > 1 for _, tellers in planned.registers):
        facts = {"reason": Reason.READ_WITHIN, "point": point.id}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, f"/metering_points/{number}/readings", facts)])
    counted = measure(plan.points, plan.energy, plan.losses, PlainArithmetic(inputs)).registers
    metered = {
        register: exact_sum(number_of(value) for key, value in counted.items() if key[:2] == (point.id, register))
        for register in ENERGY_REGISTERS
        if any(key[:2] == (point.id, register) for key in counted)
    }
    _check_registers(case, point.id, metered)
    share = share_of_month(case, request.period.span, rules.of(case.cause).share)
    factor = factor_of(case, rules)
    exact = _exactly_added(case, metered, factor, share)
    added = _whole_steps(exact, before, plan.energy.reading.step)
    if Register.TOTAL in metered and Register.TOTAL not in added:
        added[Register.TOTAL] = exact_sum(added.values())
    counted_by = {each: metered.get(each, ZERO) for each in added}
    upto = before + sum(exact.values(), Fraction(0))
    told = CorrectedEnergy(point.id, f"/metering_points/{number}", factor, share, counted_by, added, upto)
    if not any(added.values()):
        return request, told
    right = {
        f"/metering_points/{number}/given/kwh/{register.value}": f"{EXACT.add(counted_by[register], more):f}"
        for register, more in added.items()
    }
    return validated(Request, right_data(request, right)), told


def _point_of(request: Request, case: Case) -> int:
    """The place of the metering point that counted wrongly."""
    ids = [point.id for point in request.metering_points]
    if case.point is None and len(ids) == 1:
        return 0
    if case.point is None:
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, "/point", {"key": "point"})])
    if case.point not in ids:
        facts = {"kind": "metering point", "id": case.point, "known": ", ".join(ids)}
        raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, "/point", facts)])
    return ids.index(case.point)


def _billed_by(metered: Energies) -> list[Register]:
    """The registers that tell the energy: the bands, or where there are none the total."""
    return [each for each in metered if each is not Register.TOTAL] or list(metered)


def _check_registers(case: Case, point: str, metered: Energies) -> None:
    """See that the energy of a normal month, and shares, are told by the registers that are billed.

    A total would stand beside bands that get nothing: either of the two would be billed, and not what was meant.
    """
    billed = _billed_by(metered)
    normal, shares = (set(billed if told is None else told) for told in (case.normal_kwh, case.bands))
    is_shared = case.bands is not None and normal == {Register.TOTAL}
    has_both = Register.TOTAL in normal and len(normal) > 1
    wrong = {
        "/normal_kwh": has_both or not (is_shared or normal.issuperset(billed)),
        "/bands": Register.TOTAL in shares and shares != set(billed),
    }
    for where, is_wrong in wrong.items():
        if is_wrong:
            facts = {"reason": Reason.REGISTERS_OF_POINT, "point": point, "register": ", ".join(billed)}
            raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, facts)])


def _exactly_added(
    case: Case, metered: Energies, factor: Fraction | None, share: Fraction
) -> Mapping[Register, Fraction]:
    """What is added to each register that is billed, before any rounding [kWh]."""
    counted = {band: Fraction(metered[band]) for band in _billed_by(metered)}
    if factor is None:
        assert case.normal_kwh is not None, "a case of a normal month tells its energy"
        right = {band: Fraction(kwh) for band, kwh in case.normal_kwh.items()}
    else:
        right = {band: kwh * factor for band, kwh in counted.items()}
    if case.bands is not None:
        whole = (sum(right.values(), Fraction(0)) - sum(counted.values())) * share
        return {band: whole * Fraction(part) for band, part in case.bands.items()}
    none = Fraction(0)
    return {
        band: (right.get(band, none) - counted.get(band, none)) * share for band in dict.fromkeys((*counted, *right))
    }


def _whole_steps(exact: Mapping[Register, Fraction], before: Fraction, step: Decimal) -> dict[Register, Decimal]:
    """Exact parts as multiples of the step: running sums are rounded, so that all parts sum to the rounded whole."""
    parts: dict[Register, Decimal] = {}
    running, told = before, _rounded(before, step)
    for register, part in exact.items():
        running += part
        upto = _rounded(running, step)
        parts[register], told = EXACT.subtract(upto, told), upto
    return parts


def _rounded(number: Fraction, step: Decimal) -> Decimal:
    """The nearest multiple of the step, halves away from zero."""
    steps = abs(number) / Fraction(step) + Fraction(1, 2)
    count = steps.numerator // steps.denominator
    return Decimal(count if number >= 0 else -count) * step
