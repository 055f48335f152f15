"""What is said of corrections, in English and Chinese."""

from collections.abc import Mapping

from billcalc.corrections.case import Cause, Half
from billcalc.words.language import Pair

__all__ = ["CAUSES", "HALVES", "LETTER", "TITLES"]

CAUSES: Mapping[Cause, Pair] = {
    Cause.METER_ERROR: Pair("the error of the meter is above what is allowed", "电能表误差超出允许范围"),
    Cause.WIRING: Pair("the meter was connected wrongly", "电能计量装置接线错误"),
    Cause.VOLTAGE_LOST: Pair("a phase had no voltage, or a transformer failed", "计量失压或互感器故障"),
    Cause.MIXED_RATIOS: Pair("the current transformers have several ratios", "电流互感器变比不一致"),
    Cause.MULTIPLIER: Pair("the multiplier was wrong", "计费倍率错误"),
    Cause.NOT_MEASURED: Pair("the energy was not measured", "电能计量装置失准，未能计量"),
    Cause.CLASS: Pair("the class was wrong", "用电类别错误"),
    Cause.PRICE: Pair("the price was wrong", "电价执行错误"),
    Cause.SUSPENSION: Pair("the suspension was wrong", "暂停处理错误"),
    Cause.REGISTER: Pair("a register was missed or misread", "示数漏抄或错抄"),
}

HALVES: Mapping[Half, Pair] = {
    Half.OF_EACH_DAY: Pair("half of the energy of each day", "每日电量的一半"),
    Half.LATER_DAYS: Pair("the later half of the days", "后一半日期"),
}

TITLES: Mapping[str, Pair] = {
    "letter": Pair("Letter of correction", "电费退补通知书"),
    "energy": Pair("Energy corrected", "电量退补计算"),
    "money": Pair("Money by month", "各月电费"),
    "difference": Pair("What differs", "退补明细"),
    "cancel": Pair("Cancelling bill", "冲销账单"),
    "replace": Pair("Replacing bill", "重开账单"),
    "case": Pair("case", "案件编号"),
    "account": Pair("account", "户号"),
    "area": Pair("area", "地区"),
    "period": Pair("period", "账期"),
    "cause": Pair("reason", "退补原因"),
    "undoes": Pair("undoes the statement", "撤销退补单"),
    "clause": Pair("clause", "依据"),
    "of_months": Pair("{clause} (of {months})", "{clause}（适用账期：{months}）"),
    "and": Pair(", ", "、"),
    "rule": Pair("rule", "计算规定"),
    "evidence": Pair("evidence of the clause", "依据的可信度"),
    "days": Pair("days corrected", "退补时段"),
    "which": Pair("which half", "折半方式"),
    "error": Pair("error of the meter", "电能表误差"),
    "point": Pair("metering point", "计量点"),
    "register": Pair("register", "示数类型"),
    "metered": Pair("counted [kWh]", "已计电量（千瓦时）"),
    "factor": Pair("factor", "更正系数"),
    "normal": Pair("normal month", "按正常月份"),
    "share": Pair("share", "退补比例"),
    "added": Pair("added [kWh]", "退补电量（千瓦时）"),
    "right": Pair("right [kWh]", "更正后电量（千瓦时）"),
    "original": Pair("cancelled", "冲销"),
    "replacing": Pair("billed anew", "重开"),
    "money_of": Pair("difference [{currency}]", "差额（{currency}）"),
    "sum": Pair("sum", "合计"),
    "set": Pair("set right", "更正事项"),
    "removed": Pair("left out", "删除"),
    "result": Pair("result", "结论"),
    "all_months": Pair("every month", "各月"),
}

LETTER: Mapping[str, Pair] = {
    "pay": Pair("{amount} {currency} are to be paid in addition.", "应补缴电费 {amount} {currency}。"),
    "refund": Pair("{amount} {currency} are given back.", "应退还电费 {amount} {currency}。"),
    "even": Pair("The bills are others, and what is to be paid stays the same.", "账单内容有更正，应缴电费不变。"),
    "nothing": Pair("All months were billed rightly: there is nothing to correct.", "各月计费无误，无需退补。"),
    "kept": Pair(
        "The issued bills stay as they are: each is cancelled as a whole, and billed anew at the prices and rules in "
        "force in its month.",
        "原账单不作改动：整张冲销后，按当月执行的电价和规则重新开具。",
    ),
    "registers": Pair(
        "Reactive energy and maximum demand stay as they were metered, unless they are set right above.",
        "无功电量和最大需量仍按原计量结果，上列更正事项另有规定的除外。",
    ),
    "unverified": Pair(
        "The clause was not seen in its text: hold it against the document before the letter is sent.",
        "依据条款未见原文，发出前请对照文件核实。",
    ),
}
