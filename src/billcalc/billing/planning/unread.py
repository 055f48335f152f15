"""What a request states and a plan does not depend on: each such place is told on the bill.

A number is read where its slot is in the plan; everything else where a planner asked for it (``Context.ask``). So what
no rule looks at is told without a rule of its own.

Left out: what only a rule for gaps would need (``intervals.fill`` without a gap).
"""

from collections.abc import Iterator
from dataclasses import is_dataclass

from billcalc.agreement.models import Agreement
from billcalc.billing.plan import Plan, PointPlan
from billcalc.billing.planning.context import Context, convention_pointer
from billcalc.billing.planning.prices import paid_in
from billcalc.billing.planning.scopes import Scopes
from billcalc.billing.planning.unread_prices import unread_prices
from billcalc.billing.planning.unread_terms import unread_terms
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Problem, Severity
from billcalc.kernel.wording import ProblemCode
from billcalc.metering.models import ENERGY_REGISTERS, MeteringPoint, Register
from billcalc.vocabulary import BANDS, Band

__all__ = ["find_unread"]

_WITHOUT_SLOTS = (Source, Span)

Unread = tuple[str, Severity]
"""The place of what is not read, and how much that matters."""


def find_unread(context: Context, plan: Plan, scopes: Scopes) -> tuple[Problem, ...]:
    """A problem for each place of the request that nothing depends on.

    Money may be amiss, and it is a doubt, where active energy that was read is not billed, a group uses nothing, and
    where a price of the request, or a subclass, is nobody's.
    """
    slots = _slots_of(plan)
    found = [
        *_entries(context),
        *_capacities(context, slots),
        *unread_terms(context, plan, scopes),
        *(each for number in range(len(plan.points)) for each in _point(context, number, slots)),
        *_facts(context, slots),
        *((f"/given/{number}/power_factor", Severity.NOTE) for number, line in enumerate(plan.given)
          if line.in_base and line.scope is None),
        *unread_prices(context, plan, slots),
        *_events(context),
        *((where, Severity.NOTE) for key in context.request.conventions.told
          if (where := convention_pointer(key)) not in context.asked),
        *_names_of_base(context),
    ]  # fmt: skip
    told = dict(found)
    return tuple(
        Problem(ProblemCode.STATED_WITHOUT_EFFECT, severity, where.partition("=")[0], {"key": _key(where)})
        for where, severity in told.items()
    )


def _key(where: str) -> str:
    """The path of a place as the columns of a table name it; what stands after an equals sign is the value."""
    pointer, _, value = where.partition("=")
    path = pointer.strip("/").replace("/", ".")
    return f"{path} ({value})" if value else path


def _collect(value: object, slots: set[str]) -> None:
    """Every slot in a part of a plan."""
    if isinstance(value, str):
        if value.startswith("/"):
            slots.add(value.removesuffix("#closing"))
    elif isinstance(value, tuple):
        for each in value:
            _collect(each, slots)
    elif is_dataclass(value) and not isinstance(value, _WITHOUT_SLOTS):
        for name in value.__dataclass_fields__:
            _collect(getattr(value, name), slots)


def _slots_of(plan: Plan) -> frozenset[str]:
    """The numbers that a bill depends on, or is compared with."""
    found: set[str] = set()
    _collect((plan.energy_lines, plan.basic, plan.fees, plan.given, plan.power_factors), found)
    for point in plan.points:
        registers = _registers_of(plan, point)
        _collect(tuple(tellers for register, tellers in point.registers if register in registers), found)
        _collect((point.compared, point.children), found)
    return frozenset(found)


def _registers_of(plan: Plan, point: PointPlan) -> set[Register]:
    """The registers of a metering point that are billed, compared, reported, or tell a power factor."""
    found = {Register.TOTAL, Register.ACTIVE_REVERSE, *(Register(band.value) for band in point.bands)}
    if point.bands == (Band.TOTAL,) and any(register is Register.FLAT for register, _ in point.registers):
        found.update(Register(band.value) for band in BANDS)
    for each in plan.power_factors:
        for name, registers in (*each.points, *each.active):
            if name == point.id:
                found.update(registers)
    return found


def _entries(context: Context) -> Iterator[Unread]:
    """Entries of the agreement that hold on no day of the period, or say what holds already."""
    holding = {index for index, _ in context.entries}
    for index in range(len(context.request.agreement)):
        if index not in holding:
            yield f"/agreement/{index}", Severity.NOTE


def _capacities(context: Context, slots: frozenset[str]) -> Iterator[Unread]:
    """Transformers, contracts and shares; what an entry repeats of another is read where the other's is."""
    told = [each for index, entry in context.entries for each in _terms(index, entry)]
    read = {what for _, numbers in told for pointer, what in numbers.items() if pointer in slots}
    for parent, numbers in told:
        unread = [pointer for pointer, what in numbers.items() if what not in read]
        whole = len(unread) == len(numbers) > 0
        yield from ((pointer, Severity.NOTE) for pointer in ([parent] if whole else unread))


def _terms(index: int, entry: Agreement) -> Iterator[tuple[str, dict[str, object]]]:
    """The lists and mappings of an entry's numbers: for the place of each number what it is, and its value."""
    for name, point in entry.supply_points.items():
        here = f"/agreement/{index}/supply_points/{name}/transformers"
        yield here, {f"{here}/{number}/kva": (name, each) for number, each in enumerate(point.transformers)}
    for key, told in (("contracts", entry.basic.contracts), ("demand_shares", entry.basic.demand_shares)):
        here = f"/agreement/{index}/basic/{key}"
        yield here, {f"{here}/{name}": (key, name, value) for name, value in told.items()}


def _point(context: Context, number: int, slots: frozenset[str]) -> Iterator[Unread]:
    """What a metering point states: its side, its meters, what they show, and what is given instead."""
    here, point = f"/metering_points/{number}", context.request.metering_points[number]
    if f"{here}/side" not in context.asked:
        yield f"{here}/side", Severity.NOTE
    for place in range(len(point.config)):
        if f"{here}/config/{place}/multiplier" not in slots:
            yield f"{here}/config/{place}", Severity.NOTE
    yield from _shown(here, point, slots)
    for name, told in (("kwh", point.given.kwh), ("kvarh", point.given.kvarh)):
        for register in told:
            if f"{here}/given/{name}/{register.value}" not in slots:
                yield f"{here}/given/{name}/{register.value}", _severity(register)
    if point.given.demand_kw is not None and f"{here}/given/demand_kw" not in slots:
        yield f"{here}/given/demand_kw", Severity.NOTE
    demand = None if point.intervals is None else point.intervals.demand
    if demand is not None and f"{here}/intervals/demand" not in context.asked:
        yield f"{here}/intervals/demand", Severity.NOTE
    for place, register in enumerate(point.not_installed):
        if f"{here}/not_installed/{register.value}" not in context.asked:
            yield f"{here}/not_installed/{place}={register.value}", Severity.NOTE


def _shown(here: str, point: MeteringPoint, slots: frozenset[str]) -> Iterator[Unread]:
    """Registers of which no reading counts; told at the last one."""
    places: dict[Register, list[str]] = {}
    for number, reading in enumerate(point.readings):
        for register in reading.registers:
            places.setdefault(register, []).append(f"{here}/readings/{number}/{register.value}")
    for register, pointers in places.items():
        if slots.isdisjoint(pointers):
            severity = Severity.DOUBT if register in point.not_installed else _severity(register)
            yield pointers[-1], severity


def _severity(register: Register) -> Severity:
    return Severity.DOUBT if register in ENERGY_REGISTERS else Severity.NOTE


def _facts(context: Context, slots: frozenset[str]) -> Iterator[Unread]:
    for name, facts in context.request.facts.items():
        for key in type(facts).model_fields:
            pointer = f"/facts/{name}/{key}"
            if getattr(facts, key) is not None and pointer not in slots:
                yield pointer, Severity.NOTE


def _names_of_base(context: Context) -> Iterator[Unread]:
    """What the request's own base of the power factor names, and this bill has not: groups, components and tags."""
    base = context.request.conventions.power_factor.base
    if base is None:
        return
    pieces = range(len(context.pieces))
    paid = [each.component for group in context.groups for piece in pieces for each in paid_in(context, group, piece)]
    codes = {each.code for each in paid}
    codes.update(code for line in context.request.given for code in (line.code, *line.supplies))
    tags = {tag for each in paid for tag in each.tags}
    here = convention_pointer("power_factor.base")
    for part, selector in (("include", base.include), ("exclude", base.exclude)):
        for key, names, known in (
            ("tags", selector.tags, tags),
            ("components", selector.components, codes),
            ("groups", selector.groups, set(context.groups)),
        ):
            for number, name in enumerate(names):
                if name not in known:
                    yield f"{here}/{part}/{key}/{number}={name}", Severity.DOUBT


def _events(context: Context) -> Iterator[Unread]:
    """Measures of days that no band depends on; of each measure the first."""
    for measure, days in context.request.events.items():
        unread = (day for day in sorted(days) if f"/events/{measure}/{day}" not in context.asked)
        for day in list(unread)[:1]:
            yield f"/events/{measure}/{day}", Severity.NOTE
