"""Advice on tables of accounts says of each what ``billcalc advise`` says of it alone."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from billcalc.advice.advice import Advice, advise
from billcalc.advice.basic import NotAdvised
from billcalc.advice.months import AskedMonth
from billcalc.advice.shifting import Shift
from billcalc.agreement.models import BasicMode
from billcalc.billing.request import Request
from billcalc.bulk.paths import request_data
from billcalc.fields import validated
from billcalc.runs.batches import Settings
from billcalc.runs.bulk_advice import BulkAdvice, advise_tables
from billcalc.tariff.catalog import Catalog
from billcalc.words.language import Language
from tests.advice.cases import LAW, month, tariffs
from tests.billing.cases import NETWORK, catalog, changes_of_use, prices

POINT = "metering_points.0.readings.1"
KVA = "agreement.0.supply_points.S1.transformers.0.kva"
CONTRACT = "agreement.0.basic.contracts.regular"
TEMPLATE: dict[str, Any] = {key: value for key, value in month(0, "0").items() if key not in ("cycle", "period")}
Row = dict[str, str]


def row(account: str, number: int, kw: str, *, mode: str = "contracted", **more: str) -> Row:
    """A month of an account."""
    told = month(number, kw)
    days = {f"{span}.{end}": told[span][end] for span in ("cycle", "period") for end in ("from", "to")}
    readings = told["metering_points"][0]["readings"]
    return {
        "account": account,
        **days,
        "metering_points.0.readings.0.at": readings[0]["at"],
        f"{POINT}.at": readings[1]["at"],
        f"{POINT}.maximum_demand": readings[1]["maximum_demand"],
        "agreement.0.basic.mode": mode,
        CONTRACT: "600" if mode == "contracted" else "",
        f"{POINT}.reactive_forward": "12",
        KVA: "1000",
        **more,
    }


def account(name: str, *demands: str, **more: str) -> list[Row]:
    return [row(name, number, kw, **more) for number, kw in enumerate(demands)]


def run(
    folder: Path, rows: list[Row], among: Catalog | None = None, *, out: str = "out.csv", **more: Any
) -> BulkAdvice:
    path = folder / "months.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    settings = Settings(
        [str(path)], folder / out, template=TEMPLATE, workers=1, catalog=among or tariffs(),
        language=more.pop("language", Language.ENGLISH),
    )  # fmt: skip
    return advise_tables(settings, more.pop("shift", Shift()))


def told(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return {each["account"]: each for each in csv.DictReader(file)}


def alone(rows: list[Row], among: Catalog | None = None, shift: Shift | None = None) -> Advice:
    truths = {"true": True, "false": False}
    cells: list[dict[str, Any]] = [
        {key: truths.get(cell, cell) or None for key, cell in each.items() if key != "account"} for each in rows
    ]
    for each in cells:
        each.update({key: False for key, cell in each.items() if cell is None and key.endswith("time_of_use")})
    months = [AskedMonth(validated(Request, request_data(TEMPLATE, each))) for each in cells]
    found = advise(months, among or tariffs(), shift=shift)
    assert isinstance(found, Advice), found
    return found


def expected(advice: Advice) -> dict[str, str]:
    """What a row of the table tells."""
    basic = advice.basic
    step = advice.steps[-1] if advice.steps else None
    found = {
        "months": str(len(advice.months)),
        "paid": f"{sum(bill.total for _, bill in advice.months):.2f}",
        "shift_saved": f"{advice.moved_saves:.2f}" if any(each.rebilled for each in advice.shifted) else "",
        "kvar": "" if step is None else str(max(kvar for _, _, kvar in advice.at_step(*step))),
        "compensation_saved": "" if step is None else f"{advice.compensated(*step):.2f}",
    }
    if isinstance(basic, NotAdvised):
        return {**found, "why": basic.value}
    for name, way in (
        ("capacity", BasicMode.CAPACITY),
        ("actual", BasicMode.ACTUAL),
        ("one_contract", BasicMode.CONTRACTED),
    ):
        cost = basic.whole(way)
        found[name] = "" if cost is None else f"{cost:.2f}"
    found["one_contract_kw"] = "" if basic.contracts is None else str(*basic.contracts.values())
    found["planned"] = "" if basic.plan is None else f"{basic.plan.cost:.2f}"
    found["saved"] = f"{basic.saving(basic.plan):.2f}"
    if basic.plan is not None:
        ways = zip(basic.months, basic.plan.ways, (None, *basic.plan.ways), strict=False)
        found["plan"] = "; ".join(f"{way.value} {each.day}" for each, way, was in ways if way is not was)
    return found


def check(folder: Path, rows: list[Row], among: Catalog | None = None, shift: Shift | None = None) -> None:
    """Every account of a table is told as it is alone."""
    run(folder, rows, among, shift=shift or Shift())
    table = told(folder)
    names = dict.fromkeys(each["account"] for each in rows)
    assert list(table) == list(names)
    for name in names:
        want = expected(alone([each for each in rows if each["account"] == name], among, shift))
        assert {key: table[name][key] for key in want} == want, name


MANY = [
    *account("A", "500", "520", "480", "900", "300", "310"),
    *account("B", "500", "520", "480", "900", "300", "310", mode="capacity"),
    *account("C", "300", "300", "300", "300", "300", "300", mode="actual"),
    *account("D", "525", "525", "525", "525", "525", "525", **{f"{POINT}.reactive_forward": "50"}),
    *account("E", "100", "90", "120", "0", "0", "10", **{KVA: "123.4"}),
    *account("F", "500", "510", mode="capacity", **{f"{POINT}.reactive_forward": "40"}),
]


FEW = [
    *account("A", "500", "900", "300", "310"),
    *account("B", "500", "900", "300", "310", mode="actual"),
]


@pytest.mark.no_cover
def test_each_account_is_told_as_it_is_alone(tmp_path: Path) -> None:
    check(tmp_path, MANY)


def test_a_step_that_losses_alone_keep_out_of_reach_saves_nothing(tmp_path: Path) -> None:
    lost = "metering_points.0.losses.transformer"
    fixed = {"metering_points.0.side": "low", f"{lost}.method": "fixed", f"{lost}.kwh": "310"}
    much = {f"{POINT}.reactive_forward": "50"}
    rows = [
        *account("A", "500", **fixed, **{f"{lost}.kvarh": "2500"}, **much),
        *account("B", "500", **fixed, **{f"{lost}.kvarh": "100"}, **much),
    ]
    run(tmp_path, rows)
    assert [each["kvar"] for each in told(tmp_path).values()] == ["0", "4"]
    # the 2,500 kvarh leave no more than the standard to A
    check(tmp_path, rows[1:])


def test_so_it_is_in_the_order_of_the_months_of_a_file_and_with_load_in_kilowatt_hours(tmp_path: Path) -> None:
    check(tmp_path, sorted(FEW, key=lambda each: (each["period.from"], each["account"])), shift=Shift(kwh=Decimal(50)))


@pytest.mark.parametrize(
    "law",
    [
        {key: value for key, value in LAW.items() if key != "actual"},
        {**LAW, "contract": {"article": "art. 3", "evidence": "secondary", "months": 6}},
        {},
    ],
    ids=["without actual demand", "a contract for six months", "no rule of changes"],
)
def test_so_it_is_under_other_rules(tmp_path: Path, law: dict[str, Any]) -> None:
    check(tmp_path, FEW, catalog(changes=changes_of_use(**law)))


def test_a_demand_that_was_not_read_leaves_the_way_that_is(tmp_path: Path) -> None:
    rows = account("A", "500", "510", mode="capacity") + account("B", "500", "510")
    for each in rows[:2]:
        each[f"{POINT}.maximum_demand"] = ""
    run(tmp_path, rows)
    table = told(tmp_path)
    assert (table["A"]["one_contract_kw"], table["A"]["actual"], table["A"]["saved"]) == ("", "", "0.00")
    assert table["B"]["one_contract_kw"] != ""


def test_a_gap_and_days_that_come_back_are_told_and_not_advised_on(tmp_path: Path) -> None:
    gap = [row("A", 0, "500"), row("A", 2, "500")]
    back = [row("B", 0, "500"), row("B", 1, "500"), row("B", 1, "500")]  # the second of two equal rows is rejected
    found = run(tmp_path, [*gap, *back])
    table = told(tmp_path)
    assert (table["A"]["why"], table["A"]["paid"]) == ("months_missing", "")
    assert (table["B"]["why"], table["B"]["months"]) == ("", "2")
    assert (found.months.rejected, found.untold) == (1, {"months_missing": 1})


def test_a_contract_of_every_month_is_kept_where_it_costs_no_more(tmp_path: Path) -> None:
    rows = account("A", "525", "525", **{CONTRACT: "500"})
    check(tmp_path, rows)
    assert told(tmp_path)["A"]["plan"] in ("", "actual 2024-07-01")


def test_rows_that_cannot_be_billed_another_way_are_told_apart_from_the_others(tmp_path: Path) -> None:
    # without any capacity there is no charge by it: of A alone that way is not told
    rows = [each for number in range(5) for each in account(f"B{number}", "500", "510", mode="actual")]
    none = account("A", "500", "510", mode="actual", **{KVA: "0"})
    without_discount = catalog(rules_2024=None, changes=changes_of_use(**LAW))  # which asks for a capacity
    check(tmp_path, [*rows[:4], *none, *rows[4:]], without_discount)
    assert (told(tmp_path)["A"]["capacity"], told(tmp_path)["B4"]["capacity"] != "") == ("", True)


def test_so_they_are_where_none_of_several_can_be_billed_another_way(tmp_path: Path) -> None:
    rows = [each for number in range(5) for each in account(f"B{number}", "500", mode="actual", **{KVA: "0"})]
    check(tmp_path, rows, catalog(rules_2024=None, changes=changes_of_use(**LAW)))


def test_an_area_whose_demand_has_no_price_is_told_by_capacity(tmp_path: Path) -> None:
    among = catalog(changes=changes_of_use(**LAW), network=prices("network_price", NETWORK[:2]))
    check(tmp_path, account("A", "500", "510", mode="capacity"), among)


def test_without_a_rule_no_way_leads_through_months_of_two_ways(tmp_path: Path) -> None:
    rows = [row("A", 0, "500", mode="capacity"), row("A", 1, "500", mode="actual")]
    check(tmp_path, rows, catalog(changes=None))


def test_a_contract_below_its_floor_is_no_doubt(tmp_path: Path) -> None:
    rows = [each for number in range(4) for each in account(f"B{number}", "300", **{CONTRACT: "100"})]
    check(tmp_path, rows)
    assert told(tmp_path)["B0"]["doubted_months"] == "0"


def test_a_price_that_another_way_uses_makes_no_doubt(tmp_path: Path) -> None:
    energy = {
        "code": "purchase",
        "section": "energy",
        "price": {"bands": {"peak": "0.8", "flat": "0.5", "valley": "0.2"}},
    }
    sheet = {"title": "contract", "components": [energy, *NETWORK], "not_charged": ["levies"]}
    path = tmp_path / "months.csv"
    rows = account("A", "500", mode="capacity")
    path.write_text(",".join(rows[0]) + "\n" + ",".join(rows[0].values()) + "\n", encoding="utf-8")
    template = {**TEMPLATE, "price_sheet": sheet}
    settings = Settings([str(path)], tmp_path / "out.csv", template=template, workers=1, catalog=tariffs())
    assert advise_tables(settings, Shift()).with_plan == 1
    assert told(tmp_path)["A"]["doubted_months"] == "0"


def test_rows_that_are_all_rejected_are_no_accounts(tmp_path: Path) -> None:
    nothing = {f"{POINT}.{band}": "0" for band in ("peak", "flat", "valley")}
    rows = [each for number in range(5) for each in account(f"B{number}", "500", **nothing)]
    found = run(tmp_path, rows)
    assert (found.accounts, found.months.rejected) == (0, 5)


def test_a_row_that_is_rejected_among_others_is_in_no_account(tmp_path: Path) -> None:
    rows = [each for number in range(6) for each in account(f"B{number}", "500")]
    rows[2][f"{POINT}.peak"] = "-1"
    for each in rows:
        each.setdefault(f"{POINT}.peak", "10")
    found = run(tmp_path, rows)
    assert (found.months.rejected, len(told(tmp_path))) == (1, 5)


def test_a_customer_in_one_part_and_one_without_bands_are_told_what_can_be(tmp_path: Path) -> None:
    group = "agreement.0.groups.main"
    shop = {f"{group}.billing": "one_part", f"{group}.time_of_use": "false"}
    both = {f"{group}.billing": "two_part", f"{group}.time_of_use": "true"}
    standard = "agreement.0.supply_points.S1.power_factor_standard"
    check(
        tmp_path,
        [
            *account("A", "500", mode="exempt", **shop, **{standard: "none"}),
            *account("B", "500", mode="actual", **both, **{standard: "0.90"}),
        ],
    )
    assert told(tmp_path)["A"]["why"] == "one_part"


def test_a_workbook_has_the_sums_and_the_accounts_in_the_words_of_a_language(tmp_path: Path) -> None:
    run(tmp_path, MANY[:6] + account("Z", "500")[:1] + [row("Z", 2, "500")], out="out.xlsx", language=Language.CHINESE)
    book = CalamineWorkbook.from_path(str(tmp_path / "out.xlsx"))
    assert book.sheet_names == ["汇总", "户数"]
    summary = {str(each[0]): each[1] for each in book.get_sheet_by_name("汇总").to_python()}
    assert summary["有更省计收方式的户数"] == "1"
    rows = book.get_sheet_by_name("户数").to_python()
    assert (rows[0][0], rows[1][0]) == ("户号", "A")
    assert any("按实际最大需量 2024-11-01" in str(cell) for cell in rows[1])
    assert "中间缺少月份" in rows[2]


def test_a_request_whose_tariffs_are_unknown_that_day_is_no_account(tmp_path: Path) -> None:
    found = run(tmp_path, [row("A", 0, "500", **{"agreement.0.groups.main.class": "large_industrial"})])
    assert (found.accounts, found.months.rejected, found.paid) == (0, 1, 0)


def test_an_account_is_one_however_its_rows_write_it(tmp_path: Path) -> None:
    """A spreadsheet dropped a zero of one row: its months are one account, called as the first of them calls it."""
    rows = account("0301", "500", "700")
    kept, dropped = tmp_path / "kept", tmp_path / "dropped"
    for folder, names in ((kept, ("0301", "0301")), (dropped, ("0301", "301"))):
        folder.mkdir()
        run(folder, [{**each, "account": name} for each, name in zip(rows, names, strict=True)])
    assert told(dropped) == told(kept)
    assert [*told(dropped)] == ["0301"]
