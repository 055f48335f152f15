"""Why a month costs another amount than the one before: the published order of elimination, and an exact split.

The average price without basic charge and adjustment is money ÷ energy of what is billed by the kilowatt-hour. Its
change is the sum of what the shares of the groups, the shares of the bands in them, and the prices did, each part at
the mean of both months (midpoint form): for shares s and prices p of parts k, and P̄ the mean of both averages,
ΔP = Σ (s₁ − s₀)·((p₀ + p₁) ÷ 2 − P̄) + (p₁ − p₀)·(s₀ + s₁) ÷ 2. The numbers are rational and nothing is rounded.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from billcalc.billing.bill import Bill
from billcalc.kernel.decimals import ZERO, exact_sum
from billcalc.vocabulary import Band, Section

__all__ = ["EXPLAIN_LIMITS", "Cause", "Change", "Month", "Part", "Way", "eliminate", "month_of"]

EXPLAIN_LIMITS = ("held", "average", "part")
"""Up to which share energy and money held, above which the average price changed, and above which a part is a cause."""

_NOT_BY_ENERGY = (Section.NETWORK_CAPACITY, Section.POWER_FACTOR, Section.REFUNDS, Section.MINIMUM)


class Way(StrEnum):
    """What energy and money did."""

    BOTH_HELD = "both_held"
    SAME_WAY = "same_way"
    OTHERWISE = "otherwise"
    """The energy held and the money moved, or they moved opposite ways: certainly abnormal."""


class Cause(StrEnum):
    """What moved the average price."""

    GROUP_SHARE = "group_share"
    BAND_SHARE = "band_share"
    PRICE = "price"
    WITHOUT_ENERGY = "without_energy"
    """Money of groups that used nothing."""


@dataclass(frozen=True, slots=True)
class Month:
    """What a month is split by.

    Attributes:
        kwh: by group and band [kWh].
        money: of what is billed by the kilowatt-hour, by group and band; None is of all bands [money].
        total: of the bill [money].
    """

    kwh: Mapping[str, Mapping[Band, Decimal]]
    money: Mapping[str, Mapping[Band | None, Decimal]]
    total: Decimal

    @property
    def energy(self) -> Decimal:
        """All of it [kWh]."""
        return exact_sum(kwh for bands in self.kwh.values() for kwh in bands.values())


@dataclass(frozen=True, slots=True)
class Part:
    """What one share or price did to the average price.

    Attributes:
        group, band: of which; empty for all.
        amount: [money per kWh].
        named: whether it is a cause: it goes the way of the average, and is large enough.
    """

    cause: Cause
    group: str
    band: str
    amount: Fraction
    named: bool


@dataclass(frozen=True, slots=True)
class Change:
    """The change from one month to the next.

    Attributes:
        average: the average price of each month; None where one of them has no energy, and nothing is split.
        parts: they sum to the change of the average.
        changed: whether the average price changed by so much that its parts are causes.
    """

    way: Way
    energy: tuple[Decimal, Decimal]
    money: tuple[Decimal, Decimal]
    average: tuple[Fraction, Fraction] | None
    parts: tuple[Part, ...]
    changed: bool


def month_of(bill: Bill) -> Month:
    """What a bill is split by."""
    money: dict[str, dict[Band | None, Decimal]] = {group: {} for group in bill.kwh}
    for line in bill.lines:
        if line.section not in _NOT_BY_ENERGY:
            kwh = bill.kwh.get(line.group, {}).get(line.band or Band.TOTAL, ZERO)
            band = line.band if kwh else None
            of_group = money.setdefault(line.group, {})
            of_group[band] = exact_sum((of_group.get(band, ZERO), line.amount))
    return Month(bill.kwh, money, bill.total)


def eliminate(before: Month, now: Month, limits: Mapping[str, Decimal]) -> Change:
    """Tell what the change of the average price is made of.

    Args:
        before: the month before.
        now: the month.
        limits: by the names of ``EXPLAIN_LIMITS`` [1].
    """
    energy, money = (before.energy, now.energy), (before.total, now.total)
    way = _way(energy, money, limits["held"])
    if not (energy[0] and energy[1]):
        return Change(way, energy, money, None, (), changed=False)
    average = (_average(before), _average(now))
    difference = average[1] - average[0]
    changed = abs(difference) > abs(average[0]) * Fraction(limits["average"])
    least = Fraction(limits["part"])
    parts = tuple(
        Part(cause, group, band, amount, named=changed and amount / difference > least)
        for cause, group, band, amount in _parts(before, now)
        if amount
    )
    return Change(way, energy, money, average, parts, changed)


def _way(energy: tuple[Decimal, Decimal], money: tuple[Decimal, Decimal], held: Decimal) -> Way:
    moved = [0 if abs(now - was) <= abs(was) * held else 1 if now > was else -1 for was, now in (energy, money)]
    if moved == [0, 0]:
        return Way.BOTH_HELD
    return Way.SAME_WAY if moved[0] == moved[1] else Way.OTHERWISE


def _average(month: Month) -> Fraction:
    return Fraction(exact_sum(each for of_group in month.money.values() for each in of_group.values())) / Fraction(
        month.energy
    )


@dataclass(frozen=True, slots=True)
class _Share:
    """A part of a whole in one month: its share, and its price where it has one."""

    share: Fraction
    price: Fraction | None


def _parts(before: Month, now: Month) -> Iterator[tuple[Cause, str, str, Fraction]]:
    groups = list(dict.fromkeys((*before.money, *now.money)))
    shares = [(_group(before, group), _group(now, group)) for group in groups]
    for group, pair, (by_share, by_price) in zip(groups, shares, _split(shares), strict=True):
        yield Cause.GROUP_SHARE, group, "", by_share
        if pair[0].price is not None and pair[1].price is not None:
            weight = (pair[0].share + pair[1].share) / 2
            yield from ((cause, group, band, part * weight) for cause, band, part in _of_group(before, now, group))
        else:
            yield Cause.PRICE, group, "", by_price
    yield Cause.WITHOUT_ENERGY, "", "", _without_energy(now) - _without_energy(before)


def _of_group(before: Month, now: Month, group: str) -> Iterator[tuple[Cause, str, Fraction]]:
    """What the price of a group changed by: the shares of its bands, their prices, and what is for all bands."""
    bands = list(dict.fromkeys((*before.kwh[group], *now.kwh[group])))
    shares = [(_band(before, group, band), _band(now, group, band)) for band in bands]
    for band, (by_share, by_price) in zip(bands, _split(shares), strict=True):
        yield Cause.BAND_SHARE, band.value, by_share
        yield Cause.PRICE, band.value, by_price
    whole = [
        Fraction(month.money[group].get(None, ZERO)) / Fraction(exact_sum(month.kwh[group].values()))
        for month in (before, now)
    ]
    yield Cause.PRICE, "", whole[1] - whole[0]


def _split(shares: Sequence[tuple[_Share, _Share]]) -> Iterator[tuple[Fraction, Fraction]]:
    """What each share and each price did; what is in one month only has the price of that month in both."""
    prices = [(_first(was.price, now.price), _first(now.price, was.price)) for was, now in shares]
    averages = [
        sum((each[at].share * price[at] for each, price in zip(shares, prices, strict=True)), Fraction(0))
        for at in (0, 1)
    ]
    mean = (averages[0] + averages[1]) / 2
    for (was, now), (price_was, price_now) in zip(shares, prices, strict=True):
        by_share = (now.share - was.share) * ((price_was + price_now) / 2 - mean)
        yield by_share, (price_now - price_was) * (was.share + now.share) / 2


def _first(price: Fraction | None, other: Fraction | None) -> Fraction:
    return price if price is not None else other if other is not None else Fraction(0)


def _group(month: Month, group: str) -> _Share:
    kwh = Fraction(exact_sum(month.kwh.get(group, {}).values()))
    money = Fraction(exact_sum(month.money.get(group, {}).values()))
    return _Share(kwh / Fraction(month.energy), money / kwh if kwh else None)


def _band(month: Month, group: str, band: Band) -> _Share:
    kwh = Fraction(month.kwh[group].get(band, ZERO))
    money = Fraction(month.money[group].get(band, ZERO))
    return _Share(kwh / Fraction(exact_sum(month.kwh[group].values())), money / kwh if kwh else None)


def _without_energy(month: Month) -> Fraction:
    """Money of groups without energy, by the energy of all [money per kWh]."""
    money = (
        exact_sum(of_group.values())
        for group, of_group in month.money.items()
        if not exact_sum(month.kwh.get(group, {}).values())
    )
    return Fraction(exact_sum(money)) / Fraction(month.energy)
