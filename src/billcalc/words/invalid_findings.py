"""What can be wrong with a store of findings, or with what is done to a finding: what is the matter, and what to do."""

from collections.abc import Mapping

from billcalc.kernel.codes import FaultCode
from billcalc.words.language import Code, Pair, Wording

__all__ = ["INVALID_FINDINGS"]

INVALID_FINDINGS: Mapping[Code, Wording] = {
    FaultCode.NO_STORE: Wording(
        Pair("this is no store of findings: {reason}", "这不是发现库：{reason}"),
        Pair(
            'give the file or the database of a store; "billcalc audit run" makes a new one',
            "请给出发现库的文件或数据库；“billcalc audit run”会新建一个",
        ),
    ),
    FaultCode.STORE_NEWER: Wording(
        Pair("the store was made by a later version of billcalc", "该发现库由更新版本的 billcalc 建立"),
        Pair("install that version", "请安装该版本"),
    ),
    FaultCode.NO_FINDING: Wording(
        Pair("there is no finding {id}", "没有编号为 {id} 的发现"),
        Pair('look it up with "billcalc audit list"', "请用“billcalc audit list”查找"),
    ),
    FaultCode.ACT_NOT_ALLOWED: Wording(
        Pair(
            'the finding {id} stands at "{state}", where "{act}" is not the next step',
            "发现 {id} 现为“{state}”，不能进行“{act}”",
        ),
        Pair('"billcalc audit show" tells what may be done now', "请用“billcalc audit show”查看现在可进行的事项"),
    ),
    FaultCode.UNTIL_PAST: Wording(
        Pair("the day {end} is not after {day}", "{end} 不晚于 {day}"),
        Pair("dismiss it until a later day, on which it returns", "请给出更晚的日期，届时该发现会重新出现"),
    ),
    FaultCode.CORRECTION_SUM: Wording(
        Pair(
            "the documents come to {total}, and {amount} is to be corrected: {rest} is left",
            "单据合计 {total} 元，应退补 {amount} 元：还差 {rest} 元",
        ),
        Pair("add the missing document, or tell what is left and why", "请补上缺少的单据，或说明未退补的金额和原因"),
    ),
    FaultCode.TWO_PERSONS: Wording(
        Pair(
            "{name} confirmed this finding, and corrections above {limit} are another person's ({amount})",
            "{name} 已确认该发现，超过 {limit} 元的退补（{amount} 元）须由另一人办理",
        ),
        Pair("let another person correct it", "请由另一人办理退补"),
    ),
    FaultCode.NOT_GONE: Wording(
        Pair(
            "no run has looked at the account since the correction and found {id} gone",
            "更正之后还没有运行检查过该户并证明发现 {id} 不再出现",
        ),
        Pair("run the audit of this month again", "请重新运行该月的稽查"),
    ),
    FaultCode.NOT_COMPARED: Wording(
        Pair(
            "the run {run} did not compare the bill of the finding {id}, and money is attributed to it",
            "运行 {run} 没有比对发现 {id} 的账单，而该发现涉及金额",
        ),
        Pair("run the audit with the issued bills", "请带上已出账单重新运行稽查"),
    ),
    FaultCode.OTHER_RUN_PROVES: Wording(
        Pair(
            "the run {run} is not the one that found {id} gone: that is run {other}",
            "证明发现 {id} 不再出现的不是运行 {run}，而是运行 {other}",
        ),
        Pair("give that run", "请给出该次运行"),
    ),
    FaultCode.CORRECTIONS_DIFFER: Wording(
        Pair(
            "issued {given} and corrections of {total} are not the recomputed {counted}: {rest} is missing",
            "已出 {given} 元加退补 {total} 元不等于复算 {counted} 元：还差 {rest} 元",
        ),
        Pair("correct the rest, to the fen", "请退补其余部分，精确到分"),
    ),
    FaultCode.DOCUMENT_DIFFERS: Wording(
        Pair("the file {file} is not the document whose hash is told", "文件 {file} 与所记的散列值不符"),
        Pair("give the document that was handed out", "请给出实际发出的单据"),
    ),
}
