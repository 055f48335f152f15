"""A store as a file: its findings as a table, or with the whole log beside them as JSON and as a workbook."""

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.csv as pa_csv
import pytest

from billcalc.runs.audit_export import export_store
from billcalc.store.store import Store, Wanted
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from tests.store.auditing import whole_life


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(str(tmp_path / "findings.sqlite"), make=True)
    whole_life(made)
    yield made
    made.close()


def test_a_table_has_a_row_for_each_finding_with_its_money(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "findings.csv"
    export_store(store, Wanted(), out, lexicon=LEXICONS[Language.CHINESE])
    [row] = pa_csv.read_csv(out).to_pylist()
    assert (row["status"], row["code"], row["account"]) == ("closed", "bill_differs", "A-1")
    assert 500 in row.values()


def test_json_has_the_whole_log(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "log.json"
    export_store(store, Wanted(), out, lexicon=LEXICONS[Language.ENGLISH])
    told = json.loads(out.read_text(encoding="utf-8"))
    assert [event["seq"] for event in told["events"]] == list(range(1, len(told["events"]) + 1))
    assert [len(told[name]) for name in ("findings", "documents", "runs")] == [1, 2, 2]
