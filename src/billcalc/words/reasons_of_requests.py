"""Why a request contradicts itself, and what is not calculated, as a part of a sentence."""

from collections.abc import Mapping

from billcalc.kernel.reasons import Reason
from billcalc.words.language import Pair

__all__ = ["REASONS_OF_REQUESTS"]

REASONS_OF_REQUESTS: Mapping[str, Pair] = {
    # metering
    Reason.SUB_METER_FORM: Pair(
        "a fixed or ratio sub-meter has a value, a metered one a point",
        "定量或定比的分表给出“value”，装表的给出“point”",
    ),
    Reason.POWER_OF_STEP: Pair(
        "a mean power over {step} minutes tells no exact energy: give kwh",
        "{step} 分钟的平均功率不能得出精确电量：请给出“kwh”",
    ),
    Reason.POWERS_AT_INSTANTS: Pair(
        "powers at instants are given in kw, and two at least: an interval lies between two of them",
        "瞬时功率用“kw”给出，且至少两个：区间位于两个瞬时之间",
    ),
    Reason.DEMAND_OF_STEP: Pair(
        "intervals of {step} minutes cannot tell a demand of {minutes} minutes",
        "{step} 分钟的区间得不出 {minutes} 分钟的需量",
    ),
    Reason.METER_IN_COLUMNS: Pair(
        'the meter "{value}" stands in several columns: {known}', "电能表“{value}”出现在多列中：{known}"
    ),
    Reason.CELLS_INSTEAD: Pair("{count} cells instead of {expected}", "有 {count} 个单元格，应为 {expected} 个"),
    Reason.CELLS_INSTEAD_OF: Pair(
        '{count} cells instead of {expected}: "{text}"', "有 {count} 个单元格，应为 {expected} 个：“{text}”"
    ),
    Reason.REPEATS: Pair(
        "more than {limit} rows tell days of accounts that rows before have told: is a table given twice?",
        "超过 {limit} 行重复了前面各户已有的日期：是否把一张表给了两次？",
    ),
    # issued bills
    Reason.SUBTOTAL_OF_ONE: Pair(
        "a subtotal is of a section or of a group; the row with the total is named under total",
        "小计属于某一费用类别或计费分组；合计所在行写在“total”下",
    ),
    Reason.SUBTOTAL_OR_TOTAL: Pair(
        "a subtotal is of a section or of a group; else it is the total", "小计属于某一费用类别或计费分组，否则就是合计"
    ),
    Reason.TWO_COLUMNS: Pair('two columns are said to hold "{column}"', "有两列都说明为“{column}”"),
    Reason.NO_AMOUNT_COLUMN: Pair("no column is said to hold the amount", "没有说明哪一列是金额"),
    Reason.TWO_MEANINGS: Pair(
        '"{name}" is said to be two things: a line, a subtotal, the total, a fact, or to be ignored',
        "“{name}”被说明为两种东西：电费行、小计、合计、数据或略去的行",
    ),
    Reason.CELLS_OF_ROW: Pair(
        "the row has {count} cells and the head has {expected}", "该行有 {count} 个单元格，而表头有 {expected} 个"
    ),
    Reason.NAME_OR_CODE: Pair(
        "a line has a name (as printed) or a code, or both", "电费行应有名称（如所印）或代码，或两者都有"
    ),
    Reason.FROM_AND_TO: Pair("a line has both from and to, or neither", "电费行应同时有“from”和“to”，或都没有"),
    Reason.TABLE_FORM: Pair(
        "a table of issued bills is long (code, amount and codes) or wide (columns)",
        "已出账单表为长表（“code”“amount”“codes”）或宽表（“columns”）",
    ),
    # requests
    Reason.TWO_METERS: Pair("two meters are told from {start} on", "自 {start} 起说明了两块电能表"),
    Reason.METER_UNTOLD: Pair(
        "a meter took the place of another on {day}, and config tells of none from that day on",
        "{day} 换表，而“config”没有说明自该日起的电能表",
    ),
    Reason.METER_TOLD_LATE: Pair(
        "the first meter is told from {start} on, and a meter was read on {day}",
        "第一只电能表自 {start} 起才有说明，而 {day} 已有示数",
    ),
    Reason.READ_AFTER_CLOSING: Pair(
        "the register {register} is read again after its closing reading of {day}",
        "计度器“{register}”在 {day} 的末次示数之后又有示数",
    ),
    Reason.CLOSED_NOT_OPEN: Pair(
        "the register {register} is closed on {day} although no run of it is open",
        "计度器“{register}”在 {day} 有本次示数，却没有与之对应的上次示数",
    ),
    Reason.OPENED_TWICE: Pair(
        "the register {register} is opened twice on {day}", "计度器“{register}”在 {day} 有两个上次示数"
    ),
    Reason.READ_AGAIN_THAT_DAY: Pair(
        "the register {register} is read twice on {day}, and one meter counts nothing between two readings of one day",
        "计度器“{register}”在 {day} 抄见两次，同一电能表在同一天的两个示数之间没有电量",
    ),
    Reason.MOVED_AT_THE_TURN: Pair(
        "the register {register} closes a month with {closing} on {day} and opens the next with {opening}, "
        "by the same meter",
        "计度器“{register}”在 {day} 的本月止码为 {closing}，次月起码为 {opening}，而电能表未换",
    ),
    Reason.PERIOD_OUTSIDE: Pair(
        "the billed period {period} is not within the cycle {cycle}", "计费期间 {period} 不在结算周期 {cycle} 之内"
    ),
    Reason.AGREEMENT_NOT_ORDERED: Pair(
        "entry {number} of the agreement does not begin after the one before it",
        "第 {number} 条档案的起始日不晚于前一条",
    ),
    Reason.ROLLOVER_WITHOUT_RUN: Pair(
        "the register {register} is marked as gone through zero, and this reading ends no run of it",
        "计度器“{register}”注明翻转，而此示数不是任何一段的本次示数",
    ),
    Reason.SUB_METER_OF_TWO: Pair(
        "{child} is a sub-meter of {other} and of {point}", "{child} 同时是 {other} 和 {point} 的分表"
    ),
    Reason.SUB_METER_ELSEWHERE: Pair(
        "metering point {point} has another group or supply point than its place as a sub-meter",
        "计量点 {point} 的计费分组或受电点与其作为分表的位置不符",
    ),
    Reason.SUB_METERS_IN_A_CIRCLE: Pair(
        "{child} is inside {point}, and {point} inside {child}", "{child} 在 {point} 之内，而 {point} 又在 {child} 之内"
    ),
    Reason.KNOWN_AREA: Pair(
        "{area} is an area of the library (docs/codes.md), and own_area brings another one",
        "{area} 是电价库已有的地区（见 docs/codes.md），而“own_area”又给出了一个",
    ),
    Reason.OTHER_TARIFFS: Pair(
        "the request asks for the tariff set {asked}, and the one at hand is {found}",
        "请求要求电价库版本 {asked}，而现有版本是 {found}",
    ),
    Reason.QUANTITY_COMPUTED: Pair(
        'the quantity "{name}" is what is metered or agreed on, and none that a request can give',
        "“{name}”由计量或约定得出，不能作为另行给定的电量",
    ),
    Reason.QUANTITY_TWICE: Pair(
        'the quantity "{name}" is told by band and in total, and would be billed twice',
        "电量“{name}”既按时段又按总量给出，会重复计费",
    ),
    Reason.ADJUSTED_GIVEN: Pair(
        "the line {line} is to be adjusted, and the power factor of group {group} is a given line",
        "{line}一行要参与调整，而计费分组 {group} 的功率因数调整电费是给定行",
    ),
    Reason.ADJUSTED_NOT_ASSESSED: Pair(
        "the line {line} is to be adjusted, and the power factor of group {group} is not assessed",
        "{line}一行要参与调整，而计费分组 {group} 不考核功率因数",
    ),
    # what changes without a reading, and what is of a month
    Reason.THE_METER: Pair("the meter", "电能表"),
    Reason.METER_OR_MULTIPLIER: Pair("the meter or its multiplier", "电能表或其倍率"),
    Reason.BILLING_OF_GROUP: Pair("the billing of group {group}", "计费分组 {group} 的计费方式"),
    Reason.CLASS_OF_GROUP: Pair("the class of group {group}", "计费分组 {group} 的用电类别"),
    Reason.MONTHLY_CHARGE: Pair("a charge by the month", "按月计收的费用"),
    Reason.LOSS_OF_POINT: Pair("the loss of metering point {point}", "计量点 {point} 的损耗"),
    Reason.FIXED_QUANTITY: Pair("the fixed quantity {child}", "定量 {child}"),
    # what is not calculated
    Reason.CONVENTIONS_CHANGE: Pair(
        "a period in which the conventions of {area} change, on {day},", "{area} 的计费惯例在 {day} 变更的期间"
    ),
    Reason.RULES_CHANGE: Pair(
        "a change of the rules ({kind}) on {day} within what they are applied to as a whole, {span},",
        "{span} 应整体适用同一规则（{kind}），而规则在其中的 {day} 变更",
    ),
    Reason.SUM_ROUNDED: Pair("a band price that is rounded as the sum of {lines}", "由{lines}之和取整得出的分时电价"),
    Reason.INTERVALS_ACROSS: Pair(
        "the energy by band of intervals of {step} minutes across a change of the band on {day}",
        "{step} 分钟的区间在 {day} 跨越时段变更时的分时电量",
    ),
    Reason.TWO_DAY_COUNTS: Pair(
        "a month with changes under two day counts, on {change_days}, without the convention basic.days",
        "在 {change_days} 有变更、适用两种天数算法而没有写明惯例“basic.days”的月份",
    ),
    Reason.GROUP_OF_SEVERAL_POINTS: Pair(
        "a power factor by supply point for group {group}, which is supplied at {supply_points},",
        "由 {supply_points} 供电的计费分组 {group} 按受电点考核的功率因数",
    ),
    Reason.SEVERAL_STANDARDS: Pair(
        "one power factor for supply points with the standards {standards}",
        "功率因数标准不同（{standards}）的受电点合并考核的功率因数",
    ),
    Reason.SHARP_ON_SOME_DAYS: Pair(
        "the sharp register over {span}, on some days of which there are no sharp hours,",
        "{span} 的尖峰计度器电量，其中有些日子没有尖峰时段",
    ),
    Reason.LINE_OF_QUANTITY: Pair(
        "the line {line} of the given quantity {name}, with a change inside the period,",
        "期内有变更时按给定电量 {name} 计收的{line}",
    ),
    Reason.JOINT_LINES: Pair(
        "the joint amount of {lines}, which differ in bands or rounding or hang together with others,",
        "时段或取整不同、或与其他行相关联的{lines}的合并金额",
    ),
    Reason.SURCHARGE_LINES: Pair(
        "a surcharge of sharp hours on {lines}, where they are no one multiple of peak, by band and in one base,",
        "{lines}的尖峰加价，其尖峰价不是高峰价的同一倍数、不分时段计收或不在同一调整基数内",
    ),
    Reason.TWO_STANDARDS: Pair(
        "the adjustment of the given line {line} in a cycle with two standards",
        "周期内有两个功率因数标准时给定行{line}的调整",
    ),
    Reason.GROUP_FOR_A_PART: Pair(
        "one power factor in which the energy of group {group} counts for a part of the month",
        "计费分组 {group} 的电量只有部分月份计入的功率因数",
    ),
    Reason.SHARED_METER: Pair(
        "a power factor of group {scope} alone, which shares the meter of {point} with others,",
        "与其他分组共用计量点 {point} 的计费分组 {scope} 单独考核的功率因数",
    ),
    Reason.SILENT_REGISTER: Pair(
        "a power factor by the register {register} in which the energy of {point} does not count",
        "不含 {point} 电量的、按计度器“{register}”计算的功率因数",
    ),
    Reason.SUPPLY_WITHOUT_POINT: Pair(
        "the basic charge of supply point {supply_point}, which has no metering point,",
        "没有计量点的受电点 {supply_point} 的基本电费",
    ),
    Reason.GROUP_WITHOUT_POINT: Pair(
        "the basic charge of group {group}, which no metering point feeds,",
        "没有计量点供电的计费分组 {group} 的基本电费",
    ),
    Reason.SEVERAL_BASIC_PRICES: Pair(
        "a basic charge that is priced by {lines} ({prices})", "有几个价格（{lines}，{prices}）的基本电费"
    ),
    Reason.KINDS_WITHOUT_RULES: Pair(
        "contracts of other kinds at supply point {supply_point}, for which no document has rules",
        "受电点 {supply_point} 的其他种类契约：没有文件规定其计收",
    ),
    Reason.FEE_BY_BOTH: Pair(
        "a fee {line} of group {group} that is by the month on some days and by the day on others",
        "计费分组 {group} 的费用“{line}”：有的日子按月、有的日子按日",
    ),
    Reason.REACTIVE_OF_PARTS: Pair(
        "reactive energy of group {group}, which no metering point of its own counts",
        "计费分组 {group} 的无功电量：没有自己的计量点",
    ),
    Reason.TAX_CHANGES: Pair("a tax added at a rate that is another on {day}", "税率在 {day} 已经不同的价外税"),
    Reason.TAX_TWICE: Pair(
        "prices contain their tax (tax_inside) or have it added (tax_added), and not both",
        "价格或者含税（tax_inside）或者另加税（tax_added），不能都写",
    ),
    Reason.DEMAND_TIERS_APART: Pair(
        "tiers of one demand that do not meet: {other_component} does not begin where {component} ends, or is of "
        "another ratchet or least",
        "同一需量互不衔接的分档：“{other_component}”不是从“{component}”的终点开始，或以往月份的比例、最低值与其不同",
    ),
    Reason.MEASURED_IN_CONTRACT: Pair(
        "the demand price {line} is for the demand as measured (basic.mode: actual), and supply point {supply_point} "
        "is billed by contract",
        "需量电价“{line}”按实测需量（basic.mode: actual）计收，而受电点 {supply_point} 按合同计收",
    ),
    Reason.DEMAND_OF_TWO_TERMS: Pair(
        "a demand by band of the cycle, of which {supply_point} has other terms from {day} on",
        "周期内各时段的需量：受电点 {supply_point} 从 {day} 起条件不同",
    ),
    Reason.BAND_WITHOUT_CONTRACT: Pair(
        "demand of supply point {supply_point} in a band ({band}) that no contract covers",
        "受电点 {supply_point} 在没有契约的时段（{band}）的需量",
    ),
    Reason.GIVEN_FOR_A_PART: Pair(
        "a basic charge of which a given line stands for the part of {group} alone",
        "只有 {group} 的部分由给定行代替的基本电费",
    ),
    # what a discount was not tested for
    Reason.CAPACITY_OF: Pair("the capacity of {of}", "{of} 的容量"),
    Reason.ENERGY_OF_ALL: Pair("the energy", "电量"),
    # what the law says of a change of use
    Reason.TOO_SHORT: Pair("it lasts less than the rules ask for", "不足规定的最短天数"),
    Reason.TERM_OVER: Pair("it lasts longer than the rules allow", "超过规定的最长期限"),
    Reason.NEW_USER: Pair("the customer is new", "属于新用户"),
    Reason.NOT_WHOLE_CYCLE: Pair(
        "a change inside a cycle counts from the next cycle on where demand is billed",
        "按需量计收的，周期内的变更自下一周期起计",
    ),
    Reason.NOT_ALL_CAPACITY: Pair(
        "only the whole capacity can be suspended where demand is billed", "按需量计收的，只能暂停全部容量"
    ),
    Reason.MODE_TOO_SOON: Pair(
        "the mode was changed less than the rules' months before", "距上次变更计收方式不足规定的月数"
    ),
    Reason.MODE_IN_CYCLE: Pair("a change of the mode counts from the next cycle on", "计收方式的变更自下一周期起计"),
    Reason.NOT_ENDED: Pair(
        "it is not told to have lasted as long as the rules ask for", "尚未告知是否已达到规定的最短天数"
    ),
    Reason.NOTICE_SHORT: Pair("the notice is shorter than the rules ask for", "提前申请的天数不足"),
    Reason.TOO_OFTEN: Pair("it is one more than the rules allow in a year", "超过一年内允许的次数"),
    Reason.EXCHANGE_OVER: Pair("the time for an exchange is over", "暂换期限已过"),
    # changes of use and minima
    Reason.CHANGE_DAY: Pair(
        "a suspension, reduction or exchange has the day on which it was sealed, any other change done",
        "暂停、减容和暂换给出“sealed”，其他变更给出“done”",
    ),
    Reason.CHANGE_TRANSFORMERS: Pair(
        "a suspension, reduction or exchange names its transformers, and no other change does",
        "只有暂停、减容和暂换列出变压器，而且必须列出",
    ),
    Reason.ORDER_OF_DAYS: Pair(
        "an order is applied for, accepted, carried out and resumed in this order",
        "工单的日期依次为申请、受理、执行、恢复",
    ),
    Reason.STATE_AGAINST_ORDER: Pair(
        "transformer {transformer} is {state} from {start} on, and its order of {change} stops it {span}",
        "变压器 {transformer} 自 {start} 起为{state}，而其{change}工单使其在 {span} 停用",
    ),
    Reason.STANDBY_ALONE: Pair(
        "one line of supply alone stands by for no other; mutual_standby has two lines or more, each with its "
        "transformers",
        "只有一路电源时不存在互为备用；“mutual_standby”应有两路以上，每路列出其变压器",
    ),
    Reason.ROW_OF_TAX: Pair(
        "no row has the tax that was added to the parts before (code {component}, section levies, group {group}), and "
        "the tax is of the whole month",
        "税按整月计算，而没有一行是此前各部分已加的税（代码 {component}，“levies”，计费分组 {group}）",
    ),
    Reason.ROW_NOT_OF_MONTH: Pair("the month has no such row, and it is given back", "本月没有这一行，已全额冲回"),
    Reason.ROW_AT_ANOTHER_PRICE: Pair(
        "its amount and its kWh make another price than the month has of it",
        "其金额与电量折合的单价与本月该项单价相差过大",
    ),
    Reason.ROW_MORE_THAN_MONTH: Pair(
        "it is more than the month has of it, or of another sign", "金额大于本月该行的金额，或正负号相反"
    ),
    Reason.ROW_AGAIN: Pair("an earlier one is the same, and both are taken off", "与前面一行完全相同，两行均已扣减"),
    Reason.ORDERS_OVERLAP: Pair(
        "order {number} is about the same transformer and the same days as order {other}",
        "第 {number} 个工单与第 {other} 个工单涉及同一变压器的同一日期",
    ),
    Reason.SEALED_WHILE_SUSPENDED: Pair(
        "the order of {change} seals transformer {transformer} on {day}, which the agreement has suspended since "
        "{start}",
        "{change}工单自 {day} 起停用变压器 {transformer}，而用电档案自 {start} 起已将其暂停",
    ),
    Reason.ORDER_WITHOUT_TERMS: Pair(
        "the order of {change} is done on {day}, and no entry of the agreement has new terms from that day on",
        "{change}工单自 {day} 起生效，而用电档案自该日起没有新的条目",
    ),
    Reason.STANDBY_TWICE: Pair(
        "a supply point has interlocked transformers or lines that stand by for each other, not both",
        "受电点只能有闭锁的变压器或互为备用的电源之一",
    ),
    Reason.MINIMUM_OF_NOTHING: Pair(
        "a component of section minimum tells what it is the minimum of (minimum_of), and no other does",
        "只有最低电费一类的电价项说明“minimum_of”，而且必须说明",
    ),
    Reason.MINIMUM_DUE: Pair(
        "a minimum is due by {known}, and not by {value}", "最低电费只能按“{known}”计收，不能按“{value}”"
    ),
    Reason.MINIMUM_OF_ITSELF: Pair(
        "a minimum is not of itself: minimum_of names other sections",
        "最低电费不能以其自身为准：“minimum_of”应列其他费用类别",
    ),
    Reason.MINIMUM_SOMETIMES: Pair(
        "the minimum {line}, which group {group} pays on some of its days alone,",
        "计费分组 {group} 只在部分日子支付的最低电费“{line}”",
    ),
    Reason.MINIMUM_UNLIKE: Pair(
        "the minimum {line}, of which components of one day or of several say different things,",
        "同日或不同日的电价项说法不一的最低电费“{line}”",
    ),
    Reason.MINIMUM_ADJUSTED: Pair(
        "the minimum {line} of an adjustment that is of group {group} too, which does not pay it,",
        "以同时属于不支付该项的计费分组 {group} 的调整电费为准的最低电费“{line}”",
    ),
    Reason.DUE_BY_THE_MONTH: Pair("what is due by the month", "按月应收的最低电费"),
}
