"""What a clerk is asked for a new request, and what is written beside the answers."""

from collections.abc import Mapping
from enum import StrEnum

from billcalc.words.language import Pair

__all__ = ["ASKED", "NOTES", "REFUSALS_OF_ANSWERS", "AnswerFault", "Note", "Question"]


class Question(StrEnum):
    """One question, by what its answer becomes."""

    AREA = "area"
    MONTH = "month"
    CLASS = "class"
    BILLING = "billing"
    VOLTAGE = "voltage"
    PURCHASE = "purchase"
    TIME_OF_USE = "time_of_use"
    MODE = "mode"
    TRANSFORMERS = "transformers"
    CONTRACT = "contract"
    STANDARD = "standard"
    READ = "read"
    REGISTERS = "registers"
    REVERSE = "reverse"
    MULTIPLIER = "multiplier"
    DIGITS = "digits"
    OPENING = "opening"
    CLOSING = "closing"
    ENERGY = "energy"


ASKED: Mapping[Question, Pair] = {
    Question.AREA: Pair("Area (province or price zone)", "地区（省份或价区）"),
    Question.MONTH: Pair("Month of the bill (2026-08)", "电费年月（如 2026-08）"),
    Question.CLASS: Pair("Class of use", "用电类别"),
    Question.BILLING: Pair("One-part or two-part", "单一制或两部制"),
    Question.VOLTAGE: Pair("Supply voltage (10kV)", "供电电压（如 10千伏）"),
    Question.PURCHASE: Pair("Who buys the energy (agent, market, catalogue)", "购电方式（代理购电、市场化、目录电价）"),
    Question.TIME_OF_USE: Pair("Billed by time of use (yes, no)", "是否执行分时电价（是、否）"),
    Question.MODE: Pair(
        "Basic charge by (capacity, contracted, actual)", "基本电费计收方式（按容量、合同最大需量、实际最大需量）"
    ),
    Question.TRANSFORMERS: Pair(
        "Transformers in service, kVA each (1000 630)", "运行变压器容量，每台千伏安（如 1000 630）"
    ),
    Question.CONTRACT: Pair("Contracted demand, kW", "合同最大需量（千瓦）"),
    Question.STANDARD: Pair(
        "Power-factor standard (0.90, 0.85, 0.80, none)", "功率因数标准（0.90、0.85、0.80、不考核）"
    ),
    Question.READ: Pair(
        "Are there meter readings (yes), or is only the energy known (no)", "有起止码（是），还是只知道电量（否）"
    ),
    Question.REGISTERS: Pair("Bands that are metered (peak flat valley, or total)", "计量的时段（如 峰 平 谷，或 总）"),
    Question.REVERSE: Pair("Is reverse reactive energy metered, too (yes, no)", "是否另计反向无功（是、否）"),
    Question.MULTIPLIER: Pair("Multiplier of the meter", "综合倍率"),
    Question.DIGITS: Pair("Whole digits that the meter shows", "表位数（整数位）"),
    Question.OPENING: Pair("{register}: opening reading", "{register}：起码"),
    Question.CLOSING: Pair("{register}: closing reading", "{register}：止码"),
    Question.ENERGY: Pair("{register}: quantity of the month", "{register}：当月数量"),
}
"""How each is asked."""


class AnswerFault(StrEnum):
    """Why an answer cannot be taken."""

    AREA = "area"
    MONTH = "month"
    WORD = "word"
    NUMBER = "number"
    YES_NO = "yes_no"
    DIGITS = "digits"
    DECREASES = "decreases"
    MISSING = "missing"
    NEEDLESS = "needless"
    READ_OR_TOLD = "read_or_told"
    UNKNOWN = "unknown"
    TWICE = "twice"
    ONE_OR_SEVERAL = "one_or_several"
    NOT_READ = "not_read"


REFUSALS_OF_ANSWERS: Mapping[AnswerFault, Pair] = {
    AnswerFault.AREA: Pair('"{answer}" is no area; the nearest are {known}', "没有地区“{answer}”；相近的有 {known}"),
    AnswerFault.MONTH: Pair('"{answer}" is no month: write it as 2026-08', "“{answer}”不是年月：请写成 2026-08"),
    AnswerFault.WORD: Pair('"{answer}" is none of these: {known}', "“{answer}”不在其中：{known}"),
    AnswerFault.NUMBER: Pair(
        '"{answer}" is no number: write digits, such as 1234.5', "“{answer}”不是数字：请写数字，如 1234.5"
    ),
    AnswerFault.DIGITS: Pair(
        '"{answer}" is no number of digits: a meter shows 1 to 12', "“{answer}”不是表位数：应为 1 至 12"
    ),
    AnswerFault.YES_NO: Pair('"{answer}" is neither yes nor no', "“{answer}”既不是“是”也不是“否”"),
    AnswerFault.DECREASES: Pair(
        "the closing reading is below the opening one; if the register went through zero, answer no to readings",
        "止码小于起码；如表计翻转，请改答只知道电量",
    ),
    AnswerFault.MISSING: Pair("an answer is needed: {known}", "需要填写：{known}"),
    AnswerFault.NEEDLESS: Pair(
        '"{answer}" is not needed with the other answers: empty the cell or correct them',
        "按其他各项，此处不应有“{answer}”：请清空，或更正其他各项",
    ),
    AnswerFault.READ_OR_TOLD: Pair(
        "there are readings and quantities of the month: keep one of the two", "既有起止码又有当月数量：请只保留一种"
    ),
    AnswerFault.UNKNOWN: Pair('"{answer}" is no question of the form', "表中没有“{answer}”这一项"),
    AnswerFault.TWICE: Pair('"{answer}" stands there twice', "“{answer}”出现两次"),
    AnswerFault.ONE_OR_SEVERAL: Pair(
        '"{answer}" may be one number or several: write one without commas, several with blanks between',
        "“{answer}”可能是一个数，也可能是几个数：一个数请不加逗号，几个数请以空格分开，如 1000 630",
    ),
    AnswerFault.NOT_READ: Pair(
        'nothing is read of "{answer}": answers are in the units of the form; empty the cell, or restore it',
        "“{answer}”不会被读取：答案以表中原有单位为准；请清空此格，或恢复原文",
    ),
}
"""What is said of it."""


class Note(StrEnum):
    """A comment in the request that is written, or what is said when it is."""

    HEAD = "head"
    CYCLE = "cycle"
    AGREEMENT = "agreement"
    GROUP = "group"
    STANDARD = "standard"
    TRANSFORMERS = "transformers"
    BASIC = "basic"
    POINT = "point"
    NOT_INSTALLED = "not_installed"
    READINGS = "readings"
    GIVEN = "given"
    MARKET = "market"
    WRITTEN = "written"
    EXISTS = "exists"


NOTES: Mapping[Note, Pair] = {
    Note.HEAD: Pair(
        "A request for one bill; docs/requests.md tells every key.",
        "一张电费单的请求；各项说明见 docs/requests.zh-CN.md。",
    ),
    Note.CYCLE: Pair("the nominal cycle; to is the day after its last", "计费周期；to 为末日的次日"),
    Note.AGREEMENT: Pair("a change within the month is a second entry", "月内变更另写一条"),
    Note.GROUP: Pair("what is billed alike", "计费方式相同的电量"),
    Note.STANDARD: Pair("as agreed, never derived", "按供用电合同，不由其他数据推定"),
    Note.TRANSFORMERS: Pair("state: in_service or suspended", "state：in_service 运行，suspended 暂停"),
    Note.BASIC: Pair("how the basic charge is paid", "基本电费计收方式"),
    Note.POINT: Pair("the side where it is metered", "计量侧：high 高供高计"),
    Note.NOT_INSTALLED: Pair("what the meter does not count", "表计没有的计量项目"),
    Note.READINGS: Pair("as the meter shows them, before the multiplier", "表计示数，未乘倍率"),
    Note.GIVEN: Pair("quantities of the month, with losses if there are any", "当月数量，如有损耗则已含"),
    Note.MARKET: Pair(
        "the customer's own prices by band, CNY/kWh: fill them in", "用户自己的分时购电价（元/千瓦时）：请填写"
    ),
    Note.WRITTEN: Pair(
        "{path} is written. Next: billcalc bill {path}", "已写入 {path}。接着运行：billcalc bill {path}"
    ),
    Note.EXISTS: Pair("{path} is there already: give another name with --out", "{path} 已存在：请用 --out 另取文件名"),
}
"""What each says."""
