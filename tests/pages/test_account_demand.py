"""The demand of an account beside its contract: what the months say, drawn and in a table."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
import yaml

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.tariff.catalog import Catalog
from billcalc.words.lexicon import CHINESE
from billcalc.words.pages import PAGES
from billcalc_pages.account_demand import demand_values
from billcalc_pages.drawings import WIDTH, Demand, demand_bars
from tests.api.calling import tariffs
from tests.documents import ROOT
from tests.pages.test_account import account
from tests.pages.visiting import REQUEST, Browser, browser

PUBLISHED = ROOT / "fixtures" / "published"
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture(scope="module")
def visitor() -> Browser:
    return browser()


def request(name: str) -> bytes:
    return (PUBLISHED / name / "request.yaml").read_bytes()


def word(lang: str, name: str) -> str:
    return PAGES[name][lang == "zh"]


@LANGUAGES
def test_each_month_stands_beside_its_contract_its_limit_and_its_floor(visitor: Browser, lang: str) -> None:
    """1.3 × 1000 = 1300 kW of 1000 are 130 %, over 105 % = 1050, and 40 % of 2000 kVA are 800.

    0.152 × 1500 = 228 kW of 300 are 76 %, under 40 % of 800 kVA = 320; 105 % of 300 are 315.
    """
    july = request("basic-demand-40pct").replace(b"2018-07", b"2018-08").replace(b"2018-06", b"2018-07")
    answer = account(visitor, lang, [request("demand-105-1550kW"), july])

    assert answer.status_code == 200
    cells = '<td class="number">{}</td>' * 5
    says = "<td>{}</td>"
    assert cells.format("1300", "1000", "130 %", "1050", "800") + says.format(word(lang, "demand_above")) in answer.text
    assert cells.format("228", "300", "76 %", "315", "320") + says.format(word(lang, "demand_below")) in answer.text
    assert word(lang, "demand_limit").format(percent="105") in answer.text
    assert answer.text.count('class="mark-contract"') == answer.text.count('class="mark-floor"') == 2
    assert answer.text.count('class="mark-limit"') == 2
    assert ("2018-06  1300 kW" in answer.text, "2018-07  228 kW" in answer.text) == (True, True)


@pytest.mark.parametrize(
    ("kw", "told"),
    [("1.04", "demand_over"), ("1.05", "demand_over"), ("1.00", "demand_within"), ("0.79", "demand_below")],
)
def test_where_a_demand_lies_is_said(visitor: Browser, kw: str, told: str) -> None:
    changed = request("demand-105-1550kW").replace(b'"1.3"', f'"{kw}"'.encode())

    assert f"<td>{word('zh', told)}</td>" in account(visitor, "zh", [changed]).text


def test_who_pays_by_capacity_has_no_contract_and_no_floor(visitor: Browser) -> None:
    text = account(visitor, "zh", [request("basic-breakeven-74pct")]).text

    assert (
        '<td class="number">736</td>' + '<td class="number">—</td>' * 4 + f"<td>{word('zh', 'demand_within')}" in text
    )
    assert not re.search("mark-(contract|limit|floor)", text)


def test_without_a_demand_nothing_is_drawn(visitor: Browser) -> None:
    assert word("zh", "demand_drawn") not in account(visitor, "zh", [REQUEST]).text


def test_the_lines_stand_at_their_place_of_the_scale() -> None:
    """464 px are 1000 kW: 500 at 232, 525 at 243, 400 at 185; the margin is 8."""
    [bar, other] = demand_bars(
        [
            ("a", Demand(Decimal(1000), Decimal(500), [Decimal(525)], Decimal(400))),
            ("b", Demand(Decimal(0), None, [], None)),
        ]
    )

    assert (bar.width, other.width) == (464, 2)
    assert [(mark.kind, mark.x) for mark in bar.marks] == [("contract", 240), ("limit", 251), ("floor", 193)]
    assert other.marks == []
    assert all(mark.x <= WIDTH for mark in bar.marks)


def test_where_no_rules_are_in_force_only_the_demand_is_told() -> None:
    data = yaml.load(request("demand-105-1550kW"), yaml.BaseLoader)
    asked = validated(Request, json.loads(json.dumps(data).replace('"false"', "false")))
    bill = calculate(asked, tariffs())
    assert isinstance(bill, Bill)
    values = demand_values([(asked, bill)], Catalog([]), CHINESE)

    rows: Any = values["demands"]
    [row] = rows
    assert (row.demand, row.contract, row.limits, row.floor) == ("1300", "1000", [], "—")
