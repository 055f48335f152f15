"""A comparison of tables as a workbook: first how many, how much over and under, by what; then the ranked list."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import pyarrow as pa

from billcalc.files import disk
from billcalc.runs.comparison_outcome import BulkComparison
from billcalc.tables.workbook_writing import Page, write_pages
from billcalc.words.language import Language

__all__ = ["write_comparison"]


def write_comparison(
    out: BinaryIO, batches: Iterable[pa.RecordBatch], head: Sequence[str], outcome: BulkComparison, language: Language
) -> None:
    """Write the outcome and its ranked rows.

    Args:
        out: takes the bytes.
        batches: of the rows.
        head: the names of their columns.
        outcome: the sums.
        language: of all words; codes stay.

    Raises:
        InvalidInput: for more rows than a workbook should have.
    """
    words, heads, kinds = _WORDS[language], _HEADS[language], _KINDS[language]
    pages = [
        Page(words["summary"], (), _summary(outcome, words, kinds), chart=words["chart"], charted=len(outcome.by_code)),
        Page(words["differences"], [heads.get(name, name) for name in head], _ranked(batches, kinds)),
    ]
    with disk.spool() as draft:
        write_pages(draft, pages)
        draft.seek(0)
        shutil.copyfileobj(draft, out)


def _ranked(batches: Iterable[pa.RecordBatch], kinds: Mapping[str, str]) -> Iterator[Sequence[Any]]:
    for batch in batches:
        columns = [
            [kinds.get(kind, kind) for kind in column.to_pylist()] if name == "kind" else column.to_pylist()
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
        ]
        yield from zip(*columns, strict=True)


def _summary(outcome: BulkComparison, words: Mapping[str, str], kinds: Mapping[str, str]) -> Iterator[Sequence[Any]]:
    """How many, how much, and by what; the last rows are those of the chart."""
    yield from ((words[name], getattr(outcome, name)) for name in _COUNTED)
    yield ()
    yield words["bills"], words["count"], words["money"]
    yield words["over"], outcome.over, outcome.too_much
    yield words["under"], outcome.under, outcome.too_little
    yield ()
    yield tuple(words[name] for name in ("kind", "code", "over", "too_much", "under", "too_little"))
    for each in outcome.by_kind:
        kind = kinds.get(each.kind, each.kind)
        yield kind, each.code, each.over, each.too_much, each.under, each.too_little
    yield ()
    yield words["code"], words["count"], words["absolute"]
    yield from ((each.code, each.bills, each.absolute) for each in outcome.by_code)


_COUNTED = (
    *("issued", "recomputed", "matched", "agreeing", "differing", "unreadable", "rejected"),
    *("only_issued", "only_recomputed", "nameless", "totals"),
)

_WORDS: Mapping[Language, Mapping[str, str]] = {
    Language.ENGLISH: {
        "summary": "summary",
        "differences": "differences",
        "chart": "What differs, by code, without signs",
        "issued": "Issued accounts",
        "recomputed": "Recomputed accounts",
        "matched": "In both",
        "agreeing": "Agree",
        "differing": "Differ",
        "unreadable": "Cannot be compared as they stand",
        "rejected": "Request rejected",
        "only_issued": "Without a request",
        "only_recomputed": "Without an issued bill",
        "nameless": "Issued rows without an account",
        "totals": "Issued rows that sum others, left out",
        "bills": "Bills that differ",
        "count": "how many",
        "money": "difference",
        "over": "too much",
        "under": "too little",
        "too_much": "by",
        "too_little": "by",
        "absolute": "without signs",
        "kind": "kind",
        "code": "code",
    },
    Language.CHINESE: {
        "summary": "汇总",
        "differences": "差异清单",
        "chart": "各项差额（绝对值）",
        "issued": "已出账单户数",
        "recomputed": "复算户数",
        "matched": "两边都有",
        "agreeing": "一致",
        "differing": "不一致",
        "unreadable": "无法比对",
        "rejected": "请求未能计费",
        "only_issued": "没有请求",
        "only_recomputed": "没有已出账单",
        "nameless": "没有户号的已出账单行",
        "totals": "已出账单中的合计行（未比对）",
        "bills": "不一致的账单",
        "count": "户数",
        "money": "差额",
        "over": "多计",
        "under": "少计",
        "too_much": "多计金额",
        "too_little": "少计金额",
        "absolute": "绝对值",
        "kind": "类别",
        "code": "项目",
    },
}

_HEADS: Mapping[Language, Mapping[str, str]] = {
    Language.ENGLISH: {},
    Language.CHINESE: {
        "account": "户号",
        "month": "月份",
        "bill_difference": "整单差额",
        "kind": "类别",
        "code": "项目",
        "issued": "已出",
        "recomputed": "复算",
        "difference": "差额",
    },
}
"""Of the columns of the ranked list."""

_KINDS: Mapping[Language, Mapping[str, str]] = {
    Language.ENGLISH: {},
    Language.CHINESE: {
        "differing": "不一致",
        "missing_in_issued": "已出账单没有",
        "missing_in_recomputed": "复算没有",
        "unmapped": "未识别的项目",
        "own_arithmetic": "账单自身加总不符",
        "only_issued": "没有请求",
        "only_recomputed": "没有已出账单",
        "request_rejected": "请求未能计费",
    },
}
