"""Why a file cannot be read or written, in Chinese."""

from billcalc.kernel.reasons import Reason

__all__ = ["CHINESE_REASONS"]

CHINESE_REASONS: dict[str, str] = {
    Reason.NO_FILE: "没有这个文件或目录",
    Reason.NO_PERMISSION: "没有权限",
    Reason.NOT_PERMITTED: "不允许此操作",
    Reason.DIRECTORY: "这是一个目录",
    Reason.NO_DIRECTORY: "路径中有一段不是目录",
    Reason.NAME_TOO_LONG: "文件名过长",
    Reason.LINKS_IN_A_CIRCLE: "符号链接层数过多",
    Reason.EXISTS: "文件已存在",
    Reason.NOT_EMPTY: "目录不为空",
    Reason.READ_ONLY: "文件系统只读",
    Reason.DISK_FULL: "磁盘空间不足",
    Reason.QUOTA: "超出磁盘配额",
    Reason.FILE_TOO_LARGE: "文件过大",
    Reason.OPEN_FILES: "打开的文件过多",
    Reason.OPEN_FILES_OF_ALL: "系统中打开的文件过多",
    Reason.INPUT_OUTPUT: "输入输出错误",
    Reason.NO_MEMORY: "内存不足",
    Reason.BUSY: "设备或资源正忙",
    Reason.BUSY_TEXT: "文件正在执行",
    Reason.STALE: "文件句柄已失效",
    Reason.NO_DEVICE: "没有这个设备或地址",
    Reason.BROKEN_PIPE: "管道的读取方已关闭",
    Reason.NAME_OF_A_TABLE: "表的文件名应以 .parquet、.csv、.arrow 或 .feather 结尾",
    Reason.NAME_OF_A_RESULT: "结果的文件名应以 .parquet、.csv、.arrow、.feather 或 .xlsx 结尾",
    Reason.NAME_OF_DIFFERENCES: "差异表的文件名应以 .parquet、.csv 或 .xlsx 结尾",
    Reason.NAME_OF_ISSUED: "已出账单表应为 .parquet 或 .csv",
    Reason.NO_NAME_OF_PATTERN: "没有符合此模式的文件",
    Reason.DIRECTORY_MISSING: "没有这个目录",
    Reason.READ_TWICE: "该输入要读取多次，不能是管道或设备",
    Reason.NO_STANDARD_INPUT: "没有标准输入",
    Reason.ANOTHER_RUN: "另一个运行正在写入",
    Reason.NOT_OF_A_RUN: "这是存放运行中间结果的目录，其中有其他文件",
    Reason.WORKER_ENDED: "工作进程被外部终止，系统内存耗尽时会这样",
}
