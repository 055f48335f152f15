"""How commands end: one meaning for each exit code, whatever the command, and which of them each has."""

from collections.abc import Mapping
from enum import IntEnum

from billcalc.words.language import Pair

__all__ = ["EXITS", "Exit"]


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    DIFFERS = 1
    INVALID = 2
    REFUSED = 3
    FAILED = 4
    CRASHED = 70
    INTERRUPTED = 130
    CLOSED = 141


_OF_ALL: Mapping[Exit, Pair] = {
    Exit.INVALID: Pair("invalid input or usage", "输入或用法有误"),
    Exit.FAILED: Pair(
        "not possible here: a full disk, no permission to write, a package that is missing",
        "本机无法完成：磁盘已满、没有写入权限或缺少软件包",
    ),
    Exit.CRASHED: Pair("a fault of billcalc itself", "billcalc 自身出错"),
    Exit.INTERRUPTED: Pair("interrupted", "已中断"),
    Exit.CLOSED: Pair("its reader closed the output, as head does", "读取方已关闭输出（如 head）"),
}
_KEPT: Mapping[Exit, Pair] = {
    Exit.FAILED: Pair(
        "broken off: a full disk, no permission to write, a package that is missing, an input that changed",
        "中途停止：磁盘已满、没有写入权限、缺少软件包或输入已被改动",
    ),
    Exit.INTERRUPTED: Pair(
        "interrupted; what was billed is kept: run again to go on", "已中断；已计费的部分已保留，重新运行即可继续"
    ),
}
_NOTHING_DIFFERS = Pair("nothing differs", "没有差异")
_REFUSED: Mapping[Exit, Pair] = {Exit.REFUSED: Pair("cannot be billed", "无法计费")}

_ACTS = ("assign", "site-check", "confirm", "dismiss", "correct", "file-fixed", "close", "reopen", "note")

EXITS: Mapping[str, Mapping[Exit, Pair]] = {
    **{f"audit {act}": {Exit.DONE: Pair("done", "已完成"), **_OF_ALL} for act in _ACTS},
    **{f"audit {name}": {Exit.DONE: Pair("shown", "已列出"), **_OF_ALL} for name in ("list", "runs", "show")},
    **{f"audit {name}": {Exit.DONE: Pair("written", "已写入"), **_OF_ALL} for name in ("checkpoint", "export")},
    "audit run": {
        Exit.DONE: Pair("everything was examined, and nothing was found", "已全部检查，没有发现"),
        Exit.DIFFERS: Pair("something was found, or could not be examined", "有发现，或有的无法检查"),
        **_OF_ALL,
        **_KEPT,
    },
    "audit verify": {
        Exit.DONE: Pair("verified; or nothing of the log was changed", "已验证；或日志未被改动"),
        Exit.DIFFERS: Pair("the log was tampered with", "日志被改动"),
        **_OF_ALL,
    },
    "batch": {
        Exit.DONE: Pair("every row was billed", "每一行都已计费"),
        Exit.DIFFERS: Pair("some rows were rejected", "部分行未计费"),
        **_OF_ALL,
        **_KEPT,
    },
    "bill": {Exit.DONE: Pair("billed", "已计费"), **_REFUSED, **_OF_ALL},
    "check": {
        Exit.DONE: Pair("no contradiction and nothing implausible was found", "没有发现矛盾或存疑"),
        Exit.DIFFERS: Pair("a contradiction, or something implausible", "发现矛盾或存疑"),
        **_REFUSED,
        **_OF_ALL,
    },
    "check --bulk": {
        Exit.DONE: Pair("no contradiction and nothing implausible was found", "没有发现矛盾或存疑"),
        Exit.DIFFERS: Pair(
            "a contradiction, something implausible, or rows that could not be billed", "发现矛盾、存疑或未能计费的行"
        ),
        **_OF_ALL,
        **_KEPT,
    },
    "claim": {Exit.DONE: Pair("computed", "已计算"), **_OF_ALL},
    "compare": {
        Exit.DONE: _NOTHING_DIFFERS,
        Exit.DIFFERS: Pair("something differs", "存在差异"),
        **_REFUSED,
        **_OF_ALL,
    },
    "compare --bulk": {
        Exit.DONE: _NOTHING_DIFFERS,
        Exit.DIFFERS: Pair("something differs or could not be compared", "存在差异或无法比对的账单"),
        **_OF_ALL,
        **_KEPT,
    },
    "diagnose": {
        Exit.DONE: _NOTHING_DIFFERS,
        Exit.DIFFERS: Pair("something differs", "存在差异"),
        **_REFUSED,
        **_OF_ALL,
    },
    "diagnose --bulk": {
        Exit.DONE: _NOTHING_DIFFERS,
        Exit.DIFFERS: Pair("something differs or could not be compared", "存在差异或无法比对的账单"),
        **_OF_ALL,
        **_KEPT,
    },
    "advise --bulk": {
        Exit.DONE: Pair("every month was billed, and its account advised on", "各月均已计费，各户均已给出建议"),
        Exit.DIFFERS: Pair("some months could not be billed", "有月份未能计费"),
        **_OF_ALL,
    },
    "advise": {
        Exit.DONE: Pair("advised, also where nothing costs less", "已给出建议；没有更省的方式时亦然"),
        **_REFUSED,
        **_OF_ALL,
    },
    "doctor": {Exit.DONE: Pair("all is well", "一切正常"), **_OF_ALL},
    "explain": {Exit.DONE: Pair("explained", "已说明"), **_REFUSED, **_OF_ALL},
    "layout guess": {
        Exit.DONE: Pair("proposed", "已给出建议"),
        Exit.DIFFERS: Pair(
            "a column that is needed was not found, or a person has to decide", "没有找到必需的列，或有的列须由人决定"
        ),
        **_OF_ALL,
    },
    "layout list": {Exit.DONE: Pair("listed", "已列出"), **_OF_ALL},
    "layout show": {Exit.DONE: Pair("shown", "已列出"), **_OF_ALL},
    "keys": {Exit.DONE: Pair("done", "已完成"), **_OF_ALL},
    "workbook new": {Exit.DONE: Pair("written", "已写入"), **_OF_ALL},
    "workbook read": {Exit.DONE: Pair("written", "已写入"), **_OF_ALL},
    "new": {Exit.DONE: Pair("written", "已写入"), **_OF_ALL},
    "rebill": {
        Exit.DONE: Pair("computed, also where there is nothing to correct", "已计算；无需退补时亦然"),
        **_REFUSED,
        **_OF_ALL,
    },
    "simulate": {
        Exit.DONE: Pair("every variant was billed", "各方案均已计费"),
        Exit.DIFFERS: Pair("some variants could not be billed", "有方案未能计费"),
        **_REFUSED,
        **_OF_ALL,
    },
    "serve": {Exit.DONE: Pair("ended", "已结束"), **_OF_ALL},
    "tariffs check": {
        Exit.DONE: Pair("clean", "没有问题"),
        Exit.DIFFERS: Pair("warnings, and no errors", "只有警告，没有错误"),
        **_OF_ALL,
        Exit.INVALID: Pair("errors, or invalid usage", "有错误，或用法有误"),
    },
    "tariffs coverage": {Exit.DONE: Pair("told", "已列出"), **_OF_ALL},
    "tariffs diff": {
        Exit.DONE: Pair("no price changed", "没有价格变动"),
        Exit.DIFFERS: Pair("a price changed", "有价格变动"),
        **_OF_ALL,
    },
    "tariffs import": {
        Exit.DONE: Pair("read, or with --accept written", "已读取；带 --accept 时已写入"),
        **_OF_ALL,
        Exit.INVALID: Pair(
            "errors in the notice, so nothing was written, or invalid usage", "公告有错误，没有写入任何内容；或用法有误"
        ),
    },
    "tariffs list": {Exit.DONE: Pair("listed", "已列出"), **_OF_ALL},
    "tariffs missing": {
        Exit.DONE: Pair("every month can be billed", "每个月都可以计费"),
        Exit.DIFFERS: Pair("a month cannot be billed", "有的月份不能计费"),
        **_OF_ALL,
    },
    "tariffs show": {Exit.DONE: Pair("shown", "已列出"), **_OF_ALL},
    "verify": {
        Exit.DONE: Pair("nothing is wrong", "没有问题"),
        Exit.DIFFERS: Pair("something does not hold", "有的内容不成立"),
        **_OF_ALL,
    },
}
"""For each command what its codes say."""
