"""Tables of issued bills at ``POST /v1/bills:compare``: what ``billcalc compare --bulk`` does, of a form's parts.

The parts are written into a directory of their own, which is gone when they are answered; messages name them by their
parts and never by that directory.
"""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq

from billcalc.fields import Model, NotNegative, validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import ZERO
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.runs.asked_comparisons import AskedComparison, contradiction, meant
from billcalc.runs.batches import Batch, Settings, Watcher, default_rejects
from billcalc.runs.bulk_diagnosis import compare_with_causes
from billcalc.runs.comparison_data import bulk_comparison_data
from billcalc.runs.recomputing import compare_requests
from billcalc.tables.readers import is_table
from billcalc.words.language import Language
from billcalc.words.parsing import MISUSES
from billcalc_api.bodies import JSON
from billcalc_api.calculating import Answer, Tools, counted
from billcalc_api.diagnose import SETS_MAX
from billcalc_api.forms import Part, one_each
from billcalc_api.problems import invalid, problem
from billcalc_api.tables import ANSWERS, TABLES
from billcalc_api.texts import compact

__all__ = ["Limits", "answer"]

_MANY = ("requests", "where")
_FILES = ("issued", "mapping", "template", "columns")
_ONCE = (*_FILES, "layout", "guess", "tolerance", "causes")
_OUT = "differences"
_REJECTED = "x-rejected-rows"


class Limits(Model):
    """What is told of the comparison besides its tables.

    Attributes:
        tolerance: amounts that differ by no more are no finding [money].
        causes: whether causes are looked for.
    """

    tolerance: NotNegative = ZERO
    causes: bool = False


class _Counting(Watcher):
    """Sees that a table is no longer than a batch may be."""

    def __init__(self, rows_max: int) -> None:
        self._rows_max = rows_max

    def begins(self, batch: Batch) -> None:
        if batch.rows > self._rows_max:
            facts = {"count": str(batch.rows), "limit": str(self._rows_max)}
            raise InvalidInput([Fault(FaultCode.TOO_MANY, "requests", facts)])


def answer(tools: Tools, parts: Sequence[Part], lang: Language, media_type: str, rows_max: int) -> Answer:
    """The comparison of the tables of a form, or what is wrong with them.

    Args:
        tools: what a calculation needs.
        parts: of the form.
        lang: of messages and of a workbook.
        media_type: that the answer should be of.
        rows_max: how many requests a table may have.
    """
    with TemporaryDirectory() as made:
        folder = Path(made).resolve()
        try:
            once = one_each([part for part in parts if part.name not in _MANY], _ONCE, ["issued"])
            tolerance = once.pop("tolerance", None)
            told = {} if tolerance is None else {"tolerance": tolerance.text}
            limits = validated(Limits, {**told, "causes": _is_yes(once.get("causes"))})
            asked = _asked(folder, parts, once)
            if (misuse := contradiction(asked)) is not None:
                detail = MISUSES[misuse].of(lang).replace("--", "")
                return counted(problem(400, "inconsistent", detail, language=lang), "refusals", "inconsistent")
            return _compared(tools, folder, asked, limits, lang, media_type, rows_max)
        except InvalidInput as error:
            faults = [_without(fault, f"{folder}/") for fault in error.faults]
            return counted(invalid(faults, language=lang), "refusals", faults[0].code.value)


def _asked(folder: Path, parts: Sequence[Part], once: Mapping[str, Part]) -> AskedComparison:
    """What the parts of a form ask, their files in a folder.

    Raises:
        InvalidInput: where one that is a word is not UTF-8.
    """
    written = {name: _written(folder, once[name], name) for name in _FILES if name in once}
    requests = [part for part in parts if part.name == "requests"]
    layout = once.get("layout")
    return AskedComparison(
        written["issued"],
        requests=[_written(folder, part, f"requests-{number}") for number, part in enumerate(requests, 1)],
        layout=None if layout is None else _layout(folder, layout),
        guess=_is_yes(once.get("guess")),
        where=[part.text for part in parts if part.name == "where"],
        mapping=Path(written["mapping"]) if "mapping" in written else None,
        template=written.get("template"),
        columns=written.get("columns"),
    )


def _is_yes(part: Part | None) -> bool:
    return part is not None and part.text.strip().lower() not in ("", "false", "no")


def _layout(folder: Path, part: Part) -> str:
    """A file with a layout, or the name of one that comes with the program."""
    return part.text.strip() if part.file == part.name else _written(folder, part, part.name)


def _written(folder: Path, part: Part, name: str) -> str:
    """A part as a file; only the ending of its name is taken over."""
    ending = PurePath(part.file).suffix.lower()
    ending = ending if is_table(f"x{ending}") or ending in (".yaml", ".yml", ".json") else TABLES.get(part.kind, "")
    path = folder / f"{name}{ending or ('.csv' if name.startswith(('issued', 'requests')) else '.yaml')}"
    path.write_bytes(part.content)
    return str(path)


def _compared(
    tools: Tools, folder: Path, asked: AskedComparison, limits: Limits, lang: Language, media_type: str, rows_max: int
) -> Answer:
    """The answer to what is asked.

    Raises:
        InvalidInput: where a table cannot be read or compared.
    """
    found = meant(asked, where="where")
    out = folder / f"{_OUT}{ANSWERS.get(media_type, '.parquet')}"
    settings = Settings(
        inputs=found.inputs,
        out=out,
        template=found.template,
        columns=asked.columns,
        layout=found.layout,
        catalog=tools.catalog,
        workers=1,
        language=lang,
    )
    more: dict[str, Any] = {"mapping": found.mapping, "tolerance": limits.tolerance, "watcher": _Counting(rows_max)}
    causes = None
    if limits.causes:  # what each bill takes is not known before: all may take what one calculation may
        with tools.limited():
            counts, causes = compare_with_causes(settings, Path(asked.issued), sets_max=SETS_MAX, **more)
        outcome = causes.comparison
    else:
        counts, outcome = compare_requests(settings, Path(asked.issued), **more)
    rejects = _rejects(default_rejects(out), f"{folder}/")
    metrics = (("bills", "compare", counts.billed),)
    if media_type in ANSWERS:
        return Answer(200, out.read_bytes(), media_type, metrics, headers=((_REJECTED, str(len(rejects))),))
    data = bulk_comparison_data(counts, outcome, pq.read_table(out).to_pylist(), rejects, causes=causes)
    return Answer(200, compact(data), JSON, metrics)


def _rejects(path: Path, folder: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: cell.replace(folder, "") for key, cell in row.items()} for row in csv.DictReader(file)]


def _without(fault: Fault, folder: str) -> Fault:
    """A fault that does not tell the folder."""
    facts: dict[str, Any] = {key: _told(fact, folder) for key, fact in fault.facts.items()}
    return Fault(fault.code, fault.where.replace(folder, ""), facts)


def _told(fact: str, folder: str) -> str:
    return fact.replace(folder, "") if folder in fact else fact
