"""What is said of runs over tables: while they go on, when they end, and of what they compared."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = [
    "BATCH",
    "CHECKED",
    "COMPARED",
    "DIAGNOSED",
    "INTERRUPTED",
    "KEPT",
    "KINDS",
    "PLANNED",
    "RANKED",
    "RECOMPUTED_PROBLEMS",
    "WATCHED",
    "WORKBOOK",
]

INTERRUPTED = Pair("interrupted", "已中断")
RECOMPUTED_PROBLEMS = Pair("Problems of the recomputed bills", "复算账单的疑点与提示")
KEPT = Pair("what was billed is kept: run again to go on", "已计费的部分已保留：重新运行即可继续")

BATCH: Mapping[str, Pair] = {
    "rows": Pair("rows in", "行数"),
    "billed": Pair("billed", "已计费"),
    "rejected": Pair("rejected", "未计费"),
    "problem": Pair("problem", "问题"),
}
"""What became of the rows of a batch."""

PLANNED: Mapping[str, Pair] = {
    "rows": Pair("rows in", "行数"),
    "read": Pair("would read", "将读取"),
    "unread": Pair("not read", "不读取的列"),
    "beside": Pair("would read", "将读取"),
    "written": Pair("would write", "将写出"),
}
"""What a run would do."""

WATCHED: Mapping[str, Pair] = {
    "resumed": Pair("going on from an interrupted run", "从中断的运行继续"),
    "damaged": Pair("{} parts of it are damaged: they are billed anew", "其中 {} 份中间结果已损坏，将重新计算"),
    "speed": Pair("bills/s", "张/秒"),
}
"""What is remarked while a run goes on."""

COMPARED: Mapping[str, Pair] = {
    "": Pair("", ""),
    "title": Pair("Issued bills beside the recomputed ones", "已出账单与复算账单批量比对"),
    "rows": Pair("Requests", "请求"),
    "billed": Pair("  billed", "  已计费"),
    "refused": Pair("  rejected", "  未计费"),
    "issued": Pair("Issued accounts", "已出账单户数"),
    "matched": Pair("  in both", "  两边都有"),
    "unreadable": Pair("  that cannot be compared as they stand", "  无法比对"),
    "rejected": Pair("  whose request was rejected", "  请求未能计费"),
    "only_issued": Pair("  without a request", "  没有请求"),
    "nameless": Pair("Issued rows without an account", "没有户号的已出账单行"),
    "totals": Pair("Issued rows that sum others, left out", "已出账单中的合计行（未比对）"),
    "recomputed": Pair("Recomputed accounts", "复算户数"),
    "unreadable_recomputed": Pair("  whose issued bill cannot be compared", "  已出账单无法比对"),
    "only_recomputed": Pair("  without an issued bill", "  没有已出账单"),
    "both": Pair("In both", "两边都有"),
    "agreeing": Pair("  agree", "  一致"),
    "differing": Pair("  differ", "  不一致"),
    "issued_repeated": Pair("  that come several times, and are not compared", "  重复出现，未比对"),
    "recomputed_repeated": Pair(
        "Accounts with several recomputed bills of a month, added up", "同一月份复算有多张账单的户（已相加）"
    ),
    "proposals": Pair(
        "Names that are not known, and the codes that have their amounts in every bill: for codes in the mapping",
        "未识别的名称，以及每张账单金额都与其相同的代码：可写入映射的 codes",
    ),
    "proposal": Pair("{name}: {code}   ({bills} bills)", "{name}: {code}   （{bills} 张账单）"),
    "given": Pair(
        "Lines in agreement that the requests give: they prove nothing", "一致但由请求直接给定的行（不能证明任何事）"
    ),
    "offsetting": Pair(
        "Lines in agreement whose issued amounts of one code are above and below zero: they are compared added up",
        "一致但同一代码的已出金额有正有负的行（相加后比对）",
    ),
    "untold_tax": Pair(
        "All lines of {bills} bills are ours without a tax of {rate}: tell it in the layout (tax: {{rate: …}})",
        "有 {bills} 张账单的各行都等于复算金额除去 {rate} 的税：请在布局或映射中写明（tax: {{rate: …}}）",
    ),
    "unread_months": Pair(
        "column {column} of the issued table tells months and is not read: the bills of an account count as one, "
        "whatever month they are of; name it in the mapping (month: {column})",
        "已出账单表的列“{column}”写有月份而未读取：同一户的账单不分月份按一张计；"
        "请在映射中写明月份所在的列（month: {column}）",
    ),
    "unread": Pair("columns of the issued table that were not read: {columns}", "已出账单表中未读取的列：{columns}"),
    "money": Pair("Money of the accounts in both [CNY]", "两边都有的户的金额 [元]"),
    "total": Pair("Total", "合计"),
    "issued_money": Pair("issued", "已出"),
    "recomputed_money": Pair("recomputed", "复算"),
    "difference": Pair("difference", "差额"),
    "by_code": Pair("What differs, by code [CNY]", "差额按代码 [元]"),
    "code": Pair("code", "代码"),
    "no_code": Pair("(none)", "（无）"),
    "bills": Pair("bills", "户数"),
    "absolute": Pair("without signs", "绝对值"),
    "worst": Pair("Largest differences [CNY]", "差额最大的户 [元]"),
    "account": Pair("account", "户号"),
}
"""The summary of a comparison of tables."""

CHECKED: Mapping[str, Pair] = {
    "title": Pair("Checks of accounts", "批量双控检查"),
    "accounts": Pair("accounts: {billed} checked, {rejected} rejected", "户数：已检查 {billed}，未能计费 {rejected}"),
    "months": Pair("earlier months: {billed}, rejected {rejected}", "往月：{billed}，未能计费 {rejected}"),
    "check": Pair("check", "检查项"),
    "speaks": Pair("speaks", "发现问题"),
    "passes": Pair("passes", "通过"),
    "not_checked": Pair("not checked", "未能检查"),
    "why": Pair("what could not be checked, and why: {path}", "未能检查的项目及原因：{path}"),
}
"""What the checks of a table of accounts say."""

DIAGNOSED: Mapping[str, Pair] = {
    "title": Pair("Causes of what issued bills differ by", "已出账单差异原因诊断"),
    "summary": Pair("summary", "汇总"),
    "causes": Pair("causes", "原因清单"),
    "differing": Pair("Bills that differ", "不一致的账单"),
    "over": Pair("  too much", "  多计"),
    "under": Pair("  too little", "  少计"),
    "proved": Pair("  proved", "  已证实"),
    "part": Pair("  a part explained", "  部分解释"),
    "unexplained": Pair("  unexplained", "  未解释"),
    "not_searched": Pair("  unexplained, not all searched", "  未解释且未查遍"),
    "hindered": Pair("  to be mended first", "  须先改正"),
    "agrees": Pair("  without a difference by line", "  逐项无差异"),
    "by_cause": Pair("By cause and area [CNY]", "按原因和地区 [元]"),
    "cause": Pair("cause", "原因"),
    "area": Pair("area", "地区"),
    "bills": Pair("bills", "户数"),
    "money": Pair("money", "金额"),
    "account": Pair("account", "户号"),
    "month": Pair("month", "月份"),
    "bill_difference": Pair("bill_difference", "整单差额"),
    "status": Pair("status", "结论"),
    "answer": Pair("answer", "解释"),
    "answers": Pair("answers", "解释个数"),
    "what": Pair("what", "说明"),
    "amount": Pair("amount", "原因金额"),
    "alone": Pair("alone", "单独金额"),
    "together": Pair("together", "共同金额"),
    "left": Pair("unexplained", "未解释金额"),
    "rule": Pair("rule", "依据"),
    "look_up": Pair("look_up", "核查"),
}
WORKBOOK: Mapping[str, Pair] = {
    "summary": Pair("summary", "汇总"),
    "differences": Pair("differences", "差异清单"),
    "chart": Pair("What differs, by code, without signs", "各项差额（绝对值）"),
    "issued": Pair("Issued accounts", "已出账单户数"),
    "recomputed": Pair("Recomputed accounts", "复算户数"),
    "matched": Pair("In both", "两边都有"),
    "agreeing": Pair("Agree", "一致"),
    "differing": Pair("Differ", "不一致"),
    "unreadable": Pair("Cannot be compared as they stand", "无法比对"),
    "rejected": Pair("Request rejected", "请求未能计费"),
    "only_issued": Pair("Without a request", "没有请求"),
    "only_recomputed": Pair("Without an issued bill", "没有已出账单"),
    "nameless": Pair("Issued rows without an account", "没有户号的已出账单行"),
    "totals": Pair("Issued rows that sum others, left out", "已出账单中的合计行（未比对）"),
    "bills": Pair("Bills that differ", "不一致的账单"),
    "count": Pair("how many", "户数"),
    "money": Pair("difference", "差额"),
    "over": Pair("too much", "多计"),
    "under": Pair("too little", "少计"),
    "too_much": Pair("by", "多计金额"),
    "too_little": Pair("by", "少计金额"),
    "absolute": Pair("without signs", "绝对值"),
    "kind": Pair("kind", "类别"),
    "code": Pair("code", "项目"),
}
"""The first sheet of a comparison as a workbook."""

RANKED: Mapping[str, Pair] = {
    "account": Pair("account", "户号"),
    "month": Pair("month", "月份"),
    "bill_difference": Pair("bill_difference", "整单差额"),
    "kind": Pair("kind", "类别"),
    "code": Pair("code", "项目"),
    "issued": Pair("issued", "已出"),
    "recomputed": Pair("recomputed", "复算"),
    "difference": Pair("difference", "差额"),
}
"""The columns of the ranked list."""

KINDS: Mapping[str, Pair] = {
    "differing": Pair("differing", "不一致"),
    "missing_in_issued": Pair("missing_in_issued", "已出账单没有"),
    "may_be_unmapped": Pair("may_be_unmapped", "或为未识别的项目"),
    "missing_in_recomputed": Pair("missing_in_recomputed", "复算没有"),
    "unmapped": Pair("unmapped", "未识别的项目"),
    "own_arithmetic": Pair("own_arithmetic", "账单自身加总不符"),
    "only_issued": Pair("only_issued", "没有请求"),
    "only_recomputed": Pair("only_recomputed", "没有已出账单"),
    "request_rejected": Pair("request_rejected", "请求未能计费"),
}
"""The kinds of findings in it."""
