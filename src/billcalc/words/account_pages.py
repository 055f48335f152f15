"""What the pages say of the demand of an account and of an advice; ``{…}`` are filled in."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = ["ACCOUNT_PAGES"]

ACCOUNT_PAGES: Mapping[str, Pair] = {
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
