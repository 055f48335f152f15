"""Pages that are written from the code are those that the code would write now."""

import re
from pathlib import Path

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.words.service import ServiceCode
from tests.documents import ROOT
from tests.generated import generated


def test_every_code_has_its_heading_in_the_error_page() -> None:
    headings = re.findall(r"^### `([a-z_]+)`$", (ROOT / "docs/errors.md").read_text(encoding="utf-8"), re.MULTILINE)

    codes = (FaultCode, RefusalCode, ProblemCode, ServiceCode)
    assert sorted(headings) == sorted(code.value for each in codes for code in each)


@pytest.mark.no_cover
@pytest.mark.parametrize("page", generated(), ids=lambda page: page.name)
def test_a_generated_page_is_current(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == generated()[page], "run python -m tests.generated"
