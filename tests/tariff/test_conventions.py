"""Conventions: who tells them, in which order, and that none has neither a default nor a home."""

from collections.abc import Iterator
from decimal import Decimal
from typing import get_args

import pytest
from pydantic import BaseModel

from billcalc.fields import validated
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.troubles import InvalidInput
from billcalc.tariff.conventions import (
    BaseSelector,
    Conventions,
    DayCount,
    EdgeDay,
    EnergySource,
    Reactive,
    RoundScope,
    Scope,
    SubMeterKind,
)
from billcalc.tariff.kinds import PRICE_KINDS
from billcalc.tariff.resolved_conventions import DEFAULT_CONVENTIONS, resolve_conventions
from billcalc.vocabulary import Grain, Kind, PriceBy, Section

REQUEST = Source("request", "request", Evidence.GIVEN)
AREA = Source("cn/guangxi/conventions/2024-06", "电费通知单", Evidence.INFERRED)


def conventions(told: object) -> Conventions:
    return validated(Conventions, told)


def leaves(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """The keys of all conventions that a document can tell."""
    for name, field in model.model_fields.items():
        inside = [each for each in (field.annotation, *get_args(field.annotation)) if isinstance(each, type)]
        models = [each for each in inside if issubclass(each, BaseModel) and each is not BaseSelector]
        if models:
            yield from leaves(models[0], f"{prefix}{name}.")
        elif name == "price_by":
            yield from (f"price_by.{kind}" for kind in PRICE_KINDS)
        else:
            yield prefix + name


def test_every_convention_has_a_default_and_every_default_a_convention() -> None:
    assert sorted(leaves(Conventions)) == sorted(each.key for each in DEFAULT_CONVENTIONS)


def test_the_other_readings_of_a_convention_differ_from_its_default() -> None:
    doubted = [each for each in DEFAULT_CONVENTIONS if each.others]
    assert len(doubted) > 20
    assert all(each.value not in each.others for each in doubted)


def test_where_nothing_is_told_the_defaults_hold_without_a_source() -> None:
    resolved = resolve_conventions()
    assert resolved.power_factor.scope.value is Scope.SUPPLY_POINT
    assert resolved.power_factor.round.value is RoundScope.ONCE
    assert resolved.power_factor.base.value.exclude.sections == (Section.LEVIES,)
    assert resolved.levies.round_per.value is Grain.TOTAL
    assert resolved.kwh.round_reading.value == 1
    assert resolved.total_round.value == Decimal("0.01")
    assert resolved.basic.days.value is None
    assert resolved.basic.last_day.value is EdgeDay.FREE
    assert resolved.price_by[Kind.PURCHASE_PRICE].value is PriceBy.BILLING_MONTH
    assert resolved.price_by[Kind.LEVIES].value is PriceBy.CONSUMPTION_DAY
    assert [each.source for each in resolved] == [None] * len(list(DEFAULT_CONVENTIONS))


def test_the_request_tells_before_the_area_and_the_area_before_the_default() -> None:
    request = conventions({"power_factor": {"round": "line"}, "price_by": {"levies": "billing_month"}})
    area = conventions(
        {
            "power_factor": {"round": "once", "reactive": ["reactive_forward"]},
            "kwh": {"round": {"reading": "0.01"}},
            "basic": {"days": "calendar"},
            "price_by": {"levies": "consumption_day", "network_price": "billing_month"},
        }
    )
    resolved = resolve_conventions((request, REQUEST), (area, AREA))
    told = {each.key: (each.value, each.source) for each in resolved if each.source is not None}
    assert told == {
        "power_factor.round": (RoundScope.LINE, REQUEST),
        "power_factor.reactive": ((Reactive.FORWARD,), AREA),
        "kwh.round.reading": (Decimal("0.01"), AREA),
        "basic.days": (DayCount.CALENDAR, AREA),
        "price_by.levies": (PriceBy.BILLING_MONTH, REQUEST),
        "price_by.network_price": (PriceBy.BILLING_MONTH, AREA),
    }


def test_a_base_is_told_as_a_whole() -> None:
    request = conventions({"power_factor": {"base": {"exclude": {"tags": ["green"]}}}})
    area = conventions({"power_factor": {"base": {"include": {"sections": ["energy"]}}}})
    base = resolve_conventions((request, REQUEST), (area, AREA)).power_factor.base.value
    assert (base.include.sections, base.exclude.tags) == ((), ("green",))


def test_energies_can_come_from_the_total() -> None:
    assert conventions({"kwh": {"source": "total"}}).kwh.source is EnergySource.TOTAL


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (
            {"power_factor": {"reactive": ["reactive_forward", "reactive_forward"]}},
            '/power_factor/reactive: inconsistent: "reactive_forward" stands twice in the list; correct one of the two',
        ),
        (
            {"sub_meters": {"order": ["fixed", "meter"]}},
            "/sub_meters/order: inconsistent: the order does not tell the place of ratio; correct one of the two",
        ),
        (
            {"sub_meters": {"order": ["fixed", "ratio", "fixed", "meter"]}},
            '/sub_meters/order: inconsistent: "fixed" stands twice in the list; correct one of the two',
        ),
        (
            {"price_by": {"time_of_use": "billing_month"}},
            '/price_by/time_of_use: unknown_word: "time_of_use" is not an accepted value; use one of: network_price, '
            "purchase_price, catalogue_price, levies",
        ),
        (
            {"total_round": "0"},
            "/total_round: out_of_range: 0 is not within the steps 1, 0.5, 0.1, 0.05, 0.01 and so on; correct the value",
        ),
        (
            {"basic": {"kva_round": "-1"}},
            "/basic/kva_round: out_of_range: -1 is not within the steps 1, 0.5, 0.1, 0.05, 0.01 and so on; correct the value",
        ),
        (
            {"sub_meters": {"ratio_bands": "flat"}},
            '/sub_meters/ratio_bands: unknown_word: "flat" is not an accepted value; use one of: flat_rest, shares, each',
        ),
        (
            {"kwh": {"sharp_elsewhere": "flat"}},
            '/kwh/sharp_elsewhere: unknown_word: "flat" is not an accepted value; use one of: sharp, peak',
        ),
        (
            {"basic": {"demand_round": "0"}},
            "/basic/demand_round: out_of_range: 0 is not within the steps 1, 0.5, 0.1, 0.05, 0.01 and so on; correct the value",
        ),
        (
            {"time_of_use": {"price_round": "-0.0001"}},
            "/time_of_use/price_round: out_of_range: -0.0001 is not within the steps 1, 0.5, 0.1, 0.05, 0.01 and so on; correct the value",
        ),
        (
            {"amounts": {"joint": [{"lines": "levies", "round_per": "band"}]}},
            '/amounts/joint/0: missing_key: the key "rest" is missing; add it',
        ),
        (
            {
                "time_of_use": {
                    "sharp_surcharge": [{"code": "apart", "lines": "market", "rest": "apart", "step": "0.01"}]
                }
            },
            '/time_of_use/sharp_surcharge/0: inconsistent: the surcharge "apart" is one of its own lines; correct one of '
            "the two",
        ),
        (
            {"kwh": {"round": {"loss": "1"}}},
            '/kwh/round/loss: unknown_key: the key "loss" is not known here; use one of: print, reading',
        ),
    ],
)
def test_a_convention_that_nothing_could_be_billed_by_is_refused(told: object, fault: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        conventions(told)
    assert [str(each) for each in caught.value.faults] == [fault]


def test_reactive_energy_is_of_at_least_one_register() -> None:
    with pytest.raises(InvalidInput) as caught:
        conventions({"power_factor": {"reactive": []}})
    assert [each.where for each in caught.value.faults] == ["/power_factor/reactive"]


def test_the_order_of_sub_meters_can_be_any() -> None:
    told = conventions({"sub_meters": {"order": ["meter", "ratio", "fixed"]}})
    assert told.sub_meters.order == (SubMeterKind.METER, SubMeterKind.RATIO, SubMeterKind.FIXED)


def test_prices_of_a_kind_can_be_of_the_billing_month() -> None:
    told = conventions({"price_by": {"catalogue_price": "billing_month"}})
    assert told.price_by == {Kind.CATALOGUE_PRICE: PriceBy.BILLING_MONTH}
