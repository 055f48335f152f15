"""The table that is billed by numpy integers comes to the same totals."""

import pyarrow as pa
import pytest

from bench.bulk_by_hand import Arrays, table, template
from bench.by_hand import tariff_of
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.planning.planner import make_plan
from billcalc.billing.request import Request
from billcalc.bulk import calculate as calculate_batches
from billcalc.fields import validated
from billcalc.library.catalog import load_catalog


@pytest.mark.no_cover
def test_totals_of_numpy_integers_are_those_of_columns() -> None:
    common, catalog = template(), load_catalog(areas=["cn-guangxi"])
    request = validated(Request, common)
    bill = calculate(request, catalog)
    assert isinstance(bill, Bill)
    batch = table(3_000, common, seed=2)
    [result] = calculate_batches([batch], catalog, output="totals", template=common)
    totals = Arrays(tariff_of(bill, make_plan(request, catalog)[0])).totals(batch, common)
    assert result.bills.column("total").cast(pa.decimal128(38, 2)).equals(totals.cast(pa.decimal128(38, 2)))
