"""What a bill of a month would lack: all of it at once, by days, and what the request is to bring."""

from datetime import date
from typing import Any

import pytest

from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.sources import Evidence
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import PriceKey
from billcalc.tariff.documents import Header
from billcalc.tariff.reach import NeededFor, Reach, months, reach, stretches
from billcalc.vocabulary import Billing, CustomerClass, Purchase
from tests.tariff.samples import FACTORY, HOME, LEVY, NETWORK, document, levies, network, purchase, structure

[JUNE] = months(date(2024, 6, 1), date(2024, 6, 30))
BASIC = [
    {"code": "capacity", "section": "network_capacity", "quantity": "capacity_kva", "price": "30"},
    {"code": "demand", "section": "network_capacity", "quantity": "demand_kw", "price": "40"},
]
RULES: dict[str, Any] = {"days": "calendar", "floor_share": "0.4", "over_steps": []}
TABLE: dict[str, Any] = {
    "rounding": "0.01",
    "tables": {"0.90": {"percent": {"1.00": "-0.75"}, "below": "0.5"}},
}
HOURS: dict[str, Any] = {
    "remainder": "flat",
    "periods": {"all": {"bands": {"peak": ["08:00-12:00"]}}},
    "ratios": {"all": {"bands": {"peak": {"of": "flat", "factor": "1.5"}, "flat": {"of": "untimed", "factor": "1"}}}},
    "floats": {"agent": {"sections": ["energy"]}},
}
FLOATING = {"code": "purchase", "section": "energy", "price": "0.5", "tags": ["floats"]}


def hours(name: str = "2024", *, start: str = "2024-01-01", **told: Any) -> Header:
    return document(f"cn/guangxi/time_of_use/{name}", start=start, **{**HOURS, **told})


def whole(*more: Header, **replaced: Header | None) -> Catalog:
    """A library with all that a factory's bill of June needs; one is replaced or left out by its kind."""
    documents: dict[str, Header | None] = {
        "structure": structure(),
        "purchase": purchase(),
        "network": network(components=[NETWORK, *BASIC]),
        "levies": levies(),
        "basic": document("cn/national/basic_charge_rules/2024", start="2024-01-01", **RULES),
        "power_factor": document("cn/national/power_factor_rules/1983", start="1983-12-01", **TABLE),
        "hours": hours(),
        **replaced,
    }
    return Catalog([*(each for each in documents.values() if each is not None), *more])


def june(catalog: Catalog, key: PriceKey = FACTORY) -> Reach:
    return reach(catalog=catalog, area="cn-guangxi", key=key, month=JUNE)


def told(found: Reach) -> list[tuple[str, str, str | None, str]]:
    return [
        (gap.needed_for.value, gap.refusal.code.value, None if gap.kind is None else gap.kind.value, str(gap.span))
        for gap in found.gaps
    ]


ALL = "2024-06-01/2024-07-01"


def test_a_month_with_every_document_lacks_nothing() -> None:
    found = june(whole())
    assert (told(found), found.doubted, found.evidence) == ([], (), Evidence.SECONDARY)
    assert not found.lacks(NeededFor.CAPACITY, NeededFor.DEMAND, NeededFor.POWER_FACTOR, NeededFor.INTERVALS)


def test_everything_that_is_lacking_is_told_at_once() -> None:
    found = june(whole(purchase=None, levies=None, hours=None, power_factor=None, basic=None))
    assert told(found) == [
        ("bill", "no_document", "purchase_price", ALL),
        ("bill", "no_document", "levies", ALL),
        ("bill", "no_document", "basic_charge_rules", ALL),
        ("power_factor", "no_document", "power_factor_rules", ALL),
        ("intervals", "no_document", "time_of_use", ALL),
    ]
    assert found.lacks()


def test_without_the_structure_nothing_else_is_known_of_prices() -> None:
    assert told(june(whole(structure=None), HOME)) == [("bill", "no_document", "price_structure", ALL)]


def test_a_class_that_the_structure_does_not_name_has_no_price() -> None:
    farm = HOME.model_copy(update={"customer_class": CustomerClass.AGRICULTURAL})
    found = june(whole(), farm)
    assert told(found) == [("bill", "no_price", "price_structure", ALL)]
    assert found.gaps[0].refusal.facts["document"] == "cn/national/price_structure/2021-12"


def test_a_row_that_is_not_there_is_told_with_its_document() -> None:
    [gap] = june(whole(purchase=purchase(components=[{**FLOATING, "for": {"billing": "one_part"}}]))).gaps
    assert (gap.refusal.code.value, gap.refusal.facts["document"]) == ("no_price", "cn/guangxi/purchase_price/2024-06")


def test_the_prices_of_the_customers_own_contract_are_for_the_request_to_bring() -> None:
    found = june(whole(purchase=purchase(components=[{"code": "purchase", "section": "energy", "price": "given"}])))
    assert told(found) == [("request", "price_not_given", None, ALL)]
    assert not found.lacks()


@pytest.mark.parametrize(
    ("base", "lacking"),
    [
        (None, True),
        ({"exclude": {"sections": ["upstream_loss"]}}, False),
        ({"include": {"components": ["network"]}}, True),
        ({"include": {"tags": ["green"]}}, False),
        ({"include": {"groups": ["main"]}}, False),
    ],
)
def test_a_total_lacks_its_parts_where_the_power_factor_adjusts_some_of_them(base: Any, lacking: bool) -> None:
    total = {"code": "total", "section": "energy", "price": "0.5", "supplies": ["network", "levies"]}
    told = {} if base is None else {"power_factor": {"base": base}}
    conventions = document(
        "cn/guangxi/conventions/2024", start="2024-01-01", conventions={"total_round": "0.01", **told}
    )
    found = june(whole(conventions, purchase=purchase(components=[total])))
    split = [gap for gap in found.gaps if gap.refusal.code is RefusalCode.PRICE_PARTS_UNKNOWN]
    assert [gap.needed_for for gap in split] == ([NeededFor.POWER_FACTOR] if lacking else [])
    assert not split or split[0].refusal.facts["document"] == "cn/guangxi/purchase_price/2024-06"


def test_a_basic_charge_without_a_price_hinders_the_bills_that_need_it() -> None:
    found = june(whole(network=network(components=[NETWORK, BASIC[0]])))
    assert told(found) == [("demand", "no_price", "network_price", ALL)]
    assert found.lacks(NeededFor.DEMAND)
    assert not found.lacks(NeededFor.CAPACITY)
    assert told(june(whole(network=network()), FACTORY.model_copy(update={"billing": Billing.ONE_PART}))) == []


def test_energy_that_floats_needs_the_ratios() -> None:
    floating = purchase(components=[FLOATING])
    assert told(june(whole(purchase=floating, hours=None))) == [("bill", "no_document", "time_of_use", ALL)]
    silent = hours(floats={"market": {"for": {"purchase": "market"}, "sections": ["energy"]}})
    assert told(june(whole(purchase=floating, hours=silent))) == [("bill", "no_price", "time_of_use", ALL)]
    no_ratios = hours(ratios={})
    assert told(june(whole(purchase=floating, hours=no_ratios))) == [("bill", "no_price", "time_of_use", ALL)]
    untagged = hours(floats={"market": {"for": {"purchase": "market"}, "sections": ["energy"]}})
    assert told(june(whole(hours=untagged))) == []


def test_prices_by_band_need_no_ratios() -> None:
    listed = [{"code": "purchase", "section": "energy", "price": {"bands": {"peak": "0.6", "flat": "0.4"}}}]
    plain = {**LEVY, "price": {"bands": {"peak": "0.04", "flat": "0.04"}}}
    banded = {**NETWORK, "price": {"bands": {"peak": "0.1", "flat": "0.1"}}}
    found = june(
        whole(
            purchase=purchase(components=listed),
            levies=levies(components=[plain]),
            network=network(components=[banded, *BASIC]),
            hours=None,
        )
    )
    assert told(found) == [("intervals", "no_document", "time_of_use", ALL)]


def test_a_sum_that_is_rounded_as_a_whole_is_not_billed_but_where_a_convention_rounds_its_parts() -> None:
    of_sum = hours(
        floats={"agent": {"sections": ["energy", "network_energy"]}}, price_round={"step": "0.0001", "of": "sum"}
    )
    [gap] = june(whole(hours=of_sum)).gaps
    assert gap.refusal.code.value == "not_supported"
    assert "Energy purchase, Network energy charge" in str(gap.refusal)
    parts = document(
        "cn/guangxi/conventions/2024", start="2024-01-01", conventions={"time_of_use": {"price_round": "0.0001"}}
    )
    assert told(june(whole(parts, hours=of_sum))) == []


def test_hours_are_lacking_for_interval_data_alone() -> None:
    only: dict[str, Any] = {"for": {"purchase": "market"}}
    found = june(whole(hours=hours(**only)))
    assert told(found) == [("intervals", "no_bands", "time_of_use", ALL)]


def test_a_calendar_is_lacking_on_the_days_of_a_rule_that_asks_for_it() -> None:
    special = {
        "season": "late", "days": {"kind": "rest_day", "holiday": "national_day", "days_off": 2},
        "bands": {"valley": ["00:00-06:00"]},
    }  # fmt: skip
    rules = hours(
        seasons={"late": [{"from": "06-20", "to": "07-10"}]},
        periods={**HOURS["periods"], "special": special},
        ratios={"all": {"bands": {**HOURS["ratios"]["all"]["bands"], "valley": {"of": "flat", "factor": "0.5"}}}},
    )
    assert told(june(whole(hours=rules))) == [("intervals", "no_document", "calendar", "2024-06-20/2024-07-01")]
    calendar = document(
        "cn/national/calendar/2024", start=None, effective={"from": "2024-01-01", "repealed_on": "2025-01-01"},
        breaks=[{"holidays": ["national_day"], "off": {"from": "2024-06-22", "to": "2024-06-25"}}],
    )  # fmt: skip
    assert told(june(whole(calendar, hours=rules))) == []


def test_the_weather_is_for_the_request_to_bring() -> None:
    hot = {"days": {"event": {"measure": "temperature", "at_least": "35"}}, "bands": {"sharp": ["11:00-12:00"]}}
    ratios = {"all": {"bands": {**HOURS["ratios"]["all"]["bands"], "sharp": {"of": "peak", "factor": "1.2"}}}}
    found = june(whole(hours=hours(periods={**HOURS["periods"], "hot": hot}, ratios=ratios)))
    assert told(found) == [("request", "event_not_given", None, ALL)]


def test_a_change_inside_the_month_is_told_by_its_days() -> None:
    late = levies("2024-06-11", start="2024-06-11")
    assert told(june(whole(levies=late))) == [("bill", "no_document", "levies", "2024-06-01/2024-06-11")]
    until = levies(start=None, effective={"from": "2024-06-01", "repealed_on": "2024-06-21"})
    assert told(june(whole(levies=until))) == [("bill", "no_document", "levies", "2024-06-21/2024-07-01")]


def test_a_price_of_the_billing_month_is_looked_for_on_its_last_day() -> None:
    early = purchase(effective={"from": "2024-06-01", "repealed_on": "2024-06-30"})
    assert told(june(whole(purchase=early))) == [("bill", "no_document", "purchase_price", ALL)]


def test_conventions_that_change_inside_the_month_are_told() -> None:
    early, late = (
        document(f"cn/guangxi/conventions/{start}", start=start, conventions={"total_round": "0.01"})
        for start in ("2024-01-01", "2024-06-16")
    )
    assert told(june(whole(early, late))) == [("bill", "not_supported", "conventions", ALL)]


def test_documents_that_were_last_seen_before_are_doubted() -> None:
    seen = {"first": "2024-01-01", "last": "2024-06-15"}
    found = june(
        whole(
            document(
                "cn/guangxi/conventions/2024", start=None, seen_in_force=seen, conventions={"total_round": "0.01"}
            ),
            levies=levies(start=None, seen_in_force=seen),
        )
    )
    assert (told(found), found.doubted) == ([], ("cn/guangxi/conventions/2024", "cn/guangxi/levies/2024-06"))
    only_bands = document(
        "cn/guangxi/conventions/2024", start=None, seen_in_force=seen,
        conventions={"time_of_use": {"price_round": "0.01"}},
    )  # fmt: skip
    untimed = FACTORY.model_copy(update={"time_of_use": False})
    assert june(whole(only_bands)).doubted == ("cn/guangxi/conventions/2024",)
    assert june(whole(only_bands), untimed).doubted == ()


SEEN = {"first": "2024-01-01", "last": "2024-06-15"}


@pytest.mark.parametrize(
    ("told", "replaced", "doubted"),
    [
        ({"total_round": "0.01"}, {}, True),
        ({"levies": {"round_per": "band"}}, {}, True),
        ({"levies": {"round_per": "band"}}, {"levies": levies(components=[{**LEVY, "round_per": "band"}])}, False),
        ({"time_of_use": {"price_round": "0.01"}}, {}, True),
        ({"time_of_use": {"price_round": "0.01"}}, {"hours": None}, False),
        ({"time_of_use": {"unrounded": ["energy"]}}, {}, True),
        ({"time_of_use": {"unrounded": ["levies"]}}, {}, False),
        ({"price_by": {"levies": "billing_month"}}, {}, False),
        ({"price_by": {"levies": "billing_month"}}, {"levies": levies("2024-06-11", start="2024-06-11")}, True),
        ({"power_factor": {"round": "line"}}, {}, False),
    ],
)
def test_conventions_are_doubted_where_each_bill_of_the_customer_rests_on_one_that_they_tell(
    told: dict[str, Any], replaced: dict[str, Header | None], doubted: bool
) -> None:
    seen = document("cn/guangxi/conventions/2024", start=None, seen_in_force=SEEN, conventions=told)
    assert june(whole(seen, **replaced)).doubted == (("cn/guangxi/conventions/2024",) if doubted else ())


def test_months_that_lack_the_same_are_one_stretch() -> None:
    catalog = whole(network=network(components=[NETWORK, BASIC[0]]))
    each = [
        reach(catalog=catalog, area="cn-guangxi", key=FACTORY, month=month)
        for month in months(date(2024, 5, 10), date(2024, 9, 10))
    ]
    assert [(found.gap.kind.value if found.gap.kind else "", str(found.span)) for found in stretches(each)] == [
        ("purchase_price", "2024-05-01/2024-06-01"),
        ("levies", "2024-05-01/2024-06-01"),
        ("network_price", "2024-05-01/2024-10-01"),
        ("purchase_price", "2024-07-01/2024-10-01"),
    ]


def test_a_customer_of_the_market_is_another_customer() -> None:
    market = FACTORY.model_copy(update={"purchase": Purchase.MARKET})
    agent = purchase(components=[{**FLOATING, "for": {"purchase": "agent"}}])
    assert [gap.refusal.code.value for gap in june(whole(purchase=agent), market).gaps] == ["no_price"]
