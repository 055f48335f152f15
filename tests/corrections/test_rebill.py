"""Laws of corrections, and what a correction may not be made of."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billcalc.billing.calculate import calculate
from billcalc.corrections.rebill import Correction, cancelled, rebill
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.runs.corrections import correction_rules, undo
from billcalc.wire.corrections import bill_hashes, correction_data, earlier_of
from tests.corrections.cases import case_of, catalog, month, rebilled

JANUARY = {"from": "2023-01-01", "to": "2023-02-01"}
MULTIPLIER: dict[str, Any] = {"cause": "倍率不符", "right": {"metering_points.0.config.0.multiplier": "12"}}


def unpriced() -> dict[str, Any]:
    """A month without any price."""
    return {key: value for key, value in month().items() if key != "price_sheet"}


def check_laws(found: Correction) -> None:
    """Its documents sum to its money, line by line and in total; each original stays what it was."""
    for each, stated in zip(
        found.months, sorted(found.case.months, key=lambda one: one.billed.period.start), strict=True
    ):
        assert each.original == calculate(stated.billed, catalog())
        off = cancelled(each.original.lines)
        assert exact_sum(line.amount for line in (*off, *each.right.lines)) == each.money
        assert exact_sum(line.amount for line in each.difference) == each.money
        assert each.right.total - each.original.total == each.money
    assert exact_sum(each.money for each in found.changed) == found.money


def test_a_wrong_multiplier_is_billed_anew() -> None:
    """12 for 10 is a fifth more: of 1,200 + 480 + 160 yuan 368."""
    found = rebilled(case_of(**MULTIPLIER))

    check_laws(found)
    assert found.money == Decimal("368.00")
    assert [(line.band, f"{line.quantity:f}", f"{line.amount:f}") for line in found.months[0].difference] == [
        ("peak", "200", "240.00"),
        ("flat", "120", "96.00"),
        ("valley", "80", "32.00"),
    ]


def test_rebilling_a_correct_bill_is_empty() -> None:
    found = rebilled(case_of(cause="multiplier", right={"metering_points.0.config.0.multiplier": "10"}))

    assert found.changed == ()
    assert found.money == 0
    assert correction_data(found)["documents"] == []


@pytest.mark.no_cover
@settings(max_examples=15)
@given(
    shown=st.tuples(*[st.integers(0, 999).map(str)] * 3),
    error=st.integers(-50, 50).map(lambda number: str(Decimal(number).scaleb(-2))),
    end=st.integers(2, 59),
)
def test_a_correction_and_its_undoing_come_to_nothing(shown: tuple[str, str, str], error: str, end: int) -> None:
    day = f"2023-{1 + end // 32:02d}-{end if end < 32 else end - 31:02d}"
    case = case_of(month(1, shown), month(2, shown), cause="meter_error", error=error, **{**JANUARY, "to": day})
    found = rebilled(case)
    check_laws(found)
    made = earlier_of(correction_data(found), where="made.json")
    back = undo(made, case, catalog())

    assert isinstance(back, Correction)
    assert back.money + found.money == 0
    both: dict[Any, Decimal] = {}
    for correction in (found, back):
        for each in correction.months:
            for line in each.difference:
                name = (each.original.period, line.code, line.band)
                both[name] = both.get(name, Decimal(0)) + line.amount
    assert not any(both.values())


def test_a_correction_is_not_corrected_until_it_is_undone() -> None:
    case = case_of(**MULTIPLIER)
    found = rebilled(case)
    made = earlier_of(correction_data(found), where="made.json")
    right = {"metering_points.0.config.0.multiplier": "11"}
    again = case_of(cause="multiplier", right=right)
    replaced = month()
    replaced["metering_points"][0]["config"][0]["multiplier"] = "12"

    for wrong in (again, case_of(replaced, cause="multiplier", right=right)):
        with pytest.raises(InvalidInput, match="a correction is not corrected"):
            rebilled(wrong, made)

    back = undo(made, case, catalog())
    assert isinstance(back, Correction)
    undone = earlier_of(correction_data(back), where="undone.json")
    assert rebilled(again, made, undone).money == Decimal("184.00")
    for other, earlier in ((undone, ()), (made, (undone,))):
        with pytest.raises(InvalidInput, match="an undoing is not undone"):
            undo(other, case, catalog(), earlier=earlier)


def test_a_correction_that_comes_out_otherwise_is_not_undone() -> None:
    found = rebilled(case_of(**MULTIPLIER))
    made = earlier_of(correction_data(found), where="made.json")

    with pytest.raises(InvalidInput, match="do not come out as they stand here"):
        undo(made, case_of(cause="multiplier", right={"metering_points.0.config.0.multiplier": "13"}), catalog())
    refused = undo(made, case_of(unpriced(), **MULTIPLIER), catalog())
    assert isinstance(refused, Refusal)


def test_an_earlier_correction_of_nothing_stands_in_no_way() -> None:
    empty = rebilled(case_of(cause="multiplier", right={"metering_points.0.config.0.multiplier": "10"}))
    made = earlier_of(correction_data(empty), where="made.json")

    assert bill_hashes(empty) == ()
    assert rebilled(case_of(**MULTIPLIER), made).money == Decimal("368.00")


def test_months_overlap_in_no_case() -> None:
    with pytest.raises(InvalidInput, match="overlap, from 2023-01-01 on"):
        rebilled(case_of(month(), month(), **MULTIPLIER))


def test_what_is_right_bills_no_day_twice() -> None:
    days = {
        "cycle.from": "2023-01-15",
        "cycle.to": "2023-02-15",
        "period.from": "2023-01-15",
        "period.to": "2023-02-15",
    }
    readings = {f"metering_points.0.readings.{place}.at": f"2023-{place + 1:02d}-15" for place in (0, 1)}
    moved = {"billed": month(2), "right": {**days, **readings}}

    with pytest.raises(InvalidInput, match="with what is right the months of the case overlap, from 2023-01-15 on"):
        rebilled(case_of(month(), moved, cause="register", right={"metering_points.0.config.0.digits": 7}))


def test_every_day_that_was_wrong_is_in_a_month() -> None:
    with pytest.raises(InvalidInput, match="the days 2023-02-01 to 2023-02-28 were wrong"):
        rebilled(case_of(month(), month(3), cause="meter_error", error="0.1", **{**JANUARY, "to": "2023-04-01"}))


def test_what_is_cancelled_is_what_was_issued() -> None:
    case = case_of({"billed": month(), "issued": "1840.01"}, **MULTIPLIER)

    with pytest.raises(InvalidInput, match=r"the issued bill comes to 1840\.01, and its request to 1840"):
        rebilled(case)
    assert rebilled(case_of({"billed": month(), "issued": "1840"}, **MULTIPLIER)).money == Decimal("368.00")


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"right": {"metering_points.0.config.0.multiplier": "x"}}, "/right/metering_points.0.config.0.multiplier"),
        ({"right": {"metering_points.0.readings.1.peak": "-1"}}, "/right/metering_points.0.readings.1.peak"),
        ({"right": {"agreement.0.groups.main.colour": "red"}}, "/right/agreement.0.groups.main.colour"),
        ({"right": {"agreement.0.from": "2023-01-16"}}, "/months/0/billed/agreement"),
        ({"right": {"agreement.2.from": "2023-01-16"}}, "/months/0/billed/agreement"),
        ({"right": {".".join("a" * 40): "1"}}, "/months/0/billed/a/a"),
    ],
)
def test_what_is_wrong_with_the_right_is_told_where_it_stands(told: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        rebilled(case_of(cause="multiplier", **told))

    assert raised.value.faults[0].where.startswith(where)


def test_what_is_wrong_with_a_month_is_told_there() -> None:
    wrong = month()
    wrong["agreement"][0]["from"] = "2023-01-16"
    with pytest.raises(InvalidInput) as raised:
        rebilled(case_of(wrong, **MULTIPLIER))
    assert raised.value.faults[0].where.startswith("/months/0/billed/agreement")

    refused = rebill(case_of(unpriced(), **MULTIPLIER), catalog(), correction_rules())
    assert isinstance(refused, Refusal)
    assert refused.where.startswith("/months/0/billed")


def test_what_cannot_be_billed_when_it_is_right_is_refused() -> None:
    right = {"metering_points.0.readings.1.valley": None}
    found = rebill(case_of(cause="register", right=right), catalog(), correction_rules())

    assert isinstance(found, Refusal)
    assert found.code is RefusalCode.READING_MISSING


def test_the_months_of_a_case_have_one_currency() -> None:
    own = {"currency": "TWD", "clock": "+08:00"}
    other = month(2, area="xx-test", own_area=own)

    with pytest.raises(InvalidInput, match="several currencies"):
        rebilled(case_of(month(), other, **MULTIPLIER))


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"right": {"price_sheet.not_charge": None, "metering_points.0.config.0.multiplier": "12"}}, "/right/"),
        (
            {
                "right": {"metering_points.0.config.0.multiplier": "12"},
                "months": [{"billed": month()}, {"billed": month(2), "right": {"price_sheet.not_charge": None}}],
            },
            "/months/1/right/",
        ),
    ],
)
def test_what_is_left_out_was_there(told: dict[str, Any], where: str) -> None:
    with pytest.raises(InvalidInput, match="no month has anything there") as raised:
        rebilled(case_of(cause="multiplier", **told))
    assert raised.value.faults[0].where == where + "price_sheet.not_charge"


def test_what_one_month_has_may_be_left_out_of_all() -> None:
    case = case_of(month(), month(2, changes=[]), cause="multiplier", right={"changes": None})
    assert not rebilled(case).changed


def test_a_case_that_was_undone_and_made_again_stands() -> None:
    case = case_of(**MULTIPLIER)
    made = earlier_of(correction_data(rebilled(case)), where="made.json")
    back = undo(made, case, catalog())
    assert isinstance(back, Correction)
    undone = earlier_of(correction_data(back), where="undone.json")
    again = earlier_of(correction_data(rebilled(case, made, undone)), where="again.json")

    with pytest.raises(InvalidInput, match="a correction is not corrected"):
        rebilled(case, made, undone, again)
