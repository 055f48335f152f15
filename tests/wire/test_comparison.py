"""A comparison as JSON: the same bytes for the same bills, the three kinds apart, money as text."""

import json
from decimal import Decimal

import pytest
from jsonschema import validate

from billcalc.audit import Comparison, Reading, compare
from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Alternative, Fault, Problem, Severity
from billcalc.vocabulary import Band, Section
from billcalc.wire.comparison import ComparisonData, comparison_data, comparison_schema
from billcalc.wire.json_writing import json_text
from billcalc.wire.schema import Schema, schema_of
from billcalc.words.lexicon import CHINESE
from tests.audit.issuing import issued, our_bill, our_line, printed, reading, recomputed


def example() -> Comparison:
    bill = our_bill(
        our_line("purchase", "5.00", band=Band.PEAK, quantity="10", price="0.5"),
        our_line("levies", "1.00", section=Section.LEVIES),
        kwh={"main": {Band.PEAK: Decimal(10)}},
    )
    said = printed(
        {"code": "purchase", "band": "peak", "quantity": "10", "price": "0.60", "amount": "6.00"},
        {"name": "服务费", "amount": "2"},
        {"code": "ancillary_services", "amount": "0"},
        total="8.50",
        period={"from": "2024-06-01", "to": "2024-07-01"},
        facts={"kwh": {"peak": "11"}, "cosphi": "0.9"},
    )
    return compare(bill, said)


def test_the_three_kinds_of_finding_are_apart() -> None:
    told = comparison_data(example())
    assert (told["kind"], told["agrees"], told["tolerance"]) == ("comparison", False, "0.00")
    [unmapped], [missing], [differing] = told["unmapped"], told["missing"], told["differing"]
    assert unmapped["unmapped"] == "no_code"
    assert unmapped["issued"][0]["name"] == "服务费"
    assert (missing["missing_from"], missing["recomputed"][0]["code"]) == ("issued", "levies")
    assert differing["amounts"] == {"issued": "6.00", "recomputed": "5.00", "difference": "1.00"}
    assert differing["effects"] == {"quantity": "0.00", "price": "1.00", "rest": "0.00"}
    parts = {part["part"]: part["verdict"] for part in differing["parts"]}
    assert parts == {"quantity": "agrees", "price": "differs", "band": "agrees"}
    assert [len(told[key]) for key in ("zero", "agreeing", "tolerated")] == [1, 0, 0]


@pytest.mark.parametrize("schema", [schema_of(ComparisonData), comparison_schema()], ids=["declared", "promised"])
def test_a_comparison_fits_what_is_declared_and_what_the_contract_promises(schema: Schema) -> None:
    name = "guangxi-2024-06-p1"
    official = compare(recomputed(name), issued(name))
    for data in (comparison_data(example()), comparison_data(official, reading=reading(name))):
        validate(json.loads(json_text(data)), schema)
        assert list(data) == list(schema["properties"])


def test_the_money_sums_exactly() -> None:
    told = comparison_data(example())["money"]
    assert (told["issued"], told["recomputed"], told["difference"]) == ("8.50", "6.00", "2.50")
    causes = {cause["cause"]: cause["amount"] for cause in told["causes"]}
    assert causes == {"unmapped": "2.00", "missing_from_issued": "-1.00", "differing": "1.00", "own_error": "0.50"}
    assert [section["section"] for section in told["sections"]] == ["energy", "levies", None]


def test_facts_tell_what_differs_and_what_cannot_be_told() -> None:
    told = comparison_data(example())
    assert [fact["fact"] for fact in told["facts"]] == ["period", "kwh", "cosphi"]
    assert told["facts"][0]["issued"] == {"from": "2024-06-01", "to": "2024-07-01"}
    assert told["differing_facts"] == [
        {"fact": "kwh", "of": "peak", "issued": "11", "recomputed": "10", "verdict": "differs"}
    ]
    assert told["facts"][2]["verdict"] == "not_told"


def test_a_span_of_a_line_is_half_open() -> None:
    bill = our_bill(our_line("capacity", "1.00"))
    line = {"code": "capacity", "from": "2024-06-01", "to": "2024-07-01", "amount": "1.00"}
    [entry] = comparison_data(compare(bill, printed(line)))["agreeing"]
    assert entry["issued"][0]["span"] == entry["recomputed"][0]["span"] == {"from": "2024-06-01", "to": "2024-07-01"}
    assert "proof" not in entry


def test_what_proves_ours_cites_its_documents() -> None:
    name = "guangxi-2024-07-p1"
    lines = list(issued(name).lines)
    lines[4] = lines[4].model_copy(update={"amount": Decimal("1.00")})
    told = comparison_data(compare(recomputed(name), issued(name).model_copy(update={"lines": tuple(lines)})))
    [differing] = told["differing"]
    [proof] = differing["proof"]
    assert proof["without_steps"] is None
    assert proof["steps"][-1]["sources"] == ["cn/guangxi/network_price/2023-06"]
    product, total = told["own"]
    assert (product["check"], product["row"], product["factors"]) == ("product", 4, ["2508000", "0.0777"])
    assert (total["check"], total["row"], total["where"], total["factors"]) == ("total", None, None, None)


def test_rows_that_were_not_read_are_told_with_their_places() -> None:
    comparison = example()
    fault = Fault(FaultCode.NOT_A_NUMBER, "issued.csv:3:7", {"reason": Reason.NO_NUMBER, "value": "x"})
    read = Reading(comparison.issued, ("issued.csv:2:1",), (fault,), ("其中：税额",))
    told = comparison_data(comparison, reading=read, lexicon=CHINESE)
    assert told["differing"][0]["issued"][0]["where"] == "issued.csv:2:1"
    [unread] = told["unread"]
    assert (unread["code"], unread["where"]) == ("not_a_number", "issued.csv:3:7")
    assert unread["message"].endswith("请更正该数字")
    assert told["ignored"] == ["其中：税额"]


def test_a_reading_that_would_explain_the_total_is_told() -> None:
    facts = {"key": "power_factor.round", "area": "cn-x", "chosen": "once"}
    doubt = Problem(
        ProblemCode.CONVENTION_UNDOCUMENTED, Severity.DOUBT, "/x", facts, (Alternative("line", Decimal("0.01")),)
    )
    bill = our_bill(our_line("purchase", "5.00"), problems=(doubt,))
    told = comparison_data(compare(bill, printed({"code": "purchase", "amount": "5.01"}, total="5.01")))
    assert told["readings"] == [{"convention": "power_factor.round", "value": "line"}]


def test_the_same_bills_give_the_same_bytes() -> None:
    name = "chongqing-lines"
    first, second = (
        json_text(comparison_data(compare(recomputed(name), issued(name)), reading=reading(name))) for _ in range(2)
    )
    assert first == second
    assert json_text(comparison_data(example())) == json_text(comparison_data(example()))
