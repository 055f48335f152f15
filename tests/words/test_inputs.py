"""Every Chinese name of the one list of codes is read at every door where its code is: as the code, or refused alike."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from billcalc.agreement.models import BasicMode
from billcalc.audit.issued import IssuedBill
from billcalc.audit.layout import FactName, Layout
from billcalc.billing.request import Request
from billcalc.bulk.paths import pointer_of
from billcalc.fields import validated
from billcalc.files.loading import load
from billcalc.kernel.closed_lists import Word
from billcalc.kernel.troubles import InvalidInput
from billcalc.metering.models import ChildKind, ReadingKind, Register, Side
from billcalc.runs.issued_tables import IssuedTable, code_named
from billcalc.tariff import convention_words
from billcalc.vocabulary import (
    AREAS,
    COMPONENTS,
    Band,
    Billing,
    CustomerClass,
    Kind,
    Purchase,
    Section,
    TransformerState,
    Voltage,
    component_named,
    component_names,
)
from tests.api.calling import Caller, request_data
from tests.api.calling import service as new_service
from tests.cli.calling import P1, call
from tests.few_tariffs import few_tariffs
from tests.runs.issued import compared
from tests.test_vocabulary import OURS

PLACES: Mapping[type[Word], str] = {
    CustomerClass: "/agreement/0/groups/main/class",
    Billing: "/agreement/0/groups/main/billing",
    Voltage: "/agreement/0/groups/main/voltage",
    Purchase: "/agreement/0/groups/main/purchase",
    TransformerState: "/agreement/0/supply_points/S1/transformers/0/state",
    BasicMode: "/agreement/0/basic/mode",
    Side: "/metering_points/0/side",
    ReadingKind: "/metering_points/0/readings/1/kind",
    ChildKind: "/metering_points/0/children/0/kind",
    Band: "/metering_points/0/children/0/band",
    Register: "/metering_points/0/readings/1/rollover/0",
    Section: "/given/0/section",
    Kind: "/price_sheet/instead_of/0",
}
"""Where a request has each list."""
CONVENTIONS: Mapping[str, str] = {
    "Scope": "power_factor.scope",
    "EnergySource": "kwh.source",
    "Remainder": "kwh.remainder",
    "ReactiveSum": "power_factor.reactive_sum",
    "RoundScope": "power_factor.round",
    "NoEnergy": "power_factor.no_energy",
    "DayCount": "basic.days",
    "EdgeDay": "basic.first_day",
    "ChangesCount": "basic.changes",
    "DiscountPrint": "basic.discount",
    "PartRounding": "amounts.components",
    "FromBands": "sub_meters.from_bands",
    "RatioOf": "sub_meters.ratio_of",
    "RatioBands": "sub_meters.ratio_bands",
    "SharpElsewhere": "kwh.sharp_elsewhere",
    "TierBands": "tiers.bands",
    "TierMonths": "tiers.months",
    "TiersBefore": "tiers.before",
    "TiersOfPartYear": "tiers.part_year",
    "WithoutSharp": "sub_meters.without_sharp",
    "RatioBase": "time_of_use.ratio_of",
    "OwnPrices": "time_of_use.own_prices",
    "LossBandsBy": "losses.bands",
    "LossGroups": "losses.groups",
    "LineLossOf": "losses.line_of",
    "LossInDemand": "losses.demand",
}
LISTED = {"Reactive": "power_factor.reactive", "SubMeterKind": "sub_meters.order"}
"""Conventions that are lists of words."""


def changed(data: Any, place: str, value: object) -> Any:
    """The data with another value at a place, which is made where it is not there."""
    copied = deepcopy(data)
    *path, last = place.split("/")[1:]
    node = copied
    for part in path:
        node = node[int(part)] if isinstance(node, list) else node.setdefault(part, {})
    node[int(last) if isinstance(node, list) else last] = value
    return copied


def read(text: bytes) -> Request | list[tuple[str, str]]:
    """The request of a text, or what is wrong with it and where in the data."""
    try:
        return load(Request, text)
    except InvalidInput as invalid:
        return sorted((fault.code.value, fault.where.partition(":")[0]) for fault in invalid.faults)


def names(words: type[Word]) -> Iterator[tuple[Word, str]]:
    return ((word, name) for word in words for name in word.aliases)


def conventions() -> Iterator[tuple[str, type[Word], bool]]:
    for name, key in {**CONVENTIONS, **LISTED}.items():
        yield f"/conventions/{key.replace('.', '/')}", getattr(convention_words, name), name in LISTED


@pytest.mark.no_cover
@pytest.mark.parametrize("words", PLACES, ids=lambda words: words.__name__)
def test_a_request_is_read_with_every_name_of_a_word(words: type[Word]) -> None:
    for word, name in names(words):
        ours, theirs = (changed(OURS, PLACES[words], each) for each in (word.value, name))
        meant = read(yaml.safe_dump(ours).encode())
        assert read(yaml.safe_dump(theirs, allow_unicode=True).encode()) == meant, name
        assert read(json.dumps(theirs, ensure_ascii=False).encode()) == read(json.dumps(ours).encode()), name


def test_a_request_is_read_with_every_name_of_a_choice_of_a_convention() -> None:
    assert {*CONVENTIONS, *LISTED} == {*convention_words.__all__} - {"Grain", "PriceBy"}
    for place, words, is_list in conventions():
        for word, name in names(words):
            ours, theirs = (changed(OURS, place, [each] if is_list else each) for each in (word.value, name))
            assert read(json.dumps(theirs).encode()) == read(json.dumps(ours).encode()), (place, name)


def test_a_request_is_read_with_every_name_of_an_area_and_a_component() -> None:
    for code, others in AREAS.items():
        ours = validated(Request, changed(OURS, "/area", code))
        assert all(validated(Request, changed(OURS, "/area", name)) == ours for name in others)
    for name, code in component_names().items():
        ours = validated(Request, changed(OURS, "/given/0/code", code))
        assert validated(Request, changed(OURS, "/given/0/code", name)) == ours, name


def test_the_head_of_a_column_may_have_every_name_of_a_register_and_of_a_component() -> None:
    for word, name in names(Register):
        assert pointer_of(f"metering_points.0.given.kwh.{name}") == f"/metering_points/0/given/kwh/{word.value}"
    registers = {name for _, name in names(Register)}
    for name, code in component_names().items():
        if name not in registers:
            assert pointer_of(f"price_sheet.prices.{name}") == f"/price_sheet/prices/{code}"


def test_a_mapping_of_one_bill_is_read_with_every_name() -> None:
    for word, name in names(Band):
        assert validated(Layout, {"bands": {"x": name}}) == validated(Layout, {"bands": {"x": word.value}}), name
        assert validated(Layout, {"names": {"x": {"band": name}}}) == validated(
            Layout, {"names": {"x": {"band": word.value}}}
        )
    for word, name in names(Section):
        assert validated(Layout, {"sections": {"x": [name]}}) == validated(Layout, {"sections": {"x": word.value}}), (
            name
        )
        assert validated(Layout, {"subtotals": {"x": {"section": name}}}).subtotals["x"].sections == (word,)
    for word, name in names(FactName):
        assert validated(Layout, {"facts": {"x": name}}).facts == {"x": word}
    for name, code in component_names().items():
        assert validated(Layout, {"names": {"x": name}}) == validated(Layout, {"names": {"x": code}})


def test_an_issued_bill_is_read_with_every_name() -> None:
    def line(**told: str) -> IssuedBill:
        return validated(IssuedBill, {"lines": [{"name": "x", "amount": "1", **told}]})

    for word, name in names(Band):
        assert line(band=name) == line(band=word.value), name
    for word, name in names(Section):
        assert line(section=name) == line(section=word.value), name
    for name, code in component_names().items():
        assert line(code=name) == line(code=code), name


def test_a_mapping_of_a_table_of_bills_is_read_with_every_name() -> None:
    for name, code in {**component_names(), "合计": "total"}.items():
        assert validated(IssuedTable, {"columns": {"x": name}}).columns == {"x": code}
        long = validated(IssuedTable, {"code": "c", "amount": "a", "codes": {"x": name}})
        assert (long.codes, long.names[name]) == ({"x": code}, code)
        assert IssuedTable().completed(["account", name]).columns == {name: code}
    for word, name in names(Section):
        assert validated(IssuedTable, {"sections": {"x": name}}).sections == {"x": word}


def test_a_name_of_several_components_is_not_taken_for_one() -> None:
    several = "国家重大水利工程建设基金"
    assert (component_named(several), code_named(several), several in component_names()) == (several, several, False)
    assert sum(several in listed for listed in COMPONENTS.values()) == 2


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("力调电费", ["power_factor"]),
        ("输配电费", ["network_energy"]),
        ("基本电费", ["capacity"]),
        ("容（需）量电费", ["capacity"]),
        ("系统运行费用", ["coal_capacity", "other_operation"]),
        ("purchase", ["purchase"]),
    ],
)
def test_a_line_is_explained_by_its_name_or_that_of_its_section(name: str, codes: list[str]) -> None:
    told = json.loads(call("explain", P1, "--line", name, "--format", "json").stdout)
    assert list(dict.fromkeys(line["code"] for line in told["lines"])) == codes


def test_a_line_that_is_not_there_is_no_line_under_any_name() -> None:
    result = call("explain", P1, "--line", "需量电费", "--lang", "zh")
    assert (result.exit_code, "不存在电费行“需量电费”" in result.stderr) == (2, True)


def listed(*options: str) -> str:
    result = call("tariffs", *options, "--tariffs", str(few_tariffs()))
    assert result.exit_code in (0, 1), (options, result.stderr)
    return result.stdout


def test_the_library_is_asked_with_every_name_of_a_kind() -> None:
    for kind in Kind:
        ours = listed("list", "--kind", kind.value)
        assert all(listed("list", "--kind", name) == ours for name in kind.aliases)


def test_the_library_is_asked_for_a_customer_with_every_name() -> None:
    days = ("diff", "2024-06-01", "2024-07-01")
    for option, words in (
        ("--class", CustomerClass),
        ("--billing", Billing),
        ("--voltage", Voltage),
        ("--purchase", Purchase),
    ):
        for word in words:
            ours = listed(*days, "--area", "cn-guangxi", option, word.value)
            assert all(listed(*days, "--area", "广西", option, name) == ours for name in word.aliases[:2])


@pytest.mark.parametrize(("name", "code"), [("需量", "demand"), ("按容量", "capacity"), ("demand", "demand")])
def test_the_library_is_asked_by_what_the_basic_charge_is(name: str, code: str) -> None:
    asked = ("missing", "--area", "广西", "--from", "2024-06", "--to", "2024-06", "--basic")
    assert listed(*asked, name) == listed(*asked, code)


def test_the_codes_of_a_table_of_bills_may_be_told_by_their_names(tmp_path: Path) -> None:
    ours = [("A", "purchase", "10.00"), ("A", "power_factor", "-1.00")]
    issued = "account,code,amount\nA,购电电费,10\nA,力调电费,-1\nA,合计,9\n"
    outcome, rows = compared(tmp_path, issued, ours)
    assert (outcome.agrees, rows) == (True, [])
    outcome, rows = compared(tmp_path, "account,代理购电电费,功率因数调整电费,合计\nA,10,-1,9\n", ours)
    assert (outcome.agrees, rows) == (True, [])


def test_the_service_reads_what_the_command_line_reads(service: Caller) -> None:
    theirs = changed(request_data(), "/area", "广西壮族自治区")
    for place, name in (
        ("/agreement/0/groups/main/class", "工商业用电"),
        ("/agreement/0/groups/main/billing", "两部制"),
        ("/agreement/0/groups/main/voltage", "110千伏"),
        ("/agreement/0/groups/main/purchase", "代理购电"),
        ("/agreement/0/basic/mode", "按容量"),
        ("/metering_points/0/side", "高供高计"),
    ):
        theirs = changed(theirs, place, name)
    theirs["metering_points"][0]["readings"] = [
        {{"peak": "峰", "flat": "平段", "valley": "谷", "reactive_forward": "正向无功"}.get(key, key): value
         for key, value in reading.items()}
        for reading in theirs["metering_points"][0]["readings"]
    ]  # fmt: skip
    assert service.bill(theirs).json()["total"] == service.bill(request_data()).json()["total"]


@pytest.fixture(scope="module")
def service() -> Caller:
    return new_service()
