"""Many accounts with their months: the contract that is best for all of them, and the cheapest ways by the rules.

What a contract costs in a month is a line between bills of the engine at its bends, so sums over months are compared
there and nowhere else; where a sum is within what roundings come to of the least, that is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from billcalc.advice.basic import NotAdvised
from billcalc.advice.choosing import WAYS, Start, cheapest, ways_in
from billcalc.advice.collecting import MONEY, NAMES, STEP_KW
from billcalc.agreement.models import BasicMode
from billcalc.bulk.arrow import as_column
from billcalc.bulk.column import Column
from billcalc.bulk.keys import called_alike
from billcalc.bulk.paths import ACCOUNT
from billcalc.kernel.values import Value

__all__ = ["ADVISED", "MONTHS_MISSING", "MONTHS_TWICE", "Accounts", "Advised", "accounts_of", "advised"]

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]

ADVISED: Mapping[str, str] = {
    "from": "text",
    "to": "text",
    "months": "number",
    "why": "text",
    "paid": "money",
    "capacity": "money",
    "one_contract_kw": "number",
    "one_contract": "money",
    "contract_by_month": "money",
    "actual": "money",
    "plan": "text",
    "planned": "money",
    "saved": "money",
    "moved_kwh": "number",
    "shift_saved": "money",
    "kvar": "number",
    "compensation_saved": "money",
    "doubted_months": "number",
}
"""What is told of an account, and what each is."""

MONTHS_MISSING, MONTHS_TWICE = "months_missing", "months_twice"
"""Why accounts are not advised on, beside the reasons of ``NotAdvised``."""
_WHYS = tuple(NotAdvised)
_FEN_PLACES = 2
_SEARCHED = 8192
"""Accounts that are searched at one time."""
_CAPACITY, _CONTRACTED, _ACTUAL = (WAYS.index(way) for way in WAYS)


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts whose months have the same days and rules.

    Attributes:
        accounts: their places.
        rows: of each account the rows of its months, in their order.
    """

    accounts: Numbers
    rows: Numbers


@dataclass(frozen=True)
class Accounts:
    """Accounts with their months.

    Attributes:
        facts: of each month [fen, kW, …]; what is not known is 0.
        known: of each month what is known.
        groups: of the accounts that have each month once.
        wrong: why others have not, by place.
    """

    names: pa.Array
    facts: Mapping[str, Numbers]
    known: Mapping[str, Mask]
    groups: tuple[Group, ...]
    wrong: Mapping[int, str]

    @cached_property
    def best(self) -> Mapping[int, int]:
        """The one contract of each account, by its place [kW]; of those of which it can be told."""
        found: dict[int, int] = {}
        for group in self.groups:
            told = self.known["own"][group.rows].all(axis=1)
            for start in range(0, int(told.sum()), _SEARCHED):
                some = np.flatnonzero(told)[start : start + _SEARCHED]
                contracts = _best_contracts(self.facts, group.rows[some])
                found.update(zip(group.accounts[some].tolist(), contracts.tolist(), strict=True))
        return found

    @cached_property
    def contracts(self) -> tuple[pa.Array, Numbers]:
        """The accounts that have one contract, and theirs [kW]."""
        places = np.fromiter(self.best, np.int64, len(self.best))
        return self.names.take(pa.array(places)), np.fromiter(self.best.values(), np.int64, len(self.best))


@dataclass(frozen=True, slots=True)
class Advised:
    """What is told of accounts, in their order.

    Attributes:
        numbers: whole ones; money in fen.
        known: what of them is told.
    """

    numbers: Mapping[str, Numbers]
    known: Mapping[str, Mask]
    texts: Mapping[str, NDArray[np.object_]]


def accounts_of(months: pa.Table) -> Accounts:
    """The accounts of a table of months, in the order of their first ones, and called as these call them."""
    names = months.column(ACCOUNT).cast(pa.string()).combine_chunks()
    encoded = called_alike(names).dictionary_encode()
    codes = encoded.indices.to_numpy().astype(np.int64)
    names = names.take(pa.array(np.unique(codes, return_index=True)[1]))
    facts, known = {}, {}
    for name in NAMES:
        facts[name], known[name] = whole_numbers(months.column(name), scaled=name in MONEY)
    order = np.lexsort((facts["first_day"], codes))
    starts = np.searchsorted(codes[order], np.arange(len(names) + 1))
    groups: list[Group] = []
    wrong: dict[int, str] = {}
    counts = np.diff(starts)
    for count in np.unique(counts).tolist():
        places = np.flatnonzero(counts == count)
        rows = order[starts[places][:, None] + np.arange(count)]
        gaps = facts["first_day"][rows[:, 1:]] - facts["end_day"][rows[:, :-1]]
        wrong.update(dict.fromkeys(places[(gaps > 0).any(axis=1)].tolist(), MONTHS_MISSING))
        wrong.update(dict.fromkeys(places[(gaps < 0).any(axis=1)].tolist(), MONTHS_TWICE))
        good = (gaps == 0).all(axis=1)
        groups += _alike(places[good], rows[good], facts, known)
    return Accounts(names, facts, known, tuple(groups), wrong)


def whole_numbers(column: pa.ChunkedArray, *, scaled: bool) -> tuple[Numbers, Mask]:
    """Decimals as whole numbers, amounts in fen, and which are told."""
    array = column.combine_chunks()
    told = array.is_valid().to_numpy(zero_copy_only=False)
    read = as_column(array).column
    below = 10 ** (read.scale - (_FEN_PLACES if scaled else 0))
    whole = np.broadcast_to((read.numbers + below // 2) // below, told.shape)
    return np.where(told, whole, 0).astype(np.int64), told


def _alike(
    accounts: Numbers, rows: Numbers, facts: Mapping[str, Numbers], known: Mapping[str, Mask]
) -> Iterator[Group]:
    """The accounts by what decides over the ways that they may go."""
    if not len(accounts):
        return
    deciding = ("first_day", "end_day", "way", "kept_months", "by_month", "changed", "why")
    told = [facts[name][rows] for name in deciding] + [
        known[way.value][rows].astype(np.int64) for way in (WAYS[0], WAYS[2])
    ]
    keys = np.concatenate([*told, known["own"][rows].astype(np.int64)], axis=1)
    differing = keys[:, (keys != keys[0]).any(axis=0)]  # of most tables nothing differs, and rows are dear to sort
    inverse = np.zeros(len(keys), dtype=np.int64)
    if differing.size:
        inverse = np.unique(differing, axis=0, return_inverse=True)[1].reshape(-1)
    for key in range(int(inverse.max()) + 1):
        yield Group(accounts[inverse == key], rows[inverse == key])


def _best_contracts(facts: Mapping[str, Numbers], rows: Numbers) -> Numbers:
    """The contract of each account that costs least over its months; of equal ones the highest [kW]."""
    told = {
        name: facts[name][rows]
        for name in ("floor", "limit", "at_none", "at_floor", "below_limit", "at_limit", "above")
    }
    bends = np.concatenate([told["floor"], told["limit"]], axis=1)
    least = told["floor"].min(axis=1)
    best, money = np.zeros(len(rows), dtype=np.int64), np.full(len(rows), np.inf)
    for bend in bends.T:
        for contract in (bend - 1, bend):
            contract = np.maximum(contract, least - 1)
            cost = _costs(told, np.maximum(contract, 0)).sum(axis=1)
            better = (cost < money - 0.5) | ((np.abs(cost - money) <= 0.5) & (contract > best))
            best, money = np.where(better, contract, best), np.where(better, cost, money)
    return np.maximum(best, 0)


def _costs(told: Mapping[str, Numbers], contract: Numbers) -> NDArray[np.float64]:
    """What each month costs with a contract [fen]: a line between the bills at its bends."""
    at = contract[:, None]
    floor, below = told["floor"], np.maximum(told["limit"] - 1, told["floor"])
    top = np.maximum(told["limit"], told["floor"])
    width = np.maximum(below - floor, 1)
    rising = told["at_floor"] + (told["below_limit"] - told["at_floor"]) * ((at - floor) / width)
    beyond = told["at_limit"] + (told["above"] - told["at_limit"]) * ((at - top) / STEP_KW)
    return np.where(at < floor, told["at_none"], np.where(at >= top, beyond, rising)).astype(np.float64)


@dataclass(slots=True)
class _Rows:
    """What is told of accounts while it is put together."""

    size: int
    numbers: dict[str, Numbers] = field(default_factory=dict)
    known: dict[str, Mask] = field(default_factory=dict)
    texts: dict[str, NDArray[np.object_]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, kind in ADVISED.items():
            if kind == "text":
                self.texts[name] = np.full(self.size, "", dtype=object)
            else:
                self.numbers[name] = np.zeros(self.size, dtype=np.int64)
                self.known[name] = np.zeros(self.size, dtype=np.bool_)

    def put(self, name: str, places: Numbers, numbers: Numbers, known: Mask | None = None) -> None:
        """Tell a number of accounts: of those of which it is known, or of all."""
        told = np.ones(len(places), dtype=np.bool_) if known is None else known
        self.numbers[name][places] = np.where(told, numbers, 0)
        self.known[name][places] = told


def advised(accounts: Accounts, one: pa.ChunkedArray) -> Advised:
    """What is told of accounts.

    Args:
        accounts: with their months.
        one: what each month is billed with the one contract of its account.
    """
    fen, is_one = whole_numbers(one, scaled=True)
    made = _Rows(len(accounts.names))
    for place, why in accounts.wrong.items():
        made.texts["why"][place] = why
    for group in accounts.groups:
        _tell(made, accounts, group, fen[group.rows], _every(is_one[group.rows]))
    return Advised(made.numbers, made.known, made.texts)


def _tell(made: _Rows, accounts: Accounts, group: Group, one: Numbers, has_one: Mask) -> None:
    """What is told of the accounts of a group."""
    facts, known, rows, places = accounts.facts, accounts.known, group.rows, group.accounts
    first = rows[0]
    days = [date.fromordinal(int(day)) for day in facts["first_day"][first]]
    made.texts["from"][places] = days[0].isoformat()
    made.texts["to"][places] = date.fromordinal(int(facts["end_day"][first[-1]])).isoformat()
    paid = facts["paid"][rows]
    made.put("months", places, np.full(len(rows), len(days)))
    made.put("paid", places, paid.sum(axis=1))
    made.put("doubted_months", places, facts["doubted"][rows].sum(axis=1))
    for name, saved, other in (("moved_kwh", "shift_saved", "shifted"), ("kvar", "compensation_saved", "compensated")):
        told = known[other][rows]
        amount = facts["moved"][rows].sum(axis=1) if name == "moved_kwh" else facts["kvar"][rows].max(axis=1)
        made.put(name, places, amount, _some(told))
        made.put(saved, places, np.where(told, paid - facts[other][rows], 0).sum(axis=1), _some(told))
    whys = [int(each) for each in facts["why"][first] if each >= 0]
    if whys:
        made.texts["why"][places] = _WHYS[whys[0]].value
        return
    _tell_ways(made, accounts, group, one, has_one, days)


def _tell_ways(
    made: _Rows, accounts: Accounts, group: Group, one: Numbers, has_one: Mask, days: Sequence[date]
) -> None:
    """The ways of a group, and the cheapest."""
    facts, known, rows, places = accounts.facts, accounts.known, group.rows, group.accounts
    paid = facts["paid"][rows]
    for way in (WAYS[_CAPACITY], WAYS[_ACTUAL]):
        made.put(way.value, places, facts[way.value][rows].sum(axis=1), _every(known[way.value][rows]))
    best = np.array([accounts.best.get(int(place), 0) for place in places], dtype=np.int64)
    made.put("one_contract_kw", places, best, has_one)
    made.put("one_contract", places, one.sum(axis=1), has_one)
    made.put("contract_by_month", places, facts["own"][rows].sum(axis=1), _every(known["own"][rows]))
    contracted, may = _contracted(facts, known, rows, one, has_one)
    costs: list[Mapping[BasicMode, Value]] = []
    for month, row in enumerate(rows[0]):
        of_month = {way: facts[way.value][rows[:, month]] for way in (WAYS[0], WAYS[2]) if known[way.value][row]}
        of_month |= {WAYS[_CONTRACTED]: contracted[:, month]} if may[month] else {}
        costs.append({way: Column.of(fen, 2) for way, fen in of_month.items()})
    kept = [int(each) or None for each in facts["kept_months"][rows[0]]]
    changed = int(facts["changed"][rows[0, 0]])
    start = Start(WAYS[int(facts["way"][rows[0, 0]])], date.fromordinal(changed) if changed else None)
    choice = cheapest(days, costs, kept, start)
    made.put("saved", places, np.zeros(len(rows), dtype=np.int64))
    if choice is None:
        return
    assert isinstance(choice.cost, Column), "many accounts are columns"
    assert isinstance(choice.code, Column), "many accounts are columns"
    planned = np.broadcast_to(choice.cost.numbers, len(rows)).astype(np.int64)
    saves = planned < paid.sum(axis=1)
    made.put("planned", places, planned, saves)
    made.put("saved", places, np.where(saves, paid.sum(axis=1) - planned, 0))
    codes = np.broadcast_to(choice.code.numbers // 10**choice.code.scale, len(rows))
    for code in np.unique(codes[saves]).tolist():
        made.texts["plan"][places[saves & (codes == code)]] = _plan_text(days, ways_in(int(code), len(days)))


def _contracted(
    facts: Mapping[str, Numbers], known: Mapping[str, Mask], rows: Numbers, one: Numbers, has_one: Mask
) -> tuple[Numbers, Mask]:
    """What months cost by contract, and whether they can be so; the present contracts where they cost no more."""
    by_month, is_present = facts["by_month"][rows[0]] == 1, facts["way"][rows[0]] == _CONTRACTED
    paid = facts["paid"][rows]
    can_own = known["own"][rows[0]]
    found = np.where(by_month & can_own, facts["own"][rows], one)
    found = np.where(by_month & is_present, np.minimum(np.where(can_own, found, paid), paid), found)
    held = ~by_month
    if held.any():
        keeps = is_present[held].all() & (paid[:, held].sum(axis=1) <= one[:, held].sum(axis=1))
        keeps |= is_present[held].all() & ~has_one
        found = np.where(held & keeps[:, None], paid, found)
    may = np.where(by_month, can_own | is_present, bool(has_one.all()) | is_present)
    return found, may


def _plan_text(days: Sequence[date], ways: Sequence[BasicMode]) -> str:
    """The ways with the day from which each is.

    >>> _plan_text([date(2025, 1, 1), date(2025, 2, 1)], [BasicMode.CAPACITY, BasicMode.ACTUAL])
    'capacity 2025-01-01; actual 2025-02-01'
    """
    told = [f"{way.value} {day}" for day, way, was in zip(days, ways, (None, *ways), strict=False) if way is not was]
    return "; ".join(told)


def _every(months: Mask) -> Mask:
    """The accounts of which each month is told."""
    return np.asarray(np.logical_and.reduce(months, axis=1))


def _some(months: Mask) -> Mask:
    """The accounts of which a month is told."""
    return np.asarray(np.logical_or.reduce(months, axis=1))
