"""What the help writes in place of a value."""

from collections.abc import Mapping

__all__ = ["METAVARS"]

METAVARS: Mapping[str, str] = {
    "AMOUNT": "金额",
    "DAY": "日期",
    "FINDING": "编号",
    "[FINDING]": "[编号]",
    "MONTH": "年-月",
    "STORE": "发现库",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "--bulk ISSUED --requests IN --out OUT [OPTIONS]": "--bulk 账单表 --requests 请求表 --out 文件 [选项]",
    "[ANYTHING]...": "[参数]...",
    "[POINT=]FILE": "[计量点=]文件",
    "KEY=VALUE": "项目=内容",
    "BILL": "账单",
    "CELL NUMBER REASON": "单元格 数 理由",
    "CODE": "项目",
    "CASE": "案件",
    "DATE": "日期",
    "DAY1": "日期1",
    "DAY2": "日期2",
    "DIR": "目录",
    "[DIRECTORY]": "[目录]",
    "FILE": "文件",
    "FORM.xlsx": "填好的表.xlsx",
    "ID": "编号",
    "IN": "请求表",
    "IN...": "请求表...",
    "INTEGER": "整数",
    "INTEGER RANGE": "整数",
    "ISSUED": "已出账单",
    "LAYOUT.yaml": "布局.yaml",
    "MAPPING.yaml": "对应.yaml",
    "NAME": "名称",
    "NAME=VALUE": "名称=值",
    "PATH": "文件",
    "REQUEST": "请求",
    "REQUEST.yaml": "请求.yaml",
    "TABLE": "表格",
    "TEXT": "文字",
    "YYYY-MM": "年-月",
    "YYYY-MM-DD": "年-月-日",
}
"""What the help writes in place of a value, in Chinese; the English words stand where an option is declared."""
