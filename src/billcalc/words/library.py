"""What is said of the tariff library."""

from collections.abc import Mapping
from enum import StrEnum

from billcalc.words.language import Language, Pair, in_language

__all__ = ["Say", "library_words", "needed_for_words"]


class Say(StrEnum):
    """A sentence or a word; ``{…}`` are filled in."""

    UNTIL = "until"
    SINCE = "since"
    SEEN = "seen"
    COUNT = "count"
    SUPERSEDED = "superseded"

    FILE = "file"
    KIND = "kind"
    AREA = "area"
    IN_FORCE = "in_force"
    EVIDENCE = "evidence"
    RECORDED = "recorded"
    NUMBER = "number"
    ISSUER = "issuer"
    ISSUED = "issued"
    URL = "url"
    CLAUSE = "clause"
    SUPERSEDES = "supersedes"
    AMENDS = "amends"
    FIXTURES = "fixtures"
    NOTE = "note"
    PRICES = "prices"
    CONTENT = "content"
    TIERS = "tiers"
    TIER_LIMITS = "tier_limits"
    TIER_PER_DEMAND = "tier_per_demand"
    TIER_WITHIN = "tier_within"
    TIER_MONTHLY = "tier_monthly"
    TIER_ABOVE = "tier_above"
    TIER_LARGER = "tier_larger"
    EVERYBODY = "everybody"
    OWN_PRICE = "own_price"
    PRICE_SERIES = "price_series"
    UNPRICED = "unpriced"
    NO_PRICE = "no_price"

    CHANGES = "changes"
    NO_CHANGES = "no_changes"
    ALL_ROWS = "all_rows"
    ROWS = "rows"
    NOT_COMPARED = "not_compared"

    COVERED = "covered"
    CHECKED = "checked"

    MISSING = "missing"
    BILLABLE = "billable"
    DOUBTED = "doubted"
    NOT_BILLABLE = "not_billable"
    NONE = "none"
    STEP_DOCUMENT = "step_document"
    STEP_NOTICE = "step_notice"
    STEP_NOTICES = "step_notices"
    STEP_ROW = "step_row"
    STEP_PARTS = "step_parts"
    STEP_PRICE = "step_price"
    STEP_EVENT = "step_event"

    BETWEEN = "between"
    APART = "apart"


_SAY: Mapping[Say, Pair] = {
    Say.UNTIL: Pair("{first} to {last}", "{first} 至 {last}"),
    Say.SINCE: Pair("from {first}", "{first} 起"),
    Say.SEEN: Pair(
        "{span} (last seen on {last}; a bill of a later day has a doubt)",
        "{span}（最后一次见到其有效是 {last}，此后的账单带疑点）",
    ),
    Say.COUNT: Pair("{count} documents", "共 {count} 份文件"),
    Say.SUPERSEDED: Pair("superseded by {id}", "已被 {id} 取代"),
    Say.FILE: Pair("file", "文件位置"),
    Say.KIND: Pair("kind", "类别"),
    Say.AREA: Pair("area", "地区"),
    Say.IN_FORCE: Pair("in force", "有效期"),
    Say.EVIDENCE: Pair("evidence", "依据"),
    Say.RECORDED: Pair("recorded on", "录入日期"),
    Say.NUMBER: Pair("number", "文号"),
    Say.ISSUER: Pair("issuer", "发布机构"),
    Say.ISSUED: Pair("issued", "发布日期"),
    Say.URL: Pair("seen at", "出处"),
    Say.CLAUSE: Pair("clause", "条款"),
    Say.SUPERSEDES: Pair("supersedes", "取代"),
    Say.AMENDS: Pair("amends", "修改"),
    Say.FIXTURES: Pair("inferred from", "推断所据账单"),
    Say.NOTE: Pair("note", "说明"),
    Say.PRICES: Pair("Prices", "价格"),
    Say.CONTENT: Pair("Content", "内容"),
    Say.TIERS: Pair("Tiers", "分档电量"),
    Say.TIER_LIMITS: Pair(
        "up to {limits} kWh (months that are counted: {months})", "每 {months} 个月 {limits} 千瓦时以内"
    ),
    Say.TIER_PER_DEMAND: Pair("for each kW of the maximum demand", "按最大需量每千瓦"),
    Say.TIER_WITHIN: Pair("months {months}", "{months} 月"),
    Say.TIER_MONTHLY: Pair("also a twelfth each month", "另有每月十二分之一的档限"),
    Say.TIER_ABOVE: Pair("the next limit is not known", "下一档上限不详"),
    Say.TIER_LARGER: Pair("{kwh} kWh a month more for many persons", "一户多人口每月增加 {kwh} 千瓦时"),
    Say.EVERYBODY: Pair("everybody", "所有用户"),
    Say.OWN_PRICE: Pair("the customer's own contract", "由用户自己的合同约定"),
    Say.PRICE_SERIES: Pair(
        "{count} prices, one for each {step} minutes from {start} on, {mean} in the mean",
        "自 {start} 起每 {step} 分钟一个价格，共 {count} 个，平均 {mean}",
    ),
    Say.UNPRICED: Pair("no price in {bands}", "{bands}无价格"),
    Say.NO_PRICE: Pair("none", "无"),
    Say.CHANGES: Pair("Prices of {area}: {first} and {second}", "{area} 的价格：{first} 与 {second} 对比"),
    Say.NO_CHANGES: Pair("No price changed.", "没有价格变动。"),
    Say.ALL_ROWS: Pair("all rows", "所有行"),
    Say.ROWS: Pair("{count} rows: {rows}", "{count} 行：{rows}"),
    Say.NOT_COMPARED: Pair("Not compared: {reason}", "未能对比：{reason}"),
    Say.CHECKED: Pair(
        "{documents} documents, {error} errors, {warning} warnings, in {directory}",
        "{directory}：{documents} 份文件，{error} 个错误，{warning} 个警告",
    ),
    Say.COVERED: Pair("{span} ({evidence})", "{span}（{evidence}）"),
    Say.MISSING: Pair(
        "What a bill would lack: {area}, {first} to {last}, {customer}",
        "账单所缺：{area}，{first} 至 {last}，{customer}",
    ),
    Say.BILLABLE: Pair("Billable: {months}.", "可以计费：{months}。"),
    Say.DOUBTED: Pair(
        "Billable with a doubt about {documents}: {months}.", "可以计费，但对 {documents} 存疑：{months}。"
    ),
    Say.NOT_BILLABLE: Pair("Not billable: {months}.", "不能计费：{months}。"),
    Say.NONE: Pair("Nothing is lacking.", "什么都不缺。"),
    Say.STEP_DOCUMENT: Pair(
        "Write {path} as docs/tariffs.md tells, then run: billcalc tariffs check",
        "按 docs/tariffs.md 编写 {path}，然后运行：billcalc tariffs check",
    ),
    Say.STEP_NOTICE: Pair(
        "Import the notice: billcalc tariffs import NOTICE --area {area} --month {month}; or write {path} as "
        "docs/tariffs.md tells, then run: billcalc tariffs check",
        "导入公告：billcalc tariffs import NOTICE --area {area} --month {month}；或按 docs/tariffs.md 编写 "
        "{path}，然后运行：billcalc tariffs check",
    ),
    Say.STEP_NOTICES: Pair(
        "Import the notice of each of the months: billcalc tariffs import NOTICE --area {area} --month {month}; or "
        "write {path} for each of them, as docs/tariffs.md tells, then run: billcalc tariffs check",
        "逐月导入公告：billcalc tariffs import NOTICE --area {area} --month {month}；或按 docs/tariffs.md "
        "为其中每个月编写 {path}，然后运行：billcalc tariffs check",
    ),
    Say.STEP_ROW: Pair(
        "Enter the row in a document that supersedes {document}, then run: billcalc tariffs check",
        "在取代 {document} 的新文件中补上这一行，然后运行：billcalc tariffs check",
    ),
    Say.STEP_PARTS: Pair(
        "Enter the parts of the notice in a document that supersedes {document}, then run: billcalc tariffs check",
        "在取代 {document} 的新文件中按公告写入各组成部分，然后运行：billcalc tariffs check",
    ),
    Say.STEP_PRICE: Pair(
        "Give the price with the request, under price_sheet.prices.{component}",
        "随请求给出价格：price_sheet.prices.{component}",
    ),
    Say.STEP_EVENT: Pair(
        "Give what was measured on each day with the request, under events.{measure}",
        "随请求给出每天的实测值：events.{measure}",
    ),
    Say.BETWEEN: Pair(", ", "、"),
    Say.APART: Pair("; ", "；"),
}

_NEEDED_FOR: Mapping[str, Pair] = {
    "bill": Pair("Lacking for every bill", "所有账单都缺"),
    "capacity": Pair("Lacking where the basic charge is by capacity", "按容量计收基本电费时缺"),
    "demand": Pair("Lacking where the basic charge is by demand", "按需量计收基本电费时缺"),
    "power_factor": Pair("Lacking where the power factor is assessed", "考核功率因数时缺"),
    "intervals": Pair("Lacking where bands are taken from interval data", "由区间数据划分时段时缺"),
    "request": Pair("To be given with the request", "须随请求给出"),
}

_WORDS: Mapping[Language, Mapping[Say, str]] = {language: in_language(_SAY, language) for language in Language}


def library_words(language: Language) -> Mapping[Say, str]:
    """What is said of the library in a language."""
    return _WORDS[language]


def needed_for_words(language: Language, needed_for: str) -> str:
    """Which bills lack something, by ``tariff.reach.NeededFor``."""
    return _NEEDED_FOR[needed_for].of(language)
