"""Catalogue prices before the agency purchase: a month by the printed prices, which contain the levies."""

from typing import Any

import pytest

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.kernel.codes import ProblemCode
from billcalc.library.catalog import load_catalog


def billed(area: str, first: str, end: str, kwh: dict[str, str], **group: Any) -> Bill:
    span = {"from": first, "to": end}
    whole = {"purchase": "catalogue", "time_of_use": "total" not in kwh, **group}
    transformers = [{"id": "T1", "kva": "1000", "state": "in_service"}]
    mode = "capacity" if group["billing"] == "two_part" else "exempt"
    entry = {"from": first, "groups": {"main": whole}, "basic": {"mode": mode},
             "supply_points": {"S1": {"power_factor_standard": "none", "transformers": transformers}}}  # fmt: skip
    point = {"id": "M1", "group": "main", "supply_point": "S1", "side": "high", "given": {"kwh": kwh}}
    data = {"area": area, "cycle": span, "period": span, "agreement": [entry], "metering_points": [point]}
    bill = calculate(Request.model_validate(data), load_catalog(areas=["cn", area]))
    assert isinstance(bill, Bill), str(bill)
    return bill


def test_zhejiang_april_2018_by_bands() -> None:
    kwh = {"sharp": "10000", "peak": "10000", "flat": "0", "valley": "10000"}
    bill = billed("cn-zhejiang", "2018-04-01", "2018-05-01", kwh,
                  **{"class": "large_industrial", "billing": "two_part", "voltage": "10kV"})  # fmt: skip
    # 10,824.00 + 9,004.00 + 4,164.00, and 1,000 kVA at 30
    assert str(bill.total) == "53992.00"


@pytest.mark.parametrize(("end", "doubted"), [("2018-06-01", False), ("2018-07-01", True)])
def test_after_the_day_it_was_seen_a_table_is_in_doubt(end: str, doubted: bool) -> None:
    first = end.replace("07-01", "06-01") if doubted else "2018-05-01"
    bill = billed("cn-shandong", first, end, {"total": "10000"},
                  **{"class": "general_commercial", "billing": "one_part", "voltage": "10kV"})  # fmt: skip
    assert str(bill.total) == "7185.00"
    assert any(each.code is ProblemCode.DOCUMENT_PAST_SEEN for each in bill.problems) is doubted


def test_farming_has_a_catalogue_price_still() -> None:
    bill = billed("cn-jiangsu", "2021-12-01", "2022-01-01", {"total": "10000"},
                  **{"class": "agricultural", "billing": "one_part", "voltage": "380V"})  # fmt: skip
    assert str(bill.total) == "5090.00"


@pytest.mark.parametrize(
    ("area", "first", "end", "group", "kwh", "total"),
    [
        # 10,000 × 0.8084
        ("cn-anhui", "2015-06-01", "2015-07-01", {"class": "general_commercial", "billing": "one_part", "voltage": "10kV"},
         {"total": "10000"}, "8084.00"),
        # 10,000 × 0.875
        ("cn-jiangsu", "2006-12-01", "2007-01-01",
         {"class": "general_commercial", "subclass": "非居民照明", "billing": "one_part", "voltage": "10kV"},
         {"total": "10000"}, "8750.00"),
        # 10,000 × 0.297, and 1,000 kVA at 23
        ("cn-jiangsu", "2012-12-01", "2013-01-01",
         {"class": "large_industrial", "subclass": "小化肥", "billing": "two_part", "voltage": "10kV"},
         {"total": "10000"}, "25970.00"),
        # 1,000 × (0.8800 + 0.5943 + 0.3086)
        ("cn-gansu", "2021-08-01", "2021-09-01", {"class": "general_commercial", "billing": "one_part", "voltage": "10kV"},
         {"peak": "1000", "flat": "1000", "valley": "1000"}, "1782.90"),
        # 10,000 × 0.4208, and 1,000 kVA at 19
        ("cn-neimenggu-west", "2018-12-01", "2019-01-01",
         {"class": "large_industrial", "subclass": "其他", "billing": "two_part", "voltage": "110kV"},
         {"total": "10000"}, "23208.00"),
    ],
)  # fmt: skip
def test_older_tables_price_a_month_by_what_they_print(
    area: str, first: str, end: str, group: dict[str, Any], kwh: dict[str, str], total: str
) -> None:
    assert str(billed(area, first, end, kwh, **group).total) == total
