"""What is said of claims, in English and Chinese."""

from collections.abc import Mapping

from billcalc.claims.claimed import Item
from billcalc.words.language import Pair

__all__ = ["ITEMS", "RATES", "TITLES"]

ITEMS: Mapping[Item, Pair] = {
    Item.LATE_FEE: Pair("late fee", "电费违约金"),
    Item.LEAST_FEE: Pair("late fee, raised to the least", "电费违约金（不足最低额补足）"),
    Item.MADE_GOOD: Pair("charge made good", "补交电费"),
    Item.BREACH_CHARGE: Pair("charge for breach", "违约使用电费"),
    Item.ENERGY: Pair("energy", "电费"),
    Item.RENT: Pair("rent", "租费"),
}

RATES: Mapping[str, Pair] = {
    "CNY/kW": Pair("CNY/kW", "元/千瓦"),
    "CNY/kW·times": Pair("CNY/kW each time", "元/千瓦·次"),
    "CNY/times": Pair("CNY each time", "元/次"),
}
"""The units of rates of breaches: they are paid once or each time, where those of prices are by the month."""

TITLES: Mapping[str, Pair] = {
    "statement": Pair("Statement of claims", "电费违约金及违约使用电费计算单"),
    "case": Pair("case", "案件编号"),
    "account": Pair("account", "户号"),
    "found": Pair("found on", "查获（终止）日期"),
    "total": Pair("total [CNY]", "合计（元）"),
    "amounts": Pair("Amounts", "计算明细"),
    "entry": Pair("entry", "事项"),
    "item": Pair("item", "项目"),
    "days": Pair("days", "起止日期"),
    "formula": Pair("how it comes about", "计算过程"),
    "amount": Pair("amount [CNY]", "金额（元）"),
    "clauses": Pair("Clauses", "依据"),
    "clause": Pair("clause", "条款"),
    "evidence": Pair("evidence", "可信度"),
    "unverified": Pair(
        "A clause was not seen in its text: hold it against the document before the statement is sent.",
        "有依据条款未见原文，发出前请对照文件核实。",
    ),
    "between": Pair("; ", "；"),
    "debts": Pair("debt {number}", "欠费 {number}"),
    "breaches": Pair("breach {number}", "违约用电 {number}"),
    "thefts": Pair("theft {number}", "窃电 {number}"),
    "unmetered": Pair("unmetered supply {number}", "无表用电 {number}"),
}
