"""What the help says of advice and its options."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = ["ADVICE_COMMANDS", "ADVICE_OPTIONS"]

ADVICE_COMMANDS: Mapping[str, Pair] = {
    "advise": Pair(
        "Advise on MONTHS of a customer: requests, directories of them, or tables with a row for each month.",
        "用电优化建议。月份是请求文件、其目录，或每月一行的表；测算各种计收方式、最优合同需量、移峰和无功补偿。",
    ),
    "advise --bulk": Pair(
        "Advise on the accounts of IN, tables of requests with a row for each month; OUT has a row for each account.",
        "批量用电优化建议。读取每月一行的请求表，写出每户一行的建议表。",
    ),
    "simulate": Pair(
        "Bill VARIANTS of REQUEST, YAML or JSON files, and tell by which lines each differs.",
        "方案测算。对请求的各个方案分别计费，逐行列出差额；请求和方案是 YAML 或 JSON 文件，写 - 则从标准输入读取。",
    ),
}

ADVICE_OPTIONS: Mapping[str, Mapping[str, Pair]] = {
    "advise": {
        "--format": Pair(
            "A text for people, JSON for programs, or a workbook.", "输出文本、JSON（供程序读取）或电子表格。"
        ),
        "--out": Pair("The workbook of xlsx.", "xlsx 的文件。"),
        "--shift": Pair(
            "How much load is moved from peak hours into the valley each month: 1% or 5000kWh.",
            "每月从峰段移至谷段多少负荷：1% 或 5000千瓦时。",
        ),
        "--account": Pair("Whose rows of a table are meant.", "表中哪一户。"),
    },
    "advise --bulk": {
        "--bulk": Pair("Tables of requests, a row for each month.", "请求表，每月一行。"),
        "--out": Pair("The table of advice, a row for each account.", "建议表，每户一行。"),
        "--shift": Pair(
            "How much load is moved from peak hours into the valley each month: 1% or 5000kWh.",
            "每月从峰段移至谷段多少负荷：1% 或 5000千瓦时。",
        ),
    },
    "simulate": {
        "--format": Pair(
            "A text for people, JSON for programs, or a file: a workbook or a page.",
            "输出文本、JSON（供程序读取）、电子表格或网页。",
        ),
        "--out": Pair("The file of xlsx and html.", "xlsx、html 的文件。"),
    },
}
