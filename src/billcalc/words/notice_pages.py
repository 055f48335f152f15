"""What the pages of importing a price notice say; ``{…}`` are filled in."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = ["NOTICE_PAGES"]

NOTICE_PAGES: Mapping[str, Pair] = {
    "notice": Pair("Import a price notice", "导入电价公告"),
    "notice_lead": Pair(
        "Give next month's price table of a grid company. You see what was read, cell by cell, what is doubtful, and "
        "the document that comes of it, before anything is written.",
        "提交电网企业下月的代理购电价格表。写入之前，先逐格核对读数、查看疑点和将形成的文件。",
    ),
    "notice_file": Pair("Price notice", "电价公告"),
    "notice_file_hint": Pair("PDF, XLSX, XLS, HTML or CSV; no picture.", "PDF、XLSX、XLS、HTML 或 CSV；不接受图片。"),
    "notice_area": Pair("Area", "地区"),
    "notice_month": Pair("Month, such as 2026-09", "月份，例如 2026-09"),
    "notice_url": Pair("Where it was published (optional)", "公布网址（可不填）"),
    "notice_url_hint": Pair(
        "Without an address the document counts as second-hand.", "没有网址的，依据级别按转引文件处理。"
    ),
    "notice_title": Pair("Title, where the file prints none (optional)", "标题，文件中没有时填写（可不填）"),
    "notice_fewer": Pair("Rows or bands of last month may be gone", "允许比上月少行或少时段"),
    "notice_corrections": Pair("Misprints and what is missing", "印刷错误与缺项"),
    "notice_cell": Pair("Cell", "单元格"),
    "notice_number": Pair("What it should say", "应为"),
    "notice_reason": Pair("How that is known", "依据"),
    "notice_read": Pair("Read and check", "读取并检查"),
    "notice_again": Pair("Change and read again", "更正后重新读取"),
    "notice_another": Pair("Give a notice", "提交公告"),
    "notice_corrections_hint": Pair(
        "Where the notice itself is misprinted: the cell as named above, what it should say, and how that is known.",
        "公告本身印刷有误时，填写上文所示的单元格、正确数字及其依据。",
    ),
    "notice_missing": Pair("Choose a file, an area and a month.", "请选择文件、地区并填写月份。"),
    "notice_number_wrong": Pair("{value} is no number.", "{value} 不是数字。"),
    "notice_seen": Pair("What was read", "读数核对"),
    "notice_seen_lead": Pair(
        "{area}, {month}. Compare each number with the notice; below each stands its cell.",
        "{area}，{month}。请与公告逐格核对；每个数字下方是其单元格。",
    ),
    "notice_voltage": Pair("voltage", "电压"),
    "notice_checked": Pair("What the checks say", "检查结果"),
    "notice_clean": Pair(
        "Sums, ratios, voltages, and the month before: nothing is wrong or doubtful.",
        "合计、时段比例、各电压等级以及与上月的比较均无错误和疑点。",
    ),
    "notice_errors": Pair("Nothing can be written until this is put right.", "更正以下错误之前不能形成文件。"),
    "notice_changes": Pair("What changed from the month before", "与上月相比"),
    "notice_written_as": Pair("What would be written", "将形成的文件"),
    "notice_diff": Pair(
        "Lines with + are new, lines with − are those of {before}.", "带 + 的为新内容，带 − 的为 {before} 的内容。"
    ),
    "notice_new": Pair("The library has no document of the month before.", "电价库中没有上月的文件。"),
    "notice_download": Pair("Keep the document (YAML)", "下载文件（YAML）"),
    "notice_write": Pair("Write it into the library", "写入电价库"),
    "notice_no_write": Pair(
        "This service does not write into its library; give the file to whoever runs it. It belongs at {target}.",
        "本服务不写入电价库；请把文件交给服务管理员，存放位置为 {target}。",
    ),
    "notice_not_seen": Pair(
        "The notice is not read as it was when you saw it. Nothing was written; compare it again.",
        "公告的读数与您核对时不同。未写入任何内容，请重新核对。",
    ),
    "notice_done": Pair("The document is in the library", "文件已写入电价库"),
    "notice_done_lead": Pair(
        "Written: {target}. Bills are calculated by it when the service is started anew.",
        "已写入 {target}。服务重启后按其计费。",
    ),
    "notice_cannot": Pair("The notice cannot be read", "公告无法读取"),
}
"""How each is said."""
