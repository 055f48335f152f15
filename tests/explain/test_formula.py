"""Formulas in words and in numbers."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billcalc.explain.chinese import CHINESE
from billcalc.explain.english import ENGLISH
from billcalc.explain.formula import Place, cosphi_text, fill, inlined
from billcalc.kernel.numbers import cosphi_number


def places(*texts: str) -> list[Place]:
    return [Place(text, text.partition(" ")[0]) for text in texts]


@pytest.mark.parametrize(
    ("template", "texts", "filled"),
    [
        ("{0}", ["5 kWh"], "5 kWh"),
        ("({0} − {1}) × {2}", ["0.2", "0", "660000"], "(0.2 − 0) × 660000"),
        ("{0} × {1} ÷ ({1} + {2})", ["100 kWh", "2", "3"], "100 kWh × 2 ÷ (2 + 3)"),
        ("{0} × {1}", ["1616116.19 CNY", "−0.0045"], "1616116.19 CNY × −0.0045"),
        ("{0} + {1} − {1}", ["1 CNY", "−2 CNY"], "1 CNY + (−2 CNY) − (−2 CNY)"),
        ("−{0} + {1}", ["1", "2"], "−1 + 2"),
        ("round({0} × {1}, 0.01) + {2}", ["2", "3", "4"], "round to 0.01 (2 × 3) + 4"),
        ("max({0}, {1})", ["2", "3"], "the larger of (2, 3)"),
        ("min({0}, {1} + {2}) × {0}", ["2", "3", "4"], "the smaller of (2, 3 + 4) × 2"),
        ("max({0}, −{0})", ["5 kvarh"], "|5 kvarh|"),
        ("max({0}, −{0}) + max({1}, −{1})", ["−5", "3"], "|−5| + |3|"),
        ("table({0})", ["0.93"], "table entry of (0.93)"),
        ("cosphi({0}, {1})", ["4 kWh", "3 kvarh"], "4 ÷ √(4² + 3²)"),
        ("cosphi({0} + {1}, {2})", ["4 kWh", "1 kWh", "3 kvarh"], "(4 + 1) ÷ √((4 + 1)² + 3²)"),
        ("round(cosphi({0}, {1}), 0.01) × {0}", ["4 kWh", "3 kvarh"], "round to 0.01 (4 ÷ √(4² + 3²)) × 4 kWh"),
    ],
)
def test_a_formula_is_filled(template: str, texts: Sequence[str], filled: str) -> None:
    assert fill(template, places(*texts), ENGLISH).text == filled
    assert fill(template, places(*texts), ENGLISH).conditions == ()


@pytest.mark.parametrize(
    ("template", "text", "conditions"),
    [
        ("{0} [{1} > {2}]", "a", ("b > c",)),
        ("{0} × ({1} [{2} ≥ {0}])", "a × b", ("c ≥ a",)),
        ("{0} × ({1} + {2} [{2} > {0}])", "a × (b + c)", ("c > a",)),
        ("max({0} [{1} > {2}], {2})", "the larger of (a, c)", ("b > c",)),
        ("{0} [{1} > {2}] [{0} ≤ {2}]", "a", ("b > c", "a ≤ c")),
        ("{0} [({1} [{0} > {2}]) > {2}]", "a", ("b > c", "a > c")),
        ("({0} + {1}) × {2}", "(a + b) × c", ()),
    ],
)
def test_a_comparison_stands_beside_the_formula(template: str, text: str, conditions: tuple[str, ...]) -> None:
    filled = fill(template, places("a", "b", "c"), ENGLISH)
    assert (filled.text, filled.conditions) == (text, conditions)


def test_calls_are_told_in_the_language() -> None:
    assert fill("round({0}, 0.01) + min({0}, {1})", places("甲", "乙"), CHINESE).text == (
        "四舍五入到 0.01（甲） + 取小者（甲，乙）"
    )


def test_a_text_with_signs_of_formulas_is_left_alone() -> None:
    assert fill("{0} × {1}", places("fee, [max(a]", "x"), ENGLISH).text == "fee, [max(a] × x"


@pytest.mark.parametrize(
    ("template", "place", "inner", "result"),
    [
        ("{0} ÷ {1}", 0, "{0} × {1}", "{0} × {2} ÷ {1}"),
        ("{0} ÷ {1}", 0, "{0} × {1} + {2} × {3}", "({0} × {2} + {3} × {4}) ÷ {1}"),
        ("{1} ÷ {0}", 0, "{0} × {1}", "{1} ÷ ({0} × {2})"),
        ("{1} × {0}", 0, "{0} − {1}", "{1} × ({0} − {2})"),
        ("{0} × {1}", 1, "{0} [{1} > {2}]", "{0} × ({1} [{2} > {3}])"),
    ],
)
def test_a_formula_is_written_into_another(template: str, place: int, inner: str, result: str) -> None:
    assert inlined(template, place, inner, [place, 2, 3, 4]) == result


@pytest.mark.parametrize(
    ("active", "reactive", "text"),
    [
        ("488400", "198000", "0.92673926…"),
        ("4", "3", "0.8"),
        ("1", "0", "1"),
        ("0", "0", "1"),
        ("0", "5", "0"),
        ("-4", "3", "0"),
        ("1000000000", "1", "0.99999999…"),  # rounded it would be 1
    ],
)
def test_a_power_factor_before_rounding_is_cut_off(active: str, reactive: str, text: str) -> None:
    assert cosphi_text(Decimal(active), Decimal(reactive)) == text


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_the_shown_power_factor_lies_less_than_a_place_below_the_exact_one(active: int, reactive: int) -> None:
    text = cosphi_text(Decimal(active), Decimal(reactive))
    shown = Decimal(text.rstrip("…"))
    whole = active * active + reactive * reactive
    assert shown * shown * whole <= active * active
    if text.endswith("…"):
        above = shown + Decimal("0.00000001")
        assert above * above * whole > active * active
    elif whole:
        assert shown * shown * whole == active * active
    assert abs(cosphi_number(Decimal(active), Decimal(reactive), Decimal("0.01")) - shown) <= Decimal("0.00500001")
