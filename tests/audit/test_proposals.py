"""What an unmapped line may be, by the amount of ours that is missing."""

from typing import Any

from billcalc.audit import Comparison, compare
from billcalc.audit.proposals import proposals_of
from billcalc.audit.report import comparison_text
from billcalc.explain.printing import plain_text
from billcalc.vocabulary import Band, Section
from billcalc.wire.comparison import comparison_data
from billcalc.words.lexicon import CHINESE, ENGLISH
from tests.audit.issuing import our_bill, our_line, printed

BILL = our_bill(
    our_line("purchase", "5.00", band=Band.PEAK),
    our_line("purchase", "4.00", band=Band.FLAT),
    our_line("coal_capacity", "2.00", section=Section.SYSTEM_OPERATION),
    our_line("pumped_storage", "1.50", section=Section.SYSTEM_OPERATION),
    our_line("levies", "7.00", section=Section.LEVIES),
)


def compared(*lines: dict[str, Any]) -> Comparison:
    return compare(BILL, printed(*lines))


def written(*lines: dict[str, Any]) -> list[str]:
    return [each.written for each in proposals_of(compared(*lines).entries)]


def test_a_name_may_be_a_line_a_code_or_the_codes_of_a_section() -> None:
    assert written({"name": "甲", "amount": "7.00"}) == ["甲: levies"]
    assert written({"name": "甲（元）", "amount": "9.00"}) == ["'甲（元）': purchase"]
    assert written({"name": "甲", "amount": "4.00"}) == ["甲: {code: purchase, band: flat}"]
    assert written({"name": "甲", "amount": "3.50"}) == ["甲: [coal_capacity, pumped_storage]"]


def test_printed_lines_of_one_name_are_taken_together() -> None:
    assert written({"name": "甲", "amount": "6.00"}, {"name": "甲", "amount": "3.00"}) == ["甲: purchase"]


def test_what_is_not_the_only_one_is_no_proposal() -> None:
    assert written({"name": "甲", "amount": "7.00"}, {"name": "乙", "amount": "7.00"}) == []
    assert written({"name": "甲", "amount": "8.00"}) == []
    assert written({"code": "purchse", "amount": "7.00"}) == []
    twice = our_bill(our_line("other", "2.00"), our_line("levies", "2.00", section=Section.LEVIES))
    assert not proposals_of(compare(twice, printed({"name": "甲", "amount": "2.00"})).entries)


def test_bands_that_are_not_told_apart_are_proposed_together_only() -> None:
    pieces = our_bill(our_line("purchase", "2.00", band=Band.PEAK), our_line("purchase", "3.00", band=Band.PEAK))
    assert not proposals_of(compare(pieces, printed({"name": "甲", "amount": "2.00"})).entries)
    assert [
        each.codes for each in proposals_of(compare(pieces, printed({"name": "甲", "amount": "5.00"})).entries)
    ] == [("purchase",)]


def test_a_proposal_is_told_with_our_code_and_what_is_missing_is_not_called_forgotten() -> None:
    comparison = compared({"name": "甲", "amount": "4.00"}, {"name": "乙", "section": "levies", "amount": "1.00"})
    told = plain_text(comparison_text(comparison, lexicon=ENGLISH))
    assert (
        "its amount is that of Energy purchase, 4.00; if it is that, the mapping's names need   甲: {code: purchase, band: flat}"
        in told
    )
    assert "forgot it" not in told
    assert "4.00 相同；如确是同一项，请在映射的 names 中加   甲: {code: purchase, band: flat}" in plain_text(
        comparison_text(comparison, lexicon=CHINESE)
    )
    data = comparison_data(comparison)
    assert data["proposals"] == [{"name": "甲", "rows": [0], "codes": ["purchase"], "band": "flat", "amount": "4.00"}]
    assert all(entry["may_be_unmapped"] for entry in data["missing"])


def test_what_is_missing_in_another_section_than_the_unmapped_lines_may_be_forgotten() -> None:
    data = comparison_data(compared({"name": "乙", "section": "levies", "amount": "7.00"}))
    missing = {entry["recomputed"][0]["code"]: entry["may_be_unmapped"] for entry in data["missing"]}
    assert missing == {"purchase": False, "coal_capacity": False, "pumped_storage": False, "levies": True}
    assert data["proposals"][0]["band"] is None
