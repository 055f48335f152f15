"""What lines and values of a bill are called."""

from billcalc.explain.naming import names_of
from billcalc.kernel.terms import Term
from billcalc.vocabulary import Band, Section
from billcalc.words.lexicon import CHINESE, ENGLISH
from tests.explain.bills import bill, line

PURCHASE = line(code="purchase", label="代购电费", band=Band.PEAK)
UNKNOWN = line(code="street_lamps", label="路灯附加")
NAMELESS = line(code="street_lamps")
RESIDENTIAL = line(code="purchase", label="居民电费", group="home")


def test_a_line_has_its_printed_label_in_chinese_and_the_word_of_its_code_in_english() -> None:
    assert names_of(bill(PURCHASE), CHINESE).item(PURCHASE) == "代购电费"
    assert names_of(bill(PURCHASE), ENGLISH).item(PURCHASE) == "Energy purchase"


def test_a_code_that_is_not_known_has_its_label_or_stands_for_itself() -> None:
    assert names_of(bill(UNKNOWN), ENGLISH).item(UNKNOWN) == "路灯附加"
    assert names_of(bill(NAMELESS), ENGLISH).item(NAMELESS) == "street_lamps"
    assert names_of(bill(NAMELESS), CHINESE).item(NAMELESS) == "street_lamps"


def test_a_line_without_a_label_has_the_word_of_its_code() -> None:
    levies = line(code="levies")
    assert names_of(bill(levies), CHINESE).item(levies) == "政府性基金及附加"


def test_a_line_is_named_with_its_band_and_what_part_of_it_is_meant() -> None:
    names = names_of(bill(PURCHASE), CHINESE)
    assert names.line(PURCHASE) == "代购电费（峰）"
    assert names.line(PURCHASE, "峰", "M1") == "代购电费（峰·M1）"


def test_a_line_says_whose_it_is_where_there_are_several_groups() -> None:
    names = names_of(bill(PURCHASE, RESIDENTIAL), CHINESE)
    assert (names.line(PURCHASE), names.item(RESIDENTIAL)) == ("代购电费（main·峰）", "居民电费（home）")


def test_the_scope_of_the_power_factor_is_not_another_group_but_two_scopes_are_told_apart() -> None:
    first, second = (
        line(code="power_factor", section=Section.POWER_FACTOR, group=scope, label=None) for scope in ("S1", "S2")
    )
    assert names_of(bill(PURCHASE, first), CHINESE).item(first) == "功率因数调整电费"
    assert names_of(bill(PURCHASE, first, second), CHINESE).item(second) == "功率因数调整电费（S2）"


def test_a_value_says_what_it_is_of() -> None:
    names = names_of(bill(PURCHASE), CHINESE)
    assert names.term(Term.BILLED_ENERGY, ("main", "peak")) == "结算电量（main·峰）"
    assert names.term(Term.METERED_ENERGY, ("M1", "reactive_forward")) == "抄见电量（M1·正向无功）"
    assert names.term(Term.UNIT_PRICE, ("purchase", "peak")) == "电价（代购电费·峰）"
    assert names.term(Term.UNIT_PRICE, ("levies",)) == "电价（政府性基金及附加）"
    assert names.term(Term.DAYS, ("2024-06-12/2024-07-01",)) == "计费天数（2024-06-12 至 2024-06-30）"
    assert names.term(Term.POWER_FACTOR_RATIO, ("0.90",)) == "功率因数调整率（0.90）"
