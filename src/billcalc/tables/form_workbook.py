"""A form as a workbook: questions with lists to choose from, units and notes, or a row for each account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from billcalc.tables.workbook_cells import letters
from billcalc.tables.workbook_writing import MADE

__all__ = ["Asked", "write_form"]

_ROWS = 2_000
"""So many rows of a form for many accounts have lists to choose from."""
_WIDTHS = (44, 26, 10, 52)
_WIDTH = 16


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a form.

    Attributes:
        label: what is asked.
        unit: of the answer.
        note: what is said beside it.
        choices: what can be answered, where that is a list.
        is_number: whether the answer is one number.
        default: what stands there from the start.
    """

    label: str
    unit: str = ""
    note: str = ""
    choices: Sequence[str] = ()
    is_number: bool = False
    default: str = ""


def write_form(out: BinaryIO, asked: Sequence[Asked], words: Mapping[str, str], *, is_for_many: bool) -> None:
    """Write a form.

    Args:
        out: takes the bytes.
        asked: the questions.
        words: of the sheet: ``sheet``, ``choices``, ``title``, ``question``, …
        is_for_many: a column for each question and a row for each account, else a row for each question.
    """
    import xlsxwriter

    with xlsxwriter.Workbook(out) as book:
        book.set_properties({"created": MADE})
        sheet, lists = book.add_worksheet(words["sheet"]), book.add_worksheet(words["choices"])
        lists.hide()
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True}),
            "text": book.add_format({"num_format": "@"}),
        }
        if is_for_many:
            _write_columns(sheet, asked, words, formats)
        else:
            _write_rows(sheet, asked, words, formats)
        for place, each in enumerate(asked):
            lists.write_column(0, place, each.choices)
            rule = _rule(each, place, words)
            if rule is not None and is_for_many:
                sheet.data_validation(1, place + 1, _ROWS, place + 1, rule)
            elif rule is not None:
                sheet.data_validation(place + 2, 1, place + 2, 1, rule)


def _write_rows(sheet: Any, asked: Sequence[Asked], words: Mapping[str, str], formats: Mapping[str, Any]) -> None:
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, words["title"], formats["head"])
    sheet.write_row(1, 0, [words[name] for name in ("question", "answer", "unit", "note")], formats["head"])
    sheet.freeze_panes(2, 1)
    for row, each in enumerate(asked, start=2):
        sheet.write_string(row, 0, each.label)
        _write_answer(sheet, row, 1, each, formats)
        sheet.write_string(row, 2, each.unit)
        sheet.write_string(row, 3, each.note)


def _write_columns(sheet: Any, asked: Sequence[Asked], words: Mapping[str, str], formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, _WIDTH, formats["text"])
    sheet.write_string(0, 0, words["account"], formats["head"])
    sheet.freeze_panes(1, 1)
    for column, each in enumerate(asked, start=1):
        sheet.set_column(column, column, _WIDTH, None if each.is_number else formats["text"])
        sheet.write_string(0, column, each.label, formats["head"])
        sheet.write_comment(0, column, " ".join(filter(None, (each.unit, each.note))))


def _write_answer(sheet: Any, row: int, column: int, asked: Asked, formats: Mapping[str, Any]) -> None:
    """The cell of an answer: numbers as they are, all else as text, so that 0.90 and 2026-08 stay."""
    if asked.is_number and asked.default:
        sheet.write_number(row, column, int(asked.default))
    elif not asked.is_number:
        sheet.write_string(row, column, asked.default, formats["text"])


def _rule(asked: Asked, place: int, words: Mapping[str, str]) -> dict[str, Any] | None:
    """What a spreadsheet checks of an answer; None where it is a text."""
    if asked.choices:
        column = letters(place)
        source = f"='{words['choices']}'!${column}$1:${column}${len(asked.choices)}"
        return {"validate": "list", "source": source, "error_message": words["choose"], "error_type": "warning"}
    if asked.is_number:
        return {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": words["number"]}
    return None
