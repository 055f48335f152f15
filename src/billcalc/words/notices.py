"""What is said of what is found in a price notice.

An *error* keeps the document from being written, a *warning* is looked at by whoever accepts it, a *note* is told.
docs/notices.md has a heading for each.
"""

from collections.abc import Mapping
from typing import NamedTuple

from billcalc.words.language import Pair
from billcalc.words.notice_codes import NoticeCode, NoticeSeverity

__all__ = ["NOTICE_WORDING", "NoticeWording"]


class NoticeWording(NamedTuple):
    """How serious it is, and what is said; ``{facts}`` are filled in."""

    severity: NoticeSeverity
    told: Pair


_ERROR, _WARNING, _NOTE = NoticeSeverity

NOTICE_WORDING: Mapping[NoticeCode, NoticeWording] = {
    NoticeCode.PACKAGE_MISSING: NoticeWording(
        _ERROR,
        Pair(
            "{package} is not installed; install what reads notices: pip install 'billcalc[notices]'",
            "未安装 {package}；请安装读取公告所需的组件：pip install 'billcalc[notices]'",
        ),
    ),
    NoticeCode.IMAGE: NoticeWording(
        _ERROR,
        Pair(
            "this is an image without text, and recognised characters are no evidence; type it as CSV",
            "这是没有文字的图像，识别出的字符不能作为依据；请按 CSV 录入",
        ),
    ),
    NoticeCode.FILE_DAMAGED: NoticeWording(
        _ERROR,
        Pair(
            "it cannot be read as {format}: {reason}; open it and save it again, or type it as CSV",
            "无法按 {format} 读取：{reason}；请打开后重新保存，或按 CSV 录入",
        ),
    ),
    NoticeCode.READINGS_DIFFER: NoticeWording(
        _ERROR,
        Pair(
            (
                "two readings of page {page} do not find the same numbers: only pdfplumber {first}; only "
                "pypdfium2 {second}; "
                "type the notice as CSV"
            ),
            "第 {page} 页两次读取的数字不一致：仅 pdfplumber 有 {first}；仅 pypdfium2 有 {second}；请按 CSV 录入",
        ),
    ),
    NoticeCode.SHEET_HIDDEN: NoticeWording(
        _NOTE, Pair('the hidden sheet "{sheet}" is not read', "未读取隐藏的工作表“{sheet}”")
    ),
    NoticeCode.NO_TABLE: NoticeWording(
        _ERROR,
        Pair(
            "no table here has a head for the voltage and rows of prices; give the notice itself, or type it as CSV",
            "没有找到含“电压等级”表头和价格行的表；请提供公告原件，或按 CSV 录入",
        ),
    ),
    NoticeCode.HEAD_UNKNOWN: NoticeWording(
        _ERROR,
        Pair(
            (
                'the head "{head}" is not known, and something stands below it; correct it, or name the '
                "column {remark} to "
                "leave it out"
            ),
            "不认识表头“{head}”，而其下有内容；请更正，或将该列命名为{remark}以不读取",
        ),
    ),
    NoticeCode.HEAD_TWICE: NoticeWording(
        _ERROR, Pair('a second column is headed "{head}"; keep one of them', "有两列的表头都是“{head}”；请只保留一列")
    ),
    NoticeCode.HEAD_MISSING: NoticeWording(
        _ERROR, Pair("the table has no column of the {column}; add it", "表中没有“{column}”一列；请补充")
    ),
    NoticeCode.TABLE_CONTINUED: NoticeWording(
        _NOTE,
        Pair(
            "this table has no heads and goes on with those of the table before it", "此表没有表头，沿用前一张表的表头"
        ),
    ),
    NoticeCode.UNIT_UNKNOWN: NoticeWording(
        _ERROR,
        Pair(
            "the unit of this column is not told, or told twice; its head or the title says 元/千瓦时 or 分/千瓦时",
            "此列的单位没有写明，或写了两种；请在表头或标题写明 元/千瓦时 或 分/千瓦时",
        ),
    ),
    NoticeCode.UNIT_IMPLAUSIBLE: NoticeWording(
        _ERROR,
        Pair(
            "{printed} in the unit {unit} is {price} CNY/kWh, not within {range}; correct the number or its unit",
            "{printed}（单位 {unit}）合 {price} 元/千瓦时，不在 {range} 之内；请更正数字或表头的单位",
        ),
    ),
    NoticeCode.VOLTAGE_UNKNOWN: NoticeWording(
        _ERROR,
        Pair(
            'the row has numbers, and "{text}" is no voltage that is known; write it as 不满1千伏, 1-10千伏, 35千伏 …',
            "该行有数字，但不认识电压等级“{text}”；请写成 不满1千伏、1-10千伏、35千伏 等",
        ),
    ),
    NoticeCode.BILLING_UNKNOWN: NoticeWording(
        _ERROR,
        Pair(
            'the words of the row, "{text}", do not say whether it is 单一制 or 两部制; write one of them',
            "该行的文字“{text}”没有说明是单一制还是两部制；请写明其一",
        ),
    ),
    NoticeCode.ROW_TWICE: NoticeWording(
        _ERROR,
        Pair(
            "the same customers have a row already, at {other}; correct one of the two",
            "同样的用户在 {other} 已有一行；请更正其一",
        ),
    ),
    NoticeCode.ROW_NOT_READ: NoticeWording(
        _ERROR,
        Pair(
            (
                "this row has a voltage and prices, and is in no table whose heads are known; let it have "
                "heads, or as many "
                "columns as the table it goes on with"
            ),
            "该行有电压等级和价格，但不属于表头可识别的表；请补充表头，或使其列数与所续的表一致",
        ),
    ),
    NoticeCode.NOT_A_NUMBER: NoticeWording(
        _ERROR,
        Pair(
            '"{text}" is no number; write digits with at most one decimal point, or / where there is none',
            "“{text}”不是数字；请写成至多一个小数点的数字，没有时写 /",
        ),
    ),
    NoticeCode.CELL_EMPTY: NoticeWording(
        _ERROR,
        Pair("the cell is empty; write the number, or / where there is none", "单元格为空；请填写数字，没有时写 /"),
    ),
    NoticeCode.CORRECTION_UNKNOWN: NoticeWording(
        _ERROR,
        Pair(
            "there is no number that was read in this cell; name a cell as the printed reading does",
            "该单元格没有读到数字；请按打印的读数注明单元格",
        ),
    ),
    NoticeCode.CORRECTED: NoticeWording(
        _WARNING,
        Pair("printed {printed}, taken as {corrected}: {reason}", "印刷为 {printed}，更正为 {corrected}：{reason}"),
    ),
    NoticeCode.MONTH_DIFFERS: NoticeWording(
        _ERROR,
        Pair(
            "the title names {found}, and {month} was asked for; give the notice of that month",
            "标题写的是 {found}，要求导入的是 {month}；请提供该月的公告",
        ),
    ),
    NoticeCode.MONTH_NOT_TOLD: NoticeWording(
        _WARNING,
        Pair("no title names a month; see that it is that of {month}", "标题没有写明月份；请核对是否为 {month} 的公告"),
    ),
    NoticeCode.OTHER_CUSTOMERS: NoticeWording(
        _ERROR,
        Pair(
            "its title says “{text}”, and the document is of industry and commerce with the agency; give their notice",
            "标题写有“{text}”，而形成的文件适用于代理购电工商业用户；请提供该类用户的电价表",
        ),
    ),
    NoticeCode.PART_OF_MONTH: NoticeWording(
        _ERROR,
        Pair(
            "“{text}” is for some days of {month}, and the document would be for all; write it by hand, with its days",
            "“{text}”只适用于 {month} 的部分日期，而文件将适用于整月；请手工编写并注明日期",
        ),
    ),
    NoticeCode.AREA_DIFFERS: NoticeWording(
        _ERROR,
        Pair(
            "it names {found}, and {area} was asked for; give the notice of that area",
            "公告写的是 {found}，要求导入的是 {area}；请提供该地区的公告",
        ),
    ),
    NoticeCode.NET_OF_TAX: NoticeWording(
        _ERROR,
        Pair(
            "it says “{text}”, and prices of the library have the tax in them; give the notice with the tax",
            "注明“{text}”，而电价库的电价含税；请提供含税的公告",
        ),
    ),
    NoticeCode.DRAFT: NoticeWording(
        _ERROR,
        Pair(
            "it says “{text}”: these are no prices in force; give the notice as published",
            "注明“{text}”：并非执行的电价；请提供正式公布的公告",
        ),
    ),
    NoticeCode.PRICES_IN_WORDS: NoticeWording(
        _WARNING,
        Pair(
            "“{text}” says “{said}” of the prices, and nothing of it is in the document; where it changes a price, "
            "write that into the document, or leave the customers that it is of to another",
            "“{text}”对电价的说明“{said}”没有写入文件；影响价格的，请写入该文件，或把所涉及的用户列入另一份文件",
        ),
    ),
    NoticeCode.WORDS_NOT_READ: NoticeWording(
        _NOTE,
        Pair("nothing is read of “{text}”; see what it says of the prices", "未读取“{text}”；请查看其对电价的说明"),
    ),
    NoticeCode.TITLE_MISSING: NoticeWording(
        _ERROR, Pair("no line over the table is a title; give it with --title", "表的上方没有标题；请用 --title 写明")
    ),
    NoticeCode.SUM_APART: NoticeWording(
        _ERROR,
        Pair(
            (
                "the printed total {printed} is {distance} from the sum of its parts {parts}; compare the "
                "row with the notice; "
                "a misprint is corrected with --correct"
            ),
            "印刷的合计 {printed} 与各部分之和 {parts} 相差 {distance}；请与公告核对该行；印刷错误用 --correct 更正",
        ),
    ),
    NoticeCode.SUM_NEAR: NoticeWording(
        _NOTE,
        Pair(
            "the printed {printed} is {distance} from what the parts make, {parts}: as far as rounding takes it",
            "印刷的 {printed} 与各部分之和 {parts} 相差 {distance}：在尾数进位的范围内",
        ),
    ),
    NoticeCode.RATIO_APART: NoticeWording(
        _ERROR,
        Pair(
            (
                "the price of the band {band} is {printed}, and with the ratios of {document} the parts "
                "make {parts}, "
                "{distance} from it; compare both with their documents; a misprint is corrected with --correct"
            ),
            (
                "{band} 价格印刷为 {printed}，按 {document} 的比例各部分合 {parts}，相差 {distance}；请与两份文件核对；"
                "印刷错误用 --correct 更正"
            ),
        ),
    ),
    NoticeCode.RATIO_NOT_TOLD: NoticeWording(
        _WARNING,
        Pair(
            "the price of the band {band} is not compared: no time-of-use document of the month tells its ratio",
            "{band} 价格未核对：没有当月的分时电价文件说明其比例",
        ),
    ),
    NoticeCode.VOLTAGES_NOT_MONOTONE: NoticeWording(
        _ERROR,
        Pair(
            "{price} at {voltage} is more than {lower_price} at the lower voltage {lower}; compare "
            "both with the notice",
            "{voltage} 的 {price} 高于较低电压 {lower} 的 {lower_price}；请与公告核对这两行",
        ),
    ),
    NoticeCode.LAST_MONTH_MISSING: NoticeWording(
        _WARNING,
        Pair(
            "the library has no printed rows of the month before ({month}), so nothing is compared with them",
            "电价库没有上月（{month}）的各行，未与上月比较",
        ),
    ),
    NoticeCode.ROW_MISSING: NoticeWording(
        _ERROR,
        Pair(
            "{document} has a row for {row}, and the notice has none; look for it; if it is gone, say --fewer",
            "{document} 有 {row} 一行，公告没有；请查找；确已取消时加 --fewer",
        ),
    ),
    NoticeCode.BAND_MISSING: NoticeWording(
        _ERROR,
        Pair(
            (
                "{document} has a price of the band {band} for {row}, and the notice has none; look for "
                "it; if it is gone, say "
                "--fewer"
            ),
            "{document} 的 {row} 有 {band} 价格，公告没有；请查找；确已取消时加 --fewer",
        ),
    ),
    NoticeCode.ROW_GONE: NoticeWording(
        _WARNING, Pair("the row {row} of {document} is gone", "{document} 的 {row} 一行已取消")
    ),
    NoticeCode.BAND_GONE: NoticeWording(
        _WARNING, Pair("the band {band} of {row} in {document} is gone", "{document} 中 {row} 的 {band} 已取消")
    ),
    NoticeCode.PRICE_NOT_IN_FORCE: NoticeWording(
        _ERROR,
        Pair(
            (
                "the notice prints {printed} as {column}, and {document} in force has {price}; bring in "
                "the new document "
                "first, or correct a misprint with --correct"
            ),
            "公告的{column}为 {printed}，现行的 {document} 为 {price}；请先导入新文件，印刷错误用 --correct 更正",
        ),
    ),
    NoticeCode.PRICE_NOT_COMPARED: NoticeWording(
        _WARNING,
        Pair(
            "{column} is not compared: the library has no document of kind {kind} with such a row in that month",
            "{column}未核对：电价库没有当月含此行的 {kind} 文件",
        ),
    ),
    NoticeCode.AREA_UNKNOWN: NoticeWording(
        _ERROR, Pair('the library has no area "{area}"; use one of: {known}', "电价库没有地区“{area}”；可用：{known}")
    ),
    NoticeCode.DOCUMENT_EXISTS: NoticeWording(
        _ERROR,
        Pair(
            (
                "the library has {document} already, and a document is never edited in substance; a "
                "correction is a new file "
                "with supersedes"
            ),
            "电价库已有 {document}，文件内容不得改动；更正请另写一份并注明 supersedes",
        ),
    ),
    NoticeCode.DOCUMENT_FAULTY: NoticeWording(
        _ERROR,
        Pair(
            "the document that comes of it does not pass the check of the library: {reason}",
            "由此形成的文件未通过电价库检查：{reason}",
        ),
    ),
    NoticeCode.DOCUMENT_DOUBTED: NoticeWording(
        _WARNING,
        Pair("the check of the library warns of the document: {reason}", "电价库检查对形成的文件提出警告：{reason}"),
    ),
    NoticeCode.NOT_SEEN: NoticeWording(
        _ERROR,
        Pair(
            "no reading of exactly this notice with these options lies in {staging}; run the command without --accept, "
            "and compare what it prints with the notice",
            "{staging} 中没有这份公告按这些选项的读数；请先不带 --accept 运行，并与公告核对打印的内容",
        ),
    ),
}
