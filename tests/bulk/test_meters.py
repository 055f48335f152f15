"""Ids of meters: one that tells nothing makes no structure of its own."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from billcalc.billing.planning.planner import make_plan
from billcalc.bulk.meters import renamed_meters
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from tests.bulk.comparing import bulk
from tests.bulk.test_fixtures import request_of

FIRST, SECOND = (f"metering_points.0.config.{place}.meter" for place in (0, 1))
FIXTURE = Path("fixtures/official/guangxi-2024-06-p1")
KVA = "agreement.0.supply_points.S1.transformers.0.kva"


def renamed(template: dict[str, Any] | None = None, **columns: Any) -> list[list[Any]]:
    names = {"first": FIRST, "second": SECOND}
    batch = pa.RecordBatch.from_pydict({names.get(name, name): values for name, values in columns.items()})
    found = renamed_meters(batch, template or {})
    assert found.schema.names == batch.schema.names
    return [column.to_pylist() for column in found.columns[1:]]


def test_ids_that_are_all_different_are_called_by_their_columns() -> None:
    first, second = renamed(account=["1", "2"], first=["A", "B"], second=["C", None])
    assert (first, second) == (["meter0", "meter0"], ["meter1", None])


def test_where_an_id_comes_back_in_its_row_the_row_stays() -> None:
    first, second = renamed(account=["1", "2"], first=["A", "A"], second=["A", "B"])
    assert (first, second) == (["A", "meter0"], ["A", "meter1"])


@pytest.mark.parametrize("wrong", ["", "a b", "x" * 41, "电表", "A\n"])
def test_what_is_no_id_stays_to_be_refused(wrong: str) -> None:
    assert renamed(account=["1", "2"], first=[wrong, "B"]) == [[wrong, "meter0"]]


def test_ids_of_the_template_are_not_given_again_and_make_a_row_stay() -> None:
    points = [{"config": [{"meter": "meter0"}, "odd"]}, {"config": "odd"}, "odd", {"config": [{"meter": "T"}]}]
    assert renamed({"metering_points": points}, account=["1", "2"], first=["A", "T"]) == [["meter1", "T"]]
    assert renamed({"metering_points": "odd"}, account=["1"], first=["A"]) == [["meter0"]]


def test_ids_of_a_dictionary_are_renamed_and_numbers_stay_to_be_refused() -> None:
    words = pa.array(["A", "B", None]).dictionary_encode()
    assert renamed(account=["1", "2", "3"], first=words) == [["meter0", "meter0", None]]
    assert renamed(account=["1"], first=[301]) == [[301]]
    assert renamed(account=["1"], area=["cn"]) == [["cn"]]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(areas=["cn-guangxi"])


def test_a_column_of_meters_changes_no_bill_and_makes_one_plan(catalog: Catalog, monkeypatch: Any) -> None:
    request = request_of(FIXTURE)
    kva = {"account": ["a", "b", "c", "d"], KVA: ["1000", "2000", "3000", "4000"]}
    alone = bulk(pa.RecordBatch.from_pydict(kva), catalog, "lines", template=request)
    planned: list[object] = []

    def counting(*told: Any) -> Any:
        planned.append(told)
        return make_plan(*told)

    monkeypatch.setattr("billcalc.bulk.plans.make_plan", counting)
    meters = {FIRST: ["M1", "M2", "M3", "M4"]}
    with_meters = bulk(pa.RecordBatch.from_pydict({**kva, **meters}), catalog, "lines", template=request)
    assert with_meters.rejects.num_rows == 0
    assert with_meters.bills.to_pylist() == alone.bills.to_pylist()
    assert len(planned) == 1


def test_an_id_that_is_none_is_rejected_in_its_own_row(catalog: Catalog) -> None:
    batch = pa.RecordBatch.from_pydict({"account": ["a", "b"], FIRST: ["M1", "no id"], KVA: ["1000", "2000"]})
    result = bulk(batch, catalog, "totals", template=request_of(FIXTURE))
    [rejected] = result.rejects.to_pylist()
    assert (result.billed, rejected["row"], rejected["field"]) == (1, 2, f"/{FIRST.replace('.', '/')}")
    assert "no id" in rejected["message"]
