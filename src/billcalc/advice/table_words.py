"""What a table of advice on many accounts says, in English and Chinese."""

from collections.abc import Mapping

from billcalc.advice.bulk import MONTHS_MISSING, MONTHS_TWICE
from billcalc.advice.words import NOT_ADVISED
from billcalc.words.language import Pair

__all__ = ["TABLE"]

TABLE: Mapping[str, Pair] = {
    "title": Pair("Advice on accounts", "批量用电优化建议"),
    "summary": Pair("summary", "汇总"),
    "accounts": Pair("accounts", "户数"),
    "months_billed": Pair("months billed", "已计费月份"),
    "rejected": Pair("months that could not be billed", "未能计费的月份"),
    "with_plan": Pair("accounts for which another way costs less", "有更省计收方式的户数"),
    "account": Pair("account", "户号"),
    "from": Pair("from", "起"),
    "to": Pair("to", "止"),
    "months": Pair("months", "月数"),
    "why": Pair("why nothing is told of the basic charge", "未测算容（需）量电费的原因"),
    "paid": Pair("as asked for", "现状电费"),
    "capacity": Pair("by capacity", "按变压器容量"),
    "one_contract_kw": Pair("one contract [kW]", "固定合同需量（千瓦）"),
    "one_contract": Pair("by one contract", "按固定合同需量"),
    "contract_by_month": Pair("by the contract of each month", "按各月最优合同需量"),
    "actual": Pair("by actual demand", "按实际最大需量"),
    "plan": Pair("plan", "建议方案"),
    "planned": Pair("by the plan", "建议方案电费"),
    "saved": Pair("saved by the plan", "方案可节省"),
    "moved_kwh": Pair("load moved [kWh]", "移至谷段电量（千瓦时）"),
    "shift_saved": Pair("saved by load in the valley", "移峰可节省"),
    "kvar": Pair("capacitor [kvar]", "电容器（千乏）"),
    "compensation_saved": Pair("saved by compensation", "无功补偿可节省"),
    "doubted_months": Pair("months with doubts", "有疑点的月份"),
    MONTHS_MISSING: Pair("a month between others is missing", "中间缺少月份"),
    MONTHS_TWICE: Pair("days are told in two months", "日期在两个月份中重复"),
    **{why.value: pair for why, pair in NOT_ADVISED.items()},
}
