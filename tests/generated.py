"""Pages that are written from the code: ``python -m tests.generated`` writes them, a test holds them to it."""

import json
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from billcalc.audit.diagnose.causes import CAUSES
from billcalc.audit.diagnose.names import NAMES
from billcalc.audit.diagnose.words import CAUSE_WORDS
from billcalc.kernel.hour_reasons import HourReason
from billcalc.kernel.rate_reasons import RateReason
from billcalc.kernel.reasons import Reason
from billcalc.wire.bill import bill_schema
from billcalc.wire.codes import CodeData, CodeKind, codes_data
from billcalc.wire.request import request_schema
from billcalc.wire.tariff_schemas import tariff_schemas
from billcalc.words.language import Language, Pair
from billcalc.words.lexicon import LEXICONS
from tests.checks_page import checks_page
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
        ROOT / "docs/checks.md": checks_page(),
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

## A bill that is wrong in two ways

The transformer of 100000 kVA was billed as 80000 kVA, and the adjustment by the standard 0.85 in place of 0.90. Capacity of 19 of
30 days at 21.4 is 1084266.74 in place of 1355333.26; at cosφ 0.93 the standard 0.90 takes 0.45 % off and 0.85 takes 0.95 %. The
size alone moves the adjustment by 1219.80, the standard alone by −8080.58, and both together by another 1355.33, which the
two numbers of the causes share. The bill is made for this page, of an official example.

一张账单有两处错误：变压器容量记小，功率因数标准用错。诊断给出两个原因、各自单独及共同造成的金额、依据和应核查的资料：

```console
$ billcalc diagnose fixtures/official/guangxi-2024-06-p1/request.yaml fixtures/issued/examples/guangxi-two-causes.csv --lang zh
差异原因诊断  cn-guangxi  2024-06-12 至 2024-06-30
已证实：各项金额与账单分毫不差
账单减重算：-276571.97

A  变压器 T1 按 80000 千伏安计费，应为 100000 千伏安
   金额：-269169.05
   依据：供电营业规则（国家发展和改革委员会令第14号），条号未见
   核查：变压器铭牌容量，以及供用电合同
B  受电点 S1 的功率因数标准记为 0.85，应为 0.90
   金额：-7402.92
   依据：(83)水电财字第215号 功率因数调整电费办法，条号未见
   核查：供用电合同约定的考核标准，以及用电容量和用电性质

项目                  单独 A    单独 B  A+B 共同  未解释
基本电费          -271066.52      0.00      0.00    0.00
功率因数调整电费     1219.80  -8080.58   1355.33    0.00
合计              -269846.72  -8080.58   1355.33    0.00
```
"""


def _causes() -> str:
    entries = (
        f"\n## `{cause.code}`\n\n{NAMES[cause.code].english}, {NAMES[cause.code].chinese}\n\n{words.english.what}. **Look up:** {words.english.look_up}.\n\n"
        f"{words.chinese.what}。**核查：**{words.chinese.look_up}。\n\n依据：{words.source}。\n"
        for cause in CAUSES
        for words in (CAUSE_WORDS[cause.code],)
    )
    return _CAUSES_HEAD + "".join(entries)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _errors(language: Language) -> str:
    parts = [_HEADS.of(language)]
    titles = {
        CodeKind.FAULT: Pair("Faults", "错误"),
        CodeKind.REFUSAL: Pair("Refusals", "无法计费"),
        CodeKind.PROBLEM: Pair("Problems", "疑点与提示"),
        CodeKind.SERVICE: Pair("Of the service alone", "仅由服务答复"),
    }
    entries = codes_data(language)["items"]
    for kind, title in titles.items():
        parts.append(f"\n## {title.of(language)}\n")
        parts.extend(_entry(each, language) for each in entries if each["kind"] == kind)
    parts.append(f"\n## {_REASONS.of(language)}\n\n")
    parts.extend(
        f"- `{reason}`: {LEXICONS[language].reasons[reason]}\n"
        for reason in _sorted([*Reason, *RateReason, *HourReason])
    )
    return "".join(parts)


def _sorted(codes: Iterable[StrEnum]) -> list[StrEnum]:
    return sorted(codes, key=lambda code: code.value)


def _entry(each: CodeData, language: Language) -> str:
    return f"\n### `{each['code']}`\n\n" + _ENTRY.of(language).format(what=each["what"], do=each["do"])


if __name__ == "__main__":
    for page, text in generated().items():
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
