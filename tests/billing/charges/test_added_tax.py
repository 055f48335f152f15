"""The tax that is added to a bill: on all other lines, rounded once, at one rate through the period."""

from copy import deepcopy
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.charges.tax.rule import added_tax
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of
from billcalc.kernel.troubles import InvalidInput
from billcalc.kernel.values import Rounding
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.documents import PriceStructure
from tests.billing import cases
from tests.billing.cases import Data, changed
from tests.bulk.comparing import Tally, compare

DATA: Any = read_document(Path("fixtures/by_hand/tax-added/request.yaml")).data
NOTHING = load_catalog(areas=["tw"])
STRUCTURE = cases.documents()["structure"]
FEN = Decimal("0.01")


def structure(start: str = "2020-01-01", until: str | None = None, **told: str) -> Any:
    """The structure of the invented area's prices, with a tax."""
    made_of = STRUCTURE.model_dump(mode="json")["made_of"]
    span = {"until": until} if until else {}
    return cases.document("price_structure", start, {"made_of": made_of, **told}, **span)


def area(*structures: Any) -> Catalog:
    return cases.catalog(structure=structures)


def tax_of(made: Bill) -> Decimal:
    [line] = [line for line in made.lines if line.code == "tax_added"]
    return line.amount


@given(st.lists(st.decimals(-1000, 100000, places=2), min_size=1, max_size=5), st.decimals(0, 1, places=4))
def test_the_tax_is_rounded_once_on_the_sum_of_the_lines(amounts: list[Decimal], rate: Decimal) -> None:
    made = added_tax(amounts=[Plain(each) for each in amounts], rate=Plain(rate), rounding=Rounding(FEN), source=None)
    exact = sum(amounts) * rate
    assert number_of(made) == abs(exact).quantize(FEN, ROUND_HALF_UP).copy_sign(exact)


def test_an_area_adds_its_tax_to_what_a_bill_is_without_it() -> None:
    plain, taxed = cases.bill(cases.request()), cases.bill(cases.request(), area(structure(tax_added="0.13")))
    without = sum(line.amount for line in plain.lines)
    assert tax_of(taxed) == (without * Decimal("0.13")).quantize(FEN, ROUND_HALF_UP)
    assert taxed.total == plain.total + tax_of(taxed)
    assert STRUCTURE.id in {source.id for source in taxed.sources}


def test_the_tax_of_several_groups_is_one_line_of_the_account() -> None:
    groups = {"main": cases.INDUSTRY, "home": cases.HOME}
    data = cases.request(
        agreement=[cases.entry("2020-01-01", groups=groups)],
        metering_points=[cases.point(children=[{"id": "L", "kind": "fixed", "group": "home", "value": "310"}])],
    )
    [line] = [line for line in cases.bill(data, area(structure(tax_added="0.13"))).lines if line.code == "tax_added"]
    assert line.group == "account"


def test_a_bill_without_other_lines_has_no_tax_on_them() -> None:
    data = changed(deepcopy(DATA), {"metering_points": [], "given": []})
    data["price_sheet"]["components"] = data["price_sheet"]["components"][:1]
    made = calculate(validated(Request, data), NOTHING)
    assert isinstance(made, Bill), str(made)
    assert tax_of(made) == 0


def test_columns_equal_single_bills() -> None:
    rows = [
        changed(deepcopy(DATA), {"own_area.currency": "CNY", "own_area.tax_added": rate, "given.0.amount": amount,
                                 "metering_points.0.given.kwh.total": kwh})
        for rate, amount, kwh in (("0", "0", "1"), ("0.0825", "-3.33", "1003"), ("1", "-900.01", "99999"), ("0.05", "1", "7"))
    ]  # fmt: skip
    tally = Tally()
    compare([(f"A{place}", data) for place, data in enumerate(rows)], NOTHING, tally)
    assert (tally.billed, set(tally.paths)) == (len(rows), {"columns"})


# What is refused


def test_a_rate_that_changes_within_the_period_is_refused() -> None:
    changes = area(structure(until="2024-07-11", tax_added="0.16"), structure("2024-07-11", tax_added="0.13"))
    made = cases.refusal(cases.request(), changes)
    assert (made.code, made.facts["what"]) == (RefusalCode.NOT_SUPPORTED, "tax_changes")


def test_prices_that_contain_their_tax_have_none_added() -> None:
    with pytest.raises(InvalidInput, match=r"contain their tax \(tax_inside\) or have it added"):
        validated(PriceStructure, {**_head(), "tax_inside": "0.05", "tax_added": "0.05"})


@pytest.mark.parametrize("key", ["tax_inside", "tax_added"])
def test_a_rate_in_per_cent_is_refused(key: str) -> None:
    with pytest.raises(InvalidInput, match=r"5 is not within 0 to 1"):
        validated(PriceStructure, {**_head(), key: "5"})
    with pytest.raises(InvalidInput, match=r"8\.25 is not within 0 to 1"):
        validated(Request, changed(deepcopy(DATA), {"own_area.tax_added": "8.25"}))


def _head() -> Data:
    return {
        "id": "cn/test/price_structure/2020-01", "kind": "price_structure", "area": "cn-test",
        "effective": {"from": "2020-01-01"}, "document": {"title": "t"}, "evidence": "secondary",
        "recorded_on": "2026-11-28", "made_of": {},
    }  # fmt: skip


def test_a_month_in_parts_takes_the_tax_of_the_parts_before_off_that_of_the_whole() -> None:
    """Without its row the tax of the first part would be paid twice."""
    taxed = area(structure(tax_added="0.13"))
    groups = {"main": cases.INDUSTRY, "home": cases.HOME}
    several = cases.request(
        agreement=[cases.entry("2020-01-01", groups=groups)],
        metering_points=[cases.point(children=[{"id": "L", "kind": "fixed", "group": "home", "value": "310"}])],
    )
    energy = {
        "code": "purchase",
        "section": "energy",
        "group": "main",
        "band": "peak",
        "amount": "320.00",
        "kwh": "400",
    }
    for data, group in ((cases.request(), "main"), (several, "account")):
        tax = {"code": "tax_added", "section": "levies", "group": group, "amount": "41.60"}
        whole, final = cases.bill(data, taxed), cases.bill({**data, "billed_before": [energy, tax]}, taxed)
        assert final.total == whole.total - Decimal("361.60")
        assert tax_of(final) == tax_of(whole) - Decimal("41.60")
        found = cases.fault({**data, "billed_before": [energy]}, taxed)
        assert (found.code, found.where) == (FaultCode.INCONSISTENT, "/billed_before")
        assert found.facts == {"reason": "row_of_tax", "component": "tax_added", "group": group}
