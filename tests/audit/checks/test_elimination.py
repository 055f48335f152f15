"""Why the money changed: the parts sum exactly, and the published case names the shift of the band and nothing else."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from billcalc.audit.checks.elimination import Cause, Change, Month, Way, eliminate, month_of
from billcalc.audit.checks.elimination_report import change_text
from billcalc.explain.printing import plain_text
from billcalc.vocabulary import Band, Section
from billcalc.wire.checks import checks_data
from billcalc.words.lexicon import ENGLISH
from tests.audit.issuing import our_bill, our_line

LIMITS = {"held": Decimal("0.05"), "average": Decimal("0.03"), "part": Decimal("0.20")}
BASIC = Decimal(22400)  # 800 kVA × 28
PRICES = {Band.SHARP: "1.07", Band.PEAK: "0.95", Band.FLAT: "0.65", Band.VALLEY: "0.35"}


def published(energy: str, shares: Mapping[Band, str]) -> Month:
    """10 kV, 800 kVA by capacity; a tenth is sub-metered at 0.8. The kilowatt-hours are made to the published ratios."""
    main, other = Decimal(energy) * Decimal("0.9"), Decimal(energy) * Decimal("0.1")
    kwh = {band: main * Decimal(share) for band, share in shares.items()}
    money: dict[Band | None, Decimal] = {band: kwh[band] * Decimal(PRICES[band]) for band in kwh}
    whole = sum(money.values(), other * Decimal("0.8"))
    return Month(
        {"main": kwh, "offices": {Band.TOTAL: other}},
        {"main": money, "offices": {None: other * Decimal("0.8")}},
        whole + BASIC,
    )


MARCH = published("102325", {Band.SHARP: "0.0248", Band.PEAK: "0.325", Band.FLAT: "0.3952", Band.VALLEY: "0.255"})
APRIL = published("149036", {Band.SHARP: "0.191", Band.PEAK: "0.273", Band.FLAT: "0.283", Band.VALLEY: "0.253"})


def total_of(change: Change) -> Fraction:
    return sum((part.amount for part in change.parts), Fraction(0))


def test_the_published_case_names_the_shift_of_the_sharp_band_and_nothing_else() -> None:
    """Energy +45.65 %, money +42.57 %, average 0.693 → 0.743, sharp 2.48 % → 19.1 %, the share of the offices unchanged."""
    change = eliminate(MARCH, APRIL, LIMITS)
    text = plain_text(change_text(change, 0, lexicon=ENGLISH))
    assert "(45.65 %)" in text
    assert "(42.57 %)" in text
    assert change.average is not None
    assert [format(float(each), ".3f") for each in change.average] == ["0.693", "0.743"]
    assert change.way is Way.SAME_WAY
    assert total_of(change) == change.average[1] - change.average[0]
    assert {part.cause for part in change.parts} == {Cause.BAND_SHARE}
    assert [(part.cause, part.group, part.band) for part in change.parts if part.named] == [
        (Cause.BAND_SHARE, "main", "sharp")
    ]
    [sharp] = [part.amount for part in change.parts if part.named]
    assert sharp > Fraction("0.9") * total_of(change)


def simple(kwh: str, money: str, total: str) -> Month:
    return Month({"main": {Band.TOTAL: Decimal(kwh)}}, {"main": {None: Decimal(money)}}, Decimal(total))


def test_a_price_is_named_where_a_price_did_it() -> None:
    """0.5 → 0.6: energy held, money up a fifth."""
    change = eliminate(simple("100", "50", "50"), simple("100", "60", "60"), LIMITS)
    assert (change.way, change.changed) == (Way.OTHERWISE, True)
    assert [(part.cause, part.amount, part.named) for part in change.parts] == [(Cause.PRICE, Fraction(1, 10), True)]


def test_where_the_average_held_no_share_is_a_cause() -> None:
    change = eliminate(simple("100", "50", "50"), simple("100", "51", "51"), LIMITS)
    assert (change.way, change.changed, [part.named for part in change.parts]) == (Way.BOTH_HELD, False, [False])
    assert "no share is a cause" in plain_text(change_text(change, 0, lexicon=ENGLISH))


def test_a_month_without_energy_is_not_split() -> None:
    change = eliminate(simple("0", "0", "0"), simple("100", "51", "51"), LIMITS)
    assert (change.average, change.parts) == (None, ())
    assert "nothing to split" in plain_text(change_text(change, 2, lexicon=ENGLISH))
    assert checks_data((), our_bill(), change)["change"]["average"] == []  # type: ignore[index]


def test_a_group_that_came_moves_shares_and_not_prices() -> None:
    """0.5 for all, then a tenth at 1.0: 0.55; the new share is worth (0.1)·(1 − 0.525), the old one −0.1·(0.5 − 0.525)."""
    came = Month(
        {"main": {Band.TOTAL: Decimal(90)}, "new": {Band.TOTAL: Decimal(10)}},
        {"main": {None: Decimal(45)}, "new": {None: Decimal(10)}},
        Decimal(55),
    )
    change = eliminate(simple("100", "50", "50"), came, LIMITS)
    assert [(part.cause, part.group, part.amount) for part in change.parts] == [
        (Cause.GROUP_SHARE, "main", Fraction("0.0025")),
        (Cause.GROUP_SHARE, "new", Fraction("0.0475")),
    ]


def test_money_of_a_group_without_energy_is_a_part_of_its_own() -> None:
    idle = Month(
        {"main": {Band.TOTAL: Decimal(100)}, "idle": {}},
        {"main": {None: Decimal(50)}, "idle": {None: Decimal(5)}},
        Decimal(55),
    )
    change = eliminate(simple("100", "50", "50"), idle, LIMITS)
    assert [(part.cause, part.amount) for part in change.parts] == [(Cause.WITHOUT_ENERGY, Fraction("0.05"))]


NUMBERS = st.integers(0, 10**6).map(Decimal)


@st.composite
def months(draw: st.DrawFn) -> Month:
    groups = draw(st.lists(st.sampled_from(["a", "b", "c"]), unique=True, min_size=1))
    kwh = {
        group: {band: draw(NUMBERS) for band in draw(st.sets(st.sampled_from(list(PRICES)), min_size=1))}
        for group in groups
    }
    money: dict[str, dict[Band | None, Decimal]] = {
        group: {None: draw(NUMBERS), **{band: draw(NUMBERS) for band, number in bands.items() if number}}
        for group, bands in kwh.items()
    }
    return Month(kwh, money, draw(NUMBERS))


@settings(max_examples=30, deadline=None)
@given(months(), months())
def test_the_parts_sum_to_the_change_exactly_and_change_their_sign_the_other_way_round(was: Month, now: Month) -> None:
    change, back = eliminate(was, now, LIMITS), eliminate(now, was, LIMITS)
    if change.average is not None:
        assert total_of(change) == change.average[1] - change.average[0]
        assert {(part.cause, part.group, part.band): part.amount for part in change.parts} == {
            (part.cause, part.group, part.band): -part.amount for part in back.parts
        }


def test_a_bill_is_split_by_what_is_billed_by_the_kilowatt_hour() -> None:
    bill = our_bill(
        our_line("purchase", "60.00", band=Band.PEAK, quantity="60", price="1"),
        our_line("purchase", "5.00", band=Band.VALLEY, quantity="0", price="1"),
        our_line("capacity", "70.00", section=Section.NETWORK_CAPACITY, quantity="7", price="10"),
        our_line("fee", "1.00", group="elsewhere", quantity="1", price="1"),
    )
    month = month_of(bill)
    assert month.total == bill.total
    by_band = month.money["main"]
    assert sum(by_band.values()) == 65
    assert by_band[None] >= 5
    assert month.money["elsewhere"] == {None: 1}
