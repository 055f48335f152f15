"""The doubts about a request's own prices, and given lines in place of prices: what is the matter, and what to do."""

from collections.abc import Mapping

from billcalc.kernel.codes import ProblemCode
from billcalc.words.language import Code, Pair, Wording

__all__ = ["PROBLEMS_OF_PRICES"]

PROBLEMS_OF_PRICES: Mapping[Code, Wording] = {
    ProblemCode.OWN_PRICE_IMPLAUSIBLE: Wording(
        Pair(
            "the price {price} of {component} is hardly one in {unit}: prices of {quantity} lie from {least} to {most}",
            "{component} 的单价 {price} 不像以 {unit} 为单位的价格：{quantity}的价格在 {least} 至 {most} 之间",
        ),
        Pair("check its unit, its decimal point and its sign", "请核对其单位、小数点和正负号"),
    ),
    ProblemCode.CHANGE_OF_ANOTHER_CAUSE: Wording(
        Pair(
            "the cause is {cause}, and {name}, which the case sets right as well, is of another: {causes}",
            "原因写的是{cause}，而一并更正的 {name} 属于其他原因：{causes}",
        ),
        Pair(
            "the letter names one ground: check that this belongs to it, or tell the cause that it is of",
            "通知书只写一个理由：请核对该项是否属于此原因，或改写原因",
        ),
    ),
    ProblemCode.CORRECTION_IMPLAUSIBLE: Wording(
        Pair(
            "{name} comes to {value}, which hardly any meter has: such numbers lie from {least} to {most}",
            "{name} 为 {value}，电能表几乎不会如此：此类数值在 {least} 至 {most} 之间",
        ),
        Pair(
            "check its decimal point, and whether another cause is meant, such as a lost phase or a normal month",
            "请核对小数点，并确认原因是否另有所指，如失压，或按正常月份电量退补",
        ),
    ),
    ProblemCode.CLAIM_IMPLAUSIBLE: Wording(
        Pair(
            "{name}: {measure}, {value} {unit}, is hardly meant; such numbers lie from {least} to {most}",
            "{name}：{measure}为 {value} {unit}，不像本意；此类数值在 {least} 至 {most} 之间",
        ),
        Pair(
            "check its unit (kW, not W), its decimal point and the years of its days",
            "请核对其单位（千瓦，不是瓦）、小数点和日期的年份",
        ),
    ),
    ProblemCode.OWN_BANDS_NOT_ORDERED: Wording(
        Pair(
            "the price {price} of {component} in the band {band} is below that of a cheaper band, {below}",
            "{component} 在 {band} 时段的单价 {price} 低于较低价时段的单价 {below}",
        ),
        Pair("check whether two prices changed places", "请核对两个时段的单价是否写反"),
    ),
    ProblemCode.TIERS_NOT_ORDERED: Wording(
        Pair(
            "the price {price} of {component}, tier {number}, is below that of the tier before it, {below}",
            "{component}（第 {number} 档）的单价 {price} 低于前一档的单价 {below}",
        ),
        Pair("check whether two prices changed places", "请核对两档的单价是否写反"),
    ),
    ProblemCode.PRICED_AT_NOTHING: Wording(
        Pair("{component} is priced at exactly 0", "{component} 的单价或金额恰好为 0"),
        Pair(
            "give its price; where the customer does not pay it, leave it out and say price_sheet.not_charged: "
            "[{section}]",
            "请给出其价格；确实不收的，请删去该项并写明 price_sheet.not_charged: [{section}]",
        ),
    ),
    ProblemCode.PRICED_TWICE: Wording(
        Pair(
            "group {group} pays {component} of the price sheet beside {other} of {document}: its section is priced "
            "twice",
            "用电组 {group} 既按请求自带的 {component}，又按 {document} 的 {other} 计费：同一类别计价两次",
        ),
        Pair(
            "name the kind of that document under instead_of where the component stands for it",
            "如自带的价格就是这一项，请在 instead_of 写明该文件的类别",
        ),
    ),
    ProblemCode.PRICED_ALIKE: Wording(
        Pair(
            "group {group} pays {component} of {document} beside {other}, which has the same section, "
            "quantity and prices: hardly two charges",
            "用电组 {group} 按 {document} 的 {component} 计费，又按同类、同量、同价的 {other} 计费，应为重复",
        ),
        Pair(
            "leave one of them out where one charge was entered under two codes",
            "如同一费用录入了两次，请删去其中一项",
        ),
    ),
    ProblemCode.GIVEN_BESIDE_PRICE: Wording(
        Pair(
            "the given line {line} of group {group} is billed beside {component}, and is {share} of it or more: "
            "{section} may be charged twice",
            "用电组 {group} 的给定行 {line} 与 {component} 同时计费，且达到其金额的 {share} 以上："
            "“{section}”可能重复计费",
        ),
        Pair(
            "name {component} under supplies where the line stands for it",
            "如果该行就是这一项，请在 supplies 中写明 {component}",
        ),
    ),
    ProblemCode.SECTION_NOT_PRICED: Wording(
        Pair(
            "group {group} pays nothing for {section}, which the price of its class has in {area}",
            "用电组 {group} 没有任何“{section}”费用，而 {area} 该类别的电价中有这一项",
        ),
        Pair(
            "give its price or its line, or say price_sheet.not_charged: [{section}] where that is meant",
            "请给出其价格或给定行；如确实不收，请写明 price_sheet.not_charged: [{section}]",
        ),
    ),
    ProblemCode.BANDS_AT_ONE_PRICE: Wording(
        Pair(
            "group {group} is billed by time of use, and its energy has one price in all bands",
            "用电组 {group} 执行分时电价，而其电能量各时段同价",
        ),
        Pair(
            "give the price of each band (equal ones where that is meant), or say time_of_use: false",
            "请给出每个时段的价格（确实相同也逐一写明），或写 time_of_use: false",
        ),
    ),
    ProblemCode.GIVEN_EQUALS_COMPUTED: Wording(
        Pair(
            "the given line {line} of group {group} has to the fen what is computed of {component}: it may be billed "
            "twice",
            "用电组 {group} 的给定行 {line} 与系统计算的 {component} 金额分毫不差，可能重复计费",
        ),
        Pair(
            "where the line is that charge, name {component} under supplies or leave the line out",
            "如果该行就是这一项，请在 supplies 中写明 {component}，或去掉该行",
        ),
    ),
    ProblemCode.SUPPLIES_NOTHING: Wording(
        Pair(
            "the given line {line} stands for {component}, which group {group} does not pay",
            "给定行 {line} 代替 {component}，而 {group} 并不支付该项",
        ),
        Pair(
            "check the code: what is not named as supplied is billed beside the given line",
            "请检查代码：未注明由给定行代替的项目会另行计费",
        ),
    ),
    ProblemCode.SUPPLIES_PART: Wording(
        Pair(
            "the given lines of group {group} that stand for {component} are of other bands, and {energy} kWh of band "
            "{band} pay nothing for it",
            "用电组 {group} 代替 {component} 的给定行属于其他时段，{band} 时段的 {energy} 千瓦时没有支付该项",
        ),
        Pair(
            "give a line of that band as well, or one of all bands",
            "请补充该时段的给定行，或给出各时段合计的一行",
        ),
    ),
    ProblemCode.SUPPLIED_ENERGY_DIFFERS: Wording(
        Pair(
            "the given lines of group {group} that stand for {component} are of {told} kWh, and {used} kWh are billed",
            "用电组 {group} 代替 {component} 的给定行共 {told} 千瓦时，而计费电量为 {used} 千瓦时",
        ),
        Pair(
            "check their energy; what they leave out pays nothing for {component}",
            "请核对其电量；未包含的电量没有支付 {component}",
        ),
    ),
}
