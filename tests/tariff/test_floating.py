"""Floating prices: by which ratios, rounded where, one after another or at once."""

from decimal import Decimal

from billcalc.kernel.derived import Derived
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.steps import steps_of
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding
from billcalc.tariff.components import Component
from billcalc.tariff.conventions import Conventions, RatioBase
from billcalc.tariff.floating import at_once, band_chain, floated_price, price_step
from billcalc.tariff.resolved_conventions import resolve_conventions
from billcalc.tariff.time_of_use_tables import Tables
from billcalc.vocabulary import Band
from tests.billing.charges.kinds import derived, on_both

PURCHASE = Component.model_validate({"code": "purchase", "section": "energy", "price": "0.5"})
SHARP = ((Band.PEAK, Decimal("1.7")), (Band.SHARP, Decimal("1.25")))


def test_a_floated_price_is_the_price_times_the_ratio_of_the_band() -> None:
    # the ratio of Beijing's peak for two-part customers; the price is made up
    price = on_both(lambda make: floated_price(price=make("0.412345", "CNY/kWh"), ratio=make("1.6"), rounding=None))
    assert price == Decimal("0.659752")


def test_a_floated_price_is_rounded_where_the_notice_rounds_it() -> None:
    # Guangdong prints hundredths of a fen: a made-up 0.45305 × its peak ratio 1.7 = 0.770185
    price = on_both(
        lambda make: floated_price(
            price=make("0.45305", "CNY/kWh"), ratio=make("1.7"), rounding=Rounding(Decimal("0.0001"))
        )
    )
    assert price == Decimal("0.7702")


def test_a_floated_price_is_a_step_of_the_line() -> None:
    price = floated_price(price=derived("0.4", "CNY/kWh"), ratio=derived("1.6"), rounding=None, of=("purchase", "peak"))
    assert isinstance(price, Derived)
    [told] = steps_of(price)
    assert (told.term, told.of, told.formula) == (Term.FLOATED_PRICE, ("purchase", "peak"), "{0} × {1}")


def conventions(**time_of_use: object) -> Conventions:
    return Conventions.model_validate({"time_of_use": time_of_use})


def step(tables: dict[str, object], **time_of_use: object) -> tuple[Decimal | None, str | None]:
    told = resolve_conventions((conventions(**time_of_use), Source(id="a", title="a bill", evidence=Evidence.INFERRED)))
    found = price_step(PURCHASE, Tables.model_validate(tables), told)
    return found.step, None if found.convention is None else found.convention.key


def test_the_convention_of_the_area_decides_the_step_before_the_document_of_the_ratios() -> None:
    document: dict[str, object] = {"price_round": {"step": "0.001", "of": "component"}}
    assert step({}) == (None, None)
    assert step(document) == (Decimal("0.001"), None)
    assert step(document, price_round="0.0001") == (Decimal("0.0001"), "time_of_use.price_round")
    assert step(document, price_round="0.0001", unrounded=["energy"]) == (None, "time_of_use.unrounded")


def test_ratios_are_multiplied_at_once_unless_a_price_on_the_way_is_rounded() -> None:
    whole = ((Band.SHARP, Decimal("2.125")),)
    assert band_chain(SHARP, Decimal("0.0001"), lambda: RatioBase.ROUNDED) == SHARP
    assert band_chain(SHARP, Decimal("0.0001"), lambda: RatioBase.EXACT) == whole
    assert band_chain(SHARP, None, lambda: RatioBase.ROUNDED) == whole
    assert at_once(SHARP[:1]) == SHARP[:1]
