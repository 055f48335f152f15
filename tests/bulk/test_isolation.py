"""A row at which the program fails is rejected with that, and harms no other row."""

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.billing.calculate import calculate
from billcalc.billing.evaluate import evaluate
from billcalc.billing.request import Request
from billcalc.bulk import plans as planning
from billcalc.bulk import singles
from billcalc.bulk.column import Column
from billcalc.bulk.paths import request_data
from billcalc.bulk.rejects import Rejects, failure
from billcalc.fields import validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal
from billcalc.tariff.catalog import Catalog
from tests.bulk import tariffs
from tests.bulk.comparing import bulk
from tests.bulk.test_calculate import KWH, TEMPLATE, billed, rejects

BAD = 666


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return tariffs.catalog()


def failing(evaluating: Callable[..., Any]) -> Callable[..., Any]:
    """An evaluation that fails where a bill has the bad number among its inputs."""

    def failing_evaluate(plan: Any, arithmetic: Any) -> Any:
        [kwh] = [value for slot, value in arithmetic._inputs.items() if slot.where.endswith("/given/kwh/total")]
        numbers = getattr(kwh, "numbers", None)
        if (numbers == BAD).any() if numbers is not None else kwh.number == BAD:
            raise OverflowError("no room")
        return evaluating(plan, arithmetic)

    return failing_evaluate


@pytest.fixture
def _fails(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = sys.modules["billcalc.bulk.calculate"]  # its name is that of a function, too
    monkeypatch.setattr(columns, "evaluate", failing(evaluate))
    monkeypatch.setattr(singles, "evaluate", failing(evaluate))


@pytest.mark.usefixtures("_fails")
@pytest.mark.parametrize("bad", [[0], [4], [2, 3], [0, 1, 2, 3, 4]])
def test_the_rows_at_which_it_fails_are_found_and_the_others_are_billed(catalog: Catalog, bad: list[int]) -> None:
    kwh = [str(BAD) if row in bad else str(row) for row in range(5)]
    for output in ("totals", "lines", "problems"):
        result = billed(catalog, {KWH: kwh}, output)
        assert rejects(result) == [(row + 1, "", "internal") for row in bad]
        assert result.billed == 5 - len(bad)
        assert result.problems["internal"] == len(bad)
    message = result.rejects.column("message")[0].as_py()
    assert message.startswith("billcalc failed by a fault of its own: OverflowError at test_isolation.py:")
    assert "no room" in message


@pytest.mark.usefixtures("_fails")
def test_the_other_rows_have_the_bills_they_would_have_had(catalog: Catalog) -> None:
    with_bad = billed(catalog, {KWH: ["5", str(BAD), "7"]}, "lines").bills.to_pylist()
    without = billed(catalog, {KWH: ["5", "6", "7"]}, "lines").bills.to_pylist()
    assert with_bad == [row for row in without if row["account"] != "A1"]


def test_a_structure_at_which_it_fails_rejects_its_rows(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    validate = validated

    def failing_validated(model: Any, data: Any) -> Any:
        if data["area"] == "bad":
            raise RecursionError("too deep")
        return validate(model, data)

    monkeypatch.setattr(planning, "validated", failing_validated)
    result = billed(catalog, {KWH: ["1", "2", "9" * 20], "area": ["bad", "cn-east", "bad"]})
    assert rejects(result) == [(1, "", "internal"), (3, "", "internal")]
    assert result.billed == 1


def test_a_memory_that_is_full_is_no_rows_fault() -> None:
    with pytest.raises(MemoryError):
        failure(MemoryError())


ODD: dict[str, list[Any]] = {
    "metering_points.0.config.0.digits": ["400", "999999999", "-1", "0", "1e9", "９", "6"],
    "metering_points.0.config.0.multiplier": ["0", "9" * 5000, "9" * 40, "0." + "0" * 37 + "1", "-0", "NaN"],
    "metering_points.0.readings.1.total": ["0", "9" * 39, "1", "inf", "\ud800".encode("utf-8", "replace").decode()],
    "metering_points.0.readings.1.rollover.0": ["total", "peak", "nothing"],
    "period.from": ["0001-01-01", "9999-12-31", "2024-05-01", "10000-01-01", "-0001-01-01", "2024-02-30"],
    "period.to": ["0001-01-02", "9999-12-31", "2024-06-01", "P999999999Y"],
    "cycle.to": ["9999-12-31", "2024-06-01"],
    "agreement.0.from": ["0001-01-01", "9999-12-31"],
    "metering_points.0.side": ["low", "high", "\x00", "💥" * 1000],
    "given.0.amount": ["1e400", "0." + "9" * 38, "1.5"],
    "area": ["cn-east", "cn-nowhere", "", "x" * 10_000],
    "conventions.kwh.round.reading": ["0", "1", "0." + "0" * 37 + "1", "-1"],
}


def test_a_number_that_is_too_long_for_a_sentence_is_told_by_its_length(catalog: Catalog) -> None:
    columns = {"metering_points.0.config.0.digits": ["6", "400"], "metering_points.0.readings.1.rollover.0": [None, "total"],
               "metering_points.0.readings.1.total": ["9", "2"]}  # fmt: skip
    batch = pa.RecordBatch.from_pydict({"account": ["a", "b"], **columns})
    result = bulk(batch, catalog, "totals", template=readings_template())
    assert result.billed == 1
    assert result.rejects.column("row").to_pylist() == [2]


def test_a_number_of_a_thousand_bits_is_shown_by_its_length() -> None:
    rejects = Rejects(pa.array(["a"]), 1)
    rejects.add(np.array([0]), Fault(FaultCode.NEGATIVE, "", {}), {"value": Column.constant(-(10**400))})
    assert rejects.batch().column("message")[0].as_py().startswith("a number of about 398 digits is negative")


@given(data=st.data())
def test_whatever_a_row_holds_it_is_billed_or_rejected_as_it_would_be_alone(
    catalog: Catalog, data: st.DataObject
) -> None:
    template = readings_template()
    paths = data.draw(st.lists(st.sampled_from([*ODD]), min_size=1, max_size=4, unique=True))
    rows = data.draw(st.integers(1, 4))
    cells = {path: [data.draw(st.sampled_from([*ODD[path], None])) for _ in range(rows)] for path in paths}
    accounts = [f"A{row}" for row in range(rows)]
    arrays = {path: pa.array(values, pa.string()) for path, values in cells.items()}
    result = bulk(pa.RecordBatch.from_pydict({"account": accounts, **arrays}), catalog, "totals", template=template)
    told = {row["account"]: row["code"] for row in result.rejects.to_pylist()}
    assert result.billed + len(told) == rows
    for row, account in enumerate(accounts):
        values = {path: column[row] for path, column in cells.items()}
        alone = alone_of(request_data(template, values), catalog)
        if alone is not None and any(value is not None for value in values.values()):
            assert told.get(account, "bill") in alone


def alone_of(request: Any, catalog: Catalog) -> Any:
    """The codes of a single request's answer; None where the program fails at it."""
    try:
        answer = calculate(validated(Request, request), catalog, derivation=False)
    except InvalidInput as invalid:
        return [fault.code.value for fault in invalid.faults]
    except Exception:  # noqa: BLE001 - what a single request must not do, and a row must outlive
        return None
    return [answer.code.value] if isinstance(answer, Refusal) else ["bill", "out_of_range"]


def readings_template() -> dict[str, Any]:
    point = {key: value for key, value in TEMPLATE["metering_points"][0].items() if key not in ("given", "children")}
    config = [{"from": "2024-05-01", "meter": "A", "multiplier": "10", "digits": "6"}]
    readings = [
        {"at": "2024-05-01", "kind": "opening", "total": "5"},
        {"at": "2024-06-01", "kind": "closing", "total": "9"},
    ]
    return {**TEMPLATE, "metering_points": [{**point, "config": config, "readings": readings}]}


def test_the_template_of_the_odd_rows_is_billed_where_nothing_is_odd(catalog: Catalog) -> None:
    result = bulk(pa.RecordBatch.from_pydict({"account": ["a"]}), catalog, "totals", template=readings_template())
    assert result.billed == 1, result.rejects.to_pylist()
