"""What the pages say of the demand of an account and of an advice; ``{…}`` are filled in."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = ["ACCOUNT_PAGES"]

ACCOUNT_PAGES: Mapping[str, Pair] = {
    "advise": Pair("Advise", "用电优化"),
    "advise_lead": Pair(
        "What a customer's months would have cost by another way of paying the basic charge, with the best contract, "
        "or with another use. Each amount is the difference of two bills.",
        "用户各月若改用其他基本电费计收方式、最优合同需量或调整用电，电费会是多少。每个金额都是两份账单之差。",
    ),
    "advise_hint": Pair(
        "Up to 24 files that follow one another, one for each month; choose them together.",
        "月份须连续，每月一份，可一次选择多份，最多 24 份。",
    ),
    "advise_this": Pair("Advise", "开始测算"),
    "advise_another": Pair("Advise another", "再测算一户"),
    "advice_shift": Pair("Load moved from peak hours into the valley", "由尖峰段移至谷段的电量"),
    "advice_of": Pair("counted in", "单位"),
    "advice_percent": Pair("% of the sharp and peak energy", "尖峰、高峰电量的百分比"),
    "advice_kwh": Pair("kWh in each month", "千瓦时（每月）"),
    "advice_shift_wrong": Pair(
        "Write how much load is moved as a number, such as 1.5; per cent up to 100.",
        "移动电量请填数字，例如 1.5；百分比不超过 100。",
    ),
    "advice_present": Pair("as asked for", "现方式"),
    "advice_plan": Pair("by the plan", "按建议方案"),
    "advice_drawn": Pair("What all months cost, each way throughout", "各计收方式下全部月份的电费"),
    "demand": Pair("Demand and contract", "最大需量与合同核定值"),
    "demand_drawn": Pair(
        "Maximum demand [kW]; thick line: contract, dashed: the limit above which more is paid, dotted: the floor",
        "最大需量（千瓦）；粗线为合同核定值，虚线为加收界限，点线为下限",
    ),
    "demand_kw": Pair("Maximum demand [kW]", "最大需量（千瓦）"),
    "demand_contract": Pair("Contract [kW]", "合同核定值（千瓦）"),
    "demand_share": Pair("of the contract", "占合同核定值"),
    "demand_limit": Pair("{percent} % of the contract", "合同核定值的 {percent}%"),
    "demand_floor": Pair("Floor by capacity [kW]", "按容量的下限（千瓦）"),
    "demand_says": Pair("where it lies", "情况"),
    "demand_above": Pair("above the limit: more is paid", "超过加收界限"),
    "demand_over": Pair("above the contract, within the limit", "超过合同核定值，未到加收界限"),
    "demand_below": Pair("below the floor: the floor is billed", "低于下限，按下限计费"),
    "demand_within": Pair("within", "正常"),
}
"""How each is said."""
