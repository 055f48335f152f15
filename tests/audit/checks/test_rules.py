"""Each check speaks of what it is for, and passes a quiet month: the same text for an account and for columns."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from billcalc.audit.checks.check import Level, made
from billcalc.audit.checks.facts import with_history
from billcalc.audit.checks.judging import ALL, Answer, asked, judge
from billcalc.audit.checks.left_out import LEFT_OUT, WHY_LEFT_OUT, Why
from billcalc.audit.checks.limits import Limits, Of
from billcalc.audit.checks.names import NAMES
from billcalc.audit.checks.rules import CHECKS
from billcalc.audit.checks.say import FACTS
from billcalc.audit.checks.told import TOLD_BY_BILL, told_fact
from billcalc.bulk.column import Column, places_of
from billcalc.kernel.decimals import EXACT
from billcalc.kernel.values import Value
from billcalc.runs.check_limits import limits_documents

DAY = date(2026, 3, 1)
MONTH: Mapping[str, str] = {
    "days": "31", "reading_day": "1", "money": "60000.00", "basic_money": "18400.00", "adjustment_money": "0",
    "negative_lines": "0", "refund_lines": "0", "loss_kwh": "0", "transformer_loss_kwh": "0", "feeds_in": "0",
    "kwh": "100000", "residential_kwh": "10000", "agricultural_kwh": "0",
    "sharp_kwh": "5000", "peak_kwh": "30000", "flat_kwh": "40000", "valley_kwh": "20000", "deep_valley_kwh": "5000",
    "industrial": "1", "two_part": "1", "high_voltage": "1", "farm": "0",
    "by_capacity": "1", "by_contract": "1", "exempt": "0", "contract_kw": "500", "changes": "0",
    "kva": "800", "running_kva": "800", "standard": "0.90",
    "active_kwh": "90000", "reactive_kvarh": "30000", "cosphi_told": "0.95",
    "estimated": "0", "by_share": "1", "low_side": "1", "loss_told": "1", "exchanged": "0", "multiplier": "600",
    "agent": "1", "one_and_half": "0", "market": "0", "levies_apart": "1", "levy_money": "2716.88",
    "bare_refunds": "0", "demand_kw": "405", **{told_fact(problem): "0" for problem in TOLD_BY_BILL.values()},
}  # fmt: skip
"""90000 ÷ √(90000² + 30000²) = 0.9487, so 0.95."""


def month(start: date, end: date, **other: str) -> dict[str, Decimal]:
    days = {"first_day": str(start.toordinal()), "end_day": str(end.toordinal())}
    return {name: Decimal(number) for name, number in {**MONTH, **days, **other}.items()}


EARLIER = (
    month(date(2025, 3, 1), date(2025, 4, 1), opening="1", closing="2"),
    month(date(2025, 12, 1), date(2026, 1, 1), kwh="99000", opening="1", closing="2"),
    month(date(2026, 1, 1), date(2026, 2, 1), kwh="101000", opening="2", closing="3"),
    month(date(2026, 2, 1), DAY, kwh="98000", demand_kw="410", opening="3", closing="4", days="28"),
)
QUIET = with_history(month(DAY, date(2026, 4, 1), opening="4", closing="5"), EARLIER)
LIMITS = Limits.of(limits_documents(), DAY, Of())

SPEAKING: Mapping[str, Mapping[str, str]] = {
    "period_gap": {"end_day_1": str(DAY.toordinal() - 1)},
    "period_overlap": {"end_day_1": str(DAY.toordinal() + 1)},
    "period_length_abnormal": {"days": "25"},  # the median of 28, 31 and 31 is 31
    "duplicate_bill": {"kwh_0": "100000", "money_0": "60000"},
    "facts_disagree": {"cosphi_told": "0.94"},
    "zero_total_with_energy": {"money": "0"},
    "negative_item": {"negative_lines": "1"},
    "two_part_not_applied": {"kva": "315", "two_part": "0"},
    "one_part_with_basic_charge": {"two_part": "0"},
    "basic_exemption_without_ground": {"exempt": "1"},
    "one_and_half_price": {"agent": "0", "one_and_half": "1"},
    "levy_exemption_without_ground": {"levy_money": "0"},
    "fixed_share_implausible": {"residential_kwh": "20001"},
    "band_share_shift": {"sharp_kwh": "19100", "flat_kwh": "25900"},
    "band_share_implausible": {"peak_kwh": "66000", "flat_kwh": "4000"},
    "registers_swapped": {"peak_kwh": "20000", "valley_kwh": "30000"},
    "class_share_shift": {"residential_kwh": "16000"},  # 16.0 % after 10.2 %
    "basic_charge_jump": {"basic_money": "22081"},  # 18400 × 1.2 = 22080
    "capacity_overrun": {"demand_kw": "960.1"},
    "demand_below_floor": {"demand_kw": "319"},
    "contract_below_floor": {"contract_kw": "319.9"},
    "sealed_but_running": {"running_kva": "134"},  # 134 × 31 × 24 = 99696 kWh
    "demand_zero": {"demand_kw": "0"},
    "demand_repeats": {"demand_kw": "410"},
    "standard_missing": {"standard": "0"},
    "standard_against_class": {"standard": "0.80"},
    "power_factor_shift": {"cosphi_told": "0.89"},
    "power_factor_below_standard": {"cosphi_told": "0.89"},
    "power_factor_without_reactive": {"reactive_kvarh": "0"},
    "reactive_above_active": {"reactive_kvarh": "108001"},
    "photovoltaic_power_factor": {"feeds_in": "1", "kwh": "49999", "cosphi_told": "0.85"},
    "ratio_changed_without_order": {"multiplier": "800"},
    "opening_differs": {"opening": "4.01"},
    "zero_energy": {"kwh": "0"},
    "energy_jump": {"kwh": "127401"},  # 98000 × 1.3 = 127400
    "energy_against_last_year": {"kwh": "150001"},
    "money_against_last_year": {"money": "29999.99"},
    "estimated_repeated": {"estimated": "1", "estimated_1": "1"},
    "estimate_suspected": {"kwh_1": "100000", "kwh_2": "100000"},
    "loss_missing": {"loss_told": "0"},
    "loss_on_high_side": {"low_side": "0", "transformer_loss_kwh": "1"},
    "loss_implausible": {"loss_kwh": "5001"},
    "change_review": {"changes": "1"},
    "correction_review": {"refund_lines": "1"},
    "correction_unfounded": {"bare_refunds": "1"},
    "change_without_order": {"kva_1": "630", "running_kva_1": "630"},
    "mode_changed_early": {"by_capacity_1": "0", "by_contract_1": "1"},
    "reading_day_moved": {"reading_day_1": "27"},
    "correction_repeated": {"refund_lines": "1", "refund_lines_3": "1"},
    **{code: {told_fact(problem): "1"} for code, problem in TOLD_BY_BILL.items()},
}
STILL_QUIET: Mapping[str, Mapping[str, str]] = {
    "one_and_half_price": {"agent": "0", "one_and_half": "1", "agent_1": "0", "market_1": "1"},
    "levy_exemption_without_ground": {"levy_money": "0", "levies_apart": "0"},
    "registers_swapped": {"peak_kwh": "30001"},
    "change_without_order": {"kva_1": "630", "changes_1": "1"},
    "mode_changed_early": {"by_capacity": "0"},
    "reading_day_moved": {"reading_day_1": "27", "changes": "1"},
    "correction_repeated": {"refund_lines": "1"},
    "one_part_with_basic_charge": {"two_part": "0", "basic_money": "0"},
    "standard_against_class": {"standard": "0.80", "farm": "1"},
    "capacity_overrun": {"by_capacity": "0", "demand_kw": "961"},
    "energy_jump": {"kwh": "127400"},
    "estimate_suspected": {"kwh_1": "100000", "kwh_2": "100000", "estimated": "1"},
    "ratio_changed_without_order": {"multiplier": "800", "exchanged": "1"},
    "loss_missing": {"loss_told": "0", "high_voltage": "0"},
}


def told(**other: str) -> dict[str, Decimal]:
    return {**QUIET, **{name: Decimal(number) for name, number in other.items()}}


def answers(facts: Mapping[str, Decimal]) -> dict[str, Answer]:
    return {finding.check.code: finding.answer for finding in judge(facts, LIMITS)}


def test_a_quiet_month_passes_every_check() -> None:
    assert answers(QUIET) == dict.fromkeys([check.code for check in ALL], Answer.PASSES)


@pytest.mark.parametrize("code", [check.code for check in ALL])
def test_a_check_speaks_of_what_it_is_for(code: str) -> None:
    assert answers(told(**SPEAKING[code]))[code] is Answer.SPEAKS


@pytest.mark.parametrize("code", STILL_QUIET)
def test_a_check_is_silent_beside_it(code: str) -> None:
    assert answers(told(**STILL_QUIET[code]))[code] is Answer.PASSES


def test_who_left_the_market_and_pays_the_agents_single_price_is_told() -> None:
    assert answers(told(agent_1="0", market_1="1"))["one_and_half_price"] is Answer.SPEAKS


def test_columns_answer_as_single_accounts_do() -> None:
    rows = [QUIET, *(told(**SPEAKING[check.code]) for check in ALL), *(told(**each) for each in STILL_QUIET.values())]
    singles = [answers(row) for row in rows]
    for check in ALL:
        columns: list[Value] = [column_of([row[name] for row in rows]) for name in check.inputs]
        speaks = asked(check, columns, LIMITS) > 0
        expected = [row[check.code] is Answer.SPEAKS for row in singles]
        assert np.broadcast_to(speaks.rows, len(rows)).tolist() == expected, check.code  # type: ignore[union-attr]


def column_of(numbers: list[Decimal]) -> Column:
    scale = max(map(places_of, numbers))
    return Column.of(np.array([int(EXACT.scaleb(number, scale)) for number in numbers]), scale)


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.code)
def test_without_one_of_its_facts_a_check_is_not_made_and_says_which(check: object) -> None:
    for name in check.inputs:  # type: ignore[attr-defined]
        [finding] = [
            each
            for each in judge({key: number for key, number in QUIET.items() if key != name}, LIMITS)
            if each.check is check
        ]
        assert (finding.answer, finding.missing) == (Answer.NOT_CHECKED, (name,))


def test_every_fact_has_a_word_and_every_check_of_the_catalogue_a_place() -> None:
    bases = {name.rstrip("0123456789").removesuffix("_") for check in ALL for name in check.inputs}
    assert bases <= set(FACTS)
    assert {check.code for check in ALL} & set(LEFT_OUT) == set()
    assert len(ALL) + len(LEFT_OUT) == 126
    assert set(WHY_LEFT_OUT) == set(Why)
    assert set(NAMES) == {check.code for check in ALL} | set(LEFT_OUT)
    assert len({pair.chinese for pair in NAMES.values()}) == len(NAMES)


def test_no_contradiction_has_a_limit() -> None:
    assert all(not check.limits for check in CHECKS if check.level is Level.CONTRADICTION)

    def limited(kwh: Value, *, limit: Decimal) -> Value:
        raise NotImplementedError

    with pytest.raises(AssertionError, match="a contradiction has no limit"):
        made(limited, Level.CONTRADICTION)


def test_the_published_shift_of_a_band_is_told_and_the_demand_of_405_kw_is_not() -> None:
    """10 kV, 800 kVA by capacity: energy +45.65 %, sharp 2.48 % → 19.1 %; the kilowatt-hours are made to these shares."""
    before = {
        "sharp_kwh_1": "2480",
        "peak_kwh_1": "37520",
        "flat_kwh_1": "40000",
        "valley_kwh_1": "20000",
        "deep_valley_kwh_1": "0",
    }
    now = {
        "sharp_kwh": "27819",
        "peak_kwh": "46608",
        "flat_kwh": "46608",
        "valley_kwh": "24615",
        "deep_valley_kwh": "0",
    }
    residents = {"residential_kwh_1": "10000", "residential_kwh": "14565"}
    facts = told(**before, **now, **residents, kwh_1="100000", kwh="145650", demand_kw="405")
    speaking = {code for code, answer in answers(facts).items() if answer is Answer.SPEAKS}
    assert speaking == {"energy_jump", "band_share_shift"}
