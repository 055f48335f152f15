"""Whatever is asked, the answer is a bill, a refusal or faults; never another error."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import Data, parsed
from tests.strategies import Case, cases

WORDS = st.sampled_from(
    [
        *("0", "1", "-1", "0.5", "1000000", "none", "total", "peak", "flat", "sharp", "valley", "reactive_forward"),
        *("2024-06-10", "2024-07-10", "2024-07-01", "2024-08-01", "2024-06-24", "opening", "closing", "cut", "removal"),
        *(
            "installation",
            "M1",
            "M2",
            "S1",
            "S2",
            "main",
            "other",
            "home",
            "capacity",
            "actual",
            "contracted",
            "exempt",
        ),
        *("one_part", "two_part", "residential", "fixed", "ratio", "meter", "low", "base", "0.85", "account", "group"),
        *(
            "supply_point",
            "fund",
            "power_factor",
            "refuse",
            "billing_month",
            "consumption_day",
            "months",
            "capacity_kva",
        ),
        *(True, False, [], {}, ["flat"], ["fund", "power_factor"], ["total", "peak"], {"ratio": "0.1"}, {"total": "5"}),
    ]
)
EXTRAS = st.sampled_from(
    [
        ("facts", {"S1": {"cosphi": "0.9"}}),
        ("facts", {"S1": {"demand_kw": "500"}}),
        ("facts", {"main": {"power_factor_ratio": "0.1"}}),
        ("quantities", [{"name": "net", "group": "main", "kwh": {"total": "5"}}]),
        ("given", [{"code": "g", "section": "energy", "group": "main", "amount": "1.00", "power_factor": "base"}]),
        (
            "given",
            [{"code": "g", "section": "energy", "group": "main", "amount": "1", "power_factor": {"ratio": "0.1"}}],
        ),
        ("conventions", {"power_factor": {"scope": "account", "active": "total", "reactive": ["reactive_reverse"]}}),
        ("conventions", {"power_factor": {"scope": "group", "active": "bands"}, "kwh": {"source": "total"}}),
        ("conventions", {"price_by": {"levies": "billing_month", "purchase_price": "consumption_day"}}),
        ("conventions", {"sub_meters": {"order": ["meter", "ratio", "fixed"], "from_bands": "flat_first"}}),
        ("price_sheet", {"title": "own", "prices": {"purchase": {"total": "0.3"}}}),
        ("price_sheet", {"title": "own", "components": [{"code": "a", "section": "energy", "price": "given"}]}),
        (
            "price_sheet",
            {"title": "own", "components": [{"code": "a", "section": "energy", "price": "1", "quantity": "net"}]},
        ),
        ("metering_points", []),
    ]
)


def places(node: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in some data."""
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inside:
        yield (*way, key)
        yield from places(value, (*way, key))


def spoiled(data: Data, draw: Any) -> Data:
    """The data with something added, taken away, doubled or put in place of something else."""
    data = deepcopy(data)
    if draw(st.booleans()):
        key, value = draw(EXTRAS)
        data[key] = deepcopy(value)
    for _ in range(draw(st.integers(0, 2))):
        *way, last = draw(st.sampled_from(list(places(data))))
        node: Any = data
        for part in way:
            node = node[part]
        match draw(st.integers(0, 3)):
            case 0:
                del node[last]
            case 1 if isinstance(node, list):
                node.append(deepcopy(node[last]))
            case _:
                node[last] = deepcopy(draw(WORDS))
    return data


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(case=cases(), data=st.data())
def test_every_answer_is_a_bill_a_refusal_or_faults(case: Case, data: st.DataObject) -> None:
    told = answer(spoiled(case.data, data.draw), case.tariffs)
    if isinstance(told, Bill):
        assert exact_sum(line.amount for line in told.lines) == exact_sum(told.sections.values())
    else:
        assert [str(each) for each in told], "their sentences have all their facts"


def answer(data: Data, tariffs: Catalog) -> Bill | Sequence[Refusal | Fault]:
    """A bill, or why there is none."""
    try:
        told = calculate(parsed(data), tariffs)
    except InvalidInput as invalid:
        return invalid.faults
    return told if isinstance(told, Bill) else [told]
