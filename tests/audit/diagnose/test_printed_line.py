"""A whole printed line that is not billed, or twice: what it moves, and that it is found in real bills, printed as they are."""

from decimal import Decimal
from typing import Any

import pytest

from billcalc.audit.diagnose.cause import Instance, Situation
from billcalc.audit.diagnose.causes.printed_line import PRINTED_LINE
from billcalc.audit.diagnose.diagnosis import Telling
from billcalc.audit.diagnose.report import diagnosis_text, telling_rows
from billcalc.audit.issued import IssuedBill
from billcalc.billing.request import Request
from billcalc.explain.naming import names_of
from billcalc.explain.printing import plain_text
from billcalc.fields import validated
from billcalc.files.loading import load
from billcalc.kernel.decimals import decimal_text, exact_sum
from billcalc.kernel.scalars import number_of
from billcalc.library.catalog import load_catalog
from billcalc.words.lexicon import CHINESE, ENGLISH
from tests.audit.diagnose.samples import SAMPLES, tariffs
from tests.audit.injecting import diagnosed, instances, lines, printed, situation
from tests.documents import ROOT


def of_fixture(name: str) -> Situation:
    request = load(Request, ROOT / "fixtures/official" / name / "request.yaml")
    return situation(request, load_catalog(ROOT / "tariffs", areas=[request.area]))


def one(where: Situation, line: str, value: str) -> Instance:
    return next(each for each in PRINTED_LINE.find(where) if (each.facts["line"], each.value) == (line, value))


def as_printed(issued: IssuedBill, *, drop: str = "", repeat: str = "", untold: tuple[str, ...] = ()) -> IssuedBill:
    """The issued bill without the rows of a section, or with each of them twice, some columns not printed; it adds up."""
    data: dict[str, Any] = issued.model_dump(mode="json", by_alias=True, exclude_unset=True)
    told = [{key: value for key, value in row.items() if key not in untold} for row in data["lines"]]
    rows = [row for row, whole in zip(told, data["lines"], strict=True) if whole["section"] != [drop]]
    rows += [row for row, whole in zip(told, data["lines"], strict=True) if whole["section"] == [repeat]]
    total = exact_sum(validated(IssuedBill, {"lines": rows}).lines[at].amount for at in range(len(rows)))
    return validated(IssuedBill, {**data, "lines": rows, "total": decimal_text(total)})


@pytest.mark.parametrize(
    ("name", "line", "section"),
    [
        ("guangxi-2024-06-p1", "levies", "levies"),  # four components in one printed line
        ("guangxi-2024-06-p1", "system_operation", "system_operation"),  # two lines in a section
        ("mengxi-2025-03", "levies", "levies"),
    ],
)
def test_a_row_that_is_not_printed_or_twice_is_one_cause(name: str, line: str, section: str) -> None:
    """Levies and system operation are in no power factor of these areas, or their part of it is what the cause makes."""
    where = of_fixture(name)
    for value in ("none", "twice"):
        cause = one(where, line, value)
        whole = printed(lines(where, [cause]))
        found = diagnosed(where, whole)
        assert found.status == "proved"
        assert {cause} in [set(answer.causes) for answer in found.answers], value
        assert all(len(answer.causes) == 1 for answer in found.answers)
        assert {each.section for each in found.difference or {}} <= {section, "power_factor"}


@pytest.mark.parametrize("untold", [(), ("group",), ("from", "to"), ("group", "from", "to", "section")])
def test_rows_of_a_bill_that_stand_twice_on_the_paper_are_proved(untold: tuple[str, ...]) -> None:
    where = of_fixture("guangxi-2024-06-p1")
    right = printed(lines(where, ()))
    found = diagnosed(where, as_printed(right, repeat="levies", untold=untold))
    assert [[(each.cause, each.value) for each in answer.causes] for answer in found.answers] == [
        [("printed_line", "twice")]
    ]
    text = plain_text(diagnosis_text(found, lexicon=CHINESE))
    assert "“基金及附加费”整行重复计收" in text
    gone = diagnosed(where, as_printed(right, drop="levies", untold=untold))
    assert "“基金及附加费”整行漏计" in plain_text(diagnosis_text(gone, lexicon=CHINESE))
    assert "was not billed" in plain_text(diagnosis_text(gone, lexicon=ENGLISH))


def test_each_line_that_is_billed_twice_is_rounded_by_itself() -> None:
    """Twice the amount of each printed line, to the fen, where twice the price may come to a fen more or less."""
    where = of_fixture("chongqing-lines")
    right = {(each.name, each.band): number_of(each.amount) for each in lines(where, ())}
    for cause in (each for each in PRINTED_LINE.find(where) if each.value == "twice"):
        codes = cause.slot.removeprefix("line.").split("+")
        made = [each for each in lines(where, [cause]) if each.name.code.removesuffix("+") in codes]
        assert len(made) == 2 * sum(name.code in codes for name, _ in right)
        amounts = [number_of(each.amount) for each in made if each.name.code.endswith("+")]
        assert sorted(amounts) == sorted(amount for (name, _), amount in right.items() if name.code in codes)


def test_of_a_total_alone_a_second_line_is_told_apart_by_its_amount() -> None:
    where = of_fixture("guangxi-2024-06-p1")
    twice = one(where, "levies", "twice")
    found = diagnosed(where, printed(lines(where, [twice]), "total"), sizes_max=1)
    assert {twice} in [set(answer.causes) for answer in found.answers]
    figure = Telling("levies+", "main", "", "amount", (None, Decimal("20427.33")))
    [row] = telling_rows([figure], names_of(where.bill, CHINESE))
    assert row == ("基金及附加费（重复行）（金额）", "无", "20427.33")


def test_a_component_alone_is_left_out_by_a_cause_of_its_own() -> None:
    where = situation(SAMPLES["plain"], tariffs())
    assert {each.value for each in PRINTED_LINE.find(where)} == {"twice"}
    assert "component_left_out" in {each.cause for each in instances(where)}
