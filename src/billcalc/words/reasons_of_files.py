"""Why a file, a text, a column or a value cannot be read, as a part of a sentence."""

from collections.abc import Mapping

from billcalc.kernel.reasons import Reason
from billcalc.words.language import Pair

__all__ = ["REASONS_OF_FILES"]

REASONS_OF_FILES: Mapping[str, Pair] = {
    # what a store of findings is
    Reason.STORE_FORM: Pair(
        "a store is the name of a file, or postgresql://user@host/database",
        "应为文件名，或“postgresql://用户@主机/数据库”",
    ),
    Reason.OTHER_TABLES: Pair("the tables in it are others", "其中的表不是发现库的表"),
    Reason.NO_TABLES: Pair("it is empty", "其中没有内容"),
    Reason.NO_DATABASE: Pair("the file is no database, or it is damaged", "文件不是数据库，或已损坏"),
    # what the system says
    Reason.NO_FILE: Pair("no such file or directory", "没有这个文件或目录"),
    Reason.NO_PERMISSION: Pair("permission denied", "没有权限"),
    Reason.NOT_PERMITTED: Pair("operation not permitted", "不允许此操作"),
    Reason.DIRECTORY: Pair("is a directory", "这是一个目录"),
    Reason.NO_DIRECTORY: Pair("not a directory", "路径中有一段不是目录"),
    Reason.NAME_TOO_LONG: Pair("file name too long", "文件名过长"),
    Reason.LINKS_IN_A_CIRCLE: Pair("too many levels of symbolic links", "符号链接层数过多"),
    Reason.EXISTS: Pair("file exists", "文件已存在"),
    Reason.NOT_EMPTY: Pair("directory not empty", "目录不为空"),
    Reason.READ_ONLY: Pair("read-only file system", "文件系统只读"),
    Reason.DISK_FULL: Pair("no space left on device", "磁盘空间不足"),
    Reason.QUOTA: Pair("disk quota exceeded", "超出磁盘配额"),
    Reason.FILE_TOO_LARGE: Pair("file too large", "文件过大"),
    Reason.OPEN_FILES: Pair("too many open files", "打开的文件过多"),
    Reason.OPEN_FILES_OF_ALL: Pair("too many open files in system", "系统中打开的文件过多"),
    Reason.INPUT_OUTPUT: Pair("input/output error", "输入输出错误"),
    Reason.NO_MEMORY: Pair("cannot allocate memory", "内存不足"),
    Reason.BUSY: Pair("device or resource busy", "设备或资源正忙"),
    Reason.BUSY_TEXT: Pair("text file busy", "文件正在执行"),
    Reason.STALE: Pair("stale file handle", "文件句柄已失效"),
    Reason.NO_DEVICE: Pair("no such device or address", "没有这个设备或地址"),
    Reason.BROKEN_PIPE: Pair("broken pipe", "管道的读取方已关闭"),
    Reason.OTHER_PROGRAM: Pair('the system says "{detail}"', "系统报告“{detail}”"),
    # what a run says
    Reason.NAME_OF_A_TABLE: Pair(
        "a table is a file of .csv, .xlsx, .xls, .parquet, .arrow or .feather",
        "表应为 .csv、.xlsx、.xls、.parquet、.arrow 或 .feather 文件",
    ),
    Reason.IN_A_CELL: Pair("{cell}: {why}", "{cell}：{why}"),
    Reason.NO_WORKBOOK: Pair(
        "it is no workbook, or it is damaged or protected by a password", "不是工作簿，或已损坏、有密码保护"
    ),
    Reason.WORKBOOK_TOO_LARGE: Pair("the workbook is too large when it is unpacked", "工作簿解压后过大"),
    Reason.SHEET_TOO_LARGE: Pair(
        "the cells of the sheet {id} are too far apart: delete those beside or below the table",
        "工作表 {id} 的单元格相距太远：请删除表格旁边或下方的内容",
    ),
    Reason.NO_PACKAGE_FOR_COLUMNS: Pair(
        'tables of this kind need pyarrow: install "billcalc[bulk]"',
        "读取这种表格需要“pyarrow”：请安装“billcalc[bulk]”",
    ),
    Reason.NO_PACKAGE_FOR_WORKBOOKS: Pair(
        'workbooks need python-calamine: install "billcalc[excel]"',
        "读取工作簿需要“python-calamine”：请安装“billcalc[excel]”",
    ),
    Reason.NO_RESULT: Pair(
        "the formula has no result: open the file in a spreadsheet and save it again",
        "公式没有计算结果：请用电子表格软件打开并重新保存",
    ),
    Reason.ERROR_VALUE: Pair("the cell has an error, such as #N/A", "单元格为错误值，如 #N/A"),
    Reason.MERGED: Pair(
        "cells are merged among the rows, so what each row has is not known: unmerge them",
        "数据行中有合并单元格，无法确定各行的值：请取消合并",
    ),
    Reason.NAME_OF_A_RESULT: Pair(
        "the name of a result ends in .parquet, .csv, .arrow, .feather or .xlsx",
        "结果的文件名应以 .parquet、.csv、.arrow、.feather 或 .xlsx 结尾",
    ),
    Reason.NO_NAME_OF_PATTERN: Pair("no file has a name of this pattern", "没有符合此模式的文件"),
    Reason.DIRECTORY_MISSING: Pair("there is no such directory", "没有这个目录"),
    Reason.READ_TWICE: Pair(
        "it is read more than once, which a pipe or a device does not allow", "该输入要读取多次，不能是管道或设备"
    ),
    Reason.NO_STANDARD_INPUT: Pair("there is no standard input", "没有标准输入"),
    Reason.ANOTHER_RUN: Pair("another run is writing it", "另一个运行正在写入"),
    Reason.NOT_OF_A_RUN: Pair(
        "it is the directory of the parts of a run, and other files are in it",
        "这是存放运行中间结果的目录，其中有其他文件",
    ),
    Reason.WORKER_ENDED: Pair(
        "a worker was ended from outside, as a system does that has no memory left",
        "工作进程被外部终止，系统内存耗尽时会这样",
    ),
    Reason.NAME_OF_A_DOCUMENT: Pair(
        "the name of a tariff document ends in {suffix}", "电价文件的文件名应以 {suffix} 结尾"
    ),
    # numbers
    Reason.NUMBER_TOO_LONG: Pair(
        "no number of a bill has more than {most} characters: write fewer digits",
        "账单上的数字不超过 {most} 个字符：请少写几位",
    ),
    Reason.TRUTH_AS_NUMBER: Pair(
        "true and false are not numbers: write the number as a string of digits", "真与假不是数字：请用数字字符串书写"
    ),
    Reason.FLOAT_AS_NUMBER: Pair(
        'a binary floating-point number has lost its digits: write the string "{repaired}"',
        "二进制浮点数已丢失数位：请写成字符串“{repaired}”",
    ),
    Reason.FLOAT_WITHOUT_DIGITS: Pair(
        "a binary floating-point number has lost its digits: write the string of its digits",
        "二进制浮点数已丢失数位：请用数字字符串书写",
    ),
    Reason.OTHER_AS_NUMBER: Pair(
        "what stands here is not a number: write the number as a string of digits", "此处不是数字：请用数字字符串书写"
    ),
    Reason.NOT_FINITE: Pair(
        '"{value}" is not a finite number: write the number as a string of digits',
        "“{value}”不是有限的数：请用数字字符串书写",
    ),
    Reason.NO_NUMBER: Pair(
        '"{value}" is not a number: write digits with at most one decimal point, such as "1234.50"',
        "“{value}”不是数字：请写成至多带一个小数点的数字，如“1234.50”",
    ),
    Reason.UNDERSCORES: Pair(
        'underscores are not accepted: write "{repaired}" instead of "{value}"',
        "不接受下划线：请把“{value}”写成“{repaired}”",
    ),
    Reason.EXPONENT: Pair(
        'an exponent is not accepted: write "{repaired}" instead of "{value}"',
        "不接受指数写法：请把“{value}”写成“{repaired}”",
    ),
    Reason.THOUSANDS: Pair(
        'thousands separators are not accepted: write "{repaired}" instead of "{value}"',
        "不接受千位分隔符：请把“{value}”写成“{repaired}”",
    ),
    Reason.SPACES: Pair(
        'spaces are not accepted: write "{repaired}" instead of "{value}"', "不接受空格：请把“{value}”写成“{repaired}”"
    ),
    Reason.LEADING_PLUS: Pair(
        'a leading + is not accepted: write "{repaired}" instead of "{value}"',
        "不接受前置的加号：请把“{value}”写成“{repaired}”",
    ),
    Reason.BARE_POINT: Pair(
        'a decimal point needs a digit on each side: write "{repaired}" instead of "{value}"',
        "小数点两侧都要有数字：请把“{value}”写成“{repaired}”",
    ),
    Reason.WIDE_DIGITS: Pair(
        'only the digits 0-9 are accepted: write "{repaired}" instead of "{value}"',
        "只接受数字 0-9：请把“{value}”写成“{repaired}”",
    ),
    Reason.NO_AMOUNT: Pair("the bill has no amount", "该账单没有金额"),
    Reason.NO_AMOUNT_HERE: Pair("the bill has no amount here", "该账单此处没有金额"),
    Reason.NOT_TO_THE_FEN: Pair('"{value}" is no exact amount to the fen', "“{value}”不是精确到分的金额"),
    Reason.COLUMN_OF_FLOATS: Pair(
        "the column holds binary floating-point numbers, which have lost their digits: give decimals or texts",
        "该列是二进制浮点数，已丢失数位：请给出十进制数或文本",
    ),
    Reason.COLUMN_OF_OTHERS: Pair(
        "a column holds texts, numbers, days or truths; the entries of a list have a column each",
        "一列只能是文本、数字、日期或真假；列表的各项应各占一列",
    ),
    # the form of a value
    Reason.ID_FORM: Pair("an id has 1 to 40 letters, digits, _, - or .", "标识由 1 至 40 个字母、数字、_、- 或 . 组成"),
    Reason.CODE_FORM: Pair(
        "a code has small letters, digits or _, begins with a letter and has at most 40 characters",
        "代码由小写字母、数字或 _ 组成，以字母开头，最多 40 个字符",
    ),
    Reason.AREA_FORM: Pair(
        "an area is written as in docs/codes.md, such as cn-guangxi", "地区按 docs/codes.md 书写，如“cn-guangxi”"
    ),
    Reason.OFFSET_FORM: Pair("the offset of a clock is written as +08:00", "时钟的时差写作 +08:00"),
    Reason.CURRENCY_FORM: Pair("a currency is three capital letters, such as CNY", "货币是三个大写字母，如“CNY”"),
    Reason.PATTERN_FORM: Pair("a text of another form is expected here", "此处的文本格式不对"),
    Reason.MAPPING_EXPECTED: Pair("a mapping is expected here", "此处应为键值映射"),
    Reason.LIST_EXPECTED: Pair("a list is expected here", "此处应为列表"),
    Reason.TEXT_EXPECTED: Pair("a text is expected here", "此处应为文本"),
    Reason.TOO_MANY_ENTRIES: Pair(
        "there are too many entries: at most {most} may stand here", "项目过多：此处最多 {most} 项"
    ),
    Reason.TOO_FEW_ENTRIES: Pair(
        "there are too few entries: at least {least} must stand here", "项目过少：此处至少 {least} 项"
    ),
    Reason.AT_LEAST: Pair("at least {least} is expected here", "此处应不小于 {least}"),
    Reason.ENTRY_MISSING: Pair("the list has no entry number {number}", "列表没有第 {number} 项"),
    Reason.HALF_A_CHARACTER: Pair(
        "half of a character is no text: a surrogate stands alone", "半个字符不是文本：代理项单独出现"
    ),
    Reason.COUNT_FORM: Pair("a count is a whole number of at most {most} digits", "此处应为至多 {most} 位的整数"),
    Reason.UNIT_OF_TABLE: Pair(
        "beside the table it says that numbers are in {value}, and requests and bills are in kWh, kvarh, kW, kVA and "
        "yuan: convert them, and take this out",
        "表外文字注明单位为“{value}”，而请求和账单以千瓦时、千乏时、千瓦、千伏安、元为单位：请先换算，并删去这段文字",
    ),
    Reason.UNIT_OF_FORMAT: Pair(
        "the format of the cell shows its number as one in {value}, and requests and bills are in kWh, kvarh, kW, kVA "
        "and yuan: convert the numbers of the column, and take the unit out of the format",
        "单元格的数字格式注明单位为“{value}”，而请求和账单以千瓦时、千乏时、千瓦、千伏安、元为单位：请先换算该列，并从格式中去掉单位",
    ),
    Reason.UNIT_OF_COLUMN: Pair(
        "the column “{column}” is in {value}, and {key} is told in {unit}: convert it, or name another column for it",
        "列“{column}”以“{value}”为单位，而 {key} 以“{unit}”为单位：请先换算，或改用另一列",
    ),
    Reason.SAYS_OTHERWISE: Pair(
        "“{column}” says “{value}”, and it is taken for {key}",
        "“{column}”中写的是“{value}”，却被当作 {key}",
    ),
    Reason.TWO_OF_ONE: Pair(
        "“{column}” and “{other}” may both be {key}, and tell two things in {count} rows: write the guess with "
        '"billcalc layout guess --out", leave the right one in it, and use it with --layout',
        "“{column}”和“{other}”都可能是 {key}，而有 {count} 行两者不同：请用“billcalc layout guess --out”写出布局，"
        "只留正确的一列，再用 --layout 读取",
    ),
    Reason.CELLS_OTHERWISE: Pair(
        "by its name “{column}” is {key}, and some of its cells are no numbers, as {value}: write numbers and leave "
        "empty what is not there, or rename the column",
        "按列名“{column}”应为 {key}，而有的单元格不是数，如{value}：请改为数，没有的留空，或改列名",
    ),
    Reason.BAND_LEFT_OUT: Pair(
        "“{column}” seems to be energy of a band and is not known, while other columns tell energy, so bills would be "
        'without it: give it a name that is known, or its place in a layout ("billcalc layout guess --out")',
        "“{column}”看来是某一时段的电量，却无法识别，而其他列已给出电量，计费时会漏掉它：请改用可识别的列名，"
        "或在布局中写明其位置（“billcalc layout guess --out”）",
    ),
    Reason.MONTH_FORM: Pair(
        "a month is written 202406, 2024-06 or as a day of it, and is one of twelve; 2024.1 may also be what a"
        " spreadsheet left of 2024.10",
        "月份写作 202406、2024-06 或 2024年6月，且在 1 至 12 月之间；2024.1 也可能是被电子表格截短的 2024.10",
    ),
    Reason.DAY_FORM: Pair("a day is written YYYY-MM-DD, such as 2024-06-01", "日期按年-月-日书写，如 2024-06-01"),
    Reason.NO_SUCH_DAY: Pair(
        "there is no day {day}: years start at 0001 and months are 01 to 12",
        "没有 {day} 这一天：年份从 0001 开始，月份为 01 至 12",
    ),
    Reason.NO_DAY_OF_MONTH: Pair(
        "there is no day {day}: {month} has the days 01 to {most}", "没有 {day} 这一天：{month} 的日为 01 至 {most}"
    ),
    Reason.FLAG_FORM: Pair("this is either true or false", "此处只能是“true”或“false”"),
    Reason.INSTANT_FORM: Pair(
        "an instant is written with its offset, such as 2024-06-01T00:00:00+08:00",
        "时刻要连同时差书写，如 2024-06-01T00:00:00+08:00",
    ),
    Reason.HOURS_FORM: Pair(
        "hours are written HH:MM-HH:MM, such as 07:00-11:30", "时段按“时:分-时:分”书写，如 07:00-11:30"
    ),
    Reason.HOURS_REVERSED: Pair(
        "hours end after they begin; what passes midnight is two, such as 22:00-24:00 and 00:00-06:00",
        "时段的结束应晚于开始；跨零点的写成两段，如 22:00-24:00 和 00:00-06:00",
    ),
    Reason.HOURS_OFF_GRID: Pair("hours begin and end on a full or a half hour", "时段应始于、止于整点或半点"),
    Reason.DAY_OF_YEAR_FORM: Pair(
        "a day of every year is written MM-DD, such as 07-01", "每年的某一天按月-日书写，如 07-01"
    ),
    Reason.NOT_EVERY_YEAR: Pair("not every year has a day {day}", "并非每年都有 {day} 这一天"),
    Reason.PATH_EXPECTED: Pair(
        "a path in the request is expected here, such as account or given.0.amount",
        "此处应为请求中的路径，如“account”或“given.0.amount”",
    ),
    Reason.COLUMNS_EXPECTED: Pair("a mapping of columns to paths is expected here", "此处应为列与路径的映射"),
    # texts
    Reason.SECOND_DOCUMENT: Pair("a second document begins here: give one", "此处开始了第二份文档：请只给一份"),
    Reason.KEY_AS_TEXT: Pair("a key is a text", "键应为文本"),
    Reason.TAG: Pair("the tag {tag} is not accepted: leave it out", "不接受标签“{tag}”：请删去"),
    Reason.MERGE_KEY: Pair('the merge key "<<" is not accepted: write the keys out', "不接受合并键“<<”：请把各键写全"),
    Reason.TAB_INDENT: Pair("a tab cannot indent YAML: use spaces", "YAML 不能用制表符缩进：请用空格"),
    Reason.CHARACTER: Pair(
        "the character {character} is not accepted: write it as an escape in double quotes",
        "不接受字符“{character}”：请写成双引号内的转义",
    ),
    Reason.NO_CHARACTER: Pair("an escape is no character", "转义不是任何字符"),
    Reason.HALF_ESCAPE: Pair("an escape is half a character", "转义是半个字符"),
    Reason.HALF_WRITTEN: Pair(
        "{escape} is half a character: give both halves, or the character itself",
        "“{escape}”是半个字符：请给出两半，或字符本身",
    ),
    Reason.NOT_TOML: Pair('the TOML parser says "{detail}"', "TOML 解析器报告“{detail}”"),
    Reason.NOT_YAML: Pair('the YAML parser says "{detail}"', "YAML 解析器报告“{detail}”"),
    Reason.NOT_YAML_SINCE: Pair(
        'the YAML parser says "{detail}", of what begins at {place}',
        "对于始于“{place}”的内容，YAML 解析器报告“{detail}”",
    ),
    Reason.NOT_A_JSON_NUMBER: Pair("{value} is not a number", "“{value}”不是数字"),
    Reason.JSON_KEY: Pair("a key in double quotes is expected here", "此处应为双引号内的键"),
    Reason.JSON_COLON: Pair("a colon is expected here", "此处应为冒号"),
    Reason.JSON_COMMA: Pair("a comma is expected here", "此处应为逗号"),
    Reason.JSON_TRAILING_COMMA: Pair("no comma stands behind the last entry", "最后一项之后不能有逗号"),
    Reason.JSON_VALUE: Pair("a value is expected here", "此处应为值"),
    Reason.JSON_MORE: Pair("there is more behind the end of the document", "文档结束之后还有内容"),
    Reason.JSON_OPEN_TEXT: Pair("a text begins here and is not closed", "此处开始的文本没有闭合"),
    Reason.JSON_CONTROL: Pair("a control character stands here: write it as an escape", "此处有控制字符：请写成转义"),
    Reason.JSON_ESCAPE: Pair("this is no escape of JSON", "这不是 JSON 的转义"),
    Reason.NOT_JSON: Pair('the JSON parser says "{detail}"', "JSON 解析器报告“{detail}”"),
    # columns and places
    Reason.ENTRY_SKIPPED: Pair(
        "nothing is told of the entry {following} of this list, and of the entry {place} is",
        "此列表的第 {following} 项没有内容，而第 {place} 项有",
    ),
    Reason.NO_PLACE: Pair(
        '"{part}" is no place in a list: places are 0, 1, 2 and so on', "“{part}”不是列表中的位置：位置为 0、1、2 等"
    ),
    Reason.NO_PLACE_UP_TO: Pair(
        '"{part}" is no place in a list: places are 0 to {most}', "“{part}”不是列表中的位置：位置为 0 至 {most}"
    ),
    Reason.HAS_PARTS: Pair(
        "what stands here has parts, which have columns or a template of their own",
        "此处由若干部分组成，各有自己的列或模板",
    ),
    Reason.NO_PART: Pair(
        'the path leads through a value that has no part "{part}"', "路径所经的值没有“{part}”这一部分"
    ),
}
