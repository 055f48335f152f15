"""Fees by the month: their share of a cut month, and that their parts sum to the whole."""

import json
from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.tariff.catalog import Catalog
from billcalc.verify import verify
from billcalc.wire.bill import proof_data
from billcalc.wire.json_writing import json_text
from tests.billing.cases import (
    CONVENTIONS,
    INDUSTRY,
    LEVIES,
    NETWORK,
    SHOP,
    Data,
    amounts,
    bill,
    catalog,
    changed,
    conventions,
    entry,
    fault,
    line,
    lines,
    point,
    prices,
    quantities,
    refusal,
    request,
    transformer,
)


def fee(price: str = "100", code: str = "metering_fee", **more: Any) -> Data:
    return {"code": code, "section": "network_energy", "quantity": "months", "price": price, **more}


def charging(*fees: Data, start: str = "2020-01-01", **header: Any) -> Any:
    return prices("network_price", [*NETWORK, *fees], start, **header)


def with_fees(*fees: Data, **changes: Any) -> Any:
    return catalog(network=charging(*(fees or (fee(),))), **changes)


def test_a_fee_of_a_full_month_is_paid_in_full_whatever_its_length() -> None:
    for start, end in (("2023-02-01", "2023-03-01"), ("2024-07-01", "2024-08-01"), ("2024-06-24", "2024-07-24")):
        found = line(bill(request(start, end), with_fees()), "metering_fee")
        assert (str(found.quantity), found.unit, str(found.price), str(found.amount)) == ("1", "month", "100", "100.00")
        assert found.steps


def test_a_fee_of_a_part_of_a_month_is_its_share_of_days() -> None:
    data = changed(request("2024-07-12", "2024-08-01"), {"cycle.from": "2024-07-01"})
    found = line(bill(data, with_fees()), "metering_fee")
    assert (str(found.quantity), str(found.amount)) == ("0.645161", "64.52")  # 20/31
    thirtieths = changed(request("2023-02-12", "2023-03-01"), {"cycle.from": "2023-02-01"})
    assert amounts(bill(thirtieths, with_fees()), "metering_fee") == ["56.67"]  # 17/30


def test_a_new_fee_is_paid_for_its_days() -> None:
    network = [charging(fee("100")), charging(fee("200"), start="2024-07-11")]
    answer = bill(request(), catalog(network=network))
    # 100 × 10/31 = 32.26; 200 × 31/31 − 200 × 10/31 = 200 − 64.52
    assert amounts(answer, "metering_fee") == ["32.26", "135.48"]
    assert quantities(answer, "metering_fee") == ["0.322581", "0.677419"]
    assert quantities(answer, "network_energy") == ["6000"]


def test_a_fee_that_begins_or_ends_in_the_month_is_paid_for_its_days() -> None:
    begins = catalog(network=[charging(), charging(fee("31"), start="2024-07-11")])
    assert amounts(bill(request(), begins), "metering_fee") == ["21.00"]
    ends = catalog(network=[charging(fee("31")), charging(start="2024-07-11")])
    assert amounts(bill(request(), ends), "metering_fee") == ["10.00"]
    pauses = catalog(
        network=[charging(fee("31")), charging(start="2024-07-11"), charging(fee("31"), start="2024-07-21")]
    )
    assert amounts(bill(request(), pauses), "metering_fee") == ["10.00", "11.00"]


def test_the_parts_of_a_fee_that_is_cut_for_another_reason_sum_to_it() -> None:
    later = entry(
        "2024-07-11", supply_points={"S1": {"power_factor_standard": "0.85", "transformers": [transformer()]}}
    )
    last = entry("2024-07-21", supply_points={"S1": {"power_factor_standard": "0.80", "transformers": [transformer()]}})
    answer = bill(request(agreement=[entry("2020-01-01"), later, last]), with_fees())
    # 32.258…, 64.516… and 100 as running sums
    assert amounts(answer, "metering_fee") == ["32.26", "32.26", "35.48"]


def test_what_does_not_concern_a_fee_does_not_cut_it() -> None:
    dearer = [{**LEVIES[0], "price": "0.03"}, LEVIES[1]]
    tariffs = with_fees(levies=[prices("levies", LEVIES), prices("levies", dearer, "2024-07-11")])
    assert amounts(bill(request(), tariffs), "metering_fee") == ["100.00"]
    relabelled = [charging(fee()), charging(fee(label="again"), start="2024-07-11")]
    assert amounts(bill(request(), catalog(network=relabelled)), "metering_fee") == ["100.00"]


def test_a_group_that_comes_in_the_month_pays_from_its_first_day() -> None:
    groups = {"main": INDUSTRY, "shop": SHOP}
    later = point(id="M2", group="shop")
    later["config"][0]["from"] = "2024-07-11"
    later["readings"][0].update(at="2024-07-11", kind="installation")
    data = request(
        agreement=[entry("2020-01-01"), entry("2024-07-11", groups=groups)], metering_points=[point(), later]
    )
    answer = bill(data, with_fees(fee("31")))
    assert [(each.group, str(each.amount)) for each in lines(answer, "metering_fee")] == [
        ("main", "31.00"),
        ("shop", "21.00"),
    ]
    free = catalog(
        network=charging(fee("31")),
        conventions=conventions(told={**CONVENTIONS, "basic": {**CONVENTIONS["basic"], "first_day": "free"}}),
    )
    assert amounts(bill(data, free), "metering_fee") == ["31.00", "20.00"]


def test_a_fee_of_a_day_that_is_not_billed_is_no_line() -> None:
    data = changed(
        request("2024-07-31", "2024-08-01"), {"cycle.from": "2024-07-01", "conventions.basic.first_day": "free"}
    )
    assert lines(bill(data, with_fees()), "metering_fee") == []


def test_a_fee_is_in_the_power_factor_base_like_any_component() -> None:
    assert quantities(bill(request(), with_fees()), "power_factor") == ["33100.00"]
    levy = with_fees(fee(section="levies"))
    assert quantities(bill(request(), levy), "power_factor") == ["33000.00"]
    parts = with_fees(fee("100"), fee("20", "fund_fee", line="metering_fee", tags=["levy"]))
    data = changed(
        request(), {"conventions.power_factor.base": {"exclude": {"sections": ["levies"], "tags": ["levy"]}}}
    )
    answer = bill(data, parts)
    assert amounts(answer, "metering_fee") == ["120.00"]
    assert quantities(answer, "power_factor") == ["33100.00"]
    half = changed(
        data, {"cycle.from": "2024-07-01", "period.from": "2024-07-12", "metering_points.0.readings.0.at": "2024-07-12"}
    )
    assert amounts(bill(half, parts), "metering_fee") == ["77.42"]  # 120 × 20/31
    # 3,000 + 19354.80 + 77.42 − 12.90
    assert quantities(bill(half, parts), "power_factor") == ["22419.32"]


def test_a_fee_alone_makes_the_power_factor_needed() -> None:
    data = request(agreement=[entry("2020-01-01", basic={"mode": "exempt"})], metering_points=[])
    assert refusal(data, with_fees()).code is RefusalCode.POWER_FACTOR_NOT_MEASURED
    outside = with_fees(fee(section="levies"))
    assert amounts(bill(data, outside)) == ["100.00"]


def test_a_given_line_may_stand_for_a_fee() -> None:
    given = {
        "code": "agreed",
        "section": "network_energy",
        "group": "main",
        "amount": "55.00",
        "supplies": ["metering_fee"],
    }
    assert amounts(bill(request(given=[given]), with_fees()), "metering_fee", "agreed") == ["55.00"]


def test_fees_are_rounded_to_the_step_of_their_component() -> None:
    assert amounts(bill(request(), with_fees(fee("10.26", round={"amount": "0.1"}))), "metering_fee") == ["10.3"]


def test_a_cycle_that_is_no_month_has_no_fee() -> None:
    data = request("2024-07-01", "2024-07-21", agreement=[entry("2020-01-01", basic={"mode": "exempt"})])
    refused = refusal(data, with_fees())
    assert (refused.code, refused.where) == (RefusalCode.NOT_A_MONTH, "/cycle")
    assert bill(data).lines


ENERGY: Data = {"code": "energy", "section": "energy", "price": "0.5"}


def two_months(**changes: Any) -> Data:
    """A shop whose July and August are read and billed as one."""
    terms = {
        "groups": {"main": {**SHOP, "time_of_use": False}},
        "supply_points": {"S1": {"power_factor_standard": "none"}},
        "basic": {"mode": "exempt"},
    }
    cycle = {"from": "2024-07-01", "to": "2024-09-01"}
    return {
        **request("2024-07-01", "2024-09-01", agreement=[entry("2020-01-01", **terms)]),
        "cycle": {**cycle, "as_one": True},
        "metering_points": [{**point(), "config": [], "readings": [], "given": {"kwh": {"total": "100"}}}],
        "price_sheet": {"title": "own", "components": [ENERGY, fee("10.255")]},
        **changes,
    }  # fmt: skip


def test_months_that_are_billed_as_one_pay_a_fee_for_each_month_and_round_it_once() -> None:
    made = bill(two_months())
    paid = line(made, "metering_fee")
    assert (str(paid.quantity), str(paid.price), str(paid.amount)) == ("2", "10.255", "20.51")
    proof = json.loads(json_text(proof_data(made)))
    assert [each for each in verify(proof) if not each.is_open] == []
    wrong = json.loads(
        json.dumps(proof).replace(
            '"name": "months", "of": ["2024-07-01/2024-09-01"], "value": "2"',
            '"name": "months", "of": ["2024-07-01/2024-09-01"], "value": "3"',
        )
    )
    assert "comes_to" in {each.code for each in verify(wrong)}
    part = refusal(two_months(period={"from": "2024-07-01", "to": "2024-08-01"}))
    assert (part.code, part.where) == (RefusalCode.NOT_A_MONTH, "/cycle")


@pytest.mark.parametrize("price", ["given", {"bands": {"peak": "1"}}])
def test_a_fee_has_one_price(price: Any) -> None:
    sheet = {"title": "contract", "components": [fee(price)]}
    found = fault({**request(), "price_sheet": sheet})
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/price_sheet/components/0/price")
    assert "months has one price" in str(found)


@pytest.mark.parametrize(
    ("data", "tariffs"),
    [
        (request(), with_fees()),
        (changed(request("2024-07-12", "2024-08-01"), {"cycle.from": "2024-07-01"}), with_fees()),
        (request(), catalog(network=[charging(fee("100")), charging(fee("200"), start="2024-07-11")])),
        (request(), with_fees(fee("100"), fee("20", "fund_fee", line="metering_fee"))),
    ],
    ids=["a month", "a part of it", "two prices", "two components of a line"],
)
def test_a_fee_is_proved_by_its_document_its_days_and_its_price(data: Data, tariffs: Catalog) -> None:
    proof = json.loads(json_text(proof_data(bill(data, tariffs))))
    fees = [index for index, each in enumerate(proof["lines"]) if each["code"] == "metering_fee"]
    assert [each for each in verify(proof) if not each.is_open] == []
    for key, wrong in (("quantity", "0.5"), ("price", "99")):
        changed_line = {**proof["lines"][fees[0]], key: wrong}
        told = {**proof, "lines": [*proof["lines"][: fees[0]], changed_line, *proof["lines"][fees[0] + 1 :]]}
        assert f"/lines/{fees[0]}/{key}" in [each.where for each in verify(told)]


def test_a_fee_whose_share_of_a_month_without_use_changes_is_two() -> None:
    first = charging(fee(idle_share="0.5"), until="2024-07-11")
    later = charging(fee(), start="2024-07-11", id="cn-test/network_price/later")
    found = lines(bill(request(), catalog(network=[first, later])), "metering_fee")
    assert len(found) == 2
