"""Months on the disk: files, directories, tables."""

import json
from pathlib import Path

import pytest

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import InvalidInput, Refused
from billcalc.runs.advising import read_months
from tests.advice.cases import month
from tests.few_tariffs import few_tariffs

HEAD = "account,area,period.from,period.to,cycle.from,cycle.to,agreement.0.from\n"


def written(directory: Path, *numbers: int) -> list[str]:
    names = []
    for number in numbers:
        path = directory / f"{number:02d}.json"
        path.write_text(json.dumps(month(number, "500")), encoding="utf-8")
        names.append(str(path))
    return names


def test_files_and_directories_are_read_together(tmp_path: Path) -> None:
    inner = tmp_path / "year"
    inner.mkdir()
    (inner / "notes.txt").write_text("no request", encoding="utf-8")
    [first] = written(tmp_path, 0)
    written(inner, 1, 2)
    found = read_months([first, str(inner)])
    assert [str(each.request.period.start) for each in found.months] == ["2024-07-01", "2024-08-01", "2024-09-01"]
    assert found.where_pointer(f"{first}#/area") == f"{first}:1:10 (/area)"
    assert found.where_pointer("table.csv:2/area") == "table.csv:2/area"


def test_a_directory_that_cannot_be_read_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr("billcalc.runs.advising.os.listdir", refuse)
    with pytest.raises(InvalidInput) as raised:
        read_months([str(tmp_path)])
    assert str(tmp_path) in raised.value.faults[0].where


def table(directory: Path, *accounts: str) -> str:
    """A table with a month of each account, by quantities of a shop."""
    path = directory / "months.csv"
    rows = []
    for place, account in enumerate(accounts):
        start, end = f"2024-0{place + 1}-01", f"2024-0{place + 2}-01"
        rows.append(
            f"{account},cn-guangxi,{start},{end},{start},{end},2020-01-01,exempt,general_commercial,one_part,10kV,false,agent,none\n"
        )
    more = ",".join(
        f"agreement.0.{each}"
        for each in (
            *("basic.mode", "groups.main.class", "groups.main.billing", "groups.main.voltage"),
            *("groups.main.time_of_use", "groups.main.purchase", "supply_points.S1.power_factor_standard"),
        )
    )
    path.write_text(HEAD.strip() + "," + more + "\n" + "".join(rows), encoding="utf-8")
    return str(path)


def test_the_rows_of_a_table_are_months_of_its_account(tmp_path: Path) -> None:
    found = read_months([table(tmp_path, "A-1", "A-1")], tariffs=few_tariffs())
    assert [each.where for each in found.months] == [f"{tmp_path}/months.csv:1", f"{tmp_path}/months.csv:2"]


def test_of_a_table_of_several_accounts_one_is_meant(tmp_path: Path) -> None:
    several = table(tmp_path, "A-1", "A-2", "A-2")
    with pytest.raises(InvalidInput) as raised:
        read_months([several], tariffs=few_tariffs())
    assert (raised.value.faults[0].code, raised.value.faults[0].facts) == (FaultCode.MISSING_KEY, {"key": "--account"})
    assert len(read_months([several], account="A-2", tariffs=few_tariffs()).months) == 2


def test_a_row_that_is_no_request_is_told_with_its_number(tmp_path: Path) -> None:
    path = Path(table(tmp_path, "A-1"))
    path.write_text(path.read_text(encoding="utf-8").replace("general_commercial", "unheard_of"), encoding="utf-8")
    with pytest.raises(InvalidInput) as raised:
        read_months([str(path)], tariffs=few_tariffs())
    assert raised.value.faults[0].where.startswith(f"{path}:1/")


def test_a_row_that_the_tariffs_do_not_tell_enough_of_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from billcalc.kernel.codes import RefusalCode
    from billcalc.kernel.troubles import Refusal

    def refuse(*_: object) -> None:
        raise Refused(Refusal(RefusalCode.NO_DOCUMENT, "/area", {"kind": "clock", "area": "x", "day": "2024-01-01"}))

    monkeypatch.setattr("billcalc.bulk.plans.Plans.request", refuse)
    path = table(tmp_path, "A-1")
    with pytest.raises(Refused) as raised:
        read_months([path], tariffs=few_tariffs())
    assert raised.value.refusal.where == f"{path}:1/area"
