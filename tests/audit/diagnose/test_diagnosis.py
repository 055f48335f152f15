"""What a diagnosis says: proofs, parts and what hinders one; its money sums in every cell."""

import json
from decimal import Decimal
from typing import Any

import pytest

from billcalc.audit.diagnose.cause import Instance, Situation
from billcalc.audit.diagnose.diagnosis import Diagnosis, diagnose
from billcalc.audit.diagnose.report import diagnosis_text
from billcalc.audit.issued import IssuedBill, IssuedLine
from billcalc.explain.printing import plain_text
from billcalc.fields import validated
from billcalc.kernel.troubles import Refusal
from billcalc.wire.diagnosis import DiagnosisData, diagnosis_data, diagnosis_schema
from billcalc.wire.schema import schema_of
from billcalc.words.lexicon import LEXICONS
from tests.audit.diagnose.samples import SAMPLES, tariffs
from tests.audit.injecting import diagnosed, instances, issued_under, situation
from tests.billing.cases import parsed, point, reading, request

PLAIN = situation(SAMPLES["plain"], tariffs())


def one(where: Situation, cause: str, value: str = "") -> Instance:
    return next(each for each in instances(where) if each.cause == cause and value in each.slot + each.value)


STANDARD, VOLTAGE = one(PLAIN, "standard", "0.85"), one(PLAIN, "voltage", "<1kV")
LEVY, BASE = one(PLAIN, "component_left_out", "fund"), one(PLAIN, "power_factor_base", "network_energy")


def with_amount(issued: IssuedBill, row: int, amount: str) -> IssuedBill:
    """The bill with one amount typed otherwise, and its total so that it adds up."""
    data = issued.model_dump(mode="json", by_alias=True, exclude_unset=True)
    apart = Decimal(amount) - Decimal(data["lines"][row]["amount"])
    data["lines"][row]["amount"] = amount
    data["total"] = str(Decimal(data["total"]) + apart)
    return validated(IssuedBill, data)


def three_wrong() -> tuple[Situation, list[Instance]]:
    sample = situation(SAMPLES["demand"], tariffs())
    causes = [
        one(sample, *each) for each in (("voltage", "<1kV"), ("discount", "always"), ("component_left_out", "fund"))
    ]
    return sample, causes


def assert_sums(found: Diagnosis) -> None:
    """Parts and unexplained are the difference in every cell, and the shares what the parts are."""
    for answer in found.answers:
        whole: dict[Any, int] = dict(answer.unexplained)
        for part in answer.parts.values():
            for cell, fen in part.items():
                whole[cell] = whole.get(cell, 0) + fen
        assert {cell: fen for cell, fen in whole.items() if fen} == found.difference
        assert sum(answer.shares) == sum(sum(part.values()) for part in answer.parts.values())


def test_a_correct_bill_has_no_cause() -> None:
    for shape in ("lines", "bands", "sections", "total"):
        found = diagnosed(PLAIN, issued_under(PLAIN, (), shape))
        assert (found.status, found.answers) == ("agrees", ())


@pytest.mark.parametrize("causes", [(STANDARD, VOLTAGE), (VOLTAGE, LEVY), (LEVY, STANDARD), (VOLTAGE, BASE)])
def test_a_bill_that_is_wrong_in_two_ways_has_both_causes(causes: tuple[Instance, ...]) -> None:
    found = diagnosed(PLAIN, issued_under(PLAIN, causes))
    assert found.status == "proved"
    assert set(causes) in [set(answer.causes) for answer in found.answers]
    assert not any(answer.unexplained for answer in found.answers)
    assert_sums(found)


def test_a_bill_that_is_wrong_in_three_ways_has_all_of_them() -> None:
    sample, causes = three_wrong()
    found = diagnosed(sample, issued_under(sample, causes), sets_max=20000)
    assert set(causes) in [set(answer.causes) for answer in found.answers]
    assert_sums(found)


@pytest.mark.parametrize("shape", ["bands", "sections", "total"])
def test_a_coarser_bill_is_explained_as_well(shape: str) -> None:
    found = diagnosed(PLAIN, issued_under(PLAIN, [VOLTAGE], shape))
    assert found.status == "proved"
    assert {VOLTAGE} in [set(answer.causes) for answer in found.answers]
    assert_sums(found)


def test_a_sum_that_crosses_others_stands_beside_them_and_in_no_sum() -> None:
    """By section and by group: the network's money is in both, and the difference is that of the total."""
    where = situation(SAMPLES["two"], tariffs())
    voltage = one(where, "voltage", "<1kV")
    found = diagnosed(where, issued_under(where, [voltage], "crossing"), sizes_max=1)
    assert {voltage} in [set(answer.causes) for answer in found.answers]
    text = plain_text(diagnosis_text(found, lexicon=LEXICONS["zh"]))  # type: ignore[index]
    rows = text.splitlines()
    [crossing, *_] = [row for row in rows if "与其他小计交叉，不计入合计" in row]
    assert crossing.startswith("main")
    total = found.comparison.difference
    assert f"账单减重算：{total:f}" in text
    assert any(row.split()[:2] == ["合计", f"{total:.2f}"] for row in rows)


def test_what_cannot_be_told_apart_is_told_together_with_what_would() -> None:
    sample = situation(SAMPLES["plain"], tariffs())
    exempt, suspended = one(sample, "basic_mode", "exempt"), one(sample, "suspension")
    found = diagnosed(sample, issued_under(sample, [exempt], "total"))
    told = [set(answer.causes) for answer in found.answers]
    assert {exempt} in told
    assert {suspended} in told
    assert found.telling
    assert "what would tell them apart" in plain_text(diagnosis_text(found, lexicon=LEXICONS["en"]))  # type: ignore[index]
    other = diagnosed(sample, issued_under(sample, [one(sample, "price_table", "2020-01-01")]))
    assert len(other.answers) > 1, "the month before and after have the same prices"
    assert other.telling == ()
    text = plain_text(diagnosis_text(other, lexicon=LEXICONS["en"]))  # type: ignore[index]
    assert "no figure of a bill tells them apart" in text


def test_one_known_cause_with_an_unknown_one_is_a_part() -> None:
    issued = with_amount(issued_under(PLAIN, [LEVY]), 0, "812.34")
    found = diagnosed(PLAIN, issued)
    assert found.status == "part"
    assert [set(answer.causes) for answer in found.answers] == [{LEVY}]
    [answer] = found.answers
    assert sum(answer.unexplained.values()) == 1234
    assert_sums(found)


def test_an_unknown_error_has_no_cause() -> None:
    found = diagnosed(PLAIN, with_amount(issued_under(PLAIN, ()), 0, "811.37"), sets_max=20000)
    assert (found.status, found.answers, found.is_complete) == ("unexplained", (), True)
    assert found.difference is not None
    assert sum(found.difference.values()) == 1137


def test_a_search_that_ended_early_says_so() -> None:
    issued = with_amount(issued_under(PLAIN, ()), 0, "811.37")
    for sets_max in (0, 1):
        found = diagnosed(PLAIN, issued, sets_max=sets_max)
        assert not found.is_complete
        assert "not all sets" in plain_text(diagnosis_text(found, lexicon=LEXICONS["en"]))  # type: ignore[index]


@pytest.mark.parametrize(
    ("change", "hindrance"),
    [
        ({"total": "1.00"}, "does_not_add_up"),
        ({"lines": [{"name": "what is this", "amount": "1.00"}]}, "unmapped"),
        ({"lines": [{"code": "purchase", "band": "peak", "amount": "800.005"}]}, "not_fen"),
    ],
)
def test_what_is_wrong_with_the_bill_itself_is_told_first(change: dict[str, Any], hindrance: str) -> None:
    data = issued_under(PLAIN, ()).model_dump(mode="json", by_alias=True, exclude_unset=True)
    issued = validated(IssuedBill, {**data, "total": None, **change})
    found = diagnosed(PLAIN, issued)
    assert [each.value for each in found.hindrances] == [hindrance]
    assert found.answers == ()
    for lexicon in LEXICONS.values():
        assert plain_text(diagnosis_text(found, lexicon=lexicon))


@pytest.mark.parametrize("codes", [["total"], ["no_such_code"], ["purchase", "no_such_code"]])
def test_an_amount_of_an_unknown_code_is_told_before_any_cause(codes: list[str]) -> None:
    data = issued_under(PLAIN, [STANDARD, LEVY]).model_dump(mode="json", by_alias=True, exclude_unset=True)
    lines = [*data["lines"], {"code": codes, "amount": "1.00"}]
    found = diagnosed(PLAIN, validated(IssuedBill, {**data, "total": None, "lines": lines}))
    assert ([each.value for each in found.hindrances], found.answers) == (["unmapped"], ())


def test_a_code_of_the_tariffs_that_the_recomputed_bill_lacks_may_be_there_by_a_cause() -> None:
    data = issued_under(PLAIN, ()).model_dump(mode="json", by_alias=True, exclude_unset=True)
    lines = [*data["lines"], {"code": "half_again", "amount": "1.00"}]
    found = diagnosed(PLAIN, validated(IssuedBill, {**data, "total": None, "lines": lines}), sets_max=1)
    assert found.hindrances == ()


def test_rows_that_could_not_be_read_are_told_first() -> None:
    row = validated(IssuedLine, {"name": "energy", "amount": "0"})
    found = diagnosed(PLAIN, issued_under(PLAIN, [LEVY]), unread=[row])
    assert "not_read" in found.hindrances


def test_what_cannot_be_billed_is_refused() -> None:
    elsewhere = PLAIN.request.model_copy(update={"area": "cn-gansu"})
    assert isinstance(diagnose(elsewhere, issued_under(PLAIN, ()), tariffs()), Refusal)


# What is shown


def test_the_text_has_both_causes_their_money_rule_and_file() -> None:
    found = diagnosed(PLAIN, issued_under(PLAIN, (STANDARD, VOLTAGE)))
    text = plain_text(diagnosis_text(found, lexicon=LEXICONS["zh"]))  # type: ignore[index]
    for part in (
        "已证实",
        "功率因数标准记为 0.85，应为 0.90",
        "电价计费",
        "依据",
        "核查",
        "单独 A",
        "A+B 共同",
        "未解释",
    ):
        assert part in text, text


@pytest.mark.parametrize("causes", [(), (LEVY,), (STANDARD, VOLTAGE)], ids=["none", "one", "two"])
def test_the_data_has_the_shape_that_is_declared(causes: tuple[Instance, ...]) -> None:
    import jsonschema

    data = diagnosis_data(diagnosed(PLAIN, issued_under(PLAIN, causes)))
    jsonschema.validate(json.loads(json.dumps(data)), schema_of(DiagnosisData))
    assert diagnosis_schema()["type"] == "object"
    exempt = diagnosed(PLAIN, issued_under(PLAIN, [one(PLAIN, "basic_mode", "exempt")], "total"))
    assert all(each["values"] for each in diagnosis_data(exempt)["telling"])


def test_subtotals_without_a_total_are_compared() -> None:
    data = issued_under(PLAIN, [LEVY], "sections").model_dump(mode="json", by_alias=True, exclude_unset=True)
    found = diagnosed(PLAIN, validated(IssuedBill, {**data, "total": None}))
    assert {LEVY} in [set(answer.causes) for answer in found.answers]


@pytest.mark.parametrize("line", [{"name": "a line of nothing", "amount": "0.00"}, {"code": "other", "amount": "0.00"}])
def test_a_printed_nothing_is_no_difference(line: dict[str, str]) -> None:
    data = issued_under(PLAIN, ()).model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert diagnosed(PLAIN, validated(IssuedBill, {**data, "lines": [*data["lines"], line]})).status == "agrees"


def test_a_supply_point_without_demand_registers_has_no_multiplier_of_it() -> None:
    asked = parsed(request(metering_points=[point(readings=[
        reading("2024-07-01", "opening", peak="0", flat="0", valley="0", reactive_forward="0"),
        reading("2024-08-01", "closing", peak="10", flat="20", valley="30", reactive_forward="12"),
    ])]))  # fmt: skip
    assert "demand_multiplier" not in {each.cause for each in instances(situation(asked, tariffs()))}


def without_rows(issued: IssuedBill, *rows: int) -> IssuedBill:
    """The bill with some rows not printed; its total has them."""
    kept = tuple(line for row, line in enumerate(issued.lines) if row not in rows)
    return issued.model_copy(update={"lines": kept})


def test_a_bill_that_prints_some_of_its_lines_is_compared_on_them_and_on_the_rest_together() -> None:
    assert diagnosed(PLAIN, without_rows(issued_under(PLAIN, ()), 0, 3)).status == "agrees"
    found = diagnosed(PLAIN, without_rows(issued_under(PLAIN, [VOLTAGE]), 0, 4))
    assert {VOLTAGE} in [set(answer.causes) for answer in found.answers]
    assert_sums(found)
    hidden = diagnosed(PLAIN, without_rows(issued_under(PLAIN, [STANDARD]), 0, len(issued_under(PLAIN, ()).lines) - 1))
    assert {STANDARD} in [set(answer.causes) for answer in hidden.answers]
    text = plain_text(diagnosis_text(hidden, lexicon=LEXICONS["zh"]))  # type: ignore[index]
    assert "未列明的项目" in text


def test_a_bill_without_a_total_and_without_a_line_lacks_that_line() -> None:
    partial = without_rows(issued_under(PLAIN, ()), 0).model_copy(update={"total": None})
    assert diagnosed(PLAIN, partial, sets_max=0).difference is not None


def test_a_request_of_two_months_is_diagnosed_month_by_month() -> None:
    names = ("peak", "flat", "valley", "reactive_forward", "maximum_demand")
    shown = [("2024-07-01", "opening", "00000"), ("2024-08-01", "cut", "12315"), ("2024-09-01", "closing", "35627")]
    readings = [reading(day, kind, **dict(zip(names, numbers, strict=True))) for day, kind, numbers in shown]
    asked = parsed(request("2024-07-01", "2024-09-01", metering_points=[point(readings=readings)]))
    where = situation(asked, tariffs())
    levy = one(where, "component_left_out", "fund")
    found = diagnose(asked, issued_under(where, [levy]), tariffs())
    assert isinstance(found, Diagnosis)
    assert {levy} in [set(answer.causes) for answer in found.answers]
