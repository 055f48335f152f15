"""Whatever an issued bill says: the differences sum exactly, and no line of either bill is lost or counted twice."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from billcalc.audit import Comparison, IssuedBill, IssuedLine, IssuedSubtotal, compare
from billcalc.audit.comparison import Outcome, Side
from billcalc.audit.report import comparison_text
from billcalc.billing.bill import Bill
from billcalc.explain.printing import plain_text
from billcalc.kernel.decimals import exact_sum
from billcalc.vocabulary import Band, Section
from billcalc.wire.comparison import comparison_data
from billcalc.words.lexicon import CHINESE, ENGLISH
from tests.audit.issuing import NAMES, issued, recomputed

amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
numbers = st.none() | st.decimals(min_value=-(10**6), max_value=10**9, places=6)
sections = st.sets(st.sampled_from(Section), max_size=2).map(tuple)
groups = st.none() | st.sampled_from(["main", "residential", "S1", "elsewhere"])


@st.composite
def other_lines(draw: st.DrawFn, bill: Bill) -> IssuedLine:
    """A line of any codes, some of them the bill's."""
    codes = [*dict.fromkeys(line.code for line in bill.lines), "ancillary_services", "no_such_code"]
    return IssuedLine.model_construct(
        name=draw(st.none() | st.sampled_from(["代购电费", "服务费", "输配电费"])),
        codes=tuple(draw(st.lists(st.sampled_from(codes), max_size=2, unique=True))),
        sections=draw(sections),
        group=draw(groups),
        band=draw(st.none() | st.sampled_from(Band)),
        start=None,
        end=None,
        quantity=draw(numbers),
        price=draw(numbers),
        amount=draw(amounts),
    )


@st.composite
def changed_bills(draw: st.DrawFn) -> tuple[Bill, IssuedBill]:
    """A real bill, of which the lines were changed, dropped, repeated and mixed with others."""
    name = draw(st.sampled_from(NAMES))
    bill, real = recomputed(name), issued(name)
    lines = []
    for line in real.lines:
        changes = {
            "amount": amounts,
            "quantity": numbers,
            "price": numbers,
            "band": st.none() | st.sampled_from(Band),
            "group": groups,
            "sections": sections,
        }
        told = draw(st.sets(st.sampled_from(sorted(changes)), max_size=2))
        changed = line.model_copy(update={key: draw(changes[key]) for key in sorted(told)})
        lines.extend([changed] * draw(st.sampled_from([1, 1, 1, 0, 2])))
    lines.extend(draw(st.lists(other_lines(bill), max_size=4)))
    subtotals = tuple(
        IssuedSubtotal.model_construct(name=None, sections=draw(sections), groups=("main",), amount=draw(amounts))
        for _ in range(draw(st.integers(0, 2)))
    )
    total = draw(st.none() | st.just(real.total) | amounts)
    order = draw(st.permutations(lines))
    update = {"lines": tuple(order), "subtotals": subtotals, "total": total}
    rounded = bill.total + draw(st.sampled_from([Decimal(0), Decimal("0.04")]))
    return replace(bill, total=rounded), real.model_copy(update=update)


tolerances = st.sampled_from([Decimal(0), Decimal("0.01"), Decimal(1000)])


@given(changed_bills(), tolerances)
def test_the_causes_sum_to_the_difference_of_the_totals(bills: tuple[Bill, IssuedBill], tolerance: Decimal) -> None:
    bill, printed = bills
    comparison = compare(bill, printed, tolerance=tolerance)
    assert exact_sum(comparison.causes.values()) == comparison.difference == comparison.total_issued - bill.total
    assert exact_sum(entry.difference for entry in comparison.entries) == lines_of(comparison)
    assert exact_sum(section.difference for section in comparison.sections) == lines_of(comparison)


def lines_of(comparison: Comparison) -> Decimal:
    """What the lines of the two bills differ by."""
    printed = exact_sum(line.amount for line in comparison.issued.lines)
    return printed - exact_sum(line.amount for line in comparison.bill.lines)


@given(changed_bills(), tolerances)
def test_each_line_of_both_bills_is_in_one_entry(bills: tuple[Bill, IssuedBill], tolerance: Decimal) -> None:
    bill, printed = bills
    comparison = compare(bill, printed, tolerance=tolerance)
    assert sorted(row for entry in comparison.entries for row in entry.rows) == list(range(len(printed.lines)))
    ours = [id(line) for entry in comparison.entries for line in entry.recomputed]
    assert sorted(ours) == sorted(id(line) for line in bill.lines)
    for entry in comparison.entries:
        assert entry.issued == tuple(printed.lines[row] for row in entry.rows)
        assert entry.issued or entry.recomputed


@given(changed_bills(), tolerances)
def test_the_three_kinds_are_what_they_say(bills: tuple[Bill, IssuedBill], tolerance: Decimal) -> None:
    comparison = compare(*bills, tolerance=tolerance)
    for entry in comparison.findings:
        one_sided = not (entry.issued and entry.recomputed)
        assert one_sided == (entry.outcome is not Outcome.DIFFERING)
        assert (entry.unmapped is not None) == (entry.outcome is Outcome.UNMAPPED)
        assert (entry.missing_from is Side.ISSUED) == (not entry.issued)
        if entry.effects is not None:
            effects = entry.effects
            assert effects.quantity + effects.price + effects.rest == entry.difference
    for entry in comparison.of(Outcome.TOLERATED):
        assert abs(entry.difference) <= tolerance
    for entry in (*comparison.of(Outcome.ZERO), *comparison.of(Outcome.AGREES)):
        assert entry.difference == 0


@given(changed_bills(), tolerances)
def test_every_comparison_can_be_told(bills: tuple[Bill, IssuedBill], tolerance: Decimal) -> None:
    comparison = compare(*bills, tolerance=tolerance)
    for lexicon in (ENGLISH, CHINESE):
        assert plain_text(comparison_text(comparison, lexicon=lexicon))
        told = comparison_data(comparison, lexicon=lexicon)
        found = len(told["unmapped"]) + len(told["missing"]) + len(told["differing"])
        assert found == len(comparison.findings)
        assert told == comparison_data(compare(*bills, tolerance=tolerance), lexicon=lexicon)


@given(st.integers(1, 36))
@example(28)
def test_amounts_of_many_digits_lose_none(digits: int) -> None:
    bill = recomputed("gansu-refund")
    huge = Decimal(f"{'9' * digits}.99")
    line = IssuedLine(code=("no_such_code",), amount=huge)
    comparison = compare(bill, IssuedBill(lines=(line,), total=Decimal(f"-{huge}")))
    assert exact_sum(comparison.causes.values()) == comparison.difference
    assert comparison.of(Outcome.UNMAPPED)[0].difference == huge
