"""Why losses, several months or a table of issued bills are not as they must be, as a part of a sentence."""

from collections.abc import Mapping

from billcalc.kernel.reasons import Reason
from billcalc.words.language import Pair

__all__ = ["REASONS_OF_LOSSES"]

REASONS_OF_LOSSES: Mapping[str, Pair] = {
    Reason.STEPS_WITHOUT_LIMIT: Pair(
        "each step but the last has its up_to_load, and the last none",
        "除最后一档外，每档都应有“up_to_load”，最后一档没有",
    ),
    Reason.LOSS_TABLE_FORM: Pair(
        "a table is named by the series of its document, or told here by its bands",
        "损耗表写文件中的系列名，或在此处逐档写明",
    ),
    Reason.CURRENT_FORM: Pair(
        "the current is told by current_a, or follows from voltage_kv and load_shape",
        "电流写“current_a”，或由“voltage_kv”和“load_shape”得出",
    ),
    Reason.USER_FORM: Pair(
        "a user behind the transformer is a metering point, or tells its kwh (and kvarh)",
        "变压器后的用户写计量点，或写其“kwh”（和“kvarh”）",
    ),
    Reason.LOSS_OF_NOTHING: Pair(
        "losses tell the loss of a transformer, of a line, or both", "损耗应写变压器损耗、线路损耗或两者"
    ),
    Reason.NOTHING_SHARED: Pair(
        "users share the loss of a transformer, and none is told", "各用户分摊变压器损耗，而没有写变压器损耗"
    ),
    Reason.WEIGHTS_NEEDED: Pair("shared by {value}, each user has a weight", "按“{value}”分摊时，每个用户都应有权重"),
    Reason.WEIGHTS_NEEDLESS: Pair("shared by {value}, no user has a weight", "按“{value}”分摊时，用户没有权重"),
    Reason.BANDS_WITHOUT_LIMIT: Pair(
        "each band but the last has its up_to_kwh, and the last none",
        "除最后一档外，每档都应有“up_to_kwh”，最后一档没有",
    ),
    Reason.BANDS_UNLIKE: Pair(
        "some bands of the table tell the kvarh and some do not", "表中有的档写了“kvarh”，有的没有"
    ),
    Reason.ROWS_NOT_RISING: Pair("each row of the table must be above the one before", "表中每一行应高于前一行"),
    Reason.ROWS_UNLIKE: Pair(
        "some rows of the table tell the kvarh and some do not", "表中有的行写了“kvarh”，有的没有"
    ),
    Reason.SEVERAL_MONTHS_AT_ONCE: Pair(
        'a request of several months, of which "{place}" does not tell the months (bill these months one by one),',
        "“{place}”没有按月说明的多个月份的请求（请逐月计算）",
    ),
    Reason.SEVERAL_MONTHS_IN_A_ROW: Pair(
        "a row of several months (a table has a row for each month, told apart by period.from and period.to)",
        "一行含多个月份（表格应每月一行，以 period.from 和 period.to 区分）",
    ),
    Reason.SHARED_ON_OTHER_DAYS: Pair(
        "the sharing of a loss between {point} and {other}, which are not metered on the same days,",
        "计量日不一致的 {point} 与 {other} 之间的损耗分摊",
    ),
    Reason.TABLE_CUT: Pair(
        "a loss by table in a part of a month or in one that is cut,", "不足一月或分段的月份按查表计算的损耗"
    ),
    Reason.SHARING_CUT: Pair(
        "the sharing of a loss in a part of a period or in one that is cut,", "不足一个周期或分段的周期的损耗分摊"
    ),
    Reason.UNNUMBERED: Pair("it tells neither the number of the document nor a url", "没有写文号，也没有写网址"),
    Reason.WITHOUT_BILLS: Pair("it names no bill under fixtures and no url", "没有写“fixtures”中的账单，也没有写网址"),
    Reason.GRADE_OF_REQUESTS: Pair("that grade is for what a request states", "这一等级只用于请求给定的内容"),
    Reason.NOT_SEEN_AFTER: Pair(" (after {last} not seen, and with a problem)", "（{last} 之后未见到，账单带疑点）"),
    Reason.LOSS_INSIDE: Pair(
        "metering point {point} is inside another, whose losses are those of both",
        "计量点 {point} 在另一计量点之内，两者共用后者的损耗",
    ),
    Reason.LOSS_ON_THE_HIGH_SIDE: Pair(
        "a meter on the high side shows what the transformer loses, which is not added again",
        "高压侧的电能表已计入变压器损耗，不再另加",
    ),
    Reason.LOSS_ALREADY: Pair(
        "metering point {point} has the loss of a transformer already", "计量点 {point} 已有变压器损耗"
    ),
    Reason.INTERLOCKED_RAN: Pair(
        "which of the interlocked transformers {known} ran, of which one at a time can,",
        "闭锁的变压器 {known} 中哪一台在运行",
    ),
    Reason.SECTIONS_OF_WIDE: Pair(
        "only a wide table (columns) has a rest, and sections need columns or the column of codes",
        "只有宽表（“columns”）才有“rest”；“sections”须有“columns”或“code”列",
    ),
    Reason.REST_WITHOUT_TOTAL: Pair(
        "a rest is what the total has beside the lines: name its column",
        "“rest”是合计中各列以外的部分：请写明合计所在的列",
    ),
    Reason.REST_WITHOUT_TAX: Pair(
        "the rest of a total with a tax in it is known where the column of the tax is named, with the code tax",
        "含税合计的“rest”须写明税额所在的列（代码 tax）",
    ),
    Reason.EDIT_PLACE: Pair(
        "the request has no place {value}; write a JSON pointer, such as /agreement/0/groups/main/voltage",
        "请求中没有 {value} 这个位置；请写已有位置的 JSON 指针，如 /agreement/0/groups/main/voltage",
    ),
    Reason.PROOF_OF_A_TABLE: Pair(
        "a comparison of tables has no proof; compare one bill", "多张账单的比对没有可核验的附件，请单张比对"
    ),
    Reason.TAX_NOT_DIAGNOSED: Pair(
        "lines without a tax are compared, and their causes are not looked for; give the lines with the tax",
        "各行不含税的表可以比对，但不查找其原因；请给出含税的各行",
    ),
    Reason.LINE_AND_SECTION: Pair(
        "{known} is told as a line and as a section: its money would count twice",
        "“{known}”既作为电费行又作为费用类别：金额会重复计算",
    ),
}
