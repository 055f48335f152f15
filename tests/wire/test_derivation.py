"""Derivations in words as plain data."""

from jsonschema import validate

from billcalc.billing.bill import Bill
from billcalc.kernel.terms import Term
from billcalc.kernel.values import choose, named, rounded
from billcalc.wire.derivation import DerivationData, ExplainedStepData, derivation_data
from billcalc.wire.schema import schema_of
from billcalc.words.lexicon import ENGLISH
from tests.explain.bills import FEN, NOTICE, bill, given, line, official

P1 = "guangxi-2024-06-p1"


def derivation(found: Bill, code: str) -> DerivationData:
    return derivation_data(found, [each for each in found.lines if each.code == code], lexicon=ENGLISH)


def test_the_derivation_of_a_line_as_data() -> None:
    told = derivation(official(P1), "capacity")
    assert list(told) == [
        "kind",
        "id",
        "version",
        "tariff_set",
        "area",
        "currency",
        "cycle",
        "period",
        "lines",
        "sources",
    ]
    assert told["kind"] == "derivation"
    (capacity,) = told["lines"]
    assert (capacity["code"], capacity["title"], capacity["amount"], capacity["given"]) == (
        "capacity",
        "Basic charge by capacity",
        "1355333.26",
        False,
    )
    first: ExplainedStepData = {
        "names": ["billed capacity (S1)"],
        "words": "capacity (T1) × days (2024-06-12 to 2024-06-30) ÷ days of the cycle",
        "numbers": "100000 kVA × 19 ÷ 30",
        "conditions": [],
        "exact": "63333.33333333…",
        "rounding": "rounded to 0.01, half away from zero",
        "result": "63333.33 kVA",
        "sources": ["cn/national/basic_charge_rules/2024-06", "cn/guangxi/conventions/2024-06"],
    }
    assert capacity["steps"][0] == first
    assert capacity["documents"][2]["figures"] == ["unit price (Basic charge by capacity) 21.4 CNY/kVA per month"]
    assert {source["id"] for source in told["sources"]} == {each["source"] for each in capacity["documents"]}


def test_a_condition_and_the_amounts_of_other_lines_are_data_too() -> None:
    kwh, limit = given("900", "kWh", term=Term.BILLED_ENERGY), given("800", "kWh", term=Term.DISCOUNT_LIMIT)
    fee = named(Term.AMOUNT, rounded(kwh * given("0.5", "CNY/kWh", term=Term.UNIT_PRICE, source=NOTICE), FEN), "fee")
    ratio = choose(kwh >= limit, given("0.9", term=Term.DISCOUNT_FACTOR), given("1"))
    lines = (
        line(fee, code="fee"),
        line(named(Term.AMOUNT, named(Term.POWER_FACTOR_BASE, fee * 1) * ratio), code="bonus"),
    )
    told = derivation(bill(*lines), "bonus")
    (bonus,) = told["lines"]
    assert bonus["steps"][1]["conditions"] == [
        {"words": "billed energy ≥ energy from which the discount applies", "numbers": "900 kWh ≥ 800 kWh"}
    ]
    assert bonus["other_lines"] == ["fee 450.00 CNY"]
    assert bonus["inputs"] == [
        "factor of the discount 0.9",
        "billed energy 900 kWh",
        "energy from which the discount applies 800 kWh",
    ]
    assert told["sources"] == []  # what the other line cites is told there


def test_a_derivation_fits_its_declared_shape() -> None:
    validate(derivation(official(P1), "power_factor"), schema_of(DerivationData))
