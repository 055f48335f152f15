"""The monthly bills of a rate of the URDB kind as PySAM (System Advisor Model) has them; in its own environment.

    python -m venv pysam && pysam/bin/pip install nrel-pysam
    pysam/bin/python bench/urdb_pysam.py fixtures/urdb/time-of-use.json

It imports nothing of billcalc: ``bench/urdb.py`` runs it and holds our bills against it.
"""

import json
import sys
from pathlib import Path
from typing import Any

_HOURS, _LAST_TIER = 8760, 1e38
_UNITS = {"kWh": 0, "kWh/kW": 1}


def load() -> list[int]:
    """An invented load of each hour of a year that begins on a Monday [kW]."""
    return [20 + hour * 7919 % 60 + (30 if hour // 24 % 7 < 5 and 9 <= hour % 24 < 17 else 0) for hour in range(_HOURS)]


def _rows(tiers: list[dict[str, Any]]) -> list[list[float]]:
    """The number, the end and the price of each tier of a demand."""
    return [
        [number, tier.get("max", _LAST_TIER), tier.get("rate", 0) + tier.get("adj", 0)]
        for number, tier in enumerate(tiers, start=1)
    ]


def monthly(rate: dict[str, Any]) -> list[float]:
    """The bill of each month [$]."""
    import PySAM.Utilityrate5 as utility  # type: ignore[import-not-found]

    bill: Any = utility.new()
    bill.Load.load = load()
    bill.SystemOutput.gen = [0.0] * _HOURS
    bill.Lifetime.analysis_period = 1
    bill.Lifetime.system_use_lifetime_output = 0
    bill.Lifetime.inflation_rate = 0
    bill.SystemOutput.degradation = [0]
    told = bill.ElectricityRates
    told.rate_escalation = [0]
    told.ur_metering_option = 4
    told.ur_nm_yearend_sell_rate = 0
    told.ur_monthly_fixed_charge = rate.get("fixedchargefirstmeter", 0)
    told.ur_monthly_min_charge = rate.get("mincharge", 0)
    told.ur_annual_min_charge = 0
    told.ur_en_ts_sell_rate = told.ur_en_ts_buy_rate = told.ur_sell_eq_buy = 0
    told.ur_ec_sched_weekday, told.ur_ec_sched_weekend = (
        [[period + 1 for period in hours] for hours in rate[f"energy{days}schedule"]] for days in ("weekday", "weekend")
    )
    told.ur_ec_tou_mat = [
        [
            place,
            number,
            tier.get("max", _LAST_TIER),
            _UNITS[tier.get("unit", "kWh")],
            tier.get("rate", 0) + tier.get("adj", 0),
            0,
        ]
        for place, tiers in enumerate(rate["energyratestructure"], start=1)
        for number, tier in enumerate(tiers, start=1)
    ]
    told.ur_dc_enable = 1
    none = [[1] * 24] * 12
    told.ur_dc_sched_weekday, told.ur_dc_sched_weekend = (
        [[period + 1 for period in hours] for hours in rate[f"demand{days}schedule"]]
        if f"demand{days}schedule" in rate
        else none
        for days in ("weekday", "weekend")
    )
    told.ur_dc_tou_mat = [
        [place, *row]
        for place, tiers in enumerate(rate.get("demandratestructure", [[{}]]), start=1)
        for row in _rows(tiers)
    ]
    flat, months = rate.get("flatdemandstructure", [[{}]]), rate.get("flatdemandmonths", [0] * 12)
    told.ur_dc_flat_mat = [[month, *row] for month, period in enumerate(months) for row in _rows(flat[period])]
    bill.execute()
    return list(bill.Outputs.utility_bill_wo_sys_ym[1])


if __name__ == "__main__":
    data = json.loads(Path(sys.argv[1]).read_text())
    print(json.dumps(monthly(data["items"][0] if "items" in data else data)))
