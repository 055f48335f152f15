"""What a comparison says, in English and Chinese; everything else is in the words of ``explain``."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from billcalc.audit.comparison import Cause, Fact, Matching, Outcome, Part, Side, Unmapped
from billcalc.explain.english import ENGLISH
from billcalc.explain.lexicon import Lexicon

__all__ = ["Say", "Words", "words_of"]


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


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Attributes:
        headings: of the three kinds of finding.
        advice: what to do about a line that one of the bills has not.
        unmapped: why a line is, and what to do.
    """

    say: Mapping[Say, str]
    headings: Mapping[Outcome, str]
    advice: Mapping[Side, str]
    unmapped: Mapping[Unmapped, str]
    matchings: Mapping[Matching, str]
    parts: Mapping[Part, str]
    facts: Mapping[Fact, str]
    causes: Mapping[Cause, str]


_ENGLISH = Words(
    say={
        Say.TITLE: "Issued bill beside the recomputed one",
        Say.TOLERANCE: "tolerance: {tolerance}",
        Say.EVERY_FEN: "every fen counts",
        Say.OWN: "The issued bill by itself",
        Say.ADDS_UP: "adds up: {lines} lines, {total}",
        Say.NO_TOTAL: "prints no total; its {lines} lines sum to {total}",
        Say.OWN_TOTAL: "the total is printed as {printed}, its lines sum to {computed}: off by {difference}",
        Say.OWN_SUBTOTAL: "{name} is printed as {printed}, its lines sum to {computed}: off by {difference}",
        Say.OWN_PRODUCT: "{name} is printed as {printed}, {product} gives {computed}: off by {difference}",
        Say.OWN_ROUNDING: "rounding in parts can make as much, so it is no finding",
        Say.OWN_UNREAD: "whether it adds up is not known, for not all rows could be read",
        Say.OWN_UNMAPPED: "whether its total {printed} is the sum of its lines is not known while lines are unmapped",
        Say.SUMS_ONLY: "prints no lines; its sums are compared",
        Say.TAX_TOLD: "Without a tax of {rate} % on both sides: our lines are divided by {factor} and rounded each",
        Say.TAX_UNTOLD: "The printed lines are ours without a tax of {rate} %, which nothing tells: say "
        "tax: {{rate: {rate}%, names: […]}} in the mapping",
        Say.ROWS_NOT_READ: "Not read",
        Say.ROWS_LOST: "rows that are not compared: {rows}; nothing is said of the lines that they may be",
        Say.ROWS_PARTLY: "rows that are compared by their amounts: {rows}",
        Say.ROWS_IGNORED: "Left out, as the mapping says",
        Say.NO_FINDING: "No line differs: {lines} printed lines agree.",
        Say.SUMS_AGREE: "Printed sums that agree: {sums}",
        Say.GIVEN: "{lines} of them are amounts that the request itself gives: they prove nothing.",
        Say.AMOUNTS: "{name}: issued {issued}, recomputed {recomputed}, difference {difference}",
        Say.ONLY_ISSUED: "{name}: issued {issued}, not on the recomputed bill",
        Say.ONLY_RECOMPUTED: "{name}: recomputed {recomputed}, not on the issued bill",
        Say.AGREE: "agree",
        Say.DIFFER: "differ",
        Say.PART: "{part} issued {issued}, recomputed {recomputed}",
        Say.IN_MONEY: "in money",
        Say.REST: "not explained by them",
        Say.PROOF: "recomputed as",
        Say.FACTS: "Printed facts that differ",
        Say.FACTS_UNKNOWN: "Printed facts that the recomputed bill does not tell",
        Say.ZEROS: "Lines of 0.00 that only one bill prints, no findings",
        Say.TOLERATED: "Within the tolerance, no findings",
        Say.AGREEING: "Lines that agree: {lines}",
        Say.MONEY: "In money",
        Say.ISSUED: "issued",
        Say.RECOMPUTED: "recomputed",
        Say.DIFFERENCE: "difference",
        Say.SECTION: "section",
        Say.NO_SECTION: "In no section, or in several",
        Say.LINES: "All lines",
        Say.TOTAL: "Total",
        Say.CAUSES: "What the difference of the totals is made of",
        Say.READING: "The issued total is what the bill would be with {value} as {key}, which no document tells",
    },
    headings={
        Outcome.UNMAPPED: "Unmapped",
        Outcome.MISSING: "Missing",
        Outcome.DIFFERING: "Differing",
    },
    advice={
        Side.ISSUED: "if the customer owes it, the issued bill forgot it; else correct the request",
        Side.RECOMPUTED: "if it is owed, the request or the tariffs lack it; else it was billed without ground",
    },
    unmapped={
        Unmapped.NO_CODE: 'no code is told for "{name}", and no recomputed line has that name: add it to the mapping',
        Unmapped.UNKNOWN_CODE: "the code {codes} is not known: correct it; the recomputed bill has {known}",
        Unmapped.AMBIGUOUS: 'several recomputed lines are called "{name}": give the code, or the mapping',
    },
    matchings={
        Matching.ONE: "one printed line beside one of ours",
        Matching.ORDER: "several lines without printed days: matched in their order",
        Matching.SUM_OF_RECOMPUTED: "one printed line beside the sum of {recomputed} of ours",
        Matching.SUM_OF_ISSUED: "the sum of {issued} printed lines beside one of ours",
        Matching.SUMS: "the sum of {issued} printed lines beside the sum of {recomputed} of ours",
        Matching.ELSEWHERE: "the figures agree, but it is printed elsewhere",
    },
    parts={
        Part.QUANTITY: "quantity",
        Part.PRICE: "price",
        Part.BAND: "band",
        Part.GROUP: "group",
        Part.SECTION: "section",
        Part.SPAN: "days",
    },
    facts={
        Fact.PERIOD: "period",
        Fact.KWH: "energy",
        Fact.KVARH: "reactive energy",
        Fact.COSPHI: "power factor",
        Fact.RATIO: "power-factor ratio",
        Fact.BASE: "power-factor base",
        Fact.TAX: "tax",
        Fact.TOTAL: "total",
        Fact.SUBTOTAL: "sum",
    },
    causes={
        Cause.UNMAPPED: "unmapped lines",
        Cause.MISSING_FROM_RECOMPUTED: "lines that only the issued bill has",
        Cause.MISSING_FROM_ISSUED: "lines that only the recomputed bill has",
        Cause.DIFFERING: "differing lines",
        Cause.TOLERATED: "differences within the tolerance",
        Cause.OWN_ERROR: "the issued total is not the sum of its lines",
        Cause.TOTAL_ROUNDING: "the recomputed total is rounded further",
        Cause.NOT_READ: "rows that were not read",
        Cause.NOT_PRINTED: "the printed sums beside the sum of our lines",
        Cause.NET: "lines without the tax, and the tax",
    },
)

_CHINESE = Words(
    say={
        Say.TITLE: "已出账单与复算账单比对",
        Say.TOLERANCE: "容差：{tolerance}",
        Say.EVERY_FEN: "分厘不差",
        Say.OWN: "账单自身",
        Say.ADDS_UP: "合计正确：{lines} 行，{total}",
        Say.NO_TOTAL: "未印合计；{lines} 行之和为 {total}",
        Say.OWN_TOTAL: "合计印为 {printed}，各行之和为 {computed}：相差 {difference}",
        Say.OWN_SUBTOTAL: "{name}印为 {printed}，各行之和为 {computed}：相差 {difference}",
        Say.OWN_PRODUCT: "{name}印为 {printed}，而 {product} 得 {computed}：相差 {difference}",
        Say.OWN_ROUNDING: "分项取整可以造成这样的差，不作为问题",
        Say.OWN_UNREAD: "有行未能读取，合计是否正确无从得知",
        Say.OWN_UNMAPPED: "有未对应的行，合计 {printed} 是否为各行之和无从得知",
        Say.SUMS_ONLY: "未印明细行，只比对合计与小计",
        Say.TAX_TOLD: "双方均不含 {rate} % 的税：复算各行除以 {factor} 并分别取整",
        Say.TAX_UNTOLD: "已出各行均为复算金额扣除 {rate} % 的税，而没有说明该税："
        "请在映射文件中写 tax: {{rate: {rate}%, names: […]}}",
        Say.ROWS_NOT_READ: "未能读取",
        Say.ROWS_LOST: "未比对的行：{rows}；它们可能对应的项目不作判断",
        Say.ROWS_PARTLY: "仅按金额比对的行：{rows}",
        Say.ROWS_IGNORED: "按映射文件略去的行",
        Say.NO_FINDING: "各行均无差异：{lines} 行一致。",
        Say.SUMS_AGREE: "一致的合计与小计：{sums}",
        Say.GIVEN: "其中 {lines} 行的金额由请求直接给定，不能证明任何事。",
        Say.AMOUNTS: "{name}：已出 {issued}，复算 {recomputed}，差 {difference}",
        Say.ONLY_ISSUED: "{name}：已出 {issued}，复算账单没有此项",
        Say.ONLY_RECOMPUTED: "{name}：复算 {recomputed}，已出账单没有此项",
        Say.AGREE: "一致",
        Say.DIFFER: "不一致",
        Say.PART: "{part}已出 {issued}，复算 {recomputed}",
        Say.IN_MONEY: "折合金额",
        Say.REST: "以上不能解释的部分",
        Say.PROOF: "复算过程",
        Say.FACTS: "不一致的数据",
        Say.FACTS_UNKNOWN: "复算账单没有给出的数据",
        Say.ZEROS: "仅一方印出的 0.00 行，不作为问题",
        Say.TOLERATED: "容差以内，不作为问题",
        Say.AGREEING: "一致的行：{lines}",
        Say.MONEY: "金额",
        Say.ISSUED: "已出",
        Say.RECOMPUTED: "复算",
        Say.DIFFERENCE: "差额",
        Say.SECTION: "费用类别",
        Say.NO_SECTION: "无类别或跨类别",
        Say.LINES: "各行之和",
        Say.TOTAL: "合计",
        Say.CAUSES: "合计差额的构成",
        Say.READING: "若“{key}”按“{value}”计算，合计正好等于已出账单；没有文件规定这一惯例",
    },
    headings={
        Outcome.UNMAPPED: "未对应的行",
        Outcome.MISSING: "缺少的行",
        Outcome.DIFFERING: "不一致的行",
    },
    advice={
        Side.ISSUED: "如应收，则已出账单漏计；否则请更正请求",
        Side.RECOMPUTED: "如应收，则请求或电价库有缺；否则属无依据计收",
    },
    unmapped={
        Unmapped.NO_CODE: "“{name}”没有对应的代码，复算账单也没有同名的行：请在映射文件中补充",
        Unmapped.UNKNOWN_CODE: "代码 {codes} 不存在：请更正；复算账单有 {known}",
        Unmapped.AMBIGUOUS: "复算账单有几种行都叫“{name}”：请给出代码，或使用映射文件",
    },
    matchings={
        Matching.ONE: "一行对一行",
        Matching.ORDER: "几行未印日期，按顺序对应",
        Matching.SUM_OF_RECOMPUTED: "已出一行，对复算 {recomputed} 行之和",
        Matching.SUM_OF_ISSUED: "已出 {issued} 行之和，对复算一行",
        Matching.SUMS: "已出 {issued} 行之和，对复算 {recomputed} 行之和",
        Matching.ELSEWHERE: "数字一致，但印在别处",
    },
    parts={
        Part.QUANTITY: "计费量",
        Part.PRICE: "单价",
        Part.BAND: "时段",
        Part.GROUP: "计费分组",
        Part.SECTION: "费用类别",
        Part.SPAN: "日期",
    },
    facts={
        Fact.PERIOD: "计费期间",
        Fact.KWH: "电量",
        Fact.KVARH: "无功电量",
        Fact.COSPHI: "功率因数",
        Fact.RATIO: "功率因数调整率",
        Fact.BASE: "参与调整电费",
        Fact.TAX: "税额",
        Fact.TOTAL: "合计",
        Fact.SUBTOTAL: "小计",
    },
    causes={
        Cause.UNMAPPED: "未对应的行",
        Cause.MISSING_FROM_RECOMPUTED: "仅已出账单有的行",
        Cause.MISSING_FROM_ISSUED: "仅复算账单有的行",
        Cause.DIFFERING: "不一致的行",
        Cause.TOLERATED: "容差以内的差",
        Cause.OWN_ERROR: "已出合计不等于各行之和",
        Cause.TOTAL_ROUNDING: "复算合计另行取整",
        Cause.NOT_READ: "未能读取的行",
        Cause.NOT_PRINTED: "所印合计与复算各行之和",
        Cause.NET: "不含税的各行与税额",
    },
)


def words_of(lexicon: Lexicon) -> Words:
    """The words of a comparison in the language of a lexicon."""
    return _ENGLISH if lexicon is ENGLISH else _CHINESE
