"""The doubts about a bill that was calculated: what is the matter, and what to do."""

from collections.abc import Mapping

from billcalc.kernel.codes import ProblemCode
from billcalc.words.language import Code, Pair, Wording

__all__ = ["PROBLEMS"]

PROBLEMS: Mapping[Code, Wording] = {
    ProblemCode.CONVENTION_UNDOCUMENTED: Wording(
        Pair(
            "no document tells {key} for {area}; {chosen} was used",
            "没有文件说明 {area} 的计费惯例 {key}，现按“{chosen}”计算",
        ),
        Pair(
            "compare with an issued bill of the area and record the convention",
            "请与该地区已出的账单比对，并把惯例记录下来",
        ),
    ),
    ProblemCode.DOCUMENT_UNVERIFIED: Wording(
        Pair("{document} is known but has not been seen ({evidence})", "{document} 已知存在但未见原文（{evidence}）"),
        Pair(
            "check it against the official text before relying on the lines that cite it",
            "在采信引用它的各行之前，请与官方原文核对",
        ),
    ),
    ProblemCode.DOCUMENT_PAST_SEEN: Wording(
        Pair(
            "{document} was last seen in force on {last}; {day} is later",
            "{document} 最后一次确认有效是 {last}，而计费日 {day} 更晚",
        ),
        Pair("check that it was still in force", "请核实当时是否仍然有效"),
    ),
    ProblemCode.KNOWN_LATER: Wording(
        Pair(
            "the tariffs of {area} were last recorded on {last}: as_known_on {day} leaves nothing out, and what is "
            "recorded until then counts as well",
            "{area} 的电价文件最后录入于 {last}：as_known_on {day} 没有排除任何文件，此后至该日录入的文件也将计入",
        ),
        Pair(
            "give a day until which all is recorded, or the hash of the set",
            "请写录入已经完成的日期，或写明电价库的 hash",
        ),
    ),
    ProblemCode.GIVEN_FACT: Wording(
        Pair("{fact} was given with the request and not computed", "{fact} 由请求给定，未经计算"),
        Pair("check it at its source", "请核对其来源"),
    ),
    ProblemCode.BASIC_EXEMPT: Wording(
        Pair(
            "group {group} is billed in two parts and told to be exempt from the basic charge that its price has",
            "用电组 {group} 执行两部制，其电价含容（需）量电费，而请求写明免收",
        ),
        Pair(
            "correct the mode, or say price_sheet.not_charged: [network_capacity] where the customer is exempt",
            "请更正 mode；确属免收的，请写 price_sheet.not_charged: [network_capacity]",
        ),
    ),
    ProblemCode.CONTRACT_BELOW_FLOOR: Wording(
        Pair(
            "supply point {supply_point}: the contracted demand is {contract} kW, and the rules bill {limit} kW at "
            "least ({rule})",
            "受电点 {supply_point}：合同最大需量为 {contract} 千瓦，按规定至少按 {limit} 千瓦计收（{rule}）",
        ),
        Pair("check the contract and the transformers", "请核对合同需量和变压器容量"),
    ),
    ProblemCode.LEFT_OUT: Wording(
        Pair(
            "{document}: what {rule} says of {of} is not calculated",
            "{document}：{rule} 关于 {of} 的规定没有计算",
        ),
        Pair("where it applies, give its money as a line (given)", "适用时请把金额作为给定行写入请求"),
    ),
    ProblemCode.EXCESS_OF_BANDS: Wording(
        Pair(
            "{kw} kW of {band} exceed the contracts of {limit} kW beyond what was counted in earlier bands; they were "
            "charged by {rule}",
            "时段 {band} 超出契约 {limit} 千瓦，扣除已计入其他时段的部分后为 {kw} 千瓦，按 {rule} 计收",
        ),
        Pair(
            "check whether the steps of the excess are counted from the contract or from what was counted before",
            "请核实超约的分级从契约算起，还是从已计入的部分算起",
        ),
    ),
    ProblemCode.EXCESS_DEMAND: Wording(
        Pair(
            "the maximum demand {metered} kW exceeds the contract's limit {limit} kW; the excess was charged by {rule}",
            "最大需量 {metered} 千瓦超过合同限额 {limit} 千瓦，超出部分按 {rule} 计收",
        ),
        Pair(
            "check how the area charges the band between the contract and the limit",
            "请核实该地区对合同值与限额之间部分的计收办法",
        ),
    ),
    ProblemCode.CHANGE_NOT_COUNTED: Wording(
        Pair(
            "supply point {supply_point}: the {change} of {of} from {day} on is not billed as it is told: {reason} "
            "({rule})",
            "受电点 {supply_point}：{of} 的{change}自 {day} 起未按所述计收：{reason}（{rule}）",
        ),
        Pair(
            "check the order; with conventions.basic.changes: as_stated it is billed as it is told",
            "请核对工单；conventions.basic.changes: as_stated 可按所述计收",
        ),
    ),
    ProblemCode.CHANGE_UNSETTLED: Wording(
        Pair(
            "supply point {supply_point}: the {change} of {of} from {day} on is billed as it is told: {reason} "
            "({rule})",
            "受电点 {supply_point}：{of} 的{change}自 {day} 起按所述计收：{reason}（{rule}）",
        ),
        Pair("tell the day of its end where it is known", "如已知结束日期请补充"),
    ),
    ProblemCode.CHANGE_AGAINST_RULES: Wording(
        Pair(
            "supply point {supply_point}: the {change} of {of} on {day}: {reason} ({rule})",
            "受电点 {supply_point}：{day} {of} 的{change}：{reason}（{rule}）",
        ),
        Pair("check the order; it is billed as it is told", "请核对工单；已按所述计收"),
    ),
    ProblemCode.TWO_PART_BELOW_THRESHOLD: Wording(
        Pair(
            "supply point {supply_point}: {capacity} kVA run from {day} on, less than the {least} kVA from "
            "which there are two parts ({rule})",
            "受电点 {supply_point}：自 {day} 起运行容量 {capacity} 千伏安，低于执行两部制的 {least} 千伏安（{rule}）",
        ),
        Pair(
            "check the capacity; change the group to one part from that day on where the law asks for it",
            "请核对容量；按规定应改为单一制的，请自该日起变更",
        ),
    ),
    ProblemCode.MUTUAL_STANDBY: Wording(
        Pair(
            "supply point {supply_point}: its lines stand by for each other, and sources differ whether all of them "
            "are billed or the largest ({rule})",
            "受电点 {supply_point}：各路电源互为备用，应各路相加还是按最大一路计收，资料说法不一（{rule}）",
        ),
        Pair("ask which the area's utility bills", "请向该地区供电企业核实"),
    ),
    ProblemCode.MINIMUM_ALONE: Wording(
        Pair(
            "the minimum {line} is of sections of which nothing is paid: it is due in full beside all that is",
            "最低电费 {line} 所针对的部分没有任何电费：最低电费全额计收，与其他电费并列",
        ),
        Pair("check the sections that it names (minimum_of)", "请核对其 minimum_of 所列各部分"),
    ),
    ProblemCode.MINIMUM_WITH_ADJUSTMENT: Wording(
        Pair(
            "the minimum {line} is told of the bill; the power-factor adjustment was counted towards it",
            "最低电费 {line} 以整张账单为准，功率因数调整电费已计入",
        ),
        Pair(
            "ask whether the adjustment counts, and have the document name the sections (minimum_of)",
            "请核实调整电费是否计入最低电费，并在文件的 minimum_of 中列明所含各部分",
        ),
    ),
    ProblemCode.DISCOUNT_NOT_TESTED: Wording(
        Pair(
            "supply point {supply_point}: the discount for intensive use was not tested, because {missing} is not told",
            "受电点 {supply_point}：不知道{missing}，因此没有核对需量电价折扣条件",
        ),
        Pair(
            "give the transformers of every supply point and the energy of every metering point",
            "请给出每个受电点的变压器和每个计量点的电量",
        ),
    ),
    ProblemCode.DISCOUNT_CAPACITY_CHANGED: Wording(
        Pair(
            "supply point {supply_point}: the contract capacity changed in the period, so the discount for intensive "
            "use was tested with its average by days",
            "受电点 {supply_point}：合同容量在计费期间有变化，需量电价折扣条件按其天数加权平均值核对",
        ),
        Pair("ask which capacity the area's utility compares with", "请向该地区供电企业核实应与哪个容量比较"),
    ),
    ProblemCode.CAPACITY_REPLACED: Wording(
        Pair(
            "supply point {supply_point}: transformers took each other's place in a cycle of {days} days; the "
            "capacity that stayed in service was billed as one month",
            "受电点 {supply_point}：在 {days} 天的周期内更换变压器，持续投运的容量按一个月计收",
        ),
        Pair(
            "ask whether the area's utility bills each transformer by its own days",
            "请向该地区供电企业核实是否各变压器按各自天数计收",
        ),
    ),
    ProblemCode.DISCOUNT_PART_PERIOD: Wording(
        Pair(
            "supply point {supply_point}: the energy of a part of the cycle was compared with the full capacity and "
            "does not reach the discount for intensive use; with the capacity by days it would",
            "受电点 {supply_point}：本次只计周期的一部分，其电量与全部容量比较，未达到需量电价折扣条件；如容量按天数"
            "折算则已达到",
        ),
        Pair(
            "ask how the area's utility tests the month of a connection or an end",
            "请向该地区供电企业核实新装或终止用电当月如何核对",
        ),
    ),
    ProblemCode.NO_ENERGY_USED: Wording(
        Pair(
            "{scope} used no active energy, so nothing was adjusted by its power factor on {span}",
            "{scope} 没有有功电量，{span} 未作功率因数调整",
        ),
        Pair(
            "check that its meters count; a plant that stands still pays its basic charge without an adjustment",
            "请检查电能表是否计量；停产用户只付容（需）量电费，不作调整",
        ),
    ),
    ProblemCode.SETTLED_POWER_FACTOR: Wording(
        Pair(
            "{scope}: an estimate was settled below zero, and the power factor of what is left is {cosphi}, which "
            "adds {ratio} of the base of {span}",
            "{scope}：清算估抄电量为负，余下电量的功率因数为 {cosphi}，按 {span} 参与调整电费的 {ratio} 增收",
        ),
        Pair(
            "settle the estimated months together, or give the power factor of the month's own use",
            "请将估抄各月合并清算，或给定当月实际用电的功率因数",
        ),
    ),
    ProblemCode.GIVEN_PARTLY_ASSESSED: Wording(
        Pair(
            "the given line {line} is of the whole period and was adjusted in full, though {scope} is not assessed "
            "on {span}",
            "给定行 {line} 属于整个计费期间并全额参与调整，而 {scope} 在 {span} 不考核功率因数",
        ),
        Pair(
            "give it in two lines, the part of those days with power_factor: none",
            "请分两行给定，不考核期间的部分写 power_factor: none",
        ),
    ),
    ProblemCode.GIVEN_AND_COMPUTED: Wording(
        Pair(
            "the given line {line} of group {group} is billed beside {component}, which is calculated as well",
            "用电组 {group} 的给定行 {line} 与系统计算的 {component} 同时计费",
        ),
        Pair(
            "name {component} under supplies where the line stands for it; give the line another code where it does "
            "not",
            "如果该行就是这一项，请在 supplies 中写明 {component}；如果不是，请换一个代码",
        ),
    ),
    ProblemCode.GIVEN_TWICE: Wording(
        Pair(
            "the given line {line} of group {group} has the name of an earlier one ({first}), and each is billed",
            "用电组 {group} 的给定行 {line} 与前面一行（{first}）同名，各行均已计费",
        ),
        Pair(
            "leave out what is the same; give it a code or a label of its own where it is not",
            "如为同一笔，请只留一行；如不是，请另写代码或名称",
        ),
    ),
    ProblemCode.AMOUNT_DIFFERS: Wording(
        Pair(
            "the given line {line} has the amount {amount}, and its {kwh} kWh at {price} make {product}: more than "
            "rounding lies between them",
            "给定行 {line} 的金额为 {amount}，而其电量 {kwh} 千瓦时乘以电价 {price} 为 {product}，相差超出取整误差",
        ),
        Pair(
            "check which of the three is right; leave the energy or the price out where they do not make the amount",
            "请核对三者中哪一个正确；电量或电价与金额无关的，请去掉",
        ),
    ),
    ProblemCode.GROUP_OUTSIDE_BASE: Wording(
        Pair(
            "the power-factor adjustment of {scope} leaves out the money of group {group}: its class keeps it out, or "
            "nothing that it pays is in the base in {area}",
            "{scope} 的功率因数调整不含分组 {group} 的电费：该类别不参与调整，或其所付电费均不在 {area} 的调整范围内",
        ),
        Pair(
            "ask whether the area's utility adjusts it, and say power_factor.money_in_base of the group, or "
            "power_factor of amounts that are given",
            "请核实当地是否对其调整，并在该分组写明 power_factor.money_in_base；给定金额则写明 power_factor",
        ),
    ),
    ProblemCode.GIVEN_AGAINST_BASE: Wording(
        Pair(
            "the given line {line} was adjusted, as it says, though the convention power_factor.base leaves its "
            "section {section}, code or group out",
            "给定行 {line} 按其自身说明参与了功率因数调整，而计费惯例 power_factor.base 不含其 {section}、代码或用电组",
        ),
        Pair(
            "compare with the printed base; leave power_factor out, or state the base of the account",
            "请与账单上参与调整的金额比对；如不参与，请去掉该行的 power_factor，或写明本户的调整范围",
        ),
    ),
    ProblemCode.RATIO_NOT_IN_TABLE: Wording(
        Pair(
            "no power factor has the given ratio {ratio}: the table of standard {standard} goes from {least} to {most}",
            "给定的调整率 {ratio} 不在标准 {standard} 的查对表范围内（{least} 至 {most}）",
        ),
        Pair(
            "write it as a fraction (0.75 % less is -0.0075), or check the standard",
            "请写成小数（减收 0.75% 为 -0.0075），或核对功率因数标准",
        ),
    ),
    ProblemCode.REST_NOT_TOLD: Wording(
        Pair(
            "the convention {key} was not applied to {lines} of group {group}: {rest} names {count} of these lines, "
            "and one must take what the others leave",
            "用电组 {group} 的 {lines} 未采用计费惯例 {key}：{rest} 对应其中 {count} 行，而必须恰有一行承担其余各行的"
            "余数",
        ),
        Pair(
            "name the line that takes the rest, or state an empty list where the convention is not meant",
            "请指明承担余数的行；如不适用该惯例，请写成空列表",
        ),
    ),
    ProblemCode.STATED_WITHOUT_EFFECT: Wording(
        Pair(
            "{key} is stated, and nothing on this bill depends on it", "请求写明了 {key}，而本账单没有任何部分取决于它"
        ),
        Pair("leave it out, or check what it was meant to decide", "请删去，或检查它本应决定什么"),
    ),
    ProblemCode.BILLED_BEFORE_DIFFERS: Wording(
        Pair(
            "{component} of group {group} was told to be billed before, and was taken off: {reason}",
            "用电组 {group} 的 {component} 已按此前计费扣减：{reason}",
        ),
        Pair(
            "compare the row with the part of the month that was billed: its code, band, amount and sign",
            "请与此前已出账的部分核对：代码、时段、金额和正负号",
        ),
    ),
    ProblemCode.TOTAL_BELOW_ZERO: Wording(
        Pair("the bill comes to {total}, less than nothing", "账单合计为 {total}，小于零"),
        Pair(
            "check the signs and the decimal points of what is given, and of what was billed before",
            "请核对给定行和此前已计费金额的正负号和小数点",
        ),
    ),
}
