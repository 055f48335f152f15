"""What the pages of findings say beside the words of ``audits``; ``{…}`` are filled in."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = ["FINDING_PAGES"]

FINDING_PAGES: Mapping[str, Pair] = {
    "findings": Pair("Findings", "稽查发现"),
    "findings_lead": Pair(
        "What audits found, and how far each of it is, until it is corrected and proved to be gone.",
        "稽查发现的问题及其处理进度，直到更正并经验证不再出现。",
    ),
    "findings_off": Pair(
        "This service keeps no findings. Whoever runs it names a store in BILLCALC_STORE, such as findings.sqlite.",
        "本服务未开设发现清单。请服务管理员用 BILLCALC_STORE 指定存储，例如 findings.sqlite。",
    ),
    "findings_none": Pair("There are no such findings.", "没有符合条件的发现。"),
    "findings_begin": Pair("They come from an audit: start one.", "发现来自稽查，请先进行批量稽查。"),
    "findings_which": Pair("Which findings", "筛选"),
    "findings_status": Pair("Status", "状态"),
    "findings_all": Pair("all", "全部"),
    "findings_open": Pair("open ones", "未办结"),
    "findings_of_run": Pair("Run (number)", "稽查运行编号"),
    "findings_show": Pair("Show", "显示"),
    "findings_export": Pair("Workbook (XLSX)", "Excel 工作簿"),
    "findings_count": Pair("{count} findings", "共 {count} 项"),
    "finding": Pair("Finding {id}: {name}", "发现 {id}：{name}"),
    "finding_life": Pair("Where it stands", "处理进度"),
    "finding_next": Pair("What to do next", "下一步"),
    "finding_other": Pair("Something else", "其他操作"),
    "finding_as": Pair("You act as {actor}; the log keeps it.", "以 {actor} 的名义操作，并记入日志。"),
    "finding_refused": Pair("This could not be done:", "未能执行："),
    "finding_places": Pair("Places in the request", "在请求中的位置"),
    "finding_hash": Pair("hash", "散列值"),
    "act_to": Pair("Who looks into it", "承办人"),
    "act_text": Pair("What was seen or done", "情况说明"),
    "act_text_maybe": Pair("Remark (optional)", "备注（可不填）"),
    "act_reason": Pair("Reason", "理由"),
    "act_reason_maybe": Pair("Reason, where something is left", "有未退补金额时的理由"),
    "act_until": Pair("It returns where it is seen again on or after", "此日起再次发现时重新提出"),
    "act_until_hint": Pair("such as 2027-01-01", "例如 2027-01-01"),
    "act_document": Pair("Document {number}", "单据 {number}"),
    "act_kind": Pair("kind", "种类"),
    "act_file": Pair("file (its hash is kept, not the file)", "文件（只保存散列值，不保存文件）"),
    "act_total": Pair("what it adds to what was asked for", "使应收金额增加（减少为负）"),
    "act_left": Pair("What is left uncorrected (optional)", "未退补金额（可不填）"),
    "act_run": Pair("Number of the run that did not find it any more", "不再发现此问题的稽查运行编号"),
    "act_money_hint": Pair("The documents have to come to {amount}.", "单据金额合计应为 {amount}。"),
    "act_assigned": Pair("Assign", "派单"),
    "act_site_check": Pair("Record a check on site", "记录现场核查"),
    "act_confirmed": Pair("Confirm", "确认"),
    "act_dismissed": Pair("Dismiss", "排除"),
    "act_corrected": Pair("Record the correction", "登记更正"),
    "act_file_fixed": Pair("Record that the file was corrected", "登记档案已更正"),
    "act_verified": Pair("Verify", "验证"),
    "act_closed": Pair("Close", "办结"),
    "act_reopened": Pair("Open again", "重新打开"),
    "act_note": Pair("Add a note", "添加备注"),
    "act_number": Pair("{value} is no amount of money; write it as -1234.56.", "{value} 不是金额，请写成 -1234.56。"),
    "act_no_file": Pair("Choose the file of each document whose amount you write.", "填写了金额的单据，请选择其文件。"),
    "log_prove": Pair("Prove the log", "验证日志"),
    "log_prove_why": Pair(
        "Every event carries the hash of the one before. The proof goes over all of them, and over findings, runs and "
        "documents.",
        "每个事项都带有前一事项的散列值。验证时逐条核对全部事项，以及发现、运行和单据。",
    ),
    "log_checkpoint": Pair("Checkpoints kept elsewhere (optional)", "另处保存的检查点（可不选）"),
    "log_checkpoint_hint": Pair(
        "The file that “billcalc audit checkpoint” writes. Only it shows that the end was not cut off.",
        "由 billcalc audit checkpoint 写出的文件。只有它能证明末尾没有被截去。",
    ),
    "log_title": Pair("Proof of the log", "日志验证"),
    "store_failed": Pair(
        "The findings cannot be read or written now; tell whoever runs the service",
        "发现清单现在无法读写，请告知服务管理员",
    ),
    "log_back": Pair("To the findings", "返回发现清单"),
}
"""How each is said."""
