"""Pages that are written from the code: ``python -m tests.generated`` writes them, a test holds them to it."""

import json
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from billcalc.explain.chinese_wording import CHINESE_WORDING
from billcalc.kernel.wording import WORDING, FaultCode, ProblemCode, RefusalCode
from billcalc.wire.bill import bill_schema
from billcalc.wire.request import request_schema
from tests.documents import ROOT

__all__ = ["generated"]

_HEAD = """# Faults, refusals and problems

What went wrong, where, and what to do. A **fault** is malformed input: every fault of an input is told, and the
command ends with 2; with 4 where it is the machine that does not go on, or with 70 where billcalc itself failed. A **refusal** is the answer to a request that cannot be billed: it says what is missing, and the
command ends with 3. A **problem** is a doubt on a bill that was calculated all the same, with the money of the other
reading where there is one; `doubt` matters to whoever signs the bill, `note` is good to know.

The place is `file:line:col` where the input is a file, a JSON pointer (`/metering_points/0/readings/1/peak`) where it
is data, the row and the column in a batch. Words in braces are filled in.
"""


def generated() -> dict[Path, str]:
    """What each page must hold."""
    return {
        ROOT / "docs/errors.md": _errors(),
        ROOT / "docs/schema/request.schema.json": _json(request_schema()),
        ROOT / "docs/schema/bill.schema.json": _json(bill_schema()),
    }


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _errors() -> str:
    parts = [_HEAD]
    for title, codes in (("Faults", FaultCode), ("Refusals", RefusalCode), ("Problems", ProblemCode)):
        parts.append(f"\n## {title}\n")
        parts.extend(_entry(code) for code in _sorted(codes))
    return "".join(parts)


def _sorted(codes: Iterable[StrEnum]) -> list[StrEnum]:
    return sorted(codes, key=lambda code: code.value)


def _entry(code: StrEnum) -> str:
    english, chinese = WORDING[code], CHINESE_WORDING[code]  # type: ignore[index]
    return (
        f"\n### `{code.value}`\n\n"
        f"{_line(english.what)}. **Do:** {_line(english.do)}.\n\n"
        f"{_line(chinese.what)}。**处理：**{_line(chinese.do)}。\n"
    )


def _line(text: str) -> str:
    return text[0].upper() + text[1:] if text[0].isascii() else text


if __name__ == "__main__":
    for page, text in generated().items():
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
