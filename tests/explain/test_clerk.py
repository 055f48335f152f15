"""What a clerk needs to prove a line to a customer: one name for one number, and the law that says so."""

from typing import Any

from billcalc.billing.bill import Bill, Line
from billcalc.explain.derivation import ExplainedLine, derivation_text, explained_line
from billcalc.explain.printing import plain_text
from billcalc.kernel.terms import Term
from billcalc.library.catalog import load_catalog
from billcalc.words.lexicon import ENGLISH
from tests.billing.cases import (
    AREA,
    INDUSTRY,
    NETWORK,
    PURCHASE,
    Data,
    bill,
    catalog,
    changed,
    conventions,
    entry,
    point,
    prices,
    request,
    transformer,
)
from tests.explain.bills import official

LIBRARY = load_catalog()


def told(answer: Bill, line: Line) -> ExplainedLine:
    return explained_line(answer, line, lexicon=ENGLISH)


def only(answer: Bill, code: str) -> ExplainedLine:
    (line,) = (each for each in answer.lines if each.code == code)
    return told(answer, line)


def names(explained: ExplainedLine) -> list[str]:
    return [name for step in explained.steps for name in step.names]


def text(answer: Bill, code: str) -> str:
    lines = [each for each in answer.lines if each.code == code]
    return plain_text(derivation_text(answer, lines, lexicon=ENGLISH))


# One name, one number


def test_what_a_sub_meter_leaves_has_a_name_of_its_own() -> None:
    children = [{"id": "R", "kind": "ratio", "group": "home", "value": "0.1"}]
    groups = {"main": INDUSTRY, "home": {**INDUSTRY, "billing": "one_part", "class": "general_commercial"}}
    data = request(metering_points=[point(children=children)], agreement=[entry("2020-01-01", groups=groups)])
    answer = bill(data)
    (line,) = (each for each in answer.lines if (each.code, each.group, each.band) == ("purchase", "main", "peak"))
    explained = told(answer, line)
    assert "metered energy (M1, peak)" in names(explained)
    assert "energy left after sub-meters (M1, peak)" in names(explained)
    left = next(each for each in explained.steps if "energy left after sub-meters (M1, peak)" in each.names)
    assert left.words == "metered energy (M1, peak) − sub-metered energy (R, peak)"
    assert left.numbers == "1000 kWh − 100 kWh"


def test_the_flat_energy_that_the_total_leaves_is_not_called_metered() -> None:
    data = changed(request(), {"metering_points.0.readings.0.total": "0", "metering_points.0.readings.1.total": "70"})
    data = changed(data, {"conventions.kwh": {"source": "total", "remainder": "flat"}})
    (line,) = (each for each in bill(data).lines if (each.code, each.band) == ("purchase", "flat"))
    explained = told(bill(data), line)
    # 7000 − 1000 − 3000
    step = next(each for each in explained.steps if "what the total register leaves to flat (M1)" in each.names)
    assert step.numbers == "7000 kWh − (1000 kWh + 3000 kWh)"


def test_each_adjustment_of_a_line_tells_its_line() -> None:
    explained = only(official("mengxi-2025-03"), "power_factor")
    adjusted = [name for name in names(explained) if name.startswith("adjustment of the line")]
    assert len(adjusted) == len(set(adjusted)) == 11
    assert adjusted[0] == "adjustment of the line (Energy purchase, main, peak)"


def test_the_lines_of_one_code_in_two_parts_of_the_month_are_told_apart_by_their_days() -> None:
    by_line = {"power_factor": {"round": "line"}}
    dearer = [{**each, "price": "0.2"} if each["code"] == "network_energy" else each for each in NETWORK]
    tariffs = catalog(network=[prices("network_price", NETWORK), prices("network_price", dearer, "2024-07-16")])
    answer = bill(request(conventions=by_line), tariffs)
    adjusted = [name for name in names(only(answer, "power_factor")) if "Network energy" in name]
    assert adjusted == [
        "adjustment of the line (Network energy charge, main, 2024-07-01 to 2024-07-15)",
        "adjustment of the line (Network energy charge, main, 2024-07-16 to 2024-07-31)",
    ]


def test_what_is_outside_the_base_tells_its_line_and_band() -> None:
    extra = {"code": "purchase_deviation", "section": "energy", "line": "purchase", "price": "0.1"}
    told_conventions: Data = {"power_factor": {"base": {"exclude": {"components": ["purchase_deviation"]}}}}
    banded = [{**PURCHASE[0], "line": "purchase"}, PURCHASE[1], {**extra, "for": {"time_of_use": True}}]
    answer = bill(request(conventions=told_conventions), catalog(purchase=prices("purchase_price", banded)))
    outside = [name for name in names(only(answer, "power_factor")) if name.startswith("part outside")]
    assert outside[0] == "part outside the power-factor base (Energy purchase, main, peak)"
    assert len(outside) == len(set(outside)) == 3


def two_supply_points() -> Data:
    points = {name: {"power_factor_standard": "0.90", "transformers": [transformer()]} for name in ("S1", "S2")}
    return request(
        agreement=[entry("2020-01-01", groups={"main": INDUSTRY, "other": INDUSTRY}, supply_points=points)],
        metering_points=[point(), point(id="M2", group="other", supply_point="S2")],
    )


def test_a_basic_charge_tells_its_supply_point_where_there_are_several() -> None:
    answer = bill(two_supply_points())
    capacity = [told(answer, each) for each in answer.lines if each.code == "capacity"]
    assert [each.steps[-1].names for each in capacity] == [
        ("amount (Basic charge by capacity, S1)",),
        ("amount (Basic charge by capacity, S2)",),
    ]
    assert [each.steps[0].names for each in capacity] == [("billed capacity (S1)",), ("billed capacity (S2)",)]
    (alone,) = (each for each in bill(request()).lines if each.code == "capacity")
    assert told(bill(request()), alone).steps[-1].names == ("amount (Basic charge by capacity)",)


def test_the_ratio_is_one_step_with_its_reason() -> None:
    steps = only(bill(request()), "power_factor").steps
    (ratio,) = (each for each in steps if each.names[0].startswith("power-factor ratio"))
    assert ratio.names == ("power-factor ratio (S1, 0.90)",)
    assert ratio.words == "table entry of (power factor (S1))"
    assert ratio.conditions == (("active energy (S1) > 0", "6000 kWh > 0"),)
    assert steps[-1].words == "power-factor base (S1) × power-factor ratio (S1, 0.90)"
    assert steps[-1].conditions == ()


def test_the_ratio_of_no_energy_is_none_and_says_why() -> None:
    zeros = dict.fromkeys(("peak", "flat", "valley", "reactive_forward"), "0")
    data = changed(request(), {"metering_points.0.readings.1": {"at": "2024-08-01", "kind": "closing", **zeros}})
    (ratio,) = (
        each for each in only(bill(data), "power_factor").steps if each.names[0].startswith("power-factor ratio")
    )
    assert (ratio.result, ratio.conditions) == ("0 = 0 %", (("active energy (S1) ≤ 0", "0 kWh ≤ 0"),))


def test_days_that_are_weighted_by_their_months_are_not_called_days() -> None:
    data = changed(request("2024-06-24", "2024-07-24"), {"period.from": "2024-07-04"})
    data = changed(data, {"metering_points.0.readings.0.at": "2024-07-04"})
    step = only(bill(data), "capacity").steps[0]
    # June: 31 of 930 a day, July: 30 of 930. 20 days × 30 = 600 of the 930 of a month
    assert step.words == (
        "capacity (T1) × days weighted by the lengths of their months (2024-07-04 to 2024-07-23) "
        "÷ weighted days of a month"
    )
    assert step.numbers == "1000 kVA × 600 ÷ 930"
    assert step.result == "645.16 kVA"


# The law that says so


def cited(explained: ExplainedLine) -> dict[str, tuple[str, ...]]:
    return {each.source.id: each.rules for each in explained.cited}


def test_the_capacity_charge_cites_the_rule_of_the_day_count_beside_the_price() -> None:
    explained = only(official("guangxi-2024-06-p1"), "capacity")
    assert cited(explained)["cn/national/basic_charge_rules/2024-06"] == ("billed capacity (S1)",)
    (rule,) = (each.source for each in explained.cited if each.source.id.startswith("cn/national"))
    assert (rule.number, rule.title) == ("国家发展和改革委员会令第14号", "供电营业规则")
    assert rule.clause is not None
    assert "实用天数" in rule.clause
    assert "cn/guangxi/network_price/2023-06" in cited(explained)


def test_a_full_month_cites_the_rule_that_the_charge_is_monthly() -> None:
    assert "cn/national/basic_charge_rules/2024-06" in cited(only(official("guangxi-2024-06-p2"), "capacity"))


def national(start: str, end: str, day: str, **basic: Any) -> Bill:
    """A month with the shipped rules of the basic charge, billed from a day on."""
    series = [document for document in LIBRARY.documents if document.id.startswith("cn/national/basic_charge_rules/")]
    documents = [each.model_copy(update={"recorded_on": day_of_record()}) for each in series]
    tariffs = catalog(rules_1996=None, rules_2024=documents, conventions=conventions())
    data = request(start, end, agreement=[entry("2010-01-01", basic=basic or {"mode": "capacity"})])
    data = changed(data, {"period.from": day, "metering_points.0.readings.0.at": day})
    return bill(data, tariffs)


def day_of_record() -> Any:
    return next(iter(AREA.documents)).recorded_on


def test_thirtieths_rest_on_article_84_of_1996_whatever_notice_changed_other_rules_since() -> None:
    for month in ("2024-04", "2024-05"):
        following = f"2024-{int(month[-2:]) + 1:02}"
        explained = only(national(f"{month}-01", f"{following}-01", f"{month}-11"), "capacity")
        (rule,) = (each.source for each in explained.cited if each.source.id.startswith("cn/national"))
        assert (rule.id, rule.clause) == ("cn/national/basic_charge_rules/1996-10", "第八十四条")


def test_floor_and_excess_and_discount_each_cite_their_own_notice() -> None:
    contracted = {"mode": "contracted", "contracts": {"regular": "300"}}
    answer = national("2024-07-01", "2024-08-01", "2024-07-11", **contracted)
    rules = cited(only(answer, "demand"))
    assert "limit of the demand (S1)" in rules["cn/national/basic_charge_rules/2016-06"]
    assert "basis of the billed demand (S1)" in rules["cn/national/basic_charge_rules/2016-06"]
    assert "demand price after the discount" in rules["cn/national/basic_charge_rules/2023-06"]
    assert rules["cn/national/basic_charge_rules/2024-06"] == ("amount (Basic charge by demand)",)


def test_every_term_of_a_basic_charge_by_demand_tells_its_supply_point() -> None:
    answer = bill(changed(request(), {"agreement.0.basic": {"mode": "contracted", "contracts": {"regular": "300"}}}))
    (line,) = (each for each in answer.lines if each.code == "demand")
    of = {step.term: step.of for step in line.steps}
    for term in (Term.MAXIMUM_DEMAND, Term.RUNNING_CAPACITY, Term.DEMAND_FLOOR, Term.DEMAND_BASIS, Term.BILLED_DEMAND):
        assert of[term] == ("S1",)
    assert "energy of all metering points in the cycle" in text(answer, "demand")
