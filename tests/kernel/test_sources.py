"""Where figures come from, and how well it was seen."""

import itertools

import pytest

from billcalc.kernel.sources import Evidence, Source, weakest

STRONGEST_FIRST = ["official_text", "official_quoted", "secondary", "inferred", "unverified", "given"]


def test_grades_are_declared_from_the_strongest_to_the_weakest() -> None:
    assert [grade.value for grade in Evidence] == STRONGEST_FIRST


@pytest.mark.parametrize(("stronger", "weaker"), list(itertools.combinations_with_replacement(STRONGEST_FIRST, 2)))
def test_a_bill_claims_no_more_than_its_weakest_source(stronger: str, weaker: str) -> None:
    assert weakest([Evidence(stronger), Evidence(weaker)]) == Evidence(weaker)
    assert weakest([Evidence(weaker), Evidence(stronger)]) == Evidence(weaker)


def test_nothing_weakens_a_bill_that_rests_on_nothing() -> None:
    assert weakest([]) == Evidence.OFFICIAL_TEXT


def test_sources_with_the_same_facts_are_one_source() -> None:
    levies = Source("cn/guangxi/levies/2024-06", "代征费用", Evidence.INFERRED, number="桂价格", clause="附件1")
    again = Source("cn/guangxi/levies/2024-06", "代征费用", Evidence.INFERRED, number="桂价格", clause="附件1")
    assert len({levies, again}) == 1
    assert (levies.number, levies.clause, levies.url) == ("桂价格", "附件1", None)
