"""Findings in words: the sentence of a check with its figures, and what is missing where one was not made."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from billcalc.audit.checks.check import Kind, Level
from billcalc.audit.checks.facts import DAYS
from billcalc.audit.checks.judging import Finding
from billcalc.audit.checks.told import TOLD_BY_BILL, told_fact
from billcalc.audit.checks.words import CHECK_WORDS
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.troubles import Problem
from billcalc.words.language import Language, Pair, Wording
from billcalc.words.lexicon import Lexicon
from billcalc.words.saying import WORDING, sentence

__all__ = [
    "FACTS",
    "KINDS",
    "LEVELS",
    "LIMITS",
    "TITLES",
    "fact_words",
    "figure_text",
    "figure_words",
    "limit_words",
    "said",
    "wording_of",
]

LEVELS: Mapping[Level, Pair] = {
    Level.CONTRADICTION: Pair("contradiction", "矛盾"),
    Level.IMPLAUSIBLE: Pair("implausible", "存疑"),
    Level.ADVICE: Pair("advice", "提示"),
}
KINDS: Mapping[Kind, Pair] = {
    Kind.STATIC: Pair("the file", "静态档案"),
    Kind.DYNAMIC: Pair("the flow", "动态流程"),
}
TITLES: Mapping[str, Pair] = {
    "title": Pair("Checks", "双控检查"),
    "none": Pair("Nothing speaks.", "没有发现问题。"),
    "passed": Pair("Passed: {count}", "通过：{count} 项"),
    "not_checked": Pair("Not checked: {count}", "未能检查：{count} 项"),
    "missing": Pair("{check}: without {facts}", "{check}：缺少{facts}"),
    "off": Pair("{check}: switched off by {place}", "{check}：已停用，见 {place}"),
    "limit": Pair("limit: {source}", "界限依据：{source}"),
    "and": Pair(", ", "、"),
}
"""What a report says beside the sentences of the checks."""

FACTS: Mapping[str, Pair] = {
    "first_day": Pair("the first day", "起始日"),
    "end_day": Pair("the day after the last", "截止日"),
    "days": Pair("the number of days", "天数"),
    "reading_day": Pair("the day of the month on which the cycle ends", "抄表例日"),
    "money": Pair("the total", "电费合计"),
    "basic_money": Pair("the basic charge", "基本电费"),
    "adjustment_money": Pair("the power-factor adjustment", "力调电费"),
    "levy_money": Pair("the surcharges", "基金及附加"),
    "negative_lines": Pair("the number of negative lines", "负数行数"),
    "refund_lines": Pair("the number of corrections", "退补行数"),
    "bare_refunds": Pair("the number of corrections without a ground", "无依据的退补行数"),
    "loss_kwh": Pair("the loss", "损耗电量"),
    "transformer_loss_kwh": Pair("the transformer's loss", "变损电量"),
    "feeds_in": Pair("whether energy is fed in", "是否有上网电量"),
    "kwh": Pair("the energy", "电量"),
    "residential_kwh": Pair("residential energy", "居民电量"),
    "agricultural_kwh": Pair("agricultural energy", "农业电量"),
    "sharp_kwh": Pair("sharp energy", "尖峰电量"),
    "peak_kwh": Pair("peak energy", "峰段电量"),
    "flat_kwh": Pair("flat energy", "平段电量"),
    "valley_kwh": Pair("valley energy", "谷段电量"),
    "deep_valley_kwh": Pair("deep-valley energy", "深谷电量"),
    "industrial": Pair("whether a class is industrial or commercial", "是否有工商业用电"),
    "two_part": Pair("whether it is billed in two parts", "是否两部制"),
    "high_voltage": Pair("whether the voltage is 1 kV or more", "电压是否在1千伏及以上"),
    "farm": Pair("whether all is agricultural", "是否全部为农业用电"),
    "levies_apart": Pair("whether surcharges are apart from the prices", "电价是否另计基金及附加"),
    "agent": Pair("whether all is bought by the agent at its price", "是否全部按代理购电价购电"),
    "one_and_half": Pair("whether all is bought by the agent at one and a half", "是否全部按1.5倍代理购电价购电"),
    "market": Pair("whether all is bought on the market", "是否全部市场化购电"),
    "by_capacity": Pair("whether capacity is paid", "是否按容量计费"),
    "by_contract": Pair("whether a contracted demand is paid", "是否按合同需量计费"),
    "exempt": Pair("whether no basic charge is paid", "是否免收基本电费"),
    "contract_kw": Pair("one contracted demand", "唯一的合同需量"),
    "changes": Pair("the number of orders of change", "变更工单数"),
    "kva": Pair("one capacity in the whole period", "全期不变的容量"),
    "running_kva": Pair("one running capacity in the whole period", "全期不变的运行容量"),
    "standard": Pair("one power-factor standard", "唯一的功率因数标准"),
    "active_kwh": Pair("the power factor's active energy", "考核有功电量"),
    "reactive_kvarh": Pair("the power factor's reactive energy", "考核无功电量"),
    "cosphi_told": Pair("one power factor", "唯一的功率因数"),
    "estimated": Pair("the number of estimated readings", "推算示数次数"),
    "by_share": Pair("whether there are fixed shares", "是否有定比定量"),
    "low_side": Pair("one side of metering", "一致的计量侧"),
    "loss_told": Pair("whether a loss is told", "是否约定损耗"),
    "exchanged": Pair("whether the one meter was exchanged", "唯一电能表是否换表"),
    "multiplier": Pair("one multiplier", "唯一的倍率"),
    "demand_kw": Pair("one maximum demand", "唯一的最大需量"),
    "opening": Pair("one opening reading", "唯一的起码"),
    "closing": Pair("one closing reading", "唯一的止码"),
    **{
        told_fact(problem): Pair(f"the bill's problem {problem.value}", f"账单疑点 {problem.value}")
        for problem in TOLD_BY_BILL.values()
    },
}
"""What each fact is."""

LIMITS: Mapping[str, Pair] = {
    "limit": Pair("the limit", "界限"),
    "least": Pair("the least", "下限"),
    "share": Pair("the limit of the share", "占比界限"),
    "of_farms": Pair("the standard of farms", "农业标准"),
    "step": Pair("the step", "取整位"),
}
"""What each limit is."""

_EARLIER: Mapping[str, Pair] = {
    "0": Pair("{fact} of the bill before", "上一张账单的{fact}"),
    "1": Pair("{fact} of the month before", "上月的{fact}"),
    "2": Pair("{fact} of two months before", "前二月的{fact}"),
    "3": Pair("{fact} of three months before", "前三月的{fact}"),
    "12": Pair("{fact} of the same month of last year", "上年同月的{fact}"),
}
_LIMIT = Pair("the limit “{name}” of this day", "当日的界限“{name}”")


def fact_words(lexicon: Lexicon, name: str) -> str:
    """What a fact is, or a limit."""
    base, _, behind = name.rpartition("_")
    if name in FACTS:
        return FACTS[name].of(lexicon.language)
    if base in FACTS and behind in _EARLIER:
        return _EARLIER[behind].of(lexicon.language).format(fact=FACTS[base].of(lexicon.language))
    return _LIMIT.of(lexicon.language).format(name=name)


def limit_words(lexicon: Lexicon, name: str) -> str:
    """What a limit of a check is."""
    return LIMITS[name].of(lexicon.language)


def figure_words(lexicon: Lexicon, name: str) -> str:
    """What a figure of a finding is: a limit, or a fact."""
    return limit_words(lexicon, name) if name in LIMITS else fact_words(lexicon, name)


def wording_of(code: str) -> Wording:
    """What is said of a check: its own words, or those of the bill's problem that tells it."""
    return WORDING[TOLD_BY_BILL[code]] if code in TOLD_BY_BILL else CHECK_WORDS[code]


def said(lexicon: Lexicon, finding: Finding, problems: tuple[Problem, ...]) -> Iterator[str]:
    """The sentences of a check that speaks, each with its figures and what to do next."""
    code = finding.check.code
    if code in TOLD_BY_BILL:
        told = (each for each in problems if each.code is TOLD_BY_BILL[code])
        yield from (sentence(lexicon, each.code, each.facts) for each in told)
        return
    figures = {name: figure_text(name, number) for name, number in finding.figures.items()}
    what, do = (each.of(lexicon.language) for each in CHECK_WORDS[code])
    end = "; " if lexicon.language is Language.ENGLISH else "；"
    yield what.format(**figures) + end + do


def figure_text(name: str, number: Decimal) -> str:
    """A fact as it is shown: a day as a day.

    >>> figure_text("end_day_1", Decimal(738886)), figure_text("kwh", Decimal("12.50"))
    ('2024-01-01', '12.5')
    """
    if name.startswith(DAYS):
        return date.fromordinal(int(number)).isoformat()
    return decimal_text(number)
