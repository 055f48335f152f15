"""One small library for each mistake that the check of a library finds, in fixtures/bad/tariffs: the whole message."""

from pathlib import Path

import pytest

from billcalc.library.catalog import check_library, load_library
from billcalc.tariff.findings import FindingCode, FindingSeverity
from billcalc.words.findings import FINDINGS
from tests.tariff import bad_tiers
from tests.tariff.telling import line_of

ROOT = Path(__file__).parents[2]
BAD = ROOT / "fixtures" / "bad" / "tariffs"

EXPECTED = {
    FindingCode.SUPERSEDES_UNKNOWN: [
        "cn/guangxi/levies/2024-06#/supersedes: supersedes_unknown: it supersedes "
        '"cn/guangxi/levies/2023-06", which is not in the library; correct the id, or leave supersedes out'
    ],
    FindingCode.SUPERSEDES_ELSEWHERE: [
        "cn/guangxi/levies/2024-06#/supersedes: supersedes_elsewhere: it supersedes cn/hubei/levies/2024-06, "
        "a document of kind government funds and surcharges for cn-hubei; supersede a document of the same kind and area"
    ],
    FindingCode.SUPERSEDES_IN_A_CIRCLE: [
        "cn/guangxi/levies/2024-06#/supersedes: supersedes_in_a_circle: it supersedes itself, by way of "
        "cn/guangxi/levies/2024-06-2, cn/guangxi/levies/2024-06, so that none of them is in force; "
        "let only the later document supersede the earlier",
        "cn/guangxi/levies/2024-06-2#/supersedes: supersedes_in_a_circle: it supersedes itself, by way of "
        "cn/guangxi/levies/2024-06, cn/guangxi/levies/2024-06-2, so that none of them is in force; "
        "let only the later document supersede the earlier",
    ],
    FindingCode.SUPERSEDES_LESS: [
        "cn/guangxi/levies/2024-08#/supersedes: supersedes_less: it supersedes cn/guangxi/levies/2024-06, and on "
        "2024-06-01 to 2024-07-31, when that one was in force, nothing is now; repeat in it what holds on those days; "
        "to change something from a day on, add a document without supersedes"
    ],
    FindingCode.STATED_NOWHERE: [
        f"cn/national/basic_charge_rules/2024-06#/stated_in/{part}: stated_nowhere: it leaves in force what "
        f'"cn/national/basic_charge_rules/{year}-06" states, which is no earlier document of that content in the '
        "library; correct the id, or leave the part out of stated_in where the document states it itself"
        for part, year in (("demand", 2016), ("discount", 2023))
    ],
    FindingCode.SEEN_AFTER_SUCCESSOR: [
        "cn/guangxi/levies/2024-06#/seen_in_force/last: seen_after_successor: it was seen in force on 2025-04-30, but "
        "cn/guangxi/levies/2025-01 is in force from 2025-01-01 on; correct one of the two dates"
    ],
    FindingCode.MONTH_WITHOUT_END: [
        f"{place}: month_without_end: a price of a month does not end by itself: without an end it would price every "
        "later month; state effective.repealed_on, the first day after the month"
        for place in (
            "cn/guangxi/purchase_price/2024-06#/effective",
            "cn/hubei/purchase_price/2024-07#/seen_in_force",
        )
    ],
    FindingCode.EVIDENCE_UNSOURCED: [
        f"cn/guangxi/{document}/2024-06#/evidence: evidence_unsourced: the evidence is {lacking}; "
        "tell where the content was seen, or grade the evidence lower"
        for document, lacking in (
            ("conventions", "stated in the request, and that grade is for what a request states"),
            ("levies", "official text, and it tells neither the number of the document nor a url"),
            ("network_price", "inferred from issued bills, and it names no bill under fixtures and no url"),
        )
    ],
    FindingCode.PRICE_UNVERIFIED: [
        "cn/guangxi/levies/2024-06#/evidence: price_unverified: a price with the evidence known but not seen proves nothing; "
        "enter prices that were seen; a price from a request stays in the request"
    ],
    FindingCode.FIXTURE_MISSING: [
        'cn/guangxi/levies/2024-06#/fixtures/1: fixture_missing: the bill "guangxi-1999-01", which it was inferred '
        "from, is not among the fixtures; add the bill, or correct its name"
    ],
    FindingCode.COMPONENT_AMBIGUOUS: [
        'cn/guangxi/network_price/2024-06#/components/1/for: component_ambiguous: component "Network energy charge" prices '
        'two-part, 110kV, and so does /components/0; make their "for" exclude each other, or give them two codes',
        'cn/guangxi/purchase_price/2024-06#/components/1/for: component_ambiguous: component "Network energy charge" prices '
        "<1kV, time of use, and so does cn/guangxi/network_price/2024-06#/components/2; "
        'make their "for" exclude each other, or give them two codes',
    ],
    FindingCode.BASIC_AMBIGUOUS: [
        'cn/guangxi/network_price/2024-06#/components/2/for: basic_ambiguous: "capacity_110kv" and "Basic charge by capacity" of '
        "/components/1 both price capacity for 110kV; one would never be billed; "
        'make their "for" exclude each other'
    ],
    FindingCode.CHARGED_TWICE: [
        f'cn/guangxi/levies/2024-06#/components/{place}/price: charged_twice: component "{component}" charges {key} the same '
        f'price of the same section as "{other_component}" of /components/{other}; both are billed; compare it with the '
        "document, and leave out what is there twice; where both are charged, say so under acknowledged"
        for place, component, key, other_component, other in (
            (2, "funds", "residential", "Government funds and surcharges", 0),
            (4, "second_timed", "every customer", "timed", 3),
        )
    ],
    FindingCode.LINE_NOT_UNIFORM: [
        'cn/guangxi/purchase_price/2024-06#/components/1/line: line_not_uniform: component "deviation" of line '
        '"Energy purchase" differs from /components/0 in its section, grain of rounding; a line has one of each; '
        "make them equal, or give the component a line of its own"
    ],
    FindingCode.BAND_MISSING: [
        'cn/guangxi/purchase_price/2024-06#/components/1/price/bands: band_missing: component "Upstream network losses" says '
        "nothing about sharp, valley, which /components/0 knows for the same customer; "
        "price them, or list them under unpriced"
    ],
    FindingCode.LEVY_NOT_TAGGED: [
        'cn/guangxi/levies/2024-06#/components/0/tags: levy_not_tagged: component "Government funds and surcharges" prints among the levies '
        "without the tag that conventions find levies by; add tags: [levy]"
    ],
    FindingCode.PRICE_IMPLAUSIBLE: [
        f"cn/guangxi/{place}: price_implausible: the price {price}; compare it with the document; "
        f"prices are in CNY/{unit}, not in hundredths of it"
        for place, price, unit in (
            (
                "levies/2024-06#/components/0/price",
                "4.1825 of Government funds and surcharges is not within 0 to 0.06",
                "kWh",
            ),
            (
                "network_price/2024-06#/components/1/price",
                "4.2 of the maximum demand is not within 10 to 90",
                "kW per month",
            ),
            (
                "purchase_price/2024-06#/components/0/price/bands/peak",
                "69.18 of Energy purchase is not within -0.5 to 2",
                "kWh",
            ),
            (
                "purchase_price/2024-06#/components/1/price",
                "-0.6 of Upstream network losses is not within -0.02 to 0.06",
                "kWh",
            ),
        )
    ],
    FindingCode.PRICE_CHANGED_MUCH: [
        'cn/guangxi/purchase_price/2024-07#/components/0/price: price_changed_much: the price 0.934412 of "Energy purchase" was '
        "0.394412 in cn/guangxi/purchase_price/2024-06; compare it with the document; where it is right, say so under "
        "acknowledged"
    ],
    FindingCode.VOLTAGE_NOT_FALLING: [
        f"cn/guangxi/network_price/2024-06#/components/{place}/price: voltage_not_falling: the price {price}, that at the "
        f"lower voltage {lower}; compare both with the document; where they are right, say so under acknowledged"
        for place, price, lower in (
            (1, '0.1707 of "Network energy charge" at 110kV is above 0.1021', "1-10kV"),
            (3, '32.1 of "Basic charge by demand" at 220kV is above 31.5', "110kV"),
        )
    ],
    FindingCode.DEMAND_BESIDE_CAPACITY: [
        "cn/guangxi/network_price/2024-06#/components/1/price: demand_beside_capacity: the price 70 of a kW of demand is not "
        "1.2 to 2.2 times the price 22 of a kVA beside it; compare both with the document; where they are right, "
        "say so under acknowledged"
    ],
    FindingCode.TOTAL_APART: [
        "cn/guangxi/purchase_price/2024-06#/totals/0/untimed: total_apart: the printed total 0.5493 is 0.0054 from the sum of "
        "its parts 0.5439 (industrial and commercial, two-part, 110kV, agency purchase, no time of use); compare both with "
        "the document; a misprint is entered as printed and corrected"
    ],
    FindingCode.TOTAL_NEAR: [
        "cn/guangxi/purchase_price/2024-06#/totals/0/untimed: total_near: the printed total 0.544 is 0.0001 from the sum of its "
        "parts 0.5439 (industrial and commercial, two-part, 110kV, agency purchase, no time of use), which is as far as parts "
        "that were rounded take it; compare both with the document; where they are right, say so under acknowledged"
    ],
    FindingCode.TOTALS_NOT_COMPARED: [
        "cn/guangxi/purchase_price/2024-06#/totals: totals_not_compared: the printed totals cannot be compared with their parts "
        "(no document of government funds and surcharges is in force in cn-guangxi on 2024-06-01); add the missing part, or "
        "leave the totals out"
    ],
    FindingCode.RATIO_IMPLAUSIBLE: [
        "cn/guangxi/time_of_use/2024-06#/ratios/all/bands/peak: ratio_implausible: the ratio of peak is 16, more than 3; "
        "compare it with the document; where it is right, say so under acknowledged"
    ],
    FindingCode.RATIOS_NOT_FALLING: [
        "cn/guangxi/time_of_use/2024-06#/ratios/all/bands/valley: ratios_not_falling: the ratio 1.4 of valley is above 1, "
        "that of flat; compare both with the document; where they are right, say so under acknowledged"
    ],
    FindingCode.MONTH_OF_OTHER_NAME: [
        "cn/guangxi/purchase_price/2024-06#/effective: month_of_other_name: by its name it is of the month 2024-06, and it "
        "is in force on 2024-06-01 to 2024-07-31; let it be in force on the days of that month and no others, or give it "
        "the name of its month"
    ],
    FindingCode.AREA_MISSPELT: [
        "cn/guangxii/levies/2024-06#/area: area_misspelt: cn-guangxii is no area that is known, and it is almost "
        "cn-guangxi; correct the name of its directory and documents; where the area is your own, say so under acknowledged"
    ],
    FindingCode.AREA_INCOMPLETE: [
        f"cn/guangxi/purchase_price/2024-06: area_incomplete: on 2024-06-01 to 2024-06-30 no document of kind {kind} is in "
        "force beside it: every bill of these days is refused; add the document, or say under acknowledged why it is not "
        "there"
        for kind in ("government funds and surcharges", "network prices")
    ],
    FindingCode.ACKNOWLEDGED_NOTHING: [
        "cn/guangxi/levies/2024-06#/acknowledged/price_implausible: acknowledged_nothing: it acknowledges "
        '"price_implausible", and no such warning is found in it; leave the acknowledgement out'
    ],
    FindingCode.TABLE_NOT_RISING: [
        "cn/national/power_factor_rules/1983-12#/tables/0.9/percent/0.8: table_not_rising: table 0.9: the adjustment "
        "falls from 0 % at 0.9 to -5 % at the lower power factor 0.8; compare the rows with the document"
    ],
    FindingCode.STANDARD_NOT_ZERO: [
        "cn/national/power_factor_rules/1983-12#/tables/0.9/percent/0.9: standard_not_zero: table 0.9: at its own "
        "standard the adjustment is 0.5 % and not 0; compare the row with the document"
    ],
    **bad_tiers.EXPECTED,
}


@pytest.mark.parametrize("code", EXPECTED)
def test_a_bad_library_is_told_where_what_and_what_to_do(code: FindingCode) -> None:
    library = load_library(BAD / code.value)
    found = check_library(library, fixtures=ROOT / "fixtures")
    left_out = set() if code is FindingCode.AREA_INCOMPLETE else {FindingCode.AREA_INCOMPLETE}  # none has every kind
    judged = [each for each in found if each.severity is not FindingSeverity.COVERAGE and each.code not in left_out]
    assert [line_of(each) for each in judged] == EXPECTED[code]
    assert {each.code for each in judged} == {code}
    for each in judged:  # its place is one that an editor can go to
        place = library.where(each.document, each.path)
        assert place.startswith(f"{BAD / code.value / each.document}.yaml:")


def test_every_finding_has_a_wording_and_a_bad_library() -> None:
    assert set(FINDINGS) == set(FindingCode)
    assert set(EXPECTED) == set(FindingCode) - {FindingCode.COVERAGE, FindingCode.TOTALS_COMPARED}


def test_a_finding_names_the_line_in_the_file() -> None:
    library = load_library(BAD / "fixture_missing")
    [missing] = [each for each in check_library(library, fixtures=ROOT / "fixtures") if each.path]
    assert library.where(missing.document, missing.path).endswith("cn/guangxi/levies/2024-06.yaml:8:32")


def test_inferred_documents_name_bills_that_are_looked_for_only_where_they_can_be() -> None:
    library = load_library(BAD / "fixture_missing")
    assert [each.code for each in check_library(library)] == [FindingCode.COVERAGE]
