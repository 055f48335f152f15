"""The id of the only metering point: it makes no structure of its own, and what a row is told has it."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from billcalc.billing.planning.planner import make_plan
from billcalc.bulk.point import renamed_point
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from tests.bulk.comparing import bulk
from tests.bulk.test_fixtures import FIXTURES, names, request_of

POINT = "metering_points.0.id"
FIXTURE = Path("fixtures/official/guangxi-2024-06-p1")
KVA = "agreement.0.supply_points.S1.transformers.0.kva"
OF_ONE_POINT = [path for path in FIXTURES if len(request_of(path).get("metering_points", ())) == 1]
OUTPUTS = ("totals", "components", "lines", "problems")


def renamed(template: dict[str, Any] | None = None, **columns: Any) -> list[Any]:
    batch = pa.RecordBatch.from_pydict({name.replace("point_id", POINT): cells for name, cells in columns.items()})
    found, name = renamed_point(batch, template or {})
    assert found.schema.names == batch.schema.names
    assert (name is None) == found.equals(batch)
    cells: list[Any] = found.column(POINT).to_pylist()
    return cells


def test_points_are_called_alike_and_what_is_no_id_stays_to_be_refused() -> None:
    assert renamed(point_id=["A", None, "no id", "电表"]) == ["point-of-the-row-0", None, "no id", "电表"]
    words = pa.array(["A", "B", "A"]).dictionary_encode()
    assert renamed(point_id=words) == ["point-of-the-row-0"] * 3
    assert renamed(point_id=[301]) == [301]


def test_what_stands_for_the_ids_is_no_part_of_a_text() -> None:
    assert renamed(account=["point-of-the-row-0"], point_id=["A"]) == ["point-of-the-row-1"]
    assert renamed({"notes": [{}, "at point-of-the-row-0"]}, point_id=["A"]) == ["point-of-the-row-1"]


@pytest.mark.parametrize(
    "template",
    [
        {"metering_points": [{"id": "M1"}, {"id": "M2"}]},
        {"metering_points": [{"children": [{"id": "C", "point": "M2"}]}]},
        {"metering_points": [{"losses": {"shared": {"by": "energy"}}}]},
    ],
)
def test_where_names_are_compared_they_stay(template: dict[str, Any]) -> None:
    assert renamed(template, point_id=["A", "B"]) == ["A", "B"]


def test_where_columns_tell_of_another_point_the_ids_stay() -> None:
    batch = pa.RecordBatch.from_pydict({POINT: ["A"], "metering_points.1.id": ["B"]})
    assert renamed_point(batch, {}) == (batch, None)
    assert renamed_point(pa.RecordBatch.from_pydict({"account": ["A"]}), {})[1] is None


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def told(batch: pa.RecordBatch, catalog: Catalog, template: dict[str, Any]) -> list[Any]:
    results = [bulk(batch, catalog, output, template=template) for output in OUTPUTS]
    return [(each.bills.to_pylist(), each.rejects.drop_columns("row").to_pylist()) for each in results]


@pytest.mark.no_cover
@pytest.mark.parametrize("fixture", OF_ONE_POINT, ids=names(OF_ONE_POINT))
def test_rows_are_told_what_each_is_told_alone(fixture: Path, catalog: Catalog) -> None:
    """Of the request, of one whose registers lack their ends, and of one without any."""
    for taken in (None, "last", "all"):
        template = request_of(fixture)
        [point] = template["metering_points"]
        if taken is not None and "readings" in point:
            point["readings"] = point["readings"][:-1] if taken == "last" else []
        alone = []
        for row, name in enumerate(("P-1", "other")):
            point["id"] = name
            alone.append(told(pa.RecordBatch.from_pydict({"account": [str(row)]}), catalog, template))
        batch = pa.RecordBatch.from_pydict({"account": ["0", "1"], POINT: ["P-1", "other"]})
        together = told(batch, catalog, template)
        assert together == [tuple(map(list.__add__, one, other)) for one, other in zip(*alone, strict=True)]


def test_a_column_of_points_makes_one_plan(catalog: Catalog, monkeypatch: Any) -> None:
    planned: list[object] = []

    def counting(*of: Any) -> Any:
        planned.append(of)
        return make_plan(*of)

    monkeypatch.setattr("billcalc.bulk.plans.make_plan", counting)
    columns = {"account": ["a", "b", "c", "d"], POINT: ["M1", "M2", "M3", "M4"], KVA: ["1000", "2000", "3000", "4000"]}
    result = bulk(pa.RecordBatch.from_pydict(columns), catalog, "lines", template=request_of(FIXTURE))
    assert (result.billed, len(planned)) == (4, 1)


def test_a_row_is_told_its_own_id(catalog: Catalog) -> None:
    """Of days that were not read."""
    template = request_of(FIXTURE)
    del template["metering_points"][0]["readings"][-1]
    batch = pa.RecordBatch.from_pydict({"account": ["a", "b"], POINT: ["M-17", "M-18"]})
    result = bulk(batch, catalog, "totals", template=template)
    first, second = (row["message"] for row in result.rejects.to_pylist())
    assert "M-17" in first
    assert second == first.replace("M-17", "M-18")
