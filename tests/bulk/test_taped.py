"""A plan's tape in columns: to the last digit what the rules give, and the rules where it is not for a row."""

from collections.abc import Mapping
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from billcalc.bulk import calculate, taped
from billcalc.bulk.blocks import Blocks
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from tests.bulk import tariffs
from tests.bulk.comparing import batch_of, bulk
from tests.bulk.test_fixtures import FIXTURES, names, request_of
from tests.bulk.test_isolation import readings_template

OUTPUTS = ("totals", "components", "lines", "problems")
KWH = "metering_points.0.readings.1.total"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def told(batch: pa.RecordBatch, catalog: Catalog, *, by_tape: bool, **more: Any) -> list[Any]:
    """All that is told of a batch whose rows are billed by tapes, or by rules alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_module("billcalc.bulk.calculate"), "FEW_ROWS", 0)
        patch.setattr(taped, "AT_ONCE_ROWS", 1 if by_tape else 10**9)
        results = [bulk(batch, catalog, output, **more) for output in OUTPUTS]
    return [(each.bills.to_pylist(), each.rejects.to_pylist(), each.billed, each.problems) for each in results]


@pytest.mark.no_cover
@pytest.mark.parametrize("fixture", FIXTURES, ids=names(FIXTURES))
def test_rows_are_billed_by_tapes_as_by_rules(fixture: Path, catalog: Catalog) -> None:
    batch = batch_of([(name, request_of(fixture)) for name in ("one", "two", "three")])
    assert told(batch, catalog, by_tape=True) == told(batch, catalog, by_tape=False)


class Ran:
    """Counts how often blocks were written and run."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.written = self.run = 0
        make, run = Blocks.__init__, Blocks.run

        def making(blocks: Blocks, *args: Any) -> None:
            self.written += 1
            make(blocks, *args)

        def running(blocks: Blocks, *args: Any) -> Any:
            self.run += 1
            return run(blocks, *args)

        patch.setattr(Blocks, "__init__", making)
        patch.setattr(Blocks, "run", running)
        patch.setattr(import_module("billcalc.bulk.calculate"), "FEW_ROWS", 0)
        patch.setattr(taped, "AT_ONCE_ROWS", 3)
        patch.setattr(taped, "AS_LONG_AS_ROWS", 1)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> Ran:
    return Ran(monkeypatch)


def amounts(cells: list[list[object]], catalog: Catalog | None = None) -> list[Decimal]:
    """The totals of some batches with these readings, one after the other by the same plans."""
    made: list[pa.RecordBatch] = []
    for number, each in enumerate(cells):
        accounts = [f"{number}-{row}" for row in range(len(each))]
        made.append(pa.RecordBatch.from_pydict({"account": accounts, KWH: each}))
    found = calculate(made, catalog or tariffs.catalog(), template=readings_template())
    return [row["total"] for result in found for row in result.bills.to_pylist()]


def test_a_tape_is_made_for_many_rows_at_once_or_one_after_the_other(ran: Ran) -> None:
    assert len(amounts([["100", "200"]])) == 2
    assert ran.run == 0
    assert len(amounts([["100", "200"], ["300"]])) == 3
    assert ran.run == 1
    assert len(amounts([["100", "200", "300"]])) == 3
    assert (ran.written, ran.run) == (2, 2)


def test_a_tape_is_made_for_few_rows_that_come_back(ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taped, "AS_LONG_AS_ROWS", 2)
    assert len(amounts([["100"], ["101"], ["102"]])) == 3
    assert (ran.written, ran.run) == (1, 2)


def test_steps_are_written_anew_for_larger_numbers_more_decimals_and_another_sign(ran: Ran) -> None:
    batches: list[list[object]] = [["100", "101", "102"], ["99", "3", "1"], ["5000", "5", "7.5"], ["12", "8", "-1"]]
    alone = [total for batch in batches for total in amounts([batch])]
    ran.written = 0
    assert amounts(batches) == alone
    assert ran.written == 3


def test_steps_that_were_written_anew_too_often_are_none(ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taped, "WIDENED_MAX", 1)
    assert len(amounts([["100", "101", "102"], ["5000", "5", "7"]])) == 6
    assert (ran.written, ran.run) == (1, 1)


def test_numbers_that_steps_do_not_fit_are_for_the_rules(ran: Ran) -> None:
    """The digits of a number are what columns take, its product with the price is not."""
    huge: list[list[object]] = [["123456789012.123456", "1", "2"]]
    template: Mapping[str, Any] = readings_template()
    assert ran.run == 0
    batch = pa.RecordBatch.from_pydict({"account": ["a", "b", "c"], KWH: huge[0]})
    by_tape, by_rules = (told(batch, tariffs.catalog(), by_tape=each, template=template) for each in (True, False))
    assert by_tape == by_rules


def test_what_is_wrong_with_rows_is_told_as_by_the_rules() -> None:
    """Too high for its digits, below zero, no number, rolled over, with a last digit of its own, and sound."""
    columns = {"account": ["a", "b", "c", "d", "e", "f"], KWH: ["9999999", "-1", "x", "100", "100.5", "200"]}
    batch = pa.RecordBatch.from_pydict(columns)
    by_tape, by_rules = (
        told(batch, tariffs.catalog(), by_tape=each, template=readings_template()) for each in (True, False)
    )
    assert by_tape == by_rules
    assert 0 < by_tape[0][2] < 6


def test_where_recording_fails_the_rules_tell_it(ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("no tape")

    expected = amounts([["100", "101", "102"]])
    monkeypatch.setattr(taped, "evaluate", fails)
    ran.run = 0
    assert amounts([["100", "101", "102"]]) == expected
    assert ran.run == 0
