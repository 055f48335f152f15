"""What the help of the command line says of each command and of each of its options."""

from collections.abc import Mapping

from billcalc.words.advice_commands import ADVICE_COMMANDS, ADVICE_OPTIONS
from billcalc.words.audit_commands import AUDIT_COMMANDS, AUDIT_OPTIONS
from billcalc.words.keys import KEYS_COMMANDS, KEYS_OPTIONS
from billcalc.words.language import Pair
from billcalc.words.tariff_commands import TARIFF_OPTIONS

__all__ = ["COMMANDS", "SHOW_HELP", "option_words"]

COMMANDS: Mapping[str, Pair] = {
    "": Pair("Electricity bills, exact and explained.", "电费计算：精确到分，每一行都有依据。"),
    **ADVICE_COMMANDS,
    **AUDIT_COMMANDS,
    **KEYS_COMMANDS,
    "batch": Pair(
        "Bill every row of IN..., tables in CSV, XLSX, XLS, Parquet or Arrow; a column is named by its path.",
        "批量计费。对表格（CSV、XLSX、XLS、Parquet 或 Arrow）的每一行计费；列名是其内容在请求中的路径。",
    ),
    "bill": Pair(
        "Calculate the bill of REQUEST, a YAML or JSON file, or - for standard input.",
        "计算一张电费单。请求是 YAML 或 JSON 文件；写 - 则从标准输入读取。",
    ),
    "check": Pair(
        "Check the file and the flow of REQUEST, a YAML or JSON file, or - for standard input.",
        "双控检查。检查请求中的静态档案和动态流程；请求是 YAML 或 JSON 文件，写 - 则从标准输入读取。",
    ),
    "check --bulk": Pair(
        "Check the files and the flow of the accounts of IN, tables of requests, beside their earlier months.",
        "批量双控检查。对请求表中各户的档案和流程，连同往月一并检查。",
    ),
    "claim": Pair(
        "Compute what CASE claims, a YAML or JSON file, or - for standard input.",
        "违约金和违约使用电费，窃电、无表用电。案件是 YAML 或 JSON 文件，写 - 则从标准输入读取。",
    ),
    "compare": Pair(
        "Compare ISSUED, a bill as YAML, JSON or a table, with the bill of REQUEST.",
        "将已出账单与复算账单比对。已出账单可以是 YAML、JSON 或表格，复算账单由请求算出。",
    ),
    "compare --bulk": Pair(
        "Recompute the requests IN and compare the bills with those of the table ISSUED, line by line and in total.",
        "批量比对。对各请求复算，并与已出账单表逐行、逐户比对。",
    ),
    "diagnose": Pair(
        "Name the causes of what ISSUED, a bill as YAML, JSON or CSV, differs from the bill of REQUEST by.",
        "查找差异的原因。已出账单（YAML、JSON 或 CSV）与请求复算的账单相差多少，各因何而起。",
    ),
    "diagnose --bulk": Pair(
        "Recompute the requests IN and name the causes of what the bills of the table ISSUED differ by.",
        "批量诊断。对各请求复算，并查找已出账单表中各张账单差异的原因。",
    ),
    "doctor": Pair(
        "Tell the versions, the settings, the tariff set and the extras; what a report of a fault should quote.",
        "查看版本、配置、电价库和可选软件包。报告故障时请附上这些内容。",
    ),
    "explain": Pair(
        "Show how the lines of REQUEST's bill came about: formulas, numbers, roundings, documents.",
        "说明账单各行的由来。列出公式、数字、取整和依据的文件。",
    ),
    "layout": Pair("Layouts of tables of bills.", "账单表格的布局。"),
    "layout list": Pair(
        "List the layouts of utilities' bills that come with billcalc.", "列出自带的布局。各为一家供电企业的账单样式。"
    ),
    "layout show": Pair("Show what the printed names of a layout mean.", "查看一种布局。列出账单上各名称的含义。"),
    "layout guess": Pair(
        "Propose what the columns of FILE are, with the evidence; whoever uses the layout accepts it.",
        "推测表格各列的含义并给出依据。使用该布局即表示接受。",
    ),
    "new": Pair(
        "Ask a few questions and write a request with comments, which billcalc bill then bills.",
        "按问答填写请求。写出带注释的请求文件，随后用 billcalc bill 计费。",
    ),
    "serve": Pair(
        "Run the pricing service; settings not given here are read from BILLCALC_… in the environment.",
        "运行计费服务。此处未给出的设置取自环境变量 BILLCALC_…。",
    ),
    "rebill": Pair(
        "Correct the bills of CASE, a YAML or JSON file, or - for standard input.",
        "电费退补。案件是 YAML 或 JSON 文件，写 - 则从标准输入读取；冲销原账单，重开正确账单，并出具退补通知书。",
    ),
    "tariffs": Pair("Work on the tariff library.", "电价库。"),
    "tariffs check": Pair(
        "Check every document of DIRECTORY, by default the shipped tariffs.",
        "检查电价库。检查目录中的每份文件；默认检查自带的电价库。",
    ),
    "tariffs coverage": Pair(
        "Tell which months the documents of each area and kind cover, and on what evidence.",
        "查看各地区、各类文件覆盖的月份。同时列出依据的级别。",
    ),
    "tariffs diff": Pair(
        "Tell which prices changed from DAY1 to DAY2: of the customer of the options, or without any of all rows.",
        "对比两个日期的价格。用选项说明是哪类用户；不说明则对比所有行。",
    ),
    "tariffs import": Pair(
        "Read a price notice (PDF, XLSX, XLS, HTML, CSV) or a rate (JSON), check it, and show it for acceptance.",
        "导入电价公告。读取文件（PDF、XLSX、XLS、HTML 或 CSV）或费率（JSON），检查后列出，待人确认。",
    ),
    "tariffs list": Pair(
        "List the documents: id, kind, days, evidence, title and number.",
        "列出文件。含编号、类别、有效期、依据、标题和文号。",
    ),
    "tariffs missing": Pair(
        "Tell everything that a customer's bills of some months would lack, and the step that brings it.",
        "查看某用户某些月份的账单还缺什么。同时给出补齐的办法。",
    ),
    "tariffs show": Pair(
        "Show the document ID: its source, days, evidence, and its prices and whom they are for, or its other content.",
        "查看一份文件。列出出处、有效期、依据，以及价格和适用对象，或其他内容。",
    ),
    "workbook": Pair("Forms to fill in with a spreadsheet.", "供电子表格填写的表。"),
    "workbook new": Pair(
        "Write a form with the questions that a bill needs.", "写出一份空表。列出电费单所需各项，带列表、单位和说明。"
    ),
    "workbook read": Pair(
        "Read a form that was filled in as a request, or that of many accounts as a table for billcalc batch.",
        "读取填好的表。一张电费单写成请求，多户写成供 billcalc batch 用的表。",
    ),
    "verify": Pair(
        "Check BILL, the JSON of a bill, a comparison or a diagnosis, by what stands in it; - is standard input.\n\n"
        "The file billcalc/verify.py does the same by itself: it needs Python and nothing of billcalc.",
        "核验账单、比对或差异原因。按其 JSON 中所列逐步核验；写 - 则从标准输入读取。\n\n"
        "billcalc/verify.py 这个文件可以单独完成同样的核验：只需 Python，不需 billcalc 的其他部分。",
    ),
}
"""By the words that call a command."""

SHOW_HELP = Pair("Show this message and exit.", "显示本帮助后退出。")
"""What ``--help`` does."""
_FORMAT = Pair("A text for people, or JSON for programs.", "输出文本（供人阅读）或 JSON（供程序读取）。")
_FORMATS = Pair(
    "A text for people, JSON for programs, or one of the others for people, too.",
    "输出文本、JSON（供程序读取）、电子表格或网页。",
)
_SHARED: Mapping[str, Pair] = {
    "--version": Pair("Show the version and exit.", "显示版本后退出。"),
    "--lang": Pair(
        "The language; by default that of the settings or of the locale. JSON is in English without it.",
        "语言；默认按配置或系统区域。未指定时 JSON 用英文。",
    ),
    "--intervals": Pair(
        "A file of intervals of a metering point, in any format of tables; may be repeated.",
        "计量点的区间数据（负荷曲线）文件，格式不限；可多次给出。",
    ),
    "--intervals-as": Pair(
        "What the files of intervals do not tell, such as times=ends or values=kw; may be repeated.",
        "区间数据文件没有说明的内容（写法见计量说明）；可多次给出。",
    ),
    "--prices": Pair(
        "A file of a component's prices by interval, its unit in the head of the prices; may be repeated.",
        "某价格组成按区间的价格文件，单位写在价格列的列名中；可多次给出。",
    ),
    "--prices-as": Pair(
        "What the files of prices do not tell: times, step, zone; may be repeated.",
        "价格文件没有说明的内容：times、step、zone；可多次给出。",
    ),
    "--tariffs": Pair(
        "The tariffs to use instead of those that were shipped.", "所用电价库的目录；默认用自带的电价库。"
    ),
    "--format": _FORMAT,
    "--max-bytes": Pair("Refuse a request that is larger.", "请求超过这个字节数则不予读取。"),
    "--template": Pair("What all requests have in common.", "各请求共有的内容。"),
    "--columns": Pair(
        "The path in the request of each column; others are not read.", "各列在请求中的路径；其余列不读取。"
    ),
    "--resume": Pair(
        "Go on from an interrupted run of the same inputs and settings, or begin anew.",
        "输入和设置相同时，从中断处继续，或从头开始。",
    ),
    "--dry-run": Pair("Say what would be read and written, and do not write it.", "只说明将读取和写出什么，不写出。"),
    "--tolerance": Pair("Amounts that differ by no more are no finding.", "差额不超过此数则不算差异。"),
    "--area": Pair("Such as cn-anhui.", "地区，如 安徽 或 cn-anhui。"),
    "--class": Pair("Such as industrial_commercial.", "用电类别，如 工商业 或 industrial_commercial。"),
    "--subclass": Pair("Where the price table divides a class further.", "价格表在类别之下再细分时的类别。"),
    "--billing": Pair("one_part or two_part.", "单一制或两部制（one_part、two_part）。"),
    "--voltage": Pair("Such as 10kV.", "电压等级，如 10千伏 或 10kV。"),
    "--purchase": Pair(
        "agent, agent_1.5x, market or catalogue.",
        "购电方式：代理购电、1.5 倍代理购电、市场化或目录电价（agent、agent_1.5x、market、catalogue）。",
    ),
    "--time-of-use": Pair("Whether billed by bands.", "是否执行分时电价。"),
}
_LIMITS = Pair(
    "Limits that go before those that come with billcalc (YAML); may be repeated.",
    "优先于自带界限的界限文件（YAML），可多次给出。",
)
_COMPANY = Pair("The company whose limits hold.", "适用哪个单位的界限。")
_ISSUED = Pair(
    "The table of issued bills, in any format of tables: a row for each line or for each bill.",
    "已出账单表，格式不限：每个电费项目一行，或每张账单一行。",
)
_WORDS_MEANT = Pair("What the words of the issued bill's layout mean (YAML).", "已出账单中名称的含义（YAML）。")
_COLUMNS_MEANT = Pair(
    "What the columns and words of the issued bills mean (YAML).", "已出账单表中各列和各名称的含义（YAML）。"
)
_READY = Pair(
    "A layout that comes with billcalc (billcalc layout list), such as state-grid.",
    "自带的布局（见 billcalc layout list），如 国网。",
)
_PROOF = Pair(
    "Seal the JSON, with what it rests on in it, for billcalc verify.",
    "为 JSON 附上所依据的内容和校验值，供 billcalc verify 核验。",
)
_LOOKED_AT = Pair("The tariffs to look at.", "要查看的电价库目录。")
_OWN: Mapping[str, Mapping[str, Pair]] = {
    "batch": {
        "--out": Pair("The table of bills to write.", "写出的账单表。"),
        "--output": Pair(
            "A row for each bill, or for each component, printed line or problem of it.",
            "每张账单一行，或账单的每个组成部分、每个列印行、每个疑点各一行。",
        ),
        "--rejects": Pair(
            "The table of rows that were not billed; by default OUT with .rejects.csv.",
            "未计费的行写入的表；默认在 --out 的文件名后加 .rejects.csv。",
        ),
        "--format": Pair(
            "The format of OUT; by default as its name tells. csv-bom has a byte order mark, for spreadsheets.",
            "--out 的格式；默认按文件名。csv-bom 带字节顺序标记，供电子表格打开。",
        ),
        "--workers": Pair("Processes; by default one for each core.", "进程数；默认每个处理器核一个。"),
        "--chunk": Pair("Rows that each works on at one time.", "每个进程一次处理的行数。"),
    },
    "bill": {
        "--format": _FORMATS,
        "--out": Pair(
            "The file of xlsx and html: the bill as printed, with readings.", "xlsx、html 的文件：按账单样式，含示数。"
        ),
        "--no-derivation": Pair(
            "Leave out how the lines came about (JSON only shows it).", "不写各行的由来（只有 JSON 会写）。"
        ),
        "--proof": _PROOF,
    },
    "compare": {
        "--mapping": _WORDS_MEANT,
        "--layout": _READY,
        "--proof": _PROOF,
    },
    "compare --bulk": {
        "--bulk": _ISSUED,
        "--requests": Pair(
            "The requests to recompute, as batch takes them; with --layout by default those of ISSUED itself.",
            "要复算的请求，写法同 billcalc batch；用 --layout 时默认取自已出账单表本身。",
        ),
        "--layout": Pair(
            "What the columns are (see billcalc layout guess), or a layout that comes with billcalc (layout list); "
            "instead of --columns and --mapping.",
            "各列的含义（见 billcalc layout guess），或自带布局的名称（见 billcalc layout list）；"
            "代替 --columns 和 --mapping。",
        ),
        "--guess": Pair(
            "Accept the layout that billcalc layout guess proposes for ISSUED; it is shown.",
            "采用 billcalc layout guess 对已出账单表推测的布局；推测结果会显示出来。",
        ),
        "--where": Pair(
            "With --guess or --layout: what all bills have in common and no column tells, such as area=cn-guangxi.",
            "与 --guess 或 --layout 同用：各张账单共有而表中没有列的内容，如 地区=广西,电压等级=110千伏。",
        ),
        "--out": Pair(
            "The table of differences; what could not be compared goes beside it.", "差异表；无法比对的写在旁边的表中。"
        ),
        "--mapping": _COLUMNS_MEANT,
        "--causes": Pair(
            "Diagnose the bills that differ, and write the causes beside the differences.",
            "对有差异的账单查找原因，并写在差异旁边。",
        ),
    },
    "check": {
        "--history": Pair(
            "The requests of earlier months: a directory with a file of each, or a table.",
            "该户往月的请求：每月一个文件的目录，或一张表。",
        ),
        "--thresholds": _LIMITS,
        "--explain-change": Pair(
            "Split the change from the month before into shares and prices.", "把与上月的变动拆分为占比和电价的影响。"
        ),
        "--company": _COMPANY,
        "--account": Pair("The account whose limits hold.", "适用哪个户号的界限。"),
    },
    "check --bulk": {
        "--bulk": Pair("The requests, as batch takes them; may be repeated.", "请求表，同 batch，可多次给出。"),
        "--history": Pair(
            "The requests of earlier months of these accounts; may be repeated.", "各户往月的请求表，可多次给出。"
        ),
        "--out": Pair(
            "The table of what speaks; what could not be checked goes beside it.",
            "发现的问题表；未能检查的及原因写在旁边的表中。",
        ),
        "--thresholds": _LIMITS,
        "--company": _COMPANY,
    },
    "diagnose": {
        "--format": Pair(
            "A text for people, JSON for programs, or a workbook.", "输出文本、JSON（供程序读取）或电子表格。"
        ),
        "--out": Pair("The file of xlsx: the causes, then line by line.", "xlsx 的文件：先列原因，再逐项列出。"),
        "--mapping": _WORDS_MEANT,
        "--layout": _READY,
        "--proof": _PROOF,
    },
    "diagnose --bulk": {
        "--bulk": _ISSUED,
        "--layout": _READY,
        "--requests": Pair("The requests to recompute, as batch takes them.", "要复算的请求，写法同 billcalc batch。"),
        "--out": Pair("The table of causes; beside it what could not be compared.", "原因表；无法比对的写在旁边。"),
        "--mapping": _COLUMNS_MEANT,
    },
    "doctor": {"--tariffs": _LOOKED_AT},
    "explain": {"--line": Pair(
            "Only the lines of this code, or of a component or section by any of its names; may be repeated.",
            "只看此项目的各行；写代码、项目或类别的任何名称，可多次给出。",
        )},
    "layout guess": {
        "--template": Pair(
            "What all requests have in common: its supply point is meant.", "各请求共有的内容：取其中的受电点。"
        ),
        "--out": Pair("The layout to write, for compare --bulk --layout.", "写出的布局，供 billcalc compare 使用。"),
    },
    "workbook new": {
        "--many": Pair("A row for each account.", "每户一行。"),
        "--out": Pair("The form to write.", "写出的表。"),
    },
    "workbook read": {
        "--out": Pair(
            "The request or table to write; by default request.yaml or requests.csv.",
            "写出的请求或表；默认 request.yaml，多户时默认 requests.csv。",
        ),
    },
    "new": {"--out": Pair("The request to write.", "写出的请求文件。")},
    "serve": {
        "--host": Pair(
            "Where to listen; other than loopback only with --keys.  [default: 127.0.0.1]",
            "监听的地址；非本机地址须同时给出 --keys。[默认：127.0.0.1]",
        ),
        "--port": Pair("[default: 8000]", "端口。[默认：8000]"),
        "--keys": Pair("The file of API keys (billcalc keys create).", "密钥文件（由 billcalc keys create 新建）。"),
        "--jobs": Pair(
            "A directory for the tables that the pages audit; they are removed after their time.",
            "网页批量稽查存放表格的目录；到时自动删除。",
        ),
        "--pages": Pair("Show pages for people, too: open them in a browser.", "同时提供网页，可用浏览器打开。"),
    },
    "claim": {
        "--format": _FORMATS,
        "--out": Pair("The file of xlsx and html: the statement.", "xlsx、html 的文件：计算单。"),
    },
    "rebill": {
        "--format": _FORMATS,
        "--out": Pair("The file of xlsx and html: the letter, then each bill.", "xlsx、html 的文件：通知书和各账单。"),
        "--earlier": Pair("JSON of a correction made before; may be repeated.", "以前退补的 JSON 结果，可多次给出。"),
        "--undo": Pair("CASE is the JSON of a correction, which is undone.", "案件为退补的 JSON 结果，予以撤销。"),
    },
}  # fmt: skip


def option_words(command: str, option: str) -> Pair | None:
    """What is said of an option of a command, or None."""
    own = {**_OWN, **ADVICE_OPTIONS, **AUDIT_OPTIONS, **KEYS_OPTIONS, **TARIFF_OPTIONS}.get(command, {}).get(option)
    return _SHARED.get(option) if own is None else own
