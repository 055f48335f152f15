"""How a minimum bill is planned: who pays it, of which sections it is, and what of the month it is due for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from billcalc.billing.line_name import LineName
from billcalc.billing.plan_metering import CapacityPart, Share
from billcalc.billing.plan_prices import PricePart
from billcalc.billing.planning.capacity import capacity_parts
from billcalc.billing.planning.case import Case, refuse, runs
from billcalc.billing.planning.priced_parts import by_line
from billcalc.billing.planning.prices import Paid, flat_price, paid_in, price_part, takes
from billcalc.billing.planning.scopes import ACCOUNT, supply_points_of
from billcalc.billing.planning.shares import month_shares
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Severity
from billcalc.kernel.units import KVA, KW, MONEY
from billcalc.kernel.values import Rounding
from billcalc.vocabulary import Band, Section

__all__ = ["MinimumPart", "MinimumPlan", "plan_minimums"]

_OF_BILL = tuple(each for each in Section if each not in (Section.MINIMUM, Section.REFUNDS))
"""The bill of a month: what is made good of other months is no part of it."""
_UNITS = {"months": MONEY, "capacity_kva": f"{MONEY}/{KVA}", "demand_kw": f"{MONEY}/{KW}"}

Payers = Mapping[str, Sequence[Paid]]
"""The components of a minimum in some days, by the group that pays it."""


@dataclass(frozen=True, slots=True)
class MinimumPart:
    """What is due at least for some days.

    Attributes:
        prices: the components, whose prices are added.
        due: the slot of each quantity that it is due for (of a month itself None), and the share of the month.
    """

    prices: tuple[PricePart, ...]
    due: tuple[tuple[Slot | CapacityPart | None, Share], ...]


@dataclass(frozen=True, slots=True)
class MinimumPlan:
    """A minimum bill.

    Attributes:
        unit: of its prices.
        sections: the sections that count.
        groups: those who pay it: of their lines it is the minimum.
        scopes: the power-factor scopes whose adjustment is theirs.
        where: the place of the document that states it.
        of_bill: it is told of the bill as a whole, and not which sections count.
    """

    name: LineName
    unit: str
    parts: tuple[MinimumPart, ...]
    sections: tuple[Section, ...]
    groups: tuple[str, ...]
    scopes: tuple[str, ...]
    rounding: Rounding
    where: str
    of_bill: bool


def plan_minimums(case: Case) -> tuple[MinimumPlan, ...]:
    """The minimum bills, each for all groups that pay it together.

    Args:
        case: the planning state.

    Raises:
        InvalidInput: where the capacity or the contract that it is due for is not told.
        Refused: where it is not one through the period, or an adjustment is of others too.
    """
    found: dict[str, dict[int, dict[str, Sequence[Paid]]]] = {}
    for piece in range(len(case.pieces)):
        for group in case.groups:
            paid = [
                each
                for each in paid_in(case, group, piece)
                if each.component.minimum_of is not None and each.component.code not in case.supplied[group]
            ]
            for code, members in by_line(paid).items():
                found.setdefault(code, {}).setdefault(piece, {})[group] = members
    plans = (_plan(case, code, pieces) for code, pieces in found.items())
    return tuple(plan for plan in plans if plan is not None)


def _plan(case: Case, code: str, pieces: Mapping[int, Payers]) -> MinimumPlan | None:
    """The plan of a minimum; None where nothing is there that it is due for."""
    groups = tuple(group for group in case.groups if any(group in payers for payers in pieces.values()))
    paid = _checked(case, code, groups, pieces)
    scopes = tuple(dict.fromkeys(case.scopes.groups[group] for group in groups if group in case.scopes.groups))
    joined = runs(pieces, lambda before, piece: _stated(case, pieces, before) == _stated(case, pieces, piece))
    spans = [case.span_of(run) for run in joined]
    shares = month_shares(
        case, spans, served=case.spans(pieces), what=f"minimum/{code}", stated={"what": Reason.DUE_BY_THE_MONTH}
    )
    parts = []
    for run, span, share in zip(joined, spans, shares, strict=True):
        due = () if share is None else _due(case, paid.component.quantity, groups, run[0], span, share)
        if due:
            parts.append(MinimumPart(_prices(case, pieces, run[0]), due))
    if not parts:
        return None
    first, of = paid.component, paid.component.minimum_of
    sections = _OF_BILL if of is None or of == "bill" else of
    _check_parts(case, groups, sections)
    _doubt_alone(case, paid, groups, sections)
    if Section.POWER_FACTOR in sections:
        _check_adjustment(case, code, groups, scopes)
    payer = groups[0] if len(groups) == 1 else ACCOUNT
    return MinimumPlan(
        name=LineName(code, first.label, first.section, payer, case.request.period.span),
        unit=_UNITS[first.quantity],
        parts=tuple(parts),
        sections=sections,
        groups=groups,
        scopes=scopes,
        rounding=Rounding(first.round.amount),
        where="/price_sheet" if paid.source.id.startswith("request/") else f"/tariffs/{paid.source.id}",
        of_bill=of == "bill",
    )


def _doubt_alone(case: Case, paid: Paid, groups: Sequence[str], sections: Sequence[Section]) -> None:
    """Doubt a minimum of sections of which its groups pay nothing: it is due in full beside all that they pay."""
    billed = {each.component.section for group in groups for piece in range(len(case.pieces))
              for each in paid_in(case, group, piece)}  # fmt: skip
    billed |= {line.section for line in case.request.given if line.group in groups} | {Section.POWER_FACTOR}
    if billed.isdisjoint(sections):
        facts = {"line": paid.component.code}
        case.notes.note(Problem(ProblemCode.MINIMUM_ALONE, Severity.DOUBT, "/price_sheet", facts))


def _prices(case: Case, pieces: Mapping[int, Payers], piece: int) -> tuple[PricePart, ...]:
    group, members = next(iter(pieces[piece].items()))
    return tuple(price_part(case, each, (Band.TOTAL,), in_base=False, group=group, piece=piece) for each in members)


def _stated(case: Case, pieces: Mapping[int, Payers], piece: int) -> object:
    """What a part of a month is due for and at which price: a change of either makes another part."""
    members = next(iter(pieces[piece].values()))
    return case.pieces[piece].agreement, [(each.component.code, flat_price(each)) for each in members]


def _checked(case: Case, code: str, groups: Iterable[str], pieces: Mapping[int, Payers]) -> Paid:
    """The first component of a minimum that is one, for all who pay it and on all their days.

    Raises:
        Refused: where it is not.
    """
    for group in groups:
        for piece in range(len(case.pieces)):
            if case.group(group, piece) is not None and group not in pieces.get(piece, {}):
                where = f"/agreement/{case.pieces[piece].agreement}/groups/{group}"
                facts = {"what": Reason.MINIMUM_SOMETIMES, "line": code, "group": group}
                raise refuse(RefusalCode.NOT_SUPPORTED, where, **facts)
    told = [members for payers in pieces.values() for members in payers.values()]
    shapes = {
        (each.component.quantity, each.component.minimum_of, each.component.round.amount)
        for members in told
        for each in members
    }
    prices = [
        {tuple(flat_price(each) for each in members) for members in payers.values()} for payers in pieces.values()
    ]
    if len(shapes) > 1 or any(len(each) > 1 for each in prices):
        raise refuse(RefusalCode.NOT_SUPPORTED, "/agreement", what=Reason.MINIMUM_UNLIKE, line=code)
    return told[0][0]


def _due(
    case: Case, quantity: str, groups: Iterable[str], piece: int, span: Span, share: Share
) -> tuple[tuple[Slot | CapacityPart | None, Share], ...]:
    """What a minimum is due for: the month, each transformer in service, or each contract, with its share of the month.

    Raises:
        InvalidInput: where a supply point has neither transformers nor a contract, and is to pay by them.
    """
    if quantity == "months":
        return ((None, share),)
    here, entry = f"/agreement/{case.pieces[piece].agreement}", case.agreement_of(piece)
    fed = dict.fromkeys(name for group in groups for name in supply_points_of(case, group))
    names = [name for name in fed if name in entry.supply_points]
    if quantity == "capacity_kva":
        for name in names:
            if not entry.supply_points[name].transformers:
                raise _missing(f"{here}/supply_points/{name}/transformers", "transformers")
        parts = (part for name in names for part in capacity_parts(case, name, span, piece))
        return tuple((part, part.share) for part in parts)
    contracts = entry.basic.contracts
    for name in names:
        if name not in contracts and "regular" not in contracts:
            raise _missing(f"{here}/basic/contracts", name)
    agreed = dict.fromkeys(name if name in contracts else "regular" for name in names)
    return tuple(
        (case.notes.slot(f"{here}/basic/contracts/{name}", contracts[name], KW, Term.CONTRACTED_DEMAND, name), share)
        for name in agreed
    )


def _missing(where: str, key: str) -> InvalidInput:
    return InvalidInput([Fault(FaultCode.MISSING_KEY, where, {"key": key})])


def _check_parts(case: Case, groups: Iterable[str], sections: Sequence[Section]) -> None:
    """Refuse a total of which some parts count and others do not: nobody tells what they are.

    Raises:
        Refused: where there is one.
    """
    paid = (each for group in groups for piece in range(len(case.pieces)) for each in paid_in(case, group, piece))
    for component in (each.component for each in paid):
        counts: set[bool | None] = {component.section in sections}
        for name in component.supplies:  # of a code no section is told: it counts where all of them do
            counts.add(name in sections if name in set(Section) else sections == _OF_BILL or None)
        if len(counts) > 1:
            raise refuse(RefusalCode.PRICE_PARTS_UNKNOWN, "/price_sheet", component=component.code)


def _check_adjustment(case: Case, code: str, groups: Sequence[str], scopes: Sequence[str]) -> None:
    """Refuse an adjustment of those who pay a minimum that is of others' money too: nobody tells whose part counts.

    Raises:
        Refused: where there is one.
    """
    for group, scope in case.scopes.groups.items():
        if scope in scopes and group not in groups and _is_adjusted(case, group):
            facts = {"what": Reason.MINIMUM_ADJUSTED, "line": code, "group": group}
            raise refuse(RefusalCode.NOT_SUPPORTED, "/conventions/power_factor/scope", **facts)


def _is_adjusted(case: Case, group: str) -> bool:
    """Whether the base of the power factor has money of a group."""
    given = (line for line in case.request.given if line.group == group)
    return any(line.power_factor != "none" for line in given) or any(
        takes(case, each.component, group, case.agreement_of(piece).groups[group])
        for piece in range(len(case.pieces))
        for each in paid_in(case, group, piece)
    )
