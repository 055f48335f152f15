"""What the pages say beside the words of bills; ``{…}`` are filled in."""

from collections.abc import Mapping
from enum import StrEnum

from billcalc.words.account_pages import ACCOUNT_PAGES
from billcalc.words.audit_pages import AUDIT_PAGES
from billcalc.words.check_pages import CHECK_PAGES
from billcalc.words.finding_pages import FINDING_PAGES
from billcalc.words.language import Pair
from billcalc.words.notice_pages import NOTICE_PAGES
from billcalc.words.simulate_pages import SIMULATE_PAGES

__all__ = ["PAGES", "STARTED", "PageWord"]

STARTED = Pair("The pages: http://{host}:{port}/", "网页地址：http://{host}:{port}/")
"""What is said where they can be opened."""


class PageWord(StrEnum):
    """A word of the pages."""

    # every page
    NAME = "name"
    SKIP = "skip"
    OTHER_LANGUAGE = "other_language"
    RECALCULATE = "recalculate"
    COMPARE = "compare"
    TARIFFS = "tariffs"
    TARIFFS_LEAD = "tariffs_lead"
    CHANGES = "changes"
    FIRST_MONTH = "first_month"
    SECOND_MONTH = "second_month"
    SHOW_CHANGES = "show_changes"
    CHANGE = "change"
    FOR_WHOM = "for_whom"
    PRICE = "price"
    PRICES = "prices"
    CONTENT = "content"
    NOT_COMPARED = "not_compared"
    NO_CHANGES = "no_changes"
    ACCOUNT = "account"
    ACCOUNT_LEAD = "account_lead"
    REQUEST_FILES = "request_files"
    REQUEST_FILES_HINT = "request_files_hint"
    SHOW_ACCOUNT = "show_account"
    MONTHS = "months"
    ENERGY_KWH = "energy_kwh"
    MONEY_TOTAL = "money_total"
    MONEY_BY_MONTH = "money_by_month"
    BY_MONTH = "by_month"
    MONTH = "month"
    AVERAGE_PRICE = "average_price"
    BASE_PRICE = "base_price"
    COSPHI = "cosphi"
    ANOTHER_ACCOUNT = "another_account"
    SIGN_OUT = "sign_out"
    FOOT = "foot"

    # signing in
    SIGN_IN = "sign_in"
    SIGN_IN_WHY = "sign_in_why"
    KEY = "key"
    KEY_UNKNOWN = "key_unknown"

    # the first page
    LEAD = "lead"
    REQUEST_FILE = "request_file"
    FILE_HINT = "file_hint"
    EMPTY_WORKBOOK = "empty_workbook"
    CALCULATE = "calculate"
    NO_REQUEST = "no_request"
    WITH_REQUEST = "with_request"
    LOOK_FIRST = "look_first"
    EXAMPLE = "example"
    EXAMPLE_WHY = "example_why"
    NO_FILE = "no_file"
    PRIVACY = "privacy"

    # the bill
    HOW = "how"
    SOURCES = "sources"
    AS_WORKBOOK = "as_workbook"
    AS_PAGE = "as_page"
    AS_JSON = "as_json"
    KEEP = "keep"
    PRINT_HINT = "print_hint"
    ANOTHER = "another"

    AS_REQUEST = "as_request"

    # the form
    FORM = "form"
    FORM_LEAD = "form_lead"
    FORM_INSTEAD = "form_instead"
    FORM_WRONG = "form_wrong"
    WHO = "who"
    BASIC = "basic"
    METER = "meter"
    READINGS_HINT = "readings_hint"
    YES = "yes"
    NO = "no"
    NONE = "none"
    CHOOSE = "choose"
    NO_ENERGY = "no_energy"

    # what is wrong
    WRONG = "wrong"
    WRONG_LEAD = "wrong_lead"
    REFUSED = "refused"
    REFUSED_LEAD = "refused_lead"
    AGAIN = "again"

    # what the service cannot do
    NOT_FOUND = "not_found"
    STALE = "stale"
    BROKEN_FORM = "broken_form"
    HOME = "home"

    # comparing
    COMPARE_LEAD = "compare_lead"
    ISSUED_FILE = "issued_file"
    ISSUED_HINT = "issued_hint"
    NO_ISSUED = "no_issued"
    COMPARE_THIS = "compare_this"
    TYPE_AMOUNTS = "type_amounts"
    TYPE_HINT = "type_hint"
    COMPARE_TYPED = "compare_typed"
    ANOTHER_COMPARISON = "another_comparison"
    AGREES = "agrees"
    ISSUED = "issued"
    RECOMPUTED = "recomputed"
    DIFFERENCE = "difference"
    CAUSES = "causes"
    CAUSE = "cause"
    UNEXPLAINED = "unexplained"
    WATERFALL = "waterfall"
    INDISTINGUISHABLE = "indistinguishable"
    LINES_BESIDE = "lines_beside"


PAGES: Mapping[str, Pair] = {
    **CHECK_PAGES,
    **ACCOUNT_PAGES,
    **AUDIT_PAGES,
    **FINDING_PAGES,
    **NOTICE_PAGES,
    **SIMULATE_PAGES,
    PageWord.NAME: Pair("Electricity bills, recalculated", "电费核算"),
    PageWord.SKIP: Pair("To the content", "跳到正文"),
    PageWord.OTHER_LANGUAGE: Pair("中文", "English"),
    PageWord.RECALCULATE: Pair("Recalculate", "重算电费"),
    PageWord.COMPARE: Pair("Compare", "核对账单"),
    PageWord.TARIFFS: Pair("Tariffs", "电价库"),
    PageWord.TARIFFS_LEAD: Pair(
        "What a bill can be calculated from: for each area and kind of document the latest days in one piece, "
        "and on what evidence. An area opens its documents with their sources.",
        "计费所依据的文件：各地区、各类文件最近一段连续覆盖的日期及其依据级别。点地区可看其全部文件和出处。",
    ),
    PageWord.SIGN_OUT: Pair("Sign out", "退出"),
    PageWord.FOOT: Pair(
        "Engine {version}, tariffs {tariff_set}. Nothing you send leaves this machine.",
        "计费程序 {version}，电价库 {tariff_set}。您提交的内容不离开本机。",
    ),
    PageWord.SIGN_IN: Pair("Sign in", "登录"),
    PageWord.SIGN_IN_WHY: Pair(
        "Enter the key that you were given. Whoever runs this service makes one with “billcalc keys create”.",
        "请输入分配给您的密钥。密钥由服务管理员用 billcalc keys create 生成。",
    ),
    PageWord.KEY: Pair("Key", "密钥"),
    PageWord.KEY_UNKNOWN: Pair(
        "This key is not known, or was revoked. Check that it was copied whole.",
        "密钥无效或已停用。请检查是否完整复制。",
    ),
    PageWord.LEAD: Pair(
        "From meter readings to the bill as the utility prints it; each line opens how it came about and the "
        "document that says so.",
        "由表计示数算出电费，按供电企业账单的顺序列出；每一行都可展开计算过程和依据文件。",
    ),
    PageWord.REQUEST_FILE: Pair("Request file", "请求文件"),
    PageWord.FILE_HINT: Pair(
        "A file (YAML or JSON) that was kept here with a bill or written by hand, or the workbook that you filled in.",
        "在本网站算出电费后下载的请求文件、自行编写的文件（YAML、JSON），或填好的 Excel 填写表。",
    ),
    PageWord.EMPTY_WORKBOOK: Pair("An empty workbook to fill in with a spreadsheet", "下载空白 Excel 填写表"),
    PageWord.CALCULATE: Pair("Calculate the bill", "计算电费"),
    PageWord.NO_REQUEST: Pair("Fill in what the meter showed", "填写抄表示数"),
    PageWord.EXAMPLE: Pair("Show an example", "看一个示例"),
    PageWord.EXAMPLE_WHY: Pair("A large industrial customer in Guangxi, June 2024.", "广西一户大工业用户，2024年6月。"),
    PageWord.NO_FILE: Pair("Choose a file first.", "请先选择文件。"),
    PageWord.PRIVACY: Pair("The file is read, calculated and forgotten.", "文件只用于本次计算，算完即弃。"),
    PageWord.HOW: Pair("How it came about", "计算过程"),
    PageWord.SOURCES: Pair("Documents", "依据文件"),
    PageWord.AS_WORKBOOK: Pair("Workbook (XLSX)", "Excel 工作簿"),
    PageWord.AS_PAGE: Pair("Page (HTML)", "网页文件（HTML）"),
    PageWord.AS_JSON: Pair("Data (JSON)", "数据文件（JSON）"),
    PageWord.KEEP: Pair("Keep", "下载"),
    PageWord.PRINT_HINT: Pair(
        "To print, use your browser's print command: the bill fits A4.",
        "打印请用浏览器的打印功能，版面为 A4。",
    ),
    PageWord.ANOTHER: Pair("Calculate another", "再算一份"),
    PageWord.AS_REQUEST: Pair("Request", "请求文件"),
    PageWord.FORM: Pair("Fill in", "填表计算"),
    PageWord.FORM_LEAD: Pair(
        "One meter, one month. With the bill you can keep what you filled in as a file, and give it again next time.",
        "适用于一户一表、一个月。算出电费后，所填内容可下载为请求文件，下次直接提交。",
    ),
    PageWord.FORM_INSTEAD: Pair("Fill in the form", "开始填表"),
    PageWord.FORM_WRONG: Pair("Fields to correct: {count}.", "需更正 {count} 项。"),
    PageWord.WHO: Pair("The customer", "用户"),
    PageWord.BASIC: Pair("Basic charge, if two-part", "基本电费（仅两部制填写）"),
    PageWord.METER: Pair("The meter", "电能表"),
    PageWord.READINGS_HINT: Pair(
        "Leave empty what is not metered. Where only the energy is known, write it as the closing reading.",
        "未计量的留空。只知道电量时，填在“本次示数”一栏。",
    ),
    PageWord.YES: Pair("yes", "是"),
    PageWord.NO: Pair("no", "否"),
    PageWord.NONE: Pair("not assessed", "不考核"),
    PageWord.CHOOSE: Pair("Choose one of the list.", "请从列表中选择。"),
    PageWord.NO_ENERGY: Pair("Write the reading of at least one energy register.", "请至少填写一项有功示数。"),
    PageWord.WRONG: Pair("The file cannot be read as a request", "文件有误，暂不能计费"),
    PageWord.WRONG_LEAD: Pair(
        "Places to correct: {count}. Correct them in the file and send it again.",
        "需更正 {count} 处。请在文件中更正后重新提交。",
    ),
    PageWord.REFUSED: Pair("There is no bill for this request", "这份请求无法计费"),
    PageWord.REFUSED_LEAD: Pair(
        "The request is in order, but something that the bill needs is missing.", "请求本身无误，但缺少计费所需的内容。"
    ),
    PageWord.AGAIN: Pair("Send the corrected file", "提交更正后的文件"),
    PageWord.NOT_FOUND: Pair("There is no such page", "没有这个页面"),
    PageWord.STALE: Pair(
        "This form is no longer valid. Go back to the first page and send it again.",
        "表单已失效。请回到首页重新提交。",
    ),
    PageWord.BROKEN_FORM: Pair("The form did not arrive whole. Send it again.", "表单未完整送达。请重新提交。"),
    PageWord.HOME: Pair("To the first page", "回到首页"),
    PageWord.COMPARE_LEAD: Pair(
        "Give the request and the bill that was issued. You see both side by side, and why they differ.",
        "提交计费请求和已出的账单，逐行对照，并查明差异原因。",
    ),
    PageWord.ISSUED_FILE: Pair("Issued bill", "已出账单"),
    PageWord.ISSUED_HINT: Pair(
        "The lines of the bill: a table (CSV, XLSX) with the columns name and amount, or YAML, JSON.",
        "账单明细：含 name（项目）和 amount（金额）两列的表格（CSV、XLSX），或 YAML、JSON 文件。",
    ),
    PageWord.NO_ISSUED: Pair("Choose both files first.", "请先选择两份文件。"),
    PageWord.COMPARE_THIS: Pair("Compare", "核对"),
    PageWord.AGREES: Pair("The issued bill agrees with the recomputed one.", "已出账单与重算结果一致。"),
    PageWord.ISSUED: Pair("Issued", "已出账单"),
    PageWord.RECOMPUTED: Pair("Recomputed", "重算"),
    PageWord.DIFFERENCE: Pair("Difference (issued − recomputed)", "差额（已出账单－重算）"),
    PageWord.CAUSES: Pair("Causes", "差异原因"),
    PageWord.CAUSE: Pair("Cause", "原因"),
    PageWord.UNEXPLAINED: Pair("Unexplained", "未查明"),
    PageWord.WATERFALL: Pair(
        "From the issued bill to the recomputed one, one cause put right at each step; scale does not begin at zero",
        "从已出账单逐项更正到重算结果（刻度不从零开始）",
    ),
    PageWord.INDISTINGUISHABLE: Pair(
        "From this bill alone these cannot be told apart:", "仅凭这份账单无法区分下列原因："
    ),
    PageWord.LINES_BESIDE: Pair("Line by line", "逐行对照"),
    PageWord.WITH_REQUEST: Pair("Give a request file", "提交请求文件"),
    PageWord.LOOK_FIRST: Pair("Only have a look", "先看看效果"),
    PageWord.ANOTHER_COMPARISON: Pair("Compare another", "再核对一份"),
    PageWord.CHANGES: Pair("What changed between two months", "两个月的价格变化"),
    PageWord.FIRST_MONTH: Pair("from", "从"),
    PageWord.SECOND_MONTH: Pair("to", "到"),
    PageWord.SHOW_CHANGES: Pair("Show what changed", "查看变化"),
    PageWord.CHANGE: Pair("change", "变化"),
    PageWord.FOR_WHOM: Pair("for whom", "适用用户"),
    PageWord.PRICE: Pair("price", "价格"),
    PageWord.PRICES: Pair("Prices", "价格"),
    PageWord.CONTENT: Pair("What it states", "文件内容"),
    PageWord.NOT_COMPARED: Pair("Not compared: {reason}", "未能对比：{reason}"),
    PageWord.NO_CHANGES: Pair("No price changed.", "没有价格变动。"),
    PageWord.TYPE_AMOUNTS: Pair("Type the amounts of the issued bill", "填写已出账单的金额"),
    PageWord.TYPE_HINT: Pair(
        "Leave empty what is not on the issued bill. No file is needed.", "已出账单没有的项目留空。无需文件。"
    ),
    PageWord.COMPARE_TYPED: Pair("Compare the amounts", "核对金额"),
    PageWord.ACCOUNT: Pair(
        "Account",
        "月度分析",
    ),
    PageWord.ACCOUNT_LEAD: Pair(
        "Give the request files of one customer, one for each month: energy, money and prices, month by month.",
        "提交同一用户各月的请求文件（每月一份），逐月列出电量、电费和均价。",
    ),
    PageWord.REQUEST_FILES: Pair(
        "Request files",
        "请求文件（可多选）",
    ),
    PageWord.REQUEST_FILES_HINT: Pair(
        "Up to 24 files, YAML, JSON or workbooks that were filled in; choose them together.",
        "YAML、JSON 或填好的 Excel 填写表，可一次选择多份，最多 24 份。",
    ),
    PageWord.SHOW_ACCOUNT: Pair(
        "Show the months",
        "逐月列出",
    ),
    PageWord.MONTHS: Pair(
        "Months",
        "月数",
    ),
    PageWord.ENERGY_KWH: Pair(
        "Energy [kWh]",
        "电量（千瓦时）",
    ),
    PageWord.MONEY_TOTAL: Pair(
        "Total",
        "电费合计",
    ),
    PageWord.MONEY_BY_MONTH: Pair(
        "Money by month",
        "各月电费",
    ),
    PageWord.BY_MONTH: Pair(
        "Month by month",
        "逐月对照",
    ),
    PageWord.MONTH: Pair(
        "Month",
        "月份",
    ),
    PageWord.AVERAGE_PRICE: Pair(
        "Average per kWh",
        "平均电价",
    ),
    PageWord.BASE_PRICE: Pair(
        "Basic charge per kWh",
        "基本电费折合每千瓦时",
    ),
    PageWord.COSPHI: Pair(
        "Power factor",
        "功率因数",
    ),
    PageWord.ANOTHER_ACCOUNT: Pair(
        "Another account",
        "再看一户",
    ),
}
"""How each is said."""
