"""No area and no price leaves out an adjustment in silence: what is assessed is adjusted, or told by name, or refused."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.troubles import Refusal
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import PriceKey
from billcalc.tariff.reach import NeededFor, months, reach
from billcalc.vocabulary import Billing, CustomerClass, Kind, Purchase, Voltage
from tests.billing.cases import Data, changed, lines, parsed, problems

_CATALOGUE = [("catalogue_energy", "catalogue", "0.5")]
_PARTS = [("market", "energy", "0.4"), ("loss", "upstream_loss", "0.02"), ("network", "network_energy", "0.1"),
          ("operation", "system_operation", "0.03")]  # fmt: skip
_LEVIES = [("fund", "levies", "0.03")]
_CAPACITY = {"code": "capacity", "section": "network_capacity", "quantity": "capacity_kva", "price": "30"}
_WHOLE = [("whole", "energy", "0.6")]

GROUPS: dict[str, tuple[str, str, str]] = {
    "farm": ("agricultural", "one_part", "catalogue"),
    "home": ("residential", "one_part", "catalogue"),
    "shop": ("industrial_commercial", "one_part", "agent"),
    "works": ("industrial_commercial", "two_part", "agent"),
    "trader": ("industrial_commercial", "two_part", "market"),
    "mill": ("large_industrial", "two_part", "catalogue"),
    "inn": ("general_commercial", "one_part", "catalogue"),
}


@pytest.fixture(scope="module")
def tariffs() -> Catalog:
    return load_catalog()


def _days(tariffs: Catalog) -> Iterator[tuple[str, date]]:
    """Each area of the nation with a month of today's prices, and with the first of each of its conventions."""
    for area in sorted({each.area for each in tariffs.documents if each.area.startswith("cn-")}):
        told = {each.start for each in tariffs.documents if (each.kind, each.area) == (Kind.CONVENTIONS, area)}
        yield from ((area, day) for day in sorted({date(2026, 8, 1), *told}))


def _request(area: str, month: date, *names: str, components: list[Data] | None = None) -> Data:
    """Groups behind one supply point, each with 1,000 kWh, at 0.80 of a standard of 0.90: +5 %."""
    end = months(month, month)[0].end
    span = {"from": str(month), "to": str(end)}
    groups = {}
    for name in names:
        customer_class, billing, purchase = GROUPS[name]
        groups[name] = {"class": customer_class, "billing": billing, "voltage": "10kV", "purchase": purchase,
                        "time_of_use": False}  # fmt: skip
    is_two_part = any(each["billing"] == "two_part" for each in groups.values())
    supply_point = {
        "power_factor_standard": "0.90",
        "transformers": [{"id": "T1", "kva": "200", "state": "in_service"}],
    }
    entry = {"from": "2000-01-01", "groups": groups, "supply_points": {"S1": supply_point},
             "basic": {"mode": "capacity" if is_two_part else "exempt"}}  # fmt: skip
    points = [{"id": name, "group": name, "supply_point": "S1", "side": "high", "given": {"kwh": {"total": "1000"}}}
              for name in names]  # fmt: skip
    data: Data = {"area": area, "cycle": span, "period": span, "agreement": [entry], "metering_points": points,
                  "facts": {"S1": {"cosphi": "0.80"}}}  # fmt: skip
    return data if components is None else {**data, "price_sheet": {"title": "own", "components": components}}


def _own(*names: str, is_total: bool) -> list[Data]:
    """Prices of the groups' classes by components and levies, or as totals that hold the levies and more."""
    found: list[Data] = []
    for name in names:
        customer_class, billing, purchase = GROUPS[name]
        at_catalogue = purchase == "catalogue"
        own = {"for": {"class": customer_class}}
        priced = _CATALOGUE if at_catalogue else _WHOLE if is_total else _PARTS
        supplies: Any = (
            ["levies"] if at_catalogue else ["upstream_loss", "network_energy", "system_operation", "levies"]
        )
        more: Data = {"supplies": supplies} if is_total else {}
        found.extend(
            {"code": code, "section": section, "price": price, **own, **more} for code, section, price in priced
        )
        if not is_total:
            found.extend({"code": code, "section": section, "price": price, **own} for code, section, price in _LEVIES)
        if billing == "two_part":
            found.append({**_CAPACITY, **own})
    return found


def _is_told(answer: Bill, group: str) -> bool:
    return any(each.facts["group"] == group for each in problems(answer, ProblemCode.GROUP_OUTSIDE_BASE))


def _base(answer: Bill) -> Decimal:
    return sum((line.quantity for line in lines(answer, "power_factor") if line.quantity is not None), Decimal(0))


def _lacks(tariffs: Catalog, area: str, month: date, name: str) -> bool:
    customer_class, billing, purchase = GROUPS[name]
    key = PriceKey(customer_class=CustomerClass(customer_class), billing=Billing(billing), voltage=Voltage("10kV"),
                   purchase=Purchase(purchase), time_of_use=False)  # fmt: skip
    found = reach(catalog=tariffs, area=area, key=key, month=months(month, month)[0])
    return found.lacks(NeededFor.CAPACITY, NeededFor.POWER_FACTOR, NeededFor.REQUEST)


@pytest.mark.parametrize("name", GROUPS)
def test_what_the_tariffs_price_is_adjusted_or_told_and_what_is_refused_is_lacking(tariffs: Catalog, name: str) -> None:
    for area, month in _days(tariffs):
        answer = calculate(parsed(_request(area, month, name)), tariffs, derivation=False)
        assert _lacks(tariffs, area, month, name) == isinstance(answer, Refusal), (area, month, str(answer))
        if isinstance(answer, Bill):
            assert _base(answer) > 0 or _is_told(answer, name), (area, month)


@pytest.mark.parametrize("is_total", [False, True])
@pytest.mark.parametrize("name", GROUPS)
def test_own_prices_are_adjusted_or_told_or_refused_in_every_area(tariffs: Catalog, name: str, is_total: bool) -> None:
    for area, month in _days(tariffs):
        data = _request(area, month, name, components=_own(name, is_total=is_total))
        answer = calculate(parsed(data), tariffs, derivation=False)
        if isinstance(answer, Refusal):
            assert is_total, (area, month, str(answer))
            assert answer.code is RefusalCode.PRICE_PARTS_UNKNOWN, (area, month, str(answer))
        else:
            assert _base(answer) > 0 or _is_told(answer, name), (area, month)


@pytest.mark.parametrize("name", ["farm", "home", "inn"])
def test_the_money_of_a_group_beside_others_is_adjusted_or_told_in_every_area(tariffs: Catalog, name: str) -> None:
    for area, month in _days(tariffs):
        alone, beside = (
            calculate(
                parsed(_request(area, month, *names, components=_own(*names, is_total=False))),
                tariffs,
                derivation=False,
            )
            for names in (("shop",), ("shop", name))
        )
        assert isinstance(alone, Bill), (area, month, str(alone))
        assert isinstance(beside, Bill), (area, month, str(beside))
        assert _base(beside) > _base(alone) or _is_told(beside, name), (area, month)


@pytest.mark.parametrize(("kvarh", "adjustment"), [("8100", "50.00"), ("2000", "-65.00")])  # 0.78, 0.98: +1 %, -1.3 %
def test_a_farm_of_anhui_is_adjusted_by_its_standard(tariffs: Catalog, kvarh: str, adjustment: str) -> None:
    data = _request("cn-anhui", date(2024, 8, 1), "farm", components=_own("farm", is_total=False))
    given = {"kwh": {"total": "10000"}, "kvarh": {"reactive_forward": kvarh}}
    data = changed(
        data, {"metering_points.0.given": given, "agreement.0.supply_points.S1.power_factor_standard": "0.80"}
    )
    del data["facts"]
    answer = calculate(parsed(data), tariffs)
    assert isinstance(answer, Bill), str(answer)
    [line] = lines(answer, "power_factor")
    assert (str(line.quantity), str(line.amount)) == ("5000.00", adjustment)  # 10,000 kWh × 0.5
    assert not problems(answer, ProblemCode.GROUP_OUTSIDE_BASE)
