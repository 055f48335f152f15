"""What is said of the tariff library, in English and Chinese; everything else is in the words of the field."""

from collections.abc import Mapping
from enum import StrEnum

from billcalc.explain.english import ENGLISH
from billcalc.explain.lexicon import Lexicon
from billcalc.tariff.components import PriceKey
from billcalc.tariff.reach import NeededFor
from billcalc.vocabulary import Billing, CustomerClass, Purchase

__all__ = ["Say", "customer_words", "needed_for_words", "words_of"]


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
    EVERYBODY = "everybody"
    OWN_PRICE = "own_price"
    UNPRICED = "unpriced"
    NO_PRICE = "no_price"

    CHANGES = "changes"
    NO_CHANGES = "no_changes"
    ALL_ROWS = "all_rows"
    ROWS = "rows"
    NOT_COMPARED = "not_compared"

    COVERED = "covered"

    MISSING = "missing"
    BILLABLE = "billable"
    DOUBTED = "doubted"
    NOT_BILLABLE = "not_billable"
    NONE = "none"
    STEP_DOCUMENT = "step_document"
    STEP_MONTHS = "step_months"
    STEP_ROW = "step_row"
    STEP_PRICE = "step_price"
    STEP_EVENT = "step_event"

    TIME_OF_USE = "time_of_use"
    NO_TIME_OF_USE = "no_time_of_use"
    BETWEEN = "between"
    APART = "apart"


_ENGLISH: Mapping[Say, str] = {
    Say.UNTIL: "{first} to {last}",
    Say.SINCE: "from {first}",
    Say.SEEN: "{span} (last seen on {last}; a bill of a later day has a doubt)",
    Say.COUNT: "{count} documents",
    Say.SUPERSEDED: "superseded by {id}",
    Say.FILE: "file",
    Say.KIND: "kind",
    Say.AREA: "area",
    Say.IN_FORCE: "in force",
    Say.EVIDENCE: "evidence",
    Say.RECORDED: "recorded on",
    Say.NUMBER: "number",
    Say.ISSUER: "issuer",
    Say.ISSUED: "issued",
    Say.URL: "seen at",
    Say.CLAUSE: "clause",
    Say.SUPERSEDES: "supersedes",
    Say.AMENDS: "amends",
    Say.FIXTURES: "inferred from",
    Say.NOTE: "note",
    Say.PRICES: "Prices",
    Say.CONTENT: "Content",
    Say.EVERYBODY: "everybody",
    Say.OWN_PRICE: "the customer's own contract",
    Say.UNPRICED: "no price in {bands}",
    Say.NO_PRICE: "none",
    Say.CHANGES: "Prices of {area}: {first} and {second}",
    Say.NO_CHANGES: "No price changed.",
    Say.ALL_ROWS: "all rows",
    Say.ROWS: "{count} rows: {rows}",
    Say.NOT_COMPARED: "Not compared: {reason}",
    Say.COVERED: "{span} ({evidence})",
    Say.MISSING: "What a bill would lack: {area}, {first} to {last}, {customer}",
    Say.BILLABLE: "Billable: {months}.",
    Say.DOUBTED: "Billable with a doubt about {documents}: {months}.",
    Say.NOT_BILLABLE: "Not billable: {months}.",
    Say.NONE: "Nothing is lacking.",
    Say.STEP_DOCUMENT: "Write {path} as docs/tariffs.md tells, then run: billcalc tariffs check",
    Say.STEP_MONTHS: "Write {path} for each of the months, as docs/tariffs.md tells, then run: billcalc tariffs check",
    Say.STEP_ROW: "Enter the row in a document that supersedes {document}, then run: billcalc tariffs check",
    Say.STEP_PRICE: "Give the price with the request, under price_sheet.prices.{component}",
    Say.STEP_EVENT: "Give what was measured on each day with the request, under events.{measure}",
    Say.TIME_OF_USE: "time of use",
    Say.NO_TIME_OF_USE: "no time of use",
    Say.BETWEEN: ", ",
    Say.APART: "; ",
}

_CHINESE: Mapping[Say, str] = {
    Say.UNTIL: "{first} 至 {last}",
    Say.SINCE: "{first} 起",
    Say.SEEN: "{span}（最后一次见到其有效是 {last}，此后的账单带疑点）",
    Say.COUNT: "共 {count} 份文件",
    Say.SUPERSEDED: "已被 {id} 取代",
    Say.FILE: "文件位置",
    Say.KIND: "类别",
    Say.AREA: "地区",
    Say.IN_FORCE: "有效期",
    Say.EVIDENCE: "依据",
    Say.RECORDED: "录入日期",
    Say.NUMBER: "文号",
    Say.ISSUER: "发布机构",
    Say.ISSUED: "发布日期",
    Say.URL: "出处",
    Say.CLAUSE: "条款",
    Say.SUPERSEDES: "取代",
    Say.AMENDS: "修改",
    Say.FIXTURES: "推断所据账单",
    Say.NOTE: "说明",
    Say.PRICES: "价格",
    Say.CONTENT: "内容",
    Say.EVERYBODY: "所有用户",
    Say.OWN_PRICE: "由用户自己的合同约定",
    Say.UNPRICED: "{bands}无价格",
    Say.NO_PRICE: "无",
    Say.CHANGES: "{area} 的价格：{first} 与 {second} 对比",
    Say.NO_CHANGES: "没有价格变动。",
    Say.ALL_ROWS: "所有行",
    Say.ROWS: "{count} 行：{rows}",
    Say.NOT_COMPARED: "未能对比：{reason}",
    Say.COVERED: "{span}（{evidence}）",
    Say.MISSING: "账单所缺：{area}，{first} 至 {last}，{customer}",
    Say.BILLABLE: "可以计费：{months}。",
    Say.DOUBTED: "可以计费，但对 {documents} 存疑：{months}。",
    Say.NOT_BILLABLE: "不能计费：{months}。",
    Say.NONE: "什么都不缺。",
    Say.STEP_DOCUMENT: "按 docs/tariffs.md 编写 {path}，然后运行：billcalc tariffs check",
    Say.STEP_MONTHS: "按 docs/tariffs.md 为其中每个月编写 {path}，然后运行：billcalc tariffs check",
    Say.STEP_ROW: "在取代 {document} 的新文件中补上这一行，然后运行：billcalc tariffs check",
    Say.STEP_PRICE: "随请求给出价格：price_sheet.prices.{component}",
    Say.STEP_EVENT: "随请求给出每天的实测值：events.{measure}",
    Say.TIME_OF_USE: "执行分时电价",
    Say.NO_TIME_OF_USE: "不执行分时电价",
    Say.BETWEEN: "、",
    Say.APART: "；",
}

_NEEDED_FOR: Mapping[NeededFor, tuple[str, str]] = {
    NeededFor.BILL: ("Lacking for every bill", "所有账单都缺"),
    NeededFor.CAPACITY: ("Lacking where the basic charge is by capacity", "按容量计收基本电费时缺"),
    NeededFor.DEMAND: ("Lacking where the basic charge is by demand", "按需量计收基本电费时缺"),
    NeededFor.POWER_FACTOR: ("Lacking where the power factor is assessed", "考核功率因数时缺"),
    NeededFor.INTERVALS: ("Lacking where bands are taken from interval data", "由区间数据划分时段时缺"),
    NeededFor.REQUEST: ("To be given with the request", "须随请求给出"),
}

_CLASSES: Mapping[CustomerClass, str] = {
    CustomerClass.INDUSTRIAL_COMMERCIAL: "工商业",
    CustomerClass.LARGE_INDUSTRIAL: "大工业",
    CustomerClass.GENERAL_COMMERCIAL: "一般工商业",
    CustomerClass.RESIDENTIAL: "居民",
    CustomerClass.AGRICULTURAL: "农业",
}
_BILLINGS: Mapping[Billing, str] = {Billing.ONE_PART: "单一制", Billing.TWO_PART: "两部制"}
_PURCHASES: Mapping[Purchase, str] = {
    Purchase.AGENT: "代理购电",
    Purchase.AGENT_1_5: "1.5 倍代理购电",
    Purchase.MARKET: "市场化购电",
    Purchase.CATALOGUE: "目录电价",
}


def words_of(lexicon: Lexicon) -> Mapping[Say, str]:
    """What is said in the language of a lexicon."""
    return _ENGLISH if lexicon is ENGLISH else _CHINESE


def needed_for_words(lexicon: Lexicon, needed_for: NeededFor) -> str:
    """Which bills lack something."""
    english, chinese = _NEEDED_FOR[needed_for]
    return english if lexicon is ENGLISH else chinese


def customer_words(lexicon: Lexicon, key: PriceKey, told: tuple[str, ...] | None = None) -> str:
    """What a customer is.

    Args:
        lexicon: of the language.
        key: the customer.
        told: what of him is told, by the names of ``PriceKey``; None for all.
    """
    words = words_of(lexicon)
    english = lexicon is ENGLISH
    parts = {
        "customer_class": key.customer_class.value if english else _CLASSES[key.customer_class],
        "subclass": key.subclass,
        "billing": key.billing.value if english else _BILLINGS[key.billing],
        "voltage": key.voltage.value,
        "purchase": key.purchase.value if english else _PURCHASES[key.purchase],
        "time_of_use": words[Say.TIME_OF_USE if key.time_of_use else Say.NO_TIME_OF_USE],
    }
    return words[Say.BETWEEN].join(
        text for name, text in parts.items() if text is not None and (told is None or name in told)
    )
