"""Every code has its sentence in both languages, with the same facts, and its heading in the page of notices."""

import re
from string import Formatter

import pytest

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault
from billcalc.notices.findings import NoticeCode, NoticeFinding, NoticeRejected
from billcalc.words.language import Language
from billcalc.words.notices import NOTICE_WORDING
from tests.documents import ROOT


@pytest.mark.parametrize("code", NoticeCode)
def test_both_languages_tell_the_same_facts(code: NoticeCode) -> None:
    wording = NOTICE_WORDING[code].told
    english, chinese = (
        {name for _, name, _, _ in Formatter().parse(text) if name} for text in (wording.english, wording.chinese)
    )
    assert english == chinese
    assert re.search("[\u4e00-\u9fff]", wording.chinese)


def test_every_code_has_its_heading_in_the_page() -> None:
    page = (ROOT / "docs" / "notices.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^### `([a-z_]+)`$", page, re.MULTILINE)) == sorted(NoticeCode)


def test_what_the_library_says_of_the_document_is_told_in_both_languages() -> None:
    fault = Fault(FaultCode.NEGATIVE, "/components/0/price", {"value": "-1"})
    finding = NoticeFinding(NoticeCode.DOCUMENT_FAULTY, "n", checked=(fault,))
    assert "/components/0/price: " in finding.sentence(Language.ENGLISH)
    assert finding.sentence(Language.CHINESE).startswith("由此形成的文件未通过电价库检查：/components/0/price: ")


def test_a_rejected_notice_says_why() -> None:
    finding = NoticeFinding(NoticeCode.ROW_TWICE, "n:B5", {"other": "B4"})
    assert (
        str(NoticeRejected([finding])) == "n:B5: the same customers have a row already, at B4; correct one of the two"
    )
    assert finding.sentence(Language.CHINESE) == "同样的用户在 B4 已有一行；请更正其一"
