"""What is said of how a command was called: by the parser of the command line, and by our commands."""

from collections.abc import Mapping
from enum import StrEnum

from billcalc.words.language import Pair

__all__ = ["HEADINGS", "MISUSES", "PARSER", "Heading", "Misuse"]


class Heading(StrEnum):
    """A heading in the help, or what stands alone."""

    EXAMPLES = "examples"
    EXITS = "exits"
    MORE = "more"
    BULK = "bulk"
    VERSION = "version"


HEADINGS: Mapping[Heading, Pair] = {
    Heading.EXAMPLES: Pair("Examples:", "示例："),
    Heading.EXITS: Pair("Exit codes:", "退出码："),
    Heading.MORE: Pair("The help of each command tells its exit codes.", "各命令的帮助列有其退出码。"),
    Heading.BULK: Pair("Options with --bulk", "用 --bulk 时的选项"),
    Heading.VERSION: Pair("billcalc, version {version}", "billcalc，版本 {version}"),
}
"""What each says."""


class Misuse(StrEnum):
    """What is wrong with how one of our commands was called."""

    PROOF = "proof"
    OUT_AND_FORMAT = "out_and_format"
    OUT_AND_XLSX = "out_and_xlsx"
    SHIFT_FORM = "shift_form"
    TWO_LIBRARIES = "two_libraries"
    LAYOUT_AND_MAPPING = "layout_and_mapping"
    NO_REQUESTS = "no_requests"
    GUESS_AND_LAYOUT = "guess_and_layout"
    WHERE_WITHOUT_GUESS = "where_without_guess"
    EXPLAIN_WITHOUT_MONTH = "explain_without_month"
    NEGATIVE = "negative"
    NO_MONTH = "no_month"
    NOT_INSTALLED = "not_installed"
    NO_ACTOR = "no_actor"
    FINDING_AND_RUN = "finding_and_run"
    ISSUED_AND_OUT = "issued_and_out"
    FINER_THAN_FEN = "finer_than_fen"
    NOT_LOADED = "not_loaded"
    NOT_AVAILABLE = "not_available"


MISUSES: Mapping[Misuse, Pair] = {
    Misuse.PROOF: Pair(
        "--proof needs --format json and the derivation", "--proof 须与 --format json 同用，且不能用 --no-derivation"
    ),
    Misuse.OUT_AND_FORMAT: Pair(
        "--out FILE goes with --format xlsx and html", "--out 与 --format xlsx 或 html 须同时给出"
    ),
    Misuse.SHIFT_FORM: Pair(
        "load to move is told in per cent, 0 to 100, or in kWh: 1% or 5000kWh",
        "移动的负荷写百分数（0 至 100）或千瓦时：1% 或 5000千瓦时",
    ),
    Misuse.TWO_LIBRARIES: Pair(
        "the library is told twice, as DIRECTORY and by --tariffs: tell it once",
        "电价库写了两次（参数和 --tariffs）：请只写一次",
    ),
    Misuse.OUT_AND_XLSX: Pair("--out FILE goes with --format xlsx", "--out 与 --format xlsx 须同时给出"),
    Misuse.LAYOUT_AND_MAPPING: Pair(
        "--layout stands instead of --columns and --mapping", "--layout 代替 --columns 和 --mapping，不能同用"
    ),
    Misuse.NO_REQUESTS: Pair("--requests, --layout or --guess is needed", "须给出 --requests、--layout 或 --guess"),
    Misuse.GUESS_AND_LAYOUT: Pair(
        "--guess stands instead of --layout, --requests, --columns and --mapping",
        "--guess 代替 --layout、--requests、--columns 和 --mapping，不能同用",
    ),
    Misuse.EXPLAIN_WITHOUT_MONTH: Pair(
        "--explain-change needs --history with a month that begins before this one",
        "--explain-change 需要 --history，其中须有早于本月的月份",
    ),
    Misuse.WHERE_WITHOUT_GUESS: Pair(
        "--where goes with --guess or --layout, and stands instead of --template and --requests",
        "--where 须与 --guess 或 --layout 同用，并代替 --template 和 --requests",
    ),
    Misuse.NEGATIVE: Pair("{value} is negative: give zero or more", "{value} 是负数：请给出零或正数"),
    Misuse.NO_MONTH: Pair("{value} is no month, such as 2026-09", "{value} 不是月份，应如 2026-09"),
    Misuse.NOT_INSTALLED: Pair(
        "{modules}: not installed; install billcalc[{extras}]", "{modules}：未安装；请安装 billcalc[{extras}]"
    ),
    Misuse.NO_ACTOR: Pair("who acts? The system knows no name: give --as", "由谁经办？系统没有用户名：请用 --as 给出"),
    Misuse.FINDING_AND_RUN: Pair(
        "FINDING goes with --run, and --checkpoint goes without both",
        "编号须与 --run 同用；--checkpoint 不与这两者同用",
    ),
    Misuse.ISSUED_AND_OUT: Pair("--bulk ISSUED goes with --out", "--bulk 与 --out 须同时给出"),
    Misuse.FINER_THAN_FEN: Pair("{value} is finer than the fen", "{value} 细于分"),
    Misuse.NOT_LOADED: Pair(
        "{place} cannot be loaded ({error}); install what it needs", "{place} 无法加载（{error}）；请安装所需的软件包"
    ),
    Misuse.NOT_AVAILABLE: Pair("Not available: {error}.", "不可用：{error}。"),
}
"""What is said of it."""

PARSER: Mapping[str, str] = {
    "Usage:": "用法：",
    "Options": "选项",
    "Positional arguments": "参数",
    "Commands": "命令",
    "required": "必填",
    "default: {default}": "默认：{default}",
    "env var: {var}": "环境变量：{var}",
    "(dynamic)": "（视情况而定）",
    "deprecated": "已停用",
    "%(prog)s, version %(version)s": "%(prog)s，版本 %(version)s",
    "Show this message and exit.": "显示本帮助后退出。",
    "Show the version and exit.": "显示版本后退出。",
    "Error: {message}": "错误：{message}",
    "Error: invalid input": "错误：输入有误",
    "Error: The two entered values do not match.": "错误：两次输入不一致。",
    "Aborted!": "已中断",
    "Repeat for confirmation": "请再输入一次",
    "Do you want to continue?": "是否继续？",
    "Confirm the action without prompting.": "不再询问，直接执行。",
    "Press any key to continue...": "按任意键继续……",
    "Try '{command} {option}' for help.": "用 '{command} {option}' 查看帮助。",
    "Missing command.": "缺少命令。",
    "No such command {name!r}.": "没有命令 {name!r}。",
    "No such option {name!r}.": "没有选项 {name!r}。",
    "No such option: {name}": "没有选项：{name}",
    "Did you mean {possibility}?": "是否指 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是否指其中之一：{possibilities}？）",
    "(Possible options: {possibilities})": "（可能的选项：{possibilities}）",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少 {param_type}",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Invalid value: {message}": "值无效：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值无效：{message}",
    "Got unexpected extra argument ({args})": "多出的参数（{args}）",
    "Got unexpected extra arguments ({args})": "多出的参数（{args}）",
    "Option {name!r} requires an argument.": "选项 {name!r} 须给出值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name!r} 须给出 {nargs} 个值。",
    "Option {name!r} does not take a value.": "选项 {name!r} 不带值。",
    "Argument {name!r} takes {nargs} values.": "参数 {name!r} 须有 {nargs} 个值。",
    "Takes {nargs} values but 1 was given.": "须有 {nargs} 个值，只给出 1 个。",
    "Takes {nargs} values but {len} were given.": "须有 {nargs} 个值，给出了 {len} 个。",
    "{len_type} values are required, but {len_value} was given.": "须有 {len_type} 个值，给出了 {len_value} 个。",
    "{len_type} values are required, but {len_value} were given.": "须有 {len_type} 个值，给出了 {len_value} 个。",
    "Value must be an iterable.": "须有多个值。",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "Choice({choices})": "可选 {choices}",
    "{value!r} is not {choice}.": "{value!r} 不是 {choice}。",
    "{value!r} is not one of {choices}.": "{value!r} 不在可选值之内：{choices}。",
    "{value!r} does not match the format {format}.": "{value!r} 不符合格式 {format}。",
    "{value!r} does not match the formats {formats}.": "{value!r} 不符合任一格式：{formats}。",
    "{value!r} is not a valid {number_type}.": "{value!r} 不是有效的数（{number_type}）。",
    "{value!r} is not a valid boolean. Recognized values: {states}": "{value!r} 不是“是”或“否”。可写：{states}",
    "{value} is not in the range {range}.": "{value} 超出范围 {range}。",
    "{name} {filename!r} does not exist.": "{name} {filename!r} 不存在。",
    "{name} {filename!r} is a file.": "{name} {filename!r} 是文件。",
    "{name} {filename!r} is a directory.": "{name} {filename!r} 是目录。",
    "{name} {filename!r} is not readable.": "{name} {filename!r} 不可读。",
    "{name} {filename!r} is not writable.": "{name} {filename!r} 不可写。",
    "{name} {filename!r} is not executable.": "{name} {filename!r} 不可执行。",
    "Could not open file {filename!r}: {message}": "无法打开文件 {filename!r}：{message}",
    "unknown error": "未知错误",
    "The {name} command is deprecated.": "命令 {name} 已停用。",
}
"""The sentences of the parser of the command line, in Chinese; a test holds them to those that it has."""
