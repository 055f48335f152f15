"""Corrupted bills: known errors are named to the fen, unknown ones are not, and a correct bill has none."""

import os
import re

import pytest
from hypothesis import settings

from tests.audit.accuracy.corrupting import Kind
from tests.audit.accuracy.judging import Verdict
from tests.audit.accuracy.page import GOOD, PAGES, page
from tests.audit.accuracy.structures import NAMES
from tests.audit.accuracy.trying import tried
from tests.documents import ROOT

COUNT = int(os.environ.get("BILLCALC_INJECTIONS", "0"))
"""How many bills ``make soak`` corrupts, of all structures; else some of four small ones."""
FEW = ("basic-demand-40pct", "hubei-2025-01-sums", "pf-500kva-visible-part", "pf-mock-invoice-2311")
TRIED = 20 if settings().max_examples >= 100 else len(FEW)


@pytest.mark.no_cover  # what they reach is chance
def test_known_errors_are_named_and_nothing_is_named_that_is_none() -> None:
    trials = list(tried(COUNT, NAMES) if COUNT else tried(TRIED, FEW))
    assert len(trials) >= TRIED // 2
    wrong = [each for each in trials if each.verdict in (Verdict.WRONG, Verdict.MISSED)]
    assert not [each for each in wrong if each.kind not in (Kind.HIDDEN, Kind.TWO_IN_ONE, Kind.THREE)]
    assert all(each.verdict in GOOD for each in trials if each.kind in (Kind.CORRECT, Kind.ONE))
    assert len({page(trials, language) for language in PAGES}) == len(PAGES)


@pytest.mark.parametrize("language", PAGES)
def test_the_page_has_what_it_promises(language: str) -> None:
    text = (ROOT / PAGES[language]).read_text(encoding="utf-8")
    [heads] = re.findall(r"^\| \| (.+) \|\n\|---", text, re.MULTILINE)[:1]
    rows = dict(re.findall(r"^\| (\w+) \| (.+) \|$", text, re.MULTILINE))
    told = {kind: dict(zip(heads.split(" | "), rows[kind].split(" | "), strict=True)) for kind in Kind if kind in rows}
    assert sum(int(each[heads.split(" | ")[0]]) for each in told.values()) >= 2000
    assert set(told) == set(Kind)
    assert rows[Kind.CORRECT].endswith(" 100.0")
