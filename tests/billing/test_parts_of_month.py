"""A month that is settled in parts: the final part is the whole month less what was billed, row by row."""

from decimal import Decimal

import pytest

from billcalc.billing.bill import Bill
from billcalc.kernel.codes import ProblemCode
from tests.billing.cases import Data, bill, catalog, changed, document, line, lines, moved, point, problems, request


def rows_of(part: Bill) -> list[Data]:
    """The rows of a bill as a later one takes them off."""
    return [
        {"code": each.code, "section": each.section.value, "group": each.group, "amount": str(each.amount)}
        | ({} if each.band is None else {"band": each.band.value})
        | ({"kwh": str(each.quantity)} if each.unit == "kWh" else {})
        for each in part.lines
    ]


def first_part() -> Bill:
    """The first fifteen days, of which the meter tells 400 / 900 / 1,300 kWh."""
    data = changed(request("2024-07-01", "2024-07-16"), {"cycle.to": "2024-08-01"})
    data["metering_points"] = [moved(point(), "2024-07-01", "2024-07-16")]
    shown = {"peak": "4", "flat": "9", "valley": "13", "reactive_forward": "5", "maximum_demand": "4"}
    return bill(changed(data, {"metering_points.0.readings.1": {"at": "2024-07-16", "kind": "closing", **shown}}))


def test_the_final_part_is_the_whole_month_less_what_was_billed() -> None:
    whole, before = bill(request()), first_part()
    final = bill(request(billed_before=rows_of(before)))
    assert final.total == whole.total - before.total
    peak = line(final, "purchase", band="peak")
    # 1,000 kWh less 400, 800.00 less 320.00
    assert (str(peak.quantity), str(peak.amount)) == ("600", "480.00")
    assert [step.term.value for step in peak.steps][-1] == "amount"
    assert line(final, "capacity").quantity == line(whole, "capacity").quantity
    assert line(final, "capacity").amount == line(whole, "capacity").amount - line(before, "capacity").amount
    # the power factor is that of the whole month, its base too
    assert final.power_factors == whole.power_factors
    assert line(final, "power_factor").quantity == line(whole, "power_factor").quantity


def test_what_the_month_does_not_have_is_given_back() -> None:
    row = {"code": "extra", "section": "refunds", "group": "main", "amount": "12.34"}
    final = bill(request(billed_before=[row, {**row, "code": "more", "kwh": "5"}]))
    assert final.total == bill(request()).total - Decimal("24.68")
    assert [str(line(final, code).amount) for code in ("extra", "more")] == ["-12.34", "-12.34"]
    assert (line(final, "extra").quantity, str(line(final, "more").quantity)) == (None, "-5")


def test_energy_that_was_not_told_stays_as_it_was_and_a_row_of_several_lines_is_taken_off_the_last() -> None:
    data = request(billed_before=[{"code": "fund", "section": "levies", "group": "main", "amount": "20"}])
    assert (str(line(bill(data), "fund").quantity), str(line(bill(data), "fund").amount)) == ("6000", "100.00")
    given = {"code": "extra", "section": "energy", "group": "main", "amount": "10.00"}
    twice = request(given=[given, {**given, "amount": "7.00"}], billed_before=[{**given, "amount": "4.00"}])
    assert [str(each.amount) for each in lines(bill(twice), "extra")] == ["10.00", "3.00"]
    assert [each.given for each in lines(bill(twice), "extra")] == [True, False]


@pytest.mark.parametrize(
    ("amount", "kwh", "told"),
    [("320.00", "400", 0), ("400.00", "400", 0), ("32.00", "400", 1), ("3200.00", "4000", 1), ("3.20", "0", 1)],
)
def test_a_row_whose_amount_and_energy_make_no_price_of_the_month_is_a_doubt(amount: str, kwh: str, told: int) -> None:
    """The price at peak is 0.8; 0.3 of it more or less is as much as prices change (3200.00 is more than the month has)."""
    limits = {"changes": {"share": "0.3", "energy": "0.01", "capacity": "3"}}
    tariffs = catalog(limits=document("plausibility", "2020-01-01", limits))
    row = {"code": "purchase", "section": "energy", "group": "main", "band": "peak", "amount": amount, "kwh": kwh}
    found = problems(bill(request(billed_before=[row]), tariffs), ProblemCode.BILLED_BEFORE_DIFFERS)
    assert len(found) == told
    assert {each.where for each in found} <= {"/billed_before/0"}
