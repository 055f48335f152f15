"""An invented area with round prices, requests in it, and what must hold of every bill that a test calculates.

Prices (area ``cn-test``, two-part industry): purchase 0.8 / 0.5 / 0.2 at peak, flat and valley; network energy 0.1;
capacity 30 a kVA or demand 40 a kW; levies 0.02. A household pays 0.5 and levies of 0.01. The rules of the power factor
are the nation's own; those of the basic charge tell thirtieths until the end of May 2024, and from June 2024 calendar days
and the discount for intensive use.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from billcalc.billing.bill import Bill, Line
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Refusal
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.documents import AnyDocument, Header
from billcalc.vocabulary import Kind

Data = dict[str, Any]

TARIFFS = Path(__file__).parents[2] / "tariffs"

INDUSTRY: Data = {
    "class": "industrial_commercial",
    "billing": "two_part",
    "voltage": "10kV",
    "time_of_use": True,
    "purchase": "agent",
}
SHOP: Data = {**INDUSTRY, "billing": "one_part"}
HOME: Data = {
    "class": "residential",
    "billing": "one_part",
    "voltage": "10kV",
    "time_of_use": False,
    "purchase": "catalogue",
}

NETWORK: list[Data] = [
    {"code": "network_energy", "section": "network_energy", "price": "0.1"},
    {
        "code": "capacity",
        "section": "network_capacity",
        "quantity": "capacity_kva",
        "price": "30",
        "for": {"billing": "two_part"},
    },
    {
        "code": "demand",
        "section": "network_capacity",
        "quantity": "demand_kw",
        "price": "40",
        "for": {"billing": "two_part"},
    },
]
PURCHASE: list[Data] = [
    {
        "code": "purchase",
        "section": "energy",
        "price": {"bands": {"peak": "0.8", "flat": "0.5", "valley": "0.2"}},
        "for": {"time_of_use": True},
    },
    {"code": "purchase", "section": "energy", "price": "0.5", "for": {"time_of_use": False}},
]
LEVIES: list[Data] = [
    {
        "code": "fund",
        "section": "levies",
        "tags": ["levy"],
        "price": "0.02",
        "for": {"class": ["industrial_commercial", "general_commercial"]},
    },
    {"code": "fund", "section": "levies", "tags": ["levy"], "price": "0.01", "for": {"class": "residential"}},
]
CATALOGUE: list[Data] = [{"code": "home_energy", "section": "catalogue", "price": "0.5"}]
CONVENTIONS: Data = {
    "power_factor": {
        "scope": "supply_point",
        "reactive": ["reactive_forward"],
        "base": {"exclude": {"sections": ["levies", "refunds"]}},
        "round": "once",
        "no_energy": "refuse",
    },
    "kwh": {"source": "bands", "remainder": "report", "round": {"reading": "1"}},
    "sub_meters": {"order": ["fixed", "ratio", "meter"], "ratio_of": "reading", "from_bands": "shares"},
    "losses": {
        "round": "1",
        "bands": "flat_rest",
        "groups": "main",
        "line_of": "with_transformer",
        "demand": "share",
    },
    "basic": {"first_day": "billed", "last_day": "free", "kva_round": "0.01"},
    "levies": {"round_per": "total"},
    "tiers": {"months": "as_stated", "part_year": "whole_months", "limit_round": "1", "before": "settled"},
    "price_by": {
        "purchase_price": "billing_month",
        "network_price": "consumption_day",
        "levies": "consumption_day",
        "catalogue_price": "consumption_day",
    },
    "total_round": "0.01",
}
"""Everything is documented, so that a bill has no problem but those a test is about; save the day count."""


def document(
    kind: str, start: str, body: Data, *, area: str = "cn-test", until: str | None = None, **header: Any
) -> Header:
    """A document that begins on a day, with what a header tells by default."""
    told: Data = {
        "id": f"{area}/{kind}/{start}",
        "kind": kind,
        "area": area,
        "document": {"title": f"{kind} of {start}"},
        "evidence": "official_text",
        "recorded_on": "2024-01-01",
        **header,
    }
    if "seen_in_force" not in told:
        told["effective"] = {"from": start, "repealed_on": until}
    return validated(AnyDocument, {**told, **body}).root


def prices(kind: str, components: list[Data], start: str = "2020-01-01", **header: Any) -> Header:
    """A document of prices."""
    return document(kind, start, {"components": components}, **header)


def conventions(start: str = "2020-01-01", *, told: Data | None = None, **header: Any) -> Header:
    """The document of the area's conventions: all of them, or those that are told."""
    return document("conventions", start, {"conventions": CONVENTIONS if told is None else told}, **header)


COMMERCIAL = ("purchase_price", "network_price", "levies")


def structure(start: str = "2020-01-01", *, industry: Iterable[str] = COMMERCIAL, **header: Any) -> Header:
    """Which kinds of price a class pays."""
    made_of = {
        "industrial_commercial": list(industry),
        "general_commercial": list(COMMERCIAL),
        "residential": ["catalogue_price", "levies"],
    }
    return document("price_structure", start, {"made_of": made_of}, **header)


def basic_rules(start: str, days: str, **changes: Any) -> Header:
    """Rules of the basic charge: a floor of 40 %, and double above 105 % of the contract."""
    steps = [{"above": "0.05", "factor": "2", "free_band": False}]
    return document("basic_charge_rules", start, {"days": days, "floor_share": "0.40", "over_steps": steps, **changes})


STOPS: Data = {
    "suspension": {"article": "art. 24", "evidence": "secondary", "least_days": 15, "notice_days": 5},
    "standby": {
        "article": "art. 85",
        "evidence": "secondary",
        "billed": ["in_service", "hot_standby", "cold_standby"],
        "mutual": "added",
    },
}
"""A suspension lasts 15 days; lines that stand by for each other are added."""


def changes_of_use(start: str = "1996-10-08", **conditions: Any) -> Header:
    """The conditions of changes of use."""
    return document("changes_of_use", start, {**STOPS, **conditions})


DISCOUNT: Data = {"energy_per_capacity": "260", "factor": "0.90"}


@cache
def power_factor_rules() -> Header:
    """The nation's own, as shipped; recorded as early as the documents of the area."""
    [(_, rules)] = load_catalog(TARIFFS, areas=["cn"]).series[Kind.POWER_FACTOR_RULES, "cn"]
    return rules.model_copy(update={"recorded_on": date(2024, 1, 1)})


@cache
def documents() -> Mapping[str, Header]:
    """The documents of the area, by what they are."""
    return {
        "structure": structure(),
        "network": prices("network_price", NETWORK),
        "purchase": prices("purchase_price", PURCHASE),
        "levies": prices("levies", LEVIES),
        "catalogue": prices("catalogue_price", CATALOGUE),
        "conventions": conventions(),
        "rules_1996": basic_rules("1996-10-08", "thirtieth"),
        "rules_2024": basic_rules("2024-06-01", "calendar", discount=DISCOUNT),
        "changes": changes_of_use(),
        "power_factor": power_factor_rules(),
        "clock": document("clock", "1991-09-15", {"offset": "+08:00"}),
    }


def catalog(**changes: Header | Iterable[Header] | None) -> Catalog:
    """The area's tariffs with some documents in place of others (or none of them)."""
    found: list[Header] = []
    for each in {**documents(), **changes}.values():
        if isinstance(each, Header):
            found.append(each)
        elif each is not None:
            found.extend(each)
    return Catalog(found, version="test")


AREA = catalog()


def reading(at: str, kind: str, **registers: str) -> Data:
    """What the registers showed at the start of a day."""
    return {"at": at, "kind": kind, **registers}


def point(**changes: Any) -> Data:
    """Metering point M1 of group main: 1,000 kWh at peak, 2,000 flat, 3,000 in the valley; 1,200 kvarh; 500 kW.

    Its power factor is 6000 ÷ √(6000² + 1200²) = 0.98.
    """
    zeros = dict.fromkeys(("peak", "flat", "valley", "reactive_forward", "maximum_demand"), "0")
    shown = {"peak": "10", "flat": "20", "valley": "30", "reactive_forward": "12", "maximum_demand": "5"}
    return {
        "id": "M1",
        "group": "main",
        "supply_point": "S1",
        "side": "high",
        "config": [{"from": "2020-01-01", "meter": _meter(**changes), "multiplier": "100", "digits": "4"}],
        "readings": [reading("2024-07-01", "opening", **zeros), reading("2024-08-01", "closing", **shown)],
        **changes,
    }


def _meter(**point: Any) -> str:
    """The meter of a metering point: each has its own."""
    return "A" if point.get("id", "M1") == "M1" else f"A-{point['id']}"


def transformer(name: str = "T1", kva: str = "1000", state: str = "in_service") -> Data:
    return {"id": name, "kva": kva, "state": state}


def entry(start: str, **changes: Any) -> Data:
    """One entry of the agreement: group main at supply point S1 of 1,000 kVA, billed by capacity."""
    return {
        "from": start,
        "groups": {"main": INDUSTRY},
        "supply_points": {"S1": {"power_factor_standard": "0.90", "transformers": [transformer()]}},
        "basic": {"mode": "capacity"},
        **changes,
    }


def request(start: str = "2024-07-01", end: str = "2024-08-01", **changes: Any) -> Data:
    """The request of one month (July 2024, unless told) of metering point M1.

    A full bill: peak 800.00, flat 1000.00, valley 600.00, network 600.00, capacity 30000.00, levies 120.00, and −0.75 %
    of 33000.00 for the power factor: −247.50; in all 32872.50.
    """
    data = {
        "area": "cn-test",
        "cycle": {"from": start, "to": end},
        "period": {"from": start, "to": end},
        "agreement": [entry("2020-01-01")],
        "metering_points": [moved(point(), start, end)],
    }
    return {**data, **deepcopy(changes)}


def sheet(*components: Data, **more: Any) -> Data:
    """A shop with 1,000 / 2,000 / 3,000 kWh at prices of its own, and nothing else to pay."""
    data = request(agreement=[entry("2020-01-01", groups={"main": SHOP}, basic={"mode": "exempt"})])
    data = changed(data, {"agreement.0.supply_points.S1.power_factor_standard": "none"})
    return {**data, "price_sheet": {"title": "contract", "components": list(components), **more}}


def energy(code: str, price: Any, **more: Any) -> Data:
    return {"code": code, "section": "energy", "price": price, **more}


def moved(data: Data, start: str, end: str) -> Data:
    """A metering point of July 2024 with its first and last reading on other days."""
    data = deepcopy(data)
    data["readings"][0]["at"], data["readings"][-1]["at"] = start, end
    return data


def changed(data: Data, changes: Mapping[str, Any]) -> Data:
    """The data with other values at some places, told by their keys and indices: ``agreement.0.basic``."""
    data = deepcopy(data)
    for place, value in changes.items():
        *way, last = place.split(".")
        node: Any = data
        for part in way:
            node = node[int(part)] if isinstance(node, list) else node.setdefault(part, {})
        node[int(last) if isinstance(node, list) else last] = deepcopy(value)
    return data


def parsed(data: Data) -> Request:
    return validated(Request, data)


def bill(data: Data, tariffs: Catalog = AREA) -> Bill:
    """The bill of a request, of which everything holds that holds of every bill."""
    plain = calculate(parsed(data), tariffs, derivation=False)
    assert isinstance(plain, Bill), str(plain)
    return derived(plain, data, tariffs)


def derived(plain: Bill, data: Data, tariffs: Catalog) -> Bill:
    """The bill of a request with its derivation, beside the one of plain values; see ``bill``."""
    answer = calculate(parsed(data), tariffs)
    assert isinstance(answer, Bill), str(answer)
    assert plain == answer, "derived and plain values give one bill"
    assert exact_sum(line.amount for line in answer.lines) == exact_sum(answer.sections.values()) == answer.total
    return answer


def refusal(data: Data, tariffs: Catalog = AREA) -> Refusal:
    """Why a request cannot be billed."""
    answer = calculate(parsed(data), tariffs)
    assert isinstance(answer, Refusal), "it was billed"
    assert str(answer), "its sentence has all its facts"
    return answer


def faults(data: Data, tariffs: Catalog = AREA) -> tuple[Fault, ...]:
    """What is wrong with a request."""
    with pytest.raises(InvalidInput) as raised:
        calculate(parsed(data), tariffs)
    assert str(raised.value), "its sentences have all their facts"
    return raised.value.faults


def fault(data: Data, tariffs: Catalog = AREA) -> Fault:
    """The one thing that is wrong with a request."""
    found = faults(data, tariffs)
    assert len(found) == 1, [str(each) for each in found]
    return found[0]


def lines(answer: Bill, code: str) -> list[Line]:
    """The lines of a code, in the order of printing."""
    return [line for line in answer.lines if line.code == code]


def line(answer: Bill, code: str, **name: str) -> Line:
    """The one line of a code (and group, and band)."""
    found = [each for each in lines(answer, code) if all(getattr(each, key) == value for key, value in name.items())]
    assert len(found) == 1, [(each.code, each.group, each.band, str(each.span)) for each in answer.lines]
    return found[0]


def amounts(answer: Bill, *codes: str) -> list[str]:
    """The amounts of the lines of some codes (of all), in the order of printing, as texts."""
    return [str(each.amount) for each in answer.lines if not codes or each.code in codes]


def quantities(answer: Bill, code: str) -> list[str]:
    """The quantities of the lines of a code, in the order of printing, as texts."""
    return [str(each.quantity) for each in lines(answer, code)]


def problems(answer: Bill, code: ProblemCode) -> list[Problem]:
    """The problems of a code."""
    found = [problem for problem in answer.problems if problem.code is code]
    assert all(str(problem) for problem in found), "their sentences have all their facts"
    return found


def codes(answer: Bill) -> set[str]:
    """The codes of a bill's problems, besides what is told of readings that a test does not need (test_unread.py)."""
    unread = ProblemCode.STATED_WITHOUT_EFFECT
    return {problem.code.value for problem in answer.problems if problem.code is not unread}


def day(text: str) -> date:
    return date.fromisoformat(text)


def number(text: str) -> Decimal:
    return Decimal(text)
