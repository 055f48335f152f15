"""A diagnosis as a workbook: the causes with their money, rule and file, then line by line; the same in the text."""

from dataclasses import replace
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from billcalc.audit.diagnose.diagnosis import Diagnosis
from billcalc.tables.diagnosis_workbook import write_diagnosis
from billcalc.words.lexicon import LEXICONS
from tests.audit.diagnose.samples import SAMPLES, tariffs
from tests.audit.injecting import diagnosed, instances, issued_under, situation

PLAIN = situation(SAMPLES["plain"], tariffs())


def sheets(found: Diagnosis, language: str) -> dict[str, list[tuple[object, ...]]]:
    file = BytesIO()
    write_diagnosis(found, file, lexicon=LEXICONS[language])  # type: ignore[index]
    file.seek(0)
    book = CalamineWorkbook.from_filelike(file)
    return {
        name: [tuple(cell for cell in row if cell != "") for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    }


def under(cause: str, value: str, shape: str = "lines", **limits: int) -> Diagnosis:
    one = next(each for each in instances(PLAIN) if (each.cause, each.value) == (cause, value))
    return diagnosed(PLAIN, issued_under(PLAIN, [one], shape), **limits)


def test_the_first_sheet_has_the_cause_its_money_rule_and_file() -> None:
    found = under("standard", "0.85")
    causes, lines = sheets(found, "zh").values()
    assert ("已证实：各项金额与账单分毫不差",) in causes
    [row] = [row for row in causes if row[:1] == ("1 A",)]
    assert row[1] == "受电点 S1 的功率因数标准记为 0.85，应为 0.90"
    assert row[2] == float(sum((found.difference or {}).values())) / 100
    assert "水电财字" in str(row[3])
    assert lines[1] == ("项目", "单独 A", "未解释")
    assert lines[-2 if lines[-1] == () else -1] == ("合计", row[2], 0)


def test_what_was_left_to_search_is_told() -> None:
    found = replace(under("standard", "0.85"), is_complete=False)
    whole = sheets(under("standard", "0.85"), "en")["Causes"]
    [told] = [row for row in sheets(found, "en")["Causes"] if row not in whole]
    assert told == ("not all sets of causes were searched; another may explain it too",)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_hinders_and_what_was_not_searched_is_told(language: str) -> None:
    assert list(sheets(under("standard", "0.85", sets_max=0), language)) == [
        *{"en": ["Causes", "Line by line"], "zh": ["原因", "逐项"]}[language]
    ]
    wrong = issued_under(PLAIN, ()).model_copy(update={"total": 1})
    causes = next(iter(sheets(diagnosed(PLAIN, wrong), language).values()))
    assert len(causes) == 5 + 1


def test_answers_that_no_bill_tells_apart_are_told_with_what_would() -> None:
    causes = next(iter(sheets(under("basic_mode", "exempt", "total"), "en").values()))
    assert ("what would tell them apart:",) in causes
    assert {"1 A", "2 A"} <= {str(row[0]) for row in causes if row}
    alike = next(iter(sheets(under("price_table", "cn-test/purchase_price/2020-01-01"), "en").values()))
    assert ("no figure of a bill tells them apart; the files do",) in alike
