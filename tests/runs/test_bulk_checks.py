"""Checks of tables of accounts say of each what ``billcalc check`` says of it alone, with the same history."""

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from billcalc.audit.checks.account import Checked, check_account, month_billed
from billcalc.audit.checks.judging import Answer
from billcalc.audit.checks.limits import LimitsDocument
from billcalc.audit.checks.shapes import Shape
from billcalc.billing.request import Request
from billcalc.bulk.paths import request_data
from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.library.catalog import load_catalog
from billcalc.runs.batches import Batch, Settings, Watcher
from billcalc.runs.bulk_checks import BulkChecks, check_tables, not_checked_beside
from billcalc.runs.check_limits import limits_documents
from billcalc.runs.earlier_months import History
from tests.documents import ROOT
from tests.runs.accounts_with_history import TEMPLATE, row_of

OURS = validated(
    LimitsDocument,
    {
        "id": "ours",
        "from": "2020-01-01",
        "changed_by": "office",
        "source": "decision",
        "limits": [
            {"check": "energy_jump", "set": {"limit": "9"}, "for": {"account": "B"}, "source": "seasonal"},
            {"check": "demand_repeats", "off": True, "source": "constant loads"},
        ],
    },
)


def told(path: Path, rows: Iterable[dict[str, str]]) -> str:
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def checked(tmp_path: Path, now: list[dict[str, str]], before: list[dict[str, str]], **more: Any) -> BulkChecks:
    history = [told(tmp_path / "before.csv", before)] if before else []
    settings = Settings([told(tmp_path / "now.csv", now)], tmp_path / "found.csv", template=TEMPLATE, workers=1)
    return check_tables(settings, history, (*limits_documents(), *more.pop("own", ())), **more)


def request_of(row: dict[str, str]) -> Request:
    values = {name: value or None for name, value in row.items() if name != "account"}
    return validated(Request, request_data(TEMPLATE, values))


def alone(row: dict[str, str], before: list[dict[str, str]], own: tuple[LimitsDocument, ...] = ()) -> Checked:
    catalog = load_catalog(ROOT / "tariffs", areas=["cn"])
    earlier = [month_billed(request_of(each), catalog) for each in before if each["account"] == row["account"]]
    found = check_account(
        request_of(row),
        catalog,
        (*limits_documents(), *own),
        earlier=[each for each in earlier if not isinstance(each, Refusal)],
        account=row["account"],
    )
    assert isinstance(found, Checked), found
    return found


NOW = [  # the first five are of one structure, and billed in columns
    row_of("A", 2024, 1, peak="300"),
    row_of("B", 2024, 1, peak="900"),
    row_of("C", 2024, 1, kva="0.5"),
    row_of("J", 2024, 1),
    row_of("K", 2024, 1, peak="9000"),
    row_of("E", 2024, 1, peak="1234567890.1234567890123"),
    row_of("F", 2024, 1, group_class="general_commercial"),
]
BEFORE = [
    *(row_of("A", 2023, month) for month in (12, 10, 11, 1)),
    *(row_of("B", 2023, month) for month in (1, 10, 11, 12)),
    row_of("C", 2023, 12, peak="100"),
    row_of("Z", 2023, 12),
    row_of("A", 2024, 2),
]


def test_each_account_is_told_what_it_is_told_alone(tmp_path: Path) -> None:
    checked(tmp_path, NOW[:5], BEFORE, own=(OURS,))
    found = {(row["account"], row["check"]) for row in rows_of(tmp_path / "found.csv")}
    expected = {
        (row["account"], each.check.code)
        for row in NOW[:5]
        for each in alone(row, BEFORE, (OURS,)).findings
        if each.answer is Answer.SPEAKS
    }

    assert found == expected
    assert {("A", "energy_jump")} <= found
    assert ("B", "energy_jump") not in found


def test_the_months_of_an_account_are_found_however_they_write_it(tmp_path: Path) -> None:
    """A spreadsheet dropped the zero: 400 at peak stand beside 110 of the month before all the same."""
    checked(tmp_path, [row_of("0301", 2024, 1, peak="400")], [row_of("301", 2023, 12)])
    assert "energy_jump" in {each["check"] for each in rows_of(tmp_path / "found.csv")}


def test_what_could_not_be_checked_is_counted_with_its_reason(tmp_path: Path) -> None:
    run = checked(tmp_path, NOW[:5], BEFORE, own=(OURS,))
    expected = Counter(
        (each.check.code, each.answer) for row in NOW[:5] for each in alone(row, BEFORE, (OURS,)).findings
    )
    assert {key: count for key, count in run.answers.items() if count} == expected
    reasons = {
        (row["check"], row["missing"]): row["accounts"] for row in rows_of(not_checked_beside(tmp_path / "found.csv"))
    }
    assert reasons["demand_repeats", "ours (office): constant loads"] == "5"
    assert reasons["estimate_suspected", "the energy of two months before"] == "1"


def test_the_sentence_of_a_finding_has_its_figures(tmp_path: Path) -> None:
    checked(tmp_path, NOW[:1], BEFORE)
    [jump] = [row for row in rows_of(tmp_path / "found.csv") if row["check"] == "energy_jump"]

    assert jump["name"] == "energy jump"
    assert (jump["from"], jump["to"], jump["level"]) == ("2024-01-01", "2024-02-01", "implausible")
    assert "from 216000 to 330000 kWh" in jump["message"]
    assert jump["limits"] == "checks-2000 (billcalc): proposal"


def test_without_any_history_what_needs_it_is_not_checked(tmp_path: Path) -> None:
    for before in ([], [row_of("Z", 2023, 12)]):
        run = checked(tmp_path, NOW[:1], before)
        assert run.answers["energy_jump", Answer.NOT_CHECKED] == 1
        assert run.answers["loss_missing", Answer.PASSES] == 1


def test_rows_that_cannot_be_billed_are_told_and_the_rest_is_checked(tmp_path: Path) -> None:
    wrong = row_of("G", 2024, 1, peak="-5")
    run = checked(tmp_path, [NOW[0], wrong, *NOW[5:]], [*BEFORE, wrong])

    assert (run.accounts.billed, run.accounts.rejected) == (3, 1)
    assert run.months.rejected == 1
    assert rows_of(tmp_path / "found.csv.rejects.csv")[0]["account"] == "G"
    assert rows_of(tmp_path / "found.csv.history.rejects.csv")[0]["account"] == "G"


def test_rows_that_are_refused_while_they_are_billed_are_left_out(tmp_path: Path) -> None:
    """A reading of more digits than its meter has: of one row among others, and of all rows of a structure."""
    above = row_of("H", 2024, 1, peak="9999999999999")
    others = [row_of(account, 2024, 1, peak="9999999999999", group_class="general_commercial") for account in "LMNOPQ"]
    run = checked(tmp_path, [*NOW[:5], above, *others], [])

    assert (run.accounts.billed, run.accounts.rejected) == (5, 7)
    assert run.answers["loss_missing", Answer.PASSES] == 5


def test_a_number_with_more_digits_than_are_kept_is_not_told(tmp_path: Path) -> None:
    fine = row_of("D", 2024, 1, multiplier="12345678.123456789012")
    run = checked(tmp_path, [fine], [{**fine, **row_of("D", 2023, 12)}])

    assert run.answers["ratio_changed_without_order", Answer.NOT_CHECKED] == 1
    assert run.answers["energy_jump", Answer.SPEAKS] == 1


def test_nobody_to_check_is_an_empty_table(tmp_path: Path) -> None:
    run = checked(tmp_path, [row_of("G", 2024, 1, peak="-5")], [])

    assert not run.accuses
    assert rows_of(tmp_path / "found.csv") == []


def test_a_bill_s_own_problem_is_told_by_the_name_of_its_check(tmp_path: Path) -> None:
    checked(tmp_path, [row_of("A", 2024, 1, peak="9000")], [])
    [found] = [row for row in rows_of(tmp_path / "found.csv") if row["check"] == "energy_above_capacity"]

    assert found["message"] == "energy above capacity"


def test_no_output_is_an_input(tmp_path: Path) -> None:
    history = told(tmp_path / "found.csv", BEFORE)
    settings = Settings([told(tmp_path / "now.csv", NOW[:1])], tmp_path / "found.csv", template=TEMPLATE, workers=1)
    with pytest.raises(InvalidInput, match=r"found\.csv"):
        check_tables(settings, [history], limits_documents())


def test_the_months_before_are_found_by_their_days(tmp_path: Path) -> None:
    """Of two months that begin on one day the one told last is nearer; another account's and a later one are none."""
    days = {"a": (100, 40, 100, 200), "b": (99,)}
    names = [name for name, told_days in days.items() for _ in told_days]
    history = tmp_path / "history.parquet"
    first = pa.array([day for told_days in days.values() for day in told_days])
    shapes = pa.array(
        [Shape("", whole=True, scales={"first_day": 0}, constants={}).text] * len(names)
    ).dictionary_encode()
    table = pa.table({"account": names, "shape": shapes, "first_day": first})
    pq.write_table(table, history)
    import numpy as np

    months = History([pq.ParquetFile(history)], table.schema)
    found = months.earlier(pa.array(["a", "b", "c"]), np.array([150, 464, 150]))

    assert [(places[0], known[0]) for places, known in (found["0"], found["1"], found["2"], found["3"])] == [
        (2, True),
        (2, True),
        (0, True),
        (1, True),
    ]
    assert found["1"][1].tolist() == [True, True, False]
    assert found["0"][1].tolist() == [True, True, False]
    same = months.earlier(pa.array(["a"]), np.array([100]))
    assert [(same[behind][0][0], same[behind][1][0]) for behind in ("0", "1")] == [(2, True), (1, True)]
    assert not same["2"][1][0]
    assert found["2"][1].tolist() == [True, False, False]
    assert found["12"][1].tolist() == [False, True, False]
    assert months.earlier(pa.array(["c"]), np.array([1])) == {}


def test_an_interrupted_run_goes_on_where_it_was_interrupted(tmp_path: Path) -> None:
    class Interrupted(Watcher):
        def __init__(self) -> None:
            self.resumed: list[bool] = []

        def begins(self, batch: Batch) -> None:
            self.resumed.append(batch.resumed)
            if self.resumed == [False, False]:
                raise KeyboardInterrupt

    watcher = Interrupted()
    history = [told(tmp_path / "before.csv", BEFORE)]
    settings = Settings([told(tmp_path / "now.csv", NOW[:1])], tmp_path / "found.csv", template=TEMPLATE, workers=1)
    with pytest.raises(KeyboardInterrupt):
        check_tables(settings, history, limits_documents(), watcher=watcher)
    run = check_tables(settings, history, limits_documents(), watcher=watcher)
    assert watcher.resumed == [False, False, True, True]
    assert (run.accounts.billed, run.months.billed) == (1, len(BEFORE))
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == []


def test_a_history_that_cannot_be_read_is_told_before_anything_is_billed(tmp_path: Path) -> None:
    settings = Settings([told(tmp_path / "now.csv", NOW[:1])], tmp_path / "found.csv", template=TEMPLATE, workers=1)
    with pytest.raises(InvalidInput, match=r"none\.csv"):
        check_tables(settings, [str(tmp_path / "none.csv")], limits_documents())
    assert not (tmp_path / "found.csv.parts").exists()
