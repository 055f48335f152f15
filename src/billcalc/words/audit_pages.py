"""What the pages of audits over tables say; ``{…}`` are filled in."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = ["AUDIT_PAGES"]

AUDIT_PAGES: Mapping[str, Pair] = {
    "audit": Pair("Audit", "批量稽查"),
    "audit_lead": Pair(
        "Give a table of issued bills, a row for each account. Every bill is calculated again; what differs is ranked "
        "by its money, with the causes that can be proved.",
        "提交一张已出账单表，每户一行。逐户重算并比对，有差异的按金额排序，并列出能证实的原因。",
    ),
    "audit_off": Pair(
        "This service audits no tables. Whoever runs it names a directory: “billcalc serve --pages --jobs DIR”.",
        "本服务未开设批量稽查。请服务管理员指定存放目录：billcalc serve --pages --jobs 目录。",
    ),
    "audit_table": Pair("Table of issued bills", "已出账单表"),
    "audit_table_hint": Pair(
        "CSV, XLSX, XLS or Parquet, up to {megabytes} MB and {rows} rows. What each column is will be proposed for you "
        "to accept.",
        "CSV、XLSX、XLS 或 Parquet，最大 {megabytes} MB、{rows} 行。下一步会推测各列的含义，由您确认。",
    ),
    "audit_more": Pair("Readings are in a table of their own", "示数另有一张表"),
    "audit_requests": Pair("Table of requests (optional)", "计费请求表（可不选）"),
    "audit_requests_hint": Pair(
        "Where the bills do not tell what they are calculated from. Its columns are named as for “billcalc batch”.",
        "账单表中没有计费所需数据时提交；列名与 billcalc batch 相同。",
    ),
    "audit_template": Pair("What all requests have in common (optional)", "各户共有的内容（可不选）"),
    "audit_template_hint": Pair("A request file, YAML or JSON.", "请求文件，YAML 或 JSON。"),
    "audit_upload": Pair("Send the table", "提交表格"),
    "audit_kept": Pair(
        "The table and its results stay on this machine for {hours} hours, for whoever holds your key; then they are "
        "removed. You can remove them sooner.",
        "表格和结果在本机保留 {hours} 小时，仅同一密钥可见，到时自动删除；您也可提前删除。",
    ),
    "audit_no_table": Pair(
        "Choose a table first: CSV, XLSX, XLS, Parquet or Arrow.",
        "请先选择表格文件：CSV、XLSX、XLS、Parquet 或 Arrow。",
    ),
    "audit_full": Pair(
        "You have as many audits here as are kept for one key. Remove one first.",
        "您保留的稽查任务已达上限，请先删除一个。",
    ),
    "audit_yours": Pair("Your audits", "您的稽查任务"),
    "audit_file": Pair("table", "表格"),
    "audit_made": Pair("sent (UTC)", "提交时间（UTC）"),
    "audit_state": Pair("state", "状态"),
    "audit_until": Pair("removed (UTC)", "自动删除时间（UTC）"),
    "state_uploaded": Pair("columns to accept", "待确认各列"),
    "state_running": Pair("running", "进行中"),
    "state_done": Pair("done", "已完成"),
    "state_failed": Pair("not done", "未完成"),
    "audit_open": Pair("Open", "打开"),
    # the columns
    "layout_title": Pair("What the columns are", "确认各列的含义"),
    "layout_lead": Pair(
        "This is what the columns of {file} are taken for. Correct what is wrong, then start.",
        "以下是对 {file} 各列含义的推测。如有不符请更正，然后开始稽查。",
    ),
    "layout_column": Pair("column", "列名"),
    "layout_sample": Pair("for example", "示例"),
    "layout_meaning": Pair("is", "含义"),
    "layout_evidence": Pair("why", "依据"),
    "layout_not_read": Pair("not read", "不读取"),
    "layout_as_section": Pair("{name} (whole section)", "{name}（整项）"),
    "layout_rest": Pair("The total has more in it than these columns", "合计中还含有其他项目"),
    "layout_separators": Pair(
        "Numbers are written with separators of thousands (1,234.56)", "数字带千位分隔符（1,234.56）"
    ),
    "layout_common": Pair("What all bills have in common", "各户共同的情况"),
    "layout_common_hint": Pair(
        "No column tells these. Where customers differ, send a table for each kind.",
        "表中没有这些内容。用户情况不同的，请分别提交。",
    ),
    "layout_twice": Pair("Another column is this already.", "已有另一列为此含义。"),
    "layout_no_account": Pair("Say which column is the account number.", "请指明哪一列是户号。"),
    "layout_no_total": Pair("Say which column is the total.", "请指明哪一列是合计。"),
    "layout_utility": Pair("Names of the lines", "账单项目名称"),
    "layout_codes": Pair("as codes or common names", "代码或通用名称"),
    "side": Pair("Metering side", "计量侧"),
    "layout_keep": Pair("Keep what is found among the findings", "将发现的问题存入发现清单"),
    "layout_start": Pair("Start the audit", "开始稽查"),
    "layout_cannot": Pair("The table cannot be used", "表格无法使用"),
    # while it runs
    "running_title": Pair("The audit is running", "正在稽查"),
    "running_lead": Pair(
        "You can leave this page and come back: the audit goes on, also when the service is started anew.",
        "可以离开本页，稽查会继续进行；服务重启后也会接着进行。",
    ),
    "running_waiting": Pair("Waiting for its turn", "排队等候"),
    "running_billing": Pair("Calculating: {done} of {rows} bills", "正在计算：{done} / {rows} 户"),
    "running_diagnosing": Pair("All {rows} bills are calculated; looking for causes", "{rows} 户已算完，正在查找原因"),
    "running_findings": Pair("Keeping the findings", "正在存入发现清单"),
    "running_again": Pair("Look again", "刷新"),
    "audit_remove": Pair("Remove this audit", "删除此任务"),
    "audit_stop": Pair("Stop and remove", "停止并删除"),
    # what became of it
    "failed_title": Pair("The audit could not be done", "稽查未能完成"),
    "failed_lead": Pair("Correct the table and send it again.", "请更正表格后重新提交。"),
    "failed_time": Pair(
        "It took longer than {seconds} s, which is as long as an audit may take here. Split the table.",
        "超过了本服务允许的 {seconds} 秒。请拆分表格。",
    ),
    "failed_often": Pair(
        "It was interrupted {times} times, and is not begun again. Tell whoever runs the service.",
        "已中断 {times} 次，不再重试。请告知服务管理员。",
    ),
    "failed_inside": Pair(
        "The service failed on this table. Tell whoever runs it: {error}.",
        "服务处理此表时出错。请告知服务管理员：{error}。",
    ),
    "result_title": Pair("What the audit found", "稽查结果"),
    "result_none": Pair("Every bill that was compared agrees.", "已比对的账单全部一致。"),
    "result_lead": Pair(
        "{differing} of {matched} bills that were compared differ.", "已比对 {matched} 户，{differing} 户有差异。"
    ),
    "result_over": Pair("Charged too much", "多计"),
    "result_under": Pair("Charged too little", "少计"),
    "result_bills": Pair("{count} bills, {money}", "{count} 户，{money} 元"),
    "result_rows": Pair("Rows calculated", "已计算行数"),
    "result_refused": Pair("Rows that cannot be billed", "不能计费的行"),
    "result_matched": Pair("Bills compared", "已比对户数"),
    "result_agreeing": Pair("Agree", "一致"),
    "result_differing": Pair("Differ", "不一致"),
    "result_left": Pair("Issued bills that were not compared", "未能比对的账单"),
    "result_only_recomputed": Pair("Calculated, and not among the issued bills", "已计算但无已出账单"),
    "result_statuses": Pair("What became of those that differ", "差异账单的结论"),
    "conclusion": Pair("Conclusion", "结论"),
    "bills": Pair("bills", "户数"),
    "money": Pair("money", "金额"),
    "result_causes": Pair("By cause and area", "按原因和地区"),
    "result_causes_drawn": Pair("Money by cause, without signs", "各原因的金额（绝对值）"),
    "result_ranked": Pair("Bills that differ, by money", "差异账单（按金额排序）"),
    "result_chosen": Pair("{count} bills", "共 {count} 户"),
    "result_all": Pair("Show all", "显示全部"),
    "result_number": Pair("rank", "名次"),
    "result_account": Pair("account", "户号"),
    "result_look": Pair("look at it", "查看"),
    "result_earlier": Pair("Earlier", "上一页"),
    "result_later": Pair("Later", "下一页"),
    "result_unnamed": Pair("no cause named", "未指出原因"),
    "result_workbook": Pair("Workbook (XLSX)", "Excel 工作簿"),
    "result_table": Pair("Table (CSV)", "表格（CSV）"),
    "result_rejects": Pair("What was not compared, and why (CSV)", "未比对的行及原因（CSV）"),
    "result_unread_month": Pair(
        "Column {column} tells months and is not read: the bills of an account count as one. Say in the layout that "
        "it is the month.",
        "列“{column}”写有月份而未读取：同一户的账单不分月份按一张计。请在布局中指明它是月份。",
    ),
    "result_unread": Pair("Columns that were not read: {columns}", "未读取的列：{columns}"),
    "result_problem": Pair("{count} bills: {what}", "{count} 户：{what}"),
    "result_findings": Pair("To the findings of this run", "查看本次存入的发现"),
    "compare_rest": Pair(
        "All lines together that the issued bill does not print one by one", "已出账单未逐项列出的其余各项合计"
    ),
    "audit_back": Pair("Back to the audit", "返回稽查结果"),
    "show_bill": Pair("Show the recomputed bill", "查看重算账单"),
}
"""How each is said."""
