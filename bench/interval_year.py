"""A year of 15-minute values of one customer, beside a loop over decimals as one writes it by hand in an hour.

Energies and demands of values that are there as numbers; twelve bills from JSON, with the steps of each line and
without. Medians of the processor time of interleaved runs; each run has other values, of which nothing is kept.
"""

import json
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from billcalc.bands.days import DayFacts
from billcalc.bands.schedule import Schedule
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.files.loading import load
from billcalc.library.catalog import load_catalog
from billcalc.metering.intervals import CompleteSeries, maximum_demand
from billcalc.metering.measures import daily_band_places, energy_in
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import PriceKey
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import Band, Billing, CustomerClass, Kind, Purchase, Voltage

RUNS = 7
YEAR, AREA, STEP = 2025, "cn-beijing", 15
PER_DAY = 24 * 60 // STEP
CLOCK = timezone(timedelta(hours=8))
PRICES = {Band.SHARP: "1.2713", Band.PEAK: "1.0309", Band.FLAT: "0.7377", Band.VALLEY: "0.4195"}
FEN = Decimal("0.01")

Bands = Mapping[date, Sequence[Band]]


def bands_of_year(catalog: Catalog) -> Bands:
    """The band of each interval of each day."""
    document = catalog.in_force(Kind.TIME_OF_USE, AREA, date(YEAR, 1, 1)).document
    assert isinstance(document, TimeOfUse)
    key = PriceKey(
        customer_class=CustomerClass.INDUSTRIAL_COMMERCIAL,
        billing=Billing.ONE_PART,
        voltage=Voltage.FROM_1_TO_10,
        purchase=Purchase.AGENT,
        time_of_use=True,
    )
    schedule, facts = Schedule(document=document, key=key), DayFacts(catalog, AREA)
    days = [date(YEAR, 1, 1) + timedelta(days=number) for number in range(365)]
    found: dict[tuple[Band, ...], tuple[Band, ...]] = {}
    halves = {day: schedule.bands_on(day=day, facts=facts) for day in days}
    for each in halves.values():
        found.setdefault(each, tuple(band for band in each for _ in range(30 // STEP)))
    return {day: found[each] for day, each in halves.items()}


def requests(seed: int) -> list[bytes]:
    """Twelve requests, a month each, of values that are rising by chance."""
    drawn = random.Random(seed)
    return [one_month(month, drawn) for month in range(1, 13)]


def one_month(month: int, drawn: random.Random) -> bytes:
    """A request of a month."""
    start, end = date(YEAR, month, 1), date(YEAR + month // 12, month % 12 + 1, 1)
    count = (end - start).days * PER_DAY
    span = {"from": str(start), "to": str(end)}
    group = {"class": "industrial_commercial", "billing": "one_part", "voltage": "10kV", "time_of_use": True}
    bands = {band.value: price for band, price in PRICES.items()}
    told: dict[str, Any] = {
        "area": AREA,
        "cycle": span,
        "period": span,
        "agreement": [
            {
                "from": str(start),
                "groups": {"main": {**group, "purchase": "agent"}},
                "supply_points": {"S1": {"power_factor_standard": "none"}},
                "basic": {"mode": "exempt"},
            }
        ],
        "price_sheet": {
            "title": "contract",
            "components": [{"code": "purchase", "section": "energy", "price": {"bands": bands}}],
            "not_charged": ["network_energy", "levies", "upstream_loss", "system_operation"],
        },
        "metering_points": [
            {
                "id": "M1",
                "group": "main",
                "supply_point": "S1",
                "side": "high",
                "intervals": {
                    "step": STEP,
                    "start": f"{start}T00:00:00+08:00",
                    "unit": "kwh",
                    "values": [f"{drawn.randrange(50_000) / 10_000:.4f}" for _ in range(count)],
                    "fill": "refuse",
                    "demand": {"minutes": STEP, "rolling": False},
                },
            }
        ],
    }
    return json.dumps(told).encode()


def by_hand(kwh: Sequence[Decimal], start: date, bands: Bands) -> tuple[dict[Band, Decimal], Decimal]:
    """The energy of each band [kWh] and the maximum demand [kW]: one loop."""
    energies: dict[Band, Decimal] = {}
    highest = Decimal(0)
    day, place, of_day = start, 0, bands[start]
    for value in kwh:
        if place == PER_DAY:
            day, place = day + timedelta(days=1), 0
            of_day = bands[day]
        band = of_day[place]
        energies[band] = energies.get(band, Decimal(0)) + value
        highest = max(highest, value)
        place += 1
    return energies, highest * (60 // STEP)


def bill_by_hand(text: bytes, bands: Bands) -> tuple[Decimal, Decimal]:
    """The total of a month [money] and its maximum demand [kW]."""
    told = json.loads(text)
    intervals = told["metering_points"][0]["intervals"]
    kwh = [Decimal(value) for value in intervals["values"]]
    energies, demand = by_hand(kwh, datetime.fromisoformat(intervals["start"]).date(), bands)
    amounts = ((energy * Decimal(PRICES[band])).quantize(FEN, ROUND_HALF_UP) for band, energy in energies.items())
    return sum(amounts, Decimal(0)), demand


def billed(text: bytes, catalog: Catalog, *, derivation: bool = True) -> Bill:
    """The same by billcalc, with the steps of each line or without."""
    bill = calculate(load(Request, text), catalog, derivation=derivation)
    assert isinstance(bill, Bill), bill
    return bill


def by_billcalc(series: CompleteSeries, bands: Bands) -> tuple[Mapping[Band, Decimal], Decimal]:
    """As ``by_hand``, by the functions that a bill asks."""
    demand = maximum_demand(series, minutes=STEP, rolling=False)
    places = daily_band_places(series.start.date(), range(len(series.kwh)), series.step, bands.__getitem__)
    return {band: energy_in(series.kwh, runs) for band, runs in places.items()}, demand.kw


def seconds(work: Callable[[], object]) -> float:
    """The processor time of one run."""
    before = time.process_time()
    work()
    return time.process_time() - before


def main() -> None:
    """Measure both rows."""
    catalog = load_catalog(areas=[AREA])
    bands = bands_of_year(catalog)
    drawn = random.Random(0)
    kwh = tuple(Decimal(drawn.randrange(50_000)).scaleb(-4) for _ in range(365 * PER_DAY))
    series = CompleteSeries(datetime(YEAR, 1, 1, tzinfo=CLOCK), STEP, kwh, ())
    rows: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for run in range(RUNS):
        numbers = seconds(lambda: by_hand(kwh, date(YEAR, 1, 1), bands)), seconds(lambda: by_billcalc(series, bands))
        rows["energies and demand of the year"].append(numbers)
        texts = requests(run)
        loop = seconds(lambda texts=texts: [bill_by_hand(text, bands) for text in texts])  # type: ignore[misc]
        for name, derivation in (("twelve bills from JSON", True), ("the same without steps", False)):
            work = partial(billed, catalog=catalog, derivation=derivation)
            rows[name].append((loop, seconds(lambda work=work, texts=texts: [*map(work, texts)])))  # type: ignore[misc]
    for name, times in rows.items():
        hand, ours = (statistics.median(each) for each in zip(*times, strict=True))
        print(f"{name:34} by hand {hand * 1e3:7.1f} ms, billcalc {ours * 1e3:7.1f} ms, ratio {ours / hand:5.2f}")


if __name__ == "__main__":
    main()
