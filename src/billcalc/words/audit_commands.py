"""What the help says of the commands of an audit and of their options."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = ["AUDIT_COMMANDS", "AUDIT_OPTIONS"]

AUDIT_COMMANDS: Mapping[str, Pair] = {
    "audit": Pair(
        "Runs of an audit, and what they found, until it is corrected and proved.",
        "稽查。运行稽查，跟踪发现直至更正并得到证明。",
    ),
    "audit run": Pair(
        "Check the requests IN, compare their bills with those of the table ISSUED, and keep what is found.",
        "运行稽查。检查各请求，与已出账单表比对，保存发现。",
    ),
    "audit runs": Pair("List the runs.", "列出各次运行。"),
    "audit list": Pair("List findings, or some of them.", "列出发现。可按条件筛选。"),
    "audit show": Pair(
        "Show a finding, what may be done now, and all that happened to it.",
        "查看一项发现。含现在可进行的事项和全部日志。",
    ),
    "audit assign": Pair("Give FINDING to a person who looks into it.", "派单。把发现交给承办人。"),
    "audit site-check": Pair("Tell what was seen on site.", "现场核查。记下现场情况。"),
    "audit confirm": Pair("Confirm that FINDING is right.", "确认。确认发现属实。"),
    "audit dismiss": Pair(
        "Dismiss FINDING until a day on which it returns where it is seen again.",
        "排除。到期后如再次发现则重新出现。",
    ),
    "audit correct": Pair(
        "Tell the documents that correct FINDING; they undo its money to the fen, or say what is left and why.",
        "更正。登记退补单据；合计须与应退补金额分毫不差，或说明未退补的金额和原因。",
    ),
    "audit file-fixed": Pair(
        "Tell that the customer's file was corrected, and how.", "档案更正。说明客户档案如何更正。"
    ),
    "audit verify": Pair(
        "Verify FINDING by the run that found it gone; without FINDING prove that nothing of the log was changed.",
        "验证。给出编号时，以不再出现的那次运行验证该发现；不给编号时，证明日志未被改动。",
    ),
    "audit close": Pair(
        "Close FINDING, which a run proved to be gone and whose money is right to the fen.",
        "办结。须有运行证明不再出现，且金额分毫不差。",
    ),
    "audit reopen": Pair("Open FINDING again.", "重新打开一项发现。"),
    "audit note": Pair("Add a note to FINDING.", "为发现添加备注。"),
    "audit checkpoint": Pair(
        "Add to FILE, which is kept elsewhere, how far the log reaches.", "写检查点。把日志的末尾记入另处保存的文件。"
    ),
    "audit export": Pair(
        "Write findings as a table; as .json with the whole log, for whoever proves it without billcalc.",
        "导出发现。写成表格；写成 .json 时含全部日志，不用 billcalc 也可核验。",
    ),
}
"""By the words that call a command."""

_SHARED: Mapping[str, Pair] = {
    "--store": Pair(
        "The store of findings: a file, or postgresql://user@host/database.",
        "发现库：文件，或“postgresql://用户@主机/数据库”。",
    ),
    "--as": Pair("Who acts; by default the user of the system.", "经办人；默认为系统用户。"),
    "--status": Pair("Only those that stand here.", "只看此状态的。"),
    "--code": Pair("Only those of this check, or bill_differs, bill_not_issued.", "只看此检查项的。"),
    "--account": Pair("Only those of this account.", "只看此户的。"),
    "--period": Pair("Only those of this month, such as 2026-09.", "只看此月的，如 2026-09。"),
    "--to": Pair("Only those that this person looks into.", "只看此承办人的。"),
    "--run": Pair("Only those that this run saw last.", "只看最近一次由此运行发现的。"),
    "--open": Pair("Only those that are neither closed nor dismissed.", "只看未办结且未排除的。"),
    "--reason": Pair("Why.", "原因。"),
    "--text": Pair("What is to be kept.", "要记下的内容。"),
}
_COMMANDS_WITH = tuple(AUDIT_COMMANDS)[1:]

AUDIT_OPTIONS: Mapping[str, Mapping[str, Pair]] = {
    **dict.fromkeys(_COMMANDS_WITH, _SHARED),
    "audit assign": {**_SHARED, "--to": Pair("Who looks into it.", "承办人。")},
    "audit dismiss": {**_SHARED, "--until": Pair("The day on which it returns.", "到期日。")},
    "audit correct": {
        **_SHARED,
        "--documents": Pair(
            "The documents: their kinds, hashes and totals (JSON), as billcalc rebill writes them.",
            "单据文件：各单据的种类、散列值和合计（JSON）。",
        ),
        "--left": Pair("What the documents leave of the money.", "未退补的金额。"),
        "--rules": Pair("The rules of the office (YAML); may be repeated.", "本单位的规则（YAML），可多次给出。"),
    },
    "audit verify": {
        **_SHARED,
        "--run": Pair("The run that found it gone.", "证明其不再出现的运行。"),
        "--checkpoint": Pair("Checkpoints that were kept elsewhere.", "另处保存的检查点文件。"),
    },
    "audit export": {
        **_SHARED,
        "--out": Pair(
            "The file to write: .xlsx, .csv, .parquet, .arrow, or .json with the whole log.",
            "写出的文件：.xlsx、.csv、.parquet、.arrow，或含全部日志的 .json。",
        ),
    },
    "audit run": {
        **_SHARED,
        "--requests": Pair(
            "The requests to check, as batch takes them; with --layout by default those of ISSUED itself.",
            "要检查的请求，写法同 billcalc batch；用 --layout 时默认取自已出账单表本身。",
        ),
        "--bulk": Pair("The table of issued bills, as compare --bulk takes it.", "已出账单表，写法同批量比对。"),
        "--out": Pair(
            "The table of differences; what could not be compared goes beside it.", "差异表；无法比对的写在旁边的表中。"
        ),
        "--layout": Pair(
            "What the columns are, or a layout that comes with billcalc; instead of --columns and --mapping.",
            "各列的含义，或自带布局的名称；代替 --columns 和 --mapping。",
        ),
        "--guess": Pair(
            "Accept the layout that billcalc layout guess proposes for ISSUED; it is shown.",
            "采用 billcalc layout guess 对已出账单表推测的布局；推测结果会显示出来。",
        ),
        "--where": Pair(
            "What all bills have in common and no column tells, such as area=cn-guangxi,voltage=110kV.",
            "各张账单共有而表中没有列的内容，如 地区=广西,电压等级=110千伏。",
        ),
        "--mapping": Pair("What the columns of the issued bills mean (YAML).", "已出账单表中各列的含义（YAML）。"),
        "--history": Pair("Tables of requests of earlier months.", "以前各月的请求表。"),
        "--thresholds": Pair(
            "Limits that go before those that come with billcalc (YAML); may be repeated.",
            "优先于自带界限的界限文件（YAML），可多次给出。",
        ),
        "--company": Pair("The company whose limits hold.", "适用哪个单位的界限。"),
        "--occasion": Pair("Why it is run: daily, themed, or an event.", "稽查的类型：日常、专项或事件。"),
        "--way": Pair("How it is run: online or on site.", "稽查的方式：在线或现场。"),
        "--note": Pair("What is to be remembered of it, such as its theme.", "备注，如专项的主题。"),
    },
}
"""By command and option."""
