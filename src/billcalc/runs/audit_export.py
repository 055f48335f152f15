"""Findings as a table, and a whole store as JSON for whoever proves it without the program."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from billcalc.audit.diagnose.cells import money_of
from billcalc.audit.findings.chain import Event, canonical_text
from billcalc.audit.findings.say import first_cause, found_words
from billcalc.files.writing import replacing, write_file
from billcalc.runs.guarding import check_outputs
from billcalc.store.store import Everything, Listed, Store, Wanted
from billcalc.tables.workbook_writing import Page, write_pages
from billcalc.tables.writers import FORMATS, Tabular, written_format
from billcalc.wire.findings import document_data, event_data, finding_data, run_data
from billcalc.wire.json_writing import json_text
from billcalc.words.audits import PAGES, SHOWN
from billcalc.words.language import in_language
from billcalc.words.lexicon import Lexicon

__all__ = ["export_store"]

_MONEY = ("money", "corrected", "left")
_NAMES = (
    "id", "status", "level", "code", "cause", "account", "period", "money", "corrected", "left", "to", "first_run",
    "last_run", "what", "values", "fingerprint",
)  # fmt: skip
_SCHEMA = pa.schema(
    [
        (name, pa.int64() if name in ("id", "first_run", "last_run") else pa.decimal128(20, 2))
        if name in ("id", "first_run", "last_run", *_MONEY)
        else (name, pa.string())
        for name in _NAMES
    ]
)
_EVENTS = ("seq", "at", "actor", "finding_id", "kind", "body", "prev_hash", "hash")
_DOCUMENTS = ("id", "finding_id", "kind", "sha256", "total")
_RUNS = ("id", "at", "occasion", "way", "inputs_hash", "tariff_set", "engine", "checks_version", "counts")


def export_store(store: Store, wanted: Wanted, out: Path, *, lexicon: Lexicon) -> None:
    """Write what a store holds.

    Args:
        store: whose findings.
        wanted: which of them; a file of JSON and a workbook have the whole log beside them.
        out: its name tells the format: .json, .xlsx, .csv, .parquet, .arrow.
        lexicon: the words of sentences.

    Raises:
        InvalidInput: where the name tells no format, or the result is too long for a workbook.
        OSError: where it cannot be written.
    """
    check_outputs([out], [])
    found = store.findings(wanted)
    everything = store.everything()
    if out.suffix.lower() == ".json":
        write_file(out, json_text(_data(found, everything, lexicon)))
        return
    written_in = written_format(out)
    with replacing(out) as (file,):
        if written_in is Tabular.EXCEL:
            _write_workbook(found, everything, file, lexicon)
        else:
            columns = zip(*(_row(each, lexicon) for each in found), strict=True) if found else [()] * len(_NAMES)
            arrays = [pa.array(column, field.type) for column, field in zip(columns, _SCHEMA, strict=True)]
            batch = pa.RecordBatch.from_arrays(arrays, schema=_SCHEMA)
            FORMATS[written_in].write([batch], file, _SCHEMA)


def _data(found: Sequence[Listed], everything: Everything, lexicon: Lexicon) -> dict[str, object]:
    return {
        "kind": "store",
        "runs": [run_data(each) for each in everything.runs],
        "findings": [
            {**finding_data(each.finding, each.life, lexicon=lexicon), "values": dict(each.finding.values)}
            for each in found
        ],
        "documents": [document_data(each) for each in everything.documents],
        "events": [event_data(each) for each in everything.events],
    }


def _row(each: Listed, lexicon: Lexicon) -> tuple[object, ...]:
    finding, life = each.finding, each.life
    return (
        *(finding.id, life.status.value, finding.level.value, finding.code, first_cause(finding)),
        *(finding.account, finding.period),
        *map(_money, (finding.money_fen, life.corrected_fen, life.left_fen)),
        *(life.assigned_to, finding.first_run, finding.last_run),
        *("; ".join(found_words(lexicon, finding)), canonical_text(dict(finding.values)), finding.fingerprint),
    )


def _money(fen: int | None) -> Decimal | None:
    return None if fen is None else money_of(fen)


def _write_workbook(found: Sequence[Listed], everything: Everything, out: BinaryIO, lexicon: Lexicon) -> None:
    pages, words = in_language(PAGES, lexicon.language), in_language(SHOWN, lexicon.language)

    def head(names: Sequence[str]) -> list[str]:
        return [words.get(name, name) for name in names]

    documents = (
        (each.id, each.finding, each.kind.value, each.sha256, money_of(each.total_fen)) for each in everything.documents
    )
    runs = (tuple(_cell(value) for value in run_data(each).values()) for each in everything.runs)
    write_pages(
        out,
        [
            Page(pages["findings"], head(_NAMES), (_row(each, lexicon) for each in found)),
            Page(pages["events"], head(_EVENTS), _event_rows(everything.events)),
            Page(pages["documents"], head(_DOCUMENTS), documents),
            Page(pages["runs"], head(_RUNS), runs),
        ],
    )


def _event_rows(events: Sequence[Event]) -> Iterator[tuple[object, ...]]:
    for each in events:
        body = canonical_text(dict(each.body))
        yield each.seq, each.at, each.actor, each.finding, each.kind, body, each.prev_hash, each.hash


def _cell(value: object) -> object:
    return canonical_text(value) if isinstance(value, dict) else value
