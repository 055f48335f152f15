"""What ``billcalc doctor`` says of the installation and of the settings."""

from collections.abc import Mapping
from enum import StrEnum

from billcalc.words.language import Pair

__all__ = ["DOCTOR", "ORIGINS", "UNREAD_TARIFFS", "Doctor", "Origin"]


class Origin(StrEnum):
    """Where a setting comes from, the first before the others."""

    OPTION = "option"
    ENVIRONMENT = "environment"
    FILE = "file"
    LOCALE = "locale"
    DEFAULT = "default"


ORIGINS: Mapping[Origin, Pair] = {
    Origin.OPTION: Pair("option", "选项"),
    Origin.ENVIRONMENT: Pair("environment", "环境变量"),
    Origin.FILE: Pair("config file", "配置文件"),
    Origin.LOCALE: Pair("locale", "系统区域"),
    Origin.DEFAULT: Pair("default", "默认"),
}
"""What each is called."""


class Doctor(StrEnum):
    """One thing that is told."""

    BILLCALC = "billcalc"
    PYTHON = "python"
    PLATFORM = "platform"
    TARIFFS = "tariffs"
    DOCUMENTS = "documents"
    TARIFF_SET = "tariff_set"
    CONFIG = "config"
    LANGUAGE = "language"
    OUTPUT = "output"
    LAYOUTS = "layouts"
    ABSENT = "absent"
    NONE = "none"
    FROM = "from"
    OVERRIDES = "overrides"
    BETWEEN = "between"
    NOT_INSTALLED = "not_installed"


DOCTOR: Mapping[Doctor, Pair] = {
    Doctor.BILLCALC: Pair("billcalc", "billcalc"),
    Doctor.PYTHON: Pair("python", "Python"),
    Doctor.PLATFORM: Pair("platform", "系统"),
    Doctor.TARIFFS: Pair("tariffs", "电价库"),
    Doctor.DOCUMENTS: Pair("documents", "文件数"),
    Doctor.TARIFF_SET: Pair("tariff_set", "电价库版本"),
    Doctor.CONFIG: Pair("config", "配置文件"),
    Doctor.LANGUAGE: Pair("language", "语言"),
    Doctor.OUTPUT: Pair("output", "输出形式"),
    Doctor.LAYOUTS: Pair("layouts", "布局目录"),
    Doctor.ABSENT: Pair("{file} (not there)", "{file}（不存在）"),
    Doctor.NONE: Pair("none", "无"),
    Doctor.FROM: Pair("{value} ({origin}{overridden})", "{value}（{origin}{overridden}）"),
    Doctor.OVERRIDES: Pair("; instead of {value}, {origin}", "；优先于{origin}中的 {value}"),
    Doctor.BETWEEN: Pair(", ", "、"),
    Doctor.NOT_INSTALLED: Pair(
        "not installed: pip install 'billcalc[{extra}]'", "未安装：pip install 'billcalc[{extra}]'"
    ),
}
"""What each says."""

UNREAD_TARIFFS = Pair(
    "WARNING: the tariffs of this checkout are NOT read: {unread}\n"
    "  read is the installed copy {read}; install the checkout itself: pip install -e .",
    "警告：没有读取当前仓库的电价库：{unread}\n"
    "  读取的是已安装的副本 {read}；请以可编辑方式安装本仓库：pip install -e .",
)
"""What is said where a copy of the tariffs is read in place of those that one works on."""
