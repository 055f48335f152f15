"""The cheapest way of paying month by month under the rules of when it may be changed; of one customer or of many."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from billcalc.agreement.models import BasicMode
from billcalc.kernel.values import Value, choose

__all__ = ["WAYS", "Choice", "Start", "cheapest", "ways_in"]

WAYS = (BasicMode.CAPACITY, BasicMode.CONTRACTED, BasicMode.ACTUAL)
"""The ways of paying a basic charge."""

_QUARTERS = (1, 4, 7, 10)
_BASE = len(WAYS) + 1
_MayChange = Callable[[int, int | None], bool]
"""Whether the way may be changed in a month, by the month in which it was changed before."""
_State = tuple[BasicMode, int | None]
"""The way of a month, and the month in which it was changed last; None where it was not."""


@dataclass(frozen=True, slots=True)
class Start:
    """What was before the first month.

    Attributes:
        way: the way in force; None where it is not known, or there was none.
        changed: the day from which it was; None where that is not known.
    """

    way: BasicMode | None = None
    changed: date | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The cheapest ways of some months.

    Attributes:
        cost: of all months [money].
        code: the ways of the months, as ``ways_in`` reads them.
    """

    cost: Value
    code: Value


def cheapest(
    days: Sequence[date],
    costs: Sequence[Mapping[BasicMode, Value]],
    kept_months: Sequence[int | None],
    start: Start,
    *,
    by_quarter: bool = False,
) -> Choice | None:
    """The ways that cost least together; of equal ones the way that is kept. None where no way goes through.

    Args:
        days: the first of each month.
        costs: of each month by way, without those that cannot be billed [money].
        kept_months: how long a way is kept, by the rule in force on each day; None where it may not be changed.
        start: what was before.
        by_quarter: whether a way begins with a quarter of the calendar.

    Source: 发改办价格〔2016〕1583号 第一条（一）.
    """

    def may_change(number: int, last: int | None) -> bool:
        since = start.changed if last is None else days[last]
        kept, day = kept_months[number], days[number]
        if kept is None or (by_quarter and (day.month not in _QUARTERS or day.day > 1)):
            return False
        return since is None or since + relativedelta(months=kept) <= day

    states: dict[_State, Choice] = {}
    for place, way in enumerate(WAYS, start=1):
        if way in costs[0]:
            is_kept = start.way in (None, way)
            if is_kept or may_change(0, None):
                cost = costs[0][way]
                states[way, None if is_kept else 0] = Choice(cost, cost * 0 + place)
    for number in range(1, len(days)):
        states = _next(states, costs[number], number, may_change)
    found = None
    for choice in sorted(states, key=lambda state: state[1] is not None):
        found = states[choice] if found is None else _cheaper(found, states[choice])
    return found


def _next(
    states: Mapping[_State, Choice], costs: Mapping[BasicMode, Value], number: int, may_change: _MayChange
) -> dict[_State, Choice]:
    """What the states of a month become in the next."""
    found: dict[_State, Choice] = {}
    for (way, last), before in states.items():
        if way in costs:
            found[way, last] = _after(before, way, costs[way])
    for (way, last), before in states.items():
        for other in WAYS:
            if other is not way and other in costs and may_change(number, last):
                made = _after(before, other, costs[other])
                known = found.get((other, number))
                found[other, number] = made if known is None else _cheaper(known, made)
    return found


def _after(before: Choice, way: BasicMode, cost: Value) -> Choice:
    return Choice(before.cost + cost, before.code * _BASE + (WAYS.index(way) + 1))


def _cheaper(first: Choice, second: Choice) -> Choice:
    """The cheaper one; of equal ones the first."""
    return Choice(
        choose(second.cost < first.cost, second.cost, first.cost),
        choose(second.cost < first.cost, second.code, first.code),
    )


def ways_in(code: int, months: int) -> tuple[BasicMode, ...]:
    """The ways of months.

    >>> [way.value for way in ways_in(1 * 4 + 2, 2)]
    ['capacity', 'contracted']
    """
    digits = []
    for _ in range(months):
        code, digit = divmod(code, _BASE)
        digits.append(digit)
    return tuple(WAYS[digit - 1] for digit in reversed(digits))
