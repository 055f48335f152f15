"""Pages that are written from the code: ``python -m tests.generated`` writes them, a test holds them to it."""

import json
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from billcalc.audit.diagnose.causes import CAUSES
from billcalc.audit.diagnose.words import CAUSE_WORDS
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.wire.bill import bill_schema
from billcalc.wire.request import request_schema
from billcalc.wire.tariff_schemas import tariff_schemas
from billcalc.words.language import Language, Pair
from billcalc.words.lexicon import LEXICONS
from billcalc.words.saying import WORDING
from tests.documents import ROOT

__all__ = ["generated"]

_ENGLISH_HEAD = """# Faults, refusals and problems

What went wrong, where, and what to do. A **fault** is malformed input: every fault of an input is told, and the
command ends with 2; with 4 where it is the machine that does not go on, or with 70 where billcalc itself failed. A **refusal** is the answer to a request that cannot be billed: it says what is missing, and the
command ends with 3. A **problem** is a doubt on a bill that was calculated all the same, with the money of the other
reading where there is one; `doubt` matters to whoever signs the bill, `note` is good to know.

The place is `file:line:col` where the input is a file, a JSON pointer (`/metering_points/0/readings/1/peak`) where it
is data, the row and the column in a batch. Words in braces are filled in.
"""

_CHINESE_HEAD = """# 错误、无法计费与疑点

出了什么问题、在哪里、怎么办。**错误**指输入有误：一次列出全部错误，命令以 2 结束；如果是机器无法继续，以 4 结束；
如果是 billcalc 自身出错，以 70 结束。**无法计费**是对不能计费的请求的答复：它说明缺什么，命令以 3 结束。
**疑点与提示**写在已经算出的账单上，并尽可能给出另一种理解下的金额；疑点关系到签字的人，提示仅供知悉。

位置的写法：输入是文件时为“文件:行:列”，是数据时为 JSON 指针（`/metering_points/0/readings/1/peak`），批量计费时为行和列。
花括号里的词由具体内容代替。本页由程序中的词语生成。
"""
_HEADS = Pair(_ENGLISH_HEAD, _CHINESE_HEAD)
_ENTRY = Pair("{what}. **Do:** {do}.\n", "{what}。**处理：**{do}。\n")
_REASONS = Pair("Reasons: what stands in place of `{reason}` and `{what}`", "原因：`{reason}` 和 `{what}` 处的内容")


def generated() -> dict[Path, str]:
    """What each page must hold."""
    return {
        ROOT / "docs/causes.md": _causes(),
        ROOT / "docs/errors.md": _errors(Language.ENGLISH),
        ROOT / "docs/errors.zh-CN.md": _errors(Language.CHINESE),
        ROOT / "docs/schema/request.schema.json": _json(request_schema()),
        ROOT / "docs/schema/bill.schema.json": _json(bill_schema()),
        **{ROOT / f"docs/schema/tariffs/{kind}.schema.json": _json(each) for kind, each in tariff_schemas().items()},
    }


_CAUSES_HEAD = """# Causes

What `billcalc diagnose` looks for: each cause is one wrong assignment to one place of the request or of the documents, and is
proved only where it makes every compared amount the issued one to the fen ([compare.md](compare.md#causes)). The page is written
by `python -m tests.generated`; words in braces are filled in.
"""


def _causes() -> str:
    entries = (
        f"\n## `{cause.code}`\n\n{words.english.what}. **Look up:** {words.english.look_up}.\n\n"
        f"{words.chinese.what}。**核查：**{words.chinese.look_up}。\n\n依据：{words.source}。\n"
        for cause in CAUSES
        for words in (CAUSE_WORDS[cause.code],)
    )
    return _CAUSES_HEAD + "".join(entries)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _errors(language: Language) -> str:
    parts = [_HEADS.of(language)]
    titles = (Pair("Faults", "错误"), Pair("Refusals", "无法计费"), Pair("Problems", "疑点与提示"))
    for title, codes in zip(titles, (FaultCode, RefusalCode, ProblemCode), strict=True):
        parts.append(f"\n## {title.of(language)}\n")
        parts.extend(_entry(code, language) for code in _sorted(codes))
    parts.append(f"\n## {_REASONS.of(language)}\n\n")
    parts.extend(f"- `{reason}`: {LEXICONS[language].reasons[reason]}\n" for reason in _sorted(Reason))
    return "".join(parts)


def _sorted(codes: Iterable[StrEnum]) -> list[StrEnum]:
    return sorted(codes, key=lambda code: code.value)


def _entry(code: StrEnum, language: Language) -> str:
    what, do = WORDING[code]  # type: ignore[index]
    return f"\n### `{code.value}`\n\n" + _ENTRY.of(language).format(
        what=_line(what.of(language)), do=_line(do.of(language))
    )


def _line(text: str) -> str:
    return text[0].upper() + text[1:] if text[0].isascii() else text


if __name__ == "__main__":
    for page, text in generated().items():
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
