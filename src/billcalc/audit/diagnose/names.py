"""What causes are called, where many are listed: in tables and sums."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = ["NAMES"]

NAMES: Mapping[str, Pair] = {
    "voltage": Pair("voltage", "电压等级"),
    "price_table": Pair("price table", "电价表"),
    "multiplier": Pair("multiplier", "倍率"),
    "standard": Pair("power-factor standard", "功率因数标准"),
    "power_factor_base": Pair("base of the adjustment", "力调电费基数"),
    "bands_ignored": Pair("time of use or not", "是否分时"),
    "billing_parts": Pair("one or two parts", "单一制或两部制"),
    "customer_class": Pair("customer class", "用电类别"),
    "purchase": Pair("way of purchase", "购电方式"),
    "basic_mode": Pair("way of the basic charge", "基本电费计收方式"),
    "contract": Pair("contracted demand", "合同最大需量"),
    "suspension": Pair("suspension", "变压器暂停"),
    "capacity_size": Pair("transformer size", "变压器容量"),
    "demand_multiplier": Pair("demand without multiplier", "需量未乘倍率"),
    "floor": Pair("floor of the demand", "需量下限"),
    "excess": Pair("demand above the contract", "超需量"),
    "discount": Pair("discount of the demand price", "需量电价折扣"),
    "digit": Pair("misread digit", "示数抄错一位"),
    "digits_exchanged": Pair("exchanged digits", "示数两位颠倒"),
    "given_quantity": Pair("given quantity", "给定数值"),
    "registers_swapped": Pair("registers exchanged", "时段示数互换"),
    "rollover": Pair("register through zero", "示数过零"),
    "meter_exchange": Pair("meter exchange", "换表"),
    "losses": Pair("losses", "变线损"),
    "sub_meter": Pair("sub-meter", "分表扣减"),
    "sub_meter_order": Pair("rule of sub-meters", "分表扣减规则"),
    "reactive": Pair("reactive registers", "无功取数"),
    "cosphi_cut": Pair("power factor cut", "功率因数取值"),
    "power_factor_scope": Pair("scope of the power factor", "功率因数考核范围"),
    "day_count": Pair("day count", "天数算法"),
    "edge_days": Pair("first and last day", "变更当日"),
    "change_ignored": Pair("change not carried out", "变更未执行"),
    "component_left_out": Pair("component left out", "漏计项目"),
    "printed_line": Pair("whole line", "整行漏计或重计"),
    "levy_rate": Pair("rate of a levy", "附加标准"),
    "given_line": Pair("given line", "给定行"),
    "earlier_version": Pair("superseded price table", "已更正的电价表"),
    "time_of_use_table": Pair("time-of-use table", "分时方案"),
    "holiday": Pair("hours of a holiday", "节假日时段"),
    "tiers": Pair("tiers", "阶梯计算"),
    "price_day": Pair("day of the price", "取价日期"),
    "energy_register": Pair("energy register", "电量取数"),
    "adjustment_rounding": Pair("rounding of the adjustment", "力调电费取整"),
    "rounding": Pair("rounding", "取整方式"),
}
"""By the code of the cause."""
