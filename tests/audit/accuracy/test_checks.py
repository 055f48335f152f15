"""What checks say of wrong bills: the page tells every check and every cause that was tried."""

import re

import pytest

from billcalc.audit.checks.judging import ALL
from billcalc.audit.diagnose.words import CAUSE_WORDS
from tests.audit.accuracy.checks import PAGE, page, tallied


@pytest.mark.no_cover  # which errors are drawn is chance
def test_what_is_told_of_some_structures() -> None:
    found = tallied(["basic-demand-40pct", "pf-mock-invoice-2311"])

    assert found.accounts == 2
    assert found.told["capacity_size"] == found.tried["capacity_size"]
    assert page(found) == page(tallied(["basic-demand-40pct", "pf-mock-invoice-2311"]))


def test_the_page_has_every_check_and_names_causes_that_are_there() -> None:
    text = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| (\d+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)

    assert [code for code, *_ in rows] == [check.code for check in ALL]
    assert len({sum(map(int, counts)) for _, *counts in rows}) == 1
    causes = re.findall(r"^\| \[`(\w+)`\]\(causes\.md#\w+\) \| (\d+) \| (\d+) \|", text, re.MULTILINE)
    assert {cause for cause, *_ in causes} <= set(CAUSE_WORDS)
    assert all(int(told) <= int(tried) for _, tried, told in causes)
