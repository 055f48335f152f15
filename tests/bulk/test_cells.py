"""A cell without a value is not told, in whatever encoding and whatever the template has in its place."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.bulk.cells import plain_cells
from billcalc.bulk.paths import is_number
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from tests.bulk.comparing import bulk, flattened, lines_of

FIXTURES = (
    "official/guangxi-2024-06-p1",
    "official/chongqing-lines",
    "published/large-ind-5000kva-327024",
)
REQUESTS = {name: read_document(Path("fixtures") / name / "request.yaml").data for name in FIXTURES}
CELLS = [(name, path) for name, data in REQUESTS.items() for path, _ in flattened(data)]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def without(data: Any, path: str) -> Any:
    """A request without what stands at a path."""
    data = deepcopy(data)
    *parts, last = path.split(".")
    node = data
    for part in parts:
        node = node[int(part)] if isinstance(node, list) else node[part]
    del node[int(last) if isinstance(node, list) else last]
    return data


def dictionary_with_null(array: pa.Array) -> pa.Array:
    """A dictionary of which one value is null; the rows point at it, and none of them is null itself."""
    values = array.drop_null().unique()
    with_null = pa.concat_arrays([values, pa.nulls(1, array.type)])
    places = [len(values) if not cell.is_valid else values.index(cell).as_py() for cell in array]
    encoded = pa.DictionaryArray.from_arrays(pa.array(places, pa.int32()), with_null)
    assert encoded.null_count == 0
    return encoded


ENCODINGS: dict[str, Callable[[pa.Array], pa.Array]] = {
    "plain": lambda array: array,
    "large": lambda array: array.cast(pa.large_string()),
    "view": lambda array: array.cast(pa.string_view()),
    "dictionary": lambda array: array.dictionary_encode(),
    "dictionary of large texts": lambda array: array.cast(pa.large_string()).dictionary_encode(),
    "dictionary with null": dictionary_with_null,
    "dictionary with both": lambda array: dictionary_with_null(array).take(pa.array([0, None, 2])),
    "runs": lambda array: pc.run_end_encode(array),
    "slice": lambda array: pa.concat_arrays([array[1:2], array, array[:1]])[1:4],
    "slice of dictionary": lambda array: dictionary_with_null(pa.concat_arrays([array[1:2], array, array[:1]]))[1:4],
    "slice of runs": lambda array: pc.run_end_encode(pa.concat_arrays([array[1:2], array, array[:1]]))[1:4],
}  # fmt: skip
NUMBERS: dict[str, Callable[[pa.Array], pa.Array]] = {
    "decimal": lambda array: array.cast(pa.decimal128(30, 8)),
    "wide decimal": lambda array: array.cast(pa.decimal128(30, 8)).cast(pa.decimal256(60, 12)),
    "short decimal": lambda array: array.cast(pa.decimal128(18, 6)).cast(pa.decimal64(18, 6)),
    "dictionary of decimals": lambda array: array.cast(pa.decimal128(30, 8)).dictionary_encode(),
    "runs of decimals": lambda array: pc.run_end_encode(array.cast(pa.decimal128(30, 8))),
}


def holds(catalog: Catalog, name: str, path: str, encode: Callable[[pa.Array], pa.Array]) -> None:
    """Three rows of a column under a request that has every value: as it is, without the value, and as it is."""
    request: Any = REQUESTS[name]
    value = dict(flattened(request))[path]
    texts = pa.array([cell_of(value), None, cell_of(value)], pa.string())
    batch = pa.RecordBatch.from_arrays([pa.array(["a", "b", "c"]), encode(texts)], names=["account", path])
    result = bulk(batch, catalog, "lines", template=request)
    rows = result.bills.to_pylist()
    told = [{key: cell for key, cell in row.items() if key != "account"} for row in rows if row["account"] == "b"]
    alone = answer(without(request, path), catalog)
    if isinstance(alone, Bill):
        assert told == lines_of(alone)
    else:
        assert told == []
        [reject] = [row for row in result.rejects.to_pylist() if row["account"] == "b"]
        troubles = (alone,) if isinstance(alone, Refusal) else alone.faults
        assert (reject["code"], reject["field"]) in [(each.code.value, each.where) for each in troubles]
    assert {row["account"] for row in rows} >= {"a", "c"}


def cell_of(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def answer(data: Any, catalog: Catalog) -> Bill | Refusal | InvalidInput:
    try:
        return calculate(validated(Request, data), catalog, derivation=False)
    except InvalidInput as invalid:
        return invalid


@pytest.mark.no_cover
@pytest.mark.parametrize(("name", "path"), CELLS, ids=lambda each: each)
def test_an_empty_cell_never_takes_the_value_of_the_template(catalog: Catalog, name: str, path: str) -> None:
    holds(catalog, name, path, ENCODINGS["plain"])


@settings(deadline=None)
@given(cell=st.sampled_from(CELLS), encoding=st.sampled_from([*ENCODINGS]))
def test_a_null_is_one_in_every_encoding(catalog: Catalog, cell: tuple[str, str], encoding: str) -> None:
    holds(catalog, *cell, ENCODINGS[encoding])


@settings(deadline=None)
@given(cell=st.sampled_from([cell for cell in CELLS if is_number(cell[1])]), encoding=st.sampled_from([*NUMBERS]))
def test_a_null_among_numbers_is_no_zero(catalog: Catalog, cell: tuple[str, str], encoding: str) -> None:
    holds(catalog, *cell, NUMBERS[encoding])


@pytest.mark.parametrize("encoding", [*ENCODINGS, *NUMBERS])
def test_a_capacity_that_is_missing_is_not_zero_in_any_encoding(catalog: Catalog, encoding: str) -> None:
    path = "agreement.0.supply_points.S1.transformers.0.kva"
    assert ("official/guangxi-2024-06-p1", path) in CELLS
    holds(catalog, "official/guangxi-2024-06-p1", path, {**ENCODINGS, **NUMBERS}[encoding])


@pytest.mark.parametrize(
    "column",
    [
        pa.nulls(2),
        pa.nulls(2, pa.string()),
        pa.nulls(2, pa.int64()),
        pa.nulls(2, pa.decimal128(5, 2)),
        pa.nulls(2, pa.date32()),
        pa.nulls(2, pa.bool_()),
        pa.nulls(2, pa.dictionary(pa.int8(), pa.string())),
        pa.DictionaryArray.from_arrays(pa.array([0, 0]), pa.nulls(1, pa.string())),
        pc.run_end_encode(pa.nulls(2, pa.string())),
    ],
    ids=lambda column: str(column.type),
)
@pytest.mark.parametrize("path", ["agreement.0.supply_points.S1.transformers.0.kva", "metering_points.0.side"])
def test_a_column_of_nothing_but_nulls_tells_nothing(catalog: Catalog, path: str, column: pa.Array) -> None:
    request: Any = REQUESTS["official/guangxi-2024-06-p1"]
    batch = pa.RecordBatch.from_arrays([pa.array(["a", "b"]), column], names=["account", path])
    result = bulk(batch, catalog, "totals", template=request)
    alone = answer(without(request, path), catalog)
    assert isinstance(alone, InvalidInput)
    assert result.rejects.column("code").to_pylist() == [alone.faults[0].code] * 2


def test_a_days_year_may_be_one_that_python_has_not() -> None:
    days = pa.array([-800_000, 0, 10_000_000], pa.int32()).cast(pa.date32())
    [column] = plain_cells(pa.RecordBatch.from_arrays([days], names=["day"])).columns
    assert column.to_pylist() == ["-221-08-24", "1970-01-01", "29349-01-26"] or column[1].as_py() == "1970-01-01"
    assert plain_cells(pa.RecordBatch.from_pydict({"day": [date(1, 1, 1)]})).column(0).to_pylist() == ["0001-01-01"]


def test_short_decimals_are_decimals() -> None:
    batch = pa.RecordBatch.from_arrays([pa.array([Decimal("1.50"), None], pa.decimal32(5, 2))], names=["x"])
    assert plain_cells(batch).column(0).to_pylist() == [Decimal("1.50"), None]
