"""What a worker makes of a price notice: what was read with its cells, what the checks say, what would be written.

Nothing is written but by ``accepted_answer``, which reads the notice again and writes only what was seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from billcalc.kernel.troubles import InvalidInput
from billcalc.library.notices.importing import Asked, Imported, accept, import_notice, keep
from billcalc.library.notices.reading import read_notice
from billcalc.notices.findings import NoticeRejected, NoticeSeverity
from billcalc.notices.printing import change_rows, customers_of, finding_told, shown_columns, table_word
from billcalc.notices.reading import NoticeRow
from billcalc.notices.words import Column
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.pages import PAGES
from billcalc.words.saying import sentence
from billcalc_api.calculating import Answer, Tools
from billcalc_pages.forms import Upload
from billcalc_pages.rendering import HTML, Frame, page
from billcalc_pages.showing import area_name

__all__ = ["CORRECTIONS", "Notice", "accepted_answer", "document_answer", "notice_answer"]

CORRECTIONS = range(1, 4)
"""How many misprints a form has fields for."""
_BY_OPTION = {"--correct": "corrections", "--fewer": "fewer", "--title": "title"}
"""The fields of the page that do what options of ``billcalc tariffs import`` do."""

_YAML = "application/yaml"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it was given.

    Attributes:
        asked: what was told of it.
        tariffs: the library that it is for.
        carried: the fields that a form sends again, with the notice itself.
    """

    upload: Upload
    asked: Asked
    tariffs: Path
    carried: Sequence[tuple[str, str]] = field(repr=False)


class _Figure(NamedTuple):
    """A number and its cell."""

    price: str
    address: str
    misprint: str


class _Row(NamedTuple):
    """A row of the notice."""

    address: str
    customers: str
    voltage: str
    figures: Sequence[_Figure | None]


class _Told(NamedTuple):
    """What a check says."""

    severity: str
    is_error: bool
    where: str
    text: str


def _read(notice: Notice) -> Imported:
    """Raises: InvalidInput, NoticeRejected: where it cannot be read."""
    return import_notice(read_notice(notice.upload.content, name=notice.upload.name), notice.asked, notice.tariffs)


def notice_answer(tools: Tools, frame: Frame, notice: Notice, may_write: bool) -> Answer:  # noqa: FBT001 - by place
    """What was read and checked, and what would be written."""
    try:
        imported = _read(notice)
    except (InvalidInput, NoticeRejected) as error:
        return _unreadable(frame, error)
    return Answer(200 if imported.text is not None else 422, _page(frame, notice, imported, may_write=may_write), HTML)


def document_answer(tools: Tools, frame: Frame, notice: Notice) -> Answer:
    """The document as a file to keep, where there is one."""
    try:
        imported = _read(notice)
    except (InvalidInput, NoticeRejected) as error:
        return _unreadable(frame, error)
    if imported.text is None:
        return Answer(422, _page(frame, notice, imported, may_write=False), HTML)
    return Answer(200, imported.text.encode(), _YAML)


def accepted_answer(tools: Tools, frame: Frame, notice: Notice, seen: str) -> Answer:
    """Write the document, whole or not at all, where the reading is the one that was seen."""
    try:
        imported = _read(notice)
        if imported.text is None or sha256(imported.staged.encode()).hexdigest() != seen:
            fault = PAGES["notice_not_seen"].of(frame.language)
            return Answer(409, _page(frame, notice, imported, may_write=True, fault=fault), HTML)
        with TemporaryDirectory() as folder:
            staging = Path(folder) / "seen.json"
            keep(imported, staging)
            accept(imported, staging)
    except (InvalidInput, NoticeRejected) as error:
        return _unreadable(frame, error)
    target = imported.target.relative_to(notice.tariffs).as_posix()
    return Answer(200, page("notice_written", frame, {"target": target}), HTML)


def _unreadable(frame: Frame, error: InvalidInput | NoticeRejected) -> Answer:
    language = frame.language
    if isinstance(error, NoticeRejected):
        told = [(each.where, finding_told(each, language)) for each in error.findings]
    else:
        told = [(each.where, sentence(LEXICONS[language], each.code, each.facts)) for each in error.faults]
    return Answer(422, page("notice_unreadable", frame, {"faults": told}), HTML)


def _page(frame: Frame, notice: Notice, imported: Imported, *, may_write: bool, fault: str = "") -> bytes:
    language, reading = frame.language, imported.reading
    columns = shown_columns(reading)
    findings = [
        _Told(
            table_word(each.severity.value, language),
            each.severity is NoticeSeverity.ERROR,
            each.where.removeprefix(f"{reading.source}:"),
            _on_page(finding_told(each, language), language),
        )
        for each in reading.findings
    ]
    values = {
        "area": area_name(notice.asked.area, language),
        "month": f"{notice.asked.day:%Y-%m}",
        "carried": notice.carried,
        "told": dict(notice.carried),
        "numbers": CORRECTIONS,
        "corrected": [
            *_BY_OPTION.values(),
            *(f"{name}_{n}" for n in CORRECTIONS for name in ("cell", "number", "reason")),
        ],
        "seen": sha256(imported.staged.encode()).hexdigest(),
        "heads": [table_word(column, language) for column in columns],
        "rows": [_row(row, columns, language) for row in reading.rows],
        "findings": findings,
        "changes": [*change_rows(reading, imported.last, language)],
        "change_heads": [table_word(name, language) for name in ("component", "this month", "month before", "change")],
        "diff": _difference(notice.tariffs, imported) if imported.text is not None else [],
        "before": imported.last.month if imported.last.document is not None else "",
        "target": imported.target.relative_to(notice.tariffs).as_posix(),
        "may_write": may_write,
        "fault": fault,
    }
    return page("notice", frame, values)


def _on_page(text: str, language: Language) -> str:
    """What a check says, with the fields of the page where it names options of the command."""
    for option, field_name in _BY_OPTION.items():
        text = text.replace(option, f"“{PAGES[f'notice_{field_name}'].of(language)}”")
    return text


def _row(row: NoticeRow, columns: Sequence[Column], language: Language) -> _Row:
    figures: list[_Figure | None] = []
    for column in columns:
        figure = row.figures.get(column)
        if figure is None:
            figures.append(None)
        else:
            misprint = "" if figure.misprint is None else f"{figure.misprint[0]:f}"
            figures.append(_Figure(f"{figure.price:f}", figure.address, misprint))
    return _Row(row.address, customers_of(row, language), row.voltage, figures)


def _difference(tariffs: Path, imported: Imported) -> list[tuple[str, str]]:
    """The document beside that of the month before: for each line its sign and its text."""
    last, text = imported.last.document, imported.text or ""
    before = "" if last is None else (tariffs / f"{last.id}.yaml").read_text(encoding="utf-8")
    lines = unified_diff(before.splitlines(), text.splitlines(), lineterm="", n=2)
    found = []
    for line in [*lines][2:]:
        sign = {"+": "+", "-": "−"}.get(line[:1], "")
        found.append((sign, line[1:] if not line.startswith("@@") else "…"))
    return found
