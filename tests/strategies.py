"""Requests and tariffs that hypothesis makes: customers of the invented area of tests/billing/cases.py.

Almost every request can be billed: its numbers rise where registers do, and what is taken off a meter is less than it
counted. What a law does not want it filters out or changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from billcalc.tariff.catalog import Catalog
from billcalc.tariff.documents import Header
from tests.billing.cases import HOME, INDUSTRY, LEVIES, NETWORK, SHOP, Data, catalog, prices, reading

__all__ = ["Case", "agreements", "cases", "days_within", "levies_from", "network_from", "requests", "tariffs"]

CYCLES = (
    ("2023-02-01", "2023-03-01"),
    ("2024-02-01", "2024-03-01"),
    ("2024-05-01", "2024-06-01"),
    ("2024-06-01", "2024-07-01"),
    ("2024-07-01", "2024-08-01"),
    ("2024-06-24", "2024-07-24"),
)
BANDS = ("peak", "flat", "valley")
MODES = ("capacity", "contracted", "actual", "exempt")
FEE: Data = {"code": "metering_fee", "section": "network_energy", "quantity": "months", "price": "17.77"}


@dataclass(frozen=True)
class Case:
    """A request and the tariffs it is billed by."""

    data: Data
    tariffs: Catalog


def days_within(start: str, end: str) -> st.SearchStrategy[str]:
    """A day after the first and before the end of a span."""
    first, last = date.fromisoformat(start) + timedelta(days=1), date.fromisoformat(end) - timedelta(days=1)
    return st.dates(first, last).map(str)


def cents(low: int, high: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda number: str(Decimal(number).scaleb(-2)))


# Tariffs


def levies_from(day: str, price: str) -> Header:
    """The levies of industry from a day on."""
    return prices("levies", [{**LEVIES[0], "price": price}, LEVIES[1]], day)


def network_from(day: str, **changes: str) -> Header:
    """The network's prices from a day on, some of them others."""
    changed = [{**each, "price": changes.get(each["code"], each["price"])} for each in (*NETWORK, FEE)]
    return prices("network_price", changed, day)


@st.composite
def tariffs(draw: st.DrawFn, start: str, end: str) -> Catalog:
    """The area's tariffs with a monthly fee, where prices may change inside a cycle."""
    network: list[Header] = [network_from("2020-01-01")]
    levies: list[Header] = [prices("levies", LEVIES)]
    if draw(st.booleans()):
        changes = draw(
            st.dictionaries(st.sampled_from(["network_energy", "capacity", "demand", "metering_fee"]), cents(1, 9000))
        )
        network.append(network_from(draw(days_within(start, end)), **changes))
    if draw(st.booleans()):
        levies.append(levies_from(draw(days_within(start, end)), draw(cents(0, 9))))
    return catalog(network=network, levies=levies)


# Agreements


@st.composite
def transformers(draw: st.DrawFn) -> list[Data]:
    """One or two transformers, the first of them in service."""
    found = [{"id": "T1", "kva": draw(st.sampled_from(["315", "1000", "1250.5"])), "state": "in_service"}]
    if draw(st.booleans()):
        state = draw(st.sampled_from(["in_service", "suspended", "sealed_standby"]))
        found.append({"id": "T2", "kva": draw(st.sampled_from(["500", "630"])), "state": state})
    return found


@st.composite
def agreements(draw: st.DrawFn, groups: Data, supply_points: Iterable[str], days: Iterable[str]) -> list[Data]:
    """An agreement with an entry from each of some days on."""
    standards = st.sampled_from(["0.90", "0.90", "0.85", "none"])
    return [
        {
            "from": day,
            "groups": groups,
            "supply_points": {
                name: {"power_factor_standard": draw(standards), "transformers": draw(transformers())}
                for name in supply_points
            },
            "basic": {
                "mode": draw(st.sampled_from(MODES)),
                "contracts": {name: draw(st.sampled_from(["100", "433.3", "900"])) for name in supply_points},
                "demand_shares": {"main": "7", "other": draw(st.sampled_from(["1", "2.5"]))},
            },
        }
        for day in days
    ]


# Metering points


@st.composite
def meters(
    draw: st.DrawFn,
    name: str,
    days: list[str],
    group: str,
    supply_point: str = "S1",
    *,
    bands: Iterable[str] = BANDS,
    most: int = 90,
) -> Data:
    """A metering point that was read on some days; its registers rise by 10 or more where it is a whole one."""
    least = 10 if most > 10 else 0
    registers = {**dict.fromkeys(bands, (least, most)), "reactive_forward": (0, most), "maximum_demand": (0, 9)}
    shown = dict.fromkeys(registers, Decimal(draw(st.integers(0, 500))))
    readings = []
    for place, day in enumerate(days):
        kind = "opening" if place == 0 else "closing" if place == len(days) - 1 else "cut"
        if place:
            for register, (low, high) in registers.items():
                risen = Decimal(draw(cents(low * 100, high * 100)))
                shown[register] = risen if register == "maximum_demand" else shown[register] + risen
        readings.append(reading(day, kind, **{register: str(number) for register, number in shown.items()}))
    multiplier = draw(st.sampled_from(["40", "100"]))
    return {
        "id": name,
        "group": group,
        "side": "high",
        "supply_point": supply_point,
        "config": [{"from": "2020-01-01", "meter": "A", "multiplier": multiplier, "digits": "6"}],
        "readings": readings,
    }


@st.composite
def children(draw: st.DrawFn, group: str) -> Data:
    """A sub-meter that takes less than every whole meter counts."""
    kind = draw(st.sampled_from(["fixed", "ratio", "meter"]))
    if kind == "meter":
        return {"id": "C", "kind": "meter", "group": group, "point": "M2"}
    value = draw(st.integers(0, 300).map(str)) if kind == "fixed" else draw(cents(0, 40))
    band = draw(st.sampled_from([{}, {"band": "flat"}])) if kind == "fixed" else {}
    return {"id": "C", "kind": kind, "group": group, "value": value, **band}


@st.composite
def points(draw: st.DrawFn, other: str | None, days: list[str], *, second_place: str) -> list[Data]:
    """Metering point M1 of group main, and how the other group is metered: beside it or behind it."""
    main = draw(meters("M1", days, "main"))
    if other is None:
        return [main]
    bands = ("total",) if other == "home" else BANDS
    if second_place == "S1" and draw(st.booleans()):
        child = draw(children(other))
        inside = [draw(meters("M2", days, other, bands=bands, most=2))] if child["kind"] == "meter" else []
        return [{**main, "children": [child]}, *inside]
    return [main, draw(meters("M2", days, other, second_place, bands=bands))]


# Requests

CONVENTIONS = st.fixed_dictionaries(
    {},
    optional={
        "basic": st.fixed_dictionaries(
            {},
            optional={
                "days": st.sampled_from(["thirtieth", "calendar"]),
                "first_day": st.sampled_from(["billed", "free"]),
                "last_day": st.sampled_from(["billed", "free"]),
                "kva_round": st.sampled_from(["0.01", "1"]),
                "demand_round": st.sampled_from(["0.01", "1"]),
            },
        ),
        "levies": st.fixed_dictionaries({"round_per": st.sampled_from(["band", "total"])}),
        "sub_meters": st.fixed_dictionaries(
            {
                "ratio_of": st.sampled_from(["reading", "after_fixed"]),
                "ratio_bands": st.sampled_from(["flat_rest", "shares", "each"]),
                "from_bands": st.sampled_from(["shares", "flat_rest", "flat_first"]),
                "without_sharp": st.sampled_from(["refuse", "peak"]),
            }
        ),
        "time_of_use": st.fixed_dictionaries({"ratio_of": st.sampled_from(["rounded", "exact"])}),
        "power_factor": st.fixed_dictionaries(
            {"round": st.sampled_from(["once", "group", "line"]), "no_energy": st.just("none")}
        ),
        "kwh": st.fixed_dictionaries({"round": st.fixed_dictionaries({"reading": st.sampled_from(["1", "0.01"])})}),
    },
)


@st.composite
def given_lines(draw: st.DrawFn) -> list[Data]:
    """Up to two lines whose amounts are given; one may stand for the levies."""
    found = []
    for number in range(draw(st.integers(0, 2))):
        supplies = draw(st.sampled_from([[], ["fund"]]))
        section = draw(st.sampled_from(["energy", "refunds"]))
        found.append(
            {
                "code": f"given{number}",
                "section": section,
                "group": "main",
                "amount": draw(cents(-99999, 99999)),
                "supplies": supplies,
            }
        )
    return found


@st.composite
def spans(draw: st.DrawFn, cycle: tuple[str, str]) -> tuple[str, str]:
    """What is billed of a cycle: mostly all of it."""
    start, end = cycle
    match draw(st.integers(0, 5)):
        case 0:
            return draw(days_within(start, end)), end
        case 1:
            return start, draw(days_within(str(date.fromisoformat(start) + timedelta(days=3)), end))
        case _:
            return start, end


@st.composite
def requests(draw: st.DrawFn) -> Data:
    """One or two groups at one or two supply points, an agreement of one to three entries, read at the cuts or not."""
    cycle = draw(st.sampled_from(CYCLES))
    start, end = draw(spans(cycle))
    long_enough = date.fromisoformat(end) - date.fromisoformat(start) > timedelta(days=4)
    cuts = sorted(draw(st.sets(days_within(start, end), max_size=2))) if long_enough else []
    other = draw(st.sampled_from([None, "other", "shop", "home"]))
    groups = {"main": INDUSTRY, **({other: {"other": INDUSTRY, "shop": SHOP, "home": HOME}[other]} if other else {})}
    second_place = draw(st.sampled_from(["S1", "S2"])) if other else "S1"
    supply_points = sorted({"S1", second_place})
    read_on = [start, *(cuts if draw(st.booleans()) else []), end]
    sheet = draw(st.sampled_from([None, None, {"title": "contract", "instead_of": ["purchase_price"], "components": [
        {"code": "own", "section": "energy", "price": "0.3333", "for": {"class": "industrial_commercial"}},
        {"code": "own_fund", "section": "energy", "line": "own", "price": "0.01007", "tags": ["levy"], "for": {"class": "industrial_commercial"}},
    ]}]))  # fmt: skip
    return {
        "area": "cn-test",
        "cycle": {"from": cycle[0], "to": cycle[1]},
        "period": {"from": start, "to": end},
        "agreement": draw(agreements(groups, supply_points, ["2020-01-01", *cuts])),
        "metering_points": draw(points(other, read_on, second_place=second_place)),
        "given": draw(given_lines()),
        "conventions": draw(CONVENTIONS),
        **({"price_sheet": sheet} if sheet else {}),
    }


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A request and tariffs whose prices may change inside its cycle."""
    data = draw(requests())
    return Case(data, draw(tariffs(data["cycle"]["from"], data["cycle"]["to"])))
