"""Quantities that are given and not read, typed otherwise: found in real bills, one by one and in tables."""

import csv
from pathlib import Path
from typing import Any

import pytest

from billcalc.audit.diagnose.cause import assigned
from billcalc.audit.diagnose.causes.given_quantity import GIVEN_QUANTITY
from billcalc.audit.diagnose.pricing import Repricing
from billcalc.audit.diagnose.say import what_happened
from billcalc.billing.request import Request
from billcalc.files.loading import load
from billcalc.library.catalog import load_catalog
from billcalc.runs.batches import Settings
from billcalc.runs.bulk_diagnosis import diagnose_requests
from billcalc.words.language import Language
from billcalc.words.lexicon import CHINESE
from tests.audit.diagnose.samples import SAMPLES, tariffs
from tests.audit.injecting import diagnosed, printed, situation
from tests.documents import ROOT

MENGXI = ROOT / "fixtures/official/mengxi-2025-03/request.yaml"


@pytest.mark.parametrize(
    ("name", "path", "wrong", "sentence"),
    [
        ("official/mengxi-2025-03", ("demand_kw",), "1740", "计量点 M1 给定的最大需量值记为 1740，应为 1470"),
        ("official/mengxi-2025-03", ("kwh", "peak"), "34230", "计量点 M1 给定的峰电量记为 34230，应为 34320"),
        ("official/mengxi-2025-03", ("kvarh", "reactive_forward"), "520010", "计量点 M1 给定的正向无功电量记为 520010，应为 4520010"),
        ("published/tier-gd-oct-481", ("kwh", "total"), "300", "计量点 M1 给定的总电量记为 300，应为 700"),
        ("published/loss-fullload-100", ("kwh", "total"), "70000", "计量点 M1 给定的总电量记为 70000，应为 72000"),
    ],
)  # fmt: skip
def test_a_given_quantity_that_was_typed_otherwise_is_found(
    name: str, path: tuple[str, ...], wrong: str, sentence: str
) -> None:
    """Of a demand, an energy, a reactive one; of energy that passes limits of tiers; and of one with a loss by formula."""
    request = load(Request, ROOT / "fixtures" / name / "request.yaml")
    where = situation(request, load_catalog(ROOT / "tariffs", areas=[request.area]))
    data = assigned(where.data, ("metering_points", 0, "given", *path), wrong)
    found = diagnosed(where, printed(Repricing(data, where.catalog).lines(())), sizes_max=1)
    assert found.status == "proved"
    assert sentence in {what_happened(CHINESE, each) for answer in found.answers for each in answer.causes}


def test_what_is_read_is_not_given_and_a_demand_of_a_band_is_a_demand() -> None:
    where = situation(SAMPLES["plain"], tariffs())
    assert not list(GIVEN_QUANTITY.places(where))
    given: dict[str, Any] = {"demand_by_band_kw": {"peak": "40"}, "kwh": {"peak": "10"}}
    path = ("metering_points", 0, "given")
    there = situation(where.request, tariffs())
    object.__setattr__(there, "data", assigned(there.data, path, given))
    told = {each.slot: each.facts["quantity"] for each in GIVEN_QUANTITY.places(there)}
    assert told == {"M1.given.demand_by_band_kw.peak": "demand_kw", "M1.given.kwh.peak": "kwh"}


def test_a_table_of_given_demands_is_told_what_each_bill_is_told_alone(tmp_path: Path) -> None:
    """Five bills of one structure, each with two digits of its demand exchanged."""
    request = load(Request, MENGXI)
    catalog = load_catalog(ROOT / "tariffs", areas=[request.area])
    column, demands = (
        "metering_points.0.given.demand_kw",
        {"A": "1470", "B": "1280", "C": "930", "D": "1590", "E": "760"},
    )
    path = ("metering_points", 0, "given", "demand_kw")
    lines = [["account", "code", "amount"]]
    for name, demand in demands.items():
        wrong = f"{demand[1]}{demand[0]}{demand[2:]}"
        where = situation(request, catalog)
        made = printed(Repricing(assigned(where.data, path, wrong), where.catalog).lines(()), "bands")
        lines += [[name, *line.codes, f"{line.amount:f}"] for line in made.lines]
    for file, rows in (("issued.csv", lines), ("asked.csv", [["account", column], *map(list, demands.items())])):
        with (tmp_path / file).open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
    settings = Settings(
        [str(tmp_path / "asked.csv")],
        tmp_path / "causes.csv",
        template=str(MENGXI),
        workers=1,
        language=Language.CHINESE,
    )
    _, found = diagnose_requests(settings, tmp_path / "issued.csv", sets_max=50)
    assert found.statuses == {"proved": 5}
    with (tmp_path / "causes.csv").open(encoding="utf-8", newline="") as read:
        told = {(row["account"], row["what"]) for row in csv.DictReader(read)}
    for name, demand in demands.items():
        wrong = f"{demand[1]}{demand[0]}{demand[2:]}"
        assert (name, f"计量点 M1 给定的最大需量值记为 {wrong}，应为 {demand}") in told
