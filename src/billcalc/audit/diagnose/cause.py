"""What a cause is: a named wrong assignment to one slot of a request, what it can move, and what confirms it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from billcalc.audit.diagnose.cells import Cell, Cells, Money
from billcalc.billing.bill import Bill
from billcalc.billing.charges.energy.charge import ENERGY
from billcalc.billing.charges.energy.records import EnergyLinePlan
from billcalc.billing.kept import planned
from billcalc.billing.months import months_of
from billcalc.billing.plan import Plan
from billcalc.billing.planning.opening import open_case
from billcalc.billing.request import Request
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.plausibility import Plausibility, Ratings
from billcalc.vocabulary import Kind

if TYPE_CHECKING:  # columns need the packages of bulk, and who does not diagnose need not have them
    from billcalc.audit.diagnose.mistaken import Mistaken

__all__ = [
    "ANYTHING",
    "GONE",
    "Cause",
    "Edit",
    "Instance",
    "Path",
    "Place",
    "Reach",
    "Situation",
    "Stage",
    "assigned",
    "pointer_of",
    "subtracted",
]

Path = tuple[str | int, ...]
"""A place in the data of a request."""

GONE = object()
"""Assigned to what is left out."""


class Stage(IntEnum):
    """When a cause is applied: a set of causes means one thing, in whatever order its members are named."""

    FILE = 0
    DOCUMENTS = 1
    READINGS = 2
    LOSSES = 3
    FACTS = 4
    RULES = 5
    ROUNDING = 6


@dataclass(frozen=True, slots=True)
class Reach:
    """What a cause can move; what is made of amounts follows, and a sum has what is in it.

    Attributes:
        sections: None for every section.
        groups: None for every group.
        bands: None for every band; a line without bands is always reached.
    """

    sections: frozenset[str] | None = None
    groups: frozenset[str] | None = None
    bands: frozenset[str] | None = None

    def has(self, cell: Cell) -> bool:
        """Whether a cell can be moved."""
        if cell.follows:
            return True
        return (
            (self.sections is None or cell.section in self.sections)
            and (self.groups is None or cell.group == "" or cell.group in self.groups)
            and (self.bands is None or cell.band == "" or cell.band in self.bands)
        )


ANYTHING = Reach()


@dataclass(frozen=True, slots=True)
class Edit:
    """What a cause makes of a request, of the documents and of what is billed by them.

    Attributes:
        assigned: values by their place in the data; ``GONE`` leaves a place out.
        catalog: what becomes of the documents, or None.
        plan: what becomes of what is billed, or None.
    """

    assigned: tuple[tuple[Path, Any], ...] = ()
    catalog: Callable[[Catalog], Catalog] | None = None
    plan: Callable[[Plan], Plan] | None = None


@dataclass(frozen=True, slots=True)
class Instance:
    """One wrong assignment.

    Attributes:
        cause: the code of its cause.
        slot: what it assigns; two of one slot exclude each other.
        value: what it assigns to it, which together with slot and cause names it.
        facts: what its sentence tells.
        is_number: whether it is a wrong number in one place, found by what differs.
    """

    cause: str
    slot: str
    value: str
    stage: Stage
    reach: Reach
    edit: Edit = field(compare=False)
    facts: Mapping[str, str] = field(default_factory=dict, compare=False)
    is_number: bool = field(default=False, compare=False)

    def __hash__(self) -> int:
        """That of its names, which is kept with them; it is asked for in every bill that a cause may explain."""
        return hash((self.cause, self.slot, self.value))

    @property
    def key(self) -> tuple[int, str, str, str]:
        """Its place in the fixed order."""
        return self.stage.value, self.slot, self.cause, self.value


@dataclass(frozen=True, slots=True)
class Place:
    """A number that may be wrong.

    Attributes:
        cause: the code of the cause that it then is.
        right: the number as it is written.
        mistaken: what numbers, as they are written, may have been by mistake.
        digits, decimals: how many are written before and behind the point at least.
        beside: readings of the same meter, their places and numbers: it shows as many decimals as any of them.
        neighbour: another reading of a register, its place and number: a number half way to it can be billed.
        is_straight: whether the amounts of energy are a straight line in it.
        facts: what the sentence tells, beside the right number and the wrong one.
    """

    cause: str
    slot: str
    stage: Stage
    path: Path
    reach: Reach
    right: str
    mistaken: "Mistaken"
    facts: Mapping[str, str]
    digits: int = 1
    decimals: int = 0
    beside: tuple[tuple[Path, str], ...] = ()
    neighbour: tuple[Path, str] | None = None
    is_straight: bool = False

    def instance(self, wrong: str, right: str) -> Instance:
        """The cause that one wrong number is."""
        facts = {**self.facts, "right": right, "wrong": wrong}
        edit = Edit(((self.path, wrong),))
        return Instance(self.cause, self.slot, wrong, self.stage, self.reach, edit, facts, is_number=True)


@dataclass(frozen=True)
class Situation:
    """What a cause is looked for in: the request as it should be, and how the issued bill differs.

    Attributes:
        data: the request, in its canonical form.
        catalog: the tariffs that it asks for.
        recomputed: the amounts without any cause [fen].
    """

    data: Mapping[str, Any]
    request: Request
    catalog: Catalog
    bill: Bill
    cells: Cells
    recomputed: Money

    @cached_property
    def issued(self) -> Money:
        """The issued amounts [fen]."""
        return self.cells.issued

    @cached_property
    def difference(self) -> Money:
        """Issued − recomputed by cell, where there is any [fen]."""
        return subtracted(self.issued, self.recomputed)

    @cached_property
    def conventions(self) -> Mapping[Path, object]:
        """The conventions that hold, by their place."""
        first, *_ = [month.request for month in months_of(self.request, self.catalog)] or [self.request]
        case = open_case(first, self.catalog)
        return {convention.path: convention.value for convention in case.conventions}

    @cached_property
    def ratings(self) -> Ratings | None:
        """The sizes that equipment is made in, where a document tells them."""
        found = self.catalog.find(Kind.PLAUSIBILITY, self.request.area, self.request.period.span.start)
        return found.document.ratings if found is not None and isinstance(found.document, Plausibility) else None

    def line(self, code: str) -> dict[str, str]:
        """The facts of a line: its code, and what the bill calls it where it has a word of its own for it."""
        label = next((line.label for line in self.bill.lines if line.code == code and line.label is not None), None)
        return {"line": code} if label is None else {"line": code, "label": label}

    @cached_property
    def energy_lines(self) -> tuple[EnergyLinePlan, ...]:
        """The lines of energy × price as they are planned, of all its months."""
        months = [month.request for month in months_of(self.request, self.catalog)] or [self.request]
        plans = (planned(month, self.catalog)[0] for month in months)
        return tuple(line for plan in plans for line in plan.charges.of(ENERGY))

    @property
    def is_cut(self) -> bool:
        """Whether something may be billed for a part of a month."""
        return len(self.request.agreement) > 1 or self.request.period != self.request.cycle

    def entries(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The agreement's entries with their places."""
        yield from enumerate(self.data["agreement"])

    def groups(self) -> Iterator[tuple[str, list[tuple[Path, Mapping[str, Any]]]]]:
        """Each billing group with its terms in every entry and their places."""
        names = dict.fromkeys(name for _, entry in self.entries() for name in entry["groups"])
        for name in names:
            yield (
                name,
                [
                    (("agreement", index, "groups", name), entry["groups"][name])
                    for index, entry in self.entries()
                    if name in entry["groups"]
                ],
            )

    def points(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The metering points with their places."""
        yield from enumerate(self.data.get("metering_points", ()))


@dataclass(frozen=True, slots=True)
class Cause:
    """A kind of error.

    Attributes:
        code: its name; it has words in both languages, and a heading in docs/causes.md.
        find: the wrong assignments that are possible in a situation.
        places: of wrong numbers, which are found by what differs, where they may stand.
    """

    code: str
    find: Callable[[Situation], Iterable[Instance]] = lambda situation: ()
    places: Callable[[Situation], Iterable[Place]] = lambda situation: ()


def subtracted(one: Money, other: Money) -> dict[Cell, int]:
    """The difference by cell, where there is any."""
    cells = dict.fromkeys((*one, *other))
    return {cell: apart for cell in cells if (apart := one.get(cell, 0) - other.get(cell, 0))}


def pointer_of(path: Path) -> str:
    """A place in the canonical data as the JSON pointer that the request has it at.

    >>> pointer_of(("metering_points", 0, "readings", 1, "registers", "peak"))
    '/metering_points/0/readings/1/peak'
    """
    return "".join(f"/{part}" for part in path if part != "registers")


def assigned(data: Any, path: Path, value: Any) -> Any:
    """The data with another value at a place; what does not change is not copied."""
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(data, list):
        assert isinstance(first, int), "a list is told by number"
        if value is GONE and not rest:
            return [each for index, each in enumerate(data) if index != first]
        return [assigned(each, rest, value) if index == first else each for index, each in enumerate(data)]
    if value is GONE and not rest:
        return {key: each for key, each in data.items() if key != first}
    return {**data, first: assigned(data.get(first, {}), rest, value)}
