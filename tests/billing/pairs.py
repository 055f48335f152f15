"""Pairs of requests that differ in one key of the agreement or of what was measured, and the requests they start from."""

from typing import Any

from tests.billing.cases import (
    HOME,
    INDUSTRY,
    SHOP,
    Data,
    catalog,
    changed,
    changes_of_use,
    conventions,
    energy,
    entry,
    point,
    request,
    sheet,
    transformer,
)

ABSENT = object()
UNTOLD = catalog(conventions=conventions(told={}))
"""The area without a document of its conventions, so that the request's own are the only ones."""
POINT = "metering_points.0"
LINE: Data = {"code": "extra", "section": "energy", "group": "main", "amount": "10.00"}
GIVEN = request(given=[LINE])
DEMAND = request(agreement=[entry("2020-01-01", basic={"mode": "contracted", "contracts": {"regular": "600"}})])
OWN = sheet(energy("energy", "0.5"))
BANDS = sheet(energy("energy", {"bands": {"peak": "0.8", "flat": "0.5", "valley": "0.2"}}))
TWO_GROUPS = {"main": INDUSTRY, "home": HOME}
SHARED = request(
    agreement=[entry("2020-01-01", groups=TWO_GROUPS)],
    metering_points=[point(children=[{"id": "L", "kind": "fixed", "group": "home", "value": "310"}])],
)
SHARERS = request(
    agreement=[
        entry(
            "2020-01-01",
            groups={"main": INDUSTRY, "other": INDUSTRY},
            basic={"mode": "capacity", "demand_shares": {"main": "1", "other": "3"}},
        )
    ],
    metering_points=[point(), point(id="M2", group="other")],
)
ROLLED = changed(request(), {f"{POINT}.readings.0.peak": "9995", f"{POINT}.readings.1.rollover": ["peak"]})
EXCHANGED = changed(
    request(),
    {
        f"{POINT}.config": [
            {"from": "2020-01-01", "meter": "A", "multiplier": "100", "digits": "4"},
            {"from": "2024-07-11", "meter": "A", "multiplier": "100", "digits": "4"},
        ],
        f"{POINT}.readings": [
            point()["readings"][0],
            {**point()["readings"][1], "at": "2024-07-11", "kind": "cut"},
            point()["readings"][1],
        ],
    },
)
NET = sheet(energy("energy", "0.5"), energy("net_fee", "0.1", quantity="net_kwh"))
NET = {**NET, "quantities": [{"name": "net_kwh", "group": "main", "kwh": {"total": "700"}}]}
PARTS = sheet(
    energy("energy", "0.5", label="energy of the contract"),
    energy("green", "0.01", line="energy", tags=["green"]),
)
CORRECTED = {"printed": "0.55", "corrected": "0.5", "reason": "misprint"}
SERIES: Data = {
    "step": "60",
    "start": "2024-07-01T00:00:00+08:00",
    "unit": "kwh",
    "values": ["1", None, *["2"] * 22],
    "fill": "zero",
    "demand": {"minutes": "60", "rolling": False},
}
BY_INTERVALS = request(
    agreement=[entry("2020-01-01", groups={"main": {**INDUSTRY, "time_of_use": False}}, basic={"mode": "actual"})],
    metering_points=[{**point(readings=[], config=[]), "intervals": {**SERIES, "demand": None}}],
    facts={"S1": {"cosphi": "0.95"}},
)
BY_INTERVALS = changed(BY_INTERVALS, {"period.to": "2024-07-02", f"{POINT}.intervals.demand": SERIES["demand"]})
ELSEWHERE = {**changed(OWN, {"area": "us-ca"}), "own_area": {"currency": "CNY", "clock": "+08:00"}}
SERIES_ELSEWHERE = changed(
    ELSEWHERE,
    {
        "period.to": "2024-07-02",
        "agreement.0.groups.main.time_of_use": False,
        "metering_points": [{**point(readings=[], config=[]), "intervals": {**SERIES, "demand": None}}],
    },
)
UNTOLD_FORWARD = changed(
    request(),
    {f"{POINT}.not_installed": ["reactive_reverse"]}
    | {f"{POINT}.readings.1.{band}": shown for band, shown in (("peak", "10.1"), ("flat", "20.1"), ("valley", "30.1"))},
)
SELECTED = sheet(energy("energy", "0.5"), energy("other", "0.1"))

SUPPLY = "agreement.0.supply_points.S1"
STOPPED = changed(
    {**request(), "changes": [{"kind": "suspension", "supply_point": "S1", "transformers": ["T2"]}]},
    {
        f"{SUPPLY}.transformers": [transformer(), transformer("T2")],
        "changes.0.sealed": "2024-07-11",
        "changes.0.resumed": "2024-08-01",
    },
)
BY_CYCLES: Data = {"article": "1583", "evidence": "secondary", "whole_cycles": True, "whole_capacity": False}
LESS = request(
    agreement=[
        entry(start, basic={"mode": "contracted", "contracts": {"regular": kw}})
        for start, kw in (("2020-01-01", "600"), ("2024-07-16", "500"))
    ]
)

PAIRS: dict[str, tuple[Any, ...]] = {
    "Request.area": (OWN, "area", "cn-guangxi", "cn-guangxu"),
    "Request.own_area": (ELSEWHERE, "own_area", ELSEWHERE["own_area"], ABSENT),
    "Request.cycle": (
        request(),
        "cycle",
        {"from": "2024-07-01", "to": "2024-08-01"},
        {"from": "2024-06-24", "to": "2024-08-01"},
    ),
    "Request.period": (
        request(),
        "period",
        {"from": "2024-07-01", "to": "2024-08-01"},
        {"from": "2024-07-02", "to": "2024-08-01"},
    ),
    "Request.agreement": (request(), "agreement", [entry("2020-01-01")], [entry("2020-01-01"), entry("2030-01-01")]),
    "Request.changes": (request(), "changes", [], STOPPED["changes"]),
    "Change.kind": (STOPPED, "changes.0.kind", "suspension", "exchange"),
    "Change.supply_point": (STOPPED, "changes.0.supply_point", "S1", "S9"),
    "Change.transformers": (STOPPED, "changes.0.transformers", ["T2"], ["T1"]),
    "Change.applied": (STOPPED, "changes.0.applied", "2024-07-01", "2024-07-21"),
    "Change.accepted": (STOPPED, "changes.0.accepted", "2024-07-01", "2024-07-21"),
    "Change.sealed": (STOPPED, "changes.0.sealed", "2024-07-11", "2024-07-12"),
    "Change.resumed": (STOPPED, "changes.0.resumed", "2024-08-01", "2024-07-30"),
    "Change.done": (
        {**LESS, "changes": [{"kind": "increase", "supply_point": "S1"}]},
        "changes.0.done",
        "2024-07-16",
        "2024-07-17",
        catalog(changes=changes_of_use(demand=BY_CYCLES)),
    ),
    "SupplyPoint.interlocked": (STOPPED, f"{SUPPLY}.interlocked", [["T1", "T2"]], []),
    "SupplyPoint.mutual_standby": (STOPPED, f"{SUPPLY}.mutual_standby", [["T1"], ["T2"]], []),
    "Request.metering_points": (request(), "metering_points", [point()], [point(), point(id="M2")]),
    "Request.quantities": (NET, "quantities", NET["quantities"], []),
    "Request.facts": (request(), "facts", {}, {"S1": {"cosphi": "0.95"}}),
    "Request.given": (request(), "given", [], [LINE]),
    "Request.price_sheet": (OWN, "price_sheet", OWN["price_sheet"], ABSENT),
    "Request.events": (request(), "events", {}, {"max_temperature": {"2024-07-01": "35"}}),
    "Request.conventions": (request(), "conventions", {}, {"levies": {"round_per": "band"}}),
    "Request.tariff_set": (request(), "tariff_set", {}, {"hash": "another"}),
    "OwnArea.currency": (ELSEWHERE, "own_area.currency", "CNY", "USD"),
    "OwnArea.tax_added": (ELSEWHERE, "own_area.tax_added", None, "0.05"),
    "OwnArea.clock": (SERIES_ELSEWHERE, "own_area.clock", "+08:00", "+09:00"),
    "Period.from": (request(), "cycle.from", "2024-07-01", "2024-06-30"),
    "Period.to": (request(), "cycle.to", "2024-08-01", "2024-08-02"),
    "TariffSet.hash": (request(), "tariff_set.hash", "test", "another"),
    "TariffSet.as_known_on": (request(), "tariff_set.as_known_on", "2024-06-01", "2023-06-01"),
    "Agreement.from": (request(), "agreement.0.from", "2020-01-01", "2024-07-02"),
    "Agreement.groups": (request(), "agreement.0.groups", {"main": INDUSTRY}, TWO_GROUPS),
    "Agreement.supply_points": (
        request(),
        "agreement.0.supply_points.S1",
        {"power_factor_standard": "0.90", "transformers": [transformer()]},
        {"power_factor_standard": "0.85", "transformers": [transformer()]},
    ),
    "Agreement.basic": (request(), "agreement.0.basic", {"mode": "capacity"}, {"mode": "exempt"}),
    "Group.class": (request(), "agreement.0.groups.main.class", "industrial_commercial", "residential"),
    "Group.subclass": (request(), "agreement.0.groups.main.subclass", "cahrging", ABSENT),
    "Group.billing": (request(), "agreement.0.groups.main.billing", "two_part", "one_part"),
    "Group.voltage": (OWN, "agreement.0.groups.main.voltage", "10kV", "35kV"),
    "Group.time_of_use": (request(), "agreement.0.groups.main.time_of_use", True, False),
    "Group.purchase": (OWN, "agreement.0.groups.main.purchase", "agent", "market"),
    "Group.power_factor": (request(), "agreement.0.groups.main.power_factor", {}, {"money_in_base": False}),
    "GroupPowerFactor.counts_energy": (SHARED, "agreement.0.groups.home.power_factor.counts_energy", True, False),
    "GroupPowerFactor.money_in_base": (request(), "agreement.0.groups.main.power_factor.money_in_base", True, False),
    "SupplyPoint.power_factor_standard": (
        request(),
        "agreement.0.supply_points.S1.power_factor_standard",
        "0.90",
        "0.85",
    ),
    "SupplyPoint.transformers": (
        request(),
        "agreement.0.supply_points.S1.transformers",
        [transformer()],
        [transformer(kva="1")],
    ),
    "Transformer.id": (
        changed(request(), {"agreement.0.supply_points.S1.transformers": [transformer(), transformer("T2")]}),
        "agreement.0.supply_points.S1.transformers.1.id",
        "T2",
        "T1",
    ),
    "Transformer.kva": (request(), "agreement.0.supply_points.S1.transformers.0.kva", "1000", "1001"),
    "Transformer.state": (request(), "agreement.0.supply_points.S1.transformers.0.state", "in_service", "suspended"),
    "Basic.mode": (
        changed(request(), {"agreement.0.groups.main": SHOP}),
        "agreement.0.basic.mode",
        "capacity",
        "exempt",
    ),
    "Basic.contracts": (request(), "agreement.0.basic.contracts", {}, {"regular": "600"}),
    "Basic.demand_shares": (SHARERS, "agreement.0.basic.demand_shares.main", "1", "2"),
    "MeteringPoint.id": (request(), f"{POINT}.id", "M1", "M9"),
    "MeteringPoint.group": (SHARED, f"{POINT}.group", "main", "home"),
    "MeteringPoint.supply_point": (request(), f"{POINT}.supply_point", "S1", "S2"),
    "MeteringPoint.side": (
        changed(request(), {f"{POINT}.readings": [], f"{POINT}.config": [], f"{POINT}.given.kwh": {"flat": "6"}}),
        f"{POINT}.side",
        "high",
        "low",
    ),
    "MeteringPoint.config": (request(), f"{POINT}.config", point()["config"], []),
    "MeteringPoint.readings": (request(), f"{POINT}.readings", point()["readings"], []),
    "MeteringPoint.intervals": (BY_INTERVALS, f"{POINT}.intervals", SERIES, ABSENT),
    "MeteringPoint.given": (request(), f"{POINT}.given", {}, {"kwh": {"flat": "7"}}),
    "MeteringPoint.not_installed": (request(), f"{POINT}.not_installed", [], ["sharp"]),
    "MeteringPoint.children": (SHARED, f"{POINT}.children.0.kind", "fixed", "ratio"),
    "MeterConfig.from": (request(), f"{POINT}.config.0.from", "2020-01-01", "2024-07-02"),
    "MeterConfig.meter": (EXCHANGED, f"{POINT}.config.1.meter", "A", "B"),
    "MeterConfig.multiplier": (request(), f"{POINT}.config.0.multiplier", "100", "101"),
    "MeterConfig.digits": (ROLLED, f"{POINT}.config.0.digits", "4", "5"),
    "MeterConfig.decimals": (
        changed(request(), {f"{POINT}.readings.1.peak": "10.005"}),
        f"{POINT}.config.0.decimals",
        "3",
        "2",
    ),
    "Reading.at": (request(), f"{POINT}.readings.1.at", "2024-08-01", "2024-07-31"),
    "Reading.kind": (request(), f"{POINT}.readings.1.kind", "closing", "estimated"),
    "Reading.registers": (request(), f"{POINT}.readings.1.peak", "10", "11"),
    "Reading.rollover": (request(), f"{POINT}.readings.0.rollover", [], ["peak"]),
    "GivenQuantities.kwh": (request(), f"{POINT}.given.kwh", {}, {"flat": "7"}),
    "GivenQuantities.kvarh": (request(), f"{POINT}.given.kvarh", {}, {"reactive_forward": "7"}),
    "GivenQuantities.demand_kw": (request(), f"{POINT}.given.demand_kw", ABSENT, "7"),
    "Child.id": (SHARED, f"{POINT}.children.0.id", "L", "K"),
    "Child.kind": (SHARED, f"{POINT}.children.0.kind", "fixed", "ratio"),
    "Child.group": (SHARED, f"{POINT}.children.0.group", "home", "main"),
    "Child.value": (SHARED, f"{POINT}.children.0.value", "310", "311"),
    "Child.point": (SHARED, f"{POINT}.children.0.point", ABSENT, "M1"),
    "Child.band": (SHARED, f"{POINT}.children.0.band", ABSENT, "flat"),
    "Intervals.step": (BY_INTERVALS, f"{POINT}.intervals.step", "60", "30"),
    "Intervals.start": (BY_INTERVALS, f"{POINT}.intervals.start", SERIES["start"], "2024-07-01T01:00:00+08:00"),
    "Intervals.unit": (
        changed(BY_INTERVALS, {f"{POINT}.intervals.step": "30"}),
        f"{POINT}.intervals.unit",
        "kwh",
        "kw",
    ),
    "Intervals.values": (BY_INTERVALS, f"{POINT}.intervals.values", SERIES["values"], ["1"] * 24),
    "Intervals.estimated": (BY_INTERVALS, f"{POINT}.intervals.estimated", [], ["3"]),
    "Intervals.substituted": (BY_INTERVALS, f"{POINT}.intervals.substituted", [], ["3"]),
    "Intervals.fill": (BY_INTERVALS, f"{POINT}.intervals.fill", "zero", "neighbours"),
    "Intervals.demand": (BY_INTERVALS, f"{POINT}.intervals.demand", SERIES["demand"], ABSENT),
    "DemandInterval.minutes": (
        changed(BY_INTERVALS, {f"{POINT}.intervals.values": [*["1"] * 23, "9"]}),
        f"{POINT}.intervals.demand.minutes",
        "60",
        "15",
    ),
    "DemandInterval.rolling": (
        changed(
            BY_INTERVALS,
            {
                f"{POINT}.intervals.step": "30",
                f"{POINT}.intervals.values": ["0", "5", "5", *["0"] * 45],
            },
        ),
        f"{POINT}.intervals.demand.rolling",
        False,
        True,
    ),
    "GivenFacts.cosphi": (request(), "facts.S1", {}, {"cosphi": "0.95"}),
    "GivenFacts.power_factor_ratio": (request(), "facts.S1", {}, {"power_factor_ratio": "0.05"}),
    "GivenFacts.demand_kw": (request(), "facts.S1", {}, {"demand_kw": "7"}),
    "NamedQuantity.name": (NET, "quantities.0.name", "net_kwh", "other"),
    "NamedQuantity.group": (NET, "quantities.0.group", "main", "other"),
    "NamedQuantity.kwh": (NET, "quantities.0.kwh.total", "700", "701"),
}
"""By record and key: the data, the place of the key, its two values, and the tariffs where they are others."""
