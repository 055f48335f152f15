"""Bills, refusals and faults as JSON: its shape, its digits, its bytes."""

import json
from decimal import Decimal
from typing import Any

import pytest

from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, named, rounded
from billcalc.wire.bill import bill_data, bill_json
from billcalc.wire.json_writing import json_text
from billcalc.words.lexicon import CHINESE
from tests.explain.bills import CUSTOM, FEN, NOTICE, bill, given, line, official

P1 = "guangxi-2024-06-p1"


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(bill_json(official(P1)))
    return loaded


def lines_of(data: dict[str, Any], code: str) -> list[dict[str, Any]]:
    return [each for each in data["lines"] if each["code"] == code]


def test_the_keys_of_a_bill_stand_in_their_order(data: dict[str, Any]) -> None:
    assert list(data) == [
        "kind",
        "id",
        "version",
        "tariff_set",
        "area",
        "currency",
        "cycle",
        "period",
        "total",
        "total_rounded_to",
        "sections",
        "lines",
        "kwh",
        "power_factors",
        "evidence",
        "problems",
        "sources",
        "documents",
        "request",
        "seal",
    ]


def test_the_first_issued_bill_as_data(data: dict[str, Any]) -> None:
    assert (data["kind"], data["area"], data["currency"], data["total"], data["evidence"]) == (
        "bill",
        "cn-guangxi",
        "CNY",
        "1629271.00",
        "inferred",
    )
    assert data["cycle"] == {"from": "2024-06-01", "to": "2024-07-01"}
    assert data["period"] == {"from": "2024-06-12", "to": "2024-07-01"}
    assert data["sections"][0] == {"section": "energy", "amount": "201719.74"}
    assert data["kwh"] == {"main": {"peak": "132000", "flat": "105600", "valley": "250800"}}
    assert data["power_factors"] == [
        {"scope": "S1", "active_kwh": "488400", "reactive_kvarh": "198000", "cosphi": "0.93", "ratio": "-0.0045"}
    ]
    assert [each["code"] for each in data["problems"]] == ["total_differs_from_bands"]


def test_the_capacity_line_of_the_first_issued_bill(data: dict[str, Any]) -> None:
    (capacity,) = lines_of(data, "capacity")
    assert {key: value for key, value in capacity.items() if key not in ("steps", "sources")} == {
        "code": "capacity",
        "label": "基本电费",
        "section": "network_capacity",
        "group": "main",
        "band": None,
        "from": "2024-06-12",
        "to": "2024-07-01",
        "quantity": "63333.33",
        "unit": "kVA",
        "price": "21.4",
        "amount": "1355333.26",
        "given": False,
    }
    billed = next(step for step in capacity["steps"] if step["name"] == "billed_capacity")
    assert (billed["exact"], billed["rounded_to"], billed["value"], billed["unit"]) == (
        "63333.33333333…",
        "0.01",
        "63333.33",
        "kVA",
    )
    assert "cn/guangxi/network_price/2023-06" in capacity["sources"]


def test_every_document_that_a_line_or_a_step_cites_is_listed(data: dict[str, Any]) -> None:
    listed = [source["id"] for source in data["sources"]]
    steps = [step for each in data["lines"] for step in each["steps"]]
    operands = [operand for step in steps for operand in step["operands"]]
    cited = {source for each in (*data["lines"], *steps) for source in each["sources"]}
    cited |= {operand["source"] for operand in operands if "source" in operand}
    assert cited <= set(listed)
    assert len(listed) == len(set(listed))


def test_there_is_no_number_in_the_json_of_a_bill() -> None:
    def refuse(text: str) -> None:
        pytest.fail(f"{text} is a JSON number")

    counted = {**bill_data(official(P1)), "request": {}}  # the request has counts, such as the digits of a meter
    json.loads(json_text(counted), parse_float=refuse, parse_int=refuse)


def test_the_lines_of_the_json_sum_to_its_sections_and_its_total(data: dict[str, Any]) -> None:
    for section in data["sections"]:
        amounts = [Decimal(each["amount"]) for each in data["lines"] if each["section"] == section["section"]]
        assert sum(amounts) == Decimal(section["amount"])
    assert sum(Decimal(each["amount"]) for each in data["sections"]) == Decimal(data["total"])


def test_the_same_bill_gives_the_same_bytes() -> None:
    official.cache_clear()
    again = bill_json(official(P1))
    official.cache_clear()
    assert bill_json(official(P1)) == again
    assert again.endswith(b"}\n")


def test_a_step_is_told_with_its_figures_and_documents() -> None:
    price = given("0.50", "CNY/kWh", "levies", term=Term.UNIT_PRICE, source=NOTICE)
    energy = named(Term.BILLED_ENERGY, given("7", "kWh", "M1", term=Term.GIVEN_ENERGY) * 2, "main", "peak")
    own = line(named(Term.AMOUNT, rounded(energy * price, Rounding(FEN.step, CUSTOM))))
    (told,) = bill_data(bill(own))["lines"]
    assert "label" not in told
    assert told["steps"] == [
        {
            "name": "billed_energy",
            "of": ["main", "peak"],
            "formula": "{0} × {1}",
            "operands": [
                {"name": "given_energy", "of": ["M1"], "value": "7", "unit": "kWh"},
                {"name": None, "of": [], "value": "2", "unit": "1"},
            ],
            "exact": None,
            "rounded_to": None,
            "value": "14",
            "unit": "kWh",
            "sources": [],
        },
        {
            "name": "amount",
            "of": [],
            "formula": "{0} × {1}",
            "operands": [
                {"name": "billed_energy", "of": ["main", "peak"], "value": "14", "unit": "kWh"},
                {"name": "unit_price", "of": ["levies"], "value": "0.5", "unit": "CNY/kWh", "source": NOTICE.id},
            ],
            "exact": "7",
            "rounded_to": "0.01",
            "value": "7",
            "unit": "CNY",
            "sources": [CUSTOM.id, NOTICE.id],
        },
    ]
    assert told["amount"] == "7.00"


def test_a_document_that_only_a_line_cites_is_listed_too() -> None:
    sheet = Source("request/price_sheet", "合同", Evidence.GIVEN)
    amount = given("5", "CNY", term=Term.GIVEN_AMOUNT, source=sheet)
    told = bill_data(bill(line(amount), sources=(NOTICE,)))
    assert told["sources"] == [
        {
            "id": NOTICE.id,
            "title": "关于输配电价的通知",
            "number": "发改〔2024〕1号",
            "clause": "附表",
            "url": None,
            "evidence": "official_text",
        },
        {
            "id": "request/price_sheet",
            "title": "合同",
            "number": None,
            "clause": None,
            "url": None,
            "evidence": "given",
        },
    ]


def test_the_language_changes_the_messages_and_nothing_else() -> None:
    english, chinese = bill_data(official(P1)), bill_data(official(P1), lexicon=CHINESE)
    assert chinese["problems"][0]["message"].startswith("计量点 M1：总计度器电量")
    assert english["problems"][0]["message"].startswith("metering point M1: the total register")
    for problem in (*english["problems"], *chinese["problems"]):
        problem["message"] = ""
    assert english == chinese
