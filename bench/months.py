"""Tables of months of invented accounts: what every bench of several months begins with."""

import numpy as np
import pyarrow as pa

from tests.runs.accounts_with_history import READINGS

__all__ = ["month_columns"]


def month_columns(first_year: int, number: int, accounts: int) -> dict[str, pa.Array]:
    """The account and the days of each row of a month, which is counted from the first of a year on."""
    (year, before), (after, next_one) = divmod(number, 12), divmod(number + 1, 12)
    start, end = f"{first_year + year}-{before + 1:02d}-01", f"{first_year + after}-{next_one + 1:02d}-01"
    columns: dict[str, pa.Array] = {"account": pa.array(np.arange(accounts)).cast(pa.string())}
    days = {"cycle.from": start, "cycle.to": end, "period.from": start, "period.to": end}
    for name, day in {**days, f"{READINGS}.0.at": start, f"{READINGS}.1.at": end}.items():
        columns[name] = pa.DictionaryArray.from_arrays(pa.array(np.zeros(accounts, dtype=np.int32)), pa.array([day]))
    return columns
