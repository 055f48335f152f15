"""Changes of use are the same in columns, to the last digit: stops, what stands by, months in parts, what is apart."""

from collections.abc import Mapping

import pytest

from billcalc.tariff.catalog import Catalog
from tests.billing.cases import AREA, Data, changed, changes_of_use, request
from tests.billing.changing import BY_CYCLES, of_two, order, with_law
from tests.billing.test_changes_of_terms import CONTRACT
from tests.billing.test_changes_of_use import HALF, of_2016, tariffs_of_2016
from tests.billing.test_printed_apart import APART, intense
from tests.billing.test_standby import of_three
from tests.bulk.comparing import Tally, compare

KVA = "agreement.0.supply_points.S1.transformers.{}.kva"


def by_capacity(data: Data) -> list[Data]:
    """A request with other capacities, some of which change which is the largest."""
    return [changed(data, {KVA.format(0): first, KVA.format(1): second})
            for first, second in (("1000", "500"), ("499", "630"), ("630", "630"), ("0.1", "20000"))]  # fmt: skip


BEFORE: Mapping[str, str] = {"code": "purchase", "section": "energy", "group": "main", "band": "peak", "kwh": "5"}
LEAST = {"article": "526", "evidence": "secondary", "from_kva": "1200"}
STOP = [order(sealed="2024-07-11", resumed="2024-07-31")]

CASES: dict[str, tuple[list[Data], Catalog]] = {
    "a stop": (by_capacity(changed(of_two(), {"changes": STOP})), AREA),
    "a stop that is short": (by_capacity(changed(of_two(), {"changes": [{**STOP[0], "resumed": "2024-07-12"}]})), AREA),
    "half of a stop": (
        by_capacity(of_2016("2016-06-01", "2016-07-01", order("increase", done="2015-07-01"), order(sealed="2016-06-11"))),
        tariffs_of_2016(changes_of_use(new_users=HALF)),
    ),
    "interlocked": (by_capacity(of_three(interlocked=[["T1", "T2"]])), AREA),
    "lines that stand by": (by_capacity(of_three(mutual_standby=[["T1", "T3"], ["T2"]])), AREA),
    "a floor": (
        by_capacity(changed(of_two(basic=CONTRACT), {"changes": STOP})), with_law(demand=BY_CYCLES),
    ),
    "less than two parts": (by_capacity(changed(of_two(), {"changes": STOP})), with_law(two_part=LEAST)),
    "a part of a month": ([request(billed_before=[{**BEFORE, "amount": each}]) for each in ("1", "0.07")], AREA),
    "a discount apart": ([changed(intense(kva), APART) for kva in ("20", "23.0769", "24", "1000")], AREA),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_columns_and_single_bills_agree(name: str) -> None:
    requests, tariffs = CASES[name]
    tally = Tally()
    compare([(str(place), data) for place, data in enumerate(requests)], tariffs, tally)
    assert (tally.billed, set(tally.paths)) == (len(requests), {"columns"})
