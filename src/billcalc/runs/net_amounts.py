"""The amounts of a table without a tax that is in them: the rule of one bill, over a column."""

from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from billcalc.audit.taxes import net
from billcalc.bulk.arrow import as_column, decimal_array, write_decimals
from billcalc.bulk.column import Column
from billcalc.bulk.picked import MONEY_PLACES
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of

__all__ = ["NET", "define_net", "net_amounts"]

NET = "net"
"""What it is called in queries."""
_MONEY = f"DECIMAL(38,{MONEY_PLACES})"


def net_amounts(amounts: pa.Array, rate: Decimal) -> pa.Array:
    """Each amount without a tax of this rate; none of them is null.

    >>> net_amounts(pa.array([Decimal("100.00"), Decimal("-2.26")]), Decimal("0.13")).to_pylist()
    [Decimal('88.50'), Decimal('-2.00')]
    """
    read = as_column(amounts)
    if read.outside.any():  # more digits than columns are for: one by one
        alone = [number_of(net(Plain(each), Plain(rate))) for each in amounts.to_pylist()]
        return pa.array(alone, amounts.type)
    found = net(read.column, Column.constant(rate))
    assert isinstance(found, Column), "what is made of columns is one"
    words = np.empty((len(amounts), 2), dtype=np.int64)
    write_decimals(found, words, MONEY_PLACES)
    return decimal_array(words, MONEY_PLACES)


def define_net(connection: Any, rate: Decimal) -> None:
    """Let queries ask for amounts without a tax of this rate."""
    # DuckDB calls it from a thread of its own, where no line of it is ever traced: nothing but a call belongs here.
    connection.create_function(
        NET, lambda amounts: net_amounts(amounts.combine_chunks(), rate), [_MONEY], _MONEY, type="arrow"
    )
