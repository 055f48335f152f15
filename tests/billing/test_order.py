"""The order of what has no order in a request decides nothing: what is shared is shared by id."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billcalc import load_catalog
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.files.documents import read_document
from billcalc.tariff.catalog import Catalog
from billcalc.wire.bill import number_text
from tests.billing.cases import AREA, INDUSTRY, Data, entry, line, parsed, point, request

ROOT = Path(__file__).parents[2]
PATHS = sorted((*ROOT.glob("fixtures/official/*/request.yaml"), *ROOT.glob("fixtures/regression/*/request.yaml")))
UNORDERED = frozenset({"metering_points", "children", "transformers", "given", "quantities", "not_installed", "config"})


def shuffled(node: Any, draw: Any, key: str = "") -> Any:
    """The data with every mapping, and every list that has no order, in another order."""
    if isinstance(node, dict):
        return {name: shuffled(node[name], draw, name) for name in draw(st.permutations(list(node)))}
    if isinstance(node, list):
        inner = [shuffled(each, draw) for each in node]
        return list(draw(st.permutations(inner))) if key in UNORDERED else inner
    return node


def content(bill: Bill) -> object:
    """Everything of a bill that is money or energy, whatever the order of its lines and the zeros behind a number."""
    lines = sorted(
        (
            each.code,
            each.group,
            str(each.band),
            str(each.span),
            *map(number_text, (each.quantity, each.price, each.amount)),
        )
        for each in bill.lines
    )
    return lines, bill.total, dict(bill.sections), {group: dict(kwh) for group, kwh in bill.kwh.items()}


@cache
def shipped(place: int) -> tuple[Data, Catalog]:
    data: Any = read_document(str(PATHS[place])).data
    return data, load_catalog(areas=[data["area"]])


def hold(data: Data, tariffs: Catalog, draw: Any) -> None:
    other = shuffled(deepcopy(data), draw)
    before, after = (calculate(parsed(each), tariffs, derivation=False) for each in (data, other))
    assert isinstance(before, Bill)
    assert isinstance(after, Bill), str(after)
    assert content(after) == content(before)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(number=st.integers(0, len(PATHS) - 1), drawn=st.data())
def test_a_shipped_request_in_another_order_is_billed_alike(number: int, drawn: st.DataObject) -> None:
    hold(*shipped(number), drawn.draw)


def shared() -> Data:
    """Three groups share a demand of 500 kW by thirds, and a meter by sub-meters of one kind."""
    groups = dict.fromkeys(("main", "other", "third"), INDUSTRY)
    basic = {"mode": "actual", "demand_shares": dict.fromkeys(groups, "1")}
    children = [
        {"id": f"C{n}", "kind": kind, "group": group, "value": value}
        for n, (kind, group, value) in enumerate(
            [("fixed", "other", "333"), ("fixed", "third", "334"), ("ratio", "other", "0.0333"), ("ratio", "third", "0.0777")]
        )
    ]  # fmt: skip
    points = [{**point(), "children": children}, {**point(id="M2", group="third")}]
    return request(agreement=[entry("2020-01-01", groups=groups, basic=basic)], metering_points=points)


@settings(max_examples=30)
@given(drawn=st.data())
def test_shared_quantities_in_another_order_are_billed_alike(drawn: st.DataObject) -> None:
    hold(shared(), AREA, drawn.draw)


def test_what_is_shared_out_is_rounded_in_the_order_of_the_ids() -> None:
    answer = calculate(parsed(shared()), AREA)
    assert isinstance(answer, Bill)
    parts = [str(line(answer, "demand", group=name).quantity) for name in ("main", "other", "third")]
    assert parts == ["333.333333", "333.333334", "333.333333"]


@pytest.mark.parametrize("turned", [False, True])
def test_the_groups_of_the_agreement_share_alike_in_either_order(turned: bool) -> None:
    data = shared()
    groups = data["agreement"][0]["groups"]
    if turned:
        data["agreement"][0]["groups"] = dict(reversed(groups.items()))
    answer = calculate(parsed(data), AREA)
    assert isinstance(answer, Bill)
    assert str(line(answer, "demand", group="other").quantity) == "333.333334"
