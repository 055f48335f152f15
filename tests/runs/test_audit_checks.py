"""Accounts of tables are told in a run of an audit what each is told alone: judged in columns or one by one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from billcalc.audit.checks.account import Month, month_billed
from billcalc.audit.findings.examining import examine
from billcalc.audit.findings.records import Examined
from billcalc.audit.findings.seeing import BILL_CODES
from billcalc.billing.request import Request
from billcalc.bulk.paths import request_data
from billcalc.fields import validated
from billcalc.library.catalog import load_catalog
from billcalc.runs.audit_checks import AccountChecks
from billcalc.runs.batches import Settings, Watcher
from billcalc.runs.check_limits import limits_documents
from billcalc.runs.checked_tables import billed_facts
from billcalc.tables.writers import Tabular
from billcalc.words.lexicon import LEXICONS
from tests.documents import ROOT
from tests.runs.accounts_with_history import READINGS, TEMPLATE, row_of
from tests.runs.test_bulk_checks import told

Row = dict[str, str]
REGISTERS = ("peak", "flat", "valley", "reactive_forward")
TWO_MONTHS = {
    **row_of("T", 2024, 1),
    "cycle.to": "2024-03-01",
    "period.to": "2024-03-01",
    f"{READINGS}.1.at": "2024-02-01",
    f"{READINGS}.2.kind": "opening",
    f"{READINGS}.2.at": "2024-02-01",
    f"{READINGS}.3.kind": "closing",
    f"{READINGS}.3.at": "2024-03-01",
    **{f"{READINGS}.2.{each}": number for each, number in zip(REGISTERS, ("110", "150", "100", "90"), strict=True)},
    **{f"{READINGS}.3.{each}": number for each, number in zip(REGISTERS, ("210", "250", "190", "170"), strict=True)},
}
"""A bill of two months, which columns do not make."""
FINE = "12345678.123456789012"
"""A multiplier of more digits than are kept."""


def checks_of(
    tmp_path: Path,
    now: Sequence[Row],
    before: Sequence[Row] = (),
    *,
    known: Sequence[str] = (),
    more: Sequence[Row] = (),
) -> Any:
    """The checks that were made of one or two tables, and what they found."""
    history = [told(tmp_path / "before.csv", before)] if before else []
    tables = [told(tmp_path / f"{name}.csv", rows) for name, rows in (("now", now), ("more", more)) if rows]
    settings = Settings(tables, tmp_path / "accounts", template=TEMPLATE, workers=1)
    with billed_facts(settings, history, rejects=Tabular.PARQUET, watcher=Watcher(), problems=True) as facts:
        made = AccountChecks(facts, limits_documents(), None, known, LEXICONS[settings.language])
        found = sorted(made.found(), key=lambda each: (each.account, each.period))
    return made, found


def alone(row: Row, before: Sequence[Row] = ()) -> Examined:
    catalog = load_catalog(ROOT / "tariffs", areas=["cn"])
    earlier = [month_billed(request_of(each), catalog) for each in before if each["account"] == row["account"]]
    months = [each for each in earlier if isinstance(each, Month)]
    found = examine(row["account"].strip(), request_of(row), catalog, limits_documents(), earlier=months)
    assert isinstance(found, Examined), found
    return found


def request_of(row: Row) -> Request:
    values = {name: value or None for name, value in row.items() if name != "account"}
    return validated(Request, request_data(TEMPLATE, values))


NOW = [
    row_of("A", 2024, 1, peak="300"),
    row_of("B", 2024, 1, peak="9000"),  # more than its capacity takes: the bill tells it, with figures
    row_of("C", 2024, 1, peak="9001"),
    row_of("D", 2024, 1),
    row_of("E", 2024, 1, multiplier=FINE),
    row_of("F", 2024, 1, peak="300"),
    TWO_MONTHS,
]
BEFORE = [
    *(row_of("A", 2023, month) for month in (12, 10, 11, 1)),
    row_of("D", 2023, 12),
    *(row_of("E", 2023, month, multiplier=FINE) for month in (11, 12)),
    row_of("F", 2023, 12, multiplier=FINE),
]


def test_each_account_is_told_what_it_is_told_alone(tmp_path: Path) -> None:
    made, found = checks_of(tmp_path, NOW, BEFORE, known=[row["account"] for row in NOW])
    assert found == [alone(row, BEFORE) for row in NOW]
    assert [each.fingerprint for row in found for each in row.seen] == [
        each.fingerprint for row in NOW for each in alone(row, BEFORE).seen
    ]
    assert {"energy_above_capacity"} <= {each.code for each in found[1].seen}
    assert found[1].seen != found[2].seen
    assert (made.examined, made.refused) == (len(NOW), 0)
    assert made.problems == {"section_not_priced": 1, "stated_without_effect": 1}, "of T, which columns do not bill"


def test_a_bill_of_the_same_days_is_a_duplicate_and_hides_no_month_before(tmp_path: Path) -> None:
    """The peak rises from 100 to 300 kWh of the register, whether the same bill is told a second time or not."""
    now, before = row_of("A", 2024, 1, peak="300"), row_of("A", 2023, 12, peak="100")
    _, [found] = checks_of(tmp_path, [now], [now, before], known=["A"])
    _, [once] = checks_of(tmp_path, [now], [before], known=["A"])
    assert found == alone(now, [now, before])
    assert {each.code for each in found.seen} == {each.code for each in once.seen} | {"duplicate_bill"}
    assert "energy_jump" in {each.code for each in once.seen}


def test_of_accounts_of_which_nothing_is_known_those_are_told_of_which_a_check_speaks(tmp_path: Path) -> None:
    quiet = row_of("Q", 2024, 1, peak="120")
    made, found = checks_of(tmp_path, [NOW[0], quiet], [BEFORE[0], row_of("Q", 2023, 12)])
    assert [each.account for each in found] == ["A"]
    assert made.not_checked == sum(len(alone(row, BEFORE[:1]).unchecked - BILL_CODES) for row in NOW[:1]) * 2


def test_spaces_around_an_account_are_none_of_its_name(tmp_path: Path) -> None:
    rows = [{**row_of("A", 2023, 12), "account": " A"}, *BEFORE[1:4]]
    _, found = checks_of(tmp_path, [{**NOW[0], "account": "A "}], rows, known=["A"])
    assert found == [alone(NOW[0], BEFORE)]


def test_rows_that_cannot_be_billed_are_told_once_those_of_the_history_first(tmp_path: Path) -> None:
    twice, wrong = {**TWO_MONTHS, f"{READINGS}.3.peak": "220"}, row_of("G", 2024, 1, peak="-5")
    made, found = checks_of(tmp_path, [TWO_MONTHS, wrong, twice], [wrong], known=["T"])
    assert (made.examined, made.refused) == (1, 3)
    assert [(Path(each.place).name, each.where) for each in made.told] == [
        ("before.csv:1", "/metering_points/0/readings/1/peak"),
        ("now.csv:2", "/metering_points/0/readings/1/peak"),
        ("now.csv:3", "/account"),
    ]
    assert "row 1 of" in made.told[2].message
    assert found == [alone(TWO_MONTHS)]


def test_of_an_account_that_is_asked_alone_it_is_told_why_a_row_cannot_be_billed(tmp_path: Path) -> None:
    """A reading that its meter cannot show is a fault, and a demand of two months as one is refused."""
    shown, demand = f"{READINGS}.3.peak", "facts.S1.demand_kw"
    rows = [{**TWO_MONTHS, "account": "U", shown: "9999999999999"}, {**TWO_MONTHS, "account": "V", demand: "5"}]
    made, found = checks_of(tmp_path, [TWO_MONTHS, *rows], rows)
    assert (made.examined, made.refused, found) == (1, 4, [])
    assert [(Path(each.place).name, each.where) for each in made.told] == [
        (f"{table}.csv:{row}", where)
        for table, rows_before in (("before", 0), ("now", 1))
        for row, where in ((rows_before + 1, "/metering_points/0/readings/3/peak"), (rows_before + 2, "/facts"))
    ]


def test_months_are_looked_up_for_some_accounts_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("billcalc.runs.checked_tables._ROWS", 1)
    _, found = checks_of(tmp_path, NOW[:1], BEFORE, known=["A", "B"], more=NOW[1:2])
    assert found == [alone(row, BEFORE) for row in NOW[:2]]
