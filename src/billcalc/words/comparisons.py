"""What a comparison of an issued bill with the recomputed one says."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from billcalc.words.language import Language, Pair, in_language

__all__ = ["ComparisonWords", "Say", "comparison_words"]


class Say(StrEnum):
    """A sentence or a word of a report; ``{…}`` are filled in."""

    TITLE = "title"
    TOLERANCE = "tolerance"
    EVERY_FEN = "every_fen"

    OWN = "own"
    ADDS_UP = "adds_up"
    NO_TOTAL = "no_total"
    OWN_TOTAL = "own_total"
    OWN_SUBTOTAL = "own_subtotal"
    OWN_PRODUCT = "own_product"
    OWN_ROUNDING = "own_rounding"
    OWN_UNREAD = "own_unread"
    OWN_UNMAPPED = "own_unmapped"
    SUMS_ONLY = "sums_only"
    TAX_TOLD = "tax_told"
    TAX_UNTOLD = "tax_untold"

    ROWS_NOT_READ = "rows_not_read"
    ROWS_LOST = "rows_lost"
    ROWS_PARTLY = "rows_partly"
    ROWS_IGNORED = "rows_ignored"
    NO_FINDING = "no_finding"
    SUMS_AGREE = "sums_agree"
    GIVEN = "given"
    AMOUNTS = "amounts"
    ONLY_ISSUED = "only_issued"
    ONLY_RECOMPUTED = "only_recomputed"
    PROPOSED = "proposed"
    MAY_BE_UNMAPPED = "may_be_unmapped"
    AGREE = "agree"
    DIFFER = "differ"
    PART = "part"
    IN_MONEY = "in_money"
    REST = "rest"
    PROOF = "proof"

    FACTS = "facts"
    FACTS_UNKNOWN = "facts_unknown"
    ZEROS = "zeros"
    TOLERATED = "tolerated"
    AGREEING = "agreeing"

    MONEY = "money"
    ISSUED = "issued"
    RECOMPUTED = "recomputed"
    DIFFERENCE = "difference"
    SECTION = "section"
    NO_SECTION = "no_section"
    LINES = "lines"
    TOTAL = "total"
    CAUSES = "causes"
    READING = "reading"
    READING_OF_DOUBT = "reading_of_doubt"


_SAY: Mapping[Say, Pair] = {
    Say.TITLE: Pair("Issued bill beside the recomputed one", "已出账单与复算账单比对"),
    Say.TOLERANCE: Pair("tolerance: {tolerance}", "容差：{tolerance}"),
    Say.EVERY_FEN: Pair("every fen counts", "分厘不差"),
    Say.OWN: Pair("The issued bill by itself", "账单自身"),
    Say.ADDS_UP: Pair("adds up: {lines} lines, {total}", "合计正确：{lines} 行，{total}"),
    Say.NO_TOTAL: Pair("prints no total; its {lines} lines sum to {total}", "未印合计；{lines} 行之和为 {total}"),
    Say.OWN_TOTAL: Pair(
        "the total is printed as {printed}, its lines sum to {computed}: off by {difference}",
        "合计印为 {printed}，各行之和为 {computed}：相差 {difference}",
    ),
    Say.OWN_SUBTOTAL: Pair(
        "{name} is printed as {printed}, its lines sum to {computed}: off by {difference}",
        "{name}印为 {printed}，各行之和为 {computed}：相差 {difference}",
    ),
    Say.OWN_PRODUCT: Pair(
        "{name} is printed as {printed}, {product} gives {computed}: off by {difference}",
        "{name}印为 {printed}，而 {product} 得 {computed}：相差 {difference}",
    ),
    Say.OWN_ROUNDING: Pair(
        "rounding in parts can make as much, so it is no finding", "分项取整可以造成这样的差，不作为问题"
    ),
    Say.OWN_UNREAD: Pair(
        "whether it adds up is not known, for not all rows could be read", "有行未能读取，合计是否正确无从得知"
    ),
    Say.OWN_UNMAPPED: Pair(
        "whether its total {printed} is the sum of its lines is not known while lines are unmapped",
        "有未对应的行，合计 {printed} 是否为各行之和无从得知",
    ),
    Say.SUMS_ONLY: Pair("prints no lines; its sums are compared", "未印明细行，只比对合计与小计"),
    Say.TAX_TOLD: Pair(
        "Without a tax of {rate} % on both sides: our lines are divided by {factor} and rounded each",
        "双方均不含 {rate} % 的税：复算各行除以 {factor} 并分别取整",
    ),
    Say.TAX_UNTOLD: Pair(
        "The printed lines are ours without a tax of {rate} %, which nothing tells: say tax: {{rate: {rate}%, names: "
        "[…]}} in the mapping",
        "已出各行均为复算金额扣除 {rate} % 的税，而没有说明该税：请在映射文件中写 tax: {{rate: {rate}%, names: […]}}",
    ),
    Say.ROWS_NOT_READ: Pair("Not read", "未能读取"),
    Say.ROWS_LOST: Pair(
        "rows that are not compared: {rows}; nothing is said of the lines that they may be",
        "未比对的行：{rows}；它们可能对应的项目不作判断",
    ),
    Say.ROWS_PARTLY: Pair("rows that are compared by their amounts: {rows}", "仅按金额比对的行：{rows}"),
    Say.ROWS_IGNORED: Pair("Left out, as the mapping says", "按映射文件略去的行"),
    Say.NO_FINDING: Pair("No line differs: {lines} printed lines agree.", "各行均无差异：{lines} 行一致。"),
    Say.SUMS_AGREE: Pair("Printed sums that agree: {sums}", "一致的合计与小计：{sums}"),
    Say.GIVEN: Pair(
        "{lines} of them are amounts that the request itself gives: they prove nothing.",
        "其中 {lines} 行的金额由请求直接给定，不能证明任何事。",
    ),
    Say.AMOUNTS: Pair(
        "{name}: issued {issued}, recomputed {recomputed}, difference {difference}",
        "{name}：已出 {issued}，复算 {recomputed}，差 {difference}",
    ),
    Say.ONLY_ISSUED: Pair(
        "{name}: issued {issued}, not on the recomputed bill", "{name}：已出 {issued}，复算账单没有此项"
    ),
    Say.ONLY_RECOMPUTED: Pair(
        "{name}: recomputed {recomputed}, not on the issued bill", "{name}：复算 {recomputed}，已出账单没有此项"
    ),
    Say.PROPOSED: Pair(
        "its amount is that of {ours}, {amount}; if it is that, the mapping's names need   {entry}",
        "金额与 {ours} 的 {amount} 相同；如确是同一项，请在映射的 names 中加   {entry}",
    ),
    Say.MAY_BE_UNMAPPED: Pair(
        "it may be one of the unmapped lines: map these before it is taken for forgotten",
        "可能就是未对应的某一行：请先对应，再判断是否漏计",
    ),
    Say.AGREE: Pair("agree", "一致"),
    Say.DIFFER: Pair("differ", "不一致"),
    Say.PART: Pair("{part} issued {issued}, recomputed {recomputed}", "{part}已出 {issued}，复算 {recomputed}"),
    Say.IN_MONEY: Pair("in money", "折合金额"),
    Say.REST: Pair("not explained by them", "以上不能解释的部分"),
    Say.PROOF: Pair("recomputed as", "复算过程"),
    Say.FACTS: Pair("Printed facts that differ", "不一致的数据"),
    Say.FACTS_UNKNOWN: Pair("Printed facts that the recomputed bill does not tell", "复算账单没有给出的数据"),
    Say.ZEROS: Pair("Lines of 0.00 that only one bill prints, no findings", "仅一方印出的 0.00 行，不作为问题"),
    Say.TOLERATED: Pair("Within the tolerance, no findings", "容差以内，不作为问题"),
    Say.AGREEING: Pair("Lines that agree: {lines}", "一致的行：{lines}"),
    Say.MONEY: Pair("In money", "金额"),
    Say.ISSUED: Pair("issued", "已出"),
    Say.RECOMPUTED: Pair("recomputed", "复算"),
    Say.DIFFERENCE: Pair("difference", "差额"),
    Say.SECTION: Pair("section", "费用类别"),
    Say.NO_SECTION: Pair("In no section, or in several", "无类别或跨类别"),
    Say.LINES: Pair("All lines", "各行之和"),
    Say.TOTAL: Pair("Total", "合计"),
    Say.CAUSES: Pair("What the difference of the totals is made of", "合计差额的构成"),
    Say.READING: Pair(
        "The issued total is what the bill would be with {value} as {key}, which no document tells",
        "若“{key}”按“{value}”计算，合计正好等于已出账单；没有文件规定这一惯例",
    ),
    Say.READING_OF_DOUBT: Pair(
        "The issued total is what the bill would be with the other reading ({value}) of this doubt: {doubt}",
        "若下述疑问按另一种理解（{value}）计算，合计正好等于已出账单：{doubt}",
    ),
}

_HEADINGS: Mapping[str, Pair] = {
    "unmapped": Pair("Unmapped", "未对应的行"),
    "missing": Pair("Missing", "缺少的行"),
    "differing": Pair("Differing", "不一致的行"),
}

_ADVICE: Mapping[str, Pair] = {
    "issued": Pair(
        "if the customer owes it, the issued bill forgot it; else correct the request",
        "如应收，则已出账单漏计；否则请更正请求",
    ),
    "recomputed": Pair(
        "if it is owed, the request or the tariffs lack it; else it was billed without ground",
        "如应收，则请求或电价库有缺；否则属无依据计收",
    ),
}

_UNMAPPED: Mapping[str, Pair] = {
    "no_code": Pair(
        'no code is told for "{name}", and no recomputed line has that name: add it to the mapping',
        "“{name}”没有对应的代码，复算账单也没有同名的行：请在映射文件中补充",
    ),
    "unknown_code": Pair(
        "the code {codes} is not known: correct it; the recomputed bill has {known}",
        "代码 {codes} 不存在：请更正；复算账单有 {known}",
    ),
    "ambiguous": Pair(
        'several recomputed lines are called "{name}": give the code, or the mapping',
        "复算账单有几种行都叫“{name}”：请给出代码，或使用映射文件",
    ),
}

_MATCHINGS: Mapping[str, Pair] = {
    "one": Pair("one printed line beside one of ours", "一行对一行"),
    "order": Pair("several lines without printed days: matched in their order", "几行未印日期，按顺序对应"),
    "sum_of_recomputed": Pair(
        "one printed line beside the sum of {recomputed} of ours", "已出一行，对复算 {recomputed} 行之和"
    ),
    "sum_of_issued": Pair("the sum of {issued} printed lines beside one of ours", "已出 {issued} 行之和，对复算一行"),
    "sums": Pair(
        "the sum of {issued} printed lines beside the sum of {recomputed} of ours",
        "已出 {issued} 行之和，对复算 {recomputed} 行之和",
    ),
    "elsewhere": Pair("the figures agree, but it is printed elsewhere", "数字一致，但印在别处"),
}

_PARTS: Mapping[str, Pair] = {
    "quantity": Pair("quantity", "计费量"),
    "price": Pair("price", "单价"),
    "band": Pair("band", "时段"),
    "group": Pair("group", "计费分组"),
    "section": Pair("section", "费用类别"),
    "span": Pair("days", "日期"),
}

_FACTS: Mapping[str, Pair] = {
    "period": Pair("period", "计费期间"),
    "kwh": Pair("energy", "电量"),
    "kvarh": Pair("reactive energy", "无功电量"),
    "cosphi": Pair("power factor", "功率因数"),
    "ratio": Pair("power-factor ratio", "功率因数调整率"),
    "base": Pair("power-factor base", "参与调整电费"),
    "tax": Pair("tax", "税额"),
    "total": Pair("total", "合计"),
    "subtotal": Pair("sum", "小计"),
}

_CAUSES: Mapping[str, Pair] = {
    "unmapped": Pair("unmapped lines", "未对应的行"),
    "missing_from_recomputed": Pair("lines that only the issued bill has", "仅已出账单有的行"),
    "missing_from_issued": Pair("lines that only the recomputed bill has", "仅复算账单有的行"),
    "differing": Pair("differing lines", "不一致的行"),
    "tolerated": Pair("differences within the tolerance", "容差以内的差"),
    "own_error": Pair("the issued total is not the sum of its lines", "已出合计不等于各行之和"),
    "total_rounding": Pair("the recomputed total is rounded further", "复算合计另行取整"),
    "not_read": Pair("rows that were not read", "未能读取的行"),
    "not_printed": Pair("the printed sums beside the sum of our lines", "所印合计与复算各行之和"),
    "net": Pair("lines without the tax, and the tax", "不含税的各行与税额"),
}


@dataclass(frozen=True, slots=True)
class ComparisonWords:
    """The words of one language, by the closed lists of ``audit.comparison``.

    Attributes:
        headings: of the three kinds of finding.
        advice: what to do about a line that one of the bills has not.
        unmapped: why a line is, and what to do.
    """

    say: Mapping[Say, str]
    headings: Mapping[str, str]
    advice: Mapping[str, str]
    unmapped: Mapping[str, str]
    matchings: Mapping[str, str]
    parts: Mapping[str, str]
    facts: Mapping[str, str]
    causes: Mapping[str, str]


_TABLES: tuple[Mapping[Any, Pair], ...] = (
    _SAY, _HEADINGS, _ADVICE, _UNMAPPED, _MATCHINGS, _PARTS, _FACTS, _CAUSES,
)  # fmt: skip
_WORDS = {language: ComparisonWords(*(in_language(table, language) for table in _TABLES)) for language in Language}


def comparison_words(language: Language) -> ComparisonWords:
    """The words of a comparison."""
    return _WORDS[language]
