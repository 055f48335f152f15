"""What a worker makes of an uploaded table: what its columns are taken for, to be accepted or changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from billcalc.kernel.troubles import InvalidInput
from billcalc.metering.models import Side
from billcalc.runs.issued_tables import TOTAL
from billcalc.runs.layout_guess import ColumnGuess, LayoutGuess, guess_layout
from billcalc.runs.layout_names import Known, meanings
from billcalc.runs.ready_layouts import ready_layouts
from billcalc.runs.shared_facts import FACT_PATHS, shared_template
from billcalc.tables.readers import open_records
from billcalc.tables.records import reading
from billcalc.vocabulary import Billing
from billcalc.words.language import Language
from billcalc.words.layouts import GUESSED
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.pages import PAGES, PageWord
from billcalc.words.saying import sentence
from billcalc_api.calculating import Answer, Tools
from billcalc_pages.asking import AskedField, asked_fields, choices
from billcalc_pages.rendering import HTML, Frame, page

__all__ = ["JSON_ACCEPTED", "layout_answer"]

JSON_ACCEPTED = "application/vnd.billcalc.accepted+json"
"""Of an answer that is no page: what was accepted."""
_SAMPLES = 3
_COLUMN = "column_"
_NOT_READ = ""
_TWO_PART_ONLY = "mode"


class _Column(NamedTuple):
    """A column, what it is taken for, and why.

    Attributes:
        told: the value of its choice.
        fault: what is wrong with it; or nothing.
    """

    name: str
    samples: str
    told: str
    evidence: str
    fault: str


def layout_answer(
    tools: Tools,
    frame: Frame,
    files: Mapping[str, Mapping[str, str]],
    folder: Path,
    told: Mapping[str, str] | None,
    keeps: bool,  # noqa: FBT001 - a worker is asked by place
) -> Answer:
    """What the columns of a table are taken for; or what of it was accepted, as JSON for the service itself.

    Args:
        tools: of the worker.
        frame: what every page has.
        files: those of the job.
        folder: where they are.
        told: the form that was sent; None where it is to be shown first.
        keeps: whether the service keeps findings.
    """
    lexicon = LEXICONS[frame.language]
    table = str(folder / files["issued"]["here"])
    values = {"file": files["issued"]["name"], "has_requests": "requests" in files, "keeps": keeps}
    with tools.limited():
        try:
            if "requests" in files:
                return _of_two(frame, table, values, told)
            guess, samples = guess_layout(table), _samples(table)
        except InvalidInput as error:
            texts = [sentence(lexicon, each.code, each.facts) for each in error.faults]
            return Answer(422, page("audit_unreadable", frame, {**values, "texts": texts}), HTML)
        return _of_one(frame, guess, samples, values, told)


def _of_two(frame: Frame, table: str, values: Mapping[str, object], told: Mapping[str, str] | None) -> Answer:
    """Of a table beside one of requests only the names of its lines are asked for."""
    utilities = [(code, getattr(each.title, frame.language.value)) for code, each in ready_layouts().items()]
    with reading(table):
        head = open_records(table, _SAMPLES).schema.names
    if told is None or told.get("names", "") not in ("", *(code for code, _ in utilities)):
        more = {"utilities": utilities, "head": head}
        return Answer(200, page("audit_layout", frame, {**values, **more, "above": [], "wrong": {}}), HTML)
    return _accepted(frame, {"names": told.get("names", "")}, told)


def _of_one(
    frame: Frame,
    guess: LayoutGuess,
    samples: Mapping[str, str],
    values: Mapping[str, object],
    told: Mapping[str, str] | None,
) -> Answer:
    language = frame.language
    chosen = guess if told is None else _chosen(guess, told)
    paths = [each.path for each in chosen.columns if each.path is not None]
    fields = {name: each for name, each in _fields(language).items() if FACT_PATHS[name] not in paths}
    wrong = {} if told is None else {**_wrong_columns(chosen, language), **_wrong_facts(fields, told, language)}
    doubts = (each.fault(str(values["file"])) for each in chosen.doubts)
    above = [sentence(LEXICONS[language], each.code, each.facts) for each in doubts]
    above += [] if told is None else _above(chosen, language)
    if told is not None and not wrong and not above:
        facts = {name: told[name] for name in fields if told.get(name)}
        try:
            layout = chosen.accepted(str(values["file"]))
            shared_template(facts, layout.requests.values(), where="")
        except InvalidInput as error:
            above = [sentence(LEXICONS[language], each.code, each.facts) for each in error.faults]
        else:
            return _accepted(frame, {"layout": chosen.layout(), "facts": facts}, told)
    columns = [_column(at, each, samples, wrong, language) for at, each in enumerate(chosen.columns)]
    summed = GUESSED["rest" if guess.rest else "sums"].of(language).format(summed=guess.summed, rows=guess.rows)
    shown = {
        **values,
        "columns": columns,
        "choices": _choices(LEXICONS[language]),
        "fields": fields,
        "told": told or {},
        "wrong": wrong,
        "above": above,
        "summed": summed if guess.summed or guess.rest else "",
        "rest": chosen.rest,
        "separators": chosen.separators,
    }
    return Answer(200 if told is None else 422, page("audit_layout", frame, shown), HTML)


def _accepted(frame: Frame, asked: Mapping[str, object], told: Mapping[str, str]) -> Answer:

    accepted = {**asked, "keep": "keep" in told, "language": frame.language.value}
    return Answer(200, json.dumps(accepted, ensure_ascii=False).encode(), JSON_ACCEPTED)


def _samples(table: str) -> Mapping[str, str]:
    """What stands in the first rows of each column."""
    records = open_records(table, _SAMPLES)
    names = records.schema.names
    once = [name for name in names if names.count(name) == 1]
    found: dict[str, list[str]] = {name: [] for name in once}
    with reading(table):
        for _, place in records.places():
            for rows in records.read(place, once):
                for name, column in zip(once, rows.batch.columns, strict=True):
                    found[name] += [
                        str(cell) for cell in column.slice(0, _SAMPLES).to_pylist() if cell not in (None, "")
                    ]
                break
            break
    return {name: "、".join(cells) for name, cells in found.items()}


def _value(column: ColumnGuess) -> str:
    """What a column is taken for, as the value of a choice."""
    if column.path is not None:
        return f"path:{column.path}"
    if column.code is not None:
        return f"{'section' if column.is_section else 'code'}:{column.code}"
    return _NOT_READ


def _choices(lexicon: Lexicon) -> Sequence[tuple[str, str]]:
    """All that a column may be, each a value and its name."""
    language = lexicon.language
    sections = {section.value: name for section, name in lexicon.sections.items()}
    found = [(_NOT_READ, PAGES["layout_not_read"].of(language))]
    for known, usual in meanings().items():
        value = _value(ColumnGuess("", known.path, known.code, known.is_section))
        found.append((value, _name(known, usual, sections, lexicon)))
    return found


def _name(known: Known, usual: str, sections: Mapping[str, str], lexicon: Lexicon) -> str:
    if known.is_section:
        return PAGES["layout_as_section"].of(lexicon.language).format(name=sections.get(known.code or "", usual))
    if known.code is not None and known.code != TOTAL:
        return lexicon.components.get(known.code, usual)
    return usual if lexicon.language is Language.CHINESE else f"{usual} {(known.path or TOTAL).rpartition('.')[2]}"


def _chosen(guess: LayoutGuess, told: Mapping[str, str]) -> LayoutGuess:
    """A guess as a visitor changed it, who has decided what was doubted."""
    known = {_value(ColumnGuess("", each.path, each.code, each.is_section)): each for each in meanings()}
    columns = []
    for at, column in enumerate(guess.columns):
        value = told.get(f"{_COLUMN}{at}", "")
        if value == _value(column):
            columns.append(column)
        elif value in known:
            each = known[value]
            columns.append(ColumnGuess(column.column, each.path, each.code, each.is_section))
        else:
            columns.append(ColumnGuess(column.column))
    rest, separators = "rest" in told, "separators" in told
    return replace(guess, columns=tuple(columns), rest=rest, separators=separators, doubts=())


def _wrong_columns(chosen: LayoutGuess, language: Language) -> Mapping[str, str]:
    """The columns that are what another is already; of a section there may be several."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    for at, column in enumerate(chosen.columns):
        value = _value(column)
        if value in seen and not column.is_section:
            found[f"{_COLUMN}{at}"] = PAGES["layout_twice"].of(language)
        if value:
            seen.add(value)
    return found


def _above(chosen: LayoutGuess, language: Language) -> list[str]:
    """What no column is, and one must be."""
    values = {_value(each) for each in chosen.columns}
    needed = (("path:account", "layout_no_account"), (f"code:{TOTAL}", "layout_no_total"))
    return [PAGES[word].of(language) for value, word in needed if value not in values]


def _fields(language: Language) -> Mapping[str, AskedField]:
    """What all bills of a table may have in common."""
    fields = dict(asked_fields(language))
    unsaid = ("", "")
    fields["side"] = AskedField("side", PAGES["side"].of(language), [unsaid, *choices(Side, language)])
    return {name: fields[name] for name in FACT_PATHS}


def _wrong_facts(fields: Mapping[str, AskedField], told: Mapping[str, str], language: Language) -> Mapping[str, str]:
    is_one_part = told.get("billing") == Billing.ONE_PART
    needed = [name for name in fields if not (name == _TWO_PART_ONLY and is_one_part)]
    return {name: PAGES[PageWord.CHOOSE].of(language) for name in needed if not told.get(name)}


def _column(
    at: int, column: ColumnGuess, samples: Mapping[str, str], wrong: Mapping[str, str], language: Language
) -> _Column:
    why = column.evidence
    evidence = "" if why is None else GUESSED["because"].of(language).format(name=why.name, share=why.share)
    return _Column(
        column.column, samples.get(column.column, ""), _value(column), evidence, wrong.get(f"{_COLUMN}{at}", "")
    )
