"""Advice on tables of accounts with a row for each month: what ``billcalc advise --bulk`` does.

The months are billed every way in columns; of each account the cheapest ways by the rules are those that ``billcalc
advise`` finds of it alone, and the one contract of all its months is billed once more, for the others are lines between
bills.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from billcalc.advice.bulk import ADVISED, Accounts, Advised, accounts_of, advised
from billcalc.advice.collecting import AdviceWanted, ContractWanted
from billcalc.advice.shifting import Shift
from billcalc.advice.table_words import TABLE
from billcalc.advice.words import WAYS
from billcalc.bulk.paths import ACCOUNT
from billcalc.bulk.run import Counts
from billcalc.files import disk
from billcalc.files.writing import replacing
from billcalc.library.catalog import load_catalog
from billcalc.runs.batches import Settings, Watcher, bill_tables, default_rejects
from billcalc.runs.guarding import check_outputs
from billcalc.tables.workbook_writing import Page, write_pages
from billcalc.tables.writers import FORMATS, Tabular, written_format
from billcalc.words.language import in_language
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.naming import money

__all__ = ["BulkAdvice", "advise_tables", "summary_rows"]

_MONEY = pa.decimal128(38, 2)
_SCHEMA = pa.schema([(name, _MONEY if kind == "money" else pa.string() if kind == "text" else pa.int64())
                     for name, kind in {ACCOUNT: "text", **ADVISED}.items()])  # fmt: skip


@dataclass(frozen=True, slots=True)
class BulkAdvice:
    """What the advice on many accounts comes to.

    Attributes:
        months: what became of the rows.
        accounts: how many there are.
        with_plan: for how many another way costs less.
        untold: for how many nothing is told, by the reason.
        paid, saved, moved, compensated: of all accounts, in fen.
    """

    months: Counts
    accounts: int
    with_plan: int
    untold: Mapping[str, int]
    paid: int
    saved: int
    moved: int
    compensated: int


def advise_tables(settings: Settings, shift: Shift, watcher: Watcher | None = None) -> BulkAdvice:
    """Advise on every account of some tables.

    Args:
        settings: of the run; ``out`` takes a row for each account, and beside it stand the rows that could not be
            billed.
        shift: how much load is moved in each month.
        watcher: is told how billing goes on.

    Raises:
        InvalidInput: with what is wrong with the inputs or settings.
    """
    out, rejects = settings.out, settings.rejects or default_rejects(settings.out)
    written_in = written_format(out, settings.format)
    check_outputs([out, rejects], settings.inputs)
    catalog = settings.catalog or load_catalog(settings.tariffs)
    lexicon = LEXICONS[settings.language]
    with disk.scratch_directory(out.parent) as folder:
        scratch = Path(folder)
        wanted = replace(settings, out=scratch / "months.parquet", rejects=rejects, format=None, catalog=catalog,
                         output=AdviceWanted(catalog, shift))  # fmt: skip
        counts = bill_tables(wanted, watcher)
        accounts = accounts_of(pq.read_table(wanted.out))
        again = ContractWanted(catalog, *accounts.contracts)
        second = replace(wanted, out=scratch / "one.parquet", rejects=scratch / "rejects.csv", output=again)
        bill_tables(second, watcher)
        found = advised(accounts, pq.read_table(second.out, columns=["one"]).column("one"))
        with replacing(out) as (file,):
            _write(accounts, found, file, written_in, counts, lexicon)
    return _summed(accounts, found, counts)


def _summed(accounts: Accounts, found: Advised, counts: Counts) -> BulkAdvice:
    saved = found.numbers["saved"]
    why = found.texts["why"]
    untold = {name: int((why == name).sum()) for name in np.unique(why).tolist() if name}
    sums = {name: int(found.numbers[name][found.known[name]].sum()) for name in ("paid", "saved", "shift_saved",
                                                                                  "compensation_saved")}  # fmt: skip
    with_plan = int((found.known["saved"] & (saved > 0)).sum())
    return BulkAdvice(counts, len(accounts.names), with_plan, untold, *sums.values())


def _batch(accounts: Accounts, found: Advised) -> pa.RecordBatch:
    arrays: list[pa.Array] = [accounts.names]
    for field in list(_SCHEMA)[1:]:
        if field.name in found.texts:
            arrays.append(pa.array(found.texts[field.name].tolist(), pa.string()))
            continue
        numbers, known = found.numbers[field.name], found.known[field.name]
        whole = pa.array(numbers, pa.int64(), mask=~known)
        arrays.append(_in_money(numbers, known) if field.type == _MONEY else whole)
    return pa.RecordBatch.from_arrays(arrays, schema=_SCHEMA)


def _in_money(fen: NDArray[np.int64], known: NDArray[np.bool_]) -> pa.Array:
    """Fen as amounts."""
    words = np.empty((len(fen), 2), dtype=np.int64)
    words[:, 0], words[:, 1] = fen, fen >> 63
    bits = pa.array(known).buffers()[1]
    return pa.Array.from_buffers(_MONEY, len(fen), [bits, pa.py_buffer(words)])


def _write(
    accounts: Accounts, found: Advised, out: BinaryIO, written_in: Tabular, counts: Counts, lexicon: Lexicon
) -> None:
    batch = _batch(accounts, found)
    if written_in is not Tabular.EXCEL:
        FORMATS[written_in].write([batch], out, _SCHEMA)
        return
    words = in_language(TABLE, lexicon.language)
    rows = (_in_words(row, words, lexicon) for row in batch.to_pylist())
    pages = [
        Page(words["summary"], (), summary_rows(_summed(accounts, found, counts), lexicon)),
        Page(words["accounts"], [words[name] for name in _SCHEMA.names], rows),
    ]
    with disk.spool() as draft:
        write_pages(draft, pages)
        draft.seek(0)
        shutil.copyfileobj(draft, out)


def _in_words(row: Mapping[str, object], words: Mapping[str, str], lexicon: Lexicon) -> Sequence[object]:
    """A row for people: codes by their words."""
    plan = str(row["plan"])
    for way, pair in WAYS.items():
        plan = plan.replace(f"{way.value} ", f"{pair.of(lexicon.language)} ")
    return list({**row, "why": words.get(str(row["why"]), ""), "plan": plan}.values())


def summary_rows(advice: BulkAdvice, lexicon: Lexicon) -> Iterator[Sequence[object]]:
    """How many accounts there are, for how many another way costs less, and what that comes to."""
    words = in_language(TABLE, lexicon.language)
    yield words["accounts"], f"{advice.accounts:,}"
    yield words["months_billed"], f"{advice.months.billed:,}"
    yield words["rejected"], f"{advice.months.rejected:,}"
    yield words["with_plan"], f"{advice.with_plan:,}"
    for name, fen in (("paid", advice.paid), ("saved", advice.saved), ("shift_saved", advice.moved),
                      ("compensation_saved", advice.compensated)):  # fmt: skip
        yield words[name], _money(fen)
    for why, count in advice.untold.items():
        yield words[why], f"{count:,}"


def _money(fen: int) -> str:
    return money(Decimal(fen).scaleb(-2))
