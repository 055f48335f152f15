"""A rate of the URDB kind as tariff documents: its bands, its prices by month, and how they are written."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import EXACT, decimal_text
from billcalc.kernel.rate_reasons import RateReason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.notices.document import next_month
from billcalc.notices.urdb_rate import HOURS_OF_DAY, PER_DEMAND, UrdbRate, UrdbTier
from billcalc.vocabulary import Band, CustomerClass, Kind

__all__ = ["RateImport", "rate_documents"]

_NAMES: Mapping[int, tuple[Band, ...]] = {
    1: (Band.FLAT,),
    2: (Band.PEAK, Band.VALLEY),
    3: (Band.PEAK, Band.FLAT, Band.VALLEY),
    4: (Band.SHARP, Band.PEAK, Band.FLAT, Band.VALLEY),
    5: (Band.SHARP, Band.PEAK, Band.FLAT, Band.VALLEY, Band.DEEP_VALLEY),
    6: (Band.SHARP, Band.PEAK, Band.HALF_PEAK, Band.FLAT, Band.VALLEY, Band.DEEP_VALLEY),
}
"""What the bands of a month are called, from the dearest to the cheapest."""
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_WEEKEND = ("saturday", "sunday")

Pair = tuple[int, int]
"""The period of the energy and that of the demand in an hour."""


@dataclass(frozen=True, slots=True)
class RateImport:
    """What is asked for.

    Attributes:
        area: a code of its own for the rate, such as ``us-pge-e19``.
        start, end: the first day of the first month, and of the month after the last.
        recorded_on: the day of the import.
        url: where the rate was published, or None.
        clock: the offset of the area's clock, such as ``-08:00``; None where nobody tells it.
    """

    area: str
    start: date
    end: date
    recorded_on: date
    url: str | None = None
    clock: str | None = None


@dataclass(frozen=True, slots=True)
class _Month:
    """The hours of a month's days, and what each band is."""

    weekday: tuple[Pair, ...]
    weekend: tuple[Pair, ...]
    bands: Mapping[Pair, Band]


def rate_documents(rate: UrdbRate, asked: RateImport) -> Iterator[tuple[str, str]]:
    """The documents of a rate: for each its id and its text in YAML.

    Raises:
        InvalidInput: where a month has more bands than there are names, tiers count the hours of one alone, or the
            months reach beyond the days of the rate.
    """
    _check_days(rate, asked)
    months = [_month(rate, number) for number in range(12)]
    is_timed = any(len(month.bands) > 1 for month in months)
    kind = _price_kind(rate, is_timed=is_timed)
    whole = {"from": str(asked.start), "repealed_on": str(asked.end)}
    made_of = {each.value: [Kind.CATALOGUE_PRICE.value] for each in CustomerClass}
    yield _document(rate, asked, Kind.PRICE_STRUCTURE, asked.start, whole, {"made_of": made_of, "currency": "USD"})
    if asked.clock is not None:
        yield _document(rate, asked, Kind.CLOCK, asked.start, whole, {"offset": asked.clock})
    if is_timed:
        yield _document(rate, asked, Kind.TIME_OF_USE, asked.start, whole, _hours(months))
    prices = [_prices(rate, months[number], number, is_timed=is_timed) for number in range(12)]
    start = day = asked.start
    while day < asked.end:
        following = next_month(day)
        if following == asked.end or prices[following.month - 1] != prices[day.month - 1]:
            span = {"from": str(start), "repealed_on": str(following)}
            yield _document(rate, asked, kind, start, span, prices[day.month - 1])
            start = following
        day = following


def _check_days(rate: UrdbRate, asked: RateImport) -> None:
    """See that the months that are asked for lie within the days of the rate."""
    last = asked.end - timedelta(days=1)
    days = {"startdate": rate.startdate, "enddate": rate.enddate}
    is_beyond = {
        "startdate": rate.startdate is not None and asked.start < rate.startdate,
        "enddate": rate.enddate is not None and rate.enddate < last,
    }
    told = {"reason": RateReason.RATE_DAYS, "start": str(asked.start), "end": str(last)}
    faults = [
        Fault(FaultCode.NOT_EXPRESSED, f"/{key}", {**told, "key": key, "day": str(days[key])})
        for key, beyond in is_beyond.items()
        if beyond
    ]
    if faults:
        raise InvalidInput(faults)


def _price_kind(rate: UrdbRate, *, is_timed: bool) -> Kind:
    """The kind of the documents of prices: tiers of all energy of a month stand in that which has limits.

    Raises:
        InvalidInput: where a rate by hours has tiers: they count the energy of their period by itself.
    """
    tiered = [number for number, tiers in enumerate(rate.energyratestructure) if len(tiers) > 1]
    if tiered and is_timed:
        facts = {"reason": RateReason.RATE_TIERS}
        raise InvalidInput([Fault(FaultCode.NOT_EXPRESSED, f"/energyratestructure/{tiered[0]}", facts)])
    return Kind.RESIDENTIAL_PRICE if tiered else Kind.CATALOGUE_PRICE


def _month(rate: UrdbRate, number: int) -> _Month:
    """The hours of a calendar month and its bands, named from the dearest to the cheapest."""
    none = (0,) * HOURS_OF_DAY

    def hours(energy: Sequence[Sequence[int]], demand: Sequence[Sequence[int]] | None) -> tuple[Pair, ...]:
        return tuple(zip(energy[number], none if demand is None else demand[number], strict=True))

    weekday = hours(rate.energyweekdayschedule, rate.demandweekdayschedule)
    weekend = hours(rate.energyweekendschedule, rate.demandweekendschedule)
    pairs = sorted({*weekday, *weekend}, key=lambda pair: _dearness(rate, pair), reverse=True)
    if len(pairs) not in _NAMES:
        facts = {
            "reason": RateReason.RATE_BANDS,
            "month": str(number + 1),
            "count": str(len(pairs)),
            "most": str(max(_NAMES)),
        }
        raise InvalidInput([Fault(FaultCode.NOT_EXPRESSED, "/energyweekdayschedule", facts)])
    return _Month(weekday, weekend, dict(zip(pairs, _NAMES[len(pairs)], strict=True)))


def _dearness(rate: UrdbRate, pair: Pair) -> tuple[Decimal, Decimal, Pair]:
    energy, demand = pair
    of_demand = _price(rate.demandratestructure[demand]) if rate.demandratestructure else Decimal(0)
    return _price(rate.energyratestructure[energy]), of_demand, pair


def _price(tiers: Sequence[UrdbTier]) -> Decimal:
    return EXACT.add(tiers[0].rate, tiers[0].adj)


def _hours(months: Sequence[_Month]) -> dict[str, Any]:
    """The seasons and rows of the hours: months whose days are alike are one season."""
    alike: dict[str, list[int]] = {}
    for number, month in enumerate(months):
        alike.setdefault(str((month.weekday, month.weekend, month.bands)), []).append(number)
    seasons, periods = {}, {}
    for place, numbers in enumerate(alike.values(), start=1):
        name, month = f"season_{place}", months[numbers[0]]
        seasons[name] = [_days_of(number) for number in numbers]
        days = {"weekdays": (_WEEKDAYS, month.weekday), "weekend": (_WEEKEND, month.weekend)}
        for kind, (weekdays, pairs) in days.items():
            bands = {}
            for pair, band in month.bands.items():
                if hours := [hour for hour in range(HOURS_OF_DAY) if pairs[hour] == pair]:
                    bands[band.value] = _spans(hours)
            periods[f"{name}_{kind}"] = {"season": name, "days": {"weekday": list(weekdays)}, "bands": bands}
    return {"seasons": seasons, "periods": periods}


def _days_of(number: int) -> dict[str, str]:
    return {"from": f"{number + 1:02}-01", "to": f"{(number + 1) % 12 + 1:02}-01"}


def _spans(hours: Sequence[int]) -> list[str]:
    """Hours that follow each other, as one span."""
    found: list[list[int]] = []
    for hour in hours:
        if found and found[-1][1] == hour:
            found[-1][1] = hour + 1
        else:
            found.append([hour, hour + 1])
    return [f"{start:02}:00-{end:02}:00" for start, end in found]


def _prices(rate: UrdbRate, month: _Month, number: int, *, is_timed: bool) -> dict[str, Any]:
    """What is paid in a calendar month, and up to which energy its tiers go."""
    components = {"components": _components(rate, month, number, is_timed=is_timed)}
    [tiers, *_] = [rate.energyratestructure[energy] for energy, _ in month.bands]
    limits = [decimal_text(each.max) for each in tiers if each.max is not None]
    table: dict[str, Any] = {"months": 1, "per": "demand_kw"} if tiers[0].unit == PER_DEMAND else {"months": 1}
    return {**components, "tiers": [{**table, "limits": [{"up_to": limits}]}]} if limits else components


def _energy(rate: UrdbRate, month: _Month, *, is_timed: bool) -> list[dict[str, Any]]:
    """The price of energy: by band, by tier, or one."""
    prices = {band: _price(rate.energyratestructure[energy]) for (energy, _), band in month.bands.items()}
    if is_timed:
        told = {"bands": {band.value: decimal_text(price) for band, price in prices.items()}}
        return [{"code": "catalogue_energy", "section": "catalogue", "price": told}]
    [tiers] = [rate.energyratestructure[energy] for energy, _ in month.bands]
    of_tiers = [decimal_text(_price([each])) for each in tiers]
    if len(of_tiers) == 1:
        return [{"code": "catalogue_energy", "section": "catalogue", "price": of_tiers[0]}]
    return [
        {"code": f"tier_{place}", "section": "catalogue", "quantity": f"tier_kwh.{place}", "price": price}
        for place, price in enumerate(of_tiers, start=1)
    ]


def _components(rate: UrdbRate, month: _Month, number: int, *, is_timed: bool) -> list[dict[str, Any]]:
    """What is paid in a calendar month."""
    found = _energy(rate, month, is_timed=is_timed)
    found.extend(_of_bands(rate, month, is_timed=is_timed))
    if rate.flatdemandstructure:
        ratchet = {"share": decimal_text(rate.lookback_percent), "months": rate.lookback_range}
        of = {"ratchet": ratchet} if rate.lookback_percent else {}
        found.extend(_demand("demand", rate.flatdemandstructure[rate.flatdemandmonths[number]], of))
    if rate.fixedchargefirstmeter:
        quantity = "days" if rate.fixedchargeunits == "$/day" else "months"
        fixed = decimal_text(rate.fixedchargefirstmeter)
        found.append({"code": "customer_charge", "section": "network_capacity", "quantity": quantity, "price": fixed})
    if rate.mincharge:
        due = {"quantity": "months", "price": decimal_text(rate.mincharge), "minimum_of": "bill"}
        found.append({"code": "minimum_bill", "section": "minimum", **due})
    return found


def _of_bands(rate: UrdbRate, month: _Month, *, is_timed: bool) -> Iterator[dict[str, Any]]:
    """The demand of each period of the month that has a price: the greatest of the bands that are of it."""
    by_period: dict[int, list[str]] = {}
    for (_, demand), band in month.bands.items():
        by_period.setdefault(demand, []).append(band.value)
    for period, bands in sorted(by_period.items()):
        if rate.demandratestructure:
            of = {"bands": bands} if is_timed else {}
            yield from _demand(f"demand_{period}", rate.demandratestructure[period], of)


def _demand(code: str, tiers: Sequence[UrdbTier], of: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The prices of a demand, one for each of its tiers; none where nothing is charged for it."""
    if not any(_price([tier]) for tier in tiers):
        return
    told = {"section": "network_capacity", "quantity": "demand_kw"}
    for number, (above, tier) in enumerate(zip((None, *(tier.max for tier in tiers)), tiers, strict=False), start=1):
        ends = {"above": above, "up_to": tier.max}
        demand = {**of, **{key: decimal_text(end) for key, end in ends.items() if end is not None}}
        name = code if len(tiers) == 1 else f"{code}_tier_{number}"
        yield {"code": name, **told, "demand": demand, "price": decimal_text(_price([tier]))}


def _document(
    rate: UrdbRate, asked: RateImport, kind: Kind, start: date, span: Mapping[str, str], body: Mapping[str, Any]
) -> tuple[str, str]:
    """The id and the text of a document; each of its keys on a line, and each entry of a list."""
    nation, _, place = asked.area.partition("-")
    name = f"{nation}/{place}/{kind.value}/{start:%Y-%m}"
    published = {"title": rate.name} if asked.url is None else {"title": rate.name, "url": asked.url}
    head = {
        "id": name, "kind": kind.value, "area": asked.area, "effective": span, "document": published,
        "evidence": "secondary", "recorded_on": str(asked.recorded_on),
    }  # fmt: skip
    lines = []
    for key, value in {**head, **body}.items():
        if isinstance(value, list):
            lines += [f"{key}:", *(f"- {_flow(each)}" for each in value)]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return name, "\n".join([*lines, ""])


def _flow(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
