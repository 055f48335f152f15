"""What is said of findings, their life and the log."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = [
    "CODES",
    "COUNTS",
    "DAMAGES",
    "DOCUMENTS",
    "EVENTS",
    "LOG",
    "OCCASIONS",
    "PAGES",
    "REOPENED_FOR",
    "SHOWN",
    "STATUSES",
    "WAYS",
]

STATUSES: Mapping[str, Pair] = {
    "found": Pair("found", "已发现"),
    "assigned": Pair("assigned", "已派单"),
    "confirmed": Pair("confirmed", "已确认"),
    "dismissed": Pair("dismissed", "已排除"),
    "corrected": Pair("corrected", "已更正"),
    "verified": Pair("verified", "已验证"),
    "closed": Pair("closed", "已办结"),
}
"""Where a finding stands."""

EVENTS: Mapping[str, Pair] = {
    **STATUSES,
    "ran": Pair("run", "稽查运行"),
    "seen_again": Pair("seen again", "再次发现"),
    "gone": Pair("gone", "不再出现"),
    "site_check": Pair("checked on site", "现场核查"),
    "file_fixed": Pair("file corrected", "档案已更正"),
    "reopened": Pair("reopened", "重新打开"),
    "note": Pair("note", "备注"),
}
"""What happened."""

OCCASIONS: Mapping[str, Pair] = {
    "daily": Pair("daily", "日常"),
    "themed": Pair("themed", "专项"),
    "event": Pair("event", "事件"),
}
WAYS: Mapping[str, Pair] = {"online": Pair("online", "在线"), "on_site": Pair("on site", "现场")}
DOCUMENTS: Mapping[str, Pair] = {
    "cancel": Pair("cancelling bill", "冲销账单"),
    "replace": Pair("replacing bill", "重开账单"),
    "back_bill": Pair("difference", "退补单"),
    "letter": Pair("letter", "告知函"),
}
REOPENED_FOR: Mapping[str, Pair] = {
    "seen_again": EVENTS["seen_again"],
    "until": Pair("the day until which it was dismissed has come", "排除的期限已到"),
}
"""Why a run opens a finding again."""
CODES: Mapping[str, Pair] = {
    "bill_differs": Pair("the issued bill differs from the recomputed one", "已出账单与复算不一致"),
    "bill_not_issued": Pair("no bill was issued", "应出账而未出账"),
}
"""What a comparison finds; a check has its own words."""

COUNTS: Mapping[str, Pair] = {
    "examined": Pair("Accounts and months examined", "已检查户月数"),
    "compared": Pair("  compared with issued bills", "  与已出账单比对"),
    "refused": Pair("Rows that cannot be billed", "不能计费的行"),
    "not_compared": Pair("Issued bills that could not be compared", "无法比对的已出账单"),
    "not_checked": Pair("Checks that could not be made", "未能进行的检查项次"),
    "found": Pair("Findings that are new", "新发现"),
    "seen_again": Pair("Findings seen again", "再次发现"),
    "reopened": Pair("  reopened", "  重新打开"),
    "gone": Pair("Findings that are gone", "不再出现"),
}
"""What a run comes to."""

SHOWN: Mapping[str, Pair] = {
    "run": Pair("Run {id}: {occasion}, {way}, {at}", "稽查运行 {id}：{occasion}，{way}，{at}"),
    "list": Pair("Findings", "发现清单"),
    "none": Pair("There are no such findings.", "没有符合条件的发现。"),
    "finding": Pair("Finding {id}: {code}", "发现 {id}：{code}"),
    "id": Pair("id", "编号"),
    "code": Pair("code", "代码"),
    "level": Pair("level", "级别"),
    "status": Pair("status", "状态"),
    "account": Pair("account", "户号"),
    "period": Pair("month", "月份"),
    "money": Pair("money", "金额"),
    "to": Pair("assigned to", "承办人"),
    "corrected": Pair("corrections", "退补"),
    "left": Pair("left", "未退补"),
    "first_run": Pair("first run", "首次运行"),
    "last_run": Pair("last run", "最近运行"),
    "what": Pair("what", "内容"),
    "pointers": Pair("places", "位置"),
    "values": Pair("figures", "数据"),
    "fingerprint": Pair("fingerprint", "指纹"),
    "documents": Pair("documents", "单据"),
    "events": Pair("log", "日志"),
    "next": Pair("what may be done now", "现在可进行"),
    "seq": Pair("number", "序号"),
    "at": Pair("instant (UTC)", "时间（UTC）"),
    "actor": Pair("by", "经办人"),
    "finding_id": Pair("finding", "发现"),
    "kind": Pair("what happened", "事项"),
    "body": Pair("told", "内容"),
    "prev_hash": Pair("hash before", "前一散列值"),
    "hash": Pair("hash", "散列值"),
    "sha256": Pair("SHA-256", "SHA-256"),
    "total": Pair("total", "合计"),
    "of_run": Pair("run {run}", "稽查运行 {run}"),
    "follows": Pair("after finding {finding}, which had other figures", "接续数据不同的发现 {finding}"),
    "money_line": Pair("{name}: {amount} CNY", "{name}：{amount} 元"),
    "line": Pair("{name}: {value}", "{name}：{value}"),
    "issued": Pair("issued", "已出"),
    "recomputed": Pair("recomputed", "复算"),
    "cause": Pair("cause", "原因"),
    "open": Pair("unexplained", "未解释"),
    "done": Pair("finding {id}: {kind}, now {status}", "发现 {id}：{kind}，现为{status}"),
    "no_event": Pair("The log has no event yet.", "日志尚无内容。"),
    "written": Pair("written: {out}", "已写入：{out}"),
}
"""The parts of what is shown."""

PAGES: Mapping[str, Pair] = {
    "findings": Pair("findings", "发现"),
    "events": Pair("log", "日志"),
    "documents": Pair("documents", "单据"),
    "runs": Pair("runs", "运行"),
}
"""The sheets of an export."""

LOG: Mapping[str, Pair] = {
    "whole": Pair(
        "The log of {count} events is whole: every event, finding, run and document is as it was written.",
        "日志共 {count} 条，完整无缺：每个事项、发现、运行和单据都与写入时一致。",
    ),
    "broken": Pair("The log was tampered with:", "日志被改动："),
    "head": Pair("head: {head}", "末尾散列值：{head}"),
    "store": Pair("log: {store}", "日志标识：{store}"),
    "checkpoints": Pair("checkpoints that hold: {count}", "相符的检查点：{count} 个"),
    "no_checkpoint": Pair(
        "No checkpoint was given: that nothing was cut off at the end, and that the log was not written anew, "
        "only a checkpoint kept elsewhere shows.",
        "没有给出检查点：末尾是否被截去、日志是否被整个重写，只有另处保存的检查点才能证明。",
    ),
    "checkpoint": Pair(
        "checkpoint of event {seq} written to {path}: keep it where nobody who can write the store can change it",
        "第 {seq} 条的检查点已写入 {path}：请存放在能改动日志的人无法改动的地方",
    ),
}
"""What the proof of a log says."""

DAMAGES: Mapping[str, Pair] = {
    "event_changed": Pair("event {place} was changed", "第 {place} 条被改动"),
    "event_missing": Pair("event {place} is missing", "缺少第 {place} 条"),
    "event_moved": Pair("event {place} was moved there; it was {other}", "第 {place} 条被移动过，原为第 {other} 条"),
    "event_inserted": Pair("event {place} was put in later", "第 {place} 条是后来插入的"),
    "event_unlinked": Pair("event {place} does not follow the event before it", "第 {place} 条与前一条不相接"),
    "tail_cut": Pair(
        "the end was cut off: a checkpoint knows event {place}, and the last is {other}",
        "末尾被截去：检查点记有第 {place} 条，而最后一条是第 {other} 条",
    ),
    "rewritten": Pair(
        "event {place} is not the one of the checkpoint: the log was written anew",
        "第 {place} 条与检查点不符：日志被重写",
    ),
    "other_store": Pair("the checkpoint of event {place} is of another log", "第 {place} 条的检查点属于另一份日志"),
    "row_changed": Pair("{table} {place} is not as the log tells it", "{table}{place}与日志所记不一致"),
    "row_missing": Pair("{table} {place} is missing, and the log tells of it", "缺少日志所记的{table}{place}"),
    "row_added": Pair("{table} {place} is not in the log", "日志中没有{table}{place}"),
    "event": Pair("event", "事项"),
    "finding": Pair("finding", "发现 "),
    "run": Pair("run", "运行 "),
    "document": Pair("document", "单据 "),
    "checkpoint": Pair("checkpoint", "检查点 "),
}
"""What was done to a log, and to which table."""
