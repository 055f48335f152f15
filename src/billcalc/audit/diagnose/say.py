"""A diagnosis in words: the sentence of a cause, the words of its facts, and the headings of a report."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from billcalc.agreement.models import BasicMode
from billcalc.audit.diagnose.cause import Instance
from billcalc.audit.diagnose.clauses import clauses_said
from billcalc.audit.diagnose.diagnosis import Hindrance, Status
from billcalc.audit.diagnose.words import CAUSE_WORDS, Told
from billcalc.kernel.closed_lists import Word
from billcalc.metering.models import Register
from billcalc.vocabulary import Band, Billing, CustomerClass, Purchase, Section, TransformerState, Voltage
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS, Lexicon

__all__ = ["Say", "cause_words", "clause_of", "is_chinese", "look_up", "said", "what_happened"]

_LISTS: tuple[type[Word], ...] = (
    CustomerClass, Billing, Voltage, BasicMode, TransformerState, Band, Register, Purchase,
)  # fmt: skip
"""The lists whose words stand in the facts of causes, but for those of conventions."""

_OTHERS = {
    "true": ("with time of use", "分时用户"),
    "false": ("without time of use", "非分时用户"),
    "none": ("none", "无"),
    "twice": ("twice", "两次"),
    "not_billed": ("not billed", "漏计"),
    "billed_twice": ("billed twice", "重复计收"),
    "kwh": ("energy", "电量"),
    "kvarh": ("energy", "电量"),
    "demand_kw": ("value", "值"),
    "not_granted": ("not granted", "未执行"),
    "always": ("granted below its threshold", "未达门槛仍执行"),
    "other_band": ("billed otherwise between the contract and the limit", "在合同值与限额之间计收有误"),
    "other_sign": ("billed with the other sign", "正负号相反"),
    "not": ("not carried out", "未执行"),
    "at_once": ("carried out too early", "提前执行"),
    "not_deducted": ("not taken off", "未扣减"),
    "deducted_twice": ("taken off twice", "重复扣减"),
    "not_assessed": ("none", "不考核"),
    "before": ("before", "前"),
    "after": ("after", "后"),
    "exclude": ("without", "不含"),
    "include": ("of", "仅含"),
    "sections": ("", ""),
    "billing_month": ("the month of the bill", "账单月"),
    "consumption_day": ("the day of consumption", "用电日"),
    "as_ordinary_days": ("as days like any other", "按平日执行"),
    "lieu_as_weekend": ("days worked in lieu as a weekend", "调休上班日按周末执行"),
    "all_as_holiday": ("all of its days as the holiday itself", "全部放假日按法定节假日执行"),
    "holiday_as_rest_days": ("the holiday itself as days of rest", "法定节假日按休息日执行"),
    "day_before_too": ("with the day before it", "含前一日"),
    "used_up": ("the limits not reset", "分档电量未重置"),
    "began_anew": ("what was used before left out", "未计此前已用电量"),
    "opening_ignored": ("the opening of the account ignored", "未计立户日期"),
    "closing_ignored": ("the end of the account ignored", "未计销户日期"),
    "persons_ignored": ("the larger household ignored", "未计多人口家庭"),
    "allowance_ignored": ("the free allowance ignored", "未计免费电量"),
    "day_after_too": ("with the day after it", "含后一日"),
}
_TOKEN = re.compile(r"[A-Za-z_<>=0-9.~-]*[A-Za-z_][A-Za-z_0-9.-]*")
_BETWEEN_CHINESE = re.compile(r"(?<=[\u3000-\u9fff]) (?=[\u3000-\u9fff])")
_NAMES = ("group", "point", "supply_point", "scope", "id", "child", "document", "label", "name", "day")
"""Facts that are names, and stand as they are."""
_DOCUMENT = re.compile(r"[a-z0-9-]+(/[a-z0-9_-]+)+/[0-9]{4}-[0-9]{2}[0-9-]*")
"""The id of a document, whose parts are no words."""


class Say(StrEnum):
    """A heading or sentence of a diagnosis."""

    TITLE = "title"
    DIFFERENCE = "difference"
    CAUSES = "causes"
    SEVERAL = "several"
    TELLING = "telling"
    NOTHING_TELLS = "nothing_tells"
    CLAUSE = "clause"
    LOOK_UP = "look_up"
    ALONE = "alone"
    TOGETHER = "together"
    REST = "rest"
    CELL = "cell"
    TOTAL = "total"
    SHARE = "share"
    ANSWER = "answer"
    NOT_SEARCHED = "not_searched"
    ABSENT = "absent"
    NOT_PRINTED = "not_printed"
    CROSSES = "crosses"
    AGAIN = "again"
    LINES = "lines"
    APART = "apart"
    NUMBER = "number"
    CAUSE = "cause"
    QUANTITY = "quantity"
    PRICE = "price"
    AMOUNT = "amount"


_SAY: Mapping[StrEnum, tuple[str, str]] = {
    Say.TITLE: ("Diagnosis", "差异原因诊断"),
    Say.DIFFERENCE: ("issued − recomputed: {money}", "账单减重算：{money}"),
    Say.CAUSES: ("Causes", "原因"),
    Say.SEVERAL: ("this bill alone cannot tell these {count} apart:", "仅凭此账单无法区分以下 {count} 种解释："),
    Say.TELLING: ("what would tell them apart:", "可据以区分的数据："),
    Say.NOTHING_TELLS: ("no figure of a bill tells them apart; the files do", "账单上没有可据以区分的数据，须查档案"),
    Say.CLAUSE: ("rule", "依据"),
    Say.LOOK_UP: ("look up", "核查"),
    Say.ALONE: ("{letter} alone", "单独 {letter}"),
    Say.TOGETHER: ("{letters} together", "{letters} 共同"),
    Say.REST: ("unexplained", "未解释"),
    Say.CELL: ("line", "项目"),
    Say.TOTAL: ("total", "合计"),
    Say.SHARE: ("comes to", "金额"),
    Say.ANSWER: ("Answer {number}", "解释 {number}"),
    Say.NOT_SEARCHED: (
        "not all sets of causes were searched; another may explain it too", "未查遍所有原因组合，可能另有解释"),
    Say.ABSENT: ("none", "无"),
    Say.LINES: ("Line by line", "逐项"),
    Say.APART: ("issued − recomputed", "账单减重算"),
    Say.NUMBER: ("answer", "解释"),
    Say.CAUSE: ("cause", "原因"),
    Say.QUANTITY: ("quantity", "数量"),
    Say.PRICE: ("price", "单价"),
    Say.AMOUNT: ("amount", "金额"),
    Say.NOT_PRINTED: ("all that is not printed", "未列明的项目"),
    Say.AGAIN: ("{name}, a second time", "{name}（重复行）"),
    Say.CROSSES: ("{name}, which is in the others and not summed", "{name}（与其他小计交叉，不计入合计）"),
    Status.AGREES: ("nothing differs", "没有差异"),
    Status.HINDERED: ("no cause is looked for before this is mended:", "以下问题解决之前不诊断原因："),
    Status.PROVED: ("proved: every amount is the issued one to the fen", "已证实：各项金额与账单分毫不差"),
    Status.PART: ("a part is explained to the fen; the rest is not", "部分差异已解释到分，其余未解释"),
    Status.UNEXPLAINED: ("no known cause explains it", "没有已知原因可以解释"),
    Hindrance.NOT_READ: ("rows of the issued bill could not be read", "账单中有未能读取的行"),
    Hindrance.UNMAPPED: ("printed lines are not told to be any of ours", "账单中有无法对应的行"),
    Hindrance.DOES_NOT_ADD_UP: ("the issued bill does not add up", "账单自身合计不符"),
    Hindrance.TAX_UNTOLD: ("the lines seem to be without a tax that is not told", "各行疑似不含税，而税率未说明"),
    Hindrance.WITHOUT_TAX: ("causes are not looked for in lines without their tax; give the lines with it",
                            "不对不含税的各行查找原因，请给出含税的各行"),
    Hindrance.NOT_FEN: ("an amount is finer than the fen", "有金额细于分"),
}  # fmt: skip


def is_chinese(lexicon: Lexicon) -> bool:
    """Whether words are Chinese."""
    return lexicon is LEXICONS[Language.CHINESE]


def said(lexicon: Lexicon, say: StrEnum, **facts: object) -> str:
    """A heading or a sentence."""
    return _SAY[say][is_chinese(lexicon)].format_map(facts)


def what_happened(lexicon: Lexicon, instance: Instance) -> str:
    """The sentence of a cause with its facts."""
    return cause_words(lexicon, instance.cause, instance.facts)


def cause_words(lexicon: Lexicon, cause: str, facts: Mapping[str, str]) -> str:
    """The sentence of a cause by its code, with its facts."""
    said = {name: _fact(lexicon, name, value, of_convention="key" in facts) for name, value in facts.items()}
    if "label" in facts and is_chinese(lexicon):
        said["line"] = facts["label"]
    return _told(lexicon, cause).what.format_map(said)


def _fact(lexicon: Lexicon, name: str, value: str, *, of_convention: bool) -> str:
    if name == "key":
        return lexicon.conventions.get(value, value)
    if name == "line":
        return lexicon.components.get(value) or (lexicon.sections[Section(value)] if value in set(Section) else value)
    is_name = name in _NAMES or _DOCUMENT.fullmatch(value) is not None
    return value if is_name else _in_words(lexicon, value, of_convention=of_convention)


def clause_of(lexicon: Lexicon, instance: Instance) -> str:
    """The clauses by which it is an error; an article whose number was not seen is said to be such."""
    return clauses_said(CAUSE_WORDS[instance.cause].clauses, lexicon.language)


def look_up(lexicon: Lexicon, instance: Instance) -> str:
    """Which file to pull to confirm a cause."""
    return _told(lexicon, instance.cause).look_up


def _told(lexicon: Lexicon, cause: str) -> Told:
    words = CAUSE_WORDS[cause]
    return words.chinese if is_chinese(lexicon) else words.english


def _in_words(lexicon: Lexicon, text: str, *, of_convention: bool) -> str:
    """The words of a fact; what a convention is taken as has words of its own, and sections."""
    known, chinese = _known(), is_chinese(lexicon)

    def word(match: re.Match[str]) -> str:
        own = (lexicon.choices.get(match[0]) or _sections(lexicon).get(match[0])) if of_convention else None
        return own or (known[match[0]][chinese] if match[0] in known else match[0])

    said = " ".join(_TOKEN.sub(word, text).replace(" :", ":").split())
    return _BETWEEN_CHINESE.sub("", said.replace(", ", "、")) if chinese else said


def _sections(lexicon: Lexicon) -> Mapping[str, str]:
    return {section.value: word for section, word in lexicon.sections.items()}


@cache
def _known() -> Mapping[str, tuple[str, str]]:
    found = {
        word.value: (word.value.replace("_", " "), word.aliases[0] if word.aliases else word.value)
        for words in _LISTS
        for word in words
    }
    return {**found, **_OTHERS}
