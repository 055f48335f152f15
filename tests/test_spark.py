"""Rows of requests as a cluster hands them over: each comes out, billed as tables are billed or rejected as they are."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pytest

from billcalc import spark
from billcalc.bulk.calculate import calculate
from billcalc.bulk.output import ByPlace, Output
from billcalc.files.documents import read_document
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.catalog import load_catalog
from billcalc.spark import KEY, ROW, Billing, bill_frame
from tests.documents import ROOT

TEMPLATE: Any = read_document(str(ROOT / "fixtures/bulk/template.yaml")).data
CATALOG = load_catalog(areas=["cn-guangxi"])


def requests() -> pa.RecordBatch:
    """The two rows of the fixture that are billed and the two that are not, the first again with zeros, and sums."""
    texts = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(_head(), pa.string()))
    table = pyarrow.csv.read_csv(ROOT / "fixtures/bulk/readings.csv", convert_options=texts)
    again = table.slice(0, 1).set_column(0, "account", pa.array(["000301"]))
    sums = table.slice(0, 1).set_column(0, "account", pa.array(["合计"]))
    return pa.concat_tables([table, again, sums]).combine_chunks().to_batches()[0]


def _head() -> list[str]:
    return (ROOT / "fixtures/bulk/readings.csv").read_text(encoding="utf-8").splitlines()[0].split(",")


def numbered(batch: pa.RecordBatch, first: int = 1) -> pa.RecordBatch:
    return batch.append_column(ROW, pa.array(range(first, first + batch.num_rows), pa.int64()))


class Rows:
    """A frame of one machine: what it is asked, it does with the batches it has."""

    def __init__(self, batches: Iterable[pa.RecordBatch], kinds: dict[str, str] | None = None) -> None:
        self.batches = list(batches)
        self.kinds = kinds or {}

    @property
    def dtypes(self) -> list[tuple[str, str]]:
        return [
            (name, self.kinds.get(name, "bigint" if name == ROW else "string")) for name in self.batches[0].schema.names
        ]

    def toDF(self, *cols: str) -> Self:
        return type(self)(batch.rename_columns(list(cols)) for batch in self.batches)

    def mapInArrow(self, func: Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]], schema: str) -> Self:
        made = type(self)(func(iter(self.batches)))
        made.told = schema
        return made

    told = ""

    def repartition(self, *cols: Any) -> Self:
        assert cols[-1] in (ROW, KEY)
        return self


def told(frame: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pa.Table.from_batches(frame.batches).sort_by(ROW).to_pylist()
    return rows


@pytest.mark.parametrize("output", ["totals", "components", "lines", "problems"])
def test_every_row_comes_out_as_tables_bill_it(output: Any) -> None:
    [local] = calculate([requests()], CATALOG, output=output, template=TEMPLATE)
    rows = told(bill_frame(Rows([numbered(requests())]), template=TEMPLATE, output=output))

    bills = [{name: row[name] for name in local.bills.schema.names} for row in rows if row["reject_code"] is None]
    assert bills == local.bills.to_pylist()
    rejects = [
        {
            "row": row["row"],
            "account": row["account"],
            **{name: row[f"reject_{name}"] for name in ("field", "code", "message")},
        }
        for row in rows
        if row["reject_code"] is not None
    ]
    assert rejects == local.rejects.to_pylist()
    assert [each["code"] for each in rejects] == ["closing_below_opening", "not_a_number", "twice", "row_of_sums"]
    assert {row["row"] for row in rows} == {1, 2, 3, 4, 5, 6}
    assert {(row["tariff_set"], row["currency"]) for row in rows} == {(CATALOG.version, "CNY")}
    assert (rows[0]["period_from"], rows[0]["period_to"]) == ("2024-06-01", "2024-07-01")


def test_the_row_that_counts_is_the_first_of_all_wherever_it_was() -> None:
    batch = numbered(requests()).take(pa.array([4, 1, 0]))
    rows = told(bill_frame(Rows([batch.slice(0, 2), batch.slice(2)]), template=TEMPLATE))
    assert [(row["row"], row["reject_code"]) for row in rows] == [(1, None), (2, None), (5, "twice")]
    assert "row 1 " in rows[2]["reject_message"]


def test_rows_that_share_a_number_or_have_none_are_rejected_wherever_they_are() -> None:
    # whichever partitions they are in: they come together by their number first
    numbers = pa.array([7, 7, None, None, 9, 8], pa.int64())
    batch = requests().append_column(ROW, numbers)
    rows = told(bill_frame(Rows([batch.slice(0, 1), batch.slice(1)]), template=TEMPLATE))
    assert len(rows) == batch.num_rows
    assert [(row["row"], row["reject_field"], row["reject_code"]) for row in rows if row["row"] in (7, None)] == [
        (7, "/row", "duplicate_id"), (7, "/row", "duplicate_id"),
        (None, "/row", "missing_key"), (None, "/row", "missing_key"),
    ]  # fmt: skip
    assert {row["reject_message"] for row in rows if row["row"] == 7} == {
        'the id "7" stands twice; give each its own id'
    }


def test_a_worker_without_rows_counts_none() -> None:
    billing = Billing(TEMPLATE, Output.TOTALS, None)
    assert list(billing.counted([])) == list(billing.counted([numbered(requests()).slice(0, 0)])) == []


def test_the_frame_is_told_what_its_columns_are() -> None:
    frame = bill_frame(Rows([numbered(requests())]), template=TEMPLATE)
    assert frame.told.startswith(
        "`row` bigint, `account` string, `period_from` string, `period_to` string, `energy` decimal(38,2)"
    )
    assert "`kwh` decimal(38,8), `path` string" in frame.told
    lines = bill_frame(Rows([numbered(requests())]), template=TEMPLATE, output="lines")
    assert "`from` date, `to` date" in lines.told


def test_messages_are_in_the_language_that_is_asked_for() -> None:
    rows = told(bill_frame(Rows([numbered(requests())]), template=TEMPLATE, language="zh"))
    assert "倒走" in rows[2]["reject_message"] or "小于" in rows[2]["reject_message"]


def test_numbers_may_be_decimals_and_columns_json_pointers() -> None:
    batch = requests().slice(0, 2)
    kva = "agreement.0.supply_points.S1.transformers.0.kva"
    place = batch.schema.get_field_index(kva)
    numbers = batch.column(place).cast(pa.decimal128(12, 2))
    batch = batch.set_column(place, "/" + kva.replace(".", "/"), numbers)
    frame = Rows([numbered(batch)], {"/" + kva.replace(".", "/"): "decimal(12,2)"})
    [local] = calculate([requests().slice(0, 2)], CATALOG, template=TEMPLATE)
    assert [row["total"] for row in told(bill_frame(frame, template=TEMPLATE))] == local.bills["total"].to_pylist()


def without(name: str) -> pa.RecordBatch:
    batch = numbered(requests())
    return batch.select([each for each in batch.schema.names if each != name])


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (Rows([without(ROW)]), FaultCode.MISSING_KEY),
        (Rows([without("account")]), FaultCode.MISSING_KEY),
        (Rows([numbered(requests())], {ROW: "string"}), FaultCode.WRONG_TYPE),
        (Rows([numbered(requests())], {"metering_points.0.readings.1.peak": "double"}), FaultCode.NOT_A_NUMBER),
        (Rows([numbered(requests())], {"metering_points.0.readings.1.peak": "binary"}), FaultCode.WRONG_TYPE),
        (
            Rows([numbered(requests()).append_column("metering_points.3.id", pa.nulls(6, pa.string()))]),
            FaultCode.INCONSISTENT,
        ),
    ],
)
def test_columns_that_are_none_of_requests_are_refused_before_anything_is_billed(frame: Rows, code: FaultCode) -> None:
    with pytest.raises(InvalidInput) as told_of:
        bill_frame(frame, template=TEMPLATE)
    assert code in [fault.code for fault in told_of.value.faults]


def test_a_renamed_column_rejects_every_row_and_loses_none() -> None:
    batch = numbered(requests()).slice(0, 2)
    names = [
        "metering_points.0.readings.1.peek" if name == "metering_points.0.readings.1.peak" else name
        for name in batch.schema.names
    ]
    rows = told(bill_frame(Rows([batch.rename_columns(names)]), template=TEMPLATE))
    assert [(row["row"], row["total"], row["reject_code"] is None) for row in rows] == [
        (1, None, False),
        (2, None, False),
    ]


def test_a_worker_with_other_tariffs_bills_nothing() -> None:
    billing = Billing(TEMPLATE, tariff_set="of another day")
    with pytest.raises(InvalidInput) as told_of:
        list(billing.billed([numbered(requests())]))
    assert told_of.value.faults[0].facts["asked"] == "of another day"
    assert list(replace(billing, tariff_set=None).billed([])) == []


def test_own_tariffs_are_read_from_their_directory() -> None:
    template = {key: value for key, value in TEMPLATE.items() if key != "area"}
    area = pa.array(["广西"] * 2)
    batch = numbered(requests().slice(0, 2).append_column("area", area))
    rows = told(bill_frame(Rows([batch]), template=template, tariffs=str(ROOT / "tariffs")))
    [local] = calculate([requests().slice(0, 2)], CATALOG, template=TEMPLATE)
    assert [row["total"] for row in rows] == local.bills["total"].to_pylist()


def test_of_many_rows_some_are_billed_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = told(bill_frame(Rows([numbered(requests())]), template=TEMPLATE))
    monkeypatch.setattr(spark, "AT_ONCE", 2)
    assert told(bill_frame(Rows([numbered(requests())]), template=TEMPLATE, partitions=3)) == rows


def test_an_output_is_called_what_it_is_of_accounts() -> None:
    assert ByPlace(Output.LINES).value == "lines"


def test_what_is_done_again_comes_to_the_same() -> None:
    billing = Billing(TEMPLATE, Output.LINES)
    twice = [list(billing.billed(billing.keyed([numbered(requests())]))) for _ in range(2)]
    assert twice[0] == twice[1]
    assert all(isinstance(amount, Decimal) for amount in twice[0][0]["amount"].to_pylist())
    assert pc.all(pc.is_null(twice[0][1]["amount"])).as_py()
