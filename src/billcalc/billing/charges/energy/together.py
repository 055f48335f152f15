"""Lines whose amounts hang together: rounded as one, or with a surcharge of sharp hours apart."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from billcalc.billing.charges.energy.records import EnergyLinePlan, SurchargePlan
from billcalc.billing.plan_prices import PricePart
from billcalc.billing.planning.case import Case, refuse
from billcalc.billing.planning.prices import Paid, group_key, ratios_in
from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.decimals import EXACT, ONE
from billcalc.kernel.reasons import Reason
from billcalc.kernel.sources import Source
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.values import Rounding
from billcalc.tariff.components import BILLED_KWH
from billcalc.tariff.convention_rules import JointAmount, SharpSurcharge, names
from billcalc.tariff.resolved_conventions import Convention
from billcalc.vocabulary import Band, Grain

__all__ = ["tied"]

Lines = dict[str, EnergyLinePlan]
"""The lines of a group in a piece, by code."""


def tied(
    case: Case, group: str, piece: int, lines: Lines, paid: Mapping[str, Sequence[Paid]]
) -> tuple[Lines, frozenset[str]]:
    """The lines of a group in a piece with what they take of each other, and the codes of those that do or give.

    Args:
        case: the planning state.
        group: who pays them.
        piece: when.
        lines: by code.
        paid: the components of each.

    Raises:
        Refused: where the lines of a convention cannot be calculated together.
    """
    if not lines:
        return {}, frozenset()
    found = dict(lines)
    key = group_key(case.agreement_of(piece).groups[group])
    together: set[str] = set()
    surcharges, joints = case.conventions.time_of_use.sharp_surcharge, case.conventions.amounts.joint
    for surcharge in surcharges.value:
        members = _members(case, group, surcharges, surcharge, found) if surcharge.selector.matches(key) else []
        if members and Band.SHARP in members[0].bands:
            found.update(_surcharged(case, piece, surcharge, members, paid))
            together.update(line.name.code for line in members)
    joined: set[str] = set()
    for joint in joints.value:
        members = _members(case, group, joints, joint, found) if joint.selector.matches(key) else []
        if len(members) > 1:
            found.update(_joint(case, joint, members, joined))
            joined.update(line.name.code for line in members)
    return found, frozenset(together | joined)


def _members(
    case: Case, group: str, convention: Convention[object], rule: JointAmount | SharpSurcharge, lines: Lines
) -> list[EnergyLinePlan]:
    """The lines of a rule, that which takes the rest first; none, with a doubt, where not one line can take it."""
    found = [
        line for line in lines.values() if line.quantity == BILLED_KWH and rule.has(line.name.code, line.name.section)
    ]
    rest = [line for line in found if names(rule.rest, line.name.code, line.name.section)]
    if len(rest) == 1:
        return [*rest, *(line for line in found if line is not rest[0])]
    if len(found) > 1:
        lines_of, rest_of = (", ".join(names) for names in ((line.name.code for line in found), rule.rest))
        facts = {"key": convention.key, "group": group, "lines": lines_of, "rest": rest_of, "count": str(len(rest))}
        case.notes.note(Problem(ProblemCode.REST_NOT_TOLD, Severity.DOUBT, convention.pointer, facts))
    return []


def _joint(case: Case, rule: JointAmount, lines: Sequence[EnergyLinePlan], joined: set[str]) -> Lines:
    """Lines that are rounded as one, the first of which takes what the others leave."""
    rest, *others = lines
    shapes = {(line.bands, line.rounding.step) for line in lines}
    if len(shapes) > 1 or rest.surcharge is not None or not joined.isdisjoint(line.name.code for line in lines):
        stated = ", ".join(line.name.code for line in lines)
        facts = {"what": Reason.JOINT_LINES, "lines": stated}
        raise refuse(RefusalCode.NOT_SUPPORTED, "/conventions/amounts/joint", **facts)
    case.notes.cited(case.conventions.amounts.joint)
    source = case.conventions.amounts.joint.source
    found = {
        line.name.code: replace(
            line,
            round_per=rule.round_per,
            print_per=Grain.TOTAL if rule.round_per is Grain.TOTAL else line.print_per,
            levy_grain=False,
            rounding=Rounding(line.rounding.step, source),
        )
        for line in lines
    }
    found[rest.name.code] = replace(found[rest.name.code], joint=tuple(line.name.code for line in others))
    return found


def _surcharged(
    case: Case,
    piece: int,
    rule: SharpSurcharge,
    lines: Sequence[EnergyLinePlan],
    paid: Mapping[str, Sequence[Paid]],
) -> Lines:
    """Lines that are billed at peak in sharp hours, the first of which takes what they and the surcharge leave."""
    rest, *others = lines
    on: list[tuple[PricePart, Source, Decimal | None]] = []
    for line in lines:
        for part, each in zip(line.parts, paid[line.name.code], strict=True):
            prices = dict(part.prices)
            if Band.SHARP in prices:
                source = prices[Band.SHARP].ratio_source or part.source
                on.append((part, source, _above_peak(case, each, line.name.group, piece)))
    factors = {factor for _, _, factor in on}
    if not on:
        return {}
    ((_, source, factor), *_) = on
    alike = len(factors) == 1 and (rest.scope is None or len({part.in_base for part, _, _ in on}) == 1)
    if factor is None or not alike or {line.round_per for line in lines} != {Grain.BAND}:
        stated = ", ".join(line.name.code for line in lines)
        facts = {"what": Reason.SURCHARGE_LINES, "lines": stated}
        raise refuse(RefusalCode.NOT_SUPPORTED, "/conventions/time_of_use/sharp_surcharge", **facts)
    case.notes.cited(case.conventions.time_of_use.sharp_surcharge)
    surcharge = SurchargePlan(
        code=rule.code,
        label=rule.label,
        lines=tuple(line.name.code for line in others),
        parts=tuple(part for part, _, _ in on),
        factor=factor,
        rounding=Rounding(rule.step, case.conventions.time_of_use.sharp_surcharge.source),
        factor_source=source,
    )
    found = {line.name.code: replace(line, sharp_at_peak=True) for line in others}
    return {rest.name.code: replace(rest, surcharge=surcharge), **found}


def _above_peak(case: Case, paid: Paid, group: str, piece: int) -> Decimal | None:
    """What a component's sharp price is above one of its peak price; None where it is no multiple of that."""
    sheet = case.request.price_sheet
    own = {} if sheet is None else sheet.prices.get(paid.component.code, {})
    ratios = ratios_in(case, paid, group, piece)
    if ratios is None or Band.SHARP in own or Band.PEAK in own:
        return None
    *way, (_, factor) = ratios.chains[Band.SHARP]
    return EXACT.subtract(factor, ONE) if tuple(way) == ratios.chains.get(Band.PEAK) else None
