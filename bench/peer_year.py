"""A year of one customer by one other program, in an environment of its own: ``python peer_year.py PEER``.

Run by ``bench.peers``. Each prices the energy of each interval by its time of day, at the finest step that it takes;
what else it can do of the work of ``bench.interval_year`` is said beside its years per second of processor time.
"""
# mypy: disable-error-code="import-not-found,import-untyped"

import sys
import time
from collections.abc import Callable
from typing import Any

HOURS, DAYS, YEAR = 8_760, 365, 2025
PRICES = (0.4195, 0.7377, 1.0309)
BANDS = [0] * 8 + [1] * 8 + [2] * 8
"""The price of each hour of a day."""
QUARTERS = [float(number % 7) for number in range(HOURS * 4)]
HOURLY = [sum(QUARTERS[4 * hour : 4 * hour + 4]) for hour in range(HOURS)]
SECONDS = 2.0


def pysam() -> tuple[str, Callable[[], object]]:
    """PySAM's Utilityrate5."""
    import PySAM.Utilityrate5 as rates

    model: Any = rates.default("PVWattsCommercial")
    model.SystemOutput.gen = [0.0] * len(QUARTERS)
    model.Load.load = QUARTERS
    model.ElectricityRates.ur_dc_enable = 1
    return "15 minutes, demand, binary numbers", lambda: model.execute(0)


def ratebook() -> tuple[str, Callable[[], object]]:
    """ratebook: decimals, and no charge for demand."""
    from decimal import Decimal

    from ratebook import schema
    from ratebook.engine import estimate_annual

    periods = tuple(schema.EnergyPeriod((schema.EnergyTier(Decimal(str(price))),)) for price in PRICES)
    days = (tuple(BANDS),) * 12
    tariff = schema.Tariff(schema.EnergyRateStructure(periods), schema.Schedule(days, days))
    load = [Decimal(str(each)) for each in HOURLY]
    return "hours, no demand, decimals", lambda: estimate_annual(tariff, load, YEAR)


def eeco() -> tuple[str, Callable[[], object]]:
    """eeco: arrays."""
    import numpy as np
    import pandas as pd
    from eeco import costs

    every = {"utility": "electric", "month_start": 1, "month_end": 12, "weekday_start": 0, "weekday_end": 6}
    rows = [
        {**every, "type": "energy", "name": name, "hour_start": start, "hour_end": start + 8, "charge": price}
        for name, start, price in zip(("valley", "flat", "peak"), (0, 8, 16), PRICES, strict=True)
    ]
    rows.append({**every, "type": "demand", "name": "all", "hour_start": 0, "hour_end": 24, "charge": 30.0})
    rates = pd.DataFrame(rows).assign(basic_charge_limit=0)
    ends = [np.datetime64(f"{YEAR}-{month:02d}-01") for month in range(1, 13)] + [np.datetime64(f"{YEAR + 1}-01-01")]
    charges = [costs.get_charge_dict(*ends[month : month + 2], rates, "15m") for month in range(12)]
    load, months, done = np.array(QUARTERS) * 4, [], 0
    for charge in charges:
        size = len(next(iter(charge.values())))
        months.append({"electric": load[done : done + size], "gas": np.zeros(size)})
        done += size

    def year() -> None:
        for charge, used in zip(charges, months, strict=True):
            costs.calculate_cost(charge, used, resolution="15m")

    return "15 minutes, demand, binary numbers", year


def ts_tariffs() -> tuple[str, Callable[[], object]]:
    """ts-tariffs: series of pandas."""
    from datetime import timedelta

    import pandas as pd
    from ts_tariffs.meters import MeterData
    from ts_tariffs.tariffs import DemandTariff, TouTariff
    from ts_tariffs.ts_utils import TouBins  # its tariffs take a mapping, too

    index = pd.date_range(f"{YEAR}-01-01", periods=len(QUARTERS), freq="15min")
    meter = MeterData("m", pd.Series(QUARTERS, index=index), timedelta(minutes=15), "kWh")
    common = {
        "consumption_unit": "kWh",
        "rate_unit": "$",
        "sample_rate": timedelta(minutes=15),
        "adjustment_factor": 1.0,
    }
    bins = TouBins(time_bins=[8, 16, 24], bin_rates=list(PRICES), bin_labels=["valley", "flat", "peak"])
    energy = TouTariff(name="e", charge_type="TouTariff", tou=bins, **common)
    demand = DemandTariff(name="d", charge_type="DemandTariff", rate=30.0, frequency_applied="month", **common)

    def year() -> None:
        energy.apply(meter)
        demand.apply(meter)

    return "15 minutes, demand, binary numbers", year


def taipower_tou() -> tuple[str, Callable[[], object]]:
    """taipower-tou: a published plan of two prices."""
    import pandas as pd
    import taipower_tou as tou

    plan = tou.plan("residential_simple_2_tier")
    index = pd.date_range(f"{YEAR}-01-01", periods=len(QUARTERS), freq="15min")
    usage = pd.Series(QUARTERS, index=index)
    return "15 minutes, no demand, binary numbers", lambda: plan.calculate_costs(usage)


def tariff_core() -> tuple[str, Callable[[], object]]:
    """tariff-core: the plan that it ships."""
    from datetime import datetime, timedelta
    from decimal import Decimal
    from importlib.resources import files
    from zoneinfo import ZoneInfo

    from tariff_core import BillingPeriod, Interval, bill, parse_plan

    plan = parse_plan(files("tariff_core").joinpath("data", "origin_ergon.json").read_text())
    start, step = datetime(YEAR, 1, 1, tzinfo=ZoneInfo("Australia/Brisbane")), timedelta(minutes=30)
    values = [
        Interval(start + step * (place + 1), step, "general", "kWh", Decimal(place % 7)) for place in range(HOURS * 2)
    ]
    period = BillingPeriod(start, start + timedelta(days=DAYS))
    return "30 minutes, no demand, decimals", lambda: bill(plan, values, period=period)


def openfisca() -> tuple[str, Callable[[], object]]:
    """OpenFisca: variables of a month, which it knows none shorter than a day of; energies are given by band."""
    import numpy as np
    from openfisca_core import entities, periods, simulation_builder, taxbenefitsystems, variables

    person = entities.Entity("customer", "customers", "", "")
    system = taxbenefitsystems.TaxBenefitSystem([person])

    def variable(name: str, formula: Any = None) -> Any:
        body = {"value_type": float, "entity": person, "definition_period": periods.DateUnit.MONTH, "label": name}
        return type(name, (variables.Variable,), body if formula is None else {**body, "formula": formula})

    def amount(customers: Any, period: Any, _: Any = None) -> Any:
        return np.round(sum(customers(name, period) * price for name, price in zip(names, PRICES, strict=True)), 2)

    names = ("valley", "flat", "peak")
    for each in (*map(variable, names), variable("amount", amount)):
        system.add_variable(each)
    months = [f"{YEAR}-{month:02d}" for month in range(1, 13)]

    def year() -> None:
        simulation = simulation_builder.SimulationBuilder().build_default_simulation(system, 1)
        for month in months:
            for name in names:
                simulation.set_input(name, month, [1000.0])
            simulation.calculate("amount", month)

    return "months, energies given by band, binary numbers", year


PEERS = {
    "PySAM": pysam,
    "eeco": eeco,
    "ratebook": ratebook,
    "ts-tariffs": ts_tariffs,
    "tariff-core": tariff_core,
    "taipower-tou": taipower_tou,
    "OpenFisca": openfisca,
}


def main() -> None:
    """Print what is measured, and years per second."""
    what, work = PEERS[sys.argv[1]]()
    work()
    start, years = time.process_time(), 0
    while time.process_time() - start < SECONDS:
        work()
        years += 1
    print(f"{what}\t{years / (time.process_time() - start)}")


if __name__ == "__main__":
    main()
