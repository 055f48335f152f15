"""One year of 15-minute load through PySAM's Utilityrate5: energy charges by time of use and a demand charge.

Run by ``bench.intervals`` in an environment of its own; prints customer-months per second.
"""

import time
from typing import Any

import PySAM.Utilityrate5 as rates  # type: ignore[import-not-found]

YEARS = 3
INTERVALS = 8760 * 4


def main() -> None:
    """Time some years, each of twelve customer-months."""
    model: Any = rates.default("PVWattsCommercial")
    model.SystemOutput.gen = [0.0] * INTERVALS
    model.Load.load = [float(number % 7) for number in range(INTERVALS)]
    model.ElectricityRates.ur_dc_enable = 1
    model.execute(0)
    start = time.perf_counter()
    for _ in range(YEARS):
        model.execute(0)
    print(YEARS * 12 / (time.perf_counter() - start))


if __name__ == "__main__":
    main()
