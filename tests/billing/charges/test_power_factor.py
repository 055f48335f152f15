"""The power-factor adjustment: published bills and answers, the boundaries of the table, rounding once or by line."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.billing.charges.power_factor import rule as power_factor
from billcalc.kernel.derived import Derived
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.steps import steps_of
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value
from billcalc.tariff.conventions import RoundScope
from tests.billing.charges.kinds import FEN, Make, derived, on_both

RULES = Source("cn/national/power_factor_rules/1983-12", "功率因数调整电费办法", Evidence.SECONDARY)
HUNDREDTHS = Rounding(Decimal("0.01"), RULES)
TABLE_090 = {Decimal("0.93"): Decimal("-0.0045"), Decimal("0.80"): Decimal("0.05")}
"""Two rows; the whole tables are tested where they are read."""


def cosphi(active: int, *reactive: int) -> Decimal:
    def rule(make: Make) -> Value:
        together = power_factor.reactive_energy(registers=[make(each, "kvarh") for each in reactive])
        return power_factor.power_factor(active=make(active, "kWh"), reactive=together, rounding=HUNDREDTHS)

    return on_both(rule)


def adjusted(lines: Sequence[str | Decimal], ratio: str | Decimal, round: RoundScope) -> Decimal:
    def rule(make: Make) -> Value:
        base = [make(line, "CNY") for line in lines]
        return power_factor.adjustment(lines=base, ratio=make(ratio), round=round, rounding=FEN)

    return on_both(rule)


@pytest.mark.parametrize(
    ("active", "reactive", "factor"),
    [
        (488400, (198000,), "0.93"),  # Guangxi, June 2024, first point
        (2508000, (528000,), "0.98"),  # Guangxi, July 2024
        (142560, (4520010, 1858230), "0.02"),  # West Inner Mongolia, March 2025: forward and reverse added
        (555617, (140820,), "0.97"),  # Chongqing, August 2026
        (40000, (25000, 5000), "0.80"),  # https://360docs.net/doc/a414125317.html, item J001: two directions
        (40000, (30000,), "0.80"),  # http://itgle.com/c_14218/q2uS2q0.html
        (694152, (256728,), "0.94"),  # http://dqdf.com/chinaconews/3_18217642.html
        (4800, (4140,), "0.76"),  # http://m.xyx234.com/dadabav/babgacds
        (50000, (32000,), "0.84"),  # https://m.274949.com/8067/t29369948.html
        (278000, (188069,), "0.83"),  # http://32336.cn/lhd_37ayz5eewy05ej21u7zl_4.html, item 106
    ],
)
def test_published_power_factors(active: int, reactive: tuple[int, ...], factor: str) -> None:
    assert cosphi(active, *reactive) == Decimal(factor)


def test_reactive_energy_of_both_directions_is_added_whatever_its_sign() -> None:
    def rule(make: Make) -> Value:
        return power_factor.reactive_energy(registers=[make(25000, "kvarh"), make(-5000, "kvarh")])

    assert on_both(rule) == 30000


def test_where_nothing_flowed_the_power_factor_is_one() -> None:
    assert cosphi(0, 0) == 1


def test_reactive_energy_alone_has_the_power_factor_zero() -> None:
    assert cosphi(0, 5) == 0


@pytest.mark.parametrize(
    ("ratio_of_reactive", "factor"),
    [
        # http://wgbc.cn/zxjs/205.html prints the reactive over the active energy at which the rounding changes
        ("0.1003", "1.00"),
        ("0.1004", "0.99"),
        ("0.1751", "0.99"),
        ("0.1752", "0.98"),
        ("0.2279", "0.98"),
        ("0.2280", "0.97"),
        ("0.2717", "0.97"),
        ("0.2718", "0.96"),
        ("0.3105", "0.96"),
        ("0.3106", "0.95"),
        ("0.3461", "0.95"),
        ("0.3462", "0.94"),
        ("0.3793", "0.94"),
        ("0.3794", "0.93"),
        ("0.4107", "0.93"),
        ("1.1231", "0.66"),
        ("1.1536", "0.66"),
        ("1.1537", "0.65"),
        ("1.1847", "0.65"),
    ],
)
def test_the_printed_bands_of_the_ratio_of_energies_agree(ratio_of_reactive: str, factor: str) -> None:
    assert cosphi(10000, int(Decimal(ratio_of_reactive) * 10000)) == Decimal(factor)


def test_the_ratio_is_that_of_the_row() -> None:
    def ratio(factor: str) -> Decimal:
        return on_both(
            lambda make: power_factor.adjustment_ratio(
                power_factor=make(factor), table=TABLE_090, of=("S1", "0.90"), source=RULES
            )
        )

    assert ratio("0.93") == Decimal("-0.0045")
    assert ratio("0.8") == Decimal("0.05")


@pytest.mark.parametrize(
    ("active", "none", "ratio"),
    [
        ("0", "0", "0"),  # nothing flowed: the factor 1.00 would earn a reward
        ("0.01", "0", "-0.0045"),
        ("0", None, "-0.0045"),
        (None, "0", "-0.0045"),  # the factor was given, and no energy measured
    ],
)
def test_without_energy_the_ratio_is_that_of_no_energy(active: str | None, none: str | None, ratio: str) -> None:
    found = on_both(
        lambda make: power_factor.adjustment_ratio(
            power_factor=make("0.93"),
            table=TABLE_090,
            of=("S1", "0.90"),
            source=RULES,
            active=None if active is None else make(active, "kWh"),
            none=None if none is None else make(none),
        )
    )
    assert found == Decimal(ratio)


def test_a_factor_without_a_row_is_a_programmers_error() -> None:
    with pytest.raises(KeyError):
        power_factor.adjustment_ratio(power_factor=derived("0.935"), table=TABLE_090, of=("S1", "0.90"), source=RULES)


def test_the_power_factor_and_its_ratio_tell_their_scope_standard_and_source() -> None:
    reactive = power_factor.reactive_energy(registers=[derived(25000, "kvarh"), derived(5000, "kvarh")], of=("S1",))
    factor = power_factor.power_factor(active=derived(40000, "kWh"), reactive=reactive, rounding=HUNDREDTHS, of=("S1",))
    ratio = power_factor.adjustment_ratio(power_factor=factor, table=TABLE_090, of=("S1", "0.90"), source=RULES)
    assert isinstance(ratio, Derived)
    assert [(each.term, each.of, each.number, each.sources) for each in steps_of(ratio)] == [
        (Term.REACTIVE_ENERGY, ("S1",), Decimal(30000), ()),
        (Term.POWER_FACTOR, ("S1",), Decimal("0.80"), (RULES,)),
        (Term.POWER_FACTOR_RATIO, ("S1", "0.90"), Decimal("0.05"), (RULES,)),
    ]


@pytest.mark.parametrize(
    ("lines", "ratio", "amount"),
    [
        (["1616116.19"], "-0.0045", "-7272.52"),  # Guangxi, June 2024, first point
        (["338011.97"], "-0.0075", "-2535.09"),  # Chongqing, August 2026
        (["6137186.5"], "-0.0015", "-9205.78"),  # Hubei, October 2025: printed -9205.79, as its lines are rounded
        (["8000"], "0.025", "200.00"),  # http://itgle.com/c_14218/q2uS2q0.html
        (["184000", "80000"], "0.10", "26400.00"),  # http://aiicanw.cn/xx/dqdz/50308.html
        (["364479.35", "20800"], "-0.006", "-2311.68"),  # http://dqdf.com/chinaconews/3_18217642.html, cut off to .67
        (["4502.334"], "0.07", "315.16"),  # http://m.xyx234.com/dadabav/babgacds
        (["1024", "6800"], "0.03", "234.72"),  # https://m.274949.com/8067/t29369948.html, before the decrease
        (["13920"], "0.005", "69.60"),  # and after it
    ],
)
def test_published_adjustments_are_rounded_once_on_their_base(lines: list[str], ratio: str, amount: str) -> None:
    assert adjusted(lines, ratio, RoundScope.ONCE) == Decimal(amount)


MENGXI_2025_03 = [
    *("16259.44", "15354.90", "7281.01", "6486.48", "1325.81"),
    *("413.42", "57.02", "242.35", "28.51", "1354.32", "45864.00"),
]


def test_west_inner_mongolia_rounds_each_line() -> None:
    # March 2025: 133480.83 is printed on a printed base of 94667.26, and 1.41 times the base would be .84
    assert sum(map(Decimal, MENGXI_2025_03)) == Decimal("94667.26")
    assert adjusted(MENGXI_2025_03, "1.41", RoundScope.LINE) == Decimal("133480.83")
    assert adjusted(MENGXI_2025_03, "1.41", RoundScope.ONCE) == Decimal("133480.84")


def test_a_base_of_one_line_is_the_same_rounded_once_or_by_line() -> None:
    for scope in RoundScope:
        assert adjusted(["0.33"], "-0.0151", scope) == Decimal("0.00")
        assert adjusted(["1.00"], "-0.0150", scope) == Decimal("-0.02")


def test_a_base_below_zero_turns_the_adjustment_round() -> None:
    assert adjusted(["-1000", "200"], "0.05", RoundScope.ONCE) == Decimal("-40.00")
    assert adjusted(["-1000", "200"], "-0.0075", RoundScope.LINE) == Decimal("6.00")


def test_the_base_is_a_step_when_it_is_rounded_once() -> None:
    lines = [derived("1000.00", "CNY"), derived("200.10", "CNY")]
    amount = power_factor.adjustment(lines=lines, ratio=derived("-0.0075"), round=RoundScope.ONCE, rounding=FEN)
    assert isinstance(amount, Derived)
    assert [(each.term, each.formula, each.number, each.exact) for each in steps_of(amount)] == [
        (Term.POWER_FACTOR_BASE, "{0} + {1}", Decimal("1200.10"), None),
        (Term.AMOUNT, "{0} × {1}", Decimal("-9.00"), "-9.00075"),
    ]


def test_each_line_is_a_step_when_lines_are_rounded() -> None:
    lines = [derived("1000.00", "CNY"), derived("200.10", "CNY")]
    amount = power_factor.adjustment(lines=lines, ratio=derived("-0.0075"), round=RoundScope.LINE, rounding=FEN)
    assert isinstance(amount, Derived)
    assert [(each.term, each.number) for each in steps_of(amount)] == [
        (Term.LINE_ADJUSTMENT, Decimal("-7.50")),
        (Term.LINE_ADJUSTMENT, Decimal("-1.50")),
        (Term.AMOUNT, Decimal("-9.00")),
    ]


def test_an_adjustment_of_nothing_is_a_programmers_error() -> None:
    for scope in RoundScope:
        with pytest.raises(AssertionError, match="sum of nothing"):
            power_factor.adjustment(lines=[], ratio=derived("0.05"), round=scope, rounding=FEN)


def test_a_line_without_its_name_is_a_programmers_error() -> None:
    lines = [derived("1000.00", "CNY"), derived("200.10", "CNY")]
    with pytest.raises(ValueError, match="shorter"):
        power_factor.adjustment(
            lines=lines, ratio=derived("0.05"), round=RoundScope.LINE, rounding=FEN, names=[("purchase",)]
        )


MONEY = st.decimals(min_value=0, max_value=10**7, places=2)
RATIOS = st.decimals(min_value=Decimal("-0.0130"), max_value=Decimal("1.45"), places=4)


@given(lines=st.lists(st.tuples(MONEY, st.sampled_from(["main", "light"])), min_size=1, max_size=12), ratio=RATIOS)
def test_by_groups_is_once_for_each_group(lines: list[tuple[Decimal, str]], ratio: Decimal) -> None:
    def rule(make: Make) -> Value:
        names = [(group,) for _, group in lines]
        base = [make(amount, "CNY") for amount, _ in lines]
        return power_factor.adjustment(lines=base, ratio=make(ratio), round=RoundScope.GROUP, rounding=FEN, names=names)

    groups = dict.fromkeys(group for _, group in lines)
    each = [adjusted([amount for amount, of in lines if of == group], ratio, RoundScope.ONCE) for group in groups]
    assert on_both(rule) == sum(each)


LINES = st.lists(MONEY, min_size=1, max_size=12)


@given(lines=LINES, ratio=RATIOS)
def test_rounding_once_or_by_line_differs_by_half_a_fen_for_each_line(lines: list[Decimal], ratio: Decimal) -> None:
    once, by_line = (adjusted(lines, ratio, scope) for scope in (RoundScope.ONCE, RoundScope.LINE))
    assert abs(once - by_line) <= len(lines) * Decimal("0.005")


@given(lines=LINES, ratio=RATIOS, scope=st.sampled_from(RoundScope))
def test_the_order_of_the_lines_does_not_matter(lines: list[Decimal], ratio: Decimal, scope: RoundScope) -> None:
    assert adjusted(lines, ratio, scope) == adjusted(lines[::-1], ratio, scope)


@given(lines=LINES, ratios=st.tuples(RATIOS, RATIOS), scope=st.sampled_from(RoundScope))
def test_a_higher_ratio_never_costs_less(
    lines: list[Decimal], ratios: tuple[Decimal, Decimal], scope: RoundScope
) -> None:
    reward, surcharge = (adjusted(lines, ratio, scope) for ratio in sorted(ratios))
    assert reward <= surcharge


@given(active=st.integers(1, 10**7), reactive=st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)))
def test_more_reactive_energy_never_improves_the_power_factor(active: int, reactive: tuple[int, int]) -> None:
    less, more = sorted(reactive)
    assert 0 <= cosphi(active, more) <= cosphi(active, less) <= 1
