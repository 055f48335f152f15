"""Why a case of a correction or of claims is not as it must be, as a part of a sentence."""

from collections.abc import Mapping

from billcalc.kernel.reasons import Reason
from billcalc.words.language import Pair

__all__ = ["REASONS_OF_CORRECTIONS"]

REASONS_OF_CORRECTIONS: Mapping[str, Pair] = {
    Reason.ELEMENTS_OF_METER: Pair(
        "{count} elements are told, and a meter of this connection has {expected}",
        "写了 {count} 个元件，而此接线方式的电能表有 {expected} 个",
    ),
    Reason.NOT_OF_THE_CAUSE: Pair(
        '"{key}" has nothing to do with the cause "{value}": leave it out, or tell the cause that it is of',
        "“{key}”与原因“{value}”无关：请去掉，或改写原因",
    ),
    Reason.CAUSE_OF_OTHERS: Pair(
        "the cause is {cause}, and what the case sets right ({name}) is of another: {causes}; the letter would name a "
        "false ground",
        "原因写的是{cause}，而更正的内容（{name}）属于其他原因：{causes}；通知书的理由会写错",
    ),
    Reason.REGISTERS_OF_POINT: Pair(
        "metering point {point} is billed by {register}: tell each of them, and no total beside bands",
        "计量点 {point} 按 {register} 计费：请逐一写明，分时段的不再写总",
    ),
    Reason.SHARES_OF_BANDS: Pair(
        "the shares of the bands sum to {total} and not to 1", "各时段占比之和为 {total}，应为 1"
    ),
    Reason.NO_FACTOR: Pair(
        "connected like this a meter counts nothing, or backwards, and no factor corrects that: tell the energy of a "
        "normal month",
        "这样接线时电能表不计量或倒走，没有更正系数：请按正常月份电量退补（原因写“计量失准”）",
    ),
    Reason.READ_WITHIN: Pair(
        "metering point {point} was read within this month, where its terms changed: tell the parts of the month as "
        "months of their own",
        "计量点 {point} 在本月内因条件变更抄表：请把本月各部分分别写成一个月",
    ),
    Reason.MONTHS_OVERLAP: Pair(
        "the months of the case overlap, from {start} on: each day is billed once",
        "案件各月自 {start} 起重叠：每天只能计费一次",
    ),
    Reason.MONTH_NOT_IN_CASE: Pair(
        "the days {days} were wrong, and no month of the case has them", "{days} 计费有误，而案件中没有包含这些天的月份"
    ),
    Reason.OTHER_CURRENCIES: Pair("the months of the case are billed in several currencies", "案件各月的账单币种不同"),
    Reason.ISSUED_OTHERWISE: Pair(
        "the issued bill comes to {amount}, and its request to {total}: find the difference first (billcalc compare), "
        "for what is cancelled must be what was issued",
        "已出账单为 {amount}，而按其请求复算为 {total}：请先查明差异（billcalc compare），冲销的必须是已出账单",
    ),
    Reason.CORRECTED_BEFORE: Pair(
        'the month from {day} on was corrected before, by the case "{id}", and a correction is not corrected: undo it '
        "(billcalc rebill --undo), then correct the original",
        "自 {day} 起的账期已由案件“{id}”退补过，退补不能再退补：请先撤销它（billcalc rebill --undo），再对原账单退补",
    ),
    Reason.UNDONE_BEFORE: Pair(
        'the case "{id}" is undone, and an undoing is not undone: correct the original anew',
        "案件“{id}”已撤销，撤销不能再撤销：请对原账单重新退补",
    ),
    Reason.OTHER_DOCUMENTS: Pair(
        'the documents of the case "{id}" do not come out as they stand here: the file, the tariffs or the program are '
        "others; use those of the correction",
        "案件“{id}”重算得到的单据与此处所写不同：文件、电价库或程序版本已变；请使用退补时的版本",
    ),
    Reason.DOCUMENT_ALTERED: Pair(
        'a document of the case "{id}" is not what was made: its hash is another; use the file that billcalc wrote',
        "案件“{id}”的单据已被改动：校验值不符；请使用 billcalc 写出的文件",
    ),
    Reason.NOTHING_TO_LEAVE_OUT: Pair(
        '"{key}" is to be left out, and no month has anything there: see how the path is written',
        "要删除“{key}”，而账期的请求中没有这一项：请核对路径写法",
    ),
    Reason.RIGHT_OVERLAPS: Pair(
        "with what is right the months of the case overlap, from {start} on: each day is billed once",
        "按正确内容，案件各月自 {start} 起重叠：每天只能计费一次",
    ),
    Reason.NOT_OF_THE_ACT: Pair(
        '"{key}" has nothing to do with the act "{value}": leave it out, or tell the act that it is of',
        "“{key}”与行为“{value}”无关：请去掉，或改写行为",
    ),
    Reason.TOLD_BY_ANOTHER: Pair(
        '"{key}" has no effect beside "{other}": leave one of them out',
        "写了“{other}”，“{key}”就不起作用：请去掉其中之一",
    ),
    Reason.DATES_NOTHING: Pair(
        '"{key}" dates a breach, a theft or an unmetered supply, and the case has none: leave it out',
        "“{key}”是违约用电、窃电或无表用电的日期，而案件中没有这些事项：请去掉",
    ),
    Reason.ENTRY_TWICE: Pair(
        'entry {number} of "{key}" is the same as entry {earlier}: leave one of them out, or add them up in one',
        "“{key}”第 {number} 项与第 {earlier} 项相同：请去掉一项；确有两笔的，请合并为一项",
    ),
    Reason.PAID_IN_TIME: Pair(
        "it was paid on {day}, and {end} was the last day on which to pay: there is no late fee",
        "{day} 已交清，而交费期限为 {end}：没有违约金",
    ),
    Reason.FIXED_MULTIPLE: Pair(
        "the multiple is {value}, and the rules then in force fix it at {expected}",
        "倍数写为 {value}，而当时执行的规则规定为 {expected} 倍",
    ),
}
