"""What stands on a form that a clerk fills in, beside the questions."""

from collections.abc import Mapping

from billcalc.words.language import Pair
from billcalc.words.questions import Question

__all__ = ["FORM", "NOTES_OF_QUESTIONS", "UNITS_OF_QUESTIONS"]

FORM: Mapping[str, Pair] = {
    "sheet": Pair("form", "填写"),
    "choices": Pair("choices", "选项"),
    "title": Pair("One bill: fill in the column answer", "一张电费单：请填写“填写”一列"),
    "question": Pair("question", "问题"),
    "answer": Pair("answer", "填写"),
    "unit": Pair("unit", "单位"),
    "note": Pair("note", "说明"),
    "account": Pair("account", "户号"),
    "yes": Pair("yes", "是"),
    "no": Pair("no", "否"),
    "number": Pair("a number, zero or more", "请填零或正数"),
    "choose": Pair("choose one of the list", "请从列表中选择"),
    "written": Pair(
        "{path} is written: fill it in, then: billcalc workbook read {path}",
        "已写入 {path}：填好后运行 billcalc workbook read {path}",
    ),
    "read": Pair("{path} is written. Next: {command}", "已写入 {path}。接着运行：{command}"),
}  # fmt: skip
"""Words of the sheet, and of what is said when it is written or read."""

NOTES_OF_QUESTIONS: Mapping[Question, Pair] = {
    Question.AREA: Pair("province or price zone; choose", "省份或价区，可选"),
    Question.MONTH: Pair("such as 2026-08", "如 2026-08"),
    Question.CLASS: Pair("choose", "可选"),
    Question.BILLING: Pair("choose; not of residential and agricultural use", "可选；居民、农业不填"),
    Question.VOLTAGE: Pair("choose", "可选"),
    Question.PURCHASE: Pair("choose; not of residential and agricultural use", "可选；居民、农业不填"),
    Question.TIME_OF_USE: Pair("choose", "可选"),
    Question.MODE: Pair("choose; of two-part bills only", "可选；仅两部制"),
    Question.TRANSFORMERS: Pair(
        "each with a blank between, such as 1000 630; of two-part bills only", "每台之间空格，如 1000 630；仅两部制"
    ),
    Question.CONTRACT: Pair("of contracted demand only", "仅按合同最大需量时"),
    Question.STANDARD: Pair("choose", "可选"),
    Question.MULTIPLIER: Pair("where there are readings", "有起止码时"),
    Question.DIGITS: Pair("whole digits, where there are readings", "整数位，有起止码时"),
    Question.OPENING: Pair("as the meter showed, before the multiplier", "表计示数，未乘倍率"),
    Question.CLOSING: Pair("as the meter showed, before the multiplier", "表计示数，未乘倍率"),
    Question.ENERGY: Pair("where there are no readings", "没有起止码时"),
}  # fmt: skip
"""What is said beside each question."""

UNITS_OF_QUESTIONS: Mapping[Question, Pair] = {
    Question.TRANSFORMERS: Pair("kVA", "千伏安"),
    Question.CONTRACT: Pair("kW", "千瓦"),
    Question.DIGITS: Pair("digits", "位"),
}
"""In which unit an answer is; others have none, or that of their register."""
