"""What can be wrong with a file, a table or a run: what is the matter, and what to do."""

from collections.abc import Mapping

from billcalc.kernel.codes import FaultCode
from billcalc.words.language import Code, Pair, Wording

__all__ = ["INVALID_FILES"]

INVALID_FILES: Mapping[Code, Wording] = {
    FaultCode.CANNOT_READ: Wording(
        Pair("the input cannot be read: {reason}", "无法读取输入：{reason}"),
        Pair("check its name, and that you may read it", "请检查文件名以及是否有读取权限"),
    ),
    FaultCode.CANNOT_WRITE: Wording(
        Pair("this cannot be written: {reason}", "无法写入：{reason}"),
        Pair(
            "check the name, the room on the disk, and that you may write there",
            "请检查文件名、磁盘空间以及是否有写入权限",
        ),
    ),
    FaultCode.SYSTEM_FAILED: Wording(
        Pair("the system does not go on: {reason}", "系统无法继续：{reason}"),
        Pair("remove the cause and run again", "请排除原因后重新运行"),
    ),
    FaultCode.OUTPUT_CLASHES: Wording(
        Pair(
            "writing this would destroy {other}, which the same run reads or writes",
            "写入此处会毁掉同一次运行读取或写入的 {other}",
        ),
        Pair("give the output a name of its own", "请给输出另取一个文件名"),
    ),
    FaultCode.INPUT_CHANGED: Wording(
        Pair(
            "the input was changed while it was read, so nothing was written",
            "该输入在读取期间被改动，因此没有写出任何结果",
        ),
        Pair("let nothing write it during a run, and run again", "运行期间请勿写入该文件，然后重新运行"),
    ),
    FaultCode.OTHER_RUN: Wording(
        Pair(
            "the parts are of an interrupted run with other {differing}",
            "已有的中间结果属于一次中断的运行，其{differing}不同",
        ),
        Pair(
            "run that one again, or throw its parts away with --restart",
            "请重新运行那一次，或用 --restart 丢弃其中间结果",
        ),
    ),
    FaultCode.PART_DAMAGED: Wording(
        Pair(
            "{count} parts were changed by something else while the run went on, so nothing was written",
            "有 {count} 份中间结果在运行期间被其他程序改动，因此没有写出任何结果",
        ),
        Pair("run again: they are billed anew", "请重新运行：这些部分会重新计算"),
    ),
    FaultCode.TOO_MANY_ROWS: Wording(
        Pair("{rows} rows are more than the {limit} of a workbook", "{rows} 行超过工作簿的上限 {limit} 行"),
        Pair("write .parquet or .csv", "请写成 .parquet 或 .csv"),
    ),
    FaultCode.INTERNAL: Wording(
        Pair("billcalc failed by a fault of its own: {what}", "billcalc 自身出错：{what}"),
        Pair("report it, with what billcalc doctor prints", "请连同 billcalc doctor 的输出一并报告"),
    ),
    FaultCode.EMPTY: Wording(
        Pair("the input is empty", "输入为空"),
        Pair("give a document, or check its name", "请提供内容，或检查文件名"),
    ),
    FaultCode.TOO_LARGE: Wording(
        Pair("the input is larger than {limit} bytes", "输入超过 {limit} 字节"),
        Pair("split it, or raise the limit with --max-bytes", "请拆分，或用 --max-bytes 提高上限"),
    ),
    FaultCode.TOO_DEEP: Wording(
        Pair("the input is nested more than {limit} levels deep", "输入的嵌套超过 {limit} 层"),
        Pair("flatten it: no request needs that", "请减少层级：任何请求都不需要这么深"),
    ),
    FaultCode.MORE_FAULTS: Wording(
        Pair("there are {count} more faults", "还有 {count} 处错误"),
        Pair("correct those that are told first", "请先更正已列出的错误"),
    ),
    FaultCode.NOT_TEXT: Wording(
        Pair("the input is not UTF-8 text (byte {byte})", "输入不是 UTF-8 文本（第 {byte} 字节）"),
        Pair("save it as UTF-8", "请另存为 UTF-8"),
    ),
    FaultCode.SYNTAX: Wording(
        Pair("the text cannot be read: {reason}", "文本无法解析：{reason}"),
        Pair("correct it at this place", "请在此处更正"),
    ),
    FaultCode.STRAY_QUOTE: Wording(
        Pair(
            "the quoted cell that begins here is never closed, or goes on behind its closing quote",
            "从此处开始的带引号单元格没有闭合，或在闭合引号之后还有内容",
        ),
        Pair(
            "put the whole cell in quotes, and write a quote inside it as two",
            "请把整个单元格放在引号内，其中的引号写两个",
        ),
    ),
    FaultCode.OTHER_SEPARATOR: Wording(
        Pair("between the names of the columns stands {separator}, and no comma", "列名之间是 {separator}，而不是逗号"),
        Pair("save the table as CSV with commas", "请另存为以逗号分隔的 CSV"),
    ),
    FaultCode.SPOILT_NAME: Wording(
        Pair(
            '"{value}" is what a spreadsheet has left of a number: its other digits are lost',
            "“{value}”是表格软件截短的数字，其余数位已丢失",
        ),
        Pair(
            "export it again, with this column formatted as text before the digits are entered or opened",
            "请先把该列设为文本格式，再录入或打开，然后重新导出",
        ),
    ),
    FaultCode.ROW_OF_SUMS: Wording(
        Pair(
            '"{value}" stands where others have an account: a row of sums is billed to nobody',
            "户号处是“{value}”：合计行不对应任何用户，不能计费",
        ),
        Pair("take it out", "请删去该行"),
    ),
    FaultCode.ROW_OF_NOTHING: Wording(
        Pair(
            '"{value}" stands where others have an account, and the row has nothing else',
            "户号处是“{value}”，而该行没有其他内容",
        ),
        Pair(
            "take it out where it is a note; fill its cells, or move what is the same for all into the template",
            "如为备注，请删去该行；否则请填写其单元格，或把共同内容写入模板",
        ),
    ),
    FaultCode.SEVERAL_SHEETS: Wording(
        Pair("several sheets of the workbook are filled: {known}", "工作簿中有多张工作表有内容：{known}"),
        Pair("name the one to read behind a #, as in {one}", "请在文件名后用 # 写明要读取的工作表，如 {one}"),
    ),
    FaultCode.TWICE: Wording(
        Pair(
            "the account {account} came before for the same time, in row {row} of {file}",
            "户号 {account} 同一时段在前面已出现过：{file} 第 {row} 行",
        ),
        Pair(
            "keep one of the two rows; other months, or parts of one, are told by cycle and period",
            "两行请只保留一行；不同月份或同月的不同时段，请用 cycle 和 period 说明",
        ),
    ),
    FaultCode.SEVERAL_MONTHS: Wording(
        Pair(
            "the account {account} has recomputed bills of several months, and the issued table does not tell its "
            "month",
            "户号 {account} 复算了多个月份的账单，而已出账单表没有说明月份",
        ),
        Pair(
            "name the column of the month (month: …), or compare the months one by one",
            "请指明月份所在的列（month: …），或逐月比对",
        ),
    ),
    FaultCode.ALIAS: Wording(
        Pair("YAML anchors and aliases are not accepted ({name})", "不接受 YAML 锚点和别名（{name}）"),
        Pair("write the value out", "请把值写全"),
    ),
    FaultCode.TIME_NOT_READ: Wording(
        Pair(
            "{value} is not read: a time is written with the year first, as {expected}",
            "无法读取 {value}：时间应以年份开头，写作 {expected}",
        ),
        Pair("write it so; the hour is 0 to 24", "请按此书写；小时为 0 至 24"),
    ),
    FaultCode.TIME_WITHOUT_ZONE: Wording(
        Pair("{value} has no offset, and no zone is told", "{value} 没有时差，也没有指定时区"),
        Pair("write the offset, such as +08:00, or tell the zone of the clock", "请写明时差（如 +08:00），或指定时区"),
    ),
    FaultCode.CLOCK_CHANGES: Wording(
        Pair(
            "{value} is not one time by the clock of {zone}, which changes then",
            "{zone} 的时钟此时变更，{value} 不是唯一的时刻",
        ),
        Pair("give its intervals with their offsets", "请按各区间的时刻及其时差给出数据"),
    ),
    FaultCode.STEP_DIFFERS: Wording(
        Pair(
            "the intervals here are {seen} minutes apart, and {step} minutes are said",
            "此处区间相隔 {seen} 分钟，而所述步长为 {step} 分钟",
        ),
        Pair(
            "say the step that they have; where some are missing, give them with an empty value",
            "请说明实际步长；如有缺失，请给出该行并将数值留空",
        ),
    ),
    FaultCode.HOURS_OF_DAY: Wording(
        Pair(
            "the heads do not make the hours of a day: missing {missing}; out of place or there twice {twice}; other "
            "heads {others}",
            "列名不能构成一天的各时刻：缺少 {missing}；错位或重复 {twice}；其他列名 {others}",
        ),
        Pair(
            "name each column by the time at which its interval starts (0:00, 0:15 …), or all by their ends, up to "
            "24:00",
            "请以各区间的开始时刻作为列名（0:00、0:15……），或统一以结束时刻作为列名（至 24:00）",
        ),
    ),
    FaultCode.SEVERAL_METERS: Wording(
        Pair(
            'the column "{column}" tells rows of several meters or channels apart: {known}',
            "列“{column}”区分了多个电能表或通道：{known}",
        ),
        Pair("state which one is read: meter={first}", "请说明读取哪一个：meter={first}"),
    ),
    FaultCode.NOT_STATED: Wording(
        Pair("the file does not tell {reason}", "文件没有说明：{reason}"),
        Pair("state it: {statement}", "请说明：{statement}"),
    ),
    FaultCode.INTERVAL_TWICE: Wording(
        Pair(
            "the interval or time {start} has two values: {before} and {value}",
            "区间或时刻 {start} 有两个数值：{before} 和 {value}",
        ),
        Pair("keep the one that is right", "请只保留正确的一个"),
    ),
    FaultCode.REGISTER_FELL: Wording(
        Pair("the register showed {before} and then {value}, which is less", "示数先为 {before}，后为 {value}，变小了"),
        Pair(
            "where the meter was changed or its register went through zero, give energies, or a file for each meter",
            "如换表或示数过零，请改为给出电量，或每只表一个文件",
        ),
    ),
}
