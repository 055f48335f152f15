"""What a request states and a plan does not depend on: each such place is told on the bill.

A number is read where its slot is in the plan; everything else where a planner asked for it (``Case.ask``). So what
no rule looks at is told without a rule of its own.

Left out: what only a rule for gaps would need (``intervals.fill`` without a gap).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any, get_args, get_type_hints

from billcalc.agreement.models import Agreement
from billcalc.billing.charges.given.charge import GIVEN
from billcalc.billing.charges.power_factor.charge import POWER_FACTOR
from billcalc.billing.charges.reactive.charge import REACTIVE
from billcalc.billing.line_name import LineName
from billcalc.billing.losses.unread import unread_losses
from billcalc.billing.plan import Plan
from billcalc.billing.plan_metering import PointPlan
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.prices import paid_in, takes
from billcalc.billing.planning.unread_place import Unread
from billcalc.billing.planning.unread_prices import unread_prices
from billcalc.billing.planning.unread_terms import unread_terms
from billcalc.billing.tiers.checks import unread_households
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.values import Rounding
from billcalc.metering.models import ENERGY_REGISTERS, REGISTER_OF, MeteringPoint, Register
from billcalc.tariff.resolved_conventions import convention_pointer
from billcalc.vocabulary import BANDS, Band

__all__ = ["find_unread"]

_WITHOUT_SLOTS = (LineName, Rounding, Source, Span)
_PLAIN = (*_WITHOUT_SLOTS, str, int, Decimal, date, NoneType)


def find_unread(case: Case, plan: Plan) -> tuple[Problem, ...]:
    """A problem for each place of the request that nothing depends on.

    Money may be amiss, and it is a doubt, where active energy that was read is not billed, a group uses nothing, and
    where a price of the request, or a subclass, is nobody's.
    """
    slots = _slots_of(plan)
    found = [
        *_entries(case),
        *_capacities(case, slots),
        *(Unread(where, Severity.NOTE) for number in range(len(case.request.changes))
          if (where := f"/changes/{number}") not in case.notes.asked),
        *unread_terms(case, plan),
        *(each for number in range(len(plan.points)) for each in _point(case, number, slots)),
        *_facts(case, slots),
        *unread_households(case, slots),
        *(Unread(f"/given/{number}/power_factor", Severity.NOTE) for number, line in enumerate(plan.charges.of(GIVEN))
          if line.in_base and line.scope is None),
        *unread_prices(case, plan, slots),
        *_events(case),
        *(Unread(where, Severity.NOTE) for path in case.request.conventions.stated
          if (where := convention_pointer(path)) not in case.notes.asked),
        *_names_of_base(case),
    ]  # fmt: skip
    each_once = {(each.where, each.value): each for each in found}
    return tuple(
        Problem(ProblemCode.STATED_WITHOUT_EFFECT, each.severity, each.where, {"key": each.key})
        for each in each_once.values()
    )


def _slots_in(records: Iterable[Any]) -> set[str]:
    """Every slot in parts of a plan."""
    found: set[str] = set()
    left = [*records]
    while left:
        each = left.pop()
        kind = each.__class__
        if kind is Slot:
            found.add(each.where)
        elif kind is tuple:
            left.extend(each)
        elif (parts := _parts_of(kind)) is not None:
            left.extend(parts(each))
    return found


@cache
def _parts_of(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]] | None:
    """What tells the parts of a kind of record that may hold slots; a plan has hundreds of records, and few kinds."""
    if not is_dataclass(kind) or issubclass(kind, _WITHOUT_SLOTS):
        return None
    hints = get_type_hints(kind)
    names = tuple(field.name for field in fields(kind) if not _is_plain(hints[field.name]))
    return attrgetter(*names) if len(names) > 1 else lambda record: tuple(getattr(record, name) for name in names)


def _is_plain(hint: Any) -> bool:
    """Whether what a type says is a text, a number, a word, or several of them: there is no slot in it."""
    parts = [part for part in get_args(hint) if part is not Ellipsis]
    return all(map(_is_plain, parts)) if parts else isinstance(hint, type) and issubclass(hint, _PLAIN)


def _slots_of(plan: Plan) -> frozenset[str]:
    """The numbers that a bill depends on, or is compared with."""
    parts: list[object] = [records for _, records in plan.charges]
    for point in plan.points:
        registers = _registers_of(plan, point)
        parts.extend(tellers for register, tellers in point.registers if register in registers)
        parts.extend((point.compared, point.children))
    return frozenset(_slots_in((*parts, plan.losses.plans)))


def _registers_of(plan: Plan, point: PointPlan) -> set[Register]:
    """The registers of a metering point that are billed, compared, reported, or tell a power factor."""
    found = {Register.TOTAL, Register.ACTIVE_REVERSE, *(REGISTER_OF[band] for band in point.bands)}
    if point.bands == (Band.TOTAL,) and any(register is Register.FLAT for register, _ in point.registers):
        found.update(REGISTER_OF[band] for band in BANDS)
    counted = [(*each.points, *each.active) for each in plan.charges.of(POWER_FACTOR)]
    counted += [each.points for each in plan.charges.of(REACTIVE)]
    found.update(*(registers for points in counted for name, registers in points if name == point.id))
    return found


def _entries(case: Case) -> Iterator[Unread]:
    """Entries of the agreement that hold on no day of the period, or say what holds already."""
    holding = {index for index, _ in case.entries}
    for index in range(len(case.request.agreement)):
        if index not in holding:
            yield Unread(f"/agreement/{index}", Severity.NOTE)


def _capacities(case: Case, slots: frozenset[str]) -> Iterator[Unread]:
    """Transformers, contracts and shares; what an entry repeats of another is read where the other's is."""
    stated = [each for index, entry in case.entries for each in _terms(index, entry)]
    read = {what for _, numbers in stated for pointer, what in numbers.items() if pointer in slots}
    for parent, numbers in stated:
        unread = [pointer for pointer, what in numbers.items() if what not in read]
        whole = len(unread) == len(numbers) > 0
        yield from (Unread(pointer, Severity.NOTE) for pointer in ([parent] if whole else unread))


def _terms(index: int, entry: Agreement) -> Iterator[tuple[str, dict[str, object]]]:
    """The lists and mappings of an entry's numbers: for the place of each number what it is, and its value."""
    for name, point in entry.supply_points.items():
        here = f"/agreement/{index}/supply_points/{name}/transformers"
        yield here, {f"{here}/{number}/kva": (name, each) for number, each in enumerate(point.transformers)}
    for key, stated in (("contracts", entry.basic.contracts), ("demand_shares", entry.basic.demand_shares)):
        here = f"/agreement/{index}/basic/{key}"
        yield here, {f"{here}/{name}": (key, name, value) for name, value in stated.items()}
    for name, kinds in entry.basic.further_contracts.items():
        here = f"/agreement/{index}/basic/further_contracts/{name}"
        yield here, {f"{here}/{kind}": (name, kind, value) for kind, value in kinds.items()}


def _point(case: Case, number: int, slots: frozenset[str]) -> Iterator[Unread]:
    """What a metering point states: its side, its meters, what they show, and what is given instead."""
    here, point = f"/metering_points/{number}", case.request.metering_points[number]
    if f"{here}/side" not in case.notes.asked:
        yield Unread(f"{here}/side", Severity.NOTE)
    for place in range(len(point.config)):
        if f"{here}/config/{place}/multiplier" not in slots:
            yield Unread(f"{here}/config/{place}", Severity.NOTE)
    yield from _shown(here, point, slots)
    for name, stated in (("kwh", point.given.kwh), ("kvarh", point.given.kvarh)):
        for register in stated:
            if f"{here}/given/{name}/{register.value}" not in slots:
                yield Unread(f"{here}/given/{name}/{register.value}", _severity(register))
    if point.given.demand_kw is not None and f"{here}/given/demand_kw" not in slots:
        yield Unread(f"{here}/given/demand_kw", Severity.NOTE)
    bands = (f"{here}/given/demand_by_band_kw/{band.value}" for band in point.given.demand_by_band_kw)
    yield from (Unread(where, Severity.NOTE) for where in bands if where not in slots)
    demand = None if point.intervals is None else point.intervals.demand
    if demand is not None and f"{here}/intervals/demand" not in case.notes.asked:
        yield Unread(f"{here}/intervals/demand", Severity.NOTE)
    if point.losses is not None:
        yield from unread_losses(case, f"{here}/losses", point.losses, slots)
    for place, child in enumerate(point.children):
        if child.point is None and child.group == point.group:
            yield Unread(f"{here}/children/{place}", Severity.DOUBT)
    for place, register in enumerate(point.not_installed):
        if f"{here}/not_installed/{register.value}" not in case.notes.asked:
            yield Unread(f"{here}/not_installed/{place}", Severity.NOTE, register.value)


def _shown(here: str, point: MeteringPoint, slots: frozenset[str]) -> Iterator[Unread]:
    """Registers of which no reading counts; told at the last one."""
    places: dict[Register, list[str]] = {}
    for number, reading in enumerate(point.readings):
        for register in reading.registers:
            places.setdefault(register, []).append(f"{here}/readings/{number}/{register.value}")
    by_band: dict[Band, list[str]] = {}
    for number, reading in enumerate(point.readings):
        for band in reading.demand_by_band:
            by_band.setdefault(band, []).append(f"{here}/readings/{number}/demand_by_band/{band.value}")
    yield from (Unread(where[-1], Severity.NOTE) for where in by_band.values() if slots.isdisjoint(where))
    for register, pointers in places.items():
        if slots.isdisjoint(pointers):
            severity = Severity.DOUBT if register in point.not_installed else _severity(register)
            yield Unread(pointers[-1], severity)


def _severity(register: Register) -> Severity:
    return Severity.DOUBT if register in ENERGY_REGISTERS else Severity.NOTE


def _facts(case: Case, slots: frozenset[str]) -> Iterator[Unread]:
    for name, facts in case.request.facts.items():
        for key in type(facts).model_fields:
            pointer = f"/facts/{name}/{key}"
            told = getattr(facts, key)
            places = list(_leaves(pointer, told))
            if told is not None:
                yield from (Unread(where, Severity.NOTE) for where in places if where not in slots)


def _leaves(pointer: str, told: object) -> Iterator[str]:
    """The places of the numbers of a fact, which may be told by band, or by month and band."""
    if isinstance(told, dict):
        for key, inner in told.items():
            yield from _leaves(f"{pointer}/{key}", inner)
    else:
        yield pointer


def _names_of_base(case: Case) -> Iterator[Unread]:
    """What the request's own base of the power factor names, and this bill has not: groups, components and tags."""
    base = case.request.conventions.power_factor.base
    if base is None:
        return
    pieces = range(len(case.pieces))
    paid = [each.component for group in case.groups for piece in pieces for each in paid_in(case, group, piece)]
    codes = {each.code for each in paid}
    codes.update(code for line in case.request.given for code in (line.code, *line.supplies))
    tags = {tag for each in paid for tag in each.tags}
    here = case.conventions.power_factor.base.pointer
    adjusts = (
        takes(case, each.component, group, terms)
        for piece in pieces
        for group, terms in case.agreement_of(piece).groups.items()
        for each in paid_in(case, group, piece)
    )
    if not any(adjusts) and not any(line.power_factor != "none" for line in case.request.given):
        yield Unread(here, Severity.DOUBT)
    for part, selector in (("include", base.include), ("exclude", base.exclude)):
        for key, names, known in (
            ("tags", selector.tags, tags),
            ("components", selector.components, codes),
            ("groups", selector.groups, set(case.groups)),
        ):
            for number, name in enumerate(names):
                if name not in known:
                    yield Unread(f"{here}/{part}/{key}/{number}", Severity.DOUBT, name)


def _events(case: Case) -> Iterator[Unread]:
    """Measures of days that no band depends on; of each measure the first."""
    for measure, days in case.request.events.items():
        unread = (day for day in sorted(days) if f"/events/{measure}/{day}" not in case.notes.asked)
        for day in list(unread)[:1]:
            yield Unread(f"/events/{measure}/{day}", Severity.NOTE)
