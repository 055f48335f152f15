"""Files of prices by interval: their unit and money, their times, and what is told where they cannot be read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tables.interval_statements import Stated
from billcalc.tables.price_files import PriceFile, data_with_prices, price_file_named
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import AREA, Data

BY_HAND: Any = read_document(Path("fixtures/by_hand/prices-by-hour/request.yaml")).data
BARE: Data = {
    **BY_HAND,
    "price_sheet": {key: value for key, value in BY_HAND["price_sheet"].items() if key != "series"},
}
PRICES = ["210"] * 8 + ["456.3"] * 3 + ["-80"] * 3 + ["512"] * 6 + ["333.1"] * 4
"""Those of the fixture, for a thousand times as much energy."""


def rows(prices: Sequence[str], head: str = "时间,节点,电价（元/兆瓦时）") -> str:
    return "\n".join([head, *(f"2024-07-01 {hour:02}:00,A,{price}" for hour, price in enumerate(prices))]) + "\n"


def filled(
    text: str, data: Data = BARE, unread: list[object] | None = None, component: str = "purchase", **stated: Any
) -> Data:
    found: list[object] = [] if unread is None else unread
    catalog: Catalog = AREA
    return data_with_prices(
        data,
        [PriceFile(text.encode(), "prices.csv", component)],
        stated=Stated(**stated),
        catalog=lambda request: catalog,
        told=lambda grid: None,
        unread=lambda name, columns: found.append((name, columns)),
    )


def fault(text: str, data: Data = BARE, **stated: Any) -> Fault:
    with pytest.raises(InvalidInput) as raised:
        filled(text, data, **stated)
    assert str(raised.value)
    return raised.value.faults[0]


def total(data: Data) -> str:
    answer = calculate(validated(Request, data), AREA)
    assert isinstance(answer, Bill), str(answer)
    return str(answer.total)


@pytest.mark.parametrize(
    ("head", "factor"),
    [
        ("时间,节点,电价（元/兆瓦时）", 1),
        ("timestamp,node,price [CNY/MWh]", 1),
        ("interval_start,node,LMP CNY/MWh", 1),
        ("时间,节点,电价 元 / ＭW·h", 1),
        ("时间,节点,出清价格（元/kWh）", 1000),
        ("时间,节点,¥/千瓦时", 1000),
        ("时间,节点,电价（分/千瓦时）", 10),
    ],
)
def test_the_head_tells_the_unit_and_the_bill_is_the_one_by_hand(head: str, factor: int) -> None:
    unread: list[object] = []
    prices = [f"{float(price) / factor:.7f}" for price in PRICES]
    data = filled(rows(prices, head), unread=unread)
    assert total(data) == "150.33"
    assert unread == [("prices.csv", (head.split(",")[1],))]
    assert data["price_sheet"]["title"] == "an invented contract"


def test_ends_are_stated_and_a_request_without_prices_gets_a_sheet_named_after_the_file() -> None:
    ends = "\n".join(
        ["time,price [CNY/kWh]", *(f"2024-07-01 {hour:02}:00,0.5" for hour in range(1, 24)), "2024-07-02 00:00,0.25"]
    )
    sheet = filled(ends, {**BY_HAND, "price_sheet": None}, times="ends")["price_sheet"]
    assert (sheet["title"], sheet["series"]["purchase"]["start"]) == ("prices.csv", "2024-07-01T00:00:00+08:00")
    assert sheet["series"]["purchase"]["values"] == ["0.5"] * 23 + ["0.25"]
    assert fault(ends).code is FaultCode.NOT_STATED


def test_an_hour_that_the_file_lacks_has_no_price() -> None:
    text = rows(PRICES)
    gap = "\n".join(row for row in text.splitlines() if " 05:00" not in row)
    values = filled(gap)["price_sheet"]["series"]["purchase"]["values"]
    assert (values[4], values[5], values[6]) == ("0.21", None, "0.21")


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        (rows(PRICES, "时间,节点,电价"), FaultCode.NOT_STATED, "price_unit"),
        (rows(PRICES, "时间,节点,电价（万元/兆瓦时）"), FaultCode.NOT_STATED, "price_unit"),
        (rows(PRICES, "时间,节点,电价（美元/兆瓦时）"), FaultCode.NOT_STATED, "price_unit"),
        (rows(PRICES, "time,node,price [kCNY/MWh]"), FaultCode.NOT_STATED, "price_unit"),
        (rows(PRICES, "时间,节点,USD/MWh"), FaultCode.INCONSISTENT, "price_currency"),
        (rows(PRICES, "时间,元/kWh,元/MWh"), FaultCode.DUPLICATE_KEY, None),
        ("", FaultCode.EMPTY, None),
        (rows([*PRICES[:-1], "free"]), FaultCode.NOT_A_NUMBER, "no_number"),
        (rows(PRICES) + "2024-07-01 05:00,A,211\n", FaultCode.INTERVAL_TWICE, None),
    ],
)
def test_what_cannot_be_read_is_told(text: str, code: FaultCode, reason: str | None) -> None:
    found = fault(text)
    assert (found.code, found.facts.get("reason")) == (code, reason)


def test_the_hour_that_comes_twice_at_a_change_of_the_clock_is_told_by_two_prices_and_not_chosen() -> None:
    found = fault(rows(PRICES) + "2024-07-01 02:00,A,99\n")
    assert (found.code, found.facts["before"]) == (FaultCode.INTERVAL_TWICE, "210")


def test_a_component_has_prices_of_one_place() -> None:
    found = fault(rows(PRICES), BY_HAND)
    assert (found.code, found.where, found.facts["key"]) == (FaultCode.DUPLICATE_KEY, "prices.csv", "purchase")


def test_what_is_of_meters_is_not_stated_of_prices() -> None:
    found = fault(rows(PRICES), multiplier="2")
    assert (found.code, found.facts["key"]) == (FaultCode.UNKNOWN_KEY, "multiplier")


def test_a_file_is_of_a_component() -> None:
    with pytest.raises(InvalidInput) as raised:
        price_file_named("prices.csv", where="--prices")
    assert raised.value.faults[0].facts["key"] == "COMPONENT=prices.csv"
