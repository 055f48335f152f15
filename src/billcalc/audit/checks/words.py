"""What is said of each check, in English and Chinese: what speaks, and what to do next; ``{…}`` are its figures."""

from collections.abc import Mapping

from billcalc.words.language import Pair, Wording

__all__ = ["CHECK_WORDS"]


def _words(english: tuple[str, str], chinese: tuple[str, str]) -> Wording:
    return Wording(Pair(english[0], chinese[0]), Pair(english[1], chinese[1]))


CHECK_WORDS: Mapping[str, Wording] = {
    "period_gap": _words(
        (
            "the bill before ends before {end_day_1}, and this one begins on {first_day}",
            "find the bill that is missing, or bill the days between",
        ),
        ("上期账单止于 {end_day_1}（不含），本期自 {first_day} 起", "查找缺失的账单，或补计中间各日"),
    ),
    "period_overlap": _words(
        (
            "the bill before ends before {end_day_1}, and this one begins on {first_day} already",
            "void one of the two bills, or correct its days",
        ),
        ("上期账单止于 {end_day_1}（不含），而本期自 {first_day} 起", "作废其中一张，或更正日期"),
    ),
    "period_length_abnormal": _words(
        (
            "the bill is for {days} days; the three before were for {days_1}, {days_2} and {days_3} (limit: "
            "{limit} days from their median)",
            "look up the days on which the meter was read",
        ),
        ("本期 {days} 天，前三期为 {days_1}、{days_2}、{days_3} 天（与中位数之差的界限为 {limit} 天）", "核查抄表日"),
    ),
    "duplicate_bill": _words(
        ("the bill has the days or the figures of the one before: {kwh} kWh and {money}", "void one of the two"),
        ("本期账期或数字与上期相同：{kwh} 千瓦时，{money} 元", "作废其中一张"),
    ),
    "facts_disagree": _words(
        (
            "the power factor {cosphi_told} is not that of {active_kwh} kWh and {reactive_kvarh} kvarh",
            "look up both energies, and how the power factor was computed",
        ),
        (
            "功率因数 {cosphi_told} 与有功 {active_kwh} 千瓦时、无功 {reactive_kvarh} 千乏时不符",
            "核查两项电量及功率因数的计算",
        ),
    ),
    "zero_total_with_energy": _words(
        ("{kwh} kWh cost {money}", "look whether everything was corrected away"),
        ("电量 {kwh} 千瓦时，电费为 {money}", "核查是否全部列为退补"),
    ),
    "negative_item": _words(
        ("lines below zero that are no adjustment and no refund: {negative_lines}", "ask what they stand for"),
        ("非调整、非退补的负数项目有 {negative_lines} 行", "查明其含义"),
    ),
    "two_part_not_applied": _words(
        (
            "{kva} kVA (from {limit} kVA on two parts are due), and no basic charge is paid",
            "look whether the customer may stay as before, else write an order of change",
        ),
        (
            "容量 {kva} 千伏安（{limit} 千伏安及以上应执行两部制），而执行单一制",
            "核查是否为可暂不调整的用户，否则办理变更",
        ),
    ),
    "one_part_with_basic_charge": _words(
        (
            "the basic charge is {basic_money}, which does not go with the way of billing",
            "look up whether the customer pays in one part or in two",
        ),
        ("基本电费为 {basic_money} 元，与单一制或两部制的约定不符", "核查执行单一制还是两部制"),
    ),
    "basic_exemption_without_ground": _words(
        ("no basic charge is paid, and the file does not say why", "ask for the document that exempts the customer"),
        ("免收基本电费，而档案中没有依据", "索取免收的文件"),
    ),
    "one_and_half_price": _words(
        (
            "the agent's price is taken once ({agent}) or one and a half times ({one_and_half}); the month before it "
            "was the agent's ({agent_1}) or the market's ({market_1})",
            "look up when and why the customer left the market: who leaves it pays one and a half times, others do not",
        ),
        (
            "本月按代理购电价（{agent}）或其1.5倍（{one_and_half}）计费，上月为代理购电（{agent_1}）或市场化（{market_1}）",
            "核查退出市场的时间和原因：退市用户执行1.5倍，其他代理购电用户不执行",
        ),
    ),
    "levy_exemption_without_ground": _words(
        (
            "{kwh} kWh were bought at prices without surcharges, and the surcharges are {levy_money}",
            "ask for the document that exempts the customer, else bill the surcharges",
        ),
        (
            "电量 {kwh} 千瓦时所执行的电价不含基金及附加，而基金及附加为 {levy_money} 元",
            "索取免征的文件，没有的应补计",
        ),
    ),
    "fixed_share_implausible": _words(
        (
            "by a fixed quantity or share residents have {residential_kwh} of {kwh} kWh (limit: a share of {limit})",
            "verify the share on site",
        ),
        ("按定比或定量，居民电量为 {kwh} 千瓦时中的 {residential_kwh} 千瓦时（占比界限 {limit}）", "现场核定比例"),
    ),
    "band_share_shift": _words(
        (
            "the share of a band moved by more than {limit}: sharp {sharp_kwh_1} → {sharp_kwh}, peak {peak_kwh_1} "
            "→ {peak_kwh}, flat {flat_kwh_1} → {flat_kwh}, valley {valley_kwh_1} → {valley_kwh}, deep valley "
            "{deep_valley_kwh_1} → {deep_valley_kwh} kWh",
            "ask for changes of production; look at the meter's clock and its table of bands",
        ),
        (
            "时段电量占比变动超过 {limit}：尖 {sharp_kwh_1}→{sharp_kwh}，峰 "
            "{peak_kwh_1}→{peak_kwh}，平 {flat_kwh_1}→{flat_kwh}，"
            "谷 {valley_kwh_1}→{valley_kwh}，深谷 {deep_valley_kwh_1}→{deep_valley_kwh} 千瓦时",
            "了解生产变化，核查电能表时钟和时段设置",
        ),
    ),
    "band_share_implausible": _words(
        (
            "all energy is flat, or sharp and peak have more than {limit} of it: sharp {sharp_kwh}, peak {peak_kwh}, "
            "flat {flat_kwh}, valley {valley_kwh}, deep valley {deep_valley_kwh} kWh",
            "look at the meter's clock and its table of bands",
        ),
        (
            "全部为平段，或尖峰与峰段合计占比超过 {limit}：尖 {sharp_kwh}，峰 {peak_kwh}，平 {flat_kwh}，谷 "
            "{valley_kwh}，深谷 {deep_valley_kwh} 千瓦时",
            "核查电能表时钟和时段设置",
        ),
    ),
    "registers_swapped": _words(
        (
            "two bands seem exchanged: peak {peak_kwh_1} → {peak_kwh}, flat {flat_kwh_1} → {flat_kwh}, valley "
            "{valley_kwh_1} → {valley_kwh} kWh (limits: {limit} and {least})",
            "look at the readings of each band again",
        ),
        (
            "疑似两个时段的示数对调：峰 {peak_kwh_1}→{peak_kwh}，平 {flat_kwh_1}→{flat_kwh}，"
            "谷 {valley_kwh_1}→{valley_kwh} "
            "千瓦时（界限 {limit} 和 {least}）",
            "重新核对各时段示数",
        ),
    ),
    "class_share_shift": _words(
        (
            "the share of a class moved by more than {limit}: residential {residential_kwh_1} → {residential_kwh}, "
            "agricultural {agricultural_kwh_1} → {agricultural_kwh} of {kwh_1} → {kwh} kWh",
            "look at fixed shares and sub-meters",
        ),
        (
            "用电类别占比变动超过 {limit}：居民 {residential_kwh_1}→{residential_kwh}，"
            "农业 {agricultural_kwh_1}→{agricultural_kwh}，"
            "总电量 {kwh_1}→{kwh} 千瓦时",
            "核查定比定量和分表",
        ),
    ),
    "basic_charge_jump": _words(
        (
            "the basic charge went from {basic_money_1} to {basic_money} (limit: a change of {limit})",
            "look for orders of change, then at the demand and its excess",
        ),
        (
            "基本电费由 {basic_money_1} 元变为 {basic_money} 元（变动界限 {limit}）",
            "先查变更工单，再查需量和超约定部分",
        ),
    ),
    "capacity_overrun": _words(
        (
            "the demand of {demand_kw} kW is above {limit} times the running {running_kva} kVA, and capacity is paid",
            "check on site what is connected",
        ),
        ("按容量计费，最大需量 {demand_kw} 千瓦超过运行容量 {running_kva} 千伏安的 {limit} 倍", "现场核查接用设备"),
    ),
    "demand_below_floor": _words(
        (
            "the demand of {demand_kw} kW is below {limit} times the running {running_kva} kVA, and a contracted "
            "demand is paid",
            "tell the customer what paying by capacity would come to",
        ),
        (
            "按需量计费，最大需量 {demand_kw} 千瓦低于运行容量 {running_kva} 千伏安的 {limit} 倍",
            "告知客户按容量计费的金额",
        ),
    ),
    "contract_below_floor": _words(
        (
            "the contracted demand of {contract_kw} kW is below {limit} times the running {running_kva} kVA",
            "correct the contract, or bill the floor",
        ),
        ("核定需量 {contract_kw} 千瓦低于运行容量 {running_kva} 千伏安的 {limit} 倍", "更正核定值，或按下限计费"),
    ),
    "sealed_but_running": _words(
        (
            "{kwh} kWh in {days} days are more than {limit} times what the running {running_kva} of {kva} kVA can take",
            "check the seals on site",
        ),
        (
            "{days} 天用电 {kwh} 千瓦时，超过运行容量 {running_kva} 千伏安（总容量 {kva}）能力的 {limit} 倍",
            "现场检查封印",
        ),
    ),
    "demand_zero": _words(
        ("{kwh} kWh were used with a demand of {demand_kw} kW", "read the register of the demand again"),
        ("用电 {kwh} 千瓦时，而最大需量为 {demand_kw} 千瓦", "重新抄录需量示数"),
    ),
    "demand_repeats": _words(
        ("the demand of {demand_kw} kW is that of the month before", "look whether it was read and reset"),
        ("最大需量 {demand_kw} 千瓦与上月相同", "核查需量是否已抄录并复零"),
    ),
    "standard_missing": _words(
        (
            "{kva} kVA (from {limit} kVA on the power factor is assessed), and no standard is told",
            "set the standard, or keep the ground of the exemption",
        ),
        ("容量 {kva} 千伏安（{limit} 千伏安及以上应考核功率因数），而没有考核标准", "补录考核标准，或留存不考核的依据"),
    ),
    "standard_against_class": _words(
        (
            "the standard {standard} does not go with the class ({of_farms} is that of farms)",
            "look up the standard in the agreement",
        ),
        ("功率因数标准 {standard} 与用电类别不符（农业为 {of_farms}）", "核对供用电合同中的标准"),
    ),
    "power_factor_shift": _words(
        (
            "the power factor is {cosphi_told}, after {cosphi_told_1}, {cosphi_told_2} and {cosphi_told_3} "
            "(limit: {limit} from their mean)",
            "look at the compensation, then at the reactive registers",
        ),
        (
            "功率因数 {cosphi_told}，前三月为 {cosphi_told_1}、{cosphi_told_2}、{cosphi_told_3}（与均值之差的界限 "
            "{limit}）",
            "检查无功补偿，再核对无功示数",
        ),
    ),
    "power_factor_below_standard": _words(
        ("the power factor {cosphi_told} is below the standard {standard}", "advise compensation"),
        ("功率因数 {cosphi_told} 低于标准 {standard}", "建议加装或调整无功补偿"),
    ),
    "power_factor_without_reactive": _words(
        (
            "{active_kwh} kWh were used with {reactive_kvarh} kvarh",
            "look whether the reactive register was read and is connected",
        ),
        ("有功 {active_kwh} 千瓦时，而无功为 {reactive_kvarh} 千乏时", "核查无功表计是否抄录、是否接入"),
    ),
    "reactive_above_active": _words(
        (
            "{reactive_kvarh} kvarh beside {active_kwh} kWh, a power factor of {cosphi_told} (limits: {share} "
            "and {least})",
            "look at the compensation and at the reactive registers",
        ),
        (
            "无功 {reactive_kvarh} 千乏时，有功 {active_kwh} 千瓦时，功率因数 {cosphi_told}（界限 {share} 和 {least}）",
            "检查无功补偿并核对无功示数",
        ),
    ),
    "photovoltaic_power_factor": _words(
        (
            "energy is fed in; {kwh} after {kwh_12} kWh a year before, the power factor {cosphi_told} after "
            "{cosphi_told_12} (limits: {share} and {limit})",
            "explain the quadrants of the reactive energy to the customer",
        ),
        (
            "有上网电量；用电 {kwh} 千瓦时，上年同月 {kwh_12}；功率因数 {cosphi_told}，上年同月 {cosphi_told_12}（界限 "
            "{share} 和 {limit}）",
            "向客户说明各象限无功的计量",
        ),
    ),
    "ratio_changed_without_order": _words(
        (
            "the multiplier went from {multiplier_1} to {multiplier} without an exchange",
            "check the instrument transformers on site",
        ),
        ("倍率由 {multiplier_1} 变为 {multiplier}，而没有换表记录", "现场核查互感器"),
    ),
    "opening_differs": _words(
        (
            "it opens with {opening}, and the month before closed with {closing_1}",
            "look for an exchange, or for a reading that is wrong",
        ),
        ("起码 {opening} 与上期止码 {closing_1} 不符", "查找换表记录或错误的示数"),
    ),
    "zero_energy": _words(
        ("{kwh} kWh in {days} days (limit: {limit}) with {running_kva} kVA in service", "check on site"),
        ("运行容量 {running_kva} 千伏安，{days} 天电量为 {kwh} 千瓦时（界限 {limit} 天）", "现场核查"),
    ),
    "energy_jump": _words(
        (
            "the energy went from {kwh_1} to {kwh} kWh (limit: a change of {limit})",
            "look for orders of change, then at the multiplier and the readings",
        ),
        ("电量由 {kwh_1} 变为 {kwh} 千瓦时（变动界限 {limit}）", "先查变更工单，再查倍率和示数"),
    ),
    "energy_against_last_year": _words(
        (
            "{kwh} kWh in {days} days, after {kwh_12} kWh in {days_12} days a year before (limit: a change of {limit})",
            "ask for changes of production",
        ),
        ("{days} 天 {kwh} 千瓦时，上年同月 {days_12} 天 {kwh_12} 千瓦时（变动界限 {limit}）", "了解生产变化"),
    ),
    "money_against_last_year": _words(
        (
            "{money} for {days} days, after {money_12} for {days_12} days a year before (limit: a change of {limit})",
            "compare energy, prices and the basic charge",
        ),
        ("{days} 天 {money} 元，上年同月 {days_12} 天 {money_12} 元（变动界限 {limit}）", "比较电量、电价和基本电费"),
    ),
    "estimated_repeated": _words(
        ("estimated readings this month: {estimated}, and the month before: {estimated_1}", "read the meter"),
        ("本月推算示数 {estimated} 次，上月 {estimated_1} 次", "到现场抄表"),
    ),
    "estimate_suspected": _words(
        ("{kwh} kWh in each of three months, and no reading is marked as estimated ({estimated})", "read the meter"),
        ("连续三月均为 {kwh} 千瓦时，且没有标明推算（{estimated}）", "到现场抄表"),
    ),
    "loss_missing": _words(
        (
            "it is measured on the low side of a transformer, and no loss is told",
            "enter the loss of the transformer, or that there is none",
        ),
        ("高供低计而没有损耗规定", "补录变压器损耗，或注明不计"),
    ),
    "loss_on_high_side": _words(
        (
            "it is measured on the high side, and {transformer_loss_kwh} kWh of transformer loss are added",
            "refund the loss",
        ),
        ("高供高计却加计变损 {transformer_loss_kwh} 千瓦时", "退还变损电费"),
    ),
    "loss_implausible": _words(
        (
            "the loss of {loss_kwh} kWh is more than {limit} of {kwh} kWh",
            "look at the days and at the capacity of the transformer",
        ),
        ("损耗 {loss_kwh} 千瓦时超过电量 {kwh} 千瓦时的 {limit}", "核查天数和变压器容量"),
    ),
    "change_review": _words(
        ("orders of change in the cycle: {changes}", "have the bill reviewed by a person"),
        ("本期有变更工单 {changes} 件", "人工审核"),
    ),
    "correction_review": _words(
        ("corrections in the bill: {refund_lines}", "have the bill reviewed by a person"),
        ("账单中有退补 {refund_lines} 项", "人工审核"),
    ),
    "correction_unfounded": _words(
        (
            "corrections that tell neither what they are for nor energy and price: {bare_refunds}",
            "ask for the months, the computation and the approval, and name them on the line",
        ),
        ("既未写明事由、也没有电量和电价的退补有 {bare_refunds} 项", "补齐退补的月份、计算和审批，并在该行写明"),
    ),
    "change_without_order": _words(
        (
            "the capacity went from {kva_1} to {kva} kVA, running {running_kva_1} to {running_kva}, without an order",
            "find the order of change, or restore the file",
        ),
        (
            "容量由 {kva_1} 变为 {kva} 千伏安，运行容量由 {running_kva_1} 变为 {running_kva}，没有变更工单",
            "查找变更工单，或恢复档案",
        ),
    ),
    "correction_repeated": _words(
        (
            "corrections in this bill: {refund_lines}; in the three before: {refund_lines_1}, {refund_lines_2}, "
            "{refund_lines_3}",
            "see that no month was corrected twice",
        ),
        (
            "本期退补 {refund_lines} 项，前三期为 {refund_lines_1}、{refund_lines_2}、{refund_lines_3} 项",
            "核查是否同月重复退补",
        ),
    ),
    "mode_changed_early": _words(
        (
            "the mode of the basic charge changed again within a quarter (by capacity {by_capacity}, before "
            "{by_capacity_1}, {by_capacity_2}, {by_capacity_3})",
            "look up the orders: a mode holds a quarter",
        ),
        (
            "计收方式不足一季又变更（按容量 {by_capacity}，此前为 {by_capacity_1}、{by_capacity_2}、{by_capacity_3}）",
            "核查变更工单：选定方式应满一季",
        ),
    ),
    "reading_day_moved": _words(
        (
            "the cycle ends on day {reading_day}, the one before on day {reading_day_1} (limit: {limit} days)",
            "ask why, and whether energy was moved between months",
        ),
        (
            "本期抄表例日为 {reading_day} 日，上期为 {reading_day_1} 日（界限 {limit} 天）",
            "核实原因，查有无跨月转移电量",
        ),
    ),
}
"""By code."""
