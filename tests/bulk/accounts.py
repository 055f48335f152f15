"""Accounts of all shapes: requests of the invented areas, in a structure and with numbers that chance chooses.

A structure is the data of a request with ``Number`` in the places of the customer's numbers; so many accounts can share
one, as the customers of a utility do.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.bulk.tariffs import AREAS

Data = dict[str, Any]

CYCLES = (("2024-06-01", "2024-07-01"), ("2024-05-24", "2024-06-24"), ("2024-05-01", "2024-06-01"))
BANDS = ("sharp", "peak", "flat", "valley")


@dataclass(frozen=True)
class Number:
    """A number that is not chosen yet.

    Attributes:
        kind: what sizes it has (see ``numbers``).
        register: of a reading, the register it goes on from; readings of one register rise.
    """

    kind: str
    register: str = ""


def make_structure(random: Random) -> Data:
    """A request without its numbers; one in eight has something that cannot be billed."""
    shape = _Shape(random)
    data = shape.request()
    if random.random() < 1 / 8:
        random.choice(SPOILERS)(random, data)
    return data


def spoiled_structures(random: Random, *, each: int) -> Iterator[Data]:
    """Requests without their numbers, some with each of the things that cannot be billed."""
    for spoil in SPOILERS:
        for _ in range(each):
            data = _Shape(random).request()
            spoil(random, data)
            yield data


class _Shape:
    """Chooses the parts of one structure so that they mostly fit together."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.area = random.choice(AREAS)
        cycle = random.choice(CYCLES)
        self.start, self.end = (date.fromisoformat(day) for day in cycle)
        self.cycle = {"from": cycle[0], "to": cycle[1]}
        if self.maybe(0.2):
            self.start += timedelta(days=random.randint(1, 12))
        elif self.maybe(0.15):
            self.end -= timedelta(days=random.randint(1, 12))
        self.cuts = sorted(random.sample(range(1, (self.end - self.start).days), random.choice((0, 0, 0, 1, 2))))
        self.time_of_use = self.maybe(0.7)
        self.two_part = self.maybe(0.75)
        self.market = self.maybe(0.3)
        self.green = self.maybe(0.15 if not self.cuts else 0.02)
        self.assessed = self.maybe(0.85)
        self.second = random.choice((None, None, "residential", "general_commercial", "industrial_commercial"))
        self.counts = random.choice((None, True, False))
        self.mode = random.choice(("capacity", "contracted", "actual", "exempt")) if self.two_part else "exempt"
        self.main, self.supply_point = random.choice((("main", "S1"), ("1", "2"), ("main", "0300")))

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def request(self) -> Data:
        days = [self.start, *(self.start + timedelta(days=cut) for cut in self.cuts)]
        data: Data = {
            "area": self.area,
            "cycle": self.cycle,
            "period": {"from": str(self.start), "to": str(self.end)},
            "agreement": [self.entry(day, later=number > 0) for number, day in enumerate(days)],
            "metering_points": list(self.points(days[1:])),
        }
        if self.second == "industrial_commercial" and self.two_part:
            for entry in data["agreement"]:
                entry["basic"]["demand_shares"] = {self.main: Number("share"), "second": Number("share")}
        if self.market:
            prices = {band: Number("price") for band in (*BANDS, "total")}
            data["price_sheet"] = {"title": "the customer's contract", "prices": {"purchase": prices}}
        if self.green:
            kwh = {"flat": Number("given_kwh")} if self.maybe(0.5) else {"peak": Number("kwh"), "valley": Number("kwh")}
            data["quantities"] = [{"name": "green_kwh", "group": self.main, "kwh": kwh}]
        if self.maybe(0.25):
            data["facts"] = {self.supply_point: self.facts()}
        if self.maybe(0.4):
            data["given"] = [self.given_line() for _ in range(self.random.randint(1, 3))]
        if self.maybe(0.1):
            data["conventions"] = self.random.choice(
                ({"kwh": {"round": {"reading": "0.001"}}}, {"levies": {"round_per": "total"}}, {"total_round": "1"})
            )
        return data

    def entry(self, day: date, *, later: bool) -> Data:
        groups = {self.main: self.group("industrial_commercial", is_main=True, changes=later)}
        if self.second is not None:
            groups["second"] = self.group(self.second, is_main=False, changes=False)
        kva = [Number("kva") for _ in range(self.random.choice((1, 1, 2)))]
        states = ["in_service"] * len(kva)
        if later and self.maybe(0.4):
            states[0] = self.random.choice(("suspended", "sealed_standby"))
        transformers = [
            {"id": f"T{number}", "kva": each, "state": state}
            for number, (each, state) in enumerate(zip(kva, states, strict=True))
        ]
        standard = ("0.85" if later and self.maybe(0.15) else "0.90") if self.assessed else "none"
        supply_point: Data = {"power_factor_standard": standard}
        if self.mode in ("capacity", "contracted") or self.maybe(0.5):
            supply_point["transformers"] = transformers
        basic: Data = {"mode": self.mode}
        if self.mode == "contracted":
            name = self.random.choice(("regular", "regular", self.supply_point))
            basic["contracts"] = {name: Number("kw")}
        return {"from": str(day), "groups": groups, "supply_points": {self.supply_point: supply_point}, "basic": basic}

    def group(self, customer_class: str, *, is_main: bool, changes: bool) -> Data:
        industry = customer_class == "industrial_commercial"
        home = customer_class == "residential"
        group: Data = {
            "class": customer_class,
            "billing": "two_part" if industry and self.two_part else "one_part",
            "voltage": self.random.choice(("10kV", "35kV")) if changes else "10kV",
            "time_of_use": self.time_of_use if industry else False,
            "purchase": "catalogue" if home else ("market" if self.market else "agent"),
        }
        if is_main and self.green:
            group["subclass"] = "green"
        if home and self.counts is not None:
            group["power_factor"] = {"counts_energy": self.counts, "money_in_base": self.maybe(0.3)}
        return group

    def points(self, cuts: list[date]) -> Iterator[Data]:
        main = self.point("M1", self.main, self.registers(time_of_use=self.time_of_use), cuts)
        children = []
        if self.second is not None:
            kind = self.random.choice(("fixed", "ratio", "meter", "own"))
            child: Data = {"id": "C1", "kind": kind, "group": "second"}
            if kind == "fixed":
                child["value"] = Number("small_kwh")
                if self.time_of_use and self.maybe(0.4):
                    child["band"] = "flat"
            elif kind == "ratio":
                child["value"] = Number("ratio")
            if kind != "own":
                children.append({**child, "point": "M2"} if kind == "meter" else child)
            if kind in ("meter", "own"):
                time_of_use = self.time_of_use and self.second == "industrial_commercial"
                registers = self.registers(time_of_use=time_of_use, reactive=kind == "own" and self.maybe(0.5))
                yield self.point("M2", "second", registers, cuts, small=kind == "meter")
        if self.second == "general_commercial" and self.maybe(0.3):
            children.append({"id": "C2", "kind": "ratio", "group": "second", "value": Number("ratio")})
        yield {**main, "children": children} if children else main

    def registers(self, *, time_of_use: bool, reactive: bool = True) -> tuple[str, ...]:
        bands = (
            (BANDS if self.maybe(0.7) else BANDS[1:]) if time_of_use else ()
        )  # a lack of sharp hours is mostly refused
        whole = ("total",) if not time_of_use or self.maybe(0.4 if self.area == AREAS[0] else 0.05) else ()
        more = ("reactive_forward",) if reactive else ()
        if reactive and self.maybe(0.3):
            more = (*more, "reactive_reverse")
        return (*whole, *bands, *more)

    def point(
        self, name: str, group: str, registers: tuple[str, ...], cuts: list[date], *, small: bool = False
    ) -> Data:
        point: Data = {"id": name, "group": group, "supply_point": self.supply_point, "side": "high"}
        missing = [each for each in ("reactive_forward", "reactive_reverse") if each not in registers]
        if missing:
            point["not_installed"] = missing
        demand = self.mode in ("actual", "contracted") and name == "M1"
        if not small and self.maybe(0.2):
            kwh = {each: Number("kwh") for each in registers if not each.startswith("reactive")}
            kvarh = {each: Number("kwh") for each in registers if each.startswith("reactive")}
            point["given"] = {"kwh": kwh, "kvarh": kvarh} if kvarh else {"kwh": kwh}
            if demand:
                point["given"]["demand_kw"] = Number("kw")
            return point
        point["config"] = [
            {
                "from": str(self.start),
                "meter": f"{name}-A",
                "multiplier": Number("one" if small else "multiplier"),
                "digits": "8",
            }
        ]
        point["readings"] = list(self.readings(name, registers, cuts, point["config"], demand=demand, small=small))
        return point

    def readings(
        self, name: str, registers: tuple[str, ...], cuts: list[date], configs: list[Data], *, demand: bool, small: bool
    ) -> Iterator[Data]:
        def reading(day: date, kind: str) -> Data:
            kind_of_reading = "small_reading" if small else "reading"
            shown = {register: Number(kind_of_reading, f"{name}/{register}") for register in registers}
            if demand and kind != "installation":
                shown["maximum_demand"] = Number("shown_kw")
            return {"at": str(day), "kind": kind, **shown}

        yield reading(self.start, "opening")
        exchange = self.start + timedelta(days=self.random.randint(1, (self.end - self.start).days - 1))
        days = {cut: "cut" for cut in cuts if self.maybe(0.6)}
        if self.maybe(0.2):
            days[exchange] = "exchange"
        for day, kind in sorted(days.items()):
            if kind == "exchange":
                yield reading(day, "removal")
                configs.append(
                    {"from": str(day), "meter": f"{name}-B", "multiplier": Number("multiplier"), "digits": "7"}
                )
                yield reading(day, "installation")
            else:
                yield reading(day, self.random.choice(("cut", "cut", "cut", "estimated")))
        closing = reading(self.end, "closing")
        if self.maybe(0.02):
            closing["rollover"] = [registers[0]]
        yield closing

    def facts(self) -> Data:
        told = self.random.choice(("cosphi", "power_factor_ratio", "demand_kw"))
        return {told: Number({"cosphi": "cosphi", "power_factor_ratio": "signed_ratio", "demand_kw": "kw"}[told])}

    def given_line(self) -> Data:
        code, section = self.random.choice(
            (("refund", "refunds"), ("trade", "energy"), ("levies", "levies"), ("operation", "system_operation"))
        )
        line: Data = {"code": code, "section": section, "group": self.main, "amount": Number("money")}
        if self.maybe(0.4):
            line |= {"kwh": Number("given_kwh"), "price": Number("price")}
        if self.maybe(0.2):
            line["band"] = "peak"
        if code == "operation":
            line["supplies"] = ["operation", "cross_subsidy"] if self.maybe(0.8) else ["power_factor"]
        if self.assessed and line.get("supplies") != ["power_factor"]:
            line["power_factor"] = self.random.choice(("none", "base", {"ratio": Number("signed_ratio")}))
        return line


def _set(*path: str | int) -> Callable[[object], Callable[[Random, Data], None]]:
    """Spoils a request by setting one value."""

    def setting(value: object) -> Callable[[Random, Data], None]:
        def spoil(random: Random, data: Data) -> None:
            node: Any = data
            for part in path[:-1]:
                node = node[part]
            node[path[-1]] = value

        return spoil

    return setting


def _drop_a_register(random: Random, data: Data) -> None:
    for reading in data["metering_points"][-1].get("readings", []):
        reading.pop("reactive_forward", None)


def _drop_the_closing(random: Random, data: Data) -> None:
    point = data["metering_points"][-1]
    if "readings" in point:
        del point["readings"][-1]


def _change_the_class(random: Random, data: Data) -> None:
    groups = data["agreement"][-1]["groups"]
    first = next(iter(groups))
    groups[first] = {**groups[first], "class": "large_industrial"}


SPOILERS: tuple[Callable[[Random, Data], None], ...] = (
    _set("area")("cn-gansu"),
    _set("area")("Nowhere"),
    _set("cycle", "to")("2024-02-30"),
    _set("period", "to")("2023-01-01"),
    _set("metering_points", -1, "group")("nobody"),
    _set("metering_points", -1, "side")("inside"),
    _set("agreement", 0, "from")("2024-06-20"),
    _set("agreement", 0, "basic", "mode")("contracted"),
    _set("agreement", 0, "basic", "mode")("actual"),
    _set("tariff_set")({"as_known_on": "2023-12-31"}),
    _set("tariff_set")({"hash": "another"}),
    _set("nonsense")("x"),
    _drop_a_register,
    _drop_the_closing,
    _change_the_class,
)
