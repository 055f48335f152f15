"""Which printed lines and which of ours are the same thing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billcalc.audit import compare
from billcalc.audit.comparison import Entry, Matching, Outcome, Part, Side, Unmapped, Verdict
from billcalc.vocabulary import Band, Section
from tests.audit.issuing import JUNE, our_bill, our_line, printed

FIRST, SECOND = JUNE.cut([date(2024, 6, 15)])
BANDED = our_bill(
    our_line("purchase", "60.00", band=Band.PEAK, quantity="60", price="1"),
    our_line("purchase", "30.00", band=Band.FLAT, quantity="60", price="0.5"),
    our_line("purchase", "10.00", band=Band.VALLEY, quantity="100", price="0.1"),
)
TWO_GROUPS = our_bill(
    our_line("rural_grid_loan", "20.00", section=Section.LEVIES, quantity="1000", price="0.02"),
    our_line("rural_grid_loan", "1.00", section=Section.LEVIES, group="residential", quantity="50", price="0.02"),
)
TWO_SEGMENTS = our_bill(
    our_line("capacity", "70.00", section=Section.NETWORK_CAPACITY, span=SECOND, quantity="7", price="10"),
    our_line("capacity", "30.00", section=Section.NETWORK_CAPACITY, span=FIRST, quantity="3", price="10"),
)


def told(code: str, amount: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "amount": amount, **more}


def one(entries: tuple[Entry, ...]) -> Entry:
    [entry] = entries
    return entry


def test_a_line_in_bands_is_matched_by_its_band() -> None:
    comparison = compare(
        BANDED,
        printed(
            told("purchase", "10.00", band="谷"),
            told("purchase", "60.00", band="peak"),
            told("purchase", "31.00", band="平"),
        ),
    )
    assert [entry.recomputed[0].band for entry in comparison.entries] == [Band.VALLEY, Band.PEAK, Band.FLAT]
    assert one(comparison.findings).difference == 1


@pytest.mark.parametrize("band", [{}, {"band": "total"}, {"band": "总"}])
def test_a_total_is_compared_with_the_sum_of_our_bands_and_says_so(band: dict[str, str]) -> None:
    line = told("purchase", "100.01", quantity="220", **band)
    finding = one(compare(BANDED, printed(line)).findings)
    assert (finding.matching, len(finding.recomputed)) == (Matching.SUM_OF_RECOMPUTED, 3)
    assert finding.difference == Decimal("0.01")
    assert finding.verdict(Part.QUANTITY) is Verdict.AGREES
    assert finding.verdict(Part.PRICE) is Verdict.NOT_TOLD
    assert finding.effects is None


@pytest.mark.parametrize("our_band", [None, Band.TOTAL])
def test_bands_are_compared_with_our_total_as_their_sum(our_band: Band | None) -> None:
    bill = our_bill(our_line("purchase", "100.00", band=our_band, quantity="220", price="0.45"))
    lines = (
        told("purchase", "60.00", band="peak", quantity="120"),
        told("purchase", "39.00", band="flat", quantity="100"),
    )
    finding = one(compare(bill, printed(*lines)).findings)
    assert (finding.matching, finding.rows) == (Matching.SUM_OF_ISSUED, (0, 1))
    assert finding.difference == -1
    assert finding.verdict(Part.QUANTITY) is Verdict.AGREES


def test_a_line_without_a_group_is_the_sum_of_all_groups() -> None:
    comparison = compare(TWO_GROUPS, printed(told("rural_grid_loan", "21.00", quantity="1050", price="0.02")))
    entry = one(comparison.entries)
    assert (entry.outcome, entry.matching) == (Outcome.AGREES, Matching.SUM_OF_RECOMPUTED)
    assert entry.verdict(Part.PRICE) is Verdict.AGREES


def test_a_line_with_a_group_is_that_group_only() -> None:
    lines = (told("rural_grid_loan", "1.00", group="residential"), told("rural_grid_loan", "20.00", group="main"))
    comparison = compare(TWO_GROUPS, printed(*lines))
    assert [entry.recomputed[0].group for entry in comparison.entries] == ["residential", "main"]
    assert comparison.agrees


def test_lines_that_do_not_tell_what_tells_ours_apart_are_matched_by_their_very_figures() -> None:
    lines = (told("rural_grid_loan", "1.00"), told("rural_grid_loan", "20.00"))
    comparison = compare(TWO_GROUPS, printed(*lines))
    assert [entry.recomputed[0].group for entry in comparison.entries] == ["residential", "main"]


def test_where_the_figures_of_one_are_wrong_the_other_is_still_matched() -> None:
    lines = (told("rural_grid_loan", "1.00"), told("rural_grid_loan", "22.00"))
    finding = one(compare(TWO_GROUPS, printed(*lines)).findings)
    assert (finding.matching, finding.recomputed[0].group, finding.difference) == (Matching.ONE, "main", Decimal(2))


def test_where_the_figures_of_both_are_wrong_their_sums_are_compared_and_it_is_said() -> None:
    lines = (told("rural_grid_loan", "2.00"), told("rural_grid_loan", "22.00"))
    finding = one(compare(TWO_GROUPS, printed(*lines)).findings)
    assert (finding.matching, finding.rows, finding.difference) == (Matching.SUMS, (0, 1), Decimal(3))


def test_segments_are_matched_by_the_days_that_are_printed() -> None:
    lines = (
        told("capacity", "70.00", **{"from": "2024-06-15", "to": "2024-07-01"}),
        told("capacity", "31.00", **{"from": "2024-06-01", "to": "2024-06-15"}),
    )
    finding = one(compare(TWO_SEGMENTS, printed(*lines)).findings)
    assert (finding.matching, finding.recomputed[0].span, finding.difference) == (Matching.ONE, FIRST, Decimal(1))
    assert finding.verdict(Part.SPAN) is Verdict.AGREES


def test_segments_without_days_are_matched_in_their_order_and_it_is_said() -> None:
    finding, other = compare(TWO_SEGMENTS, printed(told("capacity", "31.00"), told("capacity", "71.00"))).findings
    assert (finding.matching, finding.recomputed[0].span, other.recomputed[0].span) == (Matching.ORDER, FIRST, SECOND)


def test_as_many_lines_as_segments_and_no_order_are_compared_as_sums() -> None:
    """Two printed lines of different bands are not the two segments of a line without bands."""
    lines = (told("capacity", "31.00", band="peak"), told("capacity", "71.00", band="flat"))
    assert one(compare(TWO_SEGMENTS, printed(*lines)).findings).matching is Matching.SUMS


def test_one_line_for_two_segments_is_their_sum() -> None:
    entry = one(compare(TWO_SEGMENTS, printed(told("capacity", "100.00", quantity="10", price="10"))).entries)
    assert (entry.outcome, entry.matching) == (Outcome.AGREES, Matching.SUM_OF_RECOMPUTED)


def test_a_line_of_other_days_is_missing_on_both_sides() -> None:
    line = told("capacity", "69.00", **{"from": "2024-06-10", "to": "2024-07-01"})
    comparison = compare(
        TWO_SEGMENTS, printed(line, told("capacity", "30.00", **{"from": "2024-06-01", "to": "2024-06-15"}))
    )
    sides = [(finding.outcome, finding.missing_from) for finding in comparison.findings]
    assert sides == [(Outcome.MISSING, Side.RECOMPUTED), (Outcome.MISSING, Side.ISSUED)]


def test_a_line_that_stands_for_several_codes_is_their_sum() -> None:
    bill = our_bill(
        our_line("water_project", "1.00", section=Section.LEVIES),
        our_line("rural_grid_loan", "2.00", section=Section.LEVIES),
    )
    line = {"name": "政府性基金及附加", "code": ["water_project", "rural_grid_loan"], "amount": "3.00"}
    entry = one(compare(bill, printed(line)).entries)
    assert (entry.outcome, entry.matching, entry.section) == (
        Outcome.AGREES,
        Matching.SUM_OF_RECOMPUTED,
        Section.LEVIES,
    )


def test_the_money_of_a_line_that_spans_sections_is_in_none_of_them() -> None:
    bill = our_bill(our_line("purchase", "1.00"), our_line("levies", "2.00", section=Section.LEVIES))
    comparison = compare(bill, printed({"code": ["purchase", "levies"], "amount": "4.00"}))
    [money] = comparison.sections
    assert money.section is None
    assert (money.issued, money.recomputed) == (Decimal("4.00"), Decimal("3.00"))


@pytest.mark.parametrize("name", ["购电电费", "Energy purchase"])
def test_a_line_is_known_by_the_name_with_which_we_print_it(name: str) -> None:
    line = {"name": name, "amount": "5.00"}
    assert compare(our_bill(our_line("purchase", "5.00")), printed(line)).agrees


def test_a_label_of_our_line_goes_before_the_words_of_the_field() -> None:
    bill = our_bill(our_line("purchase", "5.00", label="代购电费"))
    assert compare(bill, printed({"name": "代购电费", "amount": "5.00"})).agrees
    unmapped = one(compare(bill, printed({"name": "购电电费", "amount": "5.00"})).of(Outcome.UNMAPPED))
    assert unmapped.unmapped is Unmapped.NO_CODE


def test_a_line_of_ours_that_no_language_has_a_word_for_is_known_by_its_code() -> None:
    assert compare(our_bill(our_line("a_fee", "5.00")), printed(told("a_fee", "5.00"))).agrees


def test_a_name_of_two_kinds_of_line_is_not_guessed() -> None:
    bill = our_bill(our_line("purchase", "5.00", label="电费"), our_line("network_energy", "6.00", label="电费"))
    finding, *missing = compare(bill, printed({"name": "电费", "amount": "5.00"})).findings
    assert (finding.outcome, finding.unmapped) == (Outcome.UNMAPPED, Unmapped.AMBIGUOUS)
    assert len(missing) == 2


def test_a_code_that_nobody_knows_is_unmapped() -> None:
    finding = compare(BANDED, printed(told("purchse", "100.00"))).findings[0]
    assert (finding.outcome, finding.unmapped, finding.section) == (Outcome.UNMAPPED, Unmapped.UNKNOWN_CODE, None)


def test_a_known_code_that_we_do_not_bill_is_missing_from_ours() -> None:
    finding = compare(our_bill(), printed(told("ancillary_services", "1.00", section="system_operation"))).findings[0]
    assert (finding.outcome, finding.missing_from) == (Outcome.MISSING, Side.RECOMPUTED)
    assert finding.section is Section.SYSTEM_OPERATION


def test_lines_of_zero_that_one_bill_prints_are_told_and_are_no_finding() -> None:
    bill = our_bill(our_line("purchase", "0.00"))
    comparison = compare(bill, printed(told("ancillary_services", "0.00"), {"name": "价差损益电费", "amount": "0.00"}))
    assert comparison.agrees
    assert [entry.outcome for entry in comparison.entries] == [Outcome.ZERO] * 3


@pytest.mark.parametrize("group", [None, "main", "S1"])
def test_a_power_factor_line_may_be_printed_with_its_group_or_its_scope(group: str | None) -> None:
    bill = our_bill(our_line("power_factor", "-5.00", section=Section.POWER_FACTOR, group="S1"))
    line = told("power_factor", "-5.00") if group is None else told("power_factor", "-5.00", group=group)
    assert compare(bill, printed(line)).agrees


def test_of_two_scopes_each_has_its_own_line() -> None:
    bill = our_bill(
        our_line("power_factor", "-5.00", section=Section.POWER_FACTOR, group="S1"),
        our_line("power_factor", "3.00", section=Section.POWER_FACTOR, group="S2"),
    )
    lines = (told("power_factor", "3.00", group="S2"), told("power_factor", "-4.00", group="S1"))
    finding = one(compare(bill, printed(*lines)).findings)
    assert (finding.recomputed[0].group, finding.difference) == ("S1", Decimal(1))


@pytest.mark.parametrize(
    ("part", "elsewhere", "value"),
    [
        (Part.BAND, {"band": "sharp"}, "sharp"),
        (Part.GROUP, {"band": "peak", "group": "other"}, "other"),
        (Part.SECTION, {"band": "peak", "section": ["levies", "catalogue"]}, "levies + catalogue"),
        (Part.SPAN, {"band": "peak", "from": "2024-06-01", "to": "2024-06-15"}, "2024-06-01/2024-06-15"),
    ],
)
def test_a_line_that_is_printed_elsewhere_differs_in_that_alone(
    part: Part, elsewhere: dict[str, Any], value: str
) -> None:
    bill = our_bill(BANDED.lines[0])
    finding = one(compare(bill, printed(told("purchase", "60.00", quantity="60", price="1", **elsewhere))).findings)
    assert (finding.outcome, finding.matching) == (Outcome.DIFFERING, Matching.ELSEWHERE)
    [differing] = [each for each in finding.parts if each.verdict is Verdict.DIFFERS]
    assert (differing.part, differing.issued) == (part, value)


def test_a_line_printed_elsewhere_with_other_figures_is_two_findings() -> None:
    bill = our_bill(BANDED.lines[0])
    comparison = compare(bill, printed(told("purchase", "60.00", band="sharp", quantity="61")))
    assert [finding.missing_from for finding in comparison.findings] == [Side.RECOMPUTED, Side.ISSUED]


def test_two_lines_that_could_be_printed_elsewhere_are_not_paired() -> None:
    bill = our_bill(our_line("purchase", "5.00", band=Band.PEAK), our_line("purchase", "5.00", band=Band.FLAT))
    comparison = compare(bill, printed(told("purchase", "5.00", band="sharp")))
    assert [finding.outcome for finding in comparison.findings] == [Outcome.MISSING] * 3


def test_zeros_in_different_bands_are_not_a_line_printed_elsewhere() -> None:
    bill = our_bill(our_line("purchase", "0.00", band=Band.PEAK, quantity="0"))
    comparison = compare(bill, printed(told("purchase", "0.00", band="sharp", quantity="0")))
    assert comparison.agrees
    assert [entry.outcome for entry in comparison.entries] == [Outcome.ZERO] * 2


def test_of_two_equal_lines_one_is_too_many() -> None:
    finding = one(compare(our_bill(BANDED.lines[0]), printed(*[told("purchase", "60.00", band="peak")] * 2)).findings)
    assert (finding.rows, finding.missing_from, finding.difference) == ((1,), Side.RECOMPUTED, Decimal(60))


def test_the_section_narrows_what_a_line_can_be() -> None:
    bill = our_bill(
        our_line("levies", "5.00", section=Section.LEVIES), our_line("levies", "7.00", section=Section.CATALOGUE)
    )
    lines = (told("levies", "7.00", section="目录电度电费"), told("levies", "5.00", section=["levies", "refunds"]))
    comparison = compare(bill, printed(*lines))
    assert comparison.agrees
    assert [entry.section for entry in comparison.entries] == [Section.CATALOGUE, Section.LEVIES]
