"""The steps of one line as a person follows them: what other lines derive left to them, mere renamings joined.

A line's own steps are complete and say everything twice: the power-factor line repeats every line of its base, and a
value that gets a second and third name is three steps. For reading, an amount of another line is a figure with the
line's name, a renaming is another name of the same step, and an intermediate product that no bill prints stands inside
the formula that divides it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from billcalc.billing.bill import Bill, Line
from billcalc.kernel.expressions import Expression, Place, Rounded, with_places
from billcalc.kernel.steps import Operand, Step
from billcalc.kernel.terms import Term

__all__ = ["Chain", "Link", "chain_of"]

Name = tuple[Term, tuple[str, ...]]
_Key = tuple[Term | None, tuple[str, ...], Decimal, str]

_INSIDE = frozenset({Term.CAPACITY_DAYS})
"""Products that are only ever divided on: capacity × days is nothing a customer knows."""


@dataclass(frozen=True, slots=True)
class Link:
    """One step to read.

    Attributes:
        step: its formula, figures, rounding and documents.
        names: all names of its result, the first being the step's own.
    """

    step: Step
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps of one line to read, operands before results.

    Attributes:
        owners: the figures that are other lines' amounts, and those lines.
        derived: the figures that are results of these steps.
    """

    links: tuple[Link, ...]
    owners: Mapping[Operand, Line]
    derived: frozenset[Operand]


def chain_of(bill: Bill, line: Line) -> Chain:
    """Choose what of a line's steps is read, and join it."""
    steps = tuple(dict.fromkeys(line.steps))
    owners = _owners(bill, line)
    kept = _needed(steps, frozenset(owners))
    foreign = {_key(step): owner for step, owner in owners.items()}
    links = tuple(_joined(_without_inside(kept)))
    figures = dict.fromkeys(operand for link in links for operand in link.step.operands)
    results = {(*name, link.step.number, link.step.unit) for link in links for name in link.names}
    return Chain(
        links=links,
        owners={each: foreign[_key(each)] for each in figures if _key(each) in foreign.keys() - results},
        derived=frozenset(each for each in figures if _key(each) in results),
    )


def _key(value: Step | Operand) -> _Key:
    return value.term, value.of, value.number, value.unit


def _owners(bill: Bill, line: Line) -> dict[Step, Line]:
    """The amounts among a line's steps that another line derives: of all lines that have a step, the shortest."""
    owners: dict[Step, Line] = {}
    amounts = {step for step in line.steps[:-1] if step.unit == bill.currency}
    for other in sorted(bill.lines, key=lambda each: len(each.steps)):
        if len(other.steps) < len(line.steps):
            owners.update({step: owners.get(step, other) for step in other.steps if step in amounts})
    return owners


def _needed(steps: Sequence[Step], foreign: frozenset[Step]) -> list[Step]:
    """The steps that lead to the last one without going through another line's amount."""
    makers: dict[_Key, list[int]] = defaultdict(list)
    below: list[set[int]] = []
    for index, step in enumerate(steps):
        below.append({maker for operand in step.operands for maker in makers[_key(operand)]})
        makers[_key(step)].append(index)
    wanted = {len(steps) - 1} if steps else set()
    for index in range(len(steps) - 1, -1, -1):
        if index in wanted:
            wanted.update(maker for maker in below[index] if steps[maker] not in foreign)
    return [step for index, step in enumerate(steps) if index in wanted]


def _without_inside(steps: Iterable[Step]) -> list[Step]:
    """The steps with each inside product written into the formulas that use it."""
    inside: dict[_Key, Step] = {}
    found = []
    for step in steps:
        for key in [key for key in map(_key, step.operands) if key in inside]:
            step = _written_in(step, inside[key])
        if step.term in _INSIDE:
            inside[_key(step)] = step
        else:
            found.append(step)
    return found


def _written_in(step: Step, product: Step) -> Step:
    place = [_key(operand) for operand in step.operands].index(_key(product))
    first, *others = product.operands
    behind = len(step.operands) - 1
    inner = product.expression if product.rounded_to is None else Rounded(product.expression, product.rounded_to)
    inner = with_places(inner, lambda index: Place(behind + index if index else place))

    def at(index: int) -> Expression:
        return inner if index == place else Place(index)

    return replace(
        step,
        expression=with_places(step.expression, at),
        operands=(*step.operands[:place], first, *step.operands[place + 1 :], *others),
        sources=tuple(dict.fromkeys((*product.sources, *step.sources))),
    )


def _joined(steps: Iterable[Step]) -> list[Link]:
    """The steps with each that only renames an earlier one joined to it."""
    links: list[Link] = []
    at: dict[_Key, int] = {}
    for step in steps:
        renames = step.rounded_to is None and step.expression == Place(0)
        named = at.get(_key(step.operands[0])) if renames else None
        if named is None:
            at[_key(step)] = len(links)
            links.append(Link(step, ((step.term, step.of),)))
        else:
            at[_key(step)] = named
            before = links[named]
            sources = tuple(dict.fromkeys((*before.step.sources, *step.sources)))
            names = (*before.names, (step.term, step.of))
            links[named] = Link(replace(before.step, sources=sources), names)
    return links
