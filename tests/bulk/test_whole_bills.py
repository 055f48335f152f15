"""Whole bills in columns are to the last digit those that are billed one by one, and what cannot be billed is told alike.

By default 200 accounts, 2,000 in CI; ``make soak`` takes a million: the number is that of the variable ``BILLCALC_ACCOUNTS``.
"""

import os
from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import settings

from billcalc.bulk import calculate
from billcalc.tariff.catalog import Catalog
from tests.bulk import tariffs
from tests.bulk.accounts import spoiled_structures
from tests.bulk.comparing import Tally, batch_of, bulk, compare
from tests.bulk.numbers import Numbers, accounts

ACCOUNTS = int(os.environ.get("BILLCALC_ACCOUNTS", "200" if settings().max_examples < 100 else "2000"))
SHARES = 5 if ACCOUNTS > 200 else 2
"""Tests of their own, so that several processes share the work evenly."""
PER_STRUCTURE = 8 if ACCOUNTS <= 5000 else 50
"""Many structures where there are few accounts; a million accounts have 20,000, and are planned in less time."""
BATCH_ROWS = 2000

Rows = tuple[list[Any], list[Any]]
"""The rows of bills and of rejects."""

CODES_EXPECTED = {
    "agreement_gap",
    "child_above_parent",
    "closing_below_opening",
    "demand_missing",
    "inconsistent",
    "negative",
    "negative_energy",
    "no_active_energy",
    "no_document",
    "not_a_number",
    "not_supported",
    "reading_missing",
    "register_missing",
    "span_reversed",
    "unknown_key",
    "unknown_reference",
    "unknown_word",
    "wrong_type",
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return tariffs.catalog()


@pytest.mark.parametrize("share", [0, *(pytest.param(share, marks=pytest.mark.no_cover) for share in range(1, SHARES))])
def test_every_line_of_every_account_is_that_of_its_own_bill(catalog: Catalog, share: int) -> None:
    tally = Tally()
    invented = accounts(Random(20260 + share), ACCOUNTS // SHARES, per_structure=PER_STRUCTURE)
    while batch := list(islice(invented, BATCH_ROWS)):
        compare(batch, catalog, tally)
    rejected = sum(tally.rejected.values())
    assert tally.billed + rejected == ACCOUNTS // SHARES
    assert tally.billed > rejected, "most accounts are sound"
    assert tally.paths["columns"] > tally.paths["scalars"] > 0
    assert tally.lines > 10 * tally.billed


def test_the_accounts_have_every_reason_not_to_be_billed(catalog: Catalog) -> None:
    random = Random(3)
    spoiled = [
        (f"S{place}", Numbers(random).filled(data)) for place, data in enumerate(spoiled_structures(random, each=5))
    ]
    batch = batch_of([*accounts(random, 400, per_structure=8), *spoiled])
    assert set(bulk(batch, catalog, "totals").rejects.column("code").to_pylist()) >= CODES_EXPECTED


@pytest.fixture(scope="module")
def batch() -> pa.RecordBatch:
    return batch_of(accounts(Random(4), 160, per_structure=8))


@pytest.fixture(scope="module")
def together(batch: pa.RecordBatch, catalog: Catalog) -> Rows:
    """What is told of the whole batch at once."""
    return bills([batch], catalog, "lines")


def bills(batches: list[pa.RecordBatch], catalog: Catalog, output: Any) -> Rows:
    """The rows of all results."""
    results = list(calculate(batches, catalog, output=output))
    assert sum(batch.num_rows for batch in batches) == sum(each.billed + each.rejects.num_rows for each in results)
    return (
        [row for each in results for row in each.bills.to_pylist()],
        [row for each in results for row in each.rejects.to_pylist()],
    )


@pytest.mark.no_cover
@pytest.mark.parametrize("rows", [3, 7, 159])
def test_the_size_of_batches_changes_nothing(
    batch: pa.RecordBatch, together: Rows, catalog: Catalog, rows: int
) -> None:
    parts = [batch.slice(start, rows) for start in range(0, batch.num_rows, rows)]
    assert bills(parts, catalog, "lines") == together


@pytest.mark.no_cover
def test_the_order_of_rows_changes_nothing(batch: pa.RecordBatch, together: Rows, catalog: Catalog) -> None:
    order = Random(1).sample(range(batch.num_rows), batch.num_rows)
    shuffled = batch.take(pa.array(order))
    assert by_account(bills([shuffled], catalog, "lines")) == by_account(together)


def by_account(found: Rows) -> dict[str, list[Any]]:
    """What each account was told, in the order of its lines; the numbers of rows aside."""
    told: dict[str, list[Any]] = {}
    for row in (*found[0], *found[1]):
        told.setdefault(row["account"], []).append({key: value for key, value in row.items() if key != "row"})
    return told


def test_rows_without_any_number_wrong_are_not_touched_by_those_beside_them(
    batch: pa.RecordBatch, together: Rows, catalog: Catalog
) -> None:
    everything = by_account(together)
    sound = [name for name, rows in everything.items() if "message" not in rows[0]]
    keep = pa.array([name in set(sound) for name in batch.column("account").to_pylist()])
    alone = by_account(bills([batch.filter(keep)], catalog, "lines"))
    assert alone == {name: everything[name] for name in sound}


def invented_batches() -> Iterator[pa.RecordBatch]:
    for seed in range(3):
        yield batch_of(accounts(Random(seed), 30, per_structure=5))


def of_its_own_accounts(batch: pa.RecordBatch, number: int) -> pa.RecordBatch:
    """The same batch with accounts that no other batch has."""
    accounts = pa.array([f"{number}-{name}" for name in batch.column("account").to_pylist()])
    return batch.set_column(batch.schema.get_field_index("account"), "account", accounts)


def test_batches_may_have_columns_of_their_own(catalog: Catalog) -> None:
    batches = [of_its_own_accounts(batch, number) for number, batch in enumerate(invented_batches())]
    together = list(calculate(batches, catalog, output="totals"))
    for batch, result in zip(batches, together, strict=True):
        assert result.bills.to_pylist() == bulk(batch, catalog, "totals").bills.to_pylist()
