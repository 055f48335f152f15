"""Tariff documents: how they are dated and sourced, and what the body of each kind must hold together."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billcalc.fields import validated
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import InvalidInput
from billcalc.tariff.documents import (
    AnyDocument,
    BasicChargeRules,
    ConventionsDocument,
    Header,
    PowerFactorRules,
    PriceDocument,
    PriceStructure,
    span_of,
)
from billcalc.vocabulary import Billing, CustomerClass, Kind

HEADER: dict[str, Any] = {
    "id": "cn/guangxi/levies/2024-06",
    "area": "cn-guangxi",
    "effective": {"from": "2024-06-01"},
    "document": {
        "title": "电费通知单",
        "number": "第1号",
        "issuer": "广西电网公司",
        "url": "https://example.org/1",
        "clause": "附表一",
    },
    "evidence": "inferred",
    "recorded_on": "2026-11-21",
}
LEVIES = {**HEADER, "kind": "levies", "components": [{"code": "levies", "section": "levies", "price": "0.041825"}]}
RULES = {
    **HEADER,
    "kind": "basic_charge_rules",
    "days": "thirtieth",
    "floor_share": "0.40",
    "over_steps": [{"above": "0.05", "factor": "2", "free_band": False}],
}
TABLE = {"percent": {"1.0": "-0.75", "0.9": "0"}, "below": "2.00"}
POWER_FACTOR = {**HEADER, "kind": "power_factor_rules", "rounding": "0.1", "tables": {"0.9": TABLE}}


def document(data: object) -> Header:
    return validated(AnyDocument, data).root


def faults_of(data: object) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        document(data)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (LEVIES, PriceDocument),
        ({**LEVIES, "kind": "network_price"}, PriceDocument),
        (
            {**HEADER, "kind": "price_structure", "made_of": {"residential": ["catalogue_price", "levies"]}},
            PriceStructure,
        ),
        (RULES, BasicChargeRules),
        (POWER_FACTOR, PowerFactorRules),
        ({**HEADER, "kind": "conventions", "conventions": {"total_round": "0.01"}}, ConventionsDocument),
    ],
)
def test_a_document_is_read_as_its_kind(data: dict[str, object], kind: type[Header]) -> None:
    made = document(data)
    assert type(made) is kind
    assert made.kind.value == data["kind"]


def test_a_document_of_no_kind_or_an_unknown_one_is_refused() -> None:
    assert faults_of(HEADER) == ['/: missing_key: the key "kind" is missing; add it']
    [fault] = faults_of({**LEVIES, "kind": "price_list"})
    assert fault.startswith('/kind: unknown_word: "price_list" is not an accepted value; use one of: network_price, ')


def test_a_line_cites_a_document_by_its_publication() -> None:
    assert document(LEVIES).source == Source(
        id="cn/guangxi/levies/2024-06",
        title="电费通知单",
        number="第1号",
        clause="附表一",
        url="https://example.org/1",
        evidence=Evidence.INFERRED,
    )


# When it is in force


def dated(**told: object) -> dict[str, object]:
    return {**{key: value for key, value in LEVIES.items() if key != "effective"}, **told}


def test_a_document_starts_where_it_is_effective_or_was_first_seen() -> None:
    assert document(dated(effective={"from": "2024-06-01"})).start == date(2024, 6, 1)
    seen = {"first": "2024-06-01", "last": "2025-04-30"}
    assert document(dated(seen_in_force=seen)).start == date(2024, 6, 1)


def test_a_document_is_dated_in_one_way() -> None:
    seen = {"first": "2024-06-01", "last": "2025-04-30"}
    fault = "/: inconsistent: a document is dated by effective or by seen_in_force; correct one of the two"
    assert faults_of(dated()) == [fault]
    assert faults_of(dated(effective={"from": "2024-06-01"}, seen_in_force=seen)) == [fault]


@pytest.mark.parametrize("end", ["2024-06-01", "2024-05-31"])
def test_a_document_ends_after_it_starts(end: str) -> None:
    assert faults_of(dated(effective={"from": "2024-06-01", "repealed_on": end})) == [
        f"/effective: span_reversed: the span from 2024-06-01 to {end} does not end after it starts; "
        "the end is the first day after the span"
    ]


def test_a_document_can_have_been_seen_on_a_single_day_but_not_in_reverse() -> None:
    one_day = document(dated(seen_in_force={"first": "2024-06-01", "last": "2024-06-01"}))
    assert one_day.start == date(2024, 6, 1)
    assert faults_of(dated(seen_in_force={"first": "2024-06-02", "last": "2024-06-01"})) == [
        "/seen_in_force: inconsistent: the last day it was seen lies before the first; correct one of the two"
    ]


def test_the_end_is_what_the_document_tells_else_the_successors_start_else_open() -> None:
    open_ended = document(dated(effective={"from": "2024-06-01"}))
    ended = document(dated(effective={"from": "2024-06-01", "repealed_on": "2024-07-01"}))
    seen = document(dated(seen_in_force={"first": "2024-06-01", "last": "2025-04-30"}))
    june, august = date(2024, 6, 1), date(2024, 8, 1)
    assert span_of(open_ended, None) == Span(june)
    assert span_of(open_ended, august) == Span(june, august)
    assert span_of(ended, august) == Span(june, date(2024, 7, 1))
    assert span_of(seen, None) == Span(june)
    assert span_of(seen, august) == Span(june, august)


# The bodies


def test_a_price_document_has_a_price() -> None:
    [fault] = faults_of({**LEVIES, "components": []})
    assert fault.startswith("/components: wrong_type: ")


def test_a_price_is_made_of_kinds_that_hold_prices() -> None:
    structure = {**HEADER, "kind": "price_structure", "made_of": {"residential": ["conventions"]}}
    assert faults_of(structure) == [
        '/made_of/residential/0: unknown_word: "conventions" is not an accepted value; use one of: network_price, '
        "purchase_price, catalogue_price, levies"
    ]


def test_the_structure_of_a_price_is_told_by_class() -> None:
    made = document({**HEADER, "kind": "price_structure", "made_of": {"residential": ["catalogue_price", "levies"]}})
    assert isinstance(made, PriceStructure)
    assert made.made_of == {CustomerClass.RESIDENTIAL: (Kind.CATALOGUE_PRICE, Kind.LEVIES)}


def test_steps_above_the_contract_rise() -> None:
    steps = [
        {"above": "0.10", "factor": "2", "free_band": False},
        {"above": "0.10", "factor": "3", "free_band": False},
    ]
    assert faults_of({**RULES, "over_steps": steps}) == [
        "/over_steps: inconsistent: each step must be above the one before; correct one of the two"
    ]


def test_only_the_band_below_the_first_step_can_be_free() -> None:
    steps = [
        {"above": "0", "factor": "2", "free_band": False},
        {"above": "0.10", "factor": "3", "free_band": True},
    ]
    assert faults_of({**RULES, "over_steps": steps}) == [
        "/over_steps: inconsistent: only the first step has a band below it that can be free; correct one of the two"
    ]


def test_there_can_be_two_steps_or_none() -> None:
    steps = [
        {"above": "0", "factor": "2", "free_band": True},
        {"above": "0.10", "factor": "3", "free_band": False},
    ]
    for number in range(3):
        rules = document({**RULES, "over_steps": steps[:number]})
        assert isinstance(rules, BasicChargeRules)
        assert [step.factor for step in rules.over_steps] == [Decimal(2), Decimal(3)][:number]


@pytest.mark.parametrize(
    "rows",
    [
        {"0.9": "0"},  # does not begin at 1
        {"1.0": "-0.75", "0.8": "1"},  # 0.9 is missing
        {"1.0": "-0.75", "0.95": "0"},  # between two rows
        {"1.1": "-1", "1.0": "-0.75"},  # above 1
    ],
)
def test_a_table_has_a_row_for_each_step_from_one_down(rows: dict[str, str]) -> None:
    assert faults_of({**POWER_FACTOR, "tables": {"0.9": {**TABLE, "percent": rows}}}) == [
        "/tables: inconsistent: table 0.9 must have a row for each 0.1 from 1 down, and none below 0; "
        "correct one of the two"
    ]


def test_a_table_does_not_go_below_zero() -> None:
    rows = {str(Decimal(tenths) / 10): "1" for tenths in range(-1, 11)}
    [fault] = faults_of({**POWER_FACTOR, "tables": {"0.9": {**TABLE, "percent": rows}}})
    assert "none below 0" in fault


def test_a_table_needs_a_row() -> None:
    [fault] = faults_of({**POWER_FACTOR, "tables": {"0.9": {**TABLE, "percent": {}}}})
    assert fault.startswith("/tables/0.9/percent: wrong_type: ")


def test_two_writings_of_one_power_factor_are_one_row_too_many() -> None:
    rows = {"1.0": "-0.75", "0.9": "0", "0.90": "1"}
    assert faults_of({**POWER_FACTOR, "tables": {"0.9": {**TABLE, "percent": rows}}}) == [
        "/tables/0.9/percent: inconsistent: there are two rows for 0.9; correct one of the two"
    ]


def test_the_row_of_a_table_is_a_number() -> None:
    [fault] = faults_of({**POWER_FACTOR, "tables": {"0.9": {**TABLE, "percent": {"1.0": "0", "x": "1"}}}})
    assert fault.startswith("/tables/0.9/percent/x: not_a_number: ")


@pytest.mark.parametrize("step", ["0", "0.3"])
def test_the_rounding_of_a_power_factor_divides_one(step: str) -> None:
    assert faults_of({**POWER_FACTOR, "rounding": step}) == [
        f"/rounding: out_of_range: {step} is not within the steps 1, 0.5, 0.1, 0.05, 0.01 and so on; correct the value"
    ]


def test_a_table_that_is_no_mapping_is_refused() -> None:
    assert faults_of({**POWER_FACTOR, "tables": {"0.9": {**TABLE, "percent": "1.0"}}}) == [
        '/tables/0.9/percent: wrong_type: a mapping is expected here; correct the value "1.0"'
    ]


def test_ratios_go_on_below_the_table_by_its_step_down_to_zero() -> None:
    rules = document(POWER_FACTOR)
    assert isinstance(rules, PowerFactorRules)
    ratios = rules.ratios["0.9"]
    assert len(ratios) == 11
    assert ratios[Decimal("1.00")] == Decimal("-0.0075")
    assert ratios[Decimal("0.9")] == 0
    assert ratios[Decimal("0.8")] == Decimal("0.02")
    assert ratios[Decimal(0)] == Decimal("0.18")


def test_a_table_of_all_power_factors_needs_no_step() -> None:
    rows = {str(Decimal(tenths) / 10): str(10 - tenths) for tenths in range(11)}
    rules = document({**POWER_FACTOR, "tables": {"0.9": {"percent": rows, "below": "0"}}})
    assert isinstance(rules, PowerFactorRules)
    assert rules.ratios["0.9"] == {Decimal(tenths) / 10: Decimal(10 - tenths) / 100 for tenths in range(11)}


FOR_INDUSTRY = {**LEVIES, "for": {"class": ["industrial_commercial", "large_industrial"]}}


def test_what_the_head_tells_holds_for_every_component() -> None:
    written = document({**FOR_INDUSTRY, "components": [{**LEVIES["components"][0], "for": {"billing": "two_part"}}]})
    assert isinstance(written, PriceDocument)
    [component] = written.components
    assert component.selector.customer_class == (CustomerClass.INDUSTRIAL_COMMERCIAL, CustomerClass.LARGE_INDUSTRIAL)
    assert component.selector.billing == (Billing.TWO_PART,)


def test_what_is_told_at_the_head_and_again_in_a_component_is_refused() -> None:
    again = {**LEVIES["components"][0], "for": {"class": "residential"}}
    [fault] = faults_of({**FOR_INDUSTRY, "components": [again]})
    assert "class is told at the head of the document and again here" in fault


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"for": "everybody"}, "/for"),
        ({"components": {"levies": "0.04"}}, "/components"),
        ({"components": ["levies"]}, "/components/0"),
        ({"components": [{**LEVIES["components"][0], "for": "everybody"}]}, "/components/0/for"),
    ],
)
def test_a_head_beside_what_is_no_component_leaves_the_fault_to_its_field(told: dict[str, Any], place: str) -> None:
    assert any(fault.startswith(place + ":") for fault in faults_of({**FOR_INDUSTRY, **told}))


def test_a_structure_names_sections_that_prices_can_have() -> None:
    structure = {**HEADER, "kind": "price_structure", "made_of": {"residential": ["levies"]}}
    [fault] = faults_of({**structure, "sections": {"residential": ["power_factor"]}})
    assert "/sections/residential/0: unknown_word" in fault
